//! Goals, notices and technique of an outcome file, as plain data.

use std::time::Duration;

use loket_solver::common::goals::GoalResult;
use serde_json::{Map, Value};

use crate::strict::problem::Notice;

/// What the caller knows of how the outcome was made.
#[derive(Clone, Debug, PartialEq)]
pub struct Technique {
    /// Version of the product.
    pub version: String,
    /// Name and version of the engine.
    pub engine: String,
    /// Seed of the order that decides between equal plans.
    pub seed: u64,
    /// Time of the whole solve, seconds.
    pub seconds: f64,
    /// Most memory the process used, MiB, when it is known.
    pub memory_mib: Option<u64>,
}

/// One goal with what is known of its value.
#[derive(Clone, Debug, PartialEq)]
pub struct GoalLine {
    /// `naam`.
    pub name: String,
    /// `punten`: weights by term, in the order of the policy.
    pub weights: Vec<(String, i64)>,
    /// `tolerantie_procent`.
    pub tolerance_percent: i64,
    /// `beste`.
    pub best: i64,
    /// `bovengrens`.
    pub bound: i64,
    /// `bewezen`.
    pub proven: bool,
    /// `ondergrens`.
    pub floor: i64,
    /// `waarde`.
    pub value: i64,
    /// `seconden`.
    pub seconds: f64,
    /// `certificaat`: prices that prove the bound, when they were asked for; kept as written.
    pub certificate: Option<Value>,
}

/// One notice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoticeLine {
    /// `code`.
    pub code: String,
    /// `plaats`: JSON pointer into the wave file.
    pub pointer: String,
    /// `tekst`.
    pub text: String,
}

/// `techniek`.
#[derive(Clone, Debug, PartialEq)]
pub struct TechniqueLine {
    /// `versie`.
    pub version: String,
    /// `engine`.
    pub engine: String,
    /// `seed`.
    pub seed: u64,
    /// `seconden`.
    pub seconds: f64,
    /// Keys that this version adds (what the engine did) or that a file has beyond these.
    pub more: Map<String, Value>,
}

impl GoalLine {
    /// What became of a goal with this name, weights by term, and percent that later goals may give up.
    pub(crate) fn of(name: &str, weights: Vec<(String, i64)>, tolerance_percent: u32, result: &GoalResult) -> Self {
        Self {
            name: name.to_owned(),
            weights,
            tolerance_percent: tolerance_percent.into(),
            best: result.best,
            bound: result.bound,
            proven: result.proven(),
            floor: result.floor,
            value: result.value,
            seconds: seconds(result.time),
            certificate: None,
        }
    }
}

impl From<&Notice> for NoticeLine {
    fn from(it: &Notice) -> Self {
        Self { code: it.code.into(), pointer: it.pointer.clone(), text: it.text.clone() }
    }
}

impl Technique {
    /// Its line, with what the engine did.
    pub(crate) fn line(&self, work: &[(&str, u64)]) -> TechniqueLine {
        let memory = self.memory_mib.map(|memory| ("geheugen_mib", memory));
        TechniqueLine {
            version: self.version.clone(),
            engine: self.engine.clone(),
            seed: self.seed,
            seconds: thousandths(self.seconds),
            more: work.iter().copied().chain(memory).map(|(key, number)| (key.to_owned(), number.into())).collect(),
        }
    }
}

/// Seconds as files have them.
pub(crate) fn seconds(time: Duration) -> f64 {
    thousandths(time.as_secs_f64())
}

fn thousandths(seconds: f64) -> f64 {
    (seconds * 1_000.0).round() / 1_000.0
}
