//! What is scarce: what one more of each limit, or ten more minutes of a candidate, is worth per goal, ranked and confirmed by solving.
//!
//! What is asked first is chosen by what single moves in the plan shown could gain; what is said of a change is solved for.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::common::control::Control;
use crate::common::tables::{Id, Table};
use crate::matching::facts::codes::RuleCode;
use crate::matching::facts::ids::{BoardId, CandidateId};
use crate::matching::facts::plan::Placement;
use crate::matching::facts::wave::Wave;
use crate::matching::judge;
use crate::matching::judge::rules::Members;
use crate::matching::judge::rules::Weight;
use crate::matching::judge::terms::Kind;

use super::ask::{Answer, Asked, ask};
use super::change::Change;
use super::limits::{LimitKey, Usage};
use super::own::points;
use super::{Base, over};

/// Minutes more of a candidate that are looked at.
pub const MINUTES: u32 = 10;
/// Hours more of a coach that are looked at.
pub const HOURS: i64 = 15;

/// Who can make a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Actor {
    /// A board, with its schools.
    Board(BoardId),
    /// Whoever leads the coach pool.
    Pool,
    /// The candidate.
    Candidate(CandidateId),
}

/// Who can make a change of this kind.
pub fn actor(wave: &Wave, change: &Change) -> Actor {
    match change {
        Change::Force { candidate, .. }
        | Change::Forbid { candidate, .. }
        | Change::Travel { candidate, .. }
        | Change::Bouw { candidate, .. }
        | Change::Kind { candidate, .. }
        | Change::Board { candidate, .. } => Actor::Candidate(*candidate),
        Change::CoachTravel { .. } | Change::CoachBouw { .. } | Change::CoachKind { .. } => Actor::Pool,
        Change::More { limit, .. } => match limit.members {
            Members::Seat(seat) => Actor::Board(wave.school_of(seat).board),
            Members::School(school) => Actor::Board(wave.schools[school].board),
            Members::Board(board) => Actor::Board(board),
            Members::Shared(seat) => Actor::Board(wave.school_of(seat).board),
            Members::Coach(_) | Members::External | Members::All | Members::Pair(..) => Actor::Pool,
        },
    }
}

/// What one change is worth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Worth {
    /// The change.
    pub change: Change,
    /// Who can make it.
    pub actor: Actor,
    /// The gain per goal, and who moves.
    pub asked: Asked,
}

/// What is scarce.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scarcity {
    /// Solved for and worth something, best first.
    pub worth: Vec<Worth>,
    /// Solved for, and of no worth to any goal.
    pub idle: usize,
    /// Changes that could matter by a first look.
    pub candidates: usize,
    /// Whether it was stopped before as many were solved for as asked.
    pub stopped: bool,
}

/// The `most` most promising changes, each solved for; `of` leaves out what somebody is not to see.
pub fn scarcity(base: &Base<'_>, most: usize, of: &(dyn Fn(&Change) -> bool + Sync), control: &dyn Control) -> Scarcity {
    let mut promising = promising(base);
    promising.retain(|(change, _)| of(change));
    let candidates = promising.len();
    promising.truncate(most);
    let answers: Vec<Answer> = promising
        .par_iter()
        .map(|(change, _)| if over(control) { Answer::Stopped } else { ask(base, std::slice::from_ref(change), control) })
        .collect();
    let mut result = Scarcity { worth: Vec::new(), idle: 0, candidates, stopped: false };
    for ((change, _), answer) in promising.into_iter().zip(answers) {
        match answer {
            Answer::Possible(asked) if asked.free() => result.idle += 1,
            Answer::Possible(asked) => result.worth.push(Worth { actor: actor(base.wave, &change), change, asked: *asked }),
            Answer::Stopped => result.stopped = true,
            Answer::Impossible(_) | Answer::Contradiction(_) => {}
        }
    }
    result.worth.sort_by(|one, other| one.asked.rank(&other.asked));
    result
}

/// What a first look finds of a change: the best gain per goal by one move, goals with a tolerance left out.
type Gain = Vec<i64>;

/// Changes that could matter, most promising first.
fn promising(base: &Base<'_>) -> Vec<(Change, Gain)> {
    let wave = base.wave;
    let usage = Usage::new(wave, &base.plan);
    let people: Vec<CandidateId> = wave.candidates.ids().collect();
    let looks: Vec<Look> = people.par_iter().map(|&candidate| look(base, &usage, candidate)).collect();
    let looks: Table<CandidateId, Look> = looks.into();
    let mut best: BTreeMap<Key, Gain> = BTreeMap::new();
    let mut offer = |key: Key, gain: Gain| {
        let own = best.entry(key).or_insert_with(|| gain.clone());
        if gain > *own {
            *own = gain;
        }
    };
    for (candidate, look) in looks.pairs() {
        for (key, gain) in &look.gains {
            offer(key.clone(), gain.clone());
        }
        // Somebody without a place takes the place of somebody whom the limit lets go elsewhere.
        for &other in &look.could_replace {
            for (key, gain) in &looks[other].gains {
                let joint: Gain = gain.iter().zip(&look.instead_of[&other]).map(|(one, two)| one + two).collect();
                offer(key.clone(), joint);
            }
        }
        let _ = candidate;
    }
    let mut changes: Vec<(Change, Gain)> = best
        .into_iter()
        .map(|(key, gain)| {
            let change = match key {
                Key::Limit(_, limit) => Change::More { limit, by: step(wave, limit) },
                Key::Travel(candidate) => Change::Travel { candidate, minutes: MINUTES },
            };
            (change, gain)
        })
        .filter(|(_, gain)| gain.iter().find(|gain| **gain != 0).is_some_and(|gain| *gain > 0))
        .collect();
    changes.sort_by(|one, other| other.1.cmp(&one.1));
    changes
}

/// What is looked at of a limit: one more, or 15 hours, or the cost of 15 hours with the dearest coach.
fn step(wave: &Wave, limit: LimitKey) -> i64 {
    match limit.weight() {
        Weight::One => 1,
        Weight::Hours | Weight::NextHours => HOURS,
        Weight::Cost => HOURS * i64::from(wave.coaches.iter().map(|coach| coach.rate_cents).max().unwrap_or(0)),
    }
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    /// By the rule's word first: so it decides between changes that gain as much.
    Limit(&'static str, LimitKey),
    Travel(CandidateId),
}

/// What one person's moves could gain.
struct Look {
    /// Best gain by one move for each limit or traveller that alone stands in the way.
    gains: BTreeMap<Key, Gain>,
    /// For somebody without a place: whose place could be taken as it is.
    could_replace: Vec<CandidateId>,
    /// And what that gives.
    instead_of: BTreeMap<CandidateId, Gain>,
}

fn look(base: &Base<'_>, usage: &Usage<'_>, candidate: CandidateId) -> Look {
    let wave = base.wave;
    let mut usage = usage.clone();
    let before = match base.plan[candidate] {
        Some(placement) => {
            usage.take(candidate, placement);
            value(base, candidate, placement)
        }
        None => vec![0; wave.policy.goals.len()],
    };
    let mut look = Look { gains: BTreeMap::new(), could_replace: Vec::new(), instead_of: BTreeMap::new() };
    let mut offer = |key: Key, gain: Gain| {
        let own = look.gains.entry(key).or_insert_with(|| gain.clone());
        if gain > *own {
            *own = gain;
        }
    };
    let person = &wave.candidates[candidate];
    for seat in wave.seats.ids() {
        let minutes = wave.travel.candidate(candidate, wave.seats[seat].school);
        if minutes > person.max_travel.saturating_add(MINUTES) {
            continue;
        }
        for coach in wave.coaches.ids() {
            let placement = Placement { seat, coach };
            let exceeded = usage.exceeded(candidate, placement);
            // What people together need is no room that anybody could make.
            if exceeded.len() > 1 || exceeded.iter().any(|it| it.limit.joins()) {
                continue;
            }
            let key = match (judge::blocking(wave, candidate, placement).as_slice(), exceeded.as_slice()) {
                ([], [full]) if full.short <= step(wave, full.limit) => Key::Limit(full.limit.rule.code(), full.limit),
                ([RuleCode::Reistijd], []) => Key::Travel(candidate),
                _ => continue,
            };
            let gain = value(base, candidate, placement).iter().zip(&before).map(|(after, before)| after - before).collect();
            offer(key, gain);
        }
    }
    if base.plan[candidate].is_none() {
        for other in wave.candidates.ids() {
            if let Some(placement) = base.plan[other]
                && judge::allowed(wave, candidate, placement)
            {
                usage.take(other, placement);
                if usage.exceeded(candidate, placement).is_empty() {
                    look.could_replace.push(other);
                    look.instead_of.insert(other, value(base, candidate, placement));
                }
                usage.put(other, placement);
            }
        }
    }
    look
}

/// Points per goal of a placement, with the load of its coach as it would be then; 0 for goals with a tolerance, whose best value the
/// plan shown need not have.
fn value(base: &Base<'_>, candidate: CandidateId, placement: Placement) -> Vec<i64> {
    let wave = base.wave;
    let load = base.plan.pairs().filter(|(other, at)| *other != candidate && at.is_some_and(|at| at.coach == placement.coach)).count();
    let load = u32::try_from(load).unwrap_or(u32::MAX - 1) + 1;
    let mut values = points(wave, candidate, placement);
    for (goal, value) in wave.policy.goals.iter().zip(&mut values) {
        for &(code, weight) in &goal.weights {
            if let Kind::Load { write, .. } = code.term().kind {
                *value += weight * write(wave, placement.coach, load);
            }
        }
        if goal.tolerance_percent > 0 {
            *value = 0;
        }
    }
    values
}

/// Who can act, for grouping: boards by id, then the pool, then candidates by row.
pub fn by_actor<'a>(wave: &Wave, worth: &'a [Worth]) -> Vec<(Actor, Vec<&'a Worth>)> {
    let mut groups: Vec<(Actor, Vec<&Worth>)> = Vec::new();
    for item in worth {
        match groups.iter_mut().find(|(actor, _)| *actor == item.actor) {
            Some((_, items)) => items.push(item),
            None => groups.push((item.actor, vec![item])),
        }
    }
    groups.sort_by_key(|(actor, _)| match actor {
        Actor::Board(board) => (0, board.position()),
        Actor::Pool => (1, 0),
        Actor::Candidate(candidate) => (2, wave.candidates[*candidate].row),
    });
    groups
}
