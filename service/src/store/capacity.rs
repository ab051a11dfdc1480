//! Rows of seats. Every question takes a scope.

use serde::Deserialize;
use serde_json::Value as Json;

use super::engine::{Dialect, Row, values};
use super::log::Wanted;
use super::{Change, Error, Result, Session};
use crate::access::Scope;
use crate::desk::room::Period;
use crate::records::deed::What;
use crate::records::seats::{Confirmed, Proposed, Seats};

const SEATS: &str =
    "p.school, p.id, p.van, p.tot, p.bouw, p.aantal, p.gegevens, p.open, p.reden, p.bevestigd_op, p.bevestigd_door, p.versie";

/// Seats of schools within the scope that stands at `$1`.
fn of(words: &dyn Dialect) -> String {
    format!("FROM plekken p JOIN scholen s ON s.id = p.school WHERE ($1 IS NULL OR {})", words.one_of("s.bestuur", "$1"))
}

fn seats(row: &Row) -> Result<Seats> {
    Ok(Seats {
        school: row.string("school")?,
        id: row.string("id")?,
        from: row.string("van")?,
        until: row.maybe_string("tot")?,
        bouw: row.string("bouw")?,
        count: row.int("aantal")?,
        data: row.json("gegevens")?,
        open: row.flag("open")?,
        reason: row.maybe_string("reden")?,
        confirmed: row.maybe_int("bevestigd_op")?,
        confirmed_by: row.maybe_string("bevestigd_door")?,
        version: row.int("versie")?,
    })
}

/// What the log says of a confirmation.
#[derive(Deserialize)]
struct SaidSo {
    #[serde(rename = "plekken")]
    rows: u64,
    #[serde(rename = "versie")]
    version: i64,
}

impl Session {
    /// Seats that are offered on a day or later, by school: a page of them and how many rows there are.
    pub async fn seats_page(&mut self, scope: &Scope, on: &str, skip: i64, most: i64) -> Result<(Vec<Seats>, i64)> {
        let of = of(self.dialect());
        const FROM: &str = "AND (p.tot IS NULL OR p.tot >= $2)";
        let sql = format!("SELECT {SEATS} {of} {FROM} ORDER BY p.school, p.id, p.van LIMIT $3 OFFSET $4");
        let rows = self.rows(sql, values![scope.among(), on, most, skip]).await?;
        let all = self.one(format!("SELECT COUNT(*) AS aantal {of} {FROM}"), values![scope.among(), on]).await?.int("aantal")?;
        Ok((rows.iter().map(seats).collect::<Result<_>>()?, all))
    }

    /// All seats that are offered on a day or later.
    pub async fn seats_from(&mut self, scope: &Scope, on: &str) -> Result<Vec<Seats>> {
        let of = of(self.dialect());
        let sql = format!("SELECT {SEATS} {of} AND (p.tot IS NULL OR p.tot >= $2) ORDER BY p.school, p.id, p.van");
        self.rows(sql, values![scope.among(), on]).await?.iter().map(seats).collect()
    }

    /// The periods of one seat group, the first one first.
    pub async fn seat_group(&mut self, scope: &Scope, school: &str, seat: &str) -> Result<Vec<Seats>> {
        let of = of(self.dialect());
        let sql = format!("SELECT {SEATS} {of} AND p.school = $2 AND p.id = $3 ORDER BY p.van");
        self.rows(sql, values![scope.among(), school, seat]).await?.iter().map(seats).collect()
    }

    /// The periods of every seat group of a school.
    pub async fn school_seats(&mut self, scope: &Scope, school: &str) -> Result<Vec<Seats>> {
        let of = of(self.dialect());
        let sql = format!("SELECT {SEATS} {of} AND p.school = $2 ORDER BY p.id, p.van");
        self.rows(sql, values![scope.among(), school]).await?.iter().map(seats).collect()
    }

    /// How many seat groups are offered on a day or later, each period for itself.
    pub async fn seats_count(&mut self, scope: &Scope, on: &str) -> Result<i64> {
        let of = of(self.dialect());
        let sql = format!("SELECT COUNT(*) AS aantal {of} AND (p.tot IS NULL OR p.tot >= $2)");
        self.one(sql, values![scope.among(), on]).await?.int("aantal")
    }

    /// A number that grows with every change of the seats within the scope, and does not get less when some are removed.
    pub async fn seats_version(&mut self, scope: &Scope) -> Result<i64> {
        let of = of(self.dialect());
        let sql = format!("SELECT CAST(COALESCE(SUM(p.versie), 0) AS BIGINT) AS versie {of}");
        let there = self.one(sql, values![scope.among()]).await?.int("versie")?;
        Ok(there + self.seats_gone(scope).await?)
    }

    /// The versions that went with seats that were removed.
    pub async fn seats_gone(&mut self, scope: &Scope) -> Result<i64> {
        let within = self.dialect().one_of("b.id", "$1");
        let sql = format!("SELECT CAST(COALESCE(SUM(b.plekken_weg), 0) AS BIGINT) AS weg FROM besturen b WHERE ($1 IS NULL OR {within})");
        self.one(sql, values![scope.among()]).await?.int("weg")
    }

    /// What a board last confirmed, by the log, with the version of its seats after that.
    pub async fn last_confirmed(&mut self, board: &str) -> Result<Option<Confirmed>> {
        let wanted = Wanted { what: Some(What::SeatsConfirmed), subject: Some(board.to_owned()), ..Wanted::default() };
        let (lines, _) = self.log_page(&wanted, 0, 1).await?;
        let Some((at, content)) = lines.first().and_then(|it| Some((it.at, it.content.as_ref()?))) else { return Ok(None) };
        let SaidSo { rows, version } = serde_json::from_str(content)?;
        // Each row got a version more.
        Ok(Some(Confirmed { rows, at, version: version + i64::try_from(rows).unwrap_or(i64::MAX) }))
    }

    /// Whether another period of the same seat group has some of these days.
    pub async fn seats_meet(&mut self, new: &Seats) -> Result<bool> {
        let sql = "SELECT 1 AS een FROM plekken WHERE school = $1 AND id = $2 AND van <= $4 AND (tot IS NULL OR tot >= $3) LIMIT 1";
        let until = new.until.as_deref().unwrap_or("9999-12-31");
        Ok(self.row(sql, values![&new.school, &new.id, &new.from, until]).await?.is_some())
    }

    /// What plans under review propose on the seats within the scope.
    pub async fn proposed(&mut self, scope: &Scope) -> Result<Vec<Proposed>> {
        let words = self.dialect();
        let (list, school, seat) =
            (words.json_rows("t.resultaat", "plaatsingen"), words.json_text("v.value", "school"), words.json_text("v.value", "plek"));
        let within = words.one_of("s.bestuur", "$1");
        let sql = format!(
            "SELECT l.id, l.van, l.tot, {school} AS school, {seat} AS plek, COUNT(*) AS aantal \
             FROM lichtingen l JOIN taken t ON t.id = l.geldend JOIN {list} v ON TRUE JOIN scholen s ON s.id = {school} \
             WHERE l.toestand IN ('berekend', 'in-beoordeling') AND ($1 IS NULL OR {within}) \
             GROUP BY l.id, l.van, l.tot, {school}, {seat}"
        );
        let rows = self.rows(sql, values![scope.among()]).await?;
        let one = |row: &Row| {
            let period = Period::read(Some(row.text("van")?), Some(row.text("tot")?));
            Ok(Proposed {
                wave: row.string("id")?,
                period: period.ok_or_else(|| Error::Corrupt("lichtingen.van of lichtingen.tot".into()))?,
                school: row.string("school")?,
                seat: row.string("plek")?,
                count: row.int("aantal")?,
            })
        };
        rows.iter().map(one).collect()
    }
}

impl Change {
    /// The periods of a seat group that have some of these days, the first one first.
    pub async fn seats_meeting(&mut self, new: &Seats) -> Result<Vec<Seats>> {
        let sql = format!(
            "SELECT {SEATS} FROM plekken p WHERE p.school = $1 AND p.id = $2 AND p.van <= $4 AND (p.tot IS NULL OR p.tot >= $3) ORDER BY p.van"
        );
        let until = new.until.as_deref().unwrap_or("9999-12-31");
        self.rows(sql, values![&new.school, &new.id, &new.from, until]).await?.iter().map(seats).collect()
    }

    /// Keeps seats: in the place of those of the same group with the same first day, or new.
    pub async fn put_seats(&mut self, new: &Seats) -> Result<()> {
        let sql = "INSERT INTO plekken (school, id, van, tot, bouw, aantal, gegevens, open, reden, bevestigd_op, versie, bevestigd_door) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT (school, id, van) DO UPDATE SET tot = excluded.tot, \
                   bouw = excluded.bouw, aantal = excluded.aantal, gegevens = excluded.gegevens, open = excluded.open, \
                   reden = excluded.reden, bevestigd_op = excluded.bevestigd_op, versie = excluded.versie, bevestigd_door = excluded.bevestigd_door";
        let values = values![
            &new.school,
            &new.id,
            &new.from,
            new.until.as_ref(),
            &new.bouw,
            new.count,
            Json::Object(new.data.clone()).to_string(),
            new.open,
            new.reason.as_ref(),
            new.confirmed,
            new.version,
            new.confirmed_by.as_ref(),
        ];
        self.run(sql, values).await.map(|_| ())
    }

    /// Takes seats away.
    pub async fn drop_seats(&mut self, gone: &Seats) -> Result<()> {
        let sql = "DELETE FROM plekken WHERE school = $1 AND id = $2 AND van = $3";
        self.run(sql, values![&gone.school, &gone.id, &gone.from]).await.map(|_| ())
    }

    /// Counts the version of seats of a board that were removed, and one more for their removal.
    pub async fn count_gone_seats(&mut self, board: &str, gone: &Seats) -> Result<()> {
        let sql = "UPDATE besturen SET plekken_weg = plekken_weg + $2 WHERE id = $1";
        self.run(sql, values![board, gone.version + 1]).await.map(|_| ())
    }

    /// Notes that a board's seats from a day on were confirmed; how many rows there are.
    pub async fn confirm_seats(&mut self, board: &str, role: &str, on: &str) -> Result<u64> {
        let at = self.clock().now();
        let sql = "UPDATE plekken SET bevestigd_op = $1, bevestigd_door = $4, versie = versie + 1 \
                   WHERE school IN (SELECT id FROM scholen WHERE bestuur = $2) AND (tot IS NULL OR tot >= $3)";
        self.run(sql, values![at, board, on, role]).await
    }
}
