//! `*|a| list`: a list that is made when its dependencies are done.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;

use pin_project_lite::pin_project;

use super::depended::Harvest;
use super::sweep::{Branch, Part, Pass, Sweep};
use crate::depend::{Gate, Readiness};
use crate::exception::Panic;
use crate::member::Place;
use crate::settle::Interruption;
use crate::sync::quietly;
use crate::verdict::Verdict;

/// A list that may never be made.
pub trait LateList<V>: Branch<V> + Sized {
    const CATCHES: bool;
    /// The list that stands for the one that was not made.
    fn interrupted(why: Interruption, place: Place, verdict: &mut V) -> Self;
}

pin_project! {
    /// Makes the list `N` of what `create` gives once the gate is open.
    pub struct Late<D, C, S, N> {
        gate: D,
        create: Option<C>,
        build: fn(S) -> N,
        #[pin]
        list: Option<N>,
    }
}

impl<D, C, S, N> Late<D, C, S, N> {
    pub(crate) fn new(gate: D, create: C, build: fn(S) -> N) -> Self {
        Self { gate, create: Some(create), build, list: None }
    }
}

impl<D, C, S, N: Part> Part for Late<D, C, S, N> {
    type Output = N::Output;
    fn take(self: Pin<&mut Self>) -> N::Output {
        match self.project().list.as_pin_mut() {
            Some(list) => list.take(),
            None => unreachable!("every member has a field"),
        }
    }
}

impl<D, C, S, N: Harvest> Harvest for Late<D, C, S, N> {
    fn has_fields(&self) -> bool {
        self.list.as_ref().is_some_and(Harvest::has_fields)
    }
}

impl<V, D, C, S, N> Branch<V> for Late<D, C, S, N>
where
    V: Verdict,
    D: Gate,
    C: FnOnce() -> S,
    N: LateList<V>,
{
    fn sweep(self: Pin<&mut Self>, sweep: &mut Sweep<'_, '_, V>) {
        let mut this = self.project();
        if this.list.is_none() {
            let place = sweep.place();
            let made = match (sweep.pass, this.gate.readiness()) {
                (Pass::Stop(why), _) => Err(Interruption::from(why)),
                (Pass::Start, Readiness::Failed) if sweep.may_start() => Err(Interruption::Skipped),
                (Pass::Start, Readiness::Ready) if sweep.may_start() => {
                    let create = this.create.take().unwrap_or_else(|| unreachable!("it is made once"));
                    // Items become futures here: that too is user code.
                    let make = || (this.build)(create());
                    if N::CATCHES {
                        catch_unwind(AssertUnwindSafe(make))
                            .map_err(|payload| Interruption::Panicked(Panic::new(payload)))
                    } else {
                        Ok(make())
                    }
                }
                _ => {
                    sweep.step_list(0);
                    sweep.unfinished += 1;
                    return;
                }
            };
            let list = match made {
                Ok(list) => list,
                Err(why) => N::interrupted(why, place, sweep.verdict),
            };
            // What was captured for nothing: whatever its destructor does, the list did not start.
            let unused = this.create.take();
            quietly(|| drop(unused));
            this.list.set(Some(list));
        }
        if let Some(list) = this.list.as_pin_mut() {
            list.sweep(sweep);
        }
    }
}
