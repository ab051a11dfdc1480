//! Days off of a coach: added and taken away one period at a time.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;

use super::super::declared::Pages;
use super::super::done::Done;
use super::super::form::Form;
use super::super::frame::{Frame, Section, after, page, status};
use super::super::paths;
use super::super::said;
use super::super::visitor::Visitor;
use super::ROLES;
use crate::access::Role;
use crate::actions::{Refused, coaching};
use crate::records::coaching::{DaysOff, Off};
use crate::serve::app::App;
use crate::serve::body::Ids;
use crate::serve::problem::Problem;

/// The pages of this file.
pub(super) fn pages() -> Pages {
    Pages::new().at(ROLES, paths::COACH_OFF, get(show).post(save))
}

#[derive(Template)]
#[template(path = "coach/off.html")]
struct OffPage {
    frame: Frame,
    back: String,
    here: String,
    periods: Vec<(String, String)>,
    version: i64,
    from: String,
    until: String,
    errors: Vec<(String, String)>,
    stale: bool,
}

fn drawn(app: &App, visitor: &Visitor, id: &str, found: &DaysOff) -> OffPage {
    let own = visitor.asked.caller.role() == Role::Coach;
    let frame = visitor.frame(app, if own { Section::Coach } else { Section::Register });
    let m = frame.m;
    let says = |it: &Off| {
        let words = m.coach.period(said::kept(m, &it.from, said::day), said::kept(m, &it.until, said::day));
        (words, format!("{} {}", it.from, it.until))
    };
    OffPage {
        back: paths::coach_desk(id),
        here: paths::coach_off(id),
        periods: found.periods.iter().map(says).collect(),
        version: found.version,
        from: String::new(),
        until: String::new(),
        errors: Vec::new(),
        stale: false,
        frame,
    }
}

async fn show(State(app): State<App>, visitor: Visitor, Ids(id): Ids<String>) -> Result<Response, Problem> {
    let found = coaching::days_off(&app.store, &visitor.asked, &id).await?;
    page(&drawn(&app, &visitor, &id, &found))
}

async fn save(State(app): State<App>, visitor: Visitor, Ids(id): Ids<String>, form: Form) -> Result<Response, Problem> {
    let found = coaching::days_off(&app.store, &visitor.asked, &id).await?;
    let mut periods = found.periods.clone();
    let mut again = drawn(&app, &visitor, &id, &found);
    if let Some(gone) = form.some("weg") {
        periods.retain(|it| format!("{} {}", it.from, it.until) != gone);
    } else {
        (again.from, again.until) = (form.text("van").to_owned(), form.text("tot").to_owned());
        for (name, text) in [("van", &again.from), ("tot", &again.until)] {
            if text.parse::<jiff::civil::Date>().is_err() {
                again.errors.push((name.to_owned(), again.frame.m.coach.wrong_day().to_owned()));
            }
        }
        if !again.errors.is_empty() {
            return status(StatusCode::BAD_REQUEST, &again);
        }
        periods.push(Off { from: again.from.clone(), until: again.until.clone() });
    }
    match coaching::put_days_off(&app.store, &visitor.asked, &id, form.number("versie").unwrap_or(-1), periods).await {
        Ok(_) => Ok(after(&paths::coach_off(&id), Done::DaysOffSaved)),
        Err(Refused::Stale(_)) => {
            again.stale = true;
            status(StatusCode::PRECONDITION_FAILED, &again)
        }
        Err(Refused::Invalid(refusal)) => {
            let control = |place: &str| if place.ends_with("/tot") { "tot" } else { "van" }.to_owned();
            again.errors = said::wrong(&refusal, control);
            status(StatusCode::BAD_REQUEST, &again)
        }
        Err(refused) => Err(refused.with_now(|_| ()).into()),
    }
}
