//! Who wakes the task: the members alone, each at the moment when it does so.

use std::cell::Cell;
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::sync::atomic::Ordering;
use std::task::Poll;

use futures::stream;
use gather::gather;

use super::Task;

impl Task {
    fn wakes(&self) -> u32 {
        self.wakes.0.load(Ordering::Relaxed)
    }

    /// Wakes its task in each poll but the last, and looks whether the wake has come through when `wake` returns.
    fn eager(&self, id: u32, polls: u32) -> impl Future<Output = Result<u32, String>> {
        let mut left = polls;
        poll_fn(move |cx| {
            self.polled.borrow_mut().push(id);
            left -= 1;
            if left == 0 {
                return Poll::Ready(Ok(id));
            }
            let before = self.wakes();
            cx.waker().wake_by_ref();
            assert_eq!(self.wakes(), before + 1, "the wake was put off");
            Poll::Pending
        })
    }

    /// Polls `group` to its end, with as many wakes as its members ask for, and no other.
    fn run<F: Future>(&self, group: F, wakes: u32) -> F::Output {
        let mut group = pin!(group);
        loop {
            if let Poll::Ready(output) = self.poll(group.as_mut()) {
                assert_eq!(self.wakes(), wakes, "the group woke its task, or kept a wake");
                return output;
            }
        }
    }
}

#[test]
fn of_members() {
    let task = Task::new();
    let t = &task;
    let group = gather!(
        t.eager(0, 2)?, t.eager(1, 3)?, t.eager(2, 1)?, t.eager(3, 2)?, t.eager(4, 2)?,
        t.eager(5, 2)?, t.eager(6, 2)?, t.eager(7, 2)?, t.eager(8, 2)?, t.eager(9, 2)?;
        poll_all
    );
    task.run(group, 10).unwrap();
}

#[test]
fn of_lists_and_streams() {
    for len in [3, 12, 100] {
        let task = Task::new();
        let items = || (0..len).map(|id| task.eager(id, 3));
        assert_eq!(task.run(gather!(*items()?; poll_all), 2 * len).unwrap().len(), len as usize);
        let all = task.run(gather!(*stream::iter(items())?; poll_all), 4 * len);
        assert_eq!(all.unwrap().len(), len as usize);
    }
}

#[test]
fn under_a_limit() {
    for limit in [1, 4, 9, 80] {
        let task = Task::new();
        let group = gather!(*(0..30).map(|id| task.eager(id, 2))?, task.eager(30, 2)?; limit = limit, poll_all);
        assert_eq!(task.run(group, 31).unwrap().0.len(), 30);
    }
}

#[test]
fn of_results_as_they_complete() {
    let task = Task::new();
    let mut next = gather!(*(0..12).map(|id| task.eager(id, 2)); as_completed, poll_all);
    let all = async {
        let mut count = 0;
        while let Some((_, result)) = next.next().await {
            result.unwrap();
            count += 1;
        }
        count
    };
    assert_eq!(task.run(all, 12), 12);
    let mut next = gather!(*(0..12).map(|id| task.eager(id, 2)); in_order, poll_all);
    let all = async {
        let mut all = Vec::new();
        while let Some(result) = next.next().await {
            all.push(result.unwrap());
        }
        all
    };
    assert_eq!(task.run(all, 24), (0..12).collect::<Vec<_>>());
}

#[test]
fn of_every_policy() {
    let task = Task::new();
    let items = || (0..12).map(|id| task.eager(id, 2));
    let fails = || async { Err::<u32, _>("fails".to_owned()) };

    let group = gather!(*items()?, fails()?; return_exceptions, poll_all);
    assert!(task.run(group, 12).1.is_err());
    let group = gather!(*items()?, fails()?; all_errors, poll_all);
    assert_eq!(task.run(group, 24).unwrap_err().to_string(), "member `#1` failed: fails");
    // The siblings of the first error are dropped, and what they asked for was passed on before.
    let group = gather! { _items => *items()?, _fails => fails()?; name_errors, poll_all };
    assert_eq!(task.run(group, 36).err().unwrap().to_string(), "member `fails` failed: fails");
}

#[test]
fn a_panic_is_none() {
    let task = Task::new();
    let broken = poll_fn(|_| -> Poll<Result<u32, String>> { panic!("broken") });
    let group = gather!(*(0..12).map(|id| task.eager(id, 2))?, broken?; return_exceptions, poll_all);
    let (items, broken) = task.run(group, 12);
    assert!(items.iter().all(Result::is_ok));
    assert_eq!(broken.unwrap_err().to_string(), "member `#1` panicked: broken");
}

/// What waits for others starts in the sweep in which the last of them ends, in the order of the members, and without a wake.
#[test]
fn a_dependency_is_none() {
    let task = Task::new();
    let t = &task;
    let started = Cell::new(0);
    let late = |id: u32| {
        started.set(started.get() + 1);
        t.member(id, 2)
    };
    let mut group = pin!(gather! {
        last => |x, y| late(x + y + 10),
        x => t.member(0, 2),
        items => *|y| (0..12).map(|i| late(20 + i + y - 1)),
        y => t.member(1, 1),
        other => |x| late(40 + x);
        poll_all
    });
    assert!(task.poll(group.as_mut()).is_pending());
    assert_eq!(started.get(), 12);
    assert_eq!(task.take_polled(), [&[0, 1][..], &(20..32).collect::<Vec<_>>()].concat());
    assert!(task.poll(group.as_mut()).is_pending());
    assert_eq!(task.take_polled(), [&[0][..], &(20..32).collect::<Vec<_>>(), &[11, 40]].concat());
    let Poll::Ready(r) = task.poll(group) else { panic!("all are done") };
    assert_eq!(task.take_polled(), [11, 40]);
    assert_eq!((r.last, r.x, r.items.len(), r.y, r.other), (11, 0, 12, 1, 40));
    task.assert_still();
}
