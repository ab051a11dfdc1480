//! What if a coach drops out: the weakest spot, every coach in turn with who takes over, who stands by, and the room that is left.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;

use super::bar::Bar;
use super::declared::Pages;
use super::done::Done;
use super::frame::{Frame, Tab, after, page};
use super::visitor::Visitor;
use super::wavebar::around;
use super::{paths, told};
use crate::access::Role;
use crate::actions::standby::{self, Found, Row, Trial};
use crate::desk::goals::Aim;
use crate::present::dutch::number;
use crate::records::job::{Job, State as JobState};
use crate::records::progress::{AtTrial, Progress};
use crate::serve::app::App;
use crate::serve::body::Ids;
use crate::serve::problem::Problem;
use loket_solver::matching::facts::outcome::Verdict;
use loket_solver::matching::facts::words::CoachKind;

const ROLES: &[Role] = &[Role::Intermediair];

/// Seconds between two looks at a trial that works.
const SOON: u32 = 5;

/// Most coaches who are named as those who take over.
const NAMED: usize = 3;

/// Goals whose change is shown in the table, in this order.
const SHOWN: [Aim; 2] = [Aim::Bond, Aim::Fit];

/// The page of this file.
pub fn pages() -> Pages {
    Pages::new().at(ROLES, paths::TRIAL, get(show).post(ask))
}

/// A coach in the table.
struct Line {
    name: String,
    who: String,
    takes: String,
    /// How it ended, where there is no plan.
    ended: Option<&'static str>,
    left: usize,
    along: usize,
    changes: Vec<(String, &'static str)>,
    stands_by: String,
    stands_by_what: String,
}

/// The weakest spot.
struct Weakest {
    name: String,
    what: String,
    people: usize,
    along: usize,
    left: usize,
    /// How much less the people suit, and in which words.
    fit: Option<(String, &'static str)>,
    stands_by: Option<String>,
    moves: Vec<String>,
}

/// What was found, drawn.
struct Shown {
    sentence: String,
    weakest: Option<Weakest>,
    heads: Vec<String>,
    lines: Vec<Line>,
    stand_ins_title: String,
    stand_ins: Vec<(String, usize, usize)>,
    room_title: String,
    room: Vec<(String, usize, Bar)>,
    together: usize,
    proof: String,
    proven: bool,
    complete: bool,
}

#[derive(Template)]
#[template(path = "standby.html")]
struct StandbyPage {
    frame: Frame,
    wave: (String, String),
    runs: String,
    here: String,
    planned: bool,
    /// How far it is, while it works.
    busy: Option<(String, Bar)>,
    failed: Option<String>,
    found: Option<Shown>,
}

async fn show(State(app): State<App>, visitor: Visitor, Ids(wave): Ids<String>) -> Result<Response, Problem> {
    let trial = standby::seen(&app.store, &visitor.asked, &wave).await?;
    let frame = around(&app, &visitor, &trial.wave.id, Tab::Overview).await?.0;
    let busy = trial.job.as_ref().filter(|it| !it.state.ended()).map(|it| working(&frame, it));
    let frame = if busy.is_some() { frame.refreshed(SOON) } else { frame };
    let failed = trial.job.as_ref().filter(|it| it.state.ended() && trial.found.is_none());
    page(&StandbyPage {
        wave: (trial.wave.name.clone(), paths::wave(&trial.wave.id)),
        runs: paths::wave_runs(&trial.wave.id),
        here: paths::trial(&trial.wave.id),
        planned: trial.run.is_some(),
        failed: failed.map(|it| it.message.as_ref().map(|it| it.text.clone()).unwrap_or_default()),
        found: found(&frame, &trial),
        busy,
        frame,
    })
}

fn working(frame: &Frame, job: &Job) -> (String, Bar) {
    let m = frame.m.standby;
    match (job.state, &job.progress) {
        (JobState::Bezig, Some(Progress::Trial(AtTrial { done, of }))) => {
            let bar = Bar::of(i64::try_from(*done).unwrap_or(i64::MAX), i64::try_from(*of).unwrap_or(i64::MAX));
            (m.busy(*done, *of), bar)
        }
        _ => (m.waiting().to_owned(), Bar::default()),
    }
}

fn found(frame: &Frame, trial: &Trial) -> Option<Shown> {
    let (m, found) = (frame.m.standby, trial.found.as_ref()?);
    let losing = found.rows.iter().filter(|it| !it.left.is_empty()).count();
    let moving = found.rows.iter().filter(|it| !it.along.is_empty()).count();
    let first = if losing == 0 { m.all_keep().to_owned() } else { m.some_lose(losing) };
    let second = if moving == 0 { m.along_none().to_owned() } else { m.along_some(moving, found.rows.len()) };
    let goals = goals(found);
    let heads = goals.iter().map(|(name, aim)| told::short_goal(frame.m, name, *aim)).collect();
    let stand_ins: Vec<(String, usize, usize)> =
        found.stand_ins().into_iter().map(|(name, count, room)| (name.to_owned(), count, room)).collect();
    let most = found.room.first().map_or(0, |it| it.free);
    let whole = |it: usize| i64::try_from(it).unwrap_or(i64::MAX);
    let room = found.room.iter().map(|it| (with_kind(frame, &it.name, it.kind), it.free, Bar::of(whole(it.free), whole(most))));
    let together = found.room.iter().map(|it| it.free).sum();
    Some(Shown {
        sentence: format!("{first} {second}"),
        weakest: found.rows.first().filter(|it| it.people > 0).map(|it| weakest(frame, it)),
        heads,
        lines: found.rows.iter().map(|it| line(frame, it, &goals)).collect(),
        stand_ins_title: stand_ins.first().map_or_else(String::new, |(name, count, _)| m.stand_ins(name, count)),
        stand_ins,
        room_title: if together > 0 { m.room_left(together) } else { m.no_room().to_owned() },
        room: room.collect(),
        together,
        proof: if found.proven { m.computed(found.rows.len()) } else { m.computed_open(found.rows.len()) },
        proven: found.proven,
        complete: found.complete,
    })
}

/// Which goals the table shows: the first of each kind that there is.
fn goals(found: &Found) -> Vec<(String, Aim)> {
    let all = found.rows.iter().find(|it| !it.goals.is_empty()).map_or(&[][..], |it| &it.goals);
    let one = |aim: Aim| all.iter().find(|it| it.aim == aim).map(|it| (it.name.clone(), aim));
    SHOWN.into_iter().filter_map(one).collect()
}

fn with_kind(frame: &Frame, name: &str, kind: CoachKind) -> String {
    match kind {
        CoachKind::Intern => name.to_owned(),
        CoachKind::Extern => format!("{name} ({})", frame.m.standby.external()),
    }
}

fn weakest(frame: &Frame, row: &Row) -> Weakest {
    let m = frame.m.standby;
    let mut what = m.weakest_what(row.people, row.takes.len());
    if !row.along.is_empty() {
        what = format!("{what} {}", m.weakest_room(row.along.len()));
    }
    let fit = row.goals.iter().find(|it| it.aim == Aim::Fit).map(|it| {
        let by = it.now - it.was;
        (number(by.saturating_abs()), if by > 0 { m.fit_more() } else { m.fit_less() })
    });
    let goes = |(name, to): &(String, Option<String>)| match to {
        Some(coach) => m.goes_to(name, coach),
        None => m.goes_nowhere(name),
    };
    let moves = row.moves.iter().map(goes).chain(row.along.iter().map(|it| m.also_moves(it)));
    Weakest {
        name: row.name.clone(),
        what,
        people: row.people,
        along: row.along.len(),
        left: row.left.len(),
        fit,
        stands_by: row.stand_by.as_ref().filter(|(_, takes, _)| *takes > 0).map(|(name, takes, _)| m.stands_by(name, takes)),
        moves: moves.collect(),
    }
}

fn line(frame: &Frame, row: &Row, goals: &[(String, Aim)]) -> Line {
    let m = frame.m.standby;
    let kind = match row.kind {
        CoachKind::Intern => m.internal(),
        CoachKind::Extern => m.external(),
    };
    let mut takes: Vec<String> = row.takes.iter().take(NAMED).map(|(name, count)| format!("{name} {count}")).collect();
    let rest = row.takes.get(NAMED..).unwrap_or_default();
    if !rest.is_empty() {
        takes.push(m.and_others(rest.iter().map(|(_, count)| count).sum::<usize>(), rest.len()));
    }
    let (stands_by, stands_by_what) = match &row.stand_by {
        _ if row.people == 0 => (m.not_needed().to_owned(), String::new()),
        None => (m.no_one().to_owned(), String::new()),
        Some((name, 0, could)) => (name.clone(), m.could(could)),
        Some((name, takes, _)) => (name.clone(), m.takes(takes)),
    };
    let change = |(name, _): &(String, Aim)| match row.goals.iter().find(|it| it.name == *name) {
        Some(pair) => {
            let told = told::goal_row(frame.m, pair);
            (told.change, if told.kind == "warn" { "" } else { told.kind })
        }
        None => (String::new(), ""),
    };
    Line {
        name: row.name.clone(),
        who: format!("{kind}, {}", m.people(row.people)),
        takes: match (row.people, takes.is_empty()) {
            (0, _) => m.nobody().to_owned(),
            (_, true) => m.nowhere().to_owned(),
            (_, false) => told::list(frame.m, &takes),
        },
        ended: match row.ended {
            Verdict::Optimal | Verdict::Feasible => None,
            Verdict::Impossible => Some(m.impossible()),
            Verdict::Stopped => Some(m.stopped()),
        },
        left: row.left.len(),
        along: row.along.len(),
        changes: goals.iter().map(change).collect(),
        stands_by,
        stands_by_what,
    }
}

async fn ask(State(app): State<App>, visitor: Visitor, Ids(wave): Ids<String>) -> Result<Response, Problem> {
    standby::ask(&app.store, &visitor.asked, &wave).await?;
    Ok(after(&paths::trial(&wave), Done::TrialAsked))
}
