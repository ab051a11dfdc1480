//! The runs of a wave: one goal by goal while it works and after it, what it computes with, and those before it.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use axum::routing::{get, post};

use super::bar::Bar;
use super::declared::Pages;
use super::done::Done;
use super::form::Form;
use super::frame::{Frame, Tab, after, page};
use super::visitor::Visitor;
use super::wavebar::around;
use super::{paths, told};
use crate::access::Role;
use crate::actions::course::{self, Course, Detail, Inputs, Occasion, ROWS};
use crate::actions::runs::{self, Wish};
use crate::desk::changed::Changed;
use crate::desk::goals::{Aim, Goal, Proof};
use crate::desk::prepare::Changes;
use crate::present::dutch::number;
use crate::records::batch::CauseKind;
use crate::records::job::State as JobState;
use crate::records::policy::{Policy, PolicyState};
use crate::records::wave::Life;
use crate::serve::app::App;
use crate::serve::body::{Ids, Keys};
use crate::serve::problem::Problem;
use loket_solver::matching::facts::outcome::Verdict;

const ROLES: &[Role] = &[Role::Intermediair];

/// Seconds between two looks at a run that works.
const SOON: u32 = 5;

/// Most occasions that are told of a run.
const TOLD: usize = 2;

/// The pages of this area.
pub fn pages() -> Pages {
    Pages::new().at(ROLES, paths::WAVE_RUNS, get(newest).post(ask)).at(ROLES, paths::RUN, get(one)).at(ROLES, paths::RUN_STOP, post(stop))
}

/// A goal as a row.
struct Row {
    title: String,
    counts: String,
    value: String,
    /// Of how many, for people.
    of: Option<String>,
    kind: &'static str,
    icon: &'static str,
    says: String,
    /// How much of the first gap is closed, and that in words.
    gap: Option<(Bar, String)>,
    waits: bool,
}

/// The run that is looked at.
struct Now {
    number: i64,
    headline: String,
    since: String,
    plan: String,
    /// What went otherwise.
    remark: Option<String>,
    busy: bool,
    /// Where it is stopped, and with what words.
    stop: Option<(String, &'static str)>,
    /// Whether its plan counts, and can be reviewed.
    review: Option<String>,
    outdated: bool,
    goals: Vec<Row>,
    with: Vec<Fact>,
    refreshed: String,
    here: String,
}

/// What a run computes with, in words; a second line under it.
struct Fact {
    what: &'static str,
    says: String,
    under: String,
    place: String,
}

/// A run among the others.
struct Line {
    number: i64,
    place: String,
    when: String,
    kind: &'static str,
    icon: &'static str,
    state: String,
    placed: String,
    fit: String,
    what: String,
    compare: Option<String>,
}

/// A step in the life of the wave.
struct Stage {
    title: &'static str,
    says: String,
    done: bool,
    here: bool,
}

#[derive(Template)]
#[template(path = "runs/show.html")]
struct RunsPage {
    frame: Frame,
    title: String,
    stages: Vec<Stage>,
    now: Option<Now>,
    lines: Vec<Line>,
    fits: bool,
    older: Option<String>,
    newer: Option<String>,
    /// Whether a run can be asked for now.
    asks: bool,
    ask: String,
    empty: &'static str,
    trial: String,
    dropouts: String,
    input: String,
    planned: bool,
}

async fn newest(State(app): State<App>, visitor: Visitor, Ids(wave): Ids<String>, keys: Keys) -> Result<Response, Problem> {
    shown(app, visitor, &wave, None, keys).await
}

async fn one(
    State(app): State<App>,
    visitor: Visitor,
    Ids((wave, number)): Ids<(String, String)>,
    keys: Keys,
) -> Result<Response, Problem> {
    let number = number.parse().map_err(|_| Problem::unknown())?;
    shown(app, visitor, &wave, Some(number), keys).await
}

async fn shown(app: App, visitor: Visitor, wave: &str, number: Option<i64>, mut keys: Keys) -> Result<Response, Problem> {
    let at = keys.text("na").and_then(|it| it.parse::<i64>().ok()).unwrap_or(0).clamp(0, i64::from(i32::MAX));
    let found = course::course(&app.store, &visitor.asked, wave, number, at).await?;
    let frame = around(&app, &visitor, &found.wave.id, Tab::Runs).await?.0;
    let frame = match &found.detail {
        Some(detail) => frame.about_run(detail.run.number),
        None => frame,
    };
    let busy = found.detail.as_ref().is_some_and(|it| !it.run.job.state.ended());
    let frame = if busy { frame.refreshed(SOON) } else { frame };
    page(&drawn(&app, frame, found, at))
}

fn drawn(app: &App, frame: Frame, found: Course, at: i64) -> RunsPage {
    let (m, clock) = (frame.m.runs, app.store.clock().now());
    let wave = &found.wave;
    let id = wave.id.as_str();
    let now = found.detail.as_ref().map(|it| now(&frame, &found, it, clock));
    let title = match &now {
        Some(now) => m.title(now.number, &wave.name),
        None => m.title_none(&wave.name),
    };
    let lines: Vec<Line> = found.rows.iter().map(|row| line(&frame, id, row, clock)).collect();
    let page_at = |at: i64| paths::wave_runs_after(id, at);
    let busy = found.rows.iter().any(|it| !it.run.job.state.ended() && it.run.batch.is_none());
    RunsPage {
        stages: stages(&frame, &found),
        fits: found.rows.iter().any(|it| it.fit.is_some()),
        older: (at + ROWS < found.all).then(|| page_at(at + ROWS)),
        newer: (at > 0).then(|| page_at((at - ROWS).max(0))),
        asks: !busy && wave.life != Life::Concept && wave.life < Life::Vastgesteld,
        ask: paths::wave_runs(id),
        empty: match wave.life {
            Life::Concept => m.empty_concept(),
            Life::Ingediend | Life::Berekend | Life::InBeoordeling => m.empty_why(),
            Life::Vastgesteld | Life::Gesloten => m.empty_over(),
        },
        trial: paths::trial(id),
        dropouts: paths::dropouts(id),
        input: paths::wave_input(id),
        planned: wave.current.is_some(),
        title,
        now,
        lines,
        frame,
    }
}

fn counted(it: usize) -> String {
    number(i64::try_from(it).unwrap_or(i64::MAX))
}

fn now(frame: &Frame, found: &Course, detail: &Detail, clock: i64) -> Now {
    let (m, run) = (frame.m.runs, &detail.run);
    let (job, wave) = (&run.job, found.wave.id.as_str());
    let planned = job.status.is_some_and(Verdict::has_plan);
    let counts = found.wave.current.as_deref() == Some(job.id.as_str());
    let headline = match (job.state, job.status) {
        (JobState::Bezig, _) if job.stopping => m.stopping().to_owned(),
        (JobState::Bezig, _) => m.at_goal(detail.at(), detail.goals.len()),
        (JobState::Wachtrij, _) => m.in_line().to_owned(),
        (JobState::Klaar, Some(Verdict::Optimal)) => m.ended_best().to_owned(),
        (JobState::Klaar, Some(Verdict::Impossible)) => m.ended_impossible().to_owned(),
        (JobState::Klaar, _) => m.ended_open().to_owned(),
        (JobState::Afgebroken, _) if planned => m.ended_stopped().to_owned(),
        (JobState::Afgebroken, _) => m.ended_stopped_none().to_owned(),
        (JobState::Mislukt, _) => m.ended_failed().to_owned(),
    };
    let since = match (job.begun, job.ended) {
        (Some(begun), Some(ended)) => m.took(told::long(frame.m, ended - begun), told::moment(frame.m, ended, clock)),
        (Some(begun), None) => m.since(told::long(frame.m, clock - begun)),
        (None, _) => m.asked_at(told::moment(frame.m, job.created, clock)),
    };
    let plan = match (job.state.ended(), planned) {
        (false, true) => m.has_plan().to_owned(),
        (false, false) => m.no_plan_yet().to_owned(),
        (true, _) if counts => m.under_review().to_owned(),
        (true, _) => String::new(),
    };
    Now {
        number: run.number,
        headline,
        since,
        plan,
        remark: job.message.as_ref().map(|it| it.text.clone()),
        busy: !job.state.ended(),
        stop: (!job.state.ended() && !job.stopping && run.batch.is_none())
            .then(|| (paths::run_stop(wave, run.number), if planned { m.stop() } else { m.stop_none() })),
        review: (counts && found.wave.life.under_review()).then(|| paths::wave_review(wave)),
        outdated: counts && run.outdated,
        goals: detail.goals.iter().map(|it| row(frame, it, detail.inputs.candidates)).collect(),
        with: with(frame, wave, detail, clock),
        refreshed: told::moment(frame.m, clock, clock),
        here: paths::run(wave, run.number),
    }
}

fn row(frame: &Frame, goal: &Goal, people: usize) -> Row {
    let m = frame.m.runs;
    let (kind, icon, says) = match goal.proof {
        Proof::Best => ("good", "vink", m.best().to_owned()),
        Proof::Within { percent } => ("good", "vink", m.within(percent)),
        Proof::AtWork { gap, .. } if goal.aim == Aim::Placed => ("info", "klok", m.at_most_people(number(gap.points), gap.points)),
        Proof::AtWork { gap, .. } => ("info", "klok", m.at_most(told::gap(frame.m, goal.aim, gap))),
        Proof::Searching => ("info", "klok", m.searching().to_owned()),
        Proof::Waits { on } => ("quiet", "rondje", m.waits(on)),
        Proof::Open { gap } => ("warn", "letop", m.open(told::gap(frame.m, goal.aim, gap))),
        Proof::Unknown => ("quiet", "rondje", m.unknown().to_owned()),
    };
    let gap = match goal.proof {
        Proof::AtWork { gap, first } if first.points > 0 => {
            let bar = Bar::of(first.points - gap.points, first.points);
            Some((bar, m.gap_was(told::gap(frame.m, goal.aim, first), told::gap(frame.m, goal.aim, gap))))
        }
        _ => None,
    };
    let mut counts = told::counts(frame.m, goal);
    match (goal.tolerance, goal.best, goal.bound, goal.proof) {
        (0, _, Some(bound), Proof::AtWork { .. } | Proof::Open { .. }) => {
            counts = format!("{counts}; {}", frame.m.told.ceiling(number(bound)))
        }
        (1.., Some(best), ..) => counts = format!("{counts}; {}", frame.m.told.tolerance(goal.tolerance, number(best))),
        _ => {}
    }
    Row {
        title: told::goal(frame.m, &goal.name, goal.aim, &goal.weights),
        counts,
        value: goal.value.map_or_else(|| m.nothing_yet().to_owned(), number),
        of: (goal.aim == Aim::Placed && goal.value.is_some()).then(|| number(i64::try_from(people).unwrap_or(i64::MAX))),
        kind,
        icon,
        says,
        gap,
        waits: matches!(goal.proof, Proof::Waits { .. }),
    }
}

fn with(frame: &Frame, wave: &str, detail: &Detail, clock: i64) -> Vec<Fact> {
    let m = frame.m.runs;
    let Inputs { candidates, seats, schools, coaches, room, seed, changes } = &detail.inputs;
    let fact = |what, says: String| Fact { what, says, under: String::new(), place: String::new() };
    let whole = |it: u64| number(i64::try_from(it).unwrap_or(i64::MAX));
    let mut all = Vec::new();
    if let Some(at) = detail.filled {
        all.push(Fact { place: paths::wave_input(wave), ..fact(m.input(), m.input_of(told::moment(frame.m, at, clock))) });
    }
    all.push(fact(m.candidates(), counted(*candidates)));
    all.push(fact(m.seats(), m.seats_at(whole(*seats), schools)));
    all.push(fact(m.coaches(), m.coaches_room(counted(*coaches), whole(*room), room)));
    all.push(fact(m.decisions(), if detail.decisions > 0 { m.decisions_stay(detail.decisions) } else { m.decisions_none().to_owned() }));
    if let Some(changes) = changes {
        all.push(fact(m.changes(), m.changes_most(changes)));
    }
    if let Some(policy) = &detail.policy {
        all.push(Fact { under: approval(frame, policy), ..fact(m.policy(), m.policy_version(&policy.named.name, policy.named.number)) });
    }
    if let (Some(seed), Some(drawn)) = (seed, detail.drawn) {
        all.push(fact(m.lot(), m.lot_drawn(seed, told::day_at(frame.m, drawn))));
    }
    all.push(fact(m.by(), detail.by.clone()));
    all
}

fn approval(frame: &Frame, policy: &Policy) -> String {
    let m = frame.m.runs;
    match (policy.state, &policy.approved) {
        (PolicyState::Concept, _) => m.policy_draft().to_owned(),
        (PolicyState::Ingetrokken, _) => m.policy_retired().to_owned(),
        (PolicyState::Goedgekeurd, Some(by)) if by.from_the_start() => m.policy_from_the_start().to_owned(),
        (PolicyState::Goedgekeurd, Some(by)) => m.policy_approved(told::day_at(frame.m, by.at)),
        (PolicyState::Goedgekeurd, None) => String::new(),
    }
}

fn line(frame: &Frame, wave: &str, row: &course::Row, clock: i64) -> Line {
    let (m, run) = (frame.m.runs, &row.run);
    let (kind, icon, state) = match run.job.state {
        JobState::Wachtrij => ("info", "klok", m.state_waiting().to_owned()),
        JobState::Bezig => ("info", "klok", m.state_busy().to_owned()),
        JobState::Klaar if row.counts => ("good", "vink", m.state_now().to_owned()),
        JobState::Klaar => ("good", "vink", m.state_done().to_owned()),
        JobState::Mislukt => ("bad", "kruis", m.state_failed().to_owned()),
        JobState::Afgebroken => {
            let says = row.stopped_by.as_ref().map_or_else(|| m.state_stopped().to_owned(), |it| m.state_stopped_by(it));
            ("quiet", "kruis", says)
        }
    };
    let mut what: Vec<String> = row.occasions.iter().take(TOLD).map(|it| occasion(frame, it)).collect();
    let more = row.occasions.len().saturating_sub(TOLD);
    if more > 0 {
        what.push(m.more_changed(more));
    }
    Line {
        number: run.number,
        place: match &run.batch {
            Some(batch) => paths::batch(batch),
            None => paths::run(wave, run.number),
        },
        when: told::moment(frame.m, run.job.created, clock),
        kind,
        icon,
        state,
        placed: row.placed.map(number).unwrap_or_default(),
        fit: row.fit.map(number).unwrap_or_default(),
        what: what.join(", "),
        compare: (run.planned() && run.before.is_some()).then(|| paths::compare_with(wave, run.number)),
    }
}

fn occasion(frame: &Frame, occasion: &Occasion) -> String {
    let m = frame.m.runs;
    match occasion {
        Occasion::First => m.first().to_owned(),
        Occasion::Decisions { count, by } => m.decided(count, told::list(frame.m, by)),
        Occasion::File(changed) => match changed {
            Changed::Seats { board, by } if *by > 0 => m.seats_more(board, by),
            Changed::Seats { board, by } => m.seats_fewer(board, by.saturating_abs()),
            Changed::SeatsElsewhere { board } => m.seats_elsewhere(board),
            Changed::Came(count) => m.came(count),
            Changed::Went(count) => m.went(count),
            Changed::CandidatesOtherwise(count) => m.candidates_otherwise(count),
            Changed::CoachesCame(count) => m.coaches_came(count),
            Changed::CoachesWent(count) => m.coaches_went(count),
            Changed::CoachesOtherwise(count) => m.coaches_otherwise(count),
            Changed::Policy => m.other_policy().to_owned(),
            Changed::Rest => m.rest().to_owned(),
        },
        Occasion::Dropout { cause, name } => {
            let name = name.as_ref().unwrap_or(&cause.id);
            match cause.kind {
                CauseKind::Nakomer => m.late(name),
                CauseKind::Ruil => m.exchanging().to_owned(),
                CauseKind::Coach | CauseKind::School | CauseKind::Plek | CauseKind::Kandidaat => {
                    m.dropout(name, told::day(frame.m, &cause.from))
                }
            }
        }
        Occasion::Nothing => m.same().to_owned(),
    }
}

fn stages(frame: &Frame, found: &Course) -> Vec<Stage> {
    let (m, wave) = (frame.m.runs, &found.wave);
    let life = wave.life;
    let stage = |title, says: String, done| Stage { title, says, done, here: false };
    let not_yet = || m.stage_not_yet().to_owned();
    let people = found.detail.as_ref().map_or_else(String::new, |it| m.stage_people(counted(it.inputs.candidates), it.inputs.candidates));
    let busy = found.detail.as_ref().is_some_and(|it| !it.run.job.state.ended());
    let drawn = found.detail.as_ref().and_then(|it| it.drawn).map(|at| told::day_at(frame.m, at));
    let run = match (busy, wave.current.is_some()) {
        (true, _) => m.stage_busy().to_owned(),
        (false, true) => m.stage_done().to_owned(),
        (false, false) => not_yet(),
    };
    let reviewed = found.reviewed.map_or_else(not_yet, |(done, all)| m.stage_reviewed(number(done), number(all)));
    let settled = found.settled.map_or_else(not_yet, |(done, all)| m.stage_reviewed(number(done), number(all)));
    vec![
        stage(m.stage_input(), people, true),
        stage(m.stage_sent(), drawn.unwrap_or_else(not_yet), life > Life::Concept),
        Stage { here: true, ..stage(m.stage_run(), run, wave.current.is_some() && !busy) },
        stage(m.stage_review(), reviewed, life >= Life::Vastgesteld),
        stage(m.stage_answers(), settled, found.settled.is_some_and(|(done, all)| all > 0 && done == all)),
        stage(m.stage_publish(), if life >= Life::Vastgesteld { m.stage_done().to_owned() } else { not_yet() }, life >= Life::Vastgesteld),
    ]
}

async fn ask(State(app): State<App>, visitor: Visitor, Ids(wave): Ids<String>, form: Form) -> Result<Response, Problem> {
    let most = i64::try_from(app.settings.run_time.as_secs()).unwrap_or(i64::MAX);
    let changes = match form.text("schuiven") {
        "geen" => Changes::AtMost(0),
        "enkele" => Changes::AtMost(5),
        "vrij" => Changes::Free,
        _ => Changes::AsWave,
    };
    let run = runs::ask(&app.store, &visitor.asked, &wave, Wish { seconds: None, changes }, most).await?;
    Ok(after(&paths::run(&wave, run.number), Done::RunAsked))
}

async fn stop(State(app): State<App>, visitor: Visitor, Ids((wave, number)): Ids<(String, String)>) -> Result<Response, Problem> {
    let number = number.parse().map_err(|_| Problem::unknown())?;
    let run = app.store.read().run_numbered(&wave, number).await?.ok_or_else(Problem::unknown)?;
    runs::stop(&app.store, &visitor.asked, &run.job.id).await?;
    Ok(after(&paths::run(&wave, number), Done::RunStopped))
}
