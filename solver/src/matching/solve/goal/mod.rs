//! Solves one objective over one block: prices columns in, proves the bound, finds a plan that reaches it.

mod fill;
mod find;
mod narrow;

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::common::control::Control;
use crate::common::spread::spread;
use crate::engine::block::Block;
use crate::engine::price::{Bound, Prices};
use crate::engine::program::{Amounts, LocalPlan, Restricted, Vertex, Way};
use crate::matching::solve::model::flow;
use crate::matching::solve::tuning::Tuning;

/// Choices for each person among which a plan that reaches the bound is looked for.
const WISHES: usize = 12;

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

/// What later goals would like of a block's choices.
pub type Wishes<'a> = dyn Fn(&Block) -> Vec<i64> + Sync + 'a;

/// What steers the solve of a block.
pub struct Task<'a> {
    /// The block.
    pub block: &'a Block,
    /// Plans to start from: what of them is not in play is left out.
    pub starts: Vec<LocalPlan>,
    /// Prices that were good for nearly the same block.
    pub known: Option<Prices>,
    /// A vertex of nearly the same block.
    pub vertex: Option<Vertex>,
    /// Choices that were worth having for earlier goals.
    pub pool: Vec<u32>,
    /// Rows beyond those plans need that were worth having for earlier goals, by local row.
    pub rows: Vec<bool>,
    /// Scale of prices.
    pub scale: i64,
    /// Seed of the engine and of the order among equal choices.
    pub seed: u64,
    /// Caller.
    pub control: &'a dyn Control,
    /// Counters.
    pub tally: &'a Tally,
    /// How the engine works.
    pub tuning: Tuning,
    /// What later goals would like, 0 to 1,000 per choice: only used to look for plans where this goal leaves too much open.
    pub later: Option<&'a Wishes<'a>>,
    /// A linear program may stop this far from its best value, in points.
    pub patience: i64,
    /// Hears the best value and bound so far.
    pub heard: &'a (dyn Fn(Option<i64>, i64) + Sync),
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
    let mut state = State::new(task);
    for start in state.task.starts.clone() {
        state.offer(start);
    }
    if let Some(prices) = state.task.known.clone() {
        let bound = prices.bound(state.task.block, state.task.scale);
        state.believe(prices, bound);
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
    /// How much it takes of each.
    amounts: Amounts,
    /// Where it lies.
    vertex: Option<Vertex>,
}

/// What a part of the work came to.
enum Step {
    /// The proof, and a bound that may be better than that of the prices.
    Done(Proof, i64),
    /// Nothing is known to be in play.
    Nothing,
}

impl<'a> State<'a> {
    /// Nothing known yet.
    fn new(task: Task<'a>) -> Self {
        let prices = Prices::free(task.block);
        let priced = prices.bound(task.block, task.scale);
        Self { plan: None, value: None, prices, priced, task }
    }
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

    /// Whether the block is treated with fewer choices at a time.
    fn large(&self) -> bool {
        self.task.block.people.len() > self.task.tuning.large
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
        if self.stopped() {
            return Step::Done(Proof::Open, i64::MAX);
        }
        self.fill();
        if self.proven_by_prices() {
            return Step::Done(Proof::Prices, i64::MAX);
        }
        let flows = flow::prices(self.task.block, self.task.scale);
        let counted = !flows.is_empty();
        for prices in flows {
            let bound = prices.bound(self.task.block, self.task.scale);
            self.task.control.note(format_args!("  flow bound {} value {:?}", bound.floor(self.task.scale), self.value));
            self.believe(prices, bound);
        }
        if self.proven_by_prices() {
            return Step::Done(Proof::Prices, i64::MAX);
        }
        if counted && self.close() {
            // So near to it that no linear program may be needed.
            self.dive_near(&Found { members: self.first(WISHES), ..Found::default() });
            if self.proven_by_prices() {
                return Step::Done(Proof::Prices, i64::MAX);
            }
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
        let (few, large) = (block.choices.len() <= self.task.tuning.few, self.large());
        let from = self.task.vertex.take();
        // With every choice in the program there is nothing to hold on to.
        let close = self.task.known.is_some() && !few;
        let anchored = close && from.is_none();
        if self.task.known.is_some() {
            self.task.rows.iter_mut().zip(&self.prices.rows).for_each(|(picked, &price)| *picked |= price != 0);
        }
        let mut restricted = Restricted::new(block, &self.task.rows, self.task.seed, 0, self.task.control);
        if anchored {
            restricted.anchor(&self.prices, scale);
        }
        restricted.add(self.plan.iter().flatten().flatten().copied());
        if few {
            restricted.add(0..block.choices.len() as u32);
        } else {
            restricted.add(self.task.pool.iter().copied());
            let each = if self.task.later.is_none() || large || self.task.known.is_some() { 8 } else { 24 };
            // Where the known prices leave little open, that is all there is to price.
            let open: Vec<u32> = if close { self.open().take(20 * block.people.len() + 1).collect() } else { Vec::new() };
            let little = close && open.len() <= 20 * block.people.len();
            restricted.add(if little { open } else { self.first(each) });
        }
        from.iter().for_each(|from| restricted.begin(from));
        let begun = from.is_some();
        let way = if few || begun || anchored && !large { Way::Simplex } else { Way::Interior };
        let mut vertex = None;
        for round in 0..200 {
            self.task.tally.programs.fetch_add(1, Ordering::Relaxed);
            self.task.tally.columns.fetch_max(restricted.members.len() as u64, Ordering::Relaxed);
            let Some(answer) = restricted.solve(way, scale, self.task.control) else { break };
            let bound = answer.prices.bound(block, scale);
            self.task.control.note(format_args!(
                "  round {round} columns {} rows {} broken {} lp {} bound {} value {:?}",
                restricted.members.len(),
                restricted.picked().iter().filter(|picked| **picked).count(),
                answer.broken.len(),
                answer.value,
                bound.scaled * 1000 / i128::from(scale),
                self.value
            ));
            // While the bound is still far from the program's value, choices that are only nearly worth it save a round.
            let apart = (bound.scaled - i128::from(answer.value) * i128::from(scale) / 1000).max(0);
            let margin = i64::try_from(2 * apart / block.people.len().max(1) as i128).map_or(0, |margin| margin.min(Prices::MOST));
            let fresh = if few { Vec::new() } else { self.attractive(&restricted, &answer.people, &bound, margin) };
            self.believe(answer.prices.clone(), bound);
            if let Some(plan) = answer.plan.clone() {
                self.offer(plan);
            }
            self.tell();
            // Without broken rows the program's own value is a floor of the bound: once both round to the same whole number, more
            // columns change nothing.
            let reached = if answer.broken.is_empty() { (answer.value + 1).div_euclid(1000) } else { i64::MIN / 4 };
            if self.proven_by_prices() || self.stopped() {
                break;
            }
            let near = self.bound() <= reached + self.task.patience && self.value.is_some();
            if near || fresh.is_empty() && answer.broken.is_empty() {
                // Anchored prices may be a little off: once more without.
                if !near && restricted.release() {
                    continue;
                }
                vertex = ((few || begun) && answer.broken.is_empty()).then_some(answer);
                break;
            }
            restricted.add(fresh);
            restricted.tighten(&answer.broken);
        }
        self.task.rows = restricted.picked();
        let mut found = Found::default();
        if !self.proven_by_prices() && !self.stopped() {
            // A vertex of the same program: often a plan as it stands, else the best place to look for one.
            let large = restricted.members.len() > 30_000;
            restricted.release();
            if let (Some(plan), true) = (&self.plan, anchored) {
                // Where the prices of nearly the same block were known, its plans are near as well.
                restricted.lean(plan);
            } else if vertex.is_none() && restricted.members.len() > self.task.tuning.scattered {
                // Many equal choices make vertices that take hardly anything whole. In a small program this takes longer than it spares.
                restricted.scatter(self.task.seed);
            }
            let again = vertex.is_none();
            self.task.tally.programs.fetch_add(u64::from(again), Ordering::Relaxed);
            let way = if large && !begun { Way::Crossover } else { Way::Simplex };
            if let Some(answer) = vertex.or_else(|| restricted.solve(way, scale, self.task.control)) {
                let whole = answer.whole.len();
                self.task.control.note(format_args!("  vertex lp {} whole {whole} of {}", answer.value, block.people.len()));
                if let Some(plan) = answer.plan {
                    self.offer(plan);
                }
                found.support = answer.support;
                found.amounts = answer.amounts;
                found.whole = answer.whole;
                found.vertex = answer.vertex;
            }
        }
        found.members = restricted.members;
        found
    }

    /// Keeps the prices that prove most: the new ones, or those halfway to the best so far (the bound is convex in the prices).
    fn believe(&mut self, prices: Prices, bound: Bound) {
        let (block, scale) = (self.task.block, self.task.scale);
        let between = |a: &[i64], b: &[i64]| a.iter().zip(b).map(|(a, b)| i64::midpoint(*a, *b)).collect();
        let halfway = Prices { rows: between(&prices.rows, &self.prices.rows), floors: between(&prices.floors, &self.prices.floors) };
        let half = halfway.bound(block, scale);
        for (prices, bound) in [(prices, bound), (halfway, half)] {
            if bound.scaled < self.priced.scaled {
                self.prices = prices;
                self.priced = bound;
            }
        }
    }

    /// Whether the known plan lacks little of the bound.
    fn close(&self) -> bool {
        let bound = i128::from(self.bound());
        self.value.is_some_and(|value| i128::from(self.task.tuning.close) * (bound - i128::from(value)) <= bound.abs())
    }

    /// Each candidate's best choices by points, or by known prices when there are any: equal ones spread, few at one seat group.
    fn first(&self, each: usize) -> Vec<u32> {
        let block = self.task.block;
        let mut all = Vec::new();
        for local in 0..block.people.len() {
            let mut mine: Vec<u32> = (block.starts[local] as u32..block.starts[local + 1] as u32).collect();
            let worth = if self.task.known.is_some() { &self.priced.reduced } else { &block.points };
            let key = |&choice: &u32| (std::cmp::Reverse(worth[choice as usize]), spread(self.task.seed, choice));
            if mine.len() > each {
                let wide = 12 * each;
                if mine.len() > wide {
                    mine.select_nth_unstable_by_key(wide, key);
                    mine.truncate(wide);
                }
                mine.sort_unstable_by_key(key);
                let mut at_seat: HashMap<u32, usize> = HashMap::new();
                mine.retain(|&choice| {
                    let taken = at_seat.entry(block.choices[choice as usize].seat).or_default();
                    *taken += 1;
                    *taken <= 3
                });
                mine.truncate(each);
            }
            all.extend(mine);
        }
        all
    }

    /// Each candidate's choices outside the program that its prices find most worth adding.
    fn attractive(&self, restricted: &Restricted<'_>, people: &[i64], bound: &Bound, margin: i64) -> Vec<u32> {
        let block = self.task.block;
        let least = self.task.scale / 1_000_000 + 1;
        let each = if self.large() { 8 } else { 16 };
        let mut worth = false;
        let mut all = Vec::new();
        for (local, &person) in people.iter().enumerate() {
            let range = block.starts[local]..block.starts[local + 1];
            // In a program that keeps its candidate unplaced the candidate's own price is 0.
            let price = person + least - margin;
            let mut mine: Vec<u32> =
                range.filter(|&at| bound.reduced[at] > price && !restricted.holds(at as u32)).map(|at| at as u32).collect();
            worth |= mine.iter().any(|&choice| bound.reduced[choice as usize] > person + least);
            let key = |&choice: &u32| (std::cmp::Reverse(bound.reduced[choice as usize]), spread(self.task.seed, choice));
            if mine.len() > each {
                mine.select_nth_unstable_by_key(each, key);
                mine.truncate(each);
            }
            all.extend(mine);
        }
        if worth { all } else { Vec::new() }
    }
}
