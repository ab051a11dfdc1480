//! Seeded integer draws: the same seed and purpose give the same numbers on every machine and in every version.
//!
//! The stream is ChaCha8 keyed with SHA-256 of "loket:{purpose}:{seed}"; every draw below is fixed here and not left to a
//! sampling library, whose results may change between versions. A purpose per part of a wave keeps the parts apart: one more
//! draw for candidates moves no school.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use sha2::{Digest, Sha256};

/// A stream of draws.
pub(super) struct Draw(ChaCha8Rng);

impl Draw {
    /// The stream of one purpose under one seed.
    pub fn new(purpose: &str, seed: u64) -> Self {
        let key = Sha256::digest(format!("loket:{purpose}:{seed}").as_bytes());
        Self(ChaCha8Rng::from_seed(key.into()))
    }
    /// A number from 0 up to, not including, `end` (0 when `end` is 0): the high half of a 128-bit product.
    pub fn below(&mut self, end: u64) -> u64 {
        ((u128::from(self.0.next_u64()) * u128::from(end)) >> 64) as u64
    }
    /// An index into something of this length.
    pub fn index(&mut self, length: usize) -> usize {
        self.below(length as u64) as usize
    }
    /// A number from `low` up to and including `high`.
    pub fn between(&mut self, low: u32, high: u32) -> u32 {
        low + self.below(u64::from(high.saturating_sub(low)) + 1) as u32
    }
    /// A number from `low` up to and including `high`, the middle most likely.
    pub fn around(&mut self, low: u32, high: u32) -> u32 {
        (self.between(low, high) + self.between(low, high)) / 2
    }
    /// A distance from −`most` up to and including `most`.
    pub fn offset(&mut self, most: u32) -> i64 {
        i64::from(self.between(0, 2 * most)) - i64::from(most)
    }
    /// True in this many of a hundred draws.
    pub fn percent(&mut self, share: u32) -> bool {
        self.below(100) < u64::from(share)
    }
    /// One of these; `list` is not empty.
    pub fn pick<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.index(list.len())]
    }
    /// A position, as likely as its weight; 0 when all weights are 0.
    pub fn weighted(&mut self, weights: &[u32]) -> usize {
        let mut rest = self.below(weights.iter().map(|&weight| u64::from(weight)).sum());
        for (position, &weight) in weights.iter().enumerate() {
            if rest < u64::from(weight) {
                return position;
            }
            rest -= u64::from(weight);
        }
        0
    }
    /// Puts a list in a drawn order.
    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        for end in (1..list.len()).rev() {
            list.swap(end, self.index(end + 1));
        }
    }
    /// At most `count` different items of a list without doubles, in a drawn order.
    pub fn some<T: Copy>(&mut self, list: &[T], count: usize) -> Vec<T> {
        let mut drawn = list.to_vec();
        self.shuffle(&mut drawn);
        drawn.truncate(count);
        drawn
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_gives_the_same_draws_everywhere() {
        let mut draw = Draw::new("proef", 7);
        let drawn: Vec<u64> = (0..8).map(|_| draw.below(1000)).collect();
        assert_eq!(drawn, PINNED, "the stream of a seed may never change");
    }

    const PINNED: [u64; 8] = [991, 293, 668, 33, 24, 115, 115, 824];

    #[test]
    fn draws_stay_in_their_range_and_reach_its_ends() {
        let mut draw = Draw::new("proef", 1);
        let drawn: Vec<u32> = (0..500).map(|_| draw.between(3, 6)).collect();
        assert_eq!(drawn.iter().min(), Some(&3));
        assert_eq!(drawn.iter().max(), Some(&6));
        assert_eq!(draw.below(0), 0);
        assert!((0..500).all(|_| draw.weighted(&[0, 5, 0]) == 1));
    }

    #[test]
    fn some_items_are_different_items_of_the_list() {
        let mut draw = Draw::new("proef", 2);
        for count in 0..6 {
            let mut drawn = draw.some(&[1, 2, 3, 4], count);
            drawn.sort_unstable();
            drawn.dedup();
            assert_eq!(drawn.len(), count.min(4));
        }
    }
}
