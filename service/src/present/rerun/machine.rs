//! The difference of a rerun as JSON.

use loket_instances::matching::read::Loaded;
use loket_instances::matching::rerun::Request;
use loket_instances::words::reasons::codes;
use loket_solver::matching::ask::rerun::cause::Why;
use loket_solver::matching::ask::rerun::difference::Kind;
use loket_solver::matching::facts::outcome::Outcome;
use loket_solver::matching::facts::words::Word;
use serde_json::{Value, json};

use super::page;
use super::told::{Cause, Figure, Person, Told};
use crate::present::names::Spot;

/// Everything the page says, by keys.
pub fn value(told: &Told<'_>, request: &Request) -> Value {
    let mut value = between(told);
    value["gevraagd"] = json!(page::asked(request));
    value["weggehaald"] = json!(told.of.remarks);
    value["minste_wijzigingen"] = json!(told.of.outcome.least_changes);
    value
}

/// What differs between two outcomes, by the same keys.
pub fn between(told: &Told<'_>) -> Value {
    let left = told.left.iter().map(|it| json!({ "kandidaat": it.id, "was": it.was.as_ref().map(spot) }));
    let mut value = json!({
        "lichting": told.of.after.wave.id,
        "gedwongen": told.counts.forced,
        "gewijzigd": told.counts.changed,
        "hetzelfde": told.of.difference.same,
        "mensen": told.people.iter().map(|it| person(told, it)).collect::<Value>(),
        "vertrokken": left.collect::<Value>(),
        "doelen": told.goals.iter().map(figure).collect::<Value>(),
        "cijfers": told.figures.iter().map(figure).collect::<Value>(),
    });
    if let Some(trade) = &told.of.trade_off {
        let rows: Vec<Value> = trade
            .rows
            .iter()
            .map(|row| {
                let values: Value = trade.goals.iter().zip(&row.values).map(|(goal, value)| (goal.name.clone(), json!(value))).collect();
                json!({ "extra": row.budget, "gewijzigd": row.changes, "waarden": values })
            })
            .collect();
        value["afruil"] = json!({ "regels": rows, "volledig": trade.complete });
    }
    value
}

fn figure(it: &Figure) -> Value {
    json!({ "naam": it.name, "was": it.was, "nu": it.now })
}

/// A rerun that has no plan: how it ended, and which locks cannot stand.
pub fn without_plan(after: &Loaded, outcome: &Outcome) -> Value {
    let conflict: Vec<Value> = outcome
        .conflict
        .iter()
        .map(|lock| json!({ "kandidaat": after.wave.candidates[lock.candidate].id, "regels": codes(&lock.rules) }))
        .collect();
    json!({ "lichting": after.wave.id, "status": outcome.verdict.code(), "conflict": conflict })
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Forced => "gedwongen",
        Kind::ForcedAndChosen => "gedwongen-en-gekozen",
        Kind::Chosen => "gekozen",
        Kind::Placed => "nu-geplaatst",
        Kind::Arrived => "nieuw",
    }
}

fn person(told: &Told<'_>, person: &Person<'_>) -> Value {
    json!({
        "kandidaat": person.id,
        "soort": kind(person.kind),
        "was": person.was.as_ref().map(spot),
        "nu": person.now.as_ref().map(spot),
        "oorzaken": person.causes.iter().map(|it| cause(told, it)).collect::<Value>(),
    })
}

fn cause(told: &Told<'_>, cause: &Cause<'_>) -> Value {
    let wave = &told.of.after.wave;
    let (text, at) = (&cause.text, cause.at.as_ref().map(spot));
    match cause.why {
        Why::CoachGone => json!({ "code": "coach-weg", "tekst": text }),
        Why::SchoolGone => json!({ "code": "school-weg", "tekst": text }),
        Why::SeatGone => json!({ "code": "plek-weg", "tekst": text }),
        Why::CoachForbidden(rules) => json!({ "code": "coach-mag-niet", "regels": codes(rules), "tekst": text }),
        Why::SeatForbidden(rules) => json!({ "code": "plek-mag-niet", "regels": codes(rules), "tekst": text }),
        Why::Full { rules, newcomers, .. } => {
            let people: Vec<&str> = newcomers.iter().map(|&it| wave.candidates[it].id.as_str()).collect();
            json!({ "code": "vol", "regels": codes(rules), "voor": people, "bij": at, "tekst": text })
        }
        Why::Less { rules, .. } => json!({ "code": "minder-ruimte", "regels": codes(rules), "bij": at, "tekst": text }),
        Why::Locked => json!({ "code": "vast", "tekst": text }),
        Why::Better { goal, by } => {
            json!({ "code": "doel", "doel": wave.policy.goals.get(*goal).map(|goal| &goal.name), "punten": by, "tekst": text })
        }
        Why::Equal => json!({ "code": "gelijk", "tekst": text }),
    }
}

/// A placement by the ids of its school, seat group and coach.
pub fn spot(spot: &Spot<'_>) -> Value {
    json!({ "school": spot.school, "plek": spot.group, "coach": spot.coach })
}
