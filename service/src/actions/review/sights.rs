//! Plans as they are looked at, kept while they are: a run that ended never changes, so each is made once.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::actions::{Refused, Turn};
use crate::desk::decision::Spot;
use crate::desk::plan::Plan;
use crate::desk::review::sight::Sight;
use crate::records::run::Run;
use crate::store::Store;

/// Most plans that are kept at hand.
const MOST: usize = 6;

/// Placements of a plan by candidate.
type Places = BTreeMap<String, Spot>;

static SIGHTS: Mutex<VecDeque<(String, Arc<Sight>)>> = Mutex::new(VecDeque::new());
static PLACES: Mutex<VecDeque<(String, Arc<Places>)>> = Mutex::new(VecDeque::new());

fn all<T>(kept: &'static Mutex<VecDeque<(String, Arc<T>)>>) -> MutexGuard<'static, VecDeque<(String, Arc<T>)>> {
    kept.lock().unwrap_or_else(PoisonError::into_inner)
}

fn known<T>(kept: &'static Mutex<VecDeque<(String, Arc<T>)>>, run: &str) -> Option<Arc<T>> {
    all(kept).iter().find(|(id, _)| id == run).map(|(_, it)| it.clone())
}

fn keep<T>(kept: &'static Mutex<VecDeque<(String, Arc<T>)>>, run: &str, new: Arc<T>) {
    let mut all = all(kept);
    all.retain(|(id, _)| id != run);
    all.push_back((run.to_owned(), new));
    while all.len() > MOST {
        all.pop_front();
    }
}

/// The plan of a run.
pub(super) async fn sight(store: &Store, run: &Run) -> Result<Arc<Sight>, Refused> {
    let id = &run.job.id;
    if let Some(it) = known(&SIGHTS, id) {
        return Ok(it);
    }
    let turn = Turn::take().await?;
    if let Some(it) = known(&SIGHTS, id) {
        return Ok(it);
    }
    let mut reading = store.read();
    let file = reading.input(&run.input).await?.ok_or(Refused::Unknown)?;
    let outcome = reading.result(id).await?.ok_or(Refused::Unknown)?;
    let made = Arc::new(turn.aside(move || Sight::read(&file, &outcome)).await??);
    keep(&SIGHTS, id, made.clone());
    Ok(made)
}

/// Where the plan of a run that is not under review any more placed whom.
pub(super) async fn places(store: &Store, run: &Run) -> Result<Arc<Places>, Refused> {
    let id = &run.job.id;
    if let Some(it) = known(&PLACES, id) {
        return Ok(it);
    }
    let turn = Turn::take().await?;
    let outcome = store.read().result(id).await?.ok_or(Refused::Unknown)?;
    let read = move || Plan::read(&outcome).map(|it| it.placements.iter().map(|it| (it.candidate.clone(), it.spot())).collect());
    let made: Arc<Places> = Arc::new(turn.aside(read).await??);
    keep(&PLACES, id, made.clone());
    Ok(made)
}
