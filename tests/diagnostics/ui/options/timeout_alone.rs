use gather::gather;

async fn f(n: u8) -> u8 {
    n
}

use std::time::Duration;

async fn timeout() {
    let r = gather! { a => f(1); timeout = Duration::from_secs(1) }.await;
//~                              ^^^^^^^
    let _: u8 = r.a;
}

async fn until() -> Result<(), u8> {
    let (a,) = gather!(std::future::ready(Ok::<u8, u8>(1))?; until = f(1), limit = 1).await?;
//~                                                          ^^^^^
    let _: u8 = a;
    Ok(())
}

fn main() {}
