//! Boards, schools, coaches and candidates end: from a day, for a reason, and what stands with them is asked about first.

use super::dropouts::school_gone;
use super::stages::{Entered, doubt, enter};
use super::{Asked, Refused};
use crate::desk::days::{Doubts, of_event};
use crate::desk::room::day_before;
use crate::records::deed::RegisterDeed;
use crate::records::history::EndReason;
use crate::records::register::{Kind, Row};
use crate::records::stage::{Stage, StopReason};
use crate::store::{Change, Error, Store};
use loket_solver::matching::facts::words::Word;

/// How something ends.
#[derive(Clone, Debug)]
pub struct Ending<R> {
    /// The first day on which it is not there.
    pub from: String,
    /// Why.
    pub reason: R,
    /// Whether what is unlikely was confirmed.
    pub confirmed: bool,
}

/// Ends a board with its schools, a school with its seats, or a coach. Ended already in the same way, nothing changes.
pub async fn end(
    store: &Store,
    asked: &Asked,
    kind: Kind,
    (id, version): (&str, i64),
    ending: Ending<EndReason>,
) -> Result<Row, Refused<Row>> {
    let mut change = store.change().await?;
    let scope = asked.caller.scope();
    let row = change.register_row(kind, scope, id).await?.ok_or(Refused::Unknown)?;
    if change.deed::<()>(asked.key()).await?.is_some() {
        return Ok(row);
    }
    if row.version != version {
        return Err(Refused::stale(row));
    }
    let Ending { from, reason, confirmed } = ending;
    let mut doubts = Doubts::default();
    doubts.day("/vanaf", &from, change.clock().today(), of_event());
    doubt(&mut doubts, "/vanaf", kind, id, &change.standing_with(kind, id, &from).await?);
    Refused::doubted(doubts, confirmed)?;
    let row = ended(&mut change, asked, kind, row, (&from, reason)).await?;
    if kind == Kind::Board {
        for school in change.register_rows(Kind::School, scope).await? {
            let there = school.until.as_ref().is_none_or(|until| *until >= from);
            if school.board.as_deref() == Some(id) && there {
                ended(&mut change, asked, Kind::School, school, (&from, reason)).await?;
            }
        }
    }
    change.note_deed(asked.key(), &()).await?;
    change.commit().await?;
    Ok(row)
}

/// One row that ends, with its line in the log; the seats of a school are gone from that day on.
pub(super) async fn ended(
    change: &mut Change,
    asked: &Asked,
    kind: Kind,
    was: Row,
    (from, reason): (&str, EndReason),
) -> Result<Row, Refused<Row>> {
    let last = day_before(from).ok_or_else(|| Error::Corrupt("de dag van een einde".into()))?;
    // Whoever never began ends on the first day: a period has its days in order.
    let last = last.max(was.from.clone().unwrap_or_default());
    let mut row = Row { until: Some(last), ended: Some(reason.code().into()), ..was.clone() };
    if row == was {
        return Ok(row);
    }
    row.version += 1;
    change.put_register_row(kind, &row, asked.caller.who()).await?;
    if kind == Kind::School {
        school_gone(change, asked, &row.id, from).await?;
    }
    let deed = RegisterDeed::Ended { kind, id: &row.id, from, reason };
    change.log(&asked.caller, &row.id, &deed.into()).await?;
    Ok(row)
}

/// Ends a candidate: the stage is `gestopt` from that day on.
pub async fn stop(store: &Store, asked: &Asked, (id, version): (&str, i64), ending: Ending<StopReason>) -> Result<Row, Refused<Row>> {
    let mut reading = store.read();
    if reading.deed::<()>(asked.key()).await?.is_some() {
        return reading.register_row(Kind::Candidate, asked.caller.scope(), id).await?.ok_or(Refused::Unknown);
    }
    let Ending { from, reason, confirmed } = ending;
    let new = Entered { stage: Stage::Gestopt, from, reason: Some(reason), confirmed, at: ("/vanaf", "/vanaf") };
    let done = enter(store, asked, (id, version), new).await;
    done.map(|it| it.row).map_err(|refused| refused.with_now(|it| it.row))
}
