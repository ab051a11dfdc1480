//! Brute force: every plan of a tiny roster, accepted by the judge alone, and the best of them by the letter of docs/scheduling.md.

use std::ops::ControlFlow;

use loket_solver::common::tables::Id;
use loket_solver::scheduling::facts::ids::{GroupId, RoleId, UnitId};
use loket_solver::scheduling::facts::part::{Part, parts};
use loket_solver::scheduling::facts::plan::{Block, Place, Plan, Seat, When, asked, places};
use loket_solver::scheduling::facts::roster::Roster;
use loket_solver::scheduling::judge::ways::{allowed, seat_codes};
use loket_solver::scheduling::judge::{Judge, breaches};

/// More looks of the judge than this are not taken.
pub const MOST_LOOKS: u32 = 60_000;

/// What enumeration says of a roster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// V_i per goal (of visits summed over coaches), and the least number of changes of each part when the policy limits them.
    Best { values: Vec<i64>, least_changes: Option<Vec<u32>> },
    /// No plan obeys the locks; what remains of them: unit and half-day.
    Impossible { conflict: Vec<(String, Option<String>)> },
}

/// Enumerates a roster; `None` when that takes too many looks.
pub fn answer(roster: &Roster) -> Option<Answer> {
    let mut values = vec![0; roster.policy.goals.len()];
    let (mut least_changes, mut conflict) = (Vec::new(), Vec::new());
    for part in parts(roster) {
        match of_part(&part)? {
            Found::Best { best, least } => {
                values.iter_mut().zip(best).for_each(|(sum, value)| *sum += value);
                least_changes.push(least);
            }
            Found::Impossible => conflict.extend(conflict_of(&part.roster)?),
        }
    }
    if !conflict.is_empty() {
        conflict.sort();
        return Some(Answer::Impossible { conflict });
    }
    Some(Answer::Best { values, least_changes: roster.policy.max_changes.map(|_| least_changes) })
}

enum Found {
    Best { best: Vec<i64>, least: u32 },
    Impossible,
}

fn of_part(part: &Part) -> Option<Found> {
    let roster = &part.roster;
    let judge = Judge::new(roster);
    let mut plans = Vec::new();
    let mut looks = 0;
    let ended = every_plan(roster, &mut looks, &mut |plan| {
        plans.push((judge.changes(plan).changed.len(), judge.values(plan)));
        ControlFlow::Continue(())
    });
    if ended.is_break() {
        return None;
    }
    let Some(least) = plans.iter().map(|(changes, _)| *changes).min() else { return Some(Found::Impossible) };
    if let Some(more) = roster.policy.max_changes {
        plans.retain(|(changes, _)| *changes <= least + more as usize);
    }
    let mut plans: Vec<Vec<i64>> = plans.into_iter().map(|(_, values)| values).collect();
    let mut best = Vec::new();
    for (position, goal) in roster.policy.goals.iter().enumerate() {
        let value = plans.iter().map(|values| values[position]).max().expect("each step keeps the plan that attains it");
        let slack = value.abs() * i64::from(goal.tolerance_percent) / 100;
        plans.retain(|values| values[position] >= value - slack);
        best.push(value);
    }
    Some(Found::Best { best, least: u32::try_from(least).expect("a tiny roster") })
}

/// The locks that remain when they are dropped in turn, from last to first, while still impossible.
fn conflict_of(roster: &Roster) -> Option<Vec<(String, Option<String>)>> {
    let mut roster = roster.clone();
    let name = |roster: &Roster, unit: UnitId, at: usize| {
        let row = &roster.units[unit];
        (row.id.clone(), row.locks[at].moment.filter(|_| roster.visits().is_some()).map(|moment| moment.to_string()))
    };
    let mut locks: Vec<(String, Option<String>)> = Vec::new();
    for (unit, row) in roster.units.pairs() {
        locks.extend((0..row.locks.len()).map(|at| name(&roster, unit, at)));
    }
    locks.sort();
    let mut remain = Vec::new();
    for lock in locks.into_iter().rev() {
        let unit = roster.units.ids().find(|&unit| roster.units[unit].id == lock.0).expect("the unit");
        let at = (0..roster.units[unit].locks.len()).find(|&at| name(&roster, unit, at) == lock).expect("the lock");
        let taken = roster.units[unit].locks.remove(at);
        let mut looks = 0;
        let mut some = false;
        let ended = every_plan(&roster, &mut looks, &mut |_| {
            some = true;
            ControlFlow::Break(())
        });
        if ended.is_break() && !some {
            return None;
        }
        if some {
            roster.units[unit].locks.insert(at, taken);
            remain.push(lock);
        }
    }
    Some(remain)
}

/// Visits every plan that the judge accepts, the rule on changes aside, until the visitor breaks off or it takes too many looks.
fn every_plan(roster: &Roster, looks: &mut u32, visit: &mut dyn FnMut(&Plan) -> ControlFlow<()>) -> ControlFlow<()> {
    match roster.visits() {
        Some(_) => Tours::new(roster).descend(0, &mut Vec::new(), looks, visit),
        None => Members::new(roster).descend(0, &mut Vec::new(), looks, visit),
    }
}

/// Whether a plan can still become one that the judge accepts: nothing is too much.
fn hopeful(roster: &Roster, blocks: &[Block], looks: &mut u32) -> ControlFlow<(), bool> {
    *looks += 1;
    if *looks > MOST_LOOKS {
        return ControlFlow::Break(());
    }
    ControlFlow::Continue(breaches(roster, &Plan { blocks: blocks.to_vec() }).iter().all(|breach| breach.short))
}

fn accepted(roster: &Roster, blocks: &[Block]) -> bool {
    breaches(roster, &Plan { blocks: blocks.to_vec() }).is_empty()
}

/// Every complete staff of a place.
pub fn staffs(roster: &Roster, place: Place) -> Vec<Vec<Seat>> {
    let mut found = vec![Vec::new()];
    for (role, number) in asked(roster, place) {
        for _ in 0..number {
            let mut longer = Vec::new();
            for staff in &found {
                let after = staff.last().filter(|seat: &&Seat| seat.role == role).map(|seat| seat.person);
                for person in roster.people.ids() {
                    let seat = Seat { role, person };
                    let taken = staff.iter().any(|other| other.person == person) || after.is_some_and(|after| person <= after);
                    if !taken && seat_codes(roster, place, seat).is_empty() {
                        longer.push([staff.as_slice(), &[seat]].concat());
                    }
                }
            }
            found = longer;
        }
    }
    found
}

/// Interviews, peer groups and courses: unit by unit, nowhere or in some way.
struct Members<'a> {
    roster: &'a Roster,
    /// By unit.
    choices: Vec<Vec<(Place, Vec<Seat>)>>,
}

impl<'a> Members<'a> {
    fn new(roster: &'a Roster) -> Self {
        let ways: Vec<_> =
            places(roster).into_iter().flat_map(|place| staffs(roster, place).into_iter().map(move |staff| (place, staff))).collect();
        let of = |unit| ways.iter().filter(|(place, staff)| allowed(roster, unit, *place, staff)).cloned().collect();
        Self { roster, choices: roster.units.ids().map(of).collect() }
    }

    fn descend(
        &self,
        depth: usize,
        blocks: &mut Vec<Block>,
        looks: &mut u32,
        visit: &mut dyn FnMut(&Plan) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let Some(choices) = self.choices.get(depth) else {
            if accepted(self.roster, blocks) {
                self.name(0, &mut blocks.clone(), visit)?;
            }
            return ControlFlow::Continue(());
        };
        self.descend(depth + 1, blocks, looks, visit)?;
        let unit = UnitId::new(depth);
        for (place, staff) in choices {
            let before = blocks.clone();
            match blocks.iter_mut().find(|block| block.place == *place && block.staff == *staff) {
                Some(block) => block.members.push(unit),
                None => blocks.push(Block { place: *place, staff: staff.clone(), members: vec![unit], follows: None }),
            }
            if hopeful(self.roster, blocks, looks)? {
                self.descend(depth + 1, blocks, looks, visit)?;
            }
            *blocks = before;
        }
        ControlFlow::Continue(())
    }

    /// Every way to let blocks go on as groups of before, each name once at most.
    fn name(&self, at: usize, blocks: &mut Vec<Block>, visit: &mut dyn FnMut(&Plan) -> ControlFlow<()>) -> ControlFlow<()> {
        if at == blocks.len() {
            return visit(&Plan::of(self.roster, blocks.clone()));
        }
        blocks[at].follows = None;
        self.name(at + 1, blocks, visit)?;
        let names: Vec<GroupId> = self.roster.groups().map_or(Vec::new(), |groups| groups.names.ids().collect());
        for name in names {
            if !blocks[..at].iter().any(|block| block.follows == Some(name)) {
                blocks[at].follows = Some(name);
                self.name(at + 1, blocks, visit)?;
                blocks[at].follows = None;
            }
        }
        ControlFlow::Continue(())
    }
}

/// Visits of one coach: half-day by half-day, no tour or one in some order.
struct Tours<'a> {
    roster: &'a Roster,
    /// By half-day: every tour that the pair rules allow.
    choices: Vec<Vec<Block>>,
}

impl<'a> Tours<'a> {
    fn new(roster: &'a Roster) -> Self {
        let visits = roster.visits().expect("visits");
        let staff: Vec<Seat> =
            visits.placements.iter().take(1).map(|placement| Seat { role: RoleId::new(0), person: placement.coach }).collect();
        let mut choices = Vec::new();
        for place in places(roster) {
            let can = |unit: &UnitId| allowed(roster, *unit, place, &staff);
            let units: Vec<UnitId> = roster.units.ids().filter(can).collect();
            let mut tours: Vec<Vec<UnitId>> = vec![Vec::new()];
            let mut found = Vec::new();
            while let Some(tour) = tours.pop() {
                for &unit in units.iter().filter(|unit| !tour.contains(unit)) {
                    let longer = [tour.as_slice(), &[unit]].concat();
                    found.push(Block { place, staff: staff.clone(), members: longer.clone(), follows: None });
                    tours.push(longer);
                }
            }
            if matches!(place.when, When::At(_)) && !found.is_empty() {
                choices.push(found);
            }
        }
        Self { roster, choices }
    }

    fn descend(
        &self,
        depth: usize,
        blocks: &mut Vec<Block>,
        looks: &mut u32,
        visit: &mut dyn FnMut(&Plan) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let Some(choices) = self.choices.get(depth) else {
            if accepted(self.roster, blocks) {
                visit(&Plan::of(self.roster, blocks.clone()))?;
            }
            return ControlFlow::Continue(());
        };
        self.descend(depth + 1, blocks, looks, visit)?;
        for tour in choices {
            blocks.push(tour.clone());
            if hopeful(self.roster, blocks, looks)? {
                self.descend(depth + 1, blocks, looks, visit)?;
            }
            blocks.pop();
        }
        ControlFlow::Continue(())
    }
}
