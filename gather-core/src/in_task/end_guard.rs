//! The end of a group, also by a panic.

use core::mem::forget;
use core::pin::Pin;

use super::members::Members;
use super::sweep::Node;
use super::wakers::WakeStrategy;

/// Clears the members when it is dropped: before anybody sees the group's result, or the panic of a member.
pub struct EndGuard<'a, N: Node, S: WakeStrategy>(pub(super) Pin<&'a mut Members<N, S>>);

impl<N: Node, S: WakeStrategy> EndGuard<'_, N, S> {
    /// The group goes on: nothing is cleared.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) fn pending(self) {
        forget(self);
    }
}

impl<N: Node, S: WakeStrategy> Drop for EndGuard<'_, N, S> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn drop(&mut self) {
        self.0.as_mut().clear();
    }
}
