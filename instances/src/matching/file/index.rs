//! Finds rows by id, in the canonical order of docs/model.md, and reports ids that come twice.

use std::collections::HashMap;

use loket_solver::common::tables::Id;
use loket_solver::matching::facts::ids::{BoardId, CandidateId, CoachId, SchoolId, SeatId};
use sha2::{Digest, Sha256};

use super::draft::WaveDraft;
use crate::strict::fields::Placed;
use crate::strict::report::Report;
use crate::strict::spot::show_id;

/// Rows of one kind: their order and where each id is.
pub(crate) struct Rows<I> {
    /// Rows of the file in canonical order.
    pub(crate) order: Vec<usize>,
    found: HashMap<String, I>,
    /// Whether every id could be read; if not, no reference can be called wrong.
    known: bool,
}

impl<I: Id> Rows<I> {
    fn new(ids: &[&Placed], known: bool, mut key: impl FnMut(&str) -> Vec<u8>) -> Self {
        let mut order: Vec<usize> = (0..ids.len()).collect();
        order.sort_by_cached_key(|&row| key(&ids[row].text));
        let mut found = HashMap::with_capacity(ids.len());
        for (position, &row) in order.iter().enumerate() {
            found.entry(ids[row].text.clone()).or_insert_with(|| I::new(position));
        }
        Self { order, found, known }
    }

    /// The row with this id.
    pub(crate) fn get(&self, id: &str) -> Option<I> {
        self.found.get(id).copied()
    }

    /// The row that must exist; reports when it does not.
    pub(crate) fn need(&self, placed: &Placed, kind: &str, report: &Report) -> Option<I> {
        let found = self.get(&placed.text);
        if found.is_none() && self.known {
            let what = format!("{kind} \"{}\" staat niet in dit bestand", show_id(&placed.text));
            let remedy = format!("verbeter de id, of voeg {kind} \"{}\" toe", show_id(&placed.text));
            report.problem("onbekende-verwijzing", &placed.spot, what, remedy);
        }
        found
    }

    /// The row that may exist; gives a notice when it does not.
    pub(crate) fn seek(&self, placed: &Placed, kind: &str, effect: &str, report: &Report) -> Option<I> {
        let found = self.get(&placed.text);
        if found.is_none() && self.known {
            let text = format!("{kind} \"{}\" staat niet in dit bestand; {effect}", show_id(&placed.text));
            report.notice(&placed.spot, text);
        }
        found
    }

    /// Whether every id could be read.
    pub(crate) fn known(&self) -> bool {
        self.known
    }
}

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
    pub(crate) fn new(draft: &WaveDraft, seed: u64, report: &Report) -> Index {
        let bytes = |id: &str| id.as_bytes().to_vec();
        let boards: Vec<_> = draft.boards.rows.iter().map(|row| &row.id).collect();
        let schools: Vec<_> = draft.schools.rows.iter().map(|row| &row.id).collect();
        let coaches: Vec<_> = draft.coaches.rows.iter().map(|row| &row.id).collect();
        let candidates: Vec<_> = draft.candidates.rows.iter().map(|row| &row.id).collect();
        unique(boards.iter().copied(), "dit bestuur", report);
        unique(schools.iter().copied(), "deze school", report);
        unique(coaches.iter().chain(&candidates).copied(), "deze coach of kandidaat", report);

        let schools = Rows::<SchoolId>::new(&schools, draft.schools.complete, bytes);
        let mut seat_rows = Vec::new();
        let seats_known = schools.order.iter().map(|&row| draft.schools.rows[row].seats.complete).collect();
        let mut seats: HashMap<String, Vec<(SchoolId, SeatId)>> = HashMap::new();
        let mut next = 0;
        for (position, &row) in schools.order.iter().enumerate() {
            let groups = &draft.schools.rows[row].seats.rows;
            unique(groups.iter().map(|seat| &seat.id), "deze plek", report);
            let mut order: Vec<usize> = (0..groups.len()).collect();
            order.sort_by_key(|&row| groups[row].id.text.as_bytes());
            for &row in &order {
                let place = (SchoolId::new(position), SeatId::new(next));
                seats.entry(groups[row].id.text.clone()).or_default().push(place);
                next += 1;
            }
            seat_rows.push(order);
        }
        Index {
            boards: Rows::new(&boards, draft.boards.complete, bytes),
            schools,
            coaches: Rows::new(&coaches, draft.coaches.complete, bytes),
            candidates: Rows::new(&candidates, draft.candidates.complete, |id| Sha256::digest(format!("{seed}:{id}")).to_vec()),
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
        self.schools.known && self.seats_known.iter().all(|&known| known) && !self.seats.contains_key(id)
    }
}

fn unique<'a>(ids: impl Iterator<Item = &'a Placed>, kind: &str, report: &Report) {
    let mut seen = std::collections::HashSet::new();
    for id in ids.filter(|id| !id.text.is_empty()) {
        if !seen.insert(id.text.as_str()) {
            let what = format!("de id \"{}\" is al gebruikt", show_id(&id.text));
            report.problem("dubbel-id", &id.spot, what, format!("geef {kind} een eigen id"));
        }
    }
}
