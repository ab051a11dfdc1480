//! Rows of try-outs: of a wave, each about the plan of one run.

use super::engine::{Row, values};
use super::{Change, Error, Result, Session};
use crate::records::tryout::{TryOut, read, written};

const TRY_OUT: &str = "id, lichting, berekening, naam, veranderingen, taak, door, gemaakt_op, bewaard_op, versie";

fn try_out(row: &Row) -> Result<TryOut> {
    let changes = read(row.text("veranderingen")?.as_bytes());
    Ok(TryOut {
        id: row.string("id")?,
        wave: row.string("lichting")?,
        run: row.string("berekening")?,
        name: row.maybe_string("naam")?,
        changes: changes.map_err(|refusal| Error::unreadable("een proef", &refusal))?,
        job: row.string("taak")?,
        who: row.string("door")?,
        at: row.int("gemaakt_op")?,
        kept: row.maybe_int("bewaard_op")?,
        version: row.int("versie")?,
    })
}

impl Session {
    /// A try-out of a wave.
    pub async fn try_out(&mut self, wave: &str, id: &str) -> Result<Option<TryOut>> {
        let sql = format!("SELECT {TRY_OUT} FROM proeven WHERE id = $1 AND lichting = $2");
        self.row(sql, values![id, wave]).await?.as_ref().map(try_out).transpose()
    }

    /// The try-outs of a wave, the newest first: a page of them and how many there are.
    pub async fn try_outs(&mut self, wave: &str, skip: i64, most: i64) -> Result<(Vec<TryOut>, i64)> {
        let sql = format!("SELECT {TRY_OUT} FROM proeven WHERE lichting = $1 ORDER BY gemaakt_op DESC, id LIMIT $2 OFFSET $3");
        let rows = self.rows(sql, values![wave, most, skip]).await?;
        let all = self.one("SELECT COUNT(*) AS aantal FROM proeven WHERE lichting = $1", values![wave]).await?.int("aantal")?;
        Ok((rows.iter().map(try_out).collect::<Result<_>>()?, all))
    }

    /// Whether another try-out is worked out by the same question.
    pub async fn tried_besides(&mut self, job: &str, id: &str) -> Result<bool> {
        Ok(self.row("SELECT 1 AS een FROM proeven WHERE taak = $1 AND id <> $2 LIMIT 1", values![job, id]).await?.is_some())
    }

    /// Try-outs that are about a candidate.
    pub async fn try_outs_about(&mut self, candidate: &str) -> Result<Vec<TryOut>> {
        let named = format!("\"kandidaat\":{}", serde_json::to_string(candidate)?);
        let sql = format!("SELECT {TRY_OUT} FROM proeven WHERE {}", self.dialect().holds("veranderingen", "$1"));
        self.rows(sql, values![named]).await?.iter().map(try_out).collect()
    }

    /// Try-outs whose name holds a text.
    pub async fn try_outs_named(&mut self, text: &str) -> Result<Vec<TryOut>> {
        let sql = format!("SELECT {TRY_OUT} FROM proeven WHERE naam IS NOT NULL AND {}", self.dialect().holds("naam", "$1"));
        self.rows(sql, values![text]).await?.iter().map(try_out).collect()
    }
}

impl Change {
    /// Keeps a try-out that is new.
    pub async fn add_try_out(&mut self, new: &TryOut) -> Result<()> {
        let sql = format!("INSERT INTO proeven ({TRY_OUT}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)");
        let changes = written(&new.changes);
        let values = values![&new.id, &new.wave, &new.run, new.name.as_ref(), changes, &new.job, &new.who, new.at, new.kept, new.version];
        self.run(sql, values).await.map(|_| ())
    }

    /// Keeps a try-out as it is now, with the next version.
    pub async fn put_try_out(&mut self, now: &mut TryOut) -> Result<()> {
        now.version += 1;
        let sql = "UPDATE proeven SET naam = $2, veranderingen = $3, taak = $4, bewaard_op = $5, versie = $6 WHERE id = $1";
        let changes = written(&now.changes);
        self.run(sql, values![&now.id, now.name.as_ref(), changes, &now.job, now.kept, now.version]).await.map(|_| ())
    }

    /// Takes a try-out away.
    pub async fn drop_try_out(&mut self, id: &str) -> Result<()> {
        self.run("DELETE FROM proeven WHERE id = $1", values![id]).await.map(|_| ())
    }
}
