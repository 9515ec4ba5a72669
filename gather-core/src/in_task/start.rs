//! When a single member may be polled.

use super::permits::Permits;
use super::sweep::{Pass, PassContext};
use crate::dependency::{Dependencies, Readiness};
use crate::policy::GroupPolicy;

/// Whether a pass is for a member.
pub enum CanStart {
    Now,
    NotYet,
    /// What it depends on has failed.
    Never,
}

impl From<bool> for CanStart {
    fn from(now: bool) -> Self {
        if now { Self::Now } else { Self::NotYet }
    }
}

pub trait StartCondition {
    /// Whether it may have to wait before its first poll.
    const WAITS: bool;
    /// From then on it is polled whenever it is due.
    fn has_started(&self) -> bool;
    /// Whether it does not start in such a pass, before it has started.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn is_for_later(&self, _: Pass) -> bool {
        false
    }
    /// Asked until it has started.
    fn can_start<V: GroupPolicy>(&mut self, pass_cx: &mut PassContext<'_, '_, V>) -> CanStart;
    /// The member has ended.
    fn ended(&mut self, permits: &mut Permits);
}

/// From the first sweep on: the group has no limit.
pub struct Immediately;

/// From the end of a sweep on: a dependant without a limit.
pub struct WhenReady {
    pub(crate) started: bool,
}

/// Once it has a place of the group's limit.
pub struct WithPermit {
    pub(crate) started: bool,
}

/// A dependant: by `T`, once the gate is open.
pub struct AfterDependencies<D, T> {
    pub(crate) dependencies: D,
    pub(crate) open: bool,
    pub(crate) condition: T,
}

impl StartCondition for Immediately {
    const WAITS: bool = false;
    fn has_started(&self) -> bool {
        true
    }
    fn can_start<V: GroupPolicy>(&mut self, _: &mut PassContext<'_, '_, V>) -> CanStart {
        CanStart::Now
    }
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn ended(&mut self, _: &mut Permits) {}
}

impl StartCondition for WhenReady {
    const WAITS: bool = true;
    fn has_started(&self) -> bool {
        self.started
    }
    fn can_start<V: GroupPolicy>(&mut self, pass_cx: &mut PassContext<'_, '_, V>) -> CanStart {
        self.started = pass_cx.may_start();
        self.started.into()
    }
    fn ended(&mut self, _: &mut Permits) {}
}

impl StartCondition for WithPermit {
    const WAITS: bool = true;
    fn has_started(&self) -> bool {
        self.started
    }
    fn can_start<V: GroupPolicy>(&mut self, pass_cx: &mut PassContext<'_, '_, V>) -> CanStart {
        self.started = pass_cx.take_permit();
        self.started.into()
    }
    fn ended(&mut self, permits: &mut Permits) {
        if core::mem::take(&mut self.started) {
            permits.release();
        }
    }
}

impl<D: Dependencies, T: StartCondition> StartCondition for AfterDependencies<D, T> {
    const WAITS: bool = true;
    fn has_started(&self) -> bool {
        self.open && self.condition.has_started()
    }
    // In order: what it waits for may come later in this very pass, and it starts at the end of the sweep.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn is_for_later(&self, pass: Pass) -> bool {
        !self.open && !(matches!(pass, Pass::Start) && self.dependencies.readiness() != Readiness::Waiting)
    }
    fn can_start<V: GroupPolicy>(&mut self, pass_cx: &mut PassContext<'_, '_, V>) -> CanStart {
        if !self.open {
            if self.is_for_later(pass_cx.pass) || !pass_cx.may_start() {
                return CanStart::NotYet;
            }
            if self.dependencies.readiness() == Readiness::Failed {
                return CanStart::Never;
            }
            self.open = true;
        }
        self.condition.can_start(pass_cx)
    }
    fn ended(&mut self, permits: &mut Permits) {
        self.condition.ended(permits);
    }
}
