//! Statements on their way to SQLite and back, alone or together in a transaction that is never reused after it failed.

use std::sync::Arc;

use sqlx::sqlite::{SqliteArguments, SqliteConnection, SqlitePool, SqliteRow};
use sqlx::{Arguments, AssertSqlSafe, Column as _, Row as _, Sqlite, TypeInfo as _, ValueRef as _};

use super::super::{Connection, Doing, Kind, Row, Sql, Transaction, Value};
use super::guard::Guard;
use super::tickets;
use crate::store::error::{Error, Result};

/// Questions, each on whichever connection is free.
pub(super) struct Reader {
    pub(super) pool: SqlitePool,
    pub(super) guard: Arc<Guard>,
}

impl Connection for Reader {
    fn rows(&mut self, sql: Sql, values: Vec<Value>) -> Doing<'_, Vec<Row>> {
        Box::pin(async move {
            self.guard.same()?;
            let found = rows(&mut *self.pool.acquire().await?, sql, values).await;
            found.inspect_err(|failed| failed.tell(&self.guard, false)).map_err(Failed::into)
        })
    }

    fn run(&mut self, sql: Sql, values: Vec<Value>) -> Doing<'_, u64> {
        Box::pin(async move {
            self.guard.same()?;
            let done = run(&mut *self.pool.acquire().await?, sql, values).await;
            done.inspect_err(|failed| failed.tell(&self.guard, false)).map_err(Failed::into)
        })
    }
}

/// Statements that happen together.
pub(super) struct Change {
    pub(super) transaction: sqlx::Transaction<'static, Sqlite>,
    pub(super) guard: Arc<Guard>,
    /// Whether it may write.
    pub(super) writes: bool,
    /// A statement failed by the database, which may have ended the transaction: nothing that follows may count.
    pub(super) failed: bool,
}

impl Change {
    fn whole(&self) -> Result<()> {
        if self.failed { Err(Error::Other("deze wijziging is al mislukt".into())) } else { Ok(()) }
    }

    fn seen<T>(&mut self, done: Result<T, Failed>) -> Result<T> {
        done.map_err(|failed| {
            failed.tell(&self.guard, self.writes);
            self.failed |= !failed.refused;
            failed.into()
        })
    }
}

impl Connection for Change {
    fn rows(&mut self, sql: Sql, values: Vec<Value>) -> Doing<'_, Vec<Row>> {
        Box::pin(async move {
            self.whole()?;
            let found = rows(&mut self.transaction, sql, values).await;
            self.seen(found)
        })
    }

    fn run(&mut self, sql: Sql, values: Vec<Value>) -> Doing<'_, u64> {
        Box::pin(async move {
            self.whole()?;
            let done = run(&mut self.transaction, sql, values).await;
            self.seen(done)
        })
    }
}

impl Transaction for Change {
    fn commit(self: Box<Self>) -> Doing<'static, ()> {
        Box::pin(async {
            self.whole()?;
            if !self.writes {
                return Ok(self.transaction.commit().await?);
            }
            self.guard.sound()?;
            match self.transaction.commit().await {
                Ok(()) => {
                    self.guard.wrote();
                    Ok(())
                }
                Err(error) => {
                    let failed = Failed::from(error);
                    failed.tell(&self.guard, true);
                    Err(failed.into())
                }
            }
        })
    }

    fn ring(&mut self, lane: &'static str) -> Doing<'_, ()> {
        Box::pin(async move {
            self.whole()?;
            let pushed = tickets::push(&mut self.transaction, lane).await;
            self.seen(pushed)
        })
    }
}

/// Why a statement came to nothing.
pub(super) struct Failed {
    error: Error,
    /// By the tables or by us, and not by the database: the transaction goes on.
    refused: bool,
}

impl Failed {
    fn tell(&self, guard: &Guard, writing: bool) {
        if !self.refused {
            guard.failed(&self.error, writing);
        }
    }
}

impl From<sqlx::Error> for Failed {
    fn from(error: sqlx::Error) -> Self {
        // Every constraint of a table, triggers among them.
        let code = error.as_database_error().and_then(|it| it.code()?.parse::<i32>().ok());
        let refused = code.is_some_and(|code| code & 0xff == 19);
        Self { error: error.into(), refused }
    }
}

impl From<Error> for Failed {
    fn from(error: Error) -> Self {
        Self { error, refused: true }
    }
}

impl From<Failed> for Error {
    fn from(failed: Failed) -> Self {
        failed.error
    }
}

fn bound(values: Vec<Value>) -> Result<SqliteArguments> {
    let mut arguments = SqliteArguments::default();
    for value in values {
        let added = match value {
            Value::Null(_) => arguments.add(None::<i64>),
            Value::Int(number) => arguments.add(number),
            Value::Text(text) => arguments.add(text),
            Value::Bytes(bytes) => arguments.add(bytes),
        };
        added.map_err(|error| Error::Other(error.to_string()))?;
    }
    Ok(arguments)
}

async fn rows(connection: &mut SqliteConnection, sql: Sql, values: Vec<Value>) -> Result<Vec<Row>, Failed> {
    let found = sqlx::query_with(AssertSqlSafe(sql.into_owned()), bound(values)?).fetch_all(connection).await?;
    let names: Arc<[String]> = match found.first() {
        Some(row) => row.columns().iter().map(|column| column.name().to_owned()).collect(),
        None => return Ok(Vec::new()),
    };
    found.iter().map(|row| Ok(Row::new(names.clone(), columns(row)?))).collect()
}

async fn run(connection: &mut SqliteConnection, sql: Sql, values: Vec<Value>) -> Result<u64, Failed> {
    Ok(sqlx::query_with(AssertSqlSafe(sql.into_owned()), bound(values)?).execute(connection).await?.rows_affected())
}

fn columns(row: &SqliteRow) -> Result<Vec<Value>> {
    let column = |at: usize| -> Result<Value> {
        let kind = {
            let raw = row.try_get_raw(at)?;
            if raw.is_null() {
                return Ok(Value::Null(Kind::Text));
            }
            raw.type_info().name().to_owned()
        };
        Ok(match kind.as_str() {
            "INTEGER" | "BOOLEAN" => Value::Int(row.try_get_unchecked(at)?),
            "TEXT" => Value::Text(row.try_get_unchecked(at)?),
            "BLOB" => Value::Bytes(row.try_get_unchecked(at)?),
            other => return Err(Error::Corrupt(format!("kolom {} is {other}", row.column(at).name()))),
        })
    };
    (0..row.len()).map(column).collect()
}
