//! Why a proposal is this one, as parts of one short text: what it gives the candidate, and what stands in the way of something better.

use loket_solver::matching::facts::codes::RuleCode;
use loket_solver::matching::facts::ids::CandidateId;

use super::sight::Sight;
use crate::records::explained::{Better, Price, Why};

/// What a placement gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gives {
    /// The candidate stays at the school.
    Stays,
    /// The first choice of bouw.
    First,
    /// A later choice, from 2.
    Later(usize),
    /// A bouw that was not chosen.
    Other,
}

/// What stands in the way of better places that may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InTheWay {
    /// They are full.
    Full,
    /// Another goal gets worse.
    Costs,
    /// It was not worked out.
    Unknown,
}

/// Why, in parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// What it gives.
    pub gives: Gives,
    /// How many better places may be, and what is in the way of the first.
    pub open: Option<(usize, InTheWay)>,
    /// How many better places may not be, and which rule forbids the first.
    pub forbidden: Option<(usize, RuleCode)>,
}

/// What a placement gives a candidate; nothing for who has none.
pub fn gives(sight: &Sight, id: CandidateId) -> Option<Gives> {
    let it = sight.plan[id]?;
    let seat = &sight.wave.seats[it.seat];
    if sight.wave.candidates[id].current_school == Some(seat.school) {
        return Some(Gives::Stays);
    }
    Some(match sight.rank(id, seat.bouw) {
        Some(1) => Gives::First,
        Some(rank) => Gives::Later(rank),
        None => Gives::Other,
    })
}

/// Why, of an answer.
pub fn told(gives: Gives, why: &Why) -> Told {
    let open = (why.open > 0).then(|| (why.open, why.may.first().map_or(InTheWay::Unknown, in_the_way)));
    let rule = why.may_not.first().and_then(|it| it.obstacles.first()).map(|it| it.rule.0);
    Told { gives, open, forbidden: rule.filter(|_| why.forbidden > 0).map(|rule| (why.forbidden, rule)) }
}

fn in_the_way(it: &Better) -> InTheWay {
    match &it.price {
        _ if !it.full.is_empty() => InTheWay::Full,
        Some(Price::Effect(effect)) if effect.goals.iter().any(|goal| goal.exact.is_some_and(|it| it < 0)) => InTheWay::Costs,
        Some(Price::Impossible(_)) => InTheWay::Full,
        Some(Price::Effect(_) | Price::Stopped(_)) | None => InTheWay::Unknown,
    }
}
