//! Every term that a goal can weigh, one file each, in one literal list in the order of docs/planning.md.

pub mod aanname;
pub mod afgestudeerd;
pub mod blijvers;
pub mod gestart;
pub mod intern;
pub mod kosten;
pub mod spreiding;

use crate::planning::facts::horizon::Horizon;
use crate::planning::facts::plan::Plan;
use crate::planning::judge::tally::Tally;

pub use crate::planning::facts::codes::TermCode;

/// A term under one code.
pub struct Term {
    /// Which term.
    pub code: TermCode,
    /// One Dutch sentence for people: what gives points.
    pub says: &'static str,
    /// What a plan is worth.
    pub judge: fn(&Horizon, &Plan, &Tally) -> i128,
}

/// Every term.
pub const TERMS: &[Term] = &[gestart::TERM, afgestudeerd::TERM, blijvers::TERM, intern::TERM, aanname::TERM, kosten::TERM, spreiding::TERM];
