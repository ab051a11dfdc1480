//! What people ask about their own data, over everybody: what is open with its last day, and what was done.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use jiff::civil::Date;

use super::{Tab, words};
use crate::actions::privacy;
use crate::pages::frame::{Frame, Section, page};
use crate::pages::messages::Messages;
use crate::pages::paths;
use crate::pages::visitor::Visitor;
use crate::pages::{days, said};
use crate::present::dutch::number;
use crate::records::privacy::Requested;
use crate::records::register::Kind;
use crate::serve::app::App;
use crate::serve::body::Keys;
use crate::serve::problem::Problem;
use loket_solver::matching::facts::words::Word;

/// Requests of one page.
const MOST: i64 = 50;

/// A request as it is shown.
struct Line {
    name: String,
    party: &'static str,
    /// Where it is done; nothing when the register has no such person any more.
    place: Option<String>,
    wish: &'static str,
    asked: String,
    until: String,
    kind: &'static str,
    icon: &'static str,
    state: String,
}

#[derive(Template)]
#[template(path = "register/requests.html")]
struct RequestsPage {
    frame: Frame,
    lines: Vec<Line>,
    count: String,
    /// Whether those that were done are shown as well.
    all: bool,
    open_place: &'static str,
    all_place: String,
    before: Option<String>,
    next: Option<String>,
}

/// Where a request is: its kind, its icon and its words.
fn state(m: Messages, it: &Requested, today: Date) -> (&'static str, &'static str, String) {
    if let Some(done) = it.request.done {
        return ("good", "vink", m.register.done_on(days::moment(m, done)));
    }
    let left = it.request.until.parse::<Date>().ok().and_then(|day| today.until(day).ok()).map_or(0, |it| i64::from(it.get_days()));
    match left {
        ..0 => ("bad", "letop", m.register.is_late().to_owned()),
        0 => ("warn", "klok", m.register.due_today().to_owned()),
        1..=7 => ("warn", "klok", m.register.due_in(left)),
        _ => ("quiet", "klok", m.register.due_in(left)),
    }
}

fn line(m: Messages, it: &Requested, today: Date) -> Line {
    let (kind, icon, state) = state(m, it, today);
    let who = &it.request.who;
    let (party, tab) = match who.kind {
        Kind::Coach => (m.said.coach(), Tab::Coaches),
        Kind::Candidate | Kind::Board | Kind::School => (m.said.candidate(), Tab::Candidates),
    };
    Line {
        name: it.name.clone().unwrap_or_else(|| who.id.clone()),
        party,
        place: it.known.then(|| paths::register_data(tab.code(), &who.id)),
        wish: words::wish(m.register, it.request.wish),
        asked: said::kept(m, &it.request.asked, said::weekday),
        until: said::kept(m, &it.request.until, said::weekday),
        kind,
        icon,
        state,
    }
}

pub(super) async fn show(State(app): State<App>, visitor: Visitor, mut keys: Keys) -> Result<Response, Problem> {
    let all = keys.text("alle").is_some();
    let sheet = keys.number("blad", 1, 1_000_000).unwrap_or(1);
    keys.finish()?;
    let (found, count) = privacy::requests(&app.store, &visitor.asked, !all, (sheet - 1) * MOST, MOST).await?;
    let frame = visitor.frame(&app, Section::Register);
    let m = frame.m;
    let today = app.store.clock().today();
    let all_place = paths::with(paths::REQUESTS.to_owned(), &[("alle", "1")]);
    let base = if all { all_place.clone() } else { paths::REQUESTS.to_owned() };
    let at = |sheet: i64| paths::with(base.clone(), &[("blad", &sheet.to_string())]);
    page(&RequestsPage {
        lines: found.iter().map(|it| line(m, it, today)).collect(),
        count: if all { m.register.requests_all(number(count)) } else { m.register.requests_open(count) },
        all,
        open_place: paths::REQUESTS,
        before: (sheet > 1).then(|| at(sheet - 1)),
        next: (sheet * MOST < count).then(|| at(sheet + 1)),
        all_place,
        frame,
    })
}
