//! Who is in a block: its coach, and how mixed its members are.

use std::collections::BTreeSet;

use crate::scheduling::facts::ids::PersonId;
use crate::scheduling::facts::plan::Block;
use crate::scheduling::facts::roster::Roster;

/// The coach of a session; the facilitator or coach of another block is its first staff person.
pub(crate) fn coach(roster: &Roster, block: &Block) -> Option<PersonId> {
    let role = roster.interviews().map(|interviews| interviews.coach);
    block.staff.iter().find(|seat| role.is_none_or(|role| seat.role == role)).map(|seat| seat.person)
}

/// How many different labels there are; none does not count.
pub(crate) fn different<T: Ord>(labels: impl Iterator<Item = Option<T>>) -> i64 {
    labels.flatten().collect::<BTreeSet<_>>().len() as i64
}

/// Labels less different labels; none does not count.
pub(crate) fn doubles<T: Ord + Copy>(labels: impl Iterator<Item = Option<T>>) -> i64 {
    let labels: Vec<T> = labels.flatten().collect();
    labels.len() as i64 - labels.iter().collect::<BTreeSet<_>>().len() as i64
}
