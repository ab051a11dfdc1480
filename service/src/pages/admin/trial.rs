//! A policy on trial: what the limits say, and old and new side by side for each wave. Who does not see counts of a few people sees them
//! hidden.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use loket_instances::matching::trial::lines::{BoardLine, FiguresLine, Line, OtherwiseLine};
use loket_instances::matching::trial::{Judgement, Measure, Threshold};

use loket_solver::matching::facts::outcome::Verdict;

use super::policies::{named, title_of};
use super::{Sheet, day};
use crate::access::Role;
use crate::actions::{administration, trials};
use crate::desk::small;
use crate::pages::done::Done;
use crate::pages::frame::{Frame, Section, after, page};
use crate::pages::messages::Messages;
use crate::pages::paths;
use crate::pages::told::list;
use crate::pages::visitor::Visitor;
use crate::pages::wrong::capital;
use crate::present::dutch::{euros, number};
use crate::records::policy::Named;
use crate::records::trial::{Told, Tried};
use crate::serve::app::App;
use crate::serve::body::{Ids, NoKeys};
use crate::serve::problem::Problem;

/// Seconds between two looks at a trial that is at work.
const SOON: u32 = 3;
/// Most trials that are listed.
const LISTED: i64 = 20;
/// Counts of people from this on are shown to everybody.
const FEW: i64 = 5;

/// How a judgement looks: its kind, its icon and its words.
type Look = (&'static str, &'static str, String);

/// A trial in a list.
pub(super) struct Listed {
    pub place: String,
    pub name: String,
    pub waves: String,
    pub look: Look,
}

/// The trials of a policy, the newest first.
pub(super) async fn listed(app: &App, m: Messages, of: &Named) -> Result<Vec<Listed>, Problem> {
    let (all, _) = app.store.snapshot().await?.trials(of, 0, LISTED).await?;
    let line = |it: Told| Listed {
        place: paths::policy_trial(&of.name, of.number, &it.trial.id),
        name: m.trial.trial_of(day(it.trial.asked.at)),
        waves: m.trial.on_waves(it.waves.len()),
        look: look(m, &it, false),
    };
    Ok(all.into_iter().map(line).collect())
}

/// What a trial comes to: in a word, or in a sentence.
fn look(m: Messages, told: &Told, sentence: bool) -> Look {
    let t = m.trial;
    let says = |word: &str, whole: &str| if sentence { whole } else { word }.to_owned();
    if told.busy() {
        let done = told.ended();
        let whole = if done == 0 { t.busy_none().to_owned() } else { t.busy(done, told.waves.len()) };
        return ("info", "klok", says(t.word_busy(), &whole));
    }
    match told.judged().1 {
        Some(Judgement::Go) => ("good", "vink", says(t.word_go(), t.go())),
        Some(Judgement::NoGo) => ("bad", "letop", says(t.word_nogo(), t.nogo())),
        Some(Judgement::Open) => ("info", "info", says(t.word_open(), t.open())),
        None => ("info", "info", says(t.word_none(), t.none())),
    }
}

/// What a measure is called.
pub(super) fn measure(m: Messages, it: Measure) -> &'static str {
    match it {
        Measure::Placed => m.trial.measure_placed(),
        Measure::FirstChoice => m.trial.measure_first(),
        Measure::Points => m.trial.measure_points(),
        Measure::Minutes => m.trial.measure_minutes(),
        Measure::Envious => m.trial.measure_envious(),
        Measure::Hard => m.trial.measure_hard(),
        Measure::Starters => m.trial.measure_starters(),
        Measure::Cost => m.trial.measure_cost(),
        Measure::Worst => m.trial.measure_worst(),
        Measure::Worse => m.trial.measure_worse(),
        Measure::Lost => m.trial.measure_lost(),
    }
}

/// How many of the unit in which a measure is kept go into the unit in which people read it.
pub(super) fn scale(it: Measure) -> i64 {
    match it {
        Measure::Points | Measure::Minutes | Measure::Worse => 10,
        Measure::Cost => 100,
        _ => 1,
    }
}

/// A number in the unit in which people read it.
pub(super) fn amount(it: Measure, value: i64) -> String {
    let (scale, sign) = (scale(it), if value < 0 { "−" } else { "" });
    let size = i64::try_from(value.unsigned_abs()).unwrap_or(i64::MAX);
    match (scale, size % scale) {
        (1, _) | (_, 0) => format!("{sign}{}", number(size / scale)),
        (10, rest) => format!("{sign}{},{rest}", number(size / 10)),
        (_, rest) => format!("{sign}{},{rest:02}", number(size / 100)),
    }
}

/// Whether a measure counts people: a few of them are not shown to everybody.
fn counts_people(it: Measure) -> bool {
    !matches!(it, Measure::Points | Measure::Minutes | Measure::Cost | Measure::Worse)
}

struct Limit {
    what: String,
    bound: String,
    found: String,
    met: bool,
}

struct Row {
    what: &'static str,
    cells: [String; 3],
}

struct Board {
    name: String,
    cells: [String; 4],
}

#[derive(Default)]
struct Wave {
    name: String,
    says: Vec<String>,
    rows: Vec<Row>,
    boards: Vec<Board>,
}

#[derive(Template)]
#[template(path = "admin/trial.html")]
struct TrialPage {
    frame: Frame,
    title: String,
    back: (String, String),
    asked: String,
    against: String,
    changed: bool,
    busy: bool,
    stop: Option<String>,
    look: Look,
    limits: Vec<Limit>,
    waves: Vec<Wave>,
    small: bool,
}

pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Ids((name, number, id)): Ids<(String, String, String)>,
    _: NoKeys,
) -> Result<Response, Problem> {
    let named = named((name, number))?;
    let told = trials::read(&app.store, &named, &id).await?;
    let names = administration::account_names(&app.store).await?;
    let now = app.store.read().policy(&named).await?.ok_or_else(Problem::unknown)?;
    let small = visitor.asked.caller.role() == Role::Intermediair;
    let (frame, back) = match small {
        true => (visitor.frame(&app, Section::Policies), paths::policy_draft(&named.name, named.number)),
        false => (super::frame(&app, &visitor, Sheet::Policies), paths::admin_policy(&named.name, named.number)),
    };
    let busy = told.busy();
    let frame = if busy { frame.refreshed(SOON) } else { frame };
    let m = frame.m;
    let by = names.get(&told.trial.asked.who).cloned().unwrap_or_else(|| told.trial.asked.who.clone());
    page(&TrialPage {
        title: m.trial.title(capital(&title_of(&named))),
        back: (back, capital(&title_of(&named))),
        asked: m.trial.asked(by, day(told.trial.asked.at)),
        against: told.trial.against.as_ref().map_or_else(|| m.trial.compared_own().to_owned(), |it| m.trial.compared_with(title_of(it))),
        changed: told.trial.content != crate::store::policies::digest(&now.content),
        stop: (busy && small).then(|| paths::stop_policy_trial(&named.name, named.number, &id)),
        look: look(m, &told, true),
        limits: limits(m, &told, small),
        waves: told.waves.iter().map(|it| wave(m, it, small)).collect(),
        busy,
        small,
        frame,
    })
}

pub(super) async fn stop(
    State(app): State<App>,
    visitor: Visitor,
    Ids((name, number, id)): Ids<(String, String, String)>,
    _: NoKeys,
) -> Result<Response, Problem> {
    let named = named((name, number))?;
    trials::stop(&app.store, &visitor.asked, &named, &id).await?;
    Ok(after(&paths::policy_trial(&named.name, named.number, &id), Done::TrialStopped))
}

fn limits(m: Messages, told: &Told, small: bool) -> Vec<Limit> {
    let row = |(it, value): (Threshold, Option<i64>)| {
        let least = it.least.map(|bound| format!("{} {}", m.trial.least(), amount(it.measure, bound)));
        let most = it.most.map(|bound| format!("{} {}", m.trial.most(), amount(it.measure, bound)));
        let few = |value: i64| counts_people(it.measure) && (1..FEW).contains(&value.abs());
        Limit {
            what: capital(measure(m, it.measure)),
            bound: list(m, &least.into_iter().chain(most).collect::<Vec<_>>()),
            found: match value {
                None => m.trial.unmeasured().to_owned(),
                Some(_) if !small && it.measure == Measure::Worst => m.trial.hidden().to_owned(),
                Some(value) if !small && few(value) => m.trial.few().to_owned(),
                Some(value) => amount(it.measure, value),
            },
            met: value.is_some_and(|value| it.met(value)),
        }
    };
    told.judged().0.into_iter().map(row).collect()
}

fn wave(m: Messages, tried: &Tried, small: bool) -> Wave {
    let name = tried.name.clone();
    let Some(line) = &tried.line else {
        let message = tried.job.message.as_ref().filter(|_| tried.job.state.ended());
        let why = message.map_or_else(|| m.trial.waiting().to_owned(), |it| it.text.clone());
        return Wave { name, says: vec![why], ..Wave::default() };
    };
    let both = line.before.figures.as_ref().zip(line.after.figures.as_ref());
    let mut says = unproven(m, line);
    says.extend(line.otherwise.iter().flat_map(|it| otherwise(m, it, small)));
    let rows = both.map(|(was, now)| rows(m, was, now, small)).unwrap_or_default();
    Wave { name, says, rows, boards: boards(&line.boards, small) }
}

/// What must be said before the figures: which plan is not there, or not proven.
fn unproven(m: Messages, line: &Line) -> Vec<String> {
    let t = m.trial;
    let says = |status, unproven: &str, impossible: &str, stopped: &str| match status {
        Verdict::Optimal => None,
        Verdict::Feasible => Some(unproven.to_owned()),
        Verdict::Impossible => Some(impossible.to_owned()),
        Verdict::Stopped => Some(stopped.to_owned()),
    };
    let before = says(line.before.status, t.unproven_old(), t.no_plan_old(), t.stopped_old());
    let after = says(line.after.status, t.unproven_new(), t.no_plan_new(), t.stopped_new());
    before.into_iter().chain(after).collect()
}

/// What is otherwise for people, in sentences.
fn otherwise(m: Messages, it: &OtherwiseLine, small: bool) -> Vec<String> {
    let t = m.trial;
    let people = it.people();
    if people == 0 {
        return vec![t.otherwise_none().to_owned()];
    }
    if !small {
        return vec![if people < FEW { t.otherwise_few().to_owned() } else { t.otherwise_sum(people) }];
    }
    let parts = [
        (it.elsewhere > 0).then(|| t.elsewhere(it.elsewhere)),
        (it.other_coach > 0).then(|| t.other_coach(it.other_coach)),
        (it.gained > 0).then(|| t.gained(it.gained)),
        (it.lost > 0).then(|| t.lost(it.lost)),
    ];
    let mut says = vec![t.otherwise(people, list(m, &parts.into_iter().flatten().collect::<Vec<_>>()))];
    if it.better + it.worse > 0 {
        says.push(t.fits(it.better, it.worse));
    }
    if !it.least {
        says.push(t.not_least().to_owned());
    }
    says
}

/// Tenths with a comma where they are no whole number.
fn tenths(value: i64) -> String {
    match value % 10 {
        0 => number(value / 10),
        rest => format!("{},{}", number(value / 10), rest.abs()),
    }
}

/// Old, new and the difference; counts of parts of the people may be hidden.
fn rows(m: Messages, was: &FiguresLine, now: &FiguresLine, small: bool) -> Vec<Row> {
    let t = m.trial;
    let shown = |it: &FiguresLine| {
        let parts: Vec<u64> = it.choices.iter().chain([&it.unplaced]).map(|it| u64::try_from(*it).unwrap_or(0)).collect();
        small::parts(&parts).parts
    };
    let (before, after) = (shown(was), shown(now));
    let open = |at: usize| small || [&before, &after].iter().all(|it| it.get(at).is_some_and(Option::is_some));
    let many = |of: &dyn Fn(&FiguresLine) -> i64| small || [was, now].iter().all(|it| of(it) == 0 || of(it) >= FEW);
    let row = |what, open: bool, of: &dyn Fn(&FiguresLine) -> i64, unit: &dyn Fn(i64) -> String| Row {
        what,
        cells: match open {
            true => [unit(of(was)), unit(of(now)), changed(of(now) - of(was), unit)],
            false => [t.hidden().to_owned(), t.hidden().to_owned(), String::new()],
        },
    };
    let mut rows = vec![
        row(t.row_placed(), true, &|it| it.placed, &number),
        row(t.row_first(), open(0), &|it| it.choices[0], &number),
        row(t.row_second(), open(1), &|it| it.choices[1], &number),
        row(t.row_later(), open(2), &|it| it.choices[2], &number),
        row(t.row_unplaced(), open(3), &|it| it.unplaced, &number),
        row(t.row_points(), true, &|it| it.mean_points, &tenths),
        row(t.row_minutes(), true, &|it| it.mean_minutes, &|it| t.minutes_of(tenths(it))),
    ];
    if small && was.worst.is_some() && now.worst.is_some() {
        rows.push(row(t.row_worst(), true, &|it| it.worst.map_or(0, |it| it.points), &number));
    }
    rows.extend([
        row(t.row_envious(), many(&|it| it.envious), &|it| it.envious, &number),
        row(t.row_target(), true, &|it| it.target_placed, &|it| t.percent_of(tenths(it))),
        row(t.row_hard(), many(&|it| it.hard), &|it| it.hard, &number),
        row(t.row_starters(), many(&|it| it.starters), &|it| it.starters, &number),
        row(t.row_hours(), true, &|it| it.hours, &|it| t.hours_of(number(it))),
        row(t.row_cost(), true, &|it| it.cents, &euros),
    ]);
    rows
}

/// A difference with its sign; "=" for none.
fn changed(value: i64, unit: &dyn Fn(i64) -> String) -> String {
    match value {
        0 => "=".to_owned(),
        value if value > 0 => format!("+{}", unit(value)),
        value => format!("−{}", unit(value.saturating_neg())),
    }
}

/// The boards that get more or fewer; of a board with a few placements that is told to the intermediary alone.
fn boards(all: &[BoardLine], small: bool) -> Vec<Board> {
    let told = |it: &&BoardLine| it.before != it.after && (small || it.before.min(it.after) >= FEW);
    let board = |it: &BoardLine| Board {
        name: it.name.clone(),
        cells: [number(it.seats), number(it.before), number(it.after), changed(it.after - it.before, &number)],
    };
    all.iter().filter(told).map(board).collect()
}
