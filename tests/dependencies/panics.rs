//! Panics in the bodies of dependants, and in what they wait for.

use std::future::{Ready, ready};
use std::panic::{AssertUnwindSafe, catch_unwind};

use futures::executor::block_on;
use gather::{Exception, ExceptionKind, gather};

use crate::support::{Live, Trace, bad, good, value};

fn kaput<T>() -> T {
    panic!("kaput")
}

async fn panics() -> u8 {
    kaput()
}

fn panicked<T, E>(field: Result<T, Exception<E>>) -> String {
    match field.map_err(|e| e.kind) {
        Err(ExceptionKind::Panicked(panic)) => panic.message().to_owned(),
        _ => "no panic".to_owned(),
    }
}

#[test]
fn without_a_policy_it_goes_on_to_the_awaiter() {
    let live = Live::new();
    let token = live.token();
    let group = gather! {
        a => value(1),
        b => |a| ready(if *a == 1 { kaput() } else { 2 }),
        c => |b| { let _token = token; ready(*b) },
        d => std::future::pending::<u8>(),
    };
    let payload = catch_unwind(AssertUnwindSafe(|| {
        block_on(async {
            let r = group.await;
            r.a + r.b + r.c + r.d
        })
    }));
    assert_eq!(payload.unwrap_err().downcast_ref(), Some(&"kaput"));
    assert_eq!(live.now(), 0);
}

#[test]
fn in_a_plain_body_it_is_the_dependants() {
    let r = block_on(gather! {
        a => value(1),
        b => |a| ready(if *a == 1 { kaput() } else { 2 }),
        c => |b| ready(*b),
        d => |a| ready(*a);
        return_exceptions
    });
    assert_eq!((r.a.unwrap(), r.d.unwrap()), (1, 1));
    assert_eq!(panicked(r.b), "kaput");
    assert!(r.c.unwrap_err().is_skipped());
}

#[test]
fn in_an_async_body_too() {
    let r = block_on(gather! {
        a => value(1),
        b => async |a| { value(*a).await; kaput::<u8>() },
        c => |b| ready(*b);
        return_exceptions
    });
    assert_eq!(r.a.unwrap(), 1);
    assert_eq!(panicked(r.b), "kaput");
    assert!(r.c.unwrap_err().is_skipped());
}

#[test]
fn dependants_of_a_member_that_panics_are_skipped() {
    let r = block_on(gather! { a => panics(), b => |a| ready(*a); return_exceptions });
    assert_eq!(panicked(r.a), "kaput");
    assert!(r.b.unwrap_err().is_skipped());
}

#[test]
fn all_errors_lists_them_and_not_the_skipped() {
    let r = block_on(gather! {
        skipped => |b| good(*b)?,
        a => good(1)?,
        b => |a| ready(if *a == 1 { kaput() } else { 2 }),
        c => |a| bad(*a)?;
        all_errors
    });
    let all = r.map(|r| (r.a, r.b, r.c, r.skipped)).expect_err("two members fail");
    assert_eq!(all.to_string(), "member `b` panicked: kaput\nmember `c` failed: wrong by 1");
}

#[test]
fn in_the_expression_of_a_list() {
    let r = block_on(gather! {
        a => value(1),
        list => *|a| [ready(if *a == 1 { kaput() } else { 2 })],
        seen => |list| ready(list.len());
        return_exceptions
    });
    assert_eq!((r.a.unwrap(), r.seen.unwrap()), (1, 1));
    let [field] = <[_; 1]>::try_from(r.list).unwrap();
    assert_eq!(field.as_ref().map_err(ToString::to_string), Err("member `list` panicked: kaput".to_owned()));
    assert_eq!(panicked(field), "kaput");
}

#[test]
fn in_the_iterator_of_a_list() {
    let r = block_on(gather! {
        a => value(2),
        list => *|a| (0..3).map(move |i| ready(if i == *a { kaput() } else { i })),
        b => good(1)?,
        c => |list| ready(list.len());
        all_errors
    });
    let all = r.map(|r| (r.a, r.b, r.c, r.list)).expect_err("the list panics");
    assert_eq!(all.to_string(), "member `list` panicked: kaput");
}

/// Panics where it becomes a future.
struct Item(u8);

impl IntoFuture for Item {
    type Output = u8;
    type IntoFuture = Ready<u8>;
    fn into_future(self) -> Ready<u8> {
        if self.0 == 2 { kaput() } else { ready(self.0) }
    }
}

#[test]
fn where_an_item_becomes_a_future() {
    let r = block_on(gather! { a => value(3), list => *|a| (0..*a).map(Item), b => value(1); return_exceptions });
    assert_eq!((r.a.unwrap(), r.b.unwrap()), (3, 1));
    let [field] = <[_; 1]>::try_from(r.list).unwrap();
    assert_eq!(panicked(field), "kaput");
}

/// Panics when it is dropped.
struct Bomb<'a>(&'a Trace);

impl Drop for Bomb<'_> {
    fn drop(&mut self) {
        self.0.push("boom");
        if !std::thread::panicking() {
            kaput::<()>();
        }
    }
}

#[test]
fn where_what_a_skipped_dependant_captured_is_dropped() {
    let trace = Trace::new();
    let (one, two) = (Bomb(&trace), Bomb(&trace));
    let r = block_on(gather! {
        a => bad(1),
        b => async move |a| { let _bomb = one; *a },
        list => *move |a| { let _bomb = &two; [ready(*a)] },
        c => value(3);
        return_exceptions
    });
    assert!(r.a.unwrap_err().is_error());
    assert!(r.b.unwrap_err().is_skipped());
    assert!(r.list.into_iter().all(|item| item.unwrap_err().is_skipped()));
    assert_eq!(r.c.unwrap(), 3);
    assert_eq!(trace.take(), "boom boom");
}
