//! The log: who did what to what, with pseudonyms, and whether its chain is whole.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use loket_solver::matching::facts::words::Word;

use super::{Sheet, moment};
use crate::access::Role;
use crate::actions::administration::{self, Doer};
use crate::actions::log;
use crate::pages::frame::{Frame, Section, page};
use crate::pages::messages::Admin as Words;
use crate::pages::paths;
use crate::pages::said::head;
use crate::pages::visitor::Visitor;
use crate::present::dutch::number;
use crate::present::logline::told;
use crate::present::logtitle::titles;
use crate::records::deed::What;
use crate::serve::app::App;
use crate::serve::body::Keys;
use crate::serve::problem::Problem;
use crate::store::clock::{end_of_day, start_of_day};
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
    whats: Vec<(&'static str, &'static str, bool)>,
    people: Vec<(String, String, bool)>,
    subject: String,
    from: String,
    until: String,
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

/// What is asked of the log.
#[derive(Default)]
struct Filter {
    what: Option<String>,
    about: Option<String>,
    by: Option<String>,
    from: Option<String>,
    until: Option<String>,
}

impl Filter {
    fn of(keys: &mut Keys) -> Self {
        let mut text = |key: &'static str| keys.text(key).map(|it| it.trim().to_owned()).filter(|it| !it.is_empty());
        Self { what: text("wat"), about: text("onderwerp"), by: text("wie"), from: text("van"), until: text("tot") }
    }

    /// The same as the store is asked; a deed or a day that is none leads nowhere.
    fn wanted(&self) -> Result<Wanted, Problem> {
        let day = |text: &Option<String>, of: fn(jiff::civil::Date) -> Option<i64>| {
            text.as_deref().map(|it| it.parse().ok().and_then(of).ok_or_else(Problem::unknown)).transpose()
        };
        Ok(Wanted {
            what: self.what.as_deref().map(|it| What::parse(it).ok_or_else(Problem::unknown)).transpose()?,
            about: self.about.clone(),
            by: self.by.clone(),
            from: day(&self.from, start_of_day)?,
            until: day(&self.until, end_of_day)?,
            ..Wanted::default()
        })
    }

    /// The address of a sheet of it.
    fn at(&self, place: &str, sheet: i64) -> String {
        let keys = [("wat", &self.what), ("onderwerp", &self.about), ("wie", &self.by), ("van", &self.from), ("tot", &self.until)];
        let mut address = format!("{place}?blad={sheet}");
        for (key, value) in keys {
            if let Some(value) = value {
                address.push_str(&format!("&{key}={}", crate::records::address::segment(value)));
            }
        }
        address
    }
}

/// Who did something, as it is said.
fn said(m: Words, doer: &Doer) -> String {
    match doer {
        Doer::Named(name) => name.clone(),
        Doer::Coach(number) => m.log_coach(number),
    }
}

async fn drawn(app: &App, visitor: &Visitor, frame: Frame, place: &'static str, mut keys: Keys) -> Result<Response, Problem> {
    let filter = Filter::of(&mut keys);
    let sheet = keys.number("blad", 1, 1_000_000).unwrap_or(1);
    let checks = keys.text("nakijken").is_some();
    keys.finish()?;
    let wanted = filter.wanted()?;
    let (lines, all) = log::lines(&app.store, &visitor.asked, &wanted, (sheet - 1) * MOST, MOST).await?;
    let m = frame.m.admin;
    let doers = administration::doers(&app.store).await?;
    let admin = visitor.asked.caller.role() == Role::Beheerder;
    let check = match checks && admin {
        true => {
            let found = administration::checked(&app.store).await?;
            Some(Check { whole: found.wrong.is_empty(), lines: number(found.lines), head: head(&found.head), wrong: found.wrong })
        }
        false => None,
    };
    let mut people: Vec<(String, String, bool)> =
        doers.iter().map(|(id, doer)| (id.clone(), said(m, doer), filter.by.as_deref() == Some(id.as_str()))).collect();
    people.sort_by(|one, other| (one.1.to_lowercase(), &one.0).cmp(&(other.1.to_lowercase(), &other.0)));
    let shown = LogPage {
        place,
        lines: lines
            .iter()
            .map(|it| Line {
                number: it.number,
                at: moment(it.at),
                who: doers.get(&it.who).map_or_else(|| it.who.clone(), |doer| said(m, doer)),
                says: told(it),
            })
            .collect(),
        whats: titles()
            .into_iter()
            .filter(|(it, _)| admin || !it.administers())
            .map(|(it, title)| (it.code(), title, Some(it) == wanted.what))
            .collect(),
        people,
        all: number(all),
        before: (sheet > 1).then(|| filter.at(place, sheet - 1)),
        next: (sheet * MOST < all).then(|| filter.at(place, sheet + 1)),
        subject: filter.about.unwrap_or_default(),
        from: filter.from.unwrap_or_default(),
        until: filter.until.unwrap_or_default(),
        check,
        checks: admin,
        frame,
    };
    page(&shown)
}
