//! A member that wakes itself inside its poll: the first such wake of a sweep reaches the task at once.

use std::cell::RefCell;
use std::future::poll_fn;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;
use std::task::Poll;

use gather::gather;

use crate::support::{CountingWaker, poll};

type Log = Rc<RefCell<Vec<usize>>>;

/// Wakes itself once, and notes how often the task has been woken then.
async fn wakes_itself(task: Arc<CountingWaker>, log: Log) -> usize {
    let mut woken = false;
    poll_fn(move |cx| {
        if woken {
            return Poll::Ready(1);
        }
        woken = true;
        cx.waker().wake_by_ref();
        log.borrow_mut().push(task.count());
        Poll::Pending
    })
    .await
}

type Group = Pin<Box<dyn Future<Output = usize>>>;

fn nine(task: &Arc<CountingWaker>, log: &Log) -> Group {
    let next = || wakes_itself(Arc::clone(task), Rc::clone(log));
    let group = gather!(next(), next(), next(), next(), next(), next(), next(), next(), next());
    Box::pin(async { group.await.8 * 9 })
}

fn list<const LEN: usize, const LIMIT: usize>(task: &Arc<CountingWaker>, log: &Log) -> Group {
    let (task, log) = (Arc::clone(task), Rc::clone(log));
    let items = (0..LEN).map(move |_| wakes_itself(Arc::clone(&task), Rc::clone(&log)));
    match LIMIT {
        0 => Box::pin(async { gather!(*items).await.into_iter().sum() }),
        _ => Box::pin(async { gather!(*items; limit = LIMIT).await.into_iter().sum() }),
    }
}

const GROUPS: [(fn(&Arc<CountingWaker>, &Log) -> Group, usize, usize); 6] = [
    (nine, 9, 9),
    (list::<9, 0>, 9, 9),
    (list::<64, 0>, 64, 64),
    (list::<100, 0>, 100, 100),
    (list::<100, 100>, 100, 100),
    (list::<100, 10>, 100, 10),
];

#[test]
fn the_first_wake_of_a_sweep_is_handed_on_at_once() {
    for (group, members, first) in GROUPS {
        let (task, log) = (CountingWaker::new(), Log::default());
        let mut group = group(&task, &log);
        assert!(poll(&mut group, &task).is_pending());
        let seen = log.take();
        assert_eq!(seen.len(), first);
        assert!(seen.iter().all(|wakes| *wakes >= 1), "the task knew before the poll had ended: {seen:?}");
        assert!(task.count() <= 2, "one is enough, and one more where a list has just made its wakers");
        let mut polls = 1;
        let all = loop {
            assert!(task.count() >= polls, "it asks to be polled again");
            polls += 1;
            if let Poll::Ready(all) = poll(&mut group, &task) {
                break all;
            }
        };
        assert_eq!(all, members);
    }
}

/// Who wakes itself and is ready all the same has no need of another poll, and the task is woken once for all of them.
#[test]
fn members_that_are_ready_all_the_same() {
    let task = CountingWaker::new();
    let ready = || {
        poll_fn(|cx| {
            cx.waker().wake_by_ref();
            Poll::Ready(1)
        })
    };
    let mut group = Box::pin(gather!(*(0..100).map(|_| ready())));
    let Poll::Ready(all) = poll(&mut group, &task) else { panic!("not ended") };
    assert_eq!((all.len(), task.count()), (100, 1));
}
