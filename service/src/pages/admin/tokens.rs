//! Tokens for programs: those of everybody, a new one of one's own, and their end.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use super::accounts::{SecretPage, wrong};
use super::overview::{TokenShown, token};
use super::{Sheet, frame};
use crate::actions::accounts::{self as deeds, Wanted};
use crate::actions::administration;
use crate::pages::done::Done;
use crate::pages::form::Form;
use crate::pages::frame::{Frame, after, page, status};
use crate::pages::paths;
use crate::pages::visitor::Visitor;
use crate::serve::app::App;
use crate::serve::body::{Ids, NoKeys};
use crate::serve::problem::Problem;
use crate::store::clock::end_of_day;

#[derive(Template)]
#[template(path = "admin/tokens.html")]
struct TokensPage {
    frame: Frame,
    tokens: Vec<TokenShown>,
    name: String,
    until: String,
    errors: Vec<(String, String)>,
    name_error: String,
    until_error: String,
}

async fn token_page(
    app: &App,
    visitor: &Visitor,
    code: StatusCode,
    form: &Form,
    errors: Vec<(String, String)>,
) -> Result<Response, Problem> {
    let told = administration::overview(&app.store).await?;
    let names = administration::account_names(&app.store).await?;
    let frame = frame(app, visitor, Sheet::Tokens);
    let (m, now) = (frame.m.admin, app.store.clock().now());
    let of = |id: &str| errors.iter().find(|it| it.0 == id).map_or_else(String::new, |it| it.1.clone());
    let owner = |id: &str| names.get(id).cloned().unwrap_or_else(|| id.to_owned());
    let shown = TokensPage {
        tokens: told.tokens.iter().map(|it| token(m, it, now, &owner(&it.account))).collect(),
        name: form.text("naam").to_owned(),
        until: form.text("tot").to_owned(),
        name_error: of("naam"),
        until_error: of("tot"),
        errors: errors.clone(),
        frame,
    };
    status(code, &shown)
}

pub(super) async fn list(State(app): State<App>, visitor: Visitor, _: NoKeys) -> Result<Response, Problem> {
    token_page(&app, &visitor, StatusCode::OK, &Form::default(), Vec::new()).await
}

/// A token for the own account, in the role that is acted in.
pub(super) async fn make(State(app): State<App>, visitor: Visitor, _: NoKeys, form: Form) -> Result<Response, Problem> {
    let m = frame(&app, &visitor, Sheet::Tokens).m.admin;
    let bad = StatusCode::BAD_REQUEST;
    if form.text("naam").is_empty() {
        return token_page(&app, &visitor, bad, &form, vec![("naam".to_owned(), m.name_wrong().to_owned())]).await;
    }
    let until = match form.some("tot") {
        None => None,
        Some(text) => match text.parse().ok().and_then(end_of_day) {
            Some(until) => Some(until),
            None => return token_page(&app, &visitor, bad, &form, vec![("tot".to_owned(), m.day_wrong().to_owned())]).await,
        },
    };
    let wanted = Wanted { name: form.text("naam").chars().take(200).collect(), role: visitor.asked.caller.role(), until };
    match deeds::make_token(&app.store, &visitor.asked, wanted).await {
        Ok(made) => {
            let frame = frame(&app, &visitor, Sheet::Tokens);
            let (title, text) = (frame.m.admin.token_title(&made.made.name), frame.m.admin.token_told().to_owned());
            page(&SecretPage {
                title,
                text,
                secret: made.secret.told().to_owned(),
                used: None,
                place: paths::ADMIN_TOKENS.to_owned(),
                frame,
            })
        }
        Err(refused) => match wrong(&refused) {
            Some(errors) => token_page(&app, &visitor, bad, &form, errors).await,
            None => Err(refused.into()),
        },
    }
}

pub(super) async fn end(State(app): State<App>, visitor: Visitor, Ids(id): Ids<String>, _: NoKeys) -> Result<Response, Problem> {
    deeds::end_token(&app.store, &visitor.asked, &id).await?;
    Ok(after(paths::ADMIN_TOKENS, Done::TokenEnded))
}
