//! A quick plan of the visits of one coach, without any search: what is locked, then what was agreed before, then as many visits as fit, each at
//! the first half-day that the judge leaves. It asks no clock: it is there also when the time is over.

use crate::common::tables::{Id, Table};
use crate::scheduling::facts::calendar::Moment;
use crate::scheduling::facts::codes::RuleCode;
use crate::scheduling::facts::ids::{PersonId, RoleId, UnitId};
use crate::scheduling::facts::plan::{Block, Place, Plan, Seat, When};
use crate::scheduling::facts::roster::Roster;
use crate::scheduling::judge::breaches;
use crate::scheduling::judge::ways::allowed;

use super::orders::orders;

/// A plan that obeys every rule of a part of visits; nothing when its locks do not fit one after another.
pub(super) fn plan(roster: &Roster) -> Option<Plan> {
    let visits = roster.visits()?;
    let coach = visits.placements.iter().map(|placement| placement.coach).next()?;
    let mut tours = Tours { roster, seat: seat(coach), blocks: Vec::new(), made: Table::filled(roster.units.len(), 0) };
    let mut locked: Vec<(Moment, UnitId)> = Vec::new();
    for (unit, row) in roster.units.pairs() {
        for lock in &row.locks {
            locked.push((lock.moment?, unit));
        }
    }
    locked.sort();
    for (moment, unit) in locked {
        if !tours.visited(unit, moment) && !tours.add(unit, moment) {
            return None;
        }
    }
    for (unit, moment) in agreed(roster) {
        tours.may_add(unit, moment, visits.placements[unit].wanted);
    }
    for &moment in roster.calendar.open() {
        // Who still misses most comes first.
        let missing = |unit: UnitId| visits.placements[unit].wanted.saturating_sub(tours.made[unit]);
        let mut units: Vec<UnitId> = roster.units.ids().filter(|&unit| missing(unit) > 0).collect();
        units.sort_by_key(|&unit| (std::cmp::Reverse(missing(unit)), unit));
        for unit in units {
            tours.may_add(unit, moment, visits.placements[unit].wanted);
        }
    }
    let plan = Plan::of(roster, tours.blocks);
    breaches(roster, &plan).is_empty().then_some(plan)
}

fn seat(coach: PersonId) -> Seat {
    Seat { role: RoleId::new(0), person: coach }
}

/// The half-days of entries of the previous plan, those that weigh most first.
fn agreed(roster: &Roster) -> Vec<(UnitId, Moment)> {
    let entries = roster.units.pairs().flat_map(|(unit, row)| row.previous.iter().map(move |entry| (unit, entry)));
    let mut weighed: Vec<_> = entries
        .filter_map(|(unit, entry)| Some((std::cmp::Reverse(roster.policy.keep_weights[entry.status as usize]), entry.moment?, unit)))
        .collect();
    weighed.sort();
    weighed.into_iter().map(|(_, moment, unit)| (unit, moment)).collect()
}

/// Tours so far: they obey every rule but perhaps that of locks.
struct Tours<'a> {
    roster: &'a Roster,
    seat: Seat,
    blocks: Vec<Block>,
    /// Visits of each placement.
    made: Table<UnitId, u32>,
}

impl Tours<'_> {
    fn visited(&self, unit: UnitId, moment: Moment) -> bool {
        self.blocks.iter().any(|block| block.place.moment() == Some(moment) && block.members.contains(&unit))
    }

    /// A visit more where one is still wanted and fits.
    fn may_add(&mut self, unit: UnitId, moment: Moment, wanted: u32) {
        if self.made[unit] < wanted && !self.visited(unit, moment) {
            self.add(unit, moment);
        }
    }

    /// Puts a visit in the tour of a half-day, in the first driving order that breaks no rule; whether there was one.
    fn add(&mut self, unit: UnitId, moment: Moment) -> bool {
        let place = Place { when: When::At(moment), location: None };
        if !allowed(self.roster, unit, place, &[self.seat]) {
            return false;
        }
        let at = self.blocks.iter().position(|block| block.place == place).unwrap_or(self.blocks.len());
        let mut units = self.blocks.get(at).map(|block| block.members.clone()).unwrap_or_default();
        units.push(unit);
        for members in orders(&units) {
            let with = Block { place, staff: vec![self.seat], members, follows: None };
            match self.broken(at, &with) {
                None => {
                    match self.blocks.get_mut(at) {
                        Some(block) => *block = with,
                        None => self.blocks.push(with),
                    }
                    self.made[unit] += 1;
                    return true;
                }
                // Another order may be shorter; every other rule is the same in each.
                Some(RuleCode::Route) => {}
                Some(_) => return false,
            }
        }
        false
    }

    /// The first rule, but that of locks, that is broken with this block at this position: in its week, which is soon looked at, or else in all.
    fn broken(&self, at: usize, with: &Block) -> Option<RuleCode> {
        let week = |block: &Block| block.place.moment().map(Moment::week);
        let others = || self.blocks.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, block)| block);
        let first = |blocks: Vec<Block>| {
            let plan = Plan { blocks };
            breaches(self.roster, &plan).into_iter().map(|breach| breach.rule).find(|rule| *rule != RuleCode::Vast)
        };
        let near = others().filter(|block| week(block) == week(with)).chain([with]).cloned();
        first(near.collect()).or_else(|| first(others().chain([with]).cloned().collect()))
    }
}
