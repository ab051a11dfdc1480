//! Waves: made, filled anew, submitted and closed.

use super::register::{complete, sources};
use super::{Asked, Refused, aside, problem};
use crate::desk::prefill::{Missing, Wanted, file};
use crate::desk::sound::{Sound, seeded};
use crate::records::deed::Deed;
use crate::records::wave::{Life, Wave};
use crate::store::{Session, Store};
use loket_solver::matching::facts::words::Word;

/// Makes a wave of a file that was read, in concept, and adds to the register what that does not know yet. The same file sent again is
/// the same wave.
pub async fn make(store: &Store, asked: &Asked, sound: &Sound, (from, until): (&str, &str)) -> Result<Wave, Refused> {
    let mut change = store.change().await?;
    if let Some(made) = made(&mut change, asked).await? {
        return Ok(made);
    }
    let input = change.keep_input(&sound.bytes).await?;
    let (known, now) = (&sound.loaded, change.clock().now());
    let wave = Wave::concept(&known.wave.id, &known.title, sound.phase(), (from, until), input, now);
    if !change.add_wave(&wave).await? {
        let there = change.wave(&wave.id).await?.ok_or(Refused::Unknown)?;
        let id = &wave.id;
        return match there.input == wave.input {
            true => Ok(there),
            false => Err(Refused::clash(format!(
                "Er is al een lichting met id {id}; geef deze een ander id, of verander de invoer van die lichting."
            ))),
        };
    }
    change.keep_people(&sound.people).await?;
    change.log(&asked.caller, &wave.id, &Deed::WaveMade { input: &wave.input }).await?;
    complete(&mut change, asked, &wave.id, &sound.rows, (from, until)).await?;
    change.note_deed(asked.key(), &wave.id).await?;
    change.commit().await?;
    Ok(wave)
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
        let what = if it.stopped { "deze kandidaat is gestopt" } else { "deze kandidaat staat niet in het register" };
        let pointer = format!("/kandidaten/{}", it.at);
        problem("onbekende-verwijzing", &pointer, what, "haal de id weg, of zet de kandidaat in het register")
    };
    let sound = made.map_err(|them| Refused::from(them.iter().map(missing).collect::<Vec<_>>()))?;
    sound.map_err(Refused::Invalid)
}

/// Puts another file in the place of a wave's file, as long as it is not published.
pub async fn refill(store: &Store, asked: &Asked, id: &str, version: i64, sound: &Sound) -> Result<Wave, Refused<Wave>> {
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
    change.keep_people(&sound.people).await?;
    // The same file again changes nothing; what stands in it besides the file is kept all the same.
    if input != wave.input {
        change.log(&asked.caller, id, &Deed::WaveChanged { was: &wave.input, input: &input }).await?;
        (wave.input, wave.name, wave.phase) = (input, sound.loaded.title.clone(), sound.phase().into());
        change.put_wave(&mut wave).await?;
    }
    complete(&mut change, asked, id, &sound.rows, (&wave.from, &wave.until)).await?;
    change.commit().await?;
    Ok(wave)
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
