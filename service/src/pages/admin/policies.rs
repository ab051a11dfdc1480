//! Policies: what a draft changes, and its approval by another person than who drafted it.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use loket_instances::matching::read::Names;
use loket_instances::matching::rows::PolicyRow;
use loket_solver::matching::facts::words::{Phase, Word};

use super::saving::priced;
use super::trial::{Listed, listed};
use super::{Sheet, day, frame};
use crate::actions::administration::{self, Waiting};
use crate::actions::{Refused, policies, saving};
use crate::desk::draft::leaves;
use crate::desk::policy::{Difference, is_usual};
use crate::desk::versions::text;
use crate::pages::done::Done;
use crate::pages::form::Form;
use crate::pages::frame::{Frame, after, page, status};
use crate::pages::messages::{Admin as Words, Messages};
use crate::pages::phase::phase;
use crate::pages::visitor::Visitor;
use crate::pages::{paths, said};
use crate::records::policy::{By, Named, Policy, PolicyState};
use crate::records::wave::Wave;
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
    /// It counts now, and may be retired.
    pub retires: bool,
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

/// Who did something and when; what came along with Loket nobody did.
fn by(m: Words, by: &By, named: &dyn Fn(&str) -> String) -> String {
    if by.from_the_start() { m.from_the_start().to_owned() } else { m.who_when(named(&by.who), day(by.at)) }
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
        drafted: match policy.drafted.from_the_start() {
            true => m.drafted_at_start().to_owned(),
            false => m.drafted_by(named(&policy.drafted.who), day(policy.drafted.at)),
        },
        place: paths::admin_policy(&policy.named.name, policy.named.number),
        against: it.against.as_ref().map_or_else(|| m.nothing().to_owned(), |it| format!("{}, {}", it.name.replace('-', " "), it.number)),
        changes: it.differences.iter().map(|it| Change { what: what(it), was: or_none(&it.was), now: or_none(&it.now) }).collect(),
        version: policy.version,
        waits: policy.state == PolicyState::Concept,
        mine: policy.state == PolicyState::Concept && !policy.is_work_of(own),
        retires: policy.state == PolicyState::Goedgekeurd && !is_usual(policy),
        retired: policy.state == PolicyState::Ingetrokken,
    }
}

/// A part of what a policy says: a goal, or a part of the settings, with what each is now.
struct Part {
    title: String,
    rows: Vec<(String, String)>,
}

/// Everything that a policy says, part by part.
fn parts(m: Messages, places: &Names, row: &PolicyRow, phase: Option<Phase>) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for leaf in leaves(row, phase) {
        let value = if leaf.value.is_empty() { m.admin.nothing().to_owned() } else { leaf.value };
        let label = leaf.priced.map_or(leaf.label, |it| priced(m, places, &it));
        match parts.last_mut().filter(|it| it.title == leaf.group) {
            Some(part) => part.rows.push((label, value)),
            None => parts.push(Part { title: leaf.group, rows: vec![(label, value)] }),
        }
    }
    parts
}

/// A wave that has a policy.
struct InWave {
    name: String,
    state: &'static str,
    /// Where its report is, once it has a plan.
    place: Option<String>,
}

/// Policies as lines of a list.
pub(super) fn lines(m: Messages, all: &[Policy], named: &dyn Fn(&str) -> String) -> Vec<Line> {
    all.iter()
        .map(|it| Line {
            title: title(it),
            phase: it.phase.map_or_else(|| m.admin.every_phase(), |it| phase(m, it.code())).to_owned(),
            drafted: by(m.admin, &it.drafted, named),
            approved: it.approved.as_ref().map_or_else(String::new, |it| by(m.admin, it, named)),
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
    whole: Vec<Part>,
    waves: Vec<InWave>,
    /// How many waves have it.
    used: i64,
    trials: Vec<Listed>,
    errors: Vec<(String, String)>,
    stale: bool,
}

pub(super) async fn list(State(app): State<App>, visitor: Visitor, _: NoKeys) -> Result<Response, Problem> {
    let all = administration::policies(&app.store).await?;
    let names = administration::account_names(&app.store).await?;
    let frame = frame(&app, &visitor, Sheet::Policies);
    let named = |id: &str| names.get(id).cloned().unwrap_or_else(|| id.to_owned());
    let lines = lines(frame.m, &all, &named);
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
    let places = saving::names(&app.store).await?;
    let it = compared(frame.m, &told, visitor.asked.caller.who(), (&named, &places));
    let trials = listed(app, frame.m, which).await?;
    let (row, phase) = policies::says(&app.store, which).await?;
    let whole = parts(frame.m, &places, &row, phase);
    let (waves, used) = administration::waves_with(&app.store, which).await?;
    let in_wave = |wave: Wave| InWave {
        state: said::life(frame.m, wave.life),
        place: wave.current.is_some().then(|| paths::wave_report(&wave.id)),
        name: wave.name,
    };
    let waves = waves.into_iter().map(in_wave).collect();
    status(code, &PolicyPage { it, whole, waves, used, trials, errors, stale, frame })
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
