//! Peer groups by counts: how many groups there are in each series and location, who leads there, who comes there. Which of the groups of a place
//! somebody is in is not said, nor which of several series that are alike to everybody.

use std::collections::{BTreeMap, BTreeSet};

use crate::common::integer_program::Side;
use crate::common::words::HalfDay;
use crate::scheduling::facts::calendar::Moment;
use crate::scheduling::facts::ids::{LocationId, PersonId, SeriesId, UnitId};
use crate::scheduling::facts::plan::{Place, Plan, Seat, When};
use crate::scheduling::facts::problem::PeerGroups;
use crate::scheduling::facts::roster::Roster;
use crate::scheduling::solve::builder::{Builder, Entries};
use crate::scheduling::solve::staffing::{Way, holds, open_seats, opens};

/// A location in one of several series that nobody can tell apart.
#[derive(Clone, Debug)]
pub(super) struct Spot {
    /// The strand of series.
    pub strand: usize,
    pub location: LocationId,
    /// The column of the number of groups.
    pub groups: usize,
    /// Who can lead, and the column of how many groups.
    pub leaders: Vec<(Seat, usize)>,
    /// Who can come, and the column that says so.
    pub members: Vec<(UnitId, usize)>,
}

/// Peer groups as columns and rows.
pub(super) struct Groups<'a> {
    pub roster: &'a Roster,
    pub groups: &'a PeerGroups,
    pub builder: Builder,
    /// Series that are alike to everybody.
    pub strands: Vec<Vec<SeriesId>>,
    pub spots: Vec<Spot>,
}

impl<'a> Groups<'a> {
    /// Columns and rows of a roster of peer groups with all its locks.
    pub fn new(roster: &'a Roster, groups: &'a PeerGroups) -> Self {
        let mut made = Self { roster, groups, builder: Builder::default(), strands: strands(roster), spots: Vec::new() };
        for strand in 0..made.strands.len() {
            for location in roster.locations.ids() {
                made.open(strand, location);
            }
        }
        for at in 0..made.spots.len() {
            made.fill(at);
        }
        made.once();
        made.leaders();
        made.rooms();
        if let Some(most) = groups.most_groups {
            let all: Entries = made.spots.iter().map(|spot| (spot.groups, 1)).collect();
            made.builder.row(all, Side::AtMost(most.into()));
        }
        made.locks();
        made
    }

    /// The place of a spot in the first series of its strand: what holds there holds in the others.
    pub fn way(&self, spot: &Spot) -> Option<Way> {
        let &series = self.strands.get(spot.strand)?.first()?;
        let place = Place { when: When::Series(series), location: Some(spot.location) };
        Some(Way { place, moments: place.moments(self.roster), staff: Vec::new() })
    }

    fn open(&mut self, strand: usize, location: LocationId) {
        let mut spot = Spot { strand, location, groups: 0, leaders: Vec::new(), members: Vec::new() };
        let series = self.strands[strand].len() as i64;
        let Some(way) = self.way(&spot).filter(|way| opens(self.roster, Some(location), &way.moments)) else { return };
        let seats = open_seats(self.roster, &way);
        let most = series * i64::from(self.roster.locations[location].rooms).min(seats.len() as i64);
        if most < 1 {
            return;
        }
        spot.groups = self.builder.column(most);
        spot.leaders = seats.into_iter().map(|seat| (seat, self.builder.column(series))).collect();
        let may_come = self.roster.units.ids().filter(|&unit| holds(self.roster, unit, &way));
        spot.members = may_come.map(|unit| (unit, self.builder.column(1))).collect();
        self.spots.push(spot);
    }

    /// The rows of one spot: groups are led, have enough and not too many members, and nobody comes who may be in none of them.
    fn fill(&mut self, at: usize) {
        let spot = self.spots[at].clone();
        let Some(way) = self.way(&spot) else { return };
        let led = spot.leaders.iter().map(|&(_, column)| (column, 1));
        self.builder.row(led.chain([(spot.groups, -1)]), Side::Exactly(0));
        let members: Entries = spot.members.iter().map(|&(_, column)| (column, 1)).collect();
        let (least, most) = (i64::from(self.groups.least).max(1), i64::from(self.groups.most));
        self.builder.row(members.iter().copied().chain([(spot.groups, -least)]), Side::AtLeast(0));
        self.builder.row(members.iter().copied().chain([(spot.groups, -most)]), Side::AtMost(0));
        for (nth, &(unit, member)) in spot.members.iter().enumerate() {
            let with = |seat: Seat| holds(self.roster, unit, &Way { staff: vec![seat], ..way.clone() });
            let meets: Entries = spot.leaders.iter().filter(|(seat, _)| with(*seat)).map(|&(_, column)| (column, 1)).collect();
            self.builder.row(meets.into_iter().chain([(member, -1)]), Side::AtLeast(0));
            let before = spot.members.iter().take(nth);
            let apart = before.filter(|(other, _)| self.roster.units[unit].avoids_fellows.contains(other));
            for other in apart.map(|&(_, column)| column).collect::<Vec<_>>() {
                self.builder.row([(member, 1), (other, 1), (spot.groups, -1)], Side::AtMost(0));
            }
        }
    }

    fn once(&mut self) {
        for unit in self.roster.units.ids() {
            let of = |spot: &Spot| spot.members.iter().find(|(member, _)| *member == unit).map(|&(_, column)| (column, 1));
            let own: Entries = self.spots.iter().filter_map(of).collect();
            self.builder.row(own, Side::AtMost(1));
        }
    }

    /// Minutes that a group takes of its leader.
    pub fn minutes(&self, spot: &Spot) -> i64 {
        let meetings = self.way(spot).map_or(0, |way| way.moments.len() as i64);
        meetings * (i64::from(self.groups.minutes) + i64::from(self.groups.preparation))
    }

    /// A leader has one group of a series at most, none at the same moment, and not too many or too long in all.
    fn leaders(&mut self) {
        let (mut strands, mut at_once) = (BTreeMap::<_, Entries>::new(), BTreeMap::<_, Entries>::new());
        let (mut all, mut minutes) = (BTreeMap::<PersonId, Entries>::new(), BTreeMap::<PersonId, Entries>::new());
        for spot in &self.spots {
            for &(seat, column) in &spot.leaders {
                strands.entry((seat.person, spot.strand)).or_default().push((column, 1));
                all.entry(seat.person).or_default().push((column, 1));
                minutes.entry(seat.person).or_default().push((column, self.minutes(spot)));
                if let (Some(way), [_]) = (self.way(spot), self.strands[spot.strand].as_slice()) {
                    way.moments.iter().for_each(|&moment| at_once.entry((seat.person, moment)).or_default().push((column, 1)));
                }
            }
        }
        for ((_, strand), entries) in strands {
            self.builder.row(entries, Side::AtMost(self.strands[strand].len() as i64));
        }
        for entries in at_once.into_values() {
            self.builder.row(entries, Side::AtMost(1));
        }
        for (person, entries) in all {
            if let Some(most) = self.roster.people[person].maximum {
                self.builder.row(entries, Side::AtMost(most.into()));
            }
        }
        for (person, entries) in minutes {
            if let Some(hours) = self.roster.people[person].hours {
                self.builder.row(entries, Side::AtMost(60 * i64::from(hours)));
            }
        }
    }

    /// Groups at one moment fit in the rooms of their location; series that are alike share no moment.
    fn rooms(&mut self) {
        let mut used: BTreeMap<_, Entries> = BTreeMap::new();
        for spot in &self.spots {
            if let (Some(way), [_]) = (self.way(spot), self.strands[spot.strand].as_slice()) {
                way.moments.iter().for_each(|&moment| used.entry((spot.location, moment)).or_default().push((spot.groups, 1)));
            }
        }
        for ((location, _), entries) in used {
            self.builder.row(entries, Side::AtMost(self.roster.locations[location].rooms.into()));
        }
    }

    /// A locked unit comes where its lock says, and only when the person it names leads there.
    fn locks(&mut self) {
        for (unit, row) in self.roster.units.pairs() {
            for lock in &row.locks {
                let possible = lock.person.known().is_some() || !lock.person.named();
                let fits = |spot: &&Spot| possible && self.way(spot).is_some_and(|way| lock.fits(self.roster, way.place));
                let of = |spot: &Spot| spot.members.iter().find(|(member, _)| *member == unit).map(|&(_, column)| column);
                let fitting: Vec<Spot> = self.spots.iter().filter(fits).cloned().collect();
                self.builder.row(fitting.iter().filter_map(of).map(|column| (column, 1)), Side::AtLeast(1));
                for spot in &fitting {
                    if let (Some(member), Some(person)) = (of(spot), lock.person.known()) {
                        let leads = spot.leaders.iter().filter(|(seat, _)| seat.person == person).map(|&(_, column)| (column, 1));
                        self.builder.row(leads.chain([(member, -1)]), Side::AtLeast(0));
                    }
                }
            }
        }
    }

    /// What every column is in a plan; `None` when it has a group that no spot has.
    pub fn image(&self, plan: &Plan) -> Option<Vec<i64>> {
        let mut values = vec![0; self.builder.program.columns.len()];
        for block in &plan.blocks {
            let When::Series(series) = block.place.when else { return None };
            let here = |spot: &&Spot| Some(spot.location) == block.place.location && self.strands[spot.strand].contains(&series);
            let spot = self.spots.iter().find(here)?;
            values[spot.groups] += 1;
            for seat in &block.staff {
                values[spot.leaders.iter().find(|(own, _)| own == seat)?.1] += 1;
            }
            for unit in &block.members {
                values[spot.members.iter().find(|(own, _)| own == unit)?.1] += 1;
            }
        }
        self.builder.count(&mut values);
        Some(values)
    }
}

/// What a series is to everybody: the half-days of the week; when each location is open; who can lead; how many meetings each unit misses, and
/// whether all of them lie in its window.
type View = (BTreeSet<Option<HalfDay>>, usize, Vec<bool>, Vec<bool>, Vec<(usize, bool)>);

/// Series put together where nothing tells them apart: nobody names one of them, and they share no moment with another one.
fn strands(roster: &Roster) -> Vec<Vec<SeriesId>> {
    let claims = roster.units.iter().flat_map(|row| row.locks.iter().chain(&row.bans).filter_map(|claim| claim.series.as_deref()));
    let previous = roster.units.iter().flat_map(|row| row.previous.iter().filter_map(|entry| entry.series.as_deref()));
    let named: BTreeSet<&str> = claims.chain(previous).collect();
    let mut used = BTreeMap::new();
    roster.series.iter().flat_map(|row| &row.moments).for_each(|&moment| *used.entry(moment).or_insert(0_usize) += 1);
    // Who is member and staff at once could tell them apart.
    let twice = roster.units.iter().any(|row| row.person.is_some());
    let mut strands: Vec<Vec<SeriesId>> = Vec::new();
    let mut known: BTreeMap<View, usize> = BTreeMap::new();
    for (series, row) in roster.series.pairs() {
        let shared = row.moments.iter().any(|moment| used.get(moment).is_some_and(|&times| times > 1));
        let next = strands.len();
        let at = match twice || shared || named.contains(row.id.as_str()) {
            true => next,
            false => *known.entry(view(roster, series)).or_insert(next),
        };
        match strands.get_mut(at) {
            Some(strand) => strand.push(series),
            None => strands.push(vec![series]),
        }
    }
    strands
}

fn view(roster: &Roster, series: SeriesId) -> View {
    let moments = &roster.series[series].moments;
    let all = |free: &dyn Fn(Moment) -> bool| moments.iter().all(|&moment| free(moment));
    let locations = roster.locations.iter().map(|row| all(&|moment| row.availability.at(&roster.calendar, moment)));
    let people = roster.people.iter().map(|row| all(&|moment| row.availability.at(&roster.calendar, moment)));
    let units = roster.units.iter().map(|row| {
        let missed = moments.iter().filter(|&&moment| !row.availability.at(&roster.calendar, moment)).count();
        let inside = all(&|moment| row.from.is_none_or(|day| moment.day >= day) && row.until.is_none_or(|day| moment.day <= day));
        (missed, inside)
    });
    let codes = moments.iter().map(|moment| moment.code()).collect();
    (codes, moments.len(), locations.collect(), people.collect(), units.collect())
}
