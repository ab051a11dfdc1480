//! What a plan does for people, boards, schools and coaches: for the intermediary with everybody in it, for readers without.

use std::collections::BTreeMap;

use loket_instances::matching::read::Loaded;
use loket_solver::matching::facts::plan::Plan;
use loket_solver::matching::judge::fairness::{Fairness, fairness};

use super::{Asked, Refused, Turn};
use crate::desk::fairness::{Report, boards_of, read, report};
use crate::desk::figures::{Figures, Seen};
use crate::desk::places::{Places, read as read_places};
use crate::desk::sums::{Sums, sums};
use crate::records::register::Kind;
use crate::records::wave::Wave;
use crate::store::{Session, Store};

/// Most earlier waves that are looked at for one with a plan.
const EARLIER: i64 = 20;

/// Names by id.
pub type Names = BTreeMap<String, String>;

/// A report with everybody in it.
#[derive(Clone, Debug)]
pub struct Named {
    /// The figures.
    pub report: Report,
    /// Names of coaches.
    pub coaches: Names,
    /// Names of candidates.
    pub candidates: Names,
    /// How many proposals something was decided about, and how many of those set the proposal aside.
    pub decided: (i64, i64),
}

/// The wave as the caller may see it, with what was solved and what came of it.
async fn solved(reading: &mut Session, id: &str) -> Result<(Wave, Option<(Vec<u8>, Vec<u8>)>), Refused> {
    let wave = reading.wave(id).await?.ok_or(Refused::Unknown)?;
    let Some(run) = &wave.current else { return Ok((wave, None)) };
    let run = reading.run(run).await?.ok_or(Refused::Unknown)?;
    let both = reading.input(&run.input).await?.zip(reading.result(&run.job.id).await?);
    Ok((wave, both))
}

/// The report on the plan of a wave, with everybody in it; nothing while there is no plan.
///
/// # Errors
/// [`Refused::Unknown`] when there is no such wave; [`Refused::Forbidden`] for who may not see people.
pub async fn named(store: &Store, asked: &Asked, id: &str) -> Result<(Wave, Option<Named>), Refused> {
    if asked.caller.scope().boards().is_some() {
        return Err(Refused::Forbidden);
    }
    let turn = Turn::take().await?;
    let mut reading = store.snapshot().await?;
    let (wave, Some((file, outcome))) = solved(&mut reading, id).await? else {
        return Ok((reading.wave(id).await?.ok_or(Refused::Unknown)?, None));
    };
    let decisions = reading.decisions(id).await?;
    let standing = decisions.iter().filter(|it| it.lapsed.is_none());
    let aside = standing.clone().filter(|it| it.decision.overrules() && !it.kept).count();
    let decided = (count(standing.count()), count(aside));
    let (coaches, candidates) = (reading.names(Kind::Coach).await?, reading.names(Kind::Candidate).await?);
    drop(reading);
    let report = turn
        .aside(move || {
            let (loaded, plan) = read(&file, &outcome)?;
            Ok::<_, crate::store::Error>(report(&loaded, &plan))
        })
        .await??;
    Ok((wave, Some(Named { report, coaches, candidates, decided })))
}

fn count(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// A plan with its wave, for whoever composes something of it.
#[derive(Debug)]
pub struct Whole {
    /// The wave.
    pub loaded: Loaded,
    /// Who is placed where.
    pub plan: Plan,
    /// How fair that is.
    pub fairness: Fairness,
}

/// The plan of a wave as a whole, for who may see people; nothing while there is none.
///
/// # Errors
/// [`Refused::Unknown`] when there is no such wave; [`Refused::Forbidden`] for who may not see people.
pub async fn whole(store: &Store, asked: &Asked, id: &str) -> Result<(Wave, Option<Whole>), Refused> {
    if asked.caller.scope().boards().is_some() {
        return Err(Refused::Forbidden);
    }
    let turn = Turn::take().await?;
    let mut reading = store.snapshot().await?;
    let (wave, both) = solved(&mut reading, id).await?;
    drop(reading);
    let Some((file, outcome)) = both else { return Ok((wave, None)) };
    let found = turn
        .aside(move || {
            let (loaded, plan) = read(&file, &outcome)?;
            let fairness = fairness(&loaded.wave, &plan);
            Ok::<_, crate::store::Error>(Whole { loaded, plan, fairness })
        })
        .await??;
    Ok((wave, Some(found)))
}

/// The boards of a wave with seats, by name.
///
/// # Errors
/// [`Refused::Unknown`] when there is no such wave.
pub async fn boards(store: &Store, asked: &Asked, id: &str) -> Result<Vec<(String, String)>, Refused> {
    if asked.caller.scope().boards().is_some() {
        return Err(Refused::Forbidden);
    }
    let turn = Turn::take().await?;
    let mut reading = store.snapshot().await?;
    let (wave, both) = solved(&mut reading, id).await?;
    let file = match both {
        Some((file, _)) => file,
        None => reading.input(&wave.input).await?.ok_or(Refused::Unknown)?,
    };
    drop(reading);
    Ok(turn.aside(move || boards_of(&file)).await??)
}

/// The report on the plan of a wave without anybody in it, small counts hidden; nothing while there is no plan.
///
/// # Errors
/// [`Refused::Unknown`] when there is no such wave.
pub async fn counted(store: &Store, id: &str) -> Result<(Wave, Option<Sums>), Refused> {
    let turn = Turn::take().await?;
    let mut reading = store.snapshot().await?;
    let (wave, both) = solved(&mut reading, id).await?;
    drop(reading);
    let Some((file, outcome)) = both else { return Ok((wave, None)) };
    let counted = turn
        .aside(move || {
            let (loaded, plan) = read(&file, &outcome)?;
            Ok::<_, crate::store::Error>(sums(&report(&loaded, &plan)))
        })
        .await??;
    Ok((wave, Some(counted)))
}

/// The wave before this one that has a plan, and the choices that people got in it.
///
/// # Errors
/// When the store cannot.
pub async fn before(store: &Store, asked: &Asked, wave: &Wave) -> Result<Option<(Wave, Seen)>, Refused> {
    let mut reading = store.snapshot().await?;
    let waves = reading.waves(None, 0, EARLIER).await?.0;
    let Some(earlier) = waves.into_iter().filter(|it| it.created < wave.created).find(|it| it.current.is_some()) else { return Ok(None) };
    let turn = Turn::take().await?;
    let Some(file) = reading.input(&earlier.input).await? else { return Ok(None) };
    let outcome = match &earlier.current {
        Some(run) => reading.result(run).await?,
        None => None,
    };
    drop(reading);
    let figures = turn.aside(move || Figures::read(&file, outcome.as_deref())).await??;
    let seen = figures.seen_by(asked.caller.role(), asked.caller.scope());
    Ok(Some((earlier, seen)))
}

/// Where everything of a wave is, with names; for who may see people.
///
/// # Errors
/// [`Refused::Unknown`] when there is no such wave; [`Refused::Forbidden`] for who may not see people.
pub async fn places(store: &Store, asked: &Asked, id: &str) -> Result<(Wave, Places, Names, Names), Refused> {
    if asked.caller.scope().boards().is_some() {
        return Err(Refused::Forbidden);
    }
    let turn = Turn::take().await?;
    let mut reading = store.snapshot().await?;
    let (wave, both) = solved(&mut reading, id).await?;
    let (file, outcome) = match both {
        Some((file, outcome)) => (file, Some(outcome)),
        None => (reading.input(&wave.input).await?.ok_or(Refused::Unknown)?, None),
    };
    let areas = reading.centroids().await?;
    let (coaches, candidates) = (reading.names(Kind::Coach).await?, reading.names(Kind::Candidate).await?);
    drop(reading);
    let places = turn.aside(move || read_places(&file, outcome.as_deref(), &areas)).await??;
    Ok((wave, places, coaches, candidates))
}
