//! How a command ended, as the exit status of the program.

use std::process::ExitCode;

/// The exit statuses of docs/format.md.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Done: a plan (optimaal or haalbaar), a good file, a right outcome. Status 0.
    Done = 0,
    /// The outcome does not agree with the wave. Status 1.
    Wrong = 1,
    /// The input is refused, or a file cannot be read or written. Status 2.
    Refused = 2,
    /// The locks cannot all be met. Status 3.
    Impossible = 3,
    /// Stopped without a plan. Status 4.
    Stopped = 4,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        ExitCode::from(exit as u8)
    }
}
