//! An outcome file (`loket-uitkomst/1`): its lines, made of an outcome, read back and written.

pub use crate::matching::file::compose::compose;
pub use crate::matching::file::outcome_read::read_outcome;
pub use crate::matching::file::outcome_write::to_json;
pub use crate::matching::lines::{
    ConflictLine, FORMAT, Figures, GoalLine, NoticeLine, OutcomeFile, PlacementLine, ReasonLine, Technique, TechniqueLine, UnplacedLine,
};
