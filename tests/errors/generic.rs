//! In a generic fn only the bounds of `E` are known.

use std::error::Error;
use std::fmt::{Debug, Display};
use std::future::Future;
use std::ops::Deref;

use gather::{Exception, gather};

use crate::failing::{assert_chain, boxed_sync, typed, with_anyhow};

async fn of_error<E: Error + 'static>(f: impl Future<Output = Result<u8, E>>) -> Exception<E> {
    gather! { a => f?; name_errors }.await.map(|r| r.a).unwrap_err()
}
async fn of_error_kept<E: Error + 'static>(f: impl Future<Output = Result<u8, E>>) -> Exception<E> {
    gather! { a => f; return_exceptions }.await.a.unwrap_err()
}
async fn of_target<E: Deref<Target = dyn Error + Send + Sync>>(f: impl Future<Output = Result<u8, E>>) -> Exception<E> {
    gather! { a => f; return_exceptions }.await.a.unwrap_err()
}
async fn of_target_spawned<E>(f: impl Future<Output = Result<u8, E>> + Send + 'static) -> Exception<E>
where
    E: Deref<Target = dyn Error + Send + Sync> + Send + Sync + 'static,
{
    gather! { a => f?; spawn }.await.map(|r| r.a).unwrap_err()
}
async fn of_nothing<E>(f: impl Future<Output = Result<u8, E>>) -> Exception<E> {
    gather! { a => f; return_exceptions }.await.a.unwrap_err()
}
async fn of_texts<E: Debug + Display>(f: impl Future<Output = Result<u8, E>>) -> Exception<E> {
    gather! { a => f?; name_errors }.await.map(|r| r.a).unwrap_err()
}
async fn of_into<E: Into<anyhow::Error>>(f: impl Future<Output = Result<u8, E>>) -> Exception<E> {
    gather! { a => f?; all_errors }.await.map(|r| r.a).unwrap_err().into_iter().next().unwrap()
}

#[tokio::test]
async fn with_a_bound_that_tells_the_source() {
    assert_chain(of_error(typed()).await, "member `a` failed: reading: gone");
    assert_chain(of_error_kept(typed()).await, "member `a` failed: reading: gone");
    assert_chain(of_target(with_anyhow()).await, "member `a` failed: loading: reading: gone");
    assert_chain(of_target(boxed_sync()).await, "member `a` failed: reading: gone");
    assert_chain(of_target_spawned(with_anyhow()).await, "member `a` failed: loading: reading: gone");
}

#[tokio::test]
async fn without_one_it_is_an_error_without_a_source() {
    for exception in [of_nothing(typed()).await, of_texts(typed()).await, of_into(typed()).await] {
        assert!(exception.source().is_none());
        assert_chain(exception, "member `a` failed: reading");
    }
    // What knows its own chain prints it.
    assert_eq!(format!("{:#}", of_nothing(with_anyhow()).await), "member `a` failed: loading: reading: gone");
}

/// However late an `Error` is known.
#[tokio::test]
async fn an_error_that_is_known_later() {
    async fn late() -> Result<(u8,), Exception<std::io::Error>> {
        gather!(async { Ok(1) }?; name_errors).await
    }
    async fn late_kept() -> Result<u8, Exception<std::io::Error>> {
        gather!(async { Ok(1) }; return_exceptions).await.0
    }
    async fn told() -> Result<(u8,), Exception<String>> {
        gather!(async { Ok::<_, String>(1) }?; name_errors).await
    }
    async fn told_by_the_group() -> Result<(u8,), Exception<String>> {
        gather!(async { Ok::<_, &str>(1) }?; name_errors, error = String).await
    }
    assert_eq!((late().await.unwrap(), late_kept().await.unwrap()), ((1,), 1));
    assert_eq!((told().await.unwrap(), told_by_the_group().await.unwrap()), ((1,), (1,)));
}
