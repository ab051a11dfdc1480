//! Rows of decisions: one per candidate of a wave. One that cannot be read is an error: a run must not forget it.

use std::collections::BTreeMap;

use super::engine::{Row, values};
use super::{Change, Error, Result, Session};
use crate::desk::decision::Decision;
use crate::records::decision::{Decided, json, read};

pub(super) const DECIDED: &str = "kandidaat, gegevens, berekening, versie, op, door, vervallen, gevolgd";

pub(super) fn decided(row: &Row) -> Result<Decided> {
    let candidate = row.string("kandidaat")?;
    let decision = read(row.text("gegevens")?.as_bytes());
    Ok(Decided {
        decision: decision.map_err(|refusal| Error::unreadable("een besluit", &refusal))?,
        candidate,
        run: row.maybe_string("berekening")?,
        version: row.int("versie")?,
        at: row.int("op")?,
        who: row.string("door")?,
        lapsed: row.maybe_string("vervallen")?,
        kept: row.flag("gevolgd")?,
    })
}

impl Session {
    /// Every decision of a wave, by candidate.
    pub async fn decisions(&mut self, wave: &str) -> Result<Vec<Decided>> {
        let sql = format!("SELECT {DECIDED} FROM beoordelingen WHERE lichting = $1 ORDER BY kandidaat");
        self.rows(sql, values![wave]).await?.iter().map(decided).collect()
    }

    /// Those that count on a day (yyyy-mm-dd), as the next run makes them of it.
    pub async fn decided(&mut self, wave: &str, today: &str) -> Result<BTreeMap<String, Decision>> {
        let counts = self.decisions(wave).await?.into_iter().filter(|it| it.lapsed.is_none() && !it.decision.expired(today));
        Ok(counts.map(|it| (it.candidate, it.decision)).collect())
    }

    /// The decision about one candidate.
    pub async fn decision(&mut self, wave: &str, candidate: &str) -> Result<Option<Decided>> {
        let sql = format!("SELECT {DECIDED} FROM beoordelingen WHERE lichting = $1 AND kandidaat = $2");
        self.row(sql, values![wave, candidate]).await?.as_ref().map(decided).transpose()
    }
}

impl Change {
    /// Keeps a decision about a candidate, in the place of the one before.
    pub async fn put_decision(&mut self, wave: &str, new: &Decided) -> Result<()> {
        let sql = "INSERT INTO beoordelingen (lichting, kandidaat, gegevens, berekening, versie, op, door, gevolgd) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8) \
                   ON CONFLICT (lichting, kandidaat) DO UPDATE SET gegevens = excluded.gegevens, berekening = excluded.berekening, \
                   versie = excluded.versie, op = excluded.op, door = excluded.door, vervallen = NULL, \
                   gevolgd = excluded.gevolgd";
        let data = json(&new.decision).to_string();
        let values = values![wave, &new.candidate, data, new.run.as_ref(), new.version, new.at, &new.who, new.kept];
        self.run(sql, values).await.map(|_| ())
    }

    /// Notes that a decision no longer stands: it stood until the wave's count of decisions was `until`. Runs that knew it are out of date.
    pub async fn note_gone_decision(&mut self, wave: &str, gone: &Decided, until: i64) -> Result<()> {
        let sql = "INSERT INTO beoordelingen_eerder (lichting, kandidaat, versie, tot) VALUES ($1, $2, $3, $4) \
                   ON CONFLICT (lichting, kandidaat, versie) DO NOTHING";
        self.run(sql, values![wave, &gone.candidate, gone.version, until]).await.map(|_| ())
    }

    /// Notes why the decision about a candidate no longer counts, as this version of it.
    pub async fn lapse_decision(&mut self, wave: &str, candidate: &str, why: &str, version: i64) -> Result<()> {
        let sql = "UPDATE beoordelingen SET vervallen = $3, versie = $4 WHERE lichting = $1 AND kandidaat = $2";
        self.run(sql, values![wave, candidate, why, version]).await.map(|_| ())
    }

    /// Takes the decision about a candidate away.
    pub async fn drop_decision(&mut self, wave: &str, candidate: &str) -> Result<()> {
        let sql = "DELETE FROM beoordelingen WHERE lichting = $1 AND kandidaat = $2";
        self.run(sql, values![wave, candidate]).await.map(|_| ())
    }
}

#[cfg(test)]
mod tests {
    use crate::store::Error;
    use crate::store::engine::values;
    use crate::store::trial::{On, add};

    async fn a_decision_that_cannot_be_read_is_an_error_and_not_one_less(on: On) {
        let base = on.base().await;
        let store = base.open().await;
        add(&store, "w").await;
        assert!(store.read().decided("w", "2026-11-25").await.expect("the store answers").is_empty());
        let mut change = store.change().await.expect("a change");
        let sql = "INSERT INTO beoordelingen (lichting, kandidaat, gegevens, versie, op, door) VALUES ('w', 'Z1', $1, 1, 0, 'proef')";
        let unknown = r#"{"besluit":"misschien","plaatsing":{"school":"S1","plek":"p","coach":"K1"}}"#;
        change.run(sql, values![unknown]).await.expect("a row");
        change.commit().await.expect("kept");
        assert!(
            matches!(store.read().decided("w", "2026-11-25").await, Err(Error::Corrupt(what)) if what == "een besluit: woord bij /besluit")
        );
    }

    crate::store::trial::on_both! {
        a_decision_that_cannot_be_read_is_an_error_and_not_one_less,
    }
}
