//! Explanations that are worked out before anybody asks, while nothing else is to be done: of plans under review, those who ask for attention
//! first. Nobody's question waits for them: they are put aside as soon as somebody's work waits.

use super::one::OTHERS;
use super::sights::sight;
use crate::access::Caller;
use crate::actions::worth::BACKGROUND;
use crate::actions::{Asked, Refused, questions};
use crate::desk::review::list::{State, rows};
use crate::records::job::Question;
use crate::records::run::Run;
use crate::store::Store;
use crate::work::kinds::WHY;
use crate::work::lane::Lane;

/// How many are asked at a time.
const AT_ONCE: usize = 4;
/// For at most so many people of one plan: what is left is asked when somebody opens it.
const MOST: usize = 400;

/// Asks the next explanations, when nothing else waits or is in hand. How many were asked.
///
/// # Errors
/// When the store could not do it.
pub async fn prepare(store: &Store) -> Result<usize, Refused> {
    let (own, waiting, at_work) = store.read().beside(BACKGROUND).await?;
    if !own.is_empty() || waiting + at_work > 0 {
        return Ok(0);
    }
    for run in store.read().runs_under_review().await? {
        let asked = of_run(store, &run).await?;
        if asked > 0 {
            return Ok(asked);
        }
    }
    Ok(0)
}

/// The next of one run: none when its wave has another file by now, since a plan of the old one is no longer decided about for long.
async fn of_run(store: &Store, run: &Run) -> Result<usize, Refused> {
    let Some(wave) = store.read().wave(&run.wave).await? else { return Ok(0) };
    if wave.input != run.base {
        return Ok(0);
    }
    let known = store.read().question_keys(&run.job.id).await?;
    let decided = store.read().decisions(&run.wave).await?;
    let today = store.clock().today().to_string();
    let sight = sight(store, run).await?;
    let everybody = rows(&sight, &decided, &today).0;
    let question = |candidate: &str| Question::why(candidate, OTHERS);
    let to_do = everybody.iter().take(MOST).filter(|row| row.state == State::ToDo).map(|row| row.candidate.as_str());
    let fresh = to_do.filter(|id| !known.contains(&questions::key(&run.job.id, &WHY, &question(id))));
    let asked = Asked { caller: Caller::machine(BACKGROUND), key: None };
    let mut count = 0;
    for candidate in fresh.take(AT_ONCE) {
        questions::about_in(store, &asked, run, (&WHY, Lane::Ahead), &question(candidate)).await?;
        count += 1;
    }
    Ok(count)
}
