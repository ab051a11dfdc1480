//! The inverse: who fits this seat group, or whom this coach could take, each with the exact price of placing that person there.

use rayon::prelude::*;

use crate::common::control::Control;
use crate::matching::facts::ids::CandidateId;
use crate::matching::facts::plan::Placement;
use crate::matching::judge;

use super::ask::{Answer, Asked, ask};
use super::change::{Change, Spot};
use super::limits::Usage;
use super::own::points;
use super::{Base, over};

/// Somebody who fits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fit {
    /// Who.
    pub candidate: CandidateId,
    /// Where and with whom, in the answer.
    pub placement: Placement,
    /// What it comes to.
    pub asked: Asked,
}

/// Who fits a spot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fits {
    /// Who is there in the plan shown, in the order of the file's rows.
    pub now: Vec<CandidateId>,
    /// How many others the pair rules allow there.
    pub allowed: usize,
    /// Of those, the ones that were solved for, best first.
    pub found: Vec<Fit>,
    /// Of those that were solved for, how many cannot be placed there whatever the plan.
    pub impossible: usize,
    /// How many were solved for; the most promising first.
    pub asked: usize,
    /// Whether it was stopped before.
    pub stopped: bool,
}

/// The `most` most promising candidates for a spot, each with the exact price.
///
/// Promising: with everyone else where they are, fewest limits without room, then most points per goal. That is only the order of asking;
/// what is said of a person is solved for.
pub fn fits(base: &Base<'_>, spot: Spot, most: usize, control: &dyn Control) -> Fits {
    let wave = base.wave;
    let at = |placement: Placement| {
        spot.seat.is_none_or(|seat| seat == placement.seat)
            && spot.coach.is_none_or(|coach| coach == placement.coach)
            && spot.school.is_none_or(|school| school == placement.school(wave))
    };
    let rows = wave.candidates_by_row();
    let here = |candidate: CandidateId| base.plan[candidate].is_some_and(at);
    let now: Vec<CandidateId> = rows.iter().copied().filter(|&candidate| here(candidate)).collect();
    let places: Vec<Placement> = wave
        .seats
        .ids()
        .flat_map(|seat| wave.coaches.ids().map(move |coach| Placement { seat, coach }))
        .filter(|&placement| at(placement))
        .collect();
    let usage = Usage::new(wave, &base.plan);
    let mut promising: Vec<(usize, Vec<i64>, CandidateId)> = rows
        .par_iter()
        .filter(|&&candidate| !here(candidate))
        .filter_map(|&candidate| {
            let mut usage = usage.clone();
            if let Some(placement) = base.plan[candidate] {
                usage.take(candidate, placement);
            }
            let worth = |&placement: &Placement| {
                let mut lost = points(wave, candidate, placement);
                lost.iter_mut().for_each(|points| *points = -*points);
                (usage.exceeded(candidate, placement).len(), lost)
            };
            places
                .iter()
                .filter(|&&placement| judge::allowed(wave, candidate, placement))
                .map(worth)
                .min()
                .map(|(full, lost)| (full, lost, candidate))
        })
        .collect();
    let allowed = promising.len();
    promising.sort_by(|one, other| (one.0, &one.1, wave.candidates[one.2].row).cmp(&(other.0, &other.1, wave.candidates[other.2].row)));
    promising.truncate(most);
    let answers: Vec<(CandidateId, Answer)> = promising
        .par_iter()
        .map(|&(_, _, candidate)| {
            let force = Change::Force { candidate, spot, despite: Vec::new() };
            (candidate, if over(control) { Answer::Stopped } else { ask(base, &[force], control) })
        })
        .collect();
    let mut fits = Fits { now, allowed, found: Vec::new(), impossible: 0, asked: 0, stopped: false };
    for (candidate, answer) in answers {
        match answer {
            Answer::Possible(asked) => {
                if let Some(placement) = asked.plan[candidate] {
                    fits.asked += 1;
                    fits.found.push(Fit { candidate, placement, asked: *asked });
                }
            }
            Answer::Impossible(_) | Answer::Contradiction(_) => {
                fits.asked += 1;
                fits.impossible += 1;
            }
            Answer::Stopped => fits.stopped = true,
        }
    }
    fits.found.sort_by(|one, other| one.asked.rank(&other.asked));
    fits
}
