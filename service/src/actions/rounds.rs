//! The round of boards: asked to confirm their seats for a wave by a day, and reminded.

use std::collections::{BTreeMap, BTreeSet};

use loket_solver::matching::facts::words::{Bouw, Word};

use super::{Asked, Refused, problem};
use crate::desk::days::{Doubts, of_event};
use crate::records::address::path;
use crate::records::deed::Mailing;
use crate::records::mail::{MailKind, Message, Recipient};
use crate::records::register::Kind;
use crate::records::round::{Reminded, Round, Standing};
use crate::records::wave::{Life, Wave};
use crate::store::{Change, Session, Store};

/// Most boards that one reminder may name.
pub const MOST: usize = 1_000;

/// The round of a wave and how far the boards are that the caller may see; nothing of it when that is none of them.
pub async fn read(store: &Store, asked: &Asked, wave: &str) -> Result<(Round, Vec<Standing>), Refused> {
    seen(&mut store.read(), asked, wave).await
}

async fn seen(reading: &mut Session, asked: &Asked, wave: &str) -> Result<(Round, Vec<Standing>), Refused> {
    let round = reading.round(wave).await?.ok_or(Refused::Unknown)?;
    let standings = reading.standings(asked.caller.scope(), wave).await?;
    if standings.is_empty() && asked.caller.scope().boards().is_some() {
        return Err(Refused::Unknown);
    }
    Ok((round, standings))
}

/// The last day to confirm is today or later, and not absurdly late.
fn sound<N>(store: &Store, by: &str) -> Result<(), Refused<N>> {
    let today = store.clock().today();
    if by < today.to_string().as_str() {
        return Err(Refused::wrong("grens", "/uiterlijk", "deze dag is voorbij", "kies vandaag of een latere dag"));
    }
    let mut doubts = Doubts::default();
    doubts.day("/uiterlijk", by, today, of_event());
    let Doubts { mut never, unlikely } = doubts;
    // Nobody asks for seats two years ahead: there is nothing to confirm it with.
    never.extend(unlikely.into_iter().map(|it| problem("grens", "/uiterlijk", it.what, "kies een eerdere dag")));
    if never.is_empty() { Ok(()) } else { Err(never.into()) }
}

fn open<N>(wave: &Wave) -> Result<(), Refused<N>> {
    match wave.life {
        Life::Vastgesteld | Life::Gesloten => {
            Err(Refused::not_now("Deze lichting is al vastgesteld; er zijn geen plekken meer te bevestigen."))
        }
        Life::Concept | Life::Ingediend | Life::Berekend | Life::InBeoordeling => Ok(()),
    }
}

/// Asks every board of the register to confirm its seats for the period of a wave. Asked twice with the same day, once is enough.
pub async fn ask(store: &Store, asked: &Asked, wave: &str, by: &str) -> Result<(Round, Vec<Standing>), Refused> {
    let mut change = store.change().await?;
    let it = change.wave(wave).await?.ok_or(Refused::Unknown)?;
    sound(store, by)?;
    if let Some(round) = change.round(wave).await? {
        if round.by == by {
            return seen(&mut change, asked, wave).await;
        }
        return Err(Refused::clash("De besturen zijn voor deze lichting al gevraagd; geef met PUT een andere dag, of herinner ze."));
    }
    open(&it)?;
    let round = Round { wave: wave.into(), by: by.into(), asked: change.clock().now(), version: 1 };
    change.add_round(&round).await?;
    let boards = change.ask_boards(wave).await?;
    let deed = change.log(&asked.caller, wave, &Mailing::RoundAsked { by, boards: boards.len() }.into()).await?;
    post(&mut change, &deed, MailKind::PlekkenBevestigen, wave, &boards).await?;
    let standings = change.standings(asked.caller.scope(), wave).await?;
    change.commit().await?;
    Ok((round, standings))
}

async fn post(change: &mut Change, deed: &str, kind: MailKind, wave: &str, boards: &[String]) -> Result<(), crate::store::Error> {
    for board in boards {
        let about = path(&["lichtingen", wave, "opvraag"]);
        change.post(deed, &Message { kind, to: Recipient::board(board), about }).await?;
    }
    Ok(())
}

/// Gives the boards another last day. Boards that came to the register since are asked as well.
pub async fn put(store: &Store, asked: &Asked, wave: &str, by: &str, version: i64) -> Result<(Round, Vec<Standing>), Refused<Round>> {
    let mut change = store.change().await?;
    let it = change.wave(wave).await?.ok_or(Refused::Unknown)?;
    let mut round = change.round(wave).await?.ok_or(Refused::Unknown)?;
    sound(store, by)?;
    if round.version != version {
        return Err(Refused::stale(round));
    }
    open(&it)?;
    let new = change.ask_boards(wave).await?;
    if round.by != by || !new.is_empty() {
        let was = std::mem::replace(&mut round.by, by.to_owned());
        change.put_round(&mut round).await?;
        let deed = change.log(&asked.caller, wave, &Mailing::RoundMoved { was: &was, by }.into()).await?;
        post(&mut change, &deed, MailKind::PlekkenBevestigen, wave, &new).await?;
    }
    let standings = change.standings(asked.caller.scope(), wave).await?;
    change.commit().await?;
    Ok((round, standings))
}

/// Reminds boards that have not confirmed yet: all, or those that are named. Who was reminded today already is left in peace.
pub async fn remind(store: &Store, asked: &Asked, wave: &str, only: Option<Vec<String>>) -> Result<Reminded, Refused> {
    let mut change = store.change().await?;
    let it = change.wave(wave).await?.ok_or(Refused::Unknown)?;
    change.round(wave).await?.ok_or(Refused::Unknown)?;
    if let Some(done) = change.deed(asked.key()).await? {
        return Ok(done);
    }
    open(&it)?;
    let standings = change.standings(asked.caller.scope(), wave).await?;
    let mut wrong = Vec::new();
    for (at, board) in only.iter().flatten().enumerate() {
        if !standings.iter().any(|it| it.board == *board) {
            let place = format!("/besturen/{at}");
            wrong.push(problem("onbekende-verwijzing", &place, "dit bestuur is in deze opvraag niet gevraagd", "verbeter de id"));
        }
    }
    if !wrong.is_empty() {
        return Err(wrong.into());
    }
    let wanted: Option<BTreeSet<&String>> = only.as_ref().map(|it| it.iter().collect());
    let today = store.clock().today();
    let mut done = Reminded::default();
    for it in standings.into_iter().filter(|it| wanted.as_ref().is_none_or(|wanted| wanted.contains(&it.board))) {
        if it.confirmed() {
            done.confirmed.push(it.board);
        } else if it.reminded.and_then(|at| store.clock().day(at)) == Some(today) {
            done.today.push(it.board);
        } else {
            change.board_reminded(wave, &it.board).await?;
            done.boards.push(it.board);
        }
    }
    if done.boards.is_empty() {
        return Ok(done);
    }
    let deed = change.log(&asked.caller, wave, &Mailing::RoundReminded { boards: &done.boards }.into()).await?;
    post(&mut change, &deed, MailKind::Herinnering, wave, &done.boards).await?;
    change.note_deed(asked.key(), &done).await?;
    change.commit().await?;
    Ok(done)
}

/// The rounds that a board is asked in, with how far it is.
pub async fn of_board(store: &Store, asked: &Asked, board: &str) -> Result<Vec<(Round, Standing)>, Refused> {
    let scope = super::capacity::board(store, asked, board).await?;
    let mut reading = store.read();
    let mut found = Vec::new();
    for round in reading.rounds_of(board).await? {
        let own = reading.standings(&scope, &round.wave).await?.into_iter().next();
        found.extend(own.map(|standing| (round, standing)));
    }
    Ok(found)
}

/// What a board offers some day of a wave, by bouw.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offered {
    /// The board.
    pub board: String,
    /// Its name; the id where there is none.
    pub name: String,
    /// Its schools.
    pub schools: usize,
    /// Its schools with seats that are open.
    pub open_schools: usize,
    /// Open seats by bouw: onderbouw, middenbouw, bovenbouw.
    pub seats: [i64; 3],
    /// How far it is in the round, when there is one.
    pub standing: Option<Standing>,
    /// Whether nobody signs in for it: a message to it is a draft that goes nowhere.
    pub nobody: bool,
}

/// A wave with its round and what every board offers, by name.
///
/// # Errors
/// When there is no such wave.
pub async fn overview(store: &Store, asked: &Asked, wave: &str) -> Result<(Wave, Option<Round>, Vec<Offered>), Refused> {
    let mut reading = store.snapshot().await?;
    let scope = asked.caller.scope();
    let wave = reading.wave(wave).await?.ok_or(Refused::Unknown)?;
    let round = reading.round(&wave.id).await?;
    let mut standings: BTreeMap<String, Standing> =
        reading.standings(scope, &wave.id).await?.into_iter().map(|it| (it.board.clone(), it)).collect();
    let schools: BTreeMap<String, String> =
        reading.register_rows(Kind::School, scope).await?.into_iter().map(|it| (it.id, it.board.unwrap_or_default())).collect();
    let mut seats: BTreeMap<&str, ([i64; 3], BTreeSet<String>)> = BTreeMap::new();
    for row in reading.seats_from(scope, &wave.from).await?.into_iter().filter(|it| it.from <= wave.until && it.open) {
        let Some(board) = schools.get(&row.school) else { continue };
        let (counts, open) = seats.entry(board).or_default();
        if let Some(slot) =
            Bouw::parse(&row.bouw).and_then(|it| Bouw::ALL.iter().position(|of| *of == it)).and_then(|at| counts.get_mut(at))
        {
            *slot += row.count;
        }
        if row.count > 0 {
            open.insert(row.school);
        }
    }
    let names = reading.names_of(Kind::Board, scope).await?;
    let mut all = Vec::new();
    for board in reading.register_rows(Kind::Board, scope).await? {
        let (counts, open) = seats.remove(board.id.as_str()).unwrap_or_default();
        all.push(Offered {
            name: names.get(&board.id).cloned().unwrap_or_else(|| board.id.clone()),
            schools: schools.values().filter(|it| **it == board.id).count(),
            open_schools: open.len(),
            seats: counts,
            standing: standings.remove(&board.id),
            nobody: reading.accounts_of_board(&board.id).await?.is_empty(),
            board: board.id,
        });
    }
    all.sort_by(|a, b| (&a.name, &a.board).cmp(&(&b.name, &b.board)));
    Ok((wave, round, all))
}
