//! A list whose fields are handed over before the group has ended: the group may then end in any way.
//!
//! Every end of a group, at every poll, in every state that a list can be in.

use std::future::pending;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::pin::Pin;

use gather::gather;

use crate::support::{CountingWaker, Live, Token, Wrong, poll, yield_once};

/// Lengths on both sides of those where lists change their ways.
const LENGTHS: [usize; 12] = [0, 1, 2, 8, 9, 63, 64, 65, 100, 128, 129, 1000];

/// Which items wait, and wake themselves, at their first poll.
#[derive(Clone, Copy, Debug)]
enum Items {
    Ready,
    FirstWaits,
    LastWaits,
    AllWait,
}

/// What a dependant does at its second poll.
#[derive(Clone, Copy, Debug, PartialEq)]
enum End {
    Succeeds,
    Fails,
    Panics,
    Never,
}

type Item = Pin<Box<dyn Future<Output = Result<Token, Wrong>>>>;

async fn item(live: Live, waits: bool) -> Result<Token, Wrong> {
    let token = live.token();
    if waits {
        yield_once().await;
    }
    Ok(token)
}

async fn dependant(seen: usize, len: usize, end: End) -> Result<usize, Wrong> {
    assert_eq!(seen, len);
    yield_once().await;
    match end {
        End::Succeeds => Ok(seen),
        End::Fails => Err(Wrong(1)),
        // Without the panic hook.
        End::Panics => resume_unwind(Box::new("planned")),
        End::Never => pending().await,
    }
}

/// Polls a group up to `polls` times and drops it.
fn look<F: Future>(group: F, polls: usize) {
    let waker = CountingWaker::new();
    let mut group = Box::pin(group);
    for _ in 0..polls {
        match catch_unwind(AssertUnwindSafe(|| poll(&mut group, &waker).is_ready())) {
            Ok(false) => {}
            Ok(true) | Err(_) => break,
        }
    }
}

/// Each group, with a list of each length and state, at each end.
macro_rules! every_end {
    ($($name:ident: |$len:ident, $items:ident, $end:ident| $group:expr;)*) => {$(
        #[test]
        fn $name() {
            for len in LENGTHS {
                for items in [Items::Ready, Items::FirstWaits, Items::LastWaits, Items::AllWait] {
                    for end in [End::Succeeds, End::Fails, End::Panics, End::Never] {
                        for polls in [0, 1, 2, 3, 4, 20] {
                            let live = Live::new();
                            let make = |$len: usize, $items: &dyn Fn(usize) -> Vec<Item>, $end: End| look($group, polls);
                            make(len, &|len| list(&live, len, items), end);
                            let over = "dropped, each item once";
                            assert_eq!(live.now(), 0, "{over}: {len} items, {items:?}, {end:?}, {polls} polls");
                        }
                    }
                }
            }
        }
    )*};
}

fn list(live: &Live, len: usize, items: Items) -> Vec<Item> {
    let waits = |i: usize| match items {
        Items::Ready => false,
        Items::FirstWaits => i == 0,
        Items::LastWaits => i + 1 == len,
        Items::AllWait => true,
    };
    (0..len).map(|i| Box::pin(item(live.clone(), waits(i))) as Item).collect()
}

every_end! {
    a_list_and_a_dependant: |len, items, end| gather! {
        xs => *items(len)?,
        n => |xs| dependant(xs.len(), len, end)?,
    };
    a_list_and_a_list_that_others_wait_for: |len, items, end| gather! {
        xs => *items(len)?,
        ys => *|xs| items(xs.len())?,
        n => |ys| dependant(ys.len(), len, end)?,
    };
    a_list_that_waits_for_a_list_and_is_never_over: |len, items, end| gather! {
        xs => *items(len)?,
        ys => *|xs| xs.iter().map(|_| dependant(0, 0, end)).collect::<Vec<_>>()?,
        n => |ys| dependant(ys.len(), len, end)?,
    };
    beside_a_list_that_nobody_waits_for: |len, items, end| gather! {
        before => *items(len)?,
        xs => *items(len)?,
        n => |xs| dependant(xs.len(), len, end)?,
        after => *items(len)?,
    };
    under_a_limit: |len, items, end| gather! {
        xs => *items(len)?,
        ys => *|xs| items(xs.len())?,
        n => |ys, xs| dependant(ys.len() + xs.len(), 2 * len, end)?;
        limit = 3
    };
    with_all_errors: |len, items, end| gather! {
        xs => *items(len)?,
        ys => *|xs| items(xs.len())?,
        n => |ys| dependant(ys.len(), len, end)?;
        all_errors
    };
    with_a_deadline: |len, items, end| gather! {
        xs => *items(len),
        ys => *|xs| items(xs.len()),
        n => |ys| dependant(ys.len(), len, end);
        return_exceptions, until = async { yield_once().await; yield_once().await }
    };
    with_a_deadline_at_once: |len, items, end| gather! {
        xs => *items(len),
        n => |xs| dependant(xs.len(), len, end);
        return_exceptions, until = async {}
    };
    with_a_deadline_that_panics: |len, items, end| gather! {
        xs => *items(len),
        n => |xs| dependant(xs.len(), len, end);
        return_exceptions, until = async { yield_once().await; resume_unwind(Box::new("planned")) }
    };
}
