//! Coming in and going out: signing in with a password or the city's account, a link with which a password is chosen, a forgotten password,
//! another role, another language.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use loket_solver::matching::facts::words::Word;

use super::declared::Pages;
use super::done::Done;
use super::form::Form;
use super::frame::{Frame, LANGUAGE, Section, after, page, status, to};
use super::messages::Language;
use super::paths;
use super::visitor::{Guest, Visitor, held};
use crate::access::{Role, password};
use crate::actions::signing::{self, Given, Not, SignedIn};
use crate::actions::{Refused, forgotten};
use crate::serve::app::App;
use crate::serve::cookie;
use crate::serve::flood::What;
use crate::serve::guard::From;
use crate::serve::near::Near;
use crate::serve::problem::Problem;
use crate::serve::roles::KNOWN;

/// The pages for whoever comes.
pub fn pages() -> Pages {
    Pages::new()
        .open(paths::SIGN_IN, get(show).post(sign_in))
        .open(paths::FORGOT, get(forgot).post(ask))
        .open(paths::LINK, get(link).post(use_link))
        .open(paths::LANGUAGE, get(speak))
        .open(paths::DOOR, get(through_a_door))
}

/// The pages for who is signed in.
pub fn own() -> Pages {
    Pages::new().at(KNOWN, paths::SIGN_OUT, post(sign_out)).at(KNOWN, paths::ROLE, get(choose).post(switch))
}

#[derive(Template)]
#[template(path = "entrance/sign_in.html")]
pub(super) struct SignInPage {
    pub(super) frame: Frame,
    /// What was typed.
    address: String,
    /// Why it did not work: the headline, and what to do.
    pub(super) wrong: Option<(&'static str, &'static str)>,
    /// Whether a code is asked as well.
    code: bool,
    /// Roles to choose from.
    choices: Vec<Role>,
    /// Whether the city's account can be used.
    provider: bool,
}

impl SignInPage {
    pub(super) fn new(app: &App, frame: Frame) -> Self {
        let provider = app.provider.is_some();
        Self { frame, address: String::new(), wrong: None, code: false, choices: Vec::new(), provider }
    }
}

async fn show(State(app): State<App>, guest: Guest) -> Result<Response, Problem> {
    page(&SignInPage::new(&app, guest.frame()))
}

/// Signed in: the session goes with the browser, and the one that it had ends.
async fn entered(app: &App, headers: &HeaderMap, done: SignedIn) -> Result<Response, Problem> {
    if let Some(old) = cookie::of(headers, cookie::SESSION) {
        signing::replace(&app.store, old).await?;
    }
    let mut response = to(paths::HOME);
    response.headers_mut().append(header::SET_COOKIE, cookie::set(cookie::SESSION, done.secret.told()));
    Ok(response)
}

pub(super) fn full(app: &App, near: Near) -> bool {
    app.flood.full(near, What::InVain, app.store.clock().now())
}

async fn sign_in(State(app): State<App>, From(near): From, headers: HeaderMap, guest: Guest, form: Form) -> Result<Response, Problem> {
    let mut again = SignInPage::new(&app, guest.frame());
    again.address = form.text("adres").to_owned();
    let m = again.frame.m.entrance;
    let given = Given {
        address: again.address.clone(),
        password: form.exact("wachtwoord").to_owned(),
        code: form.some("code").map(|it| it.replace(' ', "")).filter(|it| it.len() <= 8),
        recovery: form.some("code").filter(|it| it.len() > 8).map(str::to_owned),
        role: held(form.text("rol")),
    };
    let came = if full(&app, near) { Err(Not::Now) } else { signing::sign_in(&app.store, given).await };
    let code = match came {
        Ok(done) => return entered(&app, &headers, done).await,
        Err(Not::Refused(refused)) => return Err(refused.into()),
        Err(Not::Fitting) => {
            app.flood.count(near, What::InVain, app.store.clock().now());
            again.wrong = Some((m.not_fitting(), m.not_fitting_remedy()));
            again.code = form.has("code");
            StatusCode::UNPROCESSABLE_ENTITY
        }
        Err(Not::Now) => {
            again.wrong = Some((m.too_often(), m.too_often_remedy()));
            StatusCode::TOO_MANY_REQUESTS
        }
        Err(Not::WithoutCode) => {
            again.code = true;
            StatusCode::OK
        }
        Err(Not::WithoutRole(roles)) => {
            again.code = form.has("code");
            again.choices = roles;
            StatusCode::OK
        }
        Err(Not::Waiting) => {
            again.wrong = Some((m.waiting(), m.waiting_remedy()));
            StatusCode::FORBIDDEN
        }
        Err(Not::Roleless) => {
            again.wrong = Some((m.roleless(), m.roleless_remedy()));
            StatusCode::FORBIDDEN
        }
        // That is of signing in elsewhere.
        Err(Not::Unanswered) => return Err(Problem::provider_down()),
    };
    status(code, &again)
}

#[derive(Template)]
#[template(path = "entrance/forgot.html")]
struct ForgotPage {
    frame: Frame,
    asked: bool,
}

async fn forgot(guest: Guest) -> Result<Response, Problem> {
    page(&ForgotPage { frame: guest.frame(), asked: false })
}

/// Whether there is such an account is not told.
async fn ask(State(app): State<App>, From(near): From, guest: Guest, form: Form) -> Result<Response, Problem> {
    let now = app.store.clock().now();
    if app.flood.full(near, What::Asked, now) {
        return Err(Problem::too_often());
    }
    app.flood.count(near, What::Asked, now);
    forgotten::ask(&app.store, form.text("adres")).await?;
    page(&ForgotPage { frame: guest.frame(), asked: true })
}

#[derive(Template)]
#[template(path = "entrance/link.html")]
struct LinkPage {
    frame: Frame,
    /// What was typed.
    link: String,
    /// What is wrong, and how it is right.
    wrong: Option<(String, String)>,
    /// Characters that a password has at least.
    fewest: usize,
}

impl LinkPage {
    fn new(frame: Frame, link: &str) -> Self {
        Self { frame, link: link.to_owned(), wrong: None, fewest: password::ALONE }
    }
}

/// The link itself is typed or pasted, and not part of an address: addresses are kept by browsers and proxies.
async fn link(guest: Guest) -> Result<Response, Problem> {
    page(&LinkPage::new(guest.frame(), ""))
}

async fn use_link(State(app): State<App>, From(near): From, headers: HeaderMap, guest: Guest, form: Form) -> Result<Response, Problem> {
    let mut again = LinkPage::new(guest.frame(), form.text("koppeling"));
    let m = again.frame.m.entrance;
    let came = match full(&app, near) {
        true => Err(Not::Now),
        false => signing::use_link(&app.store, form.text("koppeling"), form.exact("wachtwoord"), held(form.text("rol"))).await,
    };
    let (code, wrong) = match came {
        Ok(done) => return entered(&app, &headers, done).await,
        Err(Not::WithoutCode) => return Ok(after(paths::SIGN_IN, Done::PasswordChosen)),
        // The password is chosen when the link is used in one role; the others are a switch away.
        Err(Not::WithoutRole(roles)) => {
            let first = roles.first().copied();
            let came = signing::use_link(&app.store, form.text("koppeling"), form.exact("wachtwoord"), first).await;
            return match came {
                Ok(done) => entered(&app, &headers, done).await,
                Err(_) => Err(Problem::not_fitting()),
            };
        }
        Err(Not::Now) => (StatusCode::TOO_MANY_REQUESTS, (m.too_often().to_owned(), m.too_often_remedy().to_owned())),
        Err(Not::Refused(Refused::Invalid(refusal))) => {
            let first = refusal.problems.first();
            let wrong = first.map(|it| (it.what.clone(), it.remedy.clone())).unwrap_or_default();
            (StatusCode::BAD_REQUEST, wrong)
        }
        Err(Not::Refused(refused)) => return Err(refused.into()),
        Err(Not::Fitting | Not::Waiting | Not::Roleless | Not::Unanswered) => {
            app.flood.count(near, What::InVain, app.store.clock().now());
            (StatusCode::UNPROCESSABLE_ENTITY, (m.link_over().to_owned(), m.link_over_remedy().to_owned()))
        }
    };
    again.wrong = Some(wrong);
    status(code, &again)
}

async fn sign_out(State(app): State<App>, visitor: Visitor) -> Result<Response, Problem> {
    signing::sign_out(&app.store, &visitor.asked).await?;
    let mut response = after(paths::SIGN_IN, Done::SignedOut);
    response.headers_mut().append(header::SET_COOKIE, cookie::gone(cookie::SESSION));
    Ok(response)
}

#[derive(Template)]
#[template(path = "entrance/role.html")]
struct RolePage {
    frame: Frame,
    /// Each role of the account, and whether it is acted in now.
    roles: Vec<(Role, bool)>,
}

/// Which of several roles to act in.
async fn choose(State(app): State<App>, visitor: Visitor) -> Result<Response, Problem> {
    if visitor.roles.len() < 2 {
        return Ok(to(paths::HOME));
    }
    let now = visitor.asked.caller.role();
    let roles = visitor.roles.iter().map(|it| (*it, *it == now)).collect();
    page(&RolePage { frame: visitor.frame(&app, Section::None), roles })
}

/// Acts in another role of the same account, from its start on.
async fn switch(State(app): State<App>, headers: HeaderMap, visitor: Visitor, form: Form) -> Result<Response, Problem> {
    let other = held(form.text("rol")).filter(|it| *it != visitor.asked.caller.role());
    let Some(role) = other else { return Ok(to(paths::HOME)) };
    match signing::switch(&app.store, &visitor.asked, role).await {
        Ok(done) => {
            let mut response = entered(&app, &headers, done).await?;
            response.headers_mut().append(header::SET_COOKIE, Done::OtherRole.cookie());
            Ok(response)
        }
        Err(Not::Refused(refused)) => Err(refused.into()),
        Err(_) => Ok(to(paths::SIGN_IN)),
    }
}

/// The pages in another language, in this browser.
async fn speak(Path(code): Path<String>) -> Response {
    let mut response = to(paths::HOME);
    if let Some(language) = Language::parse(&code) {
        response.headers_mut().append(header::SET_COOKIE, cookie::set(LANGUAGE, language.code()));
    }
    response.into_response()
}

/// Comes in by an address of a demo, which counts once: whoever has been let in already goes on to where the role begins.
async fn through_a_door(State(app): State<App>, method: Method, headers: HeaderMap, Path(told): Path<String>) -> Result<Response, Problem> {
    if method != Method::GET {
        return Err(Problem::unknown());
    }
    let Some(door) = app.doors.through(&told) else {
        let known = app.settings.demo && cookie::of(&headers, cookie::SESSION).is_some();
        return if known { Ok(to(paths::HOME)) } else { Err(Problem::unknown()) };
    };
    match signing::enter(&app.store, &door.account, door.role).await {
        Ok(done) => entered(&app, &headers, done).await,
        Err(Not::Refused(refused)) => Err(refused.into()),
        Err(_) => Err(Problem::unknown()),
    }
}
