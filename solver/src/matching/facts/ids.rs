//! Typed positions in a wave's tables: a school's number can never be used where a coach's is meant.

use crate::common::tables::ids;

ids! {
    /// A board (bestuur), in the order of its id's bytes.
    BoardId
    /// A school, in the order of its id's bytes.
    SchoolId
    /// A seat group (one entry of a school's `plekken`), by school, then by its id's bytes.
    SeatId
    /// A coach, in the order of its id's bytes.
    CoachId
    /// A candidate, in the order of SHA-256 of "{seed}:{id}".
    CandidateId
}
