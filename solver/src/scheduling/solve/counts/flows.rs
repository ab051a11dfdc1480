//! Who meets which coach, once a goal asks for it: candidates who see all coaches alike are one class, and of each class so many meet a coach at
//! a half-day. A coach has one session then, so meeting a coach is being in a session.

use std::collections::BTreeMap;

use crate::common::integer_program::Side;
use crate::common::tables::Table;
use crate::scheduling::facts::ids::{PersonId, UnitId};
use crate::scheduling::facts::plan::{Block, Seat};
use crate::scheduling::facts::problem::Interviews;
use crate::scheduling::facts::roster::Roster;
use crate::scheduling::solve::builder::Entries;
use crate::scheduling::solve::staffing::{Way, holds};

use super::sessions::{Sessions, Slot};

/// Classes of candidates and the columns that say how many of each meet a coach.
#[derive(Clone, Debug)]
pub(super) struct Flow {
    /// The class of each unit.
    pub class: Table<UnitId, usize>,
    /// Of each slot: class, coach, column.
    pub meets: Vec<Vec<(usize, PersonId, usize)>>,
    /// Of each slot: who meets a coach of the own previous entry, column; where it is asked.
    pub kept: Vec<Vec<(UnitId, PersonId, usize)>>,
}

/// Points of a candidate's wishes with a coach.
pub(super) fn wish(roster: &Roster, unit: UnitId, coach: PersonId) -> i64 {
    let wishes = &roster.units[unit].coach_wishes;
    let met = wishes.iter().filter(|wish| roster.people[coach].tags.contains(wish)).count() as i64;
    if wishes.is_empty() { 0 } else { 100 * met / wishes.len() as i64 }
}

/// Whether a coach has what a candidate needs.
pub(super) fn fits(roster: &Roster, unit: UnitId, coach: PersonId) -> bool {
    roster.units[unit].coach_needs.iter().all(|need| roster.people[coach].tags.contains(need))
}

/// What a candidate sees of each coach; those whose bans or locks name a person are a class of their own.
fn classes(roster: &Roster, coaches: &[PersonId]) -> Table<UnitId, usize> {
    type View = (Option<UnitId>, Vec<(i64, bool, bool)>);
    let mut known: BTreeMap<View, usize> = BTreeMap::new();
    let mut class = Table::filled(roster.units.len(), 0);
    for (unit, row) in roster.units.pairs() {
        let named = row.bans.iter().chain(&row.locks).any(|claim| claim.person.named());
        let view = coaches.iter().map(|&coach| (wish(roster, unit, coach), fits(roster, unit, coach), row.avoids.contains(&coach)));
        let view = (named.then_some(unit), view.collect());
        let next = known.len();
        class[unit] = *known.entry(view).or_insert(next);
    }
    class
}

/// The coaches of a slot with the columns of their seats.
fn coaches(interviews: &Interviews, slot: &Slot) -> Vec<(PersonId, usize)> {
    slot.seats.iter().filter(|(seat, _)| seat.role == interviews.coach).map(|&(seat, column)| (seat.person, column)).collect()
}

/// Adds the columns and rows of meetings to interviews, once.
pub(super) fn add(sessions: &mut Sessions<'_>) {
    if sessions.flow.is_some() {
        return;
    }
    let (roster, interviews) = (sessions.roster, sessions.interviews);
    let role = &roster.roles[interviews.coach];
    let all: Vec<PersonId> = roster.people.pairs().filter(|(_, row)| row.roles.contains(role)).map(|(person, _)| person).collect();
    let class = classes(roster, &all);
    let mut meets = Vec::new();
    for slot in sessions.slots.clone() {
        let way = sessions.way(&slot);
        let coaches = coaches(interviews, &slot);
        let mut members: BTreeMap<usize, Vec<(UnitId, usize)>> = BTreeMap::new();
        slot.members.iter().for_each(|&member| members.entry(class[member.0]).or_default().push(member));
        let mut own = Vec::new();
        let mut of_coach: BTreeMap<PersonId, Entries> = BTreeMap::new();
        for (&class, members) in &members {
            let Some(&(first, _)) = members.first() else { continue };
            let mut met: Entries = members.iter().map(|&(_, column)| (column, -1)).collect();
            for &(coach, sits) in &coaches {
                let with = Way { staff: vec![Seat { role: interviews.coach, person: coach }], ..way.clone() };
                if holds(roster, first, &with) {
                    let most = takes(roster, interviews, coach).min(members.len() as i64);
                    let column = sessions.builder.column(most);
                    if most < takes(roster, interviews, coach) {
                        sessions.builder.row([(column, 1), (sits, -most)], Side::AtMost(0));
                    }
                    own.push((class, coach, column));
                    met.push((column, 1));
                    of_coach.entry(coach).or_default().push((column, 1));
                }
            }
            sessions.builder.row(met, Side::Exactly(0));
        }
        for &(coach, sits) in &coaches {
            let met = of_coach.remove(&coach).unwrap_or_default();
            let (least, most) = (i64::from(interviews.least).max(1), takes(roster, interviews, coach));
            sessions.builder.row(met.iter().copied().chain([(sits, -most)]), Side::AtMost(0));
            sessions.builder.row(met.iter().copied().chain([(sits, -least)]), Side::AtLeast(0));
        }
        meets.push(own);
    }
    sessions.flow = Some(Flow { class, meets, kept: Vec::new() });
}

/// How many candidates a session of this coach takes at most.
fn takes(roster: &Roster, interviews: &Interviews, coach: PersonId) -> i64 {
    roster.people[coach].per_half_day.map_or(interviews.most, |own| own.min(interviews.most)).into()
}

/// Adds the columns of candidates who meet a coach of their previous entry, once.
pub(super) fn keep(sessions: &mut Sessions<'_>) {
    add(sessions);
    let roster = sessions.roster;
    let Some(mut flow) = sessions.flow.take() else { return };
    if flow.kept.is_empty() {
        for (slot, meets) in sessions.slots.iter().zip(&flow.meets) {
            let mut own = Vec::new();
            let mut of_meeting: BTreeMap<usize, Entries> = BTreeMap::new();
            for &(unit, member) in &slot.members {
                let mut here = vec![(member, -1)];
                for entry in &roster.units[unit].previous {
                    let with = meets.iter().filter(|(class, coach, _)| *class == flow.class[unit] && entry.people.contains(coach));
                    for &(_, coach, meeting) in with {
                        let column = sessions.builder.column(1);
                        own.push((unit, coach, column));
                        here.push((column, 1));
                        of_meeting.entry(meeting).or_default().push((column, 1));
                    }
                }
                if here.len() > 1 {
                    sessions.builder.row(here, Side::AtMost(0));
                }
            }
            for (meeting, kept) in of_meeting {
                sessions.builder.row(kept.into_iter().chain([(meeting, -1)]), Side::AtMost(0));
            }
            flow.kept.push(own);
        }
    }
    sessions.flow = Some(flow);
}

impl Flow {
    /// Gives the columns of one block's meetings their values; `None` when it has one that no column stands for.
    pub fn image(&self, roster: &Roster, interviews: &Interviews, slot: usize, block: &Block, values: &mut [i64]) -> Option<()> {
        let coach = block.staff.iter().find(|seat| seat.role == interviews.coach)?.person;
        for &unit in &block.members {
            let of = |(class, person, _): &&(usize, PersonId, usize)| *class == self.class[unit] && *person == coach;
            values[self.meets.get(slot)?.iter().find(of)?.2] += 1;
            if roster.units[unit].previous.iter().any(|entry| entry.people.contains(&coach)) {
                let of = |(own, person, _): &&(UnitId, PersonId, usize)| *own == unit && *person == coach;
                if let Some(kept) = self.kept.get(slot) {
                    values[kept.iter().find(of)?.2] += 1;
                }
            }
        }
        Some(())
    }

    /// How many of each class meet each coach of a slot, by these values; and who meets a coach of the own previous entry.
    pub fn told(&self, slot: usize, values: &[i64]) -> (BTreeMap<(usize, PersonId), i64>, BTreeMap<UnitId, PersonId>) {
        let value = |column: usize| values.get(column).copied().unwrap_or(0);
        let meets = self.meets.get(slot).into_iter().flatten();
        let kept = self.kept.get(slot).into_iter().flatten();
        (
            meets.filter(|meeting| value(meeting.2) > 0).map(|&(class, coach, column)| ((class, coach), value(column))).collect(),
            kept.filter(|kept| value(kept.2) > 0).map(|&(unit, coach, _)| (unit, coach)).collect(),
        )
    }
}
