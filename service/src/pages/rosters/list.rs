//! Every roster, the newest first.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;

use super::{ROLES, told};
use crate::pages::days;
use crate::pages::declared::Pages;
use crate::pages::frame::{Frame, Section, page};
use crate::pages::paths;
use crate::pages::visitor::Visitor;
use crate::serve::app::App;
use crate::serve::body::Keys;
use crate::serve::problem::Problem;

/// Rosters on a page.
const SIZE: i64 = 50;

/// The page of this file.
pub(super) fn pages() -> Pages {
    Pages::new().at(ROLES, paths::ROSTERS, get(show))
}

struct Line {
    name: String,
    place: String,
    kind: &'static str,
    period: String,
    look: (&'static str, &'static str),
    state: &'static str,
}

#[derive(Template)]
#[template(path = "rosters/list.html")]
struct ListPage {
    frame: Frame,
    make: &'static str,
    lines: Vec<Line>,
    more: Option<String>,
}

async fn show(State(app): State<App>, visitor: Visitor, mut keys: Keys) -> Result<Response, Problem> {
    let number = keys.number("pagina", 1, 1_000_000).unwrap_or(1);
    keys.finish()?;
    let frame = visitor.frame(&app, Section::Rosters);
    let m = frame.m;
    let (all, count) = app.store.read().rosters(None, (number - 1) * SIZE, SIZE).await?;
    let line = |it: crate::records::roster::Roster| Line {
        place: paths::roster(&it.id),
        kind: told::kind(m, it.kind),
        period: m.rooster.period(days::day(m, &it.from), days::day(m, &it.until)),
        look: told::stage_look(it.stage()),
        state: told::stage(m, it.stage()),
        name: it.name,
    };
    let more = (number * SIZE < count).then(|| paths::with(paths::ROSTERS.to_owned(), &[("pagina", &(number + 1).to_string())]));
    page(&ListPage { lines: all.into_iter().map(line).collect(), make: paths::NEW_ROSTER, more, frame })
}
