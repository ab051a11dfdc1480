//! Drop-outs and late arrivals: a batch of reruns as proposals, accepted or declined by a person; the register and the published
//! placements follow what was accepted.

use std::collections::BTreeSet;

use loket_instances::matching::rerun::Request;
use loket_solver::matching::facts::words::Status;

use super::privacy::limited;
use super::stages::follow;
use super::{Asked, Busy, Clash, Refused, Turn, register, runs};
use crate::desk::days::{Doubts, of_event};
use crate::desk::dropout::{Made, Rerun, Wish, made};
use crate::desk::limited::Limited;
use crate::desk::prefill::Sources;
use crate::desk::refill::refilled;
use crate::desk::room::Period;
use crate::records::batch::{Batch, Cause, CauseKind, Proposal, Touched};
use crate::records::deed::Deed;
use crate::records::job::Question;
use crate::records::register::{Kind, Standing};
use crate::records::run::NewRun;
use crate::records::stage::StopReason;
use crate::records::wave::{Life, Wave};
use crate::store::{Change, Error, Store, ids};

mod exchanging;
mod following;
mod preparing;
pub mod seeing;
mod settling;

pub use exchanging::exchange;
pub(super) use following::school_gone;
pub use preparing::prepare_all;
pub use settling::{accept, decline, withdraw};

/// Puts the reruns of every wave in line that this is about, as one batch. A request that is repeated finds its batch. What the register
/// knows and no wave has is a batch without waves: once accepted, the register follows.
/// A placement holds a seat for so many months.
pub async fn begin(store: &Store, asked: &Asked, wish: &Wish, (seconds, held_months): (i64, u32)) -> Result<Batch, Refused> {
    let mut reading = store.read();
    if let Some(done) = reading.deed::<String>(asked.key()).await? {
        return reading.batch(&done).await?.ok_or(Refused::Unknown);
    }
    let id = ids::new();
    let late = wish.cause.kind == CauseKind::Nakomer;
    if late && limited(&mut reading, store.clock().today()).await?.has(Kind::Candidate, &wish.cause.id) {
        return Err(Refused::clash("Deze kandidaat blijft op eigen verzoek buiten de indeling; hef eerst de beperking op."));
    }
    let mut doubts = Doubts::default();
    doubts.day("/vanaf", &wish.cause.from, store.clock().today(), of_event());
    Refused::doubted(doubts, wish.confirmed)?;
    let question = Question::solve(seconds);
    for _ in 0..20 {
        let waves = preparing::mentioned(store, wish).await?;
        if waves.len() > preparing::AT_ONCE {
            return preparing::ask(store, asked, wish, &waves, seconds).await;
        }
        let (reruns, waiting) = touched(store, asked, (wish, held_months), waves).await?;
        let known = known(store, asked, &wish.cause).await?;
        if reruns.is_empty() && (matches!(wish.cause.kind, CauseKind::Nakomer | CauseKind::Ruil) || !waiting.is_empty() || !known) {
            return Err(nothing(waiting));
        }
        let mut change = store.change().await?;
        let cause = Cause { new: wish.cause.kind == CauseKind::Nakomer && !known, ..wish.cause.clone() };
        if change.add_batch(&id, &cause).await? {
            match put_in_line(&mut change, asked, &id, wish, &reruns, &question).await {
                Ok(()) => {
                    change.note_deed(asked.key(), &id).await?;
                    change.commit().await?;
                }
                // Somebody decided in between: the files are made again.
                Err(Refused::Stale(_)) => continue,
                Err(refused) => return Err(refused),
            }
        }
        return store.read().batch(&id).await?.ok_or(Refused::Unknown);
    }
    Err(Refused::Busy(Busy::Said("Er wordt nu te veel tegelijk besloten; probeer het zo weer.")))
}

async fn put_in_line(
    change: &mut Change,
    asked: &Asked,
    batch: &str,
    wish: &Wish,
    reruns: &[(Wave, Rerun)],
    question: &Question,
) -> Result<(), Refused> {
    for (wave, made) in reruns {
        put_one(change, asked, batch, wave, made, question).await?;
    }
    if wish.cause.kind == CauseKind::Nakomer {
        // Whoever comes late is in the register from the moment of asking, as candidates of a file are: whether the proposal is accepted or
        // not, they wait there, and their names can be asked for and erased.
        for (wave, _) in reruns {
            // The period is that of seats; there are none.
            register::complete(change, asked, &wave.id, (&wish.newcomer(), &wish.people), ("", "")).await?;
        }
        // Somebody who had stopped and comes again waits from now on, as anybody who comes late.
        let stopped = change.register_row(Kind::Candidate, asked.caller.scope(), &wish.cause.id).await?;
        if let Some(mut row) = stopped.filter(|it| it.standing == Some(Standing::Gestopt)) {
            row.standing = Some(Standing::Wacht);
            row.version += 1;
            change.put_register_row(Kind::Candidate, &row, asked.caller.who()).await?;
            let today = change.clock().today().to_string();
            follow(change, asked, &row.id, (Some(Standing::Gestopt), Standing::Wacht), (&today, StopReason::Onbekend)).await?;
        }
    }
    let waves: Vec<&str> = reruns.iter().map(|(wave, _)| wave.id.as_str()).collect();
    change.log(&asked.caller, batch, &Deed::BatchAsked { cause: &wish.cause, waves }).await?;
    Ok(())
}

/// Whether the register knows what drops out or who comes.
async fn known(store: &Store, asked: &Asked, cause: &Cause) -> Result<bool, Refused> {
    let (mut reading, everything) = (store.read(), asked.caller.scope());
    let kind = match cause.kind {
        CauseKind::Coach => Kind::Coach,
        CauseKind::School => Kind::School,
        CauseKind::Kandidaat | CauseKind::Nakomer => Kind::Candidate,
        CauseKind::Ruil => return Ok(true),
        CauseKind::Plek => {
            let seat = cause.seat.as_deref().unwrap_or_default();
            return Ok(!reading.seat_group(everything, &cause.id, seat).await?.is_empty());
        }
    };
    let row = reading.register_row(kind, everything, &cause.id).await?;
    // Who had stopped and comes late is new: withdrawn, that is as it was.
    Ok(row.is_some_and(|it| cause.kind != CauseKind::Nakomer || it.standing != Some(Standing::Gestopt)))
}

/// Puts the rerun of one wave in line, as a proposal of the batch.
async fn put_one(change: &mut Change, asked: &Asked, batch: &str, wave: &Wave, made: &Rerun, question: &Question) -> Result<(), Refused> {
    let (run, after) = (ids::new(), change.keep_input(&made.own).await?);
    let before = wave.current.as_deref();
    let new = NewRun { wave, file: &made.file, base: &after, before, batch: Some(batch), question, id: &run };
    runs::put_in_line(change, asked, &new).await?;
    let (proposal, remarks) = (Proposal::Voorstel, made.remarks.clone());
    let touched = Touched { wave: wave.id.clone(), run, proposal, remarks, after, wave_version: wave.version };
    Ok(change.add_touched(batch, &touched).await?)
}

fn nothing(waves: Vec<String>) -> Refused {
    if waves.is_empty() {
        return Refused::Unknown;
    }
    let what = "Dit raakt alleen lichtingen die nog geen plan hebben; verander daar de invoer.".to_owned();
    Refused::Clash(Box::new(Clash { what, points: Vec::new(), now: None, waves }))
}

/// The reruns, by wave; and waves that it is about too, but that have no plan yet.
async fn touched(
    store: &Store,
    asked: &Asked,
    (wish, held_months): (&Wish, u32),
    waves: Vec<Wave>,
) -> Result<(Vec<(Wave, Rerun)>, Vec<String>), Refused> {
    let (mut reruns, mut waiting) = (Vec::new(), Vec::new());
    for wave in waves {
        match rerun_of(store, asked, (wish, held_months), &wave).await? {
            Made::Rerun(made) => reruns.push((wave, made)),
            Made::Waits => waiting.push(wave.id),
            Made::Untouched => {}
        }
    }
    Ok((reruns, waiting))
}

/// What a wish comes to in one wave, as that stands now.
async fn rerun_of(store: &Store, asked: &Asked, (wish, held_months): (&Wish, u32), wave: &Wave) -> Result<Made, Refused> {
    let others = others(store, asked, (wish, held_months), wave).await?;
    let register = match (&others, wish.request.arrivals.is_empty()) {
        (None, false) => Some(register::sources(store, asked, period(wave, &wave.from)?, held_months).await?),
        _ => None,
    };
    let turn = Turn::take().await?;
    let mut reading = store.read();
    let own = reading.input(&wave.input).await?.ok_or(Refused::Unknown)?;
    let plan = match &wave.current {
        Some(current) => reading.result(current).await?,
        None => None,
    };
    let today = store.clock().today().to_string();
    let bans = reading.bans(&today).await?;
    let decisions = reading.decided(&wave.id, &today).await?;
    let usual = match wave.life {
        Life::Vastgesteld if wave.from <= today => Status::Gestart,
        Life::Vastgesteld => Status::Akkoord,
        Life::Concept | Life::Ingediend | Life::Berekend | Life::InBeoordeling | Life::Gesloten => Status::Voorgesteld,
    };
    let request = Request { status: Some(usual), ..wish.request.clone() };
    // What is published goes on for who is left out of the matching; what is still a proposal does not.
    let limited = if wave.life < Life::Vastgesteld { limited(&mut reading, store.clock().today()).await? } else { Limited::default() };
    let work = move || {
        let filled = match (&others, &plan) {
            (Some((period, from)), Some(plan)) => refilled(&own, plan, *period, from)?,
            _ => own,
        };
        let register = register.as_ref().or(others.as_ref().map(|it| &it.1));
        made(&filled, plan.as_deref(), (&decisions, &bans), (&request, register)).and_then(|made| made.without(&limited))
    };
    Ok(turn.aside(work).await??)
}

/// The days of a wave from this day on.
fn period(wave: &Wave, first: &str) -> Result<Period, Error> {
    Period::read(Some(first), Some(&wave.until)).ok_or_else(|| Error::Corrupt("de periode van een lichting".into()))
}

/// What a published wave may use from the day of the drop-out on: the register, with the published placements of the other waves. Nothing for
/// a wave that is not published: its own file says what there is, and publication looks at the rest.
async fn others(
    store: &Store,
    asked: &Asked,
    (wish, held_months): (&Wish, u32),
    wave: &Wave,
) -> Result<Option<(Period, Sources)>, Refused> {
    if wave.life != Life::Vastgesteld {
        return Ok(None);
    }
    let first = wave.from.as_str().max(&wish.cause.from);
    let period = period(wave, first)?;
    let mut from = register::sources(store, asked, period, held_months).await?;
    from.known.placed.retain(|it| it.wave != wave.id);
    Ok(Some((period, from)))
}

/// Waves of batches whose file still names who or what dropped out, though the register follows since another wave of the same batch was
/// accepted: the drop-out must be reported again for them. Each with its batch, by their ids.
pub async fn left_behind(store: &Store, batches: &[Batch]) -> Result<BTreeSet<(String, String)>, Refused> {
    let mut wanted = Vec::new();
    for batch in batches {
        let accepted = batch.waves.iter().any(|it| it.proposal == Proposal::Aanvaard);
        let gone = matches!(batch.cause.kind, CauseKind::Coach | CauseKind::School | CauseKind::Kandidaat);
        let Some(wish) = Wish::again(&batch.cause).filter(|_| accepted && gone) else { continue };
        // A row of its own: what was proposed before may still name it.
        let named = format!("\"id\":{}", wish.as_written());
        let others = batch.waves.iter().filter(|it| it.proposal != Proposal::Aanvaard);
        wanted.extend(others.map(|it| (batch.id.as_str(), it.wave.as_str(), named.clone())));
    }
    if wanted.is_empty() {
        return Ok(BTreeSet::new());
    }
    Ok(store.read().waves_holding(&wanted).await?)
}
