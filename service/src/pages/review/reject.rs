//! `/lichtingen/{id}/beoordelen/{kandidaat}/afwijzen`: why a proposal is rejected, how far that reaches, until when, and what follows.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use loket_solver::matching::facts::words::Word;

use super::decide::{Came, Wanted, decide, fields};
use super::detail::{OneView, view};
use super::one::opened;
use super::other::follows;
use super::picked::Query;
use super::say::Say;
use super::screen::{Screen, frame, load, screen, spot};
use crate::actions::review::one;
use crate::desk::choice::Choice;
use crate::desk::decision::{Along, Reason, Said, Scope};
use crate::pages::form::Form;
use crate::pages::frame::{Frame, Section, page, status, to};
use crate::pages::paths;
use crate::pages::visitor::Visitor;
use crate::serve::app::App;
use crate::serve::problem::Problem;

/// What was typed, with what is wrong with it.
#[derive(Clone, Debug)]
struct Typed {
    reason: String,
    scope: String,
    until: String,
    note: String,
    wrong: Vec<(&'static str, String)>,
}

impl Typed {
    fn new() -> Self {
        Self { reason: String::new(), scope: Scope::School.code().into(), until: String::new(), note: String::new(), wrong: Vec::new() }
    }

    fn of(form: &Form) -> Self {
        let text = |key: &str| form.text(key).to_owned();
        Self { reason: text("reden"), scope: text("reikwijdte"), until: text("tot"), note: text("toelichting"), wrong: Vec::new() }
    }

    /// What is wrong with a field; empty for nothing.
    fn wrong(&self, field: &str) -> &str {
        self.wrong.iter().find(|(id, _)| *id == field).map_or("", |(_, text)| text)
    }
}

#[derive(Template)]
#[template(path = "review/reject.html")]
struct RejectPage {
    frame: Frame,
    screen: Screen,
    one: OneView,
    typed: Typed,
    reasons: Vec<(&'static str, &'static str)>,
    scopes: Vec<(&'static str, String)>,
    /// What follows, by how far it reaches.
    follows: Vec<(String, String)>,
    coming: bool,
    action: String,
    /// Where what follows is asked again.
    fresh: String,
}

#[derive(Template)]
#[template(path = "review/part_follows.html")]
struct FollowsPart {
    frame: Frame,
    follows: Vec<(String, String)>,
    coming: bool,
    fresh: String,
}

/// The form.
pub async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path((wave, id)): Path<(String, String)>,
    picked: Query,
) -> Result<Response, Problem> {
    shown(&app, &visitor, (&wave, &id), picked, Typed::new()).await
}

async fn shown(app: &App, visitor: &Visitor, (wave, id): (&str, &str), mut picked: Query, typed: Typed) -> Result<Response, Problem> {
    let on = load(app, visitor, wave, &mut picked).await?;
    let found = one::one(&app.store, &visitor.asked, &on, id).await?;
    let Ok(placed) = &found.case.proposal else {
        // Nothing is proposed: there is nothing to reject.
        return Ok(to(&picked.behind(&paths::wave_reviewed(wave, id), &[])));
    };
    let frame = frame(app, visitor, wave).await?;
    let say = Say::new(frame.m, &on);
    let place = &placed.spot;
    let (school, seat, coach) = (Some(place.school.as_str()), Some(place.seat.as_str()), Some(place.coach.as_str()));
    let mut said = Vec::new();
    let mut coming = false;
    for (scope, kept) in
        [(Scope::Placement, (school, seat, coach)), (Scope::School, (school, None, None)), (Scope::Coach, (None, None, coach))]
    {
        let answer = one::without(&app.store, &visitor.asked, &on, id, kept).await?;
        coming |= answer.coming();
        said.push((say.scope(scope, place, &placed.board), follows(&say, id, &answer)));
    }
    let action = picked.behind(&paths::review_deed(wave, id, "afwijzen"), &[]);
    let fresh = picked.behind(&paths::review_deed(wave, id, "afwijzen"), &[("deel", "gevolg")]);
    if picked.part.is_some() {
        return page(&FollowsPart { frame, follows: said, coming, fresh });
    }
    opened(app, visitor, &on, id).await?;
    let reasons = Reason::ALL.iter().map(|it| (it.code(), say.reason(*it))).collect();
    let scopes = Scope::ALL.iter().map(|it| (it.code(), say.scope(*it, place, &placed.board))).collect();
    let one = view(&say, &picked, &found, app.store.clock(), None);
    let screen = screen(app, visitor, &say, &picked, (Some(id), "")).await?;
    let code = if typed.wrong.is_empty() { StatusCode::OK } else { StatusCode::BAD_REQUEST };
    let frame = if coming && typed.wrong.is_empty() { frame.refreshed(5) } else { frame };
    status(code, &RejectPage { frame, screen, one, typed, reasons, scopes, follows: said, coming, action, fresh })
}

/// Rejects.
pub async fn reject(
    State(app): State<App>,
    visitor: Visitor,
    Path((wave, id)): Path<(String, String)>,
    picked: Query,
    form: Form,
) -> Result<Response, Problem> {
    let m = visitor.frame(&app, Section::Waves).m.review;
    let mut typed = Typed::of(&form);
    let reason = Reason::ALL.iter().copied().find(|it| it.code() == typed.reason);
    let scope = Scope::ALL.iter().copied().find(|it| it.code() == typed.scope);
    if reason.is_none() {
        typed.wrong.push(("reden", m.choose_reason().into()));
    }
    if scope.is_none() {
        typed.wrong.push(("reikwijdte", m.choose_scope().into()));
    }
    let until = Some(typed.until.clone()).filter(|it| !it.is_empty());
    if until.as_ref().is_some_and(|it| it.parse::<jiff::civil::Date>().is_err()) {
        typed.wrong.push(("tot", m.choose_day().into()));
    }
    if !typed.wrong.is_empty() {
        return shown(&app, &visitor, (&wave, &id), picked, typed).await;
    }
    let place = spot(&form);
    let mut again = fields(place.as_ref());
    again.extend([
        ("reden", typed.reason.clone()),
        ("reikwijdte", typed.scope.clone()),
        ("tot", typed.until.clone()),
        ("toelichting", typed.note.clone()),
    ]);
    let along = Along { reason, scope, until, ..Along::default() };
    let wanted = Wanted {
        choice: Choice { said: Said::Afwijzen, spot: place, along },
        version: form.number("versie").unwrap_or(0),
        action: picked.behind(&paths::review_deed(&wave, &id, "afwijzen"), &[]),
        fields: again,
        note: typed.note.clone(),
    };
    match decide(&app, &visitor, (&wave, &id), picked.clone(), wanted).await? {
        Came::Answer(response) => Ok(response),
        Came::Wrong(refusal) => {
            typed.wrong = refusal
                .problems
                .into_iter()
                .map(|it| (if it.pointer == "/tot" { "tot" } else { "reden" }, format!("{}: {}", it.what, it.remedy)))
                .collect();
            shown(&app, &visitor, (&wave, &id), picked, typed).await
        }
    }
}
