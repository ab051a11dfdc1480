//! A multi-year plan: numbers that can be typed beside what they add up to, and what Loket finds when the choices ahead are free.

use askama::Template;
use axum::extract::State;
use axum::http::Uri;
use axum::response::Response;
use axum::routing::get;
use loket_solver::common::tables::Id;
use loket_solver::planning::facts::codes::Budget;
use loket_solver::planning::facts::ids::YearId;

use super::ROLES;
use super::fields::{Asked, Field, Of, fields, read};
use super::told::{self, kind_name, phase_name, phase_people, thousands, year_name};
use crate::actions::planning::seen::{Numbers, Seen, seen, tried};
use crate::desk::planning::shown::{Shown, Year, shown};
use crate::desk::planning::sound::months_until;
use crate::pages::declared::Pages;
use crate::pages::form::Form;
use crate::pages::frame::{Frame, Section, page};
use crate::pages::messages::Messages;
use crate::pages::monitor::{Part, with_bar};
use crate::pages::visitor::Visitor;
use crate::pages::wrong::Wrong;
use crate::pages::{days, paths};
use crate::present::chart::{self, Chart, Column, Fill};
use crate::present::dutch::number;
use crate::serve::app::App;
use crate::serve::body::Ids;
use crate::serve::problem::Problem;

/// Seconds between two looks at a run.
const SOON: u32 = 5;

/// The page of this file.
pub(super) fn pages() -> Pages {
    Pages::new().at(ROLES, paths::PLANNING, get(show))
}

/// A group of fields.
struct Group {
    title: &'static str,
    fields: Vec<Field>,
    /// Whether it is closed until somebody opens it.
    closed: bool,
}

/// Waves of a school year: a cell for each year, with hours and people.
struct CohortRow {
    name: String,
    cells: Vec<Option<(String, String)>>,
}

/// A row of cells with a verdict: good or too few.
struct Verdict {
    name: &'static str,
    cells: Vec<Option<(bool, String)>>,
}

/// Coaches of a kind: a field for each year, with who is there under it.
struct CoachRow {
    name: String,
    cells: Vec<(Field, String, bool)>,
}

/// A row of numbers.
struct Numbered {
    name: &'static str,
    cells: Vec<String>,
}

/// A run, in a line.
struct RunLine {
    says: String,
    look: (&'static str, &'static str),
    place: String,
}

/// A version, in a line.
struct VersionLine {
    number: i64,
    when: String,
    by: String,
    note: String,
}

#[derive(Template)]
#[template(path = "planning/show.html")]
struct ShowPage {
    frame: Frame,
    name: String,
    here: String,
    version: i64,
    lead: Option<String>,
    strong: Option<String>,
    money: Option<String>,
    stale: bool,
    errors: Wrong,
    groups: Vec<Group>,
    /// Numbers that are tried and not kept: how many, which they are, and their fields.
    tried: Vec<(String, String)>,
    tried_says: Vec<String>,
    keep: String,
    broken: Vec<String>,
    years: Vec<String>,
    chart: Chart,
    legend: Vec<(Fill, String)>,
    cohorts: Vec<CohortRow>,
    hours: [Numbered; 2],
    difference: Verdict,
    coaches: Vec<CoachRow>,
    money_rows: Vec<Numbered>,
    left: Option<Verdict>,
    seats: Verdict,
    busy: Option<String>,
    ask: String,
    stop: String,
    scenarios: usize,
    runs: Vec<RunLine>,
    versions: Vec<VersionLine>,
    file: String,
    sheets: String,
    replace: String,
    remove: String,
    all: String,
}

/// The numbers in the address of a page, as a form would send them.
fn in_address(uri: &Uri) -> Form {
    let pairs = axum::extract::Query::<Vec<(String, String)>>::try_from_uri(uri).map(|it| it.0).unwrap_or_default();
    Form::new(pairs, Vec::new())
}

async fn show(State(app): State<App>, visitor: Visitor, Ids(id): Ids<String>, uri: Uri) -> Result<Response, Problem> {
    let form = in_address(&uri);
    drawn(&app, &visitor, &id, &form, None).await.and_then(|it| page(&it))
}

/// The page with what a form says; `why` is why it could not be kept.
pub(super) async fn drawn(app: &App, visitor: &Visitor, id: &str, form: &Form, why: Option<Wrong>) -> Result<impl Template, Problem> {
    let seen = seen(&app.store, id).await?;
    let busy = seen.runs.iter().any(|it| !it.job.state.ended());
    let frame = with_bar(visitor.frame(app, Section::Planning), Part::Plan);
    let frame = if busy { frame.refreshed(SOON) } else { frame };
    let m = frame.m;
    let stale = form.number("versie").is_some_and(|it| it != seen.planning.version);
    let none = Form::default();
    let form = if stale { &none } else { form };
    let mut asked = read(m, form, &seen.numbers);
    let numbers = numbers(&seen, &mut asked);
    asked.wrong.all.extend(why.map(|it| it.all).unwrap_or_default());
    let first = first(app, &seen);
    let all = shown(&numbers.loaded.horizon, &numbers.plan, first);
    Ok(composed(frame, (&seen, &numbers), form, asked, &all, stale, first))
}

/// The first year that is shown: this one.
fn first(app: &App, seen: &Seen) -> usize {
    let month = months_until(&seen.numbers.loaded, app.store.clock().today());
    let year = usize::try_from(month.div_euclid(12)).unwrap_or(0);
    if year < seen.numbers.loaded.horizon.length() { year } else { 0 }
}

/// The numbers to add up: those that are typed, where they can be.
fn numbers(seen: &Seen, asked: &mut Asked) -> Numbers {
    if asked.typed.is_empty() || !asked.wrong.is_empty() {
        return seen.numbers.clone();
    }
    match tried(seen, &asked.typed) {
        Ok(numbers) => numbers,
        Err(refusal) => {
            asked.wrong.take(&refusal.problems, |_| "");
            seen.numbers.clone()
        }
    }
}

fn composed(
    frame: Frame,
    (seen, numbers): (&Seen, &Numbers),
    form: &Form,
    asked: Asked,
    all: &Shown,
    stale: bool,
    first: usize,
) -> ShowPage {
    let m = frame.m;
    let (loaded, base) = (&numbers.loaded, &seen.numbers);
    let years: Vec<&Year> = all.years.iter().skip(first).collect();
    let ahead = |year: YearId| year.position() >= first;
    let horizon = &base.loaded.horizon;
    let group = |title: &'static str, closed: bool, wanted: &dyn Fn(Of) -> bool| Group {
        title,
        closed,
        fields: fields(m, form, base, &asked, wanted),
    };
    let late = |of: Of| match of {
        Of::Started(wave) | Of::Guided(wave, _) => ahead(horizon.waves[wave].year),
        _ => false,
    };
    let many = horizon.waves.pairs().filter(|(_, wave)| ahead(wave.year)).count() > 6;
    let groups = vec![
        group(m.plan.group_started(), many, &late),
        group(m.plan.group_funnel(), false, &|of| matches!(of, Of::Step(_))),
        group(m.plan.group_guidance(), false, &|of| matches!(of, Of::Phase(_))),
        group(m.plan.group_coaches(), false, &|of| matches!(of, Of::KindHours(_) | Of::PerCoach)),
    ];
    let short = told::short(m, &years);
    let strong = told::enough(m, loaded, all);
    let tried: Vec<(String, String)> = asked.changed.iter().map(|(of, value)| (of.key(), value.to_string())).collect();
    let id = &seen.planning.id;
    ShowPage {
        name: seen.planning.name.clone(),
        here: paths::planning(id),
        version: seen.planning.version,
        money: told::money(m, loaded, all, strong.is_some()),
        lead: Some(short.unwrap_or_else(|| m.plan.enough().to_owned())),
        strong,
        stale,
        tried_says: asked.changed.iter().map(|(of, _)| super::fields::name(m, base, *of)).collect(),
        tried: if asked.wrong.is_empty() { tried } else { Vec::new() },
        keep: paths::planning_at(id, "bewaren"),
        broken: all.broken.iter().filter_map(|it| told::broken(m, loaded, it)).collect(),
        years: years.iter().map(|it| year_name(&it.name)).collect(),
        chart: picture(m, &years),
        legend: order(&years).into_iter().enumerate().map(|(nth, at)| (fill(nth), phase_name(m, loaded, at))).collect(),
        cohorts: cohorts(m, numbers, all, first),
        hours: [
            Numbered { name: m.plan.row_needed(), cells: years.iter().map(|it| number(it.needed)).collect() },
            Numbered { name: m.plan.row_room(), cells: years.iter().map(|it| number(it.room)).collect() },
        ],
        difference: Verdict { name: m.plan.row_difference(), cells: years.iter().map(|it| Some(spare(m, it))).collect() },
        coaches: coaches(m, form, numbers, base, &asked, all, first),
        money_rows: vec![
            Numbered { name: m.plan.row_cost(), cells: years.iter().map(|it| thousands(it.cost)).collect() },
            Numbered { name: m.plan.row_income(), cells: years.iter().map(|it| thousands(it.income)).collect() },
        ],
        left: (loaded.horizon.policy.budget != Budget::Free).then(|| left(m, loaded.horizon.policy.budget, &years)),
        seats: Verdict { name: m.plan.row_seats(), cells: years.iter().map(|it| Some(seated(m, it))).collect() },
        busy: seen.runs.iter().find(|it| !it.job.state.ended()).map(|it| m.plan.busy(it.number)),
        ask: paths::planning_at(id, "berekenen"),
        stop: paths::planning_at(id, "stoppen"),
        scenarios: loaded.scenarios.len(),
        runs: seen.runs.iter().map(|it| run_line(m, id, it)).collect(),
        versions: seen
            .versions
            .iter()
            .map(|it| VersionLine { number: it.number, when: days::moment(m, it.at), by: it.by.clone(), note: it.note.clone() })
            .collect(),
        file: paths::planning_at(id, "bestand"),
        sheets: paths::planning_at(id, "werkmap"),
        replace: paths::planning_at(id, "nieuwe-versie"),
        remove: paths::planning_at(id, "weghalen"),
        all: paths::with(paths::PLANNINGS.to_owned(), &[("alles", "ja")]),
        errors: asked.wrong,
        groups,
        frame,
    }
}

fn fill(phase: usize) -> Fill {
    chart::FILLS.into_iter().cycle().nth(phase).unwrap_or(Fill::Solid)
}

/// What is over of the hours, or short; of kinds that cannot help each other the shortage counts.
fn spare(m: Messages, it: &Year) -> (bool, String) {
    if it.short > 0 {
        return (false, m.plan.too_few(number(it.short)));
    }
    if it.without > 0 {
        return (false, m.plan.without_coach(number(it.without)));
    }
    (true, m.plan.over(number(it.room - it.needed)))
}

fn seated(m: Messages, it: &Year) -> (bool, String) {
    (it.seated <= it.seats, m.plan.n_of_m(number(it.seated), number(it.seats)))
}

fn left(m: Messages, budget: Budget, years: &[&Year]) -> Verdict {
    let name = match budget {
        Budget::Yearly | Budget::Free => m.plan.row_left(),
        Budget::Cumulative | Budget::Total => m.plan.row_left_all(),
    };
    let cell = |it: &&Year| {
        let cents = it.left?;
        let says = if cents < 0 { m.plan.too_few(thousands(-cents)) } else { m.plan.over(thousands(cents)) };
        Some((cents >= 0, says))
    };
    Verdict { name, cells: years.iter().map(cell).collect() }
}

/// Phases as they stand on each other, from below: those with most hours first.
fn order(years: &[&Year]) -> Vec<usize> {
    let phases = years.first().map_or(0, |it| it.phases.len());
    let mut order: Vec<usize> = (0..phases).collect();
    order.sort_by_key(|&at| std::cmp::Reverse(years.iter().map(|it| it.phases[at]).sum::<i64>()));
    order
}

fn picture(m: Messages, years: &[&Year]) -> Chart {
    let order = order(years);
    let column = |it: &&Year| {
        let (good, says) = spare(m, it);
        Column { name: year_name(&it.name), parts: order.iter().map(|&at| it.phases[at]).collect(), limit: it.room, over: !good, says }
    };
    let columns: Vec<Column> = years.iter().map(column).collect();
    chart::stack(("uren", m.plan.chart_title().to_owned(), String::new()), &columns, &number)
}

fn cohorts(m: Messages, numbers: &Numbers, all: &Shown, first: usize) -> Vec<CohortRow> {
    let loaded = &numbers.loaded;
    let cell = |(hours, people): &(i64, Vec<i64>)| {
        let who: Vec<String> =
            people.iter().enumerate().filter(|(_, it)| **it > 0).map(|(at, it)| phase_people(m, loaded, at, *it)).collect();
        (*hours > 0 || !who.is_empty()).then(|| (number(*hours), who.join(", ")))
    };
    let rows = all.cohorts.iter().map(|it| CohortRow {
        name: m.plan.waves_of(year_name(&loaded.horizon.years[YearId::new(it.year)])),
        cells: it.cells.iter().skip(first).map(cell).collect(),
    });
    rows.filter(|it| it.cells.iter().any(Option::is_some)).collect()
}

fn coaches(m: Messages, form: &Form, numbers: &Numbers, base: &Numbers, asked: &Asked, all: &Shown, first: usize) -> Vec<CoachRow> {
    let row = |it: &crate::desk::planning::shown::Coaches| {
        let own = fields(m, form, base, asked, |of| matches!(of, Of::Hired(kind, year) if kind == it.kind && year.position() >= first));
        let there = it.years.iter().skip(first);
        let cells = own.into_iter().zip(there).map(|(field, (_, pool, spare))| {
            let says = if *spare < 0 { m.plan.pool_short(number(*pool), number(-spare)) } else { m.plan.pool(number(*pool)) };
            (field, says, *spare < 0)
        });
        CoachRow { name: kind_name(&numbers.loaded, it.kind), cells: cells.collect() }
    };
    all.coaches.iter().map(row).collect()
}

fn run_line(m: Messages, id: &str, it: &crate::records::planning::PlanningRun) -> RunLine {
    use crate::records::job::State;
    let what = if it.free() { m.plan.run_free(it.number) } else { m.plan.run_as_is(it.number) };
    let (kind, icon, state) = match it.job.state {
        State::Wachtrij | State::Bezig => ("info", "klok", m.plan.run_busy()),
        _ if !it.planned() => ("bad", "letop", m.plan.run_none()),
        _ if it.outdated => ("quiet", "klok", m.plan.run_old()),
        _ => ("good", "vink", m.plan.run_done()),
    };
    RunLine { says: format!("{what}: {state}"), look: (kind, icon), place: paths::planning_outcome(id, &it.job.id) }
}
