//! Versions of rows of the register, without names; and placements that stand with a row.

use serde_json::Value as Json;

use super::engine::{Row as Columns, values};
use super::{Change, Result, Session};
use crate::records::history::{Stands, Version};
use crate::records::register::{Kind, Row};

fn version(row: &Columns) -> Result<Version> {
    Ok(Version {
        version: row.int("versie")?,
        at: row.maybe_int("op")?,
        who: row.maybe_string("door")?,
        was: row.maybe_json("was")?,
        now: row.json("inhoud")?,
    })
}

/// Which placements are of a row.
fn of(kind: Kind) -> &'static str {
    match kind {
        Kind::Board => "p.school IN (SELECT s.id FROM scholen s WHERE s.bestuur = $1)",
        Kind::School => "p.school = $1",
        Kind::Coach => "p.coach = $1",
        Kind::Candidate => "p.kandidaat = $1",
    }
}

impl Session {
    /// Versions of a row, the newest first: a page of them and how many there are.
    pub async fn versions(&mut self, kind: Kind, id: &str, skip: i64, most: i64) -> Result<(Vec<Version>, i64)> {
        let sql = "SELECT v.versie, v.op, v.door, v.inhoud, (SELECT w.inhoud FROM register_versies w \
                   WHERE w.soort = v.soort AND w.id = v.id AND w.versie < v.versie ORDER BY w.versie DESC LIMIT 1) AS was \
                   FROM register_versies v WHERE v.soort = $1 AND v.id = $2 ORDER BY v.versie DESC LIMIT $3 OFFSET $4";
        let rows = self.rows(sql, values![kind.word(), id, most, skip]).await?;
        let sql = "SELECT COUNT(*) AS aantal FROM register_versies WHERE soort = $1 AND id = $2";
        let all = self.one(sql, values![kind.word(), id]).await?.int("aantal")?;
        Ok((rows.iter().map(version).collect::<Result<_>>()?, all))
    }

    /// Placements of a row on a day or later, by wave: published ones, and proposals of plans under review.
    pub async fn standing_with(&mut self, kind: Kind, id: &str, day: &str) -> Result<Vec<Stands>> {
        let these = of(kind);
        let published = format!(
            "SELECT p.lichting AS lichting, COUNT(*) AS aantal FROM plaatsingen p WHERE {these} AND p.tot >= $2 GROUP BY p.lichting ORDER BY p.lichting"
        );
        let proposed = format!(
            "SELECT l.id AS lichting, COUNT(*) AS aantal FROM voorstellen p JOIN lichtingen l ON l.geldend = p.berekening \
             WHERE {these} AND l.toestand IN ('berekend', 'in-beoordeling') AND l.tot >= $2 GROUP BY l.id ORDER BY l.id"
        );
        let mut all = Vec::new();
        for (sql, published) in [(published, true), (proposed, false)] {
            for row in self.rows(sql, values![id, day]).await? {
                all.push(Stands { wave: row.string("lichting")?, published, count: row.int("aantal")? });
            }
        }
        Ok(all)
    }
}

impl Change {
    /// Keeps a version of a row, without names. `made` is who made it, and when; unknown for one of before.
    pub(in crate::store) async fn keep_version(&mut self, kind: Kind, row: &Row, made: Option<(&str, i64)>) -> Result<()> {
        let content: Json = serde_json::to_value(row.logged(kind))?;
        let sql =
            "INSERT INTO register_versies (soort, id, versie, op, door, inhoud) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING";
        let (who, at) = made.unzip();
        let values = values![kind.word(), &row.id, row.version, at, who, content.to_string()];
        self.run(sql, values).await.map(|_| ())
    }

    /// Whether any version of a row is kept.
    pub(in crate::store) async fn has_versions(&mut self, kind: Kind, id: &str) -> Result<bool> {
        let sql = "SELECT 1 AS een FROM register_versies WHERE soort = $1 AND id = $2 LIMIT 1";
        Ok(self.row(sql, values![kind.word(), id]).await?.is_some())
    }

    /// Takes versions of a person's row away but this one; how many that are.
    pub async fn forget_versions(&mut self, kind: Kind, id: &str, but: i64) -> Result<u64> {
        let sql = "DELETE FROM register_versies WHERE soort = $1 AND id = $2 AND versie <> $3";
        let gone = self.run(sql, values![kind.word(), id, but]).await?;
        if gone > 0 {
            self.erases();
        }
        Ok(gone)
    }
}
