//! Drop-outs and late arrivals: a batch of reruns as proposals, accepted or declined by a person; the register and the published
//! placements follow what was accepted.

use loket_instances::matching::rerun::Request;
use loket_solver::matching::facts::words::Status;

use super::privacy::limited;
use super::{Asked, Busy, Clash, Refused, Turn, register, runs};
use crate::desk::days::{Doubts, of_event};
use crate::desk::dropout::{Made, Rerun, Wish, made};
use crate::desk::limited::Limited;
use crate::records::batch::{Batch, Cause, CauseKind, Proposal, Touched};
use crate::records::deed::Deed;
use crate::records::job::Question;
use crate::records::register::Kind;
use crate::records::run::NewRun;
use crate::records::wave::{Life, Wave};
use crate::store::{Change, Store, ids};

mod following;
mod preparing;
mod settling;

pub(super) use following::school_gone;
pub use preparing::prepare_all;
pub use settling::{accept, decline, withdraw};

/// Puts the reruns of every wave in line that this is about, as one batch. A request that is repeated finds its batch. What the register
/// knows and no wave has is a batch without waves: once accepted, the register follows.
pub async fn begin(store: &Store, asked: &Asked, wish: &Wish, seconds: i64) -> Result<Batch, Refused> {
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
        let (reruns, waiting) = touched(store, wish, waves).await?;
        let known = known(store, asked, &wish.cause).await?;
        if reruns.is_empty() && (wish.cause.kind == CauseKind::Nakomer || !waiting.is_empty() || !known) {
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
        CauseKind::Plek => {
            let seat = cause.seat.as_deref().unwrap_or_default();
            return Ok(!reading.seat_group(everything, &cause.id, seat).await?.is_empty());
        }
    };
    Ok(reading.register_row(kind, everything, &cause.id).await?.is_some())
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
async fn touched(store: &Store, wish: &Wish, waves: Vec<Wave>) -> Result<(Vec<(Wave, Rerun)>, Vec<String>), Refused> {
    let (mut reruns, mut waiting) = (Vec::new(), Vec::new());
    for wave in waves {
        match rerun_of(store, wish, &wave).await? {
            Made::Rerun(made) => reruns.push((wave, made)),
            Made::Waits => waiting.push(wave.id),
            Made::Untouched => {}
        }
    }
    Ok((reruns, waiting))
}

/// What a wish comes to in one wave, as that stands now.
async fn rerun_of(store: &Store, wish: &Wish, wave: &Wave) -> Result<Made, Refused> {
    let turn = Turn::take().await?;
    let mut reading = store.read();
    let own = reading.input(&wave.input).await?.ok_or(Refused::Unknown)?;
    let plan = match &wave.current {
        Some(current) => reading.result(current).await?,
        None => None,
    };
    let decisions = reading.decided(&wave.id).await?;
    let today = store.clock().today().to_string();
    let bans = reading.bans(&today).await?;
    let usual = match wave.life {
        Life::Vastgesteld if wave.from <= today => Status::Gestart,
        Life::Vastgesteld => Status::Akkoord,
        Life::Concept | Life::Ingediend | Life::Berekend | Life::InBeoordeling | Life::Gesloten => Status::Voorgesteld,
    };
    let request = Request { status: Some(usual), ..wish.request.clone() };
    // What is published goes on for who is left out of the matching; what is still a proposal does not.
    let limited = if wave.life < Life::Vastgesteld { limited(&mut reading, store.clock().today()).await? } else { Limited::default() };
    let made = turn.aside(move || made(&own, plan.as_deref(), (&decisions, &bans), &request).and_then(|made| made.without(&limited)));
    Ok(made.await??)
}
