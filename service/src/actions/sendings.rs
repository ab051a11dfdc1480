//! Messages worked through many at once: as letters together, and noted together as sent by hand.

use loket_solver::matching::facts::words::Word;

use super::outbox::{Letter, make_link, seen, seen_by, signs_in};
use super::{Asked, Refused};
use crate::records::deed::Mailing;
use crate::records::mail::{Listed, MailState};
use crate::store::Store;
use crate::store::outbox::Wanted;
use crate::store::sendings::Sought;

/// Most messages that are worked through at once.
pub const TOGETHER: i64 = 1_000;

/// Messages of a list that this caller sees: a page of them and how many there are.
///
/// # Errors
/// When the store could not do it.
pub async fn list(store: &Store, asked: &Asked, sought: &Sought, skip: i64, most: i64) -> Result<(Vec<Listed>, i64), Refused> {
    let sought = Sought { wanted: seen_by(&asked.caller, sought.wanted), ..sought.clone() };
    Ok(store.read().sendings(&sought, skip, most).await?)
}

/// The drafts of a list that can go out by hand: those with an address, so many of them, and how many there are.
///
/// # Errors
/// When the store could not do it.
pub async fn ready(store: &Store, asked: &Asked, sought: &Sought, most: i64) -> Result<(Vec<Listed>, i64), Refused> {
    let wanted = Wanted { state: Some(MailState::Concept), ..sought.wanted };
    list(store, asked, &Sought { wanted, reached: true, ..sought.clone() }, 0, most).await
}

/// [`TOGETHER`] of these drafts as letters, each with a link where it needs one; and those that say something that is not so any more.
///
/// # Errors
/// When the store could not do it.
pub async fn letters(store: &Store, asked: &Asked, sought: &Sought) -> Result<(Vec<Letter>, Vec<Listed>), Refused> {
    let (found, _) = ready(store, asked, sought, TOGETHER).await?;
    let (mut letters, mut lapsed) = (Vec::new(), Vec::new());
    let mut change = store.change().await?;
    for it in found {
        let Some(address) = it.address.clone() else { continue };
        match make_link(&mut change, asked, &it.mail).await {
            Ok(link) => {
                let signs_in = signs_in(&mut change, &it.mail.message.to).await?;
                letters.push(Letter { mail: it.mail, address, link, signs_in });
            }
            Err(Refused::Unknown | Refused::NotNow(_)) => lapsed.push(it),
            Err(refused) => return Err(refused),
        }
    }
    if letters.iter().any(|it| it.link.is_some()) {
        change.commit().await?;
    }
    Ok((letters, lapsed))
}

/// How many messages were noted as sent by hand, and how many were not: they changed meanwhile.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Handled {
    /// Noted.
    pub noted: i64,
    /// Left as they are.
    pub left: i64,
}

/// Notes that these drafts were sent by hand, each as one alone. What is no draft any more, or is not there, stays as it is.
///
/// # Errors
/// When there are too many at once, or the store could not do it.
pub async fn handled(store: &Store, asked: &Asked, ids: &[&str], drafts: bool) -> Result<Handled, Refused> {
    if i64::try_from(ids.len()).unwrap_or(i64::MAX) > TOGETHER {
        return Err(Refused::not_now(format!("Dit zijn er te veel; markeer er hooguit {TOGETHER} in één keer.")));
    }
    let mut done = Handled::default();
    let mut change = store.change().await?;
    for id in ids {
        let mut mail = match seen(&mut change, asked, id).await {
            Ok(mail) => mail,
            Err(Refused::Unknown) => {
                done.left += 1;
                continue;
            }
            Err(refused) => return Err(refused),
        };
        if !(mail.state == MailState::Concept || drafts && mail.state == MailState::Wachtend) {
            done.left += 1;
            continue;
        }
        (mail.state, mail.ended) = (MailState::Afgehandeld, Some(change.clock().now()));
        change.put_mail(&mail).await?;
        change.log(&asked.caller, id, &Mailing::Handled { kind: mail.message.kind.code() }.into()).await?;
        done.noted += 1;
    }
    change.commit().await?;
    Ok(done)
}
