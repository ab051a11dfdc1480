//! "Meld een verandering": a coach who falls out reports that; the intermediary looks for somebody else.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use loket_solver::matching::facts::words::Word;

use super::super::declared::Pages;
use super::super::done::Done;
use super::super::form::Form;
use super::super::frame::{Frame, Section, after, page, status};
use super::super::paths;
use super::super::said;
use super::super::visitor::Visitor;
use super::OWN;
use crate::actions::{Refused, coaching, reports};
use crate::records::report::{ReportKind, ReportReason};
use crate::serve::app::App;
use crate::serve::body::Ids;
use crate::serve::problem::Problem;

/// The pages of this file.
pub(super) fn pages() -> Pages {
    Pages::new().at(OWN, paths::COACH_REPORT, get(show).post(report))
}

#[derive(Template)]
#[template(path = "coach/report.html")]
struct ReportPage {
    frame: Frame,
    back: String,
    here: String,
    from: String,
    reason: String,
    reasons: Vec<(&'static str, &'static str)>,
    errors: Vec<(String, String)>,
    doubts: Vec<String>,
}

async fn drawn(app: &App, visitor: &Visitor, id: &str) -> Result<ReportPage, Problem> {
    // Another's desk is not there.
    coaching::days_off(&app.store, &visitor.asked, id).await?;
    let frame = visitor.frame(app, Section::Coach);
    Ok(ReportPage {
        back: paths::coach_desk(id),
        here: paths::coach_report(id),
        from: app.store.clock().today().to_string(),
        reason: String::new(),
        reasons: ReportKind::Coach.reasons().iter().map(|it| (it.code(), said::report_reason(frame.m, ReportKind::Coach, *it))).collect(),
        errors: Vec::new(),
        doubts: Vec::new(),
        frame,
    })
}

async fn show(State(app): State<App>, visitor: Visitor, Ids(id): Ids<String>) -> Result<Response, Problem> {
    page(&drawn(&app, &visitor, &id).await?)
}

async fn report(State(app): State<App>, visitor: Visitor, Ids(id): Ids<String>, form: Form) -> Result<Response, Problem> {
    let mut again = drawn(&app, &visitor, &id).await?;
    (again.from, again.reason) = (form.text("vanaf").to_owned(), form.text("reden").to_owned());
    let reason = ReportReason::parse(&again.reason);
    if reason.is_none() {
        again.errors.push(("reden".into(), again.frame.m.coach.wrong_reason().to_owned()));
    }
    if again.from.parse::<jiff::civil::Date>().is_err() {
        again.errors.push(("vanaf".into(), again.frame.m.coach.wrong_day().to_owned()));
    }
    let (Some(reason), true) = (reason, again.errors.is_empty()) else {
        return status(StatusCode::BAD_REQUEST, &again);
    };
    let confirmed = form.has("bevestigd");
    let wish = reports::Wish { coach: Some(id.clone()), seat: None, from: again.from.clone(), reason, confirmed };
    match reports::report(&app.store, &visitor.asked, &wish).await {
        Ok(_) => Ok(after(&paths::coach_desk(&id), Done::Reported)),
        Err(Refused::Invalid(refusal)) => {
            again.errors = said::wrong(&refusal, str::to_owned);
            status(StatusCode::BAD_REQUEST, &again)
        }
        Err(Refused::Unconfirmed(points)) => {
            again.doubts = points.into_iter().map(|it| it.what).collect();
            status(StatusCode::BAD_REQUEST, &again)
        }
        Err(refused) => Err(refused.into()),
    }
}
