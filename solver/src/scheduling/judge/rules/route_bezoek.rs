//! One visit fits in a half-day: duur ≤ dagdeel_minuten (minutes).

use crate::scheduling::facts::ids::UnitId;
use crate::scheduling::facts::plan::Place;
use crate::scheduling::facts::roster::Roster;

use super::{Kind, Rule, RuleCode};

/// The rule.
pub const RULE: Rule = Rule { code: RuleCode::Route, says: "Een bezoek past in een dagdeel.", kind: Kind::Place(judge) };

fn judge(roster: &Roster, unit: UnitId, _place: Place) -> bool {
    roster.visits().is_none_or(|visits| visits.placements[unit].minutes <= visits.half_day_minutes)
}
