//! Batches: reruns of every wave that a drop-out touches, as proposals; nothing changes until somebody accepts them.

use loket_instances::matching::apart::Person;
use loket_instances::matching::rows::CandidateRow;
use loket_solver::matching::facts::outcome::Verdict;
use loket_solver::matching::facts::words::Word;
use serde_json::{Value, json};
use sqlx::Row;

use super::jobs::verdict;
use super::log::Entry;
use super::runs::NewRun;
use super::waves::{Edited, Life, Wave};
use super::{Error, Result, Store, Tx};
use crate::desk::fits::Wanted;
use crate::records::proposal_state::ProposalState;

/// A batch as it is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Batch {
    /// Its id.
    pub id: String,
    /// Who or what drops out or comes, and from when.
    pub cause: Value,
    /// Grows with every change.
    pub version: i64,
    /// UTC milliseconds.
    pub created: i64,
    /// The waves it touches.
    pub waves: Vec<Touched>,
}

/// One wave of a batch.
#[derive(Clone, Debug, PartialEq)]
pub struct Touched {
    /// The wave.
    pub wave: String,
    /// Its rerun.
    pub run: String,
    /// What became of the proposal.
    pub state: ProposalState,
    /// What was taken out of the file besides what was asked for.
    pub remarks: Value,
}

/// One wave to be rerun.
#[derive(Clone, Debug)]
pub struct Rerun<'a> {
    /// The run.
    pub run: NewRun<'a>,
    /// The wave's own file once accepted.
    pub own: &'a [u8],
    /// What was taken out of the file besides what was asked for.
    pub remarks: &'a [String],
}

/// Somebody who comes late.
#[derive(Clone, Debug)]
pub struct Late<'a> {
    /// The candidate, without names.
    pub row: &'a CandidateRow,
    /// The names.
    pub people: &'a [Person],
}

fn state(code: &str) -> Result<ProposalState> {
    ProposalState::parse(code).ok_or_else(|| Error::Corrupt(format!("een voorstel met toestand {code}")))
}

/// What accepting comes to.
#[derive(Clone, Debug, PartialEq)]
pub enum Accepted {
    /// Done; decisions about what is gone were taken out, by wave and candidate.
    Done(Vec<(String, String)>),
    /// There is no such batch, or a wave is not in it.
    Unknown,
    /// Somebody else changed the batch.
    Stale(Box<Batch>),
    /// These cannot be accepted, each with the reason in Dutch.
    NotNow(Vec<(String, String)>),
}

impl Store {
    /// Waves with a plan under review or published that are not over, and those without a plan yet: for a drop-out to look at.
    pub async fn live_waves(&self) -> Result<Vec<Wave>> {
        let ids: Vec<String> =
            sqlx::query_scalar("SELECT id FROM lichtingen WHERE toestand <> 'gesloten' ORDER BY id").fetch_all(self.reader()).await?;
        let mut waves = Vec::new();
        for id in ids {
            waves.extend(self.wave(&id).await?);
        }
        Ok(waves)
    }

    /// Keeps a batch and puts its runs in line, all or none. `Stale` names a wave that changed since the caller read it; a batch with this id
    /// that is there already stays as it is. Whoever comes late is in the register from now on, with the names in `late`.
    pub async fn add_batch(
        &self,
        id: &str,
        cause: &Value,
        reruns: &[Rerun<'_>],
        late: Option<&Late<'_>>,
        who: &str,
    ) -> Result<Edited<String>> {
        let mut tx = self.begin().await?;
        let added =
            sqlx::query("INSERT INTO herberekeningen (id, aanleiding, toestand, versie, aangemaakt_op) VALUES (?, ?, 'voorstel', 1, ?) ON CONFLICT DO NOTHING")
                .bind(id)
                .bind(cause.to_string())
                .bind(self.clock().now())
                .execute(&mut *tx)
                .await?;
        if added.rows_affected() == 0 {
            return Ok(Edited::Done(id.into()));
        }
        for rerun in reruns {
            self.keep_input(&mut tx, rerun.own).await?;
            match self.submit_run_in(&mut tx, &rerun.run, who).await? {
                Edited::Done(_) => {}
                other => return Ok(other),
            }
            sqlx::query(
                "INSERT INTO herberekening_lichtingen (herberekening, lichting, berekening, invoer_na, lichting_versie, toestand, opmerkingen) \
                 VALUES (?, ?, ?, ?, ?, 'voorstel', ?)",
            )
            .bind(id)
            .bind(&rerun.run.wave.id)
            .bind(rerun.run.id)
            .bind(rerun.run.base)
            .bind(rerun.run.wave.version)
            .bind(json!(rerun.remarks).to_string())
            .execute(&mut *tx)
            .await?;
        }
        if let Some(late) = late {
            self.keep_people(&mut tx, late.people).await?;
            for rerun in reruns {
                self.add_late(&mut tx, &rerun.run.wave.id, late.row, who).await?;
            }
        }
        let waves: Vec<&str> = reruns.iter().map(|it| it.run.wave.id.as_str()).collect();
        let content = json!({ "aanleiding": cause, "lichtingen": waves });
        self.log(&mut tx, Entry { who, what: "herberekening-gevraagd", subject: id, content }).await?;
        tx.commit().await?;
        Ok(Edited::Done(id.into()))
    }

    /// A batch.
    pub async fn batch(&self, id: &str) -> Result<Option<Batch>> {
        let row = sqlx::query("SELECT aanleiding, versie, aangemaakt_op FROM herberekeningen WHERE id = ?")
            .bind(id)
            .fetch_optional(self.reader())
            .await?;
        let Some(row) = row else { return Ok(None) };
        let waves = sqlx::query(
            "SELECT lichting, berekening, toestand, opmerkingen FROM herberekening_lichtingen WHERE herberekening = ? ORDER BY lichting",
        )
        .bind(id)
        .fetch_all(self.reader())
        .await?;
        let waves: Result<Vec<Touched>> = waves
            .iter()
            .map(|row| {
                Ok(Touched { wave: row.get(0), run: row.get(1), state: state(row.get(2))?, remarks: serde_json::from_str(row.get(3))? })
            })
            .collect();
        Ok(Some(Batch { id: id.into(), cause: serde_json::from_str(row.get(0))?, version: row.get(1), created: row.get(2), waves: waves? }))
    }

    /// Batches, the newest first: a page of ids and how many there are.
    pub async fn batches(&self, skip: i64, most: i64) -> Result<(Vec<Batch>, i64)> {
        let ids: Vec<String> = sqlx::query_scalar("SELECT id FROM herberekeningen ORDER BY aangemaakt_op DESC, id LIMIT ? OFFSET ?")
            .bind(most)
            .bind(skip)
            .fetch_all(self.reader())
            .await?;
        let mut batches = Vec::new();
        for id in ids {
            batches.extend(self.batch(&id).await?);
        }
        let all = sqlx::query_scalar("SELECT COUNT(*) FROM herberekeningen").fetch_one(self.reader()).await?;
        Ok((batches, all))
    }

    /// Declines the proposals that are still open.
    pub async fn decline_batch(&self, id: &str, version: i64, who: &str) -> Result<Accepted> {
        let Some(batch) = self.batch(id).await? else { return Ok(Accepted::Unknown) };
        let mut tx = self.begin().await?;
        if !step(&mut tx, id, version).await? {
            return Ok(Accepted::Stale(Box::new(batch)));
        }
        sqlx::query("UPDATE herberekening_lichtingen SET toestand = 'afgewezen' WHERE herberekening = ? AND toestand = 'voorstel'")
            .bind(id)
            .execute(&mut *tx)
            .await?;
        self.log(&mut tx, Entry { who, what: "herberekening-afgewezen", subject: id, content: json!({}) }).await?;
        self.note_deed(&mut tx, &Value::Null).await?;
        tx.commit().await?;
        Ok(Accepted::Done(Vec::new()))
    }

    /// Accepts the proposals for these waves: each plan becomes the one that counts, in one change.
    pub async fn accept_batch(&self, id: &str, version: i64, accepted: &[Acceptance], who: &str) -> Result<Accepted> {
        let Some(batch) = self.batch(id).await? else { return Ok(Accepted::Unknown) };
        let mut tx = self.begin().await?;
        if !step(&mut tx, id, version).await? {
            return Ok(Accepted::Stale(Box::new(batch)));
        }
        let (mut gone, mut wrong) = (Vec::new(), Vec::new());
        for acceptance in accepted {
            let Some(touched) = batch.waves.iter().find(|it| it.wave == acceptance.wave) else { return Ok(Accepted::Unknown) };
            match self.accept_one(&mut tx, id, touched, acceptance, &batch.cause).await? {
                Ok(()) => gone.extend(acceptance.gone.iter().map(|it| (touched.wave.clone(), it.clone()))),
                Err(why) => wrong.push((touched.wave.clone(), why)),
            }
        }
        if !wrong.is_empty() {
            return Ok(Accepted::NotNow(wrong));
        }
        // Once for the whole batch: seats that are gone are not gone again when its other waves are accepted later.
        if batch.waves.iter().all(|it| it.state != ProposalState::Accepted) {
            self.drop_from_register(&mut tx, &batch.cause).await?;
        }
        let waves: Vec<&str> = accepted.iter().map(|it| it.wave.as_str()).collect();
        let content = json!({ "lichtingen": waves, "aanleiding": batch.cause, "besluiten_vervallen": gone });
        self.log(&mut tx, Entry { who, what: "herberekening-aanvaard", subject: id, content }).await?;
        self.note_deed(&mut tx, &Value::Null).await?;
        tx.commit().await?;
        Ok(Accepted::Done(gone))
    }

    async fn accept_one(
        &self,
        tx: &mut Tx,
        batch: &str,
        touched: &Touched,
        acceptance: &Acceptance,
        cause: &Value,
    ) -> Result<std::result::Result<(), String>> {
        let row = sqlx::query(
            "SELECT h.toestand, t.toestand, t.status, h.lichting_versie <> l.versie, h.invoer_na, l.toestand \
             FROM herberekening_lichtingen h JOIN berekeningen b ON b.id = h.berekening JOIN taken t ON t.id = b.id \
             JOIN lichtingen l ON l.id = h.lichting WHERE h.herberekening = ? AND h.lichting = ?",
        )
        .bind(batch)
        .bind(&touched.wave)
        .fetch_one(&mut **tx)
        .await?;
        let state = state(row.get(0))?;
        if state != ProposalState::Open {
            return Ok(Err(format!("dit voorstel is al {}", state.code())));
        }
        let status = row.get::<Option<&str>, _>(2).map(verdict).transpose()?;
        if !status.is_some_and(Verdict::has_plan) || row.get::<String, _>(1) != "klaar" {
            return Ok(Err("de herberekening heeft (nog) geen plan".into()));
        }
        if row.get::<bool, _>(3) {
            return Ok(Err("deze lichting is intussen veranderd; vraag een nieuwe herberekening".into()));
        }
        let input: String = row.get(4);
        sqlx::query("UPDATE lichtingen SET invoer = ?, geldend = ?, versie = versie + 1 WHERE id = ?")
            .bind(&input)
            .bind(&touched.run)
            .bind(&touched.wave)
            .execute(&mut **tx)
            .await?;
        for candidate in &acceptance.gone {
            sqlx::query("DELETE FROM beoordelingen WHERE lichting = ? AND kandidaat = ?")
                .bind(&touched.wave)
                .bind(candidate)
                .execute(&mut **tx)
                .await?;
        }
        if row.get::<String, _>(5) == Life::Vastgesteld.code() {
            if let Err(why) = self.still_fits(tx, &touched.wave, acceptance, cause).await? {
                return Ok(Err(why));
            }
            self.move_placements(tx, &touched.wave, acceptance, cause).await?;
            self.move_candidates(tx, acceptance, cause).await?;
        }
        sqlx::query("UPDATE herberekening_lichtingen SET toestand = 'aanvaard' WHERE herberekening = ? AND lichting = ?")
            .bind(batch)
            .bind(&touched.wave)
            .execute(&mut **tx)
            .await?;
        Ok(Ok(()))
    }

    /// Whether the new plan of a published wave fits the register from the day it takes effect.
    async fn still_fits(&self, tx: &mut Tx, wave: &str, acceptance: &Acceptance, cause: &Value) -> Result<std::result::Result<(), String>> {
        let Some(mut wave) = self.wave_in(tx, wave).await? else { return Ok(Err("deze lichting is er niet meer".into())) };
        let from = cause["vanaf"].as_str().unwrap_or_default();
        if from > wave.from.as_str() {
            wave.from = from.to_owned();
        }
        let found = self.fits_in(tx, &wave, &acceptance.plan, acceptance.held_months).await?;
        let list: Vec<String> = found.clashes.into_iter().map(|it| it.what).collect();
        Ok(if list.is_empty() { Ok(()) } else { Err(list.join("; ")) })
    }
}

/// One wave whose proposal is accepted.
#[derive(Clone, Debug, PartialEq)]
pub struct Acceptance {
    /// The wave.
    pub wave: String,
    /// Candidates whose decision was about what is gone: it is taken out.
    pub gone: Vec<String>,
    /// Everybody who is placed otherwise, with the new placement; nothing for who has no place any more.
    pub moves: Vec<(String, Option<Wanted>)>,
    /// The whole new plan.
    pub plan: Vec<Wanted>,
    /// How many months a placement holds a seat.
    pub held_months: u32,
}

/// Takes a batch from one version to the next; `false` when it is no longer that version.
async fn step(tx: &mut Tx, id: &str, version: i64) -> Result<bool> {
    let done = sqlx::query("UPDATE herberekeningen SET versie = versie + 1 WHERE id = ? AND versie = ?")
        .bind(id)
        .bind(version)
        .execute(&mut **tx)
        .await?;
    Ok(done.rows_affected() > 0)
}
