//! Every term that a goal can weigh, one file each, in one literal list in the order of docs/model.md.

pub mod afspraak_coach;
pub mod afspraak_school;
pub mod belasting;
pub mod bewaren;
pub mod bouw;
pub mod coachreis;
pub mod coachwens;
pub mod concept;
pub mod continuiteit;
pub mod doelgroep;
pub mod geplaatst;
pub mod intern;
pub mod kosten;
pub mod ongewijzigd;
pub mod ongewijzigd_coach;
pub mod ongewijzigd_school;
pub mod reistijd;
pub mod tekort;
pub mod wachttijd;
pub mod zelfde_school;

use crate::matching::facts::codes::TermCode;
use crate::matching::facts::ids::{CandidateId, CoachId, SchoolId, SeatId};
use crate::matching::facts::plan::{Placement, Plan};
use crate::matching::facts::wave::Wave;

impl TermCode {
    /// Its two halves.
    pub fn term(self) -> &'static Term {
        &TERMS[self as usize]
    }
}

/// A term under one code.
pub struct Term {
    /// Which term.
    pub code: TermCode,
    /// One Dutch sentence for people: what gives points.
    pub says: &'static str,
    /// Its two halves.
    pub kind: Kind,
}

/// The two halves of a term.
pub enum Kind {
    /// Points of one placement.
    Placement {
        /// For the model: points by the part of a placement that the term looks at.
        write: Points,
        /// For the judge: points of a whole placement.
        judge: fn(&Wave, CandidateId, Placement) -> i64,
    },
    /// Points of the plan as a whole: a sum over coaches of a concave function of the number of placements.
    Load {
        /// For the model: points of a coach's m-th placement, m from 1; never rising with m.
        write: fn(&Wave, CoachId, u32) -> i64,
        /// For the judge: points of the plan.
        judge: fn(&Wave, &Plan) -> i64,
    },
}

/// The most that a term gives for any placement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Most(pub i64);

/// The part of a placement that a term looks at.
#[derive(Clone, Copy)]
pub enum Points {
    /// By candidate alone.
    Candidate(fn(&Wave, CandidateId) -> i64),
    /// By school alone.
    School(fn(&Wave, SchoolId) -> i64),
    /// By coach alone.
    Coach(fn(&Wave, CoachId) -> i64),
    /// By candidate and school.
    CandidateSchool(fn(&Wave, CandidateId, SchoolId) -> i64),
    /// By candidate and seat group.
    CandidateSeat(fn(&Wave, CandidateId, SeatId) -> i64),
    /// By candidate and coach.
    CandidateCoach(fn(&Wave, CandidateId, CoachId) -> i64),
    /// By coach and school.
    CoachSchool(fn(&Wave, CoachId, SchoolId) -> i64),
    /// By the whole placement, and never more than this.
    Placement(fn(&Wave, CandidateId, SeatId, CoachId) -> i64, Most),
}

/// Every term, in the order of docs/model.md; the position of a term is its [`TermCode`].
pub const TERMS: &[Term] = &[
    geplaatst::TERM,
    wachttijd::TERM,
    doelgroep::TERM,
    tekort::TERM,
    bouw::TERM,
    reistijd::TERM,
    coachreis::TERM,
    concept::TERM,
    coachwens::TERM,
    continuiteit::TERM,
    zelfde_school::TERM,
    intern::TERM,
    kosten::TERM,
    ongewijzigd::TERM,
    ongewijzigd_school::TERM,
    ongewijzigd_coach::TERM,
    afspraak_school::TERM,
    afspraak_coach::TERM,
    bewaren::TERM,
    belasting::TERM,
];
