//! Builds the wave: rows in canonical order, references looked up, travel filled in. Reports what cannot be looked up.

use std::collections::HashSet;

use loket_solver::matching::facts::ids::{BoardId, CandidateId, CoachId, SchoolId};
use loket_solver::matching::facts::wave::{Board, Candidate, Coach, School, Seat, Wave};

use super::draft::{SchoolDraft, WaveDraft};
use super::entries;
use super::index::Index;
use super::people::{CandidateDraft, CoachDraft};
use super::roads;
use crate::strict::fields::Placed;
use crate::strict::report::Report;

/// The wave of a draft, or nothing when the report has a problem.
pub(crate) fn wave(mut draft: WaveDraft, report: &Report) -> Option<Wave> {
    let policy = std::mem::take(&mut draft.policy).finish(draft.phase, !draft.previous.is_empty(), report);
    let index = Index::new(&draft, policy.seed, report);
    let builder = Builder { index: &index, report };
    let (schools, seats) = builder.schools(&draft.schools.rows);
    let coaches = builder.coaches(&draft.coaches.rows);
    let mut candidates = builder.candidates(&draft.candidates.rows, &draft);
    roads::check(&draft, &index, report);
    entries::locks(&draft.locks, &index, report, &mut candidates);
    entries::bans(&draft.bans, &index, report, &mut candidates);
    entries::previous(&draft.previous, &index, report, &mut candidates);
    if !report.clean() {
        return None;
    }
    let travel = roads::travel(&draft, &index);
    let boards = index.boards.order.iter().map(|&row| &draft.boards.rows[row]);
    let boards = boards.map(|row| Board { id: row.id.text.clone(), noodplan: row.noodplan, maximum: row.maximum }).collect::<Vec<_>>();
    Some(Wave {
        id: draft.id,
        phase: draft.phase,
        policy,
        boards: boards.into(),
        schools: schools.into(),
        seats: seats.into(),
        coaches: coaches.into(),
        candidates: candidates.into(),
        travel,
    })
}

struct Builder<'a> {
    index: &'a Index,
    report: &'a Report,
}

impl Builder<'_> {
    fn schools(&self, rows: &[SchoolDraft]) -> (Vec<School>, Vec<Seat>) {
        let mut schools = Vec::with_capacity(rows.len());
        let mut seats = Vec::new();
        for (&row, seat_rows) in self.index.schools.order.iter().zip(&self.index.seat_rows) {
            let row = &rows[row];
            let id = loket_solver::common::tables::Id::new(schools.len());
            let mut own = Vec::with_capacity(seat_rows.len());
            for &seat in seat_rows {
                let seat = &row.seats.rows[seat];
                own.push(loket_solver::common::tables::Id::new(seats.len()));
                seats.push(Seat { id: seat.id.text.clone(), school: id, bouw: seat.bouw, count: seat.count, half_days: seat.half_days });
            }
            let board = row.board.as_ref().and_then(|board| self.index.boards.need(board, "bestuur", self.report));
            schools.push(School {
                id: row.id.text.clone(),
                board: board.unwrap_or(BoardId(0)),
                kind: row.kind,
                target_group: row.target_group,
                shortage: row.shortage,
                concept: row.concept.clone(),
                denomination: row.denomination.clone(),
                quality: row.quality,
                maximum: row.maximum,
                team_size: row.team_size,
                starters: row.starters,
                seats: own,
            });
        }
        (schools, seats)
    }

    fn coaches(&self, rows: &[CoachDraft]) -> Vec<Coach> {
        let rows = self.index.coaches.order.iter().map(|&row| &rows[row]);
        let coach = |row: &CoachDraft| {
            if let Some(board) = &row.board {
                self.board(board, "dit veld telt niet mee");
            }
            Coach {
                id: row.id.text.clone(),
                kind: row.kind,
                max_travel: row.max_travel,
                maximum: row.maximum,
                hours: row.hours,
                next_hours: row.next_hours,
                running: row.running,
                rate_cents: row.rate_cents,
                bouwen: row.bouwen.clone(),
                kinds: row.kinds.clone(),
                tags: row.tags.clone(),
                own_school: row.own_school.as_ref().and_then(|school| self.school(school, "dit veld telt niet mee")),
                excluded_schools: self.schools_among(&row.excluded_schools),
            }
        };
        rows.map(coach).collect()
    }

    fn candidates(&self, rows: &[CandidateDraft], draft: &WaveDraft) -> Vec<Candidate> {
        let candidate = |&row: &usize| {
            let (place, row) = (row, &rows[row]);
            let boards = row.boards.iter().filter_map(|board| self.board(board, "dit bestuur telt niet mee")).collect();
            let excluded = &row.excluded;
            Candidate {
                id: row.id.text.clone(),
                row: place,
                phase: row.phase.unwrap_or(draft.phase),
                hours: row.hours,
                max_travel: row.max_travel,
                bouwen: row.bouwen.clone(),
                kinds: row.kinds.clone(),
                boards: if row.boards.is_empty() { None } else { Some(boards) },
                concepts: row.concepts.clone(),
                half_days: row.half_days,
                waited: row.waited,
                coach_wishes: row.coach_wishes.clone(),
                coach_needs: row.coach_needs.clone(),
                current_coach: row.current_coach.as_ref().and_then(|coach| self.coach(coach, "dit veld telt niet mee")),
                current_school: row.current_school.as_ref().and_then(|school| self.school(school, "dit veld telt niet mee")),
                excluded_schools: self.schools_among(&excluded.schools),
                excluded_boards: excluded.boards.iter().filter_map(|board| self.board(board, "uitsluiten is niet nodig")).collect(),
                excluded_denominations: excluded.denominations.clone(),
                excluded_coaches: excluded.coaches.iter().filter_map(|coach| self.coach(coach, "uitsluiten is niet nodig")).collect(),
                lock: None,
                bans: Vec::new(),
                previous: None,
            }
        };
        self.index.candidates.order.iter().map(candidate).collect()
    }

    fn board(&self, placed: &Placed, effect: &str) -> Option<BoardId> {
        self.index.boards.seek(placed, "bestuur", effect, self.report)
    }
    fn school(&self, placed: &Placed, effect: &str) -> Option<SchoolId> {
        self.index.schools.seek(placed, "school", effect, self.report)
    }
    fn coach(&self, placed: &Placed, effect: &str) -> Option<CoachId> {
        self.index.coaches.seek(placed, "coach", effect, self.report)
    }
    fn schools_among(&self, placed: &[Placed]) -> Vec<SchoolId> {
        placed.iter().filter_map(|school| self.school(school, "uitsluiten is niet nodig")).collect()
    }
}

/// Reports a second entry for one key; true for the first.
pub(crate) fn first<K: Eq + std::hash::Hash>(
    seen: &mut HashSet<K>,
    key: K,
    spot: &crate::strict::spot::Spot,
    what: &str,
    report: &Report,
) -> bool {
    let new = seen.insert(key);
    if !new {
        report.problem("dubbel", spot, what, "laat één van de twee regels staan");
    }
    new
}

/// The candidate that must exist.
pub(crate) fn person(index: &Index, placed: &Placed, report: &Report) -> Option<CandidateId> {
    index.candidates.need(placed, "kandidaat", report)
}
