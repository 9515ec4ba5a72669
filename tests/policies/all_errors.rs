//! `all_errors`: every member runs to its end, then all errors together.

use std::task::Poll;

use futures::executor::block_on;
use gather::{Exceptions, gather};

use crate::support::{CountingWaker, Gate, Trace, Wrong, bad, good, poll, value};

fn texts(errors: &Exceptions<Wrong>) -> Vec<String> {
    errors.iter().map(ToString::to_string).collect()
}

#[test]
fn all_is_well() {
    let out: Result<_, Exceptions<Wrong>> = block_on(gather!(
        good(1)?,
        value("plain"),
        *[good(2), good(3)]?,
        bad(4);
        all_errors
    ));
    let fields: (u8, &str, Vec<u8>, Result<u8, Wrong>) = out.unwrap();
    assert_eq!(fields, (1, "plain", vec![2, 3], Err(Wrong(4))));
}

#[test]
fn every_member_runs_to_its_end() {
    let (slow, waker) = (Gate::new(), CountingWaker::new());
    let mut group = Box::pin(gather!(bad(1)?, slow.member(2); all_errors));
    assert!(poll(&mut group, &waker).is_pending());
    assert_eq!(slow.drops(), 0);
    slow.open();
    let Poll::Ready(Err(errors)) = poll(&mut group, &waker) else {
        panic!("not the errors");
    };
    assert_eq!(texts(&errors), ["member `#0` failed: wrong by 1"]);
    assert_eq!(slow.polls(), 2);
}

#[test]
fn errors_stand_in_member_order_whichever_came_first() {
    let trace = Trace::new();
    let failing = |name, turns, by| trace.member::<Result<u8, Wrong>>(name, turns, Err(Wrong(by)));
    let errors = block_on(gather! {
        a => failing("a", 3, 1)?,
        b => good(0)?,
        c => *[failing("c0", 2, 2), failing("c1", 1, 3)]?,
        d => failing("d", 0, 4)?;
        all_errors
    })
    .map(|r| (r.a, r.b, r.c, r.d))
    .unwrap_err();
    assert_eq!(
        texts(&errors),
        [
            "member `a` failed: wrong by 1",
            "member `c[0]` failed: wrong by 2",
            "member `c[1]` failed: wrong by 3",
            "member `d` failed: wrong by 4",
        ]
    );
}

#[test]
fn panics_are_listed_among_the_errors() {
    let errors = block_on(gather! {
        a => bad(1)?,
        b => async { panic!("kaput") },
        c => async { if true { panic!("{}", "kaput too") } else { bad(3).await } }?;
        all_errors
    })
    .map(|r| -> (u8, (), u8) { (r.a, r.b, r.c) })
    .unwrap_err();
    assert_eq!(
        texts(&errors),
        ["member `a` failed: wrong by 1", "member `b` panicked: kaput", "member `c` panicked: kaput too",]
    );
}

#[test]
fn a_panic_alone_fails_the_group() {
    let errors = block_on(gather!(good(1)?, async { panic!("kaput") }; all_errors)).unwrap_err();
    assert_eq!(texts(&errors), ["member `#1` panicked: kaput"]);
    assert!(errors.first().is_panicked());
}

#[test]
fn an_ignored_member_counts() {
    let out = block_on(gather! { a => value(1), _ => bad(2)?, _ => bad(3)?; all_errors });
    assert_eq!(out.map(|r| r.a).unwrap_err().len(), 2);
}

#[test]
fn records_and_structs() {
    struct Page {
        user: u8,
        ads: Vec<u8>,
    }
    let page: Result<Page, Exceptions<Wrong>> =
        block_on(gather!(Page { user: good(1)?, ads: *[good(2)]? }; all_errors));
    let page = page.unwrap();
    assert_eq!((page.user, page.ads), (1, vec![2]));
    let r = block_on(gather! { a => good(1)?, b => value(2); all_errors }).unwrap();
    assert_eq!((r.a, r.b), (1, 2));
}
