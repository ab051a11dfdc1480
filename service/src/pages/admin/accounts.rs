//! Accounts: who may sign in and in which roles, invitations, and what an administrator does with them.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use loket_solver::matching::facts::words::Word;

use super::overview::{TokenShown, token};
use super::{Sheet, day, frame, moment};
use crate::access::Role;
use crate::actions::Refused;
use crate::actions::accounts as deeds;
use crate::actions::administration::{self, Holder, One};
use crate::pages::days;
use crate::pages::done::Done;
use crate::pages::form::Form;
use crate::pages::frame::{Frame, after, page, status};
use crate::pages::paths;
use crate::pages::visitor::{Visitor, held};
use crate::records::account::{Account, Held};
use crate::serve::app::App;
use crate::serve::body::{Ids, Keys, NoKeys};
use crate::serve::problem::Problem;

/// An account on a list.
pub(super) struct Row {
    pub name: String,
    pub you: bool,
    pub roles: String,
    pub sees: String,
    pub second: Second,
    pub seen: String,
    pub ended: bool,
    /// Until when it is shut after wrong tries, in words.
    pub shut: Option<String>,
    pub place: String,
}

/// How somebody shows a second time who they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Second {
    Provider,
    App,
    None,
}

impl Row {
    /// What is said of the second step.
    pub fn step(&self, frame: &Frame) -> &'static str {
        match self.second {
            Second::Provider => frame.m.admin.second_provider(),
            Second::App => frame.m.admin.second_app(),
            Second::None => frame.m.admin.second_none(),
        }
    }

    /// Whether there is one.
    pub fn has_step(&self) -> bool {
        self.second != Second::None
    }
}

/// A role, and for whom.
pub(super) fn role(frame: &Frame, held: &Held, names: &BTreeMap<String, String>) -> String {
    let role = frame.role_says(&held.role);
    if held.of.is_empty() { role.to_owned() } else { format!("{role}, {}", names.get(&held.of).unwrap_or(&held.of)) }
}

/// Accounts as they are listed.
pub(super) fn rows(frame: &Frame, holders: &[Holder], names: &BTreeMap<String, String>, own: &str) -> Vec<Row> {
    let m = frame.m.admin;
    holders
        .iter()
        .map(|it| {
            let account = &it.account;
            let mut roles: Vec<&str> = account.roles.iter().map(|held| frame.role_says(&held.role)).collect();
            roles.dedup();
            let sees: Vec<String> = account
                .roles
                .iter()
                .map(|held| match held.role {
                    Role::Beheerder => m.sees_city().to_owned(),
                    Role::Intermediair => m.sees_waves().to_owned(),
                    Role::Bestuur => names.get(&held.of).unwrap_or(&held.of).clone(),
                    Role::Coach => m.sees_own().to_owned(),
                    Role::Lezer | Role::Link | Role::Systeem => m.sees_figures().to_owned(),
                })
                .collect();
            let second = match (it.provided, account.factor.is_some()) {
                (true, _) => Second::Provider,
                (false, true) => Second::App,
                (false, false) => Second::None,
            };
            Row {
                name: account.name.clone(),
                you: account.id == own,
                roles: roles.join(", "),
                sees: sees.join(", "),
                second,
                seen: it.seen.map_or_else(|| m.never().to_owned(), moment),
                ended: account.ended.is_some(),
                shut: it.shut.filter(|_| account.ended.is_none()).map(|at| m.shut_until(days::hour(at))),
                place: paths::admin_account(&account.id),
            }
        })
        .collect()
}

#[derive(Template)]
#[template(path = "admin/accounts.html")]
struct ListPage {
    frame: Frame,
    title: String,
    rows: Vec<Row>,
    chips: Vec<(String, String, bool)>,
}

pub(super) async fn list(State(app): State<App>, visitor: Visitor, mut keys: Keys) -> Result<Response, Problem> {
    let only = keys.text("rol").map(|it| held(&it).ok_or_else(Problem::unknown)).transpose()?;
    let ended = keys.text("beeindigd").is_some();
    keys.finish()?;
    let told = administration::accounts(&app.store, ended).await?;
    let frame = frame(&app, &visitor, Sheet::Accounts);
    let m = frame.m.admin;
    let base = if ended { format!("{}?beeindigd=ja", paths::ADMIN_ACCOUNTS) } else { paths::ADMIN_ACCOUNTS.to_owned() };
    let mut chips: Vec<(String, String, bool)> = Role::HELD
        .iter()
        .map(|role| {
            let count = told.holders.iter().filter(|it| it.account.holds(*role)).count();
            let on = only == Some(*role);
            let mark = if ended { '&' } else { '?' };
            let place = if on { base.clone() } else { format!("{base}{mark}rol={}", role.code()) };
            (format!("{} {count}", frame.role_says(role)), place, on)
        })
        .collect();
    let other = if ended { paths::ADMIN_ACCOUNTS.to_owned() } else { format!("{}?beeindigd=ja", paths::ADMIN_ACCOUNTS) };
    chips.push((format!("{} {}", m.ended(), told.ended), other, ended));
    let shown: Vec<Holder> = told.holders.into_iter().filter(|it| only.is_none_or(|role| it.account.holds(role))).collect();
    let roles: usize = shown.iter().map(|it| it.account.roles.len()).sum();
    let title = if ended { m.ended_title(shown.len()) } else { m.accounts_title(shown.len(), roles) };
    let rows = rows(&frame, &shown, &told.names, visitor.asked.caller.who());
    page(&ListPage { frame, title, rows, chips })
}

/// A role that may be given, and for whom.
pub(super) struct RoleChoice {
    pub(super) code: &'static str,
    pub(super) label: &'static str,
    pub(super) on: bool,
    pub(super) of: Vec<(String, String, bool)>,
}

/// The roles of a form: those that were chosen, with whom they are for.
pub(super) fn choices(
    frame: &Frame,
    (boards, coaches): (&BTreeMap<String, String>, &BTreeMap<String, String>),
    now: &[Held],
) -> Vec<RoleChoice> {
    let list = |role: Role, names: &BTreeMap<String, String>| {
        let mut all: Vec<(String, String, bool)> =
            names.iter().map(|(id, name)| (id.clone(), name.clone(), now.iter().any(|it| it.role == role && it.of == *id))).collect();
        all.sort_by(|a, b| a.1.cmp(&b.1));
        all
    };
    Role::HELD
        .iter()
        .map(|role| RoleChoice {
            code: role.code(),
            label: frame.role_says(role),
            on: now.iter().any(|it| it.role == *role),
            of: match role {
                Role::Bestuur => list(*role, boards),
                Role::Coach => list(*role, coaches),
                Role::Beheerder | Role::Intermediair | Role::Lezer | Role::Link | Role::Systeem => Vec::new(),
            },
        })
        .collect()
}

/// The roles that were chosen in a form: for boards and coaches those of its lists.
pub(super) fn chosen(form: &Form) -> Vec<Held> {
    let mut roles = Vec::new();
    for role in form.all("rol").filter_map(held) {
        if role.is_for_somebody() {
            let of: Vec<&str> =
                form.all(if role == Role::Coach { "van-coach" } else { "van-bestuur" }).filter(|it| !it.is_empty()).collect();
            if of.is_empty() {
                roles.push(Held { role, of: String::new() });
            }
            roles.extend(of.into_iter().map(|of| Held { role, of: of.to_owned() }));
        } else {
            roles.push(Held { role, of: String::new() });
        }
    }
    roles
}

/// A secret that is told once.
#[derive(Template)]
#[template(path = "admin/secret.html")]
pub(super) struct SecretPage {
    pub frame: Frame,
    pub title: String,
    pub text: String,
    pub secret: String,
    pub used: Option<String>,
    pub place: String,
}

/// Where a link is used.
fn where_used(app: &App) -> String {
    format!("{}{}", app.settings.post.base.clone().unwrap_or_default().trim_end_matches('/'), paths::LINK)
}

/// Places of what is refused, as fields of the form.
pub(super) fn wrong(refused: &Refused) -> Option<Vec<(String, String)>> {
    let all = match refused {
        Refused::Invalid(refusal) => refusal.problems.iter().map(|it| {
            let field = if it.pointer.starts_with("/rollen") { "rollen" } else { it.pointer.trim_start_matches('/') };
            (field.to_owned(), format!("{}; {}", it.what, it.remedy))
        }),
        _ => return None,
    };
    Some(all.collect())
}

/// The link that somebody begins with, for whoever hands it over.
pub(super) fn secret(app: &App, visitor: &Visitor, account: &Account, told: &str) -> Result<Response, Problem> {
    let frame = frame(app, visitor, Sheet::Accounts);
    let m = frame.m.admin;
    let text = if account.address.is_some() && app.settings.post.server.is_some() { m.link_sent() } else { m.link_told() };
    let shown = SecretPage {
        title: m.link_title(&account.name),
        text: text.to_owned(),
        secret: told.to_owned(),
        used: Some(m.link_where(where_used(app))),
        place: paths::admin_account(&account.id),
        frame,
    };
    page(&shown)
}

/// A time that somebody signed in, or tried to.
struct Try {
    at: String,
    what: String,
}

#[derive(Template)]
#[template(path = "admin/account.html")]
struct AccountPage {
    frame: Frame,
    name: String,
    address: String,
    /// Both as they were typed, and what is wrong with each.
    typed_name: String,
    typed_address: String,
    name_error: String,
    address_error: String,
    place: String,
    version: i64,
    row: Row,
    you: bool,
    provided: bool,
    invited: Option<String>,
    roles: Vec<RoleChoice>,
    factor: bool,
    sessions: usize,
    tokens: Vec<TokenShown>,
    tries: Vec<Try>,
    errors: Vec<(String, String)>,
    stale: bool,
}

async fn drawn(
    app: &App,
    visitor: &Visitor,
    code: StatusCode,
    id: &str,
    (form, errors, stale): (Option<&Form>, Vec<(String, String)>, bool),
) -> Result<Response, Problem> {
    let One { holder, names, tokens, sessions, tries, boards, coaches } = administration::account(&app.store, id).await?;
    let frame = frame(app, visitor, Sheet::Accounts);
    let m = frame.m.admin;
    let now = app.store.clock().now();
    let typed = form.filter(|it| it.text("wat") == "rollen").map(chosen);
    let roles = choices(&frame, (&boards, &coaches), typed.as_deref().unwrap_or(&holder.account.roles));
    let own = visitor.asked.caller.who();
    let Some(row) = rows(&frame, std::slice::from_ref(&holder), &names, own).pop() else { return Err(Problem::unknown()) };
    let begins = holder.account.password.is_none() && !holder.provided;
    let invited = holder
        .invitation
        .filter(|_| begins)
        .map(|it| if it.until < now { m.invitation_over(day(it.until)) } else { m.invitation_holds(day(it.until)) });
    let gave = form.filter(|it| it.text("wat") == "gegevens");
    let typed = |id: &str, now: Option<&str>| gave.map_or(now.unwrap_or_default(), |it| it.text(id)).to_owned();
    let error = |id: &str| errors.iter().find(|it| gave.is_some() && it.0 == id).map_or_else(String::new, |it| it.1.clone());
    let shown = AccountPage {
        typed_name: typed("naam", Some(&holder.account.name)),
        typed_address: typed("adres", holder.account.address.as_deref()),
        name_error: error("naam"),
        address_error: error("adres"),
        name: holder.account.name.clone(),
        address: holder.account.address.clone().unwrap_or_default(),
        place: paths::admin_account(id),
        version: holder.account.version,
        you: row.you,
        row,
        provided: holder.provided,
        invited,
        roles,
        factor: holder.account.factor.is_some(),
        sessions: sessions.len(),
        tokens: tokens.iter().filter(|it| it.ended.is_none() && it.until > now).map(|it| token(m, it, now, &holder.account.name)).collect(),
        tries: tries.into_iter().map(|it| Try { at: moment(it.at), what: it.what.replace('-', " ") }).collect(),
        errors,
        stale,
        frame,
    };
    status(code, &shown)
}

pub(super) async fn one(State(app): State<App>, visitor: Visitor, Ids(id): Ids<String>, _: NoKeys) -> Result<Response, Problem> {
    drawn(&app, &visitor, StatusCode::OK, &id, (None, Vec::new(), false)).await
}

pub(super) async fn act(
    State(app): State<App>,
    visitor: Visitor,
    Ids(id): Ids<String>,
    _: NoKeys,
    form: Form,
) -> Result<Response, Problem> {
    let (store, asked) = (&app.store, &visitor.asked);
    let version = form.number("versie").unwrap_or(0);
    let m = frame(&app, &visitor, Sheet::Accounts).m.admin;
    let (done, what) = match form.text("wat") {
        "gegevens" => match super::invite::holder(m, &form, false) {
            Ok((name, address)) => (deeds::correct(store, asked, (&id, version), &name, address.as_deref()).await, Done::AccountPut),
            Err(errors) => return drawn(&app, &visitor, StatusCode::BAD_REQUEST, &id, (Some(&form), errors, false)).await,
        },
        "rollen" => (deeds::set_roles(store, asked, &id, version, chosen(&form)).await, Done::RolesPut),
        "factor" => (deeds::reset_factor(store, asked, &id, version).await, Done::FactorReset),
        "ontgrendelen" => (deeds::unlock(store, asked, &id).await, Done::AccountUnlocked),
        "einde" if form.has("zeker") => (deeds::end(store, asked, &id, version).await, Done::AccountEnded),
        "einde" => {
            let errors = vec![("zeker".to_owned(), m.sure_wrong().to_owned())];
            return drawn(&app, &visitor, StatusCode::BAD_REQUEST, &id, (Some(&form), errors, false)).await;
        }
        "koppeling" => {
            let made = deeds::another_link(store, asked, &id).await?;
            return secret(&app, &visitor, &made.made, made.secret.told());
        }
        _ => return Err(Problem::unknown()),
    };
    match done {
        Ok(_) => Ok(after(&paths::admin_account(&id), what)),
        Err(Refused::Stale(_)) => drawn(&app, &visitor, StatusCode::PRECONDITION_FAILED, &id, (Some(&form), Vec::new(), true)).await,
        Err(Refused::Clash(clash)) => {
            let field = if form.text("wat") == "gegevens" { "adres" } else { "rollen" };
            let errors = vec![(field.to_owned(), clash.what)];
            drawn(&app, &visitor, StatusCode::CONFLICT, &id, (Some(&form), errors, false)).await
        }
        Err(refused) => {
            let refused = refused.with_now(|_| ());
            match wrong(&refused) {
                Some(errors) => drawn(&app, &visitor, StatusCode::BAD_REQUEST, &id, (Some(&form), errors, false)).await,
                None => Err(refused.into()),
            }
        }
    }
}
