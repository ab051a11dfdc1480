//! Numbers of a wave that the service cannot know, completed by hand.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use loket_instances::planning::monitor::codes::Stage;
use loket_solver::common::words::Word;

use super::table::{stage_name, wave_name};
use super::{Part, ROLES, with_bar};
use crate::actions::{Refused, funnel};
use crate::desk::funnel::ANSWERS;
use crate::pages::declared::Pages;
use crate::pages::done::Done;
use crate::pages::form::Form;
use crate::pages::frame::{Frame, Section, after, status};
use crate::pages::messages::Messages;
use crate::pages::paths;
use crate::pages::visitor::Visitor;
use crate::pages::wrong::Wrong;
use crate::serve::app::App;
use crate::serve::body::Ids;
use crate::serve::problem::Problem;

/// The page of this file.
pub(super) fn pages() -> Pages {
    Pages::new().at(ROLES, paths::MONITOR_WAVE, get(show).post(put))
}

/// A number: its key, what it is, what was counted, and what stands there.
struct Field {
    key: &'static str,
    label: String,
    hint: String,
    value: String,
}

#[derive(Template)]
#[template(path = "monitor/complete.html")]
struct CompletePage {
    frame: Frame,
    name: String,
    back: &'static str,
    here: String,
    wrong: Wrong,
    fields: Vec<Field>,
}

/// Every key that can be completed.
fn keys() -> impl Iterator<Item = &'static str> {
    Stage::ALL.iter().map(|it| it.code()).chain(ANSWERS)
}

fn label(m: Messages, key: &str) -> String {
    match Stage::parse(key) {
        Some(stage) => stage_name(m, stage).to_owned(),
        None if key == ANSWERS[0] => m.plan.answers_label().to_owned(),
        None => m.plan.sum_label().to_owned(),
    }
}

async fn drawn(app: &App, visitor: &Visitor, id: &str, form: Option<&Form>, wrong: Wrong) -> Result<CompletePage, Problem> {
    if !funnel::wave(id) {
        return Err(Problem::unknown());
    }
    let now = funnel::now(&app.store, app.store.clock().today()).await?;
    let frame = with_bar(visitor.frame(app, Section::Planning), Part::Monitor);
    let m = frame.m;
    let wave = now.monitor.waves.iter().find(|it| it.id == id);
    let field = |key: &'static str| {
        let hand = now.completed.iter().find(|it| it.wave == id && it.what == key).map(|it| it.number);
        let counted = Stage::parse(key).and_then(|stage| wave?.count(stage)).filter(|_| hand.is_none());
        let kept = hand.map(|it| it.to_string()).unwrap_or_default();
        Field {
            key,
            label: label(m, key),
            hint: counted.map(|it| m.plan.counted_is(i64::from(it))).unwrap_or_default(),
            value: form.map_or(kept, |form| form.text(key).to_owned()),
        }
    };
    Ok(CompletePage {
        name: wave_name(m, id),
        back: paths::MONITOR,
        here: paths::monitor_wave(id),
        fields: keys().map(field).collect(),
        wrong,
        frame,
    })
}

async fn show(State(app): State<App>, visitor: Visitor, Ids(id): Ids<String>) -> Result<Response, Problem> {
    status(StatusCode::OK, &drawn(&app, &visitor, &id, None, Wrong::default()).await?)
}

async fn put(State(app): State<App>, visitor: Visitor, Ids(id): Ids<String>, form: Form) -> Result<Response, Problem> {
    let m = visitor.frame(&app, Section::Planning).m;
    let mut wrong = Wrong::default();
    let mut numbers = Vec::new();
    for key in keys() {
        let text = form.text(key);
        let number: Option<i64> = text.replace('.', "").parse().ok();
        if !text.is_empty() && number.is_none() {
            wrong.add(key, m.plan.bad_number(label(m, key), 0, 100_000));
        }
        numbers.push((key.to_owned(), number));
    }
    if wrong.is_empty() {
        let key = |pointer: &str| keys().find(|it| pointer.ends_with(&format!("/{it}"))).unwrap_or("");
        match funnel::complete(&app.store, &visitor.asked, &id, &numbers, app.store.clock().today()).await {
            Ok(_) => return Ok(after(paths::MONITOR, Done::FunnelCompleted)),
            Err(Refused::Invalid(refusal)) => wrong.take(&refusal.problems, key),
            Err(other) => return Err(other.into()),
        }
    }
    status(StatusCode::BAD_REQUEST, &drawn(&app, &visitor, &id, Some(&form), wrong).await?)
}
