//! Looks for a plan that reaches the bound: from a vertex of the priced program, with the wishes of later goals, and by branch and
//! bound on every choice that a better plan could use.

use std::sync::atomic::Ordering;

use super::{Found, Proof, State, Step, Task, WISHES};
use crate::common::spread::spread;
use crate::engine::price::{Prices, scale};
use crate::engine::program::{self, Branched, LocalPlan};
use crate::matching::solve::model::search::{Searched, search};
use crate::matching::solve::tuning::Lie;

/// Kinds of people at one coach up to which bounds are mostly reached.
const KINDS: usize = 4;
/// Choices for each person whose place is not settled.
const EACH: usize = 25;
/// Most of those all together, in a block that is not large and in a large one: there hundreds of people are not settled, and fewer
/// choices leave no room for whoever must be placed.
const KEPT: [usize; 2] = [6000, 50_000];
/// Once more is worth it where this part of what was lacking was gained.
const MUCH: i64 = 10;
/// Nodes of branch and bound for a plan near a known one, or among few choices.
const GLANCE: i32 = 20;
/// Nodes of branch and bound among few choices where that was not enough.
const LOOK: i32 = 500;

impl State<'_> {
    /// Finds a best plan by branch and bound on choices whose shortfall leaves room for one.
    pub(super) fn find(&mut self, found: Found) -> Step {
        let block = self.task.block;
        let mut outside = i64::MAX;
        // First among the choices that pricing brought in: a plan that reaches the bound is proven by prices alone.
        if block.choices.len() > self.task.tuning.dived {
            self.dive(&found, None);
            if !self.proven_by_prices() && self.task.known.is_some() {
                self.dive_near(&found);
            }
            if self.proven_by_prices() {
                return Step::Done(Proof::Prices, i64::MAX);
            }
        }
        if self.task.tuning.cuts && block.mixed() && self.value.is_some() && !self.stopped() {
            return self.narrow(&found);
        }
        if found.members.len() < block.choices.len() && self.wide(&found) {
            // A search among few that was completed below the bound says that more wishes would not help either.
            let small = block.people.len() <= 400;
            let searched = small && !self.proven_by_prices() && self.branch(&self.near(&found, WISHES), Some(GLANCE), None).0;
            if !searched && !self.proven_by_prices() && !self.stopped() && !self.large() {
                self.blend(&found.members);
            }
            // Where room differs, counts decide among all choices nearly as fast as among few.
            if !searched && !block.mixed() && !self.proven_by_prices() && !self.stopped() && self.wide(&found) {
                self.branch(&self.near(&found, WISHES), Some(LOOK), None);
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
            let mut all: Vec<u32> = self.open().collect();
            if let Some(value) = self.value
                && let step @ Step::Done(..) = self.exhaust(value)
            {
                return step;
            }
            all.extend(self.plan.iter().flatten().flatten().copied());
            all.sort_unstable();
            all.dedup();
            let before = self.value;
            let (complete, bound, believed) = self.halves(&all);
            if !believed {
                // The engine's plan broke a row, or fell below a plan that is known: its word about the bound is worth nothing either.
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

    /// Branch and bound on all of these choices. Where they are many, in two halves at the same time: a better plan uses at most one of
    /// the choices whose shortfall is more than half of what is left, so it uses none of them, or at least one.
    fn halves(&mut self, all: &[u32]) -> (bool, Option<i64>, bool) {
        let block = self.task.block;
        let Some(value) = self.value.filter(|_| all.len() >= self.task.tuning.halved) else { return self.branch(all, None, None) };
        let left = self.priced.scaled - (i128::from(value) + 1) * i128::from(self.task.scale);
        let short = |choice: &u32| i128::from(self.priced.shortfall(block, *choice as usize));
        let heavy: Vec<u32> = all.iter().copied().filter(|choice| 2 * short(choice) > left && short(choice) <= left).collect();
        let Some(least) = heavy.iter().map(short).min() else { return self.branch(all, None, None) };
        let beside: Vec<u32> = all.iter().copied().filter(|choice| 2 * short(choice) > left || short(choice) <= left - least).collect();
        let used: Vec<u32> = self.plan.iter().flatten().flatten().copied().collect();
        let light: Vec<u32> = all.iter().copied().filter(|choice| 2 * short(choice) <= left || used.contains(choice)).collect();
        let (rows, seed, control) = (self.task.rows.clone(), self.task.seed, self.task.control);
        let beyond = program::Beyond { one_of: &heavy, at_least: value + 1 };
        let ((complete, bound, believed), other) =
            rayon::join(|| self.branch(&light, None, None), || program::branch_beyond(block, (&beside, &rows), beyond, seed, control));
        let other = told(&self.task, (self.value, self.plan.as_ref()), other);
        let overstated = other.overstated(block);
        self.task.tally.programs.fetch_add(1, Ordering::Relaxed);
        self.task.tally.nodes.fetch_add(other.nodes, Ordering::Relaxed);
        control.note(format_args!(
            "  the other half: {} of {} heavy, complete {} plan {:?}",
            heavy.len(),
            beside.len(),
            other.complete,
            other.plan.as_ref().map(|plan| block.value(plan))
        ));
        let found = other.plan.is_some();
        let sound = other.plan.is_none_or(|plan| self.offer(plan)) && !overstated;
        if !sound {
            self.task.tally.repairs.fetch_add(1, Ordering::Relaxed);
        }
        // Without a plan, completed: nothing is worth more than what is known. With one, it is the best of its half.
        let reach = match (other.complete, found) {
            (true, false) => Some(value),
            (true, true) => other.bound,
            (false, _) => None,
        };
        let bound = bound.zip(reach).map(|(one, other)| one.max(other));
        (complete && other.complete, bound, believed && sound)
    }

    /// Choices that a plan better than the one known could use.
    pub(super) fn open(&self) -> impl Iterator<Item = u32> + '_ {
        let aim = self.value.map_or(i128::MIN / 4, |value| i128::from(value) + 1);
        let left = self.priced.scaled.saturating_sub(aim.saturating_mul(i128::from(self.task.scale)));
        let block = self.task.block;
        (0..block.choices.len() as u32).filter(move |&choice| i128::from(self.priced.shortfall(block, choice as usize)) <= left)
    }

    /// Whether those are so many that looking among few of them first is worth its time.
    fn wide(&self, found: &Found) -> bool {
        self.open().count() > 3 * self.near(found, WISHES).len()
    }

    /// The choices that fall least short, so many for each person, with those in use.
    pub(super) fn near(&self, found: &Found, each: usize) -> Vec<u32> {
        let block = self.task.block;
        let mut near = found.members.clone();
        let keep = each * block.people.len().max(166);
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
        let mut settled = vec![false; block.people.len()];
        found.whole.iter().for_each(|&choice| settled[block.choices[choice as usize].person as usize] = true);
        let mut open: Vec<u32> =
            found.members.iter().copied().filter(|&choice| !settled[block.choices[choice as usize].person as usize]).collect();
        // A plan that reaches the bound uses only choices that fall short by less than a point, all together: first among those alone.
        // Then among others as well, unless a plan is known that comes near. With many kinds of people at a coach few bounds are reached.
        let spare = self.priced.scaled - i128::from(self.bound()) * i128::from(self.task.scale);
        let tight: Vec<u32> =
            open.iter().copied().filter(|&choice| i128::from(self.priced.shortfall(block, choice as usize)) <= spare).collect();
        let close = self.value.is_some_and(|value| self.bound() - value <= 1 + self.bound().abs() / 500);
        let keep = EACH * settled.iter().filter(|settled| !**settled).count();
        let keep = keep.clamp(600, KEPT[usize::from(self.large())]);
        let nodes = Some(if self.large() { 2 } else { 100 });
        if close {
            open = tight;
        } else if tight.len() < open.len() && block.kinds() <= KINDS {
            self.branch(&self.kept(found, tight, keep), Some(1), target.or(Some(self.bound())));
            if self.proven_by_prices() || self.stopped() {
                return;
            }
        }
        if self.large() && self.plan.is_some() {
            self.between(found);
            if self.proven_by_prices() || self.stopped() {
                return;
            }
        }
        if block.kinds() <= KINDS && target.is_none() && self.task.known.is_none() && (!self.large() || self.close()) {
            // Where many choices are worth the same, moving whoever has to is found sooner than places for those who are left.
            self.dive_near(found);
            if self.proven_by_prices() || self.stopped() {
                return;
            }
        }
        self.branch(&self.kept(found, open, keep), nodes, target);
    }

    /// Looks between the vertex and the known plan, and again from a better one while that brings much: whom both place alike stays
    /// there, all others have their choice of both, and of those that fall least short (relaxation induced neighbourhoods: Danna,
    /// Rothberg & Le Pape 2005). The known plan is always among them, so whoever must be placed can be.
    fn between(&mut self, found: &Found) {
        let block = self.task.block;
        let mut whole = vec![None; block.people.len()];
        found.whole.iter().for_each(|&choice| whole[block.choices[choice as usize].person as usize] = Some(choice));
        while let (Some(plan), Some(value)) = (self.plan.clone(), self.value) {
            let moves = |local: usize| whole[local].is_none() || whole[local] != plan[local];
            let keep = EACH * (0..plan.len()).filter(|&local| moves(local)).count();
            let open = found.members.iter().copied().filter(|&choice| moves(block.choices[choice as usize].person as usize));
            let mut open = self.kept(found, open.collect(), keep);
            open.extend(plan.iter().flatten());
            open.sort_unstable();
            open.dedup();
            let gap = self.bound() - value;
            self.branch(&open, Some(1), Some(self.bound()));
            let gained = self.value.map_or(0, |better| better - value);
            if self.proven_by_prices() || self.stopped() || gained * MUCH < gap {
                return;
            }
        }
    }

    /// Of these choices those that fall least short, with those that the vertex uses.
    fn kept(&self, found: &Found, mut open: Vec<u32>, keep: usize) -> Vec<u32> {
        if open.len() > keep {
            open.select_nth_unstable_by_key(keep, |&choice| {
                (self.priced.shortfall(self.task.block, choice as usize), spread(self.task.seed, choice))
            });
            open.truncate(keep);
        }
        open.extend(&found.whole);
        open.extend(&found.support);
        open.sort_unstable();
        open.dedup();
        open
    }

    /// Looks for a plan that reaches the bound close to the one that is known, whoever has to move for it.
    pub(super) fn dive_near(&mut self, found: &Found) {
        let block = self.task.block;
        let Some(plan) = self.plan.clone().filter(|_| !self.stopped()) else { return };
        let spare = self.priced.scaled - i128::from(self.bound()) * i128::from(self.task.scale);
        let mut open: Vec<u32> = found.members.iter().chain(&found.support).chain(plan.iter().flatten()).copied().collect();
        open.retain(|&choice| i128::from(self.priced.shortfall(block, choice as usize)) <= spare);
        let keep = (WISHES * block.people.len()).max(self.task.tuning.near);
        if open.len() > keep {
            open = self.kept(found, open, keep);
            open.extend(plan.iter().flatten());
        }
        open.sort_unstable();
        open.dedup();
        let (rows, seed, control) = (&self.task.rows, self.task.seed, self.task.control);
        let found = program::branch_near(block, (&open, rows), &plan, seed, (GLANCE, self.bound()), control);
        let found = told(&self.task, (self.value, Some(&plan)), found);
        self.task.tally.programs.fetch_add(1, Ordering::Relaxed);
        self.task.tally.nodes.fetch_add(found.nodes, Ordering::Relaxed);
        let worth = found.plan.as_ref().map(|plan| block.value(plan));
        control.note(format_args!("  near on {} bound {}: nodes {} plan {worth:?}", open.len(), self.bound(), found.nodes));
        if found.plan.is_some_and(|plan| !self.offer(plan)) {
            self.task.tally.repairs.fetch_add(1, Ordering::Relaxed);
        }
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
        let fine = scale(std::slice::from_ref(&blended));
        let prices = Prices::free(&blended);
        let priced = prices.bound(&blended, fine);
        let target = self.bound() * weight;
        let task = Task {
            block: &blended,
            starts: Vec::new(),
            known: None,
            vertex: None,
            pool: members.iter().copied().filter(|&choice| self.priced.shortfall(block, choice as usize) <= self.task.scale / 8).collect(),
            rows: self.task.rows.clone(),
            scale: fine,
            seed: self.task.seed,
            control: self.task.control,
            tally: self.task.tally,
            tuning: self.task.tuning,
            later: None,
            patience: weight / 8,
            heard: &|_, _| {},
        };
        let mut state = State { prices, priced, ..State::new(task) };
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
            state.branch(&state.near(&found, WISHES), Some(50), Some(target));
            if let Some(plan) = state.plan.clone() {
                self.offer(plan);
            }
        }
        self.proven_by_prices()
    }

    /// Tries to prove by exhaustive search that nothing beats `value`; takes better plans on its way.
    pub(super) fn exhaust(&mut self, value: i64) -> Step {
        let mut value = value;
        loop {
            match search(self.task.block, &self.prices, &self.priced, self.task.scale, value + 1, self.task.tuning.steps) {
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
    pub(super) fn branch(&mut self, choices: &[u32], nodes: Option<i32>, target: Option<i64>) -> (bool, Option<i64>, bool) {
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
        let branched = program::branch(
            task.block,
            (choices, &task.rows),
            (self.plan.as_ref(), value),
            task.seed,
            (nodes, target),
            task.control,
            &heard,
        );
        // Without a plan nothing that is said of these choices can be known to be a lie.
        let branched = told(task, (value.filter(|_| self.plan.is_some()), self.plan.as_ref()), branched);
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
        // Where the plan known so far was among the choices, an answer below it, or none at all, contradicts what is known.
        let among = self.plan.as_ref().is_some_and(|plan| plan.iter().flatten().all(|choice| choices.binary_search(choice).is_ok()));
        let found = branched.plan.as_ref().and_then(|plan| task.block.value(plan));
        let below = |reached: Option<i64>| reached < self.value;
        let contradicts = among && branched.complete && (below(found) || branched.bound.is_some_and(|bound| below(Some(bound))))
            || branched.overstated(task.block);
        let believed = branched.plan.is_none_or(|plan| self.offer(plan)) && !contradicts;
        if !believed {
            self.task.tally.repairs.fetch_add(1, Ordering::Relaxed);
        }
        (branched.complete, branched.bound, believed)
    }
}

/// By how much [`Lie::Start`] claims too much.
const OVERSTATED: i64 = 84;

/// What a test makes of an answer; else the answer itself. A lie is one that the product can know to be one.
fn told(task: &Task<'_>, (known, start): (Option<i64>, Option<&LocalPlan>), answer: Branched) -> Branched {
    let block = task.block;
    match (task.tuning.lie, known) {
        (Some(Lie::Infeasible), Some(_)) => Branched { plan: None, bound: None, complete: true, ..answer },
        (Some(Lie::TooLow), Some(known)) => Branched { plan: None, bound: Some(known - 1), complete: true, ..answer },
        (Some(Lie::Start), Some(known)) if start.is_some() => {
            Branched { plan: start.cloned(), bound: Some(known + OVERSTATED), complete: true, ..answer }
        }
        (Some(Lie::Crowded), _) => {
            let first = |local: usize| (block.starts[local] < block.starts[local + 1]).then_some(block.starts[local] as u32);
            let crowd: LocalPlan = (0..block.people.len()).map(first).collect();
            match block.value(&crowd) {
                None => Branched { plan: Some(crowd), complete: true, ..answer },
                Some(_) => answer,
            }
        }
        _ => answer,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::common::control::Unhurried;
    use crate::engine::block::{Block, LocalRow};
    use crate::matching::solve::goal::Tally;
    use crate::matching::solve::tuning::Tuning;

    #[test]
    fn between_a_vertex_that_leaves_somebody_no_room_and_the_known_plan_there_is_a_better_one() {
        // Four seats of one, one coach. Whoever the vertex has at the first seat stands where the second person must be.
        let seat = |row| vec![(row, 1)];
        let row = |at_most| LocalRow { at_most, tight: false, core: true, crosses: false, origin: Some(0) };
        let people: [&[(u32, u32)]; 3] = [&[(0, 0), (2, 0)], &[(0, 0)], &[(1, 0), (3, 0)]];
        let rows = vec![row(1), row(1), row(1), row(1), row(3)];
        let mut block = Block::of(&people, rows, (0..4).map(seat).collect(), vec![seat(4)]);
        block.must = vec![true; 3];
        block.points = vec![5, 0, 9, 3, 1];
        let tally = Tally::default();
        let task = Task {
            block: &block,
            starts: Vec::new(),
            known: None,
            vertex: None,
            pool: Vec::new(),
            rows: vec![true; 5],
            scale: 1 << 20,
            seed: 1,
            control: &Unhurried,
            tally: &tally,
            tuning: Tuning::low(),
            later: None,
            patience: 0,
            heard: &|_, _| {},
        };
        let mut state = State::new(task);
        assert!(state.offer(vec![Some(1), Some(2), Some(4)]));
        let found = Found { members: (0..5).collect(), support: vec![0], whole: vec![0], ..Found::default() };
        let (complete, _, believed) = state.branch(&state.kept(&found, vec![2, 3, 4], 600), Some(1), None);
        assert!(
            (complete, believed, state.value) == (true, true, Some(10)),
            "beside that vertex there is no plan at all: {:?}",
            state.value
        );
        // Seven of seventeen points are lacking, by what is known of prices.
        assert!(state.close(), "{}", state.bound());
        state.task.tuning.close = 100;
        assert!(!state.close(), "{}", state.bound());
        state.between(&found);
        assert_eq!((state.value, state.plan.clone()), (Some(12), Some(vec![Some(1), Some(2), Some(3)])));
        // An engine that hands back where it began, and claims more, is not believed.
        state.task.tuning.lie = Some(Lie::Start);
        let (complete, bound, believed) = state.branch(&[0, 1, 2, 3, 4], None, None);
        assert_eq!((complete, bound, believed), (true, Some(12 + OVERSTATED), false));
        assert_eq!(tally.repairs.load(Ordering::Relaxed), 1);
    }
}
