//! What an administrator looks at: accounts, invitations, tokens, policies that wait, the log and messages; no candidate is among it.

use std::collections::BTreeMap;

use super::policies::between;
use super::signing::shut_until;
use super::{Refused, Turn};
use crate::access::Role;
use crate::desk::policy::Difference;
use crate::records::account::{Account, Invitation, SignIn, Signed, Token};
use crate::records::mail::MailState;
use crate::records::policy::{Named, Policy, PolicyState};
use crate::records::register::Kind;
use crate::records::wave::Wave;
use crate::store::entrance::Wanted as Over;
use crate::store::log::Checked;
use crate::store::outbox::Wanted;
use crate::store::{Session, Store};

/// Most rows of one thing that are looked at.
const MOST: i64 = 10_000;
/// Most waves that are told of a policy.
const WAVES: i64 = 30;
/// Most policies, and sign-ins of one account, that are told.
const TOLD: i64 = 200;

/// An account with when it was last used.
#[derive(Clone, Debug)]
pub struct Holder {
    /// The account.
    pub account: Account,
    /// When a session of it was last used, UTC milliseconds.
    pub seen: Option<i64>,
    /// The link with which it begins, while that was not used.
    pub invitation: Option<Invitation>,
    /// Whether it signs in through a provider.
    pub provided: bool,
    /// Until when it is shut after too many wrong tries (UTC, milliseconds).
    pub shut: Option<i64>,
}

/// The accounts of a list.
#[derive(Clone, Debug)]
pub struct Listed {
    /// By name.
    pub holders: Vec<Holder>,
    /// Names of boards and coaches that roles are for, by id.
    pub names: BTreeMap<String, String>,
    /// How many ended.
    pub ended: usize,
}

/// A policy with what it changes.
#[derive(Clone, Debug)]
pub struct Waiting {
    /// The policy.
    pub policy: Policy,
    /// What is in force now, where something is.
    pub against: Option<Named>,
    /// Where the two differ.
    pub differences: Vec<Difference>,
}

/// Everything on the first page.
#[derive(Clone, Debug)]
pub struct Overview {
    /// Accounts that have not ended, by name.
    pub holders: Vec<Holder>,
    /// Names of boards and coaches that roles are for, by id.
    pub names: BTreeMap<String, String>,
    /// Tokens that hold, those that end first.
    pub tokens: Vec<Token>,
    /// Policies, the newest first.
    pub policies: Vec<Policy>,
    /// Policies that wait for approval.
    pub waiting: Vec<Waiting>,
    /// How many lines the log has, and the hash of the last one.
    pub log: (i64, String),
    /// How many messages are drafts, and how many could not be sent.
    pub mails: (i64, i64),
    /// How many requests about own data are open, and how many of those are late.
    pub requests: (i64, i64),
}

/// Everything on the first page.
///
/// # Errors
/// When the store cannot.
pub async fn overview(store: &Store) -> Result<Overview, Refused> {
    let mut reading = store.snapshot().await?;
    let now = store.clock().now();
    let holders = holders(&mut reading, false, now).await?;
    let names = names(&mut reading, &holders).await?;
    let mut tokens = reading.tokens(None).await?;
    tokens.retain(|it| it.ended.is_none() && it.until > now);
    tokens.sort_by_key(|it| it.until);
    let policies = newest(reading.policies(None, 0, TOLD).await?.0);
    let log = (reading.log_length().await?, reading.log_head().await?);
    let count = |state| Wanted { state: Some(state), ..Wanted::default() };
    let mails = (reading.mails(&count(MailState::Concept), 0, 0).await?.1, reading.mails(&count(MailState::Mislukt), 0, 0).await?.1);
    let today = store.clock().today().to_string();
    let (open, all) = reading.privacy_requests(true, 0, MOST).await?;
    let late = open.iter().filter(|it| it.until < today).count();
    drop(reading);
    let mut waiting = Vec::new();
    for policy in policies.iter().filter(|it| it.state == PolicyState::Concept) {
        waiting.push(compared(store, policy.clone(), &policies).await?);
    }
    let requests = (all, i64::try_from(late).unwrap_or(i64::MAX));
    Ok(Overview { holders, names, tokens, policies, waiting, log, mails, requests })
}

/// Accounts as a list has them: those that ended, or those that have not.
///
/// # Errors
/// When the store cannot.
pub async fn accounts(store: &Store, ended: bool) -> Result<Listed, Refused> {
    let mut reading = store.snapshot().await?;
    let holders = holders(&mut reading, ended, store.clock().now()).await?;
    let names = names(&mut reading, &holders).await?;
    let ended = match ended {
        true => holders.len(),
        false => {
            usize::try_from(reading.accounts_wanted(&Over { ended: Some(true), ..Over::default() }, 0, 0).await?.1).unwrap_or_default()
        }
    };
    Ok(Listed { holders, names, ended })
}

/// The one that was drafted last first.
fn newest(mut policies: Vec<Policy>) -> Vec<Policy> {
    policies.sort_by_key(|it| std::cmp::Reverse(it.drafted.at));
    policies
}

/// Accounts by name: those that ended, or those that have not.
async fn holders(reading: &mut Session, ended: bool, now: i64) -> Result<Vec<Holder>, Refused> {
    let mut all = Vec::new();
    for account in reading.accounts(0, MOST).await?.0.into_iter().filter(|it| it.ended.is_some() == ended) {
        let seen = reading.sessions_of(&account.id).await?.iter().map(|it| it.seen).max();
        let invitation = reading.invitation(&account.id).await?;
        let provided = reading.identity_of(&account.id).await?.is_some();
        let shut = shut_until(reading, &account.id, now).await?;
        all.push(Holder { account, seen, invitation, provided, shut });
    }
    all.sort_by(|a, b| (a.account.name.to_lowercase(), &a.account.id).cmp(&(b.account.name.to_lowercase(), &b.account.id)));
    Ok(all)
}

/// Names of the boards and coaches that roles are for.
async fn names(reading: &mut Session, holders: &[Holder]) -> Result<BTreeMap<String, String>, Refused> {
    let mut names = BTreeMap::new();
    for held in holders.iter().flat_map(|it| &it.account.roles).filter(|it| !it.of.is_empty()) {
        let kind = if held.role == Role::Coach { Kind::Coach } else { Kind::Board };
        if !names.contains_key(&held.of)
            && let Some(name) = reading.name_of(kind, &held.of).await?
        {
            names.insert(held.of.clone(), name);
        }
    }
    Ok(names)
}

/// A policy beside the approved one that was in force before it: of its name, else of its phase.
async fn compared(store: &Store, policy: Policy, all: &[Policy]) -> Result<Waiting, Refused> {
    let approved = |it: &&Policy| it.state == PolicyState::Goedgekeurd && it.named != policy.named;
    let same = all.iter().filter(approved).find(|it| it.named.name == policy.named.name);
    let other = || all.iter().filter(approved).find(|it| it.phase == policy.phase);
    let against = same.or_else(other).map(|it| it.named.clone());
    let differences = match &against {
        Some(was) => between(store, was, &policy.named).await?,
        None => Vec::new(),
    };
    Ok(Waiting { policy, against, differences })
}

/// A policy with what it changes.
///
/// # Errors
/// [`Refused::Unknown`] when there is none.
pub async fn policy(store: &Store, named: &Named) -> Result<Waiting, Refused> {
    let mut reading = store.snapshot().await?;
    let policy = reading.policy(named).await?.ok_or(Refused::Unknown)?;
    let all = newest(reading.policies(None, 0, TOLD).await?.0);
    drop(reading);
    compared(store, policy, &all).await
}

/// The waves that have a policy, the newest first, and how many there are.
///
/// # Errors
/// When the store cannot.
pub async fn waves_with(store: &Store, named: &Named) -> Result<(Vec<Wave>, i64), Refused> {
    let mut reading = store.snapshot().await?;
    let (ids, all) = reading.waves_of_policy(named, WAVES).await?;
    let mut waves = Vec::with_capacity(ids.len());
    for id in ids {
        waves.extend(reading.wave(&id).await?);
    }
    Ok((waves, all))
}

/// Every policy, the newest first.
///
/// # Errors
/// When the store cannot.
pub async fn policies(store: &Store) -> Result<Vec<Policy>, Refused> {
    Ok(newest(store.read().policies(None, 0, TOLD).await?.0))
}

/// One account with everything beside it.
#[derive(Clone, Debug)]
pub struct One {
    /// The account.
    pub holder: Holder,
    /// Names of boards and coaches that its roles are for, by id.
    pub names: BTreeMap<String, String>,
    /// Its tokens, the newest first.
    pub tokens: Vec<Token>,
    /// Its sessions that have not ended.
    pub sessions: Vec<Signed>,
    /// When it signed in, or tried to, the newest first.
    pub tries: Vec<SignIn>,
    /// Boards by id, for who gives roles.
    pub boards: BTreeMap<String, String>,
    /// Coaches by id.
    pub coaches: BTreeMap<String, String>,
}

/// One account.
///
/// # Errors
/// [`Refused::Unknown`] when there is none.
pub async fn account(store: &Store, id: &str) -> Result<One, Refused> {
    let mut reading = store.snapshot().await?;
    let account = reading.account(id).await?.ok_or(Refused::Unknown)?;
    let sessions = reading.sessions_of(id).await?;
    let seen = sessions.iter().map(|it| it.seen).max();
    let invitation = reading.invitation(id).await?;
    let provided = reading.identity_of(id).await?.is_some();
    let shut = shut_until(&mut reading, id, store.clock().now()).await?;
    let holder = Holder { account, seen, invitation, provided, shut };
    let (boards, coaches) = for_roles(&mut reading).await?;
    Ok(One {
        names: names(&mut reading, std::slice::from_ref(&holder)).await?,
        tokens: reading.tokens(Some(id)).await?,
        sessions: sessions.into_iter().filter(|it| it.ended.is_none()).collect(),
        tries: reading.sign_ins_page(Some(id), 0, 30).await?.0,
        boards,
        coaches,
        holder,
    })
}

/// For whom somebody may hold a role: boards and coaches by id, with their names.
async fn for_roles(reading: &mut Session) -> Result<(BTreeMap<String, String>, BTreeMap<String, String>), Refused> {
    Ok((reading.board_names().await?, reading.names(Kind::Coach).await?))
}

/// For whom somebody may hold a role: boards and coaches by id, with their names.
///
/// # Errors
/// When the store cannot.
pub async fn may_be_for(store: &Store) -> Result<(BTreeMap<String, String>, BTreeMap<String, String>), Refused> {
    for_roles(&mut store.read()).await
}

/// Names of accounts by id, also of those that ended.
///
/// # Errors
/// When the store cannot.
pub async fn account_names(store: &Store) -> Result<BTreeMap<String, String>, Refused> {
    Ok(store.read().accounts(0, MOST).await?.0.into_iter().map(|it| (it.id, it.name)).collect())
}

/// Who does things, as the log says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Doer {
    /// Somebody of the city or of a board, by name.
    Named(String),
    /// Somebody who is a coach and nothing else, by number.
    Coach(String),
}

/// Who does things, by account, also of those that ended: coaches by number.
///
/// # Errors
/// When the store cannot.
pub async fn doers(store: &Store) -> Result<BTreeMap<String, Doer>, Refused> {
    let doer = |it: Account| {
        let coaches = it.roles.iter().all(|held| held.role == Role::Coach);
        let as_one = it.roles.first().filter(|_| coaches).map(|held| Doer::Coach(held.of.clone()));
        (it.id, as_one.unwrap_or(Doer::Named(it.name)))
    };
    Ok(store.read().accounts(0, MOST).await?.0.into_iter().map(doer).collect())
}

/// Checks the whole chain of the log, one at a time.
///
/// # Errors
/// When the store cannot.
pub async fn checked(store: &Store) -> Result<Checked, Refused> {
    let _turn = Turn::take().await?;
    Ok(store.read().log_check().await?)
}
