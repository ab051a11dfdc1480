//! Solves a wave: every goal in order, proven where the time allows, and judged before anyone sees the plan.

use std::sync::atomic::Ordering;
use std::sync::{Mutex, OnceLock};

use rayon::prelude::*;

use crate::certificate::{Certificate, write::write};
use crate::conflict;
use crate::control::{Control, Progress};
use crate::engine;
use crate::facts::{Keepable, keepable};
use crate::goal::{self, Proof, Solved, Tally, Task, spread};
use crate::ids::{CandidateId, Table};
use crate::judge;
use crate::model::blocks::{Block, Face, Floor, split};
use crate::model::points::Objective;
use crate::model::{Model, formulate, price};
use crate::outcome::{GoalResult, Outcome, Verdict, Work};
use crate::plain::{PlainStatus, solve_plain};
use crate::plan::{Plan, empty};
use crate::policy::Goal;
use crate::reasons;
use crate::wave::Wave;

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
}

/// What an earlier solve knew that makes the next one quicker. Its wave may differ from the next in locks, prohibitions, limits and
/// policy, and must have the same candidates, seat groups and coaches in the same order. It never decides an answer: a plan that is no
/// longer in play is left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Memory {
    /// A plan to start from.
    pub plan: Plan,
}

/// The best plan for the wave, or why there is none.
pub fn solve(wave: &Wave, options: &Options, control: &dyn Control) -> Outcome {
    solve_again(wave, options, None, control)
}

/// [`solve`], from what an earlier solve knew.
pub fn solve_again(wave: &Wave, options: &Options, memory: Option<&Memory>, control: &dyn Control) -> Outcome {
    let mut run = Run::new(wave, control);
    run.face.whole = options.certificate;
    if let Some(memory) = memory {
        run.remember(memory);
    }
    let ended = match options.engine {
        Engine::Priced => run.whole(),
        Engine::Plain => run.plain(),
    };
    run.outcome(ended)
}

/// [`solve_again`] with one goal more after the last: fewest differences from `near`. With what is known of that goal: the most people
/// placed as in `near`, less those it leaves out who are placed (best and bound).
pub(crate) fn solve_near(wave: &Wave, near: &Plan, control: &dyn Control) -> (Outcome, Option<(i64, i64)>) {
    let mut run = Run::new(wave, control);
    run.remember(&Memory { plan: near.clone() });
    run.near = Some(near.clone());
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
pub(crate) fn most_of(wave: &Wave, objective: &Objective, start: &Plan, control: &dyn Control) -> Most {
    let mut run = Run::new(wave, control);
    run.remember(&Memory { plan: start.clone() });
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
    Impossible(Vec<crate::outcome::Conflict>),
    Stopped,
}

/// One solve at work: the plans still in play and the best of them so far.
pub(crate) struct Run<'a> {
    wave: &'a Wave,
    control: &'a dyn Control,
    model: Model,
    face: Face,
    plan: Plan,
    /// Placements that were worth having for earlier goals, by position in the face.
    pool: Vec<bool>,
    goals: Vec<GoalResult>,
    /// The plans in play after the first goal that was not proven. What is found for a goal after it may lie above the goal's best
    /// value, and a floor made of it may shut out the plans that count: only bounds over this face are bounds on that value.
    unsure: Option<Face>,
    least_changes: Option<u32>,
    /// A plan to end as close to as the goals allow, and how close: best and bound.
    near: Option<Plan>,
    nearest: Option<(i64, i64)>,
    tally: Tally,
}

/// What is known of an objective over the whole wave.
pub(crate) struct Pursued {
    /// Value of the plan found.
    pub best: i64,
    /// Largest value not excluded.
    pub bound: i64,
    blocks: Vec<Block>,
    solved: Vec<Solved>,
    scale: i64,
}

impl<'a> Run<'a> {
    pub(crate) fn new(wave: &'a Wave, control: &'a dyn Control) -> Self {
        Self::on(wave, formulate(wave), control)
    }

    /// A run on a model of the wave that may leave rules out.
    pub(crate) fn on(wave: &'a Wave, model: Model, control: &'a dyn Control) -> Self {
        let face = Face {
            columns: model.columns.clone(),
            must: Table::filled(wave.candidates.len(), false),
            tight: vec![false; model.rows.len()],
            floors: Vec::new(),
            whole: false,
        };
        Self {
            wave,
            control,
            pool: vec![false; face.columns.len()],
            model,
            face,
            plan: empty(wave),
            goals: Vec::new(),
            unsure: None,
            least_changes: None,
            near: None,
            nearest: None,
            tally: Tally::default(),
        }
    }

    /// Takes what is still in play of an earlier plan.
    fn remember(&mut self, memory: &Memory) {
        let mut plan = memory.plan.clone();
        for candidate in self.wave.candidates.ids() {
            if plan[candidate].is_some_and(|placement| !judge::allowed(self.wave, candidate, placement)) {
                plan[candidate] = None;
            }
        }
        self.plan = plan;
    }

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
        for number in 0..self.wave.policy.goals.len() {
            let goal = &self.wave.policy.goals[number];
            let began = self.control.elapsed();
            let objective = Objective::Goal(goal.clone());
            let pursued = self.pursue(&objective, Some((number, goal)));
            let (best, mut bound) = (pursued.best, pursued.bound);
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
            if number + 1 < self.wave.policy.goals.len() || self.near.is_some() {
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
        }
        if let Some(near) = self.near.take() {
            let Pursued { best, bound, .. } = self.pursue(&Objective::Near(near), None);
            self.nearest = Some((best, bound));
        }
        Ended::Planned
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

    /// What no plan of a face can exceed, from each candidate's best placement alone.
    fn ceiling(&self, face: &Face, objective: &Objective) -> i64 {
        let blocks = split(self.wave, &self.model, face, objective);
        let scale = price::scale(&blocks);
        blocks.iter().map(|block| price::Prices::free(block).bound(block, scale).floor(scale) * block.unit).sum()
    }

    /// Places everybody who is locked, if that can be; `None` when stopped before that was known.
    pub(crate) fn lock(&mut self, locked: &[CandidateId]) -> Option<bool> {
        let all = std::mem::take(&mut self.face.columns);
        self.face.columns = all.iter().filter(|column| locked.contains(&column.candidate)).copied().collect();
        self.pool = vec![false; self.face.columns.len()];
        let pursued = self.pursue(&Objective::Locked, None);
        self.face.columns = all;
        self.pool = vec![false; self.face.columns.len()];
        let wanted = locked.len() as i64;
        if pursued.best == wanted {
            locked.iter().for_each(|&candidate| self.face.must[candidate] = true);
            Some(true)
        } else if pursued.bound < wanted {
            Some(false)
        } else {
            None
        }
    }

    /// Finds the best plan in play for one objective.
    fn pursue(&mut self, objective: &Objective, goal: Option<(usize, &Goal)>) -> Pursued {
        let blocks = split(self.wave, &self.model, &self.face, objective);
        let scale = price::scale(&blocks);
        let known: Vec<(Option<i64>, i64)> = vec![(None, i64::MAX / 4); blocks.len()];
        let known = Mutex::new(known);
        let told = Mutex::new(None);
        let unit = blocks.first().map_or(1, |block| block.unit);
        let hear = |number: usize, value: Option<i64>, bound: i64| {
            let Some((position, goal)) = goal else { return };
            let Ok(mut known) = known.lock() else { return };
            known[number] = (value, bound);
            let value = known.iter().map(|(value, _)| *value).sum::<Option<i64>>().map(|value| value * unit);
            let bound = known.iter().map(|(_, bound)| bound).try_fold(0i64, |sum, bound| sum.checked_add(*bound));
            let bound = bound.filter(|&bound| bound < i64::MAX / 8 && self.unsure.is_none()).and_then(|bound| bound.checked_mul(unit));
            let Ok(mut told) = told.lock() else { return };
            if *told != Some((value, bound)) {
                *told = Some((value, bound));
                self.control.progress(&Progress {
                    goal: position,
                    name: &goal.name,
                    value,
                    bound,
                    columns: self.tally.columns.load(Ordering::Relaxed),
                    nodes: self.tally.nodes.load(Ordering::Relaxed),
                    finished: false,
                });
            }
        };
        let after: &[Goal] = goal.map_or(&[], |(number, _)| &self.wave.policy.goals[number + 1..]);
        let wishes = OnceLock::new();
        let later = |block: &Block| -> Vec<i64> {
            let all: &Vec<i64> = wishes.get_or_init(|| wishes_of(self.wave, after, &self.face));
            block.origin.iter().map(|&at| all[at as usize]).collect()
        };
        let solved: Vec<Solved> = blocks
            .par_iter()
            .enumerate()
            .map(|(number, block)| {
                goal::solve(Task {
                    block,
                    start: self.local(block),
                    pool: (0..block.choices.len() as u32).filter(|&choice| self.pool[block.origin[choice as usize] as usize]).collect(),
                    scale,
                    seed: spread(self.wave.policy.seed, number as u32),
                    control: self.control,
                    tally: &self.tally,
                    later: Some(&later),
                    patience: 0,
                    heard: &|value, bound| hear(number, value, bound),
                })
            })
            .collect();
        let (mut best, mut bound) = (0, 0);
        for (block, solved) in blocks.iter().zip(&solved) {
            if let (Some(plan), Some(value)) = (&solved.plan, solved.value) {
                best += value * unit;
                for (local, choice) in plan.iter().enumerate() {
                    self.plan[block.candidates[local]] =
                        choice.map(|choice| self.face.columns[block.origin[choice as usize] as usize].placement());
                }
            }
            bound += solved.bound * unit;
        }
        Pursued { best, bound, blocks, solved, scale }
    }

    /// The current plan in a block's own numbers, when it is in play there.
    fn local(&self, block: &Block) -> Option<Vec<Option<u32>>> {
        block
            .candidates
            .iter()
            .enumerate()
            .map(|(local, &candidate)| match self.plan[candidate] {
                None => Some(None),
                Some(placement) => (block.starts[local]..block.starts[local + 1])
                    .find(|&at| self.face.columns[block.origin[at] as usize].placement() == placement)
                    .map(|at| Some(at as u32)),
            })
            .collect()
    }

    /// Leaves only plans in play that are worth at least `floor`: drops what cannot be in one, and adds a floor where that is not enough.
    fn keep(&mut self, objective: &Objective, pursued: Pursued, floor: i64) {
        let Pursued { blocks, solved, scale, best, bound } = pursued;
        let Some(unit) = blocks.first().map(|block| block.unit) else { return };
        let floor_units = -(-floor).div_euclid(unit);
        let total: i128 = solved.iter().map(|solved| solved.priced.scaled).sum();
        let slack = total - i128::from(floor_units) * i128::from(scale);
        let mut kept = vec![false; self.face.columns.len()];
        let mut pool = vec![false; self.face.columns.len()];
        // How far below the bounds a plan on what is kept can fall, as far as choices and rows say.
        let mut worst: Vec<Option<i128>> = Vec::with_capacity(blocks.len());
        for (block, solved) in blocks.iter().zip(&solved) {
            let priced = &solved.priced;
            let mut fall: i128 = 0;
            for (local, &candidate) in block.candidates.iter().enumerate() {
                let mut most: i128 = 0;
                for choice in block.starts[local]..block.starts[local + 1] {
                    let short = i128::from(priced.shortfall(block, choice));
                    if short <= slack {
                        kept[block.origin[choice] as usize] = true;
                        pool[block.origin[choice] as usize] = self.pool[block.origin[choice] as usize];
                        most = most.max(short);
                    }
                }
                if !block.must[local] {
                    let short = i128::from(priced.best[local]);
                    if short > slack {
                        self.face.must[candidate] = true;
                    } else {
                        most = most.max(short);
                    }
                }
                fall += most;
            }
            for (row, &price) in block.rows.iter().zip(&solved.prices.rows) {
                if row.tight || price == 0 {
                    continue;
                }
                match row.origin {
                    Some(origin) if i128::from(price) > slack => self.face.tight[origin as usize] = true,
                    _ => fall += i128::from(price) * i128::from(row.at_most),
                }
            }
            let simple = block.steps.is_empty() && solved.prices.floors.iter().all(|&price| price == 0);
            worst.push(simple.then_some(fall));
        }
        let exact = best == bound && floor == best;
        for ((block, solved), fall) in blocks.iter().zip(&solved).zip(worst) {
            // Independent blocks that are all proven keep their own best value each.
            let implied = exact
                && fall.is_some_and(|fall| {
                    let least = solved.priced.scaled - fall;
                    solved.value.is_some_and(|value| least > i128::from(value - 1) * i128::from(scale))
                });
            if exact && !implied {
                let at_least = solved.value.unwrap_or(0) * unit;
                self.face.floors.push(Floor {
                    objective: objective.clone(),
                    at_least,
                    scope: (blocks.len() > 1).then(|| block.candidates.clone()),
                });
            }
        }
        if !exact {
            self.face.floors.push(Floor { objective: objective.clone(), at_least: floor, scope: None });
        }
        for (block, solved) in blocks.iter().zip(&solved) {
            for choice in solved.plan.iter().flatten().flatten() {
                pool[block.origin[*choice as usize] as usize] = true;
            }
        }
        let mut at = 0;
        self.pool = pool.into_iter().zip(&kept).filter(|(_, kept)| **kept).map(|(pool, _)| pool).collect();
        self.face.columns.retain(|_| {
            at += 1;
            kept[at - 1]
        });
        self.control.note(format_args!(
            "kept {} columns, {} tight rows, {} floors, {} must, proofs {:?}",
            self.face.columns.len(),
            self.face.tight.iter().filter(|tight| **tight).count(),
            self.face.floors.len(),
            self.face.must.iter().filter(|must| **must).count(),
            solved.iter().map(|solved| solved.proof).collect::<Vec<Proof>>()
        ));
    }

    fn outcome(mut self, ended: Ended) -> Outcome {
        let work = Work {
            engine: engine::name(),
            placements: self.model.columns.len() as u64,
            columns: self.tally.columns.load(Ordering::Relaxed),
            programs: self.tally.programs.load(Ordering::Relaxed),
            nodes: self.tally.nodes.load(Ordering::Relaxed),
            repairs: self.tally.repairs.load(Ordering::Relaxed),
        };
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
            Ended::Impossible(conflict) => return nothing(Verdict::Impossible, conflict, work),
            Ended::Stopped => return nothing(Verdict::Stopped, Vec::new(), work),
            Ended::Planned => {}
        }
        let findings = judge::judge(self.wave, &self.plan, self.least_changes);
        if !findings.breaches.is_empty() {
            // Nothing unchecked is ever shown.
            return nothing(Verdict::Stopped, Vec::new(), work);
        }
        for (goal, value) in self.goals.iter_mut().zip(&findings.values) {
            goal.value = *value;
            if let Some(certificate) = goal.certificate.as_mut().filter(|_| goal.best == *value) {
                certificate.witness = None;
            }
        }
        if let Some(before) = self.goals.first_mut().and_then(|goal| goal.certificate.as_mut()?.before.as_mut())
            && self.least_changes == u32::try_from(findings.changes.changed.len()).ok()
        {
            before.witness = None;
        }
        let proven = self.goals.iter().all(GoalResult::proven);
        Outcome {
            verdict: if proven { Verdict::Optimal } else { Verdict::Feasible },
            unplaced: reasons::unplaced(self.wave, &self.plan, proven),
            goals: self.goals,
            plan: Some(self.plan),
            conflict: Vec::new(),
            least_changes: self.least_changes,
            work,
        }
    }
}

/// What goals to come would like of each column in play, 0 to 1,000: each goal's points stretched to an equal share.
fn wishes_of(wave: &Wave, goals: &[Goal], face: &Face) -> Vec<i64> {
    let mut wishes: Vec<i64> = (0..face.columns.len() as u32).map(|at| (spread(wave.policy.seed, at) % 50) as i64).collect();
    let points: Vec<Vec<i64>> = goals.iter().map(|goal| Objective::Goal(goal.clone()).points(wave, &face.columns)).collect();
    let wide: Vec<(i64, &Vec<i64>)> = points
        .iter()
        .filter_map(|points| {
            let least = points.iter().copied().min()?;
            let range = points.iter().copied().max()?.checked_sub(least)?;
            (range > 0).then_some((least, points))
        })
        .collect();
    for (least, points) in &wide {
        let range = points.iter().map(|points| points - least).max().unwrap_or(1).max(1);
        let share = 950 / wide.len() as i64;
        for (wish, points) in wishes.iter_mut().zip(points.iter()) {
            *wish += i64::try_from(i128::from(points - least) * i128::from(share) / i128::from(range)).unwrap_or(0);
        }
    }
    wishes
}
