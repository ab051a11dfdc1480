//! Decisions about proposals: one per candidate, each change with the version it changes.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use super::log::Entry;
use super::waves::{Edited, Life};
use super::{Error, Result, Store};
use crate::desk::decision::Decision;
use crate::records::decision;

/// A decision as it is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Kept {
    /// About whom.
    pub candidate: String,
    /// What was decided.
    pub decision: Decision,
    /// The run whose proposal was shown.
    pub run: Option<String>,
    /// From 1.
    pub version: i64,
    /// UTC milliseconds.
    pub at: i64,
    /// Who decided.
    pub who: String,
}

/// What a change of a decision comes to.
pub type Change = Edited<Option<Kept>>;

const KEPT: &str = "kandidaat, gegevens, berekening, versie, op, door";

fn kept(row: &SqliteRow) -> Result<Kept> {
    Ok(Kept {
        candidate: row.get(0),
        decision: read(row.get(0), row.get(1))?,
        run: row.get(2),
        version: row.get(3),
        at: row.get(4),
        who: row.get(5),
    })
}

/// A decision that cannot be read is an error: a run that did not know of it would not obey it.
fn read(candidate: &str, text: &str) -> Result<Decision> {
    decision::read(text.as_bytes()).map_err(|refusal| Error::Corrupt(format!("het besluit over {candidate}: {refusal}")))
}

impl Store {
    /// Every decision of a wave, by candidate.
    pub async fn decisions(&self, wave: &str) -> Result<Vec<Kept>> {
        let sql = sqlx::AssertSqlSafe(format!("SELECT {KEPT} FROM beoordelingen WHERE lichting = ? ORDER BY kandidaat"));
        sqlx::query(sql).bind(wave).fetch_all(self.reader()).await?.iter().map(kept).collect()
    }

    /// The same as what the next run makes of them.
    pub async fn decided(&self, wave: &str) -> Result<BTreeMap<String, Decision>> {
        Ok(self.decisions(wave).await?.into_iter().map(|it| (it.candidate, it.decision)).collect())
    }

    /// The decision about one candidate.
    pub async fn decision(&self, wave: &str, candidate: &str) -> Result<Option<Kept>> {
        let sql = sqlx::AssertSqlSafe(format!("SELECT {KEPT} FROM beoordelingen WHERE lichting = ? AND kandidaat = ?"));
        sqlx::query(sql).bind(wave).bind(candidate).fetch_optional(self.reader()).await?.as_ref().map(kept).transpose()
    }

    /// Decides about a candidate, or takes a decision back (`None`). `version` is what it is now, 0 for no decision yet; `shown` goes
    /// into the log: what the person saw before deciding.
    pub async fn decide(
        &self,
        wave: &str,
        candidate: &str,
        version: i64,
        wanted: Option<(&Decision, &str)>,
        shown: Value,
        who: &str,
    ) -> Result<Change> {
        let mut tx = self.begin().await?;
        let Some(found) = self.wave_in(&mut tx, wave).await? else { return Ok(Edited::Unknown) };
        let sql = sqlx::AssertSqlSafe(format!("SELECT {KEPT} FROM beoordelingen WHERE lichting = ? AND kandidaat = ?"));
        let now = sqlx::query(sql).bind(wave).bind(candidate).fetch_optional(&mut *tx).await?.as_ref().map(kept).transpose()?;
        if !matches!(found.life, Life::Berekend | Life::InBeoordeling) {
            return Ok(Edited::NotNow(now));
        }
        if now.as_ref().map_or(0, |it| it.version) != version {
            return Ok(Edited::Stale(now));
        }
        let mut content = json!({ "kandidaat": candidate, "was": now.map(|it| decision::json(&it.decision)), "getoond": shown });
        let after = match wanted {
            None => {
                sqlx::query("DELETE FROM beoordelingen WHERE lichting = ? AND kandidaat = ?")
                    .bind(wave)
                    .bind(candidate)
                    .execute(&mut *tx)
                    .await?;
                None
            }
            Some((wanted, run)) => {
                let next = Kept {
                    candidate: candidate.into(),
                    decision: wanted.clone(),
                    run: Some(run.into()),
                    // The wave counts decisions: a number never comes back, also not after a decision was taken back.
                    version: found.decisions + 1,
                    at: self.clock().now(),
                    who: who.into(),
                };
                let kept = decision::json(wanted);
                sqlx::query(
                    "INSERT INTO beoordelingen (lichting, kandidaat, gegevens, berekening, versie, op, door) VALUES (?, ?, ?, ?, ?, ?, ?) \
                     ON CONFLICT DO UPDATE SET gegevens = excluded.gegevens, berekening = excluded.berekening, versie = excluded.versie, \
                     op = excluded.op, door = excluded.door",
                )
                .bind(wave)
                .bind(candidate)
                .bind(kept.to_string())
                .bind(run)
                .bind(next.version)
                .bind(next.at)
                .bind(who)
                .execute(&mut *tx)
                .await?;
                content["besluit"] = kept;
                content["berekening"] = json!(run);
                Some(next)
            }
        };
        sqlx::query("UPDATE lichtingen SET beslissingen = beslissingen + 1, versie = versie + 1, toestand = 'in-beoordeling' WHERE id = ?")
            .bind(wave)
            .execute(&mut *tx)
            .await?;
        let what = if wanted.is_some() { "besluit" } else { "besluit-ingetrokken" };
        self.log(&mut tx, Entry { who, what, subject: wave, content }).await?;
        tx.commit().await?;
        Ok(Edited::Done(after))
    }
}

#[cfg(test)]
mod tests {
    use crate::store::error::Error;
    use crate::store::trial::{Folder, add, store};

    #[tokio::test]
    async fn a_decision_that_cannot_be_read_is_an_error_and_not_one_less() {
        let folder = Folder::new("besluit-onleesbaar");
        let store = store(&folder, "loket.sqlite").await;
        add(&store, "w").await;
        assert!(store.decided("w").await.expect("the store answers").is_empty());
        let mut tx = store.begin().await.expect("a change");
        sqlx::query("INSERT INTO beoordelingen (lichting, kandidaat, gegevens, versie, op, door) VALUES ('w', 'Z1', ?, 1, 0, 'proef')")
            .bind(r#"{"besluit":"misschien","plaatsing":{"school":"S1","plek":"p","coach":"K1"}}"#)
            .execute(&mut *tx)
            .await
            .expect("a row");
        tx.commit().await.expect("kept");
        assert!(matches!(store.decided("w").await, Err(Error::Corrupt(what)) if what.contains("Z1")));
    }
}
