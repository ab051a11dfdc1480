//! Accepting and declining the proposals of a batch: each accepted plan becomes the one that counts, in one change.

use std::collections::BTreeSet;

use loket_instances::matching::read::read_wave;

use super::following::{Followed, drop_from_register, move_candidates, move_placements};
use crate::actions::stages::follow;
use crate::actions::{Asked, Clash, Refused, aside, decisions, jobs, notices, publication};
use crate::desk::decision::Spot;
use crate::desk::fits::{self, Wanted};
use crate::desk::plan::Plan;
use crate::records::batch::{Batch, CauseKind, Proposal, Touched};
use crate::records::decision::Decided;
use crate::records::deed::Deed;
use crate::records::job::State;
use crate::records::register::{Kind, Standing};
use crate::records::stage::StopReason;
use crate::records::wave::Life;
use crate::store::{Change, Session, Store};
use loket_solver::matching::facts::words::Word;

/// One wave whose proposal is accepted.
pub(super) struct Acceptance {
    /// The wave.
    pub(super) wave: String,
    /// Candidates whose decision was about what is gone: it is taken out.
    gone: Vec<String>,
    /// Everybody who is placed otherwise, with the new placement; nothing for who has no place any more.
    pub(super) moves: Vec<(String, Option<Wanted>)>,
    /// The whole new plan.
    plan: Vec<Wanted>,
}

/// Accepts the proposals for these waves; for all that are still open when none is named.
pub async fn accept(
    store: &Store,
    asked: &Asked,
    id: &str,
    version: i64,
    waves: &[String],
    held_months: u32,
) -> Result<Batch, Refused<Batch>> {
    let mut reading = store.read();
    let batch = reading.batch(id).await?.ok_or(Refused::Unknown)?;
    if reading.deed::<()>(asked.key()).await?.is_some() {
        return Ok(batch);
    }
    let mut accepted = Vec::new();
    for touched in wanted(&batch, waves)? {
        accepted.push(acceptance(&mut reading, batch.cause.kind, touched).await?);
    }
    let mut change = store.change().await?;
    let batch = at_version(&mut change, id, version).await?;
    open(&batch)?;
    let (mut lapsed, mut wrong, mut followed) = (0, Vec::new(), Followed::default());
    for acceptance in &accepted {
        let touched = batch.waves.iter().find(|it| it.wave == acceptance.wave).ok_or(Refused::Unknown)?;
        match accept_one(&mut change, asked, (&batch, touched), acceptance, held_months, &mut followed).await? {
            Ok(more) => lapsed += more,
            Err(why) => wrong.extend(why),
        }
    }
    if !wrong.is_empty() {
        let what = "Niet elk voorstel kan aanvaard worden; er is niets veranderd.".to_owned();
        return Err(Refused::Clash(Box::new(Clash { what, points: wrong, now: None, waves: Vec::new() })));
    }
    // Once for the whole batch: seats that are gone are not gone again when its other waves are accepted later.
    if batch.waves.iter().all(|it| it.proposal != Proposal::Aanvaard) {
        drop_from_register(&mut change, asked, &batch.cause).await?;
    }
    if batch.waves.is_empty() {
        change.settle_batch(id, Proposal::Aanvaard).await?;
    }
    let waves: Vec<&str> = accepted.iter().map(|it| it.wave.as_str()).collect();
    let Followed { ended, withdrawn, moved } = followed;
    let deed = Deed::BatchAccepted { waves, cause: &batch.cause, lapsed, ended, withdrawn };
    let deed = change.log(&asked.caller, id, &deed).await?;
    for (wave, moved) in &moved {
        notices::changed(&mut change, &deed, wave, moved).await?;
    }
    settled(change, asked, id).await
}

/// Declines the proposals that are still open: everything stays as it is.
pub async fn decline(store: &Store, asked: &Asked, id: &str, version: i64) -> Result<Batch, Refused<Batch>> {
    let mut reading = store.read();
    if reading.deed::<()>(asked.key()).await?.is_some() {
        return reading.batch(id).await?.ok_or(Refused::Unknown);
    }
    let mut change = store.change().await?;
    let batch = at_version(&mut change, id, version).await?;
    let waves = open(&batch)?;
    put_aside(&mut change, &batch).await?;
    change.log(&asked.caller, id, &Deed::BatchDeclined { waves, cause: &batch.cause }).await?;
    settled(change, asked, id).await
}

/// Everything about a batch that is still open is declined, and its reruns need not go on.
async fn put_aside(change: &mut Change, batch: &Batch) -> Result<(), Refused<Batch>> {
    for touched in batch.waves.iter().filter(|it| it.proposal == Proposal::Voorstel) {
        change.settle_proposal(&batch.id, &touched.wave, Proposal::Afgewezen).await?;
        if let Some(run) = change.run(&touched.run).await? {
            jobs::ask_stop(change, &run.job).await?;
        }
    }
    if batch.waves.is_empty() {
        change.settle_batch(&batch.id, Proposal::Afgewezen).await?;
    }
    Ok(())
}

/// Withdraws somebody who would come late to a wave, before that is accepted. Who was not in the register before has stopped; who was
/// there is as before.
pub async fn withdraw(store: &Store, asked: &Asked, wave: &str, candidate: &str, version: i64) -> Result<(), Refused<Batch>> {
    let mut change = store.change().await?;
    let open = change.open_batches(wave).await?;
    let mut open = open.into_iter().filter(|it| it.cause.kind == CauseKind::Nakomer && it.cause.id == candidate).peekable();
    let newest = open.peek().ok_or(Refused::Unknown)?;
    if newest.version != version {
        return Err(Refused::stale(newest.clone()));
    }
    let mut new = false;
    for batch in open {
        put_aside(&mut change, &batch).await?;
        change.step_batch(&batch.id).await?;
        new |= batch.cause.new;
        change.log(&asked.caller, &batch.id, &Deed::LateWithdrawn { candidate, wave }).await?;
    }
    if new && let Some(mut row) = change.register_row(Kind::Candidate, asked.caller.scope(), candidate).await? {
        let was = row.standing.replace(Standing::Gestopt);
        row.version += 1;
        change.put_register_row(Kind::Candidate, &row, asked.caller.who()).await?;
        let today = change.clock().today().to_string();
        follow(&mut change, asked, candidate, (was, Standing::Gestopt), (&today, StopReason::Onbekend)).await?;
    }
    change.commit().await?;
    Ok(())
}

async fn at_version(change: &mut Change, id: &str, version: i64) -> Result<Batch, Refused<Batch>> {
    let batch = change.batch(id).await?.ok_or(Refused::Unknown)?;
    if batch.unprepared() {
        return Err(Refused::not_now("Deze herberekening wordt nog klaargezet; bij voorbereiding staat hoe ver dat is."));
    }
    if batch.version == version { Ok(batch) } else { Err(Refused::stale(batch)) }
}

/// The waves whose proposals nobody decided about yet; there must be something to decide.
fn open(batch: &Batch) -> Result<Vec<&str>, Refused<Batch>> {
    let waves: Vec<&str> = batch.waves.iter().filter(|it| it.proposal == Proposal::Voorstel).map(|it| it.wave.as_str()).collect();
    if batch.proposal() != Proposal::Voorstel {
        return Err(Refused::not_now("Over elk voorstel van deze herberekening is al besloten; vraag zo nodig een nieuwe."));
    }
    Ok(waves)
}

async fn settled(mut change: Change, asked: &Asked, id: &str) -> Result<Batch, Refused<Batch>> {
    change.step_batch(id).await?;
    change.note_deed(asked.key(), &()).await?;
    let batch = change.batch(id).await?.ok_or(Refused::Unknown)?;
    change.commit().await?;
    Ok(batch)
}

fn wanted<'a>(batch: &'a Batch, waves: &[String]) -> Result<Vec<&'a Touched>, Refused<Batch>> {
    if waves.is_empty() {
        return Ok(batch.waves.iter().filter(|it| it.proposal == Proposal::Voorstel).collect());
    }
    let one = |wave: &String| {
        let what = format!("{wave} hoort niet bij deze herberekening");
        let found = batch.waves.iter().find(|it| it.wave == *wave);
        found.ok_or_else(|| Refused::wrong("onbekende-verwijzing", "/lichtingen", what, "kies uit haar lichtingen"))
    };
    waves.iter().map(one).collect()
}

fn point(wave: &str, why: &str, remedy: &str) -> Vec<fits::Clash> {
    vec![fits::Clash::new("past-niet", format!("lichting {wave}"), format!("lichting {wave}: {why}"), remedy)]
}

/// What helps when a published wave no longer fits beside the others: it is not filled from the register again, so the register makes room.
const MAKE_ROOM: &str = "laat het bestuur er plekken bij zetten, of geef de coach in het register meer ruimte, en aanvaard dan opnieuw; \
    of wijs dit voorstel af";

/// What accepting one wave's proposal changes beside the plan: decisions about what is gone, and who is placed otherwise.
async fn acceptance(reading: &mut Session, cause: CauseKind, touched: &Touched) -> Result<Acceptance, Refused<Batch>> {
    let wave = touched.wave.clone();
    let not_yet = || Refused::NotNow(format!("De herberekening van lichting {} heeft (nog) geen plan.", touched.wave));
    let run = reading.run(&touched.run).await?.ok_or(Refused::Unknown)?;
    let file = reading.input(&run.input).await?.ok_or(Refused::Unknown)?;
    let new = reading.result(&run.job.id).await?.ok_or_else(not_yet)?;
    let old = match &run.before {
        Some(before) => reading.result(before).await?,
        None => None,
    };
    let mut decided = reading.decisions(&wave).await?;
    decided.retain(|it| it.lapsed.is_none());
    let work = move || -> Result<Acceptance, Refused<Batch>> {
        let there = read_wave(&file)?.wave;
        let ids = |rows: &mut dyn Iterator<Item = &String>| rows.cloned().collect::<BTreeSet<String>>();
        let schools = ids(&mut there.schools.iter().map(|it| &it.id));
        let coaches = ids(&mut there.coaches.iter().map(|it| &it.id));
        let people = ids(&mut there.candidates.iter().map(|it| &it.id));
        let stands = |spot: &Spot| schools.contains(&spot.school) && coaches.contains(&spot.coach);
        let about_gone = |it: &&Decided| !people.contains(&it.candidate) || !it.decision.spot().is_none_or(stands);
        let (old, new) = (old.map(|old| Plan::read(&old)).transpose()?.unwrap_or_default(), Plan::read(&new)?);
        let (was, now) = (old.by_candidate(), new.by_candidate());
        let everybody: BTreeSet<&str> = was.keys().chain(now.keys()).copied().collect();
        let spot = |rows: &std::collections::BTreeMap<&str, &Wanted>, who: &str| rows.get(who).map(|it| it.spot());
        let moved = everybody.into_iter().filter(|who| spot(&was, who) != spot(&now, who));
        let moves: Vec<(String, Option<Wanted>)> = moved.map(|who| (who.to_owned(), now.get(who).map(|it| (*it).clone()))).collect();
        // A decision about the placement that somebody gave to another is about what is gone.
        let exchanged = |it: &Decided| cause == CauseKind::Ruil && moves.iter().any(|(who, _)| *who == it.candidate);
        let gone = decided.iter().filter(|it| about_gone(it) || exchanged(it)).map(|it| it.candidate.clone()).collect();
        Ok(Acceptance { wave, gone, moves, plan: new.placements })
    };
    aside(work).await?
}

/// Accepts one wave's proposal: how many decisions went with it; or says in Dutch why that cannot be.
async fn accept_one(
    change: &mut Change,
    asked: &Asked,
    (batch, touched): (&Batch, &Touched),
    acceptance: &Acceptance,
    held_months: u32,
    followed: &mut Followed,
) -> Result<Result<usize, Vec<fits::Clash>>, Refused<Batch>> {
    let run = change.run(&touched.run).await?.ok_or(Refused::Unknown)?;
    let mut wave = change.wave(&touched.wave).await?.ok_or(Refused::Unknown)?;
    if touched.proposal != Proposal::Voorstel {
        let why = format!("dit voorstel is al {}", touched.proposal.code());
        return Ok(Err(point(&wave.id, &why, "laat deze lichting weg")));
    }
    if !run.planned() || run.job.state != State::Klaar {
        return Ok(Err(point(&wave.id, "de herberekening heeft (nog) geen plan", "wacht tot zij klaar is, of vraag de uitval opnieuw")));
    }
    if wave.version != touched.wave_version {
        return Ok(Err(point(&wave.id, "deze lichting is intussen veranderd", "wijs dit voorstel af en meld de uitval opnieuw")));
    }
    (wave.input, wave.current) = (touched.after.clone(), Some(touched.run.clone()));
    for candidate in &acceptance.gone {
        let was = decisions::lose(change, asked, &mut wave, candidate).await?.map(|it| it.decision);
        change.log(&asked.caller, &wave.id, &Deed::DecisionLapsed { candidate, was, batch: Some(&batch.id) }).await?;
    }
    change.put_wave(&mut wave).await?;
    if wave.life == Life::Vastgesteld {
        let until = wave.until.clone();
        // Whether the new plan fits the register from the day it takes effect.
        wave.from = wave.from.max(batch.cause.from.clone());
        let found = publication::fits_now(change, asked, &wave, &acceptance.plan, held_months).await?;
        if !found.clashes.is_empty() {
            let of_wave =
                |it: fits::Clash| fits::Clash { what: format!("lichting {}: {}", wave.id, it.what), remedy: MAKE_ROOM.into(), ..it };
            return Ok(Err(found.clashes.into_iter().map(of_wave).collect()));
        }
        move_placements(change, acceptance, &batch.cause, (&wave.from, &until), followed).await?;
        move_candidates(change, asked, acceptance, &batch.cause).await?;
    }
    change.settle_proposal(&batch.id, &wave.id, Proposal::Aanvaard).await?;
    Ok(Ok(acceptance.gone.len()))
}
