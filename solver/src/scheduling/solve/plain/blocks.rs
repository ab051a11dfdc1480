//! Interviews, peer groups and courses as columns and rows: one column for each way (is there such a block?), one for each unit and way that the
//! pair rules allow (is it a member?). A way with its staff cannot come twice: somebody would be in two places, or an offer would run twice. Of an
//! open way the staff has columns too.

use std::collections::BTreeMap;

use crate::common::integer_program::Side;
use crate::scheduling::facts::codes::RuleCode;
use crate::scheduling::facts::ids::{GroupId, UnitId};
use crate::scheduling::facts::plan::{Block, Plan, Seat, asked};
use crate::scheduling::facts::problem::Problem;
use crate::scheduling::facts::roster::Roster;

use super::{Lock, school_rows};
use crate::scheduling::solve::builder::{Builder, Entries};
use crate::scheduling::solve::staffing::{Form, Way, holds, open_seats, ways};

/// A roster as columns and rows.
pub(super) struct Blocks<'a> {
    pub roster: &'a Roster,
    pub builder: Builder,
    pub ways: Vec<Way>,
    /// Whether each way is a block.
    pub runs: Vec<usize>,
    /// Who can sit in each way, and the column that says so: of a way with its staff that of the block itself.
    pub seats: Vec<Vec<(Seat, usize)>>,
    /// Members of each way: who, and the column that says so.
    pub members: Vec<Vec<(UnitId, usize)>>,
    /// Which group of before each way goes on, where it is asked: way, name, column.
    pub names: Vec<(usize, GroupId, usize)>,
}

impl<'a> Blocks<'a> {
    /// Columns and rows with these locks and without these rules; `None` when there are too many ways to write down.
    pub fn new(roster: &'a Roster, locks: &[Lock], without: &[RuleCode], form: Form) -> Option<Self> {
        let mut made = Self {
            roster,
            builder: Builder::default(),
            ways: ways(roster, form)?,
            runs: Vec::new(),
            seats: Vec::new(),
            members: Vec::new(),
            names: Vec::new(),
        };
        for way in &made.ways {
            made.runs.push(made.builder.column(1));
            let allowed = roster.units.ids().filter(|&unit| holds(roster, unit, way));
            let members = allowed.map(|unit| (unit, made.builder.column(1))).collect::<Vec<_>>();
            made.members.push(members);
        }
        made.staff(form);
        made.membership();
        let asked = |code| !without.contains(&code);
        if asked(RuleCode::EenKeer) {
            made.once();
        }
        made.sizes(asked(RuleCode::Omvang));
        if asked(RuleCode::Dubbel) {
            made.apart();
        }
        if asked(RuleCode::NietMet) {
            made.fellows();
        }
        if asked(RuleCode::Zaal) {
            made.rooms();
        }
        made.staff_limits(&asked);
        if asked(RuleCode::PlaatsDag) && roster.interviews().is_some() {
            made.one_location_a_day();
        }
        made.own(&asked);
        made.locks(locks);
        Some(made)
    }

    /// The columns of a unit's memberships, by way.
    pub fn of_unit(&self, unit: UnitId) -> Vec<(usize, usize)> {
        let find = |(way, members): (usize, &Vec<(UnitId, usize)>)| {
            members.iter().find(|(member, _)| *member == unit).map(|&(_, column)| (way, column))
        };
        self.members.iter().enumerate().filter_map(find).collect()
    }

    /// Who sits where: of an open way as many of each role as it asks, nobody in two roles, nobody whom a member may not meet.
    fn staff(&mut self, form: Form) {
        for at in 0..self.ways.len() {
            let run = self.runs[at];
            if form == Form::Enumerated {
                self.seats.push(self.ways[at].staff.iter().map(|&seat| (seat, run)).collect());
                continue;
            }
            let way = self.ways[at].clone();
            let seats: Vec<(Seat, usize)> = open_seats(self.roster, &way).into_iter().map(|seat| (seat, self.builder.column(1))).collect();
            for (role, number) in asked(self.roster, way.place) {
                let own = seats.iter().filter(|(seat, _)| seat.role == role).map(|&(_, column)| (column, 1));
                self.builder.row(own.chain([(run, -i64::from(number))]), Side::Exactly(0));
            }
            let mut people: BTreeMap<_, Entries> = BTreeMap::new();
            for &(seat, column) in &seats {
                people.entry(seat.person).or_default().push((column, 1));
            }
            for entries in people.into_values().filter(|entries| entries.len() > 1) {
                self.builder.row(entries, Side::AtMost(1));
            }
            for &(unit, member) in &self.members[at] {
                for &(seat, column) in &seats {
                    let alone = Way { staff: vec![seat], ..way.clone() };
                    if !holds(self.roster, unit, &alone) {
                        self.builder.row([(member, 1), (column, 1), (run, -1)], Side::AtMost(0));
                    }
                }
            }
            // Places that are alike are filled in order, so that no plan comes twice by another name.
            if at > 0 && self.ways[at - 1].place == way.place {
                self.builder.row([(self.runs[at - 1], 1), (run, -1)], Side::AtLeast(0));
            }
            self.seats.push(seats);
        }
    }

    /// A member's block exists.
    fn membership(&mut self) {
        for (&run, members) in self.runs.iter().zip(&self.members) {
            for &(_, member) in members {
                self.builder.row([(run, 1), (member, -1)], Side::AtLeast(0));
            }
        }
    }

    /// A unit is in one block at most, and an offer runs once at most.
    fn once(&mut self) {
        for unit in self.roster.units.ids() {
            let columns = self.of_unit(unit);
            self.builder.row(columns.into_iter().map(|(_, column)| (column, 1)), Side::AtMost(1));
        }
        let mut offers: BTreeMap<_, Entries> = BTreeMap::new();
        for (way, &run) in self.ways.iter().zip(&self.runs) {
            if let Some(offer) = way.place.offer(self.roster) {
                offers.entry(offer).or_default().push((run, 1));
            }
        }
        for entries in offers.into_values() {
            self.builder.row(entries, Side::AtMost(1));
        }
    }

    /// A block has enough and not too many members; always one at least.
    fn sizes(&mut self, asked: bool) {
        for at in 0..self.ways.len() {
            let (least, most) = if asked { self.bounds(at) } else { (1, None) };
            let members: Entries = self.members[at].iter().map(|&(_, column)| (column, 1)).collect();
            let run = self.runs[at];
            self.builder.row(members.iter().copied().chain([(run, -least)]), Side::AtLeast(0));
            let Some(most) = most else { continue };
            self.builder.row(members.iter().copied().chain([(run, -most)]), Side::AtMost(0));
            if self.roster.interviews().is_none() {
                continue;
            }
            // Somebody on the panel who takes fewer makes the session smaller.
            for &(seat, column) in &self.seats[at] {
                if let Some(fewer) = self.roster.people[seat.person].per_half_day.map(i64::from).filter(|fewer| *fewer < most) {
                    self.builder.row(members.iter().copied().chain([(run, -most), (column, most - fewer)]), Side::AtMost(0));
                }
            }
        }
    }

    fn bounds(&self, at: usize) -> (i64, Option<i64>) {
        let (least, most) = match &self.roster.problem {
            Problem::Interviews(interviews) => (interviews.least, Some(interviews.most)),
            Problem::PeerGroups(groups) => (groups.least, Some(groups.most)),
            Problem::Courses(courses) => match self.ways[at].place.offer(self.roster) {
                Some(offer) => (courses.offers[offer].least, courses.offers[offer].most),
                None => (1, None),
            },
            Problem::Visits(_) => (1, None),
        };
        (i64::from(least).max(1), most.map(i64::from))
    }

    /// At one moment a person is in one block at most, as staff or as member.
    fn apart(&mut self) {
        let mut there: BTreeMap<_, Entries> = BTreeMap::new();
        for ((way, seats), members) in self.ways.iter().zip(&self.seats).zip(&self.members) {
            for &moment in &way.moments {
                for &(seat, column) in seats {
                    there.entry((seat.person, moment)).or_default().push((column, 1));
                }
                for &(unit, column) in members {
                    if let Some(person) = self.roster.units[unit].person {
                        there.entry((person, moment)).or_default().push((column, 1));
                    }
                }
            }
        }
        for entries in there.into_values() {
            self.builder.row(entries, Side::AtMost(1));
        }
    }

    /// Fellow members of whom one names the other are not in one block (peer groups, courses).
    fn fellows(&mut self) {
        if self.roster.interviews().is_some() {
            return;
        }
        for (&run, members) in self.runs.iter().zip(&self.members) {
            for (at, &(unit, column)) in members.iter().enumerate() {
                let near = members[..at].iter().filter(|(other, _)| self.roster.units[unit].avoids_fellows.contains(other));
                for &(_, other) in near {
                    self.builder.row([(column, 1), (other, 1), (run, -1)], Side::AtMost(0));
                }
            }
        }
    }

    /// Blocks at a location at one half-day fit in its rooms.
    fn rooms(&mut self) {
        let mut used: BTreeMap<_, Entries> = BTreeMap::new();
        for (way, &run) in self.ways.iter().zip(&self.runs) {
            for &moment in &way.moments {
                if let Some(location) = way.place.location {
                    used.entry((location, moment)).or_default().push((run, 1));
                }
            }
        }
        for ((location, _), entries) in used {
            self.builder.row(entries, Side::AtMost(self.roster.locations[location].rooms.into()));
        }
    }

    /// Half-days on a date and in a week, blocks, and minutes of each staff person.
    fn staff_limits(&mut self, asked: &dyn Fn(RuleCode) -> bool) {
        let (mut days, mut weeks) = (BTreeMap::<_, Entries>::new(), BTreeMap::<_, Entries>::new());
        let (mut blocks, mut minutes) = (BTreeMap::<_, Entries>::new(), BTreeMap::<_, Entries>::new());
        for (at, (way, seats)) in self.ways.iter().zip(&self.seats).enumerate() {
            for &(seat, column) in seats {
                for moment in &way.moments {
                    days.entry((seat.person, moment.day)).or_default().push((column, 1));
                    weeks.entry((seat.person, moment.week())).or_default().push((column, 1));
                }
                blocks.entry(seat.person).or_default().push((column, 1));
                minutes.entry(seat.person).or_default().push((column, self.minutes(at)));
            }
        }
        let people = &self.roster.people;
        for ((person, _), entries) in days.into_iter().filter(|_| asked(RuleCode::PerDag)) {
            self.builder.row(entries, Side::AtMost(people[person].per_day.into()));
        }
        for ((person, _), entries) in weeks.into_iter().filter(|_| asked(RuleCode::PerWeek)) {
            self.builder.row(entries, Side::AtMost(people[person].per_week.into()));
        }
        for (person, entries) in blocks.into_iter().filter(|_| asked(RuleCode::Maximum)) {
            if let Some(most) = people[person].maximum {
                self.builder.row(entries, Side::AtMost(most.into()));
            }
        }
        for (person, entries) in minutes.into_iter().filter(|_| asked(RuleCode::Uren)) {
            if let Some(hours) = people[person].hours {
                self.builder.row(entries, Side::AtMost(60 * i64::from(hours)));
            }
        }
    }

    /// Minutes that a block of this way takes of each of its staff.
    pub fn minutes(&self, at: usize) -> i64 {
        let way = &self.ways[at];
        let each = match &self.roster.problem {
            Problem::PeerGroups(groups) => i64::from(groups.minutes) + i64::from(groups.preparation),
            Problem::Courses(courses) => way.place.offer(self.roster).map_or(0, |offer| {
                let offer = &courses.offers[offer];
                i64::from(offer.minutes) + i64::from(offer.preparation)
            }),
            Problem::Interviews(_) | Problem::Visits(_) => 0,
        };
        way.moments.len() as i64 * each
    }

    /// A person's sessions on one date are at one location.
    fn one_location_a_day(&mut self) {
        let mut where_: BTreeMap<_, BTreeMap<_, Vec<usize>>> = BTreeMap::new();
        for (way, seats) in self.ways.iter().zip(&self.seats) {
            for &(seat, column) in seats {
                for moment in &way.moments {
                    where_.entry((seat.person, moment.day)).or_default().entry(way.place.location).or_default().push(column);
                }
            }
        }
        for locations in where_.into_values().filter(|locations| locations.len() > 1) {
            let mut chosen = Entries::new();
            for runs in locations.into_values() {
                let here = self.builder.largest(1, runs.into_iter().map(|run| vec![(run, 1)]).collect());
                chosen.push((here, 1));
            }
            self.builder.row(chosen, Side::AtMost(1));
        }
    }

    /// What only peer groups or courses ask.
    fn own(&mut self, asked: &dyn Fn(RuleCode) -> bool) {
        if let Some(most) = self.roster.groups().and_then(|groups| groups.most_groups).filter(|_| asked(RuleCode::Groepen)) {
            let runs: Entries = self.runs.iter().map(|&run| (run, 1)).collect();
            self.builder.row(runs, Side::AtMost(most.into()));
        }
        school_rows::write(self, asked);
    }

    /// A locked unit is a member where its lock says, and there only beside the person it names.
    fn locks(&mut self, locks: &[Lock]) {
        for lock in locks {
            let claim = &self.roster.units[lock.unit].locks[lock.at];
            let possible = claim.person.known().is_some() || !claim.person.named();
            let fitting: Vec<(usize, usize)> =
                self.of_unit(lock.unit).into_iter().filter(|&(way, _)| possible && claim.fits(self.roster, self.ways[way].place)).collect();
            self.builder.row(fitting.iter().map(|&(_, member)| (member, 1)), Side::AtLeast(1));
            if let Some(person) = claim.person.known() {
                for (way, member) in fitting {
                    let there = self.seats[way].iter().filter(|(seat, _)| seat.person == person).map(|&(_, column)| (column, 1));
                    self.builder.row(there.chain([(member, -1)]), Side::AtLeast(0));
                }
            }
        }
    }

    /// The columns that say which group of before each way goes on; each name once at most, each block one at most.
    pub fn naming(&mut self) -> &[(usize, GroupId, usize)] {
        if let (true, Some(groups)) = (self.names.is_empty(), self.roster.groups()) {
            let mut by_name: BTreeMap<GroupId, Entries> = BTreeMap::new();
            for (way, &run) in self.runs.iter().enumerate() {
                let mut own = vec![(run, -1)];
                for name in groups.names.ids() {
                    let column = self.builder.column(1);
                    self.names.push((way, name, column));
                    by_name.entry(name).or_default().push((column, 1));
                    own.push((column, 1));
                }
                self.builder.row(own, Side::AtMost(0));
            }
            for entries in by_name.into_values() {
                self.builder.row(entries, Side::AtMost(1));
            }
        }
        &self.names
    }

    /// The plan that these values stand for.
    pub fn plan(&self, values: &[i64]) -> Plan {
        let on = |column: usize| values.get(column).is_some_and(|&value| value > 0);
        let mut blocks = Vec::new();
        for (at, way) in self.ways.iter().enumerate().filter(|&(at, _)| on(self.runs[at])) {
            let members = self.members[at].iter().filter(|&&(_, column)| on(column)).map(|&(unit, _)| unit).collect();
            let follows = self.names.iter().find(|&&(way, _, column)| way == at && on(column)).map(|&(_, name, _)| name);
            let staff = self.seats[at].iter().filter(|&&(_, column)| on(column)).map(|&(seat, _)| seat).collect();
            blocks.push(Block { place: way.place, staff, members, follows });
        }
        Plan::of(self.roster, blocks)
    }
}
