//! `error = T`: members with errors of different types.

use std::error::Error;
use std::fmt;
use std::num::ParseIntError;

use futures::executor::block_on;
use gather::{Exception, Exceptions, gather};

use crate::support::{Wrong, bad, good, value};

#[derive(Debug, PartialEq)]
enum AppError {
    Wrong(Wrong),
    Parse(ParseIntError),
}

impl From<Wrong> for AppError {
    fn from(error: Wrong) -> Self {
        Self::Wrong(error)
    }
}

impl From<ParseIntError> for AppError {
    fn from(error: ParseIntError) -> Self {
        Self::Parse(error)
    }
}

impl fmt::Display for AppError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Wrong(error) => error.fmt(f),
            Self::Parse(error) => error.fmt(f),
        }
    }
}

async fn parse(text: &str) -> Result<u8, ParseIntError> {
    text.parse()
}

#[test]
fn each_error_is_converted() {
    let out: Result<(u8, u8, u8), AppError> = block_on(gather!(good(1)?, parse("2")?, value(3); error = AppError));
    assert_eq!(out, Ok((1, 2, 3)));
    let out: Result<(u8, u8), AppError> = block_on(gather!(bad(1)?, parse("2")?; error = AppError));
    assert_eq!(out, Err(AppError::Wrong(Wrong(1))));
    let out: Result<(u8, u8), AppError> = block_on(gather!(good(1)?, parse("two")?; error = AppError));
    assert!(matches!(out, Err(AppError::Parse(_))));
}

#[test]
fn an_error_of_the_type_itself_stays_as_it_is() {
    let own = async { Err::<u8, _>(AppError::Wrong(Wrong(9))) };
    let out = block_on(gather!(own?, parse("2")?; error = AppError));
    assert_eq!(out, Err(AppError::Wrong(Wrong(9))));
}

#[test]
fn boxed_errors() {
    let out: Result<(u8, u8), Box<dyn Error + Send + Sync>> =
        block_on(gather!(bad(1)?, parse("2")?; error = Box<dyn Error + Send + Sync>));
    assert_eq!(out.unwrap_err().downcast_ref(), Some(&Wrong(1)));
}

#[test]
fn the_items_of_a_list_are_converted() {
    let out: Result<Vec<u8>, AppError> = block_on(gather!(*["1", "x"].map(parse)?; error = AppError));
    assert!(matches!(out, Err(AppError::Parse(_))));
}

#[test]
fn a_member_without_a_question_mark_keeps_its_own_error() {
    let out: Result<(u8, Result<u8, ParseIntError>), AppError> =
        block_on(gather!(good(1)?, parse("x"); error = AppError));
    assert!(matches!(out, Ok((1, Err(_)))));
}

#[test]
fn beside_name_errors() {
    let out: Result<(u8, u8), Exception<AppError>> =
        block_on(gather!(bad(1)?, parse("2")?; name_errors, error = AppError));
    assert_eq!(out.unwrap_err().to_string(), "member `#0` failed: wrong by 1");
}

#[test]
fn beside_all_errors() {
    let out: Result<(u8, u8), Exceptions<AppError>> =
        block_on(gather!(bad(1)?, parse("x")?; all_errors, error = AppError));
    let errors: Vec<AppError> = out.unwrap_err().into_iter().map(|e| e.into_error().unwrap()).collect();
    assert!(matches!(errors[..], [AppError::Wrong(Wrong(1)), AppError::Parse(_)]));
}

#[test]
fn beside_return_exceptions() {
    let (a, b): (Result<u8, Exception<AppError>>, Result<u8, Exception<AppError>>) =
        block_on(gather!(bad(1)?, parse("2")?; return_exceptions, error = AppError));
    assert_eq!(a.unwrap_err().into_error().unwrap(), AppError::Wrong(Wrong(1)));
    assert_eq!(b.unwrap(), 2);
}
