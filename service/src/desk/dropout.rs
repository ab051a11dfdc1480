//! Makes the file of a rerun after somebody or something dropped out or came: the wave as it stands now, with its decisions, without it.

use std::collections::{BTreeMap, BTreeSet};

use loket_instances::matching::outcome::read_outcome;
use loket_instances::matching::rerun::{Edited, FewerSeats, Moved, Request};
use loket_instances::matching::row::Row;
use loket_instances::matching::rows::CandidateRow;
use loket_instances::matching::wave_file::WaveFile;
use loket_instances::strict::problem::Refusal;

use super::agreements;
use super::decision::Decision;
use super::limited::Limited;
use super::noes::{Ban, obey};
use super::prefill::Sources;
use super::prepare::{Changes, next_file};
use super::register::{Entry, Rows};
use crate::records::batch::{Cause, CauseKind};
use loket_instances::matching::apart::Person;

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
    /// Whether an unlikely day was confirmed to be meant.
    pub confirmed: bool,
}

impl Wish {
    fn gone(kind: CauseKind, id: String, from: String, request: Request) -> Self {
        let cause = Cause { kind, id, seat: None, count: None, from, new: false };
        Self { cause, request, only: None, people: Vec::new(), confirmed: false }
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

    /// A candidate comes late to a wave: placed while everybody else stays.
    pub fn late(wave: String, mut row: CandidateRow, from: String) -> Self {
        let people = row.apart().into_iter().collect();
        let id = row.id.clone();
        let request = Request { arrivals: vec![row], keep_rest: true, ..Request::default() };
        Self { only: Some(wave), people, ..Self::gone(CauseKind::Nakomer, id, from, request) }
    }

    /// People exchange their placements, while everybody else stays.
    pub fn exchange(wave: String, moves: Vec<Moved>, from: String) -> Self {
        let request = Request { moves, keep_rest: true, ..Request::default() };
        Self { only: Some(wave.clone()), ..Self::gone(CauseKind::Ruil, wave, from, request) }
    }

    /// The same that was asked before, from what is kept of it; nothing for who comes late, whose row is not kept, and for an exchange.
    pub fn again(cause: &Cause) -> Option<Self> {
        let (id, from) = (cause.id.clone(), cause.from.clone());
        Some(match cause.kind {
            CauseKind::Coach => Self::coach(id, from),
            CauseKind::School => Self::school(id, from),
            CauseKind::Kandidaat => Self::candidate(id, from),
            CauseKind::Plek => {
                let count = cause.count.and_then(|it| u32::try_from(it).ok()).unwrap_or(1);
                Self::seats(id, cause.seat.clone().unwrap_or_default(), count, from)
            }
            CauseKind::Nakomer | CauseKind::Ruil => return None,
        })
    }

    /// The id of whom or what it is about, as it stands in a file that the service wrote.
    pub fn as_written(&self) -> String {
        serde_json::Value::from(self.cause.id.as_str()).to_string()
    }

    /// The register's row of who comes late.
    pub fn newcomer(&self) -> Rows {
        let entry = |row: &CandidateRow| Entry { id: row.id.clone(), of: String::new(), row: Row::Candidate(row.clone()) };
        Rows { candidates: self.request.arrivals.iter().map(entry).collect(), ..Rows::default() }
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

/// What a rerun obeys: the decisions, and what the parties refused.
pub type Obeyed<'a> = (&'a BTreeMap<String, Decision>, &'a [Ban]);

impl Made {
    /// The same without who is left out of the matching: their file is not solved with them, and the wave's own file keeps them.
    ///
    /// # Errors
    /// What does not fit without them, by the format's own reader.
    pub fn without(self, limited: &Limited) -> Result<Self, Refusal> {
        let Self::Rerun(mut rerun) = self else { return Ok(self) };
        if !limited.is_empty() {
            let mut file = WaveFile::read(&rerun.file)?;
            limited.leave_out(&mut file);
            rerun.file = file.write();
        }
        Ok(Self::Rerun(rerun))
    }
}

/// What a request comes to in a wave with this file, plan and decisions; who comes brings what the register keeps of them.
///
/// # Errors
/// What does not fit, by the format's own reader.
pub fn made(
    own: &[u8],
    plan: Option<&[u8]>,
    (decisions, bans): Obeyed<'_>,
    (request, register): (&Request, Option<&Sources>),
) -> Result<Made, Refusal> {
    match plan {
        Some(plan) => Ok(rerun(own, plan, (decisions, bans), (request, register))?.map_or(Made::Untouched, Made::Rerun)),
        None if request.about(&WaveFile::read(own)?.build(own)?).changes_nothing() => Ok(Made::Untouched),
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

/// The file of a rerun of one wave: its own file, its plan and its decisions with `request` written in, and what `register` keeps of who
/// comes. `None` when the request is about
/// nothing in this wave.
///
/// # Errors
/// What does not fit, by the format's own reader.
pub fn rerun(
    own: &[u8],
    outcome: &[u8],
    (decisions, bans): Obeyed<'_>,
    (request, register): (&Request, Option<&Sources>),
) -> Result<Option<Rerun>, Refusal> {
    let own_file = WaveFile::read(own)?;
    let asked = request.about(&own_file.build(own)?);
    if asked.changes_nothing() {
        return Ok(None);
    }
    let outcome = read_outcome(outcome)?;
    let (policy, locks) = (own_file.policy.clone(), own_file.locks.clone());
    let mut next = next_file(own_file, Some(&outcome), decisions, Changes::AsWave);
    obey(&mut next, bans);
    let Edited { mut wave, remarks } = next.rerun(&next.build(&next.write())?, &outcome, &asked)?;
    // Who comes brings what the register keeps of them: travel times, what is fixed and what is forbidden.
    let come: BTreeSet<String> = asked.arrivals.iter().map(|it| it.id.clone()).collect();
    if let Some(register) = register {
        agreements::add(&mut wave, register, Some(&come));
    }
    let mut own_after = WaveFile { policy, ..wave.clone() };
    if asked.keep_rest {
        // Locks on the old placements were for this rerun only; who exchanged is no longer locked where they were.
        let moved = |id: &String| asked.moves.iter().any(|it| it.candidate == *id);
        let stay = locks.into_iter().flatten().filter(|it| !moved(&it.candidate));
        let theirs = wave.locks.iter().flatten().filter(|it| come.contains(&it.candidate)).cloned();
        own_after.locks = Some(stay.chain(theirs).collect::<Vec<_>>()).filter(|rows| !rows.is_empty());
    }
    let own = own_after.write();
    own_after.build(&own)?;
    let file = wave.write();
    // What is asked for must itself be a file that can be solved.
    wave.build(&file)?;
    Ok(Some(Rerun { file, own, remarks }))
}
