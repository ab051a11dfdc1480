//! What a run of a multi-year plan came to: every goal with its proof, year by year, scenarios side by side, and what one more or less changes.

use std::collections::BTreeSet;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use axum::routing::{get, post};
use loket_instances::planning::outcome::{Difference, Figures, GoalLine, OutcomeFile, SensitivityLine};
use loket_instances::planning::plan_file::{Loaded, Named};
use loket_solver::common::tables::Id;
use loket_solver::common::words::{Verdict, Word};
use loket_solver::planning::facts::codes::{Step, TermCode};
use loket_solver::planning::facts::funnel;
use loket_solver::planning::facts::ids::{KindId, YearId};
use loket_solver::planning::judge::rules::RULES;

use super::ROLES;
use super::told::{self, kind_name, whole_euros, year_name};
use crate::actions::Refused;
use crate::actions::planning::seen::{decided, keep, of_run, seen};
use crate::pages::declared::Pages;
use crate::pages::done::Done;
use crate::pages::frame::{Frame, Section, after, page};
use crate::pages::messages::Messages;
use crate::pages::monitor::{Part, with_bar};
use crate::pages::paths;
use crate::pages::visitor::Visitor;
use crate::pages::wrong::capital;
use crate::present::dutch::{euros, number};
use crate::records::progress::Progress;
use crate::serve::app::App;
use crate::serve::body::{Ids, NoKeys};
use crate::serve::problem::Problem;

/// Seconds between two looks at a run.
const SOON: u32 = 3;

/// The pages of this file.
pub(super) fn pages() -> Pages {
    Pages::new().at(ROLES, paths::PLANNING_OUTCOME, get(show)).at(ROLES, paths::PLANNING_TAKE, post(take))
}

/// A goal with its proof.
struct GoalRow {
    title: String,
    value: String,
    look: (&'static str, &'static str),
    proof: String,
}

/// A table: heads, and rows whose first cell is their name.
struct Table {
    title: String,
    heads: Vec<String>,
    rows: Vec<Vec<String>>,
}

#[derive(Template)]
#[template(path = "planning/outcome.html")]
struct OutcomePage {
    frame: Frame,
    back: (String, String),
    title: String,
    headline: String,
    look: (&'static str, &'static str),
    busy: bool,
    stop: String,
    take: Option<String>,
    conflict: Vec<String>,
    goals: Vec<GoalRow>,
    tables: Vec<Table>,
    nothing: Vec<String>,
}

async fn show(State(app): State<App>, visitor: Visitor, Ids((id, run)): Ids<(String, String)>, _: NoKeys) -> Result<Response, Problem> {
    let seen = seen(&app.store, &id).await?;
    let run = app.store.read().planning_run(&run).await?.filter(|it| it.planning == id).ok_or_else(Problem::unknown)?;
    let file = of_run(&app.store, &run.job.id).await?;
    let busy = !run.job.state.ended();
    let frame = with_bar(visitor.frame(&app, Section::Planning), Part::Plan);
    let frame = if busy { frame.refreshed(SOON) } else { frame };
    let m = frame.m;
    let loaded = &seen.numbers.loaded;
    let title = if run.free() { m.plan.run_free(run.number) } else { m.plan.run_as_is(run.number) };
    let (look, headline) = match &file {
        _ if busy => (("info", "klok"), progress(m, &run)),
        None => (("bad", "letop"), run.job.message.as_ref().map_or_else(|| m.plan.run_none().to_owned(), |it| it.text.clone())),
        Some(file) => match file.status {
            Verdict::Optimal => (("good", "vink"), m.plan.proven().to_owned()),
            Verdict::Feasible => (("info", "info"), m.plan.unproven().to_owned()),
            Verdict::Impossible => (("bad", "letop"), m.plan.impossible().to_owned()),
            Verdict::Stopped => (("bad", "letop"), m.plan.run_none().to_owned()),
        },
    };
    let found = file.as_ref();
    page(&OutcomePage {
        back: (paths::planning(&id), seen.planning.name.clone()),
        stop: paths::planning_at(&id, "stoppen"),
        take: found.filter(|it| it.status.has_plan() && !run.outdated).map(|_| paths::planning_take(&id, &run.job.id)),
        conflict: found.map(|it| conflict(m, loaded, it)).unwrap_or_default(),
        goals: found.map(|it| it.goals.iter().map(|goal| goal_row(m, goal)).collect()).unwrap_or_default(),
        tables: found.map(|it| tables(m, loaded, it)).unwrap_or_default(),
        nothing: found.and_then(|it| it.sensitivity.as_ref()).map(|it| nothing(m, loaded, it)).unwrap_or_default(),
        title: capital(&title),
        headline,
        look,
        busy,
        frame,
    })
}

/// How far a run is.
fn progress(m: Messages, run: &crate::records::planning::PlanningRun) -> String {
    let now = run.job.progress.as_ref();
    match now {
        Some(Progress::Goal(at)) => m.plan.busy_with(goal_name(m, &at.name)),
        _ => m.plan.busy(run.number),
    }
}

/// Takes the decisions of a run over as a new version.
async fn take(State(app): State<App>, visitor: Visitor, Ids((id, run)): Ids<(String, String)>) -> Result<Response, Problem> {
    let now = seen(&app.store, &id).await?;
    let run = app.store.read().planning_run(&run).await?.filter(|it| it.planning == id).ok_or_else(Problem::unknown)?;
    if run.outdated {
        return Ok(after(&paths::planning(&id), Done::PlanningStale));
    }
    let file = of_run(&app.store, &run.job.id).await?.ok_or_else(Problem::unknown)?;
    let note = visitor.frame(&app, Section::Planning).m.plan.taken_of(run.number);
    match keep(&app.store, &visitor.asked, &now, &decided(&now, &file), &note).await {
        Ok(_) => Ok(after(&paths::planning(&id), Done::PlanningTaken)),
        Err(Refused::Stale(_)) => Ok(after(&paths::planning(&id), Done::PlanningStale)),
        Err(other) => Err(other.with_now(|_| ()).into()),
    }
}

/// A goal by its name: that of its term where it is one of the usual ones.
fn goal_name(m: Messages, name: &str) -> String {
    let words = match TermCode::parse(name) {
        Some(TermCode::Gestart) => m.plan.goal_started(),
        Some(TermCode::Afgestudeerd) => m.plan.goal_graduated(),
        Some(TermCode::Blijvers) => m.plan.goal_stay(),
        Some(TermCode::Intern) => m.plan.goal_internal(),
        Some(TermCode::Aanname) => m.plan.goal_hires(),
        Some(TermCode::Kosten) => m.plan.goal_cost(),
        Some(TermCode::Spreiding) => m.plan.goal_spread(),
        None => name,
    };
    words.to_owned()
}

/// Whether a goal counts money.
fn cents(goal: &GoalLine) -> bool {
    matches!(goal.weights.as_slice(), [(term, 1)] if term == TermCode::Kosten.code())
}

/// A value as people read it: what is counted below nothing is told above it.
fn worth(goal: &GoalLine, value: i64) -> String {
    let below = goal
        .weights
        .iter()
        .all(|(term, _)| !matches!(TermCode::parse(term), Some(TermCode::Gestart | TermCode::Afgestudeerd | TermCode::Blijvers)));
    let value = if below { -value } else { value };
    if cents(goal) { whole_euros(value) } else { number(value) }
}

fn goal_row(m: Messages, goal: &GoalLine) -> GoalRow {
    let proof = if goal.proven { m.plan.goal_proven().to_owned() } else { m.plan.goal_bound(worth(goal, goal.bound)) };
    let look = if goal.proven { ("good", "vink") } else { ("info", "info") };
    GoalRow { title: goal_name(m, &goal.name), value: worth(goal, goal.value), look, proof }
}

/// Decisions that cannot stand together, in words.
fn conflict(m: Messages, loaded: &Loaded, file: &OutcomeFile) -> Vec<String> {
    let one = |line: &loket_instances::planning::outcome::ConflictLine| {
        let text = |key: &str| line.lock[key].as_str().unwrap_or_default().to_owned();
        let count = |key: &str| line.lock[key].as_i64().map(number);
        let wave = loaded.horizon.waves.pairs().find(|(_, it)| it.id == text("lichting")).map(|(wave, _)| told::wave_name(m, loaded, wave));
        let kind = loaded.horizon.kinds.pairs().find(|(_, it)| it.id == text("coachsoort")).map(|(kind, _)| kind_name(loaded, kind));
        match (count("gestart"), count("aantal"), count("aanname")) {
            (Some(people), ..) => m.plan.lock_started(wave.unwrap_or_default(), people),
            (_, Some(people), _) => m.plan.lock_guided(wave.unwrap_or_default(), people, kind.unwrap_or_default().to_lowercase()),
            (.., coaches) => m.plan.lock_hired(kind.unwrap_or_default(), coaches.unwrap_or_default(), year_name(&text("jaar"))),
        }
    };
    let locks = file.conflict.iter().map(one);
    let rules: BTreeSet<&str> = file.conflict.iter().flat_map(|it| it.rules.iter().map(String::as_str)).collect();
    let says = RULES.iter().filter(|it| rules.contains(it.code.code())).map(|it| m.plan.conflict_rule(it.says));
    locks.chain(says).collect()
}

fn tables(m: Messages, loaded: &Loaded, file: &OutcomeFile) -> Vec<Table> {
    let mut all = Vec::new();
    all.extend(file.figures.as_ref().map(|figures| by_year(m, loaded, figures)));
    all.extend(file.scenarios.as_ref().filter(|it| !it.is_empty() && file.figures.is_some()).map(|_| side_by_side(m, loaded, file)));
    all.extend(file.sensitivity.as_ref().map(|lines| differences(m, loaded, file, lines)));
    all.extend(file.figures.as_ref().filter(|it| !it.after.is_empty()).map(|figures| afterwards(m, loaded, figures)));
    all
}

/// Who starts by year.
fn started(loaded: &Loaded, figures: &Figures, year: YearId) -> i64 {
    let horizon = &loaded.horizon;
    let here = |id: &str| horizon.waves.iter().any(|wave| wave.id == id && wave.year == year);
    figures.guided.iter().filter(|it| here(&it.wave)).map(|it| it.number).sum()
}

/// Diplomas of the waves of a year.
fn graduated(loaded: &Loaded, figures: &Figures, year: YearId) -> i64 {
    let horizon = &loaded.horizon;
    let here = |id: &str| horizon.waves.iter().any(|wave| wave.id == id && wave.year == year);
    let counts = figures.guided.iter().filter(|it| here(&it.wave));
    counts.map(|it| funnel::of(&it.counts, loket_solver::planning::facts::codes::Count::Diploma)).sum()
}

fn by_year(m: Messages, loaded: &Loaded, figures: &Figures) -> Table {
    let horizon = &loaded.horizon;
    let years: Vec<YearId> = horizon.years.ids().collect();
    let named = |name: String, cells: Vec<String>| std::iter::once(name).chain(cells).collect::<Vec<_>>();
    let mut rows = vec![
        named(m.plan.out_started().to_owned(), years.iter().map(|it| number(started(loaded, figures, *it))).collect()),
        named(m.plan.out_graduated().to_owned(), years.iter().map(|it| number(graduated(loaded, figures, *it))).collect()),
    ];
    for (kind, row) in horizon.kinds.pairs() {
        let cell = |year: &YearId| {
            let line = figures.pool.iter().find(|it| it.kind == row.id && it.year == horizon.years[*year]);
            line.map_or_else(String::new, |it| m.plan.out_pool(number(it.pool), number(it.hired)))
        };
        rows.push(named(kind_name(loaded, kind), years.iter().map(cell).collect()));
    }
    let money = |of: fn(&loket_instances::planning::outcome::MoneyLine) -> i64| figures.money.iter().map(|it| euros_of(of(it))).collect();
    rows.push(named(m.plan.out_cost().to_owned(), money(|it| it.cost)));
    rows.push(named(m.plan.out_income().to_owned(), money(|it| it.income)));
    rows.push(named(m.plan.out_room().to_owned(), money(|it| it.room)));
    let heads = std::iter::once(m.plan.head_what().to_owned()).chain(years.iter().map(|it| year_name(&horizon.years[*it])));
    Table { title: m.plan.out_by_year().to_owned(), heads: heads.collect(), rows }
}

fn euros_of(cents: i64) -> String {
    if cents % 100 == 0 { euros(cents) } else { whole_euros(cents) }
}

/// The plan and every scenario: goals, then who starts and what it costs by year, each with how much more or less than the plan.
fn side_by_side(m: Messages, loaded: &Loaded, file: &OutcomeFile) -> Table {
    let scenarios = file.scenarios.as_deref().unwrap_or_default();
    let name = |id: &str| loaded.names.get(&(Named::Scenario, id.to_owned())).cloned().unwrap_or_else(|| id.to_owned());
    let heads = [m.plan.head_what().to_owned(), m.plan.out_base().to_owned()].into_iter().chain(scenarios.iter().map(|it| name(&it.id)));
    let beside = |own: Option<i64>, other: Option<i64>, says: &dyn Fn(i64) -> String| match (own, other) {
        (_, None) => m.plan.no_plan().to_owned(),
        (Some(own), Some(other)) if own != other => {
            let off = says((other - own).abs());
            if other > own { m.plan.more_than(says(other), off) } else { m.plan.less_than(says(other), off) }
        }
        (_, Some(other)) => says(other),
    };
    let mut rows = Vec::new();
    for (at, goal) in file.goals.iter().enumerate() {
        let sign = if worth(goal, 1) == number(1) { 1 } else { -1 };
        let says = |value: i64| if cents(goal) { whole_euros(value) } else { number(value) };
        let mut row = vec![goal_name(m, &goal.name), says(sign * goal.value)];
        row.extend(scenarios.iter().map(|it| beside(Some(sign * goal.value), it.goals.get(at).map(|it| sign * it.value), &says)));
        rows.push(row);
    }
    let figures = file.figures.as_ref();
    for year in loaded.horizon.years.ids() {
        let named = year_name(&loaded.horizon.years[year]);
        let starts = |it: Option<&Figures>| it.map(|it| started(loaded, it, year));
        let cost = |it: Option<&Figures>| it.and_then(|it| it.money.get(year.position())).map(|it| it.cost);
        let mut add = |title: String, of: &dyn Fn(Option<&Figures>) -> Option<i64>, says: &dyn Fn(i64) -> String| {
            let mut row = vec![title, of(figures).map_or_else(String::new, says)];
            row.extend(scenarios.iter().map(|it| beside(of(figures), of(it.figures.as_ref()), says)));
            rows.push(row);
        };
        add(m.plan.started_in(&named), &starts, &number);
        add(m.plan.cost_in(&named), &cost, &whole_euros);
    }
    Table { title: m.plan.out_scenarios().to_owned(), heads: heads.collect(), rows }
}

/// A change by its place in the file, in words.
fn change(m: Messages, loaded: &Loaded, line: &SensitivityLine) -> String {
    let parts: Vec<&str> = line.change.split('/').skip(1).collect();
    let at = |nth: usize| parts.get(nth).and_then(|it| it.parse::<usize>().ok()).unwrap_or(0);
    let horizon = &loaded.horizon;
    match parts.first().copied() {
        Some("coachsoorten") if at(1) < horizon.kinds.len() && at(3) < horizon.length() => {
            let (kind, year) = (kind_name(loaded, KindId::new(at(1))).to_lowercase(), year_name(&horizon.years[YearId::new(at(3))]));
            m.plan.change_hire(kind, year)
        }
        Some("besturen") => {
            let id = horizon.boards.iter().nth(at(1)).map_or("", |it| it.id.as_str());
            m.plan.change_seat(loaded.names.get(&(Named::Board, id.to_owned())).map_or(id, String::as_str))
        }
        Some("trechter") => {
            let step = parts.get(1).and_then(|it| Step::parse(it));
            let percent = step.map_or(0, |it| i64::from(horizon.funnel.percent(it)) + line.by);
            m.plan.change_percent(step.map_or("", |it| told::step_name(m, it)).to_lowercase(), percent)
        }
        Some("beleid") => m.plan.change_per_coach().to_owned(),
        _ => m.plan.change_income().to_owned(),
    }
}

/// Whether a change changes nothing.
fn idle(line: &SensitivityLine) -> bool {
    line.differences.as_ref().is_some_and(|all| all.iter().all(|(_, it)| *it == Difference::Is(0)))
}

/// Changes that bring nothing.
fn nothing(m: Messages, loaded: &Loaded, lines: &[SensitivityLine]) -> Vec<String> {
    lines.iter().filter(|it| idle(it)).map(|it| change(m, loaded, it)).collect()
}

fn differences(m: Messages, loaded: &Loaded, file: &OutcomeFile, lines: &[SensitivityLine]) -> Table {
    let heads = std::iter::once(m.plan.out_change().to_owned()).chain(file.goals.iter().map(|it| goal_name(m, &it.name)));
    let cell = |goal: &GoalLine, it: &Difference| {
        let sign = if worth(goal, 1) == number(1) { 1 } else { -1 };
        let says = |value: i64| {
            let value = sign * value;
            let text = if cents(goal) { whole_euros(value.abs()) } else { number(value.abs()) };
            match value {
                0 => "0".to_owned(),
                1.. => format!("+{text}"),
                _ => format!("−{text}"),
            }
        };
        match *it {
            Difference::Is(value) => says(value),
            Difference::Between(least, most) => m.plan.between(says(least), says(most)),
            Difference::Unknown => "?".to_owned(),
        }
    };
    let row = |line: &SensitivityLine| {
        let mut row = vec![change(m, loaded, line)];
        match &line.differences {
            Some(all) => row.extend(file.goals.iter().zip(all).map(|(goal, (_, it))| cell(goal, it))),
            None if line.status == Some(Verdict::Impossible) => {
                row.extend(file.goals.iter().enumerate().map(|(at, _)| if at == 0 { m.plan.no_plan() } else { "–" }.to_owned()));
            }
            None => row.extend(file.goals.iter().map(|_| "?".to_owned())),
        }
        row
    };
    let rows = lines.iter().filter(|it| !idle(it)).map(row).collect();
    Table { title: m.plan.out_differences().to_owned(), heads: heads.collect(), rows }
}

/// What running waves still cause after the last year.
fn afterwards(m: Messages, loaded: &Loaded, figures: &Figures) -> Table {
    let heads = [m.plan.out_after_year(), m.plan.out_after_hours(), m.plan.out_after_cost()].map(str::to_owned).to_vec();
    let row = |it: &loket_instances::planning::outcome::AfterLine| {
        let hours: Vec<String> = it
            .hours
            .iter()
            .map(|(kind, hours)| {
                let found = loaded.horizon.kinds.pairs().find(|(_, row)| row.id == *kind).map(|(kind, _)| kind_name(loaded, kind));
                m.plan.hours_of(number(*hours), found.unwrap_or_else(|| kind.clone()).to_lowercase())
            })
            .collect();
        vec![m.plan.after_year(it.year), hours.join(", "), whole_euros(it.costs.iter().map(|(_, cents)| cents).sum())]
    };
    Table { title: m.plan.out_after().to_owned(), heads, rows: figures.after.iter().map(row).collect() }
}
