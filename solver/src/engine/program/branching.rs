//! Branch and bound on some of a block's choices.

use std::collections::BTreeMap;

use super::apart::Program;
use super::{Amounts, LocalPlan, Restricted, Vertex};
use crate::common::control::Control;
use crate::engine::block::{Block, Choice};
use crate::engine::highs::{Branching, Ended, Method};

/// Choices above which a search for a proof leaves out searches for plans.
const MANY: usize = 6000;

/// Counts that are tried before the work is divided.
const PROBED: usize = 12;

/// What branch and bound answered.
pub struct Branched {
    /// Best plan found, by person. Not yet checked.
    pub plan: Option<LocalPlan>,
    /// Largest whole value not excluded on these choices, when the engine says so.
    pub bound: Option<i64>,
    /// Whether the search was completed.
    pub complete: bool,
    /// Nodes.
    pub nodes: u64,
}

impl Branched {
    /// Whether it is called complete and yet more is claimed than its plan is worth: HiGHS has handed back the plan that it was given, worth 393,
    /// as the best one, with an objective of 477 (1.16.0).
    pub fn overstated(&self, block: &Block) -> bool {
        let worth = self.plan.as_ref().and_then(|plan| block.value(plan));
        self.complete && worth.zip(self.bound).is_some_and(|(worth, bound)| bound > worth)
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
    let mut restricted = Restricted::counting(block, picked, seed, choices.len(), control);
    restricted.add(choices.iter().copied());
    let first = restricted.before();
    let (mut columns, mut worth) = (Vec::new(), Vec::new());
    let shrink = restricted.shrink;
    for (column, step) in block.steps.iter().enumerate().filter(|(_, step)| step.points != 0) {
        columns.push(column);
        worth.push(-(step.points as f64) / shrink);
    }
    let mut one_of = Vec::new();
    for (column, &choice) in (first..).zip(&restricted.members) {
        if block.points[choice as usize] != 0 {
            columns.push(column);
            worth.push(-(block.points[choice as usize] as f64) / shrink);
        }
        if beyond.one_of.binary_search(&choice).is_ok() {
            one_of.push(column);
        }
    }
    restricted.program.add_row(-(beyond.at_least as f64 - 0.5) / shrink, columns, worth);
    let ones = vec![-1.0; one_of.len()];
    restricted.program.add_row(-1.0, one_of, ones);
    finish(restricted, None, (None, None), control, &|_, _| {})
}

/// Branch and bound on some of a block's choices, from a known plan if there is one, until so many nodes or so good a plan. Where only a
/// value is known, what is not better may be left out.
pub fn branch(
    block: &Block,
    (choices, picked): (&[u32], &[bool]),
    (from, value): (Option<&LocalPlan>, Option<i64>),
    seed: u64,
    (nodes, target): (Option<i32>, Option<i64>),
    control: &dyn Control,
    heard: &dyn Fn(u64, Option<i64>),
) -> Branched {
    let mut restricted = Restricted::counting(block, picked, seed, choices.len(), control);
    restricted.add(choices.iter().copied());
    if let (None, Some(value)) = (from, value) {
        // Of the problem as a minimisation, as HiGHS turns it.
        let cutoff = -(value as f64 + 0.5) / restricted.shrink;
        restricted.program.decimal("objective_bound", cutoff);
        if nodes.is_none() {
            without_searches(&mut restricted.program);
        }
    }
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
    let mut restricted = Restricted::counting(block, picked, seed, choices.len(), control);
    restricted.add(choices.iter().copied());
    restricted.lean(near);
    let found = finish(restricted, None, (Some(nodes), Some(target)), control, &|_, _| {});
    // Its bound is that of another objective.
    Branched { bound: None, complete: false, ..found }
}

/// Where to divide the work: a hook, and the number of people of it below or above which the linear program is worth less, by as much as
/// can be on the side where that is least.
pub fn probe(
    block: &Block,
    (choices, picked): (&[u32], &[bool]),
    from: Option<&Vertex>,
    seed: u64,
    control: &dyn Control,
) -> Option<(u32, i64)> {
    let mut restricted = Restricted::counting(block, picked, seed, choices.len(), control);
    let first = block.steps.len();
    restricted.counts?;
    restricted.add(choices.iter().copied());
    from.into_iter().for_each(|from| restricted.begin(from));
    let program = &mut restricted.program;
    program.method(Method::Simplex);
    if program.run(control, &|_| {}) != Ended::Optimal {
        return None;
    }
    let (whole, values) = (program.objective(), program.values()?);
    let mut broken: Vec<(usize, f64)> = (0..block.hook_entries.len())
        .map(|hook| (hook, values[first + hook]))
        .filter(|(_, amount)| (amount - amount.round()).abs() > 1e-5)
        .collect();
    broken.sort_by(|a, b| (a.1.fract() - 0.5).abs().total_cmp(&(b.1.fract() - 0.5).abs()).then(a.0.cmp(&b.0)));
    broken.truncate(PROBED);
    let most = block.people.len() as f64;
    let mut best: Option<(f64, u32, i64)> = None;
    for (hook, amount) in broken {
        let mut worth = |lower: f64, upper: f64| -> Option<f64> {
            program.bounds(first + hook, lower, upper);
            match program.run(control, &|_| {}) {
                Ended::Optimal => Some(whole - program.objective()),
                Ended::Infeasible => Some(whole.abs()),
                Ended::Stopped | Ended::Failed => None,
            }
        };
        let (fewer, more) = (worth(0.0, amount.floor()), worth(amount.ceil(), most));
        program.bounds(first + hook, 0.0, most);
        let (Some(fewer), Some(more)) = (fewer, more) else { continue };
        let score = fewer.min(more) + 0.1 * fewer.max(more);
        if best.is_none_or(|(known, ..)| score > known) {
            best = Some((score, hook as u32, amount.floor() as i64));
        }
    }
    best.map(|(_, hook, number)| (hook, number))
}

/// Where to divide the work when counts are whole: the choices of one person at one hook, or else at one seat, of which the linear program takes
/// as nearly as can be a half. Every plan uses one of them or none. Nothing where it takes everybody whole.
pub fn parting(block: &Block, amounts: &Amounts) -> Option<Vec<u32>> {
    let by = |key: &dyn Fn(&Choice) -> u32| -> Option<Vec<u32>> {
        let mut shares: BTreeMap<(u32, u32), f64> = BTreeMap::new();
        for &(choice, amount) in &amounts.0 {
            let it = &block.choices[choice as usize];
            *shares.entry((it.person, key(it))).or_default() += amount;
        }
        let broken = shares.into_iter().filter(|(_, share)| (share - share.round()).abs() > 1e-3);
        let ((person, at), _) = broken.min_by(|one, other| (one.1 - 0.5).abs().total_cmp(&(other.1 - 0.5).abs()))?;
        let own = block.starts[person as usize] as u32..block.starts[person as usize + 1] as u32;
        Some(own.filter(|&choice| key(&block.choices[choice as usize]) == at).collect())
    };
    by(&|choice| choice.hook).or_else(|| by(&|choice| choice.seat))
}

/// Where what is looked for is a proof, searches for plans on the way cost more than they find.
fn without_searches(program: &mut Program) {
    program.decimal("mip_heuristic_effort", 0.0);
    for heuristic in ["mip_heuristic_run_rins", "mip_heuristic_run_rens", "mip_heuristic_run_root_reduced_cost"] {
        program.switch(heuristic, false);
    }
}

fn finish(
    mut restricted: Restricted<'_>,
    from: Option<&LocalPlan>,
    (nodes, target): (Option<i32>, Option<i64>),
    control: &dyn Control,
    heard: &dyn Fn(u64, Option<i64>),
) -> Branched {
    let block = restricted.block;
    let (steps, first) = (block.steps.len(), restricted.before());
    let (shrink, counting) = (restricted.shrink, restricted.counts.is_some());
    let program = &mut restricted.program;
    program.integers(steps..first + restricted.members.len());
    program.decimal("mip_abs_gap", 0.99 / shrink);
    if nodes.is_none() && restricted.members.len() > MANY {
        // Many choices and no limit.
        without_searches(program);
    }
    if counting {
        // What bounds leave out was left out before; starting again costs more than it saves.
        program.switch("mip_allow_restart", false);
    }
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
                Some(&at) => values[first + at] = 1.0,
                None => missing = true,
            }
            block.entries(choice as usize).for_each(|(row, weight)| used[row as usize] += weight);
            if counting {
                values[steps + block.choices[choice as usize].hook as usize] += 1.0;
            }
        }
        for (at, step) in block.steps.iter().enumerate() {
            if used[step.row as usize] > 0 {
                used[step.row as usize] -= 1;
                values[at] = 1.0;
            }
        }
        if !missing {
            program.start_from(values);
        }
    }
    let points = |bound: f64| -> Option<i64> {
        let bound = (bound * shrink + 1e-4).floor();
        (bound.abs() < 9e17).then_some(bound as i64)
    };
    let tell = |now: Branching| heard(u64::try_from(now.nodes).unwrap_or(0), points(now.bound));
    let ended = program.run(control, &tell);
    let plan = program.values().map(|values| {
        let mut plan: LocalPlan = vec![None; block.people.len()];
        for (&choice, &amount) in restricted.members.iter().zip(&values[first..]) {
            if amount > 0.5 {
                plan[block.choices[choice as usize].person as usize] = Some(choice);
            }
        }
        plan
    });
    let bound = match ended {
        Ended::Optimal => points(program.bound()).max(points(program.objective())),
        Ended::Stopped => points(program.bound()),
        Ended::Infeasible | Ended::Failed => None,
    };
    Branched { plan, bound, complete: matches!(ended, Ended::Optimal | Ended::Infeasible), nodes: program.nodes() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::block::LocalRow;

    #[test]
    fn whoever_is_half_somewhere_is_divided_by_hook_first_and_by_seat_where_hooks_are_whole() {
        let row = |at_most| LocalRow { at_most, tight: false, core: true, crosses: false, origin: Some(0) };
        let anywhere: &[(u32, u32)] = &[(0, 0), (0, 1), (1, 0), (1, 1)];
        let seat = |row| vec![(row, 1)];
        let block = Block::of(&[anywhere; 2], vec![row(2); 4], vec![seat(0), seat(1)], vec![seat(2), seat(3)]);
        let parted = |amounts: &[(u32, f64)]| parting(&block, &Amounts(amounts.to_vec()));
        // The first person is for 0.9 at the first hook, the second for 0.6.
        assert_eq!(parted(&[(0, 0.9), (1, 0.1), (4, 0.6), (7, 0.3)]), Some(vec![4, 6]));
        assert_eq!(parted(&[(0, 1.0), (5, 0.25), (7, 0.75)]), Some(vec![4, 5]));
        assert_eq!(parted(&[(0, 1.0), (7, 1.0)]), None);
    }

    #[test]
    fn an_answer_that_is_called_complete_and_claims_more_than_its_plan_is_worth_is_overstated() {
        let row = LocalRow { at_most: 1, tight: false, core: true, crosses: false, origin: Some(0) };
        let block = Block::of(&[&[(0, 0)]], vec![row], vec![vec![(0, 1)]], vec![Vec::new()]);
        let answer = |bound, complete| Branched { plan: Some(vec![Some(0)]), bound, complete, nodes: 0 };
        assert!(answer(Some(2), true).overstated(&block));
        assert!(!answer(Some(1), true).overstated(&block) && !answer(None, true).overstated(&block));
        assert!(!answer(Some(2), false).overstated(&block));
    }
}
