//! The engine: linear and integer programs over a block's choices. Only this folder knows HiGHS and `f64`; what leaves it is whole
//! numbers, and nothing that leaves it is believed before it is checked.

pub mod cuts;
#[expect(non_upper_case_globals, reason = "constants keep the names that HiGHS gives them")]
#[expect(unsafe_code, reason = "the one module that calls the C interface of HiGHS; its invariants stand at its top")]
mod highs;
pub mod program;

/// Name and version, for outcomes.
pub fn name() -> String {
    format!("HiGHS {}", highs::version())
}
