//! What is kept of one candidate: all of it for the right of access, and the erasure of names and of what the log says.

use std::collections::{BTreeMap, BTreeSet};

use super::{Asked, Busy, Refused, aside};
use crate::access::Caller;
use crate::desk::dossier::rows;
use crate::records::deed::Deed;
use crate::records::dossier::Dossier;
use crate::records::register::{Kind, Row};
use crate::store::{Error, Store};

/// Most rows of one kind that are given of a person.
const MOST: i64 = 10_000;

/// Everything that is kept of a candidate.
pub async fn dossier(store: &Store, asked: &Asked, id: &str) -> Result<Dossier, Refused> {
    let mut reading = store.read();
    let row = reading.register_row(Kind::Candidate, asked.caller.scope(), id).await?.ok_or(Refused::Unknown)?;
    let mut waves = Vec::new();
    for wave in reading.waves(0, MOST).await?.0.into_iter().rev() {
        let file = reading.input(&wave.input).await?.ok_or(Refused::Unknown)?;
        let outcome = match &wave.current {
            Some(current) => reading.result(current).await?,
            None => None,
        };
        let who = id.to_owned();
        waves.extend(aside(move || rows(&wave.id, &file, outcome.as_deref(), &who)).await??);
    }
    Ok(Dossier {
        row,
        waves,
        decisions: reading.decisions_about(id, MOST).await?,
        placements: reading.placements_of(id, MOST).await?,
        questions: reading.questions_about(id, MOST).await?,
        log: reading.log_about(id, MOST).await?,
    })
}

/// Erases the name of a candidate and what the log says of them; the chain of the log stays whole. How many lines lost their content.
pub async fn erase(store: &Store, asked: &Asked, id: &str, version: i64) -> Result<u64, Refused<Row>> {
    let mut change = store.change().await?;
    let mut row = change.register_row(Kind::Candidate, asked.caller.scope(), id).await?.ok_or(Refused::Unknown)?;
    if row.version != version {
        return Err(Refused::stale(row));
    }
    change.forget_person(Kind::Candidate, id).await?;
    row.version += 1;
    change.put_register_row(Kind::Candidate, &row).await?;
    let lines = change.erase_from_log(id).await?;
    change.erase_answers(id).await?;
    change.log(&asked.caller, id, &Deed::PersonErased { lines }).await?;
    change.commit().await?;
    Ok(lines)
}

/// Erases from a copy that was put back whom the log of the file before calls erased more often than its own, and whoever is named besides.
/// Who was erased.
pub async fn erase_again(store: &Store, told: &BTreeMap<String, i64>, gone: &[String]) -> Result<Vec<String>, Error> {
    let asked = Asked { caller: Caller::machine("restore"), key: None };
    let known = store.read().erasures().await?;
    let later = told.iter().filter(|(id, times)| known.get(*id).is_none_or(|known| known < *times)).map(|(id, _)| id);
    let wanted: BTreeSet<&String> = later.chain(gone).collect();
    let mut erased = Vec::new();
    for id in wanted {
        let Some(row) = store.read().register_row(Kind::Candidate, asked.caller.scope(), id).await? else { continue };
        match erase(store, &asked, id, row.version).await {
            Ok(_) => erased.push(id.clone()),
            Err(Refused::Busy(Busy::Store(error))) => return Err(error),
            // Nobody else has this copy open.
            Err(_) => {}
        }
    }
    Ok(erased)
}
