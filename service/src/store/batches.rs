//! Rows of batches and of the waves they touch.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::engine::{Row, values};
use super::{Change, Result, Session};
use crate::records::batch::{Batch, Cause, Preparing, Proposal, Touched};
use loket_solver::matching::facts::words::Word;

fn touched(row: &Row) -> Result<Touched> {
    Ok(Touched {
        wave: row.string("lichting")?,
        run: row.string("berekening")?,
        proposal: row.code("toestand")?,
        remarks: row.json("opmerkingen")?,
        after: row.string("invoer_na")?,
        wave_version: row.int("lichting_versie")?,
    })
}

const BATCH: &str = "h.id, h.aanleiding, h.toestand, h.versie, h.aangemaakt_op, h.voorbereiding";

impl Session {
    /// A batch.
    pub async fn batch(&mut self, id: &str) -> Result<Option<Batch>> {
        let rows = self.rows(format!("SELECT {BATCH} FROM herberekeningen h WHERE h.id = $1"), values![id]).await?;
        Ok(self.whole(&rows).await?.pop())
    }

    /// Batches with a proposal for a wave about which nobody decided yet, the newest first.
    pub async fn open_batches(&mut self, wave: &str) -> Result<Vec<Batch>> {
        let sql = format!(
            "SELECT {BATCH} FROM herberekeningen h JOIN herberekening_lichtingen l ON l.herberekening = h.id \
             WHERE l.lichting = $1 AND l.toestand = 'voorstel' ORDER BY h.aangemaakt_op DESC, h.id"
        );
        let rows = self.rows(sql, values![wave]).await?;
        self.whole(&rows).await
    }

    /// Batches, the newest first: a page of them and how many there are.
    pub async fn batches(&mut self, skip: i64, most: i64) -> Result<(Vec<Batch>, i64)> {
        let sql = format!("SELECT {BATCH} FROM herberekeningen h ORDER BY h.aangemaakt_op DESC, h.id LIMIT $1 OFFSET $2");
        let rows = self.rows(sql, values![most, skip]).await?;
        let all = self.one("SELECT COUNT(*) AS aantal FROM herberekeningen", values![]).await?.int("aantal")?;
        Ok((self.whole(&rows).await?, all))
    }

    /// The batches of these rows, each with the waves that it touches.
    async fn whole(&mut self, rows: &[Row]) -> Result<Vec<Batch>> {
        let ids = rows.iter().map(|row| row.text("id")).collect::<Result<Vec<_>>>()?;
        let mut waves: BTreeMap<String, Vec<Touched>> = BTreeMap::new();
        if !ids.is_empty() {
            let within = self.dialect().one_of("t.herberekening", "$1");
            let sql = format!(
                "SELECT t.herberekening, t.lichting, t.berekening, t.toestand, t.opmerkingen, t.invoer_na, t.lichting_versie \
                 FROM herberekening_lichtingen t WHERE {within} ORDER BY t.herberekening, t.lichting"
            );
            for row in self.rows(sql, values![Json::from(ids).to_string()]).await? {
                waves.entry(row.string("herberekening")?).or_default().push(touched(&row)?);
            }
        }
        let mut batch = |row: &Row| {
            let id = row.string("id")?;
            Ok(Batch {
                cause: row.json("aanleiding")?,
                version: row.int("versie")?,
                created: row.int("aangemaakt_op")?,
                waves: waves.remove(&id).unwrap_or_default(),
                alone: row.code("toestand")?,
                preparing: row.maybe_json("voorbereiding")?,
                id,
            })
        };
        rows.iter().map(&mut batch).collect()
    }
}

impl Session {
    /// Batches that a worker has yet to prepare, the oldest first.
    pub async fn unprepared_batches(&mut self) -> Result<Vec<String>> {
        let sql = "SELECT id FROM herberekeningen WHERE voor_te_bereiden = 1 ORDER BY aangemaakt_op, id";
        self.rows(sql, values![]).await?.iter().map(|row| row.string("id")).collect()
    }
}

impl Change {
    /// Notes how far the preparation of a batch is.
    pub async fn note_preparing(&mut self, id: &str, preparing: &Preparing) -> Result<()> {
        let sql = "UPDATE herberekeningen SET voorbereiding = $1, voor_te_bereiden = $2 WHERE id = $3";
        let left = i64::from(preparing.done < preparing.of);
        self.run(sql, values![serde_json::to_string(preparing)?, left, id]).await.map(|_| ())
    }

    /// Adds a batch; `false` when there is one with this id already.
    pub async fn add_batch(&mut self, id: &str, cause: &Cause) -> Result<bool> {
        let sql = "INSERT INTO herberekeningen (id, aanleiding, toestand, versie, aangemaakt_op) VALUES ($1, $2, 'voorstel', 1, $3) \
                   ON CONFLICT (id) DO NOTHING";
        let (cause, now) = (serde_json::to_string(cause)?, self.clock().now());
        Ok(self.run(sql, values![id, cause, now]).await? > 0)
    }

    /// Adds a wave to a batch.
    pub async fn add_touched(&mut self, batch: &str, new: &Touched) -> Result<()> {
        let sql = "INSERT INTO herberekening_lichtingen (herberekening, lichting, berekening, invoer_na, lichting_versie, toestand, opmerkingen) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7)";
        let remarks = serde_json::to_string(&new.remarks)?;
        self.run(sql, values![batch, &new.wave, &new.run, &new.after, new.wave_version, new.proposal.code(), remarks]).await.map(|_| ())
    }

    /// Takes a batch from one version to the next.
    pub async fn step_batch(&mut self, id: &str) -> Result<()> {
        self.run("UPDATE herberekeningen SET versie = versie + 1 WHERE id = $1", values![id]).await.map(|_| ())
    }

    /// Notes what became of a batch that touches no wave.
    pub async fn settle_batch(&mut self, id: &str, proposal: Proposal) -> Result<()> {
        self.run("UPDATE herberekeningen SET toestand = $1 WHERE id = $2", values![proposal.code(), id]).await.map(|_| ())
    }

    /// Notes what became of the proposal for one wave.
    pub async fn settle_proposal(&mut self, batch: &str, wave: &str, proposal: Proposal) -> Result<()> {
        let sql = "UPDATE herberekening_lichtingen SET toestand = $1 WHERE herberekening = $2 AND lichting = $3";
        self.run(sql, values![proposal.code(), batch, wave]).await.map(|_| ())
    }
}
