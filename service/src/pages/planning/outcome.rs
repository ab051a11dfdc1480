//! What a run of a multi-year plan came to: every goal with its proof, year by year, scenarios side by side, and what one more or less changes.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use axum::routing::{get, post};
use loket_instances::planning::outcome::{Difference, Figures, GoalLine, MoneyLine, OutcomeFile, SensitivityLine};
use loket_instances::planning::plan_file::{Loaded, Named};
use loket_instances::planning::report::{About, Compared, ComparedRow, Report, in_cents};
use loket_solver::common::tables::Id;
use loket_solver::common::words::{Verdict, Word};
use loket_solver::planning::facts::codes::{Count, Step, TermCode};
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
use crate::present::dutch::number;
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
    /// The report as a workbook.
    book: Option<String>,
    conflict: Vec<String>,
    goals: Vec<GoalRow>,
    tables: Vec<Table>,
    nothing: Vec<String>,
}

async fn show(State(app): State<App>, visitor: Visitor, Ids((id, run)): Ids<(String, String)>, _: NoKeys) -> Result<Response, Problem> {
    let seen = seen(&app.store, &id).await?;
    let run = app.store.read().planning_run(&run).await?.filter(|it| it.planning == id).ok_or_else(Problem::unknown)?;
    let found = of_run(&app.store, &run).await?;
    let report = found.as_ref().and_then(|(loaded, file)| Report::new(file, Some(loaded)).ok());
    let busy = !run.job.state.ended();
    let frame = with_bar(visitor.frame(&app, Section::Planning), Part::Plan);
    let frame = if busy { frame.refreshed(SOON) } else { frame };
    let m = frame.m;
    let title = if run.free() { m.plan.run_free(run.number) } else { m.plan.run_as_is(run.number) };
    let (look, headline) = match &found {
        _ if busy => (("info", "klok"), progress(m, &run)),
        None => (("bad", "letop"), run.job.message.as_ref().map_or_else(|| m.plan.run_none().to_owned(), |it| it.text.clone())),
        Some((_, file)) => match file.status {
            Verdict::Optimal => (("good", "vink"), m.plan.proven().to_owned()),
            Verdict::Feasible => (("info", "info"), m.plan.unproven().to_owned()),
            Verdict::Impossible => (("bad", "letop"), m.plan.impossible().to_owned()),
            Verdict::Stopped => (("bad", "letop"), m.plan.run_none().to_owned()),
        },
    };
    page(&OutcomePage {
        back: (paths::planning(&id), seen.planning.name.clone()),
        stop: paths::planning_at(&id, "stoppen"),
        take: (run.planned() && !run.outdated).then(|| paths::planning_take(&id, &run.job.id)),
        book: report.as_ref().map(|_| paths::planning_book(&id, &run.job.id)),
        conflict: found.as_ref().map(|(loaded, file)| conflict(m, loaded, file)).unwrap_or_default(),
        goals: found.iter().flat_map(|(_, file)| &file.goals).map(|goal| goal_row(m, goal)).collect(),
        tables: report.as_ref().map(|it| tables(m, it)).unwrap_or_default(),
        nothing: found.as_ref().map(|(loaded, file)| nothing(m, loaded, file)).unwrap_or_default(),
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
    let (_, file) = of_run(&app.store, &run).await?.ok_or_else(Problem::unknown)?;
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

/// 1, or −1 for a goal of which the file counts below nothing: people read how much there is of it.
fn sign(goal: &GoalLine) -> i64 {
    let up = |term: &str| matches!(TermCode::parse(term), Some(TermCode::Gestart | TermCode::Afgestudeerd | TermCode::Blijvers));
    if goal.weights.iter().any(|(term, _)| up(term)) { 1 } else { -1 }
}

/// A number of a goal as people read it.
fn says(cents: bool, value: i64) -> String {
    if cents { whole_euros(value) } else { number(value) }
}

/// A value of a goal.
fn worth(goal: &GoalLine, value: i64) -> String {
    says(in_cents(goal), sign(goal) * value)
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
        let board = line.lock["bestuur"].as_str();
        match (count("gestart"), count("aantal"), count("aanname")) {
            (Some(people), ..) if board.is_some() => {
                let board = board.map(|id| loaded.names.get(&(Named::Board, id.to_owned())).map_or(id, String::as_str)).unwrap_or_default();
                m.plan.lock_seated(wave.unwrap_or_default(), people, board)
            }
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

fn tables(m: Messages, report: &Report<'_>) -> Vec<Table> {
    let file = report.outcome;
    let Some(figures) = &file.figures else { return Vec::new() };
    let mut all = vec![by_year(m, report, figures)];
    if !report.scenarios.is_empty() {
        all.push(side_by_side(m, report));
    }
    if let Some((loaded, lines)) = report.loaded.zip(file.sensitivity.as_ref()) {
        all.push(differences(m, loaded, file, lines));
    }
    if let Some(loaded) = report.loaded.filter(|_| !figures.after.is_empty()) {
        all.push(afterwards(m, loaded, figures));
    }
    all
}

/// A row of a table.
fn named(name: String, cells: impl IntoIterator<Item = String>) -> Vec<String> {
    std::iter::once(name).chain(cells).collect()
}

fn by_year(m: Messages, report: &Report<'_>, figures: &Figures) -> Table {
    let people = |count: Count| report.people.iter().map(move |it| number(funnel::of(&it.counts, count)));
    let mut rows = vec![
        named(m.plan.out_started().to_owned(), people(Count::Opleiding)),
        named(m.plan.out_graduated().to_owned(), people(Count::Diploma)),
    ];
    for (kind, row) in
        report.loaded.iter().flat_map(|loaded| loaded.horizon.kinds.pairs().map(|(kind, row)| (kind_name(loaded, kind), row)))
    {
        let lines = figures.pool.iter().filter(|it| it.kind == row.id);
        rows.push(named(kind, lines.map(|it| m.plan.out_pool(number(it.pool), number(it.hired)))));
    }
    let money = |of: fn(&MoneyLine) -> i64| figures.money.iter().map(move |it| whole_euros(of(it)));
    rows.push(named(m.plan.out_cost().to_owned(), money(|it| it.cost)));
    rows.push(named(m.plan.out_income().to_owned(), money(|it| it.income)));
    rows.push(named(m.plan.out_room().to_owned(), money(|it| it.room)));
    let heads = named(m.plan.head_what().to_owned(), report.years.iter().map(|it| year_name(it)));
    Table { title: m.plan.out_by_year().to_owned(), heads, rows }
}

/// The plan and every scenario, each with how much more or less than the plan: goals, then cost, income and coaches by year, then lines.
fn side_by_side(m: Messages, report: &Report<'_>) -> Table {
    let names = report.scenarios.iter().map(|it| report.name(Named::Scenario, &it.scenario));
    let heads = named(m.plan.head_what().to_owned(), std::iter::once(m.plan.out_base().to_owned()).chain(names));
    // Rows are those of the first scenario that has a plan; a line that another one adds comes after them.
    let mut abouts: Vec<&ComparedRow> = Vec::new();
    for row in report.scenarios.iter().flat_map(|it| &it.rows) {
        if !abouts.iter().any(|known| known.about == row.about) {
            abouts.push(row);
        }
    }
    let sign_of = |about: &About| match about {
        About::Goal(name) => report.outcome.goals.iter().find(|it| it.name == *name).map_or(1, sign),
        _ => 1,
    };
    let row = |it: &&ComparedRow| {
        let sign = sign_of(&it.about);
        let own = |scenario: &Compared| match scenario.rows.iter().find(|row| row.about == it.about) {
            None if scenario.rows.is_empty() => m.plan.no_plan().to_owned(),
            None => says(it.cents, sign * it.base),
            Some(row) => beside(m, it.cents, sign * row.base, sign * row.own),
        };
        named(about(m, report, &it.about), std::iter::once(says(it.cents, sign * it.base)).chain(report.scenarios.iter().map(own)))
    };
    Table { title: m.plan.out_scenarios().to_owned(), heads, rows: abouts.iter().map(row).collect() }
}

/// A number beside that of the plan.
fn beside(m: Messages, cents: bool, base: i64, own: i64) -> String {
    let off = says(cents, (own - base).abs());
    match own.cmp(&base) {
        Ordering::Greater => m.plan.more_than(says(cents, own), off),
        Ordering::Less => m.plan.less_than(says(cents, own), off),
        Ordering::Equal => says(cents, own),
    }
}

/// What is compared.
fn about(m: Messages, report: &Report<'_>, it: &About) -> String {
    match it {
        About::Goal(name) => goal_name(m, name),
        About::Cost(year) => m.plan.cost_in(year_name(year)),
        About::Income(year) => m.plan.income_in(year_name(year)),
        About::Coaches(year) => m.plan.coaches_in(year_name(year)),
        About::Line(id) => m.plan.line_of(report.name(Named::Line, id)),
    }
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
fn nothing(m: Messages, loaded: &Loaded, file: &OutcomeFile) -> Vec<String> {
    file.sensitivity.iter().flatten().filter(|it| idle(it)).map(|it| change(m, loaded, it)).collect()
}

fn differences(m: Messages, loaded: &Loaded, file: &OutcomeFile, lines: &[SensitivityLine]) -> Table {
    let heads = std::iter::once(m.plan.out_change().to_owned()).chain(file.goals.iter().map(|it| goal_name(m, &it.name)));
    let cell = |goal: &GoalLine, it: &Difference| {
        let signed = |value: i64| {
            let value = sign(goal) * value;
            let text = says(in_cents(goal), value.abs());
            match value {
                0 => "0".to_owned(),
                1.. => format!("+{text}"),
                _ => format!("−{text}"),
            }
        };
        match *it {
            Difference::Is(value) => signed(value),
            Difference::Between(least, most) => {
                let (one, other) = if sign(goal) > 0 { (least, most) } else { (most, least) };
                m.plan.between(signed(one), signed(other))
            }
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
