//! Somebody falls out of a roster: who and from when, and then what would change for whom.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;

use super::acts::most;
use super::{ROLES, told};
use crate::actions::Refused;
use crate::actions::rosters::fallout::{accept, decline, propose};
use crate::actions::rosters::seen::{Difference, Seen, difference, seen};
use crate::desk::roster::meetings::{Moved, Spot};
use crate::pages::declared::Pages;
use crate::pages::done::Done;
use crate::pages::form::Form;
use crate::pages::frame::{Frame, Section, after, page, status};
use crate::pages::messages::Messages;
use crate::pages::paths;
use crate::pages::visitor::Visitor;
use crate::pages::wrong::Wrong;
use crate::records::roster::{Fallout, RosterRun, Standing};
use crate::serve::app::App;
use crate::serve::body::Ids;
use crate::serve::problem::Problem;

/// Seconds between two looks at a proposal that is worked out.
const SOON: u32 = 5;

/// The pages of this file.
pub(super) fn pages() -> Pages {
    Pages::new().at(ROLES, paths::ROSTER_FALLOUT, get(ask).post(report)).at(ROLES, paths::ROSTER_PROPOSAL, get(show).post(settle))
}

#[derive(Template)]
#[template(path = "rosters/fallout.html")]
struct AskPage {
    frame: Frame,
    back: (String, String),
    here: String,
    wrong: Wrong,
    people: Vec<(String, String)>,
    units: Vec<(String, String)>,
    person: String,
    unit: String,
    from: String,
}

async fn drawn(app: &App, visitor: &Visitor, id: &str, form: &Form, wrong: Wrong) -> Result<AskPage, Problem> {
    let seen = seen(&app.store, id).await?;
    let frame = visitor.frame(app, Section::Rosters);
    let loaded = &seen.loaded;
    let nobody = || (String::new(), frame.m.rooster.fallout_nobody().to_owned());
    let named = |id: &String| (id.clone(), told::name(loaded, id));
    let sorted = |mut all: Vec<(String, String)>| {
        all.sort_by(|one, other| (&one.1, &one.0).cmp(&(&other.1, &other.0)));
        all.insert(0, nobody());
        all
    };
    Ok(AskPage {
        back: (seen.roster.name.clone(), paths::roster(id)),
        here: paths::roster_at(id, "uitval"),
        people: sorted(loaded.roster.people.pairs().map(|(_, row)| named(&row.id)).collect()),
        units: sorted(loaded.roster.units.pairs().map(|(_, row)| named(&row.id)).collect()),
        person: form.text("persoon").to_owned(),
        unit: form.text("deelnemer").to_owned(),
        from: form.text("vanaf").to_owned(),
        wrong,
        frame,
    })
}

async fn ask(State(app): State<App>, visitor: Visitor, Ids(id): Ids<String>) -> Result<Response, Problem> {
    page(&drawn(&app, &visitor, &id, &Form::default(), Wrong::default()).await?)
}

async fn report(State(app): State<App>, visitor: Visitor, Ids(id): Ids<String>, form: Form) -> Result<Response, Problem> {
    let one = |field: &str| form.some(field).map(str::to_owned).into_iter().collect::<Vec<_>>();
    let cause = Fallout { people: one("persoon"), units: one("deelnemer"), from: form.some("vanaf").map(str::to_owned) };
    let mut wrong = Wrong::default();
    if cause.people.is_empty() && cause.units.is_empty() {
        wrong.add("persoon", visitor.frame(&app, Section::Rosters).m.rooster.fallout_wrong());
    } else {
        match propose(&app.store, &visitor.asked, &id, cause, most(&app)).await {
            Ok(run) => return Ok(after(&paths::roster_proposal(&id, &run.job.id), Done::RosterFellOut)),
            Err(Refused::Invalid(refusal)) => wrong.take(&refusal.problems, |pointer| match pointer.split('/').nth(1) {
                Some("vanaf") => "vanaf",
                Some("deelnemers") => "deelnemer",
                _ => "persoon",
            }),
            Err(other) => return Err(other.into()),
        }
    }
    status(StatusCode::BAD_REQUEST, &drawn(&app, &visitor, &id, &form, wrong).await?)
}

/// What changes for somebody.
struct Line {
    name: String,
    was: Vec<String>,
    now: Vec<String>,
    must: bool,
}

/// A goal that is otherwise.
struct Goal {
    name: String,
    was: i64,
    now: i64,
    better: bool,
}

#[derive(Template)]
#[template(path = "rosters/proposal.html")]
struct ProposalPage {
    frame: Frame,
    back: (String, String),
    here: String,
    who: String,
    busy: bool,
    open: bool,
    stale: bool,
    /// Why there is no plan.
    failed: Option<String>,
    says: String,
    lines: Vec<Line>,
    goals: Vec<Goal>,
}

async fn show(State(app): State<App>, visitor: Visitor, Ids((id, run)): Ids<(String, String)>) -> Result<Response, Problem> {
    let seen = seen(&app.store, &id).await?;
    let run = app.store.read().roster_run(&run).await?.filter(|run| run.roster == id).ok_or_else(Problem::unknown)?;
    let Some(proposal) = run.proposal.clone() else { return Err(Problem::unknown()) };
    let found = difference(&app.store, &seen.roster, &run).await?;
    let frame = visitor.frame(&app, Section::Rosters);
    let busy = !run.job.state.ended();
    let frame = if busy { frame.refreshed(SOON) } else { frame };
    let m = frame.m;
    let failed = (!busy && found.is_none()).then(|| run.job.message.as_ref().map_or_else(String::new, |it| it.text.clone()));
    page(&ProposalPage {
        back: (seen.roster.name.clone(), paths::roster(&id)),
        here: paths::roster_proposal(&id, &run.job.id),
        who: who(m, &seen, &proposal.cause),
        open: proposal.standing == Standing::Voorstel,
        stale: proposal.standing == Standing::Voorstel && run.outdated,
        says: says(m, found.as_ref()),
        lines: found.iter().flat_map(|it| &it.moved).map(|it| line(m, &seen, it)).collect(),
        goals: found.as_ref().map(|it| goals(m, it)).unwrap_or_default(),
        busy,
        failed,
        frame,
    })
}

fn who(m: Messages, seen: &Seen, cause: &Fallout) -> String {
    let all: Vec<&str> = cause.people.iter().chain(&cause.units).map(String::as_str).collect();
    let names = told::people(m, &seen.loaded, all.iter().copied());
    let says = m.rooster.proposal_of(names, all.len());
    match &cause.from {
        Some(day) => format!("{says} {}", m.rooster.proposal_from(crate::pages::days::within(m, day))),
        None => says,
    }
}

fn says(m: Messages, found: Option<&Difference>) -> String {
    let Some(found) = found else { return String::new() };
    let forced = found.moved.iter().filter(|it| it.forced).count();
    match found.moved.len() {
        0 => m.rooster.proposal_none().to_owned(),
        all => format!("{} {}", m.rooster.proposal_moves(all), m.rooster.proposal_forced(forced, all - forced)),
    }
}

fn line(m: Messages, seen: &Seen, it: &Moved) -> Line {
    let spot = |spot: &Spot| {
        let place = told::place(&seen.loaded, spot.location.as_deref(), spot.offer.as_deref());
        let people = told::people(m, &seen.loaded, spot.staff.iter().map(String::as_str));
        [told::when(m, spot), place, people].into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join(", ")
    };
    Line {
        name: told::name(&seen.loaded, &it.unit),
        was: it.was.iter().map(spot).collect(),
        now: it.now.iter().map(spot).collect(),
        must: it.forced,
    }
}

/// The goals that both plans have and that are otherwise.
fn goals(m: Messages, found: &Difference) -> Vec<Goal> {
    let one = |now: &loket_instances::scheduling::outcome::GoalLine| {
        let was = found.before.goals.iter().find(|it| it.name == now.name)?;
        (was.value != now.value).then(|| Goal {
            name: told::goal(m, &now.name),
            was: was.value,
            now: now.value,
            better: now.value > was.value,
        })
    };
    found.after.goals.iter().filter_map(one).collect()
}

async fn settle(State(app): State<App>, visitor: Visitor, Ids((id, run)): Ids<(String, String)>, form: Form) -> Result<Response, Problem> {
    let of = |run: Option<RosterRun>| run.filter(|run| run.roster == id).ok_or_else(Problem::unknown);
    of(app.store.read().roster_run(&run).await?)?;
    if form.text("besluit") == "aanvaard" {
        accept(&app.store, &visitor.asked, &run).await?;
        return Ok(after(&paths::roster(&id), Done::RosterAccepted));
    }
    decline(&app.store, &visitor.asked, &run).await?;
    Ok(after(&paths::roster(&id), Done::RosterDeclined))
}
