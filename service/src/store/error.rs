//! Why the store could not do what was asked; none of it is the caller's mistake.

use std::fmt;

use loket_instances::strict::problem::Refusal;

/// What the store answers.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why the store could not do what was asked.
#[derive(Debug)]
pub enum Error {
    /// Somebody else was writing for too long.
    Busy,
    /// No room on the disk.
    Full,
    /// The file may only be read.
    ReadOnly,
    /// The file is damaged.
    Corrupt(String),
    /// Anything else.
    Other(String),
}

impl Error {
    /// What was kept and can no longer be read. Tells kinds and places of what is wrong, and never what stands there: it goes to the log.
    pub fn unreadable(what: &str, refusal: &Refusal) -> Self {
        let wrong: Vec<String> = refusal.problems.iter().take(5).map(|it| format!("{} bij {}", it.code, steps(&it.pointer))).collect();
        Self::Corrupt(format!("{what}: {}", wrong.join(", ")))
    }
}

/// A pointer with the names of keys, and no name that a row could have brought in.
fn steps(pointer: &str) -> String {
    let known = |step: &&str| step.chars().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it == '_');
    let told: Vec<&str> = pointer.split('/').skip(1).map(|step| if known(&step) { step } else { "…" }).collect();
    format!("/{}", told.join("/"))
}

impl fmt::Display for Error {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Busy => out.write_str("de gegevens zijn nu bezet"),
            Self::Full => out.write_str("de schijf is vol"),
            Self::ReadOnly => out.write_str("de gegevens mogen alleen gelezen worden"),
            Self::Corrupt(what) => write!(out, "het gegevensbestand is beschadigd: {what}"),
            Self::Other(what) => write!(out, "de gegevens geven geen antwoord: {what}"),
        }
    }
}

impl std::error::Error for Error {}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        let code = match &error {
            sqlx::Error::PoolTimedOut => return Self::Busy,
            sqlx::Error::Database(error) => error.code().and_then(|code| code.parse::<i32>().ok()),
            _ => None,
        };
        // The low byte is SQLite's primary result code.
        match code.map(|code| code & 0xff) {
            Some(5 | 6) => Self::Busy,
            Some(8) => Self::ReadOnly,
            Some(11 | 26) => Self::Corrupt(error.to_string()),
            Some(13) => Self::Full,
            _ => Self::Other(error.to_string()),
        }
    }
}

impl From<sqlx::migrate::MigrateError> for Error {
    fn from(error: sqlx::migrate::MigrateError) -> Self {
        Self::Other(error.to_string())
    }
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        // Its own words may quote what was read.
        Self::Corrupt(format!("JSON, regel {}, teken {}", error.line(), error.column()))
    }
}
