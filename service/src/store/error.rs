//! Why the store could not do what was asked; none of it is the caller's mistake.

use std::fmt;

use loket_instances::strict::problem::Refusal;

use crate::trouble::cause;

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
    /// The disk refused, for another reason than its room; in words.
    Disk(String),
    /// The file is no longer where it was opened, or another one took its place.
    Moved,
    /// The database server does not answer; in words.
    Unreachable(String),
    /// The database server answers, and this program cannot use what it has; in words.
    Unfit(String),
    /// The database in use has no such thing; in words, what to do instead.
    NotHere(String),
    /// Another program made the file than this one: a newer version of it, or one that is not Loket.
    Foreign(String),
    /// The file is damaged.
    Corrupt(String),
    /// Anything else.
    Other(String),
}

impl Error {
    /// Whether this says something of the moment and not of what was asked: the same may succeed later.
    pub fn passes(&self) -> bool {
        match self {
            Self::Busy | Self::Full | Self::ReadOnly | Self::Disk(_) | Self::Moved | Self::Unreachable(_) => true,
            Self::Unfit(_) | Self::NotHere(_) | Self::Foreign(_) | Self::Corrupt(_) | Self::Other(_) => false,
        }
    }

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
            Self::Disk(what) => out.write_str(what),
            Self::Moved => out.write_str("het gegevensbestand is verplaatst, weggehaald of vervangen"),
            Self::Unreachable(what) => write!(out, "de database is niet bereikbaar: {what}"),
            Self::Unfit(what) => write!(out, "deze database kan niet gebruikt worden: {what}"),
            Self::NotHere(what) => out.write_str(what),
            Self::Foreign(what) => write!(out, "dit gegevensbestand kan niet gebruikt worden: {what}"),
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
            sqlx::Error::PoolClosed => return Self::Other("het bestand is al gesloten".into()),
            sqlx::Error::Database(error) => error.code().and_then(|code| code.parse::<i32>().ok()),
            _ => None,
        };
        let Some(code) = code else {
            return match &error {
                sqlx::Error::Io(error) => Self::Other(cause(error)),
                _ => Self::Other(error.to_string()),
            };
        };
        // The low byte is SQLite's primary result code.
        match code & 0xff {
            5 | 6 => Self::Busy,
            // The file was moved while it was open.
            8 if code >> 8 == 4 => Self::Moved,
            8 => Self::ReadOnly,
            10 => Self::Disk(format!("de schijf leest of schrijft niet (SQLite {code})")),
            11 => Self::Corrupt("wat erin staat hangt niet meer samen".into()),
            26 => Self::Corrupt("het is geen gegevensbestand".into()),
            13 => Self::Full,
            14 => Self::Disk("het bestand kan niet geopend worden".into()),
            23 => Self::Other("daar is geen toestemming voor".into()),
            1 if error.to_string().contains("no such table") => {
                Self::Foreign("er ontbreekt een tabel; is het van Loket, open het dan eerst met loket serve van deze versie".into())
            }
            _ => Self::Other(error.to_string()),
        }
    }
}

impl From<sqlx::migrate::MigrateError> for Error {
    fn from(error: sqlx::migrate::MigrateError) -> Self {
        use sqlx::migrate::MigrateError;
        match error {
            MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => error.into(),
            MigrateError::Dirty(number) => Self::Corrupt(format!("het bijwerken van de tabellen is bij {number} halverwege gebleven")),
            MigrateError::VersionMismatch(number) => {
                Self::Foreign(format!("de tabellen van {number} zijn door een ander programma gemaakt"))
            }
            other => Self::Other(other.to_string()),
        }
    }
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        // Its own words may quote what was read.
        Self::Corrupt(format!("JSON, regel {}, teken {}", error.line(), error.column()))
    }
}
