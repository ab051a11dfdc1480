//! Why this placement: its points, what would be better for this person, and what stands in the way of that.

use rayon::prelude::*;

use crate::common::control::Control;
use crate::matching::facts::codes::{RuleCode, TermCode};
use crate::matching::facts::hours;
use crate::matching::facts::ids::{CandidateId, SeatId};
use crate::matching::facts::plan::Placement;
use crate::matching::facts::wave::Wave;
use crate::matching::judge;

use super::ask::{Answer, ask};
use super::change::Change;
use super::limits::{Exceeded, Usage, holders};
use super::own::own;
use super::{Base, over};

/// A pair rule that forbids a placement, with its numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Obstacle {
    /// Which rule.
    pub rule: RuleCode,
    /// What the placement has, and what the rule asks: minutes, or half-days together.
    pub figures: Option<(i64, i64)>,
}

/// A shared limit that is full, and who holds it in the plan shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Full {
    /// The limit and what it is short of.
    pub exceeded: Exceeded,
    /// Who counts for it, in the order of the file's rows; the candidate aside.
    pub holders: Vec<CandidateId>,
}

/// A placement that is better for the person, and what stands in its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Better {
    /// Where and with whom.
    pub placement: Placement,
    /// Points by term.
    pub points: Vec<(TermCode, i64)>,
    /// What it is worth to the person, per goal.
    pub own: Vec<i64>,
    /// Pair rules that forbid it.
    pub obstacles: Vec<Obstacle>,
    /// Shared limits without room, with everyone else where they are.
    pub full: Vec<Full>,
    /// What placing the person there comes to: asked for the first of those that no pair rule forbids.
    pub answer: Option<Answer>,
}

/// Why somebody is placed where they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Why {
    /// The placement shown.
    pub placement: Placement,
    /// Its points by term.
    pub points: Vec<(TermCode, i64)>,
    /// What it is worth to the person, per goal.
    pub own: Vec<i64>,
    /// The best conceivable placement for the person: pair rules, limits and other people aside. Equal ones: the first of the wave.
    pub best: Better,
    /// Seat groups where the person would be better off without a pair rule in the way, best first, with the best coach there.
    pub open: Vec<Better>,
    /// Seat groups where every better placement is forbidden by a pair rule: the best there, best first.
    pub forbidden: Vec<Better>,
    /// Whether it was stopped before everything that was to be asked was answered.
    pub stopped: bool,
}

/// Explains a placement; `None` when the candidate has none. The prices of the first `ask_most` open ones are solved for.
pub fn why(base: &Base<'_>, candidate: CandidateId, ask_most: usize, control: &dyn Control) -> Option<Why> {
    let wave = base.wave;
    let placement = base.plan[candidate]?;
    let mine = own(wave, candidate, placement);
    let mut usage = Usage::new(wave, &base.plan);
    usage.take(candidate, placement);
    let seats: Vec<SeatId> = wave.seats.ids().filter(|&seat| wave.seats[seat].count > 0).collect();
    // Per seat group: the best of all coaches, and the best with a coach whom no rule forbids.
    let best_at: Vec<(Option<Placement>, Option<Placement>)> = seats
        .par_iter()
        .map(|&seat| {
            let places = || wave.coaches.ids().map(move |coach| Placement { seat, coach });
            let key = |placement: &Placement| {
                let blocked = judge::blocking(wave, candidate, *placement).len();
                let full = usage.exceeded(candidate, *placement).len();
                (own(wave, candidate, *placement), std::cmp::Reverse((blocked, full, *placement)))
            };
            (places().max_by_key(key), places().filter(|&it| judge::allowed(wave, candidate, it)).max_by_key(key))
        })
        .collect();
    let better = |placement: Placement| Better {
        placement,
        points: judge::points(wave, candidate, placement),
        own: own(wave, candidate, placement),
        obstacles: obstacles(wave, candidate, placement),
        full: usage
            .exceeded(candidate, placement)
            .into_iter()
            .map(|exceeded| {
                let mut holders = holders(wave, &base.plan, exceeded.limit);
                holders.retain(|&other| other != candidate);
                Full { exceeded, holders }
            })
            .collect(),
        answer: None,
    };
    let worth = |placement: &Placement| own(wave, candidate, *placement);
    let first = best_at.iter().filter_map(|(any, _)| *any).max_by_key(|it| (worth(it), std::cmp::Reverse(*it))).unwrap_or(placement);
    let best = better(if worth(&first) > mine { first } else { placement });
    let (mut open, mut forbidden) = (Vec::new(), Vec::new());
    for (any, allowed) in best_at {
        let more = |it: &Placement| *it != placement && worth(it) > mine;
        match (allowed.filter(more), any.filter(more)) {
            (Some(it), _) => open.push(better(it)),
            (None, Some(it)) => forbidden.push(better(it)),
            (None, None) => {}
        }
    }
    for list in [&mut open, &mut forbidden] {
        list.sort_by(|one, other| {
            other.own.cmp(&one.own).then(one.full.len().cmp(&other.full.len())).then(one.placement.cmp(&other.placement))
        });
    }
    let answers: Vec<Answer> = open[..ask_most.min(open.len())]
        .par_iter()
        .map(|it| if over(control) { Answer::Stopped } else { ask(base, &[Change::place(candidate, it.placement)], control) })
        .collect();
    let stopped = answers.contains(&Answer::Stopped);
    for (it, answer) in open.iter_mut().zip(answers) {
        it.answer = Some(answer).filter(|answer| *answer != Answer::Stopped);
    }
    Some(Why { placement, points: judge::points(wave, candidate, placement), own: mine, best, open, forbidden, stopped })
}

/// The pair rules that forbid a placement, each with its numbers.
pub fn obstacles(wave: &Wave, candidate: CandidateId, placement: Placement) -> Vec<Obstacle> {
    judge::blocking(wave, candidate, placement)
        .into_iter()
        .map(|rule| Obstacle { rule, figures: rule.rule().figures(wave, candidate, placement) })
        .collect()
}

/// h(c, s) of a placement.
pub fn hours(wave: &Wave, candidate: CandidateId, placement: Placement) -> u32 {
    hours::hours(wave, candidate, placement.school(wave))
}
