//! What accepting a proposal does beside the plan: published placements move, and the register follows.

use std::collections::BTreeMap;

use super::settling::Acceptance;
use crate::actions::notices::Moved;
use crate::actions::stages::follow;
use crate::actions::{Asked, Refused};
use crate::desk::room::{day_after, day_before};
use crate::records::batch::{Batch, Cause, CauseKind};
use crate::records::dossier::Who;
use crate::records::placement::Placement;
use crate::records::register::{Kind, Standing};
use crate::records::seats::Seats;
use crate::records::stage::StopReason;
use crate::store::{Change, Error};
use loket_solver::matching::facts::words::Word;

type Done = Result<(), Refused<Batch>>;

/// Most placements of one person that are looked at.
const MOST: i64 = 10_000;

/// What became of published placements.
#[derive(Clone, Debug, Default)]
pub(super) struct Followed {
    /// How many were ended.
    pub(super) ended: u64,
    /// How many were withdrawn before they began.
    pub(super) withdrawn: u64,
    /// Whom that touches, by wave.
    pub(super) moved: BTreeMap<String, Moved>,
}

/// Published placements follow an accepted rerun from the day it takes effect: the old ones end the day before, the new ones begin.
/// `from` is that day, or the wave's first one when that is later. What has begun is never taken away: it keeps at least its first day,
/// and what follows begins after it. What would only begin later is withdrawn, and kept apart.
pub(super) async fn move_placements(
    change: &mut Change,
    acceptance: &Acceptance,
    cause: &Cause,
    (from, until): (&str, &str),
    followed: &mut Followed,
) -> Done {
    let (last, today, reason) = (before(&cause.from)?, change.clock().today().to_string(), cause.kind.code());
    let moved = followed.moved.entry(acceptance.wave.clone()).or_default();
    for (candidate, place) in &acceptance.moves {
        moved.candidate(candidate);
        let own = change.placements_of(&Who::new(Kind::Candidate, candidate), MOST).await?;
        // What was over before the day that this takes effect stays as it was.
        for it in own.iter().filter(|it| it.wave == acceptance.wave && it.period.until.to_string() >= cause.from) {
            moved.place(&it.school, &it.coach);
        }
        if let Some(place) = place {
            moved.place(&place.school, &place.coach);
        }
        followed.withdrawn += change.withdraw_placements(&acceptance.wave, candidate, &cause.from, &today, reason).await?;
        followed.ended += change.end_placements(&acceptance.wave, candidate, &last, &today, reason).await?;
        let Some(place) = place else { continue };
        let free = match change.last_day(&acceptance.wave, candidate).await? {
            Some(last) => day_after(&last).ok_or_else(|| Error::Corrupt("de laatste dag van een plaatsing".into()))?,
            None => from.to_owned(),
        };
        let begins = from.max(&free);
        // Nothing is left of the wave's period.
        if begins > until {
            continue;
        }
        let new = Placement {
            wave: acceptance.wave.clone(),
            candidate: candidate.clone(),
            school: place.school.clone(),
            seat: place.seat.clone(),
            bouw: place.bouw.clone(),
            coach: place.coach.clone(),
            hours: place.hours,
            from: begins.into(),
            until: until.into(),
            ended: None,
        };
        change.add_placement(&new).await?;
    }
    Ok(())
}

/// Candidates of a published wave follow too: who has a place now no longer waits, and who lost it waits for the next wave, one round
/// longer, as publishing has it.
pub(super) async fn move_candidates(change: &mut Change, asked: &Asked, acceptance: &Acceptance, cause: &Cause) -> Done {
    let everything = asked.caller.scope();
    let late = Some(cause.id.as_str()).filter(|_| cause.kind == CauseKind::Nakomer);
    // Publishing counted a round for whoever had no place then; somebody who comes late was not there.
    let moved = acceptance.moves.iter().map(|(candidate, place)| match place {
        Some(_) if late == Some(candidate.as_str()) => (candidate.as_str(), [Standing::Wacht, Standing::Geplaatst], 0),
        Some(_) => (candidate.as_str(), [Standing::Wacht, Standing::Geplaatst], -1),
        None => (candidate.as_str(), [Standing::Geplaatst, Standing::Wacht], 1),
    });
    let waits = late.filter(|late| acceptance.moves.iter().all(|(candidate, _)| candidate != *late));
    for (candidate, [from, to], rounds) in moved.chain(waits.map(|late| (late, [Standing::Wacht; 2], 1))) {
        let Some(mut row) = change.register_row(Kind::Candidate, everything, candidate).await? else { continue };
        if row.standing != Some(from) {
            continue;
        }
        row.standing = Some(to);
        row.wait(rounds);
        row.version += 1;
        change.put_register_row(Kind::Candidate, &row, asked.caller.who()).await?;
    }
    Ok(())
}

/// The register follows what drops out: a coach ends, a candidate has stopped, seats are gone from that day on.
pub(super) async fn drop_from_register(change: &mut Change, asked: &Asked, cause: &Cause) -> Done {
    let (everything, today) = (asked.caller.scope(), change.clock().today().to_string());
    match cause.kind {
        CauseKind::Coach => {
            let Some(mut row) = change.register_row(Kind::Coach, everything, &cause.id).await? else { return Ok(()) };
            if row.until.as_ref().is_none_or(|until| *until >= cause.from) {
                // Whoever never began ends on the first day: a period has its days in order.
                row.until = Some(before(&cause.from)?.max(row.from.clone().unwrap_or_default()));
                row.version += 1;
                change.put_register_row(Kind::Coach, &row, asked.caller.who()).await?;
            }
        }
        CauseKind::School => seats_gone(change, asked, (&cause.id, &cause.from), &today).await?,
        CauseKind::Plek => {
            let (seat, gone) = (cause.seat.as_deref().unwrap_or_default(), cause.count.unwrap_or(1));
            for seats in change.seat_group(everything, &cause.id, seat).await? {
                // Fewer in the periods that begin on that day or later; a period that has begun is divided there.
                let fewer = Seats { count: (seats.count - gone).max(0), version: seats.version + 1, ..seats.clone() };
                let from = gone_from(&seats, &cause.from, &today)?;
                if seats.from >= from {
                    change.put_seats(&fewer).await?;
                } else if still_there(&seats, &from) {
                    change.put_seats(&Seats { from: from.clone(), ..fewer }).await?;
                    change.put_seats(&ended(seats, &from)?).await?;
                }
            }
        }
        CauseKind::Kandidaat => {
            if let Some(mut row) = change.register_row(Kind::Candidate, everything, &cause.id).await? {
                let was = row.standing.replace(Standing::Gestopt);
                row.version += 1;
                change.put_register_row(Kind::Candidate, &row, asked.caller.who()).await?;
                follow(change, asked, &cause.id, (was, Standing::Gestopt), (&cause.from, StopReason::Uitval)).await?;
            }
        }
        CauseKind::Nakomer | CauseKind::Ruil => {}
    }
    Ok(())
}

/// Seats of a school are gone from a day on.
async fn seats_gone(change: &mut Change, asked: &Asked, (school, day): (&str, &str), today: &str) -> Result<(), Error> {
    for seats in change.school_seats(asked.caller.scope(), school).await? {
        // What would only begin on that day or later never has seats; the rest ends the day before.
        let from = gone_from(&seats, day, today)?;
        if seats.from >= from {
            if seats.count > 0 {
                change.put_seats(&Seats { count: 0, version: seats.version + 1, ..seats }).await?;
            }
        } else if still_there(&seats, &from) {
            change.put_seats(&ended(seats, &from)?).await?;
        }
    }
    Ok(())
}

/// The same of a school that ends.
pub(in crate::actions) async fn school_gone(change: &mut Change, asked: &Asked, school: &str, day: &str) -> Result<(), Error> {
    let today = change.clock().today().to_string();
    seats_gone(change, asked, (school, day), &today).await
}

/// From which day on seats are gone: what has begun keeps its first day.
fn gone_from(seats: &Seats, day: &str, today: &str) -> Result<String, Error> {
    if seats.from.as_str() > today {
        return Ok(day.to_owned());
    }
    let second = day_after(&seats.from).ok_or_else(|| Error::Corrupt("de eerste dag van plekken".into()))?;
    Ok(second.max(day.to_owned()))
}

fn still_there(seats: &Seats, from: &str) -> bool {
    seats.until.as_deref().is_none_or(|until| until >= from)
}

/// The same seats until the day before.
fn ended(seats: Seats, from: &str) -> Result<Seats, Error> {
    Ok(Seats { until: Some(before(from)?), version: seats.version + 1, ..seats })
}

fn before(day: &str) -> Result<String, Error> {
    day_before(day).ok_or_else(|| Error::Corrupt("de dag van een uitval".into()))
}
