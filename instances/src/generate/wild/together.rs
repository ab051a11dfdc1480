//! What some small rich waves have besides: people together or apart, a shared duo colleague, and prices of what is worth saving.

use loket_solver::matching::facts::words::{PairKind, Word};
use serde_json::{Value, json};

use crate::generate::draw::Draw;
use crate::generate::words;

/// Adds them to three in eight seeds, from a stream of their own: all else of a wave, and every wave of the other seeds, stays as it was before
/// there were any.
pub(super) fn more(mut wave: Value, seed: u64) -> Value {
    if [2, 5, 7].contains(&(seed % 8)) {
        let mut draw = Draw::new("samen", seed);
        if draw.percent(80) {
            share(&mut wave, &mut draw);
        }
        if draw.percent(60) {
            wave["beleid"]["bewaren"] = saving(&wave, &mut draw);
            save(&mut wave, &mut draw);
        }
        if draw.percent(80) {
            wave["paren"] = pairs(&wave, &mut draw);
        }
    }
    wave
}

/// The rows under a key, where there are any.
fn rows<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value[key].as_array().map_or(&[], Vec::as_slice)
}

/// Most seat groups for two or more share a duo colleague, who has half-days of its own where the wave named none.
fn share(wave: &mut Value, draw: &mut Draw) {
    for school in wave["scholen"].as_array_mut().into_iter().flatten() {
        for group in school.get_mut("plekken").and_then(Value::as_array_mut).into_iter().flatten() {
            let days = draw.between(4, 7) as usize;
            let days = draw.some(&words::HALF_DAYS, days);
            if group["aantal"].as_u64() > Some(1) {
                if group.get("dagdelen").is_none() {
                    group["dagdelen"] = json!(days);
                }
                group["delen"] = json!(draw.percent(80));
            }
        }
    }
}

/// Prices of seats and coaches, some of them of what the wave does not have.
fn saving(wave: &Value, draw: &mut Draw) -> Value {
    let mut seats = Vec::new();
    for school in rows(wave, "scholen") {
        for group in rows(school, "plekken") {
            let seat = group.get("id").unwrap_or(&group["bouw"]);
            if draw.percent(60) {
                seats.push(json!({ "school": school["id"], "plek": seat, "prijs": draw.between(0, 120) }));
            }
        }
    }
    let price = |coach: &Value, draw: &mut Draw| json!({ "coach": coach["id"], "prijs": draw.between(0, 90) });
    let mut hours: Vec<Value> = rows(wave, "coaches").iter().map(|coach| price(coach, draw)).collect();
    if draw.percent(10) {
        hours.push(json!({ "coach": "weg", "prijs": 7 }));
    }
    json!({ "plekken": seats, "coaches": hours })
}

/// A goal that looks at the prices: one of the own goals, or the last of two where the wave has none of its own.
fn save(wave: &mut Value, draw: &mut Draw) {
    let weight = draw.pick(&[1, 1, 2, 10]);
    let policy = &mut wave["beleid"];
    match policy.get_mut("doelen").and_then(Value::as_array_mut).filter(|goals| !goals.is_empty()) {
        Some(goals) => {
            let at = draw.index(goals.len());
            goals[at]["punten"]["bewaren"] = json!(weight);
        }
        None => {
            policy["doelen"] = json!([
                { "naam": "geplaatst", "punten": { "geplaatst": 1 } },
                { "naam": "sparen", "punten": { "bewaren": weight, "bouw": 1 } },
            ]);
        }
    }
}

/// Two candidates together or apart, two to six times, of the same two never what contradicts; or nobody of the first few with another of them,
/// since one rule for two people seldom binds.
fn pairs(wave: &Value, draw: &mut Draw) -> Value {
    let people: Vec<&str> = rows(wave, "kandidaten").iter().filter_map(|row| row["id"].as_str()).collect();
    let pair = |two: &[&str], kind: PairKind| json!({ "kandidaten": two, "soort": kind.code(), "reden": "gegenereerd paar" });
    if draw.percent(40) {
        let kind = draw.pick(&[PairKind::Apart, PairKind::Apart, PairKind::OtherCoach]);
        let few = draw.some(&people, 5);
        let each = few.iter().enumerate().flat_map(|(at, one)| few[at + 1..].iter().map(move |other| [*one, *other]));
        return each.map(|two| pair(&two, kind)).collect();
    }
    let mut taken = Vec::new();
    let mut found = Vec::new();
    for _ in 0..draw.between(2, 6) {
        let two = draw.some(&people, 2);
        let kind = draw.pick(PairKind::ALL);
        let mut who = two.clone();
        who.sort_unstable();
        let on_coach = matches!(kind, PairKind::SameCoach | PairKind::OtherCoach);
        if two.len() == 2 && !taken.contains(&(who.clone(), on_coach)) {
            taken.push((who, on_coach));
            found.push(pair(&two, kind));
        }
    }
    json!(found)
}
