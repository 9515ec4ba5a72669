//! When a single member may be polled.

use super::permits::Places;
use super::sweep::{Pass, Rounds};
use crate::dependency::{Gate, Readiness};
use crate::policy::Verdict;

/// Whether a pass is for a member.
pub enum Come {
    Now,
    NotYet,
    /// What it depends on has failed.
    Never,
}

impl From<bool> for Come {
    fn from(now: bool) -> Self {
        if now { Self::Now } else { Self::NotYet }
    }
}

pub trait Turn {
    /// Whether it may have to wait before its first poll.
    const WAITS: bool;
    /// From then on it is polled whenever it is due.
    fn has_started(&self) -> bool;
    /// Asked until it has started.
    fn comes<V: Verdict>(&mut self, rounds: &mut Rounds<'_, '_, V>) -> Come;
    /// The member has ended.
    fn ended(&mut self, places: &mut Places);
}

/// From the first sweep on: the group has no limit.
pub struct Always;

/// From the end of a sweep on: a dependant without a limit.
pub struct OnceOpen {
    pub(crate) started: bool,
}

/// Once it has a place of the group's limit.
pub struct InLine {
    pub(crate) started: bool,
}

/// A dependant: by `T`, once the gate is open.
pub struct After<D, T> {
    pub(crate) gate: D,
    pub(crate) open: bool,
    pub(crate) turn: T,
}

impl Turn for Always {
    const WAITS: bool = false;
    fn has_started(&self) -> bool {
        true
    }
    fn comes<V: Verdict>(&mut self, _: &mut Rounds<'_, '_, V>) -> Come {
        Come::Now
    }
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn ended(&mut self, _: &mut Places) {}
}

impl Turn for OnceOpen {
    const WAITS: bool = true;
    fn has_started(&self) -> bool {
        self.started
    }
    fn comes<V: Verdict>(&mut self, rounds: &mut Rounds<'_, '_, V>) -> Come {
        self.started = rounds.may_start();
        self.started.into()
    }
    fn ended(&mut self, _: &mut Places) {}
}

impl Turn for InLine {
    const WAITS: bool = true;
    fn has_started(&self) -> bool {
        self.started
    }
    fn comes<V: Verdict>(&mut self, rounds: &mut Rounds<'_, '_, V>) -> Come {
        self.started = rounds.take_place();
        self.started.into()
    }
    fn ended(&mut self, places: &mut Places) {
        if core::mem::take(&mut self.started) {
            places.release();
        }
    }
}

impl<D: Gate, T: Turn> Turn for After<D, T> {
    const WAITS: bool = true;
    fn has_started(&self) -> bool {
        self.open && self.turn.has_started()
    }
    fn comes<V: Verdict>(&mut self, rounds: &mut Rounds<'_, '_, V>) -> Come {
        if !self.open {
            // In order: what it waits for may come later in this very pass, and it starts at the end of the sweep.
            if !matches!(rounds.pass, Pass::Start) || !rounds.may_start() {
                return Come::NotYet;
            }
            match self.gate.readiness() {
                Readiness::Waiting => return Come::NotYet,
                Readiness::Failed => return Come::Never,
                Readiness::Ready => self.open = true,
            }
        }
        self.turn.comes(rounds)
    }
    fn ended(&mut self, places: &mut Places) {
        self.turn.ended(places);
    }
}
