//! Order by chance that a seed decides: the same numbers on every machine and every run.

/// Spreads equal choices without any other meaning: the finaliser of SplitMix64 (Steele, Lea & Flood 2014).
pub fn spread(seed: u64, choice: u32) -> u64 {
    let mut z = seed.wrapping_add(u64::from(choice).wrapping_mul(0x9e37_79b9_7f4a_7c15)).wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
