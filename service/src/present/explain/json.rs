//! Explanations for machines: the same answers, as far as the same lens lets them be seen.

use loket_instances::words::reasons::codes;
use loket_solver::matching::ask::explain::alternatives::{Alternative, Alternatives};
use loket_solver::matching::ask::explain::ask::{Answer, Asked, Move, Span};
use loket_solver::matching::ask::explain::change::Change;
use loket_solver::matching::ask::explain::fits::Fits;
use loket_solver::matching::ask::explain::limits::LimitKey;
use loket_solver::matching::ask::explain::none;
use loket_solver::matching::ask::explain::rest::Rest;
use loket_solver::matching::ask::explain::scarcity::Scarcity;
use loket_solver::matching::ask::explain::why::{Better, Why};
use loket_solver::matching::ask::explain::{Found, Standing};
use loket_solver::matching::facts::codes::TermCode;
use loket_solver::matching::facts::ids::CandidateId;
use loket_solver::matching::facts::plan::Placement;
use serde_json::{Map, Value, json};

use super::view::Lens;
use super::{seen, words};

fn place(lens: &Lens<'_>, placement: Placement) -> Value {
    let mut value = json!({ "tekst": lens.place(placement) });
    if let Some(ids) = lens.ids() {
        let (school, seat) = ids.seat(placement.seat);
        value["school"] = school.into();
        value["plek"] = seat.into();
        value["coach"] = ids.coach(placement.coach).into();
    }
    value
}

fn optional(lens: &Lens<'_>, placement: Option<Placement>) -> Value {
    placement.map_or(Value::Null, |placement| place(lens, placement))
}

fn person(lens: &Lens<'_>, candidate: CandidateId) -> Value {
    lens.ids().map_or_else(|| lens.person(candidate).into(), |ids| ids.candidate(candidate).into())
}

fn span(span: Span) -> Value {
    json!({ "verschil": span.exact(), "minstens": span.least, "hoogstens": span.most, "bewezen": span.exact().is_some() })
}

fn asked(lens: &Lens<'_>, asked: &Asked) -> Value {
    let goals: Vec<Value> = lens
        .policy()
        .goals
        .iter()
        .zip(&asked.price)
        .map(|(goal, price)| {
            let mut line = span(*price);
            line["doel"] = goal.name.clone().into();
            line
        })
        .collect();
    let mut value = json!({
        "doelen": goals,
        "verhuizingen": asked.movers.len(),
        "minste_verhuizingen": asked.least_movers,
        "bewezen": asked.proven(),
    });
    if lens.names_people() {
        let movers = asked.movers.iter().map(
            |step| json!({ "kandidaat": person(lens, step.candidate), "van": optional(lens, step.from), "naar": optional(lens, step.to) }),
        );
        value["wie"] = movers.collect();
    }
    value
}

/// An answer.
pub fn answer(lens: &Lens<'_>, answer: &Answer) -> Value {
    match answer {
        Answer::Possible(it) => asked(lens, it),
        Answer::Impossible(conflict) if lens.names_people() => {
            let locks: Vec<Value> =
                conflict.iter().map(|it| json!({ "kandidaat": person(lens, it.candidate), "regels": codes(&it.rules) })).collect();
            json!({ "onmogelijk": true, "conflict": locks })
        }
        Answer::Impossible(_) => json!({ "onmogelijk": true }),
        Answer::Contradiction(_) => json!({ "onmogelijk": true, "tegenspraak": true }),
        Answer::Stopped => json!({ "gestopt": true }),
    }
}

fn maybe(lens: &Lens<'_>, of: Option<&Answer>) -> Value {
    of.map_or(Value::Null, |it| answer(lens, it))
}

fn points(points: &[(TermCode, i64)]) -> Value {
    points.iter().map(|(code, points)| (code.code().to_string(), json!(points))).collect::<Map<String, Value>>().into()
}

fn better(lens: &Lens<'_>, it: &Better) -> Value {
    let obstacles: Vec<Value> = it
        .obstacles
        .iter()
        .map(|it| json!({ "regel": it.rule.code(), "heeft": it.figures.map(|(has, _)| has), "grens": it.figures.map(|(_, asks)| asks) }))
        .collect();
    let full: Vec<Value> = it
        .full
        .iter()
        .map(|full| {
            let mut line =
                json!({ "regel": full.exceeded.limit.rule.code(), "tekort": full.exceeded.short, "bezet_door": full.holders.len() });
            if lens.names_people() {
                line["wie"] = full.holders.iter().map(|&candidate| person(lens, candidate)).collect();
            }
            line
        })
        .collect();
    json!({
        "plaats": place(lens, it.placement), "punten": points(&it.points), "eigen": it.own,
        "regels": obstacles, "vol": full, "prijs": maybe(lens, it.answer.as_ref()),
    })
}

/// Why this placement.
pub fn why(lens: &Lens<'_>, candidate: CandidateId, it: &Why) -> Value {
    let list = |all: &[Better]| -> Value { seen::better(lens, all).into_iter().map(|it| better(lens, it)).collect() };
    json!({
        "kandidaat": person(lens, candidate), "plaats": place(lens, it.placement), "punten": points(&it.points), "eigen": it.own,
        "beter_mogelijk": it.open.len(), "beter_verboden": it.forbidden.len(),
        "mogelijk": list(&it.open), "verboden": list(&it.forbidden), "gestopt": it.stopped,
    })
}

fn grown(lens: &Lens<'_>, growth: &[(LimitKey, i64)]) -> Value {
    growth.iter().map(|&(limit, by)| json!({ "regel": limit.rule.code(), "tekst": words::grows(lens, limit, by), "erbij": by })).collect()
}

/// Why no placement.
pub fn why_none(lens: &Lens<'_>, candidate: CandidateId, it: &none::Why) -> Value {
    let mut value = match it {
        none::Why::Pairs { seats, rules, openings, stopped, .. } => json!({
            "soort": "regels", "plekken": seats, "gestopt": stopped,
            "regels": rules.iter().map(|(code, seats)| json!({ "code": code.code(), "plekken": seats })).collect::<Vec<_>>(),
            "openingen": openings.iter().map(|it| json!({
                "verandering": words::change(lens, &it.change), "plekken": it.seats, "geeft_plaats": it.places,
                "prijs": maybe(lens, it.answer.as_ref()),
            })).collect::<Vec<_>>(),
        }),
        none::Why::Limits { seats, reasons, proven, stopped } => json!({
            "soort": "grenzen", "plekken": seats, "bewezen": proven, "gestopt": stopped,
            "redenen": reasons.iter().map(|it| json!({
                "grenzen": grown(lens, &it.growth),
                "prijs": maybe(lens, it.answer.as_ref()),
            })).collect::<Vec<_>>(),
        }),
        none::Why::Costly { growth, answer: it } => json!({
            "soort": "grenzen-en-doel",
            "grenzen": grown(lens, growth),
            "prijs": answer(lens, it),
        }),
        none::Why::Goal(it) => json!({ "soort": "doel", "prijs": answer(lens, it) }),
        none::Why::Nothing => json!({ "soort": "niets" }),
        none::Why::Unproven => json!({ "soort": "plan-niet-bewezen" }),
        none::Why::Stopped => json!({ "soort": "afgebroken", "gestopt": true }),
        none::Why::Open => json!({ "soort": "niet-bewezen" }),
    };
    value["kandidaat"] = person(lens, candidate);
    value
}

/// How a plan stands that was not proven when it was shown.
pub fn standing(lens: &Lens<'_>, it: &Standing) -> Value {
    let names =
        |goals: &[usize]| -> Value { goals.iter().filter_map(|&goal| Some(lens.policy().goals.get(goal)?.name.as_str())).collect() };
    let mut value = json!({ "bewezen": it.found == Found::Best, "niet_bewezen": names(&it.unproven), "nu_uitgezocht": it.settled });
    if let Found::Better { gains, moves } = &it.found {
        let more = lens.policy().goals.iter().zip(gains).filter(|(_, gain)| **gain != 0);
        value["beter"] = more.map(|(goal, gain)| json!({ "doel": goal.name, "verschil": gain })).collect();
        value["verhuizingen_hoe_dan_ook"] = moves.len().into();
        if lens.names_people() {
            let line = |step: &Move| json!({ "kandidaat": person(lens, step.candidate), "van": optional(lens, step.from), "naar": optional(lens, step.to) });
            value["wie"] = moves.iter().map(line).collect();
        }
    }
    value
}

/// One alternative, at a seat group that may be seen.
pub fn alternative(lens: &Lens<'_>, it: &Alternative) -> Value {
    json!({ "plaats": place(lens, it.placement), "prijs": asked(lens, &it.asked) })
}

/// Alternatives.
pub fn alternatives(lens: &Lens<'_>, all: &Alternatives) -> Value {
    let list: Vec<Value> = seen::alternatives(lens, all).into_iter().map(|it| alternative(lens, it)).collect();
    json!({ "alternatieven": list, "alle": all.all, "gestopt": all.stopped, "volgorde_bewezen": all.ordered })
}

/// Who fits.
pub fn fits(lens: &Lens<'_>, it: &Fits) -> Value {
    let mut value = json!({
        "nu": it.now.len(), "passen": it.allowed, "nagerekend": it.asked, "onmogelijk": it.impossible, "gestopt": it.stopped,
        "zonder_verlies": seen::divided(it).free,
    });
    if lens.names_people() {
        let all = it.found.iter().map(|fit| {
            json!({ "kandidaat": person(lens, fit.candidate), "plaats": place(lens, fit.placement), "prijs": asked(lens, &fit.asked) })
        });
        value["kandidaten"] = all.collect();
    }
    value
}

/// What is scarce.
pub fn scarcity(lens: &Lens<'_>, it: &Scarcity) -> Value {
    let worth: Vec<Value> =
        it.worth.iter().map(|it| json!({ "verandering": words::change(lens, &it.change), "prijs": asked(lens, &it.asked) })).collect();
    json!({ "veranderingen": worth, "zonder_effect": it.idle, "kandidaten": it.candidates, "gestopt": it.stopped })
}

/// Ways to place the rest.
pub fn rest(lens: &Lens<'_>, it: &Rest) -> Value {
    let names = |changes: &[Change]| -> Vec<String> { changes.iter().map(|it| words::change(lens, it)).collect() };
    json!({
        "manieren": it.ways.iter().map(|way| json!({ "veranderingen": names(&way.changes), "meer_geplaatst": way.places })).collect::<Vec<_>>(),
        "samen_meer_geplaatst": it.together.as_ref().map(|(_, places)| places),
        "zonder": it.without.len(), "gestopt": it.stopped,
    })
}
