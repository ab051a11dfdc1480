//! Waves: made, filled anew, submitted, closed and withdrawn.

use super::policies::settle;
use super::register::{complete, sources, told};
use super::{Asked, Refused, aside, problem};
use crate::desk::days::{Doubts, of_period};
use crate::desk::prefill::{Missing, Wanted, file};
use crate::desk::register::rows;
use crate::desk::room::Period;
use crate::desk::sound::{Sound, seeded};
use crate::records::deed::{Added, Deed};
use crate::records::remark::{Remark, bounded};
use crate::records::wave::{Life, Wave};
use crate::store::{Change, Error, Session, Store};
use loket_solver::matching::facts::words::Word;

/// Whether the first and last day of a new wave are usual ones, or were confirmed to be meant.
pub fn meant(store: &Store, (from, until): (&str, &str), confirmed: bool) -> Result<(), Refused> {
    let (mut doubts, today) = (Doubts::default(), store.clock().today());
    for (pointer, day) in [("/van", from), ("/tot", until)] {
        doubts.day(pointer, day, today, of_period());
    }
    Refused::doubted(doubts, confirmed)
}

/// A wave, and what somebody should know of it.
#[derive(Clone, Debug)]
pub struct Told {
    /// The wave.
    pub wave: Wave,
    /// Notices of its file, and where the file and the register differ.
    pub remarks: Vec<Remark>,
}

/// Makes a wave of a file that was read, in concept, and adds to the register what that does not know yet. The same file sent again is
/// the same wave. A placement holds a seat for so many months.
pub async fn make(store: &Store, asked: &Asked, sound: &Sound, period: (&str, &str), held_months: u32) -> Result<Told, Refused> {
    let (mut change, wave, new) = begun(store, asked, sound, period).await?;
    let mut remarks = Vec::new();
    if new {
        remarks = complete(&mut change, asked, &wave.id, (&rows(&sound.file), &sound.people), period).await?;
        change.note_deed(asked.key(), &wave.id).await?;
        change.commit().await?;
    }
    with_differences(store, asked, wave, sound, remarks, held_months).await.map_err(|refused| refused.with_now(|_| ()))
}

/// Keeps a wave that was filled from the register, which knows all of it.
pub async fn keep(store: &Store, asked: &Asked, sound: &Sound, period: (&str, &str)) -> Result<Told, Refused> {
    let (mut change, wave, new) = begun(store, asked, sound, period).await?;
    if new {
        change.note_deed(asked.key(), &wave.id).await?;
        change.commit().await?;
    }
    Ok(Told { wave, remarks: bounded(sound.loaded.notices.iter().map(Remark::from).collect()) })
}

/// A wave of this file with its line in the log, to be committed when it is new; or the same wave that there is.
pub(super) async fn begun(store: &Store, asked: &Asked, sound: &Sound, period: (&str, &str)) -> Result<(Change, Wave, bool), Refused> {
    let mut change = store.change().await?;
    if let Some(made) = made(&mut change, asked).await? {
        return Ok((change, made, false));
    }
    let input = change.keep_input(&sound.bytes).await?;
    let (known, now) = (&sound.loaded, change.clock().now());
    let mut wave = Wave::concept(&known.wave.id, &known.title, sound.phase(), period, input, now);
    if change.wave(&wave.id).await?.is_none() {
        let phase = (wave.id.as_str(), known.wave.phase);
        wave.policy = Some(settle(&mut change, asked, phase, sound.file.policy.as_ref()).await?);
    }
    if !change.add_wave(&wave).await? {
        let there = change.wave(&wave.id).await?.ok_or(Refused::Unknown)?;
        let id = &wave.id;
        return match there.input == wave.input {
            true => Ok((change, there, false)),
            false => Err(Refused::clash(format!(
                "Er is al een lichting met id {id}; geef deze een ander id, of verander de invoer van die lichting."
            ))),
        };
    }
    change.log(&asked.caller, &wave.id, &Deed::WaveMade { input: &wave.input }).await?;
    Ok((change, wave, true))
}

/// The wave with what somebody should know of it.
async fn with_differences(
    store: &Store,
    asked: &Asked,
    wave: Wave,
    sound: &Sound,
    mut remarks: Vec<Remark>,
    held_months: u32,
) -> Result<Told, Refused<Wave>> {
    let period = Period::read(Some(&wave.from), Some(&wave.until)).ok_or_else(|| Error::Corrupt("de periode van een lichting".into()))?;
    let mut all = told(store, asked, sound, period, held_months).await.map_err(|refused| refused.with_now(|()| wave.clone()))?;
    all.append(&mut remarks);
    Ok(Told { wave, remarks: bounded(all) })
}

/// The wave that this very request made before, when its answer was lost.
pub async fn made(reading: &mut Session, asked: &Asked) -> Result<Option<Wave>, Refused> {
    match reading.deed::<String>(asked.key()).await? {
        Some(id) => Ok(reading.wave(&id).await?),
        None => Ok(None),
    }
}

/// The file of a wave that is filled from the register, read like any other file. A placement holds a seat for so many months.
pub async fn filled(store: &Store, asked: &Asked, wanted: Wanted, held_months: u32) -> Result<Sound, Refused> {
    let sources = sources(store, asked, wanted.period, held_months).await?;
    let made = aside(move || file(&wanted, &sources).map(Sound::of)).await?;
    let missing = |it: &Missing| {
        let what = match (it.stopped, it.limited) {
            (true, _) => "deze kandidaat is gestopt",
            (_, true) => "deze kandidaat blijft op eigen verzoek buiten de indeling",
            _ => "deze kandidaat staat niet in het register",
        };
        let pointer = format!("/kandidaten/{}", it.at);
        problem("onbekende-verwijzing", &pointer, what, "haal de id weg, of zet de kandidaat in het register")
    };
    let sound = made.map_err(|them| Refused::from(them.iter().map(missing).collect::<Vec<_>>()))?;
    sound.map_err(Refused::Invalid)
}

/// Puts another file in the place of a wave's file, as long as it is not published. A placement holds a seat for so many months.
pub async fn refill(
    store: &Store,
    asked: &Asked,
    (id, version): (&str, i64),
    sound: &Sound,
    held_months: u32,
) -> Result<Told, Refused<Wave>> {
    if sound.loaded.wave.id != id {
        let what = format!("dit bestand is van lichting {}", sound.loaded.wave.id);
        return Err(Refused::wrong("id", "/id", what, format!("zet er {id} in")));
    }
    let mut change = store.change().await?;
    let mut wave = change.wave(id).await?.ok_or(Refused::Unknown)?;
    if wave.version != version {
        return Err(Refused::stale(wave));
    }
    if wave.life >= Life::Vastgesteld {
        return Err(not_now(wave.life));
    }
    let input = change.keep_input(&sound.bytes).await?;
    // The same file again changes nothing; what stands in it besides the file is kept all the same.
    if input != wave.input {
        change.log(&asked.caller, id, &Deed::WaveChanged { was: &wave.input, input: &input }).await?;
        wave.policy = Some(settle(&mut change, asked, (id, sound.loaded.wave.phase), sound.file.policy.as_ref()).await?);
        (wave.input, wave.name, wave.phase) = (input, sound.loaded.title.clone(), sound.phase().into());
        change.put_wave(&mut wave).await?;
    }
    let remarks = complete(&mut change, asked, id, (&rows(&sound.file), &sound.people), (&wave.from, &wave.until)).await?;
    change.commit().await?;
    with_differences(store, asked, wave, sound, remarks, held_months).await
}

/// What became of a wave that was withdrawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Withdrawn {
    /// What it had added to the register, which stays there.
    pub left: Added,
    /// How many runs went with it.
    pub runs: i64,
    /// How many decisions went with it.
    pub decisions: i64,
}

/// Takes a wave away that was never published, with its runs and decisions; the log keeps what was done. What it added to the register
/// stays there.
pub async fn withdraw(store: &Store, asked: &Asked, id: &str, version: i64) -> Result<Withdrawn, Refused<Wave>> {
    let mut change = store.change().await?;
    let wave = change.wave(id).await?.ok_or(Refused::Unknown)?;
    if wave.version != version {
        return Err(Refused::stale(wave));
    }
    if wave.life >= Life::Vastgesteld {
        let life = wave.life.code();
        return Err(Refused::NotNow(format!("Een lichting die {life} is, wordt niet ingetrokken: haar plaatsingen tellen.")));
    }
    if change.works_on(id).await? {
        return Err(Refused::not_now("Er wordt nog aan deze lichting gerekend; breek dat eerst af, of wacht tot het klaar is."));
    }
    if let Some(batch) = change.batch_with(id).await? {
        return Err(Refused::NotNow(format!("Deze lichting hoort bij herberekening {batch}, en die blijft te zien.")));
    }
    let (runs, decisions) = change.drop_wave(&wave).await?;
    let left = change.added_by(id).await?;
    change.log(&asked.caller, id, &Deed::WaveWithdrawn { input: &wave.input, life: wave.life, runs, decisions }).await?;
    change.commit().await?;
    Ok(Withdrawn { left, runs, decisions })
}

/// Submits a wave: from now on it is calculated, with the seed in its file; one is drawn when it names none.
pub async fn submit(store: &Store, asked: &Asked, id: &str, version: i64) -> Result<Wave, Refused<Wave>> {
    let mut reading = store.read();
    let before = reading.wave(id).await?.ok_or(Refused::Unknown)?;
    if reading.deed::<()>(asked.key()).await?.is_some() {
        return Ok(before);
    }
    let file = reading.input(&before.input).await?.ok_or(Refused::Unknown)?;
    let (seed, file) = aside(move || seeded(&file)).await??;
    let mut change = store.change().await?;
    let mut wave = change.wave(id).await?.ok_or(Refused::Unknown)?;
    if wave.life != Life::Concept {
        return Err(not_now(wave.life));
    }
    if wave.version != version || wave.input != before.input {
        return Err(Refused::stale(wave));
    }
    (wave.life, wave.seed, wave.input) = (Life::Ingediend, Some(seed), change.keep_input(&file).await?);
    change.put_wave(&mut wave).await?;
    change.log(&asked.caller, id, &Deed::WaveSubmitted { seed, input: &wave.input }).await?;
    change.note_deed(asked.key(), &()).await?;
    change.commit().await?;
    Ok(wave)
}

/// Closes a published wave; its placements count until they end.
pub async fn close(store: &Store, asked: &Asked, id: &str, version: i64) -> Result<Wave, Refused<Wave>> {
    let mut reading = store.read();
    if reading.deed::<()>(asked.key()).await?.is_some() {
        return reading.wave(id).await?.ok_or(Refused::Unknown);
    }
    let mut change = store.change().await?;
    let mut wave = change.wave(id).await?.ok_or(Refused::Unknown)?;
    if wave.life != Life::Vastgesteld {
        return Err(not_now(wave.life));
    }
    if wave.version != version {
        return Err(Refused::stale(wave));
    }
    wave.life = Life::Gesloten;
    change.put_wave(&mut wave).await?;
    change.log(&asked.caller, id, &Deed::WaveClosed {}).await?;
    change.note_deed(asked.key(), &()).await?;
    change.commit().await?;
    Ok(wave)
}

fn not_now(life: Life) -> Refused<Wave> {
    Refused::NotNow(format!("Dit kan niet bij een lichting die {} is.", life.code()))
}
