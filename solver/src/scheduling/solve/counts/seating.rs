//! A plan of interviews from its counts: of each date and hall the sessions are put in locations, and everybody in a session, by looking for a
//! way until one is found. The counts leave it open, and mostly any way will do.

use std::collections::BTreeMap;

use crate::scheduling::facts::calendar::{Day, Moment};
use crate::scheduling::facts::ids::{LocationId, PersonId, UnitId};
use crate::scheduling::facts::plan::{Block, Place, Plan, Seat, When, asked};
use crate::scheduling::solve::staffing::{Way, holds};

use super::sessions::{Sessions, Slot};

/// Steps after which a date is given up.
const STEPS: u32 = 20_000;

/// What is still to be put somewhere.
#[derive(Clone, Copy, Debug)]
enum Task {
    /// A session, into a location.
    Session(usize),
    /// Somebody on the staff, into a session of a half-day.
    Seat(Moment, Seat),
    /// A candidate, into a session of a half-day: that of the coach who is kept, if there is one.
    Member(Moment, UnitId, Option<PersonId>),
}

/// The sessions of one date in one hall, as far as they are filled.
struct Seated<'a> {
    model: &'a Sessions<'a>,
    locations: &'a [LocationId],
    sessions: Vec<Block>,
    /// How many of each class are still to meet each coach, by half-day; where meetings are told.
    meets: BTreeMap<Moment, BTreeMap<(usize, PersonId), i64>>,
    steps: u32,
}

/// The plan that the values of columns stand for, when everybody finds a seat.
pub(super) fn plan(model: &Sessions<'_>, values: &[i64]) -> Option<Plan> {
    let mut dates: BTreeMap<(Day, usize), Vec<(usize, &Slot)>> = BTreeMap::new();
    let value = |column: usize| values.get(column).copied().unwrap_or(0);
    for (at, slot) in model.slots.iter().enumerate().filter(|(_, slot)| value(slot.sessions) > 0) {
        dates.entry((slot.moment.day, slot.hall)).or_default().push((at, slot));
    }
    let mut blocks = Vec::new();
    for ((_, hall), slots) in dates {
        blocks.extend(date(model, hall, &slots, values)?);
    }
    Some(Plan::of(model.roster, blocks))
}

fn date(model: &Sessions<'_>, hall: usize, slots: &[(usize, &Slot)], values: &[i64]) -> Option<Vec<Block>> {
    let on = |column: usize| values.get(column).is_some_and(|&value| value > 0);
    let (mut sessions, mut placing, mut members) = (Vec::new(), Vec::new(), Vec::new());
    let mut seats: Vec<(Moment, Seat)> = Vec::new();
    let mut meets = BTreeMap::new();
    for &(at, slot) in slots {
        let place = Place { when: When::At(slot.moment), location: None };
        for &(seat, _) in slot.seats.iter().filter(|&&(_, column)| on(column)) {
            if seat.role == model.interviews.coach {
                placing.push((Task::Session(sessions.len()), seat.person));
                sessions.push(Block { place, staff: vec![seat], members: Vec::new(), follows: None });
            } else {
                seats.push((slot.moment, seat));
            }
        }
        let coming: Vec<UnitId> = slot.members.iter().filter(|&&(_, column)| on(column)).map(|&(unit, _)| unit).collect();
        let told = model.flow.as_ref().map(|flow| flow.told(at, values));
        let (own, kept) = told.map(|(own, kept)| (Some(own), kept)).unwrap_or_default();
        members.extend(coming.into_iter().map(|unit| (slot.moment, unit, kept.get(&unit).copied())));
        meets.extend(own.map(|own| (slot.moment, own)));
    }
    // Who comes twice that date binds two sessions to one location, so is put down first.
    let mut often: BTreeMap<PersonId, usize> = BTreeMap::new();
    let everybody = placing.iter().map(|&(_, person)| person).chain(seats.iter().map(|(_, seat)| seat.person));
    everybody.for_each(|person| *often.entry(person).or_default() += 1);
    let once = |person: &PersonId| often.get(person).is_none_or(|&times| times < 2);
    placing.sort_by_key(|(_, person)| (once(person), *person));
    seats.sort_by_key(|(moment, seat)| (once(&seat.person), seat.role, seat.person, *moment));
    // Candidates with few sessions to choose from come first.
    members.sort_by_key(|&(_, unit, kept)| {
        let row = &model.roster.units[unit];
        (row.locks.is_empty(), kept.is_none(), row.avoids.is_empty() && row.bans.is_empty(), unit)
    });
    let tasks: Vec<Task> = placing
        .into_iter()
        .map(|(task, _)| task)
        .chain(seats.into_iter().map(|(moment, seat)| Task::Seat(moment, seat)))
        .chain(members.into_iter().map(|(moment, unit, kept)| Task::Member(moment, unit, kept)))
        .collect();
    let locations = &model.halls.get(hall)?.locations;
    let mut table = Seated { model, locations, sessions, meets, steps: 0 };
    table.put(&tasks).then_some(table.sessions)
}

impl Seated<'_> {
    /// Puts what is to be put, one after another; whatever does not work out is taken back.
    fn put(&mut self, tasks: &[Task]) -> bool {
        let Some((&task, rest)) = tasks.split_first() else {
            let least = self.model.interviews.least.max(1) as usize;
            return self.sessions.iter().all(|session| session.members.len() >= least);
        };
        self.steps += 1;
        if self.steps > STEPS {
            return false;
        }
        match task {
            Task::Session(at) => {
                for location in self.locations_for(at) {
                    self.sessions[at].place.location = Some(location);
                    if self.put(rest) {
                        return true;
                    }
                    self.sessions[at].place.location = None;
                }
            }
            Task::Seat(moment, seat) => {
                for at in self.at(moment) {
                    if self.can_sit(at, seat) {
                        self.sessions[at].staff.push(seat);
                        if self.put(rest) {
                            return true;
                        }
                        self.sessions[at].staff.pop();
                    }
                }
            }
            Task::Member(moment, unit, kept) => {
                let mut sessions = self.at(moment);
                // Evenly, so that no session stays too small.
                sessions.sort_by_key(|&at| self.sessions[at].members.len());
                for at in sessions {
                    if kept.is_none_or(|coach| self.sessions[at].has(coach)) && self.can_come(at, unit) && self.meet(at, unit, -1) {
                        self.sessions[at].members.push(unit);
                        if self.put(rest) {
                            return true;
                        }
                        self.sessions[at].members.pop();
                        self.meet(at, unit, 1);
                    }
                }
            }
        }
        false
    }

    /// Counts a meeting of a candidate with the coach of a session; whether there was one left to count.
    fn meet(&mut self, at: usize, unit: UnitId, change: i64) -> bool {
        let session = &self.sessions[at];
        let coach = session.staff.iter().find(|seat| seat.role == self.model.interviews.coach).map(|seat| seat.person);
        let moment = session.place.moment();
        let (Some(flow), Some(coach), Some(moment)) = (&self.model.flow, coach, moment) else { return true };
        let left = self.meets.get_mut(&moment).and_then(|meets| meets.get_mut(&(flow.class[unit], coach)));
        match left {
            Some(left) if *left + change >= 0 => {
                *left += change;
                true
            }
            _ => false,
        }
    }

    fn at(&self, moment: Moment) -> Vec<usize> {
        (0..self.sessions.len()).filter(|&at| self.sessions[at].place.moment() == Some(moment)).collect()
    }

    /// Where somebody is that date already.
    fn location_of(&self, person: PersonId) -> Option<LocationId> {
        self.sessions.iter().find(|session| session.has(person) && session.place.location.is_some())?.place.location
    }

    fn locations_for(&self, at: usize) -> Vec<LocationId> {
        let session = &self.sessions[at];
        let bound = session.staff.iter().find_map(|seat| self.location_of(seat.person));
        let used = |location: LocationId| {
            let there = |other: &&Block| other.place.when == session.place.when && other.place.location == Some(location);
            self.sessions.iter().filter(there).count()
        };
        let rooms = |location: LocationId| self.model.roster.locations[location].rooms as usize;
        let free = |location: &LocationId| bound.is_none_or(|bound| bound == *location) && used(*location) < rooms(*location);
        self.locations.iter().copied().filter(free).collect()
    }

    fn can_sit(&self, at: usize, seat: Seat) -> bool {
        let session = &self.sessions[at];
        let asked = asked(self.model.roster, session.place).into_iter().find(|&(role, _)| role == seat.role);
        let filled = session.staff.iter().filter(|other| other.role == seat.role).count();
        asked.is_some_and(|(_, number)| filled < number as usize)
            && self.location_of(seat.person).is_none_or(|there| Some(there) == session.place.location)
    }

    fn can_come(&self, at: usize, unit: UnitId) -> bool {
        let (roster, session) = (self.model.roster, &self.sessions[at]);
        let own = session.staff.iter().filter_map(|seat| roster.people[seat.person].per_half_day);
        let most = own.chain([self.model.interviews.most]).min().unwrap_or(0) as usize;
        let moments = session.place.moment().into_iter().collect();
        let way = Way { place: session.place, moments, staff: session.staff.clone() };
        let locked = roster.units[unit].locks.iter().all(|lock| lock.agrees(roster, session.place, &session.staff));
        session.members.len() < most && locked && holds(roster, unit, &way)
    }
}
