//! Unless policy eigen_school is true: no staff person works at the member's school (peer groups, courses).

use crate::scheduling::facts::ids::UnitId;
use crate::scheduling::facts::plan::{Place, Seat};
use crate::scheduling::facts::roster::Roster;

use super::{Kind, Rule, RuleCode};

/// The rule.
pub const RULE: Rule =
    Rule { code: RuleCode::EigenSchool, says: "Niemand wordt begeleid door iemand van de eigen school.", kind: Kind::Meeting(judge) };

fn judge(roster: &Roster, unit: UnitId, _place: Place, staff: &[Seat]) -> bool {
    let may = roster.groups().map(|groups| groups.own_school).or_else(|| roster.courses().map(|courses| courses.own_school));
    let Some(school) = roster.units[unit].school.as_ref().filter(|_| may == Some(false)) else { return true };
    !staff.iter().any(|seat| roster.people[seat.person].school.as_ref() == Some(school))
}
