//! What else is possible for somebody in the plan of a run, and what that costs: asked once, and worked out beside everything else.

use super::rows;
use crate::actions::questions::{Of, Put, asked_before, line_up};
use crate::actions::{Asked, Refused, aside};
use crate::desk::roster::next::units;
use crate::present::elsewhere::Elsewhere;
use crate::records::job::{INCOMPLETE, Job, Part, Question, State};
use crate::records::roster::RosterRun;
use crate::store::{Error, Store};
use crate::work::kinds::{ELSEWHERE, ROSTER_PART};
use loket_solver::common::words::Verdict;

/// How many other places are worked out.
pub const USUAL: i64 = 12;

/// An answer that may still be on its way.
#[derive(Clone, Debug)]
pub enum Answered {
    /// Nobody asked.
    NotAsked,
    /// It is being worked out.
    Coming,
    /// It is there, and whether all of it is.
    There(Elsewhere, bool),
    /// It came to nothing.
    Failed,
}

/// Asks it about the plan of a run, or gives the same question that was asked before, unless that came to nothing.
///
/// # Errors
/// When there is no such run, it has no plan, or nobody of this id is in it.
pub async fn ask(store: &Store, asked: &Asked, run: &str, unit: &str, most: Option<i64>) -> Result<Put, Refused> {
    let run = store.read().roster_run(run).await?.ok_or(Refused::Unknown)?;
    if !run.planned() {
        return Err(Refused::not_now("Deze berekening heeft (nog) geen rooster om vragen over te stellen."));
    }
    if !proven(&run) {
        return Err(Refused::not_now(
            "Niet van elk doel is bewezen dat het niet beter kan; wat een andere keus kost, is dan niet te zeggen.",
        ));
    }
    let file = store.read().input(&run.input).await?.ok_or(Refused::Unknown)?;
    let who = unit.to_owned();
    if !aside(move || rows(&file).map(|file| units(&file).any(|it| it == who))).await?? {
        let what = format!("{unit} staat niet in dit rooster");
        return Err(Refused::wrong("onbekende-verwijzing", "/deelnemer", what, "noem iemand uit het rooster"));
    }
    let parts = [Part::file(ROSTER_PART, &run.input), Part::result("uitkomst", &run.job.id)];
    let of = Of { run: &run.job.id, group: &run.roster, parts: &parts };
    line_up(store, asked, &of, (&ELSEWHERE, ELSEWHERE.lane), &Question::elsewhere(unit, most.unwrap_or(USUAL))).await
}

/// Whether every goal of a run is proven: else nothing has an exact price.
pub fn proven(run: &RosterRun) -> bool {
    run.job.status == Some(Verdict::Optimal)
}

/// The question that was asked about somebody in the plan of a run.
pub async fn known(store: &Store, run: &RosterRun, unit: &str) -> Result<Answered, Refused> {
    match asked_before(store, &run.job.id, &ELSEWHERE, &Question::elsewhere(unit, USUAL)).await? {
        Some(job) => answered(store, &job).await,
        None => Ok(Answered::NotAsked),
    }
}

/// A question, by id.
pub async fn read(store: &Store, id: &str) -> Result<Put, Refused> {
    let (job, run) = store.read().question(id).await?.filter(|(job, _)| *job.kind == ELSEWHERE).ok_or(Refused::Unknown)?;
    Ok(Put { job, run })
}

/// What is known of its answer.
pub async fn answered(store: &Store, job: &Job) -> Result<Answered, Refused> {
    Ok(match job.state {
        State::Wachtrij | State::Bezig => Answered::Coming,
        State::Mislukt => Answered::Failed,
        State::Klaar | State::Afgebroken => match store.read().result(&job.id).await? {
            Some(bytes) => {
                Answered::There(Elsewhere::read(&bytes).map_err(Error::from)?, job.message.as_ref().is_none_or(|it| it.code != INCOMPLETE))
            }
            None => Answered::Failed,
        },
    })
}
