//! Solves one objective over one block: prices columns in, proves the bound, finds a plan that reaches it.

use std::sync::atomic::{AtomicU64, Ordering};

use crate::control::Control;
use crate::engine::program::{self, LocalPlan, Restricted};
use crate::model::blocks::Block;
use crate::model::price::{Bound, Prices};
use crate::model::search::{Searched, search};

/// What the blocks of one goal report while they are solved.
#[derive(Debug, Default)]
pub struct Tally {
    /// Largest number of columns in one program.
    pub columns: AtomicU64,
    /// Programs solved.
    pub programs: AtomicU64,
    /// Branch-and-bound nodes.
    pub nodes: AtomicU64,
    /// Engine answers refused and repaired.
    pub repairs: AtomicU64,
}

/// How the best value of a block is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    /// Prices prove it in exact arithmetic.
    Prices,
    /// Prices and an exhaustive search in exact arithmetic.
    Search,
    /// The engine's branch and bound proves the part that prices leave open.
    Branching,
    /// Not proven.
    Open,
}

/// What is known of one block.
#[derive(Clone, Debug)]
pub struct Solved {
    /// Best plan, when one is known.
    pub plan: Option<LocalPlan>,
    /// Its value in the block's unit.
    pub value: Option<i64>,
    /// Largest whole value not excluded; below `value` never.
    pub bound: i64,
    /// How.
    pub proof: Proof,
    /// Best prices found, and what they prove.
    pub prices: Prices,
    /// The bound of those prices.
    pub priced: Bound,
}

/// What steers the solve of a block.
pub struct Task<'a> {
    /// The block.
    pub block: &'a Block,
    /// A plan in play, when one is known.
    pub start: Option<LocalPlan>,
    /// Choices that were worth having for earlier goals.
    pub pool: Vec<u32>,
    /// Scale of prices.
    pub scale: i64,
    /// Seed of the engine and of the order among equal choices.
    pub seed: u64,
    /// Caller.
    pub control: &'a dyn Control,
    /// Counters.
    pub tally: &'a Tally,
    /// What later goals would like, 0 to 1,000 per choice: only used to look for plans where this goal leaves too much open.
    pub later: Option<&'a (dyn Fn(&Block) -> Vec<i64> + Sync)>,
    /// A linear program may stop this far from its best value, in points.
    pub patience: i64,
    /// Hears the best value and bound so far.
    pub heard: &'a (dyn Fn(Option<i64>, i64) + Sync),
}

/// Spreads equal choices without any other meaning: the finaliser of SplitMix64 (Steele, Lea & Flood 2014).
pub fn spread(seed: u64, choice: u32) -> u64 {
    let mut z = seed.wrapping_add(u64::from(choice).wrapping_mul(0x9e37_79b9_7f4a_7c15)).wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

struct State<'a> {
    task: Task<'a>,
    plan: Option<LocalPlan>,
    value: Option<i64>,
    prices: Prices,
    priced: Bound,
}

/// Solves the task; always returns, also when stopped.
pub fn solve(task: Task<'_>) -> Solved {
    let prices = Prices::free(task.block);
    let priced = prices.bound(task.block, task.scale);
    let mut state = State { plan: None, value: None, prices, priced, task };
    if let Some(start) = state.task.start.clone() {
        state.offer(start);
    }
    let proof = state.run();
    let bound = state.priced.floor(state.task.scale);
    state.finish(proof, bound)
}

/// What pricing leaves to look among.
#[derive(Default)]
struct Found {
    /// Choices in the program.
    members: Vec<u32>,
    /// Choices that a vertex uses, whole or in part.
    support: Vec<u32>,
    /// Choices that it takes whole.
    whole: Vec<u32>,
}

/// What a part of the work came to.
enum Step {
    /// The proof, and a bound that may be better than that of the prices.
    Done(Proof, i64),
    /// Nothing is known to be in play.
    Nothing,
}

impl State<'_> {
    fn finish(self, step: Step, bound: i64) -> Solved {
        let (proof, bound) = match step {
            Step::Done(proof, better) => (proof, bound.min(better)),
            Step::Nothing => (Proof::Branching, bound),
        };
        let bound = self.value.map_or(bound, |value| bound.max(value));
        Solved { plan: self.plan, value: self.value, bound, proof, prices: self.prices, priced: self.priced }
    }

    /// Takes a plan when it is in play and better; says whether it is in play.
    fn offer(&mut self, plan: LocalPlan) -> bool {
        let Some(value) = self.task.block.value(&plan) else { return false };
        if self.value.is_none_or(|known| value > known) {
            self.value = Some(value);
            self.plan = Some(plan);
            self.tell();
        }
        true
    }

    fn tell(&self) {
        (self.task.heard)(self.value, self.priced.floor(self.task.scale));
    }

    fn bound(&self) -> i64 {
        self.priced.floor(self.task.scale)
    }

    fn proven_by_prices(&self) -> bool {
        self.value.is_some_and(|value| value >= self.bound())
    }

    fn stopped(&self) -> bool {
        self.task.control.stopped() || self.task.control.left().is_some_and(|left| left.is_zero())
    }

    fn run(&mut self) -> Step {
        if self.proven_by_prices() {
            return Step::Done(Proof::Prices, i64::MAX);
        }
        let found = self.price();
        if self.proven_by_prices() {
            return Step::Done(Proof::Prices, i64::MAX);
        }
        if self.stopped() {
            return Step::Done(Proof::Open, i64::MAX);
        }
        self.find(found)
    }

    /// Prices choices in until the linear program cannot get better (column generation); gives the choices it holds, and
    /// what a vertex of the last program uses.
    fn price(&mut self) -> Found {
        let block = self.task.block;
        let scale = self.task.scale;
        let mut restricted = Restricted::new(block, self.task.seed);
        restricted.add(self.plan.iter().flatten().flatten().copied());
        let few = block.choices.len() <= 3000;
        if few {
            restricted.add(0..block.choices.len() as u32);
        } else {
            restricted.add(self.task.pool.iter().copied());
            let start = self.first(if self.task.later.is_some() { 24 } else { 8 });
            restricted.add(start);
        }
        let interior = block.choices.len() > 3000;
        for round in 0..200 {
            self.task.tally.programs.fetch_add(1, Ordering::Relaxed);
            self.task.tally.columns.fetch_max(restricted.members.len() as u64, Ordering::Relaxed);
            let Some(answer) = restricted.solve(interior, scale, self.task.control) else { break };
            let bound = answer.prices.bound(block, scale);
            self.task.control.note(format_args!(
                "  round {round} columns {} lp {} bound {} value {:?}",
                restricted.members.len(),
                answer.value,
                bound.scaled * 1000 / i128::from(scale),
                self.value
            ));
            let fresh = if few { Vec::new() } else { self.attractive(&restricted, &answer.people, &bound, 16) };
            if bound.scaled < self.priced.scaled {
                self.prices = answer.prices;
                self.priced = bound;
            }
            if let Some(plan) = answer.plan {
                self.offer(plan);
            }
            self.tell();
            // The program's own value is a floor of the bound: once both round to the same whole number, more columns change nothing.
            let reached = (answer.value + 1).div_euclid(1000);
            if fresh.is_empty()
                || self.proven_by_prices()
                || (self.bound() <= reached + self.task.patience && self.value.is_some())
                || self.stopped()
            {
                break;
            }
            restricted.add(fresh);
        }
        let mut found = Found::default();
        if !self.proven_by_prices() && !self.stopped() {
            // A vertex of the same program: often a plan as it stands, else the best place to look for one.
            self.task.tally.programs.fetch_add(1, Ordering::Relaxed);
            if let Some(answer) = restricted.solve(false, scale, self.task.control) {
                let whole = answer.whole.len();
                self.task.control.note(format_args!("  vertex lp {} whole {whole} of {}", answer.value, block.candidates.len()));
                if let Some(plan) = answer.plan {
                    self.offer(plan);
                }
                found.support = answer.support;
                found.whole = answer.whole;
            }
        }
        found.members = restricted.members;
        found
    }

    /// Each candidate's best choices by points, equal ones spread.
    fn first(&self, each: usize) -> Vec<u32> {
        let block = self.task.block;
        let mut all = Vec::new();
        for local in 0..block.candidates.len() {
            let mut mine: Vec<u32> = (block.starts[local] as u32..block.starts[local + 1] as u32).collect();
            let key = |&choice: &u32| (std::cmp::Reverse(block.points[choice as usize]), spread(self.task.seed, choice));
            if mine.len() > each {
                mine.select_nth_unstable_by_key(each, key);
                mine.truncate(each);
            }
            all.extend(mine);
        }
        all
    }

    /// Each candidate's choices outside the program that its prices find most worth adding.
    fn attractive(&self, restricted: &Restricted<'_>, people: &[i64], bound: &Bound, each: usize) -> Vec<u32> {
        let block = self.task.block;
        let least = self.task.scale / 1_000_000 + 1;
        let mut all = Vec::new();
        for (local, &person) in people.iter().enumerate() {
            let range = block.starts[local]..block.starts[local + 1];
            // In a program that keeps its candidate unplaced the candidate's own price is 0.
            let price = person + least;
            let mut mine: Vec<u32> =
                range.filter(|&at| bound.reduced[at] > price && !restricted.holds(at as u32)).map(|at| at as u32).collect();
            let key = |&choice: &u32| (std::cmp::Reverse(bound.reduced[choice as usize]), spread(self.task.seed, choice));
            if mine.len() > each {
                mine.select_nth_unstable_by_key(each, key);
                mine.truncate(each);
            }
            all.extend(mine);
        }
        all
    }

    /// Finds a best plan by branch and bound on choices whose shortfall leaves room for one.
    fn find(&mut self, found: Found) -> Step {
        let block = self.task.block;
        let scale = self.task.scale;
        let mut outside = i64::MAX;
        // First among the choices that pricing brought in: a plan that reaches the bound is proven by prices alone.
        if found.members.len() < block.choices.len() {
            self.dive(&found, None);
            let small = block.candidates.len() <= 400;
            if small && !self.proven_by_prices() {
                self.branch(&self.near(&found), Some(20), None);
            }
            if !self.proven_by_prices() && !self.stopped() {
                self.blend(&found.members);
            }
            if !self.proven_by_prices() && !self.stopped() {
                self.branch(&self.near(&found), Some(500), None);
            }
            if self.proven_by_prices() {
                return Step::Done(Proof::Prices, i64::MAX);
            }
        }
        // Then among all choices that a better plan could use.
        loop {
            if self.stopped() {
                return Step::Done(Proof::Open, outside);
            }
            let aim = self.value.map_or(i128::MIN / 4, |value| i128::from(value) + 1);
            let left = self.priced.scaled - aim.saturating_mul(i128::from(scale));
            let within = |choice: usize| i128::from(self.priced.shortfall(block, choice)) <= left;
            let all: Vec<u32> = (0..block.choices.len()).filter(|&choice| within(choice)).map(|choice| choice as u32).collect();
            if let Some(value) = self.value
                && let step @ Step::Done(..) = self.exhaust(value)
            {
                return step;
            }
            let mut all = all;
            all.extend(self.plan.iter().flatten().flatten().copied());
            all.sort_unstable();
            all.dedup();
            let before = self.value;
            let (complete, bound, believed) = self.branch(&all, None, None);
            if !believed {
                // The engine's plan broke a row: its word about the bound is worth nothing either.
                return Step::Done(Proof::Open, outside);
            }
            if let Some(bound) = bound {
                outside = outside.min(bound.max(self.value.unwrap_or(i64::MIN)));
            }
            if self.proven_by_prices() {
                return Step::Done(Proof::Prices, i64::MAX);
            }
            if !complete {
                return Step::Done(Proof::Open, outside);
            }
            match self.value {
                None => return Step::Nothing,
                Some(value) => {
                    if before.is_none() && all.len() < block.choices.len() {
                        continue;
                    }
                    // The engine says that nothing is better. Where an exhaustive search is within reach, it must agree.
                    return match self.exhaust(value) {
                        Step::Done(Proof::Search, bound) => {
                            if self.value > Some(value) {
                                self.task.tally.repairs.fetch_add(1, Ordering::Relaxed);
                            }
                            Step::Done(Proof::Search, bound)
                        }
                        _ => Step::Done(Proof::Branching, value),
                    };
                }
            }
        }
    }

    /// The choices that fall least short, with those in use.
    fn near(&self, found: &Found) -> Vec<u32> {
        let block = self.task.block;
        let mut near = found.members.clone();
        let keep = (12 * block.candidates.len()).max(2000);
        if near.len() > keep {
            near.select_nth_unstable_by_key(keep, |&choice| {
                (self.priced.shortfall(block, choice as usize), spread(self.task.seed, choice))
            });
            near.truncate(keep);
        }
        near.extend(&found.support);
        near.extend(self.plan.iter().flatten().flatten());
        near.sort_unstable();
        near.dedup();
        near
    }

    /// Leaves those whom the vertex places whole where they are, and looks for the best places of all others.
    fn dive(&mut self, found: &Found, target: Option<i64>) {
        let block = self.task.block;
        if found.whole.is_empty() || self.proven_by_prices() || self.stopped() {
            return;
        }
        let mut settled = vec![false; block.candidates.len()];
        found.whole.iter().for_each(|&choice| settled[block.choices[choice as usize].candidate as usize] = true);
        let mut open: Vec<u32> =
            found.members.iter().copied().filter(|&choice| !settled[block.choices[choice as usize].candidate as usize]).collect();
        let keep = 6000;
        if open.len() > keep {
            open.select_nth_unstable_by_key(keep, |&choice| {
                (self.priced.shortfall(block, choice as usize), spread(self.task.seed, choice))
            });
            open.truncate(keep);
        }
        open.extend(&found.whole);
        open.extend(&found.support);
        open.sort_unstable();
        open.dedup();
        self.branch(&open, Some(100), target);
    }

    /// Where many choices are worth the same, whole plans are hard to find: lets later goals decide between equal choices, which makes
    /// answers of the linear program nearly whole. Says whether a plan was found that reaches the bound.
    fn blend(&mut self, members: &[u32]) -> bool {
        let Some(later) = self.task.later else { return false };
        let block = self.task.block;
        let largest = block.points.iter().map(|points| points.abs()).max().unwrap_or(0).max(1);
        if largest > 1000 {
            return false;
        }
        let weight = (40_000 / largest).clamp(40, 4000);
        let mut blended = block.clone();
        for ((points, own), later) in blended.points.iter_mut().zip(&block.points).zip(later(block)) {
            *points = own * weight + later;
        }
        blended.steps.iter_mut().for_each(|step| step.points *= weight);
        let scale = crate::model::price::scale(std::slice::from_ref(&blended));
        let prices = Prices::free(&blended);
        let priced = prices.bound(&blended, scale);
        let target = self.bound() * weight;
        let task = Task {
            block: &blended,
            start: None,
            pool: members.iter().copied().filter(|&choice| self.priced.shortfall(block, choice as usize) <= self.task.scale / 8).collect(),
            scale,
            seed: self.task.seed,
            control: self.task.control,
            tally: self.task.tally,
            later: None,
            patience: weight / 8,
            heard: &|_, _| {},
        };
        let mut state = State { plan: None, value: None, prices, priced, task };
        if let Some(plan) = self.plan.clone() {
            state.offer(plan);
        }
        let found = state.price();
        if let Some(plan) = state.plan.clone() {
            self.offer(plan);
        }
        if !self.proven_by_prices() && !self.stopped() {
            state.dive(&found, Some(target));
            if state.plan.clone().is_some_and(|plan| {
                self.offer(plan);
                self.proven_by_prices()
            }) {
                return true;
            }
            state.branch(&state.near(&found), Some(50), Some(target));
            if let Some(plan) = state.plan.clone() {
                self.offer(plan);
            }
        }
        self.proven_by_prices()
    }

    /// Tries to prove by exhaustive search that nothing beats `value`; takes better plans on its way.
    fn exhaust(&mut self, value: i64) -> Step {
        let mut value = value;
        loop {
            match search(self.task.block, &self.prices, &self.priced, self.task.scale, value + 1, 20_000) {
                Searched::Nothing => return Step::Done(Proof::Search, value),
                Searched::Found(plan) => {
                    self.offer(plan);
                    value = self.value.unwrap_or(value + 1).max(value + 1);
                }
                Searched::TooMuch => return Step::Nothing,
            }
        }
    }

    /// Branch and bound on these choices, until so many nodes or so good a plan; whether it was completed, its bound, and whether its plan could be believed.
    fn branch(&mut self, choices: &[u32], nodes: Option<i32>, target: Option<i64>) -> (bool, Option<i64>, bool) {
        let task = &self.task;
        task.tally.programs.fetch_add(1, Ordering::Relaxed);
        task.tally.columns.fetch_max(choices.len() as u64, Ordering::Relaxed);
        let known = self.bound();
        let value = self.value;
        let complete_set = nodes.is_none();
        let heard = |_: u64, bound: Option<i64>| {
            let bound = bound.filter(|_| complete_set).map_or(known, |bound| bound.min(known).max(value.unwrap_or(i64::MIN)));
            (task.heard)(value, bound);
        };
        let branched = program::branch(task.block, choices, self.plan.as_ref(), task.seed, (nodes, target), task.control, &heard);
        task.tally.nodes.fetch_add(branched.nodes, Ordering::Relaxed);
        task.control.note(format_args!(
            "  branch on {} from {:?} bound {}: complete {} bound {:?} nodes {} plan {:?}",
            choices.len(),
            self.value,
            self.bound(),
            branched.complete,
            branched.bound,
            branched.nodes,
            branched.plan.as_ref().map(|plan| task.block.value(plan))
        ));
        let believed = match branched.plan {
            Some(plan) => self.offer(plan),
            None => true,
        };
        if !believed {
            self.task.tally.repairs.fetch_add(1, Ordering::Relaxed);
        }
        (branched.complete, branched.bound, believed)
    }
}
