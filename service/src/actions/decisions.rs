//! Decisions about proposals: made and withdrawn, each on the version that was seen.

use loket_instances::matching::read::read_wave;

use super::{Asked, Refused, aside};
use crate::desk::choice::{Choice, settle};
use crate::desk::decision::{Decision, Spot};
use crate::desk::plan::Plan;
use crate::records::decision::{Decided, Shown};
use crate::records::deed::Deed;
use crate::records::wave::{Life, Wave};
use crate::store::{Change, Store};

const NOTHING_YET: &str = "Er is nog geen voorstel om over te besluiten; vraag eerst een berekening.";
const NOT_NOW: &str = "Over deze lichting wordt nu niet besloten: er is nog geen voorstel, of zij is al vastgesteld.";

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
    let mut reading = store.read();
    let wave = reading.wave(wave).await?.ok_or(Refused::Unknown)?;
    let run = wave.current.clone().ok_or(Refused::not_now(NOTHING_YET))?;
    let file = reading.input(&wave.input).await?.ok_or(Refused::Unknown)?;
    let plan = reading.result(&run).await?.ok_or(Refused::not_now(NOTHING_YET))?;
    let who = candidate.to_owned();
    let (decision, proposed) = aside(move || settled(&file, &plan, &who, choice)).await??;
    let mut change = store.change().await?;
    let (mut wave, now) = under_review(&mut change, &wave.id, candidate, version).await?;
    let decided = Decided {
        candidate: candidate.into(),
        decision,
        run: Some(run.clone()),
        // The wave counts decisions: a number never comes back, also not after a decision was taken back.
        version: wave.decisions + 1,
        at: change.clock().now(),
        who: asked.caller.who().into(),
        lapsed: None,
    };
    change.put_decision(&wave.id, &decided).await?;
    let (was, shown) = (now.map(|it| it.decision), Shown { proposal: proposed });
    let deed = Deed::Decided { candidate, was, shown, decision: &decided.decision, run: &run };
    count(&mut change, asked, &mut wave, &deed).await?;
    change.commit().await?;
    Ok(decided)
}

/// The decision that a choice comes to, and the proposal it is about.
fn settled(file: &[u8], outcome: &[u8], candidate: &str, choice: Choice) -> Result<(Decision, Option<Spot>), Refused<Option<Decided>>> {
    let loaded = read_wave(file)?;
    if !loaded.wave.candidates.iter().any(|it| it.id == candidate) {
        return Err(Refused::Unknown);
    }
    let proposal = Plan::read(outcome)?.spot(candidate);
    Ok((settle(&loaded, proposal.as_ref(), choice)?, proposal))
}

/// Takes a decision back.
pub async fn withdraw(store: &Store, asked: &Asked, wave: &str, candidate: &str, version: i64) -> Result<(), Refused<Option<Decided>>> {
    let mut change = store.change().await?;
    if change.decision(wave, candidate).await?.is_none() {
        return Err(Refused::Unknown);
    }
    let (mut wave, now) = under_review(&mut change, wave, candidate, version).await?;
    change.drop_decision(&wave.id, candidate).await?;
    count(&mut change, asked, &mut wave, &Deed::DecisionWithdrawn { candidate, was: now.map(|it| it.decision) }).await?;
    change.commit().await?;
    Ok(())
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

/// Counts a decision: a run that does not know it is out of date.
async fn count(change: &mut Change, asked: &Asked, wave: &mut Wave, deed: &Deed<'_>) -> Result<(), Refused<Option<Decided>>> {
    wave.decisions += 1;
    wave.life = Life::InBeoordeling;
    change.put_wave(wave).await?;
    change.log(&asked.caller, &wave.id, deed).await?;
    Ok(())
}
