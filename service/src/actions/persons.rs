//! What is kept of one person: all of it for the right of access, and the erasure of names, free text, coded reasons and what the log says.

use std::collections::BTreeSet;

use super::privacy::fulfil;
use super::{Asked, Busy, Refused, aside, rosters, tryouts};
use crate::access::Caller;
use crate::desk::dossier::{remark_without_reason, rows, without_reasons};
use crate::desk::others::{Others, Somebody};
use crate::records::deed::Deed;
use crate::records::dossier::{Dossier, Own, Who};
use crate::records::privacy::Wish;
use crate::records::register::{Kind, Row};
use crate::store::persons::Erased;
use crate::store::{Change, Error, Store};

/// Most rows of one kind that are given of a person.
const MOST: i64 = 10_000;

/// Everything that is kept of a person.
pub async fn dossier(store: &Store, asked: &Asked, who: &Who) -> Result<Dossier, Refused> {
    let mut reading = store.read();
    let row = reading.register_row(who.kind, asked.caller.scope(), &who.id).await?.ok_or(Refused::Unknown)?;
    let mut waves = Vec::new();
    for wave in reading.waves(None, 0, MOST).await?.0.into_iter().rev() {
        let file = reading.input(&wave.input).await?.ok_or(Refused::Unknown)?;
        let outcome = match &wave.current {
            Some(current) => reading.result(current).await?,
            None => None,
        };
        let who = who.clone();
        waves.extend(aside(move || rows(&wave.id, &file, outcome.as_deref(), &who)).await??);
    }
    let rosters = rosters::of_person(store, &who.id).await?;
    let (decisions, history, notes) = match who.kind {
        Kind::Candidate => (
            reading.decisions_about(&who.id, MOST).await?,
            reading.past_about(&who.id, MOST).await?,
            reading.notes_about(&who.id, MOST).await?,
        ),
        Kind::Coach | Kind::Board | Kind::School => Default::default(),
    };
    let mut placements = reading.placements_of(who, MOST).await?;
    placements.extend(reading.withdrawn_placements_of(who, MOST).await?);
    let mut accounts = Vec::new();
    if who.kind == Kind::Coach {
        for id in reading.accounts_of_coach(&who.id).await? {
            let Some(account) = reading.account(&id).await? else { continue };
            let (sessions, tokens) = (reading.sessions_of(&id).await?, reading.tokens(Some(&id)).await?);
            accounts.push(Own { tries: reading.sign_ins(&id, MOST).await?, account, sessions, tokens });
        }
    }
    let ids: Vec<String> = accounts.iter().map(|it| it.account.id.clone()).collect();
    let messages = reading.messages_to(who, &ids, MOST).await?;
    let (days_off, given) = match who.kind {
        Kind::Coach => (reading.days_off(&who.id).await?.periods, reading.given_hours(&who.id).await?.rows),
        Kind::Candidate => (Vec::new(), reading.hours_given_to(&who.id, MOST).await?),
        Kind::Board | Kind::School => Default::default(),
    };
    let since = if who.kind == Kind::Candidate { reading.stands_since(&who.id).await? } else { None };
    Ok(Dossier {
        requests: reading.privacy_requests_of(who, MOST).await?,
        restriction: reading.restriction(who).await?,
        since,
        answers: reading.answers_about(who, MOST).await?,
        prohibitions: reading.prohibitions_about(who, MOST).await?,
        stages: if who.kind == Kind::Candidate { reading.stages_of_person(&who.id, MOST).await? } else { Vec::new() },
        reports: reading.reports_about(who, MOST).await?,
        days_off,
        given,
        accounts,
        messages,
        row,
        waves,
        rosters,
        decisions,
        history,
        notes,
        placements,
        questions: reading.questions_about(who, MOST).await?,
        log: reading.log_about(who, MOST).await?,
    })
}

/// Everybody else, as what is told to a person must not name them.
pub async fn others(store: &Store, asked: &Asked, own: &Dossier, who: &Who) -> Result<Others, Refused> {
    let mut reading = store.read();
    let mut people = Vec::new();
    for kind in [Kind::Candidate, Kind::Coach] {
        for row in reading.register_rows(kind, asked.caller.scope()).await? {
            let text = |key: &str| row.person.get(key).and_then(|it| it.as_str()).map(str::to_owned);
            let (name, address) = (text("naam"), text("e_mail"));
            people.push(Somebody { kind, id: row.id, name, address });
        }
    }
    let mine: Vec<&str> = own.accounts.iter().map(|it| it.account.id.as_str()).collect();
    let accounts = reading.role_words().await?.into_iter().filter(|(id, _)| !mine.contains(&id.as_str())).collect();
    Ok(Others::new(who, people, accounts))
}

/// Erases a person at their own request: [`erase`], with the request told as done.
pub async fn erase_on_request(store: &Store, asked: &Asked, who: &Who, version: i64) -> Result<bool, Refused<Row>> {
    let mut change = store.change().await?;
    // First, so that the line that names what lost its content is the last one of the log.
    fulfil(&mut change, asked, Wish::Wissing, who).await?;
    let anything = erase_in(&mut change, asked, who, version).await?;
    change.commit().await?;
    Ok(anything)
}

/// Erases the name and free text of a person, why something was decided about them, and what the log says of them; the chain of the log
/// stays whole, and its last line names the lines that lost their content. Whether there was anything: when nothing is left to erase,
/// nothing was done.
pub async fn erase(store: &Store, asked: &Asked, who: &Who, version: i64) -> Result<bool, Refused<Row>> {
    let mut change = store.change().await?;
    let anything = erase_in(&mut change, asked, who, version).await?;
    change.commit().await?;
    Ok(anything)
}

async fn erase_in(change: &mut Change, asked: &Asked, who: &Who, version: i64) -> Result<bool, Refused<Row>> {
    let mut row = change.register_row(who.kind, asked.caller.scope(), &who.id).await?.ok_or(Refused::Unknown)?;
    if row.version != version {
        return Err(Refused::stale(row));
    }
    change.erase_answers(&who.id, &row.texts()).await?;
    change.erase_questions(&row.texts()).await?;
    let tried = tryouts::forget(change, who, &row.texts()).await?;
    change.drop_waiting_messages(who).await?;
    let (reasons, lines) =
        (erase_reasons(change, who).await? | (change.erase_stop_reasons(&who.id).await? > 0), change.log_erasable(who).await?);
    let said = change.erase_said(who).await? | change.erase_desk(who).await?;
    change.drop_waiting_messages(who).await?;
    // In rosters somebody is known by the id of the register.
    let met = matches!(who.kind, Kind::Candidate | Kind::Coach) && change.unname_in_rosters(&who.id).await?;
    let anything = !row.person.is_empty() || reasons || said || tried || met || !lines.is_empty();
    if anything {
        change.forget_person(who.kind, &who.id).await?;
        row.version += 1;
        change.put_register_row(who.kind, &row, asked.caller.who()).await?;
        change.forget_versions(who.kind, &who.id, row.version).await?;
        change.log(&asked.caller, &who.id, &Deed::PersonForgotten { kind: who.kind, id: &who.id, lines: &lines }).await?;
        change.erase_contents(&lines).await?;
    }
    Ok(anything)
}

/// Takes away why proposals for a candidate were rejected: the rejections stay. Also from files and remarks of earlier versions, which held
/// that as well. Whether there were such reasons.
async fn erase_reasons(change: &mut Change, who: &Who) -> Result<bool, Refused<Row>> {
    if who.kind != Kind::Candidate {
        return Ok(false);
    }
    let mut any = false;
    for (wave, mut decided) in change.decisions_about(&who.id, MOST).await? {
        if let Some(without) = decided.decision.without_reason() {
            decided.decision = without;
            change.put_decision(&wave, &decided).await?;
            any = true;
        }
    }
    any |= change.forget_review(&who.id).await?;
    for (sha256, bytes) in change.files_with_bans(&who.id).await? {
        let Some(without) = without_reasons(&bytes, &who.id)? else { continue };
        if change.file_at_work(&sha256).await? {
            return Err(Busy::Said(
                "Er wordt nu gerekend met een bestand waarin een reden over deze persoon staat; probeer het straks weer.",
            )
            .into());
        }
        change.replace_file(&sha256, &without).await?;
        any = true;
    }
    for (batch, wave, remarks) in change.remarks_about(&who.id).await? {
        let without: Vec<String> = remarks.iter().map(|it| remark_without_reason(it, &who.id)).collect();
        if without != remarks {
            change.put_remarks(&batch, &wave, &without).await?;
            any = true;
        }
    }
    Ok(any)
}

/// Erases from a copy that was put back whom the log of the file before calls erased more often than its own, and whoever is named besides.
/// Who was erased.
pub async fn erase_again(store: &Store, told: &Erased, gone: &[String]) -> Result<Vec<String>, Error> {
    let asked = Asked { caller: Caller::machine("restore"), key: None };
    let known = store.read().erasures().await?;
    let later = told.iter().filter(|(who, times)| known.get(*who).is_none_or(|known| known < *times)).map(|(who, _)| who.clone());
    // Candidates and coaches share their ids.
    let named = gone.iter().flat_map(|id| [Kind::Candidate, Kind::Coach].map(|kind| Who::new(kind, id)));
    let wanted: BTreeSet<Who> = later.chain(named).collect();
    let mut erased = BTreeSet::new();
    for who in wanted {
        let Some(row) = store.read().register_row(who.kind, asked.caller.scope(), &who.id).await? else { continue };
        match erase(store, &asked, &who, row.version).await {
            Ok(true) => drop(erased.insert(who.id)),
            Err(Refused::Busy(Busy::Store(error))) => return Err(error),
            // Nothing was left to erase; nobody else has this copy open.
            Ok(false) | Err(_) => {}
        }
    }
    Ok(erased.into_iter().collect())
}
