//! No prohibition of the member agrees with the block in every field it names.

use crate::scheduling::facts::ids::UnitId;
use crate::scheduling::facts::plan::{Place, Seat};
use crate::scheduling::facts::roster::Roster;

use super::{Kind, Rule, RuleCode};

/// The rule.
pub const RULE: Rule = Rule { code: RuleCode::Verboden, says: "Wat verboden is, gebeurt niet.", kind: Kind::Meeting(judge) };

fn judge(roster: &Roster, unit: UnitId, place: Place, staff: &[Seat]) -> bool {
    !roster.units[unit].bans.iter().any(|ban| ban.agrees(roster, place, staff))
}
