//! Judges a plan from wave and plan alone: every breach, every goal's value and who changes. Knows neither model nor engine.

pub mod fairness;
pub mod handbook;
pub mod keep;
mod pairs;
pub mod reasons;
pub mod rules;
pub mod terms;

use crate::common::tables::{Id, Table};
use crate::matching::facts::codes::TermCode;
use crate::matching::facts::ids::{CandidateId, CoachId, SeatId};
use crate::matching::facts::plan::{Placement, Plan};
use crate::matching::facts::policy::Goal;
use crate::matching::facts::wave::Wave;
use crate::matching::judge::keep::Keepable;
use crate::matching::judge::rules::{Breach, RULES, Rule, tally};
use crate::matching::judge::terms::TERMS;

pub use pairs::{allowed, blocking, forbids};

/// Everything the judge has to say about a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Findings {
    /// Every breach of a rule, in the order of the list of rules; empty for a plan that may be shown.
    pub breaches: Vec<Breach>,
    /// The value of every goal of the policy, in order.
    pub values: Vec<i64>,
    /// Who changes.
    pub changes: Changes,
}

/// Who a plan changes with regard to the previous plan, in the order of [`CandidateId`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Candidates who lose what could be kept.
    pub changed: Vec<CandidateId>,
    /// Candidates whose entry names a part that cannot be kept, whatever the plan.
    pub forced: Vec<CandidateId>,
}

/// Judges a plan. When the policy limits changes and `least_changes` is not known, that one rule is not judged.
pub fn judge(wave: &Wave, plan: &Plan, least_changes: Option<u32>) -> Findings {
    Judge::new(wave).findings(plan, least_changes)
}

/// The terms that give a placement points other than 0, in the order of the list of terms.
pub fn points(wave: &Wave, candidate: CandidateId, placement: Placement) -> Vec<(TermCode, i64)> {
    TERMS
        .iter()
        .filter_map(|term| match term.kind {
            terms::Kind::Placement { judge, .. } => Some((term.code, judge(wave, candidate, placement))),
            terms::Kind::Load { .. } => None,
        })
        .filter(|&(_, points)| points != 0)
        .collect()
}

/// The value of one goal: Σ weight · points over its terms.
pub fn value(wave: &Wave, goal: &Goal, plan: &Plan) -> i64 {
    let of = |&(code, weight): &(TermCode, i64)| {
        let points = match code.term().kind {
            terms::Kind::Placement { judge, .. } => {
                tally::placed(plan).map(|(candidate, placement)| judge(wave, candidate, placement)).sum()
            }
            terms::Kind::Load { judge, .. } => judge(wave, plan),
        };
        weight * points
    };
    goal.weights.iter().map(of).sum()
}

/// Who a plan changes.
pub fn changes(wave: &Wave, plan: &Plan) -> Changes {
    Judge::new(wave).changes(plan)
}

/// The judge's half of a rule that counts who changes, beside the least number of changes.
type CountJudge = fn(&Wave, usize, u32) -> Vec<Breach>;

/// A judge who has read the wave once, for many plans of it.
pub struct Judge<'a> {
    wave: &'a Wave,
    keepable: Table<CandidateId, Keepable>,
    forced: Vec<CandidateId>,
    small: Option<Small>,
}

impl<'a> Judge<'a> {
    /// Reads the wave: what can be kept, and on a tiny wave the verdict on every placement.
    pub fn new(wave: &'a Wave) -> Self {
        let keepable = wave.candidates.ids().map(|candidate| keep::keepable(wave, candidate)).collect::<Vec<_>>();
        let keepable = Table::from(keepable);
        let forced =
            keepable.pairs().filter(|&(candidate, &kept)| keep::forces(wave, candidate, kept)).map(|(candidate, _)| candidate).collect();
        Self { wave, keepable, forced, small: Small::new(wave) }
    }

    /// Everything about a plan; see [`judge`].
    pub fn findings(&self, plan: &Plan, least_changes: Option<u32>) -> Findings {
        Findings { breaches: self.breaches(plan, least_changes), values: self.values(plan), changes: self.changes(plan) }
    }

    /// Every breach, in the order of the list of rules, then of candidates or places.
    pub fn breaches(&self, plan: &Plan, least_changes: Option<u32>) -> Vec<Breach> {
        RULES
            .iter()
            .flat_map(|rule| match rule.kind {
                rules::Kind::Pair { .. } => self.pair_breaches(rule, plan),
                rules::Kind::Shared { judge, .. } => judge(self.wave, plan),
                rules::Kind::Changes { judge } => self.change_breaches(judge, plan, least_changes),
            })
            .collect()
    }

    /// Whether there is no breach at all; quicker than [`Judge::breaches`], which it must agree with.
    pub fn obeys(&self, plan: &Plan, least_changes: Option<u32>) -> bool {
        tally::placed(plan).all(|(candidate, placement)| self.allowed(candidate, placement))
            && RULES.iter().all(|rule| match rule.kind {
                rules::Kind::Pair { .. } => true,
                rules::Kind::Shared { judge, .. } => judge(self.wave, plan).is_empty(),
                rules::Kind::Changes { judge } => self.change_breaches(judge, plan, least_changes).is_empty(),
            })
    }

    /// [`allowed`], looked up on a tiny wave.
    pub fn allowed(&self, candidate: CandidateId, placement: Placement) -> bool {
        match &self.small {
            Some(small) => small.allowed[small.at(candidate, placement)],
            None => allowed(self.wave, candidate, placement),
        }
    }

    /// The value of every goal of the policy, in order; see [`value`].
    pub fn values(&self, plan: &Plan) -> Vec<i64> {
        let goals = &self.wave.policy.goals;
        let Some(small) = &self.small else {
            return goals.iter().map(|goal| value(self.wave, goal, plan)).collect();
        };
        goals
            .iter()
            .zip(&small.points)
            .map(|(goal, points)| {
                let placements: i64 = tally::placed(plan).map(|(candidate, placement)| points[small.at(candidate, placement)]).sum();
                placements + load_value(self.wave, goal, plan)
            })
            .collect()
    }

    /// Who a plan changes.
    pub fn changes(&self, plan: &Plan) -> Changes {
        Changes { changed: self.changed(plan).collect(), forced: self.forced.clone() }
    }

    /// How many people a plan changes.
    pub fn change_count(&self, plan: &Plan) -> usize {
        self.changed(plan).count()
    }

    /// What can be kept of a candidate's previous entry.
    pub fn keepable(&self, candidate: CandidateId) -> Keepable {
        self.keepable[candidate]
    }

    fn changed(&self, plan: &Plan) -> impl Iterator<Item = CandidateId> {
        self.keepable
            .pairs()
            .filter(|&(candidate, &kept)| keep::changes(self.wave, candidate, kept, plan[candidate]))
            .map(|(candidate, _)| candidate)
    }

    fn pair_breaches(&self, rule: &Rule, plan: &Plan) -> Vec<Breach> {
        tally::placed(plan)
            .filter(|&(candidate, placement)| forbids(self.wave, rule, candidate, placement))
            .map(|(candidate, placement)| Breach {
                rule: rule.code,
                candidate: Some(candidate),
                place: format!("{}:{}", tally::seat_name(self.wave, placement.seat), self.wave.coaches[placement.coach].id),
                used: 1,
                at_most: 0,
            })
            .collect()
    }

    fn change_breaches(&self, judge: CountJudge, plan: &Plan, least_changes: Option<u32>) -> Vec<Breach> {
        match least_changes {
            Some(least) if self.wave.policy.max_changes.is_some() => judge(self.wave, self.change_count(plan), least),
            _ => Vec::new(),
        }
    }
}

fn load_value(wave: &Wave, goal: &Goal, plan: &Plan) -> i64 {
    goal.weights
        .iter()
        .map(|&(code, weight)| match code.term().kind {
            terms::Kind::Load { judge, .. } => weight * judge(wave, plan),
            terms::Kind::Placement { .. } => 0,
        })
        .sum()
}

/// The verdict on every (candidate, seat group, coach) of a tiny wave, from the judge halves, so that trying every plan is quick.
struct Small {
    seats: usize,
    coaches: usize,
    allowed: Vec<bool>,
    /// Per goal, the weighted points of every placement.
    points: Vec<Vec<i64>>,
}

impl Small {
    /// Most placements for which a table is made.
    const MOST: usize = 4096;

    fn new(wave: &Wave) -> Option<Self> {
        let (seats, coaches) = (wave.seats.len(), wave.coaches.len());
        let size = wave.candidates.len().checked_mul(seats)?.checked_mul(coaches)?;
        if size > Self::MOST {
            return None;
        }
        let every = || {
            (0..size).map(|at| {
                let (candidate, seat) = (at / coaches / seats, at / coaches % seats);
                let placement = Placement { seat: SeatId::new(seat), coach: CoachId::new(at % coaches) };
                (CandidateId::new(candidate), placement)
            })
        };
        let worth = |goal: &Goal, candidate, placement| {
            goal.weights
                .iter()
                .map(|&(code, weight)| match code.term().kind {
                    terms::Kind::Placement { judge, .. } => weight * judge(wave, candidate, placement),
                    terms::Kind::Load { .. } => 0,
                })
                .sum()
        };
        Some(Self {
            seats,
            coaches,
            allowed: every().map(|(candidate, placement)| allowed(wave, candidate, placement)).collect(),
            points: wave.policy.goals.iter().map(|goal| every().map(|(c, placement)| worth(goal, c, placement)).collect()).collect(),
        })
    }

    fn at(&self, candidate: CandidateId, placement: Placement) -> usize {
        (candidate.position() * self.seats + placement.seat.position()) * self.coaches + placement.coach.position()
    }
}
