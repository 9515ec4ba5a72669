use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard};
use std::task::{Context, Poll, Waker};

/// The outside of a member that goes on when the test says so.
#[derive(Clone, Default)]
pub(crate) struct Gate(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    open: bool,
    waker: Option<Waker>,
    polls: usize,
    drops: usize,
}

impl Gate {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// The member: it yields `value` at its first poll after the gate was opened.
    pub(crate) fn member<T>(&self, value: T) -> Gated<T> {
        Gated { gate: self.clone(), value: Some(value) }
    }

    /// Lets the member through and wakes it.
    pub(crate) fn open(&self) {
        self.state().open = true;
        self.wake();
    }

    /// Wakes the member, open or not. The waker is kept, as a timer or a channel may keep it.
    pub(crate) fn wake(&self) {
        // Woken outside the lock: an executor may poll inside `wake`.
        let waker = self.state().waker.clone();
        if let Some(waker) = waker {
            waker.wake();
        }
    }

    /// The waker of the last poll.
    pub(crate) fn take_waker(&self) -> Option<Waker> {
        self.state().waker.take()
    }

    pub(crate) fn polls(&self) -> usize {
        self.state().polls
    }

    /// How many members of this gate have been dropped.
    pub(crate) fn drops(&self) -> usize {
        self.state().drops
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().expect("no panic under the lock")
    }
}

pub(crate) struct Gated<T> {
    gate: Gate,
    value: Option<T>,
}

impl<T> Unpin for Gated<T> {}

impl<T> Future for Gated<T> {
    type Output = T;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<T> {
        let open = {
            let mut state = self.gate.state();
            state.polls += 1;
            if !state.open {
                match &mut state.waker {
                    Some(waker) => waker.clone_from(cx.waker()),
                    none => *none = Some(cx.waker().clone()),
                }
            }
            state.open
        };
        if open { Poll::Ready(self.value.take().expect("not polled after its end")) } else { Poll::Pending }
    }
}

impl<T> Drop for Gated<T> {
    fn drop(&mut self) {
        self.gate.state().drops += 1;
    }
}
