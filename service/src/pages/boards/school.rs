//! One school of a board: its seats, when the duo colleague is there, and whether it is open.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use loket_solver::matching::facts::words::{Bouw, HalfDay, Word};

use super::super::declared::Pages;
use super::super::done::Done;
use super::super::form::Form;
use super::super::frame::{Frame, Section, after, page, status};
use super::super::paths;
use super::super::said;
use super::super::visitor::Visitor;
use super::{Edits, Errors, Field, ROLES, Typed, fields, section, typed, which};
use crate::actions::board_desk::{self, Desk, Edit, School, Which, Wish};
use crate::actions::reports;
use crate::records::report::{ReportKind, ReportReason};
use crate::records::seats::ClosedReason;
use crate::serve::app::App;
use crate::serve::body::Ids;
use crate::serve::problem::Problem;

/// The pages of this file.
pub(super) fn pages() -> Pages {
    Pages::new().at(ROLES, paths::BOARD_SCHOOL, get(show).post(save)).at(super::OWN, paths::BOARD_REPORT, axum::routing::post(report))
}

/// The half-days of one group: each with its code, and whether the duo colleague is there.
struct Days {
    name: String,
    title: String,
    boxes: Vec<(&'static str, &'static str, bool)>,
}

#[derive(Template)]
#[template(path = "boards/school.html")]
struct SchoolPage {
    frame: Frame,
    back: String,
    here: String,
    report: String,
    name: String,
    cells: Vec<(&'static str, Vec<Field>)>,
    days: Vec<Days>,
    closed: Option<String>,
    reason: String,
    reasons: Vec<(&'static str, &'static str)>,
    /// Seats where somebody is or comes, to report that they fall out.
    taken: Vec<(String, String)>,
    reports: Vec<(&'static str, &'static str)>,
    own: bool,
    today: String,
    version: i64,
    errors: Vec<(String, String)>,
    doubts: Vec<(String, String)>,
    stale: bool,
    deed: String,
}

/// The boxes of the week: day by day, morning and afternoon.
fn boxes(frame: &Frame, days: Option<&[HalfDay]>) -> Vec<(&'static str, &'static str, bool)> {
    let m = frame.m.boards;
    let word = |day: HalfDay| match day {
        HalfDay::MaO => m.mo_am(),
        HalfDay::MaM => m.mo_pm(),
        HalfDay::DiO => m.tu_am(),
        HalfDay::DiM => m.tu_pm(),
        HalfDay::WoO => m.we_am(),
        HalfDay::WoM => m.we_pm(),
        HalfDay::DoO => m.th_am(),
        HalfDay::DoM => m.th_pm(),
        HalfDay::VrO => m.fr_am(),
        HalfDay::VrM => m.fr_pm(),
    };
    // Who names none is there all week.
    HalfDay::ALL.iter().map(|it| (it.code(), word(*it), days.is_none_or(|days| days.contains(it)))).collect()
}

async fn found(app: &App, visitor: &Visitor, board: &str, school: &str) -> Result<(Desk, School), Problem> {
    let desk = board_desk::desk(&app.store, &visitor.asked, board, app.settings.seat_months).await?;
    let school = desk.schools.iter().find(|it| it.id == school).cloned().ok_or_else(Problem::unknown)?;
    Ok((desk, school))
}

async fn show(State(app): State<App>, visitor: Visitor, Ids((board, school)): Ids<(String, String)>) -> Result<Response, Problem> {
    page(&drawn(&app, &visitor, (&board, &school), Typed::default()).await?)
}

async fn drawn(app: &App, visitor: &Visitor, (board, id): (&str, &str), typed: Typed<'_>) -> Result<SchoolPage, Problem> {
    let (desk, school) = found(app, visitor, board, id).await?;
    let frame = visitor.frame(app, section(visitor, Section::Seats));
    let m = frame.m;
    let cells = Bouw::ALL.iter().map(|it| (it.code(), fields(&frame, &school, *it, typed.form, &typed.errors))).collect();
    let several = school.groups.len() > 1;
    let days = school.groups.iter().map(|it| Days {
        name: format!("dagen:{}:{}", it.offer.seats.id, it.offer.seats.from),
        title: if several { m.boards.days_of(&it.offer.seats.id) } else { m.boards.days_title().to_owned() },
        boxes: boxes(&frame, it.half_days.as_deref()),
    });
    let days = days.collect();
    let taken = school.groups.iter().filter(|it| it.offer.used + it.offer.proposed > 0);
    let taken =
        taken.map(|it| (it.offer.seats.id.clone(), m.boards.seat(&it.offer.seats.bouw, it.offer.used + it.offer.proposed))).collect();
    Ok(SchoolPage {
        back: paths::board(board),
        here: paths::board_school(board, id),
        report: paths::board_report(board, id),
        closed: school.closed().map(|it| said::closed(m, it)),
        reason: typed.form.map(|it| it.text("reden").to_owned()).unwrap_or_default(),
        reasons: ClosedReason::ALL.iter().map(|it| (it.code(), said::closed_reason(m, *it))).collect(),
        reports: ReportKind::Plek.reasons().iter().map(|it| (it.code(), said::report_reason(m, ReportKind::Plek, *it))).collect(),
        own: visitor.asked.caller.role() == crate::access::Role::Bestuur,
        today: app.store.clock().today().to_string(),
        version: desk.version,
        deed: typed.form.map(|it| it.text("doe").to_owned()).unwrap_or_default(),
        name: school.name,
        errors: typed.errors,
        doubts: super::doubts(&frame, &desk, typed.doubts),
        stale: typed.stale,
        cells,
        days,
        taken,
        frame,
    })
}

/// The changes that a form asks for, each with the control that it is of.
fn edits(frame: &Frame, school: &School, form: &Form) -> Result<Edits, Errors> {
    let there = |wish: Wish| -> Vec<(String, Edit)> {
        let one = |it: &board_desk::Group| {
            let which = Which::There { seat: it.offer.seats.id.clone(), from: it.offer.seats.from.clone() };
            ("reden".to_owned(), Edit { school: school.id.clone(), which, wish: wish.clone() })
        };
        school.groups.iter().map(one).collect()
    };
    match form.text("doe") {
        "sluit" => match ClosedReason::parse(form.text("reden")) {
            Some(reason) => Ok(there(Wish::Closed(reason.code().to_owned()))),
            None => Err(vec![("reden".into(), frame.m.boards.wrong_reason().to_owned())]),
        },
        "open" => Ok(there(Wish::Open)),
        "dagen" => {
            let mut all = Vec::new();
            for group in &school.groups {
                let seats = &group.offer.seats;
                let name = format!("dagen:{}:{}", seats.id, seats.from);
                let days: Vec<HalfDay> = form.all(&name).filter_map(HalfDay::parse).collect();
                if days.is_empty() {
                    return Err(vec![(format!("{name}:ma-o"), frame.m.boards.wrong_days().to_owned())]);
                }
                let now = group.half_days.clone().unwrap_or_else(|| HalfDay::ALL.to_vec());
                if days != now {
                    let which = Which::There { seat: seats.id.clone(), from: seats.from.clone() };
                    all.push((format!("{name}:ma-o"), Edit { school: school.id.clone(), which, wish: Wish::HalfDays(days) }));
                }
            }
            Ok(all)
        }
        _ => numbers(frame, school, form),
    }
}

fn numbers(frame: &Frame, school: &School, form: &Form) -> Result<Edits, Errors> {
    let (mut edits, mut wrong) = (Vec::new(), Vec::new());
    for bouw in Bouw::ALL {
        for field in fields(frame, school, *bouw, None, &[]) {
            let Some(text) = form.some(&field.name).filter(|it| *it != field.value) else { continue };
            match (text.parse::<i64>().ok().filter(|it| (0..=1_000).contains(it)), which(&field.name)) {
                (Some(count), Some((school, which))) => edits.push((field.name.clone(), Edit { school, which, wish: Wish::Count(count) })),
                _ => wrong.push((field.name.clone(), frame.m.boards.wrong_number(&field.label))),
            }
        }
    }
    if wrong.is_empty() { Ok(edits) } else { Err(wrong) }
}

async fn save(State(app): State<App>, visitor: Visitor, Ids((board, id)): Ids<(String, String)>, form: Form) -> Result<Response, Problem> {
    let (_, school) = found(&app, &visitor, &board, &id).await?;
    let frame = visitor.frame(&app, Section::Seats);
    let edits = match edits(&frame, &school, &form) {
        Ok(edits) if edits.is_empty() => return Ok(after(&paths::board(&board), Done::NothingChanged)),
        Ok(edits) => edits,
        Err(errors) => {
            let typed = Typed { form: Some(&form), errors, ..Typed::default() };
            return status(StatusCode::BAD_REQUEST, &drawn(&app, &visitor, (&board, &id), typed).await?);
        }
    };
    let (names, edits): (Vec<String>, Vec<Edit>) = edits.into_iter().unzip();
    let seen = form.number("versie").unwrap_or(-1);
    let done = board_desk::save(&app.store, &visitor.asked, &board, (&edits, seen, form.has("bevestigd")), app.settings.seat_months).await;
    let typed = match done {
        Ok(_) => return Ok(after(&paths::board(&board), Done::SeatsSaved)),
        Err(refused) => typed(&form, refused, |at| names.get(at).cloned().unwrap_or_default())?,
    };
    let code = if typed.stale { StatusCode::PRECONDITION_FAILED } else { StatusCode::BAD_REQUEST };
    status(code, &drawn(&app, &visitor, (&board, &id), typed).await?)
}

/// Reports that a seat falls out where somebody is or comes: a request to the intermediary.
async fn report(
    State(app): State<App>,
    visitor: Visitor,
    Ids((board, id)): Ids<(String, String)>,
    form: Form,
) -> Result<Response, Problem> {
    found(&app, &visitor, &board, &id).await?;
    let reason = ReportReason::parse(form.text("waarom")).unwrap_or(ReportReason::Anders);
    let seat = Some((id.clone(), form.text("plek").to_owned()));
    let wish = reports::Wish { coach: None, seat, from: form.text("vanaf").to_owned(), reason, confirmed: true };
    match reports::report(&app.store, &visitor.asked, &wish).await {
        Ok(_) => Ok(after(&paths::board(&board), Done::Reported)),
        Err(crate::actions::Refused::Invalid(refusal)) => {
            let errors = said::wrong(&refusal, str::to_owned);
            let typed = Typed { form: Some(&form), errors, ..Typed::default() };
            status(StatusCode::BAD_REQUEST, &drawn(&app, &visitor, (&board, &id), typed).await?)
        }
        Err(refused) => Err(refused.into()),
    }
}
