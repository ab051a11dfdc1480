//! Every multi-year plan, and a new one of a file.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;

use super::ROLES;
use super::told::year_name;
use crate::actions::Refused;
use crate::actions::planning::make;
use crate::desk::planning::sound::Sound;
use crate::pages::declared::Pages;
use crate::pages::done::Done;
use crate::pages::form::Form;
use crate::pages::frame::{Frame, Section, after, page, status, to};
use crate::pages::monitor::{Part, with_bar};
use crate::pages::visitor::Visitor;
use crate::pages::wrong::Wrong;
use crate::pages::{days, paths};
use crate::serve::app::App;
use crate::serve::body::Keys;
use crate::serve::problem::Problem;
use crate::serve::workbooks;

/// Most plans on the page.
const MOST: i64 = 100;
/// Largest file, bytes.
const LARGEST: usize = 8 << 20;

/// The pages of this file.
pub(super) fn pages() -> Pages {
    Pages::new().at(ROLES, paths::PLANNINGS, get(show)).at(ROLES, paths::NEW_PLANNING, get(new).post(send))
}

struct Line {
    name: String,
    place: String,
    period: String,
    version: i64,
    made: String,
}

#[derive(Template)]
#[template(path = "planning/list.html")]
struct ListPage {
    frame: Frame,
    make: &'static str,
    lines: Vec<Line>,
}

#[derive(Template)]
#[template(path = "planning/new.html")]
struct NewPage {
    frame: Frame,
    wrong: Wrong,
    back: String,
    here: &'static str,
    template: &'static str,
}

/// The list; or at once the plan itself where there is one only.
async fn show(State(app): State<App>, visitor: Visitor, mut keys: Keys) -> Result<Response, Problem> {
    let all = keys.text("alles").is_some();
    keys.finish()?;
    let frame = with_bar(visitor.frame(&app, Section::Planning), Part::Plan);
    let m = frame.m;
    let (plannings, _) = app.store.read().plannings(0, MOST).await?;
    if let ([only], false) = (plannings.as_slice(), all) {
        return Ok(to(&paths::planning(&only.id)));
    }
    let line = |it: crate::records::planning::Planning| Line {
        place: paths::planning(&it.id),
        period: m.plan.period(year_name(&it.from), it.years),
        made: days::moment(m, it.created),
        version: it.version,
        name: it.name,
    };
    page(&ListPage { lines: plannings.into_iter().map(line).collect(), make: paths::NEW_PLANNING, frame })
}

fn drawn(app: &App, visitor: &Visitor, wrong: Wrong) -> NewPage {
    let frame = with_bar(visitor.frame(app, Section::Planning), Part::Plan);
    NewPage {
        frame,
        wrong,
        back: paths::with(paths::PLANNINGS.to_owned(), &[("alles", "ja")]),
        here: paths::NEW_PLANNING,
        template: paths::PLANNING_TEMPLATE,
    }
}

async fn new(State(app): State<App>, visitor: Visitor) -> Result<Response, Problem> {
    page(&drawn(&app, &visitor, Wrong::default()))
}

/// The plan of a file that was sent; what is wrong with it is told at the field.
pub(super) async fn sent(app: &App, m: crate::pages::messages::Messages, form: &Form, wrong: &mut Wrong) -> Result<Option<Sound>, Problem> {
    match form.file("bestand") {
        None => wrong.add("bestand", m.plan.no_file()),
        Some(sent) if sent.bytes.len() > LARGEST => wrong.add("bestand", m.plan.large_file()),
        Some(sent) => {
            let bytes = match sent.name.to_lowercase().ends_with(".xlsx") {
                true => match workbooks::plan(app, sent.name.chars().filter(|it| !it.is_control()).take(100).collect(), &sent.bytes).await?
                {
                    Ok(file) => file.into(),
                    Err(told) => {
                        told.into_iter().for_each(|it| wrong.add("bestand", it));
                        return Ok(None);
                    }
                },
                false => sent.bytes.clone(),
            };
            match app.gates.reading.work(1, move || Sound::read(&bytes)).await? {
                Ok(sound) => return Ok(Some(sound)),
                Err(refusal) => {
                    for it in &refusal.problems {
                        let place = if it.place.is_empty() { String::new() } else { format!("{}: ", it.place) };
                        wrong.add("bestand", format!("{place}{}; {}.", it.what, it.remedy));
                    }
                }
            }
        }
    }
    Ok(None)
}

async fn send(State(app): State<App>, visitor: Visitor, form: Form) -> Result<Response, Problem> {
    let m = visitor.frame(&app, Section::Planning).m;
    let mut wrong = Wrong::default();
    if let Some(sound) = sent(&app, m, &form, &mut wrong).await? {
        match make(&app.store, &visitor.asked, &sound).await {
            Ok(made) => return Ok(after(&paths::planning(&made.planning.id), Done::PlanningMade)),
            Err(Refused::Clash(clash)) => wrong.add("bestand", clash.what),
            Err(other) => return Err(other.into()),
        }
    }
    status(StatusCode::BAD_REQUEST, &drawn(&app, &visitor, wrong))
}
