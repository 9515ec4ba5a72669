//! When a single member may be polled.

use super::permits::Permits;
use super::sweep::{Pass, PassContext};
use crate::dependency::{Dependencies, Readiness};
use crate::policy::GroupPolicy;

/// Whether a member may start in a pass.
pub enum CanStart {
    Now,
    NotYet,
    /// A member that it depends on has failed.
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
    /// Whether a member that has not started still waits for its dependencies, as can be told at a glance.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn waits_for_dependencies(&self) -> bool {
        false
    }
    /// Whether the member may start now. Asked until it has started.
    fn can_start<V: GroupPolicy>(&mut self, pass_cx: &mut PassContext<'_, '_, V>) -> CanStart;
    /// Called when the member has ended.
    fn ended(&mut self, permits: &mut Permits);
}

/// The member starts in the first pass that comes to it: the group has no limit.
pub struct Immediately;

/// The member starts once it has a permit of the group's limit.
pub struct WithPermit {
    held: bool,
}

impl WithPermit {
    pub(crate) const NEW: Self = Self { held: false };
}

/// A dependant starts once its dependencies are done and `T` lets it. It is looked at for that at the end of a sweep at the earliest.
pub struct AfterDependencies<D, T> {
    dependencies: D,
    open: bool,
    condition: T,
}

impl<D, T> AfterDependencies<D, T> {
    pub(crate) fn new(dependencies: D, condition: T) -> Self {
        Self { dependencies, open: false, condition }
    }
}

impl StartCondition for Immediately {
    const WAITS: bool = false;
    fn can_start<V: GroupPolicy>(&mut self, _: &mut PassContext<'_, '_, V>) -> CanStart {
        CanStart::Now
    }
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn ended(&mut self, _: &mut Permits) {}
}

impl StartCondition for WithPermit {
    const WAITS: bool = true;
    fn can_start<V: GroupPolicy>(&mut self, pass_cx: &mut PassContext<'_, '_, V>) -> CanStart {
        self.held = pass_cx.take_permit();
        self.held.into()
    }
    fn ended(&mut self, permits: &mut Permits) {
        if core::mem::take(&mut self.held) {
            permits.release();
        }
    }
}

impl<D: Dependencies, T: StartCondition> StartCondition for AfterDependencies<D, T> {
    const WAITS: bool = true;
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn waits_for_dependencies(&self) -> bool {
        !self.open && self.dependencies.readiness() == Readiness::Waiting
    }
    fn can_start<V: GroupPolicy>(&mut self, pass_cx: &mut PassContext<'_, '_, V>) -> CanStart {
        // Without a limit it is asked no more once it may start.
        if !T::WAITS || !self.open {
            // What the member waits for may be polled later in this very pass; so dependants start at the end of the sweep, in order.
            if !matches!(pass_cx.pass, Pass::Start) || !pass_cx.may_start() {
                return CanStart::NotYet;
            }
            match self.dependencies.readiness() {
                Readiness::Waiting => return CanStart::NotYet,
                Readiness::Failed => return CanStart::Never,
                Readiness::Ready => self.open = true,
            }
        }
        self.condition.can_start(pass_cx)
    }
    fn ended(&mut self, permits: &mut Permits) {
        self.condition.ended(permits);
    }
}
