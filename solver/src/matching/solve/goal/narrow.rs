//! Makes what pricing left open smaller, and smaller again, before branch and bound looks at it.
//!
//! Only choices that a better plan could use are kept; rows that every plan on those obeys, and the last answer does not, are added
//! ([`cuts`]); the program is priced again, and its better bound leaves fewer choices, for which sharper rows hold. Where that comes to a
//! halt, the work is divided: either a coach takes at most so many people of one hour class, or at least one more. Bounds are those of
//! integer prices throughout, so what they exclude is excluded exactly; they say nothing of plans on choices that were dropped, which
//! cannot be better than the one that is known.

use super::{Found, Proof, State, Step, Task, WISHES};
use crate::engine::block::{Block, LocalFloor};
use crate::engine::cuts::cuts;
use crate::engine::price::Prices;
use crate::engine::program::{LocalPlan, Vertex, parting, probe};

/// Most times that a program is priced again: undivided, and after a division.
const ROUNDS: [usize; 2] = [30, 6];

/// Choices for each person among which better plans are looked for.
const LOOKED: usize = 5;

/// Divisions below one another at most, and where so much is left that branch and bound would begin with minutes of presolve. Each holds a part.
const DEPTH: u32 = 30;
const DEEP: u32 = 45;

/// Choices that branch and bound may have without further division by counts.
const FEW: usize = 1200;

/// Choices above which no part goes to branch and bound that can be divided in any way: its presolve alone would take minutes.
const MANY: usize = 50_000;

/// How a part is divided in two.
enum Division {
    /// At most so many people of a hook, or more.
    Count(u32, i64),
    /// One of these choices of one person, by position in the whole block, or none of them.
    Choices(Vec<u32>),
}

/// A part of the work.
struct Part {
    /// The choices that are left; [`Block::origin`] is their position in the whole block.
    block: Block,
    prices: Prices,
    /// Whether each floor belongs to the question; the others are cuts.
    solid: Vec<bool>,
    /// Choices worth having in the program, by position in the whole block.
    pool: Vec<u32>,
    /// The last vertex, by position in the whole block.
    vertex: Option<Vertex>,
    /// Most people of each hook.
    most: Vec<i64>,
    depth: u32,
}

/// What is known while parts are worked on. Parts that are worked on at the same time each have their own, so that the answer does not
/// depend on which of them is first.
#[derive(Clone)]
struct Known {
    /// The best plan of the whole block and its value.
    plan: Option<LocalPlan>,
    value: i64,
    /// Whether the engine's branch and bound was needed.
    branched: bool,
}

impl Known {
    fn offer(&mut self, block: &Block, plan: Option<LocalPlan>) {
        let Some((plan, value)) = plan.and_then(|plan| block.value(&plan).map(|value| (plan, value))) else { return };
        if value > self.value {
            (self.plan, self.value) = (Some(plan), value);
        }
    }
    fn join(&mut self, other: Self) {
        self.branched |= other.branched;
        if other.value > self.value {
            (self.plan, self.value) = (other.plan, other.value);
        }
    }
}

/// How far the work on a part is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// Only prices and cuts, until they come to a halt.
    Cutting,
    /// A look for better plans first, then to the end.
    Looking,
    /// To the end.
    Ending,
}

impl State<'_> {
    /// Finds a best plan among the choices a better one could use.
    pub(super) fn narrow(&mut self, found: &Found) -> Step {
        let Some(value) = self.value else { return Step::Nothing };
        let part = Part {
            block: self.task.block.only(&self.left(0)),
            prices: self.prices.clone(),
            solid: vec![true; self.prices.floors.len()],
            pool: found.members.clone(),
            vertex: found.vertex.clone(),
            most: vec![i64::MAX; self.task.block.hook_entries.len()],
            depth: 0,
        };
        let mut known = Known { plan: self.plan.clone(), value, branched: false };
        let bound = self.part(part, &mut known, Stage::Cutting);
        let Known { plan, value, branched } = known;
        plan.into_iter().for_each(|plan| {
            self.offer(plan);
        });
        match (bound <= value, branched) {
            (true, false) => Step::Done(Proof::Search, value),
            (true, true) => Step::Done(Proof::Branching, value),
            (false, _) => Step::Done(Proof::Open, bound),
        }
    }

    /// Works on a part: the largest value that is not excluded for it, or the best known.
    fn part(&self, mut part: Part, known: &mut Known, mut stage: Stage) -> i64 {
        let scale = self.task.scale;
        let mut gaps: Vec<i128> = Vec::new();
        loop {
            let mut inner = self.inside(&part, known);
            if self.stopped() {
                return inner.bound().max(known.value);
            }
            let found = inner.price();
            self.told(&inner, &part, known);
            inner.know(known.value);
            if inner.bound() <= known.value {
                return known.value;
            }
            if inner.open().next().is_none() {
                // What is left of a better plan is that nobody is placed.
                inner.offer(vec![None; part.block.people.len()]);
                self.told(&inner, &part, known);
                return known.value;
            }
            if self.stopped() {
                return inner.bound();
            }
            gaps.push(inner.priced.scaled - i128::from(known.value) * i128::from(scale));
            let gap = gaps[gaps.len() - 1];
            // Rounds are cheap once few choices are left.
            let (wide, least) = match (stage, part.depth) {
                (Stage::Ending, 0) => (3, 97),
                (Stage::Ending, _) => (1, 93),
                _ => (2, 90),
            };
            let slow = gaps.len() > wide && gap * 100 > gaps[gaps.len() - 1 - wide] * least;
            let fresh = match slow || gaps.len() > ROUNDS[usize::from(part.depth > 0)] || stage == Stage::Looking {
                true => Vec::new(),
                false => cuts(&part.block, &part.solid, &part.most, &found.amounts),
            };
            let fewer = 10 * inner.left(part.depth).len() < 9 * part.block.choices.len();
            self.task.control.note(format_args!(
                "  part {} of {} choices, {} floors and {} new, bound {} value {} depth {}",
                inner.left(part.depth).len(),
                part.block.choices.len(),
                part.solid.len(),
                fresh.len(),
                inner.bound(),
                known.value,
                part.depth
            ));
            let mut division = None;
            match stage {
                Stage::Looking => {
                    // Plans near the bound are found more easily now; a better one leaves fewer choices again.
                    self.look(&mut inner, &found, &part, known);
                    self.told(&inner, &part, known);
                    inner.know(known.value);
                    gaps.clear();
                    stage = Stage::Ending;
                }
                Stage::Ending if fresh.is_empty() && !fewer => match self.end(&mut inner, &found, &part, known) {
                    Ok(bound) => return bound,
                    Err(there) => division = Some(there),
                },
                Stage::Cutting if fresh.is_empty() => stage = Stage::Looking,
                Stage::Cutting | Stage::Ending => {}
            }
            let (left, prices) = (inner.left(part.depth), inner.prices.clone());
            part = part.again(&left, prices, found, fresh);
            if let Some(division) = division {
                let (fewer, more) = match division {
                    Division::Count(hook, number) => part.divided(hook, number),
                    Division::Choices(choices) => match choices.iter().filter_map(|&choice| part.position(choice)).collect::<Vec<u32>>() {
                        // None of them is left: that is progress as well.
                        gone if gone.is_empty() => continue,
                        these => part.parted(&these),
                    },
                };
                let (mut here, mut there) = (known.clone(), known.clone());
                let (one, other) =
                    rayon::join(|| self.part(fewer, &mut here, Stage::Ending), || self.part(more, &mut there, Stage::Ending));
                known.join(here);
                known.join(there);
                return one.max(other).max(known.value);
            }
        }
    }

    /// Looks for better plans in two ways at the same time: near the one that is known, and among the choices that fall least short.
    fn look(&self, inner: &mut State<'_>, found: &Found, part: &Part, known: &Known) {
        let mut other = self.inside(part, known);
        other.believe(inner.prices.clone(), inner.priced.clone());
        rayon::join(|| inner.dive_near(found), || other.branch(&other.near(found, LOOKED), Some(1), None));
        other.plan.into_iter().for_each(|plan| {
            inner.offer(plan);
        });
    }

    /// Branch and bound on a part, with its bound; or where to divide it.
    fn end(&self, inner: &mut State<'_>, found: &Found, part: &Part, known: &mut Known) -> Result<i64, Division> {
        // With the plan that is known, so that an answer below it shows itself.
        let open = inner.left(0);
        if let Step::Done(Proof::Search, _) = inner.exhaust(known.value) {
            self.told(inner, part, known);
            return Ok(known.value);
        }
        let many = open.len() > MANY;
        if open.len() > FEW && part.depth < DEPTH {
            let near = inner.near(found, WISHES);
            let from = found.vertex.as_ref();
            if let Some((hook, number)) = probe(&part.block, (&near, &inner.task.rows), from, self.task.seed, self.task.control) {
                return Err(Division::Count(hook, number));
            }
        }
        if self.stopped() {
            return Ok(inner.bound().max(known.value));
        }
        if many
            && part.depth < DEEP
            && let Some(choices) = parting(&part.block, &found.amounts)
        {
            return Err(Division::Choices(choices.into_iter().map(|choice| part.block.origin[choice as usize]).collect()));
        }
        known.branched = true;
        let (complete, bound, believed) = inner.branch(&open, None, None);
        self.told(inner, part, known);
        let reached = inner.bound();
        Ok(match (complete && believed, bound) {
            (true, _) => known.value,
            (false, Some(bound)) if believed => bound.min(reached).max(known.value),
            (false, _) => reached.max(known.value),
        })
    }

    /// A part as a block of its own, with what is known of it.
    fn inside<'p>(&self, part: &'p Part, known: &Known) -> State<'p>
    where
        Self: 'p,
    {
        let Task { scale, seed, control, tally, tuning, .. } = self.task;
        let pool = part.pool.iter().filter_map(|&choice| part.position(choice)).collect();
        let mut inner = State::new(Task {
            block: &part.block,
            starts: Vec::new(),
            known: Some(part.prices.clone()),
            vertex: part.vertex.as_ref().map(|vertex| vertex.renamed(|choice| part.position(choice))),
            pool,
            rows: self.task.rows.clone(),
            scale,
            seed,
            control,
            tally,
            tuning,
            later: None,
            patience: 0,
            heard: &|_, _| {},
        });
        let here = |plan: LocalPlan| -> Option<LocalPlan> {
            plan.into_iter().map(|choice| choice.map_or(Some(None), |choice| part.position(choice).map(Some))).collect()
        };
        known.plan.clone().and_then(here).into_iter().for_each(|plan| {
            inner.offer(plan);
        });
        inner.know(known.value);
        let bound = part.prices.bound(&part.block, scale);
        inner.believe(part.prices.clone(), bound);
        inner
    }

    /// Passes on what a part found.
    fn told(&self, inner: &State<'_>, part: &Part, known: &mut Known) {
        let plan = inner.plan.as_ref().map(|plan| plan.iter().map(|choice| choice.map(|at| part.block.origin[at as usize])).collect());
        known.offer(self.task.block, plan);
        if part.depth == 0 {
            (self.task.heard)(Some(known.value), inner.bound().max(known.value));
        }
    }

    /// Choices that a better plan could use. Where the work is not divided yet the best plan stays in play as well: others near it are
    /// easily found.
    fn left(&self, depth: u32) -> Vec<u32> {
        let mut left: Vec<u32> = self.open().collect();
        if depth == 0 {
            left.extend(self.plan.iter().flatten().flatten());
            left.sort_unstable();
            left.dedup();
        }
        left
    }

    /// A plan worth this is known, here or elsewhere.
    fn know(&mut self, value: i64) {
        if self.value.is_none_or(|known| known < value) {
            self.value = Some(value);
            self.plan = None;
        }
    }
}

impl Part {
    fn position(&self, choice: u32) -> Option<u32> {
        self.block.origin.binary_search(&choice).ok().map(|at| at as u32)
    }

    /// The part with these choices alone, these prices, and new cuts; cuts without a price have done their work.
    fn again(mut self, left: &[u32], mut prices: Prices, found: Found, fresh: Vec<LocalFloor>) -> Self {
        let pool = found.members.iter().map(|&choice| self.block.origin[choice as usize]).collect();
        let vertex = found.vertex.map(|vertex| vertex.renamed(|choice| Some(self.block.origin[choice as usize])));
        let keep: Vec<bool> = prices.floors.iter().zip(&self.solid).map(|(price, solid)| *solid || *price != 0).collect();
        let vertex = vertex.map(|vertex| vertex.with_floors(&keep, fresh.len()));
        let pick = |list: &mut Vec<i64>| {
            let mut at = 0;
            list.retain(|_| {
                at += 1;
                keep[at - 1]
            });
            list.resize(list.len() + fresh.len(), 0);
        };
        pick(&mut prices.floors);
        self.block.steps.iter_mut().for_each(|step| pick(&mut step.floors));
        let floors = std::mem::take(&mut self.block.floors);
        self.block.floors = floors.into_iter().zip(&keep).filter(|(_, keep)| **keep).map(|(floor, _)| floor).collect();
        let mut solid: Vec<bool> = self.solid.iter().zip(&keep).filter(|(_, keep)| **keep).map(|(solid, _)| *solid).collect();
        solid.resize(prices.floors.len(), false);
        self.block.floors.extend(fresh);
        let block = match left.len() < self.block.choices.len() {
            true => {
                let fewer = self.block.only(left);
                let origin = left.iter().map(|&choice| self.block.origin[choice as usize]).collect();
                Block { origin, ..fewer }
            }
            false => self.block,
        };
        Self { block, prices, solid, pool, vertex, ..self }
    }

    /// The part in which somebody has one of these choices, which are of one person, and the part in which that person has none of them.
    fn parted(self, choices: &[u32]) -> (Self, Self) {
        let person = self.block.choices[choices[0] as usize].person;
        let of = |own: bool| {
            let kept = |at: &u32| self.block.choices[*at as usize].person != person || own == choices.binary_search(at).is_ok();
            let left: Vec<u32> = (0..self.block.choices.len() as u32).filter(kept).collect();
            let origin = left.iter().map(|&choice| self.block.origin[choice as usize]).collect();
            let mut block = Block { origin, ..self.block.only(&left) };
            block.must[person as usize] |= own;
            let (prices, vertex) = (self.prices.clone(), self.vertex.clone());
            let (solid, pool, most) = (self.solid.clone(), self.pool.clone(), self.most.clone());
            Self { block, prices, solid, pool, vertex, most, depth: self.depth + 1 }
        };
        (of(true), of(false))
    }

    /// The part in which at most `number` people are of a hook, and the part in which there are more.
    fn divided(self, hook: u32, number: i64) -> (Self, Self) {
        let bounded = |sign: i64, at_least: i64, most: i64| {
            let mut block = self.block.clone();
            let points = block.choices.iter().map(|choice| if choice.hook == hook { sign } else { 0 }).collect();
            block.floors.push(LocalFloor { points, at_least, divisor: 1 });
            block.steps.iter_mut().for_each(|step| step.floors.push(0));
            let mut prices = self.prices.clone();
            prices.floors.push(0);
            let mut hooks = self.most.clone();
            hooks[hook as usize] = hooks[hook as usize].min(most);
            let solid = [self.solid.as_slice(), &[true]].concat();
            let vertex = self.vertex.clone().map(|vertex| vertex.with_floors(&vec![true; self.solid.len()], 1));
            Self { block, prices, solid, pool: self.pool.clone(), vertex, most: hooks, depth: self.depth + 1 }
        };
        (bounded(-1, -number, number), bounded(1, number + 1, i64::MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::block::LocalRow;
    use crate::engine::price::Prices;

    #[test]
    fn every_plan_is_in_one_of_the_parts_of_a_division_by_choices() {
        let row = |at_most| LocalRow { at_most, tight: false, core: true, crosses: false, origin: Some(0) };
        let anywhere: &[(u32, u32)] = &[(0, 0), (0, 1), (1, 0), (1, 1)];
        let seats = vec![vec![(0, 1)], vec![(1, 1)]];
        let hooks = vec![vec![(2, 2)], vec![(3, 3)]];
        let whole = Block::of(&[anywhere; 3], vec![row(2), row(2), row(4), row(6)], seats, hooks);
        let part = Part {
            prices: Prices::free(&whole),
            solid: Vec::new(),
            pool: Vec::new(),
            vertex: None,
            most: vec![i64::MAX; 2],
            depth: 0,
            block: whole.clone(),
        };
        // The second person at the second hook, or not.
        let (these, none) = part.parted(&[5, 7]);
        let (mut plans, mut inside) = (0, [0, 0]);
        for number in 0..125_u32 {
            let plan: LocalPlan = (0..3).map(|person| (number / 5_u32.pow(person) % 5).checked_sub(1).map(|at| 4 * person + at)).collect();
            let Some(value) = whole.value(&plan) else { continue };
            let own = usize::from(!matches!(plan[1], Some(5 | 7)));
            for (at, part) in [&these, &none].into_iter().enumerate() {
                let here: Option<LocalPlan> =
                    plan.iter().map(|choice| choice.map_or(Some(None), |choice| part.position(choice).map(Some))).collect();
                let worth = here.and_then(|here| part.block.value(&here));
                assert_eq!(worth, (at == own).then_some(value), "{plan:?}");
                inside[at] += usize::from(worth.is_some());
            }
            plans += 1;
        }
        assert!(inside.iter().all(|&inside| inside > 10) && inside[0] + inside[1] == plans, "{inside:?} of {plans}");
        assert_eq!((these.depth, none.depth), (1, 1));
    }
}
