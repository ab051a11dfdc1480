//! In which orders a few units can follow each other.

use crate::scheduling::facts::ids::UnitId;

/// Every order of a few units.
pub(super) fn orders(units: &[UnitId]) -> Vec<Vec<UnitId>> {
    let Some((&last, before)) = units.split_last() else { return vec![Vec::new()] };
    let mut found = Vec::new();
    for order in orders(before) {
        for at in 0..=order.len() {
            let mut with = order.clone();
            with.insert(at, last);
            found.push(with);
        }
    }
    found
}
