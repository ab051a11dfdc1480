//! Statements on their way to PostgreSQL and back, alone or together in a transaction that is never gone on with after it failed.

use std::sync::Arc;

use sqlx::postgres::{PgArguments, PgConnection, PgRow};
use sqlx::{Arguments, AssertSqlSafe, Column as _, Row as _, TypeInfo as _, ValueRef as _};

use super::super::{Connection, Doing, Kind, Row, Sql, Transaction, Value};
use super::CHANNEL;
use super::tap::{Begun, Tap};
use super::trouble::trouble;
use super::writing::Writing;
use crate::store::error::{Error, Result};

/// Questions, each on whichever connection is free.
pub(super) struct Reader {
    pub(super) tap: Tap,
}

impl Connection for Reader {
    fn rows(&mut self, sql: Sql, values: Vec<Value>) -> Doing<'_, Vec<Row>> {
        Box::pin(async move {
            let bound = bound(values.into_iter().map(asked).collect())?;
            let found =
                self.tap.ask(async |connection| sqlx::query_with(AssertSqlSafe(sql.into_owned()), bound).fetch_all(connection).await);
            named(&found.await?)
        })
    }

    fn run(&mut self, sql: Sql, values: Vec<Value>) -> Doing<'_, u64> {
        Box::pin(async move {
            let bound = bound(values)?;
            let done = self.tap.ask(async |connection| sqlx::query_with(AssertSqlSafe(sql.into_owned()), bound).execute(connection).await);
            Ok(done.await?.rows_affected())
        })
    }
}

/// Statements that happen together.
pub(super) struct Change {
    pub(super) transaction: Begun,
    pub(super) writing: Arc<Writing>,
    /// Whether it may write.
    pub(super) writes: bool,
    /// A statement failed or was given up halfway: the database keeps nothing of this transaction.
    pub(super) failed: bool,
}

impl Change {
    /// Begins a statement: until it is done, nothing may follow it.
    fn begin(&mut self) -> Result<()> {
        if std::mem::replace(&mut self.failed, true) { Err(Error::Other("deze wijziging is al mislukt".into())) } else { Ok(()) }
    }

    fn seen<T>(&mut self, done: Result<T>) -> Result<T> {
        self.failed = done.is_err();
        if let (Err(error), true) = (&done, self.writes) {
            self.writing.failed(error);
        }
        done
    }
}

impl Connection for Change {
    fn rows(&mut self, sql: Sql, values: Vec<Value>) -> Doing<'_, Vec<Row>> {
        Box::pin(async move {
            self.begin()?;
            let found = rows(&mut self.transaction, sql, values).await;
            self.seen(found)
        })
    }

    fn run(&mut self, sql: Sql, values: Vec<Value>) -> Doing<'_, u64> {
        Box::pin(async move {
            self.begin()?;
            let done = run(&mut self.transaction, sql, values).await;
            self.seen(done)
        })
    }
}

impl Transaction for Change {
    fn commit(mut self: Box<Self>) -> Doing<'static, ()> {
        Box::pin(async move {
            // The database answers the commit of a failed transaction with success, and keeps nothing.
            self.begin()?;
            let done = self.transaction.commit().await;
            match &done {
                Ok(()) if self.writes => self.writing.wrote(),
                Err(error) if self.writes => self.writing.failed(error),
                _ => {}
            }
            done
        })
    }

    fn ring(&mut self, lane: &'static str) -> Doing<'_, ()> {
        Box::pin(async move {
            self.begin()?;
            // Heard once this is committed.
            let sql = Sql::from("SELECT 1 AS een FROM pg_notify($1, $2)");
            let rung = rows(&mut self.transaction, sql, vec![CHANNEL.into(), lane.into()]).await;
            self.seen(rung.map(|_| ()))
        })
    }
}

fn bound(values: Vec<Value>) -> Result<PgArguments> {
    let mut arguments = PgArguments::default();
    for value in values {
        let added = match value {
            Value::Null(Kind::Int) => arguments.add(None::<i64>),
            Value::Null(Kind::Text) => arguments.add(None::<String>),
            Value::Null(Kind::Bytes) => arguments.add(None::<Vec<u8>>),
            Value::Int(number) => arguments.add(number),
            Value::Text(text) => arguments.add(text),
            Value::Bytes(bytes) => arguments.add(bytes),
        };
        added.map_err(|error| Error::Other(error.to_string()))?;
    }
    Ok(arguments)
}

/// What is asked for as it can be asked: no text that is kept here has NUL in it, so one that has is put as a text that nobody has. What is
/// written is never changed: the database refuses it.
fn asked(value: Value) -> Value {
    match value {
        Value::Text(text) if text.contains('\0') => Value::Text(text.replace('\0', "\u{ffff}")),
        other => other,
    }
}

async fn rows(transaction: &mut Begun, sql: Sql, values: Vec<Value>) -> Result<Vec<Row>> {
    let bound = bound(values.into_iter().map(asked).collect())?;
    let asks = async |connection: &mut PgConnection| sqlx::query_with(AssertSqlSafe(sql.into_owned()), bound).fetch_all(connection).await;
    named(&transaction.asks(asks).await?)
}

/// Rows as the store knows them.
fn named(found: &[PgRow]) -> Result<Vec<Row>> {
    let names: Arc<[String]> = match found.first() {
        Some(row) => row.columns().iter().map(|column| column.name().to_owned()).collect(),
        None => return Ok(Vec::new()),
    };
    found.iter().map(|row| Ok(Row::new(names.clone(), columns(row)?))).collect()
}

async fn run(transaction: &mut Begun, sql: Sql, values: Vec<Value>) -> Result<u64> {
    let bound = bound(values)?;
    let asks = async |connection: &mut PgConnection| sqlx::query_with(AssertSqlSafe(sql.into_owned()), bound).execute(connection).await;
    Ok(transaction.asks(asks).await?.rows_affected())
}

fn columns(row: &PgRow) -> Result<Vec<Value>> {
    let column = |at: usize| -> Result<Value> {
        let (kind, empty) = {
            let raw = row.try_get_raw(at).map_err(trouble)?;
            (raw.type_info().name().to_owned(), raw.is_null())
        };
        Ok(match kind.as_str() {
            "INT8" | "INT4" | "INT2" | "BOOL" if empty => Value::Null(Kind::Int),
            "BYTEA" if empty => Value::Null(Kind::Bytes),
            _ if empty => Value::Null(Kind::Text),
            "INT8" => Value::Int(row.try_get(at).map_err(trouble)?),
            "INT4" => Value::Int(row.try_get::<i32, _>(at).map_err(trouble)?.into()),
            "INT2" => Value::Int(row.try_get::<i16, _>(at).map_err(trouble)?.into()),
            "BOOL" => Value::Int(row.try_get::<bool, _>(at).map_err(trouble)?.into()),
            "TEXT" | "VARCHAR" | "NAME" => Value::Text(row.try_get(at).map_err(trouble)?),
            "BYTEA" => Value::Bytes(row.try_get(at).map_err(trouble)?),
            other => return Err(Error::Corrupt(format!("kolom {} is {other}", row.column(at).name()))),
        })
    };
    (0..row.len()).map(column).collect()
}
