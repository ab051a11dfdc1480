//! What the service keeps, in one SQLite file: its verbs are the domain's, and SQL lives in this folder alone.

use std::path::{Path, PathBuf};
use std::time::Duration;

use sqlx::migrate::Migrator;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Sqlite, Transaction};

pub mod backup;
pub mod batches;
pub mod capacity;
pub mod clock;
pub mod decisions;
mod error;
pub mod figures;
mod following;
pub mod happenings;
pub mod idempotency;
pub mod ids;
pub mod jobs;
pub mod log;
pub mod persons;
pub mod placements;
pub mod prefill;
pub mod publication;
pub mod register;
pub mod runs;
pub mod scope;
pub mod tickets;
#[cfg(test)]
pub(crate) mod trial;
pub mod waves;

pub use clock::Clock;
pub use error::{Error, Result};

/// Our tables. apalis keeps its own beside them and records its migrations in the same list.
static MIGRATIONS: Migrator = sqlx::migrate!("./migrations");

/// How long somebody waits for the one writer before hearing that the database is busy.
const PATIENCE: Duration = Duration::from_secs(10);

/// The opened database: many readers, one writer.
#[derive(Clone, Debug)]
pub struct Store {
    read: SqlitePool,
    write: SqlitePool,
    tickets: SqlitePool,
    path: PathBuf,
    clock: Clock,
}

/// A change that is made whole or not at all. Nobody else writes until it is committed.
pub type Tx = Transaction<'static, Sqlite>;

impl Store {
    /// Opens the file, makes it when it is not there, checks it and brings its tables up to date.
    pub async fn open(path: &Path, clock: Clock) -> Result<Self> {
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
        Ok(Self { read, write, tickets, path: path.to_path_buf(), clock })
    }

    /// Opens a file that is there, only to read it: nothing is made, brought up to date or changed.
    pub async fn open_to_read(path: &Path) -> Result<Self> {
        let options = SqliteConnectOptions::new().filename(path).read_only(true).create_if_missing(false).busy_timeout(PATIENCE);
        let pool = SqlitePoolOptions::new().max_connections(2).acquire_timeout(PATIENCE).connect_with(options).await?;
        let store = Self { read: pool.clone(), write: pool.clone(), tickets: pool, path: path.to_path_buf(), clock: Clock::default() };
        store.answers().await?;
        Ok(store)
    }

    /// For questions.
    pub(crate) fn reader(&self) -> &SqlitePool {
        &self.read
    }

    /// The one writer.
    pub(crate) fn writer(&self) -> &SqlitePool {
        &self.write
    }

    /// For apalis.
    pub fn tickets(&self) -> &SqlitePool {
        &self.tickets
    }

    /// Where the file is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What time it is.
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// Begins a change. `IMMEDIATE`: whoever begins may also write.
    pub(crate) async fn begin(&self) -> Result<Tx> {
        Ok(self.write.begin_with("BEGIN IMMEDIATE").await?)
    }

    /// Whether the file answers.
    pub async fn answers(&self) -> Result<()> {
        sqlx::query("SELECT 1 FROM lichtingen LIMIT 1").fetch_optional(&self.read).await?;
        Ok(())
    }

    /// What SQLite finds wrong with the file: `ok` alone when nothing is.
    pub async fn integrity(&self) -> Result<Vec<String>> {
        Ok(sqlx::query_scalar("PRAGMA integrity_check(100)").fetch_all(&self.read).await?)
    }

    /// Closes every connection.
    pub async fn close(&self) {
        self.read.close().await;
        self.tickets.close().await;
        self.write.close().await;
    }
}

fn migrations(list: Vec<sqlx::migrate::Migration>) -> Migrator {
    let mut migrator = Migrator::with_migrations(list);
    migrator.set_ignore_missing(true);
    migrator
}
