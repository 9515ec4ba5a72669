//! What all tasks of a group and its handle share, in one allocation.

use std::sync::Arc;

use tokio::runtime::Handle;
use tokio::task::AbortHandle;

use super::crew::Crew;
use super::queue::Line;
use super::state::{Core, Stopper};
use crate::adopt::StopGroup;
use crate::deadline::Stop;
use crate::member::{Names, Place};
use crate::sync::{Mutex, lock, quietly};
use crate::verdict::{Cancellable, Hear};

/// How a member is stopped: a task of the group or an adopted one, or a whole adopted group.
pub enum StopMember {
    Task(AbortHandle),
    Group(Arc<StopGroup>),
}

impl Stopper for StopMember {
    fn stop(&self) {
        match self {
            Self::Task(task) => task.abort(),
            Self::Group(group) => group.stop(),
        }
    }
}

/// The state, the members that wait for a place, and the fields so far: `W`, which only tasks know.
pub struct Data<T, X, W: ?Sized> {
    pub(super) core: Core<T, X, StopMember>,
    pub(super) line: Line,
    pub(super) runtime: Handle,
    pub(super) names: Names,
    work: Mutex<W>,
}

/// Fields so far, what they mean, and what is made of them.
pub struct Work<N: Crew, V, B> {
    pub(super) slots: N::Slots,
    pub(super) verdict: V,
    pub(super) build: B,
}

/// What the handle can do with the work of a group that it cancels.
pub trait Discard: Send {
    fn discard(&mut self) -> Option<Box<dyn Send>>;
}

impl<N: Crew, V: Send + 'static, B: Send + 'static> Discard for Option<Work<N, V, B>>
where
    N: 'static,
{
    fn discard(&mut self) -> Option<Box<dyn Send>> {
        self.take().map(|work| Box::new((work.slots, work.verdict, work.build)) as Box<dyn Send>)
    }
}

impl<T, X, W> Data<T, X, W> {
    pub(super) fn new(cancelled: fn() -> X, names: Names, runtime: Handle, line: Line, work: W) -> Self {
        Self { core: Core::new(cancelled), line, runtime, names, work: Mutex::new(work) }
    }
}

impl<T, X, W: Discard + ?Sized> Data<T, X, W> {
    /// See [`Group::cancel`](super::Group::cancel).
    pub(super) fn cancel(&self) -> bool {
        let cancelled = self.core.cancel();
        if cancelled {
            if self.line.discard() {
                // It is decided, so nobody has to complete it.
                let _ = self.core.leave(None);
            }
            let work = lock(&self.work).discard();
            quietly(|| drop(work));
        }
        cancelled
    }
}

/// The group as its members see it.
pub trait Home: Send + Sync + Sized + 'static {
    type Slots;
    type Verdict;

    fn names(&self) -> Names;
    fn runtime(&self) -> &Handle;
    fn stopping(&self) -> Option<Stop>;

    /// A member starts: its seat.
    fn enter(&self) -> usize;
    fn register(&self, seat: usize, stopper: StopMember);

    /// A member has ended: its field is put where it belongs, or its failure may decide the group.
    fn report<T, F>(&self, settled: Result<T, F>, place: Place, put: impl FnOnce(&mut Self::Slots, Option<T>) -> bool)
    where
        Self::Verdict: Hear<F>;

    /// A list is there.
    fn expect(&self, expect: impl FnOnce(&mut Self::Slots) -> bool);

    /// A member with everything that it held is gone; the next may start.
    fn leave(self: &Arc<Self>, seat: usize);
}

impl<T, X, N, V, B> Data<T, X, Option<Work<N, V, B>>>
where
    N: Crew,
    V: Cancellable<Error = X>,
    B: FnOnce(N::Fields) -> T,
{
    /// Every member has left.
    pub(super) fn complete(&self) {
        let work = lock(&self.work).take();
        if let Some(Work { slots, mut verdict, build }) = work {
            self.core.settle(verdict.result(|| build(N::fields(slots))));
        }
    }

    /// The deadline has come.
    pub(super) fn stop(&self, why: Stop) {
        self.core.stop(why);
        if self.line.stop(why) && self.core.leave(None) {
            self.complete();
        }
    }

    /// Starts members while there are places; whoever finds the end of the line lets the group go on without it.
    pub(super) fn fill(&self) {
        if self.line.fill(&self.core) && self.core.leave(None) {
            self.complete();
        }
    }
}

impl<T, X, N, V, B> Home for Data<T, X, Option<Work<N, V, B>>>
where
    T: Send + 'static,
    X: Send + 'static,
    N: Crew + 'static,
    V: Cancellable<Error = X> + Send + 'static,
    B: FnOnce(N::Fields) -> T + Send + 'static,
{
    type Slots = N::Slots;
    type Verdict = V;

    fn names(&self) -> Names {
        self.names
    }

    fn runtime(&self) -> &Handle {
        &self.runtime
    }

    fn stopping(&self) -> Option<Stop> {
        self.core.stopping()
    }

    fn enter(&self) -> usize {
        self.core.enter()
    }

    fn register(&self, seat: usize, stopper: StopMember) {
        self.core.register(seat, stopper);
    }

    fn report<U, F>(&self, settled: Result<U, F>, place: Place, put: impl FnOnce(&mut N::Slots, Option<U>) -> bool)
    where
        V: Hear<F>,
    {
        let mut guard = lock(&self.work);
        let Some(work) = guard.as_mut() else {
            // The group is decided: nobody will see it.
            drop(guard);
            return quietly(|| drop(settled));
        };
        let (opened, decided) = match settled {
            Ok(field) => (put(&mut work.slots, Some(field)), None),
            Err(failure) => {
                let opened = put(&mut work.slots, None);
                work.verdict.hear(failure, place);
                (opened, if work.verdict.is_decided() { guard.take() } else { None })
            }
        };
        drop(guard);
        if let Some(Work { slots, mut verdict, build }) = decided {
            self.core.settle(verdict.result(|| unreachable!("it is decided by a failure")));
            quietly(|| drop((slots, build)));
        }
        if opened && self.line.open() {
            self.fill();
        }
    }

    fn expect(&self, expect: impl FnOnce(&mut N::Slots) -> bool) {
        let opened = lock(&self.work).as_mut().is_some_and(|work| expect(&mut work.slots));
        if opened && self.line.open() {
            self.fill();
        }
    }

    fn leave(self: &Arc<Self>, seat: usize) {
        if self.core.leave(Some(seat)) {
            self.complete();
        }
        if self.line.release() {
            self.fill();
        }
    }
}
