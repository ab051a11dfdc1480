//! Solves a wave: every goal in order, proven where the time allows, and judged before anyone sees the plan.

use crate::control::Control;
use crate::outcome::{Outcome, Verdict, Work};
use crate::wave::Wave;

/// Which formulation answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Engine {
    /// Columns priced in, coach limits tightened, goals on the face of the goals before.
    #[default]
    Priced,
    /// One column per placement through good_lp: the readable second opinion.
    Plain,
}

/// What the caller asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Which formulation answers.
    pub engine: Engine,
    /// Keep the dual prices that prove each bound.
    pub certificate: bool,
}

/// The best plan for the wave, or why there is none.
pub fn solve(_wave: &Wave, _options: &Options, _control: &dyn Control) -> Outcome {
    Outcome {
        verdict: Verdict::Stopped,
        goals: Vec::new(),
        plan: None,
        unplaced: Vec::new(),
        conflict: Vec::new(),
        least_changes: None,
        work: Work::default(),
    }
}
