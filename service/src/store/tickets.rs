//! apalis' tickets and workers that are of no use any more: nothing of ours depends on them, and apalis keeps them for ever.

use super::{Result, Store};

impl Store {
    /// Throws away tickets that were taken and workers that were not seen for an hour. How many tickets there were.
    ///
    /// A ticket that was taken has done its work: our row says what became of the job, and a job that is put back gets a new one. Left
    /// there, apalis would hand out every ticket of a worker that went down again, each costing a change.
    pub async fn sweep_tickets(&self) -> Result<u64> {
        const TAKEN: &str = "status IN ('Running', 'Done', 'Killed')";
        let some = sqlx::AssertSqlSafe(format!("SELECT 1 FROM Jobs WHERE {TAKEN} LIMIT 1"));
        let some: Option<i64> = sqlx::query_scalar(some).fetch_optional(self.reader()).await?;
        if some.is_none() {
            return Ok(0);
        }
        let mut tx = self.begin().await?;
        let swept = sqlx::query(sqlx::AssertSqlSafe(format!("DELETE FROM Jobs WHERE {TAKEN}"))).execute(&mut *tx).await?;
        sqlx::query(
            "DELETE FROM Workers WHERE last_seen < strftime('%s', 'now') - 3600 \
             AND NOT EXISTS (SELECT 1 FROM Jobs WHERE Jobs.lock_by = Workers.id)",
        )
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(swept.rows_affected())
    }
}
