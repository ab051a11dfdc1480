//! Placements as their parties see them: proposed by a plan under review, or published. Every question takes a scope.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::engine::{Dialect, Row, values};
use super::placements::period;
use super::{Result, Session};
use crate::access::Scope;
use crate::desk::named::Told;
use crate::records::coaching::Placing;
use crate::records::register::Kind;

/// Placements of plans under review, and published ones that last on a day (`$2`) or begin later.
fn all(words: &dyn Dialect) -> String {
    let list = words.json_rows("t.resultaat", "plaatsingen");
    let [candidate, school, seat, bouw, coach, hours] =
        ["kandidaat", "school", "plek", "bouw", "coach", "uren"].map(|key| words.json_text("v.value", key));
    format!(
        "WITH alle AS (\
         SELECT l.id AS lichting, l.fase AS fase, {candidate} AS kandidaat, {school} AS school, {seat} AS plek, {bouw} AS bouw, \
         {coach} AS coach, CAST({hours} AS BIGINT) AS uren, l.van AS van, l.tot AS tot, 0 AS vast \
         FROM lichtingen l JOIN taken t ON t.id = l.geldend JOIN {list} v ON TRUE WHERE l.toestand IN ('berekend', 'in-beoordeling') \
         UNION ALL \
         SELECT p.lichting, l.fase, p.kandidaat, p.school, p.plek, p.bouw, p.coach, p.uren, p.van, p.tot, 1 \
         FROM plaatsingen p JOIN lichtingen l ON l.id = p.lichting WHERE p.tot >= $2)"
    )
}

fn placing(row: &Row) -> Result<Placing> {
    Ok(Placing {
        wave: row.string("lichting")?,
        phase: row.string("fase")?,
        candidate: row.string("kandidaat")?,
        school: row.string("school")?,
        seat: row.string("plek")?,
        bouw: row.string("bouw")?,
        coach: row.string("coach")?,
        hours: row.int("uren")?,
        period: period(row, "van", "tot")?,
        told: Told { published: row.flag("vast")?, ..Told::default() },
    })
}

impl Session {
    /// What is placed on the schools of boards, by wave, school, seats and candidate: a page of it, and how much there is.
    pub async fn placings_of_boards(&mut self, scope: &Scope, on: &str, skip: i64, most: i64) -> Result<(Vec<Placing>, i64)> {
        let (all, within) = (all(self.dialect()), self.dialect().one_of("s.bestuur", "$1"));
        let from = format!("FROM alle a JOIN scholen s ON s.id = a.school WHERE ($1 IS NULL OR {within})");
        let sql = format!("{all} SELECT a.* {from} ORDER BY a.lichting, a.school, a.plek, a.kandidaat, a.van LIMIT $3 OFFSET $4");
        let rows = self.rows(sql, values![scope.among(), on, most, skip]).await?.iter().map(placing).collect::<Result<_>>()?;
        let count = self.one(format!("{all} SELECT COUNT(*) AS aantal {from}"), values![scope.among(), on]).await?.int("aantal")?;
        Ok((rows, count))
    }

    /// Who is placed with coaches, by wave, candidate and first day.
    pub async fn placings_of_coaches(&mut self, scope: &Scope, on: &str) -> Result<Vec<Placing>> {
        let (all, within) = (all(self.dialect()), self.dialect().one_of("a.coach", "$1"));
        let sql = format!("{all} SELECT a.* FROM alle a WHERE ($1 IS NULL OR {within}) ORDER BY a.lichting, a.kandidaat, a.van");
        self.rows(sql, values![scope.among_coaches(), on]).await?.iter().map(placing).collect()
    }

    /// Names of these people of one kind, by id.
    pub async fn names_among(&mut self, kind: Kind, ids: &[&str]) -> Result<BTreeMap<String, String>> {
        let (named, within) = (self.dialect().json_text("gegevens", "naam"), self.dialect().one_of("id", "$2"));
        let sql = format!("SELECT id, {named} AS naam FROM personen WHERE soort = $1 AND {within} AND {named} IS NOT NULL");
        let rows = self.rows(sql, values![kind.word(), Json::from(ids).to_string()]).await?;
        rows.iter().map(|row| Ok((row.string("id")?, row.string("naam")?))).collect()
    }

    /// Names of these schools, by id, whoever's they are.
    pub async fn schools_named(&mut self, ids: &[&str]) -> Result<BTreeMap<String, String>> {
        let (named, within) = (self.dialect().json_text("gegevens", "naam"), self.dialect().one_of("id", "$1"));
        let sql = format!("SELECT id, {named} AS naam FROM scholen WHERE {within} AND {named} IS NOT NULL");
        let rows = self.rows(sql, values![Json::from(ids).to_string()]).await?;
        rows.iter().map(|row| Ok((row.string("id")?, row.string("naam")?))).collect()
    }

    /// Half-days of these candidates as the register has them, by id.
    pub async fn half_days_of(&mut self, ids: &[&str]) -> Result<BTreeMap<String, Vec<String>>> {
        let within = self.dialect().one_of("id", "$1");
        let sql = format!("SELECT id, gegevens FROM kandidaten WHERE {within}");
        let mut found = BTreeMap::new();
        for row in self.rows(sql, values![Json::from(ids).to_string()]).await? {
            let mut data: serde_json::Map<String, Json> = row.json("gegevens")?;
            if let Some(days) = data.remove("dagdelen") {
                found.insert(row.string("id")?, serde_json::from_value(days)?);
            }
        }
        Ok(found)
    }
}
