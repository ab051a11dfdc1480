//! The runs of a wave as a page follows them: the one that is looked at goal by goal, what it computes with, those before it and what was
//! otherwise in them, and what was decided since.

use std::collections::VecDeque;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use loket_instances::matching::outcome::read_outcome;
use loket_instances::matching::wave_file::WaveFile;
use loket_solver::matching::facts::policy::Goal as Wanted;

use super::dropouts::seeing;
use super::{Asked, Refused, aside};
use crate::desk::asking::Stance;
use crate::desk::changed::{Changed, changed};
use crate::desk::goals::{Aim, Goal, asked as wanted, at_work, found};
use crate::records::batch::Cause;
use crate::records::job::State;
use crate::records::policy::Policy;
use crate::records::progress::Progress;
use crate::records::register::Kind;
use crate::records::run::{Behind, Run};
use crate::records::wave::Wave;
use crate::records::what::What;
use crate::store::log::Wanted as Lines;
use crate::store::{Error, Session, Store};

/// How many runs are told of at once.
pub const ROWS: i64 = 10;
/// Most steps of the review that are looked through for who decided.
const STEPS: i64 = 5_000;

/// What a run computes with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inputs {
    /// Candidates.
    pub candidates: usize,
    /// Seats.
    pub seats: u64,
    /// Schools with seats.
    pub schools: usize,
    /// Coaches with room.
    pub coaches: usize,
    /// How many candidates they may have together.
    pub room: u64,
    /// The seed that decides between equal plans.
    pub seed: Option<u64>,
    /// How many may be placed otherwise than before, beyond those who must.
    pub changes: Option<u32>,
}

/// A run goal by goal.
#[derive(Clone, Debug)]
pub struct Detail {
    /// The run.
    pub run: Run,
    /// Who asked for it, by name; an id where there is none.
    pub by: String,
    /// What it computes with.
    pub inputs: Inputs,
    /// How many decisions it obeys.
    pub decisions: i64,
    /// When the wave got the file that it computes with.
    pub filled: Option<i64>,
    /// When the seed was drawn.
    pub drawn: Option<i64>,
    /// The policy, with who approved it and when.
    pub policy: Option<Policy>,
    /// The goals, in order.
    pub goals: Vec<Goal>,
    /// Who has a place in the plan that there is.
    pub placed: Option<i64>,
}

impl Detail {
    /// The goal that is at work, from 1; the last one when all are done.
    pub fn at(&self) -> usize {
        let told = self.run.job.progress.as_ref().map_or(&[][..], Progress::goals);
        let at = told.last().map_or(1, |it| usize::try_from(it.number).unwrap_or(1) + usize::from(it.done));
        at.clamp(1, self.goals.len().max(1))
    }
}

/// Why a run was asked, or what was otherwise than in the one before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Occasion {
    /// The first one.
    First,
    /// Decisions were made, by these people.
    Decisions {
        /// How many.
        count: usize,
        /// By whom, by name.
        by: Vec<String>,
    },
    /// Something of the file; a board by its name.
    File(Changed),
    /// Somebody or something dropped out, or came late; by name.
    Dropout {
        /// What.
        cause: Cause,
        /// By name, where it has one.
        name: Option<String>,
    },
    /// Nothing that is kept here: a limit, or another start.
    Nothing,
}

/// A run among the others.
#[derive(Clone, Debug)]
pub struct Row {
    /// The run.
    pub run: Run,
    /// Whether its plan is under review or published.
    pub counts: bool,
    /// Who stopped it, by name.
    pub stopped_by: Option<String>,
    /// How many it places.
    pub placed: Option<i64>,
    /// What its plan is worth by the goal that says how well people suit.
    pub fit: Option<i64>,
    /// What was otherwise.
    pub occasions: Vec<Occasion>,
}

/// Everything that the page of the runs shows.
#[derive(Clone, Debug)]
pub struct Course {
    /// The wave.
    pub wave: Wave,
    /// The run that is looked at; none when there is none.
    pub detail: Option<Detail>,
    /// Runs, the newest first.
    pub rows: Vec<Row>,
    /// How many there are.
    pub all: i64,
    /// What was decided since the plan that counts; nothing when it is not out of date.
    pub behind: Option<Behind>,
    /// Of how many people a decision stands, and how many there are; nothing without a plan.
    pub reviewed: Option<(i64, i64)>,
    /// About how many placements all three said yes, and how many there are; nothing before anybody was asked.
    pub settled: Option<(i64, i64)>,
}

/// What an ended run came to, in figures.
#[derive(Debug)]
struct Figures {
    placed: i64,
    goals: Vec<Goal>,
}

/// What a file asks.
#[derive(Debug)]
struct Sight {
    inputs: Inputs,
    goals: Vec<Wanted>,
}

/// What never changes once it is known, under an id that is nobody else's; the oldest goes first.
struct Known<T>(Mutex<VecDeque<(String, Arc<T>)>>);

/// How many are remembered.
const REMEMBERED: usize = 300;

impl<T> Known<T> {
    const fn new() -> Self {
        Self(Mutex::new(VecDeque::new()))
    }

    fn get(&self, id: &str) -> Option<Arc<T>> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.iter().find(|(known, _)| known == id).map(|(_, it)| Arc::clone(it))
    }

    fn keep(&self, id: &str, it: T) -> Arc<T> {
        let it = Arc::new(it);
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= REMEMBERED {
            all.pop_front();
        }
        all.push_back((id.to_owned(), Arc::clone(&it)));
        it
    }
}

/// By run: what it came to once it ended.
static CAME_TO: LazyLock<Known<Figures>> = LazyLock::new(Known::new);
/// By hash of a file.
static SEEN: LazyLock<Known<Sight>> = LazyLock::new(Known::new);
/// By the hashes of two files.
static OTHERWISE: LazyLock<Known<Vec<Changed>>> = LazyLock::new(Known::new);

/// The runs of a wave, with the one of this number goal by goal; without a number the newest one.
///
/// # Errors
/// [`Refused::Unknown`] when there is no such wave or run.
pub async fn course(store: &Store, asked: &Asked, wave: &str, number: Option<i64>, skip: i64) -> Result<Course, Refused> {
    let wave = store.read().wave(wave).await?.ok_or(Refused::Unknown)?;
    let (runs, all) = store.read().runs(&wave.id, skip, ROWS + 1).await?;
    let chosen = match number {
        None => store.read().newest_run(&wave.id).await?,
        Some(number) => Some(store.read().run_numbered(&wave.id, number).await?.ok_or(Refused::Unknown)?),
    };
    let names = store.read().account_names().await?;
    let called = |id: &str| names.get(id).cloned().unwrap_or_else(|| id.to_owned());
    let detail = match chosen {
        Some(run) => Some(detail(store, run, &called).await?),
        None => None,
    };
    let mut rows = Vec::new();
    for (at, run) in runs.iter().enumerate().take(usize::try_from(ROWS).unwrap_or(usize::MAX)) {
        // A run is held against the ordinary one before it.
        let before = runs.get(at + 1..).unwrap_or_default().iter().find(|it| it.batch.is_none());
        rows.push(row(store, asked, (&wave, run, before), &called).await?);
    }
    let behind = behind(&mut store.read(), &wave).await?;
    let (reviewed, settled) = along(store, &wave, detail.as_ref().map(|it| it.inputs.candidates)).await?;
    Ok(Course { reviewed, settled, wave, detail, rows, all, behind })
}

/// What was decided since the plan of a wave that counts; nothing when that is not out of date.
///
/// # Errors
/// When the store could not do it.
pub async fn behind(reading: &mut Session, wave: &Wave) -> Result<Option<Behind>, Error> {
    if !wave.life.under_review() {
        return Ok(None);
    }
    let Some(current) = &wave.current else { return Ok(None) };
    let Some(run) = reading.run(current).await?.filter(|it| it.outdated) else { return Ok(None) };
    let decisions = reading.decisions_not_known(&run).await?;
    Ok(Some(Behind { decisions, file: run.base != wave.input }))
}

/// A part of a whole.
type Part = Option<(i64, i64)>;

/// How far review and answers are.
async fn along(store: &Store, wave: &Wave, people: Option<usize>) -> Result<(Part, Part), Refused> {
    let count = |it: usize| i64::try_from(it).unwrap_or(i64::MAX);
    if wave.current.is_none() {
        return Ok((None, None));
    }
    let decided = store.read().decisions(&wave.id).await?.iter().filter(|it| it.lapsed.is_none()).count();
    let cases = super::answers::cases(store, &wave.id).await?;
    let asked = cases.iter().any(|it| it.stances.iter().any(|it| *it != Stance::NotAsked));
    let settled = cases.iter().filter(|it| it.stances.iter().all(|it| *it == Stance::Yes)).count();
    Ok((people.map(|all| (count(decided), count(all))), asked.then(|| (count(settled), count(cases.len())))))
}

async fn detail(store: &Store, run: Run, called: &impl Fn(&str) -> String) -> Result<Detail, Refused> {
    let sight = sight(store, &run.input).await?;
    let figures = figures(store, &run).await?;
    let mut reading = store.read();
    let decisions = reading.decisions_known(&run).await?;
    let filled = filled(&mut reading, &run).await?;
    let drawn = last(&mut reading, What::WaveSubmitted, &run.wave, i64::MAX).await?.map(|(at, _)| at);
    let policy = match &run.policy {
        Some(used) => reading.policy(&used.named).await?,
        None => None,
    };
    let by = called(&reading.asked_by(&run.job.id).await?.unwrap_or_default());
    let goals = match &figures {
        Some(figures) => figures.goals.clone(),
        None => {
            let told = run.job.progress.as_ref().map_or(&[][..], Progress::goals);
            at_work(sight.goals.clone(), told, run.job.state == State::Wachtrij)
        }
    };
    let placed = figures.as_ref().map(|it| it.placed);
    Ok(Detail { by, inputs: sight.inputs.clone(), decisions, filled, drawn, policy, goals, placed, run })
}

/// When a wave got the file that a run was made of.
async fn filled(reading: &mut Session, run: &Run) -> Result<Option<i64>, Error> {
    let mut newest = None;
    for what in [What::WaveMade, What::WaveChanged, What::WaveRefreshed] {
        newest = newest.max(last(reading, what, &run.wave, run.job.created).await?.map(|(at, _)| at));
    }
    Ok(newest)
}

/// When this was last done to something, until a moment, and by whom.
async fn last(reading: &mut Session, what: What, subject: &str, until: i64) -> Result<Option<(i64, String)>, Error> {
    let wanted = Lines { what: Some(what), subject: Some(subject.to_owned()), ..Lines::default() };
    let (lines, _) = reading.log_page(&wanted, 0, 100).await?;
    Ok(lines.into_iter().find(|line| line.at <= until).map(|line| (line.at, line.who)))
}

/// What a file asks.
async fn sight(store: &Store, input: &str) -> Result<Arc<Sight>, Refused> {
    if let Some(known) = SEEN.get(input) {
        return Ok(known);
    }
    let bytes = store.read().input(input).await?.ok_or(Refused::Unknown)?;
    let file = aside(move || WaveFile::read(&bytes)).await?.map_err(|refusal| Error::unreadable("een lichting", &refusal))?;
    let offered = |count: &dyn Fn(&loket_instances::matching::rows::SchoolRow) -> u64| file.schools.iter().map(count).sum::<u64>();
    let seats = |school: &loket_instances::matching::rows::SchoolRow| school.seats.iter().map(|it| u64::from(it.count)).sum::<u64>();
    let inputs = Inputs {
        candidates: file.candidates.len(),
        seats: offered(&seats),
        schools: file.schools.iter().filter(|it| seats(it) > 0).count(),
        coaches: file.coaches.iter().filter(|it| it.maximum > 0).count(),
        room: file.coaches.iter().map(|it| u64::from(it.maximum)).sum(),
        seed: file.seed(),
        changes: file.policy.as_ref().and_then(|it| it.max_changes),
    };
    Ok(SEEN.keep(input, Sight { inputs, goals: wanted(&file) }))
}

/// What a run came to, in figures; nothing as long as it has no plan.
async fn figures(store: &Store, run: &Run) -> Result<Option<Arc<Figures>>, Refused> {
    if !run.planned() {
        return Ok(None);
    }
    let id = &run.job.id;
    if let Some(known) = CAME_TO.get(id) {
        return Ok(Some(known));
    }
    let Some(bytes) = store.read().result(id).await? else { return Ok(None) };
    let outcome = aside(move || read_outcome(&bytes)).await?.map_err(|refusal| Error::unreadable("een uitkomst", &refusal))?;
    Ok(Some(CAME_TO.keep(id, Figures { placed: outcome.figures.placed, goals: found(&outcome.goals) })))
}

async fn row(
    store: &Store,
    asked: &Asked,
    (wave, run, before): (&Wave, &Run, Option<&Run>),
    called: &impl Fn(&str) -> String,
) -> Result<Row, Refused> {
    let figures = figures(store, run).await?;
    let mut reading = store.read();
    let stopped_by = match run.job.state {
        State::Afgebroken => last(&mut reading, What::RunStopped, &run.job.id, i64::MAX).await?.map(|(_, who)| called(&who)),
        State::Wachtrij | State::Bezig | State::Klaar | State::Mislukt => None,
    };
    drop(reading);
    Ok(Row {
        counts: wave.current.as_deref() == Some(run.job.id.as_str()),
        stopped_by,
        placed: figures.as_ref().map(|it| it.placed),
        fit: figures.as_ref().and_then(|it| it.goals.iter().find(|goal| goal.aim == Aim::Fit)?.value),
        occasions: occasions(store, asked, (run, before), called).await?,
        run: run.clone(),
    })
}

async fn occasions(
    store: &Store,
    asked: &Asked,
    (run, before): (&Run, Option<&Run>),
    called: &impl Fn(&str) -> String,
) -> Result<Vec<Occasion>, Refused> {
    let mut reading = store.read();
    if let Some(batch) = &run.batch {
        let Some(batch) = reading.batch(batch).await? else { return Ok(vec![Occasion::Nothing]) };
        let name = seeing::name(&mut reading, batch.cause.kind, &batch.cause.id).await?;
        return Ok(vec![Occasion::Dropout { cause: batch.cause, name }]);
    }
    let Some(before) = before else { return Ok(vec![Occasion::First]) };
    let mut all = Vec::new();
    if run.decisions > before.decisions {
        let steps = reading.past_since(&run.wave, before.decisions, STEPS).await?;
        let steps: Vec<_> = steps.into_iter().filter(|it| it.number <= run.decisions).collect();
        let mut by: Vec<String> = steps.iter().map(|it| called(&it.who)).collect();
        by.sort_unstable();
        by.dedup();
        if !steps.is_empty() {
            all.push(Occasion::Decisions { count: steps.len(), by });
        }
    }
    if run.base != before.base {
        let boards = reading.names_of(Kind::Board, asked.caller.scope()).await?;
        drop(reading);
        for it in otherwise(store, &before.base, &run.base).await?.iter() {
            let named = |board: &String| boards.get(board).unwrap_or(board).clone();
            all.push(Occasion::File(match it {
                Changed::Seats { board, by } => Changed::Seats { board: named(board), by: *by },
                Changed::SeatsElsewhere { board } => Changed::SeatsElsewhere { board: named(board) },
                other => other.clone(),
            }));
        }
    }
    if all.is_empty() {
        all.push(Occasion::Nothing);
    }
    Ok(all)
}

/// What is otherwise in one file than in another.
async fn otherwise(store: &Store, before: &str, after: &str) -> Result<Arc<Vec<Changed>>, Refused> {
    let key = format!("{before} {after}");
    if let Some(known) = OTHERWISE.get(&key) {
        return Ok(known);
    }
    let mut reading = store.read();
    let was = reading.input(before).await?.ok_or(Refused::Unknown)?;
    let now = reading.input(after).await?.ok_or(Refused::Unknown)?;
    drop(reading);
    let found = aside(move || Ok::<_, loket_instances::strict::problem::Refusal>(changed(&WaveFile::read(&was)?, &WaveFile::read(&now)?)));
    let found = found.await?.map_err(|refusal| Error::unreadable("een lichting", &refusal))?;
    Ok(OTHERWISE.keep(&key, found))
}
