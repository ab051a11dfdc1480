//! The child at work on a question about a plan: what such questions share, and a file for each kind of question.

use loket_instances::strict::fields::{At, Fields};
use loket_instances::strict::near::nearest;
use loket_instances::strict::problem::Refusal;
use loket_solver::matching::ask::explain::Base;
use loket_solver::matching::ask::explain::change::Spot;
use loket_solver::matching::facts::ids::CandidateId;
use loket_solver::matching::facts::plan::Plan;
use loket_solver::matching::facts::wave::Wave;
use loket_solver::matching::facts::words::Word;
use serde_json::{Value, json};

use super::task::{Task, part};
use crate::present::explain::answers::{Page, Part, Question, allowed, answer};
use crate::present::explain::shape::PartName;
use crate::present::explain::view::Lens;
use crate::present::explain::{base, ids, json};
use crate::view::View;

pub(super) mod elsewhere;
pub(super) mod fits;
pub(super) mod report;
pub(super) mod scarcity;
pub(super) mod stress;
pub(super) mod swaps;
pub(super) mod trade_off;
pub(super) mod trial;
pub(super) mod tryout;
pub(super) mod waiting;
pub(super) mod what_if;
pub(super) mod why;

/// Most alternatives or candidates that are worked out for one question.
const MOST: i64 = 1_000;

/// The plan of a request, checked against its wave.
///
/// # Errors
/// The outcome is not of this wave, or has no plan.
fn plan<'a>(task: &Task<'a>) -> Result<Base<'a>, Refusal> {
    let bytes = task.given.part("uitkomst").unwrap_or_default();
    base(task.loaded, bytes, "De uitkomst")
        .map_err(|why| Refusal::one("uitkomst", &part("uitkomst"), why, "stuur een uitkomst met een plan dat bij deze lichting hoort"))
}

/// An answer as the last line.
fn last(answer: Value, complete: bool) -> Value {
    json!({ "soort": "antwoord", "antwoord": answer, "volledig": complete })
}

/// Reads a question against a wave and the plan of an outcome, without answering it.
///
/// # Errors
/// Everything that is wrong with it, also that this viewer may not ask it.
pub(crate) type Understood = fn(&At<'_>, &Wave, &Plan) -> Option<()>;

/// What a reader of a question that the solver explains makes of it, when this viewer may ask it.
fn understood(
    at: &At<'_>,
    wave: &Wave,
    plan: &Plan,
    read: impl Fn(&At<'_>, &Wave) -> Option<(View, Question)>,
) -> Option<(View, Question)> {
    let (view, question) = read(at, wave)?;
    if let Err(why) = allowed(view, wave, plan, &question) {
        at.refuse("niet-te-zien", why, "vraag iets dat deze kijker mag zien");
        return None;
    }
    Some((view, question))
}

/// Reads a question that the solver explains, and answers it.
///
/// # Errors
/// Everything that is wrong with it, also that this viewer may not ask it.
fn explained(task: &Task<'_>, read: impl Fn(&At<'_>, &Wave) -> Option<(View, Question)>) -> Result<Value, Refusal> {
    let mut base = plan(task)?;
    let (view, question) = task.question(|at| understood(at, base.wave, &base.plan, &read))?;
    if question.asks_often() || !base.proven() {
        base.learn(&task.desk);
    }
    let lens = Lens::new(task.loaded, &base.plan, view);
    Ok(answered(task, &lens, &base, &question))
}

/// Answers a question, with its parts as they come where there are several.
fn answered(task: &Task<'_>, lens: &Lens<'_>, base: &Base<'_>, question: &Question) -> Value {
    let several = matches!(question, Question::Why { .. } | Question::Scarcity { rest: true, .. });
    let mut page = Page::default();
    let mut whole = true;
    let told = answer(base, lens, question, &task.desk, &mut |part| {
        whole &= !part.stopped();
        let found = match part {
            Part::Alternative(_, _, it) => {
                Some((PartName::Alternative.code(), serde_json::to_value(json::alternative(lens, it)).unwrap_or_default()))
            }
            _ => part.json(lens),
        };
        page.add(&part, lens);
        if let (Some((name, value)), true) = (found, several) {
            task.speaker.say(&json!({ "soort": "deel", "naam": name, "antwoord": value }));
        }
        Ok::<(), std::convert::Infallible>(())
    });
    let Ok(()) = told;
    last(page.json(lens), whole)
}

/// For whose eyes: `kijker`.
fn viewer(wave: &Wave, fields: &Fields<'_>) -> Option<View> {
    let at = fields.need("kijker")?;
    let text = at.text()?;
    let view = View::parse(text, wave);
    if view.is_none() {
        let named = text.starts_with("bestuur:") || text.starts_with("kandidaat:");
        let code = if named { "onbekende-verwijzing" } else { "woord" };
        at.refuse(code, "deze kijker is er niet", "kies uit: intermediair, bestuur:ID, kandidaat:ID, met een id uit de lichting");
    }
    view
}

/// How many are worked out, or the usual number.
fn count_or(fields: &Fields<'_>, key: &'static str, usual: usize) -> Option<usize> {
    let Some(at) = fields.get(key) else { return Some(usual) };
    at.integer(0..=MOST).and_then(|count| usize::try_from(count).ok())
}

/// What an id stands for; `all` are the ids that there are.
fn known<'w, T>(at: &At<'_>, find: impl FnOnce(&str) -> Result<T, String>, all: impl Iterator<Item = &'w String>) -> Option<T> {
    let id = at.text()?;
    match find(id) {
        Ok(found) => Some(found),
        Err(why) => {
            let near = nearest(id, all.map(String::as_str));
            let remedy = near.map_or_else(|| "noem een id uit de lichting".to_owned(), |near| format!("bedoelde u \"{near}\"?"));
            at.refuse("onbekende-verwijzing", why, remedy);
            None
        }
    }
}

fn candidate(wave: &Wave, at: &At<'_>) -> Option<CandidateId> {
    known(at, |id| ids::candidate(wave, id), wave.candidates.iter().map(|it| &it.id))
}

/// `school`, `plek` and `coach` of an object; nothing when one of them is wrong.
fn spot(wave: &Wave, fields: &Fields<'_>) -> Option<Spot> {
    let mut spot = Spot::default();
    if let Some(at) = fields.get("school") {
        spot.school = Some(known(at, |id| ids::school(wave, id), wave.schools.iter().map(|it| &it.id))?);
    }
    if let Some(at) = fields.get("plek") {
        let Some(school) = fields.get("school") else {
            at.refuse("samen", "bij een plek hoort een school", "noem ook de school");
            return None;
        };
        let school = school.text()?;
        let seats = spot.school.iter().flat_map(|&it| &wave.schools[it].seats).map(|&seat| &wave.seats[seat].id);
        spot.seat = Some(known(at, |id| ids::seat(wave, school, id), seats)?);
    }
    if let Some(at) = fields.get("coach") {
        spot.coach = Some(known(at, |id| ids::coach(wave, id), wave.coaches.iter().map(|it| &it.id))?);
    }
    Some(spot)
}
