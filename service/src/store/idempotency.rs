//! Answers that were given, by idempotency key: a request that is repeated gets the same answer and has no second effect.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::engine::values;
use super::{Change, Result, Session};

/// How long an answer is kept, milliseconds.
const KEPT: i64 = 24 * 3_600 * 1_000;
/// The status of a request whose deed was done and whose answer was lost.
pub(super) const UNTOLD: i64 = 0;

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
    /// No answer: the request is now noted as at work. What it had done already is its [`Session::deed`].
    New,
    /// The same request was answered.
    Given(Given),
    /// The same request is at work since then (UTC milliseconds).
    AtWork(i64),
    /// The key was used for another request.
    Other,
}

impl Session {
    /// What the deed done under a key left for its answer; `None` when none was done, or there is no key.
    pub async fn deed<T: DeserializeOwned>(&mut self, key: Option<&str>) -> Result<Option<T>> {
        let Some(key) = key else { return Ok(None) };
        let row = self.row("SELECT gevolg FROM idempotentie WHERE sleutel = $1", values![key]).await?;
        row.map_or(Ok(None), |row| row.maybe_json("gevolg"))
    }
}

impl Change {
    /// Notes that a request is at work, or tells what is known of its key.
    pub async fn note_request(&mut self, key: &str, print: &str) -> Result<Known> {
        let now = self.clock().now();
        let sql = "SELECT vingerafdruk, status, koppen, lichaam, op FROM idempotentie WHERE sleutel = $1 AND op > $2";
        let Some(row) = self.row(sql, values![key, now - KEPT]).await? else {
            // What is there under this key is too old to count.
            self.run("DELETE FROM idempotentie WHERE sleutel = $1", values![key]).await?;
            self.run("INSERT INTO idempotentie (sleutel, vingerafdruk, op) VALUES ($1, $2, $3)", values![key, print, now]).await?;
            return Ok(Known::New);
        };
        if row.text("vingerafdruk")? != print {
            return Ok(Known::Other);
        }
        match row.maybe_int("status")? {
            None => Ok(Known::AtWork(row.int("op")?)),
            Some(UNTOLD) => {
                self.run("UPDATE idempotentie SET status = NULL, op = $1 WHERE sleutel = $2", values![now, key]).await?;
                Ok(Known::New)
            }
            Some(status) => Ok(Known::Given(Given {
                status: u16::try_from(status).unwrap_or(500),
                headers: row.maybe_json("koppen")?.unwrap_or_default(),
                body: row.maybe_bytes("lichaam")?.unwrap_or_default().to_vec(),
            })),
        }
    }

    /// Takes over a request whose first handler is gone; `false` when somebody else did, or it was answered after all.
    pub async fn retake_request(&mut self, key: &str, since: i64) -> Result<bool> {
        let now = self.clock().now();
        let sql = "UPDATE idempotentie SET op = $1 WHERE sleutel = $2 AND status IS NULL AND op = $3";
        Ok(self.run(sql, values![now, key, since]).await? > 0)
    }

    /// Keeps the answer to a request.
    pub async fn note_answer(&mut self, key: &str, given: &Given) -> Result<()> {
        let sql = "UPDATE idempotentie SET status = $1, koppen = $2, lichaam = $3 WHERE sleutel = $4";
        let headers = serde_json::to_string(&given.headers)?;
        self.run(sql, values![i64::from(given.status), headers, given.body.as_slice(), key]).await.map(|_| ())
    }

    /// Notes, with the deed itself, what its answer needs; nothing without a key.
    pub async fn note_deed<T: Serialize>(&mut self, key: Option<&str>, needed: &T) -> Result<()> {
        let Some(key) = key else { return Ok(()) };
        let needed = serde_json::to_string(needed)?;
        self.run("UPDATE idempotentie SET gevolg = $1 WHERE sleutel = $2", values![needed, key]).await.map(|_| ())
    }

    /// Forgets requests that came to nothing, of one key or of all: those may be tried again. One whose deed was done stays, without an
    /// answer.
    pub async fn forget_unfinished_requests(&mut self, key: Option<&str>) -> Result<()> {
        let sql = "DELETE FROM idempotentie WHERE ($1 IS NULL OR sleutel = $1) AND status IS NULL AND gevolg IS NULL";
        self.run(sql, values![key]).await?;
        let sql = "UPDATE idempotentie SET status = $2 WHERE ($1 IS NULL OR sleutel = $1) AND status IS NULL";
        self.run(sql, values![key, UNTOLD]).await.map(|_| ())
    }

    /// Forgets answers that were kept long enough. How many there were.
    pub async fn forget_old_requests(&mut self) -> Result<u64> {
        let before = self.clock().now() - KEPT;
        self.run("DELETE FROM idempotentie WHERE op <= $1", values![before]).await
    }
}
