//! Some learning question of the participant is a theme of the offer.

use crate::scheduling::facts::ids::UnitId;
use crate::scheduling::facts::plan::Place;
use crate::scheduling::facts::roster::Roster;

use super::{Kind, Rule, RuleCode};

/// The rule.
pub const RULE: Rule =
    Rule { code: RuleCode::Leervraag, says: "Het aanbod gaat over een leervraag van de deelnemer.", kind: Kind::Place(judge) };

fn judge(roster: &Roster, unit: UnitId, place: Place) -> bool {
    match (roster.courses(), place.offer(roster)) {
        (Some(courses), Some(offer)) => roster.units[unit].questions.iter().any(|asked| courses.offers[offer].themes.contains(asked)),
        _ => true,
    }
}
