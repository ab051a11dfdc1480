//! Reads the question of a request, in the numbers of its wave, and refuses what is unknown or not for this viewer.

use loket_instances::strict::problem::Refusal;
use loket_solver::matching::ask::explain::Base;
use loket_solver::matching::ask::explain::change::{Change, Spot};
use loket_solver::matching::facts::codes::RuleCode;
use loket_solver::matching::facts::ids::CandidateId;
use loket_solver::matching::facts::wave::Wave;
use loket_solver::matching::facts::words::{Status, Word};
use loket_solver::matching::judge::rules::overrulable;
use serde_json::Value;

use super::fields::{At, Fields, Report};
use super::kind::Kind;
use crate::present::explain::answers::{Question, allowed};
use crate::present::explain::ids;
use crate::view::View;

/// Most alternatives or candidates that are worked out for one question.
const MOST: u64 = 1_000;

/// What is asked, and for whose eyes.
#[derive(Debug)]
pub(super) enum Asked {
    /// Something about the plan.
    Question(View, Question),
    /// What if each coach drops out, and each school where asked.
    Stress { schools: bool, status: Status },
    /// The figures.
    Report(View),
}

/// Reads `vraag`.
///
/// # Errors
/// Everything that is wrong with it.
pub(super) fn read(kind: Kind, value: &Value, base: &Base<'_>) -> Result<Asked, Refusal> {
    let report = Report::default();
    let at = At { value, pointer: "/vraag".into(), report: &report };
    let made = asked(kind, &at, base);
    report.close(made)
}

/// Whether a solve is asked to write down its certificates: the only thing it can be asked.
///
/// # Errors
/// Everything that is wrong with it.
pub(super) fn certificate(value: &Value) -> Result<bool, Refusal> {
    let report = Report::default();
    let at = At { value, pointer: "/vraag".into(), report: &report };
    let made = at.fields(&["certificaat"]).and_then(|fields| fields.get("certificaat").map_or(Some(false), |at| at.flag()));
    report.close(made)
}

fn asked(kind: Kind, at: &At<'_>, base: &Base<'_>) -> Option<Asked> {
    let wave = base.wave;
    let keys: &[&str] = match kind {
        Kind::Solve => &[],
        Kind::Why => &["kijker", "kandidaat", "alternatieven"],
        Kind::Fits => &["kijker", "school", "plek", "coach", "aantal"],
        Kind::Scarcity => &["kijker", "aantal", "bestuur", "rest"],
        Kind::WhatIf => &["kijker", "afdwingen", "verbieden"],
        Kind::Stress => &["kijker", "scholen", "status"],
        Kind::Report => &["kijker"],
    };
    let fields = at.fields(keys)?;
    let view = fields.need("kijker").and_then(|at| viewer(wave, &at));
    let question = match kind {
        Kind::Solve => return None,
        Kind::Why => {
            let candidate = fields.need("kandidaat").and_then(|at| candidate(wave, &at));
            let alternatives = fields.size_or("alternatieven", MOST, 5);
            Question::Why { candidate: candidate?, alternatives: alternatives? }
        }
        Kind::Fits => {
            let most = fields.size_or("aantal", MOST, 5);
            let spot = spot(wave, &fields)?;
            if spot == Spot::default() {
                fields.tell("leeg", "er staat geen school, plek of coach", "noem een school met een plek, een coach, of allebei");
            }
            Question::Fits { spot, most: most? }
        }
        Kind::Scarcity => scarcity(wave, &fields, view)?,
        Kind::WhatIf => Question::WhatIf(changes(wave, &fields)?),
        Kind::Stress => {
            let schools = fields.get("scholen").map_or(Some(false), |at| at.flag());
            let status = fields.get("status").map_or(Some(Status::Akkoord), |at| {
                let status = Status::parse(at.text()?);
                if status.is_none() {
                    at.tell("woord", "deze status bestaat niet", "kies uit: voorgesteld, akkoord, gestart");
                }
                status
            });
            if view? != View::Intermediary {
                at.tell(
                    "niet-te-zien",
                    "Wie er uitvalt, kan alleen de intermediair vragen.",
                    "vraag iets over de eigen scholen of plaatsing",
                );
            }
            return Some(Asked::Stress { schools: schools?, status: status? });
        }
        Kind::Report => return Some(Asked::Report(view?)),
    };
    let view = view?;
    if let Err(why) = allowed(view, base, &question) {
        at.tell("niet-te-zien", why, "vraag iets dat deze kijker mag zien");
    }
    Some(Asked::Question(view, question))
}

fn viewer(wave: &Wave, at: &At<'_>) -> Option<View> {
    let text = at.text()?;
    let view = View::parse(text, wave);
    if view.is_none() {
        let named = text.starts_with("bestuur:") || text.starts_with("kandidaat:");
        let code = if named { "onbekende-verwijzing" } else { "woord" };
        at.tell(code, "deze kijker is er niet", "kies uit: intermediair, bestuur:ID, kandidaat:ID, met een id uit de lichting");
    }
    view
}

/// What an id stands for.
fn known<T>(at: &At<'_>, find: impl FnOnce(&str) -> Result<T, String>) -> Option<T> {
    match find(at.text()?) {
        Ok(found) => Some(found),
        Err(why) => {
            at.tell("onbekende-verwijzing", why, "noem een id uit de lichting");
            None
        }
    }
}

fn candidate(wave: &Wave, at: &At<'_>) -> Option<CandidateId> {
    known(at, |id| ids::candidate(wave, id))
}

/// `school`, `plek` and `coach` of an object; nothing when one of them is wrong.
fn spot(wave: &Wave, fields: &Fields<'_>) -> Option<Spot> {
    let mut spot = Spot::default();
    if let Some(at) = fields.get("school") {
        spot.school = Some(known(&at, |id| ids::school(wave, id))?);
    }
    if let Some(at) = fields.get("plek") {
        let Some(school) = fields.get("school") else {
            at.tell("samen", "bij een plek hoort een school", "noem ook de school");
            return None;
        };
        let school = school.text()?;
        spot.seat = Some(known(&at, |id| ids::seat(wave, school, id))?);
    }
    if let Some(at) = fields.get("coach") {
        spot.coach = Some(known(&at, |id| ids::coach(wave, id))?);
    }
    Some(spot)
}

fn scarcity(wave: &Wave, fields: &Fields<'_>, view: Option<View>) -> Option<Question> {
    let most = fields.size_or("aantal", MOST, 20);
    let named = match fields.get("bestuur") {
        Some(at) => Some(known(&at, |id| ids::board(wave, id))?),
        None => None,
    };
    // A board asks about itself.
    let board = named.or(if let Some(View::Board(own)) = view { Some(own) } else { None });
    let usual = view == Some(View::Intermediary) && board.is_none();
    let rest = fields.get("rest").map_or(Some(usual), |at| at.flag());
    Some(Question::Scarcity { most: most?, board, rest: rest? })
}

fn changes(wave: &Wave, fields: &Fields<'_>) -> Option<Vec<Change>> {
    let mut changes = Vec::new();
    for (list, keys) in
        [("afdwingen", &["kandidaat", "school", "plek", "coach", "ondanks"][..]), ("verbieden", &["kandidaat", "school", "plek", "coach"])]
    {
        for row in fields.get(list).map_or(Some(Vec::new()), |at| at.items())? {
            let Some(of) = row.fields(keys) else { continue };
            let who = of.need("kandidaat").and_then(|at| candidate(wave, &at));
            let despite = of.get("ondanks").map_or(Some(Vec::new()), |at| overruled(&at));
            let (Some(candidate), Some(spot), Some(despite)) = (who, spot(wave, &of), despite) else { continue };
            changes.push(match list {
                "afdwingen" => Change::Force { candidate, spot, despite },
                _ => Change::Forbid { candidate, spot },
            });
        }
    }
    if fields.get("afdwingen").is_none() && fields.get("verbieden").is_none() {
        fields.tell("leeg", "er staat niet wat er anders is", "vul afdwingen of verbieden in");
    }
    Some(changes)
}

/// Rules that may be overruled.
fn overruled(at: &At<'_>) -> Option<Vec<RuleCode>> {
    let mut codes = Vec::new();
    for item in at.items()? {
        let text = item.text()?;
        let remedy = || format!("te overrulen zijn: {}", overrulable().map(RuleCode::code).collect::<Vec<_>>().join(", "));
        match RuleCode::parse(text) {
            Some(code) if codes.contains(&code) => item.tell("dubbel", "deze regel staat er al", "noem elke regel één keer"),
            Some(code) if code.rule().overrulable => codes.push(code),
            Some(_) => item.tell("niet-te-overrulen", "deze regel geldt altijd", remedy()),
            None => item.tell("woord", "deze regel bestaat niet", remedy()),
        }
    }
    Some(codes)
}
