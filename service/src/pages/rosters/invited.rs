//! What a roster asks of one person: to which meetings they come and when they can be there. In the own account, by a personal link, and for
//! the intermediary who notes it. The secret of a link stands in the address and nowhere else.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use loket_solver::common::words::HalfDay;
use loket_solver::matching::facts::words::Word;
use loket_solver::scheduling::facts::codes::Kind;

use super::told;
use crate::access::Role;
use crate::actions::Refused;
use crate::actions::rosters::invited::saying::{self, Said};
use crate::actions::rosters::invited::{self, Shown, links};
use crate::desk::roster::meetings::Appointment;
use crate::pages::declared::Pages;
use crate::pages::done::Done;
use crate::pages::form::Form;
use crate::pages::frame::{Frame, Section, after, page, status};
use crate::pages::messages::Messages;
use crate::pages::told::list;
use crate::pages::visitor::{Guest, Visitor};
use crate::pages::{days, paths, said};
use crate::present::meetings::called;
use crate::records::invitation::{Availability, Away, Half};
use crate::serve::app::App;
use crate::serve::body::Ids;
use crate::serve::papers::meetings;
use crate::serve::problem::Problem;

/// Each for the own name; the intermediary for everybody.
const INVITED: &[Role] = &[Role::Intermediair, Role::Bestuur, Role::Coach];
/// Empty lines to fill in, below what there is.
const SPARE: usize = 2;
/// Most lines that are read.
const MOST: usize = 60;

/// The pages of this file.
pub(super) fn pages() -> Pages {
    Pages::new().at(INVITED, paths::ROSTER_INVITED, get(show).post(say)).at(INVITED, paths::ROSTER_INVITED_DAYS, get(calendar))
}

/// Those for whoever has a link.
pub(super) fn open() -> Pages {
    Pages::new().open(paths::MEETING, get(show_link).post(say_link)).open(paths::MEETING_DAYS, get(calendar_link))
}

/// A meeting that is asked about.
struct Met {
    field: String,
    when: String,
    what: String,
    who: String,
    comes: &'static str,
}

/// Days away as they were typed.
struct Line {
    from: String,
    until: String,
    half: String,
}

/// A line of the form.
struct Typed {
    legend: String,
    /// Names of the controls: first day, last day, part of the day.
    names: (String, String, String),
    line: Line,
    /// What is wrong with the first and the last day.
    wrong: (String, String),
}

#[derive(Template)]
#[template(path = "rosters/invited.html")]
struct InvitedPage {
    frame: Frame,
    here: String,
    back: Option<(String, &'static str)>,
    title: String,
    purpose: String,
    by: Option<(String, bool)>,
    told: Option<String>,
    meetings: Vec<Met>,
    half_days: Vec<(&'static str, String, bool)>,
    lines: Vec<Typed>,
    halves: [(&'static str, &'static str); 3],
    note: String,
    version: i64,
    calendar: Option<String>,
    contact: Option<String>,
    link: bool,
    errors: Vec<(String, String)>,
    stale: bool,
}

#[derive(Template)]
#[template(path = "link_over.html")]
struct OverPage {
    frame: Frame,
    contact: Option<String>,
}

/// Where a page stands: at somebody's own name, or behind a link.
struct Place {
    frame: Frame,
    here: String,
    back: Option<(String, &'static str)>,
    calendar: String,
    link: bool,
    /// Whether the intermediary notes it for somebody.
    noting: bool,
}

fn met(m: Messages, it: &invited::Met) -> Met {
    let Appointment { meeting, location, offer, others, kind, .. } = &it.meeting;
    let what = offer.clone().unwrap_or_else(|| called(*kind).to_owned());
    Met {
        field: format!("komt-{}", meeting.moment),
        when: format!("{}, {}", days::weekday(m, &meeting.moment.day.to_string()), hour(m, it)),
        what: location.as_ref().map_or_else(|| what.clone(), |place| format!("{what}, {place}")),
        who: list(m, others),
        comes: match it.comes {
            Some(true) => "ja",
            Some(false) => "nee",
            None => "",
        },
    }
}

fn hour(m: Messages, it: &invited::Met) -> String {
    let meeting = &it.meeting.meeting;
    meeting.time.as_deref().map_or_else(|| told::half(m, meeting.moment.afternoon).to_owned(), told::clock)
}

/// The half-days that are ticked: what was said, else what the roster has, else every one.
fn ticked(shown: &Shown) -> Vec<&str> {
    let said = shown.invitation.availability.as_ref().and_then(|it| it.half_days.as_ref());
    match (said, &shown.usual) {
        (Some(said), _) => said.iter().map(String::as_str).collect(),
        (None, Some(usual)) => usual.iter().map(|it| it.code()).collect(),
        (None, None) => HalfDay::ALL.iter().map(|it| it.code()).collect(),
    }
}

fn drawn(app: &App, place: Place, shown: &Shown) -> InvitedPage {
    let m = place.frame.m;
    let it = &shown.invitation;
    let known = ticked(shown);
    let away = it.availability.iter().flat_map(|it| &it.away);
    let line = |it: &Away| Line { from: it.from.clone(), until: it.until.clone(), half: it.half.map_or("", |it| it.code()).to_owned() };
    let today = app.store.clock().today().to_string();
    let name = shown.name.clone().unwrap_or_else(|| it.person.clone());
    let first = name.split_whitespace().next().unwrap_or_default().to_owned();
    let on = |at: i64| days::date_of(at).map(|it| days::within(m, &it.to_string())).unwrap_or_default();
    InvitedPage {
        title: if place.noting { m.rooster.inv_of(&name) } else { m.rooster.inv_hello(if shown.name.is_some() { &first } else { "" }) },
        purpose: purpose(m, shown, place.noting, &name),
        by: it.asked.as_ref().map(|it| (said::kept(m, &it.by, said::weekday), it.by < today)),
        told: it.told.as_ref().map(|it| m.rooster.inv_said(on(it.at))),
        meetings: shown.meetings.iter().map(|it| met(m, it)).collect(),
        half_days: half_days(m, &known),
        lines: typed(m, away.map(line).collect(), &[]),
        halves: [("", m.rooster.inv_whole()), ("o", m.rooster.inv_mornings()), ("m", m.rooster.inv_afternoons())],
        note: it.note.clone().unwrap_or_default(),
        version: it.version,
        calendar: (!shown.calendar.is_empty()).then_some(place.calendar),
        contact: app.settings.post.from.clone().filter(|_| place.link),
        link: place.link,
        errors: Vec::new(),
        stale: false,
        frame: place.frame,
        here: place.here,
        back: place.back,
    }
}

fn half_days(m: Messages, ticked: &[&str]) -> Vec<(&'static str, String, bool)> {
    HalfDay::ALL.iter().enumerate().map(|(at, it)| (it.code(), told::half_day(m, at), ticked.contains(&it.code()))).collect()
}

fn purpose(m: Messages, shown: &Shown, noting: bool, name: &str) -> String {
    let period = m.rooster.period(said::kept(m, &shown.roster.from, said::day), said::kept(m, &shown.roster.until, said::day));
    let what = match shown.roster.kind {
        Kind::Interviews => m.rooster.inv_gesprekken(),
        Kind::PeerGroups => m.rooster.inv_intervisie(),
        Kind::Visits => m.rooster.inv_bezoeken(),
        Kind::Courses => m.rooster.inv_aanbod(),
    };
    match (noting, shown.meetings.is_empty()) {
        (true, _) => m.rooster.inv_noting(name, what, period),
        (false, true) => m.rooster.inv_purpose(what, period),
        (false, false) => m.rooster.inv_purpose_met(what, period),
    }
}

/// The lines of the form: those that there are, and some to fill in.
fn typed(m: Messages, mut lines: Vec<Line>, errors: &[(String, String)]) -> Vec<Typed> {
    lines.extend((0..SPARE).map(|_| Line { from: String::new(), until: String::new(), half: String::new() }));
    let one = |(at, line): (usize, Line)| {
        let names = (format!("van-{at}"), format!("tot-{at}"), format!("deel-{at}"));
        let wrong = (said::of(errors, &names.0).to_owned(), said::of(errors, &names.1).to_owned());
        Typed { legend: m.rooster.inv_period(at + 1), names, line, wrong }
    };
    lines.into_iter().enumerate().map(one).collect()
}

/// What was filled in, and the lines as they were typed.
fn read(form: &Form, shown: &Shown) -> (Said, Vec<Line>) {
    let mut lines = Vec::new();
    for at in 0..MOST {
        let text = |key: &str| form.text(&format!("{key}-{at}")).to_owned();
        let (from, until, half) = (text("van"), text("tot"), text("deel"));
        if !from.is_empty() || !until.is_empty() {
            // One day is written once.
            let until = if until.is_empty() { from.clone() } else { until };
            lines.push(Line { from, until, half });
        }
    }
    let all: Vec<&str> = form.all("dagdeel").filter(|it| HalfDay::parse(it).is_some()).collect();
    let usual = shown.usual.as_ref().map_or_else(|| HalfDay::ALL.to_vec(), Clone::clone);
    let same = all.len() == usual.len() && usual.iter().all(|it| all.contains(&it.code()));
    let away = |it: &Line| Away { from: it.from.clone(), until: it.until.clone(), half: Half::parse(&it.half) };
    let availability = Availability {
        half_days: (!same).then(|| all.iter().map(|it| (*it).to_owned()).collect()),
        away: lines.iter().map(away).collect(),
    };
    let replies = form.beginning("komt-").map(|(moment, word)| (moment.to_owned(), word == "ja")).collect();
    (Said { availability: Some(availability), replies, note: Some(form.text("toelichting").to_owned()) }, lines)
}

/// The page again, with what was typed and what is wrong with it.
fn again(mut page: InvitedPage, form: &Form, said: &Said, lines: Vec<Line>, refused: &Refused<Shown>) -> Option<(StatusCode, InvitedPage)> {
    let m = page.frame.m;
    let all: Vec<&str> = form.all("dagdeel").collect();
    page.half_days = half_days(m, &all);
    page.note = said.note.clone().unwrap_or_default();
    for it in &mut page.meetings {
        let typed = said.replies.iter().find(|(moment, _)| it.field == format!("komt-{moment}"));
        if let Some((_, comes)) = typed {
            it.comes = if *comes { "ja" } else { "nee" };
        }
    }
    match refused {
        Refused::Stale(_) => {
            page.stale = true;
            page.lines = typed(m, lines, &[]);
            Some((StatusCode::PRECONDITION_FAILED, page))
        }
        Refused::Invalid(refusal) => {
            let control = |place: &str| match place.split('/').collect::<Vec<_>>().as_slice() {
                ["", "beschikbaar", "afwezig", at, key] => format!("{key}-{at}"),
                _ => String::new(),
            };
            page.errors = said::wrong(refusal, control);
            page.lines = typed(m, lines, &page.errors);
            Some((StatusCode::BAD_REQUEST, page))
        }
        _ => None,
    }
}

fn place(app: &App, visitor: &Visitor, id: &str, shown: &Shown) -> Place {
    let person = &shown.invitation.person;
    let role = visitor.asked.caller.role();
    let m = visitor.frame(app, Section::None).m;
    let (section, back) = match role {
        Role::Coach => (Section::Coach, (paths::coach_desk(person), m.rooster.inv_back())),
        Role::Bestuur => (Section::Seats, (paths::BOARD.to_owned(), m.rooster.inv_back())),
        _ => (Section::Rosters, (paths::roster_at(id, "uitnodigingen"), m.rooster.invitations())),
    };
    Place {
        frame: visitor.frame(app, section),
        here: paths::roster_invited(id, person),
        back: Some(back),
        calendar: paths::roster_invited_days(id, person),
        link: false,
        noting: visitor.asked.caller.account_id() != Some(person.as_str()) && role == Role::Intermediair,
    }
}

async fn show(State(app): State<App>, visitor: Visitor, Ids((id, person)): Ids<(String, String)>) -> Result<Response, Problem> {
    let shown = invited::shown(&app.store, &visitor.asked, &id, &person).await?;
    page(&drawn(&app, place(&app, &visitor, &id, &shown), &shown))
}

async fn say(State(app): State<App>, visitor: Visitor, Ids((id, person)): Ids<(String, String)>, form: Form) -> Result<Response, Problem> {
    let shown = invited::shown(&app.store, &visitor.asked, &id, &person).await?;
    let (said, lines) = read(&form, &shown);
    let version = form.number("versie").unwrap_or(-1);
    let refused = match saying::say(&app.store, &visitor.asked, (&id, &person), version, &said).await {
        Ok(_) => return Ok(after(&paths::roster_invited(&id, &person), Done::RosterSaid)),
        Err(refused) => refused,
    };
    let page = drawn(&app, place(&app, &visitor, &id, &shown), &shown);
    match again(page, &form, &said, lines, &refused) {
        Some((code, page)) => status(code, &page),
        None => Err(refused.with_now(|_| ()).into()),
    }
}

async fn calendar(State(app): State<App>, visitor: Visitor, Ids((id, person)): Ids<(String, String)>) -> Result<Response, Problem> {
    let shown = invited::shown(&app.store, &visitor.asked, &id, &person).await?;
    Ok(meetings(&app, &person, &shown.calendar))
}

/// Whatever is the matter with a link, it is told alike.
fn over(app: &App, guest: Guest) -> Result<Response, Problem> {
    status(StatusCode::NOT_FOUND, &OverPage { frame: guest.frame(), contact: app.settings.post.from.clone() })
}

fn behind(guest: Guest, secret: &str) -> Place {
    Place {
        frame: guest.frame(),
        here: paths::meeting(secret),
        back: None,
        calendar: paths::meeting_days(secret),
        link: true,
        noting: false,
    }
}

async fn show_link(State(app): State<App>, guest: Guest, Path(secret): Path<String>) -> Result<Response, Problem> {
    match links::shown(&app.store, &secret).await {
        Ok(shown) => page(&drawn(&app, behind(guest, &secret), &shown)),
        Err(Refused::Unknown) => over(&app, guest),
        Err(refused) => Err(refused.into()),
    }
}

async fn say_link(State(app): State<App>, guest: Guest, Path(secret): Path<String>, form: Form) -> Result<Response, Problem> {
    let shown = match links::shown(&app.store, &secret).await {
        Ok(shown) => shown,
        Err(Refused::Unknown) => return over(&app, guest),
        Err(refused) => return Err(refused.into()),
    };
    let (said, lines) = read(&form, &shown);
    let refused = match links::say(&app.store, &secret, form.number("versie").unwrap_or(-1), &said).await {
        Ok(_) => return Ok(after(&paths::meeting(&secret), Done::RosterSaid)),
        Err(Refused::Unknown) => return over(&app, guest),
        Err(refused) => refused,
    };
    let page = drawn(&app, behind(guest, &secret), &shown);
    match again(page, &form, &said, lines, &refused) {
        Some((code, page)) => status(code, &page),
        None => Err(refused.with_now(|_| ()).into()),
    }
}

async fn calendar_link(State(app): State<App>, guest: Guest, Path(secret): Path<String>) -> Result<Response, Problem> {
    match links::shown(&app.store, &secret).await {
        Ok(shown) => Ok(meetings(&app, &shown.invitation.person, &shown.calendar)),
        Err(Refused::Unknown) => over(&app, guest),
        Err(refused) => Err(refused.into()),
    }
}
