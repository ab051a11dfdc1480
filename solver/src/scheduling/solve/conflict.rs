//! Which locks cannot stand together, and the rules they meet.

use crate::common::control::Control;
use crate::scheduling::facts::codes::RuleCode;
use crate::scheduling::facts::outcome::Conflict;
use crate::scheduling::facts::roster::Roster;
use crate::scheduling::judge::reasons::lock_codes;
use crate::scheduling::judge::rules::{Kind, rules};

use super::part::locks;
use super::plain::{Form, Lock, Model};

/// The irreducible set of locks of an impossible part: dropped in turn, from last to first by the bytes of (unit id, half-day), while what is
/// left is still impossible (a deletion filter; Chinneck & Dravnieks 1991). A lock of which that is not known stays.
pub(super) fn irreducible(roster: &Roster, control: &dyn Control) -> Vec<Conflict> {
    let mut left = locks(roster);
    for lock in left.clone().into_iter().rev() {
        let without: Vec<Lock> = left.iter().copied().filter(|&other| other != lock).collect();
        if possible(roster, &without, &[], control) == Some(false) {
            left = without;
        }
    }
    let mut shared = None;
    let mut conflict = Vec::new();
    for &lock in &left {
        let own = lock_codes(roster, lock.unit, &roster.units[lock.unit].locks[lock.at]);
        let rules = if own.is_empty() { shared.get_or_insert_with(|| met(roster, &left, control)).clone() } else { own };
        conflict.push(Conflict { unit: lock.unit, lock: lock.at, rules });
    }
    conflict
}

/// Whether some plan meets these locks with these rules left out; `None` when that is not known.
pub(super) fn possible(roster: &Roster, locks: &[Lock], without: &[RuleCode], control: &dyn Control) -> Option<bool> {
    if control.over() {
        return None;
    }
    Model::new(roster, locks, without, Form::Open)?.possible(control)
}

/// Shared rules that keep these locks apart: each that alone makes room when it is left out, or else a smallest set that does.
fn met(roster: &Roster, locks: &[Lock], control: &dyn Control) -> Vec<RuleCode> {
    let listed = rules(roster.kind()).iter().filter(|rule| matches!(rule.kind, Kind::Shared(_)) && rule.code != RuleCode::Vast);
    let shared: Vec<RuleCode> = listed.map(|rule| rule.code).collect();
    let makes_room = |rules: &[RuleCode]| possible(roster, locks, rules, control) == Some(true);
    let alone: Vec<RuleCode> = shared.iter().copied().filter(|&rule| makes_room(&[rule])).collect();
    if !alone.is_empty() {
        return alone;
    }
    let mut relaxed = shared.clone();
    for &rule in &shared {
        let fewer: Vec<RuleCode> = relaxed.iter().copied().filter(|&other| other != rule).collect();
        if makes_room(&fewer) {
            relaxed = fewer;
        }
    }
    relaxed
}
