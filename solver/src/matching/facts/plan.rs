//! A plan: one placement or none for every candidate.

use crate::common::tables::Table;
use crate::matching::facts::ids::{CandidateId, CoachId, SchoolId, SeatId};
use crate::matching::facts::wave::{Lock, Wave};

/// A candidate's seat group (which fixes the school) and coach.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Placement {
    /// Seat group.
    pub seat: SeatId,
    /// Coach.
    pub coach: CoachId,
}

impl Placement {
    /// The school of the seat group.
    pub fn school(self, wave: &Wave) -> SchoolId {
        wave.seats[self.seat].school
    }
}

/// One placement or none per candidate.
pub type Plan = Table<CandidateId, Option<Placement>>;

/// The plan that places nobody.
pub fn empty(wave: &Wave) -> Plan {
    Plan::filled(wave.candidates.len(), None)
}

impl Lock {
    /// Whether a placement agrees with every field the lock names.
    pub fn agrees(&self, wave: &Wave, placement: Placement) -> bool {
        let seat = &wave.seats[placement.seat];
        self.school.is_none_or(|school| school == seat.school)
            && self.seat.as_ref().is_none_or(|id| *id == seat.id)
            && self.bouw.is_none_or(|bouw| bouw == seat.bouw)
            && self.coach.is_none_or(|coach| coach == placement.coach)
    }
}
