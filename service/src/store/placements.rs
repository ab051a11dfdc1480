//! Rows of published placements.

use std::collections::BTreeSet;

use serde_json::Value as Json;

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
        withdrawn: None,
    })
}

/// A placement that never began.
fn withdrawn(row: &Row) -> Result<Placed> {
    let since = row.text("van")?.parse().map_err(|_| Error::Corrupt("kolom van is geen datum".into()))?;
    Ok(Placed {
        wave: row.string("lichting")?,
        candidate: row.string("kandidaat")?,
        school: row.string("school")?,
        seat: row.string("plek")?,
        bouw: row.string("bouw")?,
        coach: row.string("coach")?,
        hours: row.int("uren")?,
        period: period(row, "van", "tot")?,
        since,
        whole: period(row, "lichting_van", "lichting_tot")?,
        ended: row.maybe_string("reden")?,
        withdrawn: row.maybe_int("op")?,
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

    /// Whether a coach has or had a candidate by a published placement.
    pub async fn coaches_candidate(&mut self, coach: &str, candidate: &str) -> Result<bool> {
        let sql = "SELECT 1 AS een FROM plaatsingen WHERE coach = $1 AND kandidaat = $2 LIMIT 1";
        Ok(self.row(sql, values![coach, candidate]).await?.is_some())
    }

    /// Coaches with the candidates whom they have or had by a published placement, of these coaches.
    pub async fn coached_by(&mut self, coaches: &[&str]) -> Result<BTreeSet<(String, String)>> {
        let within = self.dialect().one_of("p.coach", "$1");
        let sql = format!("SELECT DISTINCT p.coach, p.kandidaat FROM plaatsingen p WHERE {within}");
        let rows = self.rows(sql, values![Json::from(coaches).to_string()]).await?;
        rows.iter().map(|row| Ok((row.string("coach")?, row.string("kandidaat")?))).collect()
    }

    /// Every published placement there is or was on a seat group.
    pub async fn placements_at(&mut self, school: &str, seat: &str) -> Result<Vec<Placed>> {
        let sql = format!("{PLACED} WHERE p.school = $1 AND p.plek = $2 ORDER BY p.lichting, p.kandidaat, p.van");
        self.rows(sql, values![school, seat]).await?.iter().map(placed).collect()
    }

    /// Placements of a candidate, or with a coach, that were withdrawn before they began, the first one first, at most so many.
    pub async fn withdrawn_placements_of(&mut self, who: &Who, most: i64) -> Result<Vec<Placed>> {
        let column = if who.kind == Kind::Coach { "coach" } else { "kandidaat" };
        let sql = format!(
            "SELECT v.lichting, v.kandidaat, v.school, v.plek, v.bouw, v.coach, v.uren, v.van, v.tot, v.reden, v.op, \
                   l.van AS lichting_van, l.tot AS lichting_tot FROM plaatsingen_vervallen v JOIN lichtingen l ON l.id = v.lichting \
                   WHERE v.{column} = $1 ORDER BY v.nummer LIMIT $2"
        );
        self.rows(sql, values![&who.id, most]).await?.iter().map(withdrawn).collect()
    }

    /// Placements of a wave that were withdrawn before they began, the first one first.
    pub async fn withdrawn_placements_in(&mut self, wave: &str) -> Result<Vec<Placed>> {
        let sql = "SELECT v.lichting, v.kandidaat, v.school, v.plek, v.bouw, v.coach, v.uren, v.van, v.tot, v.reden, v.op, \
                   l.van AS lichting_van, l.tot AS lichting_tot FROM plaatsingen_vervallen v JOIN lichtingen l ON l.id = v.lichting \
                   WHERE v.lichting = $1 ORDER BY v.nummer";
        self.rows(sql, values![wave]).await?.iter().map(withdrawn).collect()
    }

    /// The last day of what a candidate has or had in a wave; nothing when there is nothing.
    pub async fn last_day(&mut self, wave: &str, candidate: &str) -> Result<Option<String>> {
        let sql = "SELECT MAX(tot) AS tot FROM plaatsingen WHERE lichting = $1 AND kandidaat = $2";
        self.one(sql, values![wave, candidate]).await?.maybe_string("tot")
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

    /// Withdraws placements of a candidate in a wave that would only begin on that day or later, and have not begun by today: they use
    /// nothing up any more, and are kept apart with the reason. How many there were.
    pub async fn withdraw_placements(&mut self, wave: &str, candidate: &str, from: &str, today: &str, reason: &str) -> Result<u64> {
        let which = "lichting = $1 AND kandidaat = $2 AND van >= $3 AND van > $4";
        let now = self.clock().now();
        let sql = format!(
            "INSERT INTO plaatsingen_vervallen (nummer, lichting, kandidaat, school, plek, bouw, coach, uren, van, tot, reden, op) \
             SELECT (SELECT COALESCE(MAX(nummer), 0) FROM plaatsingen_vervallen) + ROW_NUMBER() OVER (ORDER BY van), \
             lichting, kandidaat, school, plek, bouw, coach, uren, van, tot, $5, $6 FROM plaatsingen WHERE {which}"
        );
        self.run(sql, values![wave, candidate, from, today, reason, now]).await?;
        self.run(format!("DELETE FROM plaatsingen WHERE {which}"), values![wave, candidate, from, today]).await
    }

    /// Ends placements of a candidate in a wave that last until after `last`: that is their last day now, for a reason, but never a day
    /// before they began. What was ended already keeps the days that have been. How many there were.
    pub async fn end_placements(&mut self, wave: &str, candidate: &str, last: &str, today: &str, reason: &str) -> Result<u64> {
        let end = |ended: &str| {
            format!(
                "UPDATE plaatsingen SET tot = CASE WHEN van > $3 THEN van ELSE $3 END, einde_reden = $4 \
                 WHERE lichting = $1 AND kandidaat = $2 AND tot > $3 AND einde_reden IS {ended}"
            )
        };
        let shorter = self.run(end("NOT NULL"), values![wave, candidate, last.max(today), reason]).await?;
        Ok(shorter + self.run(end("NULL"), values![wave, candidate, last, reason]).await?)
    }
}
