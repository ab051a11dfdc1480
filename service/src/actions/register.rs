//! The register: rows are put, and a wave file adds what the register does not know yet.

use loket_instances::matching::row as format;

use super::{Asked, Clash, Refused, aside};
use crate::access::Scope;
use crate::desk::fits::{Coach, Known};
use crate::desk::hours::school_year;
use crate::desk::prefill::Sources;
use crate::desk::register::Rows;
use crate::desk::room::Period;
use crate::records::deed::{Added, Deed};
use crate::records::register::{Kind, Row, Standing, data};
use crate::records::seats::Seats;
use crate::store::{Change, Error, Session, Store};

/// Puts a row in the register. `version` is what it is now, 0 for nothing yet. The same row again changes nothing.
pub async fn put(store: &Store, asked: &Asked, kind: Kind, mut new: Row, version: i64) -> Result<Row, Refused<Row>> {
    let everything = asked.caller.scope();
    let mut change = store.change().await?;
    let now = change.register_row(kind, everything, &new.id).await?;
    match &now {
        None if version != 0 => return Err(Refused::Unknown),
        Some(now) if now.version != version => return Err(Refused::stale(now.clone())),
        _ => {}
    }
    if let Some(board) = &new.board
        && change.register_row(Kind::Board, everything, board).await?.is_none()
    {
        let (what, remedy) = ("dit bestuur staat niet in het register", "maak eerst het bestuur, of verbeter de id");
        return Err(Refused::wrong("onbekende-verwijzing", "/bestuur", what, remedy));
    }
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
    if let Some(now) = now.as_ref().filter(|now| **now == new) {
        return Ok(now.clone());
    }
    new.version += 1;
    change.put_register_row(kind, &new).await?;
    change.put_person(kind, &new).await?;
    change.note_deed(asked.key(), &new.id).await?;
    let deed = Deed::RowPut { kind, id: &new.id, was: now.map(|it| it.logged(kind)), row: new.logged(kind) };
    change.log(&asked.caller, &new.id, &deed).await?;
    change.commit().await?;
    Ok(new)
}

/// Adds a row. Sent twice, once is enough.
pub async fn add(store: &Store, asked: &Asked, kind: Kind, new: Row) -> Result<Row, Refused<Row>> {
    let mut reading = store.read();
    if let Some(done) = reading.deed::<String>(asked.key()).await? {
        return reading.register_row(kind, asked.caller.scope(), &done).await?.ok_or(Refused::Unknown);
    }
    let same = |now: &Row| {
        let standing = new.standing.is_none() || now.standing == new.standing;
        standing
            && (&now.data, &now.board, &now.from, &now.until, &now.person) == (&new.data, &new.board, &new.from, &new.until, &new.person)
    };
    match put(store, asked, kind, new.clone(), 0).await {
        Err(Refused::Stale(now)) if same(&now) => Ok(*now),
        Err(Refused::Stale(now)) => {
            let what = format!("Er is al een {} met id {}; verander die met PUT en If-Match.", kind.word(), now.id);
            Err(Refused::Clash(Box::new(Clash { what, points: Vec::new(), now: Some(*now), waves: Vec::new() })))
        }
        done => done,
    }
}

/// Adds to the register what a wave file holds and the register does not know; what it knows stays as it is.
pub async fn complete<N>(
    change: &mut Change,
    asked: &Asked,
    wave: &str,
    rows: &Rows,
    (from, until): (&str, &str),
) -> Result<(), Refused<N>> {
    let mut added = Added::default();
    for entry in &rows.boards {
        added.boards += i64::from(change.add_register_row(Kind::Board, &Row::new(&entry.id, data(&entry.row))).await?);
    }
    for entry in &rows.schools {
        let row = Row { board: Some(entry.of.clone()), ..Row::new(&entry.id, data(&entry.row)) };
        added.schools += i64::from(change.add_register_row(Kind::School, &row).await?);
    }
    for entry in &rows.seats {
        let format::Row::Seats(row) = &entry.row else { continue };
        let seats = Seats::offered(&entry.of, row, (from, until));
        if !change.seats_meet(&seats).await? {
            change.put_seats(&seats).await?;
            added.seats += 1;
        }
    }
    for (kind, list, count) in
        [(Kind::Coach, &rows.coaches, &mut added.coaches), (Kind::Candidate, &rows.candidates, &mut added.candidates)]
    {
        for entry in list {
            *count += i64::from(change.add_register_row(kind, &Row::new(&entry.id, data(&entry.row))).await?);
        }
    }
    if added != Added::default() {
        change.log(&asked.caller, wave, &Deed::RegisterCompleted(added)).await?;
    }
    Ok(())
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
    known.placed = reading.placements_from(&format!("{:04}-08-01", school_year(when.from).max(0))).await?;
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
    // A register may be large.
    aside(move || typed(known, &rows, held_months)).await?
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
