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

/// Minutes of travel as they follow from the coordinates of a file, row by row as the file has them: what somebody needs who must not
/// know where people live.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Roads {
    schools: usize,
    by_candidate: Vec<u32>,
    by_coach: Vec<u32>,
}

/// How the bytes of a table begin.
const MARK: &[u8] = b"loket-reizen/1\n";

impl Roads {
    /// Of a file: 0 where a place is not known.
    pub fn of(file: &WaveFile) -> Self {
        let all = |count: usize| (0..count).collect::<Vec<_>>();
        let (candidates, coaches, schools) = (all(file.candidates.len()), all(file.coaches.len()), all(file.schools.len()));
        let (by_candidate, by_coach) = by_place(file, &candidates, &coaches, &schools);
        Self { schools: schools.len(), by_candidate, by_coach }
    }

    /// Whether it is as large as a file's own table.
    fn are_of(&self, file: &WaveFile) -> bool {
        let wide = file.schools.len();
        (self.schools, self.by_candidate.len(), self.by_coach.len())
            == (wide, file.candidates.len().saturating_mul(wide), file.coaches.len().saturating_mul(wide))
    }

    /// The same in another order of rows; 0 for what it does not have.
    fn ordered(&self, table: &[u32], travellers: &[usize], schools: &[usize]) -> Vec<u32> {
        let entry = |traveller: usize, school: usize| table.get(traveller * self.schools + school).copied().unwrap_or(0);
        travellers.iter().flat_map(|&traveller| schools.iter().map(move |&school| entry(traveller, school))).collect()
    }

    /// As bytes, with the hash of the file that it is of.
    pub fn write(&self, sha256: &str) -> Vec<u8> {
        let mut bytes = MARK.to_vec();
        bytes.extend(format!("{sha256} {} {} {}\n", self.schools, self.by_candidate.len(), self.by_coach.len()).bytes());
        bytes.extend(self.by_candidate.iter().chain(&self.by_coach).flat_map(|minutes| minutes.to_le_bytes()));
        // What follows on standard input begins on a line of its own.
        bytes.push(b'\n');
        bytes
    }

    /// What [`Self::write`] wrote: the table, and the hash of the file that it is of; nothing when these are other bytes.
    pub fn read(bytes: &[u8]) -> Option<(Self, String)> {
        let rest = bytes.strip_prefix(MARK)?;
        let end = rest.iter().position(|byte| *byte == b'\n')?;
        let line = std::str::from_utf8(&rest[..end]).ok()?;
        let parts: Vec<&str> = line.split(' ').collect();
        let [sha256, schools, candidates, coaches] = parts[..] else { return None };
        let (schools, candidates, coaches): (usize, usize, usize) =
            (schools.parse().ok()?, candidates.parse().ok()?, coaches.parse().ok()?);
        let table = rest[end + 1..].strip_suffix(b"\n")?;
        let hash = sha256.len() == 64 && sha256.bytes().all(|it| it.is_ascii_hexdigit());
        if !hash || table.len() != candidates.checked_add(coaches)?.checked_mul(4)? {
            return None;
        }
        let mut minutes = table.chunks_exact(4).map(|four| u32::from_le_bytes([four[0], four[1], four[2], four[3]]));
        let by_candidate = minutes.by_ref().take(candidates).collect();
        Some((Self { schools, by_candidate, by_coach: minutes.collect() }, sha256.to_owned()))
    }
}

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

/// Checks travel times and coordinates. With a table of minutes no coordinates are asked.
pub(crate) fn check(file: &WaveFile, places: &Places, index: &Index, roads: Option<&Roads>, report: &Report) {
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
    if let Some(roads) = roads {
        if !roads.are_of(file) {
            let what = "de tabel met reistijden hoort niet bij deze lichting";
            report.problem("reizen", &Spot::default(), what, "stuur de tabel die van deze lichting gemaakt is");
        }
        return too_many(file, report);
    }
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
    too_many(file, report);
}

fn too_many(file: &WaveFile, report: &Report) {
    let (most, rows) = (file.coaches.len().max(file.candidates.len()), file.schools.len());
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

/// The minutes that follow from coordinates, in these orders of the rows of a file: of candidates and of coaches to each school.
fn by_place(file: &WaveFile, candidates: &[usize], coaches: &[usize], schools: &[usize]) -> (Vec<u32>, Vec<u32>) {
    let home = |lat, lon| Home { lat, lon }.point();
    let how = |transport: Option<Transport>| transport.unwrap_or(Transport::Fiets);
    let places: Vec<_> = schools.iter().map(|&row| &file.schools[row]).map(|row| home(row.lat, row.lon)).collect();
    let candidates = candidates.iter().map(|&row| &file.candidates[row]);
    let by_candidate = matrix(&candidates.map(|row| (home(row.lat, row.lon), how(row.transport))).collect::<Vec<_>>(), &places);
    let coaches = coaches.iter().map(|&row| &file.coaches[row]);
    let by_coach = matrix(&coaches.map(|row| (home(row.lat, row.lon), how(row.transport))).collect::<Vec<_>>(), &places);
    (by_candidate, by_coach)
}

/// The table of minutes of a file that was checked; what follows from coordinates stands in `roads` where those were taken out.
pub(crate) fn travel(file: &WaveFile, index: &Index, roads: Option<&Roads>) -> Travel {
    let (candidates, coaches, places) = (&index.candidates.order, &index.coaches.order, &index.schools.order);
    let (mut by_candidate, mut by_coach) = match roads {
        Some(roads) => (roads.ordered(&roads.by_candidate, candidates, places), roads.ordered(&roads.by_coach, coaches, places)),
        None => by_place(file, candidates, coaches, places),
    };
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
