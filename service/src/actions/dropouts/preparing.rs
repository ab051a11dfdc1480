//! A batch over many waves: it is asked at once, and a worker prepares it wave by wave and tells how far it is. Whoever goes on where another
//! worker fell finds the waves that were put in line.

use super::{put_one, rerun_of};
use crate::access::Caller;
use crate::actions::{Asked, Busy, Refused, Turn};
use crate::desk::dropout::{Made, Wish};
use crate::records::batch::{Batch, Preparing};
use crate::records::deed::Deed;
use crate::records::job::Question;
use crate::records::wave::{Life, Wave};
use crate::store::{Store, ids};

/// Most waves whose reruns are made while somebody waits for the answer: each takes up to half a second.
pub(super) const AT_ONCE: usize = 8;

/// The live waves that a wish may touch: those whose file names it, in whatever place.
pub(super) async fn mentioned(store: &Store, wish: &Wish) -> Result<Vec<Wave>, Refused> {
    let mut reading = store.read();
    if let Some(only) = &wish.only {
        let wave = reading.wave(only).await?.ok_or(Refused::Unknown)?;
        return Ok(Some(wave).filter(|it| it.life != Life::Gesloten && it.until >= wish.cause.from).into_iter().collect());
    }
    let named = wish.as_written();
    let mut waves = Vec::new();
    for wave in reading.live_waves().await? {
        if wave.until < wish.cause.from {
            continue;
        }
        let turn = Turn::take().await?;
        let file = reading.input(&wave.input).await?.ok_or(Refused::Unknown)?;
        let named = named.clone();
        if turn.aside(move || String::from_utf8_lossy(&file).contains(&named)).await? {
            waves.push(wave);
        }
    }
    Ok(waves)
}

/// Asks for a batch over these waves.
pub(super) async fn ask(store: &Store, asked: &Asked, wish: &Wish, waves: &[Wave], seconds: i64) -> Result<Batch, Refused> {
    let id = ids::new();
    let by = asked.caller.who().to_owned();
    let preparing = Preparing { done: 0, of: waves.len(), by, seconds, failed: Vec::new() };
    let mut change = store.change().await?;
    change.add_batch(&id, &wish.cause).await?;
    change.note_preparing(&id, &preparing).await?;
    let waves = waves.iter().map(|it| it.id.as_str()).collect();
    change.log(&asked.caller, &id, &Deed::BatchAsked { cause: &wish.cause, waves }).await?;
    change.note_deed(asked.key(), &id).await?;
    change.commit().await?;
    store.read().batch(&id).await?.ok_or(Refused::Unknown)
}

/// Prepares every batch that is asked; how many there were. A placement holds a seat for so many months. What the store cannot do now is done the next time.
///
/// # Errors
/// The store's.
pub async fn prepare_all(store: &Store, held_months: u32) -> Result<usize, Refused> {
    let waiting = store.read().unprepared_batches().await?;
    for id in &waiting {
        prepare(store, id, held_months).await?;
    }
    Ok(waiting.len())
}

async fn prepare(store: &Store, id: &str, held_months: u32) -> Result<(), Refused> {
    let Some(batch) = store.read().batch(id).await? else { return Ok(()) };
    let (Some(wish), Some(mut preparing)) = (Wish::again(&batch.cause), batch.preparing.clone()) else { return Ok(()) };
    let asked = Asked { caller: Caller::machine(&preparing.by), key: None };
    let question = Question::solve(preparing.seconds);
    let waves = mentioned(store, &wish).await?;
    (preparing.of, preparing.done) = (waves.len().max(1), 0);
    preparing.failed.clear();
    for wave in &waves {
        match one(store, &asked, &batch, (&wish, held_months), &wave.id, &question).await {
            Ok(()) => {}
            Err(Refused::Busy(busy)) => return Err(busy.into()),
            // The others go on; whoever looks at the batch sees that this one did not.
            Err(_) => preparing.failed.push(wave.id.clone()),
        }
        preparing.done += 1;
        if preparing.done < preparing.of {
            note(store, id, &preparing).await?;
        }
    }
    preparing.done = preparing.of;
    note(store, id, &preparing).await
}

async fn note(store: &Store, id: &str, preparing: &Preparing) -> Result<(), Refused> {
    let mut change = store.change().await?;
    // Another worker may have been done meanwhile.
    if change.batch(id).await?.is_some_and(|it| it.unprepared()) {
        change.note_preparing(id, preparing).await?;
        if preparing.done >= preparing.of {
            change.step_batch(id).await?;
        }
    }
    Ok(change.commit().await?)
}

/// Puts the rerun of one wave in line, unless it is there already.
async fn one(store: &Store, asked: &Asked, batch: &Batch, wish: (&Wish, u32), wave: &str, question: &Question) -> Result<(), Refused> {
    for _ in 0..20 {
        let Some(wave) = store.read().wave(wave).await? else { return Ok(()) };
        if batch.waves.iter().any(|it| it.wave == wave.id) {
            return Ok(());
        }
        let Made::Rerun(made) = rerun_of(store, asked, wish, &wave).await? else { return Ok(()) };
        let mut change = store.change().await?;
        let there = change.batch(&batch.id).await?.is_some_and(|it| !it.unprepared() || it.waves.iter().any(|it| it.wave == wave.id));
        if there {
            return Ok(());
        }
        match put_one(&mut change, asked, &batch.id, &wave, &made, question).await {
            Ok(()) => return Ok(change.commit().await?),
            // Somebody decided in between: the file is made again.
            Err(Refused::Stale(_)) => {}
            Err(refused) => return Err(refused),
        }
    }
    Err(Refused::Busy(Busy::Said("Er wordt nu te veel tegelijk besloten; probeer het zo weer.")))
}
