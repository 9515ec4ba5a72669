//! Edition 2021, under another name of the crate, and through a re-export: `cargo clippy -p lint-renamed` is the test.
#![forbid(unsafe_code)]
#![deny(warnings, clippy::all, clippy::pedantic)]
#![deny(
    future_incompatible,
    keyword_idents,
    let_underscore_drop,
    macro_use_extern_crate,
    missing_copy_implementations,
    missing_debug_implementations,
    missing_docs,
    non_ascii_idents,
    nonstandard_style,
    redundant_lifetimes,
    rust_2018_idioms,
    rust_2021_compatibility,
    rust_2024_compatibility,
    single_use_lifetimes,
    trivial_casts,
    trivial_numeric_casts,
    unit_bindings,
    unreachable_pub,
    unused,
    unused_crate_dependencies,
    unused_import_braces,
    unused_lifetimes,
    unused_qualifications,
    unused_results,
    variant_size_differences
)]
#![allow(keyword_idents_2024, reason = "`gen` names a member in this edition")]
#![allow(clippy::unused_async, reason = "members are most often calls of async fns")]

async fn f(gen: u8) -> u8 {
    gen
}

async fn parse(text: &str) -> Result<u8, std::num::ParseIntError> {
    text.parse()
}

/// As `tooth`.
///
/// # Errors
///
/// Where a number is none.
pub async fn renamed(list: &[u8]) -> Result<usize, std::num::ParseIntError> {
    let r = tooth::gather! { a => f(1), b => parse("2")?, gen => *list.iter().map(|n| f(*n)), _ => f(1) }.await?;
    let (kept, never) = tooth::gather!(parse("1"), f(2); return_exceptions, until = f(1), limit = 1).await;
    let unwritten = async { tooth::gather!(f(1), todo!()).await };
    if list.is_empty() {
        let _: (u8, u8) = unwritten.await;
    }
    Ok(usize::from(r.a + r.b) + r.gen.len() + usize::from(kept.is_ok() && never.is_ok()))
}

/// Through a crate that hands it on.
pub async fn reexported() -> (u8, u8) {
    use lint_expansions::reexport::gather;

    let r = gather! { a => f(1), b => |a| f(*a) }.await;
    gather!(f(r.a), f(r.b)).await
}

/// As tasks.
pub async fn spawned() -> Option<u8> {
    let r = tooth::gather! { a => f(1), b => |a| f(*a); spawn }.await.ok()?;
    Some(r.a + r.b)
}
