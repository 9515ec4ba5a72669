//! The type of a group under every policy and of every layout.

use gather::{AbortOnDrop, Canceller, Exception, Exceptions, Group, GroupFuture, gather};

use crate::support::{Wrong, bad, good, value};

#[derive(Debug, PartialEq)]
struct Outer(Wrong);

impl From<Wrong> for Outer {
    fn from(wrong: Wrong) -> Self {
        Self(wrong)
    }
}

impl From<std::num::ParseIntError> for Outer {
    fn from(_: std::num::ParseIntError) -> Self {
        Self(Wrong(0))
    }
}

#[tokio::test]
async fn without_a_policy() {
    let group: Group<(), Exception> = gather!(; spawn);
    let (): () = group.await.unwrap();

    let group: Group<(u8, &'static str), Exception> = gather!(value(1), value("b"); spawn);
    let outcome: Result<(u8, &'static str), Exception> = group.await;
    assert_eq!(outcome.unwrap(), (1, "b"));

    let optional: Group<(Result<u8, Wrong>,), Exception> = gather!(bad(1); spawn);
    assert_eq!(optional.await.unwrap(), (Err(Wrong(1)),));

    let required: Group<(u8, Result<u8, Wrong>), Exception<Wrong>> = gather!(good(1)?, bad(2); spawn);
    assert_eq!(required.await.unwrap(), (1, Err(Wrong(2))));

    let failed: Result<(u8, u8), Exception<Wrong>> = gather!(bad(1)?, value(2); spawn).await;
    assert_eq!(failed.unwrap_err().into_error().unwrap(), Wrong(1));
}

#[tokio::test]
async fn return_exceptions() {
    let group: Group<(Result<u8, Exception>, Result<u8, Exception<Wrong>>), Exception> =
        gather!(value(1), bad(2); spawn, return_exceptions);
    let (a, b) = group.await.unwrap();
    assert_eq!(a.unwrap(), 1);
    assert_eq!(b.unwrap_err().to_string(), "member `#1` failed: wrong by 2");

    let converted: Group<(Result<u8, Exception<Outer>>,), Exception> =
        gather!(bad(1)?; spawn, return_exceptions, error = Outer);
    assert_eq!(converted.await.unwrap().0.unwrap_err().into_error().unwrap(), Outer(Wrong(1)));

    let list: Group<Vec<Result<u8, Exception>>, Exception> = gather!(*[value(1)]; spawn, return_exceptions);
    assert_eq!(list.await.unwrap().len(), 1);
}

#[tokio::test]
async fn all_errors() {
    let group: Group<(u8, u8), Exceptions<Wrong>> = gather!(bad(1)?, value(2); spawn, all_errors);
    let exceptions: Exceptions<Wrong> = group.await.unwrap_err();
    assert_eq!(exceptions.to_string(), "member `#0` failed: wrong by 1");
}

#[tokio::test]
async fn one_error_type_for_all() {
    async fn parse(text: &str) -> Result<u32, std::num::ParseIntError> {
        text.parse()
    }
    let group: Group<(u32, u8), Exception<Outer>> = gather!(parse("1")?, bad(2)?; spawn, error = Outer);
    assert_eq!(group.await.unwrap_err().into_error().unwrap(), Outer(Wrong(2)));
}

#[tokio::test]
async fn layouts() {
    #[derive(Debug, PartialEq)]
    struct Page {
        user: u8,
        ads: Vec<u8>,
    }

    let page: Group<Page, Exception<Wrong>> = gather!(Page { user: good(1)?, ads: *[value(2), value(3)] }; spawn);
    assert_eq!(page.await.unwrap(), Page { user: 1, ads: vec![2, 3] });

    let record = gather! { user => good(1)?, ads => *[value(2), value(3)], _ => value("ignored"); spawn };
    let record = record.await.unwrap();
    let (user, ads): (u8, Vec<u8>) = (record.user, record.ads);
    assert_eq!((user, ads), (1, vec![2, 3]));

    let list: Group<Vec<u8>, Exception<Wrong>> = gather!(*[good(1), good(2)]?; spawn);
    assert_eq!(list.await.unwrap(), [1, 2]);

    let mixed: Group<(Vec<u8>, &str, Vec<Result<u8, Wrong>>), Exception> =
        gather!(*[value(1)], value("b"), *[good(2)]; spawn);
    assert_eq!(mixed.await.unwrap(), (vec![1], "b", vec![Ok(2)]));

    let ignored: Group<(), Exception<Wrong>> = gather! { _ => good(1)?, _ => value(2); spawn };
    assert_eq!(ignored.await.unwrap(), ());
}

#[tokio::test]
async fn adopted_members() {
    let task: Group<(u8,), Exception> = gather!(tokio::spawn(value(1)); spawn);
    assert_eq!(task.await.unwrap(), (1,));

    let fallible: Group<(u8,), Exception<Wrong>> = gather!(tokio::spawn(good(1))?; spawn);
    assert_eq!(fallible.await.unwrap(), (1,));

    let group: Group<(Result<(u8,), Exception>,), Exception> = gather!(gather!(value(1); spawn); spawn);
    assert_eq!(group.await.unwrap().0.unwrap(), (1,));

    let required: Group<((u8,),), Exception<Wrong>> = gather!(gather!(good(1)?; spawn)?; spawn);
    assert_eq!(required.await.unwrap(), ((1,),));

    let kept: Group<(Result<(u8,), Exception<Wrong>>, Result<u8, Exception<Wrong>>), Exception> =
        gather!(gather!(good(1)?; spawn), tokio::spawn(good(2)); spawn, return_exceptions);
    let (a, b) = kept.await.unwrap();
    assert_eq!((a.unwrap(), b.unwrap()), ((1,), 2));
}

#[tokio::test]
async fn what_comes_of_a_group() {
    let group = gather!(value(1); spawn);
    let _canceller: Canceller = group.canceller();
    let _result: Option<&Result<(u8,), Exception>> = group.result();
    let _exception: Option<&Exception> = group.exception();
    let guard: AbortOnDrop<(u8,), Exception> = group.abort_on_drop();
    let future: GroupFuture<(u8,), Exception> = guard.into_future();
    assert_eq!(future.await.unwrap(), (1,));
}

#[test]
fn auto_traits() {
    fn send<T: Send + 'static>() {}
    fn sync<T: Send + Sync + 'static>() {}
    fn unpin<T: Unpin>() {}
    use std::cell::Cell;
    use std::marker::PhantomPinned;

    // Needs no `Sync` of the results, which come to the handle by value.
    send::<Group<Cell<u8>, Exception<Cell<u8>>>>();
    send::<GroupFuture<Cell<u8>, Exception<Cell<u8>>>>();
    send::<AbortOnDrop<Cell<u8>, Exceptions<Cell<u8>>>>();
    sync::<Group<u8, Exception<Wrong>>>();
    sync::<GroupFuture<u8, Exception<Wrong>>>();
    sync::<Canceller>();
    unpin::<GroupFuture<PhantomPinned, Exception>>();
}
