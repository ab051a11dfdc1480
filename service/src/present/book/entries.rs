//! The placements of an outcome as entries of lists.

use loket_solver::matching::facts::hours::hours;
use loket_solver::matching::facts::words::Word;

use super::Whole;
use super::candidates::together;
use crate::records::listing::{Entry, Per};

impl Whole<'_> {
    /// Who is placed, in the order of the file. Without `names` no candidate is named, and no coach but on the own list. Hours are for
    /// coaches.
    pub fn entries(&self, per: Per, names: bool) -> Vec<Entry> {
        let (wave, known) = (self.wave(), &self.loaded.names);
        let placed = wave.candidates_by_row().into_iter().filter_map(|it| Some((it, self.plan[it]?)));
        let entry = |(candidate, placement): (_, loket_solver::matching::facts::plan::Placement)| {
            let (person, seat) = (&wave.candidates[candidate], &wave.seats[placement.seat]);
            let (school, coach) = (wave.school_of(placement.seat), &wave.coaches[placement.coach].id);
            let board = &wave.boards[school.board].id;
            Entry {
                wave: None,
                candidate: person.id.clone(),
                name: known.candidates.get(&person.id).filter(|_| names).cloned(),
                school: (school.id.clone(), known.schools.get(&school.id).cloned()),
                board: (board.clone(), known.boards.get(board).cloned()),
                seat: seat.id.clone(),
                bouw: seat.bouw.code().into(),
                half_days: Some(together(person.half_days, seat.half_days)),
                coach: (names || per == Per::Coach).then(|| (coach.clone(), known.coaches.get(coach).cloned())),
                hours: (per == Per::Coach).then(|| i64::from(hours(wave, candidate, placement.school(wave)))),
                period: None,
                stand: None,
            }
        };
        placed.map(entry).collect()
    }

    /// Whether the wave has a school, board or coach of this id.
    pub fn has(&self, per: Per, id: &str) -> bool {
        let wave = self.wave();
        match per {
            Per::School => wave.schools.iter().any(|it| it.id == id),
            Per::Board => wave.boards.iter().any(|it| it.id == id),
            Per::Coach => wave.coaches.iter().any(|it| it.id == id),
        }
    }
}
