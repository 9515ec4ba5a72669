//! The end of a group, also by a panic.

use core::pin::Pin;

use super::members::Members;
use super::sweep::Node;
use super::wakers::WakeStrategy;

/// Clears the members when it is dropped: before anybody sees the group's result, or the panic of a member.
pub struct EndGuard<'a, N: Node, S: WakeStrategy>(pub(super) Pin<&'a mut Members<N, S>>, Clears);

/// Whether the members are still to be cleared.
struct Clears(bool);

impl<'a, N: Node, S: WakeStrategy> EndGuard<'a, N, S> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) fn new(members: Pin<&'a mut Members<N, S>>) -> Self {
        Self(members, Clears(true))
    }

    /// The group goes on: nothing is cleared.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) fn pending(&mut self) {
        self.1 = Clears(false);
    }

    /// The group has ended: the members are cleared now.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) fn clear(&mut self) {
        self.1 = Clears(false);
        self.0.as_mut().clear();
    }
}

impl<N: Node, S: WakeStrategy> Drop for EndGuard<'_, N, S> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn drop(&mut self) {
        if self.1.0 {
            self.0.as_mut().clear();
        }
    }
}
