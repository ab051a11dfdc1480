//! What a stage maximises, by the judges' halves of the terms: points of placements, and points of a coach's load.

use crate::common::tables::{Id, Table};
use crate::matching::facts::certificate::Stage;
use crate::matching::facts::ids::{CandidateId, CoachId, SeatId};
use crate::matching::facts::plan::{self, Placement, Plan};
use crate::matching::facts::policy::Goal;
use crate::matching::facts::wave::Wave;
use crate::matching::judge;
use crate::matching::judge::keep::{self, Keepable};
use crate::matching::judge::terms::Kind;

/// The judge's half of a term that looks at one placement, with its weight.
type Judged = (i64, fn(&Wave, CandidateId, Placement) -> i64);

/// A stage's objective.
pub struct Aim<'a> {
    wave: &'a Wave,
    goal: Option<&'a Goal>,
    keepable: &'a Table<CandidateId, Keepable>,
    terms: Vec<Judged>,
}

impl<'a> Aim<'a> {
    /// The objective of a stage; `None` when the policy has no such goal.
    pub fn new(wave: &'a Wave, keepable: &'a Table<CandidateId, Keepable>, stage: Stage) -> Option<Self> {
        let goal = match stage {
            Stage::Changes => None,
            Stage::Goal(number) => Some(wave.policy.goals.get(number)?),
        };
        let terms = goal
            .iter()
            .flat_map(|goal| &goal.weights)
            .filter_map(|&(code, weight)| match code.term().kind {
                Kind::Placement { judge, .. } => Some((weight, judge)),
                Kind::Load { .. } => None,
            })
            .collect();
        Some(Self { wave, goal, keepable, terms })
    }

    /// Points of one placement.
    pub fn points(&self, candidate: CandidateId, placement: Placement) -> i64 {
        if self.goal.is_none() {
            let kept = self.keepable[candidate];
            return i64::from(kept != Keepable::Nothing && !keep::changes(self.wave, candidate, kept, Some(placement)));
        }
        self.terms.iter().map(|(weight, judge)| weight * judge(self.wave, candidate, placement)).sum()
    }

    /// Points of a coach's load for 0, 1, … `most` placements; empty when the objective does not look at load.
    pub fn load(&self, coach: CoachId, most: usize) -> Vec<i64> {
        let judges: Vec<_> = self
            .goal
            .iter()
            .flat_map(|goal| &goal.weights)
            .filter_map(|&(code, weight)| match code.term().kind {
                Kind::Load { judge, .. } if weight != 0 => Some((weight, judge)),
                Kind::Load { .. } | Kind::Placement { .. } => None,
            })
            .collect();
        if judges.is_empty() || self.wave.seats.is_empty() {
            return Vec::new();
        }
        // The judge looks at whole plans; what a coach's load is worth does not depend on who is placed where, or on other coaches.
        let mut plan = plan::empty(self.wave);
        let value = |plan: &Plan| judges.iter().map(|(weight, judge)| weight * judge(self.wave, plan)).sum::<i64>();
        let mut load = vec![value(&plan)];
        for candidate in self.wave.candidates.ids().take(most) {
            plan[candidate] = Some(Placement { seat: SeatId::new(0), coach });
            load.push(value(&plan));
        }
        load
    }

    /// The value of a whole plan.
    pub fn value(&self, plan: &Plan) -> i64 {
        match self.goal {
            Some(goal) => judge::value(self.wave, goal, plan),
            None => plan.pairs().filter_map(|(candidate, placement)| Some(self.points(candidate, (*placement)?))).sum(),
        }
    }
}
