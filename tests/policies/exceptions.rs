//! What users see of an error: texts, chains, traits and accessors.

use std::convert::Infallible;
use std::error::Error;
use std::fmt;
use std::future::{pending, ready};
use std::panic::{AssertUnwindSafe, catch_unwind, panic_any};

use crate::support::{Wrong, bad, good, value};
use futures::executor::block_on;
use gather::{Exception, ExceptionKind, Exceptions, Member, Panic, gather};

/// An error with a cause.
#[derive(Debug)]
struct Refused(Wrong);

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("refused")
    }
}

impl Error for Refused {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&self.0)
    }
}

fn failed() -> Exception<Wrong> {
    block_on(gather! { a => bad(1)?; name_errors }).map(|r| r.a).unwrap_err()
}

fn panicked<T: Send + 'static>(payload: T) -> Exception {
    let r = block_on(gather! { b => async { panic_any(payload) }; return_exceptions });
    let b: Result<(), Exception> = r.b;
    b.unwrap_err()
}

fn panic_of(exception: Exception) -> Panic {
    match exception.kind {
        ExceptionKind::Panicked(panic) => panic,
        other => panic!("not a panic: {other:?}"),
    }
}

fn cancelled() -> Exception {
    let r = block_on(gather! { c => pending::<()>(); return_exceptions, until = ready(()) });
    r.c.unwrap_err()
}

fn several() -> Exceptions<Wrong> {
    block_on(gather! {
        a => bad(1)?,
        b => async { panic!("kaput") },
        pages => *[good(2), good(3)]?,
        d => bad(4)?;
        all_errors
    })
    .map(|r| -> (u8, (), Vec<u8>, u8) { (r.a, r.b, r.pages, r.d) })
    .unwrap_err()
}

#[test]
fn the_texts_of_the_kinds() {
    let mut exception = failed();
    assert_eq!(exception.to_string(), "member `a` failed: wrong by 1");
    exception.kind = ExceptionKind::Cancelled;
    assert_eq!(exception.to_string(), "member `a` was cancelled");
    exception.kind = ExceptionKind::TimedOut;
    assert_eq!(exception.to_string(), "member `a` timed out");
    exception.kind = ExceptionKind::Skipped;
    assert_eq!(exception.to_string(), "member `a` was skipped: a dependency failed");
    exception.kind = ExceptionKind::Panicked(panic_of(panicked("kaput")));
    assert_eq!(exception.to_string(), "member `a` panicked: kaput");
    exception.kind = ExceptionKind::Cancelled;
    exception.member = None;
    assert_eq!(exception.to_string(), "the group was cancelled");
}

#[test]
fn the_texts_from_groups() {
    assert_eq!(panicked("kaput").to_string(), "member `b` panicked: kaput");
    assert_eq!(cancelled().to_string(), "member `c` was cancelled");
    assert_eq!(
        several().to_string(),
        "member `a` failed: wrong by 1\nmember `b` panicked: kaput\nmember `d` failed: wrong by 4"
    );
}

#[test]
fn members_by_name_and_position() {
    let members = block_on(gather! {
        user => bad(1),
        pages => *(0..18).map(bad),
        r#type => bad(2);
        return_exceptions
    });
    let user: Member = members.user.unwrap_err().member.clone().unwrap();
    assert_eq!(user.to_string(), "user");
    assert_eq!((user.name(), user.index()), (Some("user"), None));

    let page = members.pages[17].as_ref().unwrap_err().member.clone().unwrap();
    assert_eq!(page.to_string(), "pages[17]");
    assert_eq!((page.name(), page.index()), (Some("pages"), Some(17)));

    let raw = members.r#type.unwrap_err().member.clone().unwrap();
    assert_eq!(raw.to_string(), "type");

    let (first, second) = block_on(gather!(bad(1), bad(2); return_exceptions));
    let (first, second) = (first.unwrap_err().member.unwrap(), second.unwrap_err().member.unwrap());
    assert_eq!((first.to_string(), second.to_string()), ("#0".to_owned(), "#1".to_owned()));
    assert_eq!(first.name(), None);
}

#[test]
fn the_chain_does_not_print_an_error_twice() {
    let refused = block_on(gather!(async { Err::<u8, _>(Refused(Wrong(1))) }?; name_errors)).unwrap_err();
    let mut chain = vec![refused.to_string()];
    let mut next = refused.source();
    while let Some(error) = next {
        chain.push(error.to_string());
        next = error.source();
    }
    assert_eq!(chain, ["member `#0` failed: refused", "wrong by 1"]);
    assert!(failed().source().is_none());
}

#[test]
fn other_kinds_have_no_source() {
    assert!(panicked("kaput").source().is_none());
    assert!(cancelled().source().is_none());
    assert!(several().source().is_none());
}

#[test]
fn accessors() {
    let exception = failed();
    assert!(exception.is_error());
    assert_eq!(exception.error(), Some(&Wrong(1)));
    assert_eq!(exception.into_error().unwrap(), Wrong(1));

    let exception = cancelled();
    assert!(exception.is_cancelled() && !exception.is_error());
    assert!(exception.error().is_none());
    let same = exception.into_error().unwrap_err();
    assert_eq!(same.to_string(), "member `c` was cancelled");

    let kinds =
        |e: &Exception<Wrong>| [e.is_error(), e.is_panicked(), e.is_cancelled(), e.is_timed_out(), e.is_skipped()];
    let mut exception = failed();
    assert_eq!(kinds(&exception), [true, false, false, false, false]);
    exception.kind = ExceptionKind::Panicked(panic_of(panicked("kaput")));
    assert_eq!(kinds(&exception), [false, true, false, false, false]);
    exception.kind = ExceptionKind::Cancelled;
    assert_eq!(kinds(&exception), [false, false, true, false, false]);
    exception.kind = ExceptionKind::TimedOut;
    assert_eq!(kinds(&exception), [false, false, false, true, false]);
    exception.kind = ExceptionKind::Skipped;
    assert_eq!(kinds(&exception), [false, false, false, false, true]);
}

#[test]
fn a_panics_message_is_its_text() {
    assert_eq!(panic_of(panicked("static")).message(), "static");
    assert_eq!(panic_of(panicked(String::from("owned"))).message(), "owned");
    let (a,) = block_on(gather!(async { assert_eq!(1 + 1, 3, "sum of {}", 2) }; return_exceptions));
    let message = panic_of(a.unwrap_err()).message().to_owned();
    assert!(message.contains("sum of 2"), "{message}");
    assert!(!panic_of(panicked(5_u32)).message().is_empty());
}

#[test]
fn a_panics_payload_comes_back_as_it_was() {
    let payload = panic_of(panicked(5_u32)).into_payload();
    assert_eq!(payload.downcast_ref(), Some(&5_u32));
    let payload = panic_of(panicked("kaput")).into_payload();
    assert_eq!(payload.downcast_ref(), Some(&"kaput"));
}

#[test]
fn a_panic_can_go_on() {
    let panic = panic_of(panicked(5_u32));
    let payload = catch_unwind(AssertUnwindSafe(|| panic.resume())).unwrap_err();
    assert_eq!(payload.downcast_ref(), Some(&5_u32));
}

#[test]
fn exceptions_are_a_list() {
    let errors = several();
    assert_eq!(errors.len(), 3);
    assert_eq!(errors.first().error(), Some(&Wrong(1)));
    let names: Vec<String> = errors.iter().map(|e| e.member.as_ref().unwrap().to_string()).collect();
    assert_eq!(names, ["a", "b", "d"]);
    let mut seen = 0;
    for exception in &errors {
        seen += usize::from(exception.is_error());
    }
    assert_eq!(seen, 2);
    let owned: Vec<Exception<Wrong>> = errors.into_iter().collect();
    assert!(owned[1].is_panicked());
}

#[test]
fn they_travel_anywhere() {
    fn travels<T: Send + Sync + fmt::Debug + 'static>() {}
    fn is_an_error<T: Error + Send + Sync + 'static>() {}
    travels::<Exception>();
    travels::<Exception<Wrong>>();
    travels::<ExceptionKind<Wrong>>();
    travels::<Exceptions<Wrong>>();
    travels::<Member>();
    travels::<Panic>();
    is_an_error::<Exception>();
    is_an_error::<Exception<Infallible>>();
    is_an_error::<Exception<Refused>>();
    is_an_error::<Exceptions<Refused>>();
}

#[test]
fn they_convert_into_boxed_errors() {
    async fn all() -> Result<u8, Box<dyn Error + Send + Sync>> {
        let (a,) = gather!(value(1); return_exceptions).await;
        let (b,) = gather!(good(2)?; all_errors).await?;
        let (c,) = gather!(bad(3)?; name_errors).await?;
        Ok(a? + b + c)
    }
    assert_eq!(block_on(all()).unwrap_err().to_string(), "member `#0` failed: wrong by 3");
}

#[test]
fn an_error_that_is_no_error_type_is_still_displayed() {
    let exception = block_on(gather!(async { Err::<u8, _>("text") }?; name_errors)).unwrap_err();
    assert_eq!(exception.to_string(), "member `#0` failed: text");
}

#[test]
fn members_made_by_hand_equal_those_of_groups() {
    let members = block_on(gather! { none => good(1), user => bad(1), pages => *(0..18).map(bad); return_exceptions });
    let of = |result: Result<u8, Exception<Wrong>>| result.unwrap_err().member.unwrap();
    assert!(members.none.is_ok());
    assert_eq!(of(members.user), Member::named("user"));
    let page = of(members.pages.into_iter().last().unwrap());
    assert_eq!(page, Member::item("pages", 17));
    assert_ne!(page, Member::item("pages", 16));
    assert_ne!(page, Member::named("pages"));
    assert_ne!(page, Member::keyed("pages", 17, &"b"));
    let (_, second) = block_on(gather!(good(1), bad(2); return_exceptions));
    assert_eq!(of(second), Member::position(1));
    let alone = block_on(gather!(*(0..3).map(bad); return_exceptions));
    assert_eq!(of(alone.into_iter().last().unwrap()), Member::position(2));
}

#[test]
fn members_with_keys() {
    let texts = [
        (Member::keyed("pages", 1, "b"), r#"pages["b"]"#, r#""b""#),
        (Member::keyed("pages", 1, &7), "pages[7]", "7"),
        (Member::keyed(None, 1, &Some("b")), r#"[Some("b")]"#, r#"Some("b")"#),
    ];
    for (member, text, key) in texts {
        assert_eq!((member.to_string().as_str(), member.key(), member.index()), (text, Some(key), Some(1)));
        assert_eq!(format!("{member:?}"), format!("Member({text})"));
    }
    assert_eq!(Member::keyed("pages", 1, "b"), Member::keyed("pages", 1, &String::from("b")));
    assert_ne!(Member::keyed("pages", 1, "b"), Member::keyed("pages", 2, "b"));
    assert_eq!((Member::item("pages", 1).key(), Member::named("user").key()), (None, None));
    assert_eq!((Member::item("pages", 0).index(), Member::named("user").index()), (Some(0), None));
    assert!(Member::named("pages") < Member::item("pages", 0) && Member::item("pages", 0) < Member::item("pages", 1));
}

#[test]
fn a_key_does_not_make_a_member_larger() {
    assert_eq!(size_of::<Option<Member>>(), 4 * size_of::<usize>());
}
