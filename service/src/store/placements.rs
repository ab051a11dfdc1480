//! Published placements: what uses up seats and coach hours until it ends.

use jiff::civil::Date;
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
    /// The first day of this candidate on these seats: with another coach the seat is not taken anew.
    pub since: Date,
    /// The period of its wave, over which the hours are spread.
    pub whole: Period,
    /// Why it ended before its time.
    pub ended: Option<String>,
}

impl Placed {
    /// When it holds its seat, so many months from the first day there (0: all the time); `None` when it no longer does.
    pub fn hold(&self, months: u32) -> Option<Period> {
        let first = Period { from: self.since, until: self.period.until }.held(months);
        let hold = Period { from: self.period.from, until: first.until };
        (hold.from <= hold.until).then_some(hold)
    }
}

pub(super) const PLACED: &str = "SELECT p.lichting, p.kandidaat, p.school, p.plek, p.bouw, p.coach, p.uren, p.van, p.tot, p.einde_reden, \
    (SELECT MIN(q.van) FROM plaatsingen q WHERE q.lichting = p.lichting AND q.kandidaat = p.kandidaat AND q.school = p.school \
    AND q.plek = p.plek), l.van, l.tot FROM plaatsingen p JOIN lichtingen l ON l.id = p.lichting";

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
        since: period(Some(row.get(10)), None)?.from,
        whole: period(Some(row.get(11)), Some(row.get(12)))?,
    })
}

/// A stored period.
pub(super) fn period(from: Option<&str>, until: Option<&str>) -> Result<Period> {
    Period::read(from, until).ok_or_else(|| Error::Corrupt("een datum".into()))
}

impl Store {
    /// Every published placement that has not ended by `from` (yyyy-mm-dd), also of waves that begin later.
    pub async fn placements_from(&self, from: &str) -> Result<Vec<Placed>> {
        let sql = sqlx::AssertSqlSafe(format!("{PLACED} WHERE p.tot >= ? ORDER BY p.lichting, p.kandidaat, p.van"));
        sqlx::query(sql).bind(from).fetch_all(self.reader()).await?.iter().map(placed).collect()
    }

    /// The same within a change.
    pub(super) async fn placements_from_in(&self, tx: &mut Tx, from: &str) -> Result<Vec<Placed>> {
        let sql = sqlx::AssertSqlSafe(format!("{PLACED} WHERE p.tot >= ? ORDER BY p.lichting, p.kandidaat, p.van"));
        sqlx::query(sql).bind(from).fetch_all(&mut **tx).await?.iter().map(placed).collect()
    }

    /// The published placements of a wave: a page of them and how many there are.
    pub async fn placements(&self, wave: &str, skip: i64, most: i64) -> Result<(Vec<Placed>, i64)> {
        let sql = sqlx::AssertSqlSafe(format!("{PLACED} WHERE p.lichting = ? ORDER BY p.kandidaat, p.van LIMIT ? OFFSET ?"));
        let rows = sqlx::query(sql).bind(wave).bind(most).bind(skip).fetch_all(self.reader()).await?;
        let all = sqlx::query_scalar("SELECT COUNT(*) FROM plaatsingen WHERE lichting = ?").bind(wave).fetch_one(self.reader()).await?;
        Ok((rows.iter().map(placed).collect::<Result<_>>()?, all))
    }
}
