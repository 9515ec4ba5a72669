//! `return_exceptions`: what went wrong is the field's value.

use std::future::ready;
use std::io;
use std::num::ParseIntError;
use std::pin::Pin;

use futures::executor::block_on;
use gather::{Exception, gather};

use crate::support::{Wrong, bad, good, value};

#[test]
fn plain_outputs_and_results_become_fields_with_exceptions() {
    let (a, b): (Result<u8, Exception>, Result<u8, Exception<Wrong>>) =
        block_on(gather!(value(1), bad(2); return_exceptions));
    assert_eq!(a.unwrap(), 1);
    assert_eq!(b.unwrap_err().into_error().unwrap(), Wrong(2));
}

#[test]
fn every_field_has_the_error_of_its_own_member() {
    let r = block_on(gather! {
        io => async { Err::<u8, _>(io::Error::other("disk")) },
        parse => async { "x".parse::<u8>() },
        option => value(Some(1)),
        unit => value(());
        return_exceptions
    });
    let io: Result<u8, Exception<io::Error>> = r.io;
    let parse: Result<u8, Exception<ParseIntError>> = r.parse;
    let option: Result<Option<u8>, Exception> = r.option;
    let unit: Result<(), Exception> = r.unit;
    assert_eq!(io.unwrap_err().to_string(), "member `io` failed: disk");
    assert!(parse.unwrap_err().is_error());
    assert_eq!(option.unwrap(), Some(1));
    unit.unwrap();
}

#[test]
fn aliases_and_boxed_futures_are_seen_through() {
    fn read() -> impl Future<Output = io::Result<u8>> {
        ready(Ok(1))
    }
    let boxed: Pin<Box<dyn Future<Output = Result<u8, Wrong>>>> = Box::pin(bad(2));
    let later = async { good(3).await };
    let (read, boxed, later) = block_on(gather!(read(), boxed, later; return_exceptions));
    let read: Result<u8, Exception<io::Error>> = read;
    let boxed: Result<u8, Exception<Wrong>> = boxed;
    let later: Result<u8, Exception<Wrong>> = later;
    assert_eq!((read.unwrap(), boxed.is_err(), later.unwrap()), (1, true, 3));
}

#[test]
fn a_list_of_fields() {
    let items = (1..3).map(|i| async move { if i == 2 { Err(Wrong(i)) } else { Ok(i) } });
    let all: Vec<Result<u8, Exception<Wrong>>> = block_on(gather!(*items; return_exceptions));
    assert!(matches!(&all[..], [Ok(1), Err(e)] if e.error() == Some(&Wrong(2))));
    let beside: (Vec<Result<u8, Exception>>, Result<u8, Exception>) =
        block_on(gather!(*[value(1)], value(2); return_exceptions));
    assert_eq!((beside.0.len(), beside.1.unwrap()), (1, 2));
}

#[test]
fn a_question_mark_changes_nothing_where_the_result_is_known() {
    let (a, b) = block_on(gather!(bad(1)?, *[bad(2)]?; return_exceptions));
    let a: Result<u8, Exception<Wrong>> = a;
    let b: Vec<Result<u8, Exception<Wrong>>> = b;
    assert_eq!(a.unwrap_err().into_error().unwrap(), Wrong(1));
    assert!(b[0].is_err());
}

#[test]
fn the_users_struct_holds_results() {
    struct Page {
        user: Result<u8, Exception<Wrong>>,
        ads: Vec<Result<u8, Exception>>,
    }
    let page = block_on(gather!(Page { user: bad(1), ads: *[value(2)] }; return_exceptions));
    assert_eq!(page.user.unwrap_err().to_string(), "member `user` failed: wrong by 1");
    assert_eq!(page.ads.into_iter().map(Result::unwrap).collect::<Vec<_>>(), [2]);
}

#[test]
fn a_panic_is_the_fields_value() {
    let r = block_on(gather! {
        a => async { panic!("kaput") },
        b => *(0..3).map(|i| async move { assert!(i != 1, "no {i}"); i }),
        c => good(3);
        return_exceptions
    });
    let a: Result<(), Exception> = r.a;
    assert_eq!(a.unwrap_err().to_string(), "member `a` panicked: kaput");
    let b: Vec<String> = r.b.into_iter().map(|item| item.map_or_else(|e| e.to_string(), |i| i.to_string())).collect();
    assert_eq!(b, ["0", "member `b[1]` panicked: no 1", "2"]);
    assert_eq!(r.c.unwrap(), 3);
}

#[test]
fn nothing_ends_early() {
    let (a, b, c) = block_on(gather!(
        bad(1),
        async { panic!("kaput") },
        async {
            crate::support::Trace::new().member("", 1, ()).await;
            3
        };
        return_exceptions
    ));
    let b: Result<(), Exception> = b;
    assert!(a.is_err() && b.is_err());
    assert_eq!(c.unwrap(), 3);
}

// What is known where `gather!` stands decides: a bare type parameter is not known to be a `Result`.
#[test]
fn a_type_parameter_counts_as_any_other_output() {
    async fn caught<T>(future: impl Future<Output = T>) -> Result<T, Exception> {
        gather!(future; return_exceptions).await.0
    }
    async fn split<T, E>(future: impl Future<Output = Result<T, E>>) -> Result<T, Exception<E>> {
        gather!(future; return_exceptions).await.0
    }
    async fn marked<F, T, E>(future: F) -> Result<T, Exception<E>>
    where
        F: Future<Output = Result<T, E>>,
    {
        gather!(future?; return_exceptions).await.0
    }
    let kept: Result<Result<u8, Wrong>, Exception> = block_on(caught(bad(1)));
    assert_eq!(kept.unwrap(), Err(Wrong(1)));
    let split: Result<u8, Exception<Wrong>> = block_on(split(bad(1)));
    assert_eq!(split.unwrap_err().into_error().unwrap(), Wrong(1));
    let marked: Result<u8, Exception<Wrong>> = block_on(marked(bad(1)));
    assert_eq!(marked.unwrap_err().into_error().unwrap(), Wrong(1));
}

#[test]
fn the_type_may_become_known_by_a_later_member() {
    let (sender, inbox) = futures::channel::oneshot::channel();
    let (received, sent) = block_on(gather!(
        inbox,
        async move { sender.send(1_u8).is_ok() };
        return_exceptions
    ));
    let received: Result<u8, Exception<futures::channel::oneshot::Canceled>> = received;
    assert_eq!((received.unwrap(), sent.unwrap()), (1, true));
}

#[test]
fn an_ignored_result_is_reported_as_unused() {
    #[expect(unused_must_use, reason = "this is what is tested")]
    let r = block_on(gather! { a => value(1), _ => bad(2); return_exceptions });
    assert_eq!(r.a.unwrap(), 1);
}

#[test]
fn nested_groups() {
    let outer = block_on(gather! {
        strict => gather!(good(1)?, bad(2)?),
        loose => gather!(good(1), bad(2); return_exceptions);
        return_exceptions
    });
    let strict: Result<(u8, u8), Exception<Wrong>> = outer.strict;
    assert_eq!(strict.unwrap_err().to_string(), "member `strict` failed: wrong by 2");
    let (a, b): (Result<u8, Exception<Wrong>>, Result<u8, Exception<Wrong>>) = outer.loose.unwrap();
    assert_eq!((a.unwrap(), b.unwrap_err().to_string().as_str()), (1, "member `#1` failed: wrong by 2"));
}
