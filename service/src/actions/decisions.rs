//! Decisions about proposals: made and withdrawn, each on the version that was seen, with the history of them. They read rows, never the
//! wave's file or its plan, but for a placement that somebody chose beside the proposal: the rules look at that.

use tokio::sync::{Mutex, MutexGuard};

use super::{Asked, Busy, Refused, aside};
use crate::desk::choice::{Choice, Grounds, settle};
use crate::desk::decision::{Decision, Said, Spot};
use crate::desk::history;
use crate::desk::rules::broken;
use crate::desk::sketch::sketch;
use crate::records::decision::{Decided, Shown};
use crate::records::deed::Deed;
use crate::records::review::{Opened, Past, Step};
use crate::records::wave::{Life, Wave};
use crate::store::{Change, Error, Store};

/// That there is no plan to decide about.
pub const NOTHING_YET: &str = "Er is nog geen voorstel om over te besluiten; vraag eerst een berekening.";
pub(super) const NOT_NOW: &str = "Over deze lichting wordt nu niet besloten: er is nog geen voorstel, of zij is al vastgesteld.";

/// Decisions of this process are made one after the other: however many come at once, they wait here, in turn, and take the one writer
/// from nobody else for longer than one decision.
static TURN: Mutex<()> = Mutex::const_new(());

/// The next turn to decide.
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
    still_to_come(store, &choice)?;
    for _ in 0..5 {
        let looked_at = against_rules(store, wave, candidate, &choice).await?;
        let _turn = turn().await;
        let (mut change, input, run) = grounded(store, wave).await?;
        if looked_at.is_some_and(|it| it != input) {
            // The wave got another file in this very moment.
            continue;
        }
        let grounds = change.grounds(&input, &run, candidate, choice.spot.as_ref()).await?.ok_or(Refused::Unknown)?;
        let decision = settle(&grounds, choice.clone())?;
        let (mut wave, before) = under_review(&mut change, wave, candidate, version).await?;
        let decided = enter(&mut change, asked, &mut wave, (candidate, &run), before, (decision, grounds)).await?;
        change.commit().await?;
        return Ok(decided);
    }
    Err(Refused::Busy(Busy::Said("De lichting verandert nu te vaak; probeer het zo weer.")))
}

/// A day until which something binds has yet to be over.
fn still_to_come(store: &Store, choice: &Choice) -> Result<(), Refused<Option<Decided>>> {
    let today = store.clock().today().to_string();
    match &choice.along.until {
        Some(until) if *until < today => {
            let what = format!("{until} is al voorbij");
            Err(Refused::wrong("grens", "/tot", what, "kies vandaag of een latere dag, of laat tot weg"))
        }
        _ => Ok(()),
    }
}

/// Holds a placement that is chosen beside the proposal against the rules for one placement, in the wave's own file: the file that was
/// looked at; nothing where nothing was chosen.
async fn against_rules(store: &Store, wave: &str, candidate: &str, choice: &Choice) -> Result<Option<String>, Refused<Option<Decided>>> {
    let (Said::Alternatief, Some(spot)) = (choice.said, choice.spot.clone()) else { return Ok(None) };
    let mut reading = store.read();
    let wave = reading.wave(wave).await?.ok_or(Refused::Unknown)?;
    let file = reading.input(&wave.input).await?.ok_or(Refused::Unknown)?;
    let (candidate, despite) = (candidate.to_owned(), choice.along.despite.clone());
    let found = aside(move || broken(&file, &candidate, &Decision::Chosen { spot, despite })).await??;
    if found.is_empty() { Ok(Some(wave.input)) } else { Err(found.into()) }
}

/// A decision that is to be kept.
pub(super) struct New<'a> {
    /// About whom.
    pub(super) candidate: &'a str,
    /// What.
    pub(super) decision: Decision,
    /// What is proposed.
    pub(super) proposal: Option<Spot>,
    /// By which run.
    pub(super) run: &'a str,
    /// The group that it is part of.
    pub(super) group: Option<&'a str>,
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
    let new = New { candidate, decision, proposal: grounds.proposal, run, group: None };
    let decided = keep(change, asked, wave, before, new).await?;
    change.put_wave(wave).await?;
    Ok(decided)
}

/// Keeps a decision in the place of the one before, in the history and in the log. The wave is counted on and is still to be put.
pub(super) async fn keep(
    change: &mut Change,
    asked: &Asked,
    wave: &mut Wave,
    before: Option<Decided>,
    new: New<'_>,
) -> Result<Decided, Error> {
    let New { candidate, decision, proposal, run, group } = new;
    let decided = Decided {
        candidate: candidate.into(),
        kept: decision.kept_by(proposal.as_ref()),
        decision,
        run: Some(run.to_owned()),
        // The wave counts decisions: a number never comes back, also not after a decision was taken back.
        version: wave.decisions + 1,
        at: change.clock().now(),
        who: asked.caller.who().into(),
        lapsed: None,
    };
    if let Some(gone) = &before {
        change.note_gone_decision(&wave.id, gone, decided.version).await?;
    }
    change.put_decision(&wave.id, &decided).await?;
    let opened = change.opened(&wave.id, candidate, run, asked.caller.who()).await?;
    let mut past = past(change, asked, &decided.candidate, decided.version, Step::Decided);
    past.stands = Some(decided.clone());
    past.before = before.as_ref().map(|it| it.version);
    past.group = group.map(str::to_owned);
    past.seconds = opened.as_ref().filter(|_| group.is_none()).and_then(|it| history::seconds(it, decided.at));
    past.shown = Shown { proposal, parts: opened.as_ref().map(|it| it.parts.clone()).unwrap_or_default() };
    change.add_past(&wave.id, &past).await?;
    if let Some(opened) = opened {
        change.put_opened(&wave.id, &Opened { began: None, ..opened }).await?;
    }
    let deed = Deed::Decided {
        candidate,
        was: before.map(|it| it.decision),
        shown: past.shown,
        decision: &decided.decision,
        run,
        followed: decided.kept,
        seconds: past.seconds,
        group,
    };
    count(change, asked, wave, &deed).await?;
    Ok(decided)
}

/// A step in the history of the decision about a candidate, after which nothing stands.
pub(super) fn past(change: &Change, asked: &Asked, candidate: &str, number: i64, step: Step) -> Past {
    Past {
        candidate: candidate.to_owned(),
        number,
        step,
        stands: None,
        before: None,
        undoes: None,
        group: None,
        shown: Shown::default(),
        seconds: None,
        who: asked.caller.who().to_owned(),
        role: asked.caller.role(),
        at: change.clock().now(),
    }
}

/// Notes that the decision about a candidate no longer counts, and why. The wave is counted on and is still to be put.
pub(super) async fn lapse(change: &mut Change, asked: &Asked, wave: &mut Wave, candidate: &str, why: &str) -> Result<(), Error> {
    let was = change.decision(&wave.id, candidate).await?;
    wave.decisions += 1;
    change.lapse_decision(&wave.id, candidate, why, wave.decisions).await?;
    let mut past = past(change, asked, candidate, wave.decisions, Step::Lapsed);
    past.before = was.as_ref().map(|it| it.version);
    past.stands = was.map(|it| Decided { lapsed: Some(why.to_owned()), version: wave.decisions, ..it });
    change.add_past(&wave.id, &past).await
}

/// Takes out the decision about a candidate whose placement is gone: what it was. The wave is counted on and is still to be put.
pub(super) async fn lose(change: &mut Change, asked: &Asked, wave: &mut Wave, candidate: &str) -> Result<Option<Decided>, Error> {
    let Some(was) = change.decision(&wave.id, candidate).await? else { return Ok(None) };
    wave.decisions += 1;
    change.drop_decision(&wave.id, candidate).await?;
    let past = Past { before: Some(was.version), ..past(change, asked, candidate, wave.decisions, Step::Lapsed) };
    change.add_past(&wave.id, &past).await?;
    Ok(Some(was))
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

/// Whether there is such a candidate in a wave: in its file, or in its history.
pub async fn known(store: &Store, wave: &str, candidate: &str) -> Result<(), Refused> {
    if wave_with::<()>(store, wave, candidate).await?.is_some() || !store.read().past_of(wave, candidate).await?.is_empty() {
        return Ok(());
    }
    Err(Refused::Unknown)
}

/// Whether the file of a wave has this candidate; the wave. What is not written down of the file yet, is.
pub(super) async fn wave_with<N>(store: &Store, wave: &str, candidate: &str) -> Result<Option<Wave>, Refused<N>> {
    let wave = store.read().wave(wave).await?.ok_or(Refused::Unknown)?;
    listed(store, &wave.input).await?;
    let there = store.read().grounds(&wave.input, "", candidate, None).await?.is_some();
    Ok(Some(wave).filter(|_| there))
}

/// Writes down the ids in the file of a wave, where they are not there yet.
pub(super) async fn listed<N>(store: &Store, input: &str) -> Result<(), Refused<N>> {
    let mut reading = store.read();
    if reading.grounded(input, "").await?.0 {
        return Ok(());
    }
    let file = reading.input(input).await?.ok_or(Refused::Unknown)?;
    let named = aside(move || sketch(&file)).await??;
    let mut change = store.change().await?;
    change.keep_ids(input, &named).await?;
    change.commit().await?;
    Ok(())
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
    let past = past(change, asked, candidate, wave.decisions + 1, Step::Withdrawn);
    change.add_past(&wave.id, &Past { before: now.as_ref().map(|it| it.version), ..past }).await?;
    count(change, asked, wave, &Deed::DecisionWithdrawn { candidate, was: now.map(|it| it.decision) }).await?;
    change.put_wave(wave).await?;
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

/// Counts a decision: the next run is made of another file. The wave is still to be put.
pub(super) async fn count(change: &mut Change, asked: &Asked, wave: &mut Wave, deed: &Deed<'_>) -> Result<(), Error> {
    wave.decisions += 1;
    wave.life = Life::InBeoordeling;
    change.log(&asked.caller, &wave.id, deed).await.map(|_| ())
}
