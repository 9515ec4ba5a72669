//! Members that do at each poll what their script says, and a record of what became of them.

use std::panic::resume_unwind;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::thread;

/// What a member does at a poll, besides being pending.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Step {
    /// It keeps its waker.
    Keep,
    /// Another thread does, which it lends its waker.
    KeepLent,
    WakeItself,
    /// With a waker of its own.
    CloneAndWake,
    /// It keeps its waker until it is let through.
    Gate,
    /// It keeps its waker, and wakes another member if that has kept one.
    Wake(usize),
}

/// How it ends, after its steps.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum End {
    Good,
    Bad,
    Panics,
    /// It is good, but its destructor panics, whenever it is dropped.
    DropPanics,
}

#[derive(Clone, Debug)]
pub(crate) struct Script {
    pub(crate) steps: Vec<Step>,
    pub(crate) end: End,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Event {
    Polled(usize),
    FutureDropped(usize),
    ValueDropped(usize),
}

/// What a member left in the group's output.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Got {
    Value(usize),
    Error(usize),
    Panic,
    Cancelled,
    Skipped,
}

/// What members share with the test.
pub(crate) struct World {
    events: Mutex<Vec<Event>>,
    /// All that each member ever kept.
    wakers: Mutex<Vec<Vec<Waker>>>,
    open: Vec<AtomicBool>,
}

impl World {
    pub(crate) fn new(members: usize) -> Arc<Self> {
        let wakers = Mutex::new(vec![Vec::new(); members]);
        let open = (0..members).map(|_| AtomicBool::new(false)).collect();
        Arc::new(Self { events: Mutex::default(), wakers, open })
    }

    fn note(&self, event: Event) {
        self.events.lock().unwrap().push(event);
    }

    pub(crate) fn take_events(&self) -> Vec<Event> {
        std::mem::take(&mut self.events.lock().unwrap())
    }

    /// The waker that a member has kept last, or first.
    pub(crate) fn waker(&self, member: usize, last: bool) -> Option<Waker> {
        let wakers = self.wakers.lock().unwrap();
        if last { wakers[member].last().cloned() } else { wakers[member].first().cloned() }
    }

    pub(crate) fn take_wakers(&self) -> Vec<Waker> {
        self.wakers.lock().unwrap().iter_mut().flat_map(std::mem::take).collect()
    }

    /// Lets a member through.
    pub(crate) fn open(&self, member: usize) {
        self.open[member].store(true, Ordering::Relaxed);
    }

    fn keep(&self, member: usize, waker: Waker) {
        self.wakers.lock().unwrap()[member].push(waker);
    }
}

pub(crate) struct Scripted {
    id: usize,
    script: Script,
    polls: usize,
    world: Arc<World>,
}

impl Scripted {
    pub(crate) fn new(id: usize, script: Script, world: &Arc<World>) -> Self {
        Self { id, script, polls: 0, world: Arc::clone(world) }
    }
}

impl Future for Scripted {
    type Output = Result<Value, Wrong>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = &mut *self;
        this.world.note(Event::Polled(this.id));
        let step = this.script.steps.get(this.polls).copied();
        this.polls += 1;
        let value = || Value { id: Box::new(this.id), world: Some(Arc::clone(&this.world)) };
        match step {
            Some(Step::Keep) => this.world.keep(this.id, cx.waker().clone()),
            Some(Step::KeepLent) => {
                let lent = cx.waker();
                let clone = thread::scope(|scope| scope.spawn(|| lent.clone()).join().unwrap());
                this.world.keep(this.id, clone);
            }
            Some(Step::WakeItself) => cx.waker().wake_by_ref(),
            Some(Step::CloneAndWake) => {
                let waker = cx.waker().clone();
                waker.wake();
            }
            Some(Step::Wake(other)) => {
                this.world.keep(this.id, cx.waker().clone());
                if let Some(waker) = this.world.waker(other, true) {
                    waker.wake();
                }
            }
            Some(Step::Gate) => {
                this.world.keep(this.id, cx.waker().clone());
                if this.world.open[this.id].load(Ordering::Relaxed) {
                    return Poll::Ready(Ok(value()));
                }
                this.polls -= 1;
            }
            None => {
                return match this.script.end {
                    End::Good | End::DropPanics => Poll::Ready(Ok(value())),
                    End::Bad => Poll::Ready(Err(Wrong(value()))),
                    // Without the panic hook.
                    End::Panics => resume_unwind(Box::new("planned")),
                };
            }
        }
        Poll::Pending
    }
}

impl Drop for Scripted {
    fn drop(&mut self) {
        self.world.note(Event::FutureDropped(self.id));
        if self.script.end == End::DropPanics {
            resume_unwind(Box::new("planned, in a destructor"));
        }
    }
}

/// What a member gives.
pub(crate) struct Value {
    id: Box<usize>,
    /// None once it was taken out of the output.
    world: Option<Arc<World>>,
}

pub(crate) struct Wrong(pub(crate) Value);

impl Value {
    pub(crate) fn id(&self) -> usize {
        *self.id
    }

    pub(crate) fn take(mut self) -> usize {
        self.world = None;
        *self.id
    }
}

impl Drop for Value {
    fn drop(&mut self) {
        if let Some(world) = &self.world {
            world.note(Event::ValueDropped(*self.id));
        }
    }
}
