//! Solves one objective over one block: prices columns in, proves the bound, finds a plan that reaches it.

use std::sync::atomic::{AtomicU64, Ordering};

use crate::control::Control;
use crate::engine::program::{self, LocalPlan, Restricted};
use crate::model::blocks::Block;
use crate::model::price::{Bound, Prices};
use crate::model::search::{Searched, search};

/// Tells a developer what happens, when the caller of the process asks for it.
macro_rules! trace {
    ($($words:tt)*) => { if std::env::var_os("LOKET_TRACE").is_some() { eprintln!($($words)*); } };
}

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
        let (members, support) = self.price();
        if self.proven_by_prices() {
            return Step::Done(Proof::Prices, i64::MAX);
        }
        if self.stopped() {
            return Step::Done(Proof::Open, i64::MAX);
        }
        self.find(members, &support)
    }

    /// Prices choices in until the linear program cannot get better (column generation); gives the choices it holds, and those
    /// that its last answer uses.
    fn price(&mut self) -> (Vec<u32>, Vec<u32>) {
        let block = self.task.block;
        let scale = self.task.scale;
        let mut restricted = Restricted::new(block, self.task.seed);
        restricted.add(self.plan.iter().flatten().flatten().copied());
        let few = block.choices.len() <= 3000;
        if few {
            restricted.add(0..block.choices.len() as u32);
        } else {
            restricted.add(self.task.pool.iter().copied());
            let start = self.first(24);
            restricted.add(start);
        }
        let interior = block.choices.len() > 3000;
        for round in 0..200 {
            self.task.tally.programs.fetch_add(1, Ordering::Relaxed);
            self.task.tally.columns.fetch_max(restricted.members.len() as u64, Ordering::Relaxed);
            let Some(answer) = restricted.solve(interior, scale, self.task.control) else { break };
            let bound = answer.prices.bound(block, scale);
            trace!(
                "  round {round} columns {} lp {} bound {} value {:?}",
                restricted.members.len(),
                answer.value,
                bound.scaled * 1000 / i128::from(scale),
                self.value
            );
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
            if fresh.is_empty() || self.proven_by_prices() || (self.bound() <= reached && self.value.is_some()) || self.stopped() {
                break;
            }
            restricted.add(fresh);
        }
        let mut support = Vec::new();
        if !self.proven_by_prices() && !self.stopped() {
            // A vertex of the same program: often a plan as it stands, else the best place to look for one.
            self.task.tally.programs.fetch_add(1, Ordering::Relaxed);
            if let Some(answer) = restricted.solve(false, scale, self.task.control) {
                trace!("  vertex lp {} whole {}", answer.value, answer.plan.is_some());
                if let Some(plan) = answer.plan {
                    self.offer(plan);
                }
                support = answer.support;
            }
        }
        (restricted.members, support)
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
    fn find(&mut self, members: Vec<u32>, support: &[u32]) -> Step {
        let block = self.task.block;
        let scale = self.task.scale;
        let mut outside = i64::MAX;
        // First among the choices that pricing brought in: a plan that reaches the bound is proven by prices alone.
        if members.len() < block.choices.len() {
            let mut near: Vec<u32> = members;
            let keep = (12 * block.candidates.len()).max(2000);
            if near.len() > keep {
                near.select_nth_unstable_by_key(keep, |&choice| {
                    (self.priced.shortfall(block, choice as usize), spread(self.task.seed, choice))
                });
                near.truncate(keep);
            }
            near.extend(support);
            near.extend(self.plan.iter().flatten().flatten().copied().collect::<Vec<u32>>());
            near.sort_unstable();
            near.dedup();
            self.branch(&near, Some(2000));
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
            let (complete, bound, believed) = self.branch(&all, None);
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

    /// Branch and bound on these choices; whether it was completed, its bound, and whether its plan could be believed.
    fn branch(&mut self, choices: &[u32], nodes: Option<i32>) -> (bool, Option<i64>, bool) {
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
        let branched = program::branch(task.block, choices, self.plan.as_ref(), task.seed, nodes, task.control, &heard);
        task.tally.nodes.fetch_add(branched.nodes, Ordering::Relaxed);
        trace!(
            "  branch on {} from {:?} bound {}: complete {} bound {:?} nodes {} plan {:?}",
            choices.len(),
            self.value,
            self.bound(),
            branched.complete,
            branched.bound,
            branched.nodes,
            branched.plan.as_ref().map(|plan| task.block.value(plan))
        );
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
