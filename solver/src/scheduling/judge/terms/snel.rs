//! −(date of the interview − aangemeld) (days).

use crate::scheduling::facts::ids::UnitId;
use crate::scheduling::facts::plan::Block;
use crate::scheduling::facts::roster::Roster;

use super::{Kind, Term, TermCode};

/// The term.
pub const TERM: Term = Term { code: TermCode::Snel, says: "Wie zich eerder aanmeldde, wacht korter.", kind: Kind::Member(judge) };

fn judge(roster: &Roster, block: &Block, unit: UnitId) -> i64 {
    let day = block.place.moment().map(|moment| moment.day);
    day.map_or(0, |day| i64::from(roster.units[unit].registered.0) - i64::from(day.0))
}
