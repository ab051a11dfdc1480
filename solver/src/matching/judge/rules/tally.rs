//! What the judge halves of shared rules have in common: who is placed, and which counted rows exceed their limit.

use crate::common::tables::{Id, Table};
use crate::matching::facts::ids::{CandidateId, SeatId};
use crate::matching::facts::plan::{Placement, Plan};
use crate::matching::facts::wave::Wave;

use super::{Breach, RuleCode};

/// The candidates that have a placement, in order.
pub(crate) fn placed(plan: &Plan) -> impl Iterator<Item = (CandidateId, Placement)> {
    plan.pairs().filter_map(|(candidate, placement)| Some((candidate, (*placement)?)))
}

/// A breach for every row that has a limit and uses more.
pub(crate) fn over<I: Id>(
    rule: RuleCode,
    used: &Table<I, i64>,
    limit: impl Fn(I) -> Option<i64>,
    place: impl Fn(I) -> String,
) -> Vec<Breach> {
    used.pairs()
        .filter_map(|(row, &used)| {
            let at_most = limit(row)?;
            (used > at_most).then(|| Breach { rule, candidate: None, place: place(row), used, at_most })
        })
        .collect()
}

/// A limit as a wave holds it.
pub(crate) fn whole(at_most: i64) -> u32 {
    u32::try_from(at_most.max(0)).unwrap_or(u32::MAX)
}

/// A seat group's name in breaches: its school's id, a colon and its own id.
pub(crate) fn seat_name(wave: &Wave, seat: SeatId) -> String {
    format!("{}:{}", wave.school_of(seat).id, wave.seats[seat].id)
}
