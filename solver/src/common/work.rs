//! What the engine did in a solve by whole-number programs.

/// What the engine did, for the outcome's `techniek` and for tests.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Work {
    /// Name and version of the engine.
    pub engine: String,
    /// Largest number of columns in one program.
    pub columns: u64,
    /// Programs solved.
    pub programs: u64,
}
