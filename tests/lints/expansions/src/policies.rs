//! Errors and options.

use std::future::{pending, ready};

use gather::{Exception, Exceptions, gather};

/// An error of the user's.
#[derive(Debug)]
pub struct AppError(pub String);

impl From<std::num::ParseIntError> for AppError {
    fn from(error: std::num::ParseIntError) -> Self {
        Self(error.to_string())
    }
}

async fn parse(text: &str) -> Result<u8, std::num::ParseIntError> {
    text.parse()
}

/// The first error, as it is and converted.
///
/// # Errors
///
/// Where a number is none.
pub async fn first(texts: &[&str]) -> Result<u8, AppError> {
    let r = gather! { a => parse("1")?, b => parse("2"), list => *texts.iter().map(|text| parse(text))? }.await?;
    let (c,) = gather!(parse("3")?; error = AppError).await?;
    let d = gather! { d => parse("4")?, _ => parse("5")?; error = AppError, limit = 2 }.await?.d;
    Ok(r.a + r.b? + c + d + r.list.iter().sum::<u8>())
}

/// Errors that say which member failed.
///
/// # Errors
///
/// Where a number is none.
pub async fn named() -> Result<u8, Exception<std::num::ParseIntError>> {
    let r = gather! { a => parse("1")?, b => parse("2")?; name_errors }.await?;
    Ok(r.a + r.b)
}

/// All errors.
///
/// # Errors
///
/// Where a number is none.
pub async fn all() -> Result<(u8, u8), Exceptions<std::num::ParseIntError>> {
    gather!(parse("1")?, parse("2")?; all_errors).await
}

/// Results as fields.
pub async fn kept(texts: &[&str]) -> usize {
    let r = gather! {
        a => parse("1"),
        b => parse("2")?,
        list => *texts.iter().map(|text| parse(text)),
        never => pending::<u8>();
        return_exceptions, until = ready(()), limit = 8
    }
    .await;
    let converted = gather!(parse("1")?; return_exceptions, error = AppError).await.0;
    let fine = [r.a.is_ok(), r.b.is_ok(), r.never.is_ok(), converted.is_ok()];
    fine.into_iter().filter(|fine| *fine).count() + r.list.len()
}

/// A clock.
#[cfg(feature = "tokio")]
pub async fn timed() -> bool {
    let second = std::time::Duration::from_secs(1);
    let r = gather! { a => parse("1"); return_exceptions, timeout = second, until = pending::<()>() }.await;
    r.a.is_ok()
}
