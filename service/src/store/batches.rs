//! Rows of batches and of the waves they touch.

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

impl Session {
    /// A batch.
    pub async fn batch(&mut self, id: &str) -> Result<Option<Batch>> {
        let sql = "SELECT aanleiding, toestand, versie, aangemaakt_op, voorbereiding FROM herberekeningen WHERE id = $1";
        let row = self.row(sql, values![id]).await?;
        let Some(row) = row else { return Ok(None) };
        let sql = "SELECT lichting, berekening, toestand, opmerkingen, invoer_na, lichting_versie FROM herberekening_lichtingen \
                   WHERE herberekening = $1 ORDER BY lichting";
        let waves = self.rows(sql, values![id]).await?.iter().map(touched).collect::<Result<_>>()?;
        let (cause, version, created) = (row.json("aanleiding")?, row.int("versie")?, row.int("aangemaakt_op")?);
        Ok(Some(Batch {
            id: id.into(),
            cause,
            version,
            created,
            waves,
            alone: row.code("toestand")?,
            preparing: row.maybe_json("voorbereiding")?,
        }))
    }

    /// Batches with a proposal for a wave about which nobody decided yet, the newest first.
    pub async fn open_batches(&mut self, wave: &str) -> Result<Vec<Batch>> {
        let sql = "SELECT h.id FROM herberekeningen h JOIN herberekening_lichtingen l ON l.herberekening = h.id \
                   WHERE l.lichting = $1 AND l.toestand = 'voorstel' ORDER BY h.aangemaakt_op DESC, h.id";
        let mut batches = Vec::new();
        for row in self.rows(sql, values![wave]).await? {
            batches.extend(self.batch(row.text("id")?).await?);
        }
        Ok(batches)
    }

    /// Batches, the newest first: a page of them and how many there are.
    pub async fn batches(&mut self, skip: i64, most: i64) -> Result<(Vec<Batch>, i64)> {
        let sql = "SELECT id FROM herberekeningen ORDER BY aangemaakt_op DESC, id LIMIT $1 OFFSET $2";
        let mut batches = Vec::new();
        for row in self.rows(sql, values![most, skip]).await? {
            batches.extend(self.batch(row.text("id")?).await?);
        }
        let all = self.one("SELECT COUNT(*) AS aantal FROM herberekeningen", values![]).await?.int("aantal")?;
        Ok((batches, all))
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
