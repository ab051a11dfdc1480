//! The register: rows are put, and a wave file adds what the register does not know yet.

use std::collections::BTreeMap;

use loket_instances::matching::apart::Person;
use loket_instances::matching::row as format;
use loket_instances::strict::problem::Problem;

use super::privacy::limited;
use super::stages::follow;
use super::{Asked, Clash, Refused, aside, problem};
use crate::access::Scope;
use crate::desk::days::{Doubts, of_coach};
use crate::desk::differences::{self, other_days, rest};
use crate::desk::fits::{Coach, Known};
use crate::desk::prefill::{Kept, Sources};
use crate::desk::refresh::rows_now;
use crate::desk::register::Rows;
use crate::desk::room::Period;
use crate::desk::sound::Sound;
use crate::desk::whole::{Said, unsaid};
use crate::records::deed::{Added, Deed};
use crate::records::register::{Kind, Row, Standing, data};
use crate::records::remark::Remark;
use crate::records::seats::Seats;
use crate::records::stage::StopReason;
use crate::store::{Change, Error, Session, Store};

/// A row that was put.
pub(super) struct PutRow {
    /// What it was; nothing when it is new.
    pub was: Option<Row>,
    /// What it is.
    pub row: Row,
}

/// Puts a row in the register. `version` is what it is now, 0 for nothing yet. What the row says now and was not named is missing; days
/// that are unlikely must be confirmed. The same row again changes nothing.
pub async fn put(store: &Store, asked: &Asked, kind: Kind, new: Row, version: i64, said: &Said) -> Result<Row, Refused<Row>> {
    let mut change = store.change().await?;
    let PutRow { was, row } = put_in(&mut change, asked, kind, new, (version, said)).await?;
    if was.as_ref() == Some(&row) {
        return Ok(row);
    }
    change.note_deed(asked.key(), &row.id).await?;
    let deed = Deed::RowPut { kind, id: &row.id, was: was.map(|it| it.logged(kind)), row: row.logged(kind) };
    change.log(&asked.caller, &row.id, &deed).await?;
    change.commit().await?;
    Ok(row)
}

/// Puts a row within a change, without a line in the log; the same row when nothing is otherwise.
pub(super) async fn put_in(
    change: &mut Change,
    asked: &Asked,
    kind: Kind,
    mut new: Row,
    (version, said): (i64, &Said),
) -> Result<PutRow, Refused<Row>> {
    let everything = asked.caller.scope();
    let now = change.register_row(kind, everything, &new.id).await?;
    match &now {
        None if version != 0 => return Err(Refused::Unknown),
        Some(now) if now.version != version => return Err(Refused::stale(now.clone())),
        _ => {}
    }
    let mut wrong = now.as_ref().map_or_else(Vec::new, |now| unsaid(now.says(), said));
    wrong.extend(ending(kind, now.as_ref(), &mut new));
    let (mut doubts, today) = (Doubts::default(), change.clock().today());
    let before = now.as_ref().map_or((None, None), |now| (now.from.as_ref(), now.until.as_ref()));
    for (pointer, day, was) in [("/van", &new.from, before.0), ("/tot", &new.until, before.1)] {
        if let Some(day) = day.as_ref().filter(|day| was != Some(*day)) {
            doubts.day(pointer, day, today, of_coach());
        }
    }
    wrong.append(&mut doubts.never);
    if let Some(board) = &new.board
        && change.register_row(Kind::Board, everything, board).await?.is_none()
    {
        let (what, remedy) = ("dit bestuur staat niet in het register", "maak eerst het bestuur, of verbeter de id");
        wrong.push(problem("onbekende-verwijzing", "/bestuur", what, remedy));
    }
    if let Some(brin) = &new.brin
        && now.as_ref().is_none_or(|now| (&now.brin, &now.board) != (&new.brin, &new.board))
    {
        wrong.extend(one_board(change, &new, brin).await?);
    }
    if !wrong.is_empty() {
        return Err(wrong.into());
    }
    Refused::doubted(doubts, said.confirmed)?;
    if let Some(other) = kind.shares_ids_with()
        && change.register_row(other, everything, &new.id).await?.is_some()
    {
        let other = other.word();
        return Err(Refused::clash(format!("Deze id is al van een {other}; kandidaten en coaches delen hun ids.")));
    }
    if kind == Kind::Candidate && new.standing.is_none() {
        new.standing = now.as_ref().and_then(|it| it.standing).or(Some(Standing::Wacht));
    }
    new.version = version;
    if now.as_ref() == Some(&new) {
        return Ok(PutRow { was: now, row: new });
    }
    new.version += 1;
    change.put_register_row(kind, &new, asked.caller.who()).await?;
    change.put_person(kind, &new).await?;
    if let Some(standing) = new.standing {
        let was = now.as_ref().and_then(|it| it.standing);
        let today = change.clock().today().to_string();
        follow(change, asked, &new.id, (was, standing), (&today, StopReason::Onbekend)).await?;
    }
    Ok(PutRow { was: now, row: new })
}

/// An end is set by ending, which asks what stands there: here it may be sent back as it was, or taken away.
fn ending(kind: Kind, now: Option<&Row>, new: &mut Row) -> Vec<Problem> {
    let before = now.map_or((None, None), |now| (now.until.as_ref(), now.ended.as_ref()));
    let mut wrong = Vec::new();
    let mut tell = |pointer: &str| {
        let remedy = format!("beëindig het met POST …/einde, of stuur {} zoals u het las", pointer.trim_start_matches('/'));
        wrong.push(problem("einde", pointer, "een einde wordt niet zo gezet", remedy));
    };
    let own = matches!(kind, Kind::Board | Kind::School);
    if own && new.until.as_ref().is_some_and(|until| before.0 != Some(until)) {
        tell("/tot");
    }
    if new.ended.as_ref().is_some_and(|reason| before.1 != Some(reason)) {
        tell("/einde_reden");
    }
    if new.until.is_none() {
        new.ended = None;
    }
    wrong
}

/// A BRIN is of one board: who signs in through the school's own account is known by it.
async fn one_board(change: &mut Change, new: &Row, brin: &str) -> Result<Option<Problem>, Error> {
    let boards = change.boards_of_brin(brin, &new.id).await?;
    if boards.iter().all(|board| new.board.as_ref() == Some(board)) {
        return Ok(None);
    }
    let what = format!("deze BRIN is al van een school van bestuur {}", boards.join(", "));
    Ok(Some(problem("dubbel", "/brin", what, "kijk de BRIN na; alle vestigingen van één BRIN horen bij één bestuur")))
}

/// Adds a row. Sent twice, once is enough.
pub async fn add(store: &Store, asked: &Asked, kind: Kind, new: Row, said: &Said) -> Result<Row, Refused<Row>> {
    let mut reading = store.read();
    if let Some(done) = reading.deed::<String>(asked.key()).await? {
        return reading.register_row(kind, asked.caller.scope(), &done).await?.ok_or(Refused::Unknown);
    }
    let same = |now: &Row| {
        let standing = new.standing.is_none() || now.standing == new.standing;
        standing && Row { version: 0, standing: None, ..now.clone() } == Row { version: 0, standing: None, ..new.clone() }
    };
    match put(store, asked, kind, new.clone(), 0, said).await {
        Err(Refused::Stale(now)) if same(&now) => Ok(*now),
        Err(Refused::Stale(now)) => {
            let what = format!("Er is al een {} met id {}; verander die met PUT en If-Match.", kind.word(), now.id);
            Err(Refused::Clash(Box::new(Clash { what, points: Vec::new(), now: Some(*now), waves: Vec::new() })))
        }
        done => done,
    }
}

/// Adds to the register what a wave file holds and the register does not know, with the names of who is new; what it knows stays as it is,
/// and so does a name that was erased. Told is where it knows a part of the days of seats.
pub async fn complete<N>(
    change: &mut Change,
    asked: &Asked,
    wave: &str,
    (rows, people): (&Rows, &[Person]),
    (from, until): (&str, &str),
) -> Result<Vec<Remark>, Refused<N>> {
    let (mut added, mut told, who) = (Added::default(), Vec::new(), asked.caller.who());
    for entry in &rows.boards {
        added.boards += i64::from(change.add_register_row(Kind::Board, &Row::new(&entry.id, data(&entry.row)), who).await?);
    }
    for entry in &rows.schools {
        let row = Row { board: Some(entry.of.clone()), ..Row::new(&entry.id, data(&entry.row)) };
        added.schools += i64::from(change.add_register_row(Kind::School, &row, who).await?);
    }
    let ended = change.register_rows(Kind::School, asked.caller.scope()).await?;
    let ended: BTreeMap<String, String> = ended.into_iter().filter_map(|row| Some((row.id, row.until?))).collect();
    for entry in &rows.seats {
        let format::Row::Seats(row) = &entry.row else { continue };
        // A school that ended gets no seats back by a file.
        let until = ended.get(&entry.of).map_or(until, |last| until.min(last));
        if until >= from {
            added.seats += offer(change, rows, Seats::offered(&entry.of, row, (from, until)), &mut told).await?;
        }
    }
    let names: BTreeMap<(&str, &str), &Person> = people.iter().map(|it| ((it.kind.code(), it.id.as_str()), it)).collect();
    for (kind, list, count) in
        [(Kind::Coach, &rows.coaches, &mut added.coaches), (Kind::Candidate, &rows.candidates, &mut added.candidates)]
    {
        for entry in list {
            let row = Row::new(&entry.id, data(&entry.row));
            if change.add_register_row(kind, &row, who).await? {
                *count += 1;
                if kind == Kind::Candidate {
                    let today = change.clock().today().to_string();
                    follow(change, asked, &row.id, (None, Standing::Wacht), (&today, StopReason::Onbekend)).await?;
                }
                if let Some(person) = names.get(&(kind.word(), entry.id.as_str())) {
                    change.put_person(kind, &row.named(person)).await?;
                }
            }
        }
    }
    if added != Added::default() {
        change.log(&asked.caller, wave, &Deed::RegisterCompleted(added)).await?;
    }
    Ok(told)
}

/// Adds seats of a file, on the days that the register does not know; how many rows that is.
async fn offer(change: &mut Change, rows: &Rows, seats: Seats, told: &mut Vec<Remark>) -> Result<i64, Error> {
    let known = change.seats_meeting(&seats).await?;
    if known.is_empty() {
        change.put_seats(&seats).await?;
        return Ok(1);
    }
    let period = seats.period()?;
    let mut all = true;
    for it in &known {
        all &= !it.period()?.covers(period);
    }
    if !all {
        return Ok(0);
    }
    let mut rest = rest(&seats, &known);
    if let Some(more) = &rest {
        match change.seats_meeting(more).await?.is_empty() {
            true => change.put_seats(more).await?,
            false => rest = None,
        }
    }
    let board = rows.schools.iter().find(|it| it.id == seats.school).map_or("", |it| it.of.as_str());
    told.push(other_days(&seats, &known, rest.as_ref(), board));
    Ok(i64::from(rest.is_some()))
}

/// Where a wave file and the register differ, the file's own notices first. What the file added does not differ.
pub async fn told(store: &Store, asked: &Asked, sound: &Sound, when: Period, held_months: u32) -> Result<Vec<Remark>, Refused> {
    let sources = sources(store, asked, when, held_months).await?;
    let (notices, file, people) = (sound.loaded.notices.clone(), sound.file.clone(), sound.people.clone());
    Ok(aside(move || {
        let mut all: Vec<Remark> = notices.iter().map(Remark::from).collect();
        all.extend(differences::people(&file, &people, &sources));
        all.extend(differences::between(&file, &rows_now(&file, when, &sources, false), &sources));
        all
    })
    .await?)
}

/// What the register knows otherwise of a candidate who comes late.
pub async fn told_of(reading: &mut Session, asked: &Asked, rows: &Rows, people: &[Person]) -> Result<Vec<Remark>, Error> {
    let mut all = Vec::new();
    for entry in &rows.candidates {
        let Some(row) = reading.register_row(Kind::Candidate, asked.caller.scope(), &entry.id).await? else { continue };
        let kept = Kept { person: row.person.clone(), own: row.own.clone(), version: row.version };
        let named = people.iter().find(|it| it.id == entry.id);
        let theirs = (&row.data, row.standing.unwrap_or(Standing::Wacht));
        all.extend(differences::candidate((&entry.id, "/kandidaat".into()), &data(&entry.row), named, theirs, &kept));
    }
    Ok(all)
}

/// People whose name holds this text, by id, of those who stand somewhere: a page of them and how many there are.
pub async fn search(
    store: &Store,
    asked: &Asked,
    kind: Kind,
    (text, standing): (&str, Option<Standing>),
    (skip, most): (i64, i64),
) -> Result<(Vec<Row>, i64), Refused> {
    let rows = store.read().register_rows(kind, asked.caller.scope()).await?;
    let wanted = plain(text);
    let found = aside(move || {
        let named = |row: &Row| row.name().is_some_and(|name| plain(name).contains(&wanted));
        let there = |row: &Row| standing.is_none() || row.standing == standing;
        rows.into_iter().filter(|row| there(row) && named(row)).collect::<Vec<_>>()
    })
    .await?;
    let all = i64::try_from(found.len()).unwrap_or(i64::MAX);
    let place = |number: i64| usize::try_from(number).unwrap_or(usize::MAX);
    Ok((found.into_iter().skip(place(skip)).take(place(most)).collect(), all))
}

/// A text without capitals and accents.
pub(super) fn plain(text: &str) -> String {
    let one = |letter: char| match letter {
        'á' | 'à' | 'â' | 'ä' | 'ã' | 'å' => 'a',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'í' | 'ì' | 'î' | 'ï' => 'i',
        'ó' | 'ò' | 'ô' | 'ö' | 'õ' => 'o',
        'ú' | 'ù' | 'û' | 'ü' => 'u',
        'ç' | 'ć' | 'č' => 'c',
        'ş' | 'š' | 'ś' => 's',
        'ğ' => 'g',
        'ı' => 'i',
        'ñ' | 'ń' => 'n',
        'ž' | 'ż' | 'ź' => 'z',
        'ł' => 'l',
        'ý' => 'y',
        other => other,
    };
    text.to_lowercase().chars().map(one).collect()
}

/// What the register says that matters to plans for a period.
pub(super) async fn known(reading: &mut Session, scope: &Scope, when: Period) -> Result<Known, Error> {
    let schools = reading.register_rows(Kind::School, scope).await?.into_iter().map(|row| row.id).collect();
    let mut known = Known { schools, ..Known::default() };
    for seats in reading.seats_from(scope, &when.from.to_string()).await? {
        let when = seats.period()?;
        known.seats.push((seats, when));
    }
    for row in reading.register_rows(Kind::Coach, scope).await? {
        let wrong = || Error::Corrupt("de cijfers of de dagen van een coach".into());
        let period = Period::read(row.from.as_deref(), row.until.as_deref()).ok_or_else(wrong)?;
        let (most, hours) = (row.number("maximum").ok_or_else(wrong)?, row.number("uren").ok_or_else(wrong)?);
        known.coaches.insert(row.id.clone(), Coach { most, hours, period });
    }
    // Hours count for a whole school year, also those of placements that are over by the first day of this period.
    known.calendar = reading.calendar().await?;
    let begins = known.calendar.first_day(known.calendar.school_year(when.from));
    known.placed = reading.placements_from(&begins.map(|day| day.to_string()).unwrap_or_default()).await?;
    Ok(known)
}

/// The whole register at one moment, for a wave in this period that is made from it. A placement holds a seat for so many months.
pub async fn sources(store: &Store, asked: &Asked, when: Period, held_months: u32) -> Result<Sources, Refused> {
    let scope = asked.caller.scope();
    let mut reading = store.snapshot().await?;
    let mut known = known(&mut reading, scope, when).await?;
    // Also those that ended long ago: they tell whose candidate somebody was.
    known.placed = reading.placements_from("").await?;
    let mut rows = Vec::new();
    for kind in [Kind::Board, Kind::School, Kind::Coach, Kind::Candidate] {
        rows.push((kind, reading.register_rows(kind, scope).await?));
    }
    let limited = limited(&mut reading, store.clock().today()).await?;
    // A register may be large.
    let sources = aside(move || typed(known, &rows, held_months)).await??;
    Ok(Sources { limited, ..sources })
}

/// The rows of the register as the format has them.
fn typed(known: Known, rows: &[(Kind, Vec<Row>)], held_months: u32) -> Result<Sources, Refused> {
    let mut from = Sources { held_months, ..Sources::default() };
    for (seats, _) in &known.seats {
        if let format::Row::Seats(row) = seats.typed()? {
            from.seats.push(row);
        }
    }
    from.known = known;
    for (kind, rows) in rows {
        for row in rows {
            let kept = Kept { person: row.person.clone(), own: row.own.clone(), version: row.version };
            from.kept.insert((*kind, row.id.clone()), kept);
            match row.typed(*kind)? {
                format::Row::Board(board) => from.boards.push(board),
                format::Row::School(school) => from.schools.push(school),
                format::Row::Coach(coach) => from.coaches.push(coach),
                format::Row::Candidate(it) => from.candidates.push((it, row.standing.unwrap_or(Standing::Wacht))),
                format::Row::Seats(_) => {}
            }
        }
    }
    Ok(from)
}
