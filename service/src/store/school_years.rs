//! When school years begin, of those that do not begin on 1 August.

use super::engine::values;
use super::{Change, Error, Result, Session};
use crate::desk::hours::Calendar;

impl Session {
    /// When school years begin.
    pub async fn calendar(&mut self) -> Result<Calendar> {
        let mut begins = Vec::new();
        for row in self.rows("SELECT jaar, van FROM schooljaren ORDER BY jaar", values![]).await? {
            let day = row.text("van")?.parse().map_err(|_| Error::Corrupt("de eerste dag van een schooljaar".into()))?;
            begins.push((row.int("jaar")?, day));
        }
        Ok(Calendar::of(begins))
    }

    /// The version of all school years together: grows with every change.
    pub async fn calendar_version(&mut self) -> Result<i64> {
        self.one("SELECT CAST(COALESCE(SUM(versie), 0) + 1 AS BIGINT) AS versie FROM schooljaren", values![]).await?.int("versie")
    }

    /// How many published placements there are on some day of a period.
    pub async fn placements_between(&mut self, from: &str, until: &str) -> Result<i64> {
        let sql = "SELECT COUNT(*) AS aantal FROM plaatsingen WHERE van <= $2 AND tot >= $1";
        self.one(sql, values![from, until]).await?.int("aantal")
    }
}

impl Change {
    /// A school year begins on this day.
    pub async fn begin_school_year(&mut self, year: i64, from: &str) -> Result<()> {
        let sql = "INSERT INTO schooljaren (jaar, van, versie) VALUES ($1, $2, 1) \
                   ON CONFLICT (jaar) DO UPDATE SET van = excluded.van, versie = schooljaren.versie + 1";
        self.run(sql, values![year, from]).await.map(|_| ())
    }
}
