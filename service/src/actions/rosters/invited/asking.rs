//! Asking people of a roster: a message with their own page in it. Who said nothing yet is reminded; and who has another meeting after a
//! publication is told.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{Span, civil::Date};
use loket_instances::scheduling::outcome::OutcomeFile;
use serde::{Deserialize, Serialize};

use super::{Listed, people};
use crate::actions::{Asked, Refused, problem};
use crate::desk::roster::meetings::{everybody, meets_otherwise};
use crate::records::address::path;
use crate::records::deed::Rostered;
use crate::records::invitation::{Invitation, Question};
use crate::records::mail::{MailKind, Message, Recipient};
use crate::records::roster::Roster;
use crate::records::setting;
use crate::store::{Change, Error, Store, ids};

/// Nobody is asked for an answer within more days than this.
const LONGEST: i64 = 400;

/// Whom to ask, and by when.
#[derive(Clone, Debug, Default)]
pub struct Wish {
    /// These people; everybody who did not say anything yet when it is empty.
    pub people: Vec<String>,
    /// The last day to answer, yyyy-mm-dd.
    pub by: Option<String>,
}

/// What came of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sent {
    /// Whom was asked for the first time.
    pub asked: usize,
    /// Who was reminded.
    pub reminded: usize,
    /// Who is in no register and has no account, by id: they get a link by hand.
    pub unreached: Vec<String>,
    /// The last day to answer.
    pub by: String,
}

/// Asks.
///
/// # Errors
/// When somebody who is named is not in the roster, or the day is past.
pub async fn ask(store: &Store, asked: &Asked, id: &str, wish: &Wish) -> Result<Sent, Refused> {
    let today = store.clock().today();
    let mut reading = store.snapshot().await?;
    // Asked again after its answer was lost: nobody gets a second message.
    if let Some(done) = reading.deed(asked.key()).await? {
        return Ok(done);
    }
    let roster = reading.roster(id).await?.ok_or(Refused::Unknown)?;
    if roster.until < today.to_string() {
        return Err(Refused::not_now("Dit rooster is voorbij; er is niemand meer te vragen."));
    }
    let everybody = people(&mut reading, &roster).await?;
    drop(reading);
    let wrong: Vec<_> = wish.people.iter().enumerate().filter(|(_, who)| !everybody.iter().any(|(id, _)| id == *who)).collect();
    if !wrong.is_empty() {
        let one = |(at, who): (usize, &String)| {
            let what = format!("{who} staat niet in dit rooster");
            problem("onbekende-verwijzing", &format!("/personen/{at}"), what, "noem iemand uit dit rooster")
        };
        return Err(wrong.into_iter().map(one).collect::<Vec<_>>().into());
    }
    let mut change = store.change().await?;
    let by = day(&mut change, wish.by.as_deref(), today).await?;
    let mut sent = Sent { by: by.clone(), ..Sent::default() };
    let (this, now) = (ids::new(), change.clock().now());
    let names: Vec<&str> = everybody.iter().map(|(id, _)| id.as_str()).collect();
    let reached = change.reached(&names).await?;
    let mut known: BTreeMap<String, Invitation> =
        change.roster_invitations(id).await?.into_iter().map(|it| (it.person.clone(), it)).collect();
    let mut told = Vec::new();
    for (person, _) in everybody {
        let new = || Invitation { roster: id.to_owned(), person: person.clone(), ..Invitation::default() };
        let mut it = known.remove(&person).unwrap_or_else(new);
        let meant = wish.people.contains(&person) || wish.people.is_empty() && it.told.is_none();
        if !meant {
            continue;
        }
        let again = it.asked.is_some() && it.told.is_none();
        if again {
            (it.reminders, it.reminded) = (it.reminders + 1, Some(now));
        }
        it.asked = Some(Question { by: by.clone(), at: now, who: asked.caller.who().into() });
        it.version += 1;
        change.put_roster_invitation(&it).await?;
        let kind = if again { MailKind::Herinnering } else { MailKind::Vraag };
        match reached.get(&person) {
            Some(it) => post(&mut change, (id, &person), &this, kind, &it.to).await?,
            None => sent.unreached.push(person.clone()),
        }
        sent.asked += usize::from(!again);
        sent.reminded += usize::from(again);
        told.push(person);
    }
    if !told.is_empty() {
        change.log(&asked.caller, id, &Rostered::Invited { people: &told, by: &by }.into()).await?;
    }
    change.note_deed(asked.key(), &sent).await?;
    change.commit().await?;
    Ok(sent)
}

/// The last day to answer.
async fn day(change: &mut Change, by: Option<&str>, today: Date) -> Result<String, Refused> {
    let Some(by) = by else {
        let days = change.setting(setting::REPLY_DAYS).await?;
        return Ok(today.saturating_add(Span::new().days(days)).to_string());
    };
    let last = today.saturating_add(Span::new().days(LONGEST));
    if *by < *today.to_string() || *by > *last.to_string() {
        let remedy = format!("kies een dag van {today} tot en met {last}");
        return Err(Refused::wrong("grens", "/voor", format!("{by} is voorbij, of te ver weg"), remedy));
    }
    Ok(by.to_owned())
}

async fn post(change: &mut Change, (roster, person): (&str, &str), deed: &str, kind: MailKind, to: &Recipient) -> Result<(), Error> {
    let message = Message { kind, to: to.clone(), about: path(&["roosters", roster, "uitnodigingen", person]) };
    change.post(&format!("{deed} {person}"), &message).await.map(|_| ())
}

/// Tells everybody who meets otherwise in the plan of a run that is published now.
///
/// # Errors
/// When the store could not do it.
pub async fn tell(change: &mut Change, of: &Roster, run: &str, (before, after): (Option<&OutcomeFile>, &OutcomeFile)) -> Result<(), Error> {
    let all: BTreeSet<&str> = before.into_iter().chain([after]).flat_map(|plan| plan.blocks.iter().flat_map(everybody)).collect();
    let otherwise: Vec<&str> = all.into_iter().filter(|person| meets_otherwise(of.kind, before, after, person)).collect();
    for (person, it) in change.reached(&otherwise).await? {
        post(change, (&of.id, &person), run, MailKind::Agenda, &it.to).await?;
    }
    Ok(())
}

/// Who was asked and said nothing yet.
pub fn waiting(all: &[Listed]) -> usize {
    all.iter().filter(|it| it.invitation.asked.is_some() && it.invitation.told.is_none()).count()
}
