//! Groups of random shapes, which give the same on an engine and in one process.

mod run;
mod shape;

pub use run::{Machine, run};
pub use shape::{Shape, shape};

/// Numbers that look random, the same for the same seed (splitmix64).
pub struct Random(pub u64);

impl Random {
    /// The next one.
    pub fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// One of `0..end`.
    pub fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.number() % u64::try_from(end).expect("no more than 64 bits")).expect("below a usize")
    }

    /// True in `percent` of a hundred cases.
    pub fn in_percent(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }
}
