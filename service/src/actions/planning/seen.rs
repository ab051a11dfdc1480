//! A multi-year plan as its page shows it: the newest version with its decisions, other numbers tried on it, and what runs made of it.

use jiff::civil::Date;
use loket_instances::planning::outcome::{OutcomeFile, plan_of, read_outcome};
use loket_instances::planning::plan_file::{Loaded, read_plan};
use loket_instances::planning::typed::{Typed, decisions, typed};
use loket_instances::strict::problem::Refusal;
use loket_solver::planning::facts::plan::Plan;

use crate::actions::{Asked, Refused, Turn};
use crate::desk::planning::next::{Next, next};
use crate::desk::planning::sound::Sound;
use crate::records::planning::{Planning, PlanningRun, PlanningVersion};
use crate::store::{Error, Session, Store};

/// Most runs that are looked at.
const RUNS: i64 = 20;

/// A plan's numbers: its file, and the decisions in it.
#[derive(Clone, Debug)]
pub struct Numbers {
    /// What the file says.
    pub loaded: Loaded,
    /// Every decision: locked, or as the last run had it.
    pub plan: Plan,
}

/// A plan as it is.
#[derive(Clone, Debug)]
pub struct Seen {
    /// The plan.
    pub planning: Planning,
    /// Its file.
    pub bytes: Vec<u8>,
    /// Its numbers.
    pub numbers: Numbers,
    /// Its runs, the newest first.
    pub runs: Vec<PlanningRun>,
    /// The newest run of this version that made a plan, with what it made.
    pub best: Option<(PlanningRun, OutcomeFile)>,
    /// Its versions, the newest first.
    pub versions: Vec<PlanningVersion>,
}

/// A plan.
///
/// # Errors
/// [`Refused::Unknown`] when there is none.
pub async fn seen(store: &Store, id: &str) -> Result<Seen, Refused> {
    let turn = Turn::take().await?;
    let mut reading = store.snapshot().await?;
    let planning = reading.planning(id).await?.ok_or(Refused::Unknown)?;
    let bytes = reading.input(&planning.input).await?.ok_or(Refused::Unknown)?;
    let runs = reading.planning_runs(id, 0, RUNS).await?.0;
    let best = best(&mut reading, &runs).await?;
    let versions = reading.planning_versions(id).await?;
    drop(reading);
    let made = move || {
        let loaded = read(&bytes)?;
        let best = best.map(|(run, bytes)| Ok::<_, Error>((run, outcome(&bytes)?))).transpose()?;
        let known = best.as_ref().and_then(|(_, file)| file.figures.as_ref()).and_then(|it| plan_of(&loaded.horizon, it).ok());
        let plan = decisions(&loaded, known.as_ref());
        Ok(Seen { planning, bytes, numbers: Numbers { loaded, plan }, runs, best, versions })
    };
    turn.aside(made).await?
}

/// What the newest plan expects of the first wave after a day of a wave; nothing when there is no plan or no such wave.
///
/// # Errors
/// When the store could not do it.
pub async fn next_after(store: &Store, day: &str) -> Result<Option<Next>, Refused> {
    let newest = store.read().plannings(0, 1).await?.0.into_iter().next();
    let (Some(planning), Some(day)) = (newest, day.parse::<Date>().ok()) else { return Ok(None) };
    let seen = match seen(store, &planning.id).await {
        Ok(seen) => seen,
        // It was taken away in between.
        Err(Refused::Unknown) => return Ok(None),
        Err(refused) => return Err(refused),
    };
    let month = i64::from(day.year()) * 12 + i64::from(day.month()) - 1;
    let plan = seen.best.is_some().then_some(&seen.numbers.plan);
    Ok(next(&seen.numbers.loaded, plan, month))
}

/// The outcome of the newest run of the version that counts.
async fn best(reading: &mut Session, runs: &[PlanningRun]) -> Result<Option<(PlanningRun, Vec<u8>)>, Error> {
    for run in runs.iter().filter(|it| it.planned() && !it.outdated) {
        if let Some(bytes) = reading.result(&run.job.id).await? {
            return Ok(Some((run.clone(), bytes)));
        }
    }
    Ok(None)
}

fn read(bytes: &[u8]) -> Result<Loaded, Refused> {
    read_plan(bytes).map_err(|refusal| Error::unreadable("een meerjarenplan", &refusal).into())
}

fn outcome(bytes: &[u8]) -> Result<OutcomeFile, Error> {
    read_outcome(bytes).map_err(|refusal| Error::unreadable("een uitkomst van een meerjarenplan", &refusal))
}

/// Other numbers tried on a plan; nothing of it is kept.
///
/// # Errors
/// Everything for which the file is refused with them.
pub fn tried(seen: &Seen, numbers: &[Typed]) -> Result<Numbers, Refusal> {
    let loaded = read_plan(&typed(&seen.bytes, numbers)?)?;
    let plan = decisions(&loaded, Some(&seen.numbers.plan));
    Ok(Numbers { loaded, plan })
}

/// Keeps other numbers as the next version of a plan. `version` is the one that the caller saw.
///
/// # Errors
/// When the file is refused with them, or somebody else changed the plan.
pub async fn keep(store: &Store, asked: &Asked, seen: &Seen, numbers: &[Typed], note: &str) -> Result<Planning, Refused<Planning>> {
    let sound = Sound::read(&typed(&seen.bytes, numbers).map_err(Refused::Invalid)?).map_err(Refused::Invalid)?;
    let planning = &seen.planning;
    Ok(super::replace(store, asked, &planning.id, planning.version, &sound, note).await?.planning)
}

/// The decisions of an outcome as numbers that can be kept.
pub fn decided(seen: &Seen, file: &OutcomeFile) -> Vec<Typed> {
    let horizon = &seen.numbers.loaded.horizon;
    let Some(plan) = file.figures.as_ref().and_then(|it| plan_of(horizon, it).ok()) else { return Vec::new() };
    let mut all = Vec::new();
    for (wave, row) in horizon.waves.pairs() {
        all.push(Typed::Started(row.id.clone(), plan.started(wave)));
        let others = horizon.kinds.pairs().skip(1);
        all.extend(others.map(|(kind, it)| Typed::Guided(row.id.clone(), it.id.clone(), plan.guided[wave][kind])));
    }
    for (kind, it) in horizon.kinds.pairs() {
        let hired = horizon.years.pairs();
        all.extend(hired.map(|(year, name)| Typed::Hired(it.id.clone(), name.clone(), plan.hired[kind][year])));
    }
    all
}

/// What a run solved and what it made of it; nothing when there is no outcome, or not yet.
pub async fn of_run(store: &Store, run: &PlanningRun) -> Result<Option<(Loaded, OutcomeFile)>, Refused> {
    let turn = Turn::take().await?;
    let mut reading = store.snapshot().await?;
    let Some(bytes) = reading.result(&run.job.id).await? else { return Ok(None) };
    let input = reading.input(&run.input).await?.ok_or(Refused::Unknown)?;
    drop(reading);
    turn.aside(move || Ok(Some((read(&input)?, outcome(&bytes)?)))).await?
}
