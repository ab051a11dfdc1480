//! Writes an outcome file's data as JSON.

use loket_solver::matching::facts::outcome::Verdict;
use loket_solver::matching::facts::words::Word;
use serde_json::{Map, Value, json};

use super::write::table;
use crate::matching::lines::{FORMAT, Figures, OutcomeFile, PlacementLine, ReasonLine, UnplacedLine};
use crate::outcomes::write::{goal, notice, numbers, technique};
use crate::strict::object::list;

/// The whole file; `conflict` is there only when the status is `onmogelijk`.
pub fn to_json(outcome: &OutcomeFile) -> Value {
    let mut file = Map::new();
    let mut put = |key: &str, value: Value| file.insert(key.into(), value);
    put("formaat", FORMAT.into());
    put("lichting", outcome.wave.clone().into());
    put("invoer_sha256", outcome.input_sha256.clone().into());
    put("status", outcome.status.code().into());
    put("doelen", list(&outcome.goals, goal));
    put("plaatsingen", outcome.placements.iter().map(placement).collect());
    put("ongeplaatst", outcome.unplaced.iter().map(unplaced).collect());
    if outcome.status == Verdict::Impossible || !outcome.conflict.is_empty() {
        let conflict = outcome.conflict.iter().map(|line| json!({ "kandidaat": line.candidate, "regels": line.rules }));
        put("conflict", conflict.collect());
    }
    put("meldingen", list(&outcome.notices, notice));
    put("kerncijfers", figures(&outcome.figures));
    put("beleid", outcome.policy.clone());
    put("techniek", technique(&outcome.technique));
    Value::Object(file)
}

fn placement(line: &PlacementLine) -> Value {
    json!({
        "kandidaat": line.candidate,
        "school": line.school,
        "plek": line.seat,
        "bouw": line.bouw,
        "coach": line.coach,
        "uren": line.hours,
        "reistijd": line.travel,
        "coachreistijd": line.coach_travel,
        "punten": numbers(&line.points),
    })
}

fn unplaced(line: &UnplacedLine) -> Value {
    let reasons: Vec<Value> = line.reasons.iter().map(reason).collect();
    json!({ "kandidaat": line.candidate, "redenen": reasons })
}

fn reason(line: &ReasonLine) -> Value {
    let data = table(line.data.iter().map(|(key, number)| (key.as_str(), *number)));
    json!({ "code": line.code, "gegevens": data, "tekst": line.text })
}

fn figures(figures: &Figures) -> Value {
    let mut written = json!({
        "kandidaten": figures.candidates,
        "geplaatst": figures.placed,
        "bouw_1e": figures.first_bouw,
        "bouw_2e": figures.second_bouw,
        "bouw_later": figures.later_bouw,
        "reistijd_gemiddeld": figures.mean_travel,
        "reistijd_hoogste": figures.most_travel,
        "kosten_cent": figures.cost_cents,
        "gewijzigd": figures.changed,
        "gedwongen": figures.forced,
    });
    add(&mut written, &figures.more);
    written
}

fn add(written: &mut Value, more: &Map<String, Value>) {
    for (key, value) in more {
        written[key] = value.clone();
    }
}
