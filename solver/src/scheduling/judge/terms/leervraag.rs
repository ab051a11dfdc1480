//! leervraag_punten[first position, from 0, in the participant's list that is in offer.themas]; past the end the last (points).

use crate::scheduling::facts::ids::UnitId;
use crate::scheduling::facts::plan::Block;
use crate::scheduling::facts::roster::Roster;

use super::{Kind, Term, TermCode};

/// The term.
pub const TERM: Term =
    Term { code: TermCode::Leervraag, says: "Hoe hoger de leervraag op het lijstje staat, hoe meer punten.", kind: Kind::Member(judge) };

fn judge(roster: &Roster, block: &Block, unit: UnitId) -> i64 {
    let (Some(courses), Some(offer)) = (roster.courses(), block.place.offer(roster)) else { return 0 };
    let mut points = 0;
    for (rank, asked) in roster.units[unit].questions.iter().enumerate() {
        points = courses.question_points.get(rank).copied().unwrap_or(points);
        if courses.offers[offer].themes.contains(asked) {
            return points;
        }
    }
    0
}
