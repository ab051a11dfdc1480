//! PostgreSQL: one database, any number of processes. A change begins with a lock that only changes take, so that one follows the other
//! as they do in a file.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use sqlx::postgres::PgConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions, Connection as _};

use super::{Bell, Connection, Dialect, Doing, Engine, Lately, Scrubbed, Transaction};
use crate::store::error::{Error, Result};
use crate::work::lane::Lane;
pub use address::Address;
use statements::{Change, Reader};
use tap::{Tap, answered};
use trouble::trouble;
use words::Words;
use writing::Writing;

mod address;
mod bell;
mod opening;
mod statements;
mod tap;
#[cfg(test)]
mod tests;
#[cfg(test)]
pub(crate) mod trial;
mod trouble;
mod words;
mod writing;

/// How long somebody waits for a connection, and for the lock of changes, before hearing that the database is busy.
const PATIENCE: Duration = Duration::from_secs(10);
/// What is rung on.
const CHANNEL: &str = "loket";

/// Begins a change: waits its turn for as long as [`PATIENCE`], is not left open for longer than five seconds by a process that froze, and what is committed is on
/// disk whatever the database's own setting is. The number of the lock means `loket`; every database has its own.
const BEGIN: &str = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE; \
    SET LOCAL lock_timeout = '10s'; \
    SET LOCAL idle_in_transaction_session_timeout = '5s'; \
    SELECT set_config('synchronous_commit', 'on', true) WHERE current_setting('synchronous_commit') IN ('off', 'local'); \
    SELECT pg_advisory_xact_lock(465557415284)";
/// Begins questions that are of one moment.
const MOMENT: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

/// An opened database.
pub struct Server {
    read: Tap,
    write: Tap,
    /// One connection for whoever asks whether it answers.
    keeper: Tap,
    /// How a change begins: only to read where the database was opened for that.
    begins: &'static str,
    options: PgConnectOptions,
    writing: Arc<Writing>,
    closed: AtomicBool,
    bell: bell::Tower,
}

impl fmt::Debug for Server {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Server")
    }
}

impl Server {
    /// Opens the database, checks that this program can use it and brings its tables up to date.
    pub async fn open(address: &Address) -> Result<Self> {
        opening::open(address).await
    }

    /// Opens a database that is there, only to read it: nothing is made, brought up to date or changed.
    pub async fn open_to_read(address: &Address) -> Result<Self> {
        opening::open_to_read(address).await
    }

    /// The tables that are ours and their columns' names, for [`Engine::scrub`].
    async fn tables(&self) -> Result<Vec<String>> {
        let sql = "SELECT format('%I', relname) FROM pg_class WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace \
                   AND pg_has_role(relowner, 'USAGE') ORDER BY relname";
        self.read.ask(async |connection| sqlx::query_scalar(sql).fetch_all(connection).await).await
    }

    /// Takes what was erased out of the tables. Its bytes may stand longer in free space, in the log of the database and in copies.
    async fn vacuum(&self) -> Result<()> {
        let tables = self.tables().await?;
        if tables.is_empty() {
            return Ok(());
        }
        let mut connection = self.write.connection().await?;
        // As long as it takes.
        sqlx::raw_sql(AssertSqlSafe(format!("VACUUM {}", tables.join(", ")))).execute(&mut *connection).await.map_err(trouble)?;
        Ok(())
    }
}

impl Engine for Server {
    fn reader(&self) -> Box<dyn Connection> {
        Box::new(Reader { tap: self.read.clone() })
    }

    fn snapshot(&self) -> Doing<'_, Box<dyn Transaction>> {
        Box::pin(async {
            let transaction = self.read.begin(MOMENT, false).await?;
            Ok(Box::new(Change { transaction, writing: self.writing.clone(), writes: false, failed: false }) as Box<dyn Transaction>)
        })
    }

    fn change(&self) -> Doing<'_, Box<dyn Transaction>> {
        Box::pin(async {
            let begun = self.write.begin(self.begins, true).await.inspect_err(|error| self.writing.failed(error))?;
            Ok(Box::new(Change { transaction: begun, writing: self.writing.clone(), writes: true, failed: false }) as Box<dyn Transaction>)
        })
    }

    fn dialect(&self) -> &'static dyn Dialect {
        &Words
    }

    fn rung(&self) -> Doing<'_, Vec<String>> {
        use loket_solver::matching::facts::words::Word;
        // Whoever attends to a lane looks for itself every second: nobody has to be reminded.
        Box::pin(async { Ok(Lane::ALL.iter().map(|it| it.code().to_owned()).collect()) })
    }

    fn tidy(&self) -> Doing<'_, u64> {
        // A ring leaves nothing behind.
        Box::pin(async { Ok(0) })
    }

    fn bell(&self) -> Option<Bell> {
        Some(self.bell.listen(&self.options))
    }

    fn integrity(&self) -> Doing<'_, Vec<String>> {
        Box::pin(async {
            // Its pages it checks by itself where checksums are on; what it knows to be unusable or unchecked it says here.
            let sql = "SELECT format('index %s', indexrelid::regclass) FROM pg_index WHERE NOT indisvalid \
                       UNION ALL SELECT format('voorwaarde %s', conname) FROM pg_constraint WHERE NOT convalidated";
            let mut found: Vec<String> = self.read.ask(async |connection| sqlx::query_scalar(sql).fetch_all(connection).await).await?;
            if found.is_empty() {
                found.push("ok".into());
            }
            Ok(found)
        })
    }

    fn reads(&self) -> Doing<'_, ()> {
        Box::pin(async {
            let sql = "SELECT 1 FROM lichtingen LIMIT 1";
            self.keeper.ask(async |connection| sqlx::query(sql).fetch_optional(connection).await.map(|_| ())).await
        })
    }

    fn lately(&self) -> Lately {
        self.writing.lately()
    }

    fn sound(&self) -> Doing<'_, ()> {
        Box::pin(async {
            if self.closed.load(Ordering::SeqCst) { Err(Error::Unreachable("de verbinding is al gesloten".into())) } else { Ok(()) }
        })
    }

    fn scrub(&self) -> Doing<'_, bool> {
        Box::pin(async {
            // The erasure itself is committed: that this waits for the database's own round is told, and is no failure of it.
            if let Err(error) = self.vacuum().await {
                tracing::warn!(fout = %error, "wat gewist is, is nog niet opgeruimd; dat doet de database zelf later");
            }
            Ok(true)
        })
    }

    fn scrubbed(&self) -> Scrubbed {
        Scrubbed::Theirs
    }

    fn bytes(&self) -> Doing<'_, u64> {
        Box::pin(async {
            let sql = "SELECT pg_database_size(current_database())";
            let size: i64 = self.read.ask(async |connection| sqlx::query_scalar(sql).fetch_one(connection).await).await?;
            Ok(u64::try_from(size).unwrap_or_default())
        })
    }

    fn starved(&self, long: Duration) -> Doing<'_, bool> {
        Box::pin(async move {
            if ![&self.read, &self.write, &self.keeper].into_iter().any(|tap| tap.dry(long)) {
                return Ok(false);
            }
            // A database that is away comes back, and so do its connections.
            let Ok(connection) = answered(self.options.connect()).await else { return Ok(false) };
            let _ = connection.close().await;
            Ok(true)
        })
    }

    fn close(&self) -> Doing<'_, ()> {
        Box::pin(async {
            self.closed.store(true, Ordering::SeqCst);
            self.bell.silence();
            self.read.close().await;
            self.keeper.close().await;
            self.write.close().await;
            Ok(())
        })
    }
}
