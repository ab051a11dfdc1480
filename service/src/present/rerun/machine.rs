//! The difference of a rerun as JSON.

use loket_instances::matching::read::Loaded;
use loket_instances::matching::rerun::Request;
use loket_instances::words::reasons::codes;
use loket_solver::matching::ask::rerun::cause::Why;
use loket_solver::matching::ask::rerun::difference::{Kind, Moved};
use loket_solver::matching::facts::outcome::{Outcome, Verdict};
use loket_solver::matching::facts::plan::Placement;
use serde_json::{Value, json};

use super::{Compared, page, why};

/// Everything the page says, by keys.
pub fn value(compared: &Compared<'_>, request: &Request) -> Value {
    let mut value = between(compared);
    value["gevraagd"] = json!(page::asked(request));
    value["weggehaald"] = json!(compared.remarks);
    value["minste_wijzigingen"] = json!(compared.outcome.least_changes);
    value
}

/// What differs between two outcomes, by the same keys.
pub fn between(compared: &Compared<'_>) -> Value {
    let people: Vec<Value> = compared.difference.people.iter().map(|moved| person(compared, moved)).collect();
    let goals: Vec<Value> = compared.goals().iter().map(|goal| json!({ "naam": goal.name, "was": goal.was, "nu": goal.now })).collect();
    let figures = page::key_figures(compared).map(|(name, was, now)| json!({ "naam": name, "was": was, "nu": now }));
    let left: Vec<Value> = compared
        .difference
        .left
        .iter()
        .map(|&it| {
            let was = compared.old[it].map(|from| placement(compared.before, from));
            json!({ "kandidaat": compared.before.wave.candidates[it].id, "was": was })
        })
        .collect();
    let count = |holds: fn(Kind) -> bool| compared.difference.people.iter().filter(|moved| holds(moved.kind)).count();
    let mut value = json!({
        "lichting": compared.after.wave.id,
        "gedwongen": count(Kind::forced),
        "gewijzigd": count(Kind::changed),
        "hetzelfde": compared.difference.same,
        "mensen": people,
        "vertrokken": left,
        "doelen": goals,
        "cijfers": figures,
    });
    if let Some(trade) = &compared.trade_off {
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

/// A rerun that has no plan: how it ended, and which locks cannot stand.
pub fn without_plan(after: &Loaded, outcome: &Outcome) -> Value {
    let status = if outcome.verdict == Verdict::Impossible { "onmogelijk" } else { "afgebroken" };
    let conflict: Vec<Value> = outcome
        .conflict
        .iter()
        .map(|lock| json!({ "kandidaat": after.wave.candidates[lock.candidate].id, "regels": codes(&lock.rules) }))
        .collect();
    json!({ "lichting": after.wave.id, "status": status, "conflict": conflict })
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

fn person(compared: &Compared<'_>, moved: &Moved) -> Value {
    let texts = why::sentences(compared, moved);
    let causes: Vec<Value> = moved.why.iter().zip(texts).map(|(why, text)| cause(compared, why, text)).collect();
    json!({
        "kandidaat": compared.after.wave.candidates[moved.candidate].id,
        "soort": kind(moved.kind),
        "was": moved.from.map(|from| placement(compared.before, from)),
        "nu": moved.to.map(|to| placement(compared.after, to)),
        "oorzaken": causes,
    })
}

fn cause(compared: &Compared<'_>, why: &Why, text: String) -> Value {
    let wave = &compared.after.wave;
    match why {
        Why::CoachGone => json!({ "code": "coach-weg", "tekst": text }),
        Why::SchoolGone => json!({ "code": "school-weg", "tekst": text }),
        Why::SeatGone => json!({ "code": "plek-weg", "tekst": text }),
        Why::CoachForbidden(rules) => json!({ "code": "coach-mag-niet", "regels": codes(rules), "tekst": text }),
        Why::SeatForbidden(rules) => json!({ "code": "plek-mag-niet", "regels": codes(rules), "tekst": text }),
        Why::Full { rules, newcomers, at, .. } => {
            let people: Vec<&str> = newcomers.iter().map(|&it| wave.candidates[it].id.as_str()).collect();
            json!({ "code": "vol", "regels": codes(rules), "voor": people, "bij": placement(compared.after, *at), "tekst": text })
        }
        Why::Less { rules, at, .. } => {
            json!({ "code": "minder-ruimte", "regels": codes(rules), "bij": placement(compared.after, *at), "tekst": text })
        }
        Why::Locked => json!({ "code": "vast", "tekst": text }),
        Why::Better { goal, by } => {
            json!({ "code": "doel", "doel": wave.policy.goals.get(*goal).map(|goal| &goal.name), "punten": by, "tekst": text })
        }
        Why::Equal => json!({ "code": "gelijk", "tekst": text }),
    }
}

fn placement(loaded: &Loaded, placement: Placement) -> Value {
    let wave = &loaded.wave;
    json!({
        "school": wave.school_of(placement.seat).id,
        "plek": wave.seats[placement.seat].id,
        "coach": wave.coaches[placement.coach].id,
    })
}
