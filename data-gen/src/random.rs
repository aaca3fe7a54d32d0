//! The one source of randomness: integers only, and the same ones on every machine.

use crate::rate::Rate;
use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::{Rng, SeedableRng};

#[derive(Debug)]
pub(crate) struct Random(Xoshiro256PlusPlus);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(Xoshiro256PlusPlus::seed_from_u64(seed))
    }

    /// 64 random bits.
    pub(crate) fn bits(&mut self) -> u64 {
        self.0.next_u64()
    }

    /// A number in `0..end`, or 0 if `end` is 0.
    ///
    /// Scales by a multiplication: one draw each time, so no rejection loop, and a bias of at
    /// most `end` in 2^64, which test data does not notice.
    pub(crate) fn below(&mut self, end: u64) -> u64 {
        ((u128::from(self.bits()) * u128::from(end)) >> 64) as u64
    }

    /// Whether an event of this rate happens now.
    pub(crate) fn hits(&mut self, rate: Rate) -> bool {
        self.below(1_000_000) < u64::from(rate.per_million())
    }

    /// One of the entries of a table that is not empty.
    pub(crate) fn pick<T: Copy>(&mut self, table: &[T]) -> T {
        table[self.below(table.len() as u64) as usize]
    }
}
