//! Tasks.

use std::future::ready;

use gather::gather;

async fn f(n: u8) -> u8 {
    n
}

async fn parse(text: &str) -> Result<u8, std::num::ParseIntError> {
    text.parse()
}

/// Awaited.
pub async fn awaited() -> Option<u8> {
    let r = gather! { a => f(1), b => |a| ready(*a), list => *[f(2), f(3)]; spawn }.await.ok()?;
    let (c, d) = gather!(parse("1")?, f(2); spawn, limit = 1).await.ok()?;
    let (kept,) = gather!(parse("1"); spawn, return_exceptions).await.ok()?;
    let (all,) = gather!(parse("1")?; spawn, all_errors).await.ok()?;
    Some(r.a + r.b + r.list.len().try_into().unwrap_or(0) + c + d + kept.ok()? + all)
}

/// Left alone.
pub fn detached() {
    gather!(f(1); spawn);
    let group = gather! { _ => f(1); spawn };
    let _ = group.cancel();
}
