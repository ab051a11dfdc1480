//! SQLite: one file, many readers, one writer. What was committed is on disk.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use sqlx::migrate::Migrator;
use sqlx::sqlite::{
    SqliteArguments, SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteRow, SqliteSynchronous,
};
use sqlx::{Arguments, AssertSqlSafe, Column as _, Row as _, Sqlite, TypeInfo as _, ValueRef as _};

use super::{Connection, Dialect, Doing, Engine, Row, Sql, Transaction, Value};
use crate::store::error::{Error, Result};

#[cfg(test)]
mod tests;
mod tickets;

/// Our tables. apalis keeps its own beside them and records its migrations in the same list.
static MIGRATIONS: Migrator = sqlx::migrate!("./migrations");

/// How long somebody waits for the one writer before hearing that the database is busy.
const PATIENCE: Duration = Duration::from_secs(10);

/// An opened file.
#[derive(Clone, Debug)]
pub struct File {
    read: SqlitePool,
    write: SqlitePool,
    tickets: SqlitePool,
    path: PathBuf,
}

impl File {
    /// Opens the file, makes it when it is not there, checks it and brings its tables up to date.
    pub async fn open(path: &Path) -> Result<Self> {
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            // What is erased is overwritten.
            .pragma("secure_delete", "ON")
            .busy_timeout(PATIENCE)
            .optimize_on_close(true, None);
        let write = SqlitePoolOptions::new().max_connections(1).acquire_timeout(PATIENCE).connect_with(options.clone()).await?;
        let found: String = sqlx::query_scalar("PRAGMA quick_check(1)").fetch_one(&write).await?;
        if found != "ok" {
            return Err(Error::Corrupt(found));
        }
        migrations(MIGRATIONS.iter().cloned().collect()).run(&write).await?;
        // Not its own `setup`: that also turns `synchronous` off.
        let theirs = apalis_sqlite::SqliteStorage::<()>::migrations();
        migrations(theirs.iter().cloned().collect()).run(&write).await?;
        // Tickets may be lost and are made again, so theirs is the only writing that need not reach the disk at once.
        let loose = options.clone().synchronous(SqliteSynchronous::Normal);
        let tickets = SqlitePoolOptions::new().max_connections(3).acquire_timeout(PATIENCE).connect_with(loose).await?;
        let read = SqlitePoolOptions::new()
            .max_connections(8)
            .acquire_timeout(PATIENCE)
            .connect_with(options.read_only(true).create_if_missing(false))
            .await?;
        Ok(Self { read, write, tickets, path: path.to_path_buf() })
    }

    /// Opens a file that is there, only to read it: nothing is made, brought up to date or changed.
    pub async fn open_to_read(path: &Path) -> Result<Self> {
        let options = SqliteConnectOptions::new().filename(path).read_only(true).create_if_missing(false).busy_timeout(PATIENCE);
        let pool = SqlitePoolOptions::new().max_connections(2).acquire_timeout(PATIENCE).connect_with(options).await?;
        Ok(Self { read: pool.clone(), write: pool.clone(), tickets: pool, path: path.to_path_buf() })
    }

    /// For apalis.
    pub fn tickets(&self) -> &SqlitePool {
        &self.tickets
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// For what only SQLite can do.
    pub(crate) fn reader(&self) -> &SqlitePool {
        &self.read
    }
}

fn migrations(list: Vec<sqlx::migrate::Migration>) -> Migrator {
    let mut migrator = Migrator::with_migrations(list);
    migrator.set_ignore_missing(true);
    migrator
}

impl Engine for File {
    fn reader(&self) -> Box<dyn Connection> {
        Box::new(Reader(self.read.clone()))
    }

    fn snapshot(&self) -> Doing<'_, Box<dyn Transaction>> {
        Box::pin(async { Ok(Box::new(Change(self.read.begin().await?)) as Box<dyn Transaction>) })
    }

    fn change(&self) -> Doing<'_, Box<dyn Transaction>> {
        // `IMMEDIATE`: whoever begins may also write.
        Box::pin(async { Ok(Box::new(Change(self.write.begin_with("BEGIN IMMEDIATE").await?)) as Box<dyn Transaction>) })
    }

    fn dialect(&self) -> &'static dyn Dialect {
        &Words
    }

    fn rung(&self) -> Doing<'_, Vec<String>> {
        Box::pin(tickets::rung(&self.read))
    }

    fn tidy(&self) -> Doing<'_, u64> {
        Box::pin(tickets::sweep(&self.read, &self.write))
    }

    fn integrity(&self) -> Doing<'_, Vec<String>> {
        Box::pin(async { Ok(sqlx::query_scalar("PRAGMA integrity_check(100)").fetch_all(&self.read).await?) })
    }

    fn bytes(&self) -> u64 {
        let size = |suffix: &str| {
            let mut name = self.path.as_os_str().to_owned();
            name.push(suffix);
            std::fs::metadata(name).map_or(0, |data| data.len())
        };
        size("") + size("-wal")
    }

    fn close(&self) -> Doing<'_, ()> {
        Box::pin(async {
            self.read.close().await;
            self.tickets.close().await;
            self.write.close().await;
            Ok(())
        })
    }
}

/// Questions, each on whichever connection is free.
struct Reader(SqlitePool);

impl Connection for Reader {
    fn rows(&mut self, sql: Sql, values: Vec<Value>) -> Doing<'_, Vec<Row>> {
        Box::pin(async move { rows(&mut *self.0.acquire().await?, sql, values).await })
    }

    fn run(&mut self, sql: Sql, values: Vec<Value>) -> Doing<'_, u64> {
        Box::pin(async move { run(&mut *self.0.acquire().await?, sql, values).await })
    }
}

/// Statements that happen together.
struct Change(sqlx::Transaction<'static, Sqlite>);

impl Connection for Change {
    fn rows(&mut self, sql: Sql, values: Vec<Value>) -> Doing<'_, Vec<Row>> {
        Box::pin(rows(&mut self.0, sql, values))
    }

    fn run(&mut self, sql: Sql, values: Vec<Value>) -> Doing<'_, u64> {
        Box::pin(run(&mut self.0, sql, values))
    }
}

impl Transaction for Change {
    fn commit(self: Box<Self>) -> Doing<'static, ()> {
        Box::pin(async { Ok(self.0.commit().await?) })
    }

    fn ring(&mut self, lane: &'static str) -> Doing<'_, ()> {
        Box::pin(tickets::push(&mut self.0, lane))
    }
}

fn bound(values: Vec<Value>) -> Result<SqliteArguments> {
    let mut arguments = SqliteArguments::default();
    for value in values {
        let added = match value {
            Value::Null => arguments.add(None::<i64>),
            Value::Int(number) => arguments.add(number),
            Value::Text(text) => arguments.add(text),
            Value::Bytes(bytes) => arguments.add(bytes),
        };
        added.map_err(|error| Error::Other(error.to_string()))?;
    }
    Ok(arguments)
}

async fn rows(connection: &mut SqliteConnection, sql: Sql, values: Vec<Value>) -> Result<Vec<Row>> {
    let found = sqlx::query_with(AssertSqlSafe(sql.into_owned()), bound(values)?).fetch_all(connection).await?;
    let names: Arc<[String]> = match found.first() {
        Some(row) => row.columns().iter().map(|column| column.name().to_owned()).collect(),
        None => return Ok(Vec::new()),
    };
    found.iter().map(|row| Ok(Row::new(names.clone(), columns(row)?))).collect()
}

async fn run(connection: &mut SqliteConnection, sql: Sql, values: Vec<Value>) -> Result<u64> {
    Ok(sqlx::query_with(AssertSqlSafe(sql.into_owned()), bound(values)?).execute(connection).await?.rows_affected())
}

fn columns(row: &SqliteRow) -> Result<Vec<Value>> {
    let column = |at: usize| -> Result<Value> {
        let kind = {
            let raw = row.try_get_raw(at)?;
            if raw.is_null() {
                return Ok(Value::Null);
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

/// SQLite's own words.
struct Words;

impl Dialect for Words {
    fn json_text(&self, column: &str, key: &str) -> String {
        format!("{column} ->> '$.{key}'")
    }

    fn json_rows(&self, column: &str, key: &str) -> String {
        format!("json_each({column}, '$.{key}')")
    }

    fn holds(&self, column: &str, place: &str) -> String {
        format!("instr(COALESCE(CAST({column} AS TEXT), ''), {place}) > 0")
    }
}
