//! Makes the file of a rerun: the wave without who or what dropped out, with who came, and with the old placements as `vorig_plan`.
//!
//! What is asked for, what becomes of locks and prohibitions, and which status an old placement gets is in docs/reruns.md.

use loket_solver::matching::facts::words::Status;

use crate::matching::outcome::OutcomeFile;
use crate::matching::read::Loaded;
use crate::matching::rows::CandidateRow;
use crate::matching::wave_file::WaveFile;
use crate::strict::problem::Refusal;

mod edit;
mod links;
mod sheet;
pub mod typed;

/// What changes in a wave before it is solved again.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Request {
    /// Coaches who drop out.
    pub without_coaches: Vec<String>,
    /// Schools that drop out.
    pub without_schools: Vec<String>,
    /// Candidates who drop out.
    pub without_candidates: Vec<String>,
    /// Seat groups that lose seats.
    pub fewer_seats: Vec<FewerSeats>,
    /// New hours, of a coach or of a candidate.
    pub hours: Vec<(String, u32)>,
    /// New maxima of coaches.
    pub maxima: Vec<(String, u32)>,
    /// Candidates who come.
    pub arrivals: Vec<CandidateRow>,
    /// Candidates who take another placement: locked there.
    pub moves: Vec<Moved>,
    /// Everybody whose placement can stand is locked on it.
    pub keep_rest: bool,
    /// How many changes may be chosen.
    pub budget: Budget,
    /// Status of an old placement that has none yet; akkoord when not given.
    pub status: Option<Status>,
}

/// Seats that a seat group loses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FewerSeats {
    /// The school's id.
    pub school: String,
    /// The seat group's id.
    pub seat: String,
    /// How many seats fewer; at least 1.
    pub count: u32,
}

/// Somebody who takes another placement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// The candidate's id.
    pub candidate: String,
    /// The school's id.
    pub school: String,
    /// The seat group's id.
    pub seat: String,
    /// The coach's id.
    pub coach: String,
}

/// How many changes may be chosen, beyond the least possible number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Budget {
    /// What the wave's own `max_wijzigingen` says; none when it says nothing.
    #[default]
    AsWave,
    /// So many; with one or more, the wave's own goals say what they are spent on.
    AtMost(u32),
    /// Any number: the goals alone decide.
    Free,
}

/// A wave file for a rerun.
#[derive(Clone, Debug, PartialEq)]
pub struct Edited {
    /// The file.
    pub wave: WaveFile,
    /// What was taken out besides what was asked for, in Dutch sentences.
    pub remarks: Vec<String>,
}

impl Request {
    /// What of the request is about this wave: ids that it does not know are left out. For several waves at once.
    pub fn about(&self, loaded: &Loaded) -> Request {
        let wave = &loaded.wave;
        let coach = |id: &String| wave.coaches.iter().any(|it| it.id == *id);
        let candidate = |id: &String| wave.candidates.iter().any(|it| it.id == *id);
        let school = |id: &String| wave.schools.iter().any(|it| it.id == *id);
        let seat = |it: &FewerSeats| wave.seats.iter().any(|seat| seat.id == it.seat && wave.schools[seat.school].id == it.school);
        let mut part = self.clone();
        part.without_coaches.retain(coach);
        part.without_schools.retain(school);
        part.without_candidates.retain(candidate);
        part.fewer_seats.retain(seat);
        part.hours.retain(|(id, _)| coach(id) || candidate(id));
        part.maxima.retain(|(id, _)| coach(id));
        part.moves.retain(|it| candidate(&it.candidate));
        part
    }

    /// Whether nothing in the wave changes, so that there is nothing to solve again.
    pub fn changes_nothing(&self) -> bool {
        let Request { without_coaches, without_schools, without_candidates, fewer_seats, hours, maxima, arrivals, moves, .. } = self;
        let named = without_coaches.len() + without_schools.len() + without_candidates.len();
        named + fewer_seats.len() + hours.len() + maxima.len() + arrivals.len() + moves.len() == 0
    }
}

impl WaveFile {
    /// The wave file for a rerun from the outcome of the wave as it was; `loaded` is what was built of this file.
    ///
    /// # Errors
    /// Everything the request names that the wave does not have, at once.
    pub fn rerun(&self, loaded: &Loaded, outcome: &OutcomeFile, request: &Request) -> Result<Edited, Refusal> {
        let problems = sheet::problems(loaded, request);
        match problems.is_empty() {
            true => Ok(edit::edited(self.clone(), loaded, outcome, request)),
            false => Err(Refusal { problems, more: 0, notices: Vec::new() }),
        }
    }
}
