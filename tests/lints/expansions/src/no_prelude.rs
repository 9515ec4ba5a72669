//! Nothing is in scope but what is named.
#![no_implicit_prelude]

use ::gather::gather;

async fn f(n: u8) -> ::core::result::Result<u8, ::core::num::ParseIntError> {
    ::core::result::Result::Ok(n)
}

/// A struct.
#[derive(::core::fmt::Debug, ::core::clone::Clone, ::core::marker::Copy)]
pub struct Page {
    /// A field.
    pub a: u8,
    /// Another.
    pub b: u8,
}

/// All layouts and policies.
///
/// # Errors
///
/// Never.
pub async fn all() -> ::core::result::Result<u8, ::core::num::ParseIntError> {
    let r = gather! { a => f(1)?, b => f(2), list => *[f(3)]?, _ => f(4), c => |a| f(*a)? }.await?;
    let page = gather!(Page { a: f(1)?, b: f(2)? }; limit = 1).await?;
    let (kept, list) = gather!(f(1), *[f(2)]; return_exceptions, until = ::core::future::ready(())).await;
    let named = gather! { a => f(1)?; name_errors }.await;
    let all = gather! { a => f(1)?; all_errors, error = ::core::num::ParseIntError }.await;
    let counted = [named.is_ok(), all.is_ok(), kept.is_ok(), list.is_empty(), r.b.is_ok()];
    gather!().await;
    if counted[0] && named.is_ok_and(|named| named.a > 1) && all.is_ok_and(|all| all.a > 1) {
        let (later,) = gather!({ ::core::todo!() }).await;
        return later;
    }
    ::core::result::Result::Ok(r.a + r.c + r.list[0] + page.a + page.b)
}
