//! The candidate's first bouw gives most: bouw_punten[position of b(p) in c.bouwen, from 0], past the end its last value, 0 when b(p) ∉ c.bouwen (points, 0–1,000).

use crate::matching::facts::ids::{CandidateId, SeatId};
use crate::matching::facts::plan::Placement;
use crate::matching::facts::wave::Wave;

use super::{Kind, Points, Term, TermCode};

/// The term with both halves.
pub const TERM: Term = Term {
    code: TermCode::Bouw,
    says: "Hoe hoger de bouw op het lijstje van de kandidaat staat, hoe meer punten.",
    kind: Kind::Placement { write: Points::CandidateSeat(write), judge },
};

fn write(wave: &Wave, candidate: CandidateId, seat: SeatId) -> i64 {
    let scale = &wave.policy.bouw_points;
    let choices = &wave.candidates[candidate].bouwen;
    choices.iter().position(|&bouw| bouw == wave.seats[seat].bouw).and_then(|rank| scale.get(rank).or(scale.last())).copied().unwrap_or(0)
}

fn judge(wave: &Wave, candidate: CandidateId, placement: Placement) -> i64 {
    let bouw = wave.seats[placement.seat].bouw;
    let mut points = 0;
    for (rank, &chosen) in wave.candidates[candidate].bouwen.iter().enumerate() {
        points = wave.policy.bouw_points.get(rank).copied().unwrap_or(points);
        if chosen == bouw {
            return points;
        }
    }
    0
}
