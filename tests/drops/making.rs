//! Groups of every form, dropped at every point of their lives, and with a panic at every step: whatever was made is dropped once.
//!
//! For Miri above all, with members in place and on the heap.
#![allow(clippy::large_futures, reason = "members are larger and smaller than what they become")]
#![allow(dead_code, reason = "fields are made and dropped")]

use std::cell::Cell;
use std::future::{Future, IntoFuture, pending};
use std::hint::black_box;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use gather::{gather, gather_group};

use crate::support::yield_once;

/// What is alive of one group, and the steps that its members do: one of them may panic.
#[derive(Clone, Default)]
struct Lives(Rc<Counts>);

#[derive(Default)]
struct Counts {
    alive: Cell<usize>,
    steps: Cell<usize>,
    panics_at: Cell<Option<usize>>,
}

impl Lives {
    fn step(&self) {
        let step = self.0.steps.replace(self.0.steps.get() + 1);
        assert!(self.0.panics_at.get() != Some(step), "step {step}");
    }

    fn begin(&self) -> Life {
        self.0.alive.set(self.0.alive.get() + 1);
        Life(self.clone())
    }

    fn alive(&self) -> usize {
        self.0.alive.get()
    }
}

struct Life(Lives);

impl Drop for Life {
    fn drop(&mut self) {
        self.0.0.alive.set(self.0.alive() - 1);
    }
}

/// What members own, and what they become.
trait Bytes: Default + 'static {}
impl<T: Default + 'static> Bytes for T {}

#[derive(Default)]
#[repr(align(4096))]
struct Aligned(u8);

#[derive(Default)]
struct Large([[u8; 32]; 32]);

struct Field<T>(Life, T);

async fn run<T: Bytes, O: Bytes>(life: Life, bytes: T) -> Field<O> {
    // It points into itself.
    let own = &bytes;
    life.0.step();
    yield_once().await;
    black_box(own);
    life.0.step();
    Field(life.0.begin(), O::default())
}

/// Becomes a future where it is taken.
struct Member<T, O>(Life, T, std::marker::PhantomData<O>);

impl<T: Bytes, O: Bytes> IntoFuture for Member<T, O> {
    type Output = Field<O>;
    type IntoFuture = Pin<Box<dyn Future<Output = Field<O>>>>;
    fn into_future(self) -> Self::IntoFuture {
        self.0.0.step();
        Box::pin(run(self.0, self.1))
    }
}

fn plain<T: Bytes, O: Bytes>(lives: &Lives) -> impl Future<Output = Field<O>> + use<T, O> {
    lives.step();
    run::<T, O>(lives.begin(), T::default())
}

fn later<T: Bytes, O: Bytes>(lives: &Lives) -> Member<T, O> {
    lives.step();
    Member(lives.begin(), T::default(), std::marker::PhantomData)
}

async fn fallible<T: Bytes, O: Bytes>(life: Life, fails: bool) -> Result<Field<O>, Field<O>> {
    let field = run::<T, O>(life, T::default()).await;
    if fails { Err(field) } else { Ok(field) }
}

fn end<F: Future>(group: Pin<&mut F>) {
    let mut group = group;
    for _ in 0..20 {
        if group.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_ready() {
            return;
        }
    }
    panic!("nobody waits for anything");
}

/// The life of a group in every way. Gives how many steps it has.
fn every_life<F: Future>(make: impl Fn(Lives) -> F) -> usize {
    let lives = Lives::default();
    drop(make(lives.clone()));
    assert_eq!(lives.alive(), 0, "never polled");

    let lives = Lives::default();
    let group = make(lives.clone());
    let mut moved = vec![Some(group)];
    let mut group = Box::pin(moved.pop().flatten().expect("it was moved there"));
    assert!(group.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
    assert_ne!(lives.alive(), 0);
    drop(group);
    assert_eq!(lives.alive(), 0, "polled once");

    let lives = Lives::default();
    {
        let mut group = pin!(make(lives.clone()));
        end(group.as_mut());
        assert_eq!(lives.alive(), 0, "its outcome was dropped, and the group has nothing any more");
    }
    assert_eq!(lives.alive(), 0, "ended");

    let steps = lives.0.steps.get();
    for step in 0..steps {
        let lives = Lives::default();
        lives.0.panics_at.set(Some(step));
        let ended = catch_unwind(AssertUnwindSafe(|| {
            let mut group = Box::pin(make(lives.clone()));
            let polled = catch_unwind(AssertUnwindSafe(|| end(group.as_mut())));
            // What a panic leaves of the group can be dropped like any other.
            drop(group);
            polled.is_ok()
        }));
        // Caught by nobody, by the group, or by what polls it.
        let _ = black_box(ended);
        assert_eq!(lives.alive(), 0, "a panic at step {step} of {steps}");
    }
    steps
}

/// With members in place, and without optimisation, nine pages are copied often.
fn on_a_large_stack(test: fn()) {
    let thread = std::thread::Builder::new().stack_size(64 << 20).spawn(test).expect("a thread starts");
    thread.join().unwrap_or_else(|payload| std::panic::resume_unwind(payload));
}

struct Two<A, B> {
    a: A,
    b: B,
}

#[gather_group]
async fn stage<A: Future, B: Future>(a: A, b: B) -> (A::Output, B::Output) {
    let a = a.await;
    let b = b.await;
    (a, b)
}

/// A test of each form, with members of `T` that become an `O`.
macro_rules! forms {
    ($($form:ident, $steps:literal: |$lives:ident| $group:expr;)+) => {
        forms! { @ small_to_large, u8, Large, $($form, $steps, $lives, $group;)+ }
        forms! { @ large_to_small, Large, (), $($form, $steps, $lives, $group;)+ }
        forms! { @ aligned, Aligned, Aligned, $($form, $steps, $lives, $group;)+ }
    };
    (@ $module:ident, $from:ty, $to:ty, $($form:ident, $steps:literal, $lives:ident, $group:expr;)+) => {
        mod $module {
            use super::*;
            type T = $from;
            type O = $to;
            $(
                #[test]
                fn $form() {
                    on_a_large_stack(|| assert_eq!(every_life(|$lives: Lives| $group), $steps));
                }
            )+
        }
    };
}

forms! {
    one, 3: |l| gather!(plain::<T, O>(&l));
    tuple, 7: |l| gather!(plain::<T, O>(&l), later::<T, O>(&l));
    record, 7: |l| gather! { a => plain::<T, O>(&l), b => later::<T, O>(&l) };
    fields, 7: |l| gather! { Two { a: plain::<T, O>(&l), b: later::<T, O>(&l) } };
    nine, 29: |l| gather!(
        plain::<T, O>(&l), later::<T, O>(&l), plain::<T, O>(&l), plain::<T, O>(&l), plain::<T, O>(&l), plain::<T, O>(&l),
        plain::<T, O>(&l), later::<T, O>(&l), plain::<T, O>(&l)
    );
    question, 8: |l| gather!(fallible::<T, O>(l.begin(), false)?, fallible::<T, O>(l.begin(), false)?, later::<T, O>(&l));
    question_that_fails, 4: |l| gather!(fallible::<T, O>(l.begin(), true)?, fallible::<T, O>(l.begin(), false)?);
    name_errors, 4: |l| gather!(fallible::<T, O>(l.begin(), false)?, fallible::<T, O>(l.begin(), true)?; name_errors);
    all_errors, 4: |l| gather!(fallible::<T, O>(l.begin(), true)?, fallible::<T, O>(l.begin(), true)?; all_errors);
    return_exceptions, 9: |l| gather!(
        plain::<T, O>(&l), later::<T, O>(&l), fallible::<T, O>(l.begin(), true)?; return_exceptions
    );
    limit, 7: |l| gather!(plain::<T, O>(&l), later::<T, O>(&l); limit = 1);
    until, 7: |l| gather!(plain::<T, O>(&l), later::<T, O>(&l); until = pending::<()>(), return_exceptions);
    until_it_comes, 5: |l| gather!(
        plain::<T, O>(&l), async move { (run::<T, O>(l.begin(), T::default()).await, pending::<()>().await) };
        until = yield_once(), return_exceptions
    );
    list, 9: |l| gather!(*(0..2).map(|_| plain::<T, O>(&l)), plain::<T, O>(&l));
    limited_list, 9: |l| gather!(*(0..3).map(move |_| plain::<T, O>(&l)); limit = 2);
    dependants, 10: |l| gather! { a => plain::<T, O>(&l), b => |a| plain::<T, O>(&a.0.0), c => later::<T, O>(&l) };
    in_another, 10: |l| gather!(gather!(plain::<T, O>(&l), later::<T, O>(&l)), plain::<T, O>(&l));
    stages, 7: |l| stage(plain::<T, O>(&l), later::<T, O>(&l).into_future());
}

thread_local! {
    static NOTHINGS: Cell<usize> = const { Cell::new(0) };
}

/// A future without a byte, at the second poll.
struct Nothing;

impl Nothing {
    fn new() -> Self {
        NOTHINGS.set(NOTHINGS.get() + 1);
        Self
    }
}

impl Future for Nothing {
    type Output = Nothing;
    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Nothing> {
        Poll::Ready(Nothing::new())
    }
}

impl Drop for Nothing {
    fn drop(&mut self) {
        NOTHINGS.set(NOTHINGS.get() - 1);
    }
}

#[test]
fn members_without_a_byte() {
    drop(gather!(Nothing::new(), Nothing::new()));
    assert_eq!(NOTHINGS.get(), 0);
    drop(
        Box::pin(gather!(Nothing::new(), pending::<()>(); return_exceptions))
            .as_mut()
            .poll(&mut Context::from_waker(Waker::noop())),
    );
    assert_eq!(NOTHINGS.get(), 0);
    let mut group =
        Box::pin(gather! { a => Nothing::new(), b => |a| { let Nothing = a; Nothing::new() }, c => Nothing::new() });
    let Poll::Ready(r) = group.as_mut().poll(&mut Context::from_waker(Waker::noop())) else { panic!("all are ready") };
    assert_eq!(NOTHINGS.get(), 3);
    drop((r.a, r.b));
    assert_eq!(NOTHINGS.get(), 1);
    drop(r.c);
    let mut group = Box::pin(gather!(*[Nothing::new(), Nothing::new()]));
    assert!(group.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_ready());
    assert_eq!(NOTHINGS.get(), 0);
}
