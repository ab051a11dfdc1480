//! One wave: where it is in its life, what comes next, how far it is; and taking it away.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;

use super::rows::{Status, next, period, replies, stand};
use crate::access::Role;
use crate::actions::{Refused, overview, waves};
use crate::pages::bar::Bar;
use crate::pages::days::moment;
use crate::pages::declared::Pages;
use crate::pages::done::Done;
use crate::pages::form::Form;
use crate::pages::frame::{Frame, Tab, after, page, status};
use crate::pages::messages::Messages;
use crate::pages::paths;
use crate::pages::phase::phase;
use crate::pages::visitor::Visitor;
use crate::pages::wavebar::around;
use crate::records::overview::Overview;
use crate::records::wave::Life;
use crate::serve::app::App;
use crate::serve::body::Ids;
use crate::serve::problem::Problem;

const ROLES: &[Role] = &[Role::Intermediair];

/// The pages of this file.
pub fn pages() -> Pages {
    Pages::new().at(ROLES, paths::WAVE, get(show)).at(ROLES, paths::WAVE_WITHDRAW, get(doubt).post(withdraw))
}

/// A stage in the life of a wave: done, now or to come.
struct Stage {
    name: &'static str,
    says: String,
    place: String,
    icon: &'static str,
    done: bool,
    now: bool,
}

#[derive(Template)]
#[template(path = "waves/one.html")]
struct WavePage {
    frame: Frame,
    name: String,
    period: String,
    phase: &'static str,
    stages: Vec<Stage>,
    next: String,
    action: &'static str,
    leads: String,
    stand: Status,
    candidates: i64,
    placed: Option<i64>,
    unplaced: i64,
    bar: Option<Bar>,
    decided: i64,
    replies: Vec<Status>,
    policy: String,
    seed: Option<i64>,
    runs: i64,
    made: String,
    withdraw: Option<String>,
    /// Where drop-outs are reported, and where every coach drops out on trial.
    dropouts: String,
    trial: String,
    /// Who could exchange and who comes in first, once it is published.
    afterwards: Option<String>,
}

async fn show(State(app): State<App>, visitor: Visitor, Ids(id): Ids<String>) -> Result<Response, Problem> {
    let it = overview::one(&app.store, &id).await?;
    let (frame, _) = around(&app, &visitor, &id, Tab::Overview).await?;
    let (m, today) = (frame.m, app.store.clock().today().to_string());
    let (next, action, leads) = next(m, &it, &today);
    page(&WavePage {
        name: it.wave.name.clone(),
        period: period(m, &it.wave),
        phase: phase(m, &it.wave.phase),
        stages: stages(m, &it),
        next,
        action,
        leads,
        stand: stand(m, &it),
        candidates: it.candidates,
        placed: it.placed,
        unplaced: it.unplaced(),
        bar: it.placed.map(|_| Bar::of(it.decided, it.candidates)),
        decided: it.decided,
        replies: replies(m, it.replies),
        policy: it.wave.policy.as_ref().map(|used| m.waves.policy_named(&used.named.name, used.named.number)).unwrap_or_default(),
        seed: it.wave.seed,
        runs: it.runs,
        made: moment(m, it.wave.created),
        withdraw: (it.wave.life < Life::Vastgesteld).then(|| paths::wave_withdraw(&id)),
        dropouts: paths::dropouts(&id),
        trial: paths::trial(&id),
        afterwards: (it.wave.life >= Life::Vastgesteld).then(|| paths::afterwards(&id)),
        frame,
    })
}

/// The stages with how far each is.
fn stages(m: Messages, it: &Overview) -> Vec<Stage> {
    let (id, life) = (it.wave.id.as_str(), it.wave.life);
    let at = match life {
        Life::Concept => 1,
        Life::Ingediend => 2,
        Life::Berekend | Life::InBeoordeling if it.at_work.is_some() => 2,
        Life::Berekend | Life::InBeoordeling if it.decided < it.candidates => 3,
        Life::Berekend | Life::InBeoordeling => 4,
        Life::Vastgesteld | Life::Gesloten => 6,
    };
    let planned = it.placed.is_some();
    let answered = if it.replies.any() { m.waves.yes(it.replies.yes) } else { m.waves.not_asked().to_owned() };
    let (draft, over, not_yet) = (life == Life::Concept, life >= Life::Vastgesteld, || m.waves.stage_not_yet().to_owned());
    let done = |so: bool| if so { m.waves.stage_done().to_owned() } else { not_yet() };
    let runs = if it.at_work.is_some() { m.waves.stage_now().to_owned() } else { m.waves.runs(it.runs) };
    let reviewed = if planned { m.waves.of(it.decided, it.candidates) } else { not_yet() };
    let parts = [
        (m.frame.tab_input(), m.waves.candidates(it.candidates), paths::wave_input(id), true),
        (m.waves.stage_submitted(), done(!draft), paths::wave_check(id), true),
        (m.frame.tab_runs(), runs, paths::wave_runs(id), !draft),
        (m.frame.tab_review(), reviewed, paths::wave_review(id), planned),
        (m.frame.tab_answers(), answered, paths::wave_answers(id), planned),
        (m.frame.tab_publish(), done(over), paths::wave_publish(id), planned),
    ];
    let stage = |(place, (name, says, leads, there)): (usize, (&'static str, String, String, bool))| Stage {
        name,
        says,
        place: if there { leads } else { String::new() },
        icon: match place.cmp(&at) {
            std::cmp::Ordering::Less => "vink",
            std::cmp::Ordering::Equal => "klok",
            std::cmp::Ordering::Greater => "rondje",
        },
        done: place < at,
        now: place == at,
    };
    parts.into_iter().enumerate().map(stage).collect()
}

#[derive(Template)]
#[template(path = "waves/withdraw.html")]
struct WithdrawPage {
    frame: Frame,
    name: String,
    version: i64,
    runs: i64,
    decisions: i64,
    place: String,
    back: String,
    why: String,
}

async fn doubting(app: &App, visitor: &Visitor, id: &str, why: String) -> Result<WithdrawPage, Problem> {
    let it = overview::one(&app.store, id).await?;
    let (frame, _) = around(app, visitor, id, Tab::Overview).await?;
    Ok(WithdrawPage {
        name: it.wave.name.clone(),
        version: it.wave.version,
        runs: it.runs,
        decisions: it.decided,
        place: paths::wave_withdraw(id),
        back: paths::wave(id),
        why,
        frame,
    })
}

async fn doubt(State(app): State<App>, visitor: Visitor, Ids(id): Ids<String>) -> Result<Response, Problem> {
    page(&doubting(&app, &visitor, &id, String::new()).await?)
}

async fn withdraw(State(app): State<App>, visitor: Visitor, Ids(id): Ids<String>, form: Form) -> Result<Response, Problem> {
    let m = visitor.frame(&app, crate::pages::frame::Section::Waves).m;
    let version = form.number("versie").unwrap_or(-1);
    match waves::withdraw(&app.store, &visitor.asked, &id, version).await {
        Ok(_) => Ok(after(paths::WAVES, Done::WaveWithdrawn)),
        Err(Refused::Stale(_)) => {
            let why = m.waves.stale().to_owned();
            status(StatusCode::PRECONDITION_FAILED, &doubting(&app, &visitor, &id, why).await?)
        }
        Err(Refused::NotNow(why)) => status(StatusCode::CONFLICT, &doubting(&app, &visitor, &id, why).await?),
        Err(other) => Err(other.with_now(|_| ()).into()),
    }
}
