//! The offer names no functions, or that of the participant.

use crate::scheduling::facts::ids::UnitId;
use crate::scheduling::facts::plan::Place;
use crate::scheduling::facts::roster::Roster;

use super::{Kind, Rule, RuleCode};

/// The rule.
pub const RULE: Rule = Rule { code: RuleCode::Functie, says: "Het aanbod is voor mensen met deze functie.", kind: Kind::Place(judge) };

fn judge(roster: &Roster, unit: UnitId, place: Place) -> bool {
    let (Some(courses), Some(offer)) = (roster.courses(), place.offer(roster)) else { return true };
    let functions = &courses.offers[offer].functions;
    functions.is_empty() || roster.units[unit].function.as_ref().is_some_and(|own| functions.contains(own))
}
