//! What if choices are forced (`afdwingen`, `ondanks` rules that a person may overrule) or forbidden (`verbieden`).

use loket_instances::strict::fields::{At, Fields};
use loket_instances::strict::problem::Refusal;
use loket_solver::matching::ask::explain::change::Change;
use loket_solver::matching::facts::codes::RuleCode;
use loket_solver::matching::facts::plan::Plan;
use loket_solver::matching::facts::wave::Wave;
use loket_solver::matching::judge::rules::overrulable;
use serde_json::Value;

use super::{candidate, explained, spot, understood, viewer};
use crate::present::explain::answers::Question;
use crate::view::View;
use crate::work::task::Task;

/// The keys of the question.
pub(crate) const KEYS: &[&str] = &["kijker", "afdwingen", "verbieden"];

/// Reads the question only.
pub(crate) fn check(at: &At<'_>, wave: &Wave, plan: &Plan) -> Option<()> {
    understood(at, wave, plan, read).map(|_| ())
}

/// Reads the question and answers it.
pub(crate) fn compute(task: Task<'_>) -> Result<Value, Refusal> {
    explained(&task, read)
}

fn read(at: &At<'_>, wave: &Wave) -> Option<(View, Question)> {
    let fields = at.object(KEYS)?;
    let view = viewer(wave, &fields);
    let changes = changes(wave, &fields)?;
    Some((view?, Question::WhatIf(changes)))
}

fn changes(wave: &Wave, fields: &Fields<'_>) -> Option<Vec<Change>> {
    let (force, forbid) = (fields.get("afdwingen"), fields.get("verbieden"));
    let mut changes = Vec::new();
    for row in force.map_or(Some(Vec::new()), |at| at.rows(""))? {
        let Some(of) = row.object(&["kandidaat", "school", "plek", "coach", "ondanks"]) else { continue };
        let who = of.need("kandidaat").and_then(|at| candidate(wave, at));
        let despite = of.get("ondanks").map_or(Some(Vec::new()), overruled);
        let (Some(candidate), Some(spot), Some(despite)) = (who, spot(wave, &of), despite) else { continue };
        changes.push(Change::Force { candidate, spot, despite });
    }
    for row in forbid.map_or(Some(Vec::new()), |at| at.rows(""))? {
        let Some(of) = row.object(&["kandidaat", "school", "plek", "coach"]) else { continue };
        let who = of.need("kandidaat").and_then(|at| candidate(wave, at));
        let (Some(candidate), Some(spot)) = (who, spot(wave, &of)) else { continue };
        changes.push(Change::Forbid { candidate, spot });
    }
    if force.is_none() && forbid.is_none() {
        fields.at.refuse("leeg", "er staat niet wat er anders is", "vul afdwingen of verbieden in");
    }
    Some(changes)
}

/// Rules that may be overruled.
fn overruled(at: &At<'_>) -> Option<Vec<RuleCode>> {
    let mut codes = Vec::new();
    for item in at.rows("")? {
        let text = item.text()?;
        let remedy = || format!("afwijken kan van: {}", overrulable().map(RuleCode::code).collect::<Vec<_>>().join(", "));
        let named = RuleCode::parse(text);
        match named.filter(|code| code.rule().overrulable) {
            Some(code) if codes.contains(&code) => item.refuse("dubbel", "deze regel staat er al", "noem elke regel één keer"),
            Some(code) => codes.push(code),
            None if named.is_some() => item.refuse("niet-te-overrulen", "deze regel geldt altijd", remedy()),
            None => item.refuse("woord", "deze regel bestaat niet", remedy()),
        }
    }
    Some(codes)
}
