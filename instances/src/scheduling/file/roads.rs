//! Minutes of travel: which are needed, from entries or from coordinates (docs/model.md, Travel), and what is missing.

use std::collections::{HashMap, HashSet};

use loket_solver::common::tables::Table;
use loket_solver::common::words::Transport;
use loket_solver::scheduling::facts::codes::Kind;
use loket_solver::scheduling::facts::ids::{LocationId, PersonId, SchoolId, UnitId};
use loket_solver::scheduling::facts::problem::CoachTravel;

use super::index::Index;
use super::read::Places;
use crate::matching::travel::{Point, metres, minutes};
use crate::scheduling::rows::RosterFile;
use crate::strict::report::Report;
use crate::strict::spot::show_id;

/// Travel times of a file by their two ends.
pub(crate) struct Roads<'a> {
    given: HashMap<(&'a str, &'a str), u32>,
    report: &'a Report,
    places: &'a Places,
}

/// Somebody or something that stands somewhere.
#[derive(Clone, Copy)]
struct End<'a> {
    list: &'static str,
    row: usize,
    id: &'a str,
    point: Option<Point>,
}

fn point(lat: Option<f64>, lon: Option<f64>) -> Option<Point> {
    Some(Point { lat: lat?, lon: lon? })
}

impl<'a> Roads<'a> {
    /// Reads the entries and reports those that come twice or name nobody.
    pub(crate) fn new(file: &'a RosterFile, index: &Index, places: &'a Places, report: &'a Report) -> Self {
        let mut given = HashMap::new();
        for (at, row) in file.travel.iter().flatten().enumerate() {
            let pair = (row.from.as_str(), row.to.as_str());
            let spot = places.row("reistijden", at, "");
            if given.insert(pair, row.minutes).is_some() {
                let what = format!("van {} naar {} staat er al een reistijd", show_id(pair.0), show_id(pair.1));
                report.problem("dubbel", &spot, what, "laat één van de twee staan");
            }
            for (key, id) in [("van", pair.0), ("naar", pair.1)] {
                let (one, other, word) = match file.kind {
                    Kind::Visits => (index.people.get(id).is_some(), index.schools.get(id).is_some(), "persoon of school"),
                    _ => (index.units.get(id).is_some(), index.locations.get(id).is_some(), "deelnemer of locatie"),
                };
                if !one
                    && !other
                    && places.whole("locaties")
                    && places.whole("scholen")
                    && places.whole("personen")
                    && places.whole(index.unit_list)
                {
                    let text = format!("geen {word} heet \"{}\"; deze reistijd telt niet mee", show_id(id));
                    report.notice("onbekende-verwijzing", &spot.key(key), text);
                }
            }
        }
        Self { given, report, places }
    }

    /// t(a, b) of somebody who travels so; reports what is missing, once for each end without a place.
    fn between(&self, a: End<'_>, b: End<'_>, transport: Transport, told: &mut HashSet<(&'static str, usize)>) -> u32 {
        if (a.list, a.id) == (b.list, b.id) {
            return 0;
        }
        if let Some(&minutes) = self.given.get(&(a.id, b.id)).or_else(|| self.given.get(&(b.id, a.id))) {
            return minutes;
        }
        if let (Some(from), Some(to)) = (a.point, b.point) {
            return minutes(transport, metres(from, to));
        }
        for end in [a, b].into_iter().filter(|end| end.point.is_none()) {
            if told.insert((end.list, end.row)) {
                let other = if end.row == a.row && end.list == a.list { b.id } else { a.id };
                let what = format!("hoe ver {} van {} is, is niet bekend", show_id(end.id), show_id(other));
                let remedy = "vul lat en lon in, of geef in reistijden elke reistijd die nodig is";
                self.report.problem("ontbreekt", &self.places.row(end.list, end.row, end.id).key("lat"), what, remedy);
            }
        }
        0
    }

    /// Minutes of every participant to every location.
    pub(crate) fn of_participants(&self, file: &RosterFile, index: &Index) -> Table<UnitId, Table<LocationId, u32>> {
        let mut told = HashSet::new();
        let (Some(rows), Some(locations)) = (&file.participants, &file.locations) else { return Table::default() };
        let mut table = Vec::new();
        for &at in &index.units.order {
            let row = &rows[at];
            let home = End { list: "deelnemers", row: at, id: &row.id, point: point(row.lat, row.lon) };
            let to = |&at: &usize| {
                let row = &locations[at];
                End { list: "locaties", row: at, id: &row.id, point: point(row.lat, row.lon) }
            };
            let how = row.transport.unwrap_or(Transport::Fiets);
            let ends: Vec<End<'_>> = index.locations.order.iter().map(to).collect();
            let minutes: Vec<u32> = ends.into_iter().map(|end| self.between(home, end, how, &mut told)).collect();
            table.push(minutes.into());
        }
        table.into()
    }

    /// Minutes of every coach along the schools of the own placements; 0 where they are never needed.
    pub(crate) fn of_coaches(&self, file: &RosterFile, index: &Index) -> Table<PersonId, CoachTravel> {
        let mut told = HashSet::new();
        let schools = file.schools.as_deref().unwrap_or_default();
        let ends: Vec<End<'_>> = index
            .schools
            .order
            .iter()
            .map(|&at| End { list: "scholen", row: at, id: &schools[at].id, point: point(schools[at].lat, schools[at].lon) })
            .collect();
        let mut table = Vec::new();
        for &at in &index.people.order {
            let row = &file.people[at];
            let home = End { list: "personen", row: at, id: &row.id, point: point(row.lat, row.lon) };
            let how = row.transport.unwrap_or(Transport::Fiets);
            let own: HashSet<&str> =
                file.placements.iter().flatten().filter(|it| it.coach == row.id).map(|it| it.school.as_str()).collect();
            let mut minutes = |a: End<'_>, b: End<'_>, needed: bool| if needed { self.between(a, b, how, &mut told) } else { 0 };
            if own.is_empty() {
                table.push(CoachTravel::default());
                continue;
            }
            let (mut out, mut back, mut between) = (Vec::new(), Vec::new(), Vec::new());
            for &school in &ends {
                let goes = own.contains(school.id);
                out.push(minutes(home, school, goes));
                back.push(minutes(school, home, goes));
                let row: Vec<u32> = ends.iter().map(|&next| minutes(school, next, goes && own.contains(next.id))).collect();
                between.push(row.into());
            }
            table.push(CoachTravel { out: Table::<SchoolId, u32>::from(out), back: back.into(), between: between.into() });
        }
        table.into()
    }
}
