//! What people set while the service runs, with what it was; and what the service was started with.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use loket_solver::matching::facts::words::Word;

use super::{Sheet, day, frame};
use crate::actions::settings::{self, Wanted};
use crate::actions::{Refused, administration};
use crate::pages::done::Done;
use crate::pages::form::Form;
use crate::pages::frame::{Frame, after, status};
use crate::pages::messages::Admin as Words;
use crate::pages::paths;
use crate::pages::visitor::Visitor;
use crate::records::setting::{Kept, Name, Shape};
use crate::serve::app::App;
use crate::serve::body::NoKeys;
use crate::serve::problem::Problem;

/// A setting as it is shown.
struct Shown {
    code: &'static str,
    says: &'static str,
    value: String,
    switch: bool,
    on: bool,
    usual: String,
    bounds: String,
    version: i64,
    set: String,
    past: Vec<String>,
    error: String,
    now: Option<String>,
}

#[derive(Template)]
#[template(path = "admin/settings.html")]
struct SettingsPage {
    frame: Frame,
    settings: Vec<Shown>,
    started: Vec<(&'static str, String)>,
    errors: Vec<(String, String)>,
}

/// What was refused, and of which setting.
struct Wrong<'a> {
    code: &'a str,
    typed: &'a str,
    what: String,
    now: Option<Kept>,
}

fn told(m: Words, shape: Shape, kept: Kept) -> String {
    match (shape, kept) {
        (Shape::Number { .. }, kept) => kept.to_string(),
        (Shape::Switch { .. }, 0) => m.off().to_owned(),
        (Shape::Switch { .. }, _) => m.on().to_owned(),
    }
}

async fn drawn(app: &App, visitor: &Visitor, code: StatusCode, wrong: Option<Wrong<'_>>) -> Result<Response, Problem> {
    let frame = frame(app, visitor, Sheet::Settings);
    let m = frame.m.admin;
    let names: BTreeMap<String, String> = administration::account_names(&app.store).await?;
    let named = |id: &str| names.get(id).cloned().unwrap_or_else(|| id.to_owned());
    let mut shown = Vec::new();
    for name in Name::ALL {
        let (it, past) = settings::one(&app.store, name.code()).await?;
        let shape = name.shape();
        let own = wrong.as_ref().filter(|wrong| wrong.code == name.code());
        let bounds = match shape {
            Shape::Number { least, most, .. } => m.bounds(least, most),
            Shape::Switch { .. } => String::new(),
        };
        shown.push(Shown {
            code: name.code(),
            says: name.says(),
            value: own.map_or_else(|| it.kept.to_string(), |own| own.typed.to_owned()),
            switch: matches!(shape, Shape::Switch { .. }),
            on: it.kept != 0,
            usual: told(m, shape, name.usual()),
            bounds,
            version: it.version,
            set: it.set.as_ref().map_or_else(|| m.never_set().to_owned(), |(at, who)| m.who_when(named(who), day(*at))),
            past: past.iter().map(|it| m.setting_was(told(m, shape, it.kept), named(&it.who), day(it.at))).collect(),
            error: own.map_or_else(String::new, |own| own.what.clone()),
            now: own.and_then(|own| own.now).map(|kept| told(m, shape, kept)),
        });
    }
    let errors = wrong.map(|it| (it.code.to_owned(), it.what)).into_iter().collect();
    status(code, &SettingsPage { frame, settings: shown, started: app.settings.told(), errors })
}

pub(super) async fn list(State(app): State<App>, visitor: Visitor, _: NoKeys) -> Result<Response, Problem> {
    drawn(&app, &visitor, StatusCode::OK, None).await
}

pub(super) async fn put(State(app): State<App>, visitor: Visitor, _: NoKeys, form: Form) -> Result<Response, Problem> {
    let code = form.text("instelling");
    let name = Name::parse(code).ok_or_else(Problem::unknown)?;
    let m = frame(&app, &visitor, Sheet::Settings).m.admin;
    let typed = form.text("waarde");
    let wanted = match (name.shape(), typed.parse::<i64>()) {
        (Shape::Switch { .. }, _) => Wanted::Switch(typed == "aan"),
        (Shape::Number { .. }, Ok(number)) => Wanted::Number(number),
        (Shape::Number { .. }, Err(_)) => {
            let wrong = Wrong { code, typed, what: m.no_number().to_owned(), now: None };
            return drawn(&app, &visitor, StatusCode::BAD_REQUEST, Some(wrong)).await;
        }
    };
    match settings::put(&app.store, &visitor.asked, code, form.number("versie").unwrap_or(0), wanted).await {
        Ok(_) => Ok(after(paths::ADMIN_SETTINGS, Done::SettingPut)),
        Err(Refused::Invalid(refusal)) => {
            let what = refusal.problems.first().map_or_else(String::new, |it| format!("{}; {}", it.what, it.remedy));
            drawn(&app, &visitor, StatusCode::BAD_REQUEST, Some(Wrong { code, typed, what, now: None })).await
        }
        Err(Refused::Stale(now)) => {
            let wrong = Wrong { code, typed, what: m.stale().to_owned(), now: Some(now.kept) };
            drawn(&app, &visitor, StatusCode::PRECONDITION_FAILED, Some(wrong)).await
        }
        Err(refused) => Err(refused.with_now(|_| ()).into()),
    }
}
