//! An outcome file of a roster (`loket-rooster-uitkomst/1`): its lines, made of an outcome, read back and written.

pub use crate::scheduling::file::compose::{compose, policy_json};
pub use crate::scheduling::file::outcome_read::read_outcome;
pub use crate::scheduling::file::outcome_write::to_json;
pub use crate::scheduling::lines::{
    BlockLine, ConflictLine, FORMAT, GoalLine, MemberLine, NoticeLine, OutcomeFile, ReasonLine, Technique, TechniqueLine, UnplannedLine,
};
