//! Members, iterators, errors and wakers that call [`hit`] wherever user code runs: one call of a run may panic.

use std::cell::{Cell, RefCell};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::pin::Pin;
use std::ptr::null;
use std::task::{Context, Poll, RawWaker, RawWakerVTable, Waker};
use std::thread::panicking;

/// Where user code runs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Point {
    IntoFuture,
    Poll,
    FutureDrop,
    OutputDrop,
    ErrorDrop,
    Conversion,
    Next,
    SizeHint,
    IteratorDrop,
    StreamPoll,
    KeyDebug,
    KeyDrop,
    Body,
    CaptureDrop,
    Until,
    Callback,
    WakerClone,
    WakerWake,
    WakerDrop,
}

/// What one thread has seen of a run. Spawned groups run on a runtime of this thread.
#[derive(Default)]
struct Fuse {
    hits: Cell<usize>,
    target: Cell<Option<usize>>,
    fired: Cell<Option<Point>>,
    live: Cell<isize>,
    wakers: RefCell<Vec<Waker>>,
    complaints: RefCell<Vec<String>>,
}

thread_local! {
    static FUSE: Fuse = Fuse::default();
}

/// User code runs. It panics if it is its turn, unless a panic is on its way already.
pub(crate) fn hit(point: Point) {
    FUSE.with(|fuse| {
        if panicking() {
            return;
        }
        let hits = fuse.hits.get();
        fuse.hits.set(hits + 1);
        if fuse.target.get() == Some(hits) {
            fuse.fired.set(Some(point));
            // Without the panic hook.
            resume_unwind(Box::new("injected"));
        }
    });
}

/// A run begins, whose call number `target` panics.
pub(crate) fn arm(target: Option<usize>) {
    FUSE.with(|fuse| {
        fuse.hits.set(0);
        fuse.target.set(target);
        fuse.fired.set(None);
        fuse.live.set(0);
    });
}

/// How many calls there were, which panicked, and how much of what was made is left.
pub(crate) fn report() -> (usize, Option<Point>, isize) {
    FUSE.with(|fuse| (fuse.hits.get(), fuse.fired.get(), fuse.live.get()))
}

/// Something is wrong with this run.
pub(crate) fn complain(what: String) {
    FUSE.with(|fuse| fuse.complaints.borrow_mut().push(what));
}

pub(crate) fn complaints() -> Vec<String> {
    FUSE.with(|fuse| std::mem::take(&mut *fuse.complaints.borrow_mut()))
}

/// Wakes everybody who keeps a waker. The panic of one is its own affair.
pub(crate) fn ring() {
    let wakers = FUSE.with(|fuse| std::mem::take(&mut *fuse.wakers.borrow_mut()));
    for waker in wakers {
        let _ = catch_unwind(AssertUnwindSafe(|| waker.wake()));
    }
}

fn count(by: isize) {
    FUSE.with(|fuse| fuse.live.set(fuse.live.get() + by));
}

/// Something that is to be dropped once. Its destructor is user code.
pub(crate) struct Token(Point);

impl Token {
    pub(crate) fn new(point: Point) -> Self {
        count(1);
        Self(point)
    }
}

impl Drop for Token {
    fn drop(&mut self) {
        count(-1);
        hit(self.0);
    }
}

/// What a member gives.
pub(crate) struct Out(#[allow(dead_code, reason = "for its destructor")] Token);

fn out() -> Out {
    Out(Token::new(Point::OutputDrop))
}

/// The error of a member.
#[derive(Debug)]
pub(crate) struct Small(#[allow(dead_code, reason = "for its destructor")] Token);

/// The error of a group.
#[derive(Debug)]
pub(crate) struct Big(#[allow(dead_code, reason = "for its destructor")] Token);

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token")
    }
}

impl From<Small> for Big {
    fn from(small: Small) -> Self {
        hit(Point::Conversion);
        drop(small);
        Self(Token::new(Point::ErrorDrop))
    }
}

/// A future that is pending so often, and wakes itself by [`ring`].
pub(crate) struct Fut<T> {
    turns: usize,
    point: Point,
    make: fn() -> T,
    _token: Token,
}

impl<T> Future for Fut<T> {
    type Output = T;
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<T> {
        hit(self.point);
        if self.turns == 0 {
            return Poll::Ready((self.make)());
        }
        self.turns -= 1;
        wait_for_ring(cx);
        Poll::Pending
    }
}

/// The next [`ring`] wakes it.
pub(crate) fn wait_for_ring(cx: &Context<'_>) {
    let waker = cx.waker().clone();
    FUSE.with(|fuse| fuse.wakers.borrow_mut().push(waker));
}

fn fut<T>(turns: usize, point: Point, make: fn() -> T) -> Fut<T> {
    Fut { turns, point, make, _token: Token::new(Point::FutureDrop) }
}

pub(crate) fn val(turns: usize) -> Fut<Out> {
    fut(turns, Point::Poll, out)
}

pub(crate) fn ok(turns: usize) -> Fut<Result<Out, Small>> {
    fut(turns, Point::Poll, || Ok(out()))
}

pub(crate) fn err(turns: usize) -> Fut<Result<Out, Small>> {
    fut(turns, Point::Poll, || Err(Small(Token::new(Point::ErrorDrop))))
}

/// It never ends by itself.
pub(crate) fn never() -> Fut<Out> {
    val(usize::MAX)
}

pub(crate) fn until(turns: usize) -> Into<()> {
    Into(fut(turns, Point::Until, || ()))
}

/// A member by `IntoFuture`.
pub(crate) struct Into<T>(Fut<T>);

impl<T> IntoFuture for Into<T> {
    type Output = T;
    type IntoFuture = Fut<T>;
    fn into_future(self) -> Fut<T> {
        hit(Point::IntoFuture);
        self.0
    }
}

pub(crate) fn into(turns: usize) -> Into<Out> {
    Into(val(turns))
}

/// The body of a dependant.
pub(crate) fn body<S: ?Sized, T>(_seen: &S, then: T) -> T {
    hit(Point::Body);
    then
}

pub(crate) fn capture() -> Token {
    Token::new(Point::CaptureDrop)
}

/// The waker of the task that awaits a group: each of its functions is user code.
pub(crate) fn waker() -> Waker {
    fn clone(_: *const ()) -> RawWaker {
        hit(Point::WakerClone);
        count(1);
        RawWaker::new(null(), &VTABLE)
    }
    fn wake(_: *const ()) {
        count(-1);
        hit(Point::WakerWake);
    }
    fn drop_one(_: *const ()) {
        count(-1);
        hit(Point::WakerDrop);
    }
    static VTABLE: RawWakerVTable = RawWakerVTable::new(clone, wake, |_| hit(Point::WakerWake), drop_one);
    count(1);
    // SAFETY: the functions use no data.
    unsafe { Waker::new(null(), &VTABLE) }
}
