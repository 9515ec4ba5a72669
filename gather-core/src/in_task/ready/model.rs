//! What the models of this folder share: a task that counts who holds it, members that other threads finish, and what may happen to
//! a group of these, whatever tells it who was woken.

pub(in crate::in_task) mod scenarios;

use std::mem::ManuallyDrop;
use std::sync::atomic::AtomicUsize as Count;
use std::task::{Context, Poll, RawWaker, RawWakerVTable, Waker};

use loom::sync::atomic::{AtomicBool, Ordering};
use loom::sync::{Arc, Mutex, Notify};

/// A task. Its wakers are loom's `Arc`s: one that is never dropped fails the model, and so does one that is used after that.
pub(in crate::in_task) struct Task(Arc<Woken>);

struct Woken {
    notify: Notify,
    /// Not loom's: to count must not order anything.
    wakes: Count,
}

static TASK: RawWakerVTable = RawWakerVTable::new(clone, wake, wake_by_ref, release);

/// # Safety
///
/// Here and below, `data` is an `Arc<Woken>` made raw.
unsafe fn clone(data: *const ()) -> RawWaker {
    // SAFETY: the waker that is cloned holds the `Arc`.
    unsafe { Arc::increment_strong_count(data.cast::<Woken>()) };
    RawWaker::new(data, &TASK)
}

unsafe fn wake(data: *const ()) {
    // SAFETY: the waker holds the `Arc` until it is released.
    unsafe {
        wake_by_ref(data);
        release(data);
    }
}

unsafe fn wake_by_ref(data: *const ()) {
    // SAFETY: the waker holds the `Arc`.
    let task = ManuallyDrop::new(unsafe { Arc::from_raw(data.cast::<Woken>()) });
    // One is the model's.
    assert!(Arc::strong_count(&task) > 1, "a waker was used after it was dropped");
    task.wakes.fetch_add(1, Ordering::Relaxed);
    task.notify.notify();
}

unsafe fn release(data: *const ()) {
    // SAFETY: the waker is given up, and with it its hold.
    unsafe { Arc::decrement_strong_count(data.cast::<Woken>()) };
}

impl Task {
    pub(in crate::in_task) fn new() -> Self {
        Self(Arc::new(Woken { notify: Notify::new(), wakes: Count::new(0) }))
    }

    pub(in crate::in_task) fn waker(&self) -> Waker {
        let data = Arc::into_raw(Arc::clone(&self.0)).cast();
        // SAFETY: the functions of the table are those of such data, which this owns.
        unsafe { Waker::new(data, &TASK) }
    }

    pub(in crate::in_task) fn wakes(&self) -> usize {
        self.0.wakes.load(Ordering::Relaxed)
    }

    /// Polls until it is ready, each time it was woken. A wake that is lost is a deadlock, which loom reports.
    pub(in crate::in_task) fn block_on(&self, mut poll: impl FnMut(&Waker) -> Poll<()>) {
        let waker = self.waker();
        while poll(&waker).is_pending() {
            self.0.notify.wait();
        }
    }

    /// Nobody holds it any more.
    pub(in crate::in_task) fn is_let_go(&self) -> bool {
        Arc::strong_count(&self.0) == 1
    }
}

/// A member that is done when another thread says so, which then wakes it.
pub(in crate::in_task) struct Member {
    done: AtomicBool,
    waker: Mutex<Option<Waker>>,
}

impl Member {
    pub(in crate::in_task) fn new() -> Arc<Self> {
        Arc::new(Self { done: AtomicBool::new(false), waker: Mutex::new(None) })
    }

    pub(in crate::in_task) fn poll(&self, cx: &mut Context<'_>) -> Poll<()> {
        let stale = self.waker.lock().unwrap().replace(cx.waker().clone());
        drop(stale);
        if self.is_done() { Poll::Ready(()) } else { Poll::Pending }
    }

    /// Nothing orders this but wakes.
    pub(in crate::in_task) fn is_done(&self) -> bool {
        self.done.load(Ordering::Relaxed)
    }

    pub(in crate::in_task) fn set_done(&self) {
        self.done.store(true, Ordering::Relaxed);
    }

    pub(in crate::in_task) fn finish(&self) {
        self.set_done();
        self.wake();
    }

    pub(in crate::in_task) fn wake(&self) {
        let waker = self.waker.lock().unwrap().clone();
        if let Some(waker) = waker {
            waker.wake();
        }
    }

    pub(in crate::in_task) fn take_waker(&self) -> Option<Waker> {
        self.waker.lock().unwrap().take()
    }
}

/// What tells a group who was woken, and polls them.
pub(in crate::in_task) trait ReadySet {
    /// In how many ways members can be placed: all in one block, and with the last in another.
    const WAYS: usize;
    /// Whether a member that has ended keeps its waker.
    const WAKERS_STAY: bool = true;

    /// Of so many members, none of which has been polled.
    fn new(members: usize, way: usize) -> Self;
    /// Polls the members that are due. Ready: there is none left.
    fn poll(&mut self, task: &Waker, poll: PollMember<'_>) -> Poll<()>;
}

pub(in crate::in_task) type PollMember<'a> = &'a mut dyn FnMut(usize, &mut Context<'_>) -> Poll<()>;

/// A group without the futures.
pub(in crate::in_task) struct Group<S, const N: usize> {
    pub(in crate::in_task) set: S,
    pub(in crate::in_task) members: [Arc<Member>; N],
}

impl<S: ReadySet, const N: usize> Group<S, N> {
    pub(in crate::in_task) fn new(way: usize) -> (Self, [Arc<Member>; N]) {
        let members = std::array::from_fn(|_| Member::new());
        (Self { set: S::new(N, way), members: members.clone() }, members)
    }

    /// All members have been polled, and keep their wakers.
    pub(in crate::in_task) fn started(way: usize, task: &Task) -> (Self, [Arc<Member>; N]) {
        let (mut group, members) = Self::new(way);
        for _ in 0..2 {
            assert!(group.poll(&task.waker()).is_pending());
        }
        (group, members)
    }

    pub(in crate::in_task) fn poll(&mut self, task: &Waker) -> Poll<()> {
        let members = &self.members;
        self.set.poll(task, &mut |member, cx| {
            let polled = members[member].poll(cx);
            if polled.is_ready() && !S::WAKERS_STAY {
                // Others of the member may be on their way.
                drop(members[member].take_waker());
            }
            polled
        })
    }

    pub(in crate::in_task) fn poll_with(&mut self, task: &Waker, poll: PollMember<'_>) -> Poll<()> {
        self.set.poll(task, poll)
    }
}
