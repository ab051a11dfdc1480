//! Where each role begins; for the intermediary what needs action, where one was, and the waves.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use loket_solver::matching::facts::words::Word;

use super::bar::Bar;
use super::days;
use super::declared::Pages;
use super::frame::{Frame, Section, page, to};
use super::messages::Messages;
use super::paths;
use super::visitor::Visitor;
use super::waves::rows::{self, Row};
use crate::access::Role;
use crate::actions::dropouts::seeing;
use crate::actions::review::resume::{Resumed, resumed};
use crate::actions::{administration, attention, log, overview, rosters};
use crate::records::attention::{Attention, Line};
use crate::records::batch::{Batch, CauseKind, Proposal};
use crate::records::deed::What;
use crate::records::overview::Overview;
use crate::records::roster::RosterAsks;
use crate::serve::app::App;
use crate::serve::papers::drafts;
use crate::serve::problem::Problem;
use crate::serve::roles::KNOWN;
use crate::store::log::Wanted;

/// What waves are called, by id.
type Names = BTreeMap<String, String>;

/// Waves on this page.
const WAVES: i64 = 8;
/// Lines of the log that are looked through for what happened, and how many are shown.
const LINES: i64 = 200;
const SHOWN: usize = 6;

/// The pages of this file.
pub fn pages() -> Pages {
    Pages::new().at(KNOWN, paths::HOME, get(home)).at(&[Role::Intermediair], paths::START, get(show))
}

/// Where this role begins.
async fn home(visitor: Visitor) -> Response {
    to(match visitor.asked.caller.role() {
        Role::Bestuur => paths::OWN_BOARD,
        Role::Coach => paths::COACH,
        Role::Lezer => paths::FIGURES,
        Role::Beheerder => paths::ADMIN,
        Role::Intermediair | Role::Link | Role::Systeem => paths::START,
    })
}

/// Where one was.
struct Resume {
    /// Whether one was there, or that most is to be decided there.
    label: &'static str,
    title: String,
    bar: Bar,
    reviewed: String,
    /// Who is next; empty when nobody is named.
    who: String,
    next: String,
    place: String,
}

/// One thing that needs action.
struct Todo {
    count: i64,
    what: String,
    about: String,
    kind: &'static str,
    icon: &'static str,
    when: String,
    day: String,
    action: &'static str,
    place: String,
    /// What comes first.
    order: (u8, String),
}

#[derive(Template)]
#[template(path = "start.html")]
struct StartPage {
    frame: Frame,
    hello: String,
    today: String,
    resume: Option<Resume>,
    heading: String,
    todos: Vec<Todo>,
    week: Vec<Day>,
    happened: Vec<Happened>,
    rows: Vec<Row>,
}

/// A day of this week, with what is then.
struct Day {
    day: String,
    what: Vec<String>,
    today: bool,
}

/// A line of the log.
struct Happened {
    at: String,
    what: String,
}

/// When something is to be done, from the day of it.
fn when(m: Messages, day: Option<&str>, today: &str) -> (&'static str, &'static str, String, String, u8) {
    let Some(day) = day else { return ("quiet", "rondje", m.start.whenever().into(), String::new(), 2) };
    let between = day.parse::<jiff::civil::Date>().ok().zip(today.parse::<jiff::civil::Date>().ok());
    let left = between.and_then(|(day, today)| today.until(day).ok()).map_or(0, |it| i64::from(it.get_days()));
    let told = days::weekday(m, day);
    match left {
        ..0 => ("bad", "letop", m.start.late().into(), m.start.since(days::short(m, day)), 0),
        0 => ("warn", "klok", m.start.today().into(), told, 1),
        1..=6 => ("warn", "klok", m.start.in_days(left), told, 1),
        _ => ("quiet", "klok", m.start.in_days(left), told, 1),
    }
}

/// A roster that asks for something, by its first day.
fn rostered(m: Messages, it: &RosterAsks, today: &str) -> Todo {
    let (kind, icon, when, day, order) = when(m, Some(&it.from), today);
    Todo {
        count: 1,
        what: if it.proposal { m.rooster.to_decide() } else { m.rooster.to_publish() }.to_owned(),
        about: it.name.clone(),
        kind,
        icon,
        when,
        day,
        action: m.rooster.do_open(),
        place: paths::roster(&it.id),
        order: (order, it.from.clone()),
    }
}

fn todo(m: Messages, line: &Line, names: &Names, today: &str) -> Todo {
    let wave = line.wave.as_deref().unwrap_or_default();
    let name = names.get(wave).cloned().unwrap_or_default();
    let (what, action, place) = match line.what {
        Attention::AnswersLate => (m.start.answers_late(line.count), m.start.do_remind(), paths::wave_answers(wave)),
        Attention::NoesNotObeyed => (m.start.noes().to_owned(), m.start.do_run(), paths::wave_runs(wave)),
        Attention::NoesAfterwards => (m.start.noes_afterwards().to_owned(), m.start.do_answers(), paths::wave_answers(wave)),
        Attention::CoachRoom => (m.start.coach_room(line.count), m.start.do_coaches(), paths::register("coaches")),
        Attention::SeatsToConfirm => (m.start.seats(line.count), m.start.do_boards(), paths::BOARDS.to_owned()),
        Attention::RunReady => (m.start.to_review(line.count), m.start.do_review(), paths::wave_review(wave)),
        Attention::RunOutdated => (m.start.outdated().to_owned(), m.start.do_run(), paths::wave_runs(wave)),
        Attention::RunFailed => (m.start.run_failed().to_owned(), m.start.do_runs(), paths::wave_runs(wave)),
        Attention::AgreedUnasked => (m.start.unasked(line.count), m.start.do_ask(), paths::answers_ask(wave)),
        Attention::Publishable => (m.start.publishable(line.count), m.start.do_publish(), paths::wave_publish(wave)),
        Attention::MessagesReady => (m.start.messages_ready(line.count), m.start.do_messages(), paths::MESSAGES.to_owned()),
        Attention::MessagesFailed => (m.start.messages_failed(line.count), m.start.do_messages(), paths::MESSAGES.to_owned()),
        Attention::RequestsLate => (m.start.requests_late(line.count), m.start.do_requests(), paths::REQUESTS.to_owned()),
        Attention::RequestsOpen => (m.start.requests_open(line.count), m.start.do_requests(), paths::REQUESTS.to_owned()),
    };
    let (kind, icon, when, day, order) = match line.what {
        // Somebody waits for these, and they have no day.
        Attention::MessagesReady | Attention::MessagesFailed | Attention::RunFailed => {
            ("warn", "letop", m.start.today().to_owned(), String::new(), 1)
        }
        _ => when(m, line.day.as_deref(), today),
    };
    let key = (order, line.day.clone().unwrap_or_default());
    Todo { count: line.count, what, about: name, kind, icon, when, day, action, place, order: key }
}

/// A batch of which nobody decided yet.
fn dropout(m: Messages, batch: &Batch, name: &str, today: &str) -> Todo {
    let what = match batch.cause.kind {
        CauseKind::Coach => m.start.coach_falls(name),
        CauseKind::School => m.start.school_falls(name),
        CauseKind::Plek => m.start.seat_falls(name),
        CauseKind::Kandidaat => m.start.candidate_stops(name),
        CauseKind::Nakomer => m.start.candidate_late(name),
        CauseKind::Ruil => m.start.exchanging(name),
    };
    let about = if batch.unprepared() { m.start.preparing() } else { m.start.ready() }.to_owned();
    let (kind, icon, when, day, order) = when(m, Some(&batch.cause.from), today);
    let (place, key) = (paths::batch(&batch.id), (order, batch.cause.from.clone()));
    Todo { count: 1, what, about, kind, icon, when, day, action: m.start.do_difference(), place, order: key }
}

/// What coaches, boards and candidates reported themselves.
fn reported(m: Messages, count: usize) -> Todo {
    Todo {
        count: i64::try_from(count).unwrap_or(i64::MAX),
        what: m.start.reported(count),
        about: m.start.reported_says().to_owned(),
        kind: "warn",
        icon: "letop",
        when: m.start.today().to_owned(),
        day: String::new(),
        action: m.start.do_reports(),
        place: paths::ALL_DROPOUTS.to_owned(),
        order: (0, String::new()),
    }
}

/// The wave that this account was reviewing, with who is next.
fn was(m: Messages, it: Resumed) -> Resume {
    let (all, done) = (i64::try_from(it.all).unwrap_or(i64::MAX), i64::try_from(it.done).unwrap_or(i64::MAX));
    let left = all - done;
    let (id, name) = it.next;
    Resume {
        label: m.start.where_you_were(),
        title: m.start.resume(&it.wave.name),
        bar: Bar::of(done, all),
        reviewed: m.start.reviewed(done, all),
        who: name,
        next: if it.attention > 0 { m.start.extra(it.attention, left) } else { m.start.left(left) },
        place: paths::wave_reviewed(&it.wave.id, &id),
    }
}

/// For whoever was nowhere yet: the wave in which most was decided and something is left.
fn begins(m: Messages, waves: &[Overview]) -> Option<Resume> {
    let open = waves.iter().filter(|it| it.wave.life.under_review() && it.decided < it.candidates);
    let it = open.max_by_key(|it| it.decided)?;
    Some(Resume {
        label: m.start.begin_here(),
        title: m.start.resume(&it.wave.name),
        bar: Bar::of(it.decided, it.candidates),
        reviewed: m.start.reviewed(it.decided, it.candidates),
        who: String::new(),
        next: m.start.left(it.candidates - it.decided),
        place: paths::wave_review(&it.wave.id),
    })
}

/// The first day after this week, which lasts seven days from today.
fn after_week(today: &str) -> String {
    today.parse::<jiff::civil::Date>().map(|it| it.saturating_add(jiff::Span::new().days(7)).to_string()).unwrap_or_default()
}

/// What there is this week, by day: last days for seats and requests, and what was found besides.
fn week(m: Messages, today: &str, names: &Names, lines: &[Line], mut all: Vec<(String, String)>) -> Vec<Day> {
    let end = after_week(today);
    for line in lines {
        let wave = line.wave.as_deref().and_then(|id| names.get(id)).cloned().unwrap_or_default();
        let Some(day) = line.day.clone() else { continue };
        match line.what {
            Attention::SeatsToConfirm => all.push((day, m.start.week_seats(wave))),
            Attention::RequestsOpen => all.push((day, m.start.week_requests().to_owned())),
            Attention::AnswersLate
            | Attention::NoesNotObeyed
            | Attention::NoesAfterwards
            | Attention::CoachRoom
            | Attention::RunReady
            | Attention::RunOutdated
            | Attention::RunFailed
            | Attention::AgreedUnasked
            | Attention::Publishable
            | Attention::MessagesReady
            | Attention::MessagesFailed
            | Attention::RequestsLate => {}
        }
    }
    all.retain(|(day, _)| day.as_str() >= today && *day < end);
    all.sort();
    let mut days: Vec<Day> = Vec::new();
    for (day, what) in all {
        let told = if day == today { m.start.now().to_owned() } else { days::near(m, &day) };
        match days.last_mut().filter(|it| it.day == told) {
            Some(known) => known.what.push(what),
            None => days.push(Day { today: day == today, day: told, what: vec![what] }),
        }
    }
    days
}

/// What is known of the week beside what asks for action: waves that begin, last days of answers, and meetings of rosters.
async fn planned(app: &App, m: Messages, today: &str, waves: &[Overview]) -> Result<Vec<(String, String)>, Problem> {
    let end = after_week(today);
    let mut all: Vec<(String, String)> = waves.iter().map(|it| (it.wave.from.clone(), m.start.week_wave(&it.wave.name))).collect();
    let due = app.store.read().answers_due(today, &end).await?;
    let named = app.store.read().waves_named(&due.iter().map(|it| it.0.as_str()).collect::<Vec<_>>()).await?;
    for (wave, count, day) in due {
        let name = named.get(&wave).cloned().unwrap_or_default();
        all.extend(day.map(|day| (day, m.start.week_answers(count, name))));
    }
    let meetings = rosters::week::week(&app.store, today, &end).await?;
    all.extend(meetings.into_iter().map(|it| (it.day, m.start.week_meetings(it.count, it.roster))));
    Ok(all)
}

/// What a deed is in the words of this page; nothing for what is no work on a plan.
fn deed(m: Messages, what: What, count: usize) -> Option<String> {
    Some(match what {
        What::Decided | What::GroupAgreed => m.start.did_decide(count),
        What::DecisionUndone | What::DecisionWithdrawn => m.start.did_undo(count),
        What::AnswerGiven => m.start.did_answer(count),
        What::AnswerAsked => m.start.did_ask(count),
        What::AnswerReminded | What::RoundReminded => m.start.did_remind(count),
        What::SeatsConfirmed => m.start.did_confirm().to_owned(),
        What::SeatsPut | What::SeatsRemoved => m.start.did_seats(count),
        What::RunAsked => m.start.did_run(count),
        What::DropoutReported => m.start.did_report(count),
        What::BatchAsked => m.start.did_batch(count),
        What::BatchAccepted => m.start.did_accept(count),
        What::WaveMade => m.start.did_make(count),
        What::WaveSubmitted => m.start.did_submit(count),
        What::WavePublished => m.start.did_publish(count),
        What::PolicyDrafted => m.start.did_draft(count),
        What::NotePut => m.start.did_note(count),
        _ => return None,
    })
}

/// What people did since yesterday, the last first: the same by the same person on one day is one line.
async fn happened(app: &App, visitor: &Visitor, m: Messages, today: &str) -> Result<Vec<Happened>, Problem> {
    let (lines, _) = log::lines(&app.store, &visitor.asked, &Wanted::default(), 0, LINES).await?;
    let names = administration::account_names(&app.store).await?;
    let clock = app.store.clock();
    let day = |at: i64| clock.day(at).map(|it| it.to_string()).unwrap_or_default();
    let yesterday = today.parse::<jiff::civil::Date>().ok().and_then(|it| it.yesterday().ok()).map(|it| it.to_string()).unwrap_or_default();
    let mut groups: Vec<(String, String, What, i64, usize)> = Vec::new();
    for line in lines.iter().filter(|it| day(it.at) >= yesterday) {
        let (Some(what), on) = (What::parse(&line.what).filter(|it| deed(m, *it, 1).is_some()), day(line.at)) else { continue };
        match groups.iter_mut().find(|(known, who, of, ..)| *known == on && *who == line.who && *of == what) {
            Some((.., count)) => *count += 1,
            None => groups.push((on, line.who.clone(), what, line.at, 1)),
        }
    }
    let one = |(on, who, what, at, count): &(String, String, What, i64, usize)| {
        let who = names.get(who).cloned().unwrap_or_else(|| m.start.somebody().to_owned());
        let at = if on == today { days::hour(*at) } else { m.start.yesterday().to_owned() };
        Some(Happened { at, what: format!("{who} {}", deed(m, *what, *count)?) })
    };
    Ok(groups.iter().filter_map(one).take(SHOWN).collect())
}

async fn show(State(app): State<App>, visitor: Visitor) -> Result<Response, Problem> {
    let frame = visitor.frame(&app, Section::Start);
    let (m, clock) = (frame.m, app.store.clock());
    let today = clock.today().to_string();
    let (waves, _) = overview::all(&app.store, 0, WAVES).await?;
    let lines = attention::lines(&app.store, drafts(&app)).await?;
    let told: Vec<&str> = lines.iter().filter_map(|it| it.wave.as_deref()).collect();
    let names = app.store.read().waves_named(&told).await?;
    let mut todos: Vec<Todo> = lines.iter().map(|it| todo(m, it, &names, &today)).collect();
    let mut planned = planned(&app, m, &today, &waves).await?;
    let seen = seeing::all(&app.store, &visitor.asked, None).await?;
    // What others reported comes before everything else: somebody waits for an answer.
    if !seen.requests.is_empty() {
        todos.push(reported(m, seen.requests.len()));
    }
    for it in seen.batches {
        if it.batch.proposal() == Proposal::Voorstel {
            let name = it.name.unwrap_or_else(|| it.batch.cause.id.clone());
            planned.push((it.batch.cause.from.clone(), m.start.week_falls(&name)));
            todos.push(dropout(m, &it.batch, &name, &today));
        }
    }
    let unplaced = waves.iter().filter(|it| it.wave.life.under_review() && it.unplaced() > 0);
    todos.extend(unplaced.map(|it| Todo {
        count: it.unplaced(),
        what: m.start.unplaced(it.unplaced()),
        about: it.wave.name.clone(),
        kind: "quiet",
        icon: "rondje",
        when: m.start.whenever().into(),
        day: String::new(),
        action: m.start.do_unplaced(),
        place: paths::wave_unplaced(&it.wave.id),
        order: (2, String::new()),
    }));
    todos.extend(app.store.read().rosters_asking(&today).await?.iter().map(|it| rostered(m, it, &today)));
    todos.sort_by(|one, other| one.order.cmp(&other.order));
    let late = todos.iter().filter(|it| it.kind == "bad").count();
    let heading = match (todos.len(), late) {
        (0, _) => m.start.nothing().to_owned(),
        (all, 0) => m.start.things(all),
        (all, late) => m.start.things_late(all, late),
    };
    let hour = days::hour_of(clock.now()).unwrap_or(12);
    let first = visitor.first_name();
    let hello = match hour {
        5..=11 => m.start.morning(first),
        12..=17 => m.start.afternoon(first),
        _ => m.start.evening(first),
    };
    let rows = waves.iter().map(|it| rows::row(m, it, &today)).collect();
    let resume = match resumed(&app.store, &visitor.asked).await? {
        Some(it) => Some(was(m, it)),
        None => begins(m, &waves),
    };
    let week = week(m, &today, &names, &lines, planned);
    let happened = happened(&app, &visitor, m, &today).await?;
    page(&StartPage { hello, today: days::whole(m, &today), resume, heading, todos, week, happened, rows, frame })
}
