//! A week of a roster as a grid: half-days across, people down, and in each cell whether somebody can, cannot, or is planned.

use loket_instances::scheduling::outcome::{BlockLine, OutcomeFile};
use loket_instances::scheduling::roster_file::Loaded;
use loket_solver::scheduling::facts::calendar::{Availability, Day, Moment};
use loket_solver::scheduling::facts::codes::{Kind, RuleCode};
use loket_solver::scheduling::facts::ids::UnitId;
use loket_solver::scheduling::facts::plan::{Place, When, asked};
use loket_solver::scheduling::facts::roster::Roster;
use loket_solver::scheduling::judge::ways::{has_way, place_codes};

use super::meetings::{clock, everybody, moments};

/// Half-days of a week: Monday morning first.
pub const HALF_DAYS: usize = 10;

/// Who a row of the grid is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Who {
    /// Somebody or some placement that is planned, by id.
    Unit(String),
    /// Somebody who leads, by id, in this role.
    Leads(String, String),
    /// A role that nobody fills yet, with how many are asked.
    Role(String, u32),
}

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Outside the roster, or closed.
    Closed,
    /// Free.
    Can,
    /// Not one of the own half-days of the week.
    OtherDay,
    /// Away.
    Away,
    /// Planned in the block that is looked at, at this clock time where there is one.
    Here(Option<String>),
    /// Asked in the block that is looked at, and cannot.
    Clash,
    /// Planned in another block: its number from 0.
    Elsewhere(usize),
    /// So many people of a role can.
    So(usize),
}

impl Cell {
    /// Whether somebody can be there, or is there already for this.
    pub fn fits(&self) -> bool {
        matches!(self, Self::Can | Self::Here(_)) || matches!(self, Self::So(count) if *count > 0)
    }
}

/// A row of the grid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Who.
    pub who: Who,
    /// A cell for each half-day of the week.
    pub cells: Vec<Cell>,
}

/// What the week comes to at one half-day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sum {
    /// How many rows can.
    pub can: usize,
    /// Whether the rules leave a meeting of whoever is looked at here: then it can be planned here, and others move where they must.
    pub possible: bool,
    /// Whether it is planned here.
    pub here: bool,
}

/// The grid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grid {
    /// Its Monday.
    pub monday: Day,
    /// Its rows.
    pub lines: Vec<Line>,
    /// What each half-day comes to; nothing where nobody is looked at.
    pub sums: Vec<Sum>,
}

/// The half-days of the week of a Monday.
pub fn week(monday: Day) -> Vec<Moment> {
    (0..5).flat_map(|day| [false, true].map(|afternoon| Moment { day: Day(monday.0 + day), afternoon })).collect()
}

fn availability<'a>(roster: &'a Roster, id: &str, unit: bool) -> Option<&'a Availability> {
    let of_unit = || roster.units.pairs().find(|(_, row)| row.id == id).map(|(_, row)| &row.availability);
    let of_person = || roster.people.pairs().find(|(_, row)| row.id == id).map(|(_, row)| &row.availability);
    if unit { of_unit().or_else(of_person) } else { of_person().or_else(of_unit) }
}

fn cannot(roster: &Roster, availability: &Availability, moment: Moment) -> Cell {
    if !roster.calendar.has(moment) {
        return Cell::Closed;
    }
    let weekly = availability.half_days.is_none_or(|days| moment.code().is_some_and(|code| days.has(code)));
    if weekly { Cell::Away } else { Cell::OtherDay }
}

/// Whether somebody who is planned can at a half-day, and if not, why.
pub fn whether(roster: &Roster, id: &str, moment: Moment) -> Cell {
    match availability(roster, id, true) {
        Some(own) if roster.free(own, moment) => Cell::Can,
        Some(own) => cannot(roster, own, moment),
        None => Cell::Closed,
    }
}

/// What somebody has at a half-day; `looked` is the number of the block that is looked at.
fn cell(loaded: &Loaded, plan: Option<&OutcomeFile>, id: &str, unit: bool, moment: Moment, looked: Option<usize>) -> Cell {
    let roster = &loaded.roster;
    let Some(availability) = availability(roster, id, unit) else { return Cell::Closed };
    let blocks = plan.map_or(&[][..], |plan| &plan.blocks);
    let there = |(_, block): &(usize, &BlockLine)| everybody(block).any(|it| it == id) && moments(block).contains(&moment);
    let free = roster.free(availability, moment);
    match blocks.iter().enumerate().find(there) {
        Some((at, block)) if looked == Some(at) => {
            let member = block.members.iter().find(|it| it.id == id).or(block.members.first());
            let time = member.and_then(|it| clock(it.time.as_ref(), moment));
            if free { Cell::Here(time) } else { Cell::Clash }
        }
        Some((at, _)) => Cell::Elsewhere(at),
        None if free => Cell::Can,
        None => cannot(roster, availability, moment),
    }
}

/// The block of somebody who is planned, by its number; of visits the first of this week, else the first.
pub fn block_of(plan: &OutcomeFile, unit: &str, monday: Day) -> Option<usize> {
    let mine = |(_, block): &(usize, &BlockLine)| block.members.iter().any(|it| it.id == unit);
    let this_week = |(_, block): &(usize, &BlockLine)| moments(block).iter().any(|it| it.day.monday() == monday);
    let mut all = plan.blocks.iter().enumerate().filter(mine);
    all.clone().find(this_week).or_else(|| all.next()).map(|(at, _)| at)
}

/// The week around somebody who is planned: the unit, and whoever leads or what roles are asked; of groups the fellow members as well.
pub fn around(loaded: &Loaded, plan: Option<&OutcomeFile>, unit: &str, monday: Day) -> Grid {
    let roster = &loaded.roster;
    let looked = plan.and_then(|plan| block_of(plan, unit, monday));
    let block = plan.zip(looked).map(|(plan, at)| &plan.blocks[at]);
    let mut rows: Vec<Who> = Vec::new();
    let together = matches!(roster.kind(), Kind::PeerGroups | Kind::Courses);
    match block {
        Some(block) if together => rows.extend(block.members.iter().map(|it| Who::Unit(it.id.clone()))),
        _ => rows.push(Who::Unit(unit.to_owned())),
    }
    match block {
        Some(block) => rows.extend(block.staff.iter().map(|(role, id)| Who::Leads(id.clone(), role.clone()))),
        None => rows.extend(nobody_yet(roster, unit)),
    }
    let days = week(monday);
    // Who leads is there for whoever is looked at, at that time.
    let time = |moment: Moment| block?.members.iter().find(|it| it.id == unit).and_then(|it| clock(it.time.as_ref(), moment));
    let leads = |id: &str, moment: Moment| match cell(loaded, plan, id, false, moment, looked) {
        Cell::Here(_) => Cell::Here(time(moment)),
        other => other,
    };
    let line = |who: Who| {
        let of = |moment: &Moment| match &who {
            Who::Unit(id) => cell(loaded, plan, id, true, *moment, looked),
            Who::Leads(id, _) => leads(id, *moment),
            Who::Role(role, _) => can_fill(loaded, plan, role, *moment),
        };
        Line { cells: days.iter().map(of).collect(), who }
    };
    let lines: Vec<Line> = rows.into_iter().map(line).collect();
    let id = roster.units.pairs().find(|(_, row)| row.id == unit).map(|(id, _)| id);
    let sum = |(at, moment): (usize, &Moment)| Sum {
        can: lines.iter().filter(|line| line.cells[at].fits()).count(),
        possible: id.is_some_and(|id| possible(roster, id, *moment)),
        here: block.is_some_and(|block| moments(block).contains(moment)),
    };
    let sums = days.iter().enumerate().map(sum).collect();
    Grid { monday, lines, sums }
}

/// Who is asked where nobody leads yet: the coach of a placement, else roles.
fn nobody_yet(roster: &Roster, unit: &str) -> Vec<Who> {
    let found = roster.units.pairs().find(|(_, row)| row.id == unit).map(|(id, _)| id);
    if let (Some(visits), Some(unit)) = (roster.visits(), found) {
        let coach = &roster.people[visits.placements[unit].coach];
        return vec![Who::Leads(coach.id.clone(), "coach".to_owned())];
    }
    let place = loket_solver::scheduling::facts::plan::places(roster).into_iter().next();
    let roles = place.map(|place| asked(roster, place)).unwrap_or_default();
    roles.into_iter().map(|(role, count)| Who::Role(roster.roles[role].clone(), count)).collect()
}

/// How many people of a role are free at a half-day.
fn can_fill(loaded: &Loaded, plan: Option<&OutcomeFile>, role: &str, moment: Moment) -> Cell {
    let roster = &loaded.roster;
    if !roster.calendar.has(moment) {
        return Cell::Closed;
    }
    let fills = roster.people.pairs().filter(|(_, row)| row.roles.iter().any(|it| it == role));
    Cell::So(fills.filter(|(_, row)| cell(loaded, plan, &row.id, false, moment, None) == Cell::Can).count())
}

/// Whether the rules leave a unit a meeting at a half-day, whoever leads and wherever.
fn possible(roster: &Roster, unit: UnitId, moment: Moment) -> bool {
    match roster.kind() {
        Kind::Interviews => {
            let at = |location| Place { when: When::At(moment), location: Some(location) };
            roster.calendar.has(moment) && roster.locations.ids().any(|location| has_way(roster, unit, at(location)))
        }
        Kind::Visits => roster.calendar.has(moment) && has_way(roster, unit, Place { when: When::At(moment), location: None }),
        Kind::PeerGroups | Kind::Courses => false,
    }
}

/// A place where somebody could be in the place of where he is: of groups and courses a series.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Other {
    /// The series, by id.
    pub series: String,
    /// The offer, by id.
    pub offer: Option<String>,
    /// The location, by id.
    pub location: Option<String>,
    /// Its half-days.
    pub moments: Vec<Moment>,
    /// What forbids it there; empty when the rules leave a way.
    pub forbidden: Vec<RuleCode>,
}

/// Every series where somebody could be, those that the rules leave first.
pub fn others(roster: &Roster, unit: &str) -> Vec<Other> {
    let Some((id, _)) = roster.units.pairs().find(|(_, row)| row.id == unit) else { return Vec::new() };
    let of = |place: Place| {
        let When::Series(series) = place.when else { return None };
        let forbidden = match place_codes(roster, id, place) {
            none if none.is_empty() && !has_way(roster, id, place) => vec![RuleCode::StafBeschikbaar],
            codes => codes,
        };
        Some(Other {
            series: roster.series[series].id.clone(),
            offer: roster.courses().zip(place.offer(roster)).map(|(courses, offer)| courses.offers[offer].id.clone()),
            location: place.location.map(|it| roster.locations[it].id.clone()),
            moments: place.moments(roster),
            forbidden,
        })
    };
    let mut all: Vec<Other> = loket_solver::scheduling::facts::plan::places(roster).into_iter().filter_map(of).collect();
    all.sort_by_key(|it| !it.forbidden.is_empty());
    all
}

/// A week of everybody who leads.
pub fn everybody_who_leads(loaded: &Loaded, plan: Option<&OutcomeFile>, monday: Day) -> Grid {
    let roster = &loaded.roster;
    let days = week(monday);
    let line = |id: &str, role: &str| Line {
        who: Who::Leads(id.to_owned(), role.to_owned()),
        cells: days.iter().map(|moment| cell(loaded, plan, id, false, *moment, None)).collect(),
    };
    let lines = loaded.file.people.iter().map(|row| line(&row.id, row.roles.first().map_or("", String::as_str))).collect();
    Grid { monday, lines, sums: Vec::new() }.of(roster)
}

impl Grid {
    /// Rows in the order of roles, as the panel has them.
    fn of(mut self, roster: &Roster) -> Self {
        let place = |role: &str| roster.roles.pairs().position(|(_, it)| it == role).unwrap_or(usize::MAX);
        self.lines.sort_by_key(|line| match &line.who {
            Who::Leads(_, role) => place(role),
            Who::Unit(_) | Who::Role(..) => 0,
        });
        self
    }
}

/// The Monday to look at: that of a day that is asked, else of the first meeting of somebody, else of the roster's first day. Within the roster.
pub fn monday(loaded: &Loaded, plan: Option<&OutcomeFile>, unit: Option<&str>, wanted: Option<Day>) -> Day {
    let calendar = &loaded.roster.calendar;
    let first = || {
        let mine = |block: &&BlockLine| unit.is_none_or(|unit| block.members.iter().any(|it| it.id == unit));
        let all = plan.into_iter().flat_map(|plan| &plan.blocks).filter(mine);
        all.flat_map(moments).map(|it| it.day).min()
    };
    let day = wanted.or_else(first).unwrap_or_else(|| calendar.open().first().map_or(calendar.from, |it| it.day));
    day.monday().clamp(calendar.from.monday(), calendar.to.monday())
}
