//! No staff person is one whom the member may not meet, whoever of the two named the other, nor the member.

use crate::scheduling::facts::ids::UnitId;
use crate::scheduling::facts::plan::{Place, Seat};
use crate::scheduling::facts::roster::Roster;

use super::{Kind, Rule, RuleCode};

/// The rule.
pub const RULE: Rule =
    Rule { code: RuleCode::NietMet, says: "Wie niet met elkaar mogen, ontmoeten elkaar niet.", kind: Kind::Meeting(judge) };

fn judge(roster: &Roster, unit: UnitId, _place: Place, staff: &[Seat]) -> bool {
    let row = &roster.units[unit];
    !staff.iter().any(|seat| row.avoids.contains(&seat.person) || row.person == Some(seat.person))
}
