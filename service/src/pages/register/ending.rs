//! A board, school or coach ends, or a candidate stops: from a day, for a reason; what still stands with it is asked about first.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use loket_solver::matching::facts::words::Word;

use super::{Tab, words};
use crate::actions::endings::{self, Ending};
use crate::actions::{Refused, catalogue};
use crate::pages::done::Done;
use crate::pages::form::Form;
use crate::pages::frame::{Frame, Section, after, status};
use crate::pages::paths;
use crate::pages::visitor::Visitor;
use crate::records::history::EndReason;
use crate::records::register::Row;
use crate::records::stage::StopReason;
use crate::serve::app::App;
use crate::serve::body::{Ids, NoKeys};
use crate::serve::problem::Problem;

#[derive(Template)]
#[template(path = "register/ending.html")]
struct EndingPage {
    frame: Frame,
    title: String,
    place: String,
    back: String,
    version: i64,
    day: String,
    reason: String,
    reasons: Vec<(&'static str, String)>,
    errors: Vec<(String, String)>,
    day_error: String,
    reason_error: String,
    doubts: Vec<String>,
    stale: bool,
}

/// What was refused.
#[derive(Default)]
struct Wrong {
    day: String,
    reason: String,
    doubts: Vec<String>,
    stale: bool,
}

fn drawn(app: &App, visitor: &Visitor, code: StatusCode, (tab, row): (Tab, &Row), form: &Form, wrong: Wrong) -> Result<Response, Problem> {
    let frame = visitor.frame(app, Section::Register);
    let m = frame.m.register;
    let reasons = match tab {
        Tab::Candidates => StopReason::ALL.iter().map(|it| (it.code(), words::stop_reason(*it))).collect(),
        _ => EndReason::ALL.iter().map(|it| (it.code(), words::end_reason(m, *it).to_owned())).collect(),
    };
    let mut errors = Vec::new();
    for (id, text) in [("vanaf", &wrong.day), ("reden", &wrong.reason)] {
        if !text.is_empty() {
            errors.push((id.to_owned(), text.clone()));
        }
    }
    let shown = EndingPage {
        title: m.end_title(row.called()),
        place: paths::register_end(tab.code(), &row.id),
        back: paths::register_row(tab.code(), &row.id),
        version: row.version,
        day: form.text("vanaf").to_owned(),
        reason: form.text("reden").to_owned(),
        reasons,
        errors,
        day_error: wrong.day,
        reason_error: wrong.reason,
        doubts: wrong.doubts,
        stale: wrong.stale,
        frame,
    };
    status(code, &shown)
}

pub(super) async fn form(
    State(app): State<App>,
    visitor: Visitor,
    Ids((tab, id)): Ids<(String, String)>,
    _: NoKeys,
) -> Result<Response, Problem> {
    let tab = Tab::read(&tab)?;
    let row = catalogue::row(&app.store, &visitor.asked, tab.kind(), &id).await?;
    drawn(&app, &visitor, StatusCode::OK, (tab, &row), &Form::default(), Wrong::default())
}

pub(super) async fn end(
    State(app): State<App>,
    visitor: Visitor,
    Ids((tab, id)): Ids<(String, String)>,
    _: NoKeys,
    form: Form,
) -> Result<Response, Problem> {
    let tab = Tab::read(&tab)?;
    let row = catalogue::row(&app.store, &visitor.asked, tab.kind(), &id).await?;
    let m = visitor.frame(&app, Section::Register).m.register;
    let version = form.number("versie").unwrap_or(0);
    let bad = StatusCode::BAD_REQUEST;
    let of = (tab, &row);
    let mut wrong = Wrong::default();
    let day = form.text("vanaf");
    if day.len() != 10 || day.parse::<jiff::civil::Date>().is_err() {
        wrong.day = m.day_wrong().to_owned();
    }
    let known = match tab {
        Tab::Candidates => StopReason::parse(form.text("reden")).is_some(),
        _ => EndReason::parse(form.text("reden")).is_some(),
    };
    if !known {
        wrong.reason = m.reason_wrong().to_owned();
    }
    if !wrong.day.is_empty() || !wrong.reason.is_empty() {
        return drawn(&app, &visitor, bad, of, &form, wrong);
    }
    let (from, confirmed) = (day.to_owned(), form.has("bevestigd"));
    let done = match (tab, EndReason::parse(form.text("reden")), StopReason::parse(form.text("reden"))) {
        (Tab::Candidates, _, Some(reason)) => {
            endings::stop(&app.store, &visitor.asked, (&id, version), Ending { from, reason, confirmed }).await
        }
        (_, Some(reason), _) => {
            endings::end(&app.store, &visitor.asked, tab.kind(), (&id, version), Ending { from, reason, confirmed }).await
        }
        _ => return Err(Problem::unknown()),
    };
    match done {
        Ok(_) => Ok(after(&paths::register_row(tab.code(), &id), Done::RowEnded)),
        Err(Refused::Unconfirmed(points)) => {
            let doubts = points.iter().map(|it| format!("{}; {}", it.what, it.remedy)).collect();
            drawn(&app, &visitor, bad, of, &form, Wrong { doubts, ..Wrong::default() })
        }
        Err(Refused::Invalid(refusal)) => {
            let day = refusal.problems.first().map_or_else(String::new, |it| format!("{}; {}", it.what, it.remedy));
            drawn(&app, &visitor, bad, of, &form, Wrong { day, ..Wrong::default() })
        }
        Err(Refused::Stale(now)) => {
            drawn(&app, &visitor, StatusCode::PRECONDITION_FAILED, (tab, &now), &form, Wrong { stale: true, ..Wrong::default() })
        }
        Err(refused) => Err(refused.with_now(|_| ()).into()),
    }
}
