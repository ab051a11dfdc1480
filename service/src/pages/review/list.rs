//! `/lichtingen/{id}/beoordelen`: the list, with where to begin; and the list searched by name.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;

use super::listed::{Link, Stand, stand};
use super::picked::Query;
use super::say::Say;
use super::screen::{Screen, frame, screen};
use crate::actions::openings;
use crate::actions::review::list::{Listed, listed};
use crate::desk::review::list::{Narrowed, Shown, State as Decided};
use crate::pages::form::Form;
use crate::pages::frame::{Frame, Section, Tab, page, to};
use crate::pages::paths;
use crate::pages::visitor::Visitor;
use crate::pages::wavebar::around;
use crate::serve::app::App;
use crate::serve::problem::Problem;

#[derive(Template)]
#[template(path = "review/list.html")]
struct ListPage {
    frame: Frame,
    screen: Screen,
    /// Who is next to do.
    begin: Option<Link>,
    /// How many are left.
    left: usize,
    /// Whether somebody searched.
    sought: bool,
    /// Where the answers are.
    answers: String,
}

#[derive(Template)]
#[template(path = "review/nothing.html")]
struct NothingPage {
    frame: Frame,
    runs: String,
}

#[derive(Template)]
#[template(path = "review/part_stand.html")]
struct StandPart {
    stand: Stand,
}

/// The list.
pub async fn show(State(app): State<App>, visitor: Visitor, Path(wave): Path<String>, mut picked: Query) -> Result<Response, Problem> {
    let Some(on) = listed(&app.store, &visitor.asked, &wave, &picked.by, None).await? else {
        let frame = around(&app, &visitor, &wave, Tab::Review).await?.0;
        return page(&NothingPage { frame, runs: paths::wave_runs(&wave) });
    };
    if picked.part.is_some() {
        return part(&app, &visitor, &picked, &on).await;
    }
    picked.since(on.wave.decisions);
    shown(&app, &visitor, &on, &picked, "").await
}

/// How far the wave is, asked again. Whoever still has a proposal before them says so once in a while.
async fn part(app: &App, visitor: &Visitor, picked: &Query, on: &Listed) -> Result<Response, Problem> {
    let say = Say::new(visitor.frame(app, Section::Waves).m, on);
    if let Some(candidate) = picked.beside.as_deref().filter(|it| on.sight.candidate(it).is_some()) {
        openings::still(&app.store, &visitor.asked, (&on.wave.id, candidate), &on.run.job.id).await?;
    }
    page(&StandPart { stand: stand(&say, picked.beside.as_deref()) })
}

async fn shown(app: &App, visitor: &Visitor, on: &Listed, picked: &Query, sought: &str) -> Result<Response, Problem> {
    let frame = frame(app, visitor, &on.wave.id).await?;
    let say = Say::new(frame.m, on);
    let first = on.rows.iter().find(|row| row.state == Decided::ToDo).or_else(|| on.rows.first().filter(|_| !sought.is_empty()));
    let begin = first.map(|row| Link {
        label: on.names.candidate(&row.candidate).to_owned(),
        place: picked.behind(&paths::wave_reviewed(&on.wave.id, &row.candidate), &[]),
    });
    let left = on.counts.all - on.counts.done();
    let screen = screen(app, visitor, &say, picked, (None, sought)).await?;
    page(&ListPage { frame, screen, begin, left, sought: !sought.is_empty(), answers: paths::wave_answers(&on.wave.id) })
}

/// The list with those whose name has this in it. A name is sent in a form and never part of an address.
pub async fn seek(
    State(app): State<App>,
    visitor: Visitor,
    Path(wave): Path<String>,
    mut picked: Query,
    form: Form,
) -> Result<Response, Problem> {
    let sought = form.text("zoek");
    if sought.is_empty() {
        return Ok(to(&picked.behind(&paths::wave_review(&wave), &[])));
    }
    // Whoever searches means everybody.
    picked.by = Narrowed { shown: Shown::All, ..Narrowed::default() };
    let on = listed(&app.store, &visitor.asked, &wave, &picked.by, Some(sought)).await?.ok_or_else(Problem::unknown)?;
    picked.since(on.wave.decisions);
    shown(&app, &visitor, &on, &picked, sought).await
}

/// Whoever comes back to where a form was sent sees the list.
pub async fn again(visitor: Visitor, Path(wave): Path<String>, picked: Query) -> Response {
    drop(visitor);
    to(&picked.behind(&paths::wave_review(&wave), &[]))
}
