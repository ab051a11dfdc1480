//! Questions about a run's plan: each is asked once, and answered by the solver.

use loket_instances::matching::outcome::read_outcome;
use loket_instances::matching::plan::plan_of;
use loket_instances::matching::read::read_wave;

use super::{Asked, Busy, Refused, Turn, capacity, jobs};
use crate::records::deed::Deed;
use crate::records::job::{INCOMPLETE, Job, NewJob, Part, Question, State};
use crate::records::run::Run;
use crate::store::{Error, Store, ids};
use crate::work::kinds::{self, Kind, SCARCITY};
use crate::work::lane::Lane;

/// Most questions of one caller that wait: more are not answered sooner by asking them now.
const MOST_OWN: i64 = 100;
/// Most questions that wait at all.
const MOST: i64 = 200;
const NO_PLAN: &str = "Deze berekening heeft (nog) geen plan om vragen over te stellen.";
const NONE_UNDER_REVIEW: &str =
    "Er is nu geen plan in beoordeling van een lichting met dit bestuur; noem een berekening, of vraag het als er een plan is.";

/// A question with the run it is about.
#[derive(Clone, Debug)]
pub struct Put {
    /// Its work.
    pub job: Job,
    /// The run.
    pub run: String,
}

/// Asks a question about a run's plan, or gives the same question that was asked before, unless that came to nothing.
pub async fn ask(store: &Store, asked: &Asked, run: &str, kind: &'static Kind, question: &Question) -> Result<Put, Refused> {
    let run = store.read().run(run).await?.ok_or(Refused::Unknown)?;
    if !run.planned() {
        return Err(Refused::not_now(NO_PLAN));
    }
    let turn = Turn::take().await?;
    let mut reading = store.read();
    let file = reading.input(&run.input).await?.ok_or(Refused::Unknown)?;
    let outcome = reading.result(&run.job.id).await?.ok_or(Refused::not_now(NO_PLAN))?;
    drop(reading);
    let details = question.clone();
    turn.aside(move || understood(kind, &details, &file, &outcome)).await??;
    about(store, asked, &run, kind, question).await
}

/// A question, for whoever may see it: a board sees what was asked for its own eyes.
pub async fn read(store: &Store, asked: &Asked, id: &str) -> Result<Put, Refused> {
    let (job, run) = store.read().question(id).await?.filter(|(job, _)| of_wave(job)).ok_or(Refused::Unknown)?;
    let scope = asked.caller.scope();
    let theirs = scope.boards().is_none() || job.question.board().is_some_and(|board| scope.of_board(board).is_some());
    if theirs { Ok(Put { job, run }) } else { Err(Refused::Unknown) }
}

/// Whether it is a question as anybody asks it about the plan of a wave.
fn of_wave(job: &Job) -> bool {
    kinds::questions().any(|kind| kind == job.kind)
}

/// Reads a question as the solver's child will, so that what is wrong with it is told at once.
fn understood(kind: &Kind, question: &Question, file: &[u8], outcome: &[u8]) -> Result<(), Refused> {
    let loaded = read_wave(file)?;
    let outcome = read_outcome(outcome).map_err(|refusal| Error::unreadable("een uitkomst", &refusal))?;
    let plan = plan_of(&loaded.wave, &outcome).map_err(|wrong| Error::Corrupt(wrong.join("; ")))?;
    Ok(kind.understands(&question.0, &loaded.wave, &plan)?)
}

/// Asks what one seat more would bring on each school of a board, for at most so many of them. When no run is named it is about the
/// newest one that is under review of a wave with this board: of several waves, the one that was computed last.
pub async fn worth(store: &Store, asked: &Asked, board: &str, run: Option<&str>, most: Option<i64>) -> Result<Put, Refused> {
    capacity::board(store, asked, board).await?;
    let question = Question::worth_for_board(board, most);
    let Some(run) = run else {
        for run in store.read().runs_under_review().await? {
            if with_board(store, &run, board).await? {
                return about(store, asked, &run, &SCARCITY, &question).await;
            }
        }
        return Err(Refused::not_now(NONE_UNDER_REVIEW));
    };
    let unknown =
        |what: &str| Refused::wrong("onbekende-verwijzing", "/berekening", what, "noem een berekening van een lichting met dit bestuur");
    let run = store.read().run(run).await?.ok_or_else(|| unknown("deze berekening is er niet"))?;
    if !with_board(store, &run, board).await? {
        return Err(unknown("dit bestuur doet in die lichting niet mee"));
    }
    about(store, asked, &run, &SCARCITY, &question).await
}

/// Whether the wave of a run has this board.
async fn with_board(store: &Store, run: &Run, board: &str) -> Result<bool, Refused> {
    let turn = Turn::take().await?;
    let file = store.read().input(&run.input).await?.ok_or(Refused::Unknown)?;
    let boards = turn.aside(move || read_wave(&file).map(|it| it.wave.boards)).await??;
    Ok(boards.iter().any(|it| it.id == board))
}

/// Whether a question that was asked before is no answer to the next asking: it failed, or it was cut off.
pub(super) fn came_to_nothing(job: &Job) -> bool {
    let cut_off = job.message.as_ref().is_some_and(|message| message.code == INCOMPLETE);
    matches!(job.state, State::Mislukt | State::Afgebroken) || job.state == State::Klaar && cut_off
}

/// Under what a question about a run is found again.
pub(super) fn key(run: &str, kind: &Kind, question: &Question) -> String {
    ids::sha256(format!("{run}:{}:{}", kind.code, question.text()).as_bytes())
}

/// A question that was asked before; nothing when nobody did.
pub(super) async fn asked_before(store: &Store, run: &str, kind: &Kind, question: &Question) -> Result<Option<Job>, Error> {
    store.read().question_under(&key(run, kind, question)).await
}

pub(super) async fn about(store: &Store, asked: &Asked, run: &Run, kind: &'static Kind, question: &Question) -> Result<Put, Refused> {
    about_in(store, asked, run, (kind, kind.lane), question).await
}

/// The same in another lane than that of its kind. What waits in the lane of what nobody asked yet is brought forward when somebody does.
pub(super) async fn about_in(
    store: &Store,
    asked: &Asked,
    run: &Run,
    (kind, lane): (&'static Kind, Lane),
    question: &Question,
) -> Result<Put, Refused> {
    if !run.planned() {
        return Err(Refused::not_now(NO_PLAN));
    }
    let parts = [Part::file("lichting", &run.input), Part::result("uitkomst", &run.job.id)];
    let of = Of { run: &run.job.id, group: &run.wave, parts: &parts };
    line_up(store, asked, &of, (kind, lane), question).await
}

/// What a question is about.
pub(super) struct Of<'a> {
    /// The run.
    pub(super) run: &'a str,
    /// Its wave or roster, for taking turns.
    pub(super) group: &'a str,
    /// What the child gets.
    pub(super) parts: &'a [Part],
}

/// Puts a question in line, or gives the same one that was asked before.
pub(super) async fn line_up(
    store: &Store,
    asked: &Asked,
    of: &Of<'_>,
    (kind, lane): (&'static Kind, Lane),
    question: &Question,
) -> Result<Put, Refused> {
    let key = key(of.run, kind, question);
    let mut change = store.change().await?;
    match change.question_under(&key).await? {
        Some(job) if !came_to_nothing(&job) => {
            if job.state == State::Wachtrij && lane != Lane::Ahead && change.bring_forward(&job.id, lane, asked.caller.who()).await? {
                change.commit().await?;
            }
            return Ok(Put { job, run: of.run.to_owned() });
        }
        // Asked again: the one that failed or was cut off keeps what it found under its own id.
        Some(job) => change.free_question_key(&job.id).await?,
        None => {}
    }
    let by = asked.caller.who();
    let (own, all) = change.waiting_questions(by).await?;
    if own >= MOST_OWN {
        return Err(
            Busy::TooMany("Er wachten al honderd vragen van u; wacht op antwoord, of breek er een af die u niet meer nodig hebt.").into()
        );
    }
    if all >= MOST {
        return Err(Busy::Said("Er wachten al tweehonderd vragen; probeer het later weer.").into());
    }
    let id = ids::new();
    change.enqueue_in(lane, &NewJob { id: &id, group: of.group, by, kind, question, parts: of.parts }).await?;
    change.add_question(&id, of.run, &key).await?;
    let job = change.job(&id).await?.ok_or(Refused::Unknown)?;
    change.commit().await?;
    Ok(Put { job, run: of.run.to_owned() })
}

/// Withdraws a question: one that waits is not begun, one at work stops, with the parts of the answer that were told. What has ended stays as
/// it is. Whoever asks the same again later, asks it anew.
pub async fn stop(store: &Store, asked: &Asked, id: &str) -> Result<Put, Refused> {
    let mut change = store.change().await?;
    let (job, run) = change.question(id).await?.filter(|(job, _)| of_wave(job)).ok_or(Refused::Unknown)?;
    if job.state.ended() || job.stopping {
        return Ok(Put { job, run });
    }
    jobs::ask_stop(&mut change, &job).await?;
    change.log(&asked.caller, id, &Deed::QuestionStopped { run: &run, kind: job.kind.code }).await?;
    let (job, run) = change.question(id).await?.ok_or(Refused::Unknown)?;
    change.commit().await?;
    Ok(Put { job, run })
}
