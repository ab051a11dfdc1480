//! Each staff person names no locations, or this one; without a location it holds.

use crate::scheduling::facts::plan::{Place, Seat};
use crate::scheduling::facts::roster::Roster;

use super::{Kind, Rule, RuleCode};

/// The rule.
pub const RULE: Rule = Rule {
    code: RuleCode::StafLocatie,
    says: "De locatie is er een waar de begeleider of het panellid kan zijn.",
    kind: Kind::Person(judge),
};

fn judge(roster: &Roster, place: Place, seat: Seat) -> bool {
    match (&roster.people[seat.person].locations, place.location) {
        (Some(possible), Some(location)) => possible.contains(&location),
        _ => true,
    }
}
