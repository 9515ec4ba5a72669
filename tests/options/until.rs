//! `until = fut`: what has not ended when it completes becomes `Cancelled`.

use std::future::{pending, ready};
use std::task::Poll;

use futures::channel::oneshot;
use futures::executor::block_on;
use gather::{Exception, gather};

use crate::support::{CountingWaker, Gate, Live, Trace, Wrong, poll};

#[test]
fn finished_members_keep_their_results() {
    let (quick, failed, stop, waker) = (Gate::new(), Gate::new(), Gate::new(), CountingWaker::new());
    let mut group = Box::pin(gather! {
        quick => quick.member(1),
        failed => failed.member(Err::<u8, _>(Wrong(2))),
        never => pending::<u8>();
        return_exceptions, until = stop.member(())
    });
    quick.open();
    assert!(poll(&mut group, &waker).is_pending());
    failed.open();
    assert!(poll(&mut group, &waker).is_pending());
    let woken = waker.count();
    stop.open();
    assert!(waker.count() > woken, "it wakes the group");
    let Poll::Ready(r) = poll(&mut group, &waker) else {
        panic!("not ended");
    };
    let quick: Result<u8, Exception> = r.quick;
    assert_eq!(quick.unwrap(), 1);
    assert_eq!(r.failed.unwrap_err().error(), Some(&Wrong(2)));
    let never = r.never.unwrap_err();
    assert!(never.is_cancelled());
    assert_eq!(never.to_string(), "member `never` was cancelled");
}

#[test]
fn members_are_swept_before_it_is_asked() {
    let (a, b) = block_on(gather!(
        ready(1),
        pending::<()>();
        return_exceptions, until = ready(())
    ));
    assert_eq!(a.unwrap(), 1);
    assert!(b.unwrap_err().is_cancelled());
}

#[test]
fn a_group_that_ends_first_drops_it() {
    let stop = Gate::new();
    let (a,) = block_on(gather!(ready(1); return_exceptions, until = stop.member(())));
    assert_eq!(a.unwrap(), 1);
    assert_eq!(stop.drops(), 1);
}

#[test]
fn it_may_yield_anything() {
    let (sender, receiver) = oneshot::channel::<u8>();
    sender.send(1).unwrap();
    let (a,) = block_on(gather!(pending::<()>(); return_exceptions, until = receiver));
    assert!(a.unwrap_err().is_cancelled());
}

#[test]
fn it_may_borrow() {
    let stop = Trace::new();
    let mut until = Box::pin(stop.member("stop", 2, ()));
    let (a,) = block_on(gather!(pending::<()>(); return_exceptions, until = &mut until));
    assert!(a.unwrap_err().is_cancelled());
    assert_eq!(stop.take(), "stop stop stop");
}

#[test]
fn items_of_a_list_are_cancelled_one_by_one() {
    let gates = [(); 3].map(|()| Gate::new());
    gates[1].open();
    let r = block_on(gather! {
        pages => *gates.iter().map(|gate| gate.member(()));
        return_exceptions, until = Trace::new().member("", 3, ())
    });
    let texts: Vec<String> =
        r.pages.into_iter().map(|page| page.map_or_else(|e| e.to_string(), |()| String::new())).collect();
    assert_eq!(texts, ["member `pages[0]` was cancelled", "", "member `pages[2]` was cancelled"]);
}

#[test]
fn unfinished_members_are_dropped_once_before_the_group_yields() {
    let live = Live::new();
    let gates = [(); 3].map(|()| Gate::new());
    gates[0].open();
    let (a, b, c) = block_on(gather!(
        gates[0].member(live.token()),
        gates[1].member(live.token()),
        *[gates[2].member(live.token())];
        return_exceptions, until = ready(())
    ));
    assert_eq!(gates.each_ref().map(Gate::drops), [1, 1, 1]);
    assert_eq!(live.now(), 1, "the output of the finished one");
    drop((a, b, c));
    assert_eq!(live.now(), 0);
}
