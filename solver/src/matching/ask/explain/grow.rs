//! Whether limits that grow make a place for somebody without lowering goal 1 for the others, and the smallest set that does.

use crate::common::control::Control;
use crate::matching::facts::ids::CandidateId;
use crate::matching::facts::plan::Plan;
use crate::matching::judge::Judge;
use crate::matching::solve::model::points::Objective;
use crate::matching::solve::{Most, most_of};

use super::change::{Change, changed};
use super::limits::{LimitKey, Usage};
use super::{Base, for_others};

/// What is known of making a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Room {
    /// This plan places the candidate and lowers goal 1 for nobody else.
    Yes(Box<Plan>),
    /// No plan does.
    No,
    /// Stopped, or not proven.
    Unknown,
}

/// What a set of limits can do for a candidate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Grown {
    /// This smallest set within it makes a place.
    Enough(Growth),
    /// There is a place, but goal 1 gets lower for the others.
    Costly,
    /// Stopped, or not proven.
    Unknown,
}

/// A set of limits with how much each must grow.
pub type Growth = Vec<(LimitKey, i64)>;

/// Asks about one candidate whom the plan shown leaves out.
pub struct Grower<'a> {
    base: &'a Base<'a>,
    candidate: CandidateId,
    control: &'a dyn Control,
    /// Goal 1 of the plan shown: all of it is for the others.
    wanted: i64,
}

impl<'a> Grower<'a> {
    /// For a candidate without a placement.
    pub fn new(base: &'a Base<'a>, candidate: CandidateId, control: &'a dyn Control) -> Self {
        Self { base, candidate, control, wanted: for_others(base.wave, candidate, &base.plan) }
    }

    /// Whether these changes make a place.
    pub fn room(&self, changes: &[Change]) -> Room {
        let mut all = changes.to_vec();
        all.push(Change::must(self.candidate));
        let Ok(wave) = changed(self.base.wave, &all) else { return Room::Unknown };
        let Some(goal) = wave.policy.goals.first() else { return Room::Unknown };
        let objective = Objective::Others(goal.clone(), self.candidate);
        match most_of(&wave, &objective, &self.base.memory, self.control) {
            Most::Known { plan, .. } if for_others(&wave, self.candidate, &plan) >= self.wanted => Room::Yes(Box::new(plan)),
            Most::Known { bound, .. } if bound < self.wanted => Room::No,
            Most::Impossible => Room::No,
            Most::Known { .. } | Most::Stopped => Room::Unknown,
        }
    }

    fn grown(&self, growth: &[(LimitKey, i64)]) -> Room {
        let changes: Vec<Change> = growth.iter().map(|&(limit, by)| Change::More { limit, by }).collect();
        self.room(&changes)
    }

    /// Whether these limits make a place however much they grow.
    fn unlimited(&self, limits: &[LimitKey]) -> Room {
        let growth: Growth = limits.iter().map(|&limit| (limit, limit.weight().largest())).collect();
        self.grown(&growth)
    }

    /// What limits that make room can do: an inclusion-minimal set within `growth`, with growths none of which can be one smaller while
    /// the others stay. Limits are dropped in turn while the others, without any limit, make a place.
    pub fn smallest(&self, growth: &Growth) -> Grown {
        match self.grown(growth) {
            Room::Yes(_) => {}
            Room::No => return Grown::Costly,
            Room::Unknown => return Grown::Unknown,
        }
        let mut left: Vec<LimitKey> = growth.iter().map(|&(limit, _)| limit).collect();
        let mut amounts = growth.clone();
        let mut witness = None;
        for &(limit, _) in growth {
            let fewer: Vec<LimitKey> = left.iter().copied().filter(|&other| other != limit).collect();
            match self.unlimited(&fewer) {
                Room::Yes(plan) => {
                    left = fewer;
                    witness = Some(plan);
                }
                Room::No => {}
                Room::Unknown => return Grown::Unknown,
            }
        }
        let replaced = witness.is_some();
        if let Some(plan) = witness {
            // What the plan that showed it uses beyond the limits as they are.
            let over = Usage::new(self.base.wave, &plan).over();
            amounts = over.into_iter().filter(|it| left.contains(&it.limit)).map(|it| (it.limit, it.short)).collect();
        }
        if replaced && !matches!(self.grown(&amounts), Room::Yes(_)) {
            return Grown::Unknown;
        }
        for position in 0..amounts.len() {
            let (mut low, mut high) = (0, amounts[position].1);
            // Growing by `high` is enough, by `low` is not; one step below is looked at first, since it mostly settles it.
            let mut probe = high - 1;
            while high - low > 1 {
                amounts[position].1 = probe;
                match self.grown(&amounts) {
                    Room::Yes(_) => high = probe,
                    Room::No => low = probe,
                    Room::Unknown => return Grown::Unknown,
                }
                probe = i64::midpoint(low, high);
            }
            amounts[position].1 = high;
        }
        Grown::Enough(amounts)
    }

    /// Whether a plan makes a place in the wave with these changes, by the judge alone.
    pub fn shows(&self, changes: &[Change], plan: &Plan) -> bool {
        let mut all = changes.to_vec();
        all.push(Change::must(self.candidate));
        changed(self.base.wave, &all).is_ok_and(|wave| {
            wave.policy.max_changes.is_none()
                && Judge::new(&wave).obeys(plan, None)
                && for_others(&wave, self.candidate, plan) >= self.wanted
        })
    }
}
