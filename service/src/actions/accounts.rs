//! Accounts: invited, given other roles and ended by an administrator; tokens made and ended by whoever they are of.

use super::outbox::with_link;
use super::signing::shut_until;
use super::{Asked, Clash, Refused, problem};
use crate::access::secret::Secret;
use crate::access::{Role, Through};
use crate::records::account::{Account, Held, Link, LinkKind, Token};
use crate::records::deed::Access;
use crate::records::register::Kind;
use crate::store::{Change, Store, ids};

const MINUTE: i64 = 60_000;
const DAY: i64 = 24 * 60 * MINUTE;
/// How long the first administrator has, and somebody who forgot a password.
const SOON: i64 = 60 * MINUTE;
/// How long somebody who was invited has.
const INVITED: i64 = 14 * DAY;
/// Longest that a token holds.
const LONGEST: i64 = 400 * DAY;
/// Letters of a secret: 160 bits.
const LETTERS: usize = 32;

/// Somebody who is invited.
#[derive(Clone, Debug)]
pub struct Invited {
    /// Whose the account is.
    pub name: String,
    /// Where the link goes; a script has none.
    pub address: Option<String>,
    /// In which roles.
    pub roles: Vec<Held>,
}

/// A token that is wanted.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// What it is called.
    pub name: String,
    /// The role it acts in.
    pub role: Role,
    /// Until when (UTC, milliseconds); nothing for ninety days.
    pub until: Option<i64>,
}

/// Something with the secret that belongs to it, which is told once.
#[derive(Clone, Debug)]
pub struct With<T> {
    /// What was made.
    pub made: T,
    /// Its secret.
    pub secret: Secret,
}

fn secret(what: &str) -> Result<Secret, super::Busy> {
    Secret::new(what, LETTERS).map_err(|_| super::Busy::Said("Deze machine geeft geen toeval; er is niets gemaakt."))
}

/// Makes an account, and a link with which its holder begins.
pub async fn invite(store: &Store, asked: &Asked, invited: Invited) -> Result<With<Account>, Refused> {
    let mut change = store.change().await?;
    let made = add(&mut change, asked, invited).await?;
    let secret = link(&mut change, asked, &made, LinkKind::Uitnodiging).await?;
    if made.address.is_some() {
        change.post(&secret.hash(), &with_link(&made.id)).await?;
    }
    change.commit().await?;
    Ok(With { made, secret })
}

async fn add(change: &mut Change, asked: &Asked, invited: Invited) -> Result<Account, Refused> {
    let roles = sound(change, invited.roles).await?;
    let made = Account {
        id: ids::new(),
        name: invited.name,
        address: invited.address,
        password: None,
        factor: None,
        factor_step: 0,
        roles,
        made: change.clock().now(),
        ended: None,
        version: 1,
    };
    if !change.add_account(&made).await? {
        let what = "Er is al een account met dit adres; verander daarvan de rollen.".to_owned();
        return Err(Refused::Clash(Box::new(Clash { what, points: Vec::new(), now: None, waves: Vec::new() })));
    }
    change.log(&asked.caller, &made.id, &Access::AccountMade { roles: &made.roles }.into()).await?;
    Ok(made)
}

/// Roles without doubles, each for somebody that there is.
async fn sound<N>(change: &mut Change, mut roles: Vec<Held>) -> Result<Vec<Held>, Refused<N>> {
    roles.sort();
    roles.dedup();
    let mut wrong = Vec::new();
    if roles.is_empty() {
        wrong.push(problem("ontbreekt", "/rollen", "een account heeft ten minste één rol", "noem een rol"));
    }
    for (at, held) in roles.iter().enumerate() {
        let place = format!("/rollen/{at}");
        let kind = match held.role {
            Role::Bestuur => Some(Kind::Board),
            Role::Coach => Some(Kind::Coach),
            Role::Beheerder | Role::Intermediair | Role::Lezer | Role::Link | Role::Systeem => None,
        };
        match kind {
            _ if !Role::HELD.contains(&held.role) => {
                wrong.push(problem("rol", &format!("{place}/rol"), "deze rol heeft geen account", "kies een andere rol"));
            }
            None if held.of.is_empty() => {}
            None => wrong.push(problem("rol", &format!("{place}/van"), "deze rol is van niemand in het bijzonder", "laat van weg")),
            Some(kind) if held.of.is_empty() => {
                let what = format!("voor deze rol moet er staan van welk {}", kind.word());
                wrong.push(problem("ontbreekt", &format!("{place}/van"), what, "noem de id"));
            }
            Some(kind) => {
                // Whoever gives roles need not be allowed to see the rows themselves.
                let everything = crate::access::Caller::machine("toegang");
                if change.register_row(kind, everything.scope(), &held.of).await?.is_none() {
                    let what = format!("dit {} staat niet in het register", kind.word());
                    wrong.push(problem("onbekende-verwijzing", &format!("{place}/van"), what, "verbeter de id"));
                }
            }
        }
    }
    if wrong.is_empty() { Ok(roles) } else { Err(wrong.into()) }
}

async fn link(change: &mut Change, asked: &Asked, of: &Account, kind: LinkKind) -> Result<Secret, Refused> {
    let secret = secret("")?;
    let now = change.clock().now();
    let first = kind == LinkKind::Uitnodiging && of.holds(Role::Beheerder) && of.password.is_none();
    let until = now + if kind == LinkKind::Wachtwoord || first { SOON } else { INVITED };
    change.add_link(&Link { kind, account: of.id.clone(), until }, &secret.hash(), now).await?;
    change
        .log(&asked.caller, &of.id, &Access::LinkMade { kind: loket_solver::matching::facts::words::Word::code(kind), until }.into())
        .await?;
    Ok(secret)
}

/// Makes another link for an account: to begin, or to choose another password.
pub async fn another_link(store: &Store, asked: &Asked, id: &str) -> Result<With<Account>, Refused> {
    let mut change = store.change().await?;
    let account = change.account(id).await?.filter(|it| it.ended.is_none()).ok_or(Refused::Unknown)?;
    if change.identity_of(id).await?.is_some() {
        return Err(Refused::not_now("Dit account meldt zich aan via de aanmelddienst; een koppeling heeft het niet nodig."));
    }
    let kind = if account.password.is_some() { LinkKind::Wachtwoord } else { LinkKind::Uitnodiging };
    let secret = link(&mut change, asked, &account, kind).await?;
    if account.address.is_some() {
        change.post(&secret.hash(), &with_link(id)).await?;
    }
    change.commit().await?;
    Ok(With { made: account, secret })
}

/// Corrects whose an account is, and where messages go. Links that went to another address and were not used hold no longer.
pub async fn correct(
    store: &Store,
    asked: &Asked,
    (id, version): (&str, i64),
    name: &str,
    address: Option<&str>,
) -> Result<Account, Refused<Account>> {
    let mut change = store.change().await?;
    let mut account = at_version(&mut change, id, version).await?;
    let address = address.map(|it| it.trim().to_lowercase());
    if account.address.is_some() && address.is_none() {
        return Err(Refused::wrong(
            "ontbreekt",
            "/adres",
            "dit account heeft een adres nodig",
            "schrijf het adres waar berichten heen gaan",
        ));
    }
    let moved = account.address != address;
    let fields: Vec<&str> = [("naam", account.name != name), ("adres", moved)].iter().filter(|it| it.1).map(|it| it.0).collect();
    if fields.is_empty() {
        return Ok(account);
    }
    (account.name, account.address) = (name.to_owned(), address);
    if !change.put_holder(&mut account).await? {
        return Err(Refused::clash("Er is al een ander account met dit adres."));
    }
    if moved {
        let now = change.clock().now();
        change.end_links(id, now).await?;
    }
    change.log(&asked.caller, id, &Access::AccountPut { fields: &fields }.into()).await?;
    change.commit().await?;
    Ok(account)
}

/// Gives an account other roles: who acted in one that is gone is signed out, and tokens for it end.
pub async fn set_roles(store: &Store, asked: &Asked, id: &str, version: i64, roles: Vec<Held>) -> Result<Account, Refused<Account>> {
    let mut change = store.change().await?;
    let mut account = at_version(&mut change, id, version).await?;
    let was = std::mem::replace(&mut account.roles, sound(&mut change, roles).await?);
    if was == account.roles {
        return Ok(account);
    }
    if change.identity_of(id).await?.is_some() {
        return Err(Refused::clash("De rollen van dit account komen van de aanmelddienst; verander ze daar."));
    }
    change.put_account(&mut account).await?;
    administered(&mut change).await?;
    end_what_is_not_held(&mut change, &account).await?;
    change.log(&asked.caller, id, &Access::RolesPut { was, roles: &account.roles }.into()).await?;
    change.commit().await?;
    Ok(account)
}

/// After other roles: every session ends, since another role is another session, and tokens for a role that is gone.
pub(super) async fn end_what_is_not_held(change: &mut Change, account: &Account) -> Result<(), crate::store::Error> {
    let now = change.clock().now();
    for token in change.tokens(Some(&account.id)).await? {
        if !account.holds(token.role) {
            change.end_token(&token.id, now).await?;
        }
    }
    change.end_sessions(&account.id, None, now).await.map(|_| ())
}

/// Ends an account: its sessions and tokens end with it. It stays, so that the log can be read.
pub async fn end(store: &Store, asked: &Asked, id: &str, version: i64) -> Result<Account, Refused<Account>> {
    let mut change = store.change().await?;
    let mut account = at_version(&mut change, id, version).await?;
    let now = change.clock().now();
    account.ended = Some(now);
    change.put_account(&mut account).await?;
    administered(&mut change).await?;
    change.end_sessions(id, None, now).await?;
    change.end_tokens(id, now).await?;
    change.log(&asked.caller, id, &Access::AccountEnded {}.into()).await?;
    change.commit().await?;
    Ok(account)
}

/// Opens an account that was shut after too many wrong tries; one that is open stays as it is, and nothing is logged.
///
/// # Errors
/// [`Refused::Unknown`] when there is no such account, or it ended.
pub async fn unlock(store: &Store, asked: &Asked, id: &str) -> Result<Account, Refused<Account>> {
    let mut change = store.change().await?;
    let account = change.account(id).await?.filter(|it| it.ended.is_none()).ok_or(Refused::Unknown)?;
    let now = change.clock().now();
    if shut_until(&mut change, id, now).await?.is_some() {
        change.log(&asked.caller, id, &Access::AccountUnlocked {}.into()).await?;
        change.commit().await?;
    }
    Ok(account)
}

/// Takes the second factor away from somebody who lost it; they are signed out.
pub async fn reset_factor(store: &Store, asked: &Asked, id: &str, version: i64) -> Result<Account, Refused<Account>> {
    let mut change = store.change().await?;
    let mut account = at_version(&mut change, id, version).await?;
    if account.factor.is_none() {
        return Ok(account);
    }
    (account.factor, account.factor_step) = (None, 0);
    change.put_account(&mut account).await?;
    change.put_recovery(id, &[]).await?;
    let now = change.clock().now();
    change.end_sessions(id, None, now).await?;
    change.log(&asked.caller, id, &Access::FactorReset {}.into()).await?;
    change.commit().await?;
    Ok(account)
}

async fn at_version(change: &mut Change, id: &str, version: i64) -> Result<Account, Refused<Account>> {
    let account = change.account(id).await?.filter(|it| it.ended.is_none()).ok_or(Refused::Unknown)?;
    if account.version == version { Ok(account) } else { Err(Refused::stale(account)) }
}

/// Somebody must be left who can give roles.
async fn administered<N>(change: &mut Change) -> Result<(), Refused<N>> {
    if change.holders(Role::Beheerder).await? > 0 {
        return Ok(());
    }
    Err(Refused::clash("Dit is de laatste beheerder; geef eerst iemand anders die rol."))
}

/// Makes a token for the account that asks.
pub async fn make_token(store: &Store, asked: &Asked, wanted: Wanted) -> Result<With<Token>, Refused> {
    let id = asked
        .caller
        .account_id()
        .ok_or_else(|| Refused::not_now("Deze sleutel is van geen account; daarmee zijn geen sleutels te maken."))?;
    if matches!(asked.caller.through(), Through::Token(_)) && wanted.role != asked.caller.role() {
        return Err(Refused::wrong("rol", "/rol", "een sleutel maakt alleen sleutels voor de eigen rol", "meld u aan, of kies die rol"));
    }
    let mut change = store.change().await?;
    let account = change.account(id).await?.ok_or(Refused::Unknown)?;
    let made = token(&mut change, asked, &account, wanted).await?;
    change.commit().await?;
    Ok(made)
}

/// Makes an account for a script, with a token: a command on the machine itself.
pub async fn script(store: &Store, asked: &Asked, invited: Invited, until: Option<i64>) -> Result<With<Token>, Refused> {
    let mut change = store.change().await?;
    let wanted = Wanted { name: invited.name.clone(), role: invited.roles.first().map_or(Role::Lezer, |it| it.role), until };
    let account = add(&mut change, asked, invited).await?;
    let made = token(&mut change, asked, &account, wanted).await?;
    change.commit().await?;
    Ok(made)
}

async fn token(change: &mut Change, asked: &Asked, account: &Account, wanted: Wanted) -> Result<With<Token>, Refused> {
    let now = change.clock().now();
    let until = wanted.until.unwrap_or(now + 90 * DAY);
    let mut wrong = Vec::new();
    if !account.holds(wanted.role) {
        wrong.push(problem("rol", "/rol", "deze rol heeft dit account niet", "kies een rol van het account"));
    }
    if until <= now || until > now + LONGEST {
        wrong.push(problem("grens", "/tot", "een sleutel eindigt na nu en binnen 400 dagen", "kies een andere dag"));
    }
    if !wrong.is_empty() {
        return Err(wrong.into());
    }
    let secret = secret("loket_")?;
    let made = Token {
        id: ids::new(),
        account: account.id.clone(),
        name: wanted.name,
        role: wanted.role,
        made: now,
        until,
        used: None,
        ended: None,
    };
    change.add_token(&made, &secret.hash()).await?;
    change.log(&asked.caller, &account.id, &Access::TokenMade { token: &made.id, role: made.role, until }.into()).await?;
    Ok(With { made, secret })
}

/// Ends a token: one's own, or as an administrator anybody's.
pub async fn end_token(store: &Store, asked: &Asked, id: &str) -> Result<(), Refused> {
    let mut change = store.change().await?;
    let token = change.token_called(id).await?.ok_or(Refused::Unknown)?;
    let own = asked.caller.account_id() == Some(token.account.as_str());
    if !own && !matches!(asked.caller.role(), Role::Beheerder | Role::Systeem) {
        return Err(Refused::Unknown);
    }
    let now = change.clock().now();
    if change.end_token(id, now).await? {
        change.log(&asked.caller, &token.account, &Access::TokenEnded { token: id }.into()).await?;
        change.commit().await?;
    }
    Ok(())
}
