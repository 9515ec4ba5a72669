//! Members that never run out of work, and those listed after them.
//!
//! tokio gives each poll of a task a budget and answers "not yet" to everyone when it is spent. If the next sweep
//! began with the same member again, that member could spend the whole budget for ever.

use std::cell::Cell;
use std::future::poll_fn;
use std::pin::pin;
use std::task::{Context, Poll};
use std::time::Duration;

use crate::support::Trace;
use gather::gather;
use tokio::sync::{Semaphore, mpsc};
use tokio::task::{consume_budget, coop};
use tokio::time::sleep;

/// No machine gets this far in the 20 ms of a timer; a starved timer lets a member get there.
const ENDLESS: u64 = 200_000_000;

/// Never runs out of work, and stops when `stop` says so.
async fn greedy(stop: &Cell<bool>) -> bool {
    for _ in 0..ENDLESS {
        if stop.get() {
            return true;
        }
        consume_budget().await;
    }
    false
}

async fn timer(stop: &Cell<bool>) {
    sleep(Duration::from_millis(20)).await;
    stop.set(true);
}

#[tokio::test]
async fn a_timer_after_a_greedy_member_fires() {
    let stop = Cell::new(false);
    let (stopped, ()) = gather!(greedy(&stop), timer(&stop)).await;
    assert!(stopped);
}

#[tokio::test]
async fn a_timer_among_many_greedy_members_fires() {
    let stop = Cell::new(false);
    let stopped = gather!(*[greedy(&stop), greedy(&stop), greedy(&stop)], timer(&stop), greedy(&stop),).await;
    assert_eq!((stopped.0, stopped.2), (vec![true; 3], true));
}

#[tokio::test]
async fn a_timer_at_the_end_of_a_list_fires() {
    let stop = Cell::new(false);
    let stop = &stop;
    let stopped = gather!(*(0..40).map(|i| async move {
        if i == 39 {
            timer(stop).await;
            true
        } else {
            greedy(stop).await
        }
    }))
    .await;
    assert_eq!(stopped, [true; 40]);
}

#[tokio::test]
async fn a_timer_under_a_limit_fires() {
    let stop = Cell::new(false);
    let (stopped, (), late) = gather!(greedy(&stop), timer(&stop), greedy(&stop); limit = 2).await;
    assert_eq!((stopped, late), (true, true));
}

#[tokio::test]
async fn a_timeout_ends_a_greedy_member() {
    let never = Cell::new(false);
    let (stopped,) = gather!(greedy(&never); return_exceptions, timeout = Duration::from_millis(20)).await;
    assert!(stopped.unwrap_err().is_timed_out());
    let (stopped,) = gather!(greedy(&never); return_exceptions, until = sleep(Duration::from_millis(20))).await;
    assert!(stopped.unwrap_err().is_cancelled());
}

// The same with resources instead of a timer, counted in turns of the greedy member.
#[tokio::test]
async fn a_message_that_is_already_there_is_received() {
    let (sender, mut inbox) = mpsc::unbounded_channel();
    sender.send(7).unwrap();
    let received = Cell::new(false);
    let turns = Cell::new(0);
    let places = Semaphore::new(1);
    let busy = async {
        while !received.get() {
            drop(places.acquire().await.unwrap());
            turns.set(turns.get() + 1);
            assert!(turns.get() < 100_000, "the receiver starves");
        }
    };
    let receive = async {
        let message = inbox.recv().await;
        received.set(true);
        message
    };
    let ((), message) = gather!(busy, receive).await;
    assert_eq!(message, Some(7));
}

#[tokio::test]
async fn the_last_of_many_items_is_not_starved() {
    let (sender, mut inbox) = mpsc::unbounded_channel();
    sender.send(7).unwrap();
    let stop = Cell::new(false);
    let greedy = (0..300).map(|_| greedy(&stop));
    let receive = async {
        let message = inbox.recv().await;
        stop.set(true);
        message
    };
    let (stopped, message) = gather!(*greedy, receive).await;
    assert_eq!((stopped, message), (vec![true; 300], Some(7)));
}

/// Uses up what is left of the task's budget.
fn spend_budget(cx: &mut Context<'_>) {
    while pin!(consume_budget()).poll(cx).is_ready() {}
    assert!(!coop::has_budget_remaining());
}

/// Records `name` in each of `sweeps` polls; spends the budget in those that `spends` names.
async fn polled(trace: &Trace, name: &str, sweeps: usize, spends: &[usize]) {
    let mut sweep = 0;
    poll_fn(|cx| {
        trace.push(name);
        sweep += 1;
        if spends.contains(&sweep) {
            spend_budget(cx);
        }
        cx.waker().wake_by_ref();
        if sweep < sweeps { Poll::Pending } else { Poll::Ready(()) }
    })
    .await;
}

#[tokio::test]
async fn each_spent_sweep_moves_the_next_one_member_further() {
    let trace = Trace::new();
    let spends = [1, 2, 3, 4];
    gather!(polled(&trace, "a", 5, &spends), polled(&trace, "b", 5, &spends), polled(&trace, "c", 5, &spends),).await;
    assert_eq!(trace.take(), "a b c b c a c a b a b c b c a");
}

#[tokio::test]
async fn so_it_does_in_groups_of_six() {
    let trace = Trace::new();
    let spends = [1, 2, 3, 4];
    let p = |name, sweeps| polled(&trace, name, sweeps, &spends);
    gather!(p("a", 5), p("b", 5), p("c", 4), p("d", 3), p("e", 2), p("f", 6)).await;
    assert_eq!(trace.take(), "a b c d e f b c d e f a c d f a b f a b c f a b f");
    let failing = async |name: &'static str| {
        polled(&trace, name, 2, &[1]).await;
        Err::<(), _>(name)
    };
    let out = gather!(p("a", 1), failing("b")?, p("c", 3), p("d", 3), p("e", 3), failing("f")?).await;
    assert_eq!(out.err(), Some("b"));
    assert_eq!(trace.take(), "a b c d e f b c d e f");
}

#[tokio::test]
async fn items_of_lists_are_rotated_as_members_are() {
    let trace = Trace::new();
    let spends = [1, 2, 3];
    gather!(
        polled(&trace, "a", 4, &spends),
        *["b", "c"].map(|name| polled(&trace, name, 4, &spends)),
        polled(&trace, "d", 4, &spends),
    )
    .await;
    assert_eq!(trace.take(), "a b c d b c d a c d a b d a b c");
}

#[tokio::test]
async fn without_spent_budget_the_order_is_the_members() {
    let trace = Trace::new();
    gather!(polled(&trace, "a", 3, &[]), polled(&trace, "b", 3, &[]), polled(&trace, "c", 3, &[]),).await;
    assert_eq!(trace.take(), "a b c a b c a b c");
}

#[tokio::test]
async fn after_a_sweep_within_the_budget_the_order_is_the_members_again() {
    let trace = Trace::new();
    gather!(polled(&trace, "a", 3, &[1]), polled(&trace, "b", 3, &[]), polled(&trace, "c", 3, &[]),).await;
    assert_eq!(trace.take(), "a b c b c a a b c");
}

#[tokio::test]
async fn of_errors_in_a_rotated_sweep_the_lowest_members_wins() {
    let trace = Trace::new();
    let failing = async |name: &'static str| {
        polled(&trace, name, 2, &[1]).await;
        Err::<(), _>(name)
    };
    let out = gather!(failing("a")?, failing("b")?, failing("c")?).await;
    assert_eq!(out, Err("a"));
    assert_eq!(trace.take(), "a b c b c a");
}
