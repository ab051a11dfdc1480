//! Who came with the account of an organisation and waits: an administrator confirms each of them once.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use super::{Sheet, day, frame};
use crate::actions::{Refused, administration, oidc};
use crate::pages::done::Done;
use crate::pages::form::Form;
use crate::pages::frame::{Frame, after, status};
use crate::pages::paths;
use crate::pages::visitor::Visitor;
use crate::serve::app::App;
use crate::serve::body::NoKeys;
use crate::serve::problem::Problem;

/// Most people on the page.
const MOST: i64 = 200;

/// Somebody who waits.
struct Waits {
    name: String,
    address: String,
    roles: String,
    came: String,
    account: String,
    version: i64,
    place: String,
}

#[derive(Template)]
#[template(path = "admin/identities.html")]
struct IdentitiesPage {
    frame: Frame,
    all: i64,
    rows: Vec<Waits>,
    stale: bool,
}

async fn drawn(app: &App, visitor: &Visitor, code: StatusCode, stale: bool) -> Result<Response, Problem> {
    let (found, all) = app.store.snapshot().await?.identities(Some(true), 0, MOST).await?;
    let (mut names, coaches) = administration::may_be_for(&app.store).await?;
    names.extend(coaches);
    let frame = frame(app, visitor, Sheet::Identities);
    let roles = |it: &crate::records::identity::Known| {
        let all: Vec<String> = it.roles.iter().map(|held| super::accounts::role(&frame, held, &names)).collect();
        if all.is_empty() { frame.m.admin.no_role_given().to_owned() } else { all.join("; ") }
    };
    let rows = found
        .into_iter()
        .map(|it| Waits {
            roles: roles(&it),
            came: day(it.made),
            place: paths::admin_account(&it.account),
            name: it.name,
            address: it.address.unwrap_or_default(),
            account: it.account,
            version: it.version,
        })
        .collect();
    status(code, &IdentitiesPage { frame, all, rows, stale })
}

pub(super) async fn list(State(app): State<App>, visitor: Visitor, _: NoKeys) -> Result<Response, Problem> {
    drawn(&app, &visitor, StatusCode::OK, false).await
}

pub(super) async fn confirm(State(app): State<App>, visitor: Visitor, _: NoKeys, form: Form) -> Result<Response, Problem> {
    let version = form.number("versie").unwrap_or(0);
    match oidc::confirm(&app.store, &visitor.asked, form.text("account"), version).await {
        Ok(_) => Ok(after(paths::ADMIN_IDENTITIES, Done::IdentityConfirmed)),
        Err(Refused::Stale(_)) => drawn(&app, &visitor, StatusCode::PRECONDITION_FAILED, true).await,
        Err(refused) => Err(Problem::of(refused, |_| serde_json::Value::Null, serde_json::Value::Null)),
    }
}
