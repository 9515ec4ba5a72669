//! Sweeps of groups whose members all start in the first pass, as those of most groups do.

use core::pin::Pin;
use core::task::Context;

use super::Members;
use crate::in_task::permits::Limit;
use crate::in_task::rotation::{NextMember, budget_spent};
use crate::in_task::sweep::{Node, PassContext, PollNode};
use crate::in_task::wakers::WakeStrategy;
use crate::observe::Watch;
use crate::policy::GroupPolicy;

impl<N: Node, S: WakeStrategy> Members<N, S> {
    /// [`sweep`](Self::sweep) in one pass, or in one for each of two parts of the members. Without optimisation it is out of line: where a
    /// panic ends the group, each value on the way is on the stack once more.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) fn sweep_in_order<V: GroupPolicy>(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        policy: &mut V,
        limit: &mut impl Limit,
        watched: Watch<'_>,
    ) -> bool
    where
        N: PollNode<V>,
    {
        if !Self::IN_PARTS && self.next.is_later() {
            return self.sweep_from(cx.waker(), policy, limit, watched);
        }
        loop {
            let from = self.next.0;
            let mut pass_cx = PassContext::of_all(cx, policy, limit, Self::ALONE, S::POLLS_ALL, watched);
            let passed = self.as_mut().pass(&mut pass_cx, 0, 0);
            limit.set_free(pass_cx.permits.free);
            if !passed.unfinished {
                return false;
            }
            if !self.as_mut().goes_on(from, passed.seen) {
                return true;
            }
        }
    }

    /// After a pass that began with the member `from`: whether another one belongs to the sweep. If not, decides where the next one begins.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn goes_on(self: Pin<&mut Self>, from: u32, seen: usize) -> bool {
        if Self::IN_PARTS && from != 0 && self.next.0 != 0 {
            return true;
        }
        if !S::POLLS_ALL && budget_spent() {
            self.next().0 = NextMember(from).one_further(seen);
        }
        false
    }
}
