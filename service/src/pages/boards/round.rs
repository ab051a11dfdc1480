//! The round of boards for the intermediary: asked to confirm by a day, reminded, who did and who did not; and what all of them offer.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};

use super::super::declared::Pages;
use super::super::done::Done;
use super::super::form::Form;
use super::super::frame::{Frame, Section, after, page, status};
use super::super::paths;
use super::super::said;
use super::super::visitor::Visitor;
use crate::access::Role;
use crate::actions::rounds::{self, Offered};
use crate::actions::{Refused, readiness};
use crate::records::round::Round;
use crate::records::wave::{Life, Wave};
use crate::serve::app::App;
use crate::serve::body::{Ids, Keys};
use crate::serve::problem::Problem;

const ROLES: &[Role] = &[Role::Intermediair];

/// The pages of this file.
pub(super) fn pages() -> Pages {
    Pages::new().at(ROLES, paths::BOARDS, get(show)).at(ROLES, paths::ROUND, post(ask)).at(ROLES, paths::ROUND_REMIND, post(remind))
}

struct Row {
    board: String,
    name: String,
    own: String,
    schools: String,
    seats: [i64; 3],
    total: i64,
    kind: &'static str,
    icon: &'static str,
    word: &'static str,
    when: String,
    waits: bool,
    nobody: bool,
}

#[derive(Template)]
#[template(path = "boards/round.html")]
struct RoundPage {
    frame: Frame,
    /// The waves to choose from: name, address, whether it is this one.
    waves: Vec<(String, String, bool)>,
    wave: Option<String>,
    open: bool,
    /// The last day, and its version.
    by: Option<(String, i64)>,
    day: String,
    late: bool,
    confirmed: usize,
    waiting: usize,
    rows: Vec<Row>,
    sums: [i64; 3],
    total: i64,
    seats_title: String,
    only: bool,
    all_place: String,
    only_place: String,
    ask: String,
    remind: String,
    errors: Vec<(String, String)>,
    stale: Option<String>,
}

fn row(app: &App, frame: &Frame, round: Option<&Round>, it: Offered) -> Row {
    let m = frame.m.boards;
    let today = app.store.clock().today().to_string();
    let done = it.standing.as_ref().is_some_and(crate::records::round::Standing::confirmed);
    let reminded = it.standing.as_ref().and_then(|of| Some((of.reminders, of.reminded?)));
    let (kind, icon, word, when) = match (&it.standing, round) {
        (Some(of), Some(_)) if done => {
            let on = of.when().map(|at| said::moment(frame.m, app.store.clock(), at)).unwrap_or_default();
            let by = said::side(frame.m, if of.for_it { Role::Intermediair } else { Role::Bestuur });
            ("good", "vink", m.confirmed(), m.confirmed_on(on, by))
        }
        (Some(_), Some(round)) => {
            let told = reminded.map(|(times, at)| m.reminded(times, said::moment(frame.m, app.store.clock(), at))).unwrap_or_default();
            if round.by < today { ("bad", "klok", m.late(), told) } else { ("quiet", "klok", m.asked(), told) }
        }
        _ => ("quiet", "rondje", m.not_asked(), String::new()),
    };
    Row {
        own: paths::board(&it.board),
        schools: m.open_of(it.open_schools, it.schools),
        total: it.seats.iter().sum(),
        seats: it.seats,
        waits: !done && it.standing.is_some(),
        nobody: it.nobody,
        board: it.board,
        name: it.name,
        kind,
        icon,
        word,
        when,
    }
}

/// The waves whose seats are asked for: those that are not over, the first one first.
async fn waves(app: &App) -> Result<Vec<Wave>, Problem> {
    let mut all = readiness::next_waves(&app.store, "").await?;
    let published = app.store.read().live_waves().await?.into_iter().filter(|it| it.life == Life::Vastgesteld);
    all.extend(published);
    Ok(all)
}

async fn show(State(app): State<App>, visitor: Visitor, mut keys: Keys) -> Result<Response, Problem> {
    let (wave, only) = (keys.text("lichting"), keys.text("alleen").is_some());
    page(&drawn(&app, &visitor, wave.as_deref(), (only, Vec::new(), None)).await?)
}

async fn drawn(
    app: &App,
    visitor: &Visitor,
    wanted: Option<&str>,
    (only, errors, stale): (bool, Vec<(String, String)>, Option<String>),
) -> Result<RoundPage, Problem> {
    let frame = visitor.frame(app, Section::Boards);
    let m = frame.m.boards;
    let all = waves(app).await?;
    let chosen = wanted.map(str::to_owned).or_else(|| all.first().map(|it| it.id.clone()));
    let (wave, round, offered) = match &chosen {
        Some(id) => {
            let (wave, round, offered) = rounds::overview(&app.store, &visitor.asked, id).await?;
            (Some(wave), round, offered)
        }
        None => (None, None, Vec::new()),
    };
    let id = wave.as_ref().map(|it| it.id.clone()).unwrap_or_default();
    let rows: Vec<Row> = offered.into_iter().map(|it| row(app, &frame, round.as_ref(), it)).collect();
    let waiting = rows.iter().filter(|it| it.waits).count();
    let confirmed = if round.is_some() { rows.len() - waiting } else { 0 };
    let sums = [0, 1, 2].map(|at| rows.iter().filter_map(|it| it.seats.get(at)).sum());
    let total: i64 = sums.iter().sum();
    let days = app.store.read().setting(crate::records::setting::REPLY_DAYS).await?;
    let today = app.store.clock().today();
    let usual = today.saturating_add(jiff::Span::new().days(days)).to_string();
    Ok(RoundPage {
        waves: all.into_iter().map(|it| (it.name, paths::boards_for(&it.id), it.id == id)).collect(),
        open: wave.as_ref().is_some_and(|it| it.life < Life::Vastgesteld),
        by: round.as_ref().map(|it| (said::kept(frame.m, &it.by, said::weekday), it.version)),
        day: round.as_ref().map_or(usual, |it| it.by.clone()),
        late: round.as_ref().is_some_and(|it| it.by < today.to_string()),
        seats_title: m.all_seats(total, rows.len()),
        all_place: paths::boards_for(&id),
        only_place: paths::with(paths::BOARDS.to_owned(), &[("lichting", &id), ("alleen", "open")]),
        ask: paths::round(&id),
        remind: paths::round_remind(&id),
        wave: wave.map(|it| it.name),
        rows: rows.into_iter().filter(|it| !only || it.waits).collect(),
        frame,
        confirmed,
        waiting,
        sums,
        total,
        only,
        errors,
        stale,
    })
}

/// Asks every board by a day, or gives them another day.
async fn ask(State(app): State<App>, visitor: Visitor, Ids(wave): Ids<String>, form: Form) -> Result<Response, Problem> {
    let by = form.text("uiterlijk");
    let done = match form.number("versie") {
        Some(version) => rounds::put(&app.store, &visitor.asked, &wave, by, version).await.map(|_| ()),
        None => rounds::ask(&app.store, &visitor.asked, &wave, by).await.map(|_| ()).map_err(|it| it.with_now(|()| Round::none())),
    };
    match done {
        Ok(()) => Ok(after(&paths::boards_for(&wave), Done::RoundAsked)),
        Err(Refused::Invalid(refusal)) => {
            let errors = said::wrong(&refusal, |_| "uiterlijk".into());
            let mut again = drawn(&app, &visitor, Some(&wave), (false, errors, None)).await?;
            by.clone_into(&mut again.day);
            status(StatusCode::BAD_REQUEST, &again)
        }
        Err(Refused::Stale(now)) => {
            let mut again = drawn(&app, &visitor, Some(&wave), (false, Vec::new(), Some(now.by))).await?;
            by.clone_into(&mut again.day);
            status(StatusCode::PRECONDITION_FAILED, &again)
        }
        Err(refused) => Err(refused.with_now(|_| ()).into()),
    }
}

async fn remind(State(app): State<App>, visitor: Visitor, Ids(wave): Ids<String>, form: Form) -> Result<Response, Problem> {
    let only: Vec<String> = form.all("bestuur").filter(|it| !it.is_empty()).map(str::to_owned).collect();
    let done = rounds::remind(&app.store, &visitor.asked, &wave, (!only.is_empty()).then_some(only)).await?;
    let said = if !done.boards.is_empty() {
        Done::RoundReminded
    } else if done.today.is_empty() {
        Done::NobodyToRemind
    } else {
        Done::RemindedToday
    };
    Ok(after(&paths::boards_for(&wave), said))
}
