//! Interviews by counts: how many sessions there are at each half-day and in each hall, who sits then, who comes then. Which of the sessions of a
//! half-day somebody is in is not said: those are interchangeable, and naming them would only give every plan many names.

use std::collections::{BTreeMap, BTreeSet};

use crate::common::integer_program::Side;
use crate::scheduling::facts::calendar::Moment;
use crate::scheduling::facts::ids::{LocationId, PersonId, UnitId};
use crate::scheduling::facts::plan::{Place, Plan, Seat, When, asked};
use crate::scheduling::facts::problem::Interviews;
use crate::scheduling::facts::roster::Roster;
use crate::scheduling::solve::builder::{Builder, Entries};
use crate::scheduling::solve::staffing::{Way, holds, open_seats, opens};

use super::flows::Flow;

/// Locations that no row tells apart: always open together, and nobody names one of them.
#[derive(Clone, Debug)]
pub(super) struct Hall {
    pub locations: Vec<LocationId>,
    pub rooms: i64,
}

/// A half-day in a hall.
#[derive(Clone, Debug)]
pub(super) struct Slot {
    pub moment: Moment,
    pub hall: usize,
    /// The column of the number of sessions.
    pub sessions: usize,
    /// Who can sit, and the column that says so.
    pub seats: Vec<(Seat, usize)>,
    /// Who can come, and the column that says so.
    pub members: Vec<(UnitId, usize)>,
}

/// Interviews as columns and rows.
pub(super) struct Sessions<'a> {
    pub roster: &'a Roster,
    pub interviews: &'a Interviews,
    pub builder: Builder,
    pub halls: Vec<Hall>,
    pub slots: Vec<Slot>,
    /// Who meets which coach, once it is asked.
    pub flow: Option<Flow>,
}

impl<'a> Sessions<'a> {
    /// Columns and rows of a roster of interviews with all its locks.
    pub fn new(roster: &'a Roster, interviews: &'a Interviews) -> Self {
        let mut made = Self { roster, interviews, builder: Builder::default(), halls: halls(roster), slots: Vec::new(), flow: None };
        for &moment in roster.calendar.open() {
            for hall in 0..made.halls.len() {
                made.open(moment, hall);
            }
        }
        for at in 0..made.slots.len() {
            made.fill(at);
        }
        made.once();
        made.limits();
        made.one_hall_a_day();
        made.locks();
        made
    }

    /// The place of a slot, in the first location of its hall: what holds there holds in the others.
    pub fn way(&self, slot: &Slot) -> Way {
        let location = self.halls[slot.hall].locations.first().copied();
        Way { place: Place { when: When::At(slot.moment), location }, moments: vec![slot.moment], staff: Vec::new() }
    }

    fn open(&mut self, moment: Moment, hall: usize) {
        let mut slot = Slot { moment, hall, sessions: 0, seats: Vec::new(), members: Vec::new() };
        let way = self.way(&slot);
        if !opens(self.roster, way.place.location, &way.moments) {
            return;
        }
        let seats = open_seats(self.roster, &way);
        let staffed = asked(self.roster, way.place).into_iter().filter(|&(_, number)| number > 0);
        let staffed = staffed.map(|(role, number)| seats.iter().filter(|seat| seat.role == role).count() as i64 / i64::from(number));
        let most = staffed.min().unwrap_or(0).min(self.halls[hall].rooms);
        if most < 1 {
            return;
        }
        slot.sessions = self.builder.column(most);
        slot.seats = seats.into_iter().map(|seat| (seat, self.builder.column(1))).collect();
        let may_come = self.roster.units.ids().filter(|&unit| holds(self.roster, unit, &way));
        slot.members = may_come.map(|unit| (unit, self.builder.column(1))).collect();
        self.slots.push(slot);
    }

    /// The rows of one slot: panels are complete, sessions have enough and not too many candidates, and who may not meet needs two sessions.
    fn fill(&mut self, at: usize) {
        let slot = self.slots[at].clone();
        let (way, sessions) = (self.way(&slot), slot.sessions);
        for (role, number) in asked(self.roster, way.place) {
            let own = slot.seats.iter().filter(|(seat, _)| seat.role == role).map(|&(_, column)| (column, 1));
            self.builder.row(own.chain([(sessions, -i64::from(number))]), Side::Exactly(0));
        }
        let members: Entries = slot.members.iter().map(|&(_, column)| (column, 1)).collect();
        let (least, most) = (i64::from(self.interviews.least).max(1), i64::from(self.interviews.most));
        self.builder.row(members.iter().copied().chain([(sessions, -least)]), Side::AtLeast(0));
        self.builder.row(members.iter().copied().chain([(sessions, -most)]), Side::AtMost(0));
        for (person, sits) in by_person(&slot.seats) {
            if let Some(fewer) = self.roster.people[person].per_half_day.map(i64::from).filter(|fewer| *fewer < most) {
                let less = sits.iter().map(|&column| (column, most - fewer));
                self.builder.row(members.iter().copied().chain([(sessions, -most)]).chain(less), Side::AtMost(0));
            }
        }
        for &(unit, member) in &slot.members {
            self.builder.row([(member, 1), (sessions, -1)], Side::AtMost(0));
            for &(seat, column) in &slot.seats {
                let alone = Way { staff: vec![seat], ..way.clone() };
                if !holds(self.roster, unit, &alone) {
                    self.builder.row([(member, 1), (column, 1), (sessions, -1)], Side::AtMost(0));
                }
            }
        }
    }

    /// Every column of a unit, by slot.
    pub fn of_unit(&self, unit: UnitId) -> Vec<(usize, usize)> {
        let own = |(at, slot): (usize, &Slot)| slot.members.iter().find(|(member, _)| *member == unit).map(|&(_, column)| (at, column));
        self.slots.iter().enumerate().filter_map(own).collect()
    }

    fn once(&mut self) {
        for unit in self.roster.units.ids() {
            let columns = self.of_unit(unit);
            self.builder.row(columns.into_iter().map(|(_, column)| (column, 1)), Side::AtMost(1));
        }
    }

    /// Nobody sits twice at a half-day, too often on a date or in a week, or in too many sessions.
    fn limits(&mut self) {
        let (mut at_once, mut days) = (BTreeMap::<_, Entries>::new(), BTreeMap::<_, Entries>::new());
        let (mut weeks, mut all) = (BTreeMap::<_, Entries>::new(), BTreeMap::<_, Entries>::new());
        for slot in &self.slots {
            for &(seat, column) in &slot.seats {
                at_once.entry((seat.person, slot.moment)).or_default().push((column, 1));
                days.entry((seat.person, slot.moment.day)).or_default().push((column, 1));
                weeks.entry((seat.person, slot.moment.week())).or_default().push((column, 1));
                all.entry(seat.person).or_default().push((column, 1));
            }
        }
        let people = &self.roster.people;
        for entries in at_once.into_values() {
            self.builder.row(entries, Side::AtMost(1));
        }
        for ((person, _), entries) in days.into_iter().filter(|((person, _), _)| people[*person].per_day < 2) {
            self.builder.row(entries, Side::AtMost(people[person].per_day.into()));
        }
        for ((person, _), entries) in weeks {
            self.builder.row(entries, Side::AtMost(people[person].per_week.into()));
        }
        for (person, entries) in all {
            if let Some(most) = people[person].maximum {
                self.builder.row(entries, Side::AtMost(most.into()));
            }
        }
    }

    /// A person's sessions on one date are in one hall; in one location of it, which is seen to when they are seated.
    fn one_hall_a_day(&mut self) {
        let mut halls: BTreeMap<_, BTreeMap<usize, Vec<usize>>> = BTreeMap::new();
        for slot in &self.slots {
            for &(seat, column) in &slot.seats {
                halls.entry((seat.person, slot.moment.day)).or_default().entry(slot.hall).or_default().push(column);
            }
        }
        for halls in halls.into_values().filter(|halls| halls.len() > 1) {
            let mut chosen = Entries::new();
            for columns in halls.into_values() {
                let sums = columns.iter().map(|&column| vec![(column, 1)]).collect();
                chosen.push((self.builder.largest(1, sums), 1));
            }
            self.builder.row(chosen, Side::AtMost(1));
        }
    }

    /// A locked unit comes where its lock says, and only when the person it names sits then.
    fn locks(&mut self) {
        for (unit, row) in self.roster.units.pairs() {
            for lock in &row.locks {
                let possible = lock.person.known().is_some() || !lock.person.named();
                let fits = |at: &usize| possible && lock.fits(self.roster, self.way(&self.slots[*at]).place);
                let fitting: Vec<(usize, usize)> = self.of_unit(unit).into_iter().filter(|(at, _)| fits(at)).collect();
                self.builder.row(fitting.iter().map(|&(_, column)| (column, 1)), Side::AtLeast(1));
                for (at, member) in fitting {
                    if let Some(person) = lock.person.known() {
                        let sits = self.slots[at].seats.iter().filter(|(seat, _)| seat.person == person).map(|&(_, column)| (column, 1));
                        self.builder.row(sits.chain([(member, -1)]), Side::AtLeast(0));
                    }
                }
            }
        }
    }

    /// What every column is in a plan; `None` when it has a session that no slot has.
    pub fn image(&self, plan: &Plan) -> Option<Vec<i64>> {
        let mut values = vec![0; self.builder.program.columns.len()];
        for block in &plan.blocks {
            let at = self.slots.iter().position(|slot| {
                block.place.moment() == Some(slot.moment)
                    && block.place.location.is_some_and(|location| self.halls[slot.hall].locations.contains(&location))
            })?;
            let slot = &self.slots[at];
            values[slot.sessions] += 1;
            for seat in &block.staff {
                values[slot.seats.iter().find(|(own, _)| own == seat)?.1] += 1;
            }
            for unit in &block.members {
                values[slot.members.iter().find(|(own, _)| own == unit)?.1] += 1;
            }
            if let Some(flow) = &self.flow {
                flow.image(self.roster, self.interviews, at, block, &mut values)?;
            }
        }
        self.builder.count(&mut values);
        Some(values)
    }
}

/// The columns of each person, whatever the role.
pub(super) fn by_person(seats: &[(Seat, usize)]) -> BTreeMap<PersonId, Vec<usize>> {
    let mut found: BTreeMap<PersonId, Vec<usize>> = BTreeMap::new();
    seats.iter().for_each(|&(seat, column)| found.entry(seat.person).or_default().push(column));
    found
}

/// Locations put together where nothing tells them apart.
fn halls(roster: &Roster) -> Vec<Hall> {
    let people = roster.people.iter().flat_map(|row| row.locations.iter().flatten().copied());
    let units = roster.units.iter().flat_map(|row| {
        let claims = row.locks.iter().chain(&row.bans).filter_map(|claim| claim.location.known());
        let previous = row.previous.iter().filter_map(|entry| entry.location.known());
        row.locations.iter().flatten().copied().chain(claims).chain(previous)
    });
    let named: BTreeSet<LocationId> = people.chain(units).collect();
    let mut halls: Vec<Hall> = Vec::new();
    for (location, row) in roster.locations.pairs() {
        let alike = |hall: &&mut Hall| {
            let first = hall.locations.first().filter(|first| !named.contains(first) && !named.contains(&location));
            first.is_some_and(|&first| roster.locations[first].availability == row.availability)
        };
        match halls.iter_mut().find(alike) {
            Some(hall) => {
                hall.locations.push(location);
                hall.rooms += i64::from(row.rooms);
            }
            None => halls.push(Hall { locations: vec![location], rooms: row.rooms.into() }),
        }
    }
    halls
}
