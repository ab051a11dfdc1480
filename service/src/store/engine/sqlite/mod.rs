//! SQLite: one file, many readers, one writer. What was committed is on disk.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use sqlx::sqlite::{SqliteConnectOptions, SqlitePool};
use sqlx::{ConnectOptions, Connection as _};

use super::{Bell, Connection, Dialect, Doing, Engine, Lately, Scrubbed, Transaction};
use crate::store::error::{Error, Result};
use guard::Guard;
pub(crate) use opening::tighten;
pub use shape::Shape;
use statements::{Change, Reader};

mod guard;
mod opening;
mod shape;
mod statements;
#[cfg(test)]
mod tests;
mod tickets;
#[cfg(test)]
pub(crate) mod trial;

/// How long somebody waits for the one writer before hearing that the database is busy.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long a change that erases waits for readers of what was there before.
const READERS: Duration = Duration::from_secs(5);
/// How long one try at overwriting holds up who writes.
const TRY: Duration = Duration::from_millis(300);
/// Time between tries once nobody waits any more.
const BETWEEN: Duration = Duration::from_secs(1);

/// An opened file.
#[derive(Clone, Debug)]
pub struct File {
    read: SqlitePool,
    write: SqlitePool,
    tickets: SqlitePool,
    /// One connection that is always there.
    keeper: SqlitePool,
    path: PathBuf,
    options: SqliteConnectOptions,
    guard: Arc<Guard>,
}

/// A path with something behind its name.
fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

impl File {
    /// Opens the file, makes it when it is not there, checks it and brings its tables up to date.
    pub async fn open(path: &Path) -> Result<Self> {
        opening::open(path).await
    }

    /// Opens a file that is there, only to read it: nothing is made, brought up to date or changed.
    pub async fn open_to_read(path: &Path) -> Result<Self> {
        opening::open_to_read(path).await
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

    /// Whether the file may be written: still the same, and sound to one who remembers nothing of it.
    async fn sound(&self) -> Result<()> {
        let length = self.guard.sound()?;
        let looked = if self.guard.was_longer(length) {
            self.whole().await.inspect(|()| self.guard.is_whole(length))
        } else if self.guard.looks_again() {
            self.header().await
        } else {
            Ok(())
        };
        looked.inspect_err(|error| self.guard.failed(error, true))
    }

    /// Looks at all of the file, on a connection that is there: a new one takes a file without pages for a new one, and its WAL for refuse.
    async fn whole(&self) -> Result<()> {
        let mut keeper = self.keeper.acquire().await?;
        // What it remembers of the file says nothing of the file.
        sqlx::query("PRAGMA shrink_memory").execute(&mut *keeper).await?;
        let ours = sqlx::query("SELECT version FROM _sqlx_migrations LIMIT 1").fetch_one(&mut *keeper).await;
        let found = match ours {
            Ok(_) => sqlx::query_scalar::<_, String>("PRAGMA quick_check(1)").fetch_one(&mut *keeper).await.map_err(Error::from),
            Err(error) => Err(error.into()),
        };
        match found {
            Ok(found) if found == "ok" => Ok(()),
            Ok(found) | Err(Error::Other(found)) => Err(Error::Corrupt(found)),
            Err(error) => Err(error),
        }
    }

    /// Looks at the beginning of the file through a connection that remembers nothing of it. Nothing but damage counts.
    async fn header(&self) -> Result<()> {
        let options = SqliteConnectOptions::new().filename(&self.path).read_only(true).create_if_missing(false).busy_timeout(TRY);
        let looked = async {
            let mut connection = options.connect().await?;
            let found = sqlx::query("SELECT COUNT(*) FROM sqlite_schema").fetch_one(&mut connection).await;
            let _ = connection.close().await;
            found
        };
        match looked.await.map_err(Error::from) {
            Err(error @ Error::Corrupt(_)) => Err(error),
            Ok(_) | Err(_) => Ok(()),
        }
    }

    /// One try at overwriting what was erased: everything in the WAL goes into the file, and the WAL is cut off. `false` when somebody
    /// still reads what was there before.
    async fn checkpoint(&self) -> Result<bool> {
        self.guard.same()?;
        let mut connection = self.options.clone().busy_timeout(TRY).optimize_on_close(false, None).connect().await?;
        let done = sqlx::query_as::<_, (i64, i64, i64)>("PRAGMA wal_checkpoint(TRUNCATE)").fetch_one(&mut connection).await;
        let _ = connection.close().await;
        match done.map_err(Error::from) {
            Ok((held_up, _, _)) => Ok(held_up == 0),
            Err(Error::Busy) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Overwrites what was erased, for as long as a change waits for that; what then remains is tried again until it is done.
    async fn overwrite(&self) -> bool {
        let began = Instant::now();
        loop {
            match self.checkpoint().await {
                Ok(true) => return true,
                Ok(false) if began.elapsed() < READERS => tokio::time::sleep(Duration::from_millis(100)).await,
                later => {
                    let why = later.err().map_or_else(|| "er wordt nog gelezen".to_owned(), |error| error.to_string());
                    tracing::warn!(reden = %why, "wat gewist is, staat nog in het gegevensbestand; het wordt overschreven zodra dat kan");
                    if self.guard.owed.fetch_add(1, Ordering::SeqCst) == 0 {
                        tokio::spawn(self.clone().owed());
                    }
                    return false;
                }
            }
        }
    }

    /// Tries again until nothing is owed any more.
    async fn owed(self) {
        while !self.write.is_closed() {
            tokio::time::sleep(BETWEEN).await;
            let owed = self.guard.owed.load(Ordering::SeqCst);
            // Who erased meanwhile adds to it, and it is done once more.
            if matches!(self.checkpoint().await, Ok(true))
                && self.guard.owed.compare_exchange(owed, 0, Ordering::SeqCst, Ordering::SeqCst).is_ok()
            {
                tracing::info!("wat gewist is, is overschreven");
                return;
            }
        }
    }
}

impl Engine for File {
    fn reader(&self) -> Box<dyn Connection> {
        Box::new(Reader { pool: self.read.clone(), guard: self.guard.clone() })
    }

    fn snapshot(&self) -> Doing<'_, Box<dyn Transaction>> {
        Box::pin(async {
            self.guard.same()?;
            let transaction = self.read.begin().await?;
            Ok(Box::new(Change { transaction, guard: self.guard.clone(), writes: false, failed: false }) as Box<dyn Transaction>)
        })
    }

    fn change(&self) -> Doing<'_, Box<dyn Transaction>> {
        Box::pin(async {
            self.sound().await?;
            let mut again = true;
            loop {
                // `IMMEDIATE`: whoever begins may also write.
                match self.write.begin_with("BEGIN IMMEDIATE").await.map_err(Error::from) {
                    Ok(transaction) => {
                        let change = Change { transaction, guard: self.guard.clone(), writes: true, failed: false };
                        return Ok(Box::new(change) as Box<dyn Transaction>);
                    }
                    Err(error) => {
                        self.guard.failed(&error, true);
                        // Once more on a connection that is made anew.
                        if matches!(error, Error::Busy) || !std::mem::take(&mut again) {
                            return Err(error);
                        }
                    }
                }
            }
        })
    }

    fn dialect(&self) -> &'static dyn Dialect {
        &Words
    }

    fn rung(&self) -> Doing<'_, Vec<String>> {
        Box::pin(async {
            self.guard.same()?;
            tickets::rung(&self.read).await
        })
    }

    fn bell(&self) -> Option<Bell> {
        None
    }

    fn tidy(&self) -> Doing<'_, u64> {
        Box::pin(async {
            self.sound().await?;
            tickets::sweep(&self.read, &self.write).await
        })
    }

    fn integrity(&self) -> Doing<'_, Vec<String>> {
        Box::pin(async { Ok(sqlx::query_scalar("PRAGMA integrity_check(100)").fetch_all(&self.read).await?) })
    }

    fn reads(&self) -> Doing<'_, ()> {
        Box::pin(async {
            self.guard.same()?;
            let found = sqlx::query("SELECT 1 FROM lichtingen LIMIT 1").fetch_optional(&self.keeper).await;
            found.map(|_| ()).map_err(Error::from).inspect_err(|error| self.guard.failed(error, false))
        })
    }

    fn lately(&self) -> Lately {
        self.guard.lately()
    }

    fn sound(&self) -> Doing<'_, ()> {
        Box::pin(self.sound())
    }

    fn scrub(&self) -> Doing<'_, bool> {
        Box::pin(async { Ok(self.overwrite().await) })
    }

    fn scrubbed(&self) -> Scrubbed {
        if self.guard.owed.load(Ordering::SeqCst) == 0 { Scrubbed::Done } else { Scrubbed::Waits }
    }

    fn bytes(&self) -> Doing<'_, u64> {
        Box::pin(async {
            let size = |suffix: &str| std::fs::metadata(beside(&self.path, suffix)).map_or(0, |data| data.len());
            Ok(size("") + size("-wal"))
        })
    }

    fn close(&self) -> Doing<'_, ()> {
        Box::pin(async {
            self.read.close().await;
            self.tickets.close().await;
            self.keeper.close().await;
            self.write.close().await;
            Ok(())
        })
    }
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

    fn one_of(&self, column: &str, place: &str) -> String {
        format!("{column} IN (SELECT value FROM json_each({place}))")
    }

    fn holds(&self, column: &str, place: &str) -> String {
        format!("instr(COALESCE({column}, ''), {place}) > 0")
    }

    fn bytes_hold(&self, column: &str, place: &str) -> String {
        format!("instr(COALESCE(CAST({column} AS TEXT), ''), {place}) > 0")
    }
}
