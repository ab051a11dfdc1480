//! The log: who did what to what, with pseudonyms, and whether its chain is whole.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use loket_solver::matching::facts::words::Word;

use super::overview::head;
use super::{Sheet, moment};
use crate::access::Role;
use crate::actions::{administration, log};
use crate::pages::frame::{Frame, Section, page};
use crate::pages::paths;
use crate::pages::visitor::Visitor;
use crate::present::dutch::number;
use crate::present::logline::told;
use crate::records::deed::What;
use crate::serve::app::App;
use crate::serve::body::Keys;
use crate::serve::problem::Problem;
use crate::store::log::Wanted;

/// Lines on a page.
const MOST: i64 = 50;

/// A line as it is shown.
struct Line {
    number: i64,
    at: String,
    who: String,
    says: String,
}

/// What a check came to.
struct Check {
    whole: bool,
    lines: String,
    head: String,
    wrong: Vec<String>,
}

#[derive(Template)]
#[template(path = "admin/log.html")]
struct LogPage {
    frame: Frame,
    place: &'static str,
    lines: Vec<Line>,
    whats: Vec<(&'static str, bool)>,
    subject: String,
    all: String,
    before: Option<String>,
    next: Option<String>,
    check: Option<Check>,
    checks: bool,
}

pub(super) async fn admin(State(app): State<App>, visitor: Visitor, keys: Keys) -> Result<Response, Problem> {
    let frame = super::frame(&app, &visitor, Sheet::Log);
    drawn(&app, &visitor, frame, paths::ADMIN_LOG, keys).await
}

pub(super) async fn own(State(app): State<App>, visitor: Visitor, keys: Keys) -> Result<Response, Problem> {
    let frame = visitor.frame(&app, Section::Log);
    drawn(&app, &visitor, frame, paths::LOG, keys).await
}

async fn drawn(app: &App, visitor: &Visitor, frame: Frame, place: &'static str, mut keys: Keys) -> Result<Response, Problem> {
    let what = keys.text("wat").filter(|it| !it.is_empty());
    let subject = keys.text("onderwerp").map(|it| it.trim().to_owned()).filter(|it| !it.is_empty());
    let sheet = keys.number("blad", 1, 1_000_000).unwrap_or(1);
    let checks = keys.text("nakijken").is_some();
    keys.finish()?;
    let word = what.as_deref().map(|it| What::parse(it).ok_or_else(Problem::unknown)).transpose()?;
    let wanted = Wanted { what: word, subject: subject.clone(), ..Wanted::default() };
    let (lines, all) = log::lines(&app.store, &visitor.asked, &wanted, (sheet - 1) * MOST, MOST).await?;
    let names = administration::account_names(&app.store).await?;
    let admin = visitor.asked.caller.role() == Role::Beheerder;
    let check = match checks && admin {
        true => {
            let found = administration::checked(&app.store).await?;
            Some(Check { whole: found.wrong.is_empty(), lines: number(found.lines), head: head(&found.head), wrong: found.wrong })
        }
        false => None,
    };
    let at = |sheet: i64| {
        let mut address = format!("{place}?blad={sheet}");
        for (key, value) in [("wat", &what), ("onderwerp", &subject)] {
            if let Some(value) = value {
                address.push_str(&format!("&{key}={}", crate::records::address::segment(value)));
            }
        }
        address
    };
    let shown = LogPage {
        place,
        lines: lines
            .iter()
            .map(|it| Line {
                number: it.number,
                at: moment(it.at),
                who: names.get(&it.who).cloned().unwrap_or_else(|| it.who.clone()),
                says: told(it),
            })
            .collect(),
        whats: What::ALL.iter().filter(|it| admin || !it.administers()).map(|it| (it.code(), Some(*it) == word)).collect(),
        subject: subject.clone().unwrap_or_default(),
        all: number(all),
        before: (sheet > 1).then(|| at(sheet - 1)),
        next: (sheet * MOST < all).then(|| at(sheet + 1)),
        check,
        checks: admin,
        frame,
    };
    page(&shown)
}
