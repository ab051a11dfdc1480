//! Somebody falls out of a roster: a plan that changes as little as can be, seen first, then accepted or declined.

use std::collections::BTreeSet;

use loket_instances::scheduling::roster_file::RosterFile;
use loket_instances::strict::problem::Problem;

use super::runs::put_in_line;
use super::{current, rows};
use crate::actions::privacy::limited;
use crate::actions::{Asked, Busy, Refused, Turn, aside, jobs, problem};
use crate::desk::roster::given;
use crate::desk::roster::next::{after, day_of, units};
use crate::records::deed::Rostered;
use crate::records::invitation::Invitation;
use crate::records::roster::{Fallout, Roster, RosterRun, Standing};
use crate::store::{Error, Session, Store, ids};

/// Asks for a plan without these people; it counts once it is accepted. No run takes more than `most` seconds.
pub async fn propose(store: &Store, asked: &Asked, id: &str, cause: Fallout, most: i64) -> Result<RosterRun, Refused> {
    if let Some(done) = store.read().deed::<String>(asked.key()).await? {
        return store.read().roster_run(&done).await?.ok_or(Refused::Unknown);
    }
    // Somebody may decide in between: then the file is made again.
    for _ in 0..20 {
        let (roster, said, (solved, own)) = files(store, id, &cause).await?;
        let mut change = store.change().await?;
        let now = change.roster(id).await?.ok_or(Refused::Unknown)?;
        if now.version != roster.version || change.roster_invitations(id).await? != said {
            continue;
        }
        may(&mut change, &now).await?;
        let (input, after) = (change.keep_input(&solved).await?, change.keep_input(&own).await?);
        let run = ids::new();
        put_in_line(&mut change, asked, &now, &run, &input, most).await?;
        change.add_proposal(&run, &now, &cause, &after).await?;
        change.log(&asked.caller, id, &Rostered::FellOut { run: &run, cause: &cause }.into()).await?;
        change.note_deed(asked.key(), &run).await?;
        change.commit().await?;
        return store.read().roster_run(&run).await?.ok_or(Refused::Unknown);
    }
    Err(Refused::Busy(Busy::Said("Er wordt nu te veel tegelijk besloten over dit rooster; probeer het zo weer.")))
}

/// Whether somebody can fall out now: nothing is computed, and no other proposal waits.
async fn may(reading: &mut Session, roster: &Roster) -> Result<(), Refused> {
    if reading.open_proposal(&roster.id).await?.is_some() {
        return Err(Refused::not_now("Er ligt al een voorstel na uitval: neem dat eerst over of wijs het af."));
    }
    if reading.roster_runs(&roster.id, 0, 1).await?.0.iter().any(|run| !run.job.state.ended()) {
        return Err(Refused::not_now("Dit rooster wordt nu berekend; wacht tot het klaar is."));
    }
    Ok(())
}

/// The roster, the invitations that are known, the file that is solved, and what is the roster's own file once that is accepted.
async fn files(store: &Store, id: &str, cause: &Fallout) -> Result<(Roster, Vec<Invitation>, (Vec<u8>, Vec<u8>)), Refused> {
    let turn = Turn::take().await?;
    let mut reading = store.snapshot().await?;
    let roster = reading.roster(id).await?.ok_or(Refused::Unknown)?;
    may(&mut reading, &roster).await?;
    let Some(plan) = current(&mut reading, &roster).await? else {
        return Err(Refused::not_now("Er is nog geen rooster om iemand uit te laten vallen; bereken het eerst."));
    };
    let own = reading.input(&roster.input).await?.ok_or(Refused::Unknown)?;
    let decided = reading.roster_decisions(id).await?;
    let limited = limited(&mut reading, store.clock().today()).await?;
    let said = reading.roster_invitations(id).await?;
    drop(reading);
    let (told, cause, known) = (roster.publications > 0, cause.clone(), said.clone());
    let made = turn
        .aside(move || {
            let own = rows(&own)?;
            let wrong = problems(&own, &cause);
            if !wrong.is_empty() {
                return Ok(Err(wrong));
            }
            let made = after(&own, &decided, &plan, &cause, told, &limited);
            Ok::<_, Error>(made.map(|(solved, own)| (given::with(solved, &known).write(), own.write())).map_err(|what| {
                what.into_iter().map(|what| problem("onbekende-verwijzing", "", what, "noem iemand uit het rooster")).collect()
            }))
        })
        .await??;
    Ok((roster, said, made?))
}

fn problems(file: &RosterFile, cause: &Fallout) -> Vec<Problem> {
    let mut wrong = Vec::new();
    if cause.people.is_empty() && cause.units.is_empty() {
        wrong.push(problem("ontbreekt", "/personen", "wie er uitvalt, staat er niet", "noem iemand in personen of deelnemers"));
    }
    for (at, person) in cause.people.iter().enumerate() {
        if !file.people.iter().any(|row| row.id == *person) {
            let what = format!("{person} begeleidt niemand in dit rooster");
            wrong.push(problem("onbekende-verwijzing", &format!("/personen/{at}"), what, "noem iemand die in dit rooster begeleidt"));
        }
    }
    for (at, unit) in cause.units.iter().enumerate() {
        if !units(file).any(|it| it == unit) {
            let what = format!("{unit} staat niet in dit rooster");
            wrong.push(problem("onbekende-verwijzing", &format!("/deelnemers/{at}"), what, "noem iemand uit dit rooster"));
        }
    }
    if let Some(text) = &cause.from {
        match day_of(text) {
            None => wrong.push(problem("datum", "/vanaf", format!("{text} is geen datum"), "schrijf een datum als 2026-09-14")),
            Some(day) if day > file.calendar.to => {
                wrong.push(problem("grens", "/vanaf", "deze dag ligt na het rooster", "kies een dag binnen het rooster"));
            }
            Some(_) => {}
        }
    }
    wrong
}

/// The proposal that a run is, while nobody decided about it.
fn open(run: &RosterRun) -> Result<String, Refused> {
    match &run.proposal {
        Some(proposal) if proposal.standing == Standing::Voorstel => Ok(proposal.after.clone()),
        Some(_) => Err(Refused::not_now("Over dit voorstel is al besloten.")),
        None => Err(Refused::not_now("Dit is een gewone berekening, en geen voorstel na uitval.")),
    }
}

/// Its plan counts from now on.
pub async fn accept(store: &Store, asked: &Asked, id: &str) -> Result<Roster, Refused> {
    let mut reading = store.snapshot().await?;
    let run = reading.roster_run(id).await?.ok_or(Refused::Unknown)?;
    let file = match &run.proposal {
        Some(proposal) => reading.input(&proposal.after).await?.ok_or(Refused::Unknown)?,
        None => return open(&run).and(Err(Refused::Unknown)),
    };
    drop(reading);
    let left: BTreeSet<String> = aside(move || rows(&file).map(|file| units(&file).map(str::to_owned).collect())).await??;
    let mut change = store.change().await?;
    let run = change.roster_run(id).await?.ok_or(Refused::Unknown)?;
    let mut roster = change.roster(&run.roster).await?.ok_or(Refused::Unknown)?;
    if roster.current.as_deref() == Some(id) {
        // Asked again after its answer was lost.
        return Ok(roster);
    }
    let after = open(&run)?;
    if !run.planned() {
        return Err(Refused::not_now("Dit voorstel heeft (nog) geen rooster."));
    }
    if run.outdated {
        return Err(Refused::not_now("Het rooster is sindsdien veranderd: wijs dit voorstel af en meld de uitval opnieuw."));
    }
    for decision in change.roster_decisions(&roster.id).await? {
        if !left.contains(&decision.unit) {
            change.drop_roster_decision(&roster.id, &decision.unit, decision.moment.as_deref()).await?;
        }
    }
    (roster.input, roster.current) = (after, Some(id.to_owned()));
    change.put_roster(&mut roster).await?;
    change.settle_fallout(id, Standing::Aanvaard).await?;
    change.log(&asked.caller, &roster.id, &Rostered::Accepted { run: id }.into()).await?;
    change.commit().await?;
    Ok(roster)
}

/// The roster stays as it is.
pub async fn decline(store: &Store, asked: &Asked, run: &str) -> Result<Roster, Refused> {
    let mut change = store.change().await?;
    let run = change.roster_run(run).await?.ok_or(Refused::Unknown)?;
    let roster = change.roster(&run.roster).await?.ok_or(Refused::Unknown)?;
    if run.proposal.as_ref().is_some_and(|it| it.standing == Standing::Afgewezen) {
        return Ok(roster);
    }
    open(&run)?;
    if !run.job.state.ended() {
        jobs::ask_stop(&mut change, &run.job).await?;
    }
    change.settle_fallout(&run.job.id, Standing::Afgewezen).await?;
    change.log(&asked.caller, &roster.id, &Rostered::Declined { run: &run.job.id }.into()).await?;
    change.commit().await?;
    Ok(roster)
}
