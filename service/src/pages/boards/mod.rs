//! A board: its schools with their seats, confirming them, what one more seat brings, proposals to answer, and what happened.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use loket_solver::matching::facts::words::{Bouw, Word};

use super::declared::Pages;
use super::done::Done;
use super::form::Form;
use super::frame::{Frame, Section, after, page, status, to};
use super::paths;
use super::rostered;
use super::said;
use super::told;
use super::visitor::Visitor;
use crate::access::Role;
use crate::actions::answers::own::{self, Own};
use crate::actions::board_desk::{self, Desk, Edit, School, Which, Wish};
use crate::actions::rosters::invited;
use crate::actions::{Refused, capacity, reports, worth};
use crate::desk::asking::Stance;
use crate::records::report::Report;
use crate::serve::app::App;
use crate::serve::body::Ids;
use crate::serve::problem::Problem;

mod history;
mod proposals;
mod round;
mod school;

/// Who sees a board's desk: the board, and the intermediary for it.
const ROLES: &[Role] = &[Role::Bestuur, Role::Intermediair];
const OWN: &[Role] = &[Role::Bestuur];

/// The pages of this area.
pub fn pages() -> Pages {
    Pages::new()
        .at(OWN, paths::OWN_BOARD, get(first))
        .at(ROLES, paths::BOARD, get(show))
        .at(ROLES, paths::BOARD_CONFIRM, post(confirm))
        .at(ROLES, paths::BOARD_SEATS, post(save))
        .at(ROLES, paths::BOARD_ADD, post(add))
        .and(school::pages())
        .and(proposals::pages())
        .and(history::pages())
        .and(round::pages())
}

/// One number of a table: the seats of a group, or of a bouw that has none.
pub(super) struct Field {
    pub(super) name: String,
    pub(super) label: String,
    pub(super) value: String,
    /// "1 kandidaat", "vrij".
    pub(super) used: String,
    pub(super) wrong: bool,
}

struct Row {
    name: String,
    own: String,
    /// The fields of each bouw.
    cells: Vec<Vec<Field>>,
    days: String,
    closed: Option<String>,
    /// What stands in one line on a phone.
    line: String,
    /// Later periods, in words.
    later: Vec<String>,
}

/// What one more seat would bring.
struct Gain {
    what: String,
    placed: i64,
    moves: i64,
    group: Option<String>,
}

#[derive(Template)]
#[template(path = "boards/desk.html")]
struct DeskPage {
    frame: Frame,
    board: String,
    name: String,
    /// Another's desk: the intermediary looks.
    for_it: bool,
    title: String,
    start: Option<String>,
    rows: Vec<Row>,
    sums: [i64; 3],
    open: i64,
    schools: usize,
    version: i64,
    count: i64,
    unchanged: bool,
    /// The last day to confirm.
    by: Option<String>,
    /// When it was confirmed, after it was asked.
    confirmed: Option<String>,
    waiting: usize,
    waiting_by: Option<String>,
    gains: Vec<Gain>,
    idle: i64,
    gains_old: bool,
    gains_coming: bool,
    /// What was reported and not seen to yet.
    reported: Vec<String>,
    boards: Vec<(String, String, bool)>,
    /// What rosters ask of who looks, by name, with the day to answer by.
    asked: Vec<(String, String, Option<String>)>,
    proposals: String,
    history: String,
    errors: Vec<(String, String)>,
    /// What is unlikely and must be meant.
    doubts: Vec<(String, String)>,
    /// What somebody else changed meanwhile: school and bouw, now and typed.
    both: Vec<(String, String, String)>,
}

/// Where a board begins: at its own desk.
async fn first(visitor: Visitor) -> Result<Response, Problem> {
    let own = visitor.asked.caller.scope().boards().and_then(<[String]>::first).ok_or_else(Problem::unknown)?;
    Ok(to(&paths::board(own)))
}

/// The name of the field of a group, or of a bouw that has none.
pub(super) fn field_name(school: &str, which: &Which) -> String {
    match which {
        Which::There { seat, from } => format!("aantal:{school}:{seat}:{from}"),
        Which::New(bouw) => format!("nieuw:{school}:{}", bouw.code()),
    }
}

/// Which group a field is of.
pub(super) fn which(name: &str) -> Option<(String, Which)> {
    let parts: Vec<&str> = name.split(':').collect();
    match parts.as_slice() {
        ["aantal", school, seat, from] => Some(((*school).to_owned(), Which::There { seat: (*seat).to_owned(), from: (*from).to_owned() })),
        ["nieuw", school, bouw] => Some(((*school).to_owned(), Which::New(Bouw::parse(bouw)?))),
        _ => None,
    }
}

/// The fields of one bouw of a school.
pub(super) fn fields(frame: &Frame, school: &School, bouw: Bouw, form: Option<&Form>, wrong: &[(String, String)]) -> Vec<Field> {
    let m = frame.m.boards;
    let label = m.field(&school.name, bouw.code());
    let typed = |name: &str, now: i64| form.and_then(|it| it.some(name)).map_or_else(|| now.to_string(), str::to_owned);
    let one = |name: String, now: i64, used: String, label: String| Field {
        value: typed(&name, now),
        wrong: wrong.iter().any(|it| it.0 == name),
        name,
        label,
        used,
    };
    let mut all = Vec::new();
    let several = school.of(bouw).count() > 1;
    for group in school.of(bouw) {
        let (seats, users) = (&group.offer.seats, group.offer.used + group.offer.proposed);
        let used = match users {
            0 if seats.open && seats.count > 0 => m.free().to_owned(),
            0 => String::new(),
            users if seats.open && seats.count > users => m.people_and_free(users, seats.count - users),
            users => m.people(users),
        };
        let which = Which::There { seat: seats.id.clone(), from: seats.from.clone() };
        let label = if several { format!("{label} ({})", seats.id) } else { label.clone() };
        all.push(one(field_name(&school.id, &which), if seats.open { seats.count } else { 0 }, used, label));
    }
    if all.is_empty() {
        all.push(one(field_name(&school.id, &Which::New(bouw)), 0, String::new(), label));
    }
    all
}

/// The half-days of a school's duo colleagues: of all groups together when they are the same.
pub(super) fn days(frame: &Frame, school: &School) -> String {
    let mut all = school.groups.iter().filter(|it| it.offer.seats.open && it.offer.seats.count > 0).map(|it| it.half_days.clone());
    let Some(first) = all.next() else { return "–".to_owned() };
    if all.any(|it| it != first) {
        return frame.m.boards.days_differ().to_owned();
    }
    first.map_or_else(|| frame.m.said.whole_week().to_owned(), |days| said::week(frame.m, &days))
}

fn row(frame: &Frame, board: &str, school: &School, form: Option<&Form>, wrong: &[(String, String)]) -> Row {
    let m = frame.m.boards;
    let closed = school.closed().map(|it| said::closed(frame.m, it));
    let cells = Bouw::ALL.iter().map(|bouw| fields(frame, school, *bouw, form, wrong)).collect();
    let mut parts: Vec<String> = Vec::new();
    for bouw in Bouw::ALL {
        let count: i64 = school.of(*bouw).filter(|it| it.offer.seats.open).map(|it| it.offer.seats.count).sum();
        if count > 0 {
            parts.push(format!("{count} {}", bouw.code()));
        }
    }
    let users: i64 = school.groups.iter().map(|it| it.offer.used + it.offer.proposed).sum();
    let line = match (&closed, parts.is_empty()) {
        (Some(why), _) => m.not_open_because(why),
        (None, true) => m.no_seats().to_owned(),
        (None, false) if users > 0 => format!("{}, {}", parts.join(", "), m.people(users)),
        (None, false) => format!("{}, {}", parts.join(", "), m.free()),
    };
    let later = school.groups.iter().flat_map(|it| &it.later).map(|it| {
        let from = said::kept(frame.m, &it.from, said::day);
        m.later(&it.bouw, if it.open { it.count } else { 0 }, from)
    });
    Row {
        own: paths::board_school(board, &school.id),
        days: days(frame, school),
        later: later.collect(),
        name: school.name.clone(),
        cells,
        closed,
        line,
    }
}

/// What somebody typed and what is the matter with it.
#[derive(Default)]
pub(super) struct Typed<'a> {
    pub(super) form: Option<&'a Form>,
    pub(super) errors: Vec<(String, String)>,
    pub(super) doubts: Vec<(String, String)>,
    pub(super) stale: bool,
}

async fn show(State(app): State<App>, visitor: Visitor, Ids(board): Ids<String>) -> Result<Response, Problem> {
    page(&desk(&app, &visitor, &board, Typed::default()).await?)
}

/// The section that somebody is in: an intermediary looks at boards.
pub(super) fn section(visitor: &Visitor, own: Section) -> Section {
    if visitor.asked.caller.role() == Role::Intermediair { Section::Boards } else { own }
}

/// What is doubted, with the school and the bouw in front; what is doubted of more bouwen alike stands there once.
fn doubts(frame: &Frame, found: &Desk, told: Vec<(String, String)>) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = Vec::new();
    for (control, says) in told {
        let of = found.schools.iter().find_map(|school| {
            let mut every = Bouw::ALL.iter().flat_map(|bouw| fields(frame, school, *bouw, None, &[]));
            every.find(|it| it.name == control).map(|it| it.label)
        });
        let says = of.map_or_else(|| told::capital(&says), |label| format!("{label}: {says}"));
        if !all.iter().any(|it| it.1 == says) {
            all.push((control, says));
        }
    }
    all
}

async fn desk(app: &App, visitor: &Visitor, board: &str, typed: Typed<'_>) -> Result<DeskPage, Problem> {
    let found = board_desk::desk(&app.store, &visitor.asked, board, app.settings.seat_months).await?;
    let frame = visitor.frame(app, section(visitor, Section::Seats));
    let m = frame.m.boards;
    let questions: Vec<Own> = own::asked(&app.store, &visitor.asked).await?;
    let waiting: Vec<&Own> = questions.iter().filter(|it| matches!(it.stance, Stance::Asked | Stance::Late)).collect();
    let waiting_by = waiting.iter().map(|it| &it.answer.by).min().map(|it| said::kept(frame.m, it, said::weekday));
    let waiting = waiting.len();
    let reported = reported(app, visitor, &frame, &found).await?;
    let doubts = doubts(&frame, &found, typed.doubts);
    let (gains, coming) = worth::told(&app.store, &visitor.asked, board).await?;
    let asked = match visitor.asked.caller.role() {
        Role::Bestuur => rostered::open(frame.m, invited::own_ones(&app.store, &visitor.asked).await?),
        _ => Vec::new(),
    };
    let rows = found.schools.iter().map(|it| row(&frame, board, it, typed.form, &typed.errors)).collect();
    let both = if typed.stale { both(&frame, &found, typed.form) } else { Vec::new() };
    let by = found.round.as_ref().filter(|it| !it.1.confirmed()).map(|it| said::kept(frame.m, &it.0.by, said::weekday));
    let when = found.round.as_ref().and_then(|it| it.1.when());
    Ok(DeskPage {
        title: found.wave.as_ref().map_or_else(|| m.title().to_owned(), |it| m.title_for(&it.name)),
        start: found.wave.as_ref().map(|it| m.start(said::kept(frame.m, &it.from, said::day))),
        for_it: visitor.asked.caller.role() != Role::Bestuur,
        sums: sums(&found),
        open: found.open(),
        schools: found.open_schools(),
        version: found.version,
        count: found.rows,
        unchanged: found.unchanged(),
        confirmed: when.map(|at| said::moment(frame.m, app.store.clock(), at)),
        gains: gains.as_ref().map(|it| gains_of(&frame, &found, &it.worth.gains)).unwrap_or_default(),
        idle: gains.as_ref().map_or(0, |it| it.worth.idle),
        gains_old: gains.as_ref().is_some_and(|it| it.old),
        gains_coming: coming,
        reported,
        boards: others(app, visitor, board).await?,
        asked,
        proposals: paths::PROPOSALS.to_owned(),
        history: paths::board_history(board),
        board: board.to_owned(),
        name: found.name,
        errors: typed.errors,
        doubts,
        rows,
        by,
        waiting,
        waiting_by,
        both,
        frame,
    })
}

/// What the board reported and nobody saw to yet, in sentences.
async fn reported(app: &App, visitor: &Visitor, frame: &Frame, found: &Desk) -> Result<Vec<String>, Problem> {
    let (m, clock) = (frame.m, app.store.clock());
    let open = reports::open(&app.store, &visitor.asked).await?;
    let line = |it: &Report| {
        let school = found.schools.iter().find(|of| of.id == it.falling.id)?;
        let day = said::kept(m, &it.falling.from, said::day);
        Some(m.boards.reported_line(
            &school.name,
            said::report_reason(m, it.falling.kind, it.falling.reason),
            day,
            said::moment(m, clock, it.at),
        ))
    };
    Ok(open.iter().filter_map(line).collect())
}

/// The boards of somebody who acts for more than one.
async fn others(app: &App, visitor: &Visitor, here: &str) -> Result<Vec<(String, String, bool)>, Problem> {
    let Some(ids) = visitor.asked.caller.scope().boards().filter(|it| it.len() > 1) else { return Ok(Vec::new()) };
    let mut all = Vec::new();
    for id in ids {
        let name = app.store.read().name_of(crate::records::register::Kind::Board, id).await?;
        all.push((name.unwrap_or_else(|| id.clone()), paths::board(id), id == here));
    }
    Ok(all)
}

fn sums(found: &Desk) -> [i64; 3] {
    let of = |bouw: Bouw| -> i64 {
        found.schools.iter().flat_map(|it| it.of(bouw)).filter(|it| it.offer.seats.open).map(|it| it.offer.seats.count).sum()
    };
    [of(Bouw::Onderbouw), of(Bouw::Middenbouw), of(Bouw::Bovenbouw)]
}

fn gains_of(frame: &Frame, found: &Desk, gains: &[crate::desk::worth::Gain]) -> Vec<Gain> {
    let one = |it: &crate::desk::worth::Gain| {
        let school = found.schools.iter().find(|of| of.id == it.school)?;
        let group = school.groups.iter().find(|of| of.offer.seats.id == it.seat);
        let bouw = it.bouw.or_else(|| group.and_then(|of| Bouw::parse(&of.offer.seats.bouw)))?;
        let name = group.map(|of| {
            let which = Which::There { seat: of.offer.seats.id.clone(), from: of.offer.seats.from.clone() };
            field_name(&school.id, &which)
        });
        let what = frame.m.boards.gain_of(bouw.code(), &school.name);
        Some(Gain { what, placed: it.more_placed, moves: it.moves, group: name })
    };
    gains.iter().filter_map(one).collect()
}

/// What stands there now beside what was typed, where these differ.
fn both(frame: &Frame, found: &Desk, form: Option<&Form>) -> Vec<(String, String, String)> {
    let mut all = Vec::new();
    for school in &found.schools {
        for bouw in Bouw::ALL {
            for (now, typed) in fields(frame, school, *bouw, None, &[]).into_iter().zip(fields(frame, school, *bouw, form, &[])) {
                if now.value != typed.value {
                    all.push((now.label, now.value, typed.value));
                }
            }
        }
    }
    all
}

async fn confirm(State(app): State<App>, visitor: Visitor, Ids(board): Ids<String>, form: Form) -> Result<Response, Problem> {
    let seen = (form.number("versie").unwrap_or(-1), form.number("rijen").unwrap_or(-1));
    match capacity::confirm(&app.store, &visitor.asked, &board, seen).await {
        Ok(_) => Ok(after(&paths::board(&board), Done::SeatsConfirmed)),
        Err(Refused::Stale(_) | Refused::Clash(_)) => {
            let typed = Typed { stale: true, ..Typed::default() };
            status(StatusCode::PRECONDITION_FAILED, &desk(&app, &visitor, &board, typed).await?)
        }
        Err(refused) => Err(refused.with_now(|_| ()).into()),
    }
}

/// Changes that a form asks for, each with its control.
pub(super) type Edits = Vec<(String, Edit)>;
/// What is wrong with controls.
pub(super) type Errors = Vec<(String, String)>;

/// The changes in a form: fields that say something else than the seats do; and what is wrong with what was typed.
fn edits(frame: &Frame, found: &Desk, form: &Form) -> (Edits, Errors) {
    let (mut edits, mut wrong) = (Vec::new(), Vec::new());
    for school in &found.schools {
        for bouw in Bouw::ALL {
            for field in fields(frame, school, *bouw, None, &[]) {
                let Some(text) = form.some(&field.name).filter(|it| *it != field.value) else { continue };
                match (text.parse::<i64>().ok().filter(|it| (0..=1_000).contains(it)), which(&field.name)) {
                    (Some(count), Some((school, which))) => {
                        edits.push((field.name.clone(), Edit { school, which, wish: Wish::Count(count) }));
                    }
                    _ => wrong.push((field.name.clone(), frame.m.boards.wrong_number(&field.label))),
                }
            }
        }
    }
    (edits, wrong)
}

/// Saves every number that was changed, all at once.
async fn save(State(app): State<App>, visitor: Visitor, Ids(board): Ids<String>, form: Form) -> Result<Response, Problem> {
    let found = board_desk::desk(&app.store, &visitor.asked, &board, app.settings.seat_months).await?;
    let frame = visitor.frame(&app, Section::Seats);
    let (edits, wrong) = edits(&frame, &found, &form);
    if !wrong.is_empty() {
        let typed = Typed { form: Some(&form), errors: wrong, ..Typed::default() };
        return status(StatusCode::BAD_REQUEST, &desk(&app, &visitor, &board, typed).await?);
    }
    if edits.is_empty() {
        return Ok(after(&paths::board(&board), Done::NothingChanged));
    }
    let (names, edits): (Vec<String>, Vec<Edit>) = edits.into_iter().unzip();
    let seen = form.number("versie").unwrap_or(-1);
    let done = board_desk::save(&app.store, &visitor.asked, &board, (&edits, seen, form.has("bevestigd")), app.settings.seat_months).await;
    let typed = match done {
        Ok(_) => return Ok(after(&paths::board(&board), Done::SeatsSaved)),
        Err(refused) => typed(&form, refused, |at| names.get(at).cloned().unwrap_or_default())?,
    };
    let code = if typed.stale { StatusCode::PRECONDITION_FAILED } else { StatusCode::BAD_REQUEST };
    status(code, &desk(&app, &visitor, &board, typed).await?)
}

/// Why seats were not saved, as a form shows it: `control` is the field of the change at this place in the list.
pub(super) fn typed<'a>(form: &'a Form, refused: Refused<i64>, control: impl Fn(usize) -> String) -> Result<Typed<'a>, Problem> {
    let at = |pointer: &str| pointer.split('/').nth(1).and_then(|it| it.parse::<usize>().ok()).map(&control).unwrap_or_default();
    match refused {
        Refused::Invalid(refusal) => Ok(Typed { form: Some(form), errors: said::wrong(&refusal, at), ..Typed::default() }),
        Refused::Unconfirmed(points) => {
            let doubts = points.iter().map(|it| (at(it.pointer.trim_start_matches('/')), it.what.clone())).collect();
            Ok(Typed { form: Some(form), doubts, ..Typed::default() })
        }
        Refused::Clash(it) => {
            let errors = it.points.iter().map(|it| (at(it.place.trim_start_matches('/')), it.what.clone())).collect();
            Ok(Typed { form: Some(form), errors, ..Typed::default() })
        }
        Refused::Stale(_) => Ok(Typed { form: Some(form), stale: true, ..Typed::default() }),
        refused => Err(refused.with_now(|_| ()).into()),
    }
}

/// Adds one seat to a group: what it would bring stands beside the button.
async fn add(State(app): State<App>, visitor: Visitor, Ids(board): Ids<String>, form: Form) -> Result<Response, Problem> {
    let (school, wanted) = which(form.text("plek")).ok_or_else(Problem::unknown)?;
    let found = board_desk::desk(&app.store, &visitor.asked, &board, app.settings.seat_months).await?;
    let groups = found.schools.iter().filter(|it| it.id == school).flat_map(|it| &it.groups);
    let is = |seats: &crate::records::seats::Seats| wanted == Which::There { seat: seats.id.clone(), from: seats.from.clone() };
    let seats = groups.map(|it| &it.offer.seats).find(|it| is(it)).ok_or_else(Problem::unknown)?;
    let count = if seats.open { seats.count + 1 } else { 1 };
    let edits = [Edit { school, which: wanted, wish: Wish::Count(count) }];
    let seen = form.number("versie").unwrap_or(-1);
    match board_desk::save(&app.store, &visitor.asked, &board, (&edits, seen, true), app.settings.seat_months).await {
        Ok(_) => Ok(after(&paths::board(&board), Done::SeatsSaved)),
        Err(Refused::Stale(_)) => {
            let typed = Typed { stale: true, ..Typed::default() };
            status(StatusCode::PRECONDITION_FAILED, &desk(&app, &visitor, &board, typed).await?)
        }
        Err(refused) => Err(refused.with_now(|_| ()).into()),
    }
}
