//! Work for a worker: where it waits, where it is, and how it ends. The row is the truth; who holds the last claim may write to it.

use loket_solver::matching::facts::words::words;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::progress::Progress;
use crate::work::kinds::Kind;
use crate::work::lane::Lane;
use loket_solver::matching::facts::outcome::Verdict;
use loket_solver::matching::facts::words::{Phase, Status, Word};

/// How often a job is begun before it is given up.
pub const MOST_ATTEMPTS: i64 = 3;

words! {
    /// Where a job is: `wachtrij bezig klaar mislukt afgebroken`.
    #[derive(Serialize, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    pub enum State {
        /// Waits for a worker.
        Wachtrij = "wachtrij",
        /// A worker has it.
        Bezig = "bezig",
        /// Done; there is a result.
        Klaar = "klaar",
        /// Given up; the last checked plan, when there is one, is kept.
        Mislukt = "mislukt",
        /// Stopped by a person; the last checked plan, when there is one, is kept.
        Afgebroken = "afgebroken",
    }
}

impl State {
    /// Whether nothing more will happen.
    pub fn ended(self) -> bool {
        !matches!(self, Self::Wachtrij | Self::Bezig)
    }
}

/// Where the bytes of a part are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Source {
    /// A file, by hash.
    Invoer,
    /// The result of a job.
    Uitkomst,
}

/// One part of what the solver's child gets: a name, and where its bytes are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// What the child calls it.
    #[serde(rename = "naam")]
    pub name: String,
    /// Where its bytes are.
    #[serde(rename = "bron")]
    pub source: Source,
    /// Which.
    #[serde(rename = "van")]
    pub of: String,
}

impl Part {
    /// A file, under the name that the child has for it.
    pub fn file(name: &str, sha256: &str) -> Self {
        Self { name: name.into(), source: Source::Invoer, of: sha256.into() }
    }

    /// The result of a job, under the name that the child has for it.
    pub fn result(name: &str, job: &str) -> Self {
        Self { name: name.into(), source: Source::Uitkomst, of: job.into() }
    }
}

/// The details of what is asked, as the child reads them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Question(pub Value);

impl Question {
    /// A solve of at most so many seconds.
    pub fn solve(seconds: i64) -> Self {
        Self(serde_json::json!({ "tijd_seconden": seconds }))
    }

    /// A run of a multi-year plan of at most so many seconds: whether its decisions ahead are free, and what is told beside the plan.
    pub fn planning(seconds: i64, free: bool, scenarios: bool, sensitivity: bool) -> Self {
        Self(serde_json::json!({ "tijd_seconden": seconds, "vrij": free, "scenarios": scenarios, "gevoeligheid": sensitivity }))
    }

    /// A trial of a policy on a wave of at most so many seconds: the new one, and the one it is compared with when that is not the wave's own.
    pub fn trial(new: &Map<String, Value>, old: Option<&Map<String, Value>>, seconds: i64) -> Self {
        let mut question = serde_json::json!({ "tijd_seconden": seconds, "nieuw": new });
        if let Some(old) = old {
            question["oud"] = old.clone().into();
        }
        Self(question)
    }

    /// As the child is asked it: how long it may take is told beside it.
    pub fn without_time(&self) -> Value {
        let mut question = self.0.clone();
        if let Some(keys) = question.as_object_mut() {
            keys.remove("tijd_seconden");
        }
        question
    }

    /// Whether the decisions ahead of a run of a multi-year plan are free.
    pub fn free(&self) -> bool {
        self.0["vrij"] == true
    }

    /// What one more of something would bring a board, for at most so many of them.
    pub fn worth_for_board(board: &str, most: Option<i64>) -> Self {
        let mut question = serde_json::json!({ "kijker": format!("bestuur:{board}") });
        if let Some(most) = most {
            question["aantal"] = most.into();
        }
        Self(question)
    }

    /// What happens when each coach drops out; for the intermediary's eyes.
    pub fn stress() -> Self {
        Self(serde_json::json!({})).for_intermediary()
    }

    /// What more moves would bring; for the intermediary's eyes.
    pub fn trade_off() -> Self {
        Self(serde_json::json!({})).for_intermediary()
    }

    /// Who could exchange placements; for the intermediary's eyes.
    pub fn exchange() -> Self {
        Self(serde_json::json!({})).for_intermediary()
    }

    /// Who comes in first when somebody falls out, where placements are as firm as this and so many of a thousand of each phase fall out; for
    /// the intermediary's eyes.
    pub fn waiting(firm: Status, rates: &[(Phase, u32)]) -> Self {
        let rates: Map<String, Value> = rates.iter().map(|(phase, rate)| (phase.code().to_owned(), (*rate).into())).collect();
        Self(serde_json::json!({ "status": firm.code(), "uitval": rates })).for_intermediary()
    }

    /// How many of a thousand of a phase fall out, by a question about who comes in then.
    pub fn rate(&self, phase: Phase) -> u32 {
        self.0["uitval"][phase.code()].as_u64().and_then(|it| u32::try_from(it).ok()).unwrap_or(0)
    }

    /// Why a candidate has this place or none, with at most so many other places; for the intermediary's eyes.
    pub fn why(candidate: &str, others: i64) -> Self {
        Self(serde_json::json!({ "kijker": "intermediair", "kandidaat": candidate, "alternatieven": others }))
    }

    /// What if a candidate is placed at a school.
    pub fn placed_at(candidate: &str, school: &str) -> Self {
        Self(serde_json::json!({ "kijker": "intermediair", "afdwingen": [{ "kandidaat": candidate, "school": school }] }))
    }

    /// What if a candidate is not placed there: at this school, on these seats, with this coach, as far as they are named.
    pub fn kept_from(candidate: &str, school: Option<&str>, seat: Option<&str>, coach: Option<&str>) -> Self {
        let mut row = serde_json::json!({ "kandidaat": candidate });
        for (key, id) in [("school", school), ("plek", seat), ("coach", coach)] {
            if let Some(id) = id {
                row[key] = id.into();
            }
        }
        Self(serde_json::json!({ "kijker": "intermediair", "verbieden": [row] }))
    }

    /// What else is possible for somebody in a roster, at most so many other places.
    pub fn elsewhere(unit: &str, most: i64) -> Self {
        Self(serde_json::json!({ "deelnemer": unit, "hoogstens": most }))
    }

    /// Of whom in a roster it asks; nothing when it asks something else.
    pub fn unit(&self) -> Option<&str> {
        self.0["deelnemer"].as_str()
    }

    /// The board for whose eyes it was asked; nothing when it is for the intermediary's.
    pub fn board(&self) -> Option<&str> {
        self.0["kijker"].as_str()?.strip_prefix("bestuur:")
    }

    /// The same, for the intermediary's eyes when nobody says who looks.
    pub fn for_intermediary(mut self) -> Self {
        if let Some(keys) = self.0.as_object_mut() {
            keys.entry("kijker").or_insert_with(|| "intermediair".into());
        }
        self
    }

    /// As it is kept; the same question has the same text.
    pub fn text(&self) -> String {
        self.0.to_string()
    }
}

/// A job to be put in line.
#[derive(Clone, Debug)]
pub struct NewJob<'a> {
    /// Its id.
    pub id: &'a str,
    /// What the child is asked, and where that waits.
    pub kind: &'static Kind,
    /// Its wave, for taking turns.
    pub group: &'a str,
    /// Who asked for it, for taking turns.
    pub by: &'a str,
    /// The question's details.
    pub question: &'a Question,
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
    /// The code of its kind: a job of a kind that does not exist must still end, so its worker reads this.
    pub kind: String,
    /// The question's details.
    pub question: Question,
    /// What the child gets.
    pub parts: Vec<Part>,
}

/// The code of the message of an answer that was cut off: it is no answer to the next asking.
pub const INCOMPLETE: &str = "niet-volledig";

/// What went otherwise, for people: with a code and a Dutch sentence, and for a refusal the problems.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Message {
    /// Which.
    pub code: String,
    /// In a Dutch sentence.
    #[serde(rename = "tekst")]
    pub text: String,
    /// Each problem, of what was refused.
    #[serde(rename = "problemen", default, skip_serializing_if = "Option::is_none")]
    pub problems: Option<Value>,
}

impl Message {
    /// A message without problems.
    pub fn new(code: &str, text: &str) -> Self {
        Self { code: code.into(), text: text.into(), problems: None }
    }
}

/// A job as it is kept.
#[derive(Clone, Debug)]
pub struct Job {
    /// Its id.
    pub id: String,
    /// What the child is asked.
    pub kind: &'static Kind,
    /// The question's details.
    pub question: Question,
    /// Where it is.
    pub state: State,
    /// How often it was begun.
    pub attempts: i64,
    /// Whether somebody asked to stop.
    pub stopping: bool,
    /// The last progress told, with what was told of the goals before.
    pub progress: Option<Progress>,
    /// How the solve of the plan that is kept ended.
    pub status: Option<Verdict>,
    /// What went otherwise, for people.
    pub message: Option<Message>,
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
    pub message: Option<Message>,
}

words! {
    /// What happened to a job.
    pub enum Told {
        /// It went to another state.
        State = "toestand",
        /// How far it is.
        Progress = "voortgang",
        /// There is a better checked plan.
        Plan = "plan",
        /// A part of the answer is known.
        Part = "deel",
    }
}

/// A job went to another state.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Moved {
    /// Which.
    #[serde(rename = "toestand")]
    pub state: State,
    /// Which attempt began.
    #[serde(rename = "poging", default, skip_serializing_if = "Option::is_none")]
    pub attempt: Option<i64>,
    /// What went otherwise.
    #[serde(rename = "melding", default, skip_serializing_if = "Option::is_none")]
    pub message: Option<Message>,
}

/// One thing that happened to a job.
#[derive(Clone, Debug, PartialEq)]
pub struct Happening {
    /// From 1, without gaps per job.
    pub number: i64,
    /// What.
    pub told: Told,
    /// The details.
    pub data: Value,
}

impl Happening {
    /// Whether nothing more will happen to the job.
    pub fn ends(&self) -> bool {
        self.told == Told::State && Moved::deserialize(&self.data).is_ok_and(|moved| moved.state.ended())
    }
}

/// Work in a lane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LaneFigures {
    /// Which.
    pub lane: Lane,
    /// Jobs that wait.
    pub waiting: i64,
    /// Jobs that a worker has.
    pub at_work: i64,
    /// How long the oldest waiting job waits, milliseconds.
    pub oldest_ms: i64,
}
