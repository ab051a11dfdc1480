//! The own account: who one is here, another password, a second factor, and where one is signed in.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use axum::routing::{get, post};
use qrcodegen::{QrCode, QrCodeEcc};

use super::days;
use super::declared::Pages;
use super::done::Done;
use super::form::Form;
use super::frame::{Frame, Section, after, page, status, to};
use super::paths;
use super::visitor::Visitor;
use crate::access::{Role, Through, password};
use crate::actions::Refused;
use crate::actions::signing::{self, Not};
use crate::serve::app::App;
use crate::serve::problem::Problem;
use crate::serve::roles::KNOWN;
use axum::http::StatusCode;

/// The pages of this file.
pub fn pages() -> Pages {
    Pages::new()
        .at(KNOWN, paths::OWN, get(show))
        .at(KNOWN, paths::OWN_PASSWORD, post(choose_password))
        .at(KNOWN, paths::OWN_FACTOR, post(factor))
        .at(KNOWN, paths::OWN_CODE, post(confirm))
        .at(KNOWN, paths::OWN_SESSIONS, post(end_others))
}

/// A session as it is shown.
struct SessionRow {
    role: Role,
    began: String,
    seen: String,
    this: bool,
}

#[derive(Template)]
#[template(path = "own/account.html")]
struct AccountPage {
    frame: Frame,
    address: String,
    factor: bool,
    roles: Vec<Role>,
    sessions: Vec<SessionRow>,
    /// Characters that another password has at least; nothing for who signs in elsewhere.
    fewest: Option<usize>,
    /// What is wrong with the password that was typed, by its field.
    wrong: Vec<(String, String)>,
    old_wrong: String,
    new_wrong: String,
}

async fn show(State(app): State<App>, visitor: Visitor) -> Result<Response, Problem> {
    drawn(&app, &visitor, StatusCode::OK, Vec::new()).await
}

async fn drawn(app: &App, visitor: &Visitor, code: StatusCode, wrong: Vec<(String, String)>) -> Result<Response, Problem> {
    let this = match visitor.asked.caller.through() {
        Through::Session(id) => id.clone(),
        _ => String::new(),
    };
    let account = app.store.read().account(visitor.asked.caller.who()).await?.ok_or_else(Problem::unknown)?;
    let sessions = signing::sessions(&app.store, &visitor.asked).await?;
    let frame = visitor.frame(app, Section::None);
    let m = frame.m;
    let row = |it: crate::records::account::Signed| SessionRow {
        role: it.role,
        began: days::moment(m, it.began),
        seen: days::moment(m, it.seen),
        this: it.id == this,
    };
    let least = if account.factor.is_some() { password::BESIDE_A_FACTOR } else { password::ALONE };
    let of = |field: &str| wrong.iter().find(|it| it.0 == field).map_or_else(String::new, |it| it.1.clone());
    let shown = AccountPage {
        frame,
        address: account.address.unwrap_or_default(),
        factor: account.factor.is_some(),
        roles: visitor.roles.clone(),
        sessions: sessions.into_iter().map(row).collect(),
        fewest: account.password.is_some().then_some(least),
        old_wrong: of("oud"),
        new_wrong: of("nieuw"),
        wrong,
    };
    status(code, &shown)
}

/// Another password: what was typed never comes back.
async fn choose_password(State(app): State<App>, visitor: Visitor, form: Form) -> Result<Response, Problem> {
    match signing::choose_password(&app.store, &visitor.asked, form.exact("oud"), form.exact("nieuw")).await {
        Ok(_) => Ok(after(paths::OWN, Done::PasswordPut)),
        Err(Not::Refused(Refused::Invalid(refusal))) => {
            let wrong =
                refusal.problems.iter().map(|it| (it.pointer.trim_start_matches('/').to_owned(), format!("{}; {}", it.what, it.remedy)));
            drawn(&app, &visitor, StatusCode::BAD_REQUEST, wrong.collect()).await
        }
        Err(Not::Refused(refused)) => Err(refused.into()),
        Err(Not::Now) => Err(Problem::too_often()),
        Err(_) => Err(Problem::not_fitting()),
    }
}

#[derive(Template)]
#[template(path = "own/factor.html")]
struct FactorPage {
    frame: Frame,
    /// The secret in groups of four, to type.
    secret: String,
    /// The same as a square: its side, and a path of its dark modules.
    square: Option<(i32, String)>,
    wrong: String,
}

/// A square of an address that an app reads, with a white edge of four modules as the standard asks.
fn square(address: &str) -> Option<(i32, String)> {
    let code = QrCode::encode_text(address, QrCodeEcc::Medium).ok()?;
    let size = code.size();
    let dark = (0..size).flat_map(|y| (0..size).map(move |x| (x, y))).filter(|(x, y)| code.get_module(*x, *y));
    Some((size + 8, dark.map(|(x, y)| format!("M{} {}h1v1h-1z", x + 4, y + 4)).collect()))
}

fn in_fours(secret: &str) -> String {
    let letters: Vec<char> = secret.chars().collect();
    letters.chunks(4).map(|it| it.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

/// A new secret is shown once, and counts once a code of it was given.
async fn factor(State(app): State<App>, visitor: Visitor) -> Result<Response, Problem> {
    let (secret, address) = signing::new_factor(&app.store, &visitor.asked).await?;
    let frame = visitor.frame(&app, Section::None);
    page(&FactorPage { frame, secret: in_fours(&secret), square: square(&address), wrong: String::new() })
}

#[derive(Template)]
#[template(path = "own/codes.html")]
struct CodesPage {
    frame: Frame,
    codes: Vec<String>,
}

async fn confirm(State(app): State<App>, visitor: Visitor, form: Form) -> Result<Response, Problem> {
    let frame = visitor.frame(&app, Section::None);
    let m = frame.m.own;
    match signing::confirm_factor(&app.store, &visitor.asked, form.text("code")).await {
        Ok(codes) => page(&CodesPage { frame, codes: codes.iter().map(|it| it.told().to_owned()).collect() }),
        // The secret stays in the app; it is not shown a second time.
        Err(Refused::Invalid(_)) => {
            let wrong = m.code_wrong().to_owned();
            status(StatusCode::BAD_REQUEST, &FactorPage { frame, secret: String::new(), square: None, wrong })
        }
        Err(Refused::NotNow(_)) => Ok(to(paths::OWN)),
        Err(refused) => Err(refused.into()),
    }
}

async fn end_others(State(app): State<App>, visitor: Visitor) -> Result<Response, Problem> {
    signing::end_other_sessions(&app.store, &visitor.asked).await?;
    Ok(after(paths::OWN, Done::SessionsEnded))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_a_square_with_a_white_edge_and_groups_of_four() {
        let (side, path) = square("otpauth://totp/Loket:noor?secret=ABCDEFGH&issuer=Loket").unwrap();
        assert!(side >= 29 && path.starts_with("M4 4h1v1h-1z"), "{side}");
        assert!(!path.contains("M3 ") && !path.contains(&format!("M{} ", side - 4)));
        assert_eq!(in_fours("ABCDEFGHIJ"), "ABCD EFGH IJ");
    }
}
