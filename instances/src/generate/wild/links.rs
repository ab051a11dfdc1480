//! What ties the parts of a small rich wave together: own travel times, locks, prohibitions and a previous plan.

use loket_solver::matching::facts::codes::RuleCode;
use loket_solver::matching::facts::words::{Bouw, Status, Word};
use loket_solver::matching::judge::rules::overrulable;
use serde_json::{Value, json};

use super::{Row, ids_of, maybe};
use crate::generate::draw::Draw;

/// What links choose from: a school with the ids of its seat groups.
struct Choices<'a> {
    schools: Vec<(&'a str, Vec<(String, &'a str)>)>,
    coaches: Vec<&'a str>,
    boards: Vec<&'a str>,
}

/// Adds `reistijden`, `vast`, `verboden` and `vorig_plan`, each now and then.
pub(super) fn links(wave: &mut Row, schools: &[Row], coaches: &[Row], candidates: &[Row], boards: &[Row], draw: &mut Draw) {
    let groups = |school: &'_ Row| -> Vec<(String, &'static str)> {
        let rows = school["plekken"].as_array().cloned().unwrap_or_default();
        rows.iter()
            .filter_map(|group| {
                let bouw = Bouw::parse(group["bouw"].as_str()?)?.code();
                Some((group.get("id").and_then(Value::as_str).unwrap_or(bouw).into(), bouw))
            })
            .collect()
    };
    let names = ids_of(schools);
    let choices = Choices {
        schools: names.iter().copied().zip(schools.iter().map(groups)).collect(),
        coaches: ids_of(coaches),
        boards: ids_of(boards),
    };
    let people = ids_of(candidates);
    if draw.percent(30) {
        travel(wave, &names, &people, &choices.coaches, draw);
    }
    let everyone = |draw: &mut Draw, share: u32| -> Vec<&str> {
        let mut some = people.clone();
        some.retain(|_| draw.percent(share));
        draw.shuffle(&mut some);
        some
    };
    if draw.percent(30) {
        let locked: Vec<&str> = everyone(draw, 30);
        let rows: Vec<Value> = locked.into_iter().map(|who| lock(who, &choices, draw)).collect();
        wave.insert("vast".into(), json!(rows));
    }
    if draw.percent(35) {
        let banned = everyone(draw, 50);
        let rows: Vec<Value> = banned.into_iter().map(|who| ban(who, &choices, draw)).collect();
        wave.insert("verboden".into(), json!(rows));
    }
    if draw.percent(45) {
        let mut known = everyone(draw, 75);
        if draw.percent(10) {
            known.push("vertrokken");
        }
        let rows: Vec<Value> = known.into_iter().map(|who| previous(who, &choices, draw)).collect();
        wave.insert("vorig_plan".into(), json!(rows));
    }
}

/// A seat group of the wave: school, id and bouw; none when no school has any.
fn seat<'a>(choices: &'a Choices, draw: &mut Draw) -> Option<(&'a str, &'a str, &'static str)> {
    let all: Vec<_> = choices
        .schools
        .iter()
        .flat_map(|(school, groups)| groups.iter().map(move |(id, bouw)| (*school, id.as_str(), *bouw)))
        .map(|(school, id, bouw)| (school, id, Bouw::parse(bouw).map_or("onderbouw", Word::code)))
        .collect();
    (!all.is_empty()).then(|| draw.pick(&all))
}

/// A lock on a seat and a coach of the wave, naming some of their parts or none; its parts never contradict each other.
fn lock(who: &str, choices: &Choices, draw: &mut Draw) -> Value {
    let mut row = Row::new();
    row.insert("kandidaat".into(), json!(who));
    if let Some((school, seat, bouw)) = seat(choices, draw) {
        maybe(&mut row, &draw.chance(45), "school", school);
        maybe(&mut row, &draw.chance(25), "plek", seat);
        maybe(&mut row, &draw.chance(20), "bouw", bouw);
    }
    if !choices.coaches.is_empty() {
        let coach = draw.pick(&choices.coaches);
        maybe(&mut row, &draw.chance(40), "coach", coach);
    }
    let despite: Vec<&str> = overrulable().map(RuleCode::code).collect();
    match draw.below(100) {
        0..50 => {
            row.insert("ondanks".into(), json!(despite));
        }
        50..75 => {
            let count = draw.index(4);
            row.insert("ondanks".into(), json!(draw.some(&despite, count)));
        }
        _ => {}
    }
    Value::Object(row)
}

/// A prohibition that names one to three things, known or not.
fn ban(who: &str, choices: &Choices, draw: &mut Draw) -> Value {
    let mut row = Row::new();
    row.insert("kandidaat".into(), json!(who));
    let (school, seat, bouw) = match seat(choices, draw) {
        Some(found) if !draw.percent(8) => found,
        _ => ("weg", "weg", "onderbouw"),
    };
    let coach = choices.coaches.get(draw.index(choices.coaches.len() + 1));
    let board = choices.boards.get(draw.index(choices.boards.len() + 1));
    let fields = [
        ("school", school),
        ("plek", seat),
        ("bouw", bouw),
        ("bestuur", board.copied().unwrap_or("weg")),
        ("coach", coach.copied().unwrap_or("weg")),
    ];
    let count = 1 + draw.weighted(&[55, 30, 15]);
    for (key, value) in draw.some(&fields, count) {
        row.insert(key.into(), json!(value));
    }
    row.insert("reden".into(), json!("gegenereerd verbod"));
    Value::Object(row)
}

/// A previous entry of any shape: seat, coach, both or neither, each still there or gone.
fn previous(who: &str, choices: &Choices, draw: &mut Draw) -> Value {
    let mut row = Row::new();
    row.insert("kandidaat".into(), json!(who));
    let shape = draw.weighted(&[60, 18, 17, 5]);
    if shape == 0 || shape == 1 {
        let (school, seat) = match (seat(choices, draw), draw.below(100)) {
            (Some((school, _, _)), 0..6) => (school, "weg"),
            (Some((school, seat, _)), 6..92) => (school, seat),
            _ => ("weg", "onderbouw"),
        };
        row.insert("school".into(), json!(school));
        row.insert("plek".into(), json!(seat));
    }
    if shape == 0 || shape == 2 {
        let coach = choices.coaches.get(draw.index(choices.coaches.len() * 6 + 1) / 6);
        row.insert("coach".into(), json!(coach.copied().unwrap_or("weg")));
    }
    let status = Status::ALL[draw.weighted(&[25, 50, 25])];
    row.insert("status".into(), json!(status.code()));
    Value::Object(row)
}

/// Own travel times: of some pairs, and at times of all pairs of one candidate, who then needs no place on the map.
fn travel(wave: &mut Row, schools: &[&str], people: &[&str], coaches: &[&str], draw: &mut Draw) {
    let mut rows = Vec::new();
    let homeless = if draw.percent(40) { people.first() } else { None };
    for &traveller in people.iter().chain(coaches) {
        for &school in schools {
            if Some(&traveller) == homeless || draw.percent(15) {
                rows.push(json!({ "van": traveller, "naar": school, "minuten": draw.between(0, 70) }));
            }
        }
    }
    if draw.percent(10) {
        rows.push(json!({ "van": "weg", "naar": "weg", "minuten": 5 }));
    }
    draw.shuffle(&mut rows);
    wave.insert("reistijden".into(), Value::Array(rows));
    let first = wave.get_mut("kandidaten").and_then(|people| people.get_mut(0));
    if let (Some(_), Some(Value::Object(row))) = (homeless, first) {
        row.remove("lat");
        row.remove("lon");
    }
}
