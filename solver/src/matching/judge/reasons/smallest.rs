//! The smallest of many sets of rules: those that hold no other.

use crate::matching::facts::plan::Placement;

use super::pairs::Codes;

/// Positions with the smallest sets first.
pub(super) fn order(sets: &[Codes]) -> Vec<usize> {
    let mut order: Vec<_> = (0..sets.len()).collect();
    order.sort_by_key(|&at| sets[at].count_ones());
    order
}

/// Sets of rules of which none holds another, each with a placement that it forbids.
#[derive(Default)]
pub(super) struct Smallest {
    /// The sets.
    pub(super) sets: Vec<(Codes, Placement)>,
}

impl Smallest {
    /// Whether a set is already there, or a smaller one within it.
    pub(super) fn cover(&self, codes: Codes) -> bool {
        self.sets.iter().any(|(set, _)| set & !codes == 0)
    }

    pub(super) fn add(&mut self, codes: Codes, at: Placement) {
        self.sets.retain(|(set, _)| codes & !set != 0);
        self.sets.push((codes, at));
    }

    /// Every rule in one of the sets.
    pub(super) fn rules(&self) -> Codes {
        self.sets.iter().fold(0, |all, (codes, _)| all | codes)
    }
}
