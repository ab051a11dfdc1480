//! Runs of a wave: what was solved, on which decisions, and which plan counts.

use serde_json::{Value, json};
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use super::jobs::{JOB, Job, NewJob, Part, State, job};
use super::log::Entry;
use super::waves::{Edited, Life, Wave};
use super::{Result, Store, Tx, ids};
use crate::work::kinds::{Kind, SOLVE};

/// A run as it is kept. What was solved and what came of it never changes once it ended.
#[derive(Clone, Debug)]
pub struct Run {
    /// The work itself.
    pub job: Job,
    /// Its wave.
    pub wave: String,
    /// From 1 within its wave.
    pub number: i64,
    /// Hash of the file that was solved.
    pub input: String,
    /// Hash of the wave's own file it was made from.
    pub base: String,
    /// The wave's decisions it knew.
    pub decisions: i64,
    /// The run whose plan it started from.
    pub before: Option<String>,
    /// The batch it belongs to.
    pub batch: Option<String>,
    /// Version of the program.
    pub program: String,
    /// Whether decisions or the wave's file changed since.
    pub outdated: bool,
}

/// A run to be put in line.
#[derive(Clone, Debug)]
pub struct NewRun<'a> {
    /// The wave as the caller read it.
    pub wave: &'a Wave,
    /// The file to solve.
    pub file: &'a [u8],
    /// Hash of the wave's own file that it is made from; of what that will be once accepted, for a batch.
    pub base: &'a str,
    /// The run whose plan it starts from.
    pub before: Option<&'a str>,
    /// The batch it belongs to.
    pub batch: Option<&'a str>,
    /// Limits and options for the child.
    pub question: &'a Value,
    /// Its id when it is new.
    pub id: &'a str,
}

const RUN: &str = "b.lichting, b.nummer, b.invoer, b.basis, b.beslissingen, b.voorganger, b.herberekening, b.programma, \
    CASE WHEN h.toestand = 'voorstel' THEN h.lichting_versie <> l.versie ELSE b.beslissingen < l.beslissingen OR b.basis <> l.invoer END";
const FROM: &str = "FROM berekeningen b JOIN taken t ON t.id = b.id JOIN lichtingen l ON l.id = b.lichting \
    LEFT JOIN herberekening_lichtingen h ON h.berekening = b.id";

fn run(row: &SqliteRow) -> Result<Run> {
    Ok(Run {
        job: job(row)?,
        wave: row.get(12),
        number: row.get(13),
        input: row.get(14),
        base: row.get(15),
        decisions: row.get(16),
        before: row.get(17),
        batch: row.get(18),
        program: row.get(19),
        outdated: row.get(20),
    })
}

impl Store {
    /// Puts a run in line, or gives the run of the same file that there is already: the same submit has one effect, however often.
    /// `Stale` when the wave changed since the caller read it.
    pub async fn submit_run(&self, new: &NewRun<'_>, who: &str) -> Result<Edited<String>> {
        let mut tx = self.begin().await?;
        let submitted = self.submit_run_in(&mut tx, new, who).await?;
        tx.commit().await?;
        Ok(submitted)
    }

    pub(crate) async fn submit_run_in(&self, tx: &mut Tx, new: &NewRun<'_>, who: &str) -> Result<Edited<String>> {
        let Some(wave) = self.wave_in(tx, &new.wave.id).await? else { return Ok(Edited::Unknown) };
        if wave.life == Life::Concept || (wave.life >= Life::Vastgesteld && new.batch.is_none()) {
            return Ok(Edited::NotNow(wave.id));
        }
        if (wave.decisions, &wave.input) != (new.wave.decisions, &new.wave.input) {
            return Ok(Edited::Stale(wave.id));
        }
        let input = self.keep_input(tx, new.file).await?;
        if new.batch.is_none() {
            // A request that was repeated after its answer was lost has the id of the first, which may have failed since.
            let made = sqlx::query_scalar("SELECT id FROM berekeningen WHERE id = ? AND lichting = ?").bind(new.id).bind(&wave.id);
            if let Some(id) = made.fetch_optional(&mut **tx).await? {
                return Ok(Edited::Done(id));
            }
            let same = sqlx::query_scalar(
                "SELECT b.id FROM berekeningen b JOIN taken t ON t.id = b.id WHERE b.lichting = ? AND b.invoer = ? AND b.herberekening IS NULL \
                 AND t.vraag = ? AND t.toestand IN ('wachtrij', 'bezig', 'klaar') ORDER BY b.nummer DESC LIMIT 1",
            )
            .bind(&wave.id)
            .bind(&input)
            .bind(new.question.to_string())
            .fetch_optional(&mut **tx)
            .await?;
            if let Some(id) = same {
                return Ok(Edited::Done(id));
            }
        }
        let mut parts = vec![Part { name: "lichting".into(), source: "invoer".into(), of: input.clone() }];
        parts.extend(new.before.map(|before| Part { name: "start".into(), source: "uitkomst".into(), of: before.into() }));
        let job = NewJob { id: new.id, kind: &SOLVE, group: &wave.id, question: new.question, parts: &parts };
        self.enqueue(tx, job).await?;
        sqlx::query(
            "INSERT INTO berekeningen (id, lichting, nummer, invoer, basis, beslissingen, voorganger, herberekening, programma) \
             SELECT ?1, ?2, COALESCE(MAX(nummer), 0) + 1, ?3, ?4, ?5, ?6, ?7, ?8 FROM berekeningen WHERE lichting = ?2",
        )
        .bind(new.id)
        .bind(&wave.id)
        .bind(&input)
        .bind(new.base)
        .bind(wave.decisions)
        .bind(new.before)
        .bind(new.batch)
        .bind(env!("CARGO_PKG_VERSION"))
        .execute(&mut **tx)
        .await?;
        let content = json!({ "lichting": wave.id, "invoer": input, "beslissingen": wave.decisions, "herberekening": new.batch });
        self.log(tx, Entry { who, what: "berekening-gevraagd", subject: new.id, content }).await?;
        Ok(Edited::Done(new.id.to_string()))
    }

    /// A run.
    pub async fn run(&self, id: &str) -> Result<Option<Run>> {
        let sql = sqlx::AssertSqlSafe(format!("SELECT {JOB}, {RUN} {FROM} WHERE b.id = ?"));
        sqlx::query(sql).bind(id).fetch_optional(self.reader()).await?.as_ref().map(run).transpose()
    }

    /// The same within a change.
    pub(crate) async fn run_in(&self, tx: &mut Tx, id: &str) -> Result<Option<Run>> {
        let sql = sqlx::AssertSqlSafe(format!("SELECT {JOB}, {RUN} {FROM} WHERE b.id = ?"));
        sqlx::query(sql).bind(id).fetch_optional(&mut **tx).await?.as_ref().map(run).transpose()
    }

    /// The runs of a wave, the newest first: a page of them and how many there are.
    pub async fn runs(&self, wave: &str, skip: i64, most: i64) -> Result<(Vec<Run>, i64)> {
        let sql = sqlx::AssertSqlSafe(format!("SELECT {JOB}, {RUN} {FROM} WHERE b.lichting = ? ORDER BY b.nummer DESC LIMIT ? OFFSET ?"));
        let rows = sqlx::query(sql).bind(wave).bind(most).bind(skip).fetch_all(self.reader()).await?;
        let all = sqlx::query_scalar("SELECT COUNT(*) FROM berekeningen WHERE lichting = ?").bind(wave).fetch_one(self.reader()).await?;
        Ok((rows.iter().map(run).collect::<Result<_>>()?, all))
    }

    /// Asks a run to stop.
    pub async fn stop_run(&self, id: &str, who: &str) -> Result<Option<State>> {
        let mut tx = self.begin().await?;
        let known: Option<i64> = sqlx::query_scalar("SELECT 1 FROM berekeningen WHERE id = ?").bind(id).fetch_optional(&mut *tx).await?;
        if known.is_none() {
            return Ok(None);
        }
        let state = self.ask_stop(&mut tx, id).await?;
        self.log(&mut tx, Entry { who, what: "berekening-afgebroken", subject: id, content: json!({}) }).await?;
        tx.commit().await?;
        Ok(state)
    }

    /// When an ordinary run ends with a plan, that plan is the one under review.
    pub(super) async fn run_ended(&self, tx: &mut Tx, id: &str) -> Result<()> {
        sqlx::query(
            "UPDATE lichtingen SET geldend = ?1, versie = versie + 1, \
             toestand = CASE toestand WHEN 'ingediend' THEN 'berekend' ELSE toestand END \
             WHERE toestand IN ('ingediend', 'berekend', 'in-beoordeling') AND id = (SELECT b.lichting FROM berekeningen b \
             JOIN taken t ON t.id = b.id WHERE b.id = ?1 AND b.herberekening IS NULL AND t.resultaat IS NOT NULL \
             AND t.status IN ('optimaal', 'haalbaar') AND NOT EXISTS (SELECT 1 FROM lichtingen l JOIN berekeningen g ON g.id = l.geldend \
             WHERE l.id = b.lichting AND g.nummer > b.nummer))",
        )
        .bind(id)
        .execute(&mut **tx)
        .await?;
        Ok(())
    }

    /// Asks a question about a run's plan, or gives the same question that was asked before (unless that failed).
    pub async fn ask(&self, run: &Run, kind: &'static Kind, question: &Value) -> Result<String> {
        let key = ids::sha256(format!("{}:{}:{question}", run.job.id, kind.code).as_bytes());
        let mut tx = self.begin().await?;
        let known: Option<(String, String)> =
            sqlx::query_as("SELECT v.id, t.toestand FROM vragen v JOIN taken t ON t.id = v.id WHERE v.sleutel = ?")
                .bind(&key)
                .fetch_optional(&mut *tx)
                .await?;
        match known {
            Some((id, state)) if !["mislukt", "afgebroken"].contains(&state.as_str()) => return Ok(id),
            Some((id, _)) => {
                // Asked again: the failed one keeps its answer under its own id.
                sqlx::query("UPDATE vragen SET sleutel = id WHERE id = ?").bind(&id).execute(&mut *tx).await?;
            }
            None => {}
        }
        let id = ids::new(None);
        let parts = [
            Part { name: "lichting".into(), source: "invoer".into(), of: run.input.clone() },
            Part { name: "uitkomst".into(), source: "uitkomst".into(), of: run.job.id.clone() },
        ];
        self.enqueue(&mut tx, NewJob { id: &id, group: &run.wave, kind, question, parts: &parts }).await?;
        sqlx::query("INSERT INTO vragen (id, berekening, sleutel) VALUES (?, ?, ?)")
            .bind(&id)
            .bind(&run.job.id)
            .bind(&key)
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(id)
    }

    /// A question: its job and its run.
    pub async fn question(&self, id: &str) -> Result<Option<(Job, String)>> {
        let sql = sqlx::AssertSqlSafe(format!("SELECT {JOB}, v.berekening FROM vragen v JOIN taken t ON t.id = v.id WHERE v.id = ?"));
        let row = sqlx::query(sql).bind(id).fetch_optional(self.reader()).await?;
        row.map(|row| Ok((job(&row)?, row.get(12)))).transpose()
    }

    /// The parts of an answer that were told so far.
    pub async fn parts_told(&self, id: &str) -> Result<Vec<Value>> {
        let rows = sqlx::query("SELECT gegevens FROM taak_gebeurtenissen WHERE taak = ? AND soort = 'deel' ORDER BY nummer")
            .bind(id)
            .fetch_all(self.reader())
            .await?;
        rows.iter().map(|row| Ok(serde_json::from_str(row.get(0))?)).collect()
    }
}
