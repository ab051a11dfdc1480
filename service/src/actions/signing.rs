//! Signing in and out: with a password and a second factor, or a link; every try is a line of the log, and too many of them close the door
//! for a while.

use std::sync::LazyLock;

use tokio::sync::Semaphore;

use super::{Asked, Busy, Refused, aside, problem};
use crate::access::secret::{self, Secret};
use crate::access::{Caller, Role, Through, factor, password};
use crate::records::account::{Account, Signed};
use crate::records::deed::Access;
use crate::store::{Change, Error, Session, Store, ids};

const MINUTE: i64 = 60_000;
/// A session that was not used for so long has ended.
const IDLE: i64 = 60 * MINUTE;
/// No session lasts longer.
const LONGEST: i64 = 12 * 60 * MINUTE;
/// So many wrong tries within [`WINDOW`] close the door until that is over.
const TRIES: i64 = 10;
const WINDOW: i64 = 15 * MINUTE;
/// How often it is noted that a token or session was used.
const NOTED: i64 = MINUTE;
/// A password costs 19 MiB and tens of milliseconds of processor: so many at once.
static ROOM: LazyLock<Semaphore> = LazyLock::new(|| Semaphore::new(2));

/// What somebody who signs in gives.
#[derive(Clone, Debug)]
pub struct Given {
    /// The address of the account.
    pub address: String,
    /// Its password.
    pub password: String,
    /// A code of the second factor.
    pub code: Option<String>,
    /// A recovery code, in its place.
    pub recovery: Option<String>,
    /// The role to act in; nothing for the only one.
    pub role: Option<Role>,
}

/// Somebody is signed in.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// The session.
    pub session: Signed,
    /// Its secret.
    pub secret: Secret,
    /// The account.
    pub account: Account,
}

/// Why nobody is signed in. All that does not fit is one answer, whichever part of it was wrong.
#[derive(Debug)]
pub enum Not {
    /// Address, password, code or link do not fit.
    Fitting,
    /// Too many tries.
    Now,
    /// Everything fits and a code is needed as well.
    WithoutCode,
    /// The provider knows them, and no administrator confirmed that yet.
    Waiting,
    /// The provider knows them and gives them no role.
    Roleless,
    /// The provider does not answer, or not as it should.
    Unanswered,
    /// Everything fits and there are several roles: choose one of these.
    WithoutRole(Vec<Role>),
    /// The new password will not do, or the store could not do it.
    Refused(Refused),
}

impl<T: Into<Refused>> From<T> for Not {
    fn from(why: T) -> Self {
        Self::Refused(why.into())
    }
}

/// What the log knows of an address that is nobody's: one of 4,096 words, so that tries can be counted and nobody is named.
pub(super) fn nobody(address: &str) -> String {
    format!("onbekend-{}", &secret::hash(&address.trim().to_lowercase())[..3])
}

/// Until when the door is shut for an account after too many wrong tries; nothing when it is open.
///
/// # Errors
/// When the store could not do it.
pub async fn shut_until(reading: &mut Session, subject: &str, now: i64) -> Result<Option<i64>, Error> {
    let failed = reading.failed_since(subject, now - WINDOW, TRIES).await?;
    // It opens when the tenth of them is no longer within the window.
    let tenth = failed.last().filter(|_| i64::try_from(failed.len()).is_ok_and(|count| count >= TRIES));
    Ok(tenth.map(|at| at + WINDOW))
}

/// Signs somebody in.
///
/// # Errors
/// Why not; the time that takes does not tell which part was wrong.
pub async fn sign_in(store: &Store, given: Given) -> Result<SignedIn, Not> {
    let account = store.read().account_at(&given.address).await?.filter(|it| it.ended.is_none());
    let subject = account.as_ref().map_or_else(|| nobody(&given.address), |it| it.id.clone());
    if shut_until(&mut store.read(), &subject, store.clock().now()).await?.is_some() {
        return Err(Not::Now);
    }
    let (typed, kept) = (given.password.clone(), account.as_ref().and_then(|it| it.password.clone()));
    let right = {
        let _place = ROOM.acquire().await.map_err(|_| Busy::Said("Aanmelden kan nu niet."))?;
        aside(move || password::same(&typed, kept.as_deref())).await?
    };
    let mut change = store.change().await?;
    // Tries that were at work at the same moment count as well.
    let now = change.clock().now();
    if shut_until(&mut change, &subject, now).await?.is_some() {
        return Err(Not::Now);
    }
    let (true, Some(account)) = (right, account) else { return failed(change, &subject).await };
    // As it is now: it may have ended, or got another password.
    let Some(account) = change.account(&account.id).await?.filter(|it| it.ended.is_none() && it.password == account.password) else {
        return failed(change, &subject).await;
    };
    if let Some(key) = &account.factor {
        match (&given.code, &given.recovery) {
            (None, None) => return Err(Not::WithoutCode),
            (Some(code), _) => {
                let step = factor::step(key, code, change.clock().now(), account.factor_step);
                let counts = match step {
                    Some(step) => change.use_factor_step(&account.id, step).await?,
                    None => false,
                };
                if !counts {
                    return failed(change, &subject).await;
                }
            }
            (None, Some(code)) => {
                let now = change.clock().now();
                if !change.use_recovery(&account.id, &secret::hash(&code.to_lowercase()), now).await? {
                    return failed(change, &subject).await;
                }
            }
        }
    }
    let role = chosen(&account, given.role)?;
    let signed = begin(&mut change, account, role).await?;
    change.commit().await?;
    Ok(signed)
}

async fn failed<T>(mut change: Change, subject: &str) -> Result<T, Not> {
    change.log(&Caller::machine("aanmelding"), subject, &Access::SignInFailed {}.into()).await?;
    change.commit().await?;
    Err(Not::Fitting)
}

/// The role that was chosen, or the only one there is.
fn chosen(account: &Account, wanted: Option<Role>) -> Result<Role, Not> {
    let mut roles: Vec<Role> = account.roles.iter().map(|it| it.role).collect();
    roles.dedup();
    match wanted {
        Some(role) if roles.contains(&role) => Ok(role),
        None if roles.len() == 1 => Ok(roles[0]),
        _ => Err(Not::WithoutRole(roles)),
    }
}

/// Begins a session; its secret is new, whatever the caller had before.
pub(super) async fn begin(change: &mut Change, account: Account, role: Role) -> Result<SignedIn, Not> {
    let no_chance = |_| Busy::Said("Deze machine geeft geen toeval; er is niemand aangemeld.");
    let (secret, form) = (Secret::new("", 32).map_err(no_chance)?, Secret::new("", 32).map_err(no_chance)?);
    let now = change.clock().now();
    let session =
        Signed { id: ids::new(), account: account.id.clone(), role, form: form.told().into(), began: now, seen: now, ended: None };
    change.begin_session(&session, &secret.hash()).await?;
    let caller = Caller::account(&account.id, role, account.held_for(role), Through::Session(session.id.clone()));
    change.log(&caller, &account.id, &Access::SignedIn { role }.into()).await?;
    Ok(SignedIn { session, secret, account })
}

/// Signs an account in without a password: for whoever has the machine itself, as a demo has.
///
/// # Errors
/// The account is not there or has ended, or does not have the role.
pub async fn enter(store: &Store, account: &str, role: Role) -> Result<SignedIn, Not> {
    let mut change = store.change().await?;
    let Some(account) = change.account(account).await?.filter(|it| it.ended.is_none()) else { return Err(Not::Fitting) };
    let role = chosen(&account, Some(role))?;
    let signed = begin(&mut change, account, role).await?;
    change.commit().await?;
    Ok(signed)
}

/// Uses a link: the account gets this password, everybody who was signed in with it is signed out, and whoever holds the link is signed in.
///
/// # Errors
/// A link that is not there, was used or is over is one answer. A password that will not do leaves the link as it was.
pub async fn use_link(store: &Store, told: &str, password: &str, role: Option<Role>) -> Result<SignedIn, Not> {
    let hash = secret::hash(told);
    let now = store.clock().now();
    let mut reading = store.read();
    let Some(link) = reading.link(&hash).await?.filter(|it| it.until > now) else { return Err(Not::Fitting) };
    let Some(account) = reading.account(&link.account).await?.filter(|it| it.ended.is_none()) else { return Err(Not::Fitting) };
    let kept = kept(&account, password, "/wachtwoord").await?;
    let mut change = store.change().await?;
    if !change.use_link(&hash, now).await? {
        return Err(Not::Fitting);
    }
    let Some(mut account) = change.account(&link.account).await?.filter(|it| it.ended.is_none()) else { return Err(Not::Fitting) };
    let role = chosen(&account, role)?;
    // The link proves the address, not the second factor.
    if account.factor.is_some() {
        account.password = Some(kept);
        change.put_account(&mut account).await?;
        change.end_sessions(&account.id, None, now).await?;
        change.log(&Caller::machine("koppeling"), &account.id, &Access::PasswordChosen {}.into()).await?;
        change.commit().await?;
        return Err(Not::WithoutCode);
    }
    account.password = Some(kept);
    change.put_account(&mut account).await?;
    change.end_sessions(&account.id, None, now).await?;
    change.log(&Caller::machine("koppeling"), &account.id, &Access::PasswordChosen {}.into()).await?;
    let signed = begin(&mut change, account, role).await?;
    change.commit().await?;
    Ok(signed)
}

/// Chooses another password for the account that asks, which says the one there is: everybody else who is signed in with it is signed out, and
/// links that were not used hold no longer. How many sessions ended.
///
/// # Errors
/// A password that is not the one there is counts as a try to sign in.
pub async fn choose_password(store: &Store, asked: &Asked, old: &str, new: &str) -> Result<u64, Not> {
    let Through::Session(session) = asked.caller.through() else {
        return Err(Not::Refused(Refused::not_now("Meld u hiervoor aan; met een sleutel kan het niet.")));
    };
    let account = store.read().account(asked.caller.who()).await?.ok_or(Not::Refused(Refused::Unknown))?;
    let Some(now) = account.password.clone() else {
        return Err(Not::Refused(Refused::not_now("Dit account heeft geen wachtwoord; het meldt zich aan via de aanmelddienst.")));
    };
    if shut_until(&mut store.read(), &account.id, store.clock().now()).await?.is_some() {
        return Err(Not::Now);
    }
    let typed = old.to_owned();
    let right = {
        let _place = ROOM.acquire().await.map_err(|_| Busy::Said("Een wachtwoord kiezen kan nu niet."))?;
        aside(move || password::same(&typed, Some(&now))).await?
    };
    if !right {
        let mut change = store.change().await?;
        change.log(&Caller::machine("aanmelding"), &account.id, &Access::SignInFailed {}.into()).await?;
        change.commit().await?;
        let wrong =
            Refused::wrong("wachtwoord", "/oud", "dit is niet het wachtwoord van dit account", "typ het wachtwoord waarmee u inlogt");
        return Err(Not::Refused(wrong));
    }
    let kept = kept(&account, new, "/nieuw").await?;
    let mut change = store.change().await?;
    // Tries that were at work at the same moment count as well.
    let moment = change.clock().now();
    if shut_until(&mut change, &account.id, moment).await?.is_some() {
        return Err(Not::Now);
    }
    let same = |it: &Account| it.ended.is_none() && it.password == account.password;
    let Some(mut account) = change.account(&account.id).await?.filter(same) else { return Err(Not::Fitting) };
    account.password = Some(kept);
    change.put_account(&mut account).await?;
    let now = change.clock().now();
    let ended = change.end_sessions(&account.id, Some(session), now).await?;
    change.end_links(&account.id, now).await?;
    change.log(&asked.caller, &account.id, &Access::PasswordChosen {}.into()).await?;
    change.commit().await?;
    Ok(ended)
}

/// What is kept of a new password, when it will do; `place` is where it stands in what was sent.
async fn kept(account: &Account, typed: &str, place: &str) -> Result<String, Refused> {
    let fewest = if account.factor.is_some() { password::BESIDE_A_FACTOR } else { password::ALONE };
    let own = [account.name.as_str(), account.address.as_deref().unwrap_or_default()];
    password::strong(typed, fewest, &own).map_err(|weak| Refused::<()>::from(vec![weak_password(weak, place)]))?;
    let typed = typed.to_owned();
    let _place = ROOM.acquire().await.map_err(|_| Busy::Said("Een wachtwoord kiezen kan nu niet."))?;
    let kept = aside(move || password::kept(&typed)).await?;
    Ok(kept.map_err(|_| Busy::Said("Deze machine geeft geen toeval; er is niets veranderd."))?)
}

fn weak_password(weak: password::Weak, place: &str) -> loket_instances::strict::problem::Problem {
    use password::Weak;
    let (what, remedy) = match weak {
        Weak::Short(fewest) => (format!("dit wachtwoord heeft minder dan {fewest} tekens"), "kies een zin van een paar woorden"),
        Weak::Long => (format!("dit wachtwoord heeft meer dan {} tekens", password::MOST), "kies een korter wachtwoord"),
        Weak::Guessed => ("dit wachtwoord wordt als een van de eerste geraden".into(), "kies een zin van een paar woorden"),
        Weak::OwnName => ("in dit wachtwoord staat uw eigen naam of adres".into(), "kies iets dat niets over u zegt"),
        Weak::Repeated => ("dit wachtwoord is een paar tekens, steeds opnieuw".into(), "kies een zin van een paar woorden"),
    };
    problem("wachtwoord", place, what, remedy)
}

/// Acts in another role of the same account: that is another session, with another secret.
pub async fn switch(store: &Store, asked: &Asked, role: Role) -> Result<SignedIn, Not> {
    let Through::Session(id) = asked.caller.through() else {
        return Err(Not::Refused(Refused::not_now("Met een sleutel wisselt u niet van rol; elke sleutel heeft er één.")));
    };
    let mut change = store.change().await?;
    let now = change.clock().now();
    let Some(account) = change.account(asked.caller.who()).await? else { return Err(Not::Fitting) };
    let role = chosen(&account, Some(role))?;
    if !change.end_session(id, now).await? {
        return Err(Not::Fitting);
    }
    let signed = begin(&mut change, account, role).await?;
    change.commit().await?;
    Ok(signed)
}

/// Signs out.
pub async fn sign_out(store: &Store, asked: &Asked) -> Result<(), Refused> {
    let Through::Session(id) = asked.caller.through() else { return Ok(()) };
    let mut change = store.change().await?;
    let now = change.clock().now();
    if change.end_session(id, now).await? {
        change.log(&asked.caller, asked.caller.who(), &Access::SignedOut {}.into()).await?;
        change.commit().await?;
    }
    Ok(())
}

/// The sessions of the account that asks, those that hold first seen first; none for a token's account.
pub async fn sessions(store: &Store, asked: &Asked) -> Result<Vec<Signed>, Refused> {
    let Some(id) = asked.caller.account_id() else { return Ok(Vec::new()) };
    let now = store.clock().now();
    let mut all = store.read().sessions_of(id).await?;
    all.retain(|it| holds(it, now));
    Ok(all)
}

/// Ends a session of the account that asks.
pub async fn end_session(store: &Store, asked: &Asked, id: &str) -> Result<(), Refused> {
    let account = asked.caller.account_id().ok_or(Refused::Unknown)?;
    let mut change = store.change().await?;
    let now = change.clock().now();
    let own = change.sessions_of(account).await?.into_iter().any(|it| it.id == id && holds(&it, now));
    if !own || !change.end_session(id, now).await? {
        return Err(Refused::Unknown);
    }
    change.log(&asked.caller, account, &Access::SessionsEnded { count: 1 }.into()).await?;
    change.commit().await?;
    Ok(())
}

/// Ends every session of the account that asks but the one it asks with. How many that were.
pub async fn end_other_sessions(store: &Store, asked: &Asked) -> Result<u64, Refused> {
    let account = asked.caller.account_id().ok_or(Refused::Unknown)?;
    let own = match asked.caller.through() {
        Through::Session(id) => Some(id.as_str()),
        _ => None,
    };
    let mut change = store.change().await?;
    let now = change.clock().now();
    let count = change.end_sessions(account, own, now).await?;
    if count > 0 {
        change.log(&asked.caller, account, &Access::SessionsEnded { count }.into()).await?;
        change.commit().await?;
    }
    Ok(count)
}

/// Ends the session that a browser still had when somebody signed in with it: of two secrets in one browser only the new one counts.
pub async fn replace(store: &Store, told: &str) -> Result<(), Error> {
    let Some(signed) = store.read().signed(&secret::hash(told)).await? else { return Ok(()) };
    let mut change = store.change().await?;
    let now = change.clock().now();
    if change.end_session(&signed.id, now).await? {
        change.commit().await?;
    }
    Ok(())
}

/// Whether a session was not ended, and is over neither by itself nor for want of use.
fn holds(signed: &Signed, now: i64) -> bool {
    signed.ended.is_none() && signed.seen + IDLE > now && signed.began + LONGEST > now
}

/// The caller with the session of a cookie, and what a form of it has to send along. A token is none.
pub async fn in_browser(store: &Store, told: &str) -> Result<Option<(Caller, String)>, Error> {
    let Some(signed) = store.read().signed(&secret::hash(told)).await? else { return Ok(None) };
    let form = signed.form.clone();
    Ok(session(store, signed).await?.map(|caller| (caller, form)))
}

/// The caller with this token or session, if it holds now.
pub async fn known(store: &Store, told: &str) -> Result<Option<Caller>, Error> {
    let (hash, now) = (secret::hash(told), store.clock().now());
    let mut reading = store.read();
    if let Some(token) = reading.token(&hash).await? {
        if token.ended.is_some() || token.until <= now {
            return Ok(None);
        }
        if token.used.is_none_or(|used| used + NOTED <= now) {
            noted(store, async |change| change.use_token(&token.id, now).await).await;
        }
        return acting(&mut reading, &token.account, token.role, Through::Token(token.id)).await;
    }
    let Some(signed) = reading.signed(&hash).await? else { return Ok(None) };
    session(store, signed).await
}

/// The caller of a session, if it holds now; that it was used is noted.
async fn session(store: &Store, signed: Signed) -> Result<Option<Caller>, Error> {
    let (now, mut reading) = (store.clock().now(), store.read());
    if !holds(&signed, now) {
        return Ok(None);
    }
    if signed.seen + NOTED <= now {
        noted(store, async |change| change.touch_session(&signed.id, now).await).await;
    }
    acting(&mut reading, &signed.account, signed.role, Through::Session(signed.id)).await
}

/// Notes that something was used. Where nothing can be written, on a full disk, reading goes on.
async fn noted(store: &Store, note: impl AsyncFnOnce(&mut Change) -> Result<(), Error>) {
    let written = async {
        let mut change = store.change().await?;
        note(&mut change).await?;
        change.commit().await
    };
    if let Err(error) = written.await {
        tracing::warn!(fout = %error, "dat een sleutel gebruikt is, kon niet genoteerd worden");
    }
}

/// The account in this role, while it has not ended and still holds it.
async fn acting(reading: &mut Session, account: &str, role: Role, through: Through) -> Result<Option<Caller>, Error> {
    let account = reading.account(account).await?.filter(|it| it.ended.is_none() && it.holds(role));
    Ok(account.map(|it| Caller::account(&it.id, role, it.held_for(role), through)))
}

/// A new second factor for the caller's account: how to type it into an app. It counts once a code of it was given.
pub async fn new_factor(store: &Store, asked: &Asked) -> Result<(String, String), Refused> {
    let mut change = store.change().await?;
    let account = own(&mut change, asked).await?;
    let key = factor::new().map_err(|_| Busy::Said("Deze machine geeft geen toeval; er is niets gemaakt."))?;
    let shown = factor::shown(&key, account.address.as_deref().unwrap_or(&account.name));
    change.offer_factor(&account.id, &key).await?;
    change.commit().await?;
    shown.ok_or(Refused::Busy(Busy::Said("De tweede factor kon niet gemaakt worden.")))
}

/// The offered second factor counts from now on, when this is a code of it. Gives recovery codes, each good once.
pub async fn confirm_factor(store: &Store, asked: &Asked, code: &str) -> Result<Vec<Secret>, Refused> {
    let mut change = store.change().await?;
    let mut account = own(&mut change, asked).await?;
    let offered = change.offered_factor(&account.id).await?.ok_or_else(|| Refused::not_now("Vraag eerst een nieuwe tweede factor."))?;
    let Some(step) = factor::step(&offered, code, change.clock().now(), 0) else {
        return Err(Refused::wrong(
            "code",
            "/code",
            "deze code hoort niet bij de nieuwe tweede factor",
            "kijk naar de klok van de telefoon",
        ));
    };
    (account.factor, account.factor_step) = (Some(offered), step);
    change.put_account(&mut account).await?;
    let no_chance = |_| Refused::<()>::Busy(Busy::Said("Deze machine geeft geen toeval; er is niets veranderd."));
    let codes = (0..10).map(|_| Secret::new("", 16)).collect::<Result<Vec<Secret>, _>>().map_err(no_chance)?;
    let hashes: Vec<String> = codes.iter().map(Secret::hash).collect();
    change.put_recovery(&account.id, &hashes).await?;
    change.log(&asked.caller, &account.id, &Access::FactorPut {}.into()).await?;
    change.commit().await?;
    Ok(codes)
}

/// The account that asks, signed in itself.
async fn own(change: &mut Change, asked: &Asked) -> Result<Account, Refused> {
    let Through::Session(_) = asked.caller.through() else {
        return Err(Refused::not_now("Meld u hiervoor aan; met een sleutel kan het niet."));
    };
    change.account(asked.caller.who()).await?.ok_or(Refused::Unknown)
}
