//! Messages: sent in turn by whoever sends, and seen to by hand where nobody does.

use std::time::Duration;

use loket_solver::matching::facts::words::Word;

use super::answers::{links, places};
use super::rosters::invited::links as passes;
use super::{Asked, Busy, Refused};
use crate::access::secret::Secret;
use crate::access::{Caller, Role};
use crate::desk::asking::Party;
use crate::records::account::{Link, LinkKind};
use crate::records::address::{parts, path};
use crate::records::deed::{Access, Mailing};
use crate::records::mail::{Mail, MailKind, MailState, Message, Recipient, RecipientKind};
use crate::store::outbox::Wanted;
use crate::store::{Change, Result, Session, Store};

/// How long a sender has a message before another may take it; it says now and then that it still has it.
pub const HELD: Duration = Duration::from_secs(120);
/// First wait before a message is tried again; each next one is four times as long.
const FIRST: i64 = 60_000;
/// Longest wait.
const LONGEST: i64 = 6 * 60 * 60_000;
/// Tries after which a message that a server puts off has failed: about two days.
const MOST_TRIES: i64 = 12;
/// Letters of a link: 160 bits.
const LETTERS: usize = 32;
const HOUR: i64 = 60 * 60_000;

/// Nobody knows where it goes.
const NO_ADDRESS: &str = "geen-adres";

/// What a sender gets: a message, where it goes, and a link when it needs one.
#[derive(Clone, Debug)]
pub struct Letter {
    /// The message.
    pub mail: Mail,
    /// Where it goes.
    pub address: String,
    /// A link that its reader comes in with.
    pub link: Option<Secret>,
    /// Whether its reader can sign in.
    pub signs_in: bool,
}

/// What came of a try.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tried {
    /// The server has it.
    Taken,
    /// The server will never take it; a code.
    Refused(String),
    /// Not now, or nobody knows; a code.
    Later(String),
    /// There was no server to say anything: that was no try of this message.
    NoServer(&'static str),
}

/// The message whose turn it is. `link` gives the link that was made for it before: a letter that is sent again holds the same one.
/// A message that goes nowhere becomes a draft, one to a board is shared among its accounts, and the next one is taken.
pub async fn take(store: &Store, sender: &str, link: impl Fn(&str) -> Option<Secret>) -> Result<Option<Letter>, Refused> {
    loop {
        let mut change = store.change().await?;
        let until = change.clock().now() + i64::try_from(HELD.as_millis()).unwrap_or(i64::MAX);
        let Some(mut mail) = change.claim_mail(sender, until).await? else { return Ok(None) };
        if change.share_mail(&mail).await? > 0 {
            (mail.state, mail.reason, mail.ended) = (MailState::Afgehandeld, Some("verdeeld".into()), Some(change.clock().now()));
            change.tried_mail(&mail, sender).await?;
            change.commit().await?;
            continue;
        }
        let Some(address) = change.mail_address(&mail.message.to).await? else {
            (mail.state, mail.reason) = (MailState::Concept, Some(NO_ADDRESS.into()));
            change.tried_mail(&mail, sender).await?;
            change.commit().await?;
            continue;
        };
        let machine = Asked { caller: Caller::machine("post"), key: None };
        let link = match link(&mail.id) {
            Some(known) => Ok(Some(known)),
            None => make_link(&mut change, &machine, &mail).await,
        };
        let link = match link {
            // Nothing is asked any more, or the account ended: what the message would say is not so.
            Err(Refused::Unknown | Refused::NotNow(_)) => {
                (mail.state, mail.reason, mail.ended) = (MailState::Mislukt, Some("vervallen".into()), Some(change.clock().now()));
                change.tried_mail(&mail, sender).await?;
                change.commit().await?;
                continue;
            }
            link => link?,
        };
        let signs_in = signs_in(&mut change, &mail.message.to).await?;
        change.commit().await?;
        return Ok(Some(Letter { mail, address, link, signs_in }));
    }
}

/// Says that a sender still has a message; `false` when it has not.
pub async fn hold(store: &Store, id: &str, sender: &str) -> Result<bool> {
    let mut change = store.change().await?;
    let until = change.clock().now() + i64::try_from(HELD.as_millis()).unwrap_or(i64::MAX);
    let held = change.hold_mail(id, sender, until).await?;
    change.commit().await?;
    Ok(held)
}

/// Keeps what came of a try; `false` when the message was no longer this sender's.
pub async fn tried(store: &Store, mut mail: Mail, sender: &str, tried: &Tried) -> Result<bool> {
    let mut change = store.change().await?;
    let now = change.clock().now();
    match tried {
        Tried::Taken => (mail.state, mail.reason, mail.sent) = (MailState::Verstuurd, None, Some(now)),
        Tried::Refused(code) => (mail.state, mail.reason, mail.ended) = (MailState::Mislukt, Some(code.clone()), Some(now)),
        Tried::Later(code) if mail.tries >= MOST_TRIES => {
            (mail.state, mail.reason, mail.ended) = (MailState::Mislukt, Some(code.clone()), Some(now));
        }
        Tried::Later(code) => (mail.reason, mail.next) = (Some(code.clone()), now + wait(mail.tries)),
        Tried::NoServer(code) => (mail.reason, mail.tries) = (Some((*code).to_owned()), mail.tries - 1),
    }
    let kept = change.tried_mail(&mail, sender).await?;
    change.commit().await?;
    Ok(kept)
}

/// How long to wait after so many tries, milliseconds.
fn wait(tries: i64) -> i64 {
    let times = u32::try_from(tries.clamp(1, 20) - 1).unwrap_or_default();
    4_i64.saturating_pow(times).saturating_mul(FIRST).min(LONGEST)
}

/// Nobody sends from here.
pub const NO_SERVER: &str = "geen-mailserver";
/// It waited in a copy that was put back: it may have been sent since.
pub const PUT_BACK: &str = "teruggezet";

/// Makes drafts of what waits, for a reason.
pub async fn drafts(store: &Store, reason: &str) -> Result<u64> {
    let waiting = Wanted { state: Some(MailState::Wachtend), ..Wanted::default() };
    if store.read().mails(&waiting, 0, 1).await?.1 == 0 {
        return Ok(0);
    }
    let mut change = store.change().await?;
    let made = change.draft_mails(reason).await?;
    change.commit().await?;
    Ok(made)
}

/// What a message about an account is about when it holds a link.
pub fn with_link(account: &str) -> Message {
    Message { kind: MailKind::Account, to: Recipient::account(account), about: path(&["accounts", account, "koppeling"]) }
}

/// Whether a recipient has an account: a candidate never has.
pub(super) async fn signs_in(change: &mut Change, to: &Recipient) -> Result<bool> {
    match to.kind {
        RecipientKind::Kandidaat => Ok(false),
        RecipientKind::Coach => change.coach_signs_in(&to.id).await,
        RecipientKind::Account | RecipientKind::Bestuur => Ok(true),
    }
}

/// A link for a message that needs one, kept as its hash: one that begins an account, or with which somebody without an account answers, or
/// sees what was published.
pub(super) async fn make_link(change: &mut Change, asked: &Asked, mail: &Mail) -> Result<Option<Secret>, Refused> {
    let to = &mail.message.to;
    let parts = parts(&mail.message.about).unwrap_or_default();
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    match (to.kind, parts.as_slice()) {
        (RecipientKind::Account, ["accounts", account, "koppeling"]) if *account == to.id => account_link(change, asked, account).await,
        (RecipientKind::Kandidaat | RecipientKind::Coach, ["lichtingen", wave, "antwoorden", candidate, party]) => {
            // A coach with an account answers there.
            if to.kind == RecipientKind::Coach && change.coach_signs_in(&to.id).await? {
                return Ok(None);
            }
            let wave = change.wave(wave).await?.ok_or(Refused::Unknown)?;
            let run = wave.current.clone().ok_or(Refused::Unknown)?;
            let party = Party::parse(party).ok_or(Refused::Unknown)?;
            let (secret, _) = links::link_in(change, asked, (&wave, &run), candidate, party).await?;
            Ok(Some(secret))
        }
        (RecipientKind::Kandidaat | RecipientKind::Coach, ["lichtingen", wave, "plaatsingen"]) => {
            if to.kind == RecipientKind::Coach && change.coach_signs_in(&to.id).await? {
                return Ok(None);
            }
            let party = if to.kind == RecipientKind::Coach { Party::Coach } else { Party::Candidate };
            match places::link_in(change, asked, wave, party, &to.id).await {
                Ok((secret, _)) => Ok(Some(secret)),
                // Whose placement is over has nothing to look at, and is told that it changed all the same.
                Err(Refused::Unknown) if mail.message.kind == MailKind::Gewijzigd => Ok(None),
                Err(refused) => Err(refused),
            }
        }
        (RecipientKind::Kandidaat | RecipientKind::Coach, ["roosters", roster, "uitnodigingen", person]) => {
            if to.kind == RecipientKind::Coach && change.coach_signs_in(&to.id).await? {
                return Ok(None);
            }
            Ok(Some(passes::link_in(change, asked, roster, person).await?.0))
        }
        _ => Ok(None),
    }
}

/// A link for an account. Those that were made for it before still count until one is used or their time is over: a letter that was sent
/// twice holds one that works.
async fn account_link(change: &mut Change, asked: &Asked, id: &str) -> Result<Option<Secret>, Refused> {
    let account = change.account(id).await?.filter(|it| it.ended.is_none()).ok_or(Refused::Unknown)?;
    let kind = if account.password.is_some() { LinkKind::Wachtwoord } else { LinkKind::Uitnodiging };
    let soon = kind == LinkKind::Wachtwoord || account.holds(Role::Beheerder);
    let until = change.clock().now() + if soon { HOUR } else { 14 * 24 * HOUR };
    let secret = Secret::new("", LETTERS).map_err(|_| Busy::Said("Deze machine geeft geen toeval; er is niets gemaakt."))?;
    let now = change.clock().now();
    change.add_link_beside(&Link { kind, account: account.id.clone(), until }, &secret.hash(), now).await?;
    change.log(&asked.caller, &account.id, &Access::LinkMade { kind: kind.code(), until }.into()).await?;
    Ok(Some(secret))
}

/// Which messages somebody sees: an administrator those about accounts, an intermediary the others.
pub fn seen_by(caller: &Caller, wanted: Wanted) -> Wanted {
    let accounts = match caller.role() {
        Role::Beheerder => Some(true),
        Role::Systeem => None,
        _ => Some(false),
    };
    Wanted { accounts, ..wanted }
}

pub(super) async fn seen(reading: &mut Session, asked: &Asked, id: &str) -> Result<Mail, Refused> {
    let accounts = seen_by(&asked.caller, Wanted::default()).accounts;
    let mail = reading.mail(id).await?.filter(|it| accounts.is_none_or(|only| only == (it.message.kind == MailKind::Account)));
    mail.ok_or(Refused::Unknown)
}

/// A message, for whoever may see it. Where nobody sends, what waits is a draft.
pub async fn read(store: &Store, asked: &Asked, id: &str, drafts: bool) -> Result<Mail, Refused> {
    let mut mail = seen(&mut store.read(), asked, id).await?;
    if drafts && mail.state == MailState::Wachtend {
        mail.state = MailState::Concept;
    }
    Ok(mail)
}

/// A message to be sent by hand, with where it goes and a link when it needs one; not while a sender may still send it, and not when it was
/// sent.
pub async fn by_hand(store: &Store, asked: &Asked, id: &str, drafts: bool) -> Result<Letter, Refused> {
    let mail = read(store, asked, id, drafts).await?;
    match mail.state {
        MailState::Concept | MailState::Mislukt => {}
        MailState::Wachtend => return Err(Refused::not_now("Dit bericht wordt door Loket verstuurd; het is geen concept.")),
        MailState::Verstuurd | MailState::Afgehandeld => return Err(Refused::not_now("Dit bericht is al verstuurd of afgehandeld.")),
    }
    let mut change = store.change().await?;
    let address = match change.mail_address(&mail.message.to).await? {
        None if mail.message.to.kind == RecipientKind::Bestuur => {
            return Err(Refused::not_now("Dit bestuur heeft nog geen account met een adres; maak er eerst een, of bel het bestuur."));
        }
        None => return Err(Refused::not_now("Van deze persoon is geen adres bekend; vul e_mail in het register in, of bel.")),
        Some(address) => address,
    };
    let link = make_link(&mut change, asked, &mail).await?;
    let signs_in = signs_in(&mut change, &mail.message.to).await?;
    if link.is_some() {
        change.commit().await?;
    }
    Ok(Letter { mail, address, link, signs_in })
}

/// Notes that somebody saw to a message by hand. Done twice, once is enough.
pub async fn handled(store: &Store, asked: &Asked, id: &str, drafts: bool) -> Result<Mail, Refused> {
    let mut change = store.change().await?;
    let mut mail = seen(&mut change, asked, id).await?;
    match mail.state {
        MailState::Afgehandeld => return Ok(mail),
        MailState::Verstuurd => return Err(Refused::not_now("De mailserver heeft dit bericht al aangenomen; er is niets meer te doen.")),
        MailState::Wachtend if !drafts => return Err(Refused::not_now("Dit bericht wordt door Loket verstuurd; het is geen concept.")),
        MailState::Wachtend | MailState::Concept | MailState::Mislukt => {}
    }
    (mail.state, mail.ended) = (MailState::Afgehandeld, Some(change.clock().now()));
    change.put_mail(&mail).await?;
    change.log(&asked.caller, id, &Mailing::Handled { kind: mail.message.kind.code() }.into()).await?;
    change.commit().await?;
    Ok(mail)
}

/// Notes that a message came back. Noted twice with the same reason, once is enough.
pub async fn bounced(store: &Store, asked: &Asked, id: &str, reason: &str) -> Result<Mail, Refused> {
    let mut change = store.change().await?;
    let mut mail = seen(&mut change, asked, id).await?;
    match mail.state {
        MailState::Mislukt if mail.reason.as_deref() == Some(reason) => return Ok(mail),
        MailState::Verstuurd | MailState::Afgehandeld | MailState::Mislukt => {}
        MailState::Wachtend | MailState::Concept => {
            return Err(Refused::not_now("Dit bericht is nog niet verstuurd; het kan niet terug zijn."));
        }
    }
    (mail.state, mail.reason, mail.ended) = (MailState::Mislukt, Some(reason.to_owned()), Some(change.clock().now()));
    change.put_mail(&mail).await?;
    change.log(&asked.caller, id, &Mailing::Bounced { reason }.into()).await?;
    change.commit().await?;
    Ok(mail)
}

/// Has a draft, or one that failed, sent after all: it is the same letter, to the address of now. Not where nobody sends.
pub async fn again(store: &Store, asked: &Asked, id: &str, drafts: bool) -> Result<Mail, Refused> {
    let mut change = store.change().await?;
    let mut mail = seen(&mut change, asked, id).await?;
    if drafts {
        return Err(Refused::not_now("Er is geen mailserver ingesteld; haal het bericht op als .eml en verstuur het zelf."));
    }
    match mail.state {
        MailState::Wachtend => return Ok(mail),
        MailState::Verstuurd | MailState::Afgehandeld => return Err(Refused::not_now("Dit bericht is al verstuurd of afgehandeld.")),
        MailState::Concept | MailState::Mislukt => {}
    }
    let was = mail.state.code();
    (mail.state, mail.reason, mail.tries, mail.ended) = (MailState::Wachtend, None, 0, None);
    mail.next = change.clock().now();
    change.put_mail(&mail).await?;
    change.log(&asked.caller, id, &Mailing::Again { was }.into()).await?;
    change.commit().await?;
    Ok(mail)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::trial::{Folder, store};

    #[test]
    fn waits_grow_to_six_hours() {
        assert_eq!([1, 2, 3, 4, 5, 6, 12].map(|it| wait(it) / 60_000), [1, 4, 16, 64, 256, 360, 360]);
    }

    #[tokio::test]
    async fn what_waited_in_a_copy_that_was_put_back_is_a_draft_and_what_was_sent_stays_so() {
        let folder = Folder::new("post-teruggezet");
        let store = store(&folder, "loket.sqlite").await;
        let mut change = store.change().await.unwrap();
        let message = |id: &str| Message { kind: MailKind::Vraag, to: Recipient::candidate(id), about: "/v1".into() };
        change.post("een", &message("Z1")).await.unwrap();
        change.post("een", &message("Z2")).await.unwrap();
        let first = change.claim_mail("a", i64::MAX).await.unwrap().unwrap();
        change.tried_mail(&Mail { state: MailState::Verstuurd, sent: Some(1), ..first.clone() }, "a").await.unwrap();
        change.commit().await.unwrap();
        assert_eq!((drafts(&store, PUT_BACK).await.unwrap(), drafts(&store, PUT_BACK).await.unwrap()), (1, 0));
        let mut told: Vec<_> =
            store.read().mails(&Wanted::default(), 0, 9).await.unwrap().0.into_iter().map(|it| (it.state, it.reason)).collect();
        told.sort();
        assert_eq!(told, [(MailState::Concept, Some(PUT_BACK.to_owned())), (MailState::Verstuurd, None)]);
    }
}
