//! Rows of published placements.

use super::engine::{Row, values};
use super::{Change, Error, Result, Session};
use crate::desk::room::Period;
use crate::records::dossier::Who;
use crate::records::placement::{Placed, Placement};
use crate::records::register::Kind;

const PLACED: &str = "SELECT p.lichting, p.kandidaat, p.school, p.plek, p.bouw, p.coach, p.uren, p.van, p.tot, p.einde_reden, \
    (SELECT MIN(q.van) FROM plaatsingen q WHERE q.lichting = p.lichting AND q.kandidaat = p.kandidaat AND q.school = p.school \
    AND q.plek = p.plek) AS sinds, l.van AS lichting_van, l.tot AS lichting_tot \
    FROM plaatsingen p JOIN lichtingen l ON l.id = p.lichting";

fn placed(row: &Row) -> Result<Placed> {
    Ok(Placed {
        wave: row.string("lichting")?,
        candidate: row.string("kandidaat")?,
        school: row.string("school")?,
        seat: row.string("plek")?,
        bouw: row.string("bouw")?,
        coach: row.string("coach")?,
        hours: row.int("uren")?,
        period: period(row, "van", "tot")?,
        since: row.text("sinds")?.parse().map_err(|_| Error::Corrupt("kolom sinds is geen datum".into()))?,
        whole: period(row, "lichting_van", "lichting_tot")?,
        ended: row.maybe_string("einde_reden")?,
    })
}

/// A period whose days stand in these columns; an absent day is without beginning or end.
pub(super) fn period(row: &Row, from: &str, until: &str) -> Result<Period> {
    let read = Period::read(row.maybe_text(from)?, row.maybe_text(until)?);
    read.ok_or_else(|| Error::Corrupt(format!("kolom {from} of {until} is geen datum")))
}

impl Session {
    /// Every published placement that has not ended by `from` (yyyy-mm-dd), also of waves that begin later.
    pub async fn placements_from(&mut self, from: &str) -> Result<Vec<Placed>> {
        let sql = format!("{PLACED} WHERE p.tot >= $1 ORDER BY p.lichting, p.kandidaat, p.van");
        self.rows(sql, values![from]).await?.iter().map(placed).collect()
    }

    /// The published placements of a wave: a page of them and how many there are.
    pub async fn placements(&mut self, wave: &str, skip: i64, most: i64) -> Result<(Vec<Placed>, i64)> {
        let sql = format!("{PLACED} WHERE p.lichting = $1 ORDER BY p.kandidaat, p.van LIMIT $2 OFFSET $3");
        let rows = self.rows(sql, values![wave, most, skip]).await?;
        let all = self.one("SELECT COUNT(*) AS aantal FROM plaatsingen WHERE lichting = $1", values![wave]).await?.int("aantal")?;
        Ok((rows.iter().map(placed).collect::<Result<_>>()?, all))
    }

    /// The published placements of a candidate, or with a coach, in whatever wave, the first one first, at most so many.
    pub async fn placements_of(&mut self, who: &Who, most: i64) -> Result<Vec<Placed>> {
        let column = if who.kind == Kind::Coach { "coach" } else { "kandidaat" };
        let sql = format!("{PLACED} WHERE p.{column} = $1 ORDER BY p.van, p.lichting, p.kandidaat LIMIT $2");
        self.rows(sql, values![&who.id, most]).await?.iter().map(placed).collect()
    }
}

impl Change {
    /// Adds a published placement.
    pub async fn add_placement(&mut self, new: &Placement) -> Result<()> {
        let sql = "INSERT INTO plaatsingen (lichting, kandidaat, school, plek, bouw, coach, uren, van, tot, einde_reden) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
        let values = values![
            &new.wave,
            &new.candidate,
            &new.school,
            &new.seat,
            &new.bouw,
            &new.coach,
            new.hours,
            &new.from,
            &new.until,
            new.ended.as_ref(),
        ];
        self.run(sql, values).await.map(|_| ())
    }

    /// Takes away placements of a candidate in a wave that would only begin on that day or later: they never were.
    pub async fn drop_placements_from(&mut self, wave: &str, candidate: &str, from: &str) -> Result<()> {
        let sql = "DELETE FROM plaatsingen WHERE lichting = $1 AND kandidaat = $2 AND van >= $3 AND einde_reden IS NULL";
        self.run(sql, values![wave, candidate, from]).await.map(|_| ())
    }

    /// Ends placements of a candidate in a wave that last until after `last`: that is their last day now, for a reason.
    pub async fn end_placements(&mut self, wave: &str, candidate: &str, last: &str, reason: &str) -> Result<()> {
        let sql =
            "UPDATE plaatsingen SET tot = $3, einde_reden = $4 WHERE lichting = $1 AND kandidaat = $2 AND tot > $3 AND einde_reden IS NULL";
        self.run(sql, values![wave, candidate, last, reason]).await.map(|_| ())
    }
}
