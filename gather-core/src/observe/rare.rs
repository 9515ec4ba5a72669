//! Values that are there only where somebody observes.

/// A value that is most often not there. To drop that takes a comparison in line. All else is out of line, so that the compiler can
/// optimise whatever contains one of these.
pub(super) struct Rare<T>(pub(super) Option<T>);

impl<T: Clone> Clone for Rare<T> {
    #[inline(always)]
    fn clone(&self) -> Self {
        Self(self.0.as_ref().map(|value| rarely(|| value.clone())))
    }
}

impl<T> Drop for Rare<T> {
    #[inline(always)]
    fn drop(&mut self) {
        if let Some(value) = self.0.take() {
            rarely(|| drop(value));
        }
    }
}

/// Does it out of line.
#[cold]
#[inline(never)]
pub(super) fn rarely<T>(does: impl FnOnce() -> T) -> T {
    does()
}
