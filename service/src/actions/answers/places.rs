//! Personal links after publication, for whoever has no account: a candidate to the own placement, or to why there is none, and a coach to
//! the own people of one wave. They count until the last day. Unknown, expired, replaced and withdrawn are told alike.

use jiff::civil::Date;

use crate::access::Caller;
use crate::access::secret::{self, Secret};
use crate::actions::{Asked, Busy, Refused};
use crate::desk::asking::Party;
use crate::records::answer::PlaceLink;
use crate::records::deed::Answers;
use crate::records::dossier::Who;
use crate::records::placement::Placed;
use crate::records::register::{Kind, Standing};
use crate::records::wave::{Life, Wave};
use crate::store::clock::end_of_day;
use crate::store::{Change, Clock, Error, Session};
use loket_solver::matching::facts::words::Word;

/// Such a link begins so; one with which a question is answered begins otherwise.
pub const PREFIX: &str = "plaats-";
/// So many days a link counts of whoever waits without a placement.
const WITHOUT: i64 = 28;
const DAY: i64 = 24 * 60 * 60_000;
/// Most placements of one person that are looked at.
const MOST: i64 = 10_000;

/// What a link is for, as it stands now.
#[derive(Clone, Debug)]
pub struct Own {
    /// The wave.
    pub wave: Wave,
    /// A candidate or a coach.
    pub party: Party,
    /// Which one.
    pub who: String,
    /// The own published placements in the wave that are not over, the first one first; of a candidate who waits there may be none.
    pub placed: Vec<Placed>,
}

/// Whether somebody tells a link of this kind.
pub fn told_so(told: &str) -> bool {
    told.starts_with(PREFIX)
}

/// The published placements of a candidate or a coach in a wave that are not over.
async fn there(reading: &mut Session, wave: &Wave, (party, who): (Party, &str), today: Date) -> Result<Vec<Placed>, Error> {
    let kind = match party {
        Party::Candidate => Kind::Candidate,
        Party::Coach => Kind::Coach,
        Party::Board => return Ok(Vec::new()),
    };
    let mut all = reading.placements_of(&Who::new(kind, who), MOST).await?;
    all.retain(|it| it.wave == wave.id && it.period.until >= today);
    Ok(all)
}

/// Whether somebody is a candidate who waits for a place.
///
/// # Errors
/// When the store could not do it.
pub async fn waits(reading: &mut Session, party: Party, who: &str) -> Result<bool, Error> {
    if party != Party::Candidate {
        return Ok(false);
    }
    let service = Caller::machine("koppeling");
    let row = reading.register_row(Kind::Candidate, service.scope(), who).await?;
    Ok(row.is_some_and(|it| it.standing.is_none_or(|it| it == Standing::Wacht)))
}

/// Makes a link for a candidate or a coach, within a change; the one before is over.
///
/// # Errors
/// [`Refused::Unknown`] when the wave is not published, or there is nothing to show: no placement, and nobody who waits.
pub async fn link_in(change: &mut Change, asked: &Asked, wave: &str, party: Party, who: &str) -> Result<(Secret, PlaceLink), Refused> {
    let wave = change.wave(wave).await?.filter(|it| it.life >= Life::Vastgesteld).ok_or(Refused::Unknown)?;
    let (today, made) = (change.clock().today(), change.clock().now());
    let last = there(change, &wave, (party, who), today).await?.iter().map(|it| it.period.until).max();
    let until = match last.and_then(end_of_day) {
        Some(until) => until,
        None if waits(change, party, who).await? => made.saturating_add(WITHOUT * DAY),
        None => return Err(Refused::Unknown),
    };
    let secret = Secret::new(PREFIX, 32).map_err(|_| Busy::Said("Deze machine geeft geen toeval; er is niets gemaakt."))?;
    let link = PlaceLink { wave: wave.id.clone(), party, who: who.into(), made, until };
    change.put_place_link(&link, &secret.hash()).await?;
    change.log(&asked.caller, &wave.id, &Answers::PlaceLinkMade { party: party.code(), who, until }.into()).await?;
    Ok((secret, link))
}

/// What a link is for, while it counts: there is a placement that is not over, or the link is not old and its holder waits for one.
///
/// # Errors
/// When the store could not do it.
pub async fn found(reading: &mut Session, told: &str, clock: &Clock) -> Result<Option<Own>, Error> {
    let (now, today) = (clock.now(), clock.today());
    let Some(link) = reading.place_link(&secret::hash(told)).await?.filter(|it| it.until >= now) else { return Ok(None) };
    let PlaceLink { wave, party, who, made, .. } = link;
    let Some(wave) = reading.wave(&wave).await?.filter(|it| it.life >= Life::Vastgesteld) else { return Ok(None) };
    let placed = there(reading, &wave, (party, &who), today).await?;
    if placed.is_empty() && (made.saturating_add(WITHOUT * DAY) < now || !waits(reading, party, &who).await?) {
        return Ok(None);
    }
    Ok(Some(Own { wave, party, who, placed }))
}
