//! Rows of jobs, what happened to them, and what came of them.

use std::collections::BTreeMap;

use loket_solver::matching::facts::outcome::Verdict;
use serde::Serialize;
use serde_json::Value as Json;

use super::engine::{Row, values};
use super::{Change, Error, Result, Session};
use crate::records::job::{Claim, Finish, Happening, Job, LaneFigures, Message, Moved, NewJob, Part, Source, State, Told};
use crate::records::progress::Progress;
use crate::work::kinds::kind;
use crate::work::lane::Lane;
use loket_solver::matching::facts::words::Word;

pub(super) const JOB: &str = "t.id AS taak, t.soort, t.vraag, t.toestand, t.pogingen, t.stop, t.voortgang, t.status, t.melding, \
    t.aangemaakt_op, t.begonnen_op, t.klaar_op";

pub(super) fn job(row: &Row) -> Result<Job> {
    Ok(Job {
        id: row.string("taak")?,
        kind: kind(row.text("soort")?)
            .ok_or_else(|| Error::Corrupt("kolom soort heeft een soort werk die dit programma niet kent".into()))?,
        question: row.json("vraag")?,
        state: row.code("toestand")?,
        attempts: row.int("pogingen")?,
        stopping: row.flag("stop")?,
        progress: row.maybe_json("voortgang")?,
        status: row.maybe_code("status")?,
        message: row.maybe_json("melding")?,
        created: row.int("aangemaakt_op")?,
        begun: row.maybe_int("begonnen_op")?,
        ended: row.maybe_int("klaar_op")?,
    })
}

impl Session {
    /// A job.
    pub async fn job(&mut self, id: &str) -> Result<Option<Job>> {
        self.row(format!("SELECT {JOB} FROM taken t WHERE t.id = $1"), values![id]).await?.as_ref().map(job).transpose()
    }

    /// The job that this claim still holds.
    pub async fn claimed(&mut self, claim: &Claim) -> Result<Option<Job>> {
        let sql = format!("SELECT {JOB} FROM taken t WHERE t.id = $1 AND t.pogingen = $2 AND t.toestand = 'bezig'");
        self.row(sql, values![&claim.id, claim.attempt]).await?.as_ref().map(job).transpose()
    }

    /// Jobs that some worker has, each with its pulse: how often a worker said that it lives since the job is there.
    pub async fn jobs_at_work(&mut self) -> Result<Vec<(Job, i64)>> {
        let sql = format!("SELECT {JOB}, t.slagen FROM taken t WHERE t.toestand = 'bezig'");
        self.rows(sql, values![]).await?.iter().map(|row| Ok((job(row)?, row.int("slagen")?))).collect()
    }

    /// Lanes where work waits.
    pub async fn waiting_lanes(&mut self) -> Result<Vec<Lane>> {
        let sql = "SELECT DISTINCT baan FROM taken WHERE toestand = 'wachtrij'";
        self.rows(sql, values![]).await?.iter().map(|row| row.code("baan")).collect()
    }

    /// The last checked plan of a job that is still at work.
    pub async fn interim(&mut self, id: &str) -> Result<Option<Vec<u8>>> {
        let row = self.row("SELECT tussenstand FROM taken WHERE id = $1", values![id]).await?;
        Ok(row.map(|row| row.maybe_string("tussenstand")).transpose()?.flatten().map(String::into_bytes))
    }

    /// The result of a job: an outcome or an answer.
    pub async fn result(&mut self, id: &str) -> Result<Option<Vec<u8>>> {
        let row = self.row("SELECT resultaat FROM taken WHERE id = $1", values![id]).await?;
        Ok(row.map(|row| row.maybe_string("resultaat")).transpose()?.flatten().map(String::into_bytes))
    }

    /// These jobs by id, each with its result so far.
    pub async fn jobs_among(&mut self, ids: &[&str]) -> Result<BTreeMap<String, (Job, Option<Vec<u8>>)>> {
        let within = self.dialect().one_of("t.id", "$1");
        let rows =
            self.rows(format!("SELECT {JOB}, t.resultaat FROM taken t WHERE {within}"), values![Json::from(ids).to_string()]).await?;
        let one = |row: &Row| {
            let (job, result) = (job(row)?, row.maybe_string("resultaat")?);
            Ok((job.id.clone(), (job, result.map(String::into_bytes))))
        };
        rows.iter().map(one).collect()
    }

    /// The bytes of a part: a file, or the result of a job.
    pub async fn part(&mut self, part: &Part) -> Result<Option<Vec<u8>>> {
        match part.source {
            Source::Invoer => self.input(&part.of).await,
            Source::Uitkomst => self.result(&part.of).await,
        }
    }

    /// What happened to a job after happening `after`.
    pub async fn happenings(&mut self, id: &str, after: i64, most: i64) -> Result<Vec<Happening>> {
        let sql = "SELECT nummer, soort, gegevens FROM taak_gebeurtenissen WHERE taak = $1 AND nummer > $2 ORDER BY nummer LIMIT $3";
        let rows = self.rows(sql, values![id, after, most]).await?;
        rows.iter().map(|row| Ok(Happening { number: row.int("nummer")?, told: row.code("soort")?, data: row.json("gegevens")? })).collect()
    }

    /// Where a job is, and the number of its last happening.
    pub async fn job_state(&mut self, id: &str) -> Result<Option<(State, i64)>> {
        let sql = "SELECT toestand, (SELECT COALESCE(MAX(nummer), 0) FROM taak_gebeurtenissen WHERE taak = taken.id) AS laatste \
                   FROM taken WHERE id = $1";
        self.row(sql, values![id]).await?.map(|row| Ok((row.code("toestand")?, row.int("laatste")?))).transpose()
    }

    /// The parts of an answer that were told so far.
    pub async fn parts_told(&mut self, id: &str) -> Result<Vec<Json>> {
        let sql = "SELECT gegevens FROM taak_gebeurtenissen WHERE taak = $1 AND soort = 'deel' ORDER BY nummer";
        self.rows(sql, values![id]).await?.iter().map(|row| row.json("gegevens")).collect()
    }

    /// How many questions wait: of this caller, and of everybody.
    pub async fn waiting_questions(&mut self, by: &str) -> Result<(i64, i64)> {
        let sql = "SELECT COUNT(*) AS alle, COALESCE(SUM(CASE WHEN t.door = $1 THEN 1 ELSE 0 END), 0) AS eigen \
                   FROM taken t JOIN vragen v ON v.id = t.id WHERE t.toestand = 'wachtrij'";
        let row = self.one(sql, values![by]).await?;
        Ok((row.int("eigen")?, row.int("alle")?))
    }

    /// How much work each lane has.
    pub async fn lane_figures(&mut self, now: i64) -> Result<Vec<LaneFigures>> {
        let sql = "SELECT baan, SUM(CASE WHEN toestand = 'wachtrij' THEN 1 ELSE 0 END) AS wacht, \
                   SUM(CASE WHEN toestand = 'bezig' THEN 1 ELSE 0 END) AS bezig, \
                   MIN(CASE WHEN toestand = 'wachtrij' THEN aangemaakt_op END) AS oudste \
                   FROM taken WHERE toestand IN ('wachtrij', 'bezig') GROUP BY baan";
        let mut figures: Vec<LaneFigures> =
            Lane::ALL.iter().map(|&lane| LaneFigures { lane, waiting: 0, at_work: 0, oldest_ms: 0 }).collect();
        for row in self.rows(sql, values![]).await? {
            let lane: Lane = row.code("baan")?;
            for it in figures.iter_mut().filter(|it| it.lane == lane) {
                it.waiting = row.int("wacht")?;
                it.at_work = row.int("bezig")?;
                it.oldest_ms = row.maybe_int("oudste")?.map_or(0, |at| (now - at).max(0));
            }
        }
        Ok(figures)
    }
}

impl Change {
    /// Puts a job in line in the lane of its kind, and rings for the workers of that lane.
    pub async fn enqueue(&mut self, new: &NewJob<'_>) -> Result<()> {
        self.enqueue_in(new.kind.lane, new).await
    }

    /// The same in another lane.
    pub async fn enqueue_in(&mut self, lane: Lane, new: &NewJob<'_>) -> Result<()> {
        let sql = "INSERT INTO taken (id, baan, groep, soort, vraag, delen, toestand, aangemaakt_op, door) \
                   VALUES ($1, $2, $3, $4, $5, $6, 'wachtrij', $7, $8)";
        let (question, parts, now) = (new.question.text(), serde_json::to_string(new.parts)?, self.clock().now());
        self.run(sql, values![new.id, lane.code(), new.group, new.kind.code, question, parts, now, new.by]).await?;
        self.tell(new.id, Told::State, &Moved { state: State::Wachtrij, attempt: None, message: None }).await?;
        self.ring(lane.code()).await
    }

    /// Claims the next job of a lane for a worker: of whoever's last turn is longest ago, from the wave of his whose is, of the kind whose is.
    /// So nobody's many questions hold up another's, and many of one kind hold up no other kind.
    pub async fn claim_next(&mut self, lane: Lane, worker: &str) -> Result<Option<Claim>> {
        // Of each that waits its three last turns, and not of every turn there ever was.
        let last = |of: &str| format!("COALESCE((SELECT MAX(d.begonnen_op) FROM taken d WHERE d.baan = $1 AND d.{of} = t.{of}), 0)");
        let [caller, group, kind] = ["door", "groep", "soort"].map(last);
        let sql = format!(
            "SELECT t.id, t.pogingen, t.soort, t.vraag, t.delen FROM taken t WHERE t.baan = $1 AND t.toestand = 'wachtrij' \
             ORDER BY {caller}, {group}, {kind}, t.aangemaakt_op, t.id LIMIT 1"
        );
        let Some(row) = self.row(sql, values![lane.code()]).await? else { return Ok(None) };
        let claim = Claim {
            id: row.string("id")?,
            attempt: row.int("pogingen")? + 1,
            kind: row.string("soort")?,
            question: row.json("vraag")?,
            parts: row.json("delen")?,
        };
        let now = self.clock().now();
        let sql = "UPDATE taken SET toestand = 'bezig', pogingen = $1, werker = $2, slagen = slagen + 1, begonnen_op = $3 WHERE id = $4";
        self.run(sql, values![claim.attempt, worker, now, &claim.id]).await?;
        self.tell(&claim.id, Told::State, &Moved { state: State::Bezig, attempt: Some(claim.attempt), message: None }).await?;
        Ok(Some(claim))
    }

    /// Says that the worker of a claim lives; `false` when the claim is no longer the last one.
    pub async fn beat(&mut self, claim: &Claim) -> Result<bool> {
        let sql = "UPDATE taken SET slagen = slagen + 1 WHERE id = $1 AND pogingen = $2 AND toestand = 'bezig'";
        Ok(self.run(sql, values![&claim.id, claim.attempt]).await? > 0)
    }

    /// Notes how far a job is.
    pub async fn note_progress(&mut self, id: &str, progress: &Progress) -> Result<()> {
        let progress = serde_json::to_string(progress)?;
        self.run("UPDATE taken SET voortgang = $1 WHERE id = $2", values![progress, id]).await.map(|_| ())
    }

    /// Keeps the last checked plan of a job that is at work.
    pub async fn keep_interim(&mut self, id: &str, plan: &[u8], status: Verdict) -> Result<()> {
        let plan = String::from_utf8_lossy(plan).into_owned();
        self.run("UPDATE taken SET tussenstand = $1, status = $2 WHERE id = $3", values![plan, status.code(), id]).await.map(|_| ())
    }

    /// Puts a job back in line, so many times begun, and rings for the workers of its lane.
    pub async fn requeue(&mut self, job: &Job, attempts: i64, message: Option<&Message>) -> Result<()> {
        let sql = "UPDATE taken SET toestand = 'wachtrij', pogingen = $1, werker = NULL, melding = COALESCE($2, melding) \
                   WHERE id = $3";
        let text = message.map(serde_json::to_string).transpose()?;
        self.run(sql, values![attempts, text, &job.id]).await?;
        self.tell(&job.id, Told::State, &Moved { state: State::Wachtrij, attempt: None, message: message.cloned() }).await?;
        self.ring(job.kind.lane.code()).await
    }

    /// Ends a job. Without a result of its own the last checked plan is its result.
    pub async fn end_job(&mut self, id: &str, finish: &Finish) -> Result<()> {
        let sql = "UPDATE taken SET toestand = $1, resultaat = COALESCE($2, tussenstand), \
                   tussenstand = NULL, status = COALESCE($3, status), melding = $4, klaar_op = $5, werker = NULL WHERE id = $6";
        let result = finish.result.as_deref().map(|bytes| String::from_utf8_lossy(bytes).into_owned());
        let message = finish.message.as_ref().map(serde_json::to_string).transpose()?;
        let now = self.clock().now();
        self.run(sql, values![finish.state.code(), result, finish.status.map(Word::code), message, now, id]).await?;
        self.tell(id, Told::State, &Moved { state: finish.state, attempt: None, message: finish.message.clone() }).await
    }

    /// Asks whoever works on a job to stop.
    pub async fn mark_stop(&mut self, id: &str) -> Result<()> {
        self.run("UPDATE taken SET stop = 1 WHERE id = $1", values![id]).await.map(|_| ())
    }

    /// Rings for the workers of a lane.
    pub async fn ring_for(&mut self, lane: Lane) -> Result<()> {
        self.ring(lane.code()).await
    }

    /// Tells what happened to a job.
    pub async fn tell<T: Serialize>(&mut self, id: &str, told: Told, data: &T) -> Result<()> {
        let sql = "INSERT INTO taak_gebeurtenissen (taak, nummer, soort, gegevens, op) \
                   SELECT $1, COALESCE(MAX(nummer), 0) + 1, $2, $3, $4 FROM taak_gebeurtenissen WHERE taak = $1";
        let (data, now) = (serde_json::to_string(data)?, self.clock().now());
        self.run(sql, values![id, told.code(), data, now]).await.map(|_| ())
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use serde_json::json;

    use super::*;
    use crate::records::job::Question;
    use crate::store::trial::On;
    use crate::work::kinds::{SCARCITY, STRESS};

    async fn turns_go_around_among_callers_then_waves_then_kinds(on: On) {
        let base = on.base().await;
        let store = base.open().await;
        let question = Question(json!({}));
        for (id, by, group, kind) in [
            ("a1", "a", "w", &SCARCITY),
            ("a2", "a", "w", &SCARCITY),
            ("a3", "a", "w", &STRESS),
            ("a4", "a", "v", &SCARCITY),
            ("b1", "b", "w", &SCARCITY),
        ] {
            let mut change = store.change().await.unwrap();
            change.enqueue(&NewJob { id, kind, group, by, question: &question, parts: &[] }).await.unwrap();
            change.commit().await.unwrap();
        }
        let mut order = Vec::new();
        loop {
            let mut change = store.change().await.unwrap();
            let Some(claim) = change.claim_next(Lane::Heavy, "werker").await.unwrap() else { break };
            change.commit().await.unwrap();
            order.push(claim.id);
            // Turns are told apart by the millisecond in which they began.
            tokio::time::sleep(Duration::from_millis(3)).await;
        }
        assert_eq!(order, ["a1", "b1", "a4", "a3", "a2"]);
        store.close().await;
    }

    crate::store::trial::on_both! {
        turns_go_around_among_callers_then_waves_then_kinds,
    }
}
