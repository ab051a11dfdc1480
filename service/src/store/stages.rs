//! Stages of candidates, each a row that stays.

use loket_solver::matching::facts::words::Word;

use super::engine::{Row, values};
use super::{Change, Error, Result, Session};
use crate::records::stage::{Stage, StageRow, StopReason};

fn stage(row: &Row) -> Result<StageRow> {
    let reason = row.maybe_string("reden")?;
    let wrong = || Error::Corrupt("de reden van een fase".into());
    Ok(StageRow {
        number: row.int("nummer")?,
        stage: row.code("fase")?,
        from: row.maybe_string("van")?,
        reason: reason.map(|it| StopReason::parse(&it).ok_or_else(wrong)).transpose()?,
        at: row.maybe_int("op")?,
        who: row.maybe_string("door")?,
    })
}

/// The newest row of each candidate.
const NEWEST: &str = "f.nummer = (SELECT MAX(g.nummer) FROM kandidaat_fasen g WHERE g.kandidaat = f.kandidaat)";

impl Session {
    /// The stages of a candidate, the first one first.
    pub async fn stages(&mut self, candidate: &str) -> Result<Vec<StageRow>> {
        let sql = "SELECT nummer, fase, van, reden, op, door FROM kandidaat_fasen WHERE kandidaat = $1 ORDER BY nummer";
        self.rows(sql, values![candidate]).await?.iter().map(stage).collect()
    }

    /// How many candidates are in each stage now; a stage with nobody is left out.
    pub async fn stage_counts(&mut self) -> Result<Vec<(Stage, i64)>> {
        let sql = format!("SELECT f.fase, COUNT(*) AS aantal FROM kandidaat_fasen f WHERE {NEWEST} GROUP BY f.fase");
        self.rows(sql, values![]).await?.iter().map(|row| Ok((row.code("fase")?, row.int("aantal")?))).collect()
    }
}

impl Change {
    /// Adds a stage of a candidate: from now on that is the one.
    pub async fn add_stage(&mut self, candidate: &str, who: &str, (stage, from): (Stage, &str), reason: Option<StopReason>) -> Result<()> {
        let sql = "INSERT INTO kandidaat_fasen (kandidaat, nummer, fase, van, reden, op, door) \
                   SELECT $1, COALESCE(MAX(nummer), 0) + 1, $2, $3, $4, $5, $6 FROM kandidaat_fasen WHERE kandidaat = $1";
        let now = self.clock().now();
        let values = values![candidate, stage.code(), from, reason.map(Word::code), now, who];
        self.run(sql, values).await.map(|_| ())
    }

    /// Takes away why a candidate stopped; that it was so stays. How many rows said it.
    pub async fn erase_stop_reasons(&mut self, candidate: &str) -> Result<u64> {
        let sql = "UPDATE kandidaat_fasen SET reden = NULL WHERE kandidaat = $1 AND reden IS NOT NULL";
        let gone = self.run(sql, values![candidate]).await?;
        if gone > 0 {
            self.erases();
        }
        Ok(gone)
    }
}
