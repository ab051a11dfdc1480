//! Work for a worker: the row is the truth, claimed under a lease and finished only by who holds the last claim.

use loket_solver::matching::facts::outcome::Verdict;
use loket_solver::matching::facts::words::Word;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use super::{Result, Store, Tx};

/// How often a job is begun before it is given up.
pub const MOST_ATTEMPTS: i64 = 3;

/// Lanes: each has its own workers, so that a heavy question never waits before a quick one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Lane {
    /// Whole waves.
    Runs,
    /// Questions about one person or one seat.
    Questions,
    /// Questions about the whole wave: scarcity, stress.
    Heavy,
}

impl Lane {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Runs, Self::Questions, Self::Heavy];

    /// As it is kept.
    pub fn code(self) -> &'static str {
        match self {
            Self::Runs => "berekeningen",
            Self::Questions => "vragen",
            Self::Heavy => "zware-vragen",
        }
    }
}

/// Where a job is: `wachtrij bezig klaar mislukt afgebroken`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// Waits for a worker.
    Wachtrij,
    /// A worker has it.
    Bezig,
    /// Done; there is a result.
    Klaar,
    /// Given up; the last checked plan, when there is one, is kept.
    Mislukt,
    /// Stopped by a person; the last checked plan, when there is one, is kept.
    Afgebroken,
}

impl State {
    /// As it is kept.
    pub fn code(self) -> &'static str {
        match self {
            Self::Wachtrij => "wachtrij",
            Self::Bezig => "bezig",
            Self::Klaar => "klaar",
            Self::Mislukt => "mislukt",
            Self::Afgebroken => "afgebroken",
        }
    }

    pub(super) fn read(code: &str) -> Self {
        match code {
            "wachtrij" => Self::Wachtrij,
            "bezig" => Self::Bezig,
            "klaar" => Self::Klaar,
            "afgebroken" => Self::Afgebroken,
            _ => Self::Mislukt,
        }
    }

    /// Whether nothing more will happen.
    pub fn ended(self) -> bool {
        !matches!(self, Self::Wachtrij | Self::Bezig)
    }
}

/// One part of what the solver's child gets: a name, and where its bytes are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// What the child calls it.
    #[serde(rename = "naam")]
    pub name: String,
    /// `invoer` (a wave file by hash) or `uitkomst` (the result of a task).
    #[serde(rename = "bron")]
    pub source: String,
    /// Which.
    #[serde(rename = "van")]
    pub of: String,
}

/// A job to be put in line.
#[derive(Clone, Debug)]
pub struct NewJob<'a> {
    /// Its id.
    pub id: &'a str,
    /// Where it waits.
    pub lane: Lane,
    /// Its wave, for taking turns.
    pub group: &'a str,
    /// `oplossen`, `waarom`, …: what the child is asked.
    pub kind: &'a str,
    /// The question's details.
    pub question: &'a Value,
    /// What the child gets.
    pub parts: &'a [Part],
}

/// A claimed job. Only the last claim may write to it.
#[derive(Clone, Debug)]
pub struct Claim {
    /// The job's id.
    pub id: String,
    /// Which attempt this is, from 1; with the id it tells one claim from another.
    pub attempt: i64,
    /// `oplossen`, `waarom`, ….
    pub kind: String,
    /// The question's details.
    pub question: Value,
    /// What the child gets.
    pub parts: Vec<Part>,
}

/// A job as it is kept.
#[derive(Clone, Debug)]
pub struct Job {
    /// Its id.
    pub id: String,
    /// `oplossen`, `waarom`, ….
    pub kind: String,
    /// The question's details.
    pub question: Value,
    /// Where it is.
    pub state: State,
    /// How often it was begun.
    pub attempts: i64,
    /// Whether somebody asked to stop.
    pub stopping: bool,
    /// The last progress told.
    pub progress: Option<Value>,
    /// How the solve of the plan that is kept ended.
    pub status: Option<Verdict>,
    /// What went otherwise, for people.
    pub message: Option<Value>,
    /// UTC milliseconds.
    pub created: i64,
    /// UTC milliseconds of the last beginning.
    pub begun: Option<i64>,
    /// UTC milliseconds.
    pub ended: Option<i64>,
}

/// How a job ends.
#[derive(Clone, Debug)]
pub struct Finish {
    /// [`State::ended`] holds.
    pub state: State,
    /// The outcome or answer; `None` keeps the last checked plan as the result.
    pub result: Option<Vec<u8>>,
    /// How an outcome's solve ended.
    pub status: Option<Verdict>,
    /// What went otherwise, for people.
    pub message: Option<Value>,
}

pub(super) const JOB: &str = "t.id, t.soort, t.vraag, t.toestand, t.pogingen, t.stop, t.voortgang, t.status, t.melding, \
    t.aangemaakt_op, t.begonnen_op, t.klaar_op";

pub(super) fn verdict(code: &str) -> Result<Verdict> {
    Verdict::parse(code).ok_or_else(|| super::Error::Corrupt(format!("een taak met status {code}")))
}

pub(super) fn job(row: &SqliteRow) -> Result<Job> {
    let json = |text: Option<String>| text.map(|text| serde_json::from_str(&text)).transpose();
    Ok(Job {
        id: row.get(0),
        kind: row.get(1),
        question: serde_json::from_str(row.get(2))?,
        state: State::read(row.get(3)),
        attempts: row.get(4),
        stopping: row.get::<i64, _>(5) > 0,
        progress: json(row.get(6))?,
        status: row.get::<Option<&str>, _>(7).map(verdict).transpose()?,
        message: json(row.get(8))?,
        created: row.get(9),
        begun: row.get(10),
        ended: row.get(11),
    })
}

impl Store {
    /// Puts a job in line, with a ticket for the workers, in the caller's change.
    pub(crate) async fn enqueue(&self, tx: &mut Tx, new: NewJob<'_>) -> Result<()> {
        sqlx::query(
            "INSERT INTO taken (id, baan, groep, soort, vraag, delen, toestand, aangemaakt_op) VALUES (?, ?, ?, ?, ?, ?, 'wachtrij', ?)",
        )
        .bind(new.id)
        .bind(new.lane.code())
        .bind(new.group)
        .bind(new.kind)
        .bind(new.question.to_string())
        .bind(serde_json::to_string(new.parts)?)
        .bind(self.clock().now())
        .execute(&mut **tx)
        .await?;
        self.tell(tx, new.id, "toestand", &serde_json::json!({ "toestand": "wachtrij" })).await?;
        ticket(tx, new.lane).await
    }

    /// The next job of a lane for this worker: from the wave whose last turn is longest ago.
    pub async fn claim(&self, lane: Lane, worker: &str, lease: i64) -> Result<Option<Claim>> {
        let now = self.clock().now();
        let mut tx = self.begin().await?;
        let next = sqlx::query(
            "SELECT t.id, t.pogingen, t.soort, t.vraag, t.delen FROM taken t WHERE t.baan = ? AND t.toestand = 'wachtrij' ORDER BY \
             (SELECT COALESCE(MAX(o.begonnen_op), 0) FROM taken o WHERE o.groep = t.groep AND o.baan = t.baan), t.aangemaakt_op, t.id LIMIT 1",
        )
        .bind(lane.code())
        .fetch_optional(&mut *tx)
        .await?;
        let Some(row) = next else { return Ok(None) };
        let claim = Claim {
            id: row.get(0),
            attempt: row.get::<i64, _>(1) + 1,
            kind: row.get(2),
            question: serde_json::from_str(row.get(3))?,
            parts: serde_json::from_str(row.get(4))?,
        };
        sqlx::query("UPDATE taken SET toestand = 'bezig', pogingen = ?, werker = ?, huur_tot = ?, begonnen_op = ? WHERE id = ?")
            .bind(claim.attempt)
            .bind(worker)
            .bind(now + lease)
            .bind(now)
            .bind(&claim.id)
            .execute(&mut *tx)
            .await?;
        self.tell(&mut tx, &claim.id, "toestand", &serde_json::json!({ "toestand": "bezig", "poging": claim.attempt })).await?;
        tx.commit().await?;
        Ok(Some(claim))
    }

    /// Keeps the lease; `None` when the claim is no longer the last one, else whether somebody asked to stop.
    pub async fn renew(&self, claim: &Claim, lease: i64) -> Result<Option<bool>> {
        let stop: Option<i64> =
            sqlx::query_scalar("UPDATE taken SET huur_tot = ? WHERE id = ? AND pogingen = ? AND toestand = 'bezig' RETURNING stop")
                .bind(self.clock().now() + lease)
                .bind(&claim.id)
                .bind(claim.attempt)
                .fetch_optional(&self.write)
                .await?;
        Ok(stop.map(|stop| stop > 0))
    }

    /// Keeps what the child told: progress, a checked plan (`plan`, with its bytes) or a part of an answer (`deel`).
    pub async fn hear(&self, claim: &Claim, kind: &str, data: &Value, plan: Option<(&[u8], Verdict)>) -> Result<bool> {
        let mut tx = self.begin().await?;
        let kept: Option<String> = match plan {
            Some(_) => sqlx::query_scalar("SELECT tussenstand FROM taken WHERE id = ?").bind(&claim.id).fetch_one(&mut *tx).await?,
            None => None,
        };
        // A later attempt begins anew: its first plans may be worse than the last of the attempt before.
        let plan = plan.filter(|(bytes, _)| kept.is_none_or(|kept| proven(kept.as_bytes()) <= proven(bytes)));
        let text = plan.map(|(bytes, _)| String::from_utf8_lossy(bytes).into_owned());
        let done = sqlx::query(
            "UPDATE taken SET voortgang = CASE WHEN ?1 = 'voortgang' THEN ?2 ELSE voortgang END, \
             tussenstand = COALESCE(?3, tussenstand), status = COALESCE(?4, status) WHERE id = ?5 AND pogingen = ?6 AND toestand = 'bezig'",
        )
        .bind(kind)
        .bind(data.to_string())
        .bind(text)
        .bind(plan.map(|(_, status)| status.code()))
        .bind(&claim.id)
        .bind(claim.attempt)
        .execute(&mut *tx)
        .await?;
        if done.rows_affected() == 0 {
            return Ok(false);
        }
        self.tell(&mut tx, &claim.id, kind, data).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Puts a job back in line after a failed attempt, or ends it when there were too many or somebody asked to stop.
    pub async fn retry(&self, claim: &Claim, message: &Value) -> Result<()> {
        let mut tx = self.begin().await?;
        let row = sqlx::query("SELECT baan, stop FROM taken WHERE id = ? AND pogingen = ? AND toestand = 'bezig'")
            .bind(&claim.id)
            .bind(claim.attempt)
            .fetch_optional(&mut *tx)
            .await?;
        let Some(row) = row else { return Ok(()) };
        let stop: i64 = row.get(1);
        self.put_back(&mut tx, &claim.id, row.get(0), claim.attempt, stop > 0, message).await?;
        tx.commit().await?;
        Ok(())
    }

    async fn put_back(&self, tx: &mut Tx, id: &str, lane: &str, attempts: i64, stop: bool, message: &Value) -> Result<()> {
        let state = match (stop, attempts >= MOST_ATTEMPTS) {
            (true, _) => State::Afgebroken,
            (false, true) => State::Mislukt,
            (false, false) => State::Wachtrij,
        };
        if state.ended() {
            let finish = Finish { state, result: None, status: None, message: Some(message.clone()) };
            return self.ended(tx, id, &finish).await;
        }
        sqlx::query("UPDATE taken SET toestand = 'wachtrij', werker = NULL, huur_tot = NULL, melding = ? WHERE id = ?")
            .bind(message.to_string())
            .bind(id)
            .execute(&mut **tx)
            .await?;
        self.tell(tx, id, "toestand", &serde_json::json!({ "toestand": "wachtrij", "melding": message })).await?;
        if let Some(lane) = Lane::ALL.into_iter().find(|it| it.code() == lane) {
            ticket(tx, lane).await?;
        }
        Ok(())
    }

    /// Puts a job back in line that its worker could not finish because the service ends: that was no attempt.
    pub async fn release(&self, claim: &Claim) -> Result<()> {
        let mut tx = self.begin().await?;
        let back: Option<String> = sqlx::query_scalar(
            "UPDATE taken SET toestand = 'wachtrij', pogingen = pogingen - 1, werker = NULL, huur_tot = NULL \
             WHERE id = ? AND pogingen = ? AND toestand = 'bezig' RETURNING baan",
        )
        .bind(&claim.id)
        .bind(claim.attempt)
        .fetch_optional(&mut *tx)
        .await?;
        if let Some(lane) = back.and_then(|lane| Lane::ALL.into_iter().find(|it| it.code() == lane)) {
            self.tell(&mut tx, &claim.id, "toestand", &serde_json::json!({ "toestand": "wachtrij" })).await?;
            ticket(&mut tx, lane).await?;
        }
        tx.commit().await?;
        Ok(())
    }

    /// Puts back the jobs of workers that are gone: those whose lease is over. How many there were.
    pub async fn recover(&self) -> Result<usize> {
        let now = self.clock().now();
        let late: Option<i64> = sqlx::query_scalar("SELECT 1 FROM taken WHERE toestand = 'bezig' AND huur_tot < ? LIMIT 1")
            .bind(now)
            .fetch_optional(&self.read)
            .await?;
        if late.is_none() {
            return Ok(0);
        }
        let mut tx = self.begin().await?;
        let rows = sqlx::query("SELECT id, baan, pogingen, stop FROM taken WHERE toestand = 'bezig' AND huur_tot < ?")
            .bind(now)
            .fetch_all(&mut *tx)
            .await?;
        for row in &rows {
            let (id, lane): (String, String) = (row.get(0), row.get(1));
            let message = serde_json::json!({ "code": "werker-weg", "tekst": "De werker die hiermee bezig was, is weggevallen." });
            self.put_back(&mut tx, &id, &lane, row.get(2), row.get::<i64, _>(3) > 0, &message).await?;
        }
        tx.commit().await?;
        Ok(rows.len())
    }

    /// Gives lanes a ticket that have waiting work and no ticket left. Whether one was given.
    pub async fn remind(&self) -> Result<bool> {
        let mut given = false;
        for lane in Lane::ALL {
            let waiting: Option<i64> = sqlx::query_scalar("SELECT 1 FROM taken WHERE baan = ? AND toestand = 'wachtrij' LIMIT 1")
                .bind(lane.code())
                .fetch_optional(&self.read)
                .await?;
            let ticketed: Option<i64> =
                sqlx::query_scalar("SELECT 1 FROM Jobs WHERE job_type = ? AND status = 'Pending' AND lock_by IS NULL LIMIT 1")
                    .bind(lane.code())
                    .fetch_optional(&self.read)
                    .await?;
            if waiting.is_some() && ticketed.is_none() {
                let mut tx = self.begin().await?;
                ticket(&mut tx, lane).await?;
                tx.commit().await?;
                given = true;
            }
        }
        Ok(given)
    }

    /// Ends a job; nothing happens when the claim is no longer the last one.
    pub async fn finish(&self, claim: &Claim, finish: &Finish) -> Result<bool> {
        let mut tx = self.begin().await?;
        let mine: Option<i64> = sqlx::query_scalar("SELECT 1 FROM taken WHERE id = ? AND pogingen = ? AND toestand = 'bezig'")
            .bind(&claim.id)
            .bind(claim.attempt)
            .fetch_optional(&mut *tx)
            .await?;
        if mine.is_none() {
            return Ok(false);
        }
        self.ended(&mut tx, &claim.id, finish).await?;
        tx.commit().await?;
        Ok(true)
    }

    async fn ended(&self, tx: &mut Tx, id: &str, finish: &Finish) -> Result<()> {
        let kept: Option<String> = sqlx::query_scalar("SELECT tussenstand FROM taken WHERE id = ?").bind(id).fetch_one(&mut **tx).await?;
        // A run that was stopped in a later attempt may know less than the attempt before did.
        let less = |bytes: &&[u8]| finish.status.is_some() && kept.as_ref().is_some_and(|kept| proven(kept.as_bytes()) > proven(bytes));
        let result = finish.result.as_deref().filter(|bytes| !less(bytes));
        let status = finish.status.filter(|_| result.is_some() || finish.result.is_none()).map(Word::code);
        let result = result.map(|bytes| String::from_utf8_lossy(bytes).into_owned());
        sqlx::query(
            "UPDATE taken SET toestand = ?, resultaat = COALESCE(?, CASE WHEN soort = 'oplossen' THEN tussenstand END), tussenstand = NULL, \
             status = COALESCE(?, status), melding = ?, klaar_op = ?, werker = NULL, huur_tot = NULL WHERE id = ?",
        )
        .bind(finish.state.code())
        .bind(result)
        .bind(status)
        .bind(finish.message.as_ref().map(Value::to_string))
        .bind(self.clock().now())
        .bind(id)
        .execute(&mut **tx)
        .await?;
        self.run_ended(tx, id).await?;
        let mut data = serde_json::json!({ "toestand": finish.state.code() });
        if let Some(message) = &finish.message {
            data["melding"] = message.clone();
        }
        self.tell(tx, id, "toestand", &data).await
    }

    /// Asks to stop: at once when nobody has it yet, else its worker hears it. The state then; `None` for an unknown job.
    pub(crate) async fn ask_stop(&self, tx: &mut Tx, id: &str) -> Result<Option<State>> {
        let row = sqlx::query("SELECT toestand FROM taken WHERE id = ?").bind(id).fetch_optional(&mut **tx).await?;
        let Some(row) = row else { return Ok(None) };
        let state = State::read(row.get(0));
        match state {
            State::Wachtrij => {
                let message = serde_json::json!({ "code": "afgebroken", "tekst": "Afgebroken voordat ermee begonnen was." });
                let finish = Finish { state: State::Afgebroken, result: None, status: None, message: Some(message) };
                self.ended(tx, id, &finish).await?;
                Ok(Some(State::Afgebroken))
            }
            State::Bezig => {
                sqlx::query("UPDATE taken SET stop = 1 WHERE id = ?").bind(id).execute(&mut **tx).await?;
                Ok(Some(State::Bezig))
            }
            _ => Ok(Some(state)),
        }
    }
}

/// How many goals an outcome proves; what is no outcome proves none.
fn proven(bytes: &[u8]) -> usize {
    #[derive(Deserialize)]
    struct Goal {
        bewezen: bool,
    }
    #[derive(Deserialize)]
    struct Outcome {
        doelen: Vec<Goal>,
    }
    serde_json::from_slice::<Outcome>(bytes).map_or(0, |outcome| outcome.doelen.iter().filter(|goal| goal.bewezen).count())
}

/// A ticket: tells apalis that a lane may have work.
async fn ticket(tx: &mut Tx, lane: Lane) -> Result<()> {
    let task = apalis::prelude::TaskBuilder::new(b"null".to_vec()).build();
    apalis_sqlite::queries::push_tasks(&mut **tx, lane.code(), &[task]).await.map_err(|error| super::Error::Other(error.to_string()))
}
