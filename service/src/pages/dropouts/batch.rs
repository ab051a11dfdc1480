//! A drop-out or a late arrival: how far the proposal is, whom it touches and how, and the decision about it.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};

use super::shown::{Shown, shown};
use crate::access::Role;
use crate::actions::dropouts::seeing::{self, InWave, More, Seen};
use crate::actions::{Refused, answers, comparing, dropouts};
use crate::pages::declared::Pages;
use crate::pages::done::Done;
use crate::pages::form::Form;
use crate::pages::frame::{Frame, Section, Tab, after, status};
use crate::pages::visitor::Visitor;
use crate::pages::wavebar::around;
use crate::pages::{paths, told};
use crate::present::dutch::number;
use crate::present::rerun::people::{Difference, GoalPair};
use crate::records::batch::{Batch, CauseKind, Proposal};
use crate::records::job::State as JobState;
use crate::records::trade_off::Row as TradeRow;
use crate::serve::app::App;
use crate::serve::body::{Ids, Keys};
use crate::serve::problem::Problem;
use loket_solver::matching::ask::rerun::difference::Kind;
use loket_solver::matching::facts::outcome::Verdict;

const ROLES: &[Role] = &[Role::Intermediair];

/// Seconds between two looks at a proposal that is being worked out.
const SOON: u32 = 5;

/// The pages of this file.
pub fn pages() -> Pages {
    Pages::new()
        .at(ROLES, paths::BATCH, get(show))
        .at(ROLES, paths::BATCH_ACCEPT, post(accept))
        .at(ROLES, paths::BATCH_DECLINE, post(decline))
        .at(ROLES, paths::BATCH_MORE, post(ask_more))
}

/// What so many more moves bring.
struct MoreRow {
    extra: String,
    together: String,
    /// Each goal that differs; none for the proposal itself.
    brings: String,
    this: bool,
}

/// The price of more moves.
struct Price {
    rows: Vec<MoreRow>,
    busy: bool,
    asks: bool,
    /// Whether more than this brings nothing.
    complete: bool,
}

/// A wave of the batch.
struct Line {
    name: String,
    place: String,
    here: bool,
    kind: &'static str,
    icon: &'static str,
    state: &'static str,
    open: bool,
}

#[derive(Template)]
#[template(path = "dropouts/batch.html")]
struct BatchPage {
    frame: Frame,
    title: String,
    /// The wave whose difference is shown: its id, name and address.
    wave: Option<(String, String, String)>,
    dropouts: String,
    lines: Vec<Line>,
    busy: bool,
    done: usize,
    all: usize,
    failed: bool,
    /// Whether only the register follows.
    alone: bool,
    found: Option<Shown>,
    proven: Option<bool>,
    price: Option<Price>,
    more: String,
    remarks: Vec<String>,
    left_behind: Vec<String>,
    proposal: Proposal,
    decides: bool,
    version: i64,
    accept: String,
    decline: String,
    carry: Option<String>,
    /// What is wrong, with each point.
    wrong: Option<(String, Vec<String>)>,
}

impl BatchPage {
    /// What became of it, in words.
    fn settled(&self) -> &'static str {
        let d = self.frame.m.dropouts;
        match self.proposal {
            Proposal::Voorstel => d.proposal(),
            Proposal::Aanvaard => d.accepted(),
            Proposal::Afgewezen => d.declined(),
        }
    }

    /// How many waves are open for a decision.
    fn open(&self) -> usize {
        self.lines.iter().filter(|it| it.open).count()
    }
}

/// What it is about, as a headline.
pub fn title(frame: &Frame, batch: &Batch, name: Option<&String>) -> String {
    let d = frame.m.dropouts;
    let (name, day) = (name.unwrap_or(&batch.cause.id), told::day(frame.m, &batch.cause.from));
    match batch.cause.kind {
        CauseKind::Coach => d.coach_out(name, day),
        CauseKind::School => d.school_out(name, day),
        CauseKind::Plek => d.seats_out(batch.cause.count.unwrap_or(1), name, day),
        CauseKind::Kandidaat => d.candidate_out(name, day),
        CauseKind::Nakomer => d.candidate_late(name, day),
        CauseKind::Ruil => d.exchanging(name),
    }
}

/// How far the proposal for a wave is.
pub fn state(frame: &Frame, proposal: Proposal, state: JobState) -> (&'static str, &'static str, &'static str) {
    let d = frame.m.dropouts;
    match (proposal, state) {
        (Proposal::Aanvaard, _) => ("good", "vink", d.state_accepted()),
        (Proposal::Afgewezen, _) => ("quiet", "kruis", d.state_declined()),
        (Proposal::Voorstel, JobState::Wachtrij) => ("info", "klok", d.state_waiting()),
        (Proposal::Voorstel, JobState::Bezig) => ("info", "klok", d.state_busy()),
        (Proposal::Voorstel, JobState::Klaar) => ("warn", "letop", d.state_ready()),
        (Proposal::Voorstel, JobState::Mislukt | JobState::Afgebroken) => ("bad", "kruis", d.state_failed()),
    }
}

async fn show(State(app): State<App>, visitor: Visitor, Ids(id): Ids<String>, mut keys: Keys) -> Result<Response, Problem> {
    drawn(&app, &visitor, &id, keys.text("lichting").as_deref(), None).await
}

/// What is wrong, and with which status that is told.
type Wrong = (StatusCode, String, Vec<String>);

async fn drawn(app: &App, visitor: &Visitor, id: &str, wave: Option<&str>, wrong: Option<Wrong>) -> Result<Response, Problem> {
    let seen = seeing::seen(&app.store, id).await?;
    let exchange = seen.batch.cause.kind == CauseKind::Ruil;
    let looked = match wave {
        Some(wave) => Some(seen.waves.iter().find(|it| it.wave.id == wave).ok_or_else(Problem::unknown)?),
        None => seen.waves.first(),
    };
    let frame = match looked {
        Some(it) => around(app, visitor, &it.wave.id, Tab::Overview).await?.0,
        None => visitor.frame(app, Section::Waves),
    };
    let found = match looked {
        Some(it) => difference(app, visitor, &frame, it).await?.map(|(found, shown)| match exchange {
            true => (found, shown.exchanged(&frame)),
            false => (found, shown),
        }),
        None => None,
    };
    let price = match (looked, &found) {
        (Some(it), Some((found, _))) if !exchange => Some(price(&frame, found, seeing::more(&app.store, &it.run).await?)),
        _ => None,
    };
    let busy = matches!(seen.state, JobState::Wachtrij | JobState::Bezig);
    let frame = if busy { frame.refreshed(SOON) } else { frame };
    let (code, wrong) = match wrong {
        Some((code, what, points)) => (code, Some((what, points))),
        None => (StatusCode::OK, None),
    };
    status(code, &of(frame, (seen, wave), found.map(|(_, shown)| shown), price, wrong))
}

fn of(
    frame: Frame,
    (seen, wave): (Seen, Option<&str>),
    found: Option<Shown>,
    price: Option<Price>,
    wrong: Option<(String, Vec<String>)>,
) -> BatchPage {
    let d = frame.m.dropouts;
    let id = seen.batch.id.as_str();
    let looked = match wave {
        Some(wave) => seen.waves.iter().find(|it| it.wave.id == wave),
        None => seen.waves.first(),
    };
    let line = |it: &InWave| {
        let (kind, icon, says) = state(&frame, it.touched.proposal, it.run.job.state);
        Line {
            name: it.wave.name.clone(),
            place: paths::batch_in(id, &it.wave.id),
            here: looked.is_some_and(|looked| looked.wave.id == it.wave.id),
            kind,
            icon,
            state: says,
            open: it.touched.proposal == Proposal::Voorstel,
        }
    };
    // Of an exchange there is nothing that could be less.
    let proven = looked
        .filter(|it| it.run.planned() && seen.batch.cause.kind != CauseKind::Ruil)
        .map(|it| it.run.job.status == Some(Verdict::Optimal));
    let left_behind = seen.waves.iter().filter(|it| it.left_behind).map(|it| d.left_behind(&it.wave.name));
    let published = looked.is_some_and(|it| it.wave.life >= crate::records::wave::Life::Vastgesteld);
    let dropped = found.as_ref().is_some_and(|it| !it.dropped.is_empty());
    BatchPage {
        title: title(&frame, &seen.batch, seen.name.as_ref()),
        wave: looked.map(|it| (it.wave.id.clone(), it.wave.name.clone(), paths::wave(&it.wave.id))),
        dropouts: looked.map_or_else(|| paths::ALL_DROPOUTS.to_owned(), |it| paths::dropouts(&it.wave.id)),
        lines: seen.waves.iter().map(line).collect(),
        busy: matches!(seen.state, JobState::Wachtrij | JobState::Bezig),
        done: seen.waves.iter().filter(|it| it.run.job.state.ended()).count(),
        all: seen.batch.preparing.as_ref().map_or(seen.waves.len(), |it| it.of),
        failed: seen.state == JobState::Mislukt,
        alone: seen.waves.is_empty() && !seen.batch.unprepared(),
        proven,
        price,
        more: paths::batch_more(id),
        remarks: looked.map(|it| it.touched.remarks.clone()).unwrap_or_default(),
        left_behind: left_behind.collect(),
        proposal: seen.batch.proposal(),
        decides: seen.batch.proposal() == Proposal::Voorstel && !seen.batch.unprepared(),
        version: seen.batch.version,
        accept: paths::batch_accept(id),
        decline: paths::batch_decline(id),
        carry: looked.filter(|_| published && dropped).map(|it| paths::wave_publish(&it.wave.id)),
        found,
        wrong,
        frame,
    }
}

async fn difference(app: &App, visitor: &Visitor, frame: &Frame, it: &InWave) -> Result<Option<(Difference, Shown)>, Problem> {
    let Some(before) = it.before.as_ref().filter(|_| it.run.planned()) else { return Ok(None) };
    let found = comparing::between(&app.store, &visitor.asked, before, &it.run).await?;
    let counts = it.wave.current.as_deref() == Some(before.job.id.as_str());
    let cases = if counts { Some(answers::cases(&app.store, &it.wave.id).await?) } else { None };
    let drawn = shown(frame, &it.wave.id, &found, cases.as_deref());
    Ok(Some((found, drawn)))
}

/// The price of more moves, each row held against the proposal.
fn price(frame: &Frame, found: &Difference, more: More) -> Price {
    let d = frame.m.dropouts;
    let nothing = Price { rows: Vec::new(), busy: false, asks: false, complete: false };
    let trade = match more {
        More::NotAsked | More::Nothing => return Price { asks: true, ..nothing },
        More::AtWork => return Price { busy: true, ..nothing },
        More::Found(trade) => trade,
    };
    let forced = found.forced().filter(|it| it.kind == Kind::Forced).count();
    let usual = trade.rows.first();
    let row = |it: &TradeRow| {
        let change = |pair: &GoalPair| {
            let (was, now) = (usual?.values.get(&pair.name)?, it.values.get(&pair.name)?);
            (was != now).then(|| d.points_of(told::short_goal(frame.m, &pair.name, pair.aim), told::change(frame.m, *was, *now)))
        };
        let brings: Vec<String> = found.goals.iter().filter_map(change).collect();
        MoreRow {
            extra: if it.extra == 0 { d.extra_none().to_owned() } else { d.extra_count(it.extra) },
            together: number(i64::try_from(forced + it.moved).unwrap_or(i64::MAX)),
            brings: told::list(frame.m, &brings),
            this: it.extra == 0,
        }
    };
    Price { rows: trade.rows.iter().map(row).collect(), complete: trade.complete, ..nothing }
}

async fn ask_more(State(app): State<App>, visitor: Visitor, Ids(id): Ids<String>, form: Form) -> Result<Response, Problem> {
    let wave = form.text("lichting").to_owned();
    seeing::ask_more(&app.store, &visitor.asked, &id, &wave).await?;
    Ok(after(&paths::batch_in(&id, &wave), Done::MoreAsked))
}

async fn accept(State(app): State<App>, visitor: Visitor, Ids(id): Ids<String>, form: Form) -> Result<Response, Problem> {
    let version = form.number("versie").unwrap_or_default();
    let waves: Vec<String> = form.all("lichting").filter(|it| !it.is_empty()).map(str::to_owned).collect();
    let done = dropouts::accept(&app.store, &visitor.asked, &id, version, &waves, app.settings.seat_months).await;
    settled(&app, &visitor, &id, waves.first().map(String::as_str), done, Done::BatchAccepted).await
}

async fn decline(State(app): State<App>, visitor: Visitor, Ids(id): Ids<String>, form: Form) -> Result<Response, Problem> {
    let version = form.number("versie").unwrap_or_default();
    let done = dropouts::decline(&app.store, &visitor.asked, &id, version).await;
    settled(&app, &visitor, &id, None, done, Done::BatchDeclined).await
}

async fn settled(
    app: &App,
    visitor: &Visitor,
    id: &str,
    wave: Option<&str>,
    done: Result<Batch, Refused<Batch>>,
    what: Done,
) -> Result<Response, Problem> {
    let d = visitor.frame(app, Section::Waves).m.dropouts;
    let wrong = match done {
        Ok(_) => {
            let place = wave.map_or_else(|| paths::batch(id), |wave| paths::batch_in(id, wave));
            return Ok(after(&place, what));
        }
        Err(Refused::Stale(_)) => (StatusCode::PRECONDITION_FAILED, d.stale().to_owned(), Vec::new()),
        Err(Refused::Clash(clash)) => {
            let points = clash.points.iter().map(|it| format!("{}. {}", it.what, it.remedy)).collect();
            (StatusCode::CONFLICT, clash.what, points)
        }
        Err(Refused::NotNow(why)) => (StatusCode::CONFLICT, why, Vec::new()),
        Err(refused) => return Err(refused.with_now(|_| ()).into()),
    };
    drawn(app, visitor, id, wave, Some(wrong)).await
}
