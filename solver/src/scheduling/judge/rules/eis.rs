//! Every tag that the offer asks is one of every facilitator: offer.eisen ⊆ kenmerken.

use crate::scheduling::facts::plan::{Place, Seat};
use crate::scheduling::facts::roster::Roster;

use super::{Kind, Rule, RuleCode};

/// The rule.
pub const RULE: Rule = Rule { code: RuleCode::Eis, says: "Elke begeleider heeft wat het aanbod vraagt.", kind: Kind::Person(judge) };

fn judge(roster: &Roster, place: Place, seat: Seat) -> bool {
    match (roster.courses(), place.offer(roster)) {
        (Some(courses), Some(offer)) => courses.offers[offer].tags.iter().all(|tag| roster.people[seat.person].tags.contains(tag)),
        _ => true,
    }
}
