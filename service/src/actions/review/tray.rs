//! What somebody tries together: their own open try-out of a wave, to which changes are added and from which they are taken.

use crate::actions::tryouts::{self, Now, Seen, Wanted};
use crate::actions::{Asked, Refused};
use crate::desk::tryout::Wish;
use crate::records::job::State;
use crate::records::tried::Tried;
use crate::records::tryout::Standing;
use crate::store::Store;

/// How many try-outs are looked through.
const LOOKED: i64 = 200;
/// What such a try-out is called.
const NAME: &str = "probeerbak";

/// A try-out with what came of it.
#[derive(Clone, Debug)]
pub struct Tray {
    /// The try-out.
    pub seen: Seen,
    /// What came of it; nothing while it is worked out, or when that failed.
    pub found: Option<Tried>,
}

impl Tray {
    /// Whether it is still being worked out.
    pub fn coming(&self) -> bool {
        !self.seen.job.state.ended()
    }

    /// Whether it came to nothing.
    pub fn failed(&self) -> bool {
        self.seen.job.state.ended() && self.found.is_none()
    }

    /// Whether it can be kept.
    pub fn keepable(&self) -> bool {
        self.found.as_ref().is_some_and(|it| it.possible)
    }
}

/// What the caller tries now; nothing when that is nothing.
///
/// # Errors
/// When the store could not do it.
pub async fn open(store: &Store, asked: &Asked, wave: &str) -> Result<Option<Tray>, Refused> {
    let mut reading = store.read();
    let there = reading.wave(wave).await?.ok_or(Refused::Unknown)?;
    let Some(current) = there.current.clone() else { return Ok(None) };
    let own = |it: &crate::records::tryout::TryOut| it.who == asked.caller.who() && it.run == current && it.kept.is_none();
    let Some(own) = reading.try_outs(wave, 0, LOOKED).await?.0.into_iter().find(own) else { return Ok(None) };
    drop(reading);
    let seen = tryouts::read(store, wave, &own.id).await?;
    if seen.standing != Standing::Open {
        return Ok(None);
    }
    let found = match &seen.answer {
        Some(bytes) if seen.job.state == State::Klaar => Some(Tried::read(bytes)?),
        _ => None,
    };
    Ok(Some(Tray { seen, found }))
}

fn wanted(tray: &Tray) -> Vec<Wanted> {
    tray.seen.tried.changes.iter().map(|it| Wanted { candidate: it.candidate.clone(), wish: it.wish.clone() }).collect()
}

fn plain(refused: Refused<Now>) -> Refused {
    refused.with_now(|_| ())
}

/// Tries something for a candidate besides what is tried already; in the place of what was tried for the same candidate.
///
/// # Errors
/// Everything that is wrong with it, or when somebody else changed it.
pub async fn add(store: &Store, asked: &Asked, wave: &str, candidate: &str, wish: Wish) -> Result<(), Refused> {
    let new = Wanted { candidate: candidate.to_owned(), wish };
    let Some(tray) = open(store, asked, wave).await? else {
        return tryouts::make(store, asked, wave, NAME.to_owned(), vec![new]).await.map(|_| ());
    };
    let mut all = wanted(&tray);
    match all.iter_mut().find(|it| it.candidate == candidate) {
        Some(there) => *there = new,
        None => all.push(new),
    }
    let (id, version) = (&tray.seen.tried.id, tray.seen.tried.version);
    tryouts::change(store, asked, (wave, id), version, None, Some(all)).await.map(|_| ()).map_err(plain)
}

/// Tries no longer what was tried for a candidate. Without anything left there is no try-out.
///
/// # Errors
/// When somebody else changed it, or the store could not do it.
pub async fn take(store: &Store, asked: &Asked, wave: &str, candidate: &str) -> Result<(), Refused> {
    let Some(tray) = open(store, asked, wave).await? else { return Ok(()) };
    let mut all = wanted(&tray);
    all.retain(|it| it.candidate != candidate);
    let (id, version) = (&tray.seen.tried.id, tray.seen.tried.version);
    match all.is_empty() {
        true => tryouts::throw(store, asked, (wave, id), version).await.map_err(plain),
        false => tryouts::change(store, asked, (wave, id), version, None, Some(all)).await.map(|_| ()).map_err(plain),
    }
}

/// Throws everything away that is tried.
///
/// # Errors
/// When somebody else changed it, or the store could not do it.
pub async fn empty(store: &Store, asked: &Asked, wave: &str) -> Result<(), Refused> {
    let Some(tray) = open(store, asked, wave).await? else { return Ok(()) };
    tryouts::throw(store, asked, (wave, &tray.seen.tried.id), tray.seen.tried.version).await.map_err(plain)
}
