//! A coach: the questions first, then hours, own candidates with school and days, and reporting a change.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use loket_solver::matching::facts::words::{HalfDay, Word};

use super::declared::Pages;
use super::frame::{Frame, Section, page, to};
use super::paths;
use super::rostered;
use super::said;
use super::visitor::Visitor;
use crate::access::Role;
use crate::actions::answers::own::{self, Own};
use crate::actions::coaching::{self, Desk};
use crate::actions::reports;
use crate::actions::rosters::invited;
use crate::desk::asking::Stance;
use crate::desk::room::Period;
use crate::records::coaching::Placing;
use crate::records::report::Report;
use crate::serve::app::App;
use crate::serve::body::Ids;
use crate::serve::papers;
use crate::serve::problem::Problem;

mod hours;
mod meetings;
mod off;
mod report;

const OWN: &[Role] = &[Role::Coach];
/// Who sees a coach's desk: the coach, and the intermediary for him.
const ROLES: &[Role] = &[Role::Coach, Role::Intermediair];

/// The pages of this area.
pub fn pages() -> Pages {
    Pages::new()
        .at(OWN, paths::COACH, get(first))
        .at(ROLES, paths::COACH_DESK, get(show))
        .at(ROLES, paths::COACH_LIST, get(list))
        .at(ROLES, paths::COACH_DAYS, get(days))
        .and(hours::pages())
        .and(meetings::pages())
        .and(off::pages())
        .and(report::pages())
}

/// A question that waits.
struct Question {
    title: String,
    place: String,
    travel: i64,
    hours: i64,
    from: String,
    until: String,
    by: String,
    late: bool,
    answer: String,
    version: i64,
}

/// One of the coach's people.
struct Person {
    name: String,
    place: String,
    days: String,
    period: String,
    hours: String,
    /// How much of the hours was given, in hundredths.
    share: i64,
    published: bool,
}

/// Hours of a school year.
struct Year {
    name: String,
    booked: i64,
    hours: i64,
    /// Of places that are not published and that the coach said yes to.
    promised: i64,
    /// Of questions that wait.
    asked_hours: i64,
    /// All of these together.
    then: i64,
    given: String,
    left: i64,
    share: i64,
    asked: i64,
}

#[derive(Template)]
#[template(path = "coach/desk.html")]
struct CoachPage {
    frame: Frame,
    name: String,
    own: bool,
    questions: Vec<Question>,
    year: Option<Year>,
    people: Vec<Person>,
    most: Option<i64>,
    answered: Vec<(String, said::Cell, String)>,
    hours: String,
    off: String,
    report: String,
    list: String,
    days: String,
    /// What rosters ask, by name, with the day to answer by.
    asked: Vec<(String, String, Option<String>)>,
    /// Meetings in rosters, and where they are for a calendar.
    meetings: Vec<meetings::Meeting>,
    calendar: String,
    off_count: usize,
    /// Whether somebody's place is published: then there are hours to note and days for a calendar.
    published: bool,
    /// What was reported and not seen to yet.
    reported: Vec<String>,
    others: Vec<(String, String, bool)>,
}

/// Where a coach begins: at the own desk.
async fn first(visitor: Visitor) -> Result<Response, Problem> {
    let own = visitor.asked.caller.scope().coaches().and_then(<[String]>::first).ok_or_else(Problem::unknown)?;
    Ok(to(&paths::coach_desk(own)))
}

/// Quarters of an hour as people write hours.
pub(super) fn written(quarters: i64) -> String {
    let whole = quarters / 4;
    match quarters % 4 {
        1 => format!("{whole},25"),
        2 => format!("{whole},5"),
        3 => format!("{whole},75"),
        _ => whole.to_string(),
    }
}

fn share(part: i64, whole: i64) -> i64 {
    if whole <= 0 { 0 } else { (part * 100 / whole).clamp(0, 100) }
}

fn question(frame: &Frame, it: Own) -> Question {
    let m = frame.m;
    Question {
        // A name only where the candidate is the coach's already.
        title: it.name.map_or_else(|| m.coach.question().to_owned(), |name| m.coach.question_about(name)),
        place: m.answers.place(it.school_name.unwrap_or(it.placing.place.school.clone()), &it.placing.place.bouw),
        travel: it.placing.coach_travel,
        hours: it.placing.hours,
        from: said::kept(m, &it.wave.from, said::day),
        until: said::kept(m, &it.wave.until, said::day),
        by: said::kept(m, &it.answer.by, said::weekday),
        late: it.stance == Stance::Late,
        answer: paths::answer(&it.wave.id, &it.placing.candidate),
        version: it.answer.version,
    }
}

/// `days` are the half-days of the place, where a question told them; else it is told when the candidate can be there.
fn person(frame: &Frame, desk: &Desk, it: &Placing, days: Option<String>) -> Person {
    let m = frame.m;
    // What was given before the start, to get to know each other, counts as well; what was given for an earlier place does not.
    let (from, until) = (it.period.from.saturating_sub(jiff::Span::new().months(6)).to_string(), it.period.until.to_string());
    let months = from[..7].to_owned()..=until[..7].to_owned();
    let given = desk.given.rows.iter().filter(|row| row.candidate == it.candidate && months.contains(&row.month));
    let given: i64 = given.map(|row| row.quarters).sum();
    let free = || desk.half_days.get(&it.candidate).map(|all| all.iter().filter_map(|it| HalfDay::parse(it)).collect::<Vec<_>>());
    let days = match days {
        Some(days) => m.asked.days(days),
        None => m.coach.there(free().map_or_else(|| m.said.unknown_days().to_owned(), |it| said::week(m, &it))),
    };
    Person {
        name: desk.names.get(&it.candidate).cloned().unwrap_or_else(|| it.candidate.clone()),
        place: m.answers.place(desk.schools.get(&it.school).unwrap_or(&it.school), &it.bouw),
        days,
        period: m.coach.period(said::day(m, it.period.from), said::day(m, it.period.until)),
        hours: m.coach.given_of(written(given), it.hours),
        share: share(given, it.hours * 4),
        published: it.told.published,
    }
}

fn year(desk: &Desk, waiting: &[(Period, i64)]) -> Option<Year> {
    let it = desk.year(waiting)?;
    let promised = desk.people.iter().filter(|it| !it.told.published).map(|who| desk.books(it.year, (who.period, who.hours))).sum();
    let asked: i64 = waiting.iter().map(|one| desk.books(it.year, *one)).sum();
    Some(Year {
        name: format!("{}-{}", it.year, it.year + 1),
        booked: it.booked,
        hours: it.hours,
        promised,
        asked_hours: asked,
        then: it.booked + promised + asked,
        given: written(it.quarters),
        left: (it.hours - it.booked - promised - asked).max(0),
        share: share(it.booked, it.hours),
        asked: share(promised + asked, it.hours),
    })
}

async fn show(State(app): State<App>, visitor: Visitor, Ids(id): Ids<String>) -> Result<Response, Problem> {
    let desk = coaching::desk(&app.store, &visitor.asked, &id).await?;
    let is_own = visitor.asked.caller.role() == Role::Coach;
    let frame = visitor.frame(&app, if is_own { Section::Coach } else { Section::Register });
    let all = own::asked(&app.store, &visitor.asked).await?.into_iter().filter(|it| it.placing.place.coach == id);
    let (waiting, said): (Vec<Own>, Vec<Own>) = all.partition(|it| matches!(it.stance, Stance::Asked | Stance::Late));
    let of_wave = |it: &Own| Some((Period::read(Some(&it.wave.from), Some(&it.wave.until))?, it.placing.hours));
    let asked: Vec<(Period, i64)> = waiting.iter().filter_map(of_wave).collect();
    let known: BTreeMap<(&str, &str), String> = waiting
        .iter()
        .chain(&said)
        .map(|it| ((it.wave.id.as_str(), it.placing.candidate.as_str()), said::half_days(frame.m, &it.placing.place.half_days)))
        .collect();
    let days_of = |it: &Placing| known.get(&(it.wave.as_str(), it.candidate.as_str())).cloned();
    let people: Vec<Person> = desk.people.iter().map(|it| person(&frame, &desk, it, days_of(it))).collect();
    let published = people.iter().any(|it| it.published);
    let reported = reported(&app, &visitor, &frame, &id).await?;
    let off = coaching::days_off(&app.store, &visitor.asked, &id).await?;
    let answered = said.into_iter().map(|it| {
        let cell = said::cell(frame.m, app.store.clock(), it.stance, Some(&it.answer));
        let place = frame.m.answers.place(it.school_name.unwrap_or(it.placing.place.school.clone()), &it.placing.place.bouw);
        (it.name.map_or(place.clone(), |name| format!("{name}: {place}")), cell, paths::answer(&it.wave.id, &it.placing.candidate))
    });
    page(&CoachPage {
        name: desk.row.name().unwrap_or(&id).to_owned(),
        most: desk.row.number("maximum"),
        year: year(&desk, &asked),
        answered: answered.collect(),
        questions: waiting.into_iter().map(|it| question(&frame, it)).collect(),
        hours: paths::coach_hours(&id),
        off: paths::coach_off(&id),
        report: paths::coach_report(&id),
        list: paths::coach_list(&id),
        days: paths::coach_days(&id),
        asked: rostered::open(frame.m, invited::of(&app.store, &visitor.asked, std::slice::from_ref(&id)).await?),
        meetings: meetings::coming(&app, frame.m, &id).await?,
        calendar: paths::coach_meetings(&id),
        off_count: off.periods.len(),
        published,
        reported,
        others: others(&app, &visitor, &id).await?,
        own: is_own,
        frame,
        people,
    })
}

/// What the coach reported and nobody saw to yet, in sentences.
async fn reported(app: &App, visitor: &Visitor, frame: &Frame, id: &str) -> Result<Vec<String>, Problem> {
    let (m, clock) = (frame.m, app.store.clock());
    let open = reports::open(&app.store, &visitor.asked).await?;
    let own = open.iter().filter(|it| it.falling.id == id);
    let line = |it: &Report| {
        let day = said::kept(m, &it.falling.from, said::day);
        m.coach.reported_line(said::report_reason(m, it.falling.kind, it.falling.reason), day, said::moment(m, clock, it.at))
    };
    Ok(own.map(line).collect())
}

/// The coaches of an account that is of more than one.
async fn others(app: &App, visitor: &Visitor, here: &str) -> Result<Vec<(String, String, bool)>, Problem> {
    let Some(ids) = visitor.asked.caller.scope().coaches().filter(|it| it.len() > 1) else { return Ok(Vec::new()) };
    let mut all = Vec::new();
    for id in ids {
        let name = app.store.read().name_of(crate::records::register::Kind::Coach, id).await?;
        all.push((name.unwrap_or_else(|| id.clone()), paths::coach_desk(id), id == here));
    }
    Ok(all)
}

async fn list(State(app): State<App>, visitor: Visitor, Ids(id): Ids<String>) -> Result<Response, Problem> {
    papers::printed(&app, crate::actions::papers::lists::of_coach(&app.store, &visitor.asked, &id).await?).await
}

async fn days(State(app): State<App>, visitor: Visitor, Ids(id): Ids<String>) -> Result<Response, Problem> {
    Ok(papers::days(&crate::actions::papers::agenda::of_coach(&app.store, &visitor.asked, &id).await?))
}
