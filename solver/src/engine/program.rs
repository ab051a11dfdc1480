//! A block as a linear program on some of its choices, and as an integer program.

use std::cell::Cell;

use super::highs::{Branching, Ended, Listener, Method, NewColumns, Program};
use crate::control::Control;
use crate::model::blocks::Block;
use crate::model::price::Prices;

/// A choice per local candidate.
pub type LocalPlan = Vec<Option<u32>>;

/// The linear program on a growing set of a block's choices.
pub struct Restricted<'b> {
    block: &'b Block,
    program: Program,
    /// Choices in the program, in the order of its columns after the load steps.
    pub members: Vec<u32>,
    inside: Vec<bool>,
    /// Shared rows in the program, in its order after candidates and floors.
    rows: Vec<u32>,
    /// Where each shared row is in `rows`.
    place: Vec<Option<u32>>,
    /// Divides points so that costs stay small.
    shrink: f64,
    floor_shrink: Vec<f64>,
    /// Columns that hold prices near known ones, after the load steps.
    anchors: usize,
    anchored: bool,
}

/// How far an anchor lets a row be over-full or under-full.
const ANCHOR: f64 = 1e-4;

/// How a linear program is solved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Interior point: prices inside the optimal face, amounts spread over it.
    Interior,
    /// Interior point, then crossover to a vertex.
    Crossover,
    /// Simplex: a vertex.
    Simplex,
}

/// What a linear program answered.
pub struct Answer {
    /// Prices of rows and floors, in 1/scale of the block's points, made valid.
    pub prices: Prices,
    /// Prices of candidates in the same unit: a choice is worth adding when its reduced price exceeds this.
    pub people: Vec<i64>,
    /// Value of the linear program in points, rounded up to the next 1/1000.
    pub value: i64,
    /// The plan, when the answer is whole.
    pub plan: Option<LocalPlan>,
    /// Choices with a positive amount.
    pub support: Vec<u32>,
    /// Choices that are taken whole.
    pub whole: Vec<u32>,
    /// Shared rows outside the program that the answer breaks.
    pub broken: Vec<u32>,
}

/// What branch and bound answered.
pub struct Branched {
    /// Best plan found, by local candidate. Not yet checked.
    pub plan: Option<LocalPlan>,
    /// Largest whole value not excluded on these choices, when the engine says so.
    pub bound: Option<i64>,
    /// Whether the search was completed.
    pub complete: bool,
    /// Nodes.
    pub nodes: u64,
}

/// Power of two that brings `largest` to about `target`.
fn shrink(largest: i64, target: i64) -> f64 {
    let mut factor = 1.0;
    let mut rest = largest;
    while rest > target {
        rest /= 2;
        factor *= 2.0;
    }
    factor
}

fn row_bounds(block: &Block, floor_shrink: &[f64], shared: &[u32]) -> Vec<(f64, f64)> {
    let people = block.must.iter().map(|&must| if must { (1.0, 1.0) } else { (f64::NEG_INFINITY, 1.0) });
    let floors = block.floors.iter().zip(floor_shrink).map(|(floor, shrink)| (floor.at_least as f64 / shrink, f64::INFINITY));
    let shared = shared.iter().map(|&row| {
        let row = &block.rows[row as usize];
        let limit = row.at_most as f64;
        (if row.tight { limit } else { f64::NEG_INFINITY }, limit)
    });
    people.chain(floors).chain(shared).collect()
}

struct Ear<'a> {
    control: &'a dyn Control,
    nodes: Cell<u64>,
    heard: &'a dyn Fn(Branching),
}

impl Listener for Ear<'_> {
    fn stop(&self) -> bool {
        self.control.stopped() || self.control.left().is_some_and(|left| left.is_zero())
    }
    fn branching(&self, now: Branching) {
        self.nodes.set(u64::try_from(now.nodes).unwrap_or(0));
        (self.heard)(now);
    }
}

impl<'b> Restricted<'b> {
    /// The program with its load steps, the rows that plans need and those picked, and no choices yet.
    pub fn new(block: &'b Block, picked: &[bool], seed: u64) -> Self {
        let largest = block.points.iter().chain(block.steps.iter().map(|step| &step.points)).map(|p| p.abs()).max().unwrap_or(1);
        let floor_shrink: Vec<f64> =
            block.floors.iter().map(|floor| shrink(floor.points.iter().map(|p| p.abs()).max().unwrap_or(1), 1000)).collect();
        let rows: Vec<u32> = (0..block.rows.len() as u32)
            .filter(|&row| block.rows[row as usize].core || block.rows[row as usize].tight || picked[row as usize])
            .collect();
        let mut place = vec![None; block.rows.len()];
        (0..).zip(&rows).for_each(|(at, &row)| place[row as usize] = Some(at));
        let mut restricted = Self {
            block,
            program: Program::new(&row_bounds(block, &floor_shrink, &rows), seed),
            members: Vec::new(),
            inside: vec![false; block.choices.len()],
            rows,
            place,
            shrink: shrink(largest, 4000),
            floor_shrink,
            anchors: 0,
            anchored: false,
        };
        let mut steps = NewColumns::default();
        let people = block.candidates.len();
        for step in &block.steps {
            steps.column(step.points as f64 / restricted.shrink, 1.0);
            steps.entry(restricted.shared(step.row).expect("rows that tie load steps are core"), -1.0);
            for (number, &points) in step.floors.iter().enumerate() {
                if points != 0 {
                    steps.entry(people + number, points as f64 / restricted.floor_shrink[number]);
                }
            }
        }
        restricted.program.add(&steps);
        restricted
    }

    /// Among equally good prices, and nearly so among others, prefers those near known ones: each row may be a little over-full at its
    /// known price, or a little under-full for it (du Merle, Villeneuve, Desrosiers & Hansen 1999). Before any choice is added.
    pub fn anchor(&mut self, known: &Prices, scale: i64) {
        debug_assert!(self.members.is_empty());
        let mut anchors = NewColumns::default();
        let mut both = |row: usize, price: f64, over: f64| {
            anchors.column(-price, ANCHOR);
            anchors.entry(row, -over);
            if price != 0.0 {
                anchors.column(price, ANCHOR);
                anchors.entry(row, over);
            }
        };
        let first = self.block.candidates.len();
        for (number, (&price, shrink)) in known.floors.iter().zip(&self.floor_shrink).enumerate() {
            both(first + number, price as f64 * shrink / scale as f64 / self.shrink, -1.0);
        }
        for (at, &row) in self.rows.iter().enumerate() {
            let price = known.rows[row as usize] as f64 / scale as f64 / self.shrink;
            both(first + known.floors.len() + at, price, 1.0);
        }
        self.program.add(&anchors);
        self.anchors = anchors.len();
        self.anchored = true;
    }

    /// Takes the anchors away; says whether there were any.
    pub fn release(&mut self) -> bool {
        let steps = self.block.steps.len();
        self.program.shut(steps..steps + self.anchors);
        std::mem::replace(&mut self.anchored, false)
    }

    /// Columns before those of the choices.
    fn before(&self) -> usize {
        self.block.steps.len() + self.anchors
    }

    /// Row of the program that holds a shared row.
    fn shared(&self, row: u32) -> Option<usize> {
        self.place[row as usize].map(|at| self.block.candidates.len() + self.block.floors.len() + at as usize)
    }

    /// Whether a shared row is in the program, by local row.
    pub fn picked(&self) -> Vec<bool> {
        self.place.iter().map(Option::is_some).collect()
    }

    /// Adds shared rows that are not in it yet.
    pub fn tighten(&mut self, rows: &[u32]) {
        let block = self.block;
        let mut number = vec![usize::MAX; block.rows.len()];
        rows.iter().enumerate().for_each(|(at, &row)| number[row as usize] = at);
        let mut entries: Vec<(Vec<usize>, Vec<f64>)> = vec![Default::default(); rows.len()];
        for (column, &choice) in (self.before()..).zip(&self.members) {
            for (row, weight) in block.entries(choice as usize).filter(|&(row, _)| number[row as usize] != usize::MAX) {
                let (columns, weights) = &mut entries[number[row as usize]];
                columns.push(column);
                weights.push(weight as f64);
            }
        }
        for (&row, (columns, weights)) in rows.iter().zip(&entries) {
            self.place[row as usize] = Some(self.rows.len() as u32);
            self.rows.push(row);
            self.program.add_row(block.rows[row as usize].at_most as f64, columns, weights);
        }
    }

    /// Whether a choice is in the program.
    pub fn holds(&self, choice: u32) -> bool {
        self.inside[choice as usize]
    }

    /// Adds choices that are not in it yet.
    pub fn add(&mut self, choices: impl IntoIterator<Item = u32>) {
        let block = self.block;
        let people = block.candidates.len();
        let mut new = NewColumns::default();
        for choice in choices {
            let at = choice as usize;
            if std::mem::replace(&mut self.inside[at], true) {
                continue;
            }
            new.column(block.points[at] as f64 / self.shrink, 1.0);
            new.entry(block.choices[at].candidate as usize, 1.0);
            for (row, weight) in block.entries(at) {
                if let Some(row) = self.shared(row) {
                    new.entry(row, weight as f64);
                }
            }
            for (number, floor) in block.floors.iter().enumerate() {
                if floor.points[at] != 0 {
                    new.entry(people + number, floor.points[at] as f64 / self.floor_shrink[number]);
                }
            }
            self.members.push(choice);
        }
        self.program.add(&new);
    }

    /// Lets nearness to a plan decide between answers of equal worth: one more person as in the plan counts for less than a point for
    /// all of them together. What the next answer says of prices and value then means nothing.
    pub fn lean(&mut self, plan: &LocalPlan) {
        self.add(plan.iter().flatten().copied());
        let bonus = 1.0 / (self.shrink * (2 * plan.len() + 1) as f64);
        let cost = |&choice: &u32| {
            let kept = plan[self.block.choices[choice as usize].candidate as usize] == Some(choice);
            self.block.points[choice as usize] as f64 / self.shrink + if kept { bonus } else { 0.0 }
        };
        let costs: Vec<f64> = self.members.iter().map(cost).collect();
        self.program.costs(self.before(), &costs);
    }

    /// Solves the linear program; `None` when it was stopped or failed.
    pub fn solve(&mut self, way: Way, scale: i64, control: &dyn Control) -> Option<Answer> {
        let method = match way {
            Way::Interior => Method::Interior,
            Way::Crossover => Method::Crossover,
            Way::Simplex => Method::Simplex,
        };
        self.program.method(method);
        if way != Way::Interior {
            self.program.forget();
        }
        if let Some(left) = control.left() {
            self.program.time_limit(left.as_secs_f64());
        }
        let ear = Ear { control, nodes: Cell::new(0), heard: &|_| {} };
        let mut ended = self.program.run(&ear);
        if ended == Ended::Failed && way != Way::Simplex {
            self.program.method(Method::Simplex);
            ended = self.program.run(&ear);
        }
        if ended != Ended::Optimal {
            return None;
        }
        let block = self.block;
        let people = block.candidates.len();
        let raw = self.program.prices();
        let whole = |price: f64, by: f64| (price * by * scale as f64).round() as i64;
        let prices = Prices {
            rows: (0..block.rows.len() as u32).map(|row| self.shared(row).map_or(0, |at| whole(raw[at], self.shrink))).collect(),
            floors: raw[people..people + block.floors.len()]
                .iter()
                .zip(&self.floor_shrink)
                .map(|(&price, shrink)| whole(-price, self.shrink / shrink))
                .collect(),
        };
        let values = self.program.values()?;
        let mut plan: LocalPlan = vec![None; people];
        let mut fractional = false;
        let (mut support, mut taken) = (Vec::new(), Vec::new());
        let mut used = vec![0.0; block.rows.len()];
        for (&choice, &amount) in self.members.iter().zip(&values[self.before()..]) {
            if amount > 1e-6 {
                support.push(choice);
                block.entries(choice as usize).for_each(|(row, weight)| used[row as usize] += amount * weight as f64);
                if amount > 1.0 - 1e-6 {
                    taken.push(choice);
                } else {
                    fractional = true;
                }
                plan[block.choices[choice as usize].candidate as usize] = Some(choice);
            }
        }
        Some(Answer {
            prices: prices.made_valid(block),
            people: raw
                .iter()
                .zip(&block.must)
                .map(|(&price, &must)| whole(price, self.shrink).clamp(if must { -Prices::MOST } else { 0 }, Prices::MOST))
                .collect(),
            value: (self.program.objective() * self.shrink * 1000.0).ceil().min(9e18) as i64,
            plan: (!fractional).then_some(plan),
            support,
            whole: taken,
            broken: (0..block.rows.len() as u32)
                .filter(|&row| {
                    let limit = block.rows[row as usize].at_most as f64;
                    self.place[row as usize].is_none() && used[row as usize] > limit + 1e-4 * limit.max(1.0)
                })
                .collect(),
        })
    }
}

/// What a plan must do beyond the block's own rows.
#[derive(Clone, Copy, Debug)]
pub struct Beyond<'a> {
    /// Use at least one of these choices.
    pub one_of: &'a [u32],
    /// Be worth at least this.
    pub at_least: i64,
}

/// Branch and bound on some of a block's choices, among plans that go beyond what is known.
pub fn branch_beyond(
    block: &Block,
    (choices, picked): (&[u32], &[bool]),
    beyond: Beyond<'_>,
    seed: u64,
    control: &dyn Control,
) -> Branched {
    let mut restricted = Restricted::new(block, picked, seed);
    restricted.add(choices.iter().copied());
    let steps = block.steps.len();
    let (mut columns, mut worth) = (Vec::new(), Vec::new());
    let shrink = restricted.shrink;
    for (column, step) in block.steps.iter().enumerate().filter(|(_, step)| step.points != 0) {
        columns.push(column);
        worth.push(-(step.points as f64) / shrink);
    }
    let mut one_of = Vec::new();
    for (column, &choice) in (steps..).zip(&restricted.members) {
        if block.points[choice as usize] != 0 {
            columns.push(column);
            worth.push(-(block.points[choice as usize] as f64) / shrink);
        }
        if beyond.one_of.binary_search(&choice).is_ok() {
            one_of.push(column);
        }
    }
    restricted.program.add_row(-(beyond.at_least as f64 - 0.5) / shrink, &columns, &worth);
    restricted.program.add_row(-1.0, &one_of, &vec![-1.0; one_of.len()]);
    finish(restricted, None, (None, None), control, &|_, _| {})
}

/// Branch and bound on some of a block's choices, from a known plan if there is one, until so many nodes or so good a plan.
pub fn branch(
    block: &Block,
    (choices, picked): (&[u32], &[bool]),
    from: Option<&LocalPlan>,
    seed: u64,
    (nodes, target): (Option<i32>, Option<i64>),
    control: &dyn Control,
    heard: &dyn Fn(u64, Option<i64>),
) -> Branched {
    let mut restricted = Restricted::new(block, picked, seed);
    restricted.add(choices.iter().copied());
    finish(restricted, from, (nodes, target), control, heard)
}

/// [`branch`] for a plan worth `target`, nearest to a known one among equals, until so many nodes.
pub fn branch_near(
    block: &Block,
    (choices, picked): (&[u32], &[bool]),
    near: &LocalPlan,
    seed: u64,
    (nodes, target): (i32, i64),
    control: &dyn Control,
) -> Branched {
    let mut restricted = Restricted::new(block, picked, seed);
    restricted.add(choices.iter().copied());
    restricted.lean(near);
    let found = finish(restricted, None, (Some(nodes), Some(target)), control, &|_, _| {});
    // Its bound is that of another objective.
    Branched { bound: None, complete: false, ..found }
}

fn finish(
    mut restricted: Restricted<'_>,
    from: Option<&LocalPlan>,
    (nodes, target): (Option<i32>, Option<i64>),
    control: &dyn Control,
    heard: &dyn Fn(u64, Option<i64>),
) -> Branched {
    let block = restricted.block;
    let steps = block.steps.len();
    let shrink = restricted.shrink;
    let program = &mut restricted.program;
    program.integers(steps..steps + restricted.members.len());
    program.decimal("mip_abs_gap", 0.99 / shrink);
    if let Some(target) = target {
        program.decimal("objective_target", (target as f64 - 0.5) / shrink);
    }
    if let Some(nodes) = nodes {
        program.node_limit(nodes);
    }
    if let Some(left) = control.left() {
        program.time_limit(left.as_secs_f64());
    }
    if let Some(from) = from {
        let mut values = vec![0.0; program.columns()];
        let mut used = vec![0i64; block.rows.len()];
        let mut missing = false;
        let place: std::collections::HashMap<u32, usize> =
            restricted.members.iter().enumerate().map(|(at, &choice)| (choice, at)).collect();
        for &choice in from.iter().flatten() {
            match place.get(&choice) {
                Some(&at) => values[steps + at] = 1.0,
                None => missing = true,
            }
            block.entries(choice as usize).for_each(|(row, weight)| used[row as usize] += weight);
        }
        for (at, step) in block.steps.iter().enumerate() {
            if used[step.row as usize] > 0 {
                used[step.row as usize] -= 1;
                values[at] = 1.0;
            }
        }
        if !missing {
            program.start_from(&values);
        }
    }
    let points = |bound: f64| -> Option<i64> {
        let bound = (bound * shrink + 1e-4).floor();
        (bound.abs() < 9e17).then_some(bound as i64)
    };
    let tell = |now: Branching| heard(u64::try_from(now.nodes).unwrap_or(0), points(now.bound));
    let ear = Ear { control, nodes: Cell::new(0), heard: &tell };
    let ended = program.run(&ear);
    let plan = program.values().map(|values| {
        let mut plan: LocalPlan = vec![None; block.candidates.len()];
        for (&choice, &amount) in restricted.members.iter().zip(&values[steps..]) {
            if amount > 0.5 {
                plan[block.choices[choice as usize].candidate as usize] = Some(choice);
            }
        }
        plan
    });
    let bound = match ended {
        Ended::Optimal | Ended::Stopped => points(program.bound()),
        Ended::Infeasible | Ended::Failed => None,
    };
    Branched { plan, bound, complete: matches!(ended, Ended::Optimal | Ended::Infeasible), nodes: program.nodes() }
}
