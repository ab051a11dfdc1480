//! Decisions about proposals: made and withdrawn, each on the version that was seen. They read rows, never the wave's file or its plan.

use tokio::sync::{Mutex, MutexGuard};

use super::{Asked, Busy, Refused, aside};
use crate::desk::choice::{Choice, Grounds, settle};
use crate::desk::decision::Decision;
use crate::desk::sketch::sketch;
use crate::records::decision::{Decided, Shown};
use crate::records::deed::Deed;
use crate::records::wave::{Life, Wave};
use crate::store::{Change, Store};

const NOTHING_YET: &str = "Er is nog geen voorstel om over te besluiten; vraag eerst een berekening.";
const NOT_NOW: &str = "Over deze lichting wordt nu niet besloten: er is nog geen voorstel, of zij is al vastgesteld.";

/// Decisions of this process are made one after the other: however many come at once, they wait here, in turn, and take the one writer
/// from nobody else for longer than one decision.
static TURN: Mutex<()> = Mutex::const_new(());

pub(super) async fn turn() -> MutexGuard<'static, ()> {
    TURN.lock().await
}

/// Decides about the proposal for a candidate. `version` is that of the decision there is, 0 for none yet. Whoever decides the same again
/// has looked again: that is a deed as well.
pub async fn decide(
    store: &Store,
    asked: &Asked,
    wave: &str,
    candidate: &str,
    version: i64,
    choice: Choice,
) -> Result<Decided, Refused<Option<Decided>>> {
    let _turn = turn().await;
    let (mut change, input, run) = grounded(store, wave).await?;
    let grounds = change.grounds(&input, &run, candidate, choice.spot.as_ref()).await?.ok_or(Refused::Unknown)?;
    let decision = settle(&grounds, choice)?;
    let (mut wave, before) = under_review(&mut change, wave, candidate, version).await?;
    let decided = enter(&mut change, asked, &mut wave, (candidate, &run), before, (decision, grounds)).await?;
    change.commit().await?;
    Ok(decided)
}

/// Puts a decision about the proposal of a run in the place of the one before, within a change.
pub(super) async fn enter<N>(
    change: &mut Change,
    asked: &Asked,
    wave: &mut Wave,
    (candidate, run): (&str, &str),
    before: Option<Decided>,
    (decision, grounds): (Decision, Grounds),
) -> Result<Decided, Refused<N>> {
    let decided = Decided {
        candidate: candidate.into(),
        kept: decision.kept_by(grounds.proposal.as_ref()),
        decision,
        run: Some(run.into()),
        // The wave counts decisions: a number never comes back, also not after a decision was taken back.
        version: wave.decisions + 1,
        at: change.clock().now(),
        who: asked.caller.who().into(),
        lapsed: None,
    };
    if let Some(gone) = &before {
        change.note_gone_decision(&wave.id, gone, wave.decisions + 1).await?;
    }
    change.put_decision(&wave.id, &decided).await?;
    let (was, shown) = (before.map(|it| it.decision), Shown { proposal: grounds.proposal });
    let deed = Deed::Decided { candidate, was, shown, decision: &decided.decision, run };
    count(change, asked, wave, &deed).await?;
    Ok(decided)
}

/// A change in which what decisions about a wave are held against is there, with its file and the run whose plan is under review.
pub(super) async fn grounded(store: &Store, id: &str) -> Result<(Change, String, String), Refused<Option<Decided>>> {
    for _ in 0..5 {
        let seen = store.read().wave(id).await?.ok_or(Refused::Unknown)?;
        let run = seen.current.ok_or_else(|| Refused::not_now(NOTHING_YET))?;
        ground(store, &seen.id, &seen.input, &run).await.map_err(|refused| refused.with_now(|()| None))?;
        let mut change = store.change().await?;
        let now = change.wave(id).await?.ok_or(Refused::Unknown)?;
        if (&now.input, now.current.as_ref()) == (&seen.input, Some(&run)) {
            return Ok((change, now.input, run));
        }
        // Another plan or file came in this very moment.
    }
    Err(Refused::Busy(Busy::Said("Het voorstel verandert nu te vaak; probeer het zo weer.")))
}

/// Writes down what decisions about a plan are held against, where it is not there yet: it is after the end of a run, and not after the
/// wave's file changed, or for what an earlier version of the program kept.
pub async fn ground(store: &Store, wave: &str, input: &str, run: &str) -> Result<(), Refused> {
    let mut reading = store.read();
    let (ids, proposals) = reading.grounded(input, run).await?;
    if ids && proposals {
        return Ok(());
    }
    let named = match ids {
        true => None,
        false => {
            let file = reading.input(input).await?.ok_or(Refused::Unknown)?;
            Some(aside(move || sketch(&file)).await??)
        }
    };
    let mut change = store.change().await?;
    if let Some(named) = named {
        change.keep_ids(input, &named).await?;
    }
    if !proposals {
        change.keep_proposals(wave, run).await?;
    }
    change.commit().await?;
    Ok(())
}

/// Takes a decision back.
pub async fn withdraw(store: &Store, asked: &Asked, wave: &str, candidate: &str, version: i64) -> Result<(), Refused<Option<Decided>>> {
    let _turn = turn().await;
    let mut change = store.change().await?;
    if change.decision(wave, candidate).await?.is_none() {
        return Err(Refused::Unknown);
    }
    let (mut wave, now) = under_review(&mut change, wave, candidate, version).await?;
    leave(&mut change, asked, &mut wave, candidate, now).await?;
    change.commit().await?;
    Ok(())
}

/// Takes the decision about a candidate away, within a change.
pub(super) async fn leave<N>(
    change: &mut Change,
    asked: &Asked,
    wave: &mut Wave,
    candidate: &str,
    now: Option<Decided>,
) -> Result<(), Refused<N>> {
    if let Some(gone) = &now {
        change.note_gone_decision(&wave.id, gone, wave.decisions + 1).await?;
    }
    change.drop_decision(&wave.id, candidate).await?;
    count(change, asked, wave, &Deed::DecisionWithdrawn { candidate, was: now.map(|it| it.decision) }).await
}

/// The wave, when it is under review, and the decision there is, when it is still that version.
async fn under_review(
    change: &mut Change,
    wave: &str,
    candidate: &str,
    version: i64,
) -> Result<(Wave, Option<Decided>), Refused<Option<Decided>>> {
    let wave = change.wave(wave).await?.ok_or(Refused::Unknown)?;
    let now = change.decision(&wave.id, candidate).await?;
    if !wave.life.under_review() {
        return Err(Refused::not_now(NOT_NOW));
    }
    if now.as_ref().map_or(0, |it| it.version) != version {
        return Err(Refused::stale(now));
    }
    Ok((wave, now))
}

/// Counts a decision: the next run is made of another file.
async fn count<N>(change: &mut Change, asked: &Asked, wave: &mut Wave, deed: &Deed<'_>) -> Result<(), Refused<N>> {
    wave.decisions += 1;
    wave.life = Life::InBeoordeling;
    change.put_wave(wave).await?;
    change.log(&asked.caller, &wave.id, deed).await?;
    Ok(())
}
