//! Typed positions in a horizon's tables; every table but that of years is in the order of the file's rows.

use crate::common::tables::ids;

ids! {
    /// A school year, from the first.
    YearId
    /// A wave.
    WaveId
    /// A board.
    BoardId
    /// A kind of coach.
    KindId
    /// A phase of guidance.
    PhaseId
    /// A line of cost or income.
    LineId
}
