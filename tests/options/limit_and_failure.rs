//! `limit` beside the policies: what has not started when the group is decided never starts.

use std::task::Poll;

use futures::executor::block_on;
use gather::{Exception, gather};

use crate::support::{CountingWaker, Gate, Live, Trace, Wrong, bad, good, poll, value};

#[test]
fn nothing_starts_after_a_failure() {
    let trace = Trace::new();
    let out = block_on(gather!(
        trace.member("a", 0, Err::<u8, _>(Wrong(1)))?,
        trace.member("b", 0, ());
        limit = 1
    ));
    assert_eq!(out, Err(Wrong(1)));
    assert_eq!(trace.take(), "a -a -b");
}

#[test]
fn a_place_freed_in_the_sweep_of_a_failure_is_not_used() {
    let trace = Trace::new();
    let out = block_on(gather!(
        trace.member("a", 1, Ok::<u8, Wrong>(1))?,
        trace.member("b", 1, Err::<u8, _>(Wrong(2)))?,
        trace.member("c", 0, ());
        limit = 2
    ));
    assert_eq!(out, Err(Wrong(2)));
    assert_eq!(trace.take(), "a b a -a b -b -c");
}

#[test]
fn no_item_is_pulled_after_a_failure() {
    let live = Live::new();
    let out = block_on(gather!(
        *(0..10).map(|i| {
            let token = live.token();
            async move {
                let _token = token;
                if i == 2 { Err(Wrong(i)) } else { Ok(i) }
            }
        })?;
        limit = 1
    ));
    assert_eq!(out, Err(Wrong(2)));
    assert_eq!((live.made(), live.now()), (3, 0));
}

#[test]
fn the_lowest_member_of_a_sweep_wins() {
    let (first, second) = (Gate::new(), Gate::new());
    let waker = CountingWaker::new();
    let mut group = Box::pin(gather!(
        first.member(Err::<u8, _>(Wrong(1)))?,
        *[second.member(Err::<u8, _>(Wrong(2)))]?;
        limit = 2
    ));
    assert!(poll(&mut group, &waker).is_pending());
    second.open();
    first.open();
    assert_eq!(poll(&mut group, &waker), Poll::Ready(Err(Wrong(1))));
}

#[test]
fn all_errors_goes_through_every_member() {
    let errors = block_on(gather! {
        a => bad(1)?,
        b => *(0..3).map(|i| async move { if i == 1 { Ok(i) } else { Err(Wrong(i)) } })?,
        c => async { panic!("kaput") };
        all_errors, limit = 1
    })
    .map(|r| -> (u8, Vec<u8>, ()) { (r.a, r.b, r.c) })
    .unwrap_err();
    assert_eq!(
        errors.to_string(),
        "member `a` failed: wrong by 1\n\
         member `b[0]` failed: wrong by 0\n\
         member `b[2]` failed: wrong by 2\n\
         member `c` panicked: kaput"
    );
}

#[test]
fn return_exceptions_goes_through_every_member() {
    let trace = Trace::new();
    let (a, b, c) = block_on(gather!(
        trace.member("a", 1, Err::<u8, _>(Wrong(1))),
        *["x", "y"].map(|name| trace.member(name, 1, Err(Wrong(2)))),
        trace.member("c", 1, 3);
        return_exceptions,
        limit = 2
    ));
    let b: Vec<Result<u8, Exception<Wrong>>> = b;
    let c: Result<u8, Exception> = c;
    assert_eq!(a.unwrap_err().error(), Some(&Wrong(1)));
    assert_eq!(b.len(), 2);
    assert_eq!(b[1].as_ref().unwrap_err().member.as_ref().unwrap().to_string(), "#1[1]");
    assert_eq!(c.unwrap(), 3);
    assert_eq!(trace.take(), "a x a -a x -x y c y -y c -c");
}

#[test]
fn name_errors_names_the_item() {
    let error = block_on(gather! {
        a => value(1),
        items => *(0..9).map(|i| async move { if i == 7 { Err(Wrong(i)) } else { Ok(i) } })?;
        limit = 2, name_errors
    })
    .map(|r| (r.a, r.items))
    .unwrap_err();
    assert_eq!(error.to_string(), "member `items[7]` failed: wrong by 7");
    let out = block_on(gather!(good(1)?; name_errors, limit = 2));
    assert_eq!(out.unwrap(), (1,));
}

#[test]
fn a_dropped_group_starts_nothing_more() {
    let live = Live::new();
    let gate = Gate::new();
    let waker = CountingWaker::new();
    let mut group = Box::pin(gather!(
        *(0..5).map(|i| {
            let token = live.token();
            let gate = gate.clone();
            async move {
                let _token = token;
                gate.member(i).await
            }
        });
        limit = 2
    ));
    assert!(poll(&mut group, &waker).is_pending());
    assert_eq!((live.made(), live.now()), (2, 2));
    drop(group);
    assert_eq!((live.made(), live.now()), (2, 0));
}
