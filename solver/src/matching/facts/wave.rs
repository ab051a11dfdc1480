//! A wave that is known to be valid: candidates, schools with seats, coaches, what is locked, forbidden and agreed, and the policy.
//!
//! A `Wave` is made by `loket-instances` from a checked file. Order carries meaning (see [`crate::matching::facts::ids`]): neither a name nor the
//! order of a file's rows can decide between equal plans. Travel is in minutes; no coordinate reaches the solver.

use crate::common::tables::{Id, Table};
use crate::matching::facts::codes::RuleCode;
use crate::matching::facts::ids::{BoardId, CandidateId, CoachId, SchoolId, SeatId};
use crate::matching::facts::policy::Policy;
use crate::matching::facts::words::{Bouw, CoachKind, HalfDays, PairKind, Phase, Quality, SchoolKind, Status};

/// One intake wave, valid by construction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wave {
    /// The wave's own id.
    pub id: String,
    /// The phase of every candidate that names none.
    pub phase: Phase,
    /// Goals as used and every setting, defaults filled in.
    pub policy: Policy,
    /// Boards (besturen).
    pub boards: Table<BoardId, Board>,
    /// Schools.
    pub schools: Table<SchoolId, School>,
    /// Seat groups of all schools, school by school.
    pub seats: Table<SeatId, Seat>,
    /// Coaches.
    pub coaches: Table<CoachId, Coach>,
    /// Candidates, with their locks, prohibitions and previous entry.
    pub candidates: Table<CandidateId, Candidate>,
    /// What is asked of two candidates together, in order.
    pub pairs: Vec<Pair>,
    /// Minutes between travellers and schools.
    pub travel: Travel,
}

/// A board and its limit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Board {
    /// Id in the file.
    pub id: String,
    /// Has signed the noodplan.
    pub noodplan: bool,
    /// Most placements at the board's schools.
    pub maximum: Option<u32>,
}

/// A school; its seat groups are in [`Wave::seats`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct School {
    /// Id in the file.
    pub id: String,
    /// Its board.
    pub board: BoardId,
    /// Kind of school.
    pub kind: SchoolKind,
    /// Target-group pupils, 0–100.
    pub target_group: u32,
    /// Shortage of teachers, 0–100.
    pub shortage: u32,
    /// Educational concept.
    pub concept: Option<String>,
    /// Denomination.
    pub denomination: Option<String>,
    /// Quality standard.
    pub quality: Quality,
    /// Most placements at the school.
    pub maximum: Option<u32>,
    /// Team size; with it the starters' cap holds.
    pub team_size: Option<u32>,
    /// Starting teachers already there, without this wave's candidates.
    pub starters: u32,
    /// Its seat groups.
    pub seats: Vec<SeatId>,
}

/// A seat group: room for `count` candidates in one bouw at one school.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seat {
    /// Id in the file, unique within the school.
    pub id: String,
    /// Its school.
    pub school: SchoolId,
    /// Its bouw.
    pub bouw: Bouw,
    /// Seats; 0 keeps the group for the pair rules only.
    pub count: u32,
    /// When the duo colleague is there; empty when not named.
    pub half_days: HalfDays,
    /// Whether candidates share one duo colleague: never two of them in one half-day.
    pub shared: bool,
    /// What the policy's `bewaren` asks for a placement.
    pub price: u32,
}

/// A coach and what limits the coach's work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coach {
    /// Id in the file.
    pub id: String,
    /// Internal or external.
    pub kind: CoachKind,
    /// Furthest school, minutes.
    pub max_travel: u32,
    /// Most placements.
    pub maximum: u32,
    /// Hours for this wave.
    pub hours: u32,
    /// Hours for the next phase of this wave's candidates.
    pub next_hours: Option<u32>,
    /// Candidates already running.
    pub running: u32,
    /// Cents an hour.
    pub rate_cents: u32,
    /// What the policy's `bewaren` asks for an hour.
    pub hour_price: u32,
    /// Bouwen the coach knows.
    pub bouwen: Vec<Bouw>,
    /// Kinds of school the coach works at.
    pub kinds: Vec<SchoolKind>,
    /// Tags.
    pub tags: Vec<String>,
    /// Where the coach teaches; never coached by the same person.
    pub own_school: Option<SchoolId>,
    /// Schools the coach does not go to.
    pub excluded_schools: Vec<SchoolId>,
}

/// A candidate with everything the wave says of this person, ids and codes only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Id in the file.
    pub id: String,
    /// Row in the file, from 0: outcomes list people in this order.
    pub row: usize,
    /// Own phase, else the wave's.
    pub phase: Phase,
    /// Own coaching hours, when given.
    pub hours: Option<u32>,
    /// Furthest school, minutes.
    pub max_travel: u32,
    /// Bouwen in order of preference; not empty.
    pub bouwen: Vec<Bouw>,
    /// Kinds of school the candidate may go to.
    pub kinds: Vec<SchoolKind>,
    /// Boards the candidate may go to; `None` is any, an empty list none of this wave.
    pub boards: Option<Vec<BoardId>>,
    /// Concepts the candidate would like.
    pub concepts: Vec<String>,
    /// When available; empty when not named.
    pub half_days: HalfDays,
    /// Rounds this person has waited.
    pub waited: u32,
    /// Tags the candidate would like in a coach.
    pub coach_wishes: Vec<String>,
    /// Tags a coach must have.
    pub coach_needs: Vec<String>,
    /// Coach so far.
    pub current_coach: Option<CoachId>,
    /// School so far.
    pub current_school: Option<SchoolId>,
    /// Schools this person must not go to.
    pub excluded_schools: Vec<SchoolId>,
    /// Boards this person must not go to.
    pub excluded_boards: Vec<BoardId>,
    /// Denominations this person must not go to.
    pub excluded_denominations: Vec<String>,
    /// Coaches this person must not get.
    pub excluded_coaches: Vec<CoachId>,
    /// What a person has locked for this candidate.
    pub lock: Option<Lock>,
    /// What is forbidden for this candidate.
    pub bans: Vec<Ban>,
    /// The entry of the previous plan.
    pub previous: Option<Previous>,
}

/// A lock: the candidate is placed and agrees with every field named; none named means "must be placed".
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lock {
    /// At this school.
    pub school: Option<SchoolId>,
    /// At the seat group with this id, at any school unless one is named.
    pub seat: Option<String>,
    /// In this bouw.
    pub bouw: Option<Bouw>,
    /// With this coach.
    pub coach: Option<CoachId>,
    /// Pair rules knowingly overruled for placements that agree with this lock.
    pub despite: Vec<RuleCode>,
}

/// What is asked of two candidates together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pair {
    /// What.
    pub kind: PairKind,
    /// The one whose id's bytes come first.
    pub one: CandidateId,
    /// The other.
    pub other: CandidateId,
}

/// A prohibition: matches a placement when every field it names agrees. Entries that name something unknown match nothing and are left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ban {
    /// At this school.
    pub school: Option<SchoolId>,
    /// At the seat group with this id.
    pub seat: Option<String>,
    /// In this bouw.
    pub bouw: Option<Bouw>,
    /// At a school of this board.
    pub board: Option<BoardId>,
    /// With this coach.
    pub coach: Option<CoachId>,
}

/// A part of a previous entry: not named, named but no longer in the wave, or known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part<T> {
    /// The entry does not name it.
    Absent,
    /// The entry names something that the wave no longer has.
    Gone,
    /// The entry names this.
    Known(T),
}

impl<T: Copy> Part<T> {
    /// What is known.
    pub fn known(self) -> Option<T> {
        match self {
            Part::Known(it) => Some(it),
            Part::Absent | Part::Gone => None,
        }
    }
    /// Whether the entry names it at all.
    pub fn named(&self) -> bool {
        !matches!(self, Part::Absent)
    }
}

/// An entry of the previous plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Previous {
    /// School and seat group, which come together or not at all.
    pub seat: Part<SeatId>,
    /// Coach.
    pub coach: Part<CoachId>,
    /// How far the placement had come.
    pub status: Status,
}

/// Whole minutes from every candidate and every coach to every school.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Travel {
    schools: usize,
    candidates: Vec<u32>,
    coaches: Vec<u32>,
}

impl Travel {
    /// Minutes row by row: `candidates` and `coaches` hold one row of `schools` entries per traveller.
    pub fn new(schools: usize, candidates: Vec<u32>, coaches: Vec<u32>) -> Self {
        assert!(
            schools == 0 || candidates.len().is_multiple_of(schools) && coaches.len().is_multiple_of(schools),
            "one entry per traveller and school"
        );
        Self { schools, candidates, coaches }
    }
    /// The same without a candidate: those behind move up.
    pub fn without(&self, gone: CandidateId) -> Self {
        let mut left = self.clone();
        left.candidates.drain(gone.position() * self.schools..(gone.position() + 1) * self.schools);
        left
    }
    /// t(c, s), minutes.
    pub fn candidate(&self, candidate: CandidateId, school: SchoolId) -> u32 {
        self.candidates[candidate.position() * self.schools + school.position()]
    }
    /// t(k, s), minutes.
    pub fn coach(&self, coach: CoachId, school: SchoolId) -> u32 {
        self.coaches[coach.position() * self.schools + school.position()]
    }
}

impl Wave {
    /// The school of a seat group.
    pub fn school_of(&self, seat: SeatId) -> &School {
        &self.schools[self.seats[seat].school]
    }
    /// Candidates in the order of the file's rows.
    pub fn candidates_by_row(&self) -> Vec<CandidateId> {
        let mut ids: Vec<_> = self.candidates.ids().collect();
        ids.sort_by_key(|&id| self.candidates[id].row);
        ids
    }
    /// Candidates with a lock, in the order of their id's bytes.
    pub fn locked(&self) -> Vec<CandidateId> {
        let mut ids: Vec<_> = self.candidates.ids().filter(|&id| self.candidates[id].lock.is_some()).collect();
        ids.sort_by(|&a, &b| self.candidates[a].id.as_bytes().cmp(self.candidates[b].id.as_bytes()));
        ids
    }
}
