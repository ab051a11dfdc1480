//! A pool of connections that notices when it gives none any more while the database answers others: a peer that went silent without a
//! word can keep every connection of a pool. And how long the database may say nothing to a statement.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use sqlx::Postgres;
use sqlx::pool::PoolConnection;
use sqlx::postgres::{PgConnection, PgPool};

use super::trouble::{at_begin, in_change, trouble};
use crate::store::error::{Error, Result};

/// How long a statement may take, the wait for the lock of changes included.
const SILENCE: Duration = Duration::from_secs(30);

/// What comes of it, if anything is heard in time.
pub(super) async fn answered<T>(asked: impl Future<Output = sqlx::Result<T>>) -> Result<T> {
    match tokio::time::timeout(SILENCE, asked).await {
        Ok(done) => done.map_err(trouble),
        Err(_) => Err(Error::Unreachable("er komt geen antwoord".into())),
    }
}

/// A pool, and since when it gives nothing.
#[derive(Clone, Debug)]
pub(super) struct Tap {
    pool: PgPool,
    dry: Arc<Mutex<Option<Instant>>>,
}

impl Tap {
    pub(super) fn new(pool: PgPool) -> Self {
        Self { pool, dry: Arc::default() }
    }

    /// Notes whether there was a connection to be had. A database that refuses one, or says nothing, is another matter.
    fn seen<T>(&self, given: sqlx::Result<T>) -> Result<T> {
        let mut dry = self.dry.lock().unwrap_or_else(PoisonError::into_inner);
        match &given {
            Err(sqlx::Error::PoolTimedOut) => {
                dry.get_or_insert_with(Instant::now);
            }
            Err(sqlx::Error::Io(_) | sqlx::Error::Tls(_)) => {}
            Ok(_) | Err(_) => *dry = None,
        }
        given.map_err(trouble)
    }

    /// A connection, as soon as one is free.
    pub(super) async fn connection(&self) -> Result<PoolConnection<Postgres>> {
        self.seen(self.pool.acquire().await)
    }

    /// A transaction that begins with these statements, to read or to write.
    pub(super) async fn begin(&self, with: &'static str, writes: bool) -> Result<Begun> {
        let mut begun = Begun { connection: Some(self.connection().await?), known: true, meant: if writes { in_change } else { trouble } };
        let begins = async |connection: &mut PgConnection| sqlx::raw_sql(with).execute(connection).await.map(|_| ());
        begun.asked(begins, if writes { at_begin } else { trouble }).await?;
        Ok(begun)
    }

    /// Asks something on a connection of its own. One that said nothing, or whose answer nobody waits for any more, is not given back: the
    /// pool would wait for that answer without end, and the connection keep its place.
    pub(super) async fn ask<T>(&self, asks: impl AsyncFnOnce(&mut PgConnection) -> sqlx::Result<T>) -> Result<T> {
        let mut lent = Lent(Some(self.connection().await?));
        let connection = lent.0.as_mut().ok_or_else(|| Error::Other("er is geen verbinding".into()))?;
        let done = answered(asks(connection)).await;
        if !matches!(done, Err(Error::Unreachable(_))) {
            drop(lent.0.take());
        }
        done
    }

    /// Whether it gave nothing for so long to whoever asked.
    pub(super) fn dry(&self, long: Duration) -> bool {
        self.dry.lock().unwrap_or_else(PoisonError::into_inner).is_some_and(|since| since.elapsed() >= long)
    }

    pub(super) async fn close(&self) {
        self.pool.close().await;
    }
}

/// A connection that is closed unless it is taken back.
struct Lent(Option<PoolConnection<Postgres>>);

impl Drop for Lent {
    fn drop(&mut self) {
        if let Some(connection) = self.0.take() {
            drop(connection.detach());
        }
    }
}

/// A connection with a transaction that was begun on it. Dropped, nothing of it happened.
///
/// The driver's own transactions are not used: where one could not begin to its end (no turn in time, nobody who waits any more), the
/// connection goes back to the pool in the middle of it, and whoever has it next is refused.
pub(super) struct Begun {
    connection: Option<PoolConnection<Postgres>>,
    /// Whether it is known where the transaction is: every statement was answered.
    known: bool,
    /// What an error of the driver means in it.
    meant: fn(sqlx::Error) -> Error,
}

impl Begun {
    /// Asks something within it.
    pub(super) async fn asks<T>(&mut self, asks: impl AsyncFnOnce(&mut PgConnection) -> sqlx::Result<T>) -> Result<T> {
        self.asked(asks, self.meant).await
    }

    async fn asked<T>(
        &mut self,
        asks: impl AsyncFnOnce(&mut PgConnection) -> sqlx::Result<T>,
        meant: fn(sqlx::Error) -> Error,
    ) -> Result<T> {
        let connection = self.connection.as_mut().ok_or_else(|| Error::Other("deze wijziging is al voorbij".into()))?;
        self.known = false;
        let Ok(done) = tokio::time::timeout(SILENCE, asks(connection)).await else {
            return Err(Error::Unreachable("er komt geen antwoord".into()));
        };
        self.known = matches!(done, Ok(_) | Err(sqlx::Error::Database(_) | sqlx::Error::ColumnDecode { .. }));
        done.map_err(meant)
    }

    /// Makes it so.
    pub(super) async fn commit(mut self) -> Result<()> {
        self.asks(async |connection| sqlx::raw_sql("COMMIT").execute(connection).await.map(|_| ())).await?;
        // Given back as it was.
        drop(self.connection.take());
        Ok(())
    }
}

impl Drop for Begun {
    fn drop(&mut self) {
        let Some(mut connection) = self.connection.take() else { return };
        let runtime = tokio::runtime::Handle::try_current().ok().filter(|_| self.known);
        let Some(runtime) = runtime else {
            // The database undoes what was begun on a connection that goes.
            drop(connection.detach());
            return;
        };
        runtime.spawn(async move {
            let undone = tokio::time::timeout(SILENCE, sqlx::raw_sql("ROLLBACK").execute(&mut *connection)).await;
            if !matches!(undone, Ok(Ok(_))) {
                drop(connection.detach());
            }
        });
    }
}
