//! The report on the plan of a wave: with names for the intermediary, without for a steering group, and as a board may have it; and the
//! figures of all waves.

mod board;
mod city;
mod people;
mod pictures;
mod reviewing;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;

use super::declared::Pages;
use super::frame::{Frame, Section, Tab, page};
use super::phase::phase;
use super::visitor::Visitor;
use super::wavebar::around;
use super::{paths, said};
use crate::access::Role;
use crate::actions::{fairness, figures, overview};
use crate::desk::masked::Shown;
use crate::present::dutch::number;
use crate::records::wave::Wave;
use crate::serve::app::App;
use crate::serve::body::{Ids, Keys};
use crate::serve::problem::Problem;

/// Who sees a report; without names, but for the intermediary.
const SEEING: &[Role] = &[Role::Intermediair, Role::Lezer, Role::Beheerder];
/// Who sees the figures of all waves and no people.
const READING: &[Role] = &[Role::Lezer, Role::Beheerder];
/// Most waves on the page of figures.
const MOST: i64 = 50;

/// The pages of this area.
pub fn pages() -> Pages {
    Pages::new().at(SEEING, paths::WAVE_REPORT, get(show)).at(READING, paths::FIGURES, get(list))
}

/// For whom a report is.
#[derive(Clone, Debug, PartialEq, Eq)]
enum For {
    People,
    City,
    Board(String),
}

impl For {
    fn parse(text: &str) -> Option<Self> {
        match text {
            "intermediair" => Some(Self::People),
            "stuurgroep" => Some(Self::City),
            _ => text.strip_prefix("bestuur:").map(|id| Self::Board(id.to_owned())),
        }
    }

    fn code(&self) -> String {
        match self {
            Self::People => "intermediair".into(),
            Self::City => "stuurgroep".into(),
            Self::Board(id) => format!("bestuur:{id}"),
        }
    }
}

/// What stands on top of every report: for whom it is, and for whom else it may be.
struct Head {
    title: String,
    /// That the plan may still change, and how far its review is.
    provisional: Option<String>,
    place: String,
    /// Who approved the policy, where that was nobody else than who drafted it.
    own: Option<String>,
    options: Vec<Choice>,
}

/// For whom a report may be.
struct Choice {
    value: String,
    label: String,
    chosen: bool,
}

/// A figure with what it counts.
struct Figure {
    value: String,
    label: String,
}

fn figure(value: impl Into<String>, label: impl Into<String>) -> Figure {
    Figure { value: value.into(), label: label.into() }
}

/// A count as it is shown; a dot where it is hidden.
fn shown(count: Shown) -> String {
    count.map_or_else(|| "·".into(), number)
}

/// What is said of a plan that is still under review; without counts where those of the wave are hidden.
async fn provisional(app: &App, frame: &Frame, wave: &Wave, counts: bool) -> Result<Option<String>, Problem> {
    let m = frame.m.report;
    let along = overview::reviewed(&app.store, wave).await?;
    Ok(along.map(|(decided, all)| if counts { m.provisional(decided, all) } else { m.provisional_few().to_owned() }))
}

fn head(frame: &Frame, wave: &Wave, whom: &For, boards: &[(String, String)], provisional: Option<String>) -> Head {
    let m = frame.m.report;
    let mut options = Vec::new();
    if frame.role == Some(Role::Intermediair) {
        let mut add = |it: For, label: String| options.push(Choice { value: it.code(), chosen: it == *whom, label });
        add(For::People, m.people().to_owned());
        add(For::City, m.city().to_owned());
        for (id, name) in boards {
            add(For::Board(id.clone()), m.board(name));
        }
    }
    let own = wave.policy.as_ref().filter(|it| it.own).map(|it| m.own_approval(&it.named.name, it.named.number));
    Head { title: m.title(&wave.name), provisional, place: paths::wave_report(&wave.id), own, options }
}

#[derive(Template)]
#[template(path = "report/none.html")]
struct NonePage {
    frame: Frame,
    title: String,
    place: &'static str,
}

async fn show(State(app): State<App>, visitor: Visitor, Ids(id): Ids<String>, mut keys: Keys) -> Result<Response, Problem> {
    let asked = keys.text("voor");
    keys.finish()?;
    let role = visitor.asked.caller.role();
    let whom = match (role, asked.as_deref()) {
        (Role::Intermediair, None) => For::People,
        (Role::Intermediair, Some(text)) => For::parse(text).ok_or_else(Problem::unknown)?,
        // Whoever sees no people has no choice.
        (_, None | Some("stuurgroep")) => For::City,
        _ => return Err(Problem::unknown()),
    };
    match whom {
        For::People => people::show(&app, &visitor, &id).await,
        For::City => city::show(&app, &visitor, &id).await,
        For::Board(board) => board::show(&app, &visitor, &id, &board).await,
    }
}

/// A wave without a plan.
fn none(frame: Frame, wave: &Wave) -> Result<Response, Problem> {
    let title = frame.m.report.title(&wave.name);
    let place = if frame.role == Some(Role::Intermediair) { paths::WAVES } else { paths::FIGURES };
    page(&NonePage { frame, title, place })
}

/// The frame of a report: within the bar of its wave for the intermediary.
async fn frame(app: &App, visitor: &Visitor, wave: &Wave) -> Result<Frame, Problem> {
    match visitor.asked.caller.role() {
        Role::Intermediair => Ok(around(app, visitor, &wave.id, Tab::Report).await?.0),
        _ => Ok(visitor.frame(app, Section::Figures)),
    }
}

/// A wave on the page of figures.
struct Row {
    name: String,
    place: Option<String>,
    phase: &'static str,
    state: &'static str,
    period: String,
    candidates: String,
    placed: String,
    first: String,
    unplaced: String,
}

#[derive(Template)]
#[template(path = "report/list.html")]
struct ListPage {
    frame: Frame,
    rows: Vec<Row>,
}

async fn list(State(app): State<App>, visitor: Visitor, keys: Keys) -> Result<Response, Problem> {
    keys.finish()?;
    let (waves, _) = figures::of_waves(&app.store, &visitor.asked, 0, MOST).await?;
    let frame = visitor.frame(&app, Section::Figures);
    let m = frame.m;
    let rows = waves
        .into_iter()
        .map(|(wave, seen)| Row {
            place: seen.planned.then(|| paths::wave_report(&wave.id)),
            phase: phase(m, &wave.phase),
            state: said::life(m, wave.life),
            period: m.waves.period(said::kept(m, &wave.from, said::day), said::kept(m, &wave.until, said::day)),
            candidates: shown(seen.candidates),
            placed: if seen.planned { shown(seen.placed) } else { String::new() },
            first: if seen.planned { shown(seen.choices[0]) } else { String::new() },
            unplaced: if seen.planned { shown(seen.unplaced) } else { String::new() },
            name: wave.name,
        })
        .collect();
    page(&ListPage { frame, rows })
}

/// Choices of this wave beneath those of the one before, as rows of a table.
async fn before(app: &App, visitor: &Visitor, wave: &Wave) -> Result<Option<Vec<String>>, Problem> {
    let Some((earlier, seen)) = fairness::before(&app.store, &visitor.asked, wave).await? else { return Ok(None) };
    let cells = seen.choices.into_iter().chain([seen.unplaced]).map(shown);
    Ok(Some(std::iter::once(earlier.name).chain(cells).collect()))
}
