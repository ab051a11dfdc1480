//! A wave that is filled again from the register: what would change, and the change itself.

use super::register::sources;
use super::{Asked, Refused, aside, decisions};
use crate::desk::refresh::{Renewed, renewed};
use crate::desk::room::Period;
use crate::records::deed::Deed;
use crate::records::remark::{Remark, bounded};
use crate::records::wave::{Life, Wave};
use crate::store::{Error, Store};
use loket_instances::matching::wave_file::WaveFile;
use loket_solver::matching::facts::words::Word;

/// A wave as it would be, or is, when it is filled again.
#[derive(Clone, Debug)]
pub struct Refreshed {
    /// The wave.
    pub wave: Wave,
    /// What is otherwise than before, row by row, and what became of decisions.
    pub remarks: Vec<Remark>,
}

/// What filling a wave again would change. With `more` also with schools and coaches that it does not have.
pub async fn preview(store: &Store, asked: &Asked, id: &str, more: bool, held_months: u32) -> Result<Refreshed, Refused<Wave>> {
    let (wave, renewed) = made(store, asked, id, more, held_months).await?;
    Ok(Refreshed { wave, remarks: bounded(renewed.remarks) })
}

/// Fills a wave that is not published again from the register. Its plan is out of date from then on, when anything changed.
pub async fn refresh(
    store: &Store,
    asked: &Asked,
    (id, version): (&str, i64),
    more: bool,
    held_months: u32,
) -> Result<Refreshed, Refused<Wave>> {
    let mut reading = store.read();
    if let Some(remarks) = reading.deed::<Vec<Remark>>(asked.key()).await? {
        return Ok(Refreshed { wave: reading.wave(id).await?.ok_or(Refused::Unknown)?, remarks });
    }
    let (before, renewed) = made(store, asked, id, more, held_months).await?;
    if before.version != version {
        return Err(Refused::stale(before));
    }
    let Renewed { file, remarks, lapsed, unlocked } = renewed;
    // What it holds is a wave: somebody new may lack an address.
    let (bytes, notes) = (file.write(), remarks.len());
    let built = bytes.clone();
    aside(move || file.build(&built).map(|_| ())).await?.map_err(Refused::Invalid)?;
    let mut change = store.change().await?;
    let mut wave = change.wave(id).await?.ok_or(Refused::Unknown)?;
    if (wave.version, &wave.input) != (before.version, &before.input) {
        return Err(Refused::stale(wave));
    }
    let remarks = bounded(remarks);
    let input = change.keep_input(&bytes).await?;
    if input != wave.input || !lapsed.is_empty() {
        let was = std::mem::replace(&mut wave.input, input);
        for it in &lapsed {
            decisions::lapse(&mut change, asked, &mut wave, &it.candidate, &it.why).await?;
        }
        change.put_wave(&mut wave).await?;
        let deed = Deed::WaveRefreshed { was: &was, input: &wave.input, notes, lapsed: lapsed.len(), unlocked: unlocked.len() };
        change.log(&asked.caller, id, &deed).await?;
        // Each on a line of its own: it is about one person.
        let locks = unlocked.into_iter().map(|candidate| (candidate, None));
        for (candidate, was) in locks.chain(lapsed.into_iter().map(|it| (it.candidate, Some(it.decision)))) {
            change.log(&asked.caller, id, &Deed::DecisionLapsed { candidate: &candidate, was, batch: None }).await?;
        }
    }
    change.note_deed(asked.key(), &remarks).await?;
    change.commit().await?;
    Ok(Refreshed { wave, remarks })
}

/// The wave as it is, and its file filled again.
async fn made(store: &Store, asked: &Asked, id: &str, more: bool, held_months: u32) -> Result<(Wave, Renewed), Refused<Wave>> {
    let mut reading = store.read();
    let wave = reading.wave(id).await?.ok_or(Refused::Unknown)?;
    if wave.life >= Life::Vastgesteld {
        let life = wave.life.code();
        return Err(Refused::NotNow(format!(
            "Een lichting die {life} is, wordt niet meer uit het register gevuld; meld wat er verandert als uitval."
        )));
    }
    let period = Period::read(Some(&wave.from), Some(&wave.until)).ok_or_else(|| Error::Corrupt("de periode van een lichting".into()))?;
    let own = reading.input(&wave.input).await?.ok_or(Refused::Unknown)?;
    let mut decided = reading.decisions(id).await?;
    let today = store.clock().today().to_string();
    decided.retain(|it| !it.decision.expired(&today));
    let sources = sources(store, asked, period, held_months).await.map_err(|refused| refused.with_now(|()| wave.clone()))?;
    let work = move || {
        let own = WaveFile::read(&own).map_err(|refusal| Error::unreadable("een lichting", &refusal))?;
        Ok::<_, Error>(renewed(&own, &decided, period, &sources, more))
    };
    let renewed = aside(work).await??.map_err(Refused::Invalid)?;
    Ok((wave, renewed))
}
