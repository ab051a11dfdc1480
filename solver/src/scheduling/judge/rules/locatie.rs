//! The member names no locations, or the location of the block; without a location it holds.

use crate::scheduling::facts::ids::UnitId;
use crate::scheduling::facts::plan::Place;
use crate::scheduling::facts::roster::Roster;

use super::{Kind, Rule, RuleCode};

/// The rule.
pub const RULE: Rule = Rule { code: RuleCode::Locatie, says: "De locatie is er een die voor de deelnemer kan.", kind: Kind::Place(judge) };

fn judge(roster: &Roster, unit: UnitId, place: Place) -> bool {
    match (&roster.units[unit].locations, place.location) {
        (Some(possible), Some(location)) => possible.contains(&location),
        _ => true,
    }
}
