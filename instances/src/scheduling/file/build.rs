//! Builds the roster: rows in canonical order, references looked up, defaults and travel filled in. Reports what cannot be looked up.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use loket_solver::common::tables::{Id, Table};
use loket_solver::common::words::{HalfDay, HalfDays};
use loket_solver::scheduling::facts::calendar::{Availability, Calendar, Moment};
use loket_solver::scheduling::facts::codes::Kind;
use loket_solver::scheduling::facts::ids::{LocationId, RoleId, UnitId};
use loket_solver::scheduling::facts::roster::{Claim, Location, Part, Person, Previous, Roster, Unit};

use super::index::{Index, unit_word};
use super::read::Places;
use super::roads::Roads;
use super::times::as_stretches;
use super::used::uses;
use super::{policy, problem};
use crate::scheduling::rows::{ClaimRow, ParticipantRow, PersonRow, PlacementRow, PolicyRow, PreviousRow, RosterFile, StretchRow};
use crate::strict::report::Report;
use crate::strict::spot::{Spot, show_id};

/// What the rows are looked up with.
pub(crate) struct Builder<'a> {
    pub(crate) file: &'a RosterFile,
    pub(crate) policy: &'a PolicyRow,
    pub(crate) places: &'a Places,
    pub(crate) index: &'a Index,
    pub(crate) calendar: &'a Calendar,
    pub(crate) report: &'a Report,
}

/// The roster of a file's rows, or nothing when the report has a problem.
pub(crate) fn roster(file: &RosterFile, places: &Places, report: &Report) -> Option<Roster> {
    let nothing = PolicyRow::default();
    let row = file.policy.as_ref().unwrap_or(&nothing);
    let previous = file.previous.as_ref().is_some_and(|rows| !rows.is_empty());
    let shared = policy::finish(row, file.kind, previous);
    let index = Index::new(file, places, shared.seed, report);
    let closed = as_stretches(file.calendar.closed.as_ref());
    let calendar = Calendar::new(file.calendar.from, file.calendar.to, &closed);
    let builder = Builder { file, policy: row, places, index: &index, calendar: &calendar, report };
    let roles = builder.roles();
    let people: Vec<Person> = index.people.order.iter().map(|&row| builder.person(row)).collect();
    let locations: Vec<Location> = index.locations.order.iter().map(|&row| builder.location(row)).collect();
    let mut units: Vec<Unit> = index.units.order.iter().enumerate().map(|(at, &row)| builder.unit(UnitId::new(at), row)).collect();
    builder.meetings(&mut units);
    let series = builder.series();
    let roads = Roads::new(file, &index, places, report);
    let made = problem::make(&builder, &roles, &roads);
    builder.boards_and_roles(&roles);
    builder.claims(&mut units, &series);
    builder.previous(&mut units);
    if !report.clean() {
        return None;
    }
    Some(Roster {
        id: file.id.clone(),
        policy: shared,
        roles: roles.into(),
        people: people.into(),
        units: units.into(),
        locations: locations.into(),
        series: series.rows.into(),
        problem: made?,
        calendar,
    })
}

fn half_days(named: Option<&Vec<HalfDay>>) -> Option<HalfDays> {
    named.map(|days| days.iter().copied().collect())
}

pub(crate) fn availability(days: Option<&Vec<HalfDay>>, absent: Option<&Vec<StretchRow>>) -> Availability {
    Availability { half_days: half_days(days), absent: as_stretches(absent) }
}

impl Builder<'_> {
    fn used(&self, list: &'static str, key: &str) -> bool {
        uses(self.file.kind, list, key)
    }

    /// The roles that are asked, in the order of the panel.
    fn roles(&self) -> Vec<String> {
        let usual = ["coach", "oud-kandidaat", "hr", "intermediair"];
        match (self.file.kind, &self.policy.panel) {
            (Kind::Interviews, Some(panel)) => panel.iter().map(|(role, _)| role.clone()).collect(),
            (Kind::Interviews, None) => usual.map(str::to_owned).to_vec(),
            (Kind::Visits, _) => vec!["coach".to_owned()],
            (Kind::PeerGroups | Kind::Courses, _) => vec!["begeleider".to_owned()],
        }
    }

    /// Locations of a list of ids; an empty list is any.
    fn possible(&self, ids: Option<&Vec<String>>, list: &'static str, row: usize, id: &str) -> Option<Vec<LocationId>> {
        let ids = ids.filter(|ids| !ids.is_empty() && self.used(list, "locaties"))?;
        let find = |(at, name): (usize, &String)| {
            let spot = || self.places.row(list, row, id).key("locaties").item(at, None);
            self.index.locations.seek(name, spot, "locatie", "daar kan niets zijn", self.report)
        };
        Some(ids.iter().enumerate().filter_map(find).collect())
    }

    fn person(&self, at: usize) -> Person {
        let row: &PersonRow = &self.file.people[at];
        let usual = |used: bool, number: u32| used.then_some(number);
        let visits = self.file.kind == Kind::Visits;
        if let Some(number) = row.per_half_day.filter(|number| visits && *number > 4) {
            let spot = self.places.row("personen", at, &row.id).key("per_dagdeel");
            self.report.problem("grens", &spot, format!("{number} valt buiten de grenzen"), "vul een geheel getal in van 0 tot en met 4");
        }
        let external = row.external.unwrap_or(false);
        Person {
            id: row.id.clone(),
            roles: row.roles.clone(),
            board: row.board.clone(),
            school: row.school.clone(),
            availability: availability(row.half_days.as_ref(), row.absent.as_ref()),
            locations: self.possible(row.locations.as_ref(), "personen", at, &row.id),
            per_half_day: row.per_half_day,
            per_day: row.per_day.unwrap_or(2),
            per_week: row.per_week.unwrap_or(if visits { 6 } else { 4 }),
            maximum: row.maximum.or(usual(!visits, 20)),
            running: row.running.unwrap_or(0),
            hours: row.hours,
            rate_cents: row.rate_cents.unwrap_or(if external { 9_680 } else { 5_000 }),
            room: row.room.unwrap_or(0),
            tags: row.tags.clone().unwrap_or_default(),
        }
    }

    fn location(&self, at: usize) -> Location {
        let rows = self.file.locations.as_deref().unwrap_or_default();
        let row = &rows[at];
        Location {
            id: row.id.clone(),
            rooms: row.rooms.unwrap_or(1),
            availability: availability(row.half_days.as_ref(), row.absent.as_ref()),
        }
    }

    fn unit(&self, _id: UnitId, at: usize) -> Unit {
        match self.file.kind {
            Kind::Visits => self.visited(at),
            _ => self.participant(at),
        }
    }

    fn participant(&self, at: usize) -> Unit {
        let rows = self.file.participants.as_deref().unwrap_or_default();
        let row: &ParticipantRow = &rows[at];
        Unit {
            id: row.id.clone(),
            row: at,
            person: self.index.people.get(&row.id),
            school: row.school.clone(),
            board: row.board.clone(),
            bouw: row.bouw,
            pair: row.pair.clone(),
            function: row.function.clone(),
            availability: availability(row.half_days.as_ref(), row.absent.as_ref()),
            registered: row.registered.unwrap_or(self.file.calendar.from),
            from: row.from,
            until: row.until,
            preference: half_days(row.preference.as_ref()).unwrap_or_default(),
            locations: self.possible(row.locations.as_ref(), "deelnemers", at, &row.id),
            avoids: Vec::new(),
            avoids_fellows: Vec::new(),
            waited: row.waited.unwrap_or(0),
            coach_wishes: row.coach_wishes.clone().unwrap_or_default(),
            coach_needs: row.coach_needs.clone().unwrap_or_default(),
            questions: row.questions.clone().unwrap_or_default(),
            locks: Vec::new(),
            bans: Vec::new(),
            previous: Vec::new(),
        }
    }

    fn visited(&self, at: usize) -> Unit {
        let rows = self.file.placements.as_deref().unwrap_or_default();
        let row: &PlacementRow = &rows[at];
        Unit {
            id: row.id.clone(),
            row: at,
            person: None,
            school: None,
            board: None,
            bouw: None,
            pair: None,
            function: None,
            availability: availability(row.half_days.as_ref(), row.absent.as_ref()),
            registered: self.file.calendar.from,
            from: row.from,
            until: row.until,
            preference: half_days(row.preference.as_ref()).unwrap_or_default(),
            locations: None,
            avoids: Vec::new(),
            avoids_fellows: Vec::new(),
            waited: 0,
            coach_wishes: Vec::new(),
            coach_needs: Vec::new(),
            questions: Vec::new(),
            locks: Vec::new(),
            bans: Vec::new(),
            previous: Vec::new(),
        }
    }

    /// Who may not meet whom, both ways round.
    fn meetings(&self, units: &mut [Unit]) {
        if self.file.kind == Kind::Visits {
            return;
        }
        let mut by_staff: HashMap<&str, BTreeSet<&str>> = HashMap::new();
        for (at, row) in self.file.people.iter().enumerate() {
            for (position, other) in row.not_with.iter().flatten().enumerate() {
                self.somebody(other, || self.places.row("personen", at, &row.id).key("niet_met").item(position, None));
                by_staff.entry(other).or_default().insert(&row.id);
            }
        }
        let rows = self.file.participants.as_deref().unwrap_or_default();
        let mut fellows: BTreeSet<(UnitId, UnitId)> = BTreeSet::new();
        for (position, unit) in units.iter_mut().enumerate() {
            let row = &rows[unit.row];
            let own: Vec<&str> = row.not_with.iter().flatten().map(String::as_str).collect();
            for (at, other) in own.iter().enumerate() {
                self.somebody(other, || self.places.row("deelnemers", unit.row, &row.id).key("niet_met").item(at, None));
                if let Some(other) = self.index.units.get(other) {
                    fellows.insert((UnitId::new(position), other));
                    fellows.insert((other, UnitId::new(position)));
                }
            }
            let theirs = by_staff.get(row.id.as_str()).into_iter().flatten().copied();
            let named: BTreeSet<_> = own.iter().copied().chain(theirs).filter_map(|id| self.index.people.get(id)).collect();
            unit.avoids = named.into_iter().collect();
        }
        for (unit, other) in fellows {
            units[unit.position()].avoids_fellows.push(other);
        }
    }

    /// Gives a notice when nobody has this id.
    fn somebody(&self, id: &str, spot: impl Fn() -> Spot) {
        if self.index.units.get(id).is_none() {
            self.index.people.seek(id, spot, "iemand", "dit telt niet mee", self.report);
        }
    }

    /// Notices: boards and schools that are named and not in the file, roles that nobody has.
    fn boards_and_roles(&self, roles: &[String]) {
        let boards: BTreeSet<&str> = self.file.boards.iter().flatten().map(|row| row.id.as_str()).collect();
        let schools: BTreeSet<&str> = self.file.schools.iter().flatten().map(|row| row.id.as_str()).collect();
        let told = |list: &'static str, row: usize, id: &str, key: &'static str, named: Option<&String>, known: &BTreeSet<&str>| {
            let of = if key == "bestuur" { "besturen" } else { "scholen" };
            if let Some(named) = named.filter(|it| self.used(list, key) && self.places.whole(of) && !known.contains(it.as_str())) {
                let text = format!("{key} \"{}\" staat niet in dit bestand; de naam telt zoals hij er staat", show_id(named));
                self.report.notice("onbekende-verwijzing", &self.places.row(list, row, id).key(key), text);
            }
        };
        for (at, row) in self.file.people.iter().enumerate() {
            told("personen", at, &row.id, "bestuur", row.board.as_ref(), &boards);
            told("personen", at, &row.id, "school", row.school.as_ref(), &schools);
        }
        for (at, row) in self.file.participants.iter().flatten().enumerate() {
            told("deelnemers", at, &row.id, "bestuur", row.board.as_ref(), &boards);
            told("deelnemers", at, &row.id, "school", row.school.as_ref(), &schools);
        }
        for role in roles.iter().filter(|role| !self.file.people.iter().any(|row| row.roles.contains(role))) {
            let text = format!("niemand heeft de rol \"{}\"", show_id(role));
            self.report.notice("leeg", &Spot::default().key("personen"), text);
        }
    }

    /// The units with locks and prohibitions.
    fn claims(&self, units: &mut [Unit], series: &problem::MadeSeries) {
        let mut locked = BTreeSet::new();
        for (at, row) in self.file.locks.iter().flatten().enumerate() {
            let spot = || self.places.row("vast", at, "");
            self.once(&mut locked, &row.unit, row.moment, spot());
            let unit = self.index.units.need(&row.unit, || spot().key(unit_word(self.file.kind)), unit_word(self.file.kind), self.report);
            let claim = self.claim(row, "vast", at, series);
            if let Some(unit) = unit {
                units[unit.position()].locks.push(claim);
            }
        }
        for (at, row) in self.file.bans.iter().flatten().enumerate() {
            let word = unit_word(self.file.kind);
            let spot = || self.places.row("verboden", at, "").key(word);
            let unit = self.index.units.seek(&row.unit, spot, word, "dit verbod telt niet mee", self.report);
            let claim = self.claim(row, "verboden", at, series);
            if let Some(unit) = unit {
                units[unit.position()].bans.push(claim);
            }
        }
    }

    /// Refuses a second entry for one unit, of visits for one unit and half-day.
    fn once<'r>(&self, seen: &mut BTreeSet<(&'r str, Option<Moment>)>, unit: &'r str, moment: Option<Moment>, spot: Spot) {
        let moment = moment.filter(|_| self.file.kind == Kind::Visits);
        if !seen.insert((unit, moment)) {
            let what = format!("voor {} staat hier al een regel", show_id(unit));
            self.report.problem("dubbel", &spot, what, "laat één van de twee staan");
        }
    }

    /// What a row names; of `vast` it must exist, of `verboden` it may.
    fn claim(&self, row: &ClaimRow, list: &'static str, at: usize, series: &problem::MadeSeries) -> Claim {
        let spot = |key: &'static str| self.places.row(list, at, "").key(key);
        let lock = list == "vast";
        let effect = "dit verbod verbiedt niets";
        let moment = row.moment.filter(|_| self.used(list, "dagdeel"));
        if let Some(moment) = moment.filter(|moment| !self.calendar.has(*moment)) {
            self.report.notice("buiten", &spot("dagdeel"), format!("{moment} is geen open dagdeel van de kalender; daar kan niets zijn"));
        }
        let location = self.part(row.location.as_ref().filter(|_| self.used(list, "locatie")), |id| match lock {
            true => self.index.locations.need(id, || spot("locatie"), "locatie", self.report),
            false => self.index.locations.seek(id, || spot("locatie"), "locatie", effect, self.report),
        });
        let person = self.part(row.person.as_ref().filter(|_| self.used(list, "persoon")), |id| match lock {
            true => self.index.people.need(id, || spot("persoon"), "persoon", self.report),
            false => self.index.people.seek(id, || spot("persoon"), "persoon", effect, self.report),
        });
        let offer = self.part(row.offer.as_ref().filter(|_| self.used(list, "aanbod")), |id| match lock {
            true => self.index.offers.need(id, || spot("aanbod"), "aanbod", self.report),
            false => self.index.offers.seek(id, || spot("aanbod"), "aanbod", effect, self.report),
        });
        let named = row.series.clone().filter(|_| self.used(list, "reeks"));
        if let Some(id) = &named {
            series.look(self, id, offer, lock, || spot("reeks"));
        }
        Claim { moment, location, series: named, offer, person }
    }

    fn part<T: Copy>(&self, named: Option<&String>, find: impl Fn(&str) -> Option<T>) -> Part<T> {
        match named {
            None => Part::Absent,
            Some(id) => find(id).map_or(Part::Gone, Part::Known),
        }
    }

    /// The units with their entries of the previous plan.
    fn previous(&self, units: &mut [Unit]) {
        let mut seen = BTreeSet::new();
        for (at, row) in self.file.previous.iter().flatten().enumerate() {
            let spot = |key: &'static str| self.places.row("vorig", at, "").key(key);
            self.once(&mut seen, &row.unit, row.moment, self.places.row("vorig", at, ""));
            let word = unit_word(self.file.kind);
            let effect = "deze regel van het vorige rooster telt niet mee";
            let unit = self.index.units.seek(&row.unit, || spot(word), word, effect, self.report);
            let entry = self.entry(row, &spot);
            if let Some(unit) = unit {
                units[unit.position()].previous.push(entry);
            }
        }
    }

    fn entry(&self, row: &PreviousRow, spot: &dyn Fn(&'static str) -> Spot) -> Previous {
        let effect = "dat kan niet blijven";
        let used = |key: &str| self.used("vorig", key);
        let location = self.part(row.location.as_ref().filter(|_| used("locatie")), |id| {
            self.index.locations.seek(id, || spot("locatie"), "locatie", effect, self.report)
        });
        let offer = self.part(row.offer.as_ref().filter(|_| used("aanbod")), |id| {
            self.index.offers.seek(id, || spot("aanbod"), "aanbod", effect, self.report)
        });
        let find = |id: &String, key: &'static str| self.index.people.seek(id, || spot(key), "persoon", effect, self.report);
        let mut people = Vec::new();
        if used("personen") {
            people.extend(row.people.iter().flatten().filter_map(|id| find(id, "personen")));
        }
        if used("persoon") {
            people.extend(row.person.iter().filter_map(|id| find(id, "persoon")));
        }
        Previous {
            moment: row.moment.filter(|_| used("dagdeel")),
            location,
            group: row.group.clone().filter(|_| used("groep")),
            series: row.series.clone().filter(|_| used("reeks")),
            offer,
            people,
            status: row.status,
        }
    }

    /// A number of the policy, or its default.
    pub(crate) fn number(&self, key: &str, usual: u32) -> u32 {
        self.policy.number(key).unwrap_or(usual)
    }

    /// Counts of a role by its place in the list.
    pub(crate) fn panel(&self, roles: &[String]) -> Table<RoleId, u32> {
        let given: BTreeMap<&str, u32> = self.policy.panel.iter().flatten().map(|(role, number)| (role.as_str(), *number)).collect();
        roles.iter().map(|role| given.get(role.as_str()).copied().unwrap_or(1)).collect::<Vec<_>>().into()
    }
}
