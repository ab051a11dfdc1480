//! The last step of a wave's file: everything that was read, what changed since the file before, and submitting it.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use loket_solver::matching::facts::words::Word;

use super::names::Names;
use super::rows::period;
use super::upload::of_candidates;
use crate::access::Role;
use crate::actions::{Refused, overview, waves};
use crate::desk::contents::{Change, Changed, Contents};
use crate::pages::days::moment;
use crate::pages::declared::Pages;
use crate::pages::done::Done;
use crate::pages::form::Form;
use crate::pages::frame::{Frame, Section, Tab, after, page, status};
use crate::pages::messages::Messages;
use crate::pages::paths;
use crate::pages::phase::phase;
use crate::pages::visitor::Visitor;
use crate::pages::wavebar::around;
use crate::records::policy::PolicyState;
use crate::records::wave::{Life, Wave};
use crate::serve::app::App;
use crate::serve::body::{Ids, Keys};
use crate::serve::held::File;
use crate::serve::problem::Problem;

/// Differences that are shown at once.
const SOME: usize = 5;

/// The page of this file.
pub fn pages() -> Pages {
    Pages::new().at(&[Role::Intermediair], paths::WAVE_CHECK, get(show).post(act))
}

/// A line of what is to be looked through.
struct Answer {
    what: &'static str,
    says: String,
    change: &'static str,
    place: String,
}

/// One cell that says something else.
struct Differs {
    kind: &'static str,
    icon: &'static str,
    word: &'static str,
    about: String,
    column: String,
    was: String,
    now: String,
}

/// What changed, counted.
struct Counts {
    new: usize,
    changed: usize,
    gone: usize,
    same: usize,
}

/// A candidate as it was read.
struct Read {
    id: String,
    name: String,
    bouwen: String,
    transport: &'static str,
    travel: String,
    waited: u32,
    concepts: String,
}

#[derive(Template)]
#[template(path = "waves/check.html")]
struct CheckPage {
    frame: Frame,
    /// Whether a file is held that nothing was done with yet.
    held: bool,
    concept: bool,
    version: i64,
    place: String,
    back: String,
    answers: Vec<Answer>,
    counts: Option<Counts>,
    differs: Vec<Differs>,
    all: usize,
    whole: String,
    first: Vec<Read>,
    noticed: Vec<String>,
    steps: [&'static str; 3],
    why: String,
    submitted: bool,
}

async fn show(State(app): State<App>, visitor: Visitor, Ids(id): Ids<String>, mut keys: Keys) -> Result<Response, Problem> {
    let whole = keys.text("alles").is_some();
    page(&made(&app, &visitor, &id, whole, String::new()).await?)
}

async fn made(app: &App, visitor: &Visitor, id: &str, whole: bool, why: String) -> Result<CheckPage, Problem> {
    let (frame, wave) = around(app, visitor, id, Tab::Input).await?;
    let held = app.held.get(visitor.asked.caller.who(), id).filter(|it| it.sound.is_some());
    let m = frame.m;
    let names = Names::of(app, visitor).await?;
    let names = match &held {
        Some(file) => names.with(file),
        None => names,
    };
    let contents = match held.as_ref().and_then(|it| it.sound.as_ref()) {
        Some(sound) => Contents::of(&sound.file),
        None => overview::contents(&app.store, &wave).await?,
    };
    let changes = held.as_ref().map(|it| it.changes.as_slice()).unwrap_or_default();
    let all = differs(m, &names, changes);
    let noticed = match &held {
        Some(file) => {
            let days = (file.told.from.as_deref().unwrap_or(&wave.from), file.told.until.as_deref().unwrap_or(&wave.until));
            let other = (days != (wave.from.as_str(), wave.until.as_str())).then(|| m.waves.other_days(period(m, &wave)));
            file.told.noticed.iter().map(|it| placed(&it.sheet, &it.cell, &it.text)).chain(other).collect()
        }
        None => overview::remarks(&app.store, &visitor.asked, &wave, app.settings.seat_months)
            .await?
            .iter()
            .map(|it| names.told(m, it))
            .collect(),
    };
    Ok(CheckPage {
        held: held.is_some(),
        concept: wave.life == Life::Concept,
        submitted: wave.life > Life::Concept && held.is_none(),
        version: wave.version,
        place: paths::wave_check(id),
        back: paths::wave_input(id),
        answers: answers(app, m, &wave, &contents, held.as_deref()).await?,
        counts: held.as_ref().map(|_| counted(&contents, changes)),
        all: all.len(),
        differs: all.into_iter().take(if whole { usize::MAX } else { SOME }).collect(),
        whole: format!("{}?alles=ja", paths::wave_check(id)),
        first: contents.first.iter().map(|it| read(m, &names, it)).collect(),
        noticed,
        steps: [m.waves.step_file(), m.waves.step_check(), m.waves.step_submit()],
        why,
        frame,
    })
}

fn placed(sheet: &str, cell: &str, text: &str) -> String {
    match (sheet.is_empty(), cell.is_empty()) {
        (true, _) => text.to_owned(),
        (false, true) => format!("{sheet}: {text}"),
        (false, false) => format!("{sheet} {cell}: {text}"),
    }
}

fn counted(contents: &Contents, changes: &[Changed]) -> Counts {
    let people = |wanted: fn(&Change) -> bool| changes.iter().filter(|it| of_candidates(it.sheet) && wanted(&it.change)).count();
    let new = people(|it| matches!(it, Change::New));
    let otherwise = people(|it| matches!(it, Change::Changed(_)));
    Counts {
        new,
        changed: changes.iter().filter(|it| matches!(it.change, Change::Changed(_))).count(),
        gone: people(|it| matches!(it, Change::Gone)),
        same: contents.candidates.saturating_sub(new + otherwise),
    }
}

fn differs(m: Messages, names: &Names, changes: &[Changed]) -> Vec<Differs> {
    let mut all = Vec::new();
    for it in changes {
        let about = names.row(it.sheet, &it.about);
        let whole = |kind, icon, word| Differs {
            kind,
            icon,
            word,
            about: about.clone(),
            column: m.waves.whole_row(it.sheet),
            was: String::new(),
            now: String::new(),
        };
        match &it.change {
            Change::New => all.push(whole("good", "vink", m.waves.is_new())),
            Change::Gone => all.push(whole("bad", "kruis", m.waves.is_gone())),
            Change::Changed(columns) => all.extend(columns.iter().map(|(header, was, now)| Differs {
                column: (*header).to_owned(),
                was: was.clone(),
                now: now.clone(),
                ..whole("info", "wissel", m.waves.is_changed())
            })),
        }
    }
    all
}

fn read(m: Messages, names: &Names, it: &crate::desk::contents::First) -> Read {
    let name = it.name.clone().or_else(|| names.candidate(&it.id).cloned());
    Read {
        id: it.id.clone(),
        name: name.unwrap_or_default(),
        bouwen: it.bouwen.iter().map(|it| it.code()).collect::<Vec<_>>().join(", "),
        transport: it.transport.map_or("", Word::code),
        travel: it.travel.map(|minutes| m.waves.minutes(i64::from(minutes))).unwrap_or_default(),
        waited: it.waited,
        concepts: it.concepts.join(", "),
    }
}

async fn answers(app: &App, m: Messages, wave: &Wave, it: &Contents, held: Option<&File>) -> Result<Vec<Answer>, Problem> {
    let upload = format!("{}#bestand", paths::wave_input(&wave.id));
    let file = match held {
        Some(file) => m.waves.file_named(&file.name, file.told.rows, file.told.sheets),
        None => m.waves.file_kept().to_owned(),
    };
    let line = |what, says, change| Answer { what, says, change, place: upload.clone() };
    Ok(vec![
        line(m.waves.wave(), m.waves.wave_says(&it.name, phase(m, it.phase.code()), period(m, wave)), m.waves.change()),
        line(m.waves.file(), file, m.waves.other_file()),
        line(m.waves.kandidaten(), it.candidates.to_string(), m.waves.change()),
        line(m.waves.seats_and_coaches(), m.waves.seats_say(it.seats, it.schools, it.coaches, it.room), m.waves.change()),
        line(m.waves.policy(), policy(app, m, wave, it, held.is_some()).await?, m.waves.change()),
        line(m.waves.laid_down(), m.waves.laid_down_says(it.locks, it.bans), m.waves.change()),
    ])
}

/// With which policy is calculated, and whether it is approved.
async fn policy(app: &App, m: Messages, wave: &Wave, it: &Contents, held: bool) -> Result<String, Problem> {
    let Some(used) = wave.policy.as_ref().filter(|_| !held) else {
        return Ok(if it.own_policy { m.waves.policy_own() } else { m.waves.usual_policy() }.to_owned());
    };
    let (name, number) = (used.named.name.as_str(), used.named.number);
    Ok(match used.state {
        PolicyState::Concept => m.waves.policy_draft(name, number),
        PolicyState::Ingetrokken => m.waves.policy_retired(name, number),
        PolicyState::Goedgekeurd => match app.store.read().policy(&used.named).await?.and_then(|it| it.approved) {
            Some(by) if !by.from_the_start() => m.waves.policy_approved(name, number, moment(m, by.at)),
            _ => m.waves.policy_named(name, number),
        },
    })
}

/// Takes over a file that is held, submits the wave, or lets the file go.
async fn act(State(app): State<App>, visitor: Visitor, Ids(id): Ids<String>, form: Form) -> Result<Response, Problem> {
    let (m, who) = (visitor.frame(&app, Section::Waves).m, visitor.asked.caller.who());
    if form.text("doe") == "weg" {
        app.held.drop(who, &id);
        return Ok(after(&paths::wave_input(&id), Done::FileDropped));
    }
    let mut version = form.number("versie").unwrap_or(-1);
    let held = app.held.get(who, &id);
    let sound = held.as_ref().and_then(|it| it.sound.as_ref());
    if form.has("klaargezet") && sound.is_none() {
        return status(StatusCode::CONFLICT, &made(&app, &visitor, &id, false, m.waves.lapsed().into()).await?);
    }
    if let Some(sound) = sound.filter(|_| form.has("klaargezet")) {
        match waves::refill(&app.store, &visitor.asked, (&id, version), sound, app.settings.seat_months).await {
            Ok(told) => version = told.wave.version,
            Err(refused) => return otherwise(&app, &visitor, &id, refused).await,
        }
        app.held.drop(who, &id);
    }
    if form.text("doe") == "vervang" {
        return Ok(after(&paths::wave(&id), Done::WaveReplaced));
    }
    match waves::submit(&app.store, &visitor.asked, &id, version).await {
        Ok(_) => Ok(after(&paths::wave(&id), Done::WaveSubmitted)),
        Err(refused) => otherwise(&app, &visitor, &id, refused).await,
    }
}

/// The page again with why nothing was done.
async fn otherwise(app: &App, visitor: &Visitor, id: &str, refused: Refused<Wave>) -> Result<Response, Problem> {
    let m = visitor.frame(app, Section::Waves).m;
    let (code, why) = match refused {
        Refused::Stale(_) => (StatusCode::PRECONDITION_FAILED, m.waves.stale().to_owned()),
        Refused::NotNow(why) => (StatusCode::CONFLICT, why),
        other => return Err(other.with_now(|_| ()).into()),
    };
    status(code, &made(app, visitor, id, false, why).await?)
}
