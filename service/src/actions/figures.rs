//! Figures of waves, for who sees no people.

use super::{Asked, Refused, Turn};
use crate::access::Role;
use crate::desk::figures::{Figures, Seen};
use crate::records::wave::Wave;
use crate::store::Store;

/// The figures of a wave, as the caller may see them.
///
/// # Errors
/// [`Refused::Unknown`] when there is no such wave, or nothing of a board's own is in it.
pub async fn of_wave(store: &Store, asked: &Asked, id: &str) -> Result<(Wave, Seen), Refused> {
    let wave = store.read().wave(id).await?.ok_or(Refused::Unknown)?;
    let figures = counted(store, &wave).await?;
    let (role, scope) = (asked.caller.role(), asked.caller.scope());
    if role == Role::Bestuur && !figures.touches(scope) {
        return Err(Refused::Unknown);
    }
    Ok((wave, figures.seen_by(role, scope)))
}

/// A page of waves with their figures, as the caller may see them, and how many there are; for who may know of every wave.
///
/// # Errors
/// When the store cannot.
pub async fn of_waves(store: &Store, asked: &Asked, skip: i64, most: i64) -> Result<(Vec<(Wave, Seen)>, i64), Refused> {
    let (waves, all) = store.read().waves(None, skip, most).await?;
    let mut told = Vec::new();
    for wave in waves {
        let seen = counted(store, &wave).await?.seen_by(asked.caller.role(), asked.caller.scope());
        told.push((wave, seen));
    }
    Ok((told, all))
}

async fn counted(store: &Store, wave: &Wave) -> Result<Figures, Refused> {
    let turn = Turn::take().await?;
    let mut reading = store.read();
    let file = reading.input(&wave.input).await?.ok_or(Refused::Unknown)?;
    let outcome = match &wave.current {
        Some(run) => reading.result(run).await?,
        None => None,
    };
    drop(reading);
    Ok(turn.aside(move || Figures::read(&file, outcome.as_deref())).await??)
}
