//! Rows of policies on trial.

use std::collections::HashMap;

use loket_instances::matching::trial::{Line, written};

use super::engine::{Row, values};
use super::jobs::{JOB, job};
use super::{Change, Error, Result, Session};
use crate::records::policy::{By, Named};
use crate::records::trial::{Told, Trial, Tried, thresholds};

const TRIAL: &str = "id, beleid, nummer, inhoud, tegen, tegen_nummer, drempels, op, door";

const TRIED: &str = "p.proef, p.lichting, p.naam, t.resultaat FROM beleidsproef_lichtingen p JOIN taken t ON t.id = p.taak";

fn trial(row: &Row) -> Result<Trial> {
    let against = row.maybe_string("tegen")?.zip(row.maybe_int("tegen_nummer")?);
    Ok(Trial {
        id: row.string("id")?,
        policy: Named { name: row.string("beleid")?, number: row.int("nummer")? },
        content: row.string("inhoud")?,
        against: against.map(|(name, number)| Named { name, number }),
        thresholds: thresholds(row.text("drempels")?).map_err(|refusal| Error::unreadable("drempels van een proef", &refusal))?,
        asked: By { who: row.string("door")?, at: row.int("op")? },
    })
}

impl Session {
    /// A trial with its work and, where that has ended, what came of it.
    pub async fn trial(&mut self, id: &str) -> Result<Option<Told>> {
        let Some(row) = self.row(format!("SELECT {TRIAL} FROM beleidsproeven WHERE id = $1"), values![id]).await? else { return Ok(None) };
        let trial = trial(&row)?;
        let sql = format!("SELECT {JOB}, {TRIED} WHERE p.proef = $1 ORDER BY p.volgnummer");
        let waves = self.rows(sql, values![id]).await?.iter().map(tried).collect::<Result<_>>()?;
        Ok(Some(Told { trial, waves }))
    }

    /// The trials of a policy, the newest first: a page of them and how many there are.
    pub async fn trials(&mut self, policy: &Named, skip: i64, most: i64) -> Result<(Vec<Told>, i64)> {
        let sql = format!("SELECT {TRIAL} FROM beleidsproeven WHERE beleid = $1 AND nummer = $2 ORDER BY op DESC, id LIMIT $3 OFFSET $4");
        let rows = self.rows(sql, values![&policy.name, policy.number, most, skip]).await?;
        let sql = "SELECT COUNT(*) AS aantal FROM beleidsproeven WHERE beleid = $1 AND nummer = $2";
        let all = self.one(sql, values![&policy.name, policy.number]).await?.int("aantal")?;
        let sql = format!(
            "SELECT {JOB}, {TRIED} WHERE p.proef IN \
             (SELECT id FROM beleidsproeven WHERE beleid = $1 AND nummer = $2 ORDER BY op DESC, id LIMIT $3 OFFSET $4) \
             ORDER BY p.proef, p.volgnummer"
        );
        let mut waves: HashMap<String, Vec<Tried>> = HashMap::new();
        for row in self.rows(sql, values![&policy.name, policy.number, most, skip]).await? {
            waves.entry(row.string("proef")?).or_default().push(tried(&row)?);
        }
        let told = rows.iter().map(|row| {
            let trial = trial(row)?;
            let waves = waves.remove(&trial.id).unwrap_or_default();
            Ok(Told { trial, waves })
        });
        Ok((told.collect::<Result<_>>()?, all))
    }
}

fn tried(row: &Row) -> Result<Tried> {
    let job = job(row)?;
    let line: Option<Line> = if job.state.ended() { row.maybe_json("resultaat")? } else { None };
    Ok(Tried { wave: row.string("lichting")?, name: row.string("naam")?, job, line })
}

impl Change {
    /// Adds a trial whose jobs are in line: each wave by id, name and job.
    pub async fn add_trial(&mut self, new: &Trial, waves: &[(String, String, String)]) -> Result<()> {
        let sql = format!("INSERT INTO beleidsproeven ({TRIAL}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)");
        let against = new.against.as_ref();
        let values = values![
            &new.id,
            &new.policy.name,
            new.policy.number,
            &new.content,
            against.map(|it| it.name.clone()),
            against.map(|it| it.number),
            written(&new.thresholds).to_string(),
            new.asked.at,
            &new.asked.who,
        ];
        self.run(sql, values).await?;
        for (at, (wave, name, job)) in (1_i64..).zip(waves) {
            let sql = "INSERT INTO beleidsproef_lichtingen (proef, volgnummer, lichting, naam, taak) VALUES ($1, $2, $3, $4, $5)";
            self.run(sql, values![&new.id, at, wave, name, job]).await?;
        }
        Ok(())
    }
}
