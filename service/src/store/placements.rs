//! Published placements: what uses up seats and coach hours until it ends.

use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use super::{Error, Result, Store, Tx};
use crate::desk::room::Period;

/// A published placement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// Of which wave.
    pub wave: String,
    /// Who.
    pub candidate: String,
    /// Where.
    pub school: String,
    /// On which seats.
    pub seat: String,
    /// Their bouw.
    pub bouw: String,
    /// With whom.
    pub coach: String,
    /// Coaching hours.
    pub hours: i64,
    /// When.
    pub period: Period,
    /// Why it ended before its time.
    pub ended: Option<String>,
}

pub(super) const PLACED: &str = "lichting, kandidaat, school, plek, bouw, coach, uren, van, tot, einde_reden";

pub(super) fn placed(row: &SqliteRow) -> Result<Placed> {
    Ok(Placed {
        wave: row.get(0),
        candidate: row.get(1),
        school: row.get(2),
        seat: row.get(3),
        bouw: row.get(4),
        coach: row.get(5),
        hours: row.get(6),
        period: period(Some(row.get(7)), Some(row.get(8)))?,
        ended: row.get(9),
    })
}

/// A stored period.
pub(super) fn period(from: Option<&str>, until: Option<&str>) -> Result<Period> {
    Period::read(from, until).ok_or_else(|| Error::Corrupt("een datum".into()))
}

impl Store {
    /// Every published placement that has not ended by `from` (yyyy-mm-dd), also of waves that begin later.
    pub async fn placements_from(&self, from: &str) -> Result<Vec<Placed>> {
        let sql = sqlx::AssertSqlSafe(format!("SELECT {PLACED} FROM plaatsingen WHERE tot >= ? ORDER BY lichting, kandidaat, van"));
        sqlx::query(sql).bind(from).fetch_all(self.reader()).await?.iter().map(placed).collect()
    }

    /// The same within a change.
    pub(super) async fn placements_from_in(&self, tx: &mut Tx, from: &str) -> Result<Vec<Placed>> {
        let sql = sqlx::AssertSqlSafe(format!("SELECT {PLACED} FROM plaatsingen WHERE tot >= ? ORDER BY lichting, kandidaat, van"));
        sqlx::query(sql).bind(from).fetch_all(&mut **tx).await?.iter().map(placed).collect()
    }

    /// The published placements of a wave: a page of them and how many there are.
    pub async fn placements(&self, wave: &str, skip: i64, most: i64) -> Result<(Vec<Placed>, i64)> {
        let sql =
            sqlx::AssertSqlSafe(format!("SELECT {PLACED} FROM plaatsingen WHERE lichting = ? ORDER BY kandidaat, van LIMIT ? OFFSET ?"));
        let rows = sqlx::query(sql).bind(wave).bind(most).bind(skip).fetch_all(self.reader()).await?;
        let all = sqlx::query_scalar("SELECT COUNT(*) FROM plaatsingen WHERE lichting = ?").bind(wave).fetch_one(self.reader()).await?;
        Ok((rows.iter().map(placed).collect::<Result<_>>()?, all))
    }
}
