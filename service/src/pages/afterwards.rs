//! After publication: who could exchange placements so that nobody gets worse, and who comes in first when somebody falls out.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use axum::routing::{get, post};

use super::bar::Bar;
use super::declared::Pages;
use super::done::Done;
use super::form::Form;
use super::frame::{Frame, Tab, after, page};
use super::phase::phase;
use super::visitor::Visitor;
use super::wavebar::around;
use super::{paths, told};
use crate::access::Role;
use crate::actions::afterwards::{self, Next, Part, Round, Seen, Taker, Waiting};
use crate::desk::decision::Spot;
use crate::desk::dropping::Rate;
use crate::present::dutch::count;
use crate::records::job::{Job, State as JobState};
use crate::records::progress::{AtTrial, Progress};
use crate::serve::app::App;
use crate::serve::body::Ids;
use crate::serve::problem::Problem;
use loket_solver::matching::facts::words::Word;

const ROLES: &[Role] = &[Role::Intermediair];

/// Seconds between two looks at what is worked out.
const SOON: u32 = 5;

/// The page of this file.
pub fn pages() -> Pages {
    Pages::new().at(ROLES, paths::AFTERWARDS, get(show).post(ask)).at(ROLES, paths::EXCHANGE, post(propose))
}

/// Somebody who exchanges.
struct Line {
    name: String,
    from: String,
    to: String,
    better: String,
    gains: bool,
}

/// A round of an exchange.
struct RoundShown {
    title: String,
    lines: Vec<Line>,
    alone: bool,
}

/// Somebody on the list.
struct Row {
    name: String,
    dropouts: usize,
    expected: String,
}

/// The list.
struct ListShown {
    /// What it comes to.
    says: String,
    rows: Vec<Row>,
    complete: bool,
}

#[derive(Template)]
#[template(path = "afterwards.html")]
struct AfterwardsPage {
    frame: Frame,
    wave: (String, String),
    publish: String,
    here: String,
    published: bool,
    began: bool,
    /// How far it is, while it works.
    busy: Option<(String, Bar)>,
    /// Whether it can be asked, or asked again.
    asks: bool,
    asked: bool,
    stale: bool,
    failed: Vec<String>,
    /// What the exchange comes to, once it is known.
    exchange: Option<String>,
    rounds: Vec<RoundShown>,
    /// Where a proposal is made of an exchange, while that can be.
    propose: Option<String>,
    list: Option<ListShown>,
    rates: Vec<String>,
    settings: bool,
}

async fn show(State(app): State<App>, visitor: Visitor, Ids(wave): Ids<String>) -> Result<Response, Problem> {
    let seen = afterwards::seen(&app.store, &visitor.asked, &wave).await?;
    let frame = around(&app, &visitor, &seen.wave.id, Tab::Overview).await?.0;
    let busy = busy(&frame, &seen);
    let frame = if busy.is_some() { frame.refreshed(SOON) } else { frame };
    let failed = failed(&frame, &seen);
    let list = seen.waiting.found().map(|it| list(&frame, &seen, it));
    page(&AfterwardsPage {
        wave: (seen.wave.name.clone(), paths::wave(&seen.wave.id)),
        publish: paths::wave_publish(&seen.wave.id),
        here: paths::afterwards(&seen.wave.id),
        published: seen.published,
        began: seen.began,
        asks: busy.is_none() && seen.wants(),
        asked: seen.asked(),
        stale: seen.stale(),
        failed,
        exchange: seen.exchange.found().map(|it| exchanged(&frame, it)),
        propose: (seen.published && !seen.began).then(|| paths::exchange(&seen.wave.id)),
        rounds: seen.exchange.found().into_iter().flatten().map(|it| round(&frame, it)).collect(),
        list,
        rates: seen.rates.iter().map(|it| rated(&frame, it)).collect(),
        settings: seen.rates.iter().any(|it| it.counted.is_none()),
        busy,
        frame,
    })
}

fn busy(frame: &Frame, seen: &Seen) -> Option<(String, Bar)> {
    let m = frame.m.afterwards;
    let job: &Job = match (&seen.exchange, &seen.waiting) {
        // What is worked out before what waits.
        (Part::AtWork(job), _) if job.state == JobState::Bezig => return Some((m.searching().to_owned(), Bar::default())),
        (_, Part::AtWork(job)) | (Part::AtWork(job), _) => job,
        _ => return None,
    };
    Some(match (job.state, &job.progress) {
        (JobState::Bezig, Some(Progress::Trial(AtTrial { done, of }))) => {
            let bar = Bar::of(i64::try_from(*done).unwrap_or(i64::MAX), i64::try_from(*of).unwrap_or(i64::MAX));
            (m.busy(*done, *of), bar)
        }
        _ => (m.waits().to_owned(), Bar::default()),
    })
}

/// What came to nothing, each with why.
fn failed(frame: &Frame, seen: &Seen) -> Vec<String> {
    let m = frame.m.afterwards;
    let why = |it: &str| if it.is_empty() { m.out_of_time().to_owned() } else { it.to_owned() };
    let mut all: Vec<String> = [seen.exchange.nothing(), seen.waiting.nothing()].into_iter().flatten().map(why).collect();
    all.dedup();
    all
}

fn exchanged(frame: &Frame, rounds: &[Round]) -> String {
    let m = frame.m.afterwards;
    match rounds.iter().map(|it| it.people.len()).sum::<usize>() {
        0 => m.nobody_gains().to_owned(),
        people => m.can_exchange(count(people), rounds.len()),
    }
}

fn round(frame: &Frame, round: &Round) -> RoundShown {
    let names: Vec<String> = round.people.iter().map(|it| it.name.clone()).collect();
    RoundShown { title: told::list(frame.m, &names), lines: round.people.iter().map(|it| line(frame, it)).collect(), alone: round.alone }
}

fn line(frame: &Frame, it: &Taker) -> Line {
    let m = frame.m.afterwards;
    let at = |spot: &Spot| {
        // Which seats only matters where both are at one school.
        if it.from.school == it.to.school { m.at_seats(&spot.school, &spot.seat, &spot.coach) } else { m.at(&spot.school, &spot.coach) }
    };
    Line {
        name: it.name.clone(),
        from: at(&it.from),
        to: at(&it.to),
        better: if it.better > 0 { m.points(it.better) } else { m.equal().to_owned() },
        gains: it.better > 0,
    }
}

fn list(frame: &Frame, seen: &Seen, found: &Waiting) -> ListShown {
    let m = frame.m.afterwards;
    let row = |it: &Next| Row { name: it.name.clone(), dropouts: it.dropouts, expected: hundredths(it.expected) };
    let says = match (found.expected, found.people.len()) {
        (0, _) => m.none_expected().to_owned(),
        (expected, 0) if seen.unplaced == 0 => format!("{} {}", m.expected(expected), m.nobody_waits()),
        (expected, 0) => format!("{} {}", m.expected(expected), m.nobody_fits()),
        (expected, people) => format!("{} {}", m.expected(expected), m.these_first(people)),
    };
    ListShown { says, rows: found.people.iter().map(row).collect(), complete: found.complete }
}

/// Thousandths as a number with two decimals.
fn hundredths(thousandths: i64) -> String {
    let all = (thousandths + 5) / 10;
    format!("{},{:02}", all / 100, all % 100)
}

fn rated(frame: &Frame, it: &Rate) -> String {
    let m = frame.m.afterwards;
    let share = told::percents(i64::from(it.of_thousand));
    let share = frame.m.told.percent(share.strip_suffix(",0").unwrap_or(&share));
    match it.counted {
        Some((fell, of)) => m.rate_counted(phase(frame.m, it.phase.code()), share, fell, of),
        None => m.rate_set(phase(frame.m, it.phase.code()), share),
    }
}

async fn ask(State(app): State<App>, visitor: Visitor, Ids(wave): Ids<String>) -> Result<Response, Problem> {
    afterwards::ask(&app.store, &visitor.asked, &wave).await?;
    Ok(after(&paths::afterwards(&wave), Done::AfterwardsAsked))
}

/// Makes a proposal of a round, or of all of them.
async fn propose(State(app): State<App>, visitor: Visitor, Ids(wave): Ids<String>, form: Form) -> Result<Response, Problem> {
    let round = form.number("ronde").and_then(|it| usize::try_from(it).ok());
    let seconds = i64::try_from(app.settings.run_time.as_secs()).unwrap_or(i64::MAX);
    let batch = afterwards::propose(&app.store, &visitor.asked, &wave, round, (seconds, app.settings.seat_months)).await?;
    Ok(after(&paths::batch(&batch.id), Done::ExchangeAsked))
}
