//! `/lichtingen/{id}/probeerbak`: several changes tried together; nothing changes until they are kept.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;

use super::decide::put_note;
use super::picked::Query;
use super::say::Say;
use super::screen::{Screen, frame, load, screen, spot};
use super::trayed::{TrayView, despite, scope};
use crate::actions::Refused;
use crate::actions::review::tray;
use crate::actions::tryouts::{self, Now};
use crate::desk::tryout::Wish;
use crate::pages::form::Form;
use crate::pages::frame::{Frame, Section, page, status, to};
use crate::pages::paths;
use crate::pages::visitor::Visitor;
use crate::serve::app::App;
use crate::serve::problem::Problem;

#[derive(Template)]
#[template(path = "review/tray.html")]
struct TrayPage {
    frame: Frame,
    screen: Screen,
    /// Why it was not kept.
    wrong: Vec<(&'static str, String)>,
    /// What was typed.
    reason: String,
    list: String,
}

impl TrayPage {
    /// What is wrong with a field; empty for nothing.
    fn wrong_of(&self, field: &str) -> &str {
        self.wrong.iter().find(|(id, _)| *id == field).map_or("", |(_, text)| text)
    }
}

#[derive(Template)]
#[template(path = "review/part_tray.html")]
struct TrayPart {
    frame: Frame,
    tray: Option<TrayView>,
    open: bool,
}

/// What is tried, on a page of its own.
pub async fn show(State(app): State<App>, visitor: Visitor, Path(wave): Path<String>, picked: Query) -> Result<Response, Problem> {
    shown(&app, &visitor, &wave, picked, (Vec::new(), String::new())).await
}

async fn shown(
    app: &App,
    visitor: &Visitor,
    wave: &str,
    mut picked: Query,
    (wrong, reason): (Vec<(&'static str, String)>, String),
) -> Result<Response, Problem> {
    let on = load(app, visitor, wave, &mut picked).await?;
    let frame = frame(app, visitor, wave).await?;
    let say = Say::new(frame.m, &on);
    if picked.part.is_some() {
        let beside = picked.beside.clone();
        let tray = screen(app, visitor, &say, &picked, (beside.as_deref(), "")).await?.tray;
        return page(&TrayPart { frame, tray, open: picked.open });
    }
    let screen = Screen { open: true, ..screen(app, visitor, &say, &picked, (None, "")).await? };
    let frame = if screen.tray.as_ref().is_some_and(|it| it.coming) { frame.refreshed(5) } else { frame };
    let code = if wrong.is_empty() { StatusCode::OK } else { StatusCode::BAD_REQUEST };
    status(code, &TrayPage { frame, screen, wrong, reason, list: picked.behind(&paths::wave_review(wave), &[]) })
}

/// Back to the proposal, or to the page of what is tried.
fn back(wave: &str, picked: &Query) -> Response {
    let place = picked.beside.as_ref().map_or_else(|| paths::review_tray(wave), |id| paths::wave_reviewed(wave, id));
    to(&picked.behind(&place, &[]))
}

/// Tries something for a candidate.
pub async fn attempt(
    State(app): State<App>,
    visitor: Visitor,
    Path((wave, id)): Path<(String, String)>,
    picked: Query,
    form: Form,
) -> Result<Response, Problem> {
    let text = |key: &str| form.some(key).map(str::to_owned);
    let wish = match (scope(form.text("reikwijdte")), spot(&form)) {
        (Some(scope), _) => Wish::Forbid { scope, reason: None },
        (None, _) if form.has("loslaten") => Wish::Release,
        (None, _) => {
            Wish::Place { school: text("school"), seat: text("plek"), coach: text("coach"), despite: despite(form.all("ondanks")) }
        }
    };
    tray::add(&app.store, &visitor.asked, &wave, &id, wish).await?;
    Ok(to(&picked.behind(&paths::wave_reviewed(&wave, &id), &[])))
}

/// Takes one out.
pub async fn take(
    State(app): State<App>,
    visitor: Visitor,
    Path(wave): Path<String>,
    picked: Query,
    form: Form,
) -> Result<Response, Problem> {
    tray::take(&app.store, &visitor.asked, &wave, form.text("weg")).await?;
    Ok(back(&wave, &picked))
}

/// Throws all of it away.
pub async fn empty(
    State(app): State<App>,
    visitor: Visitor,
    Path(wave): Path<String>,
    picked: Query,
    _: Form,
) -> Result<Response, Problem> {
    tray::empty(&app.store, &visitor.asked, &wave).await?;
    Ok(back(&wave, &picked))
}

/// Keeps it: its choices become decisions, all at once. A rule that is set aside needs a reason, which is noted with each candidate.
pub async fn keep(
    State(app): State<App>,
    visitor: Visitor,
    Path(wave): Path<String>,
    picked: Query,
    form: Form,
) -> Result<Response, Problem> {
    let m = visitor.frame(&app, Section::Waves).m.review;
    let Some(tried) = tray::open(&app.store, &visitor.asked, &wave).await? else { return Ok(back(&wave, &picked)) };
    let reason = form.text("reden").to_owned();
    let aside: Vec<String> =
        tried.found.iter().flat_map(|it| &it.changes).filter(|it| !it.aside.is_empty()).map(|it| it.candidate.clone()).collect();
    if !aside.is_empty() && reason.is_empty() {
        return shown(&app, &visitor, &wave, picked, (vec![("reden", m.say_why().into())], reason)).await;
    }
    let (id, version) = (&tried.seen.tried.id, form.number("versie").unwrap_or(0));
    let wrong = match tryouts::keep(&app.store, &visitor.asked, (&wave, id), version).await {
        Ok(_) => {
            for candidate in &aside {
                put_note(&app, &visitor, (&wave, candidate), &m.note_despite(&reason)).await?;
            }
            return Ok(back(&wave, &picked));
        }
        Err(Refused::Stale(now)) => match *now {
            Now::TryOut(_) => m.tray_changed().to_owned(),
            Now::Decisions { now, .. } => m.tray_decided(now.len()),
        },
        Err(Refused::NotNow(why)) => why,
        Err(Refused::Invalid(refusal)) => {
            refusal.problems.iter().map(|it| format!("{}: {}", it.what, it.remedy)).collect::<Vec<_>>().join("; ")
        }
        Err(refused) => return Err(Problem::from(refused.with_now(|_| ()))),
    };
    shown(&app, &visitor, &wave, picked, (vec![("", wrong)], reason)).await
}
