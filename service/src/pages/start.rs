//! Where each role begins.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;

use super::frame::{Frame, Section, page, to};
use super::visitor::Visitor;
use super::{Pages, paths};
use crate::access::Role;
use crate::serve::app::App;
use crate::serve::problem::Problem;
use crate::serve::roles::KNOWN;

/// The pages of this file.
pub fn pages() -> Pages {
    Pages::new().at(KNOWN, paths::HOME, get(home)).at(&[Role::Intermediair], paths::START, get(show))
}

/// Where this role begins.
async fn home(State(app): State<App>, visitor: Visitor) -> Result<Response, Problem> {
    match visitor.asked.caller.role() {
        Role::Intermediair => Ok(to(paths::START)),
        _ => show(State(app), visitor).await,
    }
}

#[derive(Template)]
#[template(path = "start.html")]
struct StartPage {
    frame: Frame,
    name: String,
}

async fn show(State(app): State<App>, visitor: Visitor) -> Result<Response, Problem> {
    let name = visitor.first_name().to_owned();
    page(&StartPage { frame: visitor.frame(&app, Section::Start), name })
}
