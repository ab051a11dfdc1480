//! The retention job: what is kept goes when its term is over, once a day, by one process, and every round is a deed with counts.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::decisions::listed;
use super::{Asked, Busy, Refused, aside, persons};
use crate::access::Caller;
use crate::desk::dossier::candidates;
use crate::desk::retention::{Terms, Why, goes};
use crate::records::deed::Privacy;
use crate::records::dossier::Who;
use crate::records::privacy::{Kept, Round};
use crate::records::register::Kind;
use crate::records::setting;
use crate::store::retention::Over;
use crate::store::{Error, Session, Store};

/// The name of the duty, and who does it by the log.
pub const DUTY: &str = "bewaring";

/// Somebody whose name goes on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Going {
    /// Who.
    pub who: Who,
    /// The first day on which it is no longer kept.
    pub on: Date,
    /// Why then.
    pub why: Why,
}

/// What goes when.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The terms.
    pub terms: Terms,
    /// People, by day.
    pub people: Vec<Going>,
    /// How many people there are whose name is kept without a day: who waits, is in an open wave, or has no end that is known.
    pub without: usize,
    /// Days on which ended accounts lose their name.
    pub accounts: Vec<Date>,
    /// The last day on which a round was done.
    pub last: Option<String>,
}

/// Candidates who take part in a wave that is not published.
async fn in_open_waves(store: &Store) -> Result<BTreeSet<String>, Refused> {
    let (mut all, others) = store.read().candidates_in_open_waves().await?;
    for input in others {
        // Written down, so that it is not read again; where nothing can be written now, it is.
        let _ = listed::<()>(store, &input).await;
        let Some(bytes) = store.read().input(&input).await? else { continue };
        all.extend(aside(move || candidates(&bytes)).await??);
    }
    Ok(all)
}

/// The terms as they are set.
pub async fn terms(reading: &mut Session) -> Result<Terms, Error> {
    let weeks = |weeks: i64| u32::try_from(weeks).unwrap_or(0);
    Ok(Terms {
        placed: weeks(reading.setting(setting::KEPT_AFTER_PLACEMENT).await?),
        waited: weeks(reading.setting(setting::KEPT_AFTER_WAITING).await?),
        accounts: weeks(reading.setting(setting::KEPT_ACCOUNTS).await?),
        sessions: weeks(reading.setting(setting::KEPT_SIGN_INS).await?),
        messages: weeks(reading.setting(setting::KEPT_MESSAGES).await?),
        ..Terms::default()
    })
}

/// What goes when, by the terms as they are set.
pub async fn plan(store: &Store) -> Result<Plan, Refused> {
    let mut reading = store.read();
    let terms = terms(&mut reading).await?;
    let open = in_open_waves(store).await?;
    let (mut people, mut without) = (Vec::new(), 0);
    for kept in reading.kept_people().await? {
        let Kept { who, .. } = &kept;
        match goes(&kept, open.contains(&who.id), &terms) {
            Some((on, why)) => people.push(Going { who: who.clone(), on, why }),
            None => without += 1,
        }
    }
    people.sort_by(|one, other| (one.on, &one.who).cmp(&(other.on, &other.who)));
    let after = i64::from(terms.accounts) * 7 * 86_400_000;
    let accounts = reading.ended_accounts().await?.into_iter().filter_map(|at| store.clock().day(at + after)).collect();
    Ok(Plan { terms, people, without, accounts, last: reading.duty_done(DUTY).await? })
}

/// Does the round of today, when no process has done it yet. What went.
pub async fn daily(store: &Store) -> Result<Option<Round>, Refused> {
    let today = store.clock().today().to_string();
    if store.read().duty_done(DUTY).await?.is_some_and(|day| day >= today) {
        return Ok(None);
    }
    let mut change = store.change().await?;
    let taken = change.take_duty(DUTY, &today).await?;
    change.commit().await?;
    if !taken {
        return Ok(None);
    }
    match round(store).await {
        Ok(round) => Ok(Some(round)),
        Err(refused) => {
            // Somebody else, or this one later, does it after all.
            let mut change = store.change().await?;
            change.give_back_duty(DUTY).await?;
            change.commit().await?;
            Err(refused)
        }
    }
}

/// Takes away whatever has had its term by now; how many of each. Nothing is done twice: what is gone is not there any more.
pub async fn round(store: &Store) -> Result<Round, Refused> {
    let asked = Asked { caller: Caller::machine(DUTY), key: None };
    let today = store.clock().today();
    // Since when somebody stands where he stands is known from the first round on.
    let mut change = store.change().await?;
    change.note_standing(None).await?;
    change.commit().await?;
    let mut round = Round::default();
    let Plan { people, terms, .. } = plan(store).await?;
    for going in people.into_iter().filter(|it| it.on <= today) {
        let Some(row) = store.read().register_row(going.who.kind, asked.caller.scope(), &going.who.id).await? else { continue };
        match persons::erase(store, &asked, &going.who, row.version).await {
            Ok(true) if going.who.kind == Kind::Coach => round.coaches += 1,
            Ok(true) => round.candidates += 1,
            Ok(false) => {}
            Err(Refused::Busy(Busy::Store(error))) => return Err(error.into()),
            // Changed a moment ago, or computed with right now.
            Err(_) => round.later += 1,
        }
    }
    let mut change = store.change().await?;
    let now = change.clock().now();
    round.accounts = change.forget_accounts(Terms::before(now, terms.accounts)).await?;
    round.sessions = change.forget_over(Over::Sessions, Terms::before(now, terms.sessions)).await?;
    round.links = change.forget_over(Over::Links, Terms::before(now, terms.sessions)).await?;
    round.links += change.forget_over(Over::AnswerLinks, Terms::before(now, terms.sessions)).await?;
    round.links += change.forget_over(Over::PlaceLinks, Terms::before(now, terms.sessions)).await?;
    round.links += change.forget_over(Over::Rounds, Terms::before(now, terms.sessions)).await?;
    round.tokens = change.forget_over(Over::Tokens, Terms::before(now, terms.accounts)).await?;
    round.requests = change.forget_over(Over::Requests, Terms::before(now, terms.requests)).await?;
    round.messages = change.forget_over(Over::Messages, Terms::before(now, terms.messages)).await?;
    let weeks = jiff::Span::new().weeks(i64::from(terms.placed));
    round.rosters = change.forget_old_rosters(&today.saturating_sub(weeks).to_string()).await?;
    change.log(&asked.caller, DUTY, &Privacy::Retained(round).into()).await?;
    change.commit().await?;
    Ok(round)
}
