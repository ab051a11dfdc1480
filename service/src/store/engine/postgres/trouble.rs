//! What went wrong at PostgreSQL, in our words. Its own messages are English and may quote rows, so none of them is passed on, but for what
//! our triggers say and for mistakes in a statement of ours.

use std::borrow::Cow;

use sqlx::postgres::PgDatabaseError;

use crate::store::error::Error;
use crate::trouble::cause;

/// What an error of the driver means.
pub(super) fn trouble(error: sqlx::Error) -> Error {
    match &error {
        sqlx::Error::PoolTimedOut => Error::Busy,
        sqlx::Error::PoolClosed => Error::Unreachable("de verbinding is al gesloten".into()),
        sqlx::Error::Io(error) => Error::Unreachable(cause(error)),
        sqlx::Error::Tls(_) => Error::Unreachable(
            "er kwam geen versleutelde verbinding met een vertrouwd certificaat op die naam; buiten deze machine is dat een eis".into(),
        ),
        sqlx::Error::Protocol(_) | sqlx::Error::WorkerCrashed | sqlx::Error::BeginFailed => {
            Error::Unreachable("de verbinding brak af".into())
        }
        sqlx::Error::Configuration(_) => Error::Unfit("de gegevens om verbinding te maken kloppen niet".into()),
        sqlx::Error::Database(error) => match error.try_downcast_ref::<PgDatabaseError>() {
            Some(error) => told(error),
            None => Error::Other("onbekende fout".into()),
        },
        _ => Error::Other("onbekende fout van de verbinding".into()),
    }
}

/// The same within a change. Who may not write there now, because rights were taken away, may later: the tables are ours.
pub(super) fn in_change(error: sqlx::Error) -> Error {
    match coded(&error).as_deref() {
        Some("42501") => Error::ReadOnly,
        _ => trouble(error),
    }
}

/// The same of the words that a change begins with. A server that follows another one cannot be asked to write: it only reads, until it takes
/// over. Elsewhere this code says something else (a statement that was prepared before its table was changed).
pub(super) fn at_begin(error: sqlx::Error) -> Error {
    match coded(&error).as_deref() {
        Some("0A000") => Error::ReadOnly,
        _ => in_change(error),
    }
}

fn coded(error: &sqlx::Error) -> Option<String> {
    error.as_database_error().and_then(|it| it.code()).map(Cow::into_owned)
}

fn told(error: &PgDatabaseError) -> Error {
    meaning(error.code(), error.message(), error.constraint())
}

fn meaning(code: &str, message: &str, constraint: Option<&str>) -> Error {
    match code {
        "53100" => Error::Full,
        "25006" => Error::ReadOnly,
        "55P03" | "57014" | "40001" | "40P01" | "53000" | "53200" | "53300" | "53400" => Error::Busy,
        "58030" => Error::Disk("de schijf van de database leest of schrijft niet".into()),
        "XX001" | "XX002" => Error::Corrupt("de database meldt dat ze beschadigd is".into()),
        "3D000" => Error::Unfit("de database met deze naam is er niet; maak haar eerst".into()),
        "28000" | "28P01" => Error::Unfit("de server laat deze gebruiker of dit wachtwoord niet toe".into()),
        "42501" => Error::Unfit("deze gebruiker mag dit niet; hij moet eigenaar van de database zijn".into()),
        "42P01" => Error::Unfit("er ontbreekt een tabel; is ze van Loket, open haar dan eerst met loket serve van deze versie".into()),
        // What our own triggers say.
        "P0001" => Error::Other(message.to_owned()),
        _ if code.starts_with("08") || code.starts_with("57P") => Error::Unreachable("de server sluit of start op".into()),
        // Names of ours, no values.
        _ if code.starts_with("42") => Error::Other(format!("PostgreSQL {code}: {message}")),
        _ => Error::Other(format!("PostgreSQL {code}{}", constraint.map(|it| format!(" ({it})")).unwrap_or_default())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_passes_by_itself_is_told_from_what_does_not() {
        for code in ["25006", "53100", "53300", "55P03", "57014", "57P01", "57P03", "08006", "58030"] {
            assert!(meaning(code, "", None).passes(), "{code}");
        }
        for code in ["0A000", "42501", "42P01", "28P01", "3D000", "XX001", "23505", "P0001"] {
            assert!(!meaning(code, "", None).passes(), "{code}");
        }
        assert!(matches!(meaning("25006", "", None), Error::ReadOnly));
        assert!(matches!(meaning("53300", "", None), Error::Busy));
    }
}
