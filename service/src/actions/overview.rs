//! Waves as people look at them from afar, and what stands in the file of one.

use std::collections::BTreeMap;

use loket_instances::matching::wave_file::WaveFile;

use super::{Asked, Refused, answers, aside, decisions, register};
use crate::desk::asking::Stance;
use crate::desk::contents::Contents;
use crate::desk::history::{Rates, rated};
use crate::desk::room::Period;
use crate::desk::sound::Sound;
use crate::records::job::State;
use crate::records::overview::{AtWork, Overview, Replies};
use crate::records::remark::{Remark, bounded};
use crate::records::wave::Wave;
use crate::store::{Error, Store};

/// Waves with how far they are, the newest first: a page of them and how many there are.
///
/// # Errors
/// When the store could not do it.
pub async fn all(store: &Store, skip: i64, most: i64) -> Result<(Vec<Overview>, i64), Refused> {
    let (waves, count) = store.read().waves(None, skip, most).await?;
    let mut all = Vec::with_capacity(waves.len());
    for wave in waves {
        all.push(of(store, wave).await?);
    }
    Ok((all, count))
}

/// A wave with how far it is.
///
/// # Errors
/// When there is no such wave, or the store could not do it.
pub async fn one(store: &Store, id: &str) -> Result<Overview, Refused> {
    let wave = store.read().wave(id).await?.ok_or(Refused::Unknown)?;
    of(store, wave).await
}

/// How many candidates of a wave under review were decided about, and how many it has; nothing when it is not under review.
///
/// # Errors
/// When the store could not do it.
pub async fn reviewed(store: &Store, wave: &Wave) -> Result<Option<(i64, i64)>, Refused> {
    if !wave.life.under_review() {
        return Ok(None);
    }
    decisions::listed(store, &wave.input).await?;
    let today = store.clock().today().to_string();
    let mut reading = store.read();
    let decided = i64::try_from(reading.decided(&wave.id, &today).await?.len()).unwrap_or(i64::MAX);
    Ok(Some((decided, reading.candidates_in(&wave.input).await?)))
}

async fn of(store: &Store, wave: Wave) -> Result<Overview, Refused> {
    decisions::listed(store, &wave.input).await?;
    let today = store.clock().today().to_string();
    let mut reading = store.read();
    let (newest, runs) = reading.runs(&wave.id, 0, 1).await?;
    let at_work = newest.into_iter().next().filter(|it| !it.job.state.ended());
    let (mut placed, mut outdated, mut replies) = (None, false, Replies::default());
    let decided = i64::try_from(reading.decided(&wave.id, &today).await?.len()).unwrap_or(i64::MAX);
    let candidates = reading.candidates_in(&wave.input).await?;
    if let Some(current) = &wave.current {
        outdated = reading.run(current).await?.is_some_and(|it| it.outdated);
        let cases = answers::cases(store, &wave.id).await?;
        placed = Some(i64::try_from(cases.len()).unwrap_or(i64::MAX));
        for stance in cases.iter().flat_map(|it| it.stances) {
            match stance {
                Stance::NotAsked => {}
                Stance::Asked => replies.asked += 1,
                Stance::Late => replies.late += 1,
                Stance::Yes => replies.yes += 1,
                Stance::No => replies.no += 1,
            }
        }
    }
    let at_work = at_work.map(|it| AtWork { waits: it.job.state == State::Wachtrij, number: it.number, id: it.job.id });
    Ok(Overview { wave, candidates, placed, decided, outdated, runs, at_work, replies })
}

/// What stands in the file of a wave.
///
/// # Errors
/// When the store could not do it.
pub async fn contents(store: &Store, wave: &Wave) -> Result<Contents, Refused> {
    let bytes = store.read().input(&wave.input).await?.ok_or(Refused::Unknown)?;
    let file = aside(move || WaveFile::read(&bytes)).await?.map_err(|refusal| Error::unreadable("een lichting", &refusal))?;
    Ok(Contents::of(&file))
}

/// How a wave was reviewed: by each person, and by all of them together.
///
/// # Errors
/// When there is no such wave, or the store could not do it.
pub async fn rates(store: &Store, id: &str) -> Result<(BTreeMap<String, Rates>, Rates), Refused> {
    let mut reading = store.snapshot().await?;
    reading.wave(id).await?.ok_or(Refused::Unknown)?;
    Ok(rated(&reading.past_since(id, 0, i64::MAX).await?))
}

/// Notices of the file of a wave, and where it and the register differ. A placement holds a seat for so many months.
///
/// # Errors
/// When the store could not do it.
pub async fn remarks(store: &Store, asked: &Asked, wave: &Wave, held_months: u32) -> Result<Vec<Remark>, Refused> {
    let bytes = store.read().input(&wave.input).await?.ok_or(Refused::Unknown)?;
    let sound = aside(move || Sound::read(&bytes)).await?.map_err(|refusal| Error::unreadable("een lichting", &refusal))?;
    let period = Period::read(Some(&wave.from), Some(&wave.until)).ok_or_else(|| Error::Corrupt("de periode van een lichting".into()))?;
    Ok(bounded(register::told(store, asked, &sound, period, held_months).await?))
}

/// The file of a wave as it is kept: rows, without names of people.
///
/// # Errors
/// When there is no such wave, or the store could not do it.
pub async fn file(store: &Store, wave: &Wave) -> Result<WaveFile, Refused> {
    let bytes = store.read().input(&wave.input).await?.ok_or(Refused::Unknown)?;
    Ok(aside(move || WaveFile::read(&bytes)).await?.map_err(|refusal| Error::unreadable("een lichting", &refusal))?)
}
