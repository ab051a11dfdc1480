//! Help for each role, and what the foot of every page leads to: accessibility, privacy, and how Loket computes.

mod topics;

use askama::Template;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::get;

use self::topics::{Topic, access, how, of_role, privacy};
use super::declared::Pages;
use super::frame::{Frame, Section, page};
use super::messages::Messages;
use super::visitor::Guest;
use super::{guard, paths};
use crate::access::Role;
use crate::serve::app::App;
use crate::serve::problem::Problem;

/// The pages of this folder, for whoever comes.
pub fn pages() -> Pages {
    Pages::new()
        .open(paths::HELP, get(help))
        .open(paths::ACCESS, get(show_access))
        .open(paths::PRIVACY, get(show_privacy))
        .open(paths::HOW, get(show_how))
}

#[derive(Template)]
#[template(path = "help/page.html")]
struct HelpPage {
    frame: Frame,
    title: &'static str,
    purpose: &'static str,
    topics: Vec<Topic>,
}

/// What stands around the page: the menu of whoever is signed in, else nothing.
async fn around(app: &App, headers: &HeaderMap, guest: Guest) -> Result<Frame, Problem> {
    Ok(match guard::looking(app, headers).await? {
        Some(visitor) => visitor.frame(app, Section::None),
        None => guest.frame(),
    })
}

/// What a page says on top, and below it.
type Says = fn(Messages, Option<Role>) -> (&'static str, &'static str, Vec<Topic>);

async fn shown(app: &App, headers: &HeaderMap, guest: Guest, says: Says) -> Result<Response, Problem> {
    let frame = around(app, headers, guest).await?;
    let (title, purpose, topics) = says(frame.m, frame.role);
    page(&HelpPage { frame, title, purpose, topics })
}

async fn help(State(app): State<App>, headers: HeaderMap, guest: Guest) -> Result<Response, Problem> {
    shown(&app, &headers, guest, |m, role| (m.help.title(), m.help.purpose(), of_role(m, role))).await
}

async fn show_access(State(app): State<App>, headers: HeaderMap, guest: Guest) -> Result<Response, Problem> {
    shown(&app, &headers, guest, |m, _| (m.help.access_title(), m.help.access_purpose(), access(m))).await
}

async fn show_privacy(State(app): State<App>, headers: HeaderMap, guest: Guest) -> Result<Response, Problem> {
    shown(&app, &headers, guest, |m, _| (m.help.privacy_title(), m.help.privacy_purpose(), privacy(m))).await
}

async fn show_how(State(app): State<App>, headers: HeaderMap, guest: Guest) -> Result<Response, Problem> {
    shown(&app, &headers, guest, |m, _| (m.help.how_title(), m.help.how_purpose(), how(m))).await
}
