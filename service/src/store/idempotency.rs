//! Answers that were given, by idempotency key: a request that is repeated gets the same answer and has no second effect.

use sqlx::Row;

use super::{Result, Store};

/// How long an answer is kept, milliseconds.
const KEPT: i64 = 24 * 3_600 * 1_000;

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
    /// Nothing: the request is now noted as at work.
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

    /// Forgets a request that came to nothing, so that it can be tried again.
    pub async fn forget_request(&self, key: &str) -> Result<()> {
        sqlx::query("DELETE FROM idempotentie WHERE sleutel = ? AND status IS NULL").bind(key).execute(self.writer()).await?;
        Ok(())
    }

    /// Forgets requests whose handler went down with the service: they may be sent again. Ids that follow from the key see to it that what
    /// was made already is not made twice.
    pub async fn forget_unfinished_requests(&self) -> Result<()> {
        sqlx::query("DELETE FROM idempotentie WHERE status IS NULL").execute(self.writer()).await?;
        Ok(())
    }

    /// Throws away answers that were kept long enough.
    pub async fn forget_old_requests(&self) -> Result<u64> {
        let done = sqlx::query("DELETE FROM idempotentie WHERE op <= ?").bind(self.clock().now() - KEPT).execute(self.writer()).await?;
        Ok(done.rows_affected())
    }
}
