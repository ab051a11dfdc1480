//! Rows of waves, and the files they were made of.

use super::engine::{Row, values};
use super::{Change, Result, Session, ids};
use crate::records::wave::Wave;
use loket_solver::matching::facts::words::Word;

const WAVE: &str = "id, naam, fase, van, tot, toestand, zaad, invoer, beslissingen, geldend, versie, aangemaakt_op";

fn wave(row: &Row) -> Result<Wave> {
    Ok(Wave {
        id: row.string("id")?,
        name: row.string("naam")?,
        phase: row.string("fase")?,
        from: row.string("van")?,
        until: row.string("tot")?,
        life: row.code("toestand")?,
        seed: row.maybe_int("zaad")?,
        input: row.string("invoer")?,
        decisions: row.int("beslissingen")?,
        current: row.maybe_string("geldend")?,
        version: row.int("versie")?,
        created: row.int("aangemaakt_op")?,
    })
}

impl Session {
    /// A wave.
    pub async fn wave(&mut self, id: &str) -> Result<Option<Wave>> {
        self.row(format!("SELECT {WAVE} FROM lichtingen WHERE id = $1"), values![id]).await?.as_ref().map(wave).transpose()
    }

    /// Waves, the newest first: a page of them and how many there are.
    pub async fn waves(&mut self, skip: i64, most: i64) -> Result<(Vec<Wave>, i64)> {
        let sql = format!("SELECT {WAVE} FROM lichtingen ORDER BY aangemaakt_op DESC, id LIMIT $1 OFFSET $2");
        let rows = self.rows(sql, values![most, skip]).await?;
        let all = self.one("SELECT COUNT(*) AS aantal FROM lichtingen", values![]).await?.int("aantal")?;
        Ok((rows.iter().map(wave).collect::<Result<_>>()?, all))
    }

    /// Waves that are not over, by id.
    pub async fn live_waves(&mut self) -> Result<Vec<Wave>> {
        let sql = format!("SELECT {WAVE} FROM lichtingen WHERE toestand <> 'gesloten' ORDER BY id");
        self.rows(sql, values![]).await?.iter().map(wave).collect()
    }

    /// The bytes of a wave file.
    pub async fn input(&mut self, sha256: &str) -> Result<Option<Vec<u8>>> {
        let row = self.row("SELECT bytes FROM invoeren WHERE sha256 = $1", values![sha256]).await?;
        row.map(|row| Ok(row.bytes("bytes")?.to_vec())).transpose()
    }
}

impl Change {
    /// Adds a wave; `false` when there is one with this id already.
    pub async fn add_wave(&mut self, new: &Wave) -> Result<bool> {
        let sql = format!(
            "INSERT INTO lichtingen ({WAVE}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT (id) DO NOTHING"
        );
        let values = values![
            &new.id,
            &new.name,
            &new.phase,
            &new.from,
            &new.until,
            new.life.code(),
            new.seed,
            &new.input,
            new.decisions,
            new.current.as_ref(),
            new.version,
            new.created,
        ];
        Ok(self.run(sql, values).await? > 0)
    }

    /// Puts a wave in the place of the one with its id, as its next version.
    pub async fn put_wave(&mut self, wave: &mut Wave) -> Result<()> {
        wave.version += 1;
        let sql = "UPDATE lichtingen SET naam = $2, fase = $3, van = $4, tot = $5, toestand = $6, zaad = $7, invoer = $8, beslissingen = $9, \
                   geldend = $10, versie = $11 WHERE id = $1";
        let values = values![
            &wave.id,
            &wave.name,
            &wave.phase,
            &wave.from,
            &wave.until,
            wave.life.code(),
            wave.seed,
            &wave.input,
            wave.decisions,
            wave.current.as_ref(),
            wave.version,
        ];
        self.run(sql, values).await.map(|_| ())
    }

    /// Keeps a wave file under the hash of its bytes.
    pub async fn keep_input(&mut self, bytes: &[u8]) -> Result<String> {
        let sha256 = ids::sha256(bytes);
        self.run("INSERT INTO invoeren (sha256, bytes) VALUES ($1, $2) ON CONFLICT (sha256) DO NOTHING", values![&sha256, bytes]).await?;
        Ok(sha256)
    }
}
