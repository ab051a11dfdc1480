//! Sums of fractions without rounding: numbers of any size in 32-bit digits, as far as a floor needs them.

use std::cmp::Ordering;

/// A whole number, at least 0: digits of 32 bits, the lowest first, without zeros on top.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Big(Vec<u32>);

impl Big {
    fn new(number: u64) -> Self {
        Self(vec![low(number), low(number >> 32)]).trimmed()
    }

    fn trimmed(mut self) -> Self {
        while self.0.last() == Some(&0) {
            self.0.pop();
        }
        self
    }

    fn add(&mut self, other: &Self) {
        self.0.resize(self.0.len().max(other.0.len()) + 1, 0);
        let mut carry = 0;
        for (at, digit) in self.0.iter_mut().enumerate() {
            let sum = u64::from(*digit) + u64::from(other.0.get(at).copied().unwrap_or(0)) + carry;
            (*digit, carry) = (low(sum), sum >> 32);
        }
        while self.0.last() == Some(&0) {
            self.0.pop();
        }
    }

    fn times(&self, by: u64) -> Self {
        let mut carry = 0u128;
        let mut digits = Vec::with_capacity(self.0.len() + 3);
        for &digit in &self.0 {
            let product = u128::from(digit) * u128::from(by) + carry;
            digits.push(product as u32);
            carry = product >> 32;
        }
        while carry > 0 {
            digits.push(carry as u32);
            carry >>= 32;
        }
        Self(digits).trimmed()
    }

    /// The quotient rounded down, and what remains.
    fn over(&self, by: u64) -> (Self, u64) {
        let mut rest = 0u128;
        let mut digits = vec![0; self.0.len()];
        for (at, &digit) in self.0.iter().enumerate().rev() {
            let here = rest << 32 | u128::from(digit);
            digits[at] = (here / u128::from(by)) as u32;
            rest = here % u128::from(by);
        }
        (Self(digits).trimmed(), rest as u64)
    }

    fn compare(&self, other: &Self) -> Ordering {
        self.0.len().cmp(&other.0.len()).then_with(|| self.0.iter().rev().cmp(other.0.iter().rev()))
    }
}

fn low(number: u64) -> u32 {
    (number & u64::from(u32::MAX)) as u32
}

fn gcd(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { gcd(b, a % b) }
}

/// min(most, ⌊Σ a / b over the parts (a, b), divided by `by`⌋), exactly; every b and `by` is at least 1.
pub(super) fn floor_of_parts(parts: &[(u64, u64)], by: u64, most: u32) -> u32 {
    let mut common = Big::new(1);
    for &(_, over) in parts {
        let (_, rest) = common.over(over);
        common = common.times(over / gcd(over, rest));
    }
    let mut sum = Big::new(0);
    for &(times, over) in parts {
        sum.add(&common.over(over).0.times(times));
    }
    // The largest whole number that is not above it.
    let (mut fits, mut above) = (0, u64::from(most) + 1);
    while above - fits > 1 {
        let half = u64::midpoint(fits, above);
        match common.times(by).times(half).compare(&sum) {
            Ordering::Greater => above = half,
            Ordering::Less | Ordering::Equal => fits = half,
        }
    }
    u32::try_from(fits).unwrap_or(most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fractions_are_added_up_without_rounding() {
        assert_eq!(floor_of_parts(&[(1, 3), (1, 3), (1, 3)], 1, 9), 1);
        assert_eq!(floor_of_parts(&[(1, 3), (2, 7), (8, 21)], 1, 9), 1);
        assert_eq!(floor_of_parts(&[(1, 3), (2, 7), (8, 22)], 1, 9), 0);
        assert_eq!(floor_of_parts(&[(7, 2)], 2, 9), 1);
        assert_eq!(floor_of_parts(&[], 5, 9), 0);
        assert_eq!(floor_of_parts(&[(u64::MAX, 1)], 1, 9), 9);
    }

    #[test]
    fn a_sum_that_is_whole_is_whole_whatever_its_denominators() {
        // 1 − 1/(n+1) as Σ 1/(i·(i+1)), and the last part that is missing.
        let mut parts: Vec<(u64, u64)> = (1..400).map(|at| (1, at * (at + 1))).collect();
        assert_eq!(floor_of_parts(&parts, 1, 9), 0);
        parts.push((1, 400));
        assert_eq!(floor_of_parts(&parts, 1, 9), 1);
        assert_eq!(floor_of_parts(&parts.iter().map(|&(times, over)| (3 * times, over)).collect::<Vec<_>>(), 3, 9), 1);
    }
}
