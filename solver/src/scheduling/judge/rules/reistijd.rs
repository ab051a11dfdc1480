//! The location is near enough: t(m, location) ≤ m.max_reistijd (minutes).

use crate::scheduling::facts::ids::UnitId;
use crate::scheduling::facts::plan::Place;
use crate::scheduling::facts::roster::Roster;

use super::{Kind, Rule, RuleCode};

/// The rule.
pub const RULE: Rule =
    Rule { code: RuleCode::Reistijd, says: "De locatie is voor de deelnemer dichtbij genoeg.", kind: Kind::Place(judge) };

fn judge(roster: &Roster, unit: UnitId, place: Place) -> bool {
    match (roster.groups(), place.location) {
        (Some(groups), Some(location)) => groups.travel[unit][location] <= groups.max_travel[unit],
        _ => true,
    }
}
