//! Personal links of people in a roster who have no account: each opens the own page and nothing else. Unknown, expired and withdrawn are told
//! alike.

use super::saying::{Said, put};
use super::{Shown, people, read};
use crate::access::Caller;
use crate::access::secret::{self, Secret};
use crate::actions::{Asked, Busy, Refused};
use crate::records::deed::Rostered;
use crate::records::invitation::{Pass, Way};
use crate::store::clock::end_of_day;
use crate::store::{Change, Error, Store};

/// What stands before the letters of such a link.
pub const MARK: &str = "afspraak-";
/// Letters of a link: 160 bits.
const LETTERS: usize = 32;

/// Makes a personal link for somebody of a roster, told once; the one before is over.
///
/// # Errors
/// When there is no such person, the roster is over, or there is no randomness.
pub async fn make(store: &Store, asked: &Asked, roster: &str, person: &str) -> Result<(Secret, Pass), Refused> {
    let mut change = store.change().await?;
    let made = link_in(&mut change, asked, roster, person).await?;
    change.commit().await?;
    Ok(made)
}

/// The same within a change, for whoever sends it.
///
/// # Errors
/// As [`make`].
pub async fn link_in(change: &mut Change, asked: &Asked, roster: &str, person: &str) -> Result<(Secret, Pass), Refused> {
    let known = change.roster(roster).await?.ok_or(Refused::Unknown)?;
    if !people(change, &known).await?.iter().any(|(id, _)| id == person) {
        return Err(Refused::Unknown);
    }
    let last = known.until.parse::<jiff::civil::Date>().map_err(|_| Error::Corrupt("roosters.tot".into()))?;
    let until = end_of_day(last).unwrap_or(i64::MAX);
    if until < change.clock().now() {
        return Err(Refused::not_now("Dit rooster is voorbij."));
    }
    let secret = Secret::new(MARK, LETTERS).map_err(|_| Busy::Said("Deze machine geeft geen toeval; er is niets gemaakt."))?;
    let pass = Pass { roster: roster.to_owned(), person: person.to_owned(), until };
    change.put_pass(&pass, &secret.hash()).await?;
    change.log(&asked.caller, roster, &Rostered::LinkMade { person, until }.into()).await?;
    Ok((secret, pass))
}

async fn found(store: &Store, told: &str) -> Result<Pass, Refused> {
    let now = store.clock().now();
    let pass = store.read().pass(&secret::hash(told)).await?;
    pass.filter(|it| it.until >= now).ok_or(Refused::Unknown)
}

/// What the holder of a link is asked.
///
/// # Errors
/// [`Refused::Unknown`] when the link does not count: one answer for every way in which it does not.
pub async fn shown(store: &Store, told: &str) -> Result<Shown, Refused> {
    let pass = found(store, told).await?;
    read(store, &mut store.snapshot().await?, &pass.roster, &pass.person).await
}

/// Says it by a link, on the version that was seen.
///
/// # Errors
/// As [`shown`], and as whoever has an account.
pub async fn say(store: &Store, told: &str, version: i64, said: &Said) -> Result<Shown, Refused<Shown>> {
    let pass = match found(store, told).await {
        Ok(pass) => pass,
        Err(refused) => return Err(super::saying::unseen(refused)),
    };
    let asked = Asked { caller: Caller::link(), key: None };
    put(store, &asked, (&pass.roster, &pass.person), version, said, Way::Koppeling).await
}
