//! An atomic of 64 bits where the processor has none: in a critical section, so that an interrupt may wake.

use core::cell::Cell;
use core::sync::atomic::Ordering;

use critical_section::Mutex;

/// Every access is in one order with all others, whatever `Ordering` is asked for.
pub(crate) struct AtomicU64(Mutex<Cell<u64>>);

impl AtomicU64 {
    pub(crate) const fn new(value: u64) -> Self {
        Self(Mutex::new(Cell::new(value)))
    }

    pub(crate) fn load(&self, _: Ordering) -> u64 {
        critical_section::with(|section| self.0.borrow(section).get())
    }

    pub(crate) fn store(&self, value: u64, _: Ordering) {
        critical_section::with(|section| self.0.borrow(section).set(value));
    }

    pub(crate) fn swap(&self, value: u64, _: Ordering) -> u64 {
        critical_section::with(|section| self.0.borrow(section).replace(value))
    }

    pub(crate) fn fetch_or(&self, bits: u64, _: Ordering) -> u64 {
        critical_section::with(|section| {
            let cell = self.0.borrow(section);
            cell.replace(cell.get() | bits)
        })
    }
}

#[cfg(all(test, target_has_atomic = "64"))]
mod tests {
    use core::sync::atomic::Ordering::SeqCst;
    use std::sync::Arc;
    use std::thread;

    use super::AtomicU64;

    #[test]
    fn as_the_processors_own() {
        let (ours, own) = (AtomicU64::new(5), core::sync::atomic::AtomicU64::new(5));
        for value in [1 << 63, 0, u64::MAX, 6] {
            assert_eq!(ours.fetch_or(value, SeqCst), own.fetch_or(value, SeqCst));
            assert_eq!(ours.load(SeqCst), own.load(SeqCst));
            assert_eq!(ours.swap(value, SeqCst), own.swap(value, SeqCst));
            ours.store(value / 3, SeqCst);
            own.store(value / 3, SeqCst);
        }
        assert_eq!(ours.load(SeqCst), own.load(SeqCst));
    }

    #[test]
    fn no_bit_is_lost_between_threads() {
        let bits = Arc::new(AtomicU64::new(0));
        let threads: Vec<_> = (0..64)
            .map(|bit| {
                let bits = Arc::clone(&bits);
                thread::spawn(move || bits.fetch_or(1 << bit, SeqCst))
            })
            .collect();
        for thread in threads {
            thread.join().expect("it sets a bit");
        }
        assert_eq!(bits.load(SeqCst), u64::MAX);
    }
}
