//! What members fail with, and how chains are read.

use std::error::Error;
use std::fmt;
use std::io;
use std::sync::Arc;

#[derive(Debug, thiserror::Error)]
pub enum Failure {
    #[error("reading")]
    Read(#[from] io::Error),
}

pub fn failure() -> Failure {
    Failure::Read(io::Error::new(io::ErrorKind::NotFound, "gone"))
}

pub async fn typed() -> Result<u8, Failure> {
    Err(failure())
}
pub async fn shared() -> Result<u8, Arc<Failure>> {
    Err(Arc::new(failure()))
}
pub async fn with_anyhow() -> anyhow::Result<u8> {
    Err(anyhow::Error::new(failure()).context("loading"))
}
pub async fn with_eyre() -> eyre::Result<u8> {
    Err(eyre::Report::new(failure()).wrap_err("loading"))
}
pub async fn boxed() -> Result<u8, Box<dyn Error>> {
    Err(failure().into())
}
pub async fn boxed_send() -> Result<u8, Box<dyn Error + Send>> {
    Err(Box::new(failure()))
}
pub async fn boxed_sync() -> Result<u8, Box<dyn Error + Send + Sync>> {
    Err(failure().into())
}
pub async fn text() -> Result<u8, String> {
    Err("gone".to_owned())
}
pub async fn literal() -> Result<u8, &'static str> {
    Err("gone")
}

/// The error and its causes, as anyhow, eyre and Sentry print them.
pub fn chain(error: &(dyn Error + 'static)) -> String {
    let mut causes = vec![error.to_string()];
    let mut next = error.source();
    while let Some(cause) = next {
        causes.push(cause.to_string());
        next = cause.source();
    }
    causes.join(": ")
}

/// That all ways to print the whole of it agree, and each cause is there once.
pub fn assert_chain<X: Error + Send + Sync + 'static>(exception: X, expected: &str) {
    assert_eq!(format!("{exception:#}"), expected);
    assert_eq!(chain(&exception), expected);
    let boxed: Box<dyn Error + Send + Sync> = exception.into();
    assert_eq!(chain(&*boxed), expected);
    let exception = *boxed.downcast::<X>().unwrap();
    let error = anyhow::Error::from(exception);
    assert_eq!(format!("{error:#}"), expected);
    let report = eyre::Report::from(error.downcast::<X>().unwrap());
    assert_eq!(format!("{report:#}"), expected);
}

/// The same of what need not be sent.
pub fn assert_local_chain<X: Error + fmt::Display + 'static>(exception: X, expected: &str) {
    assert_eq!(format!("{exception:#}"), expected);
    let boxed: Box<dyn Error> = exception.into();
    assert_eq!(chain(&*boxed), expected);
}
