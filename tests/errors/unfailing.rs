//! Fields that hold no error of a member are as they were.

use std::convert::Infallible;
use std::error::Error;

use gather::{Exception, gather};

#[tokio::test]
async fn members_without_an_error() {
    let r = gather! {
        number => async { 1 },
        task => tokio::spawn(async { 2 }),
        broken => async { if true { panic!("a bug") } },
        list => *[async { 3 }];
        return_exceptions
    }
    .await;
    assert_eq!((r.number, r.task, r.list), (Ok(1), Ok(2), vec![Ok(3)]));
    let broken: Exception<Infallible> = r.broken.unwrap_err();
    assert!(broken.source().is_none());
    assert_eq!(anyhow::Error::from(broken).to_string(), "member `broken` panicked: a bug");
}

#[tokio::test]
async fn a_type_parameter_counts_as_any_output() {
    async fn keep<T>(value: T) -> Result<T, Exception> {
        gather!(async { value }; return_exceptions).await.0
    }
    assert_eq!(keep(Err::<u8, _>("inside")).await.unwrap(), Err("inside"));
}
