//! vanaf ≤ date ≤ uiterlijk at every moment (visits: van, tot); of interviews also date ≥ aangemeld.

use crate::scheduling::facts::ids::UnitId;
use crate::scheduling::facts::plan::Place;
use crate::scheduling::facts::roster::Roster;

use super::{Kind, Rule, RuleCode};

/// The rule.
pub const RULE: Rule =
    Rule { code: RuleCode::Venster, says: "Alles valt binnen de dagen die voor iemand gelden.", kind: Kind::Place(judge) };

fn judge(roster: &Roster, unit: UnitId, place: Place) -> bool {
    let row = &roster.units[unit];
    let registered = roster.interviews().map(|_| row.registered);
    place.moments(roster).into_iter().all(|moment| {
        row.from.is_none_or(|from| from <= moment.day)
            && row.until.is_none_or(|until| moment.day <= until)
            && registered.is_none_or(|registered| registered <= moment.day)
    })
}
