//! Exceptions that tests make by hand, and equality.

use std::future::pending;
use std::io;

use gather::{Exception, ExceptionKind, Member, Panic, gather};

use crate::failing::{assert_chain, failure, literal, typed};

#[tokio::test]
async fn one_made_by_hand_equals_that_of_a_group() {
    let r = gather! {
        user => literal(), panics => async { if true { panic!("a bug") } }, slow => pending::<()>(), next => |user| literal();
        return_exceptions, until = std::future::ready(())
    }
    .await;
    assert_eq!(r.user, Err(Exception::new(Member::named("user"), ExceptionKind::Error("gone"))));
    assert_eq!(r.panics, Err(Exception::new(Member::named("panics"), ExceptionKind::Panicked(Panic::new("a bug")))));
    assert_eq!(r.slow, Err(Exception::new(Member::named("slow"), ExceptionKind::Cancelled)));
    assert_eq!(r.next, Err(Exception::new(Member::named("next"), ExceptionKind::Skipped)));
    let list = gather! { pages => *[literal()]; return_exceptions }.await.pages;
    assert_eq!(list, [Err(Exception::new(Member::item("pages", 0), ExceptionKind::Error("gone")))]);
    let (_, second) = gather!(async {}, literal(); return_exceptions).await;
    assert_eq!(second, Err(Exception::new(Member::position(1), ExceptionKind::Error("gone"))));
    let group = gather!(pending::<()>(); spawn);
    group.cancel();
    assert_eq!(group.await, Err(Exception::new(None, ExceptionKind::Cancelled)));
    let all = gather! { a => literal()?; all_errors }.await.map(|r| r.a).unwrap_err();
    assert_eq!(*all.first(), Exception::new(Member::named("a"), ExceptionKind::Error("gone")));
}

#[test]
fn what_makes_them_different() {
    let of = |member, kind| Exception::new(Some(member), kind);
    let error = || of(Member::named("a"), ExceptionKind::Error(1));
    assert_eq!(error(), error());
    assert_ne!(error(), of(Member::named("a"), ExceptionKind::Error(2)));
    assert_ne!(error(), of(Member::named("b"), ExceptionKind::Error(1)));
    assert_ne!(error(), of(Member::item("a", 0), ExceptionKind::Error(1)));
    assert_ne!(error(), of(Member::named("a"), ExceptionKind::TimedOut));
    assert_ne!(error(), Exception::new(None, ExceptionKind::Error(1)));
    assert_eq!(Panic::new("a"), Panic::new(String::from("a")));
    assert_ne!(Panic::new("a"), Panic::new("b"));
    assert_eq!(Panic::new("a").into_payload().downcast_ref::<String>().unwrap(), "a");
}

/// How the source is found is no part of what is compared.
#[tokio::test]
async fn with_and_without_a_source() {
    #[derive(Debug, PartialEq, Eq, thiserror::Error)]
    #[error("outer")]
    struct Outer(#[source] Inner);
    #[derive(Debug, PartialEq, Eq, thiserror::Error)]
    #[error("inner")]
    struct Inner;
    let made = Exception::from_error(Member::named("a"), Outer(Inner));
    assert_eq!(made, Exception::new(Member::named("a"), ExceptionKind::Error(Outer(Inner))));
    let given = gather! { a => async { Err::<u8, _>(Outer(Inner)) }; return_exceptions }.await.a;
    assert_eq!(given, Err(made));
    assert_chain(given.unwrap_err(), "member `a` failed: outer: inner");
}

#[tokio::test]
async fn the_one_from_an_error_has_its_source() {
    let made = Exception::from_error(Member::named("a"), failure());
    let given = gather! { a => typed()?; name_errors }.await.map(|r| r.a).unwrap_err();
    assert_eq!(format!("{made:?}"), format!("{given:?}"));
    assert_chain(made, "member `a` failed: reading: gone");
    assert_chain(Exception::new(None, ExceptionKind::<io::Error>::Panicked(Panic::new("a"))), "the group panicked: a");
}

#[test]
fn sizes() {
    // A member with room for a key, an error of one word with the other kinds around it, and where its source is found.
    assert_eq!(size_of::<Exception<io::Error>>(), 7 * size_of::<usize>());
}
