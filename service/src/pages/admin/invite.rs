//! Inviting somebody: a name, an address for the link, and roles.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use super::accounts::{RoleChoice, choices, chosen, secret, wrong};
use super::{Sheet, frame};
use crate::actions::accounts::{self, Invited};
use crate::actions::{Refused, administration};
use crate::pages::form::Form;
use crate::pages::frame::{Frame, status};
use crate::pages::messages::Admin as Words;
use crate::pages::visitor::Visitor;
use crate::serve::app::App;
use crate::serve::body::NoKeys;
use crate::serve::problem::Problem;

#[derive(Template)]
#[template(path = "admin/invite.html")]
struct InvitePage {
    frame: Frame,
    name: String,
    address: String,
    roles: Vec<RoleChoice>,
    errors: Vec<(String, String)>,
    name_error: String,
    address_error: String,
}

async fn invitation(
    app: &App,
    visitor: &Visitor,
    code: StatusCode,
    form: &Form,
    errors: Vec<(String, String)>,
) -> Result<Response, Problem> {
    let frame = frame(app, visitor, Sheet::Accounts);
    let (boards, coaches) = administration::may_be_for(&app.store).await?;
    let of = |id: &str| errors.iter().find(|it| it.0 == id).map_or_else(String::new, |it| it.1.clone());
    let shown = InvitePage {
        roles: choices(&frame, (&boards, &coaches), &chosen(form)),
        name: form.text("naam").to_owned(),
        address: form.text("adres").to_owned(),
        name_error: of("naam"),
        address_error: of("adres"),
        errors,
        frame,
    };
    status(code, &shown)
}

pub(super) async fn blank(State(app): State<App>, visitor: Visitor, _: NoKeys) -> Result<Response, Problem> {
    invitation(&app, &visitor, StatusCode::OK, &Form::default(), Vec::new()).await
}

/// The name and the address of somebody who holds an account.
type Holder = (String, Option<String>);

/// Whose an account is and where messages go, as it was typed; without an address where it need not have one.
pub(super) fn holder(m: Words, form: &Form, addressed: bool) -> Result<Holder, Vec<(String, String)>> {
    let (name, address) = (form.text("naam"), form.text("adres"));
    let mut errors = Vec::new();
    if name.is_empty() {
        errors.push(("naam".to_owned(), m.name_wrong().to_owned()));
    }
    let looks = address.split_once('@').is_some_and(|(who, place)| !who.is_empty() && place.contains('.') && !place.contains('@'));
    let wrong = !looks || address.chars().any(|it| it.is_whitespace() || it.is_control()) || address.chars().count() > 320;
    if wrong && (addressed || !address.is_empty()) {
        errors.push(("adres".to_owned(), m.address_wrong().to_owned()));
    }
    let address = Some(address.to_owned()).filter(|it| !it.is_empty());
    if errors.is_empty() { Ok((name.chars().take(200).collect(), address)) } else { Err(errors) }
}

pub(super) async fn invite(State(app): State<App>, visitor: Visitor, _: NoKeys, form: Form) -> Result<Response, Problem> {
    let bad = StatusCode::BAD_REQUEST;
    let m = frame(&app, &visitor, Sheet::Accounts).m.admin;
    let (name, address) = match holder(m, &form, true) {
        Ok(holder) => holder,
        Err(errors) => return invitation(&app, &visitor, bad, &form, errors).await,
    };
    let invited = Invited { name, address, roles: chosen(&form) };
    match accounts::invite(&app.store, &visitor.asked, invited).await {
        Ok(made) => secret(&app, &visitor, &made.made, made.secret.told()),
        Err(Refused::Clash(clash)) => invitation(&app, &visitor, StatusCode::CONFLICT, &form, vec![("adres".to_owned(), clash.what)]).await,
        Err(refused) => match wrong(&refused) {
            Some(errors) => invitation(&app, &visitor, bad, &form, errors).await,
            None => Err(refused.into()),
        },
    }
}
