//! Each staff person is available at every moment.

use crate::scheduling::facts::plan::{Place, Seat};
use crate::scheduling::facts::roster::Roster;

use super::{Kind, Rule, RuleCode};

/// The rule.
pub const RULE: Rule =
    Rule { code: RuleCode::StafBeschikbaar, says: "Wie begeleidt of in het panel zit, kan dan.", kind: Kind::Person(judge) };

fn judge(roster: &Roster, place: Place, seat: Seat) -> bool {
    let own = &roster.people[seat.person].availability;
    place.moments(roster).into_iter().all(|moment| roster.free(own, moment))
}
