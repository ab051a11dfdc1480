//! Every moment is an open half-day of the calendar and the location is available then: moment ∈ H.

use crate::scheduling::facts::plan::Place;
use crate::scheduling::facts::roster::Roster;

use super::{Kind, Rule, RuleCode};

/// The rule.
pub const RULE: Rule =
    Rule { code: RuleCode::Kalender, says: "Alles valt op open dagdelen, op een locatie die dan open is.", kind: Kind::Open(judge) };

fn judge(roster: &Roster, place: Place) -> bool {
    let open = |moment| match place.location {
        Some(location) => roster.free(&roster.locations[location].availability, moment),
        None => roster.calendar.has(moment),
    };
    place.moments(roster).into_iter().all(open)
}
