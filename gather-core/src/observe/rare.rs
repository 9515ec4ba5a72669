//! What is there only where somebody observes.

/// Most often empty. Then it takes a comparison in line to drop it; all else is out of line, so that the compiler sees through what
/// has one of these.
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
