//! Every id of a wave file, in the canonical order of docs/model.md; ids that come twice are reported.

use std::collections::HashMap;

use loket_solver::common::tables::Id;
use loket_solver::matching::facts::ids::{BoardId, CandidateId, CoachId, SchoolId, SeatId};
use sha2::{Digest, Sha256};

use super::places::Places;
use crate::matching::rows::WaveFile;
use crate::strict::lookup::Rows;
use crate::strict::report::Report;
use crate::strict::spot::{Spot, show_id};

/// Every id of a wave file.
pub(crate) struct Index {
    pub(crate) boards: Rows<BoardId>,
    pub(crate) schools: Rows<SchoolId>,
    pub(crate) coaches: Rows<CoachId>,
    pub(crate) candidates: Rows<CandidateId>,
    /// Seat groups of each school in canonical order: rows of the school's own list.
    pub(crate) seat_rows: Vec<Vec<usize>>,
    seats: HashMap<String, Vec<(SchoolId, SeatId)>>,
    /// Whether every seat group of a school could be read.
    seats_known: Vec<bool>,
}

impl Index {
    /// Orders all rows and reports ids that come twice.
    pub(crate) fn new(file: &WaveFile, places: &Places, seed: u64, report: &Report) -> Index {
        let bytes = |id: &str| id.as_bytes().to_vec();
        let boards: Vec<_> = file.boards.iter().map(|row| row.id.as_str()).collect();
        let schools: Vec<_> = file.schools.iter().map(|row| row.id.as_str()).collect();
        let coaches: Vec<_> = file.coaches.iter().map(|row| row.id.as_str()).collect();
        let candidates: Vec<_> = file.candidates.iter().map(|row| row.id.as_str()).collect();
        unique(&boards, |row| places.board(file, row), "dit bestuur", report);
        unique(&schools, |row| places.school(file, row), "deze school", report);
        let people: Vec<_> = coaches.iter().chain(&candidates).copied().collect();
        let person = |row: usize| match row.checked_sub(coaches.len()) {
            Some(row) => places.candidate(file, row),
            None => places.coach(file, row),
        };
        unique(&people, person, "deze coach of kandidaat", report);

        let schools = Rows::<SchoolId>::new(&schools, !places.schools.broken, bytes);
        let mut seat_rows = Vec::new();
        let seats_known = schools.order.iter().map(|&row| places.seats_known(row, &file.schools[row])).collect();
        let mut seats: HashMap<String, Vec<(SchoolId, SeatId)>> = HashMap::new();
        let mut next = 0;
        for (position, &row) in schools.order.iter().enumerate() {
            let groups: Vec<_> = file.schools[row].seats.iter().map(|seat| seat.id()).collect();
            unique(&groups, |seat| places.seat(file, row, seat), "deze plek", report);
            let mut order: Vec<usize> = (0..groups.len()).collect();
            order.sort_by_key(|&row| groups[row].as_bytes());
            for &row in &order {
                let place = (SchoolId::new(position), SeatId::new(next));
                seats.entry(groups[row].to_owned()).or_default().push(place);
                next += 1;
            }
            seat_rows.push(order);
        }
        Index {
            boards: Rows::new(&boards, !places.boards.broken, bytes),
            schools,
            coaches: Rows::new(&coaches, !places.coaches.broken, bytes),
            candidates: Rows::new(&candidates, !places.candidates.broken, |id| Sha256::digest(format!("{seed}:{id}")).to_vec()),
            seat_rows,
            seats,
            seats_known,
        }
    }

    /// The seat group with this id at a school.
    pub(crate) fn seat_at(&self, school: SchoolId, id: &str) -> Option<SeatId> {
        let places = self.seats.get(id)?;
        // In the order of schools, as they were put in.
        let found = places.binary_search_by_key(&school, |&(at, _)| at).ok()?;
        Some(places[found].1)
    }

    /// Whether a school surely has no seat group with this id.
    pub(crate) fn seat_missing_at(&self, school: SchoolId, id: &str) -> bool {
        self.seats_known[school.position()] && self.seat_at(school, id).is_none()
    }

    /// Whether surely no school has a seat group with this id.
    pub(crate) fn seat_missing(&self, id: &str) -> bool {
        self.schools.known() && self.seats_known.iter().all(|&known| known) && !self.seats.contains_key(id)
    }
}

fn unique(ids: &[&str], spot: impl Fn(usize) -> Spot, kind: &str, report: &Report) {
    let mut seen = std::collections::HashSet::new();
    for (row, id) in ids.iter().enumerate().filter(|(_, id)| !id.is_empty()) {
        if !seen.insert(*id) {
            let what = format!("de id \"{}\" is al gebruikt", show_id(id));
            report.problem("dubbel-id", &spot(row).key("id"), what, format!("geef {kind} een eigen id"));
        }
    }
}
