//! `/lichtingen/{id}/steekproef`: whom to look at before agreeing with all proposals of a choice at once.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;

use super::listed::Link;
use super::picked::Query;
use super::say::Say;
use super::screen::{Screen, frame, load, screen};
use crate::actions::{Refused, groups};
use crate::desk::cohort::Filter;
use crate::pages::form::Form;
use crate::pages::frame::{Frame, status, to};
use crate::pages::paths;
use crate::pages::visitor::Visitor;
use crate::serve::app::App;
use crate::serve::problem::Problem;
use axum::http::StatusCode;

#[derive(Template)]
#[template(path = "review/sample.html")]
struct SamplePage {
    frame: Frame,
    screen: Screen,
    /// Whom to look at, each with whether that was done.
    drawn: Vec<(Link, bool)>,
    /// How many were looked at.
    seen: usize,
    /// What the choice is, in words.
    chosen: Vec<String>,
    /// How many proposals are left to agree with.
    open: usize,
    /// Why nothing was decided; empty when nobody tried.
    wrong: String,
    action: String,
    list: String,
}

/// The choice of a list as one of proposals: only people who are placed, about whom nothing was decided.
fn filter(picked: &Query) -> Filter {
    let by = &picked.by;
    Filter { bouw: by.bouw, school: by.school.clone(), board: by.board.clone(), coach: by.coach.clone(), rank: None, undecided: true }
}

/// Whom to look at.
pub async fn show(State(app): State<App>, visitor: Visitor, Path(wave): Path<String>, picked: Query) -> Result<Response, Problem> {
    shown(&app, &visitor, &wave, picked, String::new()).await
}

async fn shown(app: &App, visitor: &Visitor, wave: &str, mut picked: Query, wrong: String) -> Result<Response, Problem> {
    let on = load(app, visitor, wave, &mut picked).await?;
    let found = groups::drawn(&app.store, &visitor.asked, wave, &filter(&picked)).await?;
    let frame = frame(app, visitor, wave).await?;
    let say = Say::new(frame.m, &on);
    let names = &on.names;
    let chosen = [
        picked.by.bouw.map(|it| loket_solver::matching::facts::words::Word::code(it).to_owned()),
        picked.by.school.as_ref().map(|it| names.school(it).to_owned()),
        picked.by.board.as_ref().map(|it| names.board(it).to_owned()),
        picked.by.coach.as_ref().map(|it| names.coach(it).to_owned()),
    ];
    let one = |(candidate, seen): &(String, bool)| {
        let place = picked.behind(&paths::wave_reviewed(wave, candidate), &[("steekproef", "ja")]);
        (Link { label: names.candidate(candidate).to_owned(), place }, *seen)
    };
    let code = if wrong.is_empty() { StatusCode::OK } else { StatusCode::CONFLICT };
    let page = SamplePage {
        screen: screen(app, visitor, &say, &picked, (None, "")).await?,
        drawn: found.drawn.iter().map(one).collect(),
        seen: found.drawn.iter().filter(|(_, seen)| *seen).count(),
        chosen: chosen.into_iter().flatten().collect(),
        open: found.open,
        wrong,
        action: picked.behind(&paths::review_sample(wave), &[]),
        list: picked.behind(&paths::wave_review(wave), &[]),
        frame,
    };
    status(code, &page)
}

/// Agrees with all of them.
pub async fn agree(
    State(app): State<App>,
    visitor: Visitor,
    Path(wave): Path<String>,
    picked: Query,
    _: Form,
) -> Result<Response, Problem> {
    match groups::agree(&app.store, &visitor.asked, &wave, &filter(&picked)).await {
        Ok(_) => Ok(to(&picked.behind(&paths::wave_review(&wave), &[]))),
        Err(Refused::Clash(clash)) => shown(&app, &visitor, &wave, picked, clash.what).await,
        Err(Refused::NotNow(why)) => shown(&app, &visitor, &wave, picked, why).await,
        Err(refused) => Err(refused.into()),
    }
}
