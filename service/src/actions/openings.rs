//! Who opened the proposal for whom: told by the page that shows it, and needed before a group is agreed with.

use super::decisions::{NOTHING_YET, wave_with};
use super::{Asked, Clash, Refused};
use crate::desk::history::PAUSE;
use crate::records::review::{Opened, Part};
use crate::store::Store;

/// Notes what somebody opened of the proposal for a candidate. `run` is the one that was shown, when that is said; it must be the one under
/// review.
pub async fn open(
    store: &Store,
    asked: &Asked,
    (wave, candidate): (&str, &str),
    run: Option<&str>,
    parts: &[Part],
) -> Result<Opened, Refused<String>> {
    wave_with(store, wave, candidate).await?.ok_or(Refused::Unknown)?;
    let mut change = store.change().await?;
    let wave = change.wave(wave).await?.ok_or(Refused::Unknown)?;
    let current = wave.current.ok_or_else(|| Refused::not_now(NOTHING_YET))?;
    if run.is_some_and(|run| run != current) {
        let what = "Er ligt een ander voorstel dan u zag; bij huidig staat de berekening ervan.".to_owned();
        return Err(Refused::Clash(Box::new(Clash { what, points: Vec::new(), now: Some(current), waves: Vec::new() })));
    }
    let (who, now) = (asked.caller.who(), change.clock().now());
    let before = change.opened(&wave.id, candidate, &current, who).await?;
    let still = before.as_ref().filter(|it| now - it.seen <= PAUSE).and_then(|it| it.began);
    let mut all = before.map(|it| it.parts).unwrap_or_default();
    // Whoever opens a part has the proposal before them.
    all.extend([Part::Proposal].iter().chain(parts));
    all.sort_unstable();
    all.dedup();
    let opened = Opened {
        candidate: candidate.to_owned(),
        run: current,
        who: who.to_owned(),
        parts: all,
        began: Some(still.unwrap_or(now)),
        seen: now,
    };
    change.put_opened(&wave.id, &opened).await?;
    change.commit().await?;
    Ok(opened)
}

/// How long, in milliseconds, nothing is told anew of whoever still has a proposal before them.
const STILL: i64 = 60_000;

/// Notes once in a while that somebody still has the proposal for a candidate before them.
///
/// # Errors
/// When there is no such wave or candidate, or the store could not do it.
pub async fn still(store: &Store, asked: &Asked, (wave, candidate): (&str, &str), run: &str) -> Result<(), Refused> {
    let now = store.clock().now();
    let opened = store.read().opened(wave, candidate, run, asked.caller.who()).await?;
    // Who decided about it is done with it.
    if opened.is_some_and(|it| it.began.is_some() && now - it.seen > STILL) {
        open(store, asked, (wave, candidate), Some(run), &[]).await.map_err(|refused| refused.with_now(|_| ()))?;
    }
    Ok(())
}
