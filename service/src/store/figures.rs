//! Counts of what the store holds, for the service's figures.

use sqlx::Row;

use super::{Result, Store};
use crate::work::lane::Lane;

/// Work in a lane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LaneFigures {
    /// Its code.
    pub lane: &'static str,
    /// Jobs that wait.
    pub waiting: i64,
    /// Jobs that a worker has.
    pub at_work: i64,
    /// How long the oldest waiting job waits, milliseconds.
    pub oldest_ms: i64,
}

/// What the store holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figures {
    /// Per lane.
    pub lanes: Vec<LaneFigures>,
    /// Lines of the log.
    pub log_lines: i64,
    /// Bytes of the file with its WAL.
    pub bytes: u64,
}

impl Store {
    /// Counts what the store holds.
    pub async fn figures(&self) -> Result<Figures> {
        let rows = sqlx::query(
            "SELECT baan, SUM(toestand = 'wachtrij'), SUM(toestand = 'bezig'), MIN(CASE WHEN toestand = 'wachtrij' THEN aangemaakt_op END) \
             FROM taken WHERE toestand IN ('wachtrij', 'bezig') GROUP BY baan",
        )
        .fetch_all(self.reader())
        .await?;
        let now = self.clock().now();
        let lanes = Lane::ALL.into_iter().map(|lane| {
            let row = rows.iter().find(|row| row.get::<&str, _>(0) == lane.code());
            LaneFigures {
                lane: lane.code(),
                waiting: row.map_or(0, |row| row.get(1)),
                at_work: row.map_or(0, |row| row.get(2)),
                oldest_ms: row.and_then(|row| row.get::<Option<i64>, _>(3)).map_or(0, |at| (now - at).max(0)),
            }
        });
        let log_lines: Option<i64> = sqlx::query_scalar("SELECT MAX(nummer) FROM logboek").fetch_one(self.reader()).await?;
        let size = |suffix: &str| {
            let mut name = self.path().as_os_str().to_owned();
            name.push(suffix);
            std::fs::metadata(name).map_or(0, |data| data.len())
        };
        Ok(Figures { lanes: lanes.collect(), log_lines: log_lines.unwrap_or(0), bytes: size("") + size("-wal") })
    }
}
