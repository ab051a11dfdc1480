//! Natural numbers of any size: only what the verdicts ask of them.

use std::cmp::Ordering;

/// A number in base 2^32, the smallest digit first; no digit 0 at the end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Natural(Vec<u32>);

impl Natural {
    /// One.
    pub(crate) fn one() -> Self {
        Self(vec![1])
    }

    /// Times a small number.
    pub(crate) fn times(mut self, by: u32) -> Self {
        let mut carry = 0_u64;
        for digit in &mut self.0 {
            carry += u64::from(*digit) * u64::from(by);
            *digit = low(carry);
            carry >>= 32;
        }
        if carry > 0 {
            self.0.push(low(carry));
        }
        self.trimmed()
    }

    /// Divided by a small number that divides it.
    pub(crate) fn divided(mut self, by: u32) -> Self {
        let mut rest = 0_u64;
        for digit in self.0.iter_mut().rev() {
            rest = (rest << 32) | u64::from(*digit);
            *digit = low(rest / u64::from(by));
            rest %= u64::from(by);
        }
        debug_assert_eq!(rest, 0, "divides");
        self.trimmed()
    }

    /// Plus another.
    pub(crate) fn plus(mut self, other: &Self) -> Self {
        if self.0.len() < other.0.len() {
            self.0.resize(other.0.len(), 0);
        }
        let mut carry = 0_u64;
        for (at, digit) in self.0.iter_mut().enumerate() {
            carry += u64::from(*digit) + u64::from(other.0.get(at).copied().unwrap_or(0));
            *digit = low(carry);
            carry >>= 32;
        }
        if carry > 0 {
            self.0.push(low(carry));
        }
        self
    }

    /// A small number to a power.
    pub(crate) fn power(base: u32, exponent: u32) -> Self {
        (0..exponent).fold(Self::one(), |power, _| power.times(base))
    }

    fn trimmed(mut self) -> Self {
        while self.0.last() == Some(&0) {
            self.0.pop();
        }
        self
    }
}

impl PartialOrd for Natural {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Natural {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.len().cmp(&other.0.len()).then_with(|| self.0.iter().rev().cmp(other.0.iter().rev()))
    }
}

/// The lowest 32 bits.
fn low(number: u64) -> u32 {
    u32::try_from(number & 0xffff_ffff).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn small(number: u128) -> Natural {
        let digits = (0..4).map(|at| low((number >> (32 * at)) as u64 & 0xffff_ffff)).collect();
        Natural(digits).trimmed()
    }

    #[test]
    fn numbers_are_as_those_of_the_machine() {
        let numbers = [0_u128, 1, 7, 0xffff_ffff, 0x1_0000_0000, 0xffff_ffff_ffff, 0x1234_5678_9abc_def0_1234];
        for one in numbers {
            for by in [1_u32, 3, 100, u32::MAX] {
                assert_eq!(small(one).times(by), small(one * u128::from(by)));
                assert_eq!(small(one * u128::from(by)).divided(by), small(one));
            }
            for other in numbers {
                assert_eq!(small(one).plus(&small(other)), small(one + other));
                assert_eq!(small(one).cmp(&small(other)), one.cmp(&other));
            }
        }
        assert_eq!(Natural::power(5, 30), small(5_u128.pow(30)));
    }
}
