//! The engine: linear and integer programs over a block of choices, and programs that anybody can read. Only this folder knows HiGHS, and of it only what calls HiGHS knows
//! `f64`; what leaves it is whole numbers, and nothing that leaves it is believed before it is checked.

pub mod block;
pub(crate) mod cuts;
#[expect(non_upper_case_globals, reason = "constants keep the names that HiGHS gives them")]
#[expect(unsafe_code, reason = "the one module that calls the C interface of HiGHS; its invariants stand at its top")]
mod highs;
pub mod price;
pub(crate) mod program;
pub(crate) mod readable;

/// Name and version, for outcomes.
pub fn name() -> String {
    format!("HiGHS {}", highs::version())
}
