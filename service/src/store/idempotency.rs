//! Answers that were given, by idempotency key: a request that is repeated gets the same answer and has no second effect.

use std::future::Future;

use serde_json::Value;
use sqlx::Row;

use super::{Result, Store, Tx};

/// How long an answer is kept, milliseconds.
const KEPT: i64 = 24 * 3_600 * 1_000;
/// The status of a request whose deed was done and whose answer was lost.
const UNTOLD: i64 = 0;

tokio::task_local! {
    /// The key under which this task works.
    static KEY: String;
}

/// An answer as it was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// HTTP status.
    pub status: u16,
    /// Headers worth repeating.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

/// What is known of a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Known {
    /// No answer: the request is now noted as at work. What it had done already is its [`Store::deed`].
    New,
    /// The same request was answered.
    Given(Given),
    /// The same request is at work since then (UTC milliseconds).
    AtWork(i64),
    /// The key was used for another request.
    Other,
}

impl Store {
    /// Notes that a request is at work, or tells what is known of its key.
    pub async fn note_request(&self, key: &str, print: &str) -> Result<Known> {
        let now = self.clock().now();
        let mut tx = self.begin().await?;
        let row = sqlx::query("SELECT vingerafdruk, status, koppen, lichaam, op FROM idempotentie WHERE sleutel = ? AND op > ?")
            .bind(key)
            .bind(now - KEPT)
            .fetch_optional(&mut *tx)
            .await?;
        let known = match row {
            None => {
                sqlx::query("INSERT OR REPLACE INTO idempotentie (sleutel, vingerafdruk, op) VALUES (?, ?, ?)")
                    .bind(key)
                    .bind(print)
                    .bind(now)
                    .execute(&mut *tx)
                    .await?;
                Known::New
            }
            Some(row) if row.get::<String, _>(0) != print => Known::Other,
            Some(row) => match row.get::<Option<i64>, _>(1) {
                None => Known::AtWork(row.get(4)),
                Some(UNTOLD) => {
                    sqlx::query("UPDATE idempotentie SET status = NULL, op = ? WHERE sleutel = ?")
                        .bind(now)
                        .bind(key)
                        .execute(&mut *tx)
                        .await?;
                    Known::New
                }
                Some(status) => Known::Given(Given {
                    status: u16::try_from(status).unwrap_or(500),
                    headers: serde_json::from_str(row.get::<Option<&str>, _>(2).unwrap_or("[]"))?,
                    body: row.get::<Option<Vec<u8>>, _>(3).unwrap_or_default(),
                }),
            },
        };
        tx.commit().await?;
        Ok(known)
    }

    /// Takes over a request whose first handler is gone.
    pub async fn retake_request(&self, key: &str, since: i64) -> Result<bool> {
        let taken = sqlx::query("UPDATE idempotentie SET op = ? WHERE sleutel = ? AND status IS NULL AND op = ?")
            .bind(self.clock().now())
            .bind(key)
            .bind(since)
            .execute(self.writer())
            .await?;
        Ok(taken.rows_affected() > 0)
    }

    /// Keeps the answer.
    pub async fn note_answer(&self, key: &str, given: &Given) -> Result<()> {
        sqlx::query("UPDATE idempotentie SET status = ?, koppen = ?, lichaam = ? WHERE sleutel = ?")
            .bind(i64::from(given.status))
            .bind(serde_json::to_string(&given.headers)?)
            .bind(&given.body)
            .bind(key)
            .execute(self.writer())
            .await?;
        Ok(())
    }

    /// Works under a key: deeds that cannot be done twice are noted with it.
    pub async fn under<W: Future>(&self, key: String, work: W) -> W::Output {
        KEY.scope(key, work).await
    }

    /// Notes, in the change that does it, that this task's request was done, and what its answer needs that cannot be read again later.
    pub(crate) async fn note_deed(&self, tx: &mut Tx, needed: &Value) -> Result<()> {
        let Ok(key) = KEY.try_with(Clone::clone) else { return Ok(()) };
        sqlx::query("UPDATE idempotentie SET gevolg = ? WHERE sleutel = ?").bind(needed.to_string()).bind(key).execute(&mut **tx).await?;
        Ok(())
    }

    /// What a request with this key had done before its answer was lost.
    pub async fn deed(&self, key: &str) -> Result<Option<Value>> {
        let needed: Option<Option<String>> =
            sqlx::query_scalar("SELECT gevolg FROM idempotentie WHERE sleutel = ?").bind(key).fetch_optional(self.reader()).await?;
        Ok(needed.flatten().map(|needed| serde_json::from_str(&needed)).transpose()?)
    }

    /// Forgets a request that came to nothing, so that it can be tried again; what it did is remembered.
    pub async fn forget_request(&self, key: &str) -> Result<()> {
        self.unfinished(Some(key)).await
    }

    /// Forgets requests whose handler went down with the service: they may be sent again. Ids that follow from the key see to it that what
    /// was made already is not made twice; what cannot be done twice is remembered.
    pub async fn forget_unfinished_requests(&self) -> Result<()> {
        self.unfinished(None).await
    }

    async fn unfinished(&self, key: Option<&str>) -> Result<()> {
        let mut tx = self.begin().await?;
        sqlx::query("DELETE FROM idempotentie WHERE (?1 IS NULL OR sleutel = ?1) AND status IS NULL AND gevolg IS NULL")
            .bind(key)
            .execute(&mut *tx)
            .await?;
        sqlx::query("UPDATE idempotentie SET status = ?2 WHERE (?1 IS NULL OR sleutel = ?1) AND status IS NULL")
            .bind(key)
            .bind(UNTOLD)
            .execute(&mut *tx)
            .await?;
        Ok(tx.commit().await?)
    }

    /// Throws away answers that were kept long enough.
    pub async fn forget_old_requests(&self) -> Result<u64> {
        let done = sqlx::query("DELETE FROM idempotentie WHERE op <= ?").bind(self.clock().now() - KEPT).execute(self.writer()).await?;
        Ok(done.rows_affected())
    }
}
