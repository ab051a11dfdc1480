//! Makes the file of a rerun after somebody or something dropped out or came: the wave as it stands now, with its decisions, without it.

use std::collections::BTreeMap;

use loket_instances::matching::outcome::read_outcome;
use loket_instances::matching::read::{Loaded, read_wave};
use loket_instances::matching::rerun::{FewerSeats, Request, rerun_file};
use loket_instances::strict::problem::{Problem, Refusal};
use serde_json::{Value, json};

use super::apart::apart;
use super::decision::Decision;
use super::prepare::{Changes, next_file};
use super::register::{Rows, rows};
use crate::records::batch::{Cause, CauseKind};
use crate::records::person::Person;

/// Who or what drops out or comes, and what the reruns are asked.
#[derive(Clone, Debug)]
pub struct Wish {
    /// For the log, and for who decides about the proposals.
    pub cause: Cause,
    /// What changes in a wave.
    pub request: Request,
    /// Only this wave; whatever wave has it when absent.
    pub only: Option<String>,
    /// Names of who comes late, kept once the question is.
    pub people: Vec<Person>,
}

impl Wish {
    fn gone(kind: CauseKind, id: String, from: String, request: Request) -> Self {
        Self { cause: Cause { kind, id, seat: None, count: None, from }, request, only: None, people: Vec::new() }
    }

    /// A coach drops out.
    pub fn coach(id: String, from: String) -> Self {
        let request = Request { without_coaches: vec![id.clone()], ..Request::default() };
        Self::gone(CauseKind::Coach, id, from, request)
    }

    /// A school drops out.
    pub fn school(id: String, from: String) -> Self {
        let request = Request { without_schools: vec![id.clone()], ..Request::default() };
        Self::gone(CauseKind::School, id, from, request)
    }

    /// Seats of a school are gone.
    pub fn seats(school: String, seat: String, count: u32, from: String) -> Self {
        let fewer = FewerSeats { school: school.clone(), seat: seat.clone(), count };
        let mut wish = Self::gone(CauseKind::Plek, school, from, Request { fewer_seats: vec![fewer], ..Request::default() });
        (wish.cause.seat, wish.cause.count) = (Some(seat), Some(count.into()));
        wish
    }

    /// A candidate stops.
    pub fn candidate(id: String, from: String) -> Self {
        let request = Request { without_candidates: vec![id.clone()], ..Request::default() };
        Self::gone(CauseKind::Kandidaat, id, from, request)
    }

    /// A candidate comes late to a wave, with a row as in a wave file: placed while everybody else stays.
    pub fn late(wave: String, id: String, row: Value, from: String) -> Self {
        let (file, people) = apart(json!({ "kandidaten": [row] }));
        let request = Request { arrivals: vec![file["kandidaten"][0].clone()], keep_rest: true, ..Request::default() };
        Self { only: Some(wave), people, ..Self::gone(CauseKind::Nakomer, id, from, request) }
    }
}

/// What a wish comes to in one wave.
#[derive(Clone, Debug, PartialEq)]
pub enum Made {
    /// It is rerun.
    Rerun(Rerun),
    /// It is about this wave, which has no plan yet.
    Waits,
    /// It is not about this wave.
    Untouched,
}

/// What a request comes to in a wave with this file, plan and decisions.
///
/// # Errors
/// What does not fit, by the format's own reader.
pub fn made(own: &[u8], plan: Option<&[u8]>, decisions: &BTreeMap<String, Decision>, request: &Request) -> Result<Made, Refusal> {
    match plan {
        Some(plan) => Ok(rerun(own, plan, decisions, request)?.map_or(Made::Untouched, Made::Rerun)),
        None if request.about(&read_wave(own)?).changes_nothing() => Ok(Made::Untouched),
        None => Ok(Made::Waits),
    }
}

/// The file of a rerun.
#[derive(Clone, Debug, PartialEq)]
pub struct Rerun {
    /// Its bytes.
    pub file: Vec<u8>,
    /// The wave's own file once this is accepted: the same with the wave's own policy, which knows no rerun.
    pub own: Vec<u8>,
    /// What was taken out besides what was asked for, in Dutch sentences.
    pub remarks: Vec<String>,
}

impl Rerun {
    /// The register's row of who comes late.
    ///
    /// # Errors
    /// When the file is no JSON.
    pub fn late(&self, id: &str) -> Result<Rows, crate::store::Error> {
        let mut candidates = rows(&serde_json::from_slice(&self.own)?).candidates;
        candidates.retain(|row| row.id == id);
        Ok(Rows { candidates, ..Rows::default() })
    }
}

/// The file of a rerun of one wave: its own file, its plan and its decisions with `request` written in. `None` when the request is about
/// nothing in this wave.
///
/// # Errors
/// What does not fit, by the format's own reader.
pub fn rerun(own: &[u8], outcome: &[u8], decisions: &BTreeMap<String, Decision>, request: &Request) -> Result<Option<Rerun>, Refusal> {
    let own_loaded = read_wave(own)?;
    let asked = request.about(&own_loaded);
    if asked.changes_nothing() {
        return Ok(None);
    }
    let parsed = |bytes: &[u8]| serde_json::from_slice::<Value>(bytes).map_err(|error| unreadable(&error.to_string()));
    let file = next_file(parsed(own)?, Some(&parsed(outcome)?), decisions, Changes::AsWave).to_string().into_bytes();
    let loaded: Loaded = read_wave(&file)?;
    let edited = rerun_file(&file, &loaded, &read_outcome(outcome)?, &asked)?;
    let mut own_after = edited.wave.clone();
    if let Some(keys) = own_after.as_object_mut() {
        match parsed(own)?.get("beleid") {
            Some(policy) => drop(keys.insert("beleid".into(), policy.clone())),
            None => drop(keys.shift_remove("beleid")),
        }
        // Locks on the old placements were for this rerun only.
        if asked.keep_rest {
            match parsed(own)?.get("vast") {
                Some(locks) => drop(keys.insert("vast".into(), locks.clone())),
                None => drop(keys.shift_remove("vast")),
            }
        }
    }
    let own = own_after.to_string().into_bytes();
    read_wave(&own)?;
    let file = edited.wave.to_string().into_bytes();
    // What is asked for must itself be a file that can be solved.
    read_wave(&file)?;
    Ok(Some(Rerun { file, own, remarks: edited.remarks }))
}

fn unreadable(what: &str) -> Refusal {
    let problem = Problem {
        code: "json",
        pointer: String::new(),
        place: "het hele bestand".into(),
        what: what.into(),
        remedy: "kijk of het bestand volledig is".into(),
    };
    Refusal { problems: vec![problem], notices: Vec::new() }
}
