//! The visits of one coach as columns and rows: one column for each tour, which is a half-day and placements in the best order that fits.

use std::collections::BTreeMap;

use crate::common::integer_program::Side;
use crate::common::tables::Id;
use crate::scheduling::facts::calendar::{Day, Moment};
use crate::scheduling::facts::codes::{RuleCode, TermCode};
use crate::scheduling::facts::ids::{PersonId, RoleId, UnitId};
use crate::scheduling::facts::plan::{Block, Place, Plan, Seat, When};
use crate::scheduling::facts::problem::Visits;
use crate::scheduling::facts::roster::{Part, Previous, Roster};

use super::Lock;
use crate::scheduling::solve::builder::{Builder, Entries};
use crate::scheduling::solve::orders::orders;

/// More tours than this are not written down.
const MOST_TOURS: usize = 200_000;

/// One possible tour.
struct Tour {
    moment: Moment,
    /// In driving order.
    units: Vec<UnitId>,
    /// Minutes on the road, from and to home.
    road: i64,
    column: usize,
}

/// A part of visits, of one coach, as columns and rows.
pub(super) struct Tours<'a> {
    roster: &'a Roster,
    visits: &'a Visits,
    coach: PersonId,
    pub builder: Builder,
    tours: Vec<Tour>,
}

impl<'a> Tours<'a> {
    /// Columns and rows with these locks and without these rules; `None` when there are too many tours to write down.
    pub fn new(roster: &'a Roster, visits: &'a Visits, coach: PersonId, locks: &[Lock], without: &[RuleCode]) -> Option<Self> {
        let mut made = Self { roster, visits, coach, builder: Builder::default(), tours: Vec::new() };
        let asked = |code| !without.contains(&code);
        made.write_tours(asked(RuleCode::Route), asked(RuleCode::Omvang))?;
        let row = &roster.people[coach];
        let all = |_: &Tour| true;
        if asked(RuleCode::Dubbel) {
            made.limit(|tour| tour.moment, all, 1);
        }
        if asked(RuleCode::PerDag) {
            made.limit(|tour| tour.moment.day, all, row.per_day.into());
        }
        if asked(RuleCode::PerWeek) {
            made.limit(|tour| tour.moment.week(), all, row.per_week.into());
        }
        if let Some(most) = row.maximum.filter(|_| asked(RuleCode::Maximum)) {
            made.limit(|_| (), all, most.into());
        }
        if let Some(hours) = row.hours.filter(|_| asked(RuleCode::Uren)) {
            let minutes: Entries = made.tours.iter().map(|tour| (tour.column, made.minutes(&tour.units))).collect();
            made.builder.row(minutes, Side::AtMost(60 * i64::from(hours)));
        }
        for unit in roster.units.ids() {
            let visits = |tour: &Tour| tour.units.contains(&unit);
            if asked(RuleCode::Aantal) {
                made.limit(|_| (), visits, made.visits.placements[unit].wanted.into());
            }
            if asked(RuleCode::BezoekWeek) {
                made.limit(|tour| tour.moment.week(), visits, made.visits.per_week.into());
                made.limit(|tour| tour.moment.day, visits, 1);
            }
        }
        for lock in locks {
            let moment = roster.units[lock.unit].locks[lock.at].moment;
            let there = made.tours.iter().filter(|tour| Some(tour.moment) == moment && tour.units.contains(&lock.unit));
            let entries: Entries = there.map(|tour| (tour.column, 1)).collect();
            made.builder.row(entries, Side::AtLeast(1));
        }
        Some(made)
    }

    /// Tours that meet the condition, counted by key, are at most so many.
    fn limit<K: Ord>(&mut self, key: impl Fn(&Tour) -> K, when: impl Fn(&Tour) -> bool, most: i64) {
        let mut counted: BTreeMap<K, Entries> = BTreeMap::new();
        for tour in self.tours.iter().filter(|tour| when(tour)) {
            counted.entry(key(tour)).or_default().push((tour.column, 1));
        }
        for entries in counted.into_values() {
            self.builder.row(entries, Side::AtMost(most));
        }
    }

    fn minutes(&self, units: &[UnitId]) -> i64 {
        units.iter().map(|&unit| i64::from(self.visits.placements[unit].minutes)).sum()
    }

    fn write_tours(&mut self, route: bool, size: bool) -> Option<()> {
        let row = &self.roster.people[self.coach];
        if !row.roles.contains(&self.roster.roles[RoleId::new(0)]) {
            return Some(());
        }
        let own = row.per_half_day.unwrap_or(self.visits.per_half_day) as usize;
        let most = if size { own } else { self.roster.units.len().min(4) };
        for &moment in self.roster.calendar.open() {
            if row.availability.at(&self.roster.calendar, moment) {
                let possible: Vec<UnitId> = self.roster.units.ids().filter(|&unit| self.possible(unit, moment)).collect();
                self.choose(moment, &possible, 0, most, route, &mut Vec::new())?;
            }
        }
        Some(())
    }

    /// Whether the pair rules allow a visit of this placement at this half-day, the coach aside.
    fn possible(&self, unit: UnitId, moment: Moment) -> bool {
        let (row, placement) = (&self.roster.units[unit], &self.visits.placements[unit]);
        let school = &self.visits.schools[placement.school].availability;
        let banned = row.bans.iter().any(|ban| {
            ban.moment.is_none_or(|it| it == moment)
                && ![ban.location.named(), ban.series.is_some(), ban.offer.named()].contains(&true)
                && matches!(ban.person, Part::Absent)
        });
        row.availability.at(&self.roster.calendar, moment)
            && school.at(&self.roster.calendar, moment)
            && row.from.is_none_or(|day| day <= moment.day)
            && row.until.is_none_or(|day| moment.day <= day)
            && placement.minutes <= self.visits.half_day_minutes
            && !banned
    }

    /// Every set of at most `most` of these placements from position `from` on, with the ones chosen so far.
    fn choose(
        &mut self,
        moment: Moment,
        possible: &[UnitId],
        from: usize,
        most: usize,
        route: bool,
        chosen: &mut Vec<UnitId>,
    ) -> Option<()> {
        for at in from..possible.len() {
            if chosen.len() >= most {
                break;
            }
            chosen.push(possible[at]);
            if let Some((road, units)) = self.best_order(chosen, route) {
                if self.tours.len() >= MOST_TOURS {
                    return None;
                }
                let column = self.builder.column(1);
                self.tours.push(Tour { moment, units, road, column });
            }
            // A set that fits in no order may still be a part of one that does, when the way between two schools is longer than over a third.
            self.choose(moment, possible, at + 1, most, route, chosen)?;
            chosen.pop();
        }
        Some(())
    }

    /// The shortest order that fits in the half-day, by minutes on the road, then by units.
    fn best_order(&self, units: &[UnitId], route: bool) -> Option<(i64, Vec<UnitId>)> {
        let room = i64::from(self.visits.half_day_minutes) - self.minutes(units);
        let travel = &self.visits.travel[self.coach];
        let school = |unit: UnitId| self.visits.placements[unit].school;
        let roads = orders(units).into_iter().filter_map(|order| {
            let between: i64 = order.windows(2).map(|pair| i64::from(travel.between[school(pair[0])][school(pair[1])])).sum();
            let out = i64::from(travel.out[school(*order.first()?)]);
            let back = i64::from(travel.back[school(*order.last()?)]);
            (!route || between <= room).then_some((out + between + back, order))
        });
        roads.min()
    }

    fn per_tour(&self, points: impl Fn(&Tour) -> i64) -> Entries {
        self.tours.iter().map(|tour| (tour.column, points(tour))).collect()
    }

    /// The columns of a term with their points.
    pub fn points(&mut self, term: TermCode) -> Entries {
        use TermCode::*;
        match term {
            Gepland => self.per_tour(|tour| tour.units.len() as i64),
            Voorkeur => self.per_tour(|tour| {
                let likes = |unit: &&UnitId| tour.moment.code().is_some_and(|code| self.roster.units[**unit].preference.has(code));
                100 * tour.units.iter().filter(likes).count() as i64
            }),
            Dagdelen => self.per_tour(|_| -1),
            Reistijd => self.per_tour(|tour| -tour.road),
            Ongewijzigd => self.kept(|_| 1),
            Afspraak => self.kept(|entry| self.roster.policy.keep_weights[entry.status as usize]),
            OngewijzigdMoment => self.weeks_kept(),
            Gat => self.gaps(),
            Landing => self.landings(),
            Weekspreiding => self.spread(),
            // Terms that visits do not have, or that are always 0 of them.
            _ => Entries::new(),
        }
    }

    /// What a tour keeps of entries, each counted for its points.
    pub fn kept(&self, points: impl Fn(&Previous) -> i64) -> Entries {
        self.per_tour(|tour| {
            let entries = tour.units.iter().flat_map(|&unit| &self.roster.units[unit].previous);
            entries.filter(|entry| entry.moment == Some(tour.moment)).map(&points).sum()
        })
    }

    /// The columns of tours that visit a unit in one of these weeks.
    fn seen(&self, unit: UnitId, weeks: &[Day]) -> Entries {
        let tours = self.tours.iter().filter(|tour| tour.units.contains(&unit) && weeks.contains(&tour.moment.week()));
        tours.map(|tour| (tour.column, 1)).collect()
    }

    fn weeks_kept(&mut self) -> Entries {
        let mut entries = Entries::new();
        for unit in self.roster.units.ids() {
            let mut weeks: BTreeMap<Day, i64> = BTreeMap::new();
            for moment in self.roster.units[unit].previous.iter().filter_map(|entry| entry.moment) {
                *weeks.entry(moment.week()).or_default() += 1;
            }
            for (week, before) in weeks {
                let seen = self.seen(unit, &[week]);
                entries.push((self.builder.least(before, vec![seen]), 1));
            }
        }
        entries
    }

    /// W of a placement: weeks with a half-day at which it and its school can be visited, coach and prohibitions aside.
    fn weeks(&self, unit: UnitId) -> Vec<Day> {
        let (row, placement) = (&self.roster.units[unit], &self.visits.placements[unit]);
        let calendar = &self.roster.calendar;
        let school = &self.visits.schools[placement.school].availability;
        let mut weeks = Vec::new();
        for &moment in calendar.open() {
            let within = row.from.is_none_or(|day| moment.day >= day) && row.until.is_none_or(|day| moment.day <= day);
            let both = row.availability.at(calendar, moment) && school.at(calendar, moment);
            if within && both && weeks.last() != Some(&moment.week()) {
                weeks.push(moment.week());
            }
        }
        weeks
    }

    fn gaps(&mut self) -> Entries {
        let wide = self.visits.window.max(1) as usize;
        let mut entries = Entries::new();
        for unit in self.roster.units.ids() {
            let weeks = self.weeks(unit);
            let first_ends = wide.min(weeks.len());
            if first_ends == 0 {
                continue;
            }
            for end in first_ends..=weeks.len() {
                let seen = self.seen(unit, &weeks[end - first_ends..end]);
                entries.push((self.builder.short(1, seen), -1));
            }
        }
        entries
    }

    fn landings(&mut self) -> Entries {
        let mut entries = Entries::new();
        for unit in self.roster.units.ids().filter(|&unit| self.visits.placements[unit].landing) {
            let wanted = i64::from(self.visits.landing_visits).min(self.visits.placements[unit].wanted.into());
            let mut first = self.weeks(unit);
            first.truncate(self.visits.landing_weeks as usize);
            let seen = self.seen(unit, &first);
            entries.push((self.builder.short(wanted, seen), -1));
        }
        entries
    }

    fn spread(&mut self) -> Entries {
        let mut weeks: BTreeMap<Day, Vec<usize>> = BTreeMap::new();
        for tour in &self.tours {
            weeks.entry(tour.moment.week()).or_default().push(tour.column);
        }
        // The n-th tour of a week counts for n: 1 + 2 + … + n = n(n+1)/2.
        weeks.into_values().flat_map(|tours| self.builder.stair(&tours, tours.len(), |nth| -nth)).collect()
    }

    /// The plan that these values stand for.
    pub fn plan(&self, values: &[i64]) -> Plan {
        let on = self.tours.iter().filter(|tour| values.get(tour.column).is_some_and(|&value| value > 0));
        let staff = vec![Seat { role: RoleId::new(0), person: self.coach }];
        let block = |tour: &Tour| Block {
            place: Place { when: When::At(tour.moment), location: None },
            staff: staff.clone(),
            members: tour.units.clone(),
            follows: None,
        };
        Plan::of(self.roster, on.map(block).collect())
    }
}
