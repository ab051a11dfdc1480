//! Seats: put and confirmed, by a board or for it.

use jiff::civil::Date;

use super::{Asked, Clash, Refused};
use crate::access::Scope;
use crate::desk::offer::Use;
use crate::records::deed::Deed;
use crate::records::register::Kind;
use crate::records::seats::{Confirmed, Seats, usual};
use crate::store::{Session, Store};

/// The scope of a board within the caller's own.
pub async fn board(store: &Store, asked: &Asked, id: &str) -> Result<Scope, Refused> {
    let scope = asked.caller.scope().of_board(id).ok_or(Refused::Unknown)?;
    store.read().register_row(Kind::Board, &scope, id).await?.ok_or(Refused::Unknown)?;
    Ok(scope)
}

/// What uses the seats of this scope from a day on. A placement holds a seat for so many months.
pub async fn use_of(reading: &mut Session, scope: &Scope, day: Date, months: u32) -> Result<Use, Refused> {
    let placed = reading.placements_from(&day.to_string()).await?;
    Ok(Use { placed, proposed: reading.proposed(scope).await?, months })
}

/// Changes the seats of one group, or adds a period to it, and so confirms them; the same again on the same day changes nothing; whether they are new. `new.from` empty stands for the period that counts today,
/// `version` is what it is now, 0 for nothing yet.
pub async fn put(store: &Store, asked: &Asked, scope: &Scope, mut new: Seats, version: i64) -> Result<(Seats, bool), Refused<Seats>> {
    let today = store.clock().today().to_string();
    let mut change = store.change().await?;
    let school = change.register_row(Kind::School, scope, &new.school).await?.ok_or(Refused::Unknown)?;
    let rows = change.seat_group(scope, &new.school, &new.id).await?;
    let named = rows.iter().find(|row| row.from == new.from);
    // A new period has a day of its own; a change without that day may move the first day of the period that counts.
    let target = if version == 0 && !new.from.is_empty() { named } else { named.or_else(|| usual(&rows, &today)) };
    match target {
        None if version != 0 => return Err(Refused::Unknown),
        Some(row) if row.version != version => return Err(Refused::stale(row.clone())),
        _ => {}
    }
    if new.from.is_empty() {
        new.from = target.map_or(today, |row| row.from.clone());
    }
    if new.until.as_ref().is_some_and(|until| *until < new.from) {
        return Err(Refused::wrong("grens", "/tot", "tot ligt voor van", "kies een latere dag"));
    }
    let wanted = new.period()?;
    for row in rows.iter().filter(|row| target.is_none_or(|it| it.from != row.from)) {
        if row.period()?.meets(wanted) {
            let until = row.until.as_deref().unwrap_or("later");
            let what =
                format!("Van {} tot en met {until} staat deze plek er al; laat de ene periode eindigen voor de andere begint.", row.from);
            return Err(Refused::Clash(Box::new(Clash { what, points: Vec::new(), now: Some(row.clone()), waves: Vec::new() })));
        }
    }
    new.confirmed = Some(change.clock().now());
    let day = |row: &Seats| row.confirmed.and_then(|at| store.clock().day(at));
    if let Some(row) = target
        && day(row).is_some()
        && day(row) == day(&new)
        && *row == (Seats { confirmed: row.confirmed, version, ..new.clone() })
    {
        // As they stand, and confirmed today: nothing is new.
        return Ok((row.clone(), false));
    }
    new.version = version + 1;
    if let Some(row) = target {
        change.drop_seats(row).await?;
    }
    change.put_seats(&new).await?;
    let board = school.board.unwrap_or_default();
    let was = target.map(Seats::logged);
    let deed = Deed::SeatsPut { board: &board, school: &new.school, seat: &new.id, was, row: new.logged() };
    change.log(&asked.caller, &new.school, &deed).await?;
    change.commit().await?;
    Ok((new, target.is_none()))
}

/// A board says that its seats from today on are as they stand; `seen` is the version that was seen. Said again on the same day, it changes
/// nothing.
pub async fn confirm(store: &Store, asked: &Asked, id: &str, seen: i64) -> Result<Confirmed, Refused<i64>> {
    let scope = board(store, asked, id).await.map_err(|refused| refused.with_now(|()| 0))?;
    if let Some(done) = store.read().deed(asked.key()).await? {
        return Ok(done);
    }
    let today = store.clock().today().to_string();
    let mut change = store.change().await?;
    let version = change.seats_version(&scope).await?;
    if seen != version {
        return Err(Refused::stale(version));
    }
    let last = change.last_confirmed(id).await?.filter(|it| it.version == version);
    if let Some(last) = last.filter(|it| store.clock().day(it.at).is_some_and(|day| day.to_string() == today)) {
        return Ok(last);
    }
    let rows = change.confirm_seats(id, &today).await?;
    if rows == 0 {
        return Ok(Confirmed { rows, at: change.clock().now(), version });
    }
    change.log(&asked.caller, id, &Deed::SeatsConfirmed { from: &today, count: rows, version }).await?;
    let confirmed = Confirmed { rows, at: change.clock().now(), version: change.seats_version(&scope).await? };
    change.note_deed(asked.key(), &confirmed).await?;
    change.commit().await?;
    Ok(confirmed)
}
