//! floor(100 · |c.coach_wensen ∩ k.kenmerken| / |c.coach_wensen|) with the coach of the session, 0 without wishes (points).

use crate::scheduling::facts::ids::UnitId;
use crate::scheduling::facts::plan::Block;
use crate::scheduling::facts::roster::Roster;
use crate::scheduling::judge::cast;

use super::{Kind, Term, TermCode};

/// The term.
pub const TERM: Term = Term { code: TermCode::Coachwens, says: "De coach heeft wat de kandidaat wenst.", kind: Kind::Member(judge) };

fn judge(roster: &Roster, block: &Block, unit: UnitId) -> i64 {
    let wishes = &roster.units[unit].coach_wishes;
    let Some(coach) = cast::coach(roster, block).filter(|_| !wishes.is_empty()) else { return 0 };
    let met = wishes.iter().filter(|wish| roster.people[coach].tags.contains(wish)).count() as i64;
    100 * met / wishes.len() as i64
}
