//! Policies: what a draft changes, and its approval by another person than who drafted it.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use loket_instances::matching::read::Names;
use loket_solver::matching::facts::words::Word;

use super::saving::priced;
use super::trial::{Listed, listed};
use super::{Sheet, day, frame};
use crate::actions::administration::{self, Waiting};
use crate::actions::{Refused, policies, saving};
use crate::desk::policy::Difference;
use crate::desk::versions::text;
use crate::pages::done::Done;
use crate::pages::form::Form;
use crate::pages::frame::{Frame, after, page, status};
use crate::pages::messages::{Admin as Words, Messages};
use crate::pages::paths;
use crate::pages::visitor::Visitor;
use crate::records::policy::{Named, Policy, PolicyState};
use crate::serve::app::App;
use crate::serve::body::{Ids, NoKeys};
use crate::serve::problem::Problem;

/// One thing that a policy changes.
pub(super) struct Change {
    pub what: String,
    pub was: String,
    pub now: String,
}

/// A policy beside what is in force.
pub(super) struct Compared {
    pub title: String,
    pub drafted: String,
    pub place: String,
    pub against: String,
    pub changes: Vec<Change>,
    pub version: i64,
    /// It waits, and this person may approve it.
    pub mine: bool,
    pub waits: bool,
    pub retired: bool,
}

/// A policy on the list of all.
pub(super) struct Line {
    pub title: String,
    pub phase: String,
    pub drafted: String,
    pub approved: String,
    pub state: PolicyState,
    pub place: String,
}

impl Line {
    /// Whether it waits for a second person.
    pub fn waits(&self) -> bool {
        self.state == PolicyState::Concept
    }
}

/// A policy by name and number, as people read it.
pub(super) fn title_of(named: &Named) -> String {
    format!("{}, {}", named.name.replace(['-', '_'], " "), named.number)
}

fn title(policy: &Policy) -> String {
    title_of(&policy.named)
}

/// A key of a policy as people read it.
fn key(key: &str) -> String {
    key.trim_start_matches("doelen, ").replace(", ", ": ").replace(['_', '-'], " ")
}

/// Prices that are told one by one where a policy stands among others; more of them are told in one line.
const PRICES: usize = 6;

/// A policy as it is shown among others, without each of many prices.
pub(super) fn brief(m: Messages, it: &Waiting, own: &str, (named, places): (&dyn Fn(&str) -> String, &Names)) -> Compared {
    let mut few = it.clone();
    let prices = it.differences.iter().filter(|it| it.priced.is_some()).count();
    if prices <= PRICES {
        return compared(m, it, own, (named, places));
    }
    few.differences.retain(|it| it.priced.is_none());
    let mut told = compared(m, &few, own, (named, places));
    told.changes.push(Change { what: m.saving.prices().to_owned(), was: String::new(), now: m.saving.prices_changed(prices) });
    told
}

/// A policy as it is shown; `own` is who looks, who does not approve the own work.
pub(super) fn compared(m: Messages, it: &Waiting, own: &str, (named, places): (&dyn Fn(&str) -> String, &Names)) -> Compared {
    let policy = &it.policy;
    let all = m;
    let m = m.admin;
    let what = |it: &Difference| it.priced.as_ref().map_or_else(|| key(&it.key), |of| priced(all, places, of));
    let or_none =
        |value: &Option<serde_json::Value>| value.as_ref().map(text).filter(|it| !it.is_empty()).unwrap_or_else(|| m.nothing().to_owned());
    Compared {
        title: title(policy),
        drafted: m.drafted_by(named(&policy.drafted.who), day(policy.drafted.at)),
        place: paths::admin_policy(&policy.named.name, policy.named.number),
        against: it.against.as_ref().map_or_else(|| m.nothing().to_owned(), |it| format!("{}, {}", it.name.replace('-', " "), it.number)),
        changes: it.differences.iter().map(|it| Change { what: what(it), was: or_none(&it.was), now: or_none(&it.now) }).collect(),
        version: policy.version,
        waits: policy.state == PolicyState::Concept,
        mine: policy.state == PolicyState::Concept && !policy.is_work_of(own),
        retired: policy.state == PolicyState::Ingetrokken,
    }
}

/// Policies as lines of a list.
pub(super) fn lines(m: Words, all: &[Policy], named: &dyn Fn(&str) -> String) -> Vec<Line> {
    all.iter()
        .map(|it| Line {
            title: title(it),
            phase: it.phase.map_or_else(|| m.every_phase().to_owned(), |phase| phase.code().replace('_', " ")),
            drafted: m.who_when(named(&it.drafted.who), day(it.drafted.at)),
            approved: it.approved.as_ref().map_or_else(String::new, |by| m.who_when(named(&by.who), day(by.at))),
            state: it.state,
            place: paths::admin_policy(&it.named.name, it.named.number),
        })
        .collect()
}

#[derive(Template)]
#[template(path = "admin/policies.html")]
struct ListPage {
    frame: Frame,
    lines: Vec<Line>,
}

#[derive(Template)]
#[template(path = "admin/policy.html")]
struct PolicyPage {
    frame: Frame,
    it: Compared,
    trials: Vec<Listed>,
    errors: Vec<(String, String)>,
    stale: bool,
}

pub(super) async fn list(State(app): State<App>, visitor: Visitor, _: NoKeys) -> Result<Response, Problem> {
    let all = administration::policies(&app.store).await?;
    let names = administration::account_names(&app.store).await?;
    let frame = frame(&app, &visitor, Sheet::Policies);
    let named = |id: &str| names.get(id).cloned().unwrap_or_else(|| id.to_owned());
    let lines = lines(frame.m.admin, &all, &named);
    page(&ListPage { frame, lines })
}

async fn drawn(
    app: &App,
    visitor: &Visitor,
    code: StatusCode,
    which: &Named,
    (errors, stale): (Vec<(String, String)>, bool),
) -> Result<Response, Problem> {
    let told = administration::policy(&app.store, which).await?;
    let names = administration::account_names(&app.store).await?;
    let frame = frame(app, visitor, Sheet::Policies);
    let named = |id: &str| names.get(id).cloned().unwrap_or_else(|| id.to_owned());
    let places = saving::names(&app.store, &visitor.asked).await?;
    let it = compared(frame.m, &told, visitor.asked.caller.who(), (&named, &places));
    let trials = listed(app, frame.m, which).await?;
    status(code, &PolicyPage { frame, it, trials, errors, stale })
}

/// A name and a number of an address.
pub(super) fn named((name, number): (String, String)) -> Result<Named, Problem> {
    number.parse().map(|number| Named::new(&name, number)).map_err(|_| Problem::unknown())
}

pub(super) async fn one(State(app): State<App>, visitor: Visitor, Ids(ids): Ids<(String, String)>, _: NoKeys) -> Result<Response, Problem> {
    drawn(&app, &visitor, StatusCode::OK, &named(ids)?, (Vec::new(), false)).await
}

pub(super) async fn act(
    State(app): State<App>,
    visitor: Visitor,
    Ids(ids): Ids<(String, String)>,
    _: NoKeys,
    form: Form,
) -> Result<Response, Problem> {
    let which = named(ids)?;
    let version = form.number("versie").unwrap_or(0);
    let (done, what) = match form.text("wat") {
        "goedkeuren" => (policies::approve(&app.store, &visitor.asked, &which, version).await, Done::PolicyApproved),
        "intrekken" => (policies::retire(&app.store, &visitor.asked, &which, version).await, Done::PolicyRetired),
        _ => return Err(Problem::unknown()),
    };
    match done {
        Ok(_) => Ok(after(&paths::admin_policy(&which.name, which.number), what)),
        Err(Refused::Stale(_)) => drawn(&app, &visitor, StatusCode::PRECONDITION_FAILED, &which, (Vec::new(), true)).await,
        Err(Refused::NotNow(why)) => drawn(&app, &visitor, StatusCode::CONFLICT, &which, (vec![(String::new(), why)], false)).await,
        Err(refused) => Err(refused.with_now(|_| ()).into()),
    }
}
