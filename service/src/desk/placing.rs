//! What each placement of a plan is about, worked out of the file that was solved and its outcome: all that asking the parties needs to know.

use std::collections::BTreeMap;

use loket_instances::matching::outcome::read_outcome;
use loket_instances::matching::rows::{CandidateRow, SchoolRow, SeatRow};
use loket_instances::matching::wave_file::WaveFile;
use loket_instances::strict::problem::Refusal;
use loket_solver::matching::facts::words::{HalfDay, Word};
use serde::Serialize;

use super::asking::Place;
use crate::store::Error;

/// One placement of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placing {
    /// Who.
    pub candidate: String,
    /// Where, with whom and when.
    pub place: Place,
    /// Hours of coaching.
    pub hours: i64,
    /// Travel of the candidate, minutes.
    pub travel: i64,
    /// Travel of the coach, minutes.
    pub coach_travel: i64,
    /// How many seats the group has in the file.
    pub seats: i64,
}

/// The same as it is written down.
#[derive(Debug, Serialize)]
pub struct Written<'a> {
    kandidaat: &'a str,
    school: &'a str,
    bestuur: &'a str,
    plek: &'a str,
    bouw: &'a str,
    coach: &'a str,
    dagdelen: &'a str,
    uren: i64,
    reistijd: i64,
    coachreistijd: i64,
    plekken: i64,
}

impl Placing {
    /// As it is written down.
    pub fn written(&self) -> Written<'_> {
        let Place { school, board, seat, bouw, coach, half_days } = &self.place;
        Written {
            kandidaat: &self.candidate,
            school,
            bestuur: board,
            plek: seat,
            bouw,
            coach,
            dagdelen: half_days,
            uren: self.hours,
            reistijd: self.travel,
            coachreistijd: self.coach_travel,
            plekken: self.seats,
        }
    }
}

/// The placements of a plan, of the file that was solved and of its outcome as they are kept.
///
/// # Errors
/// When what was kept cannot be read.
pub fn placings(file: &[u8], outcome: &[u8]) -> Result<Vec<Placing>, Error> {
    let wrong = |refusal: Refusal| Error::unreadable("een lichting of haar voorstel", &refusal);
    let (file, outcome) = (WaveFile::read(file).map_err(wrong)?, read_outcome(outcome).map_err(wrong)?);
    let schools: BTreeMap<&str, &SchoolRow> = file.schools.iter().map(|it| (it.id.as_str(), it)).collect();
    let candidates: BTreeMap<&str, &CandidateRow> = file.candidates.iter().map(|it| (it.id.as_str(), it)).collect();
    let one = |line: loket_instances::matching::outcome::PlacementLine| {
        let school = schools.get(line.school.as_str());
        let group = school.and_then(|it| it.seats.iter().find(|group| group.id() == line.seat));
        let half_days = shared(group, candidates.get(line.candidate.as_str()).copied());
        Placing {
            place: Place {
                board: school.map_or_else(String::new, |it| it.board.clone()),
                school: line.school,
                seat: line.seat,
                bouw: line.bouw,
                coach: line.coach,
                half_days,
            },
            candidate: line.candidate,
            hours: line.hours,
            travel: line.travel,
            coach_travel: line.coach_travel,
            seats: group.map_or(0, |it| i64::from(it.count)),
        }
    };
    Ok(outcome.placements.into_iter().map(one).collect())
}

/// Half-days that both are there; who names none is there all week.
fn shared(group: Option<&SeatRow>, candidate: Option<&CandidateRow>) -> String {
    let there = |days: Option<&Vec<HalfDay>>, day: &HalfDay| days.is_none_or(|days| days.is_empty() || days.contains(day));
    let (seat, own) = (group.and_then(|it| it.half_days.as_ref()), candidate.and_then(|it| it.half_days.as_ref()));
    let both = HalfDay::ALL.iter().filter(|day| there(seat, day) && there(own, day));
    both.map(|day| day.code()).collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_days_are_those_on_which_both_are_there_and_all_week_when_nobody_says() {
        let group = |days: Option<Vec<HalfDay>>| SeatRow {
            own_id: None,
            bouw: loket_solver::matching::facts::words::Bouw::Onderbouw,
            count: 1,
            half_days: days,
            shared: None,
            note: None,
        };
        let few = group(Some(vec![HalfDay::DiO, HalfDay::MaO]));
        assert_eq!(shared(Some(&few), None), "ma-o,di-o", "in the order of the week");
        assert_eq!(shared(Some(&group(None)), None).split(',').count(), 10);
    }
}
