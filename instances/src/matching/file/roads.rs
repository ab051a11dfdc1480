//! Coordinates and travel times of a wave: what must be there, and the table of minutes.

use std::collections::HashSet;

use loket_solver::common::tables::Id;
use loket_solver::matching::facts::wave::Travel;
use loket_solver::matching::facts::words::Transport;

use super::build::first;
use super::index::Index;
use super::places::Places;
use crate::matching::rows::TravelRow;
use crate::matching::rows::WaveFile;
use crate::matching::travel::{Point, matrix};
use crate::strict::report::Report;
use crate::strict::spot::{Spot, show_id};

/// Most pairs of a traveller and a school (4 bytes each in memory).
pub(crate) const MOST_PAIRS: usize = 1_000_000_000;

/// Where somebody lives or a school stands.
#[derive(Clone, Copy)]
struct Home {
    lat: Option<f64>,
    lon: Option<f64>,
}

impl Home {
    fn point(self) -> Option<Point> {
        Some(Point { lat: self.lat?, lon: self.lon? })
    }
}

fn rows(file: &WaveFile) -> &[TravelRow] {
    file.travel.as_deref().unwrap_or_default()
}

/// Checks travel times and coordinates.
pub(crate) fn check(file: &WaveFile, places: &Places, index: &Index, report: &Report) {
    let rows = rows(file);
    let mut pairs = HashSet::with_capacity(rows.len());
    let travellers_known = index.coaches.known() && index.candidates.known();
    for (at, row) in rows.iter().enumerate() {
        let pair = (row.from.as_str(), row.to.as_str());
        let again = || format!("van {} naar school {} staat er al een reistijd", show_id(&row.from), show_id(&row.to));
        first(&mut pairs, pair, || places.travel(at), again, report);
        let from = &row.from;
        if travellers_known && index.coaches.get(from).is_none() && index.candidates.get(from).is_none() {
            let text = format!("geen kandidaat of coach heet \"{}\"; deze reistijd telt niet mee", show_id(from));
            report.notice("onbekende-verwijzing", &places.travel(at).key("van"), text);
        }
        index.schools.seek(&row.to, || places.travel(at).key("naar"), "school", "deze reistijd telt niet mee", report);
    }
    let (schools, coaches, candidates) = (&file.schools, &file.coaches, &file.candidates);
    let travellers = || coaches.iter().map(|row| &row.id).chain(candidates.iter().map(|row| &row.id));
    let checker = Checker { pairs: &pairs, report };
    let school_ids = || schools.iter().map(|school| school.id.as_str());
    for (at, row) in coaches.iter().enumerate() {
        let home = Home { lat: row.lat, lon: row.lon };
        let others = school_ids().map(|school| (row.id.as_str(), school));
        checker.place(home, index.schools.known(), others, || places.coach(file, at));
    }
    for (at, row) in candidates.iter().enumerate() {
        let home = Home { lat: row.lat, lon: row.lon };
        let others = school_ids().map(|school| (row.id.as_str(), school));
        checker.place(home, index.schools.known(), others, || places.candidate(file, at));
    }
    for (at, row) in schools.iter().enumerate() {
        let home = Home { lat: row.lat, lon: row.lon };
        let others = travellers().map(|id| (id.as_str(), row.id.as_str()));
        checker.place(home, travellers_known, others, || places.school(file, at));
    }
    let (most, rows) = (coaches.len().max(candidates.len()), schools.len());
    if most.saturating_mul(rows) > MOST_PAIRS {
        let what = format!("{most} reizigers en {rows} scholen geven te veel reistijden");
        let remedy = format!("splits de lichting: hooguit {MOST_PAIRS} paren van een reiziger en een school");
        report.problem("te-veel", &Spot::default(), what, remedy);
    }
}

struct Checker<'a> {
    /// Travellers and schools with a travel time.
    pairs: &'a HashSet<(&'a str, &'a str)>,
    report: &'a Report,
}

impl Checker<'_> {
    /// Reports missing coordinates unless travel times cover every pair with the others.
    fn place<'a>(&self, home: Home, others_known: bool, mut others: impl Iterator<Item = (&'a str, &'a str)>, row: impl Fn() -> Spot) {
        let missing = [("lat", home.lat), ("lon", home.lon)].into_iter().filter(|(_, degrees)| degrees.is_none());
        if home.point().is_some() || !others_known || others.all(|pair| self.pairs.contains(&pair)) {
            return;
        }
        for (key, _) in missing {
            let remedy = "vul lat en lon in, of geef in reistijden elke reistijd van deze regel";
            let what = "deze coördinaat ontbreekt en niet elke reistijd is gegeven";
            self.report.problem("ontbreekt", &row().key(key), what, remedy);
        }
    }
}

/// The table of minutes of a file that was checked.
pub(crate) fn travel(file: &WaveFile, index: &Index) -> Travel {
    let home = |lat, lon| Home { lat, lon }.point();
    let how = |transport: Option<Transport>| transport.unwrap_or(Transport::Fiets);
    let schools = index.schools.order.iter().map(|&row| &file.schools[row]);
    let places: Vec<_> = schools.map(|row| home(row.lat, row.lon)).collect();
    let candidates = index.candidates.order.iter().map(|&row| &file.candidates[row]);
    let mut by_candidate = matrix(&candidates.map(|row| (home(row.lat, row.lon), how(row.transport))).collect::<Vec<_>>(), &places);
    let coaches = index.coaches.order.iter().map(|&row| &file.coaches[row]);
    let mut by_coach = matrix(&coaches.map(|row| (home(row.lat, row.lon), how(row.transport))).collect::<Vec<_>>(), &places);
    for row in rows(file) {
        let Some(school) = index.schools.get(&row.to) else {
            continue;
        };
        let entry = |traveller: usize| traveller * places.len() + school.position();
        if let Some(candidate) = index.candidates.get(&row.from) {
            by_candidate[entry(candidate.position())] = row.minutes;
        } else if let Some(coach) = index.coaches.get(&row.from) {
            by_coach[entry(coach.position())] = row.minutes;
        }
    }
    Travel::new(places.len(), by_candidate, by_coach)
}
