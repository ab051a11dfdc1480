//! A plan without a model, for when there is no time or no room to look for a good one: everybody in turn at the first place with room.

use std::time::Duration;

use crate::common::control::Control;
use crate::common::tables::Table;
use crate::matching::facts::ids::{CandidateId, CoachId, SeatId};
use crate::matching::facts::outcome::{GoalResult, Outcome, Verdict, Work};
use crate::matching::facts::plan::{Placement, Plan, empty};
use crate::matching::facts::together;
use crate::matching::facts::wave::Wave;
use crate::matching::facts::words::CoachKind;
use crate::matching::judge::rules::{Kind, Limit, Members, RULES};
use crate::matching::judge::{self, Judge, reasons};
use crate::matching::solve::model::columns::OneByOne;
use crate::matching::solve::model::points::Objective;

/// What is left of every shared limit.
struct Left<'a> {
    wave: &'a Wave,
    limits: Vec<(Limit, i64)>,
    by_seat: Table<SeatId, Vec<usize>>,
    by_coach: Table<CoachId, Vec<usize>>,
    together: together::Rows,
}

impl<'a> Left<'a> {
    fn new(wave: &'a Wave) -> Self {
        let shared = RULES.iter().filter_map(|rule| if let Kind::Shared { write, .. } = rule.kind { Some(write(wave)) } else { None });
        let limits: Vec<(Limit, i64)> = shared.flatten().map(|limit| (limit, limit.at_most)).collect();
        let mut by_seat: Table<SeatId, Vec<usize>> = Table::filled(wave.seats.len(), Vec::new());
        let mut by_coach: Table<CoachId, Vec<usize>> = Table::filled(wave.coaches.len(), Vec::new());
        for (at, (limit, _)) in limits.iter().enumerate() {
            match limit.members {
                Members::Seat(seat) => by_seat[seat].push(at),
                Members::School(school) => wave.schools[school].seats.iter().for_each(|&seat| by_seat[seat].push(at)),
                Members::Board(board) => {
                    let seats = wave.seats.pairs().filter(|(_, seat)| wave.schools[seat.school].board == board);
                    seats.for_each(|(seat, _)| by_seat[seat].push(at));
                }
                Members::Coach(coach) => by_coach[coach].push(at),
                Members::External => {
                    let coaches = wave.coaches.pairs().filter(|(_, coach)| coach.kind == CoachKind::Extern);
                    coaches.for_each(|(coach, _)| by_coach[coach].push(at));
                }
                Members::All => wave.coaches.ids().for_each(|coach| by_coach[coach].push(at)),
                Members::Pair(..) | Members::Shared(_) => {}
            }
        }
        let together = limits.iter().enumerate().filter_map(|(at, (limit, _))| Some((at, limit.together?)));
        let together = together::Rows::new(together);
        Self { wave, limits, by_seat, by_coach, together }
    }

    /// Whether one more placement can be at a seat group at all: its limits count one for each.
    fn there(&self, seat: SeatId) -> bool {
        self.by_seat[seat].iter().all(|&at| self.limits[at].1 > 0)
    }

    fn takes(&self, candidate: CandidateId, placement: Placement) -> bool {
        let own = self.together.of(self.wave, candidate, placement);
        let mut all = self.by_seat[placement.seat].iter().chain(&self.by_coach[placement.coach]).chain(&own);
        all.all(|&at| self.limits[at].0.weight.of(self.wave, candidate, placement) <= self.limits[at].1)
    }

    fn put(&mut self, candidate: CandidateId, placement: Placement) {
        let (wave, limits) = (self.wave, &mut self.limits);
        let own = self.together.of(wave, candidate, placement);
        for &at in self.by_seat[placement.seat].iter().chain(&self.by_coach[placement.coach]).chain(&own) {
            limits[at].1 -= limits[at].0.weight.of(wave, candidate, placement);
        }
    }
}

/// Everybody in turn at the first place with room, who is locked first; or the plan that is known, or nobody, where that is better.
pub(super) fn plan(wave: &Wave, known: Option<&Plan>) -> Plan {
    let places = OneByOne::new(wave);
    let mut left = Left::new(wave);
    let mut plan = empty(wave);
    let (locked, free): (Vec<CandidateId>, Vec<CandidateId>) = wave.candidates.ids().partition(|&it| wave.candidates[it].lock.is_some());
    for candidate in locked.into_iter().chain(free) {
        let found = places.first(candidate, &|seat| left.there(seat), &|placement| left.takes(candidate, placement));
        if let Some(placement) = found {
            left.put(candidate, placement);
            plan[candidate] = Some(placement);
        }
    }
    let judge = Judge::new(wave);
    let values = |plan: &Plan| -> Vec<i64> { wave.policy.goals.iter().map(|goal| judge::value(wave, goal, plan)).collect() };
    // Where goals pay for leaving places free, nobody placed can be better. Of equal plans the last.
    let all = [Some(empty(wave)), Some(plan.clone()), known.cloned()].into_iter().flatten();
    all.filter(|plan| judge.obeys(plan, None)).max_by_key(values).unwrap_or(plan)
}

/// The outcome of a wave for which there was no time or no room: a plan that obeys the rules, of which nothing is proven.
pub(super) fn outcome(wave: &Wave, known: Option<&Plan>, control: &dyn Control) -> Outcome {
    let nothing = || Outcome {
        verdict: Verdict::Stopped,
        goals: Vec::new(),
        plan: None,
        unplaced: Vec::new(),
        conflict: Vec::new(),
        least_changes: None,
        work: Work { engine: crate::engine::name(), ..Work::default() },
    };
    if wave.policy.max_changes.is_some() {
        // Against an unproven least number of changes no plan can be judged.
        return nothing();
    }
    let plan = plan(wave, known);
    let findings = judge::judge(wave, &plan, None);
    if !findings.breaches.is_empty() || plan.iter().all(Option::is_none) {
        return nothing();
    }
    let goals = wave.policy.goals.iter().zip(&findings.values).map(|(goal, &value)| {
        let bound = Objective::Goal(goal.clone()).ceiling(wave).max(value.saturating_add(1));
        GoalResult { best: value, bound, floor: goal.floor(value), value, time: Duration::ZERO, certificate: None }
    });
    Outcome {
        verdict: Verdict::Feasible,
        goals: goals.collect(),
        unplaced: reasons::unplaced_within(wave, &plan, false, control),
        plan: Some(plan),
        ..nothing()
    }
}

/// Whether an outcome was cut off before it placed anybody: that is no plan.
pub(super) fn before_any_plan(outcome: &Outcome, control: &dyn Control) -> bool {
    let nobody = outcome.plan.as_ref().is_none_or(|plan| plan.iter().all(Option::is_none));
    nobody && outcome.verdict == Verdict::Feasible && control.over()
}
