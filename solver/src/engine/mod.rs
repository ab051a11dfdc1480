//! The engine: linear and integer programs over a block of choices, and programs that anybody can read. Only this folder knows HiGHS, and of it only what calls HiGHS knows
//! `f64`; what leaves it is whole numbers, and nothing that leaves it is believed before it is checked.

mod apart;
pub mod block;
pub(crate) mod cuts;
#[expect(non_upper_case_globals, reason = "constants keep the names that HiGHS gives them")]
#[expect(unsafe_code, reason = "the one module that calls the C interface of HiGHS; its invariants stand at its top")]
mod highs;
pub mod price;
pub(crate) mod program;
pub(crate) mod readable;

/// The presolve rule of HiGHS 1.15.0 that is left out, as a bit: its search for parallel rows and columns. On some small programs of rosters
/// entries of rows that are gone stay behind, and presolve then writes outside its memory (`HPresolve::link` from `okFromCSC`, by valgrind);
/// without this rule it did so on none.
const NO_PARALLELS: i32 = 1 << 13;

/// Name and version, for outcomes.
pub fn name() -> String {
    format!("HiGHS {}", highs::version())
}
