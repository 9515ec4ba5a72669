//! `limit = n`: a task starts when its turn comes.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use gather::{Exception, gather};
use tokio::runtime::Handle;
use tokio::task::yield_now;

use crate::support::{Gate, Live, Trace, Wrong, value};
use crate::{endless, turns};

#[tokio::test]
async fn members_start_in_order_as_places_become_free() {
    let (trace, gates) = (Trace::new(), [(); 4].map(|()| Gate::new()));
    let member = |i: usize| {
        let (trace, gate) = (trace.clone(), gates[i].member(i));
        async move {
            trace.push(format!("{i}"));
            gate.await
        }
    };
    let group = gather!(member(0), *[member(1), member(2)], member(3); spawn, limit = 2);
    turns().await;
    assert_eq!(trace.take(), "0 1");
    gates[1].open();
    turns().await;
    assert_eq!(trace.take(), "2");
    gates[0].open();
    turns().await;
    assert_eq!(trace.take(), "3");
    gates[3].open();
    turns().await;
    assert!(!group.is_done());
    gates[2].open();
    assert_eq!(group.await.unwrap(), (0, vec![1, 2], 3));
}

#[tokio::test]
async fn members_that_wait_are_no_tasks() {
    let (live, tasks) = (Live::new(), || Handle::current().metrics().num_alive_tasks());
    let group = gather!(*(0..100).map(|_| endless(&live)).collect::<Vec<_>>(); spawn, limit = 7);
    assert_eq!((live.now(), tasks()), (100, 7));
    group.cancel();
    group.wait().await;
    turns().await;
    assert_eq!((live.now(), tasks()), (0, 0));
}

#[tokio::test]
async fn a_limit_that_is_never_reached() {
    let group = gather!(value(1), value(2); spawn, limit = usize::MAX);
    assert_eq!(group.await.unwrap(), (1, 2));
}

#[tokio::test]
#[should_panic(expected = "`limit = 0` lets no member start: give `gather!` a limit of at least 1")]
async fn no_member_at_all_could_start() {
    let none = usize::MIN;
    let _ = gather!(value(1); spawn, limit = none).await;
}

#[tokio::test]
async fn none_starts_after_an_error() {
    let trace = Trace::new();
    let failing = trace.member("a", 1, Err::<u8, _>(Wrong(1)));
    let group = gather!(failing?, trace.member("b", 3, ()), trace.member("c", 0, ()); spawn, limit = 2);
    group.finished().await;
    assert_eq!(trace.take(), "a b a -a -c b b b -b", "b runs on, c does not begin");
    assert_eq!(group.exception().unwrap().error(), Some(&Wrong(1)));
}

#[tokio::test]
async fn a_panic_gives_its_place_back() {
    let group = gather!(
        async { panic!("kaput") },
        value(2),
        async { panic!("kaput again") };
        spawn, limit = 1, return_exceptions
    );
    let (a, b, c): (_, _, Result<(), Exception>) = group.await.unwrap();
    let a: Result<(), Exception> = a;
    assert!(a.unwrap_err().is_panicked());
    assert_eq!(b.unwrap(), 2);
    assert_eq!(c.unwrap_err().to_string(), "member `#2` panicked: kaput again");
}

#[tokio::test]
async fn all_errors_come_through_one_place() {
    let fail = |by| async move { Err::<u8, _>(Wrong(by)) };
    let group = gather!(fail(1)?, *[fail(2), fail(3)]?, value(4); spawn, limit = 1, all_errors);
    let lines = group.await.unwrap_err().to_string();
    assert_eq!(
        lines,
        "member `#0` failed: wrong by 1\nmember `#1[0]` failed: wrong by 2\nmember `#1[1]` failed: wrong by 3"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn never_more_at_once_on_many_threads() {
    let (now, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let members = (0..2000).map({
        let most = Arc::clone(&most);
        move |i| {
            let (now, most) = (Arc::clone(&now), Arc::clone(&most));
            async move {
                most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                yield_now().await;
                now.fetch_sub(1, Ordering::SeqCst);
                i
            }
        }
    });
    let all = gather!(*members; spawn, limit = 3).await.unwrap();
    assert!(all.into_iter().eq(0..2000));
    assert!((1..=3).contains(&most.load(Ordering::SeqCst)));
}

#[tokio::test]
#[should_panic(expected = "`limit = 0` lets no member start: give `gather!` a limit of at least 1")]
async fn no_item_at_all_could_start() {
    let none = usize::MIN;
    let _group = gather!(*[value(1)]; spawn, limit = none);
}

#[tokio::test]
async fn lists_without_items_need_no_place() {
    let none = usize::MIN;
    let empty = Vec::<std::future::Ready<u8>>::new;
    assert!(gather!(*empty(); spawn, limit = none).await.unwrap().is_empty());
    let r = gather! { a => *empty(), b => *move |a| { assert!(a.is_empty()); empty() }; spawn, limit = none }
        .await
        .unwrap();
    assert!(r.a.is_empty() && r.b.is_empty());
}

#[tokio::test]
async fn what_was_made_for_an_item_that_cannot_start_is_dropped() {
    let (none, live) = (usize::MIN, Live::new());
    let make = || {
        let (items, other) = ([live.token()], live.token());
        gather! {
            _ => *items.map(|token| async move { drop(token) }),
            _ => *[async move { drop(other) }];
            spawn, limit = none
        }
    };
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(make)).unwrap_err();
    assert_eq!(live.now(), 0);
}
