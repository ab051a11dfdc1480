//! What happens to jobs, one numbered line after another; and what came of them.

use serde_json::Value;
use sqlx::Row;

use super::jobs::{Part, State};
use super::{Result, Store, Tx};

/// One thing that happened to a job.
#[derive(Clone, Debug, PartialEq)]
pub struct Happening {
    /// From 1, without gaps per job.
    pub number: i64,
    /// `toestand`, `voortgang`, `plan`, `deel`.
    pub kind: String,
    /// The details.
    pub data: Value,
}

impl Store {
    /// What happened to a job after happening `after`.
    pub async fn happenings(&self, id: &str, after: i64, most: i64) -> Result<Vec<Happening>> {
        let rows =
            sqlx::query("SELECT nummer, soort, gegevens FROM taak_gebeurtenissen WHERE taak = ? AND nummer > ? ORDER BY nummer LIMIT ?")
                .bind(id)
                .bind(after)
                .bind(most)
                .fetch_all(self.reader())
                .await?;
        rows.iter().map(|row| Ok(Happening { number: row.get(0), kind: row.get(1), data: serde_json::from_str(row.get(2))? })).collect()
    }

    /// Where a job is, and the number of its last happening.
    pub async fn job_state(&self, id: &str) -> Result<Option<(State, i64)>> {
        let row = sqlx::query(
            "SELECT toestand, (SELECT COALESCE(MAX(nummer), 0) FROM taak_gebeurtenissen WHERE taak = taken.id) FROM taken WHERE id = ?",
        )
        .bind(id)
        .fetch_optional(self.reader())
        .await?;
        Ok(row.map(|row| (State::read(row.get(0)), row.get(1))))
    }

    /// The bytes of a part: a wave file, or the result of a task.
    pub async fn part(&self, part: &Part) -> Result<Option<Vec<u8>>> {
        match part.source.as_str() {
            "invoer" => self.input(&part.of).await,
            _ => self.result(&part.of).await,
        }
    }

    /// The result of a task: an outcome or an answer.
    pub async fn result(&self, id: &str) -> Result<Option<Vec<u8>>> {
        let text: Option<Option<String>> =
            sqlx::query_scalar("SELECT resultaat FROM taken WHERE id = ?").bind(id).fetch_optional(self.reader()).await?;
        Ok(text.flatten().map(String::into_bytes))
    }

    /// Tells what happened to a job, in the caller's change.
    pub(super) async fn tell(&self, tx: &mut Tx, id: &str, kind: &str, data: &Value) -> Result<()> {
        sqlx::query(
            "INSERT INTO taak_gebeurtenissen (taak, nummer, soort, gegevens, op) \
             SELECT ?1, COALESCE(MAX(nummer), 0) + 1, ?2, ?3, ?4 FROM taak_gebeurtenissen WHERE taak = ?1",
        )
        .bind(id)
        .bind(kind)
        .bind(data.to_string())
        .bind(self.clock().now())
        .execute(&mut **tx)
        .await?;
        Ok(())
    }
}
