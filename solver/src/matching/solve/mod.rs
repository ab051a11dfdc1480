//! Solves a wave: every goal in order, proven where the time allows, and judged before anyone sees the plan.

pub mod certificate;
pub(crate) mod conflict;
pub(crate) mod goal;
mod memory;
pub mod model;
pub mod plain;
mod pursue;
mod run;
pub mod swaps;
mod swift;
pub mod tuning;

use std::sync::atomic::Ordering;
use std::time::Duration;

use crate::common::control::{Control, Progress};
use crate::common::tables::Table;
use crate::engine;
use crate::matching::facts::certificate::Certificate;
use crate::matching::facts::ids::CandidateId;
use crate::matching::facts::outcome::{Conflict, GoalResult, Outcome, Verdict, Work};
use crate::matching::facts::plan::Plan;
use crate::matching::facts::policy::Goal;
use crate::matching::facts::wave::Wave;
use crate::matching::judge;
use crate::matching::judge::keep::{Keepable, keepable};
use crate::matching::judge::reasons;
use crate::matching::solve::certificate::write::write;
use crate::matching::solve::model::blocks::Face;
use crate::matching::solve::model::points::Objective;
use crate::matching::solve::plain::{PlainStatus, solve_plain};
use crate::matching::solve::tuning::Tuning;

pub use memory::Memory;
use pursue::Pursued;
use run::{Checked, Run};

/// Which formulation answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Engine {
    /// Columns priced in, coach limits tightened, goals on the face of the goals before.
    #[default]
    Priced,
    /// One column per placement through good_lp: the readable second opinion.
    Plain,
}

/// What the caller asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Which formulation answers.
    pub engine: Engine,
    /// Keep the dual prices that prove each bound.
    pub certificate: bool,
    /// How the engine works; for tests.
    pub tuning: Tuning,
}

/// The best plan for the wave, or why there is none.
pub fn solve(wave: &Wave, options: &Options, control: &dyn Control) -> Outcome {
    solve_again(wave, options, None, control)
}

/// [`solve`], from what an earlier solve knew.
pub fn solve_again(wave: &Wave, options: &Options, memory: Option<&Memory>, control: &dyn Control) -> Outcome {
    solved(wave, options, memory, control, None)
}

/// [`solve_again`] that tells of plans on the way: after each goal but the last the plan so far, which has passed the judge, as the
/// outcome of a solve that ends here. Making such an outcome costs a look of the judge at each finished goal.
pub fn solve_telling(
    wave: &Wave,
    options: &Options,
    memory: Option<&Memory>,
    control: &dyn Control,
    checked: &(dyn Fn(Outcome) + Sync),
) -> Outcome {
    solved(wave, options, memory, control, Some(checked))
}

fn solved<'a>(
    wave: &'a Wave,
    options: &Options,
    memory: Option<&'a Memory>,
    control: &'a dyn Control,
    checked: Option<&'a Checked<'a>>,
) -> Outcome {
    let Some(mut run) = Run::new(wave, control) else { return swift::outcome(wave, memory.map(|memory| &memory.plan), control) };
    run.face.whole = options.certificate;
    run.tuning = options.tuning;
    run.memory = memory;
    run.checked = checked;
    let ended = match options.engine {
        Engine::Priced => run.whole(),
        Engine::Plain => run.plain(),
    };
    run.outcome(ended)
}

/// [`solve_again`] with one goal more after the last: fewest differences from the memory's plan. With what is known of that goal: the most
/// people placed as there, less those it leaves out who are placed (best and bound).
pub(crate) fn solve_near(wave: &Wave, options: &Options, memory: &Memory, control: &dyn Control) -> (Outcome, Option<(i64, i64)>) {
    let Some(mut run) = Run::new(wave, control) else { return (swift::outcome(wave, Some(&memory.plan), control), None) };
    run.face.whole = options.certificate;
    run.tuning = options.tuning;
    run.memory = Some(memory);
    run.near = true;
    let ended = run.whole();
    let nearest = run.nearest;
    (run.outcome(ended), nearest)
}

/// What one objective can come to.
pub(crate) enum Most {
    /// The largest value not excluded, and the best plan found.
    Known { bound: i64, plan: Plan },
    /// No plan obeys the locks.
    Impossible,
    /// Stopped before a plan was known.
    Stopped,
}

/// The best of one objective among plans that obey the rules, without the policy's goals.
pub(crate) fn most_of(wave: &Wave, objective: &Objective, memory: &Memory, control: &dyn Control) -> Most {
    let Some(mut run) = Run::new(wave, control) else { return Most::Stopped };
    run.memory = Some(memory);
    let locked = wave.locked();
    if !locked.is_empty() {
        match run.lock(&locked) {
            Some(true) => {}
            Some(false) => return Most::Impossible,
            None => return Most::Stopped,
        }
    }
    if run.limit_changes().is_none() {
        return Most::Stopped;
    }
    let Pursued { bound, .. } = run.pursue(objective, None);
    match judge::Judge::new(wave).obeys(&run.plan, run.least_changes) {
        true => Most::Known { bound, plan: run.plan },
        false => Most::Stopped,
    }
}

/// How a run ended before judging.
enum Ended {
    Planned,
    Impossible(Vec<Conflict>),
    Stopped,
}

impl Run<'_> {
    fn whole(&mut self) -> Ended {
        let locked = self.wave.locked();
        if !locked.is_empty() {
            match self.lock(&locked) {
                Some(true) => {}
                Some(false) => {
                    return match conflict::irreducible(self.wave, &locked, self.control) {
                        Some(conflict) => Ended::Impossible(conflict),
                        None => Ended::Stopped,
                    };
                }
                None => return Ended::Stopped,
            }
        }
        let Some(mut before) = self.limit_changes() else { return Ended::Stopped };
        let mut halted = false;
        for number in 0..self.wave.policy.goals.len() {
            let goal = &self.wave.policy.goals[number];
            let began = self.control.elapsed();
            let objective = Objective::Goal(goal.clone());
            halted |= self.control.over();
            if halted {
                self.place_somebody(number == 0);
                let (best, bound) = self.unsought(goal, self.unsure.is_none());
                let time = self.control.elapsed().saturating_sub(began);
                self.goals.push(GoalResult { best, bound, floor: goal.floor(best), value: 0, time, certificate: None });
                if best != bound && self.unsure.is_none() {
                    self.unsure = Some(self.face.clone());
                }
                continue;
            }
            let pursued = self.pursue(&objective, Some((number, goal)));
            let (mut best, mut bound) = (pursued.best, pursued.bound);
            if best != bound && self.control.over() {
                // Nothing was found before it had to end.
                self.place_somebody(number == 0);
                best = best.max(judge::value(self.wave, goal, &self.plan));
            }
            if judge::value(self.wave, goal, &self.plan) != best {
                // The model and the judge disagree about this plan: nothing is claimed.
                self.tally.repairs.fetch_add(1, Ordering::Relaxed);
                bound = bound.max(best + 1);
            }
            if let Some(unsure) = &self.unsure {
                // Proven of this run's floors is not proven of the wave.
                bound = bound.max(self.ceiling(unsure, &objective)).max(best + 1);
            }
            let floor = goal.floor(best);
            let certificate = if self.unsure.is_none() { self.certificate(&pursued) } else { None };
            let certificate = certificate.map(|found| Certificate { before: before.take(), ..found });
            if number + 1 < self.wave.policy.goals.len() || self.near {
                self.keep(&objective, pursued, floor);
                if best != bound && self.unsure.is_none() {
                    self.unsure = Some(self.face.clone());
                }
            }
            self.goals.push(GoalResult { best, bound, floor, value: 0, time: self.control.elapsed().saturating_sub(began), certificate });
            self.control.progress(&Progress {
                goal: number,
                name: &goal.name,
                value: Some(best),
                bound: Some(bound),
                columns: self.tally.columns.load(Ordering::Relaxed),
                nodes: self.tally.nodes.load(Ordering::Relaxed),
                finished: true,
            });
            if let Some(checked) = self.checked.filter(|_| number + 1 < self.wave.policy.goals.len()) {
                self.so_far().into_iter().for_each(checked);
            }
        }
        // After a stop the face does not yet keep what the goals reached.
        if let Some(memory) = self.memory.filter(|_| self.near && !halted) {
            let Pursued { best, bound, .. } = self.pursue(&Objective::Near(memory.plan.clone()), None);
            self.nearest = Some((best, bound));
        }
        Ended::Planned
    }

    /// When it has to end before anybody is placed, a plan is made without looking for a good one.
    fn place_somebody(&mut self, first: bool) {
        let nobody = self.plan.iter().all(Option::is_none);
        if first && nobody && self.wave.policy.max_changes.is_none() {
            self.plan = swift::plan(self.wave, self.memory.map(|memory| &memory.plan));
        }
    }

    /// Leaves only plans in play that change few enough people, with the certificate of the least number; `None` when that number could
    /// not be proven: which plans change too much is only known once it is.
    fn limit_changes(&mut self) -> Option<Option<Box<Certificate>>> {
        let Some(most) = self.wave.policy.max_changes else { return Some(None) };
        let entries = self.wave.candidates.ids().filter(|&candidate| keepable(self.wave, candidate) != Keepable::Nothing).count();
        let kept = self.pursue(&Objective::Kept, None);
        let best = kept.best;
        if best != kept.bound {
            // Against an unproven least number no plan can be judged: `wijzigingen` counts from the true one.
            return None;
        }
        let before = self.certificate(&kept).map(Box::new);
        let at_least = best - i64::from(most);
        self.least_changes = Some(u32::try_from(entries as i64 - best).unwrap_or(0));
        self.keep(&Objective::Kept, kept, at_least);
        Some(before)
    }

    /// The prices of what was just pursued, with the plan that was found, when they are asked for.
    fn certificate(&self, Pursued { blocks, solved, scale, .. }: &Pursued) -> Option<Certificate> {
        let written = self.face.whole.then(|| write(&self.model, &self.face, &self.wave.policy.goals, blocks, solved, *scale)).flatten()?;
        Some(Certificate { witness: Some(self.plan.clone()), ..written })
    }

    /// The same by the second opinion's formulation.
    fn plain(&mut self) -> Ended {
        let began = self.control.elapsed();
        let result = solve_plain(self.wave, self.control);
        match (&result.status, result.plan) {
            (PlainStatus::Impossible, _) => {
                return match conflict::irreducible(self.wave, &self.wave.locked(), self.control) {
                    Some(conflict) => Ended::Impossible(conflict),
                    None => Ended::Stopped,
                };
            }
            (_, None) => return Ended::Stopped,
            (_, Some(plan)) => self.plan = plan,
        }
        self.least_changes = result.least_changes;
        for (number, goal) in self.wave.policy.goals.iter().enumerate() {
            let found = result.best.get(number).copied();
            let best = found.unwrap_or_else(|| judge::value(self.wave, goal, &self.plan));
            let bound = found.unwrap_or_else(|| self.ceiling(&self.face, &Objective::Goal(goal.clone())).max(best));
            let time = self.control.elapsed().saturating_sub(began);
            self.goals.push(GoalResult { best, bound, floor: goal.floor(best), value: 0, time, certificate: None });
        }
        Ended::Planned
    }

    /// What is known of a goal that nothing is looked for: the plan's own value, and what each person could bring at most. `sure` when
    /// every goal before it is proven.
    fn unsought(&self, goal: &Goal, sure: bool) -> (i64, i64) {
        let best = judge::value(self.wave, goal, &self.plan);
        let least = best + i64::from(!sure);
        (best, self.ceiling(self.unsure.as_ref().unwrap_or(&self.face), &Objective::Goal(goal.clone())).max(least))
    }

    /// The outcome if the solve were stopped now; `None` when the plan does not pass the judge.
    fn so_far(&self) -> Option<Outcome> {
        let mut goals: Vec<GoalResult> = self.goals.clone();
        let mut sure = self.unsure.is_none();
        for goal in &self.wave.policy.goals[goals.len()..] {
            let (best, bound) = self.unsought(goal, sure);
            sure &= best == bound;
            goals.push(GoalResult { best, bound, floor: goal.floor(best), value: 0, time: Duration::ZERO, certificate: None });
        }
        self.judged(goals)
    }

    /// What no plan of a face can exceed, from each candidate's best placement alone.
    fn ceiling(&self, face: &Face, objective: &Objective) -> i64 {
        let mut most: Table<CandidateId, Option<i64>> = Table::filled(self.wave.candidates.len(), None);
        for (column, points) in face.columns.iter().zip(objective.points(self.wave, &face.columns)) {
            let best = &mut most[column.candidate];
            *best = Some(best.map_or(points, |best| best.max(points)));
        }
        let placed: i64 =
            most.pairs().map(|(candidate, best)| best.unwrap_or(0).max(if face.must[candidate] { i64::MIN } else { 0 })).sum();
        let load: i64 = objective.load(self.wave, &self.model).iter().flatten().map(|&points| points.max(0)).sum();
        placed + load
    }

    fn outcome(mut self, ended: Ended) -> Outcome {
        let nothing = |verdict, conflict, work| Outcome {
            verdict,
            goals: Vec::new(),
            plan: None,
            unplaced: Vec::new(),
            conflict,
            least_changes: None,
            work,
        };
        match ended {
            Ended::Impossible(conflict) => nothing(Verdict::Impossible, conflict, self.work()),
            Ended::Stopped => nothing(Verdict::Stopped, Vec::new(), self.work()),
            // Nothing unchecked is ever shown.
            Ended::Planned => {
                let goals = std::mem::take(&mut self.goals);
                let planned = self.judged(goals).filter(|it| !swift::before_any_plan(it, self.control));
                planned.unwrap_or_else(|| nothing(Verdict::Stopped, Vec::new(), self.work()))
            }
        }
    }

    fn work(&self) -> Work {
        Work {
            engine: engine::name(),
            placements: self.model.columns.len() as u64,
            columns: self.tally.columns.load(Ordering::Relaxed),
            programs: self.tally.programs.load(Ordering::Relaxed),
            nodes: self.tally.nodes.load(Ordering::Relaxed),
            repairs: self.tally.repairs.load(Ordering::Relaxed),
        }
    }

    /// The plan with what is known of each goal, as the judge sees it; `None` when a rule is broken.
    fn judged(&self, mut goals: Vec<GoalResult>) -> Option<Outcome> {
        let findings = judge::judge(self.wave, &self.plan, self.least_changes);
        if !findings.breaches.is_empty() {
            return None;
        }
        for (goal, value) in goals.iter_mut().zip(&findings.values) {
            goal.value = *value;
            if let Some(certificate) = goal.certificate.as_mut().filter(|_| goal.best == *value) {
                certificate.witness = None;
            }
        }
        if let Some(before) = goals.first_mut().and_then(|goal| goal.certificate.as_mut()?.before.as_mut())
            && self.least_changes == u32::try_from(findings.changes.changed.len()).ok()
        {
            before.witness = None;
        }
        let proven = goals.iter().all(GoalResult::proven);
        Some(Outcome {
            verdict: if proven { Verdict::Optimal } else { Verdict::Feasible },
            unplaced: reasons::unplaced_within(self.wave, &self.plan, proven, self.control),
            goals,
            plan: Some(self.plan.clone()),
            conflict: Vec::new(),
            least_changes: self.least_changes,
            work: self.work(),
        })
    }
}
