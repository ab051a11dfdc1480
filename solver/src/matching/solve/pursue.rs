//! One goal at work: finds the best plan still in play, then leaves only the plans in play that keep what was reached.

use std::sync::atomic::Ordering;
use std::sync::{Mutex, OnceLock};

use rayon::prelude::*;

use super::run::Run;
use crate::common::control::Progress;
use crate::common::spread::spread;
use crate::engine::block::Block;
use crate::engine::price;
use crate::engine::program::LocalPlan;
use crate::matching::facts::ids::CandidateId;
use crate::matching::facts::plan::Plan;
use crate::matching::facts::policy::Goal;
use crate::matching::facts::wave::Wave;
use crate::matching::solve::certificate::recall::recall;
use crate::matching::solve::goal::{self, Proof, Solved, Task};
use crate::matching::solve::model::blocks::{Face, Floor, split};
use crate::matching::solve::model::points::Objective;

/// What is known of an objective over the whole wave.
pub(crate) struct Pursued {
    /// Value of the plan found.
    pub best: i64,
    /// Largest value not excluded.
    pub bound: i64,
    pub(super) blocks: Vec<Block>,
    pub(super) solved: Vec<Solved>,
    pub(super) scale: i64,
}

impl Run<'_> {
    /// Finds the best plan in play for one objective.
    pub(super) fn pursue(&mut self, objective: &Objective, goal: Option<(usize, &Goal)>) -> Pursued {
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
        let certificate = goal.zip(self.memory).and_then(|((number, _), memory)| memory.certificates.get(number)?.as_ref());
        let witness = certificate.and_then(|certificate| certificate.witness.as_ref());
        let remembered = self.memory.map(|memory| &memory.plan);
        let plans: Vec<&Plan> = [Some(&self.plan), witness, remembered].into_iter().flatten().collect();
        let solved: Vec<Solved> = blocks
            .par_iter()
            .enumerate()
            .map(|(number, block)| {
                goal::solve(Task {
                    block,
                    starts: plans.iter().filter_map(|plan| self.local(block, plan)).collect(),
                    known: certificate
                        .map(|certificate| recall(certificate, &self.model, &self.face, &self.wave.policy.goals, block, scale)),
                    vertex: None,
                    pool: (0..block.choices.len() as u32).filter(|&choice| self.pool[block.origin[choice as usize] as usize]).collect(),
                    rows: block.rows.iter().map(|row| row.origin.is_some_and(|row| self.tightening[row as usize])).collect(),
                    scale,
                    seed: spread(self.wave.policy.seed, number as u32),
                    control: self.control,
                    tally: &self.tally,
                    tuning: self.tuning,
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
                    self.plan[CandidateId(block.people[local])] =
                        choice.map(|choice| self.face.columns[block.origin[choice as usize] as usize].placement());
                }
            }
            bound += solved.bound * unit;
        }
        Pursued { best, bound, blocks, solved, scale }
    }

    /// A plan in a block's own numbers, without placements that are not in play there; `None` when nothing of it is.
    fn local(&self, block: &Block, plan: &Plan) -> Option<LocalPlan> {
        let mut any = false;
        let choices = block.people.iter().enumerate().map(|(local, &person)| {
            let placement = plan[CandidateId(person)]?;
            let choice = (block.starts[local]..block.starts[local + 1])
                .find(|&at| self.face.columns[block.origin[at] as usize].placement() == placement)?;
            any = true;
            Some(choice as u32)
        });
        let choices: LocalPlan = choices.collect();
        any.then_some(choices)
    }

    /// Leaves only plans in play that are worth at least `floor`: drops what cannot be in one, and adds a floor where that is not enough.
    pub(super) fn keep(&mut self, objective: &Objective, pursued: Pursued, floor: i64) {
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
            for (local, &person) in block.people.iter().enumerate() {
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
                        self.face.must[CandidateId(person)] = true;
                    } else {
                        most = most.max(short);
                    }
                }
                fall += most;
            }
            for (row, &price) in block.rows.iter().zip(&solved.prices.rows) {
                row.origin.into_iter().for_each(|row| self.tightening[row as usize] = price != 0);
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
                    scope: (blocks.len() > 1).then(|| block.people.iter().copied().map(CandidateId).collect()),
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
