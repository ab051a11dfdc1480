//! Looking for somebody or something by name, from any page: who is found alone is opened at once.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;

use super::declared::Pages;
use super::form::Form;
use super::frame::{Frame, Section, page, to};
use super::messages::Messages;
use super::paths;
use super::visitor::Visitor;
use crate::access::Role;
use crate::actions::searching::{self, Found, Search};
use crate::records::register::{Kind, Row};
use crate::serve::app::App;
use crate::serve::body::NoKeys;
use crate::serve::problem::Problem;

const I: &[Role] = &[Role::Intermediair];

/// The pages of this file.
pub fn pages() -> Pages {
    Pages::new().at(I, paths::SEARCH, get(blank).post(search))
}

/// Somebody or something that was found.
struct Hit {
    name: String,
    place: String,
    about: String,
    /// Where a candidate is reviewed: address and words.
    waves: Vec<(String, String)>,
}

/// What was found of one kind.
struct Group {
    title: String,
    hits: Vec<Hit>,
    more: Option<(String, String)>,
}

#[derive(Template)]
#[template(path = "search.html")]
struct SearchPage {
    frame: Frame,
    here: &'static str,
    typed: String,
    groups: Vec<Group>,
}

fn drawn(app: &App, visitor: &Visitor, typed: &str, groups: Vec<Group>) -> Result<Response, Problem> {
    let frame = visitor.frame(app, Section::None);
    page(&SearchPage { here: paths::SEARCH, typed: typed.to_owned(), groups, frame })
}

async fn blank(State(app): State<App>, visitor: Visitor, _: NoKeys) -> Result<Response, Problem> {
    drawn(&app, &visitor, "", Vec::new())
}

/// What a name says. It is sent in a form and never part of an address.
async fn search(State(app): State<App>, visitor: Visitor, _: NoKeys, form: Form) -> Result<Response, Problem> {
    let typed = form.text("naam");
    if typed.is_empty() {
        return Ok(to(paths::SEARCH));
    }
    let told = searching::search(&app.store, &visitor.asked, typed).await?;
    if let [alone] = &told.found.iter().flat_map(|it| it.rows.iter().map(|row| (it.kind, row))).collect::<Vec<_>>()[..] {
        return Ok(to(&opened(&told, *alone)));
    }
    let m = visitor.frame(&app, Section::None).m;
    let groups = told.found.iter().filter(|it| it.all > 0).map(|it| group(m, &told, it)).collect();
    drawn(&app, &visitor, typed, groups)
}

/// The list of the register that a kind stands in, by its name in an address.
fn list(kind: Kind) -> &'static str {
    match kind {
        Kind::Board => "besturen",
        Kind::School => "scholen",
        Kind::Coach => "coaches",
        Kind::Candidate => "kandidaten",
    }
}

/// The page of somebody or something.
fn place(kind: Kind, row: &Row) -> String {
    match kind {
        Kind::Board => paths::board(&row.id),
        _ => paths::register_row(list(kind), &row.id),
    }
}

/// Where whoever is found alone is opened: a candidate in the one wave that is reviewed, else the page in the register.
fn opened(told: &Search, (kind, row): (Kind, &Row)) -> String {
    match told.waves.get(&row.id).map(Vec::as_slice) {
        Some([(wave, _)]) if kind == Kind::Candidate => paths::wave_reviewed(wave, &row.id),
        _ => place(kind, row),
    }
}

fn group(m: Messages, told: &Search, found: &Found) -> Group {
    let title = match found.kind {
        Kind::Candidate => m.search.candidates(found.all),
        Kind::Coach => m.search.coaches(found.all),
        Kind::School => m.search.schools(found.all),
        Kind::Board => m.search.boards(found.all),
    };
    let hits = found.rows.iter().map(|row| hit(m, told, found.kind, row)).collect();
    let left = found.all - found.rows.len();
    let more = (left > 0).then(|| (paths::register(list(found.kind)), m.search.more(left)));
    Group { title, hits, more }
}

fn hit(m: Messages, told: &Search, kind: Kind, row: &Row) -> Hit {
    let board = row.board.as_ref().map(|id| told.boards.get(id).unwrap_or(id).clone());
    let waves = told.waves.get(&row.id).filter(|_| kind == Kind::Candidate).into_iter().flatten();
    Hit {
        name: row.called().to_owned(),
        place: place(kind, row),
        about: board.unwrap_or_else(|| row.id.clone()),
        waves: waves.map(|(id, name)| (paths::wave_reviewed(id, &row.id), m.search.review_in(name))).collect(),
    }
}
