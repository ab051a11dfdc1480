//! Personal links: one question each, for whoever has no account. Unknown, expired, used up and withdrawn are told alike.

use super::giving::{At, put};
use super::{Case, Whose, cases_in, grounded, places};
use crate::access::Caller;
use crate::access::secret::{self, Secret};
use crate::actions::{Asked, Busy, Refused};
use crate::desk::asking::{Given, Party};
use crate::records::answer::{Answer, Personal};
use crate::records::deed::Answers;
use crate::records::wave::{Life, Wave};
use crate::store::clock::end_of_day;
use crate::store::{Change, Error, Session, Store};
use loket_solver::matching::facts::words::Word;

/// So many days after the last day to answer a link without an answer still counts.
const GRACE: i64 = 7;

/// What a link shows: a wave's period, the placement and the own answer.
#[derive(Clone, Debug)]
pub struct Shown {
    /// The wave: its name and period.
    pub wave: Wave,
    /// The placement.
    pub case: Case,
    /// The own answer.
    pub answer: Answer,
    /// Names that whoever has the link may see, by what they are of.
    pub names: Named,
}

/// Names that a link shows.
#[derive(Clone, Debug, Default)]
pub struct Named {
    /// Of the school.
    pub school: Option<String>,
    /// Of its board.
    pub board: Option<String>,
    /// Of the coach.
    pub coach: Option<String>,
    /// Of the candidate, where that may be told.
    pub candidate: Option<String>,
}

/// Makes a personal link for whoever was asked, told once; the one before is over. After publication, where no question is open, it is one
/// to what was published. Boards answer in their account.
///
/// # Errors
/// When nothing is asked of this party, or there is no randomness.
pub async fn make(store: &Store, asked: &Asked, wave: &str, candidate: &str, party: Party) -> Result<(Secret, Personal), Refused> {
    if party == Party::Board {
        return Err(Refused::not_now("Een bestuur antwoordt in het eigen account; er is geen koppeling voor."));
    }
    let (mut change, wave, run) = grounded(store, wave, || ()).await?;
    if wave.life == Life::Vastgesteld {
        let placing = change.placing(&run, candidate).await?.ok_or(Refused::Unknown)?;
        let answer = change.answer(&wave.id, candidate, party).await?;
        if answer.is_none_or(|it| it.said.is_some() || !it.is_about(&placing.place)) {
            let who = if party == Party::Coach { placing.place.coach.as_str() } else { candidate };
            let (secret, made) = places::link_in(&mut change, asked, &wave.id, party, who).await?;
            change.commit().await?;
            let link = Personal { wave: made.wave, candidate: candidate.into(), party, round: 0, until: made.until };
            return Ok((secret, link));
        }
    }
    let (secret, link) = link_in(&mut change, asked, (&wave, &run), candidate, party).await?;
    change.commit().await?;
    Ok((secret, link))
}

/// The same within a change, for whoever sends it.
///
/// # Errors
/// As [`make`].
pub async fn link_in(
    change: &mut Change,
    asked: &Asked,
    (wave, run): (&Wave, &str),
    candidate: &str,
    party: Party,
) -> Result<(Secret, Personal), Refused> {
    let placing = change.placing(run, candidate).await?.ok_or(Refused::Unknown)?;
    let answer = change.answer(&wave.id, candidate, party).await?.filter(|it| it.is_about(&placing.place));
    let answer = answer.ok_or_else(|| Refused::not_now("Hierover is aan deze partij nog niets gevraagd."))?;
    let secret = Secret::new("antwoord-", 32).map_err(|_| Busy::Said("Deze machine geeft geen toeval; er is niets gemaakt."))?;
    let day = answer.by.parse::<jiff::civil::Date>().map_err(|_| Error::Corrupt("antwoorden.voor".into()))?;
    let until = end_of_day(day.saturating_add(jiff::Span::new().days(GRACE))).unwrap_or(i64::MAX);
    let link = Personal { wave: wave.id.clone(), candidate: candidate.into(), party, round: answer.round, until };
    change.put_personal_link(&link, &secret.hash()).await?;
    let deed = Answers::LinkMade { candidate, party: party.code(), until };
    change.log(&asked.caller, &wave.id, &deed.into()).await?;
    Ok((secret, link))
}

/// Withdraws a personal link: to a question, and to what was published.
///
/// # Errors
/// When there is none.
pub async fn withdraw(store: &Store, wave: &str, candidate: &str, party: Party) -> Result<(), Refused> {
    let mut change = store.change().await?;
    let run = change.wave(wave).await?.and_then(|it| it.current);
    let coach = match (party, run) {
        (Party::Coach, Some(run)) => change.placing(&run, candidate).await?.map(|it| it.place.coach),
        _ => None,
    };
    let asked = change.drop_personal_link(wave, candidate, party).await?;
    let published = change.drop_place_link(wave, party, coach.as_deref().unwrap_or(candidate)).await?;
    if !asked && !published {
        return Err(Refused::Unknown);
    }
    Ok(change.commit().await?)
}

/// What a link is for, while it counts: it is of the last round, about the placement as it stands, in time, and not used up. It is used up
/// once there is an answer and the last day to answer is over, or the wave is published.
async fn found(reading: &mut Session, told: &str, now: i64, today: &str) -> Result<Option<(Personal, Wave, String)>, Error> {
    let Some(link) = reading.personal_link(&secret::hash(told)).await?.filter(|it| it.until >= now) else { return Ok(None) };
    let Some(wave) = reading.wave(&link.wave).await?.filter(super::open) else { return Ok(None) };
    let Some(run) = wave.current.clone() else { return Ok(None) };
    let Some(placing) = reading.placing(&run, &link.candidate).await? else { return Ok(None) };
    let answer = reading.answer(&wave.id, &link.candidate, link.party).await?;
    let Some(answer) = answer.filter(|it| it.round == link.round && it.is_about(&placing.place)) else { return Ok(None) };
    let used = answer.said.is_some() && (answer.by.as_str() < today || wave.life == Life::Vastgesteld);
    Ok((!used).then_some((link, wave, run)))
}

/// The placement that a link is about, and what is asked.
///
/// # Errors
/// When the link does not count: one answer for every way in which it does not.
pub async fn shown(store: &Store, told: &str) -> Result<Shown, Refused> {
    let today = store.clock().today();
    let wave = match store.read().personal_link(&secret::hash(told)).await? {
        Some(link) => link.wave,
        None => return Err(Refused::Unknown),
    };
    super::ground(store, &wave).await.map_err(alike)?;
    let mut reading = store.snapshot().await?;
    let found = found(&mut reading, told, store.clock().now(), &today.to_string()).await?;
    let (link, wave, run) = found.ok_or(Refused::Unknown)?;
    let cases = cases_in(&mut reading, &wave, &run, today).await?;
    let case = cases.into_iter().find(|it| it.placing.candidate == link.candidate).ok_or(Refused::Unknown)?;
    let answer = case.answer(link.party).cloned().ok_or(Refused::Unknown)?;
    let names = super::naming::names(&mut reading, link.party, &case).await?;
    Ok(Shown { wave, case, answer, names })
}

/// Whatever is the matter with a link, it is told alike; what the store could not do is another thing.
fn alike<N>(refused: Refused<N>) -> Refused<N> {
    match refused {
        Refused::NotNow(_) | Refused::Forbidden => Refused::Unknown,
        other => other,
    }
}

/// Answers by a link, on the version that was shown.
///
/// # Errors
/// When the link does not count, somebody noted an answer meanwhile, or what was said is no answer.
pub async fn answer(store: &Store, told: &str, version: i64, given: Given) -> Result<Answer, Refused<Option<Answer>>> {
    let known = store.read().personal_link(&secret::hash(told)).await?.ok_or(Refused::Unknown)?;
    let (mut change, _, _) = grounded(store, &known.wave, || None).await.map_err(alike)?;
    let (now, today) = (change.clock().now(), change.clock().today().to_string());
    let (link, wave, run) = found(&mut change, told, now, &today).await?.ok_or(Refused::Unknown)?;
    let asked = Asked { caller: Caller::link(), key: None };
    let at = At { wave: &wave.id, candidate: &link.candidate, party: link.party, version };
    put(change, &asked, (&wave, &run), at, given, Some(Whose::Link)).await
}
