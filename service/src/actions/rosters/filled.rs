//! A roster that is filled: interviews from candidates who wait for an intake, peer groups and visits from published placements.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::{Told, make};
use crate::access::Role;
use crate::actions::privacy::limited;
use crate::actions::{Asked, Refused, Turn, problem};
use crate::desk::roster::filled::{Colleague, Somebody, Sources, Wanted, file, visited_names};
use crate::desk::roster::sound::Sound;
use crate::records::placement::Placed;
use crate::records::register::Kind;
use crate::store::{Session, Store};
use loket_solver::scheduling::facts::codes::Kind as Problem;

/// Most accounts that are looked at.
const MOST: i64 = 10_000;

/// Makes such a roster. Peer groups are of the placements of one wave.
pub async fn fill(store: &Store, asked: &Asked, wanted: Wanted, wave: Option<&str>) -> Result<Told, Refused> {
    let turn = Turn::take().await?;
    let mut reading = store.snapshot().await?;
    if let Some(id) = reading.deed::<String>(asked.key()).await? {
        let roster = reading.roster(&id).await?.ok_or(Refused::Unknown)?;
        return Ok(Told { roster, remarks: Vec::new() });
    }
    let sources = sources(&mut reading, asked, &wanted, wave, store.clock().today()).await?;
    drop(reading);
    let nobody = match wanted.kind {
        Problem::Interviews if sources.candidates.is_empty() => Some("er wacht nu niemand op een intakegesprek"),
        Problem::PeerGroups if sources.placements.is_empty() => Some("deze lichting heeft nog geen vastgestelde plaatsingen"),
        Problem::Visits if sources.placements.is_empty() => Some("in deze periode zijn er geen vastgestelde plaatsingen"),
        Problem::Courses => Some("van aanbod staat niets in het register"),
        _ => None,
    };
    if let Some(what) = nobody {
        let remedy = "kies iets anders, of stuur een eigen roosterbestand";
        return Err(vec![problem("leeg", "/soort", what, remedy)].into());
    }
    let (sound, names) = turn
        .aside(move || {
            let names = visited_names(&wanted, &sources);
            Sound::of(file(&wanted, &sources)).map(|sound| (sound, names))
        })
        .await??;
    make(store, asked, &sound, &names).await
}

async fn sources(reading: &mut Session, asked: &Asked, wanted: &Wanted, wave: Option<&str>, today: Date) -> Result<Sources, Refused> {
    let scope = asked.caller.scope();
    let (from, until) = (wanted.from.to_string(), wanted.until.to_string());
    let mut made = Sources::default();
    for row in reading.register_rows(Kind::Coach, scope).await? {
        if row.until.as_ref().is_some_and(|last| *last < from) {
            continue;
        }
        let away = reading.days_off(&row.id).await?.periods;
        made.coaches.push(Somebody { row, away, registered: None });
    }
    for account in reading.accounts(0, MOST).await?.0.into_iter().filter(|it| it.ended.is_none()) {
        let board = account.roles.iter().find(|it| it.role == Role::Bestuur).map(|it| it.of.clone());
        // Somebody who does both sits there as an intermediary; a script sits nowhere.
        let intermediary = account.holds(Role::Intermediair);
        if account.address.is_some() && (intermediary || board.is_some()) {
            let board = board.filter(|_| !intermediary);
            made.colleagues.push(Colleague { id: account.id, name: account.name, board });
        }
    }
    let limited = limited(reading, today).await?;
    made.coaches.retain(|it| !limited.has(Kind::Coach, &it.row.id));
    made.schools = reading.register_rows(Kind::School, scope).await?;
    let boards = reading.names(Kind::Board).await?;
    made.boards = boards.into_iter().collect();
    let candidates = reading.register_rows(Kind::Candidate, scope).await?;
    match wanted.kind {
        Problem::Interviews => {
            let waiting = reading.waiting_for_intake().await?;
            let row = |(id, registered): (String, Option<String>)| {
                candidates.iter().find(|row| row.id == id).map(|row| Somebody { row: row.clone(), away: Vec::new(), registered })
            };
            made.candidates = waiting.into_iter().filter(|it| !limited.has(Kind::Candidate, &it.0)).filter_map(row).collect();
        }
        Problem::PeerGroups | Problem::Visits => {
            let all = reading.placements_from(&from).await?;
            let sees = |it: &Placed| !limited.has(Kind::Candidate, &it.candidate) && !limited.has(Kind::Coach, &it.coach);
            let counts = all.into_iter().filter(|it| it.withdrawn.is_none() && it.period.from.to_string() <= until && sees(it));
            // One for each candidate: with another coach the last one holds.
            for placed in counts.filter(|it| wave.is_none_or(|wave| it.wave == wave)) {
                made.placements.retain(|it| it.candidate != placed.candidate);
                made.placements.push(placed);
            }
            let placed: BTreeSet<&String> = made.placements.iter().map(|it| &it.candidate).collect();
            let rows = candidates.iter().filter(|row| placed.contains(&row.id));
            made.candidates = rows.map(|row| Somebody { row: row.clone(), away: Vec::new(), registered: None }).collect();
        }
        Problem::Courses => {}
    }
    let used: BTreeSet<&String> = made.placements.iter().map(|it| &it.school).chain(wanted.location.as_ref()).collect();
    made.schools.retain(|row| used.contains(&row.id));
    let kept: BTreeSet<&String> = made.schools.iter().filter_map(|row| row.board.as_ref()).collect();
    let panel: BTreeSet<&String> = made.colleagues.iter().filter_map(|it| it.board.as_ref()).collect();
    made.boards.retain(|(id, _)| kept.contains(id) || panel.contains(id));
    Ok(made)
}
