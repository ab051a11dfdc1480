//! Which locks cannot stand together, and the rules that keep them apart.

use super::run::possible;
use crate::common::control::Control;
use crate::common::words::Word;
use crate::planning::facts::codes::RuleCode;
use crate::planning::facts::horizon::{Horizon, Lock};
use crate::planning::facts::outcome::Conflict;

/// The irreducible set of locks of an impossible horizon: dropped in turn, from last to first in the file, while what is left is still
/// impossible (a deletion filter; Chinneck & Dravnieks 1991). A lock of which that is not known stays. Empty when no lock is to blame.
pub(super) fn irreducible(horizon: &Horizon, control: &dyn Control) -> Vec<Conflict> {
    let locks = |positions: &[usize]| positions.iter().map(|&at| horizon.locks[at]).collect::<Vec<Lock>>();
    let mut left: Vec<usize> = (0..horizon.locks.len()).collect();
    // Often no lock is to blame, or only few: then there is nothing to drop one by one.
    if possible(horizon, &[], &[], control) == Some(false) {
        return Vec::new();
    }
    for at in (0..horizon.locks.len()).rev() {
        let without: Vec<usize> = left.iter().copied().filter(|&other| other != at).collect();
        if possible(horizon, &locks(&without), &[], control) == Some(false) {
            left = without;
        }
    }
    let rules: Vec<RuleCode> = RuleCode::ALL
        .iter()
        .copied()
        .filter(|&rule| rule != RuleCode::Vast && possible(horizon, &locks(&left), &[rule], control) == Some(true))
        .collect();
    left.into_iter().map(|lock| Conflict { lock, rules: rules.clone() }).collect()
}
