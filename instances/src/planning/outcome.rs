//! An outcome file of a multi-year plan (`loket-meerjarenplan-uitkomst/1`): its lines, made of an outcome, read back and written.

pub use crate::planning::file::compose::{Answered, compose, plan_of};
pub use crate::planning::file::outcome_read::read_outcome;
pub use crate::planning::file::outcome_write::to_json;
pub use crate::planning::lines::{
    AfterLine, BreachLine, ConflictLine, Difference, FORMAT, Figures, GoalLine, GuidedLine, MoneyLine, NoticeLine, OutcomeFile, PoolLine,
    ScenarioLine, SeatedLine, SensitivityLine, Technique, TechniqueLine,
};
