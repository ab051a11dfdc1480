//! Drop-outs and late arrivals: reported, what others reported, the proposals that came of them, and what differs between two plans.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};

use super::declared::Pages;
use super::done::Done;
use super::form::Form;
use super::frame::{Frame, Section, Tab, after, page, status};
use super::visitor::Visitor;
use super::wavebar::around;
use super::{paths, told};
use crate::access::Role;
use crate::actions::dropouts::seeing::{self, All, Choices, SeatChoice};
use crate::actions::reports;
use crate::actions::{Refused, dropouts};
use crate::desk::dropout::Wish;
use crate::records::address::segment;
use crate::records::report::{NotNeeded, Report, ReportKind, Settled};
use crate::records::wave::{Life, Wave};
use crate::serve::app::App;
use crate::serve::body::Ids;
use crate::serve::problem::Problem;
use loket_solver::matching::facts::words::{Word, words};

mod batch;
mod compare;
mod shown;

const ROLES: &[Role] = &[Role::Intermediair];

/// The pages of this area.
pub fn pages() -> Pages {
    Pages::new()
        .at(ROLES, paths::ALL_DROPOUTS, get(everywhere))
        .at(ROLES, paths::DROPOUTS, get(show).post(report))
        .at(ROLES, paths::LATE, post(late))
        .at(ROLES, paths::REPORT, post(settle))
        .and(batch::pages())
        .and(compare::pages())
}

words! {
    /// Who or what is said to drop out.
    pub enum What {
        /// A coach.
        Coach = "coach",
        /// A school.
        School = "school",
        /// Seats of a school.
        Seat = "plek",
        /// A candidate.
        Candidate = "kandidaat",
    }
}

/// A request that waits.
struct Asking {
    says: String,
    by: String,
    settle: String,
    version: i64,
}

/// A proposal among the others.
struct Line {
    says: String,
    place: String,
    when: String,
    waves: String,
    kind: &'static str,
    icon: &'static str,
    state: &'static str,
}

/// What was typed in the form of a drop-out or a late arrival, and what is wrong with it.
#[derive(Default)]
struct Typed {
    kind: String,
    coach: String,
    school: String,
    seat: String,
    count: String,
    candidate: String,
    from: String,
    who: String,
    late_from: String,
    /// By the id of a control.
    wrong: Vec<(&'static str, String)>,
    /// It is unlikely, and must be confirmed: which form it is.
    confirm: Option<&'static str>,
}

impl Typed {
    fn wrong_with(&self, id: &str) -> &str {
        self.wrong.iter().find(|(it, _)| *it == id).map_or("", |(_, says)| says)
    }
}

#[derive(Template)]
#[template(path = "dropouts/list.html")]
struct DropoutsPage {
    frame: Frame,
    title: String,
    wave: Option<(String, String)>,
    requests: Vec<Asking>,
    reasons: Vec<(&'static str, &'static str)>,
    lines: Vec<Line>,
    coaches: Vec<(String, String)>,
    schools: Vec<(String, String)>,
    seats: Vec<(String, String)>,
    candidates: Vec<(String, String)>,
    waiting: Vec<(String, String)>,
    kinds: Vec<(&'static str, &'static str)>,
    reports: bool,
    report: String,
    late: String,
    typed: Typed,
}

async fn everywhere(State(app): State<App>, visitor: Visitor) -> Result<Response, Problem> {
    let all = seeing::all(&app.store, &visitor.asked, None).await?;
    let frame = visitor.frame(&app, Section::Waves);
    page(&drawn(&app, frame, None, all, Choices::default(), Typed::default()))
}

async fn show(State(app): State<App>, visitor: Visitor, Ids(wave): Ids<String>) -> Result<Response, Problem> {
    in_wave(&app, &visitor, &wave, Typed::default()).await
}

async fn in_wave(app: &App, visitor: &Visitor, wave: &str, typed: Typed) -> Result<Response, Problem> {
    let (wave, choices) = seeing::choices(&app.store, &visitor.asked, wave).await?;
    let all = seeing::all(&app.store, &visitor.asked, Some(&wave.id)).await?;
    let frame = around(app, visitor, &wave.id, Tab::Overview).await?.0;
    let code = match (typed.wrong.is_empty(), typed.confirm) {
        (true, None) => StatusCode::OK,
        (_, Some(_)) => StatusCode::CONFLICT,
        (false, _) => StatusCode::BAD_REQUEST,
    };
    status(code, &drawn(app, frame, Some(&wave), all, choices, typed))
}

fn drawn(app: &App, frame: Frame, wave: Option<&Wave>, all: All, choices: Choices, typed: Typed) -> DropoutsPage {
    let (d, clock) = (frame.m.dropouts, app.store.clock().now());
    let none = || (String::new(), d.choose().to_owned());
    let listed = |rows: Vec<(String, String)>| std::iter::once(none()).chain(rows).collect::<Vec<_>>();
    let asking = |it: seeing::Request| {
        let name = it.name.unwrap_or_else(|| it.report.falling.id.clone());
        let day = told::day(frame.m, &it.report.falling.from);
        Asking {
            says: match it.report.falling.kind {
                ReportKind::Coach => d.request_coach(name, day),
                ReportKind::Plek => d.request_seat(name, day),
                ReportKind::Kandidaat => d.request_candidate(name, day),
            },
            by: d.request_by(it.by.unwrap_or(it.report.by), told::day_at(frame.m, it.report.at)),
            settle: paths::report(&it.report.id),
            version: it.report.version,
        }
    };
    let line = |it: &seeing::Seen| {
        let (kind, icon, state) = batch::state(&frame, it.batch.proposal(), it.state);
        let names: Vec<String> = it.waves.iter().map(|it| it.wave.name.clone()).collect();
        Line {
            says: batch::title(&frame, &it.batch, it.name.as_ref()),
            place: paths::batch(&it.batch.id),
            when: told::moment(frame.m, it.batch.created, clock),
            waves: told::list(frame.m, &names),
            kind,
            icon,
            state,
        }
    };
    let reason = |it: &NotNeeded| (it.code(), not_needed(&frame, *it));
    DropoutsPage {
        title: wave.map_or_else(|| d.title().to_owned(), |it| d.title_of(&it.name)),
        requests: all.requests.into_iter().map(asking).collect(),
        reasons: NotNeeded::ALL.iter().map(reason).collect(),
        lines: all.batches.iter().map(line).collect(),
        coaches: listed(choices.coaches),
        schools: listed(choices.schools),
        seats: listed(
            choices.seats.iter().map(|it| (seat_value(it), d.seat_of(&it.school.1, it.seat.replace('_', " "), it.count))).collect(),
        ),
        candidates: listed(choices.candidates),
        waiting: choices.waiting,
        kinds: vec![
            (What::Coach.code(), d.kind_coach()),
            (What::School.code(), d.kind_school()),
            (What::Seat.code(), d.kind_seat()),
            (What::Candidate.code(), d.kind_candidate()),
        ],
        reports: wave.is_some_and(|it| it.current.is_some() && it.life != Life::Gesloten),
        report: wave.map(|it| paths::dropouts(&it.id)).unwrap_or_default(),
        late: wave.map(|it| paths::late(&it.id)).unwrap_or_default(),
        wave: wave.map(|it| (it.name.clone(), paths::wave(&it.id))),
        typed,
        frame,
    }
}

/// Seats as a form sends them.
fn seat_value(it: &SeatChoice) -> String {
    format!("{} {}", segment(&it.school.0), segment(&it.seat))
}

fn not_needed(frame: &Frame, reason: NotNeeded) -> &'static str {
    let d = frame.m.dropouts;
    match reason {
        NotNeeded::Vergissing => d.mistake(),
        NotNeeded::Hersteld => d.recovered(),
        NotNeeded::AlGeregeld => d.settled_before(),
        NotNeeded::RaaktNiemand => d.touches_none(),
        NotNeeded::Anders => d.something_else(),
    }
}

async fn report(State(app): State<App>, visitor: Visitor, Ids(wave): Ids<String>, form: Form) -> Result<Response, Problem> {
    let d = visitor.frame(&app, Section::Waves).m.dropouts;
    let mut typed = Typed {
        kind: form.text("soort").to_owned(),
        coach: form.text("coach").to_owned(),
        school: form.text("school").to_owned(),
        seat: form.text("plek").to_owned(),
        count: form.text("aantal").to_owned(),
        candidate: form.text("kandidaat").to_owned(),
        from: form.text("vanaf").to_owned(),
        ..Typed::default()
    };
    let Some(kind) = What::parse(&typed.kind) else {
        typed.wrong.push(("soort", d.choose_one().to_owned()));
        return in_wave(&app, &visitor, &wave, typed).await;
    };
    let (control, id) = match kind {
        What::Coach => ("coach", typed.coach.clone()),
        What::School => ("school", typed.school.clone()),
        What::Seat => ("plek", typed.seat.clone()),
        What::Candidate => ("kandidaat", typed.candidate.clone()),
    };
    if id.is_empty() {
        typed.wrong.push((control, d.choose_one().to_owned()));
    }
    if typed.from.parse::<jiff::civil::Date>().is_err() {
        typed.wrong.push(("vanaf", d.wrong_day().to_owned()));
    }
    let count = typed.count.parse::<u32>().ok().filter(|it| *it > 0);
    if kind == What::Seat && count.is_none() {
        typed.wrong.push(("aantal", d.wrong_count().to_owned()));
    }
    if !typed.wrong.is_empty() {
        return in_wave(&app, &visitor, &wave, typed).await;
    }
    let from = typed.from.clone();
    let wish = match kind {
        What::Coach => Wish::coach(id, from),
        What::School => Wish::school(id, from),
        What::Seat => {
            let (_, choices) = seeing::choices(&app.store, &visitor.asked, &wave).await?;
            let Some(it) = choices.seats.into_iter().find(|it| seat_value(it) == id) else {
                typed.wrong.push(("plek", d.choose_one().to_owned()));
                return in_wave(&app, &visitor, &wave, typed).await;
            };
            Wish::seats(it.school.0, it.seat, count.unwrap_or(1), from)
        }
        What::Candidate => Wish::candidate(id, from),
    };
    let wish = Wish { confirmed: form.has("bevestigd"), ..wish };
    match begin(&app, &visitor, &wish).await {
        Ok(batch) => Ok(after(&paths::batch(&batch), Done::DropoutReported)),
        Err(refused) => again(&app, &visitor, &wave, typed, refused, ("vanaf", control)).await,
    }
}

async fn begin(app: &App, visitor: &Visitor, wish: &Wish) -> Result<String, Refused> {
    let seconds = i64::try_from(app.settings.run_time.as_secs()).unwrap_or(i64::MAX);
    let batch = dropouts::begin(&app.store, &visitor.asked, wish, (seconds, app.settings.seat_months)).await?;
    Ok(batch.id)
}

/// The form again with what is wrong with it.
async fn again(
    app: &App,
    visitor: &Visitor,
    wave: &str,
    mut typed: Typed,
    refused: Refused,
    (day, who): (&'static str, &'static str),
) -> Result<Response, Problem> {
    let d = visitor.frame(app, Section::Waves).m.dropouts;
    match refused {
        Refused::Unknown => typed.wrong.push((who, d.touches_nobody().to_owned())),
        Refused::Unconfirmed(points) => {
            typed.confirm = Some(day);
            typed.wrong.clear();
            let says: Vec<String> = points.into_iter().map(|it| it.what).collect();
            typed.wrong.push((day, format!("{}. {}", says.join("; "), d.not_usual())));
        }
        Refused::Invalid(refusal) => {
            typed.wrong.extend(refusal.problems.into_iter().map(|it| {
                let at = if it.pointer.starts_with("/vanaf") { day } else { who };
                (at, format!("{}: {}", it.what, it.remedy))
            }));
        }
        Refused::Clash(clash) => typed.wrong.push((who, clash.what)),
        Refused::NotNow(why) => typed.wrong.push((who, why)),
        other => return Err(other.into()),
    }
    in_wave(app, visitor, wave, typed).await
}

async fn late(State(app): State<App>, visitor: Visitor, Ids(wave): Ids<String>, form: Form) -> Result<Response, Problem> {
    let d = visitor.frame(&app, Section::Waves).m.dropouts;
    let mut typed = Typed { who: form.text("wie").to_owned(), late_from: form.text("begin").to_owned(), ..Typed::default() };
    if typed.who.is_empty() {
        typed.wrong.push(("wie", d.choose_one().to_owned()));
    }
    if typed.late_from.parse::<jiff::civil::Date>().is_err() {
        typed.wrong.push(("begin", d.wrong_day().to_owned()));
    }
    if !typed.wrong.is_empty() {
        return in_wave(&app, &visitor, &wave, typed).await;
    }
    let from = typed.late_from.clone();
    let wish = seeing::late(&app.store, &visitor.asked, &wave, &typed.who, from, app.settings.seat_months).await?;
    let wish = Wish { confirmed: form.has("bevestigd"), ..wish };
    match begin(&app, &visitor, &wish).await {
        Ok(batch) => Ok(after(&paths::batch(&batch), Done::LateReported)),
        Err(refused) => again(&app, &visitor, &wave, typed, refused, ("begin", "wie")).await,
    }
}

/// Takes a request over as a batch, or says that nothing is needed.
async fn settle(State(app): State<App>, visitor: Visitor, Ids(id): Ids<String>, form: Form) -> Result<Response, Problem> {
    let version = form.number("versie").unwrap_or_default();
    if let Some(reason) = NotNeeded::parse(form.text("reden")) {
        reports::settle(&app.store, &visitor.asked, &id, version, &Settled::NotNeeded(reason)).await.map_err(known)?;
        return Ok(after(paths::ALL_DROPOUTS, Done::ReportSettled));
    }
    let report = reports::read(&app.store, &visitor.asked, &id).await?;
    let (of, from) = (report.falling.id.clone(), report.falling.from.clone());
    let wish = match report.falling.kind {
        ReportKind::Coach => Wish::coach(of, from),
        ReportKind::Plek => Wish::seats(of, report.falling.seat.clone().unwrap_or_default(), 1, from),
        ReportKind::Kandidaat => Wish::candidate(of, from),
    };
    // Who reported it was asked whether the day is meant.
    let batch = begin(&app, &visitor, &Wish { confirmed: true, ..wish }).await?;
    reports::settle(&app.store, &visitor.asked, &id, version, &Settled::Taken(batch.clone())).await.map_err(known)?;
    Ok(after(&paths::batch(&batch), Done::DropoutReported))
}

/// Somebody settled it meanwhile: that is seen on the list.
fn known(refused: Refused<Report>) -> Problem {
    refused.with_now(|_| ()).into()
}
