//! The list of waves: where each stands, how far it is, and what comes next.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;

use super::rows::{Row, row};
use crate::access::Role;
use crate::actions::overview;
use crate::pages::declared::Pages;
use crate::pages::frame::{Frame, Section, page};
use crate::pages::paths;
use crate::pages::visitor::Visitor;
use crate::serve::app::App;
use crate::serve::body::Keys;
use crate::serve::problem::Problem;

/// Waves on one page.
const SIZE: i64 = 50;

/// The page of this file.
pub fn pages() -> Pages {
    Pages::new().at(&[Role::Intermediair], paths::WAVES, get(list))
}

#[derive(Template)]
#[template(path = "waves/list.html")]
struct ListPage {
    frame: Frame,
    rows: Vec<Row>,
    more: Option<String>,
}

async fn list(State(app): State<App>, visitor: Visitor, mut keys: Keys) -> Result<Response, Problem> {
    let at: i64 = keys.text("pagina").and_then(|it| it.parse().ok()).filter(|it| (1..=10_000).contains(it)).unwrap_or(1);
    let (waves, all) = overview::all(&app.store, (at - 1) * SIZE, SIZE).await?;
    let (frame, today) = (visitor.frame(&app, Section::Waves), app.store.clock().today().to_string());
    let rows = waves.iter().map(|it| row(frame.m, it, &today)).collect();
    let more = (at * SIZE < all).then(|| format!("{}?pagina={}", paths::WAVES, at + 1));
    page(&ListPage { rows, more, frame })
}
