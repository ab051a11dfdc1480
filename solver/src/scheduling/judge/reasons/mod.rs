//! Why a unit is not planned: codes that are true of the plan, found in the order of docs/scheduling.md.

mod locks;
mod options;

use crate::scheduling::facts::codes::{Kind as Problem, Other, ReasonCode, RuleCode};
use crate::scheduling::facts::ids::UnitId;
use crate::scheduling::facts::outcome::{Reason, Unplanned};
use crate::scheduling::facts::plan::{Place, Plan, Seat, asked, places};
use crate::scheduling::facts::roster::Roster;
use crate::scheduling::judge::rules::{Kind, rules};
use crate::scheduling::judge::ways::{eligible, meets, place_codes, staffed};
use options::Options;

pub use locks::lock_codes;

/// Every unit that is not, or of visits not wholly, planned, in the order of the file's rows, with reasons. `proven` says whether every goal is:
/// else nobody can say that a goal pays for leaving somebody.
pub fn unplanned(roster: &Roster, plan: &Plan, proven: bool) -> Vec<Unplanned> {
    let mut options = Options::new(roster, plan);
    let mut found = Vec::new();
    for unit in roster.units_by_row() {
        let missing = missing(roster, plan, unit);
        if missing > 0 {
            found.push(Unplanned { unit, missing, reasons: reasons(roster, &mut options, unit, proven) });
        }
    }
    found
}

/// Visits that are missing, else 1 when the unit is in no block.
pub fn missing(roster: &Roster, plan: &Plan, unit: UnitId) -> u32 {
    let there = plan.with(unit).count();
    let wanted = roster.visits().map_or(1, |visits| visits.placements[unit].wanted);
    wanted.saturating_sub(u32::try_from(there).unwrap_or(u32::MAX))
}

fn reasons(roster: &Roster, options: &mut Options<'_>, unit: UnitId, proven: bool) -> Vec<Reason> {
    let mut left = places(roster);
    if left.is_empty() {
        return vec![one(ReasonCode::Other(Other::NoMoment), 0)];
    }
    // The codes that look at no staff, in order: the one that leaves no place is the reason.
    for code in codes(roster, |kind| matches!(kind, Kind::Open(_) | Kind::Place(_))) {
        let before = left.len();
        left.retain(|&place| !place_codes(roster, unit, place).contains(&code));
        if left.is_empty() {
            return vec![one(ReasonCode::Rule(code), before)];
        }
    }
    let before = left.len();
    let reached = left.clone();
    left.retain(|&place| staffed(roster, unit, place, &|_| true));
    if left.is_empty() {
        return vec![no_staff(roster, unit, &reached, before)];
    }
    let mut passed: Vec<RuleCode> = Vec::new();
    for code in codes(roster, |kind| matches!(kind, Kind::Meeting(_))) {
        let before = left.len();
        passed.push(code);
        left.retain(|&place| meets(roster, unit, place, &|rule| passed.contains(&rule)));
        if left.is_empty() {
            return vec![one(ReasonCode::Rule(code), before)];
        }
    }
    let (forbidding, free) = options.shared(unit, &left);
    let mut found: Vec<Reason> = forbidding.into_iter().map(|code| one(code, left.len())).collect();
    if free {
        let code = if proven { Other::Goal } else { Other::NotProven };
        found.push(one(ReasonCode::Other(code), left.len()));
    }
    found
}

/// The codes of rules of a kind, in the order of the list, each once.
fn codes(roster: &Roster, of: impl Fn(&Kind) -> bool) -> Vec<RuleCode> {
    rules(roster.kind()).iter().filter(|rule| of(&rule.kind)).map(|rule| rule.code).collect()
}

fn one(code: ReasonCode, left: usize) -> Reason {
    Reason { code, data: vec![("mogelijk", i64::try_from(left).unwrap_or(i64::MAX))], role: None }
}

/// No place has complete staff: of visits the coach cannot, else with the role that is short at most places.
fn no_staff(roster: &Roster, unit: UnitId, places: &[Place], before: usize) -> Reason {
    if roster.kind() == Problem::Visits {
        return one(ReasonCode::Rule(RuleCode::CoachBeschikbaar), before);
    }
    let short = |place: Place| {
        asked(roster, place).into_iter().filter(move |&(role, number)| {
            let people = roster.people.ids().filter(|&person| eligible(roster, unit, place, Seat { role, person })).count();
            people < number as usize
        })
    };
    let mut counts: Vec<(usize, _)> = roster.roles.ids().map(|role| (0, role)).collect();
    for (role, _) in places.iter().flat_map(|&place| short(place)) {
        if let Some((count, _)) = counts.iter_mut().find(|(_, other)| *other == role) {
            *count += 1;
        }
    }
    let most = counts.iter().map(|(count, _)| *count).max().unwrap_or(0);
    let role = counts.into_iter().find(|(count, _)| *count == most && most > 0).map(|(_, role)| roster.roles[role].clone());
    Reason { role, ..one(ReasonCode::Other(Other::NoStaff), before) }
}
