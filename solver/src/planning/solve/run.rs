//! One goal after another on what the goals before it left. The judge has the last word on every plan.

use super::model::Model;
use super::writer::Sum;
use crate::common::control::{Control, Progress};
use crate::common::integer_program::Side;
use crate::engine::program::face;
use crate::engine::program::whole::{Begin, End};
use crate::planning::facts::codes::RuleCode;
use crate::planning::facts::horizon::{Horizon, Lock};
use crate::planning::facts::outcome::{GoalResult, Work};
use crate::planning::facts::plan::Plan;
use crate::planning::judge;

/// How a run ended.
pub(super) enum Ended {
    /// With a plan that the judge passes, and what is known of each goal.
    Solved(Plan, Vec<GoalResult>),
    /// No plan obeys every rule and lock.
    Impossible,
    /// Without a plan.
    Stopped,
}

/// What came of one objective.
enum Found {
    /// Proven; the known plan is worth it.
    Best(i64),
    /// No plan obeys the rows.
    Impossible,
    /// Not proven: no plan is worth more than this.
    Open(i64),
}

/// Which objective is at work: a goal by its position, or any plan at all.
type Objective = Option<usize>;

struct Run<'a> {
    horizon: &'a Horizon,
    model: Model<'a>,
    control: &'a dyn Control,
    /// The best plan so far with its values: it obeys every rule and every floor.
    known: Option<(Plan, Vec<i64>)>,
    work: &'a mut Work,
}

/// Every goal in order. `start` is a plan to begin at, when it obeys the rules.
pub(super) fn run(horizon: &Horizon, start: Option<&Plan>, control: &dyn Control, work: &mut Work) -> Ended {
    let Some(model) = Model::new(horizon, &horizon.locks, &[]) else { return Ended::Stopped };
    if model.writer.stuck {
        return Ended::Impossible;
    }
    let mut run = Run { horizon, model, control, known: None, work };
    let empty = Plan::empty(horizon);
    run.known = start.into_iter().chain([&empty]).find_map(|plan| run.passed(plan.clone()));
    run.goals()
}

impl Run<'_> {
    /// A plan with its values, when it obeys every rule.
    fn passed(&self, plan: Plan) -> Option<(Plan, Vec<i64>)> {
        let findings = judge::findings(self.horizon, &plan)?;
        findings.breaches.is_empty().then_some((plan, findings.values))
    }

    fn worth(objective: Objective, values: &[i64]) -> i64 {
        objective.map_or(0, |at| values[at])
    }

    fn goals(mut self) -> Ended {
        let mut results: Vec<GoalResult> = Vec::new();
        for (at, goal) in self.horizon.policy.goals.iter().enumerate() {
            let began = self.control.elapsed();
            // After a goal that is not proven nobody knows on what face this one is best: then no bound may meet the best value.
            let sure = results.iter().all(GoalResult::proven);
            let sum = self.model.goal(goal);
            let found = self.pursue(Some(at), &sum);
            let best = self.known.as_ref().map(|(_, values)| values[at]);
            let (best, bound) = match (found, best) {
                (Found::Impossible, _) => return Ended::Impossible,
                (_, None) => return Ended::Stopped,
                (Found::Best(value), _) if sure => (value, value),
                (Found::Best(value), _) => (value, self.ceiling(&sum).max(value + 1)),
                (Found::Open(bound), Some(best)) => (best, bound.max(if sure { best } else { best + 1 })),
            };
            let floor = goal.floor(best);
            self.model.writer.row(&sum, Side::AtLeast(floor));
            if self.model.writer.unfit || self.model.writer.stuck {
                return Ended::Stopped;
            }
            let time = self.control.elapsed().saturating_sub(began);
            results.push(GoalResult { best, bound, floor, value: best, time });
            self.tell(at, Some(bound), 0, true);
        }
        if self.known.is_none() {
            // No goals at all and locks: a plan is still to be found.
            if let Found::Impossible = self.pursue(None, &Sum::default()) {
                return Ended::Impossible;
            }
        }
        let Some((plan, values)) = self.known else { return Ended::Stopped };
        results.iter_mut().zip(&values).for_each(|(result, &value)| result.value = value);
        Ended::Solved(plan, results)
    }

    /// No plan is worth more than this, by what columns can be.
    fn ceiling(&self, sum: &Sum) -> i64 {
        i64::try_from(self.model.writer.range(sum).1).unwrap_or(i64::MAX)
    }

    fn tell(&self, at: usize, bound: Option<i64>, nodes: u64, finished: bool) {
        let name = &self.horizon.policy.goals[at].name;
        let value = self.known.as_ref().map(|(_, values)| values[at]);
        let columns = self.model.writer.program.columns.len() as u64;
        self.control.progress(&Progress { goal: at, name, value, bound, columns, nodes, finished });
    }

    /// The best plan for an objective among those that keep what earlier goals reached. An answer that breaks a rule, or has another value
    /// than the columns say, is none; neither is one below what is known, or that there is none where a plan is known.
    fn pursue(&mut self, objective: Objective, sum: &Sum) -> Found {
        let ceiling = self.ceiling(sum);
        let open = Found::Open(ceiling);
        let Some(points) = self.model.writer.points(sum) else { return open };
        if self.control.over() {
            return open;
        }
        self.work.columns = self.work.columns.max(points.len() as u64);
        let number = i64::try_from(sum.number).unwrap_or(0);
        for strict in [false, true] {
            self.work.programs += 1;
            let values = self.known.as_ref().map(|(plan, _)| self.model.values(plan));
            let values = values.filter(|values| self.model.writer.program.checked(&points, values).is_some());
            let begin = Begin { values: values.as_deref(), seed: self.horizon.policy.seed, strict, ..Begin::default() };
            let heard = |nodes, bound: Option<i64>| {
                if let Some(at) = objective {
                    self.tell(at, bound.map(|bound| bound + number), nodes, false);
                }
            };
            let reached = face::maximise(&self.model.writer.program, &points, begin, self.control, &heard);
            let known = self.known.as_ref().map(|(_, values)| Self::worth(objective, values));
            let best = reached.best.and_then(|(values, value)| {
                let (plan, judged) = self.passed(self.model.plan(&values))?;
                (objective.is_none() || Self::worth(objective, &judged) == value + number).then_some((plan, judged))
            });
            let stands = best.filter(|(_, judged)| known.is_none_or(|known| Self::worth(objective, judged) >= known));
            match (reached.end, stands) {
                (End::Best, Some(found)) => {
                    let value = Self::worth(objective, &found.1);
                    self.known = Some(found);
                    return Found::Best(value);
                }
                (End::Infeasible, _) if known.is_none() => return Found::Impossible,
                (End::Stopped, stands) => {
                    self.known = stands.or_else(|| self.known.take());
                    return Found::Open(reached.bound.map_or(ceiling, |bound| (bound + number).min(ceiling)));
                }
                _ => {}
            }
        }
        open
    }
}

/// Whether some plan obeys these locks with these rules left out; `None` when that is not known.
pub(super) fn possible(horizon: &Horizon, locks: &[Lock], without: &[RuleCode], control: &dyn Control) -> Option<bool> {
    let model = Model::new(horizon, locks, without)?;
    if model.writer.stuck {
        return Some(false);
    }
    let points = vec![0; model.writer.program.columns.len()];
    let locked = Horizon { locks: locks.to_vec(), ..horizon.clone() };
    for strict in [false, true] {
        if control.over() {
            return None;
        }
        let begin = Begin { seed: horizon.policy.seed, strict, ..Begin::default() };
        let reached = face::maximise(&model.writer.program, &points, begin, control, &|_, _| {});
        match (reached.end, reached.best) {
            (End::Best, Some((values, _))) => {
                let findings = judge::findings(&locked, &model.plan(&values));
                let stands = |breaches: &[judge::rules::Breach]| breaches.iter().all(|breach| without.contains(&breach.rule));
                if findings.is_some_and(|findings| stands(&findings.breaches)) {
                    return Some(true);
                }
            }
            (End::Infeasible, _) => return Some(false),
            _ => {}
        }
    }
    None
}
