//! What a multi-year plan is made of, valid by construction: years, waves, boards, kinds of coaches, phases, lines of money, locks; and what a
//! solve gives back.

pub mod codes;
pub mod funnel;
pub mod horizon;
pub mod ids;
pub mod lines;
pub mod locked;
pub mod outcome;
pub mod plan;
pub mod policy;
