//! Rows of other kinds may share an id: what is asked of one touches no other, on random waves and through the service's drop-outs.

use std::collections::BTreeMap;

use loket_instances::generate;
use loket_instances::matching::outcome::{OutcomeFile, read_outcome, to_json};
use loket_instances::matching::rerun::Request;
use loket_instances::matching::wave_file::WaveFile;
use loket_service::desk::dropout::{self, Wish};
use serde_json::{Value, json};

use super::{Case, of, request};
use crate::support::{Dice, explain_count, load, nth_seed, seed};

/// A school is called as a coach, another as somebody who is placed; coach 12 has nobody.
fn namesakes() -> Value {
    json!({
        "formaat": "loket-lichting/1", "id": "12", "fase": "opleiding",
        "besturen": [{ "id": "12" }],
        "scholen": [
            { "id": "12", "bestuur": "12", "plekken": [{ "id": "12", "bouw": "onderbouw", "aantal": 1 }] },
            { "id": "Z1", "bestuur": "12", "plekken": [{ "id": "12", "bouw": "onderbouw", "aantal": 1 }] },
        ],
        "coaches": [{ "id": "12", "maximum": 1, "uren": 0 }, { "id": "K1", "maximum": 2, "uren": 120 }],
        "kandidaten": [{ "id": "Z1", "bouwen": ["onderbouw"] }, { "id": "Z2", "bouwen": ["onderbouw"] }],
        "reistijden": [
            { "van": "12", "naar": "12", "minuten": 5 }, { "van": "12", "naar": "Z1", "minuten": 5 },
            { "van": "K1", "naar": "12", "minuten": 5 }, { "van": "K1", "naar": "Z1", "minuten": 5 },
            { "van": "Z1", "naar": "12", "minuten": 20 }, { "van": "Z1", "naar": "Z1", "minuten": 55 },
            { "van": "Z2", "naar": "12", "minuten": 55 }, { "van": "Z2", "naar": "Z1", "minuten": 20 },
        ],
        "vast": [{ "kandidaat": "Z1", "school": "12" }],
    })
}

/// Whether a travel time from one id to another stays.
type Stays = fn(&str, &str) -> bool;

/// The wishes of the service for one of each kind.
fn wishes() -> [(Wish, Stays); 3] {
    let day = || "2027-01-01".to_owned();
    [
        (Wish::coach("12".into(), day()), |from, _| from != "12"),
        (Wish::school("12".into(), day()), |_, to| to != "12"),
        (Wish::candidate("Z1".into(), day()), |from, _| from != "Z1"),
    ]
}

fn travel(wave: &Value) -> Vec<(String, String)> {
    let text = |row: &Value, key: &str| row[key].as_str().expect("an id").to_owned();
    wave["reistijden"].as_array().expect("travel times").iter().map(|row| (text(row, "van"), text(row, "naar"))).collect()
}

fn ids(wave: &Value, list: &str) -> Vec<String> {
    wave[list].as_array().expect("rows").iter().map(|row| row["id"].as_str().expect("an id").to_owned()).collect()
}

#[test]
fn who_drops_out_takes_no_rows_of_a_namesake_along() {
    let case = of(&namesakes()).expect("it can be solved");
    assert_eq!(case.outcome.placements.len(), 2);
    let outcome = to_json(&case.outcome).to_string();
    let own = case.file.write();
    for (wish, stays) in wishes() {
        let by_file = case.file.rerun(&case.loaded, &case.outcome, &wish.request).expect("it is in the wave").wave.to_json();
        let by_service =
            dropout::rerun(&own, outcome.as_bytes(), (&BTreeMap::new(), &[]), (&wish.request, None)).expect("good").expect("it touches");
        for after in [by_file, serde_json::from_slice(&by_service.file).expect("JSON")] {
            load(&after);
            let expected: Vec<_> = travel(&namesakes()).into_iter().filter(|(from, to)| stays(from, to)).collect();
            assert_eq!(travel(&after), expected, "{:?}", wish.cause);
            let gone =
                |list: &str, asked: &[String]| ids(&namesakes(), list).into_iter().filter(|id| !asked.contains(id)).collect::<Vec<_>>();
            assert_eq!(ids(&after, "coaches"), gone("coaches", &wish.request.without_coaches));
            assert_eq!(ids(&after, "scholen"), gone("scholen", &wish.request.without_schools));
            assert_eq!(ids(&after, "kandidaten"), gone("kandidaten", &wish.request.without_candidates));
            assert_eq!(ids(&after, "besturen"), ["12"]);
        }
    }
}

#[test]
fn nobody_notices_that_the_namesake_of_a_school_without_people_drops_out() {
    let case = of(&namesakes()).expect("it can be solved");
    let rerun = super::rerun(&case, &wishes()[0].0.request).expect("it is read");
    let found = super::differ(&case, &rerun, rerun.outcome.plan.as_ref().expect("a plan"));
    assert_eq!((found.people.len(), found.same), (0, 2));
}

/// A file with these ids of schools in place of its own: by the keys that name a school, and by no other.
fn renamed(value: &mut Value, schools: &BTreeMap<String, String>) {
    let rename = |value: &mut Value| {
        if let Some(new) = value.as_str().and_then(|id| schools.get(id)) {
            *value = json!(new);
        }
    };
    match value {
        Value::Array(list) => list.iter_mut().for_each(|it| renamed(it, schools)),
        Value::Object(keys) => {
            for (key, value) in keys.iter_mut() {
                match (key.as_str(), &mut *value) {
                    ("school" | "naar" | "eigen_school" | "huidige_school", it) => rename(it),
                    ("uitgesloten_scholen" | "scholen", Value::Array(list)) => {
                        for it in list {
                            rename(it);
                            if let Some(id) = it.get_mut("id") {
                                rename(id);
                            }
                        }
                    }
                    _ => {}
                }
                renamed(value, schools);
            }
        }
        _ => {}
    }
}

#[test]
fn what_schools_are_called_makes_no_difference() {
    let (mut reruns, mut roads) = (0, 0);
    for n in 0..explain_count() {
        let wave_seed = nth_seed(seed(), n);
        let Some(case) = super::solved(wave_seed) else { continue };
        let people = case.loaded.wave.coaches.iter().map(|it| &it.id).chain(case.loaded.wave.candidates.iter().map(|it| &it.id));
        let schools: BTreeMap<String, String> = case.loaded.wave.schools.iter().map(|it| it.id.clone()).zip(people.cloned()).collect();
        let mut wave = generate::tiny(wave_seed);
        renamed(&mut wave, &schools);
        let file = WaveFile::read(wave.to_string().as_bytes()).expect("a wave");
        let (loaded, outcome) = (load(&wave), outcome_of(&case, &schools));
        let asked = request(&case, &mut Dice::new(wave_seed));
        let name = |id: &String| schools.get(id).unwrap_or(id).clone();
        let mut same = Request { without_schools: asked.without_schools.iter().map(name).collect(), ..asked.clone() };
        same.fewer_seats.iter_mut().for_each(|it| it.school = name(&it.school));
        let mut expected = case.file.rerun(&case.loaded, &case.outcome, &asked).expect("in the wave").wave.to_json();
        renamed(&mut expected, &schools);
        let found = file.rerun(&loaded, &outcome, &same).expect("in the wave").wave.to_json();
        assert_eq!(found, expected, "seed {wave_seed}");
        reruns += 1;
        roads += found["reistijden"].as_array().map_or(0, Vec::len);
    }
    assert!(reruns * 3 > explain_count() && roads > 0, "{reruns} reruns with {roads} travel times");
}

/// The outcome of a case with its schools renamed.
fn outcome_of(case: &Case, schools: &BTreeMap<String, String>) -> OutcomeFile {
    let mut outcome = to_json(&case.outcome);
    renamed(&mut outcome, schools);
    read_outcome(outcome.to_string().as_bytes()).expect("an outcome")
}
