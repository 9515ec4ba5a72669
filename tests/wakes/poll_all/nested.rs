//! A group inside a group polls as it says itself.

use std::pin::pin;

use gather::{gather, gather_group};

use super::Task;

#[test]
fn an_inner_group_needs_its_own() {
    let task = Task::new();
    // They are woken by nobody, as under an engine that polls with a waker that does nothing.
    let inner = || (0..12).map(|id| task.own(id, 3));
    let mut with = pin!(gather!(gather!(*inner(); poll_all), task.member(12, 3); poll_all));
    let mut polls = 1;
    while task.poll(with.as_mut()).is_pending() {
        polls += 1;
    }
    assert_eq!(polls, 3);
    assert_eq!(task.take_polled(), [&(0..13).collect::<Vec<_>>()[..]; 3].concat());

    let mut without = pin!(gather!(gather!(*inner()), task.member(12, 3); poll_all));
    for _ in 0..20 {
        assert!(task.poll(without.as_mut()).is_pending(), "nobody was woken");
    }
    assert_eq!(task.take_polled().len(), 13 + 2, "each item is polled once, and then waits for its wake");
}

/// A fn inside polls as its attribute says; inside a group without `poll_all`, it is polled when its member is.
#[test]
fn a_fn_has_its_own() {
    #[gather_group(poll_all, limit = 3)]
    async fn stage(task: &Task) -> u32 {
        let a = task.own(0, 2).await;
        let b = task.own(1, 2).await;
        let c = task.own(2, 2).await;
        let d = task.own(3, 2).await;
        a + b + c + d
    }
    let task = Task::new();
    let mut group = pin!(gather!(stage(&task), task.member(9, 1); poll_all));
    assert!(task.poll(group.as_mut()).is_pending());
    assert_eq!(task.take_polled(), [0, 1, 2, 9]);
    assert!(task.poll(group.as_mut()).is_pending());
    assert_eq!(task.take_polled(), [0, 1, 2, 3]);
    assert!(task.poll(group.as_mut()).is_ready());
    assert_eq!(task.take_polled(), [3]);
    task.assert_still();
}
