//! A block as a linear program on some of its choices, and as an integer program.

mod apart;
mod branching;
pub(crate) mod face;
pub(crate) mod whole;

use super::highs::{BASIC, Basis, Ended, LOWER, Method, NewColumns};
use crate::common::control::Control;
use crate::common::spread::spread;
use crate::engine::block::{Block, Choice};
use crate::engine::price::Prices;
use apart::Program;

pub use branching::{Beyond, Branched, branch, branch_beyond, branch_near, parting, probe};

/// A choice per person.
pub type LocalPlan = Vec<Option<u32>>;

/// The linear program on a growing set of a block's choices.
pub struct Restricted<'b> {
    block: &'b Block,
    program: Program,
    /// Choices in the program, in the order of its columns after the load steps.
    pub members: Vec<u32>,
    inside: Vec<bool>,
    /// Shared rows in the program, in its order after people and floors.
    rows: Vec<u32>,
    /// Where each shared row is in `rows`.
    place: Vec<Option<u32>>,
    /// Divides points so that costs stay small.
    shrink: f64,
    floor_shrink: Vec<f64>,
    /// Columns that hold prices near known ones, or that count, after the load steps.
    anchors: usize,
    anchored: bool,
    /// Where the rows start that tie counts to choices, when there are any.
    counts: Option<usize>,
    /// Whether it goes on at the last basis.
    begun: bool,
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

/// How much of which choices a linear program takes; only the engine reads it.
#[derive(Clone, Debug, Default)]
pub struct Amounts(pub(super) Vec<(u32, f64)>);

/// The basis of a vertex by the block's own numbers, to begin a program of nearly the same block at; only the engine reads it.
#[derive(Clone, Debug)]
pub struct Vertex {
    steps: Vec<i32>,
    choices: Vec<(u32, i32)>,
    people: Vec<i32>,
    floors: Vec<i32>,
    rows: Vec<(u32, i32)>,
}

impl Vertex {
    /// The same with other numbers for choices; those that have none are left out.
    pub fn renamed(&self, name: impl Fn(u32) -> Option<u32>) -> Self {
        let choices = self.choices.iter().filter_map(|&(choice, status)| name(choice).map(|choice| (choice, status))).collect();
        Self { choices, ..self.clone() }
    }
    /// The same with only these floors, and others that nothing is known of.
    pub fn with_floors(mut self, keep: &[bool], fresh: usize) -> Self {
        let floors = self.floors.iter().zip(keep).filter(|(_, keep)| **keep).map(|(&status, _)| status);
        self.floors = floors.chain(std::iter::repeat_n(BASIC, fresh)).collect();
        self
    }
}

/// What a linear program answered.
pub struct Answer {
    /// Prices of rows and floors, in 1/scale of the block's points, made valid.
    pub prices: Prices,
    /// Prices of people in the same unit: a choice is worth adding when its reduced price exceeds this.
    pub people: Vec<i64>,
    /// Value of the linear program in points, rounded up to the next 1/1000.
    pub value: i64,
    /// The plan, when the answer is whole.
    pub plan: Option<LocalPlan>,
    /// Choices with a positive amount.
    pub support: Vec<u32>,
    /// How much of each.
    pub amounts: Amounts,
    /// Choices that are taken whole.
    pub whole: Vec<u32>,
    /// Shared rows outside the program that the answer breaks.
    pub broken: Vec<u32>,
    /// Where the answer lies, when it is a vertex of the block's own rows.
    pub vertex: Option<Vertex>,
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

impl<'b> Restricted<'b> {
    /// The program with its load steps, the rows that plans need and those picked, and no choices yet. Whoever waits for it can leave it when
    /// so many choices that come at once are many; those that come by their price are few, and simplex hears at each step.
    pub fn new(block: &'b Block, picked: &[bool], seed: u64, choices: usize, control: &dyn Control) -> Self {
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
            program: Program::new(row_bounds(block, &floor_shrink, &rows), seed, choices, control),
            members: Vec::new(),
            inside: vec![false; block.choices.len()],
            rows,
            place,
            shrink: shrink(largest, 4000),
            floor_shrink,
            anchors: 0,
            anchored: false,
            counts: None,
            begun: false,
        };
        let mut steps = NewColumns::default();
        let people = block.people.len();
        for step in &block.steps {
            steps.column(step.points as f64 / restricted.shrink, 1.0);
            steps.entry(restricted.shared(step.row).expect("rows that tie load steps are core"), -1.0);
            for (number, &points) in step.floors.iter().enumerate() {
                if points != 0 {
                    steps.entry(people + number, points as f64 / restricted.floor_shrink[number]);
                }
            }
        }
        restricted.program.add(steps);
        restricted
    }

    /// The program in which whole numbers count each hook's people, and stand for them in the hook's rows: what is
    /// to be decided first is how many, not who.
    fn counting(block: &'b Block, picked: &[bool], seed: u64, choices: usize, control: &dyn Control) -> Self {
        let mut restricted = Self::new(block, picked, seed, choices, control);
        if !block.mixed() {
            return restricted;
        }
        let first = restricted.program.rows();
        restricted.program.add_ties(block.hook_entries.len());
        let mut counts = NewColumns::default();
        for (hook, entries) in block.hook_entries.iter().enumerate() {
            counts.column(0.0, block.people.len() as f64);
            counts.entry(first + hook, -1.0);
            for &(row, weight) in entries {
                if let Some(row) = restricted.shared(row) {
                    counts.entry(row, weight as f64);
                }
            }
        }
        restricted.anchors = counts.len();
        restricted.program.add(counts);
        restricted.counts = Some(first);
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
        let first = self.block.people.len();
        for (number, (&price, shrink)) in known.floors.iter().zip(&self.floor_shrink).enumerate() {
            both(first + number, price as f64 * shrink / scale as f64 / self.shrink, -1.0);
        }
        for (at, &row) in self.rows.iter().enumerate() {
            let price = known.rows[row as usize] as f64 / scale as f64 / self.shrink;
            both(first + known.floors.len() + at, price, 1.0);
        }
        let all = self.block.points.iter().chain(self.block.steps.iter().map(|step| &step.points));
        let largest = all.map(|points| points.abs()).max().unwrap_or(1).max(1);
        for (number, shrink) in self.floor_shrink.iter().enumerate() {
            // A floor that cannot be kept has a price all the same, so that bounds say so.
            anchors.column(-2.0 * largest as f64 * shrink / self.shrink, self.block.floors[number].at_least.abs().max(1) as f64);
            anchors.entry(first + number, 1.0);
        }
        self.anchors = anchors.len();
        self.program.add(anchors);
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
        self.place[row as usize].map(|at| self.block.people.len() + self.block.floors.len() + at as usize)
    }

    /// Whether a shared row is in the program, by row.
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
        for (&row, (columns, weights)) in rows.iter().zip(entries) {
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
        let people = block.people.len();
        let mut new = NewColumns::default();
        for choice in choices {
            let at = choice as usize;
            if std::mem::replace(&mut self.inside[at], true) {
                continue;
            }
            new.column(block.points[at] as f64 / self.shrink, 1.0);
            new.entry(block.choices[at].person as usize, 1.0);
            let Choice { seat, hook, .. } = block.choices[at];
            match self.counts {
                Some(first) => new.entry(first + hook as usize, 1.0),
                None => {
                    for &(row, weight) in &block.hook_entries[hook as usize] {
                        self.shared(row).into_iter().for_each(|row| new.entry(row, weight as f64));
                    }
                }
            }
            for &(row, weight) in &block.seat_entries[seat as usize] {
                self.shared(row).into_iter().for_each(|row| new.entry(row, weight as f64));
            }
            for (number, floor) in block.floors.iter().enumerate() {
                if floor.points[at] != 0 {
                    new.entry(people + number, floor.points[at] as f64 / self.floor_shrink[number]);
                }
            }
            self.members.push(choice);
        }
        self.program.add(new);
    }

    /// Lets nearness to a plan decide between answers of equal worth: one more person as in the plan counts for less than a point for
    /// all of them together. What the next answer says of prices and value then means nothing.
    pub fn lean(&mut self, plan: &LocalPlan) {
        self.add(plan.iter().flatten().copied());
        let block = self.block;
        self.tip(|choice| f64::from(u8::from(plan[block.choices[choice as usize].person as usize] == Some(choice))));
    }

    /// Lets chance decide between answers of equal worth: for everybody together it counts for less than a point. What the next answer
    /// says of prices and value then means nothing.
    pub fn scatter(&mut self, seed: u64) {
        self.tip(|choice| (spread(seed, choice) >> 11) as f64 / (1u64 << 53) as f64);
    }

    /// Makes each choice worth a little more, by shares from 0 to 1 that count for less than a point for everybody together.
    fn tip(&mut self, share: impl Fn(u32) -> f64) {
        let most = 1.0 / (self.shrink * (2 * self.block.people.len() + 1) as f64);
        let cost = |&choice: &u32| self.block.points[choice as usize] as f64 / self.shrink + most * share(choice);
        let costs: Vec<f64> = self.members.iter().map(cost).collect();
        self.program.costs(self.before(), costs);
    }

    /// Begins at a vertex of nearly the same block, and goes on from there each time: after the last choice was added.
    pub fn begin(&mut self, from: &Vertex) {
        let steps = self.block.steps.len();
        let mut basis = Basis { columns: vec![LOWER; self.program.columns()], rows: vec![BASIC; self.program.rows()] };
        if let Some(first) = self.counts {
            // Counts follow from their choices.
            basis.columns[steps..steps + self.anchors].fill(BASIC);
            basis.rows[first..].fill(LOWER);
        }
        basis.columns[..steps].copy_from_slice(&from.steps);
        let mut known = vec![LOWER; self.block.choices.len()];
        from.choices.iter().for_each(|&(choice, status)| known[choice as usize] = status);
        for (at, &choice) in (self.before()..).zip(&self.members) {
            basis.columns[at] = known[choice as usize];
        }
        let (people, floors) = (from.people.len(), from.floors.len());
        basis.rows[..people].copy_from_slice(&from.people);
        basis.rows[people..people + floors].copy_from_slice(&from.floors);
        for &(row, status) in &from.rows {
            if let Some(at) = self.shared(row) {
                basis.rows[at] = status;
            }
        }
        self.program.begin(basis);
        self.begun = true;
    }

    fn vertex(&self) -> Vertex {
        let Basis { columns, rows } = self.program.basis();
        let people = self.block.people.len();
        let shared = people + self.block.floors.len();
        let choices = self.members.iter().zip(&columns[self.before()..]).filter(|(_, status)| **status != LOWER);
        Vertex {
            steps: columns[..self.block.steps.len()].to_vec(),
            choices: choices.map(|(&choice, &status)| (choice, status)).collect(),
            people: rows[..people].to_vec(),
            floors: rows[people..shared].to_vec(),
            rows: self.rows.iter().copied().zip(rows[shared..].iter().copied()).collect(),
        }
    }

    /// Solves the linear program; `None` when it was stopped or failed.
    pub fn solve(&mut self, way: Way, scale: i64, control: &dyn Control) -> Option<Answer> {
        let method = match way {
            Way::Interior => Method::Interior,
            Way::Crossover => Method::Crossover,
            Way::Simplex => Method::Simplex,
        };
        self.program.method(method);
        if way != Way::Interior && !self.begun {
            self.program.forget();
        }
        if let Some(left) = control.left() {
            self.program.time_limit(left.as_secs_f64());
        }
        let mut ended = self.program.run(control, &|_| {});
        if ended == Ended::Failed && way != Way::Simplex {
            self.program.method(Method::Simplex);
            ended = self.program.run(control, &|_| {});
        }
        if ended != Ended::Optimal {
            return None;
        }
        let block = self.block;
        let people = block.people.len();
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
        let (mut support, mut amounts, mut taken) = (Vec::new(), Vec::new(), Vec::new());
        let mut used = vec![0.0; block.rows.len()];
        for (&choice, &amount) in self.members.iter().zip(&values[self.before()..]) {
            if amount > 1e-6 {
                support.push(choice);
                amounts.push((choice, amount));
                block.entries(choice as usize).for_each(|(row, weight)| used[row as usize] += amount * weight as f64);
                if amount > 1.0 - 1e-6 {
                    taken.push(choice);
                } else {
                    fractional = true;
                }
                plan[block.choices[choice as usize].person as usize] = Some(choice);
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
            amounts: Amounts(amounts),
            whole: taken,
            broken: (0..block.rows.len() as u32)
                .filter(|&row| {
                    let limit = block.rows[row as usize].at_most as f64;
                    self.place[row as usize].is_none() && used[row as usize] > limit + 1e-4 * limit.max(1.0)
                })
                .collect(),
            vertex: (way != Way::Interior && !self.anchored && self.counts.is_none()).then(|| self.vertex()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::common::control::Unhurried;
    use crate::engine::block::{LocalFloor, LocalRow};

    #[test]
    fn a_program_that_begins_at_a_vertex_of_a_larger_block_answers_as_one_that_begins_afresh() {
        let row = |at_most| LocalRow { at_most, tight: false, core: true, crosses: false, origin: Some(0) };
        let anywhere: &[(u32, u32)] = &[(0, 0), (0, 1), (1, 0), (1, 1)];
        let seats = vec![vec![(0, 1)], vec![(1, 1)]];
        let hooks = vec![vec![(2, 2)], vec![(3, 3)]];
        let mut block = Block::of(&[anywhere; 4], vec![row(2), row(2), row(5), row(3)], seats, hooks);
        (0..).zip(&mut block.points).for_each(|(at, points)| *points = 10 + at * 7 % 5);
        let solved = |block: &Block, from: Option<&Vertex>| {
            let mut restricted = Restricted::new(block, &[true; 4], 1, 0, &Unhurried);
            restricted.add(0..block.choices.len() as u32);
            from.into_iter().for_each(|from| restricted.begin(from));
            restricted.solve(Way::Simplex, 1 << 20, &Unhurried).expect("small programs have an answer")
        };
        let whole = solved(&block, None);
        let vertex = whole.vertex.expect("the simplex method ends at a vertex");
        // Two people of the first hook leave room for half a person more: a cut says so, and some choices are gone.
        let left: Vec<u32> = (0..16).filter(|choice| choice % 5 != 4).collect();
        let mut fewer = block.only(&left);
        let points = fewer.choices.iter().map(|choice| if choice.hook == 0 { -1 } else { 0 }).collect();
        fewer.floors.push(LocalFloor { points, at_least: -2, divisor: 1 });
        let name = |choice: u32| left.binary_search(&choice).ok().map(|at| at as u32);
        let vertex = vertex.renamed(name).with_floors(&[], 1);
        let (afresh, begun) = (solved(&fewer, None), solved(&fewer, Some(&vertex)));
        assert_eq!(afresh.value, begun.value);
        assert!(begun.value < whole.value, "{} {}", begun.value, whole.value);
        assert!(begun.vertex.is_some_and(|vertex| vertex.floors.len() == 1));
    }
}
