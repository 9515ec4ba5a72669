//! No policy: errors are values, unless `?` marks the member.

use std::panic::{AssertUnwindSafe, catch_unwind};

use futures::executor::block_on;
use gather::gather;

use crate::support::{Gate, Trace, Wrong, bad, good, value};

struct Page {
    user: u8,
    ads: Vec<u8>,
    rest: Result<u8, Wrong>,
}

#[test]
fn without_a_question_mark_outputs_are_kept_as_they_are() {
    let out: (u8, Result<u8, Wrong>, Option<u8>) = block_on(gather!(value(1), bad(2), value(None)));
    assert_eq!(out, (1, Err(Wrong(2)), None));
    let list: Vec<Result<u8, Wrong>> = block_on(gather!(*[bad(1), bad(2)]));
    assert_eq!(list, [Err(Wrong(1)), Err(Wrong(2))]);
}

#[test]
fn a_question_mark_takes_the_result_off() {
    let out: Result<(u8, &str, Result<u8, Wrong>), Wrong> = block_on(gather!(good(1)?, value("plain"), bad(3)));
    assert_eq!(out, Ok((1, "plain", Err(Wrong(3)))));
    let out: Result<(u8,), Wrong> = block_on(gather!(bad(1)?));
    assert_eq!(out, Err(Wrong(1)));
}

#[test]
fn a_question_mark_on_a_list_holds_for_every_item() {
    let all: Result<Vec<u8>, Wrong> = block_on(gather!(*[good(1), good(2)]?));
    assert_eq!(all, Ok(vec![1, 2]));
    let one: Result<Vec<u8>, Wrong> =
        block_on(gather!(*(0..3).map(|i| async move { if i == 1 { Err(Wrong(i)) } else { Ok(i) } })?));
    assert_eq!(one, Err(Wrong(1)));
    let beside: Result<(Vec<u8>, u8), Wrong> = block_on(gather!(*[good(1)]?, value(2)));
    assert_eq!(beside, Ok((vec![1], 2)));
}

#[test]
fn records_and_structs_fail_as_a_whole() {
    let r = block_on(gather! { a => good(1)?, b => value(2), c => *[good(3)]?, d => bad(4) });
    let r = r.unwrap();
    let fields: (u8, u8, Vec<u8>, Result<u8, Wrong>) = (r.a, r.b, r.c, r.d);
    assert_eq!(fields, (1, 2, vec![3], Err(Wrong(4))));

    let page: Result<Page, Wrong> = block_on(gather!(Page { user: good(1)?, ads: *[good(2)]?, rest: bad(3) }));
    let page = page.unwrap();
    assert_eq!((page.user, page.ads, page.rest), (1, vec![2], Err(Wrong(3))));

    let failed: Result<Page, Wrong> = block_on(gather!(Page { user: bad(1)?, ads: value(vec![]), rest: bad(3) }));
    assert_eq!(failed.err(), Some(Wrong(1)));
}

#[test]
fn an_ignored_member_may_fail_the_group() {
    let out = block_on(gather! { _ => good("dropped")?, a => good(1)? });
    assert_eq!(out.map(|r| r.a), Ok(1));
    let out = block_on(gather! { _ => bad(1)?, a => good(1)? });
    assert_eq!(out.map(|r| r.a), Err(Wrong(1)));
    // Without `?` its result is dropped, whatever it is.
    let out = block_on(gather! { _ => bad(1), a => value(1) });
    assert_eq!(out.a, 1);
}

#[test]
fn an_untyped_error_is_that_of_the_other_members() {
    let out = block_on(gather!(async { Ok(1) }?, bad(2)?));
    assert_eq!(out, Err::<(i32, u8), _>(Wrong(2)));
    let out: Result<(u8,), Wrong> = block_on(gather!(async { Ok(1) }?));
    assert_eq!(out, Ok((1,)));
}

#[test]
fn the_error_needs_no_traits() {
    struct Bare;
    let out: Result<(u8, u8), Bare> = block_on(gather!(async { Err::<u8, _>(Bare) }?, value(1)));
    assert!(matches!(out, Err(Bare)));
}

#[test]
fn the_first_error_ends_the_group_at_once() {
    let (slow, failing) = (Gate::new(), Gate::new());
    let waker = crate::support::CountingWaker::new();
    let mut group = Box::pin(gather!(slow.member(Ok::<u8, Wrong>(1))?, failing.member(Err::<u8, _>(Wrong(2)))?,));
    assert!(crate::support::poll(&mut group, &waker).is_pending());
    failing.open();
    assert_eq!(crate::support::poll(&mut group, &waker), std::task::Poll::Ready(Err(Wrong(2))));
    assert_eq!((slow.drops(), failing.drops()), (1, 1));
}

#[test]
fn of_several_errors_in_one_sweep_the_lowest_members_wins() {
    let trace = Trace::new();
    let out = block_on(gather!(
        trace.member("a", 1, Ok::<u8, Wrong>(0))?,
        trace.member("b", 1, Err::<u8, _>(Wrong(1)))?,
        trace.member("c", 1, Err::<u8, _>(Wrong(2)))?,
    ));
    assert_eq!(out, Err(Wrong(1)));
    // An error of an earlier sweep wins over a lower member's of a later one.
    let out = block_on(gather!(
        trace.member("a", 2, Err::<u8, _>(Wrong(1)))?,
        trace.member("b", 1, Err::<u8, _>(Wrong(2)))?,
    ));
    assert_eq!(out, Err(Wrong(2)));
}

#[test]
fn a_panic_goes_on_to_the_awaiter() {
    let sibling = Gate::new();
    let group = gather!(sibling.member(Ok::<u8, Wrong>(1))?, async { panic!("kaput") },);
    let payload = catch_unwind(AssertUnwindSafe(|| block_on(group).map(|(a, ())| a)));
    assert_eq!(payload.unwrap_err().downcast_ref(), Some(&"kaput"));
    assert_eq!((sibling.polls(), sibling.drops()), (1, 1));
}
