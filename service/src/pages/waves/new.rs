//! A new wave: from a workbook that was filled in, or from the register.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use loket_instances::sheets::limits;
use loket_instances::sheets::wave::template::template;
use loket_solver::matching::facts::words::{Phase, Word};

use super::upload::{self, FIELD, NEW, Taken};
use crate::access::Role;
use crate::actions::{Refused, policies, waves};
use crate::desk::prefill::Wanted;
use crate::desk::room::Period;
use crate::desk::sound::Sound;
use crate::pages::declared::Pages;
use crate::pages::done::Done;
use crate::pages::file::download;
use crate::pages::form::Form;
use crate::pages::frame::{Frame, Section, after, page, status, to};
use crate::pages::paths;
use crate::pages::phase::phase;
use crate::pages::visitor::Visitor;
use crate::pages::wrong::Wrong;
use crate::records::policy::{Named, PolicyState};
use crate::records::register::{Kind, Standing};
use crate::records::wave::Life;
use crate::records::workbook::Wrong as BadCell;
use crate::serve::app::App;
use crate::serve::held::File;
use crate::serve::problem::Problem;
use crate::serve::workbooks::XLSX;
use crate::store::ids;

const ROLES: &[Role] = &[Role::Intermediair];

/// The pages of this file.
pub fn pages() -> Pages {
    Pages::new()
        .at(ROLES, paths::NEW_WAVE, get(choose).post(send))
        .at(ROLES, paths::NEW_WAVE_TEMPLATE, get(empty))
        .at(ROLES, paths::NEW_WAVE_COPY, get(copy))
        .at(ROLES, paths::NEW_WAVE_PERIOD, get(period).post(settle))
        .at(ROLES, paths::NEW_WAVE_REGISTER, get(wish).post(fill))
}

#[derive(Template)]
#[template(path = "waves/new.html")]
struct NewPage {
    frame: Frame,
    wrong: Wrong,
    most: usize,
    waiting: usize,
    steps: [&'static str; 3],
}

impl NewPage {
    async fn of(app: &App, visitor: &Visitor, wrong: Wrong) -> Result<Self, Problem> {
        let frame = visitor.frame(app, Section::Waves);
        let steps = [frame.m.waves.step_file(), frame.m.waves.step_check(), frame.m.waves.step_submit()];
        Ok(Self { frame, wrong, most: limits::FILE >> 20, waiting: waiting(app, visitor).await?, steps })
    }
}

/// How many candidates of the register wait for a place.
async fn waiting(app: &App, visitor: &Visitor) -> Result<usize, Problem> {
    let all = app.store.read().register_rows(Kind::Candidate, visitor.asked.caller.scope()).await?;
    Ok(all.iter().filter(|it| it.standing == Some(Standing::Wacht)).count())
}

async fn choose(State(app): State<App>, visitor: Visitor) -> Result<Response, Problem> {
    page(&NewPage::of(&app, &visitor, Wrong::default()).await?)
}

async fn empty(State(app): State<App>) -> Result<Response, Problem> {
    let made = app.gates.answers.work(1, template).await?;
    Ok(download(XLSX, "sjabloon.xlsx", made.map_err(|_| Problem::busy("Het sjabloon kan nu niet gemaakt worden."))?))
}

async fn copy(State(app): State<App>, visitor: Visitor) -> Result<Response, Problem> {
    upload::marked(&app, &visitor, NEW).await
}

async fn send(State(app): State<App>, visitor: Visitor, form: Form) -> Result<Response, Problem> {
    match upload::take(&app, &visitor, &form).await? {
        Taken::None(why) => {
            let mut wrong = Wrong::default();
            wrong.add(FIELD, why);
            status(StatusCode::BAD_REQUEST, &NewPage::of(&app, &visitor, wrong).await?)
        }
        Taken::Wrong(file) => refused(&app, &visitor, *file),
        Taken::Sound(both) => arrived(&app, &visitor, both.0, both.1).await,
    }
}

fn refused(app: &App, visitor: &Visitor, file: File) -> Result<Response, Problem> {
    let frame = visitor.frame(app, Section::Waves);
    upload::wrong(app, visitor, frame, NEW, file, (paths::NEW_WAVE.into(), paths::NEW_WAVE_COPY.into()))
}

/// A sound file: of a wave that is there already, it is held beside that; else it becomes a wave once its days are known.
async fn arrived(app: &App, visitor: &Visitor, mut file: File, sound: Sound) -> Result<Response, Problem> {
    let id = sound.loaded.wave.id.clone();
    match app.store.read().wave(&id).await? {
        Some(wave) if wave.life < Life::Vastgesteld => {
            upload::hold(app, visitor, &wave, file, sound).await?;
            Ok(to(&paths::wave_check(&id)))
        }
        Some(wave) => {
            let m = visitor.frame(app, Section::Waves).m;
            let (what, remedy) = (m.waves.taken(&wave.name, wave.life.code()), m.waves.taken_remedy().to_owned());
            let (sheet, cell) = (String::new(), String::new());
            file.told.wrong.push(BadCell { sheet, row: None, cell, header: None, found: Some(id), what, remedy });
            file.sound = None;
            refused(app, visitor, file)
        }
        None => {
            let days = (file.told.from.clone(), file.told.until.clone());
            app.held.put(visitor.asked.caller.who(), NEW, file);
            let (Some(from), Some(until)) = days else { return Ok(to(paths::NEW_WAVE_PERIOD)) };
            match kept(app, visitor, &sound, (&from, &until), false).await? {
                Ok(made) => Ok(made),
                Err(_) => Ok(to(paths::NEW_WAVE_PERIOD)),
            }
        }
    }
}

/// The wave that a held file became; or what is wrong with its days.
async fn kept(app: &App, visitor: &Visitor, sound: &Sound, days: (&str, &str), meant: bool) -> Result<Result<Response, Wrong>, Problem> {
    let m = visitor.frame(app, Section::Waves).m;
    let wrong = usable(app, m, days, meant)?;
    if !wrong.is_empty() {
        return Ok(Err(wrong));
    }
    let made = waves::make(&app.store, &visitor.asked, sound, days, app.settings.seat_months).await?;
    app.held.drop(visitor.asked.caller.who(), NEW);
    Ok(Ok(after(&paths::wave_check(&made.wave.id), Done::WaveMade)))
}

/// What is wrong with the first and last day of a wave.
fn usable(app: &App, m: crate::pages::messages::Messages, (from, until): (&str, &str), meant: bool) -> Result<Wrong, Problem> {
    let mut wrong = Wrong::default();
    for (control, day) in [("van", from), ("tot", until)] {
        if day.len() != 10 || day.parse::<jiff::civil::Date>().is_err() {
            wrong.add(control, m.waves.no_day());
        }
    }
    if !wrong.is_empty() {
        return Ok(wrong);
    }
    if until < from {
        wrong.add("tot", m.waves.before());
        return Ok(wrong);
    }
    match waves::meant(&app.store, (from, until), meant) {
        Ok(()) => {}
        Err(Refused::Invalid(refusal)) => wrong.take(&refusal.problems, |pointer| if pointer == "/tot" { "tot" } else { "van" }),
        Err(Refused::Unconfirmed(points)) => {
            for it in points {
                wrong.add("bevestigd", m.waves.far(&it.what));
            }
        }
        Err(other) => return Err(other.into()),
    }
    Ok(wrong)
}

#[derive(Template)]
#[template(path = "waves/period.html")]
struct PeriodPage {
    frame: Frame,
    name: String,
    from: String,
    until: String,
    wrong: Wrong,
    doubted: bool,
    steps: [&'static str; 3],
}

fn period_page(app: &App, visitor: &Visitor, (from, until): (&str, &str), wrong: Wrong) -> Option<PeriodPage> {
    let held = app.held.get(visitor.asked.caller.who(), NEW)?;
    let name = held.sound.as_ref()?.loaded.title.clone();
    let frame = visitor.frame(app, Section::Waves);
    let steps = [frame.m.waves.step_file(), frame.m.waves.step_check(), frame.m.waves.step_submit()];
    let doubted = !wrong.of("bevestigd").is_empty();
    Some(PeriodPage { frame, name, from: from.to_owned(), until: until.to_owned(), wrong, doubted, steps })
}

async fn period(State(app): State<App>, visitor: Visitor) -> Result<Response, Problem> {
    let Some(held) = app.held.get(visitor.asked.caller.who(), NEW) else { return Ok(to(paths::NEW_WAVE)) };
    let days = (held.told.from.clone().unwrap_or_default(), held.told.until.clone().unwrap_or_default());
    let m = visitor.frame(&app, Section::Waves).m;
    let both = !days.0.is_empty() && !days.1.is_empty();
    let wrong = if both { usable(&app, m, (&days.0, &days.1), false)? } else { Wrong::default() };
    match period_page(&app, &visitor, (&days.0, &days.1), wrong) {
        Some(it) => page(&it),
        None => Ok(to(paths::NEW_WAVE)),
    }
}

async fn settle(State(app): State<App>, visitor: Visitor, form: Form) -> Result<Response, Problem> {
    let held = app.held.get(visitor.asked.caller.who(), NEW);
    let Some(sound) = held.as_ref().and_then(|it| it.sound.as_ref()) else { return Ok(to(paths::NEW_WAVE)) };
    let days = (form.text("van"), form.text("tot"));
    match kept(&app, &visitor, sound, days, form.has("bevestigd")).await? {
        Ok(made) => Ok(made),
        Err(wrong) => match period_page(&app, &visitor, days, wrong) {
            Some(it) => status(StatusCode::BAD_REQUEST, &it),
            None => Ok(to(paths::NEW_WAVE)),
        },
    }
}

#[derive(Template)]
#[template(path = "waves/register.html")]
struct RegisterPage {
    frame: Frame,
    wrong: Wrong,
    doubted: bool,
    waiting: usize,
    name: String,
    phase: String,
    phases: Vec<(&'static str, &'static str)>,
    from: String,
    until: String,
    policy: String,
    policies: Vec<(String, String)>,
}

async fn register_page(app: &App, visitor: &Visitor, form: &Form, wrong: Wrong) -> Result<RegisterPage, Problem> {
    let frame = visitor.frame(app, Section::Waves);
    let m = frame.m;
    let approved = app.store.read().policies(Some(PolicyState::Goedgekeurd), 0, 200).await?.0;
    let usual = (String::new(), m.waves.usual_policy().to_owned());
    let all = approved.iter().map(|it| (it.named.text(), m.waves.policy_named(&it.named.name, it.named.number)));
    Ok(RegisterPage {
        doubted: !wrong.of("bevestigd").is_empty(),
        wrong,
        waiting: waiting(app, visitor).await?,
        name: form.text("naam").to_owned(),
        phase: form.some("fase").unwrap_or(Phase::Opleiding.code()).to_owned(),
        phases: Phase::ALL.iter().map(|it| (it.code(), phase(m, it.code()))).collect(),
        from: form.text("van").to_owned(),
        until: form.text("tot").to_owned(),
        policy: form.text("beleid").to_owned(),
        policies: std::iter::once(usual).chain(all).collect(),
        frame,
    })
}

async fn wish(State(app): State<App>, visitor: Visitor) -> Result<Response, Problem> {
    page(&register_page(&app, &visitor, &Form::default(), Wrong::default()).await?)
}

/// Name and number as an option of the form has them.
fn named(text: &str) -> Option<Named> {
    let (name, number) = text.rsplit_once('/')?;
    Some(Named::new(name, number.parse().ok()?))
}

async fn fill(State(app): State<App>, visitor: Visitor, form: Form) -> Result<Response, Problem> {
    let m = visitor.frame(&app, Section::Waves).m;
    let (from, until) = (form.text("van"), form.text("tot"));
    let mut wrong = Wrong::default();
    let name = form.text("naam");
    if name.is_empty() || name.chars().count() > 200 {
        wrong.add("naam", m.waves.no_name());
    }
    let phase = Phase::parse(form.text("fase"));
    if phase.is_none() {
        wrong.add("fase", m.waves.no_phase());
    }
    wrong.all.extend(usable(&app, m, (from, until), form.has("bevestigd"))?.all);
    let mut policy = None;
    if let (Some(text), Some(phase)) = (form.some("beleid"), phase) {
        match named(text) {
            None => wrong.add("beleid", m.waves.no_policy()),
            Some(named) => match policies::chosen(&mut app.store.read(), &named, phase).await {
                Ok(row) => policy = Some(row),
                Err(Refused::Invalid(refusal)) => wrong.take(&refusal.problems, |_| "beleid"),
                Err(other) => return Err(other.into()),
            },
        }
    }
    if let (true, Some(phase), Some(period)) = (wrong.is_empty(), phase, Period::read(Some(from), Some(until))) {
        let wanted = Wanted { id: ids::new(), name: name.to_owned(), phase, period, candidates: None, policy };
        match waves::filled(&app.store, &visitor.asked, wanted, app.settings.seat_months).await {
            Ok(sound) => {
                let made = waves::keep(&app.store, &visitor.asked, &sound, (from, until)).await?;
                return Ok(after(&paths::wave_check(&made.wave.id), Done::WaveMade));
            }
            Err(Refused::Invalid(refusal)) => wrong.take(&refusal.problems, |_| ""),
            Err(other) => return Err(other.into()),
        }
    }
    status(StatusCode::BAD_REQUEST, &register_page(&app, &visitor, &form, wrong).await?)
}
