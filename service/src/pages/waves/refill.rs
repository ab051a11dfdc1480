//! The file of a wave: what stands in it, another in its place, a workbook of it, and filling it again from the register.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use loket_instances::sheets::limits;
use loket_instances::sheets::wave::write;
use loket_instances::sheets::workbook::{Dress, write as workbook};

use super::names::Names;
use super::rows::period;
use super::upload::{self, FIELD, Taken};
use crate::access::Role;
use crate::actions::{Refused, overview, refresh};
use crate::desk::contents::Contents;
use crate::pages::days::moment;
use crate::pages::declared::Pages;
use crate::pages::done::Done;
use crate::pages::file::download;
use crate::pages::form::Form;
use crate::pages::frame::{Frame, Section, Tab, after, page, status, to};
use crate::pages::paths;
use crate::pages::phase::phase;
use crate::pages::visitor::Visitor;
use crate::pages::wavebar::around;
use crate::pages::wrong::Wrong;
use crate::records::register::Kind;
use crate::records::wave::{Life, Wave};
use crate::serve::app::App;
use crate::serve::body::{Ids, Keys};
use crate::serve::problem::Problem;
use crate::serve::workbooks::XLSX;

const ROLES: &[Role] = &[Role::Intermediair];

/// The pages of this file.
pub fn pages() -> Pages {
    Pages::new()
        .at(ROLES, paths::WAVE_INPUT, get(show).post(send))
        .at(ROLES, paths::WAVE_COPY, get(copy))
        .at(ROLES, paths::WAVE_BOOK, get(book))
        .at(ROLES, paths::WAVE_REFRESH, get(look).post(fill))
}

#[derive(Template)]
#[template(path = "waves/input.html")]
struct InputPage {
    frame: Frame,
    wrong: Wrong,
    name: String,
    period: String,
    phase: &'static str,
    it: Contents,
    policy: String,
    draft: bool,
    decided: i64,
    outdated: bool,
    made: String,
    input: String,
    /// Whether the file can still be replaced.
    open: bool,
    concept: bool,
    held: bool,
    most: usize,
    places: Places,
}

/// Where the links of the page lead.
struct Places {
    here: String,
    check: String,
    book: String,
    refresh: String,
    runs: String,
    review: String,
}

async fn made(app: &App, visitor: &Visitor, id: &str, wrong: Wrong) -> Result<InputPage, Problem> {
    let known = overview::one(&app.store, id).await?;
    let wave = known.wave;
    let it = overview::contents(&app.store, &wave).await?;
    let (frame, _) = around(app, visitor, id, Tab::Input).await?;
    let m = frame.m;
    let used = wave.policy.as_ref();
    Ok(InputPage {
        wrong,
        name: wave.name.clone(),
        period: period(m, &wave),
        phase: phase(m, &wave.phase),
        it,
        policy: used.map(|it| m.waves.policy_named(&it.named.name, it.named.number)).unwrap_or_default(),
        draft: used.is_some_and(|it| it.state == crate::records::policy::PolicyState::Concept),
        decided: known.decided,
        outdated: known.outdated,
        made: moment(m, wave.created),
        input: wave.input.chars().take(12).collect(),
        open: wave.life < Life::Vastgesteld,
        concept: wave.life == Life::Concept,
        held: app.held.get(visitor.asked.caller.who(), id).is_some_and(|it| it.sound.is_some()),
        most: limits::FILE >> 20,
        places: Places {
            here: paths::wave_input(id),
            check: paths::wave_check(id),
            book: paths::wave_book(id),
            refresh: paths::wave_refresh(id),
            runs: paths::wave_runs(id),
            review: paths::wave_review(id),
        },
        frame,
    })
}

async fn show(State(app): State<App>, visitor: Visitor, Ids(id): Ids<String>) -> Result<Response, Problem> {
    page(&made(&app, &visitor, &id, Wrong::default()).await?)
}

async fn wave(app: &App, id: &str) -> Result<Wave, Problem> {
    app.store.read().wave(id).await?.ok_or_else(Problem::unknown)
}

async fn send(State(app): State<App>, visitor: Visitor, Ids(id): Ids<String>, form: Form) -> Result<Response, Problem> {
    let wave = wave(&app, &id).await?;
    let m = visitor.frame(&app, Section::Waves).m;
    let mut wrong = Wrong::default();
    match upload::take(&app, &visitor, &form).await? {
        _ if wave.life >= Life::Vastgesteld => wrong.add(FIELD, m.waves.published_stays()),
        Taken::None(why) => wrong.add(FIELD, why),
        Taken::Wrong(file) => {
            let (frame, _) = around(&app, &visitor, &id, Tab::Input).await?;
            return upload::wrong(&app, &visitor, frame, &id, *file, (paths::wave_input(&id), paths::wave_copy(&id)));
        }
        Taken::Sound(both) if both.1.loaded.wave.id == id => {
            upload::hold(&app, &visitor, &wave, both.0, both.1).await?;
            return Ok(to(&paths::wave_check(&id)));
        }
        Taken::Sound(both) => wrong.add(FIELD, m.waves.other_wave(&both.1.loaded.title, &both.1.loaded.wave.id, &id)),
    }
    status(StatusCode::BAD_REQUEST, &made(&app, &visitor, &id, wrong).await?)
}

async fn copy(State(app): State<App>, visitor: Visitor, Ids(id): Ids<String>) -> Result<Response, Problem> {
    upload::marked(&app, &visitor, &id).await
}

/// The file as a workbook, with the names that the register has.
async fn book(State(app): State<App>, Ids(id): Ids<String>) -> Result<Response, Problem> {
    let wave = wave(&app, &id).await?;
    let mut file = overview::file(&app.store, &wave).await?;
    let mut reading = app.store.read();
    let (candidates, coaches) = (reading.names(Kind::Candidate).await?, reading.names(Kind::Coach).await?);
    file.candidates.iter_mut().for_each(|it| it.name = candidates.get(&it.id).cloned());
    file.coaches.iter_mut().for_each(|it| it.name = coaches.get(&it.id).cloned());
    let made = app.gates.answers.work(1, move || {
        let dress = Dress { title: &wave.name, helps: true, ..Dress::default() };
        let mut book = write::write(&file);
        write::with_days(&mut book, &wave.from, &wave.until);
        workbook(&book, &dress)
    });
    let bytes = made.await?.map_err(|_| Problem::busy("De werkmap kan nu niet gemaakt worden."))?;
    Ok(download(XLSX, &format!("lichting-{id}.xlsx"), bytes))
}

#[derive(Template)]
#[template(path = "waves/refresh.html")]
struct RefreshPage {
    frame: Frame,
    name: String,
    version: i64,
    more: bool,
    remarks: Vec<String>,
    here: String,
    back: String,
    why: String,
}

async fn looked(app: &App, visitor: &Visitor, id: &str, more: bool, why: String) -> Result<RefreshPage, Problem> {
    let told = refresh::preview(&app.store, &visitor.asked, id, more, app.settings.seat_months).await;
    let told = told.map_err(|refused| Problem::from(refused.with_now(|_| ())))?;
    let names = Names::of(app, visitor).await?;
    let (frame, _) = around(app, visitor, id, Tab::Input).await?;
    Ok(RefreshPage {
        name: told.wave.name.clone(),
        version: told.wave.version,
        more,
        remarks: told.remarks.iter().map(|it| names.told(frame.m, it)).collect(),
        here: paths::wave_refresh(id),
        back: paths::wave_input(id),
        why,
        frame,
    })
}

async fn look(State(app): State<App>, visitor: Visitor, Ids(id): Ids<String>, mut keys: Keys) -> Result<Response, Problem> {
    let more = keys.text("aanvullen").is_some();
    page(&looked(&app, &visitor, &id, more, String::new()).await?)
}

async fn fill(State(app): State<App>, visitor: Visitor, Ids(id): Ids<String>, form: Form) -> Result<Response, Problem> {
    let m = visitor.frame(&app, Section::Waves).m;
    let (version, more) = (form.number("versie").unwrap_or(-1), form.has("aanvullen"));
    match refresh::refresh(&app.store, &visitor.asked, (&id, version), more, app.settings.seat_months).await {
        Ok(_) => Ok(after(&paths::wave_input(&id), Done::WaveRefreshed)),
        Err(Refused::Stale(_)) => {
            let why = m.waves.stale().to_owned();
            status(StatusCode::PRECONDITION_FAILED, &looked(&app, &visitor, &id, more, why).await?)
        }
        Err(other) => Err(other.with_now(|_| ()).into()),
    }
}
