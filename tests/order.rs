//! When things happen: evaluation, sweeps, ties, and the end of members.
#![forbid(unsafe_code)]
#![allow(clippy::unused_async, reason = "members are most often calls of async fns")]

mod support;

use std::future::{Ready, ready};
use std::task::Poll;

use futures::executor::block_on;
use gather::gather;
use support::{CountingWaker, Gate, Trace, Wrong, poll, value};

#[test]
fn expressions_are_evaluated_from_left_to_right_where_the_group_is_made() {
    let trace = Trace::new();
    let group = gather! {
        a => trace.seen("a!", trace.member("a", 0, 1)),
        _ => trace.seen("_!", trace.member("_", 0, 2)),
        list => *trace.seen("list!", [trace.member("b", 0, 3), trace.member("c", 0, 4)]),
        d => trace.seen("d!", trace.member("d", 0, 5)),
    };
    assert_eq!(trace.take(), "a! _! list! d!");
    let r = block_on(group);
    assert_eq!(trace.take(), "a -a _ -_ b -b c -c d -d");
    assert_eq!((r.a, r.list, r.d), (1, vec![3, 4], 5));
}

#[test]
fn into_future_is_called_where_the_group_is_made() {
    struct Later<'a>(&'a Trace);

    impl IntoFuture for Later<'_> {
        type Output = u8;
        type IntoFuture = Ready<u8>;

        fn into_future(self) -> Ready<u8> {
            self.0.push("into");
            ready(1)
        }
    }

    let trace = Trace::new();
    let group = gather!(Later(&trace), Later(&trace));
    trace.push("made");
    assert_eq!(block_on(group), (1, 1));
    assert_eq!(trace.take(), "into into made");
}

#[test]
fn a_sweep_polls_in_member_order() {
    let trace = Trace::new();
    block_on(gather!(
        trace.member("a", 2, ()),
        *[trace.member("b", 1, ()), trace.member("c", 2, ())],
        trace.member("d", 1, ()),
    ));
    assert_eq!(trace.take(), "a b c d a b -b c d -d a -a c -c");
}

#[test]
fn the_order_of_waking_does_not_matter() {
    let waker = CountingWaker::new();
    let trace = Trace::new();
    let gates = [(); 4].map(|()| Gate::new());
    let member = async |i: usize| {
        gates[i].member(()).await;
        trace.push(i.to_string());
    };
    let mut group = Box::pin(gather!(member(0), member(1), *[member(2), member(3)]));
    assert!(poll(&mut group, &waker).is_pending());
    for i in [3, 1, 2, 0] {
        gates[i].open();
    }
    assert!(poll(&mut group, &waker).is_ready());
    assert_eq!(trace.take(), "0 1 2 3");
}

#[test]
fn nor_under_a_limit() {
    let waker = CountingWaker::new();
    let trace = Trace::new();
    let gates = [(); 6].map(|()| Gate::new());
    let member = async |i: usize| {
        gates[i].member(()).await;
        trace.push(i.to_string());
    };
    let mut group = Box::pin(gather!(*(0..6).map(member); limit = 4));
    assert!(poll(&mut group, &waker).is_pending());
    // Items 4 and 5 take the places of 2 and 1.
    for i in [1, 2] {
        gates[i].open();
        assert!(poll(&mut group, &waker).is_pending());
    }
    for i in [4, 0, 5, 3] {
        gates[i].open();
    }
    assert!(poll(&mut group, &waker).is_ready());
    assert_eq!(trace.take(), "1 2 0 3 4 5");
}

#[test]
fn a_failed_sweep_still_polls_the_rest() {
    let trace = Trace::new();
    let out = block_on(gather!(
        trace.member("a", 1, Err::<u8, _>(Wrong(1)))?,
        trace.member("b", 1, Ok::<u8, Wrong>(2))?,
        trace.member("c", 9, ()),
        *[trace.member("d", 1, Err::<u8, _>(Wrong(3)))]?,
    ));
    assert_eq!(out, Err(Wrong(1)));
    // Then c, which goes on, is dropped with the group.
    assert_eq!(trace.take(), "a b c d a -a b -b c d -d -c");
}

#[test]
fn a_finished_members_future_is_dropped_at_once() {
    let waker = CountingWaker::new();
    let trace = Trace::new();
    let last = Gate::new();
    let mut group = Box::pin(gather!(
        trace.member("a", 0, 1),
        trace.member("b", 0, 2),
        *[trace.member("c", 0, 3), trace.member("d", 0, 4)],
        last.member(5),
    ));
    assert!(poll(&mut group, &waker).is_pending());
    assert_eq!(trace.take(), "a -a b -b c -c d -d");
    last.open();
    assert_eq!(poll(&mut group, &waker), Poll::Ready((1, 2, vec![3, 4], 5)));
}

#[test]
fn a_failed_members_future_is_dropped_at_once() {
    let trace = Trace::new();
    let out = block_on(gather!(trace.member("a", 0, Err::<u8, _>(Wrong(1)))?, trace.member("b", 0, ()),));
    assert_eq!(out, Err(Wrong(1)));
    assert_eq!(trace.take(), "a -a b -b");
}

#[test]
fn members_of_a_dropped_group_are_dropped_in_member_order() {
    let waker = CountingWaker::new();
    let trace = Trace::new();
    let mut group = Box::pin(gather!(
        trace.member("a", 1, ()),
        trace.member("b", 0, ()),
        *[trace.member("c", 1, ()), trace.member("d", 1, ())],
        trace.member("e", 1, ()),
    ));
    assert!(poll(&mut group, &waker).is_pending());
    assert_eq!(trace.take(), "a b -b c d e");
    drop(group);
    assert_eq!(trace.take(), "-a -c -d -e");
}

/// A temporary that members borrow.
struct Temporary<'a>(&'a Trace);

impl Temporary<'_> {
    async fn read(&self) -> u8 {
        self.0.push("read");
        7
    }
}

impl Drop for Temporary<'_> {
    fn drop(&mut self) {
        self.0.push("gone");
    }
}

// As the temporaries in the arguments of a function call do.
#[test]
fn temporaries_live_until_the_end_of_the_statement() {
    let trace = Trace::new();
    block_on(async {
        let (a, b) = gather!(Temporary(&trace).read(), Temporary(&trace).read()).await;
        trace.push("next");
        assert_eq!((a, b), (7, 7));
        let sum = trace.seen("sum", gather!(Temporary(&trace).read()).await.0 + 1);
        assert_eq!(sum, 8);
    });
    assert_eq!(trace.take(), "read read gone gone next read sum gone");
}

#[test]
fn temporaries_in_records_structs_and_lists() {
    async fn length(text: &str) -> usize {
        text.len()
    }
    struct Page {
        user: usize,
    }
    block_on(async {
        let r = gather! { a => length(&String::from("a")), b => length(&"bb".repeat(2)) }.await;
        assert_eq!((r.a, r.b), (1, 4));
        let page = gather!(Page { user: length(&String::from("user")) }).await;
        assert_eq!(page.user, 4);
        let list = gather!(*["x", "yy"].map(String::from).iter().map(|text| length(text))).await;
        assert_eq!(list, [1, 2]);
        let limited = gather!(
            *["x", "yy"].map(String::from).iter().map(|text| length(text)),
            length(&String::from("zzz"));
            limit = 1
        )
        .await;
        assert_eq!(limited, (vec![1, 2], 3));
    });
}

#[test]
fn a_question_mark_in_parentheses_is_the_callers() {
    fn connect(ok: bool) -> Result<Ready<u8>, Wrong> {
        if ok { Ok(ready(1)) } else { Err(Wrong(1)) }
    }
    async fn both(trace: &Trace, ok: bool) -> Result<u8, Wrong> {
        let (a, b) = gather!(trace.member("a", 0, 1), (connect(ok)?)).await;
        Ok(a + b)
    }
    let trace = Trace::new();
    assert_eq!(block_on(both(&trace, true)), Ok(2));
    assert_eq!(trace.take(), "a -a");
    assert_eq!(block_on(both(&trace, false)), Err(Wrong(1)));
    assert_eq!(trace.take(), "-a", "dropped without having been polled");
}

#[test]
fn a_question_mark_inside_an_expression_is_the_callers() {
    async fn run(text: &str) -> Result<u32, std::num::ParseIntError> {
        let (a, b) = gather!(value(text.parse::<u32>()?), async { 1 }).await;
        Ok(a + b)
    }
    assert_eq!(block_on(run("2")), Ok(3));
    assert!(block_on(run("two")).is_err());
}

#[test]
fn both_question_marks_at_once() {
    fn connect(ok: bool) -> Result<Ready<Result<u8, Wrong>>, Wrong> {
        if ok { Ok(ready(Err(Wrong(2)))) } else { Err(Wrong(1)) }
    }
    async fn run(ok: bool) -> Result<Result<(u8,), Wrong>, Wrong> {
        Ok(gather!((connect(ok)?)?).await)
    }
    assert_eq!(block_on(run(true)), Ok(Err(Wrong(2))));
    assert_eq!(block_on(run(false)), Err(Wrong(1)));
}

#[test]
fn return_and_break_leave_the_expression() {
    async fn first_or(trace: &Trace, found: Option<u8>) -> u8 {
        let (a, b) = gather!(
            trace.member("a", 0, 1),
            match found {
                Some(b) => value(b),
                None => return 9,
            }
        )
        .await;
        a + b
    }
    let trace = Trace::new();
    assert_eq!(block_on(first_or(&trace, Some(2))), 3);
    assert_eq!(block_on(first_or(&trace, None)), 9);
    assert_eq!(trace.take(), "a -a -a");

    let sum = block_on(async {
        let mut sum = 0;
        'rounds: for round in 0.. {
            for item in 0..3 {
                let skip = item == 1;
                let (a, list) = gather!(
                    value(if skip { continue } else { item }),
                    *if round == 2 {
                        break 'rounds;
                    } else {
                        [value(round)]
                    },
                )
                .await;
                sum += a + list[0];
            }
        }
        sum
    });
    assert_eq!(sum, 6);
}

#[test]
fn await_in_an_expression_comes_before_the_group() {
    let trace = Trace::new();
    let (a, b) =
        block_on(async { gather!(trace.member("a", 0, 1), value(trace.member("inner", 0, 2).await + 1),).await });
    assert_eq!((a, b), (1, 3));
    assert_eq!(trace.take(), "inner -inner a -a");
}

#[test]
fn futures_that_were_made_before_are_moved_in() {
    let trace = Trace::new();
    let (a, b) = (trace.member("a", 0, 1), trace.member("b", 0, 2));
    let r = block_on(gather! { b => b, a => a });
    assert_eq!((r.a, r.b), (1, 2));
    assert_eq!(trace.take(), "b -b a -a");
}

#[test]
fn a_pinned_future_may_be_lent() {
    let mut pinned = Box::pin(async { 1 });
    let mut on_stack = std::pin::pin!(async { 2 });
    let out = block_on(gather!(&mut pinned, on_stack.as_mut()));
    assert_eq!(out, (1, 2));
}
