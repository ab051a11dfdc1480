//! One proposal to review: the wish beside the outcome, why, what else there is, the three answers, notes and what was before.

use crate::actions::answers::{self, Case as Agreed};
use crate::actions::review::list::Listed;
use crate::actions::review::sights::places;
use crate::actions::{Asked, Refused, questions};
use crate::desk::decision::Spot;
use crate::desk::review::case::{Case, case};
use crate::desk::review::list::{State, stands};
use crate::records::decision::Decided;
use crate::records::explained::Explained;
use crate::records::job::{INCOMPLETE, Job, Question, State as JobState};
use crate::records::review::{Note, Past};
use crate::records::run::Run;
use crate::store::Store;
use crate::work::kinds::{Kind, WHAT_IF, WHY};
use loket_solver::matching::facts::ids::CandidateId;

/// How many other places are worked out.
pub const OTHERS: i64 = 5;
/// Most notes that are shown.
const NOTES: i64 = 200;
/// From how many earlier runs it is told where somebody was.
const EARLIER: usize = 3;

/// An answer that may still be on its way.
#[derive(Clone, Debug)]
pub enum Answered {
    /// Nobody asked.
    NotAsked,
    /// It is being worked out, since (UTC, milliseconds).
    Coming(i64),
    /// It is there, and whether all of it is.
    There(Box<Explained>, bool),
    /// It came to nothing.
    Failed,
}

impl Answered {
    /// Whether it is on its way.
    pub fn coming(&self) -> bool {
        matches!(self, Self::Coming(_))
    }

    /// What is there.
    pub fn there(&self) -> Option<&Explained> {
        match self {
            Self::There(it, _) => Some(it),
            Self::NotAsked | Self::Coming(_) | Self::Failed => None,
        }
    }
}

/// Where an earlier run placed somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Earlier {
    /// The number of the run.
    pub number: i64,
    /// When it ended (UTC, milliseconds).
    pub at: i64,
    /// Where; nothing for no place.
    pub place: Option<Spot>,
}

/// One proposal.
#[derive(Clone, Debug)]
pub struct One {
    /// Who.
    pub id: CandidateId,
    /// What the plan says.
    pub case: Case,
    /// What is proposed.
    pub proposal: Option<Spot>,
    /// What was decided, whether it stands or not.
    pub decided: Option<Decided>,
    /// What that comes to.
    pub state: State,
    /// Whether it was about another proposal.
    pub renewed: bool,
    /// Why, and what else there is.
    pub why: Answered,
    /// The three answers.
    pub agreed: Option<Agreed>,
    /// Notes, the first one first.
    pub notes: Vec<Note>,
    /// Every step about this candidate, the first one first.
    pub past: Vec<Past>,
    /// Where earlier runs had this candidate, the newest first.
    pub earlier: Vec<Earlier>,
}

/// One proposal of a list. Why is asked when nobody did.
///
/// # Errors
/// When there is no such candidate, or the store could not do it.
pub async fn one(store: &Store, asked: &Asked, listed: &Listed, candidate: &str) -> Result<One, Refused> {
    let id = listed.sight.candidate(candidate).ok_or(Refused::Unknown)?;
    let (wave, today) = (&listed.wave.id, store.clock().today().to_string());
    let decided = listed.decided.iter().find(|it| it.candidate == candidate).cloned();
    let (state, renewed) = decided.as_ref().map_or((State::ToDo, false), |it| stands(&listed.sight, id, it, &today));
    let why = asking(store, asked, &listed.run, &WHY, &Question::why(candidate, OTHERS)).await?;
    let agreed = answers::cases(store, wave).await?.into_iter().find(|it| it.placing.candidate == candidate);
    let mut earlier = Vec::new();
    let before = |it: &Run| it.number < listed.run.number && it.batch.is_none() && it.planned();
    for run in store.read().runs(wave, 0, 20).await?.0.into_iter().filter(before).take(EARLIER) {
        let place = places(store, &run).await?.get(candidate).cloned();
        earlier.push(Earlier { number: run.number, at: run.job.ended.unwrap_or(run.job.created), place });
    }
    let mut reading = store.read();
    let notes = reading.notes(wave, candidate, 0, NOTES).await?.0;
    let past = reading.past_of(wave, candidate).await?;
    let proposal = listed.sight.proposal(id);
    Ok(One { id, case: case(&listed.sight, id), proposal, decided, state, renewed, why, agreed, notes, past, earlier })
}

/// The answer to a question, which is asked when nobody did. One that came to nothing is not asked again by itself.
async fn asking(store: &Store, asked: &Asked, run: &Run, kind: &'static Kind, question: &Question) -> Result<Answered, Refused> {
    match questions::asked_before(store, &run.job.id, kind, question).await? {
        Some(job) if job.state.ended() => answered(store, job).await,
        _ => match questions::about(store, asked, run, kind, question).await {
            Ok(put) => answered(store, put.job).await,
            // It is asked when there is room again.
            Err(Refused::Busy(_)) => Ok(Answered::Coming(store.clock().now())),
            Err(refused) => Err(refused),
        },
    }
}

async fn answered(store: &Store, job: Job) -> Result<Answered, Refused> {
    Ok(match job.state {
        JobState::Wachtrij | JobState::Bezig => Answered::Coming(job.created),
        JobState::Mislukt | JobState::Afgebroken => Answered::Failed,
        JobState::Klaar => match store.read().result(&job.id).await? {
            Some(bytes) => {
                let whole = job.message.as_ref().is_none_or(|it| it.code != INCOMPLETE);
                Answered::There(Box::new(Explained::read(&bytes)?), whole)
            }
            None => Answered::Failed,
        },
    })
}

/// What is known of a question that was asked before.
async fn asked_before(store: &Store, run: &Run, kind: &Kind, question: &Question) -> Result<Answered, Refused> {
    match questions::asked_before(store, &run.job.id, kind, question).await? {
        Some(job) => answered(store, job).await,
        None => Ok(Answered::NotAsked),
    }
}

/// Asks why anew, after it came to nothing.
///
/// # Errors
/// When too much waits, or the store could not do it.
pub async fn why_again(store: &Store, asked: &Asked, run: &Run, candidate: &str) -> Result<(), Refused> {
    questions::about(store, asked, run, &WHY, &Question::why(candidate, OTHERS)).await.map(|_| ())
}

/// Asks what comes of placing a candidate at a school.
///
/// # Errors
/// When there is no such school or candidate, too much waits, or the store could not do it.
pub async fn ask_school(store: &Store, asked: &Asked, listed: &Listed, candidate: &str, school: &str) -> Result<(), Refused> {
    if listed.sight.candidate(candidate).is_none() || listed.sight.school(school).is_none() {
        return Err(Refused::Unknown);
    }
    questions::about(store, asked, &listed.run, &WHAT_IF, &Question::placed_at(candidate, school)).await.map(|_| ())
}

/// What comes of placing a candidate at a school, when that was asked.
///
/// # Errors
/// When the store could not do it.
pub async fn at_school(store: &Store, listed: &Listed, candidate: &str, school: &str) -> Result<Answered, Refused> {
    asked_before(store, &listed.run, &WHAT_IF, &Question::placed_at(candidate, school)).await
}

/// What comes of keeping a candidate from what was proposed, as far as it is named; it is asked when nobody did.
///
/// # Errors
/// When the store could not do it.
pub async fn without(
    store: &Store,
    asked: &Asked,
    listed: &Listed,
    candidate: &str,
    (school, seat, coach): (Option<&str>, Option<&str>, Option<&str>),
) -> Result<Answered, Refused> {
    asking(store, asked, &listed.run, &WHAT_IF, &Question::kept_from(candidate, school, seat, coach)).await
}
