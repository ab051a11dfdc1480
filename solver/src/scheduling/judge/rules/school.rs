//! The offer names no schools, or that of the participant.

use crate::scheduling::facts::ids::UnitId;
use crate::scheduling::facts::plan::Place;
use crate::scheduling::facts::roster::Roster;

use super::{Kind, Rule, RuleCode};

/// The rule.
pub const RULE: Rule = Rule { code: RuleCode::School, says: "Het aanbod is voor mensen van deze school.", kind: Kind::Place(judge) };

fn judge(roster: &Roster, unit: UnitId, place: Place) -> bool {
    let (Some(courses), Some(offer)) = (roster.courses(), place.offer(roster)) else { return true };
    let schools = &courses.offers[offer].schools;
    schools.is_empty() || roster.units[unit].school.as_ref().is_some_and(|own| schools.contains(own))
}
