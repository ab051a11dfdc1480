//! apalis' tickets, which ring for workers: nothing of ours depends on them, and apalis keeps them and its workers for ever.

use sqlx::sqlite::{SqliteConnection, SqlitePool};

use super::statements::Failed;
use crate::store::error::{Error, Result};

/// A ticket: tells apalis that a lane may have work. It is due at any time: one of a clock that was ahead would wait for that time.
pub(super) async fn push(connection: &mut SqliteConnection, lane: &str) -> Result<(), Failed> {
    let task = apalis::prelude::TaskBuilder::new(b"null".to_vec()).run_at_timestamp(0).build();
    match apalis_sqlite::queries::push_tasks(connection, lane, &[task]).await {
        Ok(()) => Ok(()),
        Err(apalis_sqlite::Error::Database(error)) => Err(error.into()),
        Err(error) => Err(Error::Other(error.to_string()).into()),
    }
}

/// Lanes with a ticket that nobody took and that apalis gives out now.
pub(super) async fn rung(read: &SqlitePool) -> Result<Vec<String>> {
    let sql = "SELECT DISTINCT job_type FROM Jobs WHERE status = 'Pending' AND lock_by IS NULL \
               AND (run_at IS NULL OR run_at <= CAST(strftime('%s', 'now') AS INTEGER))";
    Ok(sqlx::query_scalar(sql).fetch_all(read).await?)
}

/// Throws away tickets that were taken and workers that were not seen for an hour. How many tickets there were.
///
/// A ticket that was taken has done its work: our row says what became of the job, and a job that is put back gets a new one. Left there,
/// apalis would hand out every ticket of a worker that went down again, each costing a change.
pub(super) async fn sweep(read: &SqlitePool, write: &SqlitePool) -> Result<u64> {
    let some: Option<i64> =
        sqlx::query_scalar("SELECT 1 FROM Jobs WHERE status IN ('Running', 'Done', 'Killed') LIMIT 1").fetch_optional(read).await?;
    if some.is_none() {
        return Ok(0);
    }
    let mut change = write.begin_with("BEGIN IMMEDIATE").await?;
    let swept = sqlx::query("DELETE FROM Jobs WHERE status IN ('Running', 'Done', 'Killed')").execute(&mut *change).await?;
    sqlx::query(
        "DELETE FROM Workers WHERE last_seen < strftime('%s', 'now') - 3600 \
         AND NOT EXISTS (SELECT 1 FROM Jobs WHERE Jobs.lock_by = Workers.id)",
    )
    .execute(&mut *change)
    .await?;
    change.commit().await?;
    Ok(swept.rows_affected())
}
