//! A policy to be tried: on which waves, compared with what, and which limits a person sets.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use loket_instances::matching::trial::{Measure, Threshold};
use loket_solver::matching::facts::words::Word;

use super::policies::{named, title_of};
use super::trial::{amount, measure, scale};
use crate::actions::{Refused, administration, trials};
use crate::pages::done::Done;
use crate::pages::form::Form;
use crate::pages::frame::{Frame, Section, after, status};
use crate::pages::messages::Messages;
use crate::pages::paths;
use crate::pages::visitor::Visitor;
use crate::pages::wrong::{Wrong, capital};
use crate::records::policy::{Named, Policy, PolicyState};
use crate::records::trial::TrialWish;
use crate::records::wave::Life;
use crate::serve::app::App;
use crate::serve::body::{Ids, NoKeys};
use crate::serve::problem::Problem;

/// Most waves that can be chosen from.
const WAVES: i64 = 40;
/// Most digits of a limit before the comma.
const DIGITS: usize = 9;

/// A wave of before that can be chosen.
pub(super) struct Wave {
    pub id: String,
    pub name: String,
    pub on: bool,
}

/// The waves that can be chosen for a policy: those that were published stand on, or those that were chosen.
pub(super) async fn waves(app: &App, policy: &Policy, form: Option<&Form>) -> Result<Vec<Wave>, Problem> {
    let (waves, _) = app.store.read().waves(None, 0, WAVES).await?;
    let fits = |phase: &str| policy.phase.is_none_or(|it| it.code() == phase);
    let waves = waves.into_iter().filter(|it| it.life != Life::Concept && fits(&it.phase)).map(|it| Wave {
        on: form.map_or(matches!(it.life, Life::Vastgesteld | Life::Gesloten), |form| form.all("lichting").any(|id| id == it.id)),
        name: it.name,
        id: it.id,
    });
    Ok(waves.collect())
}

struct Limit {
    key: String,
    label: String,
    word: &'static str,
    value: String,
    wrong: String,
}

#[derive(Template)]
#[template(path = "admin/trial_ask.html")]
struct AskPage {
    frame: Frame,
    title: String,
    back: (String, String),
    place: String,
    waves: Vec<Wave>,
    wrong: Wrong,
    against: String,
    policies: Vec<(String, String)>,
    limits: Vec<Limit>,
}

/// Whether a limit on a measure says at least, or else at most.
fn at_least(it: Measure) -> bool {
    matches!(it, Measure::Placed | Measure::FirstChoice | Measure::Points | Measure::Hard | Measure::Worst)
}

fn key(it: Measure) -> String {
    format!("grens-{}", it.code().replace('_', "-"))
}

/// What most people would set: no fewer people placed.
fn usual(it: Measure) -> String {
    if it == Measure::Placed { amount(it, 0) } else { String::new() }
}

async fn drawn(app: &App, visitor: &Visitor, code: StatusCode, named: &Named, typed: Option<(&Form, Wrong)>) -> Result<Response, Problem> {
    let frame = visitor.frame(app, Section::Policies);
    let m = frame.m;
    let policy = app.store.read().policy(named).await?.ok_or_else(Problem::unknown)?;
    let all = administration::policies(&app.store).await?;
    let (form, wrong) = typed.map_or_else(|| (None, Wrong::default()), |(form, wrong)| (Some(form), wrong));
    let others = all.iter().filter(|it| it.named != *named && it.state == PolicyState::Goedgekeurd);
    let others = others.map(|it| (it.named.text(), title_of(&it.named)));
    let limit = |it: &Measure| Limit {
        label: capital(measure(m, *it)),
        word: if at_least(*it) { m.trial.least() } else { m.trial.most() },
        value: form.map_or_else(|| usual(*it), |form| form.text(&key(*it)).to_owned()),
        wrong: wrong.of(&key(*it)).to_owned(),
        key: key(*it),
    };
    let shown = AskPage {
        title: m.trial.ask_title(title_of(named)),
        back: (paths::policy_draft(&named.name, named.number), capital(&title_of(named))),
        place: paths::try_policy(&named.name, named.number),
        waves: waves(app, &policy, form).await?,
        against: form.map_or_else(String::new, |it| it.text("tegen").to_owned()),
        policies: std::iter::once((String::new(), m.trial.against_own().to_owned())).chain(others).collect(),
        limits: Measure::ALL.iter().map(limit).collect(),
        wrong,
        frame,
    };
    status(code, &shown)
}

pub(super) async fn form(
    State(app): State<App>,
    visitor: Visitor,
    Ids(ids): Ids<(String, String)>,
    _: NoKeys,
) -> Result<Response, Problem> {
    drawn(&app, &visitor, StatusCode::OK, &named(ids)?, None).await
}

/// A number as people type it, in the unit in which a measure is kept: so many of those go into the unit that people use.
fn number(text: &str, scale: i64) -> Option<i64> {
    let (negative, text) = match text.strip_prefix(['-', '−']) {
        Some(rest) => (true, rest.trim_start()),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, part) = text.split_once([',', '.']).unwrap_or((text, ""));
    let wide = usize::try_from(scale.checked_ilog10()?).ok()?;
    let digits = |it: &str| it.chars().all(|it| it.is_ascii_digit());
    if whole.is_empty() || whole.len() > DIGITS || part.len() > wide || !digits(whole) || !digits(part) {
        return None;
    }
    let value: i64 = format!("{whole}{part:0<wide$}").parse().ok()?;
    Some(if negative { -value } else { value })
}

/// The limits that were typed; what is no number is told at its field.
fn limits(m: Messages, form: &Form, wrong: &mut Wrong) -> Vec<Threshold> {
    let mut all = Vec::new();
    for it in Measure::ALL {
        let Some(text) = form.some(&key(*it)) else { continue };
        let Some(bound) = number(text, scale(*it)) else {
            wrong.add(&key(*it), m.trial.bad_number());
            continue;
        };
        let (least, most) = if at_least(*it) { (Some(bound), None) } else { (None, Some(bound)) };
        all.push(Threshold { measure: *it, least, most });
    }
    all
}

pub(super) async fn ask(
    State(app): State<App>,
    visitor: Visitor,
    Ids(ids): Ids<(String, String)>,
    _: NoKeys,
    form: Form,
) -> Result<Response, Problem> {
    let named = named(ids)?;
    let m = visitor.frame(&app, Section::Policies).m;
    let mut wrong = Wrong::default();
    let waves: Vec<String> = form.all("lichting").map(str::to_owned).collect();
    if waves.is_empty() {
        wrong.add("lichtingen", m.trial.wave_chosen_none());
    }
    let thresholds = limits(m, &form, &mut wrong);
    let bad = StatusCode::BAD_REQUEST;
    if !wrong.is_empty() {
        return drawn(&app, &visitor, bad, &named, Some((&form, wrong))).await;
    }
    let other = form.some("tegen").and_then(|it| it.rsplit_once('/'));
    let against = other.and_then(|(name, number)| Some(Named::new(name, number.parse().ok()?)));
    let most = i64::try_from(app.settings.run_time.as_secs()).unwrap_or(i64::MAX);
    let wish = TrialWish { waves, against, thresholds, seconds: None };
    match trials::ask(&app.store, &visitor.asked, &named, wish, most).await {
        Ok(told) => Ok(after(&paths::policy_trial(&named.name, named.number, &told.trial.id), Done::TrialStarted)),
        Err(Refused::Invalid(refusal)) => {
            wrong.take(&refusal.problems, |pointer| if pointer.starts_with("/tegen") { "tegen" } else { "lichtingen" });
            drawn(&app, &visitor, bad, &named, Some((&form, wrong))).await
        }
        Err(refused) => Err(refused.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_is_read_in_the_unit_in_which_people_say_it() {
        assert_eq!(["0", "-2", "−2", "+3"].map(|it| number(it, 1)), [Some(0), Some(-2), Some(-2), Some(3)]);
        assert_eq!(["1,5", "1.5", "2", "-0,5"].map(|it| number(it, 10)), [Some(15), Some(15), Some(20), Some(-5)]);
        assert_eq!(["1250,5", "0,05"].map(|it| number(it, 100)), [Some(125_050), Some(5)]);
        assert!(["", "een", "1,5", "9999999999", "--1", ",5"].iter().all(|it| number(it, 1).is_none()));
        for it in Measure::ALL {
            for value in [0, 7, 10, 15, -30, 945] {
                assert_eq!(number(&amount(*it, value), scale(*it)), Some(value), "{it:?} {value}");
            }
        }
    }
}
