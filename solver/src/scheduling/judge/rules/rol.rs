//! Each staff person has the role.

use crate::scheduling::facts::plan::{Place, Seat};
use crate::scheduling::facts::roster::Roster;

use super::{Kind, Rule, RuleCode};

/// The rule.
pub const RULE: Rule = Rule { code: RuleCode::Rol, says: "Wie in een rol zit, heeft die rol.", kind: Kind::Person(judge) };

fn judge(roster: &Roster, _place: Place, seat: Seat) -> bool {
    roster.people[seat.person].roles.contains(&roster.roles[seat.role])
}
