//! Publishing a plan: what was looked at, what blocks, what asks a yes, what holds; and afterwards the papers, closing, carrying over.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use jiff::{Span, civil::Date};

use super::declared::Pages;
use super::done::Done;
use super::form::Form;
use super::frame::{Frame, Tab, after, page, status};
use super::said;
use super::visitor::Visitor;
use super::{paths, told, wavebar};
use crate::access::Role;
use crate::actions::carry::{self, To};
use crate::actions::papers::{agenda, lists};
use crate::actions::publication::{self, Terms};
use crate::actions::readiness::{self, Log, Readiness};
use crate::actions::{Refused, waves};
use crate::records::policy::Policy;
use crate::records::register::Kind;
use crate::records::wave::{Life, Wave};
use crate::serve::app::App;
use crate::serve::body::Ids;
use crate::serve::papers;
use crate::serve::problem::Problem;

const ROLES: &[Role] = &[Role::Intermediair];

/// Schools ask so many weeks between the news and the first day.
const WEEKS: i64 = 6;

/// The pages of this file.
pub fn pages() -> Pages {
    Pages::new()
        .at(ROLES, paths::WAVE_PUBLISH, get(show).post(publish))
        .at(ROLES, paths::CLOSE, post(close))
        .at(ROLES, paths::CARRY, post(carry_over))
        .at(ROLES, paths::LETTERS_PDF, get(letters))
        .at(ROLES, paths::LIST_PDF, get(list))
        .at(ROLES, paths::WAVE_DAYS, get(days))
}

/// Something that was looked at.
struct Point {
    /// "bad", "warn", "quiet" or "good".
    kind: &'static str,
    icon: &'static str,
    title: String,
    text: String,
    verdict: &'static str,
    /// A link below it.
    link: Option<(String, String)>,
    /// Rows below it: who and where, who said no, when, and where alternatives are.
    noes: Vec<No>,
    /// Sentences below it.
    lines: Vec<String>,
    /// Whether the box to confirm stands here.
    confirms: bool,
}

struct No {
    name: String,
    place: String,
    said: String,
    on: String,
    alternatives: String,
}

impl Point {
    fn new(kind: &'static str, icon: &'static str, title: String, text: String, verdict: &'static str) -> Self {
        Self { kind, icon, title, text, verdict, link: None, noes: Vec::new(), lines: Vec::new(), confirms: false }
    }
}

/// A paper that is ready.
struct Paper {
    what: &'static str,
    count: String,
    whom: String,
    place: String,
    link: &'static str,
}

#[derive(Template)]
#[template(path = "publish.html")]
struct PublishPage {
    frame: Frame,
    wave: String,
    version: i64,
    /// What stands under the title.
    summary: String,
    today: String,
    points: Vec<Point>,
    papers: Vec<Paper>,
    /// What happens when it is published.
    then: Vec<(String, String)>,
    /// The last day on which schools have their weeks.
    haste: Option<String>,
    /// What is to be done first: a sentence, and where.
    first: Option<First>,
    /// Why it cannot be published yet.
    off: Option<String>,
    here: String,
    /// What was wrong with the form.
    errors: Vec<(String, String)>,
    /// Whether somebody changed something meanwhile.
    stale: bool,
}

struct First {
    text: String,
    label: &'static str,
    place: String,
}

#[derive(Template)]
#[template(path = "published.html")]
struct PublishedPage {
    frame: Frame,
    wave: String,
    version: i64,
    closed: bool,
    placed: usize,
    left: usize,
    papers: Vec<Paper>,
    open: usize,
    answers: String,
    close: String,
    carry: String,
    next: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "publish_not_yet.html")]
struct NotYetPage {
    frame: Frame,
    wave: String,
    runs: String,
}

async fn show(State(app): State<App>, visitor: Visitor, Ids(id): Ids<String>) -> Result<Response, Problem> {
    drawn(&app, &visitor, &id, StatusCode::OK, (Vec::new(), false)).await
}

async fn drawn(
    app: &App,
    visitor: &Visitor,
    id: &str,
    code: StatusCode,
    (errors, stale): (Vec<(String, String)>, bool),
) -> Result<Response, Problem> {
    let wave = app.store.read().wave(id).await?.ok_or_else(Problem::unknown)?;
    let frame = wavebar::around(app, visitor, &wave.id, Tab::Publish).await?.0;
    if wave.life >= Life::Vastgesteld {
        return published(app, visitor, frame, wave).await;
    }
    let Some(mut found) = readiness::look(&app.store, &visitor.asked, id, app.settings.seat_months).await? else {
        return status(code, &NotYetPage { wave: wave.name, runs: paths::wave_runs(id), frame });
    };
    for clash in &mut found.clashes {
        clash.what = named(app, &clash.place, &clash.what).await?;
    }
    status(code, &ready(app, frame, found, (errors, stale)))
}

/// What does not fit, with the name of the school or coach that it is about: people do not know ids.
async fn named(app: &App, place: &str, what: &str) -> Result<String, Problem> {
    let mut parts = place.split('/').skip(1);
    let (kind, word) = match parts.next() {
        Some("scholen") => (Kind::School, "school"),
        Some("coaches") => (Kind::Coach, "coach"),
        _ => return Ok(told::capital(what)),
    };
    let id = parts.next().unwrap_or_default();
    let name = app.store.read().name_of(kind, id).await?;
    let told = name.map_or_else(|| what.to_owned(), |name| what.replace(&format!("{word} {id}"), &format!("{word} {name} ({id})")));
    Ok(told::capital(&told))
}

fn ready(app: &App, frame: Frame, found: Readiness, (errors, stale): (Vec<(String, String)>, bool)) -> PublishPage {
    let m = frame.m.publish;
    let id = found.wave.id.clone();
    let points = points(app, &frame, &found);
    let looked = points.len();
    let summary = match found.blocks() {
        0 if found.unreviewed > 0 => m.asks_yes(looked),
        0 => m.nothing_blocks(looked),
        many => m.blocks(many, looked),
    };
    let first = if !found.noes.is_empty() {
        Some(First { text: m.first_noes(found.noes.len()), label: m.compute(), place: paths::wave_runs(&id) })
    } else if found.run.outdated {
        Some(First { text: m.first_outdated().to_owned(), label: m.compute(), place: paths::wave_runs(&id) })
    } else if !found.clashes.is_empty() {
        Some(First { text: m.first_clashes(found.clashes.len()), label: m.from_register(), place: paths::wave_refresh(&id) })
    } else if found.approved() && found.waits && found.open.questions > 0 {
        Some(First { text: m.first_answers(found.open.questions), label: m.to_answers(), place: paths::wave_answers(&id) })
    } else {
        None
    };
    let off = if found.free() {
        None
    } else if !found.noes.is_empty() {
        Some(m.off_noes(found.noes.len()))
    } else if found.run.outdated {
        Some(m.off_outdated().to_owned())
    } else if !found.clashes.is_empty() {
        Some(m.off_clashes(found.clashes.len()))
    } else if !found.approved() {
        Some(m.off_policy().to_owned())
    } else {
        Some(m.off_answers(found.open.questions))
    };
    PublishPage {
        version: found.wave.version,
        today: said::weekday(frame.m, app.store.clock().today()),
        haste: haste(app, &frame, &found.wave),
        papers: concepts(&frame, &found),
        then: then(&frame, &found),
        here: paths::wave_publish(&id),
        wave: found.wave.name,
        frame,
        summary,
        points,
        first,
        off,
        errors,
        stale,
    }
}

fn points(app: &App, frame: &Frame, found: &Readiness) -> Vec<Point> {
    let (m, id) = (frame.m.publish, &found.wave.id);
    let mut points = Vec::new();
    if !found.noes.is_empty() {
        let mut point = Point::new("bad", "kruis", m.noes(found.noes.len()), m.noes_what(found.noes.len()), m.blocks_it());
        let one = |it: &readiness::Unobeyed| No {
            name: it.name.clone(),
            place: frame.m.answers.place(&it.school, &it.bouw),
            said: match it.reason {
                Some(reason) => m.said_no_because(said::party(frame.m, it.party), said::no_reason(frame.m, reason)),
                None => m.said_no(said::party(frame.m, it.party)),
            },
            on: said::moment(frame.m, app.store.clock(), it.at),
            alternatives: paths::wave_reviewed(id, &it.candidate),
        };
        point.noes = found.noes.iter().map(one).collect();
        points.push(point);
    } else if found.run.outdated {
        let mut point = Point::new("bad", "kruis", m.outdated().to_owned(), m.outdated_what().to_owned(), m.blocks_it());
        point.lines = found.newer.iter().map(|it| m.newer(it)).collect();
        points.push(point);
    } else {
        points.push(Point::new("good", "vink", m.plan_follows().to_owned(), m.plan_follows_what(found.run.number), m.holds()));
    }
    if found.unreviewed > 0 {
        let all = found.placed;
        let mut point = Point::new(
            "warn",
            "letop",
            m.unreviewed(found.unreviewed),
            m.reviewed_of(all.saturating_sub(found.unreviewed), all),
            m.asks_it(),
        );
        point.link = Some((m.see_them(found.unreviewed), paths::wave_review(id)));
        point.confirms = true;
        points.push(point);
    }
    points.push(answers(frame, found));
    let seats = if found.clashes.is_empty() {
        Point::new("good", "vink", m.fits().to_owned(), m.fits_what(found.placed, found.taken.seats), m.holds())
    } else {
        let mut point = Point::new("bad", "kruis", m.clashes(found.clashes.len()), m.clashes_what().to_owned(), m.blocks_it());
        point.lines = found.clashes.iter().map(|it| it.what.clone()).collect();
        point
    };
    points.push(seats);
    let taken = &found.taken;
    let hours = m.hours_what(crate::present::dutch::number(taken.hours), taken.coaches, taken.most_people, taken.most_hours);
    points.push(Point::new("good", "vink", m.hours().to_owned(), hours, if found.clashes.is_empty() { m.holds() } else { m.see_above() }));
    points.push(policy(app, frame, found));
    points.push(match found.log {
        Log::Holds(lines) => {
            Point::new("good", "vink", m.log_holds().to_owned(), m.log_lines(crate::present::dutch::number(lines)), m.holds())
        }
        Log::Wrong(wrong) => Point::new("warn", "letop", m.log_wrong(wrong), m.log_wrong_what().to_owned(), m.look()),
        Log::Long(lines) => {
            Point::new("quiet", "klok", m.log_long().to_owned(), m.log_long_what(crate::present::dutch::number(lines)), m.not_looked())
        }
    });
    if !found.notes.is_empty() {
        let mut point = Point::new("warn", "letop", m.notes(found.notes.len()), m.notes_what().to_owned(), m.look());
        point.lines.clone_from(&found.notes);
        points.push(point);
    }
    points
}

fn answers(frame: &Frame, found: &Readiness) -> Point {
    let (m, open) = (frame.m.publish, &found.open);
    if open.questions == 0 {
        let text = m.answers_in_what(open.settled, open.unasked);
        return Point::new("good", "vink", m.answers_in().to_owned(), text, m.holds());
    }
    let until = open.until.as_deref().map(|it| said::kept(frame.m, it, said::short));
    let text = match until {
        Some(day) if open.late > 0 => m.answers_both(open.placements, open.questions - open.late, day, open.late),
        Some(day) => m.answers_until(open.placements, day),
        None => m.answers_late(open.placements, open.late),
    };
    let (kind, verdict) = if found.waits { ("bad", m.blocks_it()) } else { ("quiet", m.blocks_not()) };
    let mut point = Point::new(kind, "klok", m.answers_open(open.questions), text, verdict);
    point.link = Some((m.remind().to_owned(), paths::wave_answers(&found.wave.id)));
    point
}

fn policy(app: &App, frame: &Frame, found: &Readiness) -> Point {
    let m = frame.m.publish;
    let Some(policy) = &found.policy else {
        return Point::new("good", "vink", m.policy_usual().to_owned(), m.policy_usual_what().to_owned(), m.holds());
    };
    let Policy { named, approved, .. } = policy;
    if found.approved() {
        let text = match approved {
            // The policies that come along are approved from the start.
            Some(by) if !by.from_the_start() => {
                m.policy_approved(&named.name, named.number, said::moment(frame.m, app.store.clock(), by.at))
            }
            _ => m.policy_named(&named.name, named.number),
        };
        return Point::new("good", "vink", m.policy().to_owned(), text, m.holds());
    }
    Point::new("bad", "kruis", m.policy_not().to_owned(), m.policy_not_what(&named.name, named.number), m.blocks_it())
}

/// The last day on which schools have their weeks before the first day; nothing when that is over.
fn haste(app: &App, frame: &Frame, wave: &Wave) -> Option<String> {
    let first = wave.from.parse::<Date>().ok()?;
    let last = first.checked_sub(Span::new().weeks(WEEKS)).ok()?;
    let today = app.store.clock().today();
    let m = frame.m.publish;
    (first > today).then(|| match last >= today {
        true => m.haste(said::short(frame.m, first), WEEKS, said::weekday(frame.m, last)),
        false => m.haste_over(said::short(frame.m, first), WEEKS),
    })
}

fn concepts(frame: &Frame, found: &Readiness) -> Vec<Paper> {
    let (m, id, taken) = (frame.m.publish, &found.wave.id, &found.taken);
    let paper = |what, count: String, whom, place, link| Paper { what, count, whom, place, link };
    vec![
        paper(m.letters(), String::new(), m.letters_whom().to_owned(), paths::letters_pdf(id), m.see_pdf()),
        paper(m.lists_schools(), taken.schools.to_string(), m.lists_schools_whom().to_owned(), paths::list_pdf(id), m.see_pdf()),
        paper(m.lists_boards(), taken.boards.to_string(), m.lists_boards_whom().to_owned(), paths::lists_book(id, "bestuur"), m.xlsx()),
        paper(m.lists_coaches(), taken.coaches.to_string(), m.lists_coaches_whom().to_owned(), paths::lists_book(id, "coach"), m.xlsx()),
        paper(m.days(), found.placed.to_string(), first_day(frame, &found.wave), paths::wave_days(id), m.see_days()),
        paper(m.book(), "1".into(), m.book_whom().to_owned(), paths::run_book(&found.run.job.id), m.xlsx()),
    ]
}

fn first_day(frame: &Frame, wave: &Wave) -> String {
    frame.m.publish.days_whom(said::kept(frame.m, &wave.from, said::weekday))
}

fn then(frame: &Frame, found: &Readiness) -> Vec<(String, String)> {
    let m = frame.m.publish;
    let open = &found.open;
    let mut then = vec![
        (m.then_fixed(found.placed), m.then_fixed_what(open.settled, open.placements, open.unasked)),
        (m.then_names().to_owned(), m.then_names_what().to_owned()),
        (m.then_taken().to_owned(), m.then_taken_what(said::kept(frame.m, &found.wave.until, said::day))),
    ];
    if found.unplaced > 0 {
        then.push((m.then_left(found.unplaced), m.then_left_what(found.unplaced)));
    }
    then.push((m.then_later().to_owned(), m.then_later_what().to_owned()));
    then
}

async fn published(app: &App, visitor: &Visitor, frame: Frame, wave: Wave) -> Result<Response, Problem> {
    let m = frame.m.publish;
    let found = crate::actions::answers::overview::overview(&app.store, &visitor.asked, &wave.id).await?;
    let placed = found.lines.len();
    let left = carry::left(&app.store, &wave.id).await?;
    let id = &wave.id;
    let paper = |what, whom: &'static str, place, link| Paper { what, count: String::new(), whom: whom.to_owned(), place, link };
    let mut papers = vec![
        paper(m.letters(), m.letters_all(), paths::letters_pdf(id), m.see_pdf()),
        paper(m.lists_schools(), m.lists_schools_whom(), paths::list_pdf(id), m.see_pdf()),
        paper(m.lists_boards(), m.lists_boards_whom(), paths::lists_book(id, "bestuur"), m.xlsx()),
        paper(m.lists_coaches(), m.lists_coaches_whom(), paths::lists_book(id, "coach"), m.xlsx()),
        paper(m.days(), m.days_all(), paths::wave_days(id), m.see_days()),
    ];
    if let Some(run) = &wave.current {
        papers.push(paper(m.book(), m.book_whom(), paths::run_book(run), m.xlsx()));
    }
    let next = readiness::next_waves(&app.store, id).await?.into_iter().map(|it| (it.id, it.name)).collect();
    page(&PublishedPage {
        version: wave.version,
        closed: wave.life == Life::Gesloten,
        open: found.counts.waiting,
        answers: paths::wave_answers(id),
        close: paths::close(id),
        carry: paths::carry(id),
        wave: wave.name.clone(),
        frame,
        placed,
        left,
        papers,
        next,
    })
}

async fn publish(State(app): State<App>, visitor: Visitor, Ids(id): Ids<String>, form: Form) -> Result<Response, Problem> {
    let terms = Terms { held_months: app.settings.seat_months, confirmed: form.has("bevestigd") };
    let version = form.number("versie").unwrap_or_default();
    match publication::publish(&app.store, &visitor.asked, &id, version, terms).await {
        Ok(_) => Ok(after(&paths::wave_publish(&id), Done::Published)),
        Err(Refused::Unconfirmed(_)) => {
            let says = visitor.frame(&app, super::frame::Section::Waves).m.publish.confirm_first().to_owned();
            drawn(&app, &visitor, &id, StatusCode::BAD_REQUEST, (vec![("bevestigd".into(), says)], false)).await
        }
        // What blocks it stands on the page itself.
        Err(Refused::Stale(_)) => drawn(&app, &visitor, &id, StatusCode::PRECONDITION_FAILED, (Vec::new(), true)).await,
        Err(Refused::Clash(_) | Refused::Unapproved(_)) => drawn(&app, &visitor, &id, StatusCode::CONFLICT, (Vec::new(), true)).await,
        Err(refused) => Err(refused.with_now(|_| ()).into()),
    }
}

async fn close(State(app): State<App>, visitor: Visitor, Ids(id): Ids<String>, form: Form) -> Result<Response, Problem> {
    let version = form.number("versie").unwrap_or_default();
    waves::close(&app.store, &visitor.asked, &id, version).await.map_err(|refused| refused.with_now(|_| ()))?;
    Ok(after(&paths::wave_publish(&id), Done::Closed))
}

async fn carry_over(State(app): State<App>, visitor: Visitor, Ids(id): Ids<String>, form: Form) -> Result<Response, Problem> {
    let to = To::Wave(form.text("naar").to_owned());
    let done = carry::carry(&app.store, &visitor.asked, &id, to, app.settings.seat_months).await?;
    Ok(after(&paths::wave_publish(&id), if done.went.is_empty() { Done::NobodyCarried } else { Done::CarriedOver }))
}

async fn letters(State(app): State<App>, visitor: Visitor, Ids(id): Ids<String>) -> Result<Response, Problem> {
    papers::letters(&app, &visitor.asked, &id).await
}

async fn list(State(app): State<App>, visitor: Visitor, Ids(id): Ids<String>) -> Result<Response, Problem> {
    papers::printed(&app, lists::of_wave(&app.store, &visitor.asked, &id, &lists::Part::default()).await?).await
}

async fn days(State(app): State<App>, Ids(id): Ids<String>) -> Result<Response, Problem> {
    Ok(papers::days(&agenda::of_wave(&app.store, &id).await?))
}
