//! When a single member may be polled.

use super::sweep::{Pass, Sweep};
use crate::depend::{Gate, Readiness};
use crate::verdict::Verdict;

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
    fn comes<V: Verdict>(&mut self, sweep: &mut Sweep<'_, '_, V>) -> Come;
    /// The member has ended.
    fn ended<V: Verdict>(&mut self, sweep: &mut Sweep<'_, '_, V>);
}

/// In every sweep: the group has no limit.
pub struct Always;

/// In every sweep, after it was started at the end of one: a dependant without a limit.
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
    fn comes<V: Verdict>(&mut self, sweep: &mut Sweep<'_, '_, V>) -> Come {
        matches!(sweep.pass, Pass::Due { .. }).into()
    }
    fn ended<V: Verdict>(&mut self, _: &mut Sweep<'_, '_, V>) {}
}

impl Turn for OnceOpen {
    fn comes<V: Verdict>(&mut self, sweep: &mut Sweep<'_, '_, V>) -> Come {
        if self.started {
            return matches!(sweep.pass, Pass::Due { .. }).into();
        }
        self.started = sweep.may_start();
        self.started.into()
    }
    fn ended<V: Verdict>(&mut self, _: &mut Sweep<'_, '_, V>) {}
}

impl Turn for InLine {
    fn comes<V: Verdict>(&mut self, sweep: &mut Sweep<'_, '_, V>) -> Come {
        if self.started {
            return matches!(sweep.pass, Pass::Due { .. }).into();
        }
        self.started = sweep.take_place();
        self.started.into()
    }
    fn ended<V: Verdict>(&mut self, sweep: &mut Sweep<'_, '_, V>) {
        if std::mem::take(&mut self.started) {
            sweep.release_place();
        }
    }
}

impl<D: Gate, T: Turn> Turn for After<D, T> {
    fn comes<V: Verdict>(&mut self, sweep: &mut Sweep<'_, '_, V>) -> Come {
        if !self.open {
            // In order: what it waits for may come later in this very pass, and it starts at the end of the sweep.
            if !matches!(sweep.pass, Pass::Start) || !sweep.may_start() {
                return Come::NotYet;
            }
            match self.gate.readiness() {
                Readiness::Waiting => return Come::NotYet,
                Readiness::Failed => return Come::Never,
                Readiness::Ready => self.open = true,
            }
        }
        self.turn.comes(sweep)
    }
    fn ended<V: Verdict>(&mut self, sweep: &mut Sweep<'_, '_, V>) {
        self.turn.ended(sweep);
    }
}
