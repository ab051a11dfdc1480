//! What a policy says, apart from what belongs to one wave; and where two policies differ.

use std::collections::{HashMap, HashSet};

use loket_instances::matching::row::{policy_as_written, policy_with_defaults};
use loket_instances::matching::rows::PolicyRow;
use loket_solver::matching::facts::policy::Policy as Usual;
use loket_solver::matching::facts::words::{Phase, Status, Word};
use serde_json::{Map, Value};

use super::saving::Priced;
use crate::records::policy::Policy;

/// The name of the policy that a phase has from the start.
pub fn standard(phase: &str) -> String {
    format!("standaard-{phase}")
}

/// Whether it is the policy that a phase has from the start: of every wave that names none itself.
pub fn is_usual(policy: &Policy) -> bool {
    policy.content.is_empty() && policy.phase.is_some_and(|phase| standard(phase.code()) == policy.named.name)
}

/// The name of the policy that came with the file of a wave.
pub fn of_wave(wave: &str) -> String {
    format!("lichting-{wave}")
}

/// What a policy of a wave says: without the seed, which is drawn for each wave, and without free text. Nothing where there is none.
pub fn content(policy: Option<&PolicyRow>) -> Map<String, Value> {
    let Some(policy) = policy else { return Map::new() };
    let mut bare = PolicyRow { seed: None, note: None, ..policy.clone() };
    bare.goals.iter_mut().flatten().for_each(|goal| goal.note = None);
    if let Some(extra) = &mut bare.extra {
        extra.note = None;
    }
    if let Some(saving) = &mut bare.saving {
        saving.note = None;
        saving.seats.iter_mut().flatten().for_each(|row| row.note = None);
        saving.coaches.iter_mut().flatten().for_each(|row| row.note = None);
    }
    policy_as_written(&bare)
}

/// A policy without what it says as it usually is: whoever writes the usual down says no more than whoever leaves it out.
pub fn spare(policy: &PolicyRow) -> PolicyRow {
    let usual = Usual::default();
    let mut left = policy.clone();
    left.bouw_points = left.bouw_points.filter(|it| *it != usual.bouw_points);
    left.hours.iter_mut().for_each(|it| it.retain(|(phase, hours)| *hours != usual.hours_of(*phase)));
    left.hours = left.hours.filter(|it| !it.is_empty());
    if let Some(extra) = &mut left.extra {
        extra.from = extra.from.filter(|it| *it != usual.extra_from);
        extra.hours = extra.hours.filter(|it| *it != usual.extra_hours);
    }
    left.extra = left.extra.filter(|it| it.from.is_some() || it.hours.is_some());
    left.noodplan_only = left.noodplan_only.filter(|it| *it != usual.noodplan_only);
    left.shared_half_days = left.shared_half_days.filter(|it| *it != usual.shared_half_days);
    left.max_starters_percent = left.max_starters_percent.filter(|it| *it != usual.max_starters_percent);
    // What is not named weighs nothing once any is named.
    let weights = |all: &Vec<(Status, i64)>| {
        Status::ALL.iter().map(|it| all.iter().find(|one| one.0 == *it).map_or(0, |one| one.1)).collect::<Vec<_>>()
    };
    left.keep_weights =
        left.keep_weights.filter(|it| weights(it) != Status::ALL.iter().map(|it| usual.keep_weight(*it)).collect::<Vec<_>>());
    left
}

/// One thing in which two policies differ.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// Which key, with the name of the goal where it is about one.
    pub key: String,
    /// What the one says; `None` where it says nothing.
    pub was: Option<Value>,
    /// What the other says.
    pub now: Option<Value>,
    /// What the price is of, where it is one of `bewaren`.
    pub priced: Option<Priced>,
}

/// Where two policies differ once defaults are filled in, each for its own phase.
pub fn differences(was: (&PolicyRow, Phase), now: (&PolicyRow, Phase)) -> Vec<Difference> {
    let (was, now) = (flat(&policy_with_defaults(was.0, was.1)), flat(&policy_with_defaults(now.0, now.1)));
    let seen: HashSet<&str> = was.iter().map(|it| it.key.as_str()).collect();
    let keys = was.iter().chain(now.iter().filter(|it| !seen.contains(it.key.as_str())));
    let values = |of: &'_ [Said]| of.iter().map(|it| (it.key.clone(), it.value.clone())).collect::<HashMap<_, _>>();
    let (before, after) = (values(&was), values(&now));
    let one = |it: &Said| Difference {
        was: before.get(&it.key).cloned(),
        now: after.get(&it.key).cloned(),
        key: it.key.clone(),
        priced: it.priced.clone(),
    };
    keys.map(one).filter(|it| it.was != it.now).collect()
}

/// One key of a policy with its value.
struct Said {
    key: String,
    value: Value,
    priced: Option<Priced>,
}

/// Every key with its value; a goal's keys by its name, the order of goals apart, and each price by what it is of.
fn flat(policy: &Value) -> Vec<Said> {
    let mut all = Vec::new();
    let mut say = |key: String, value: &Value| all.push(Said { key, value: value.clone(), priced: None });
    let mut prices = Vec::new();
    for (key, value) in policy.as_object().into_iter().flatten() {
        match value {
            Value::Array(goals) if key == "doelen" => {
                say("doelen".to_owned(), &goals.iter().map(|goal| goal["naam"].clone()).collect());
                for goal in goals {
                    let name = goal["naam"].as_str().unwrap_or_default();
                    let keys = goal.as_object().into_iter().flatten().filter(|(key, _)| *key != "naam");
                    keys.for_each(|(key, value)| say(format!("doelen, {name}, {key}"), value));
                }
            }
            Value::Object(keys) if key == "bewaren" => {
                let rows = keys.values().filter_map(Value::as_array).flatten();
                prices.extend(rows.filter_map(|row| {
                    let priced = Priced::of(row)?;
                    Some(Said { key: format!("{key}, {}", priced.key()), value: row["prijs"].clone(), priced: Some(priced) })
                }));
            }
            Value::Object(keys) => keys.iter().for_each(|(under, value)| say(format!("{key}, {under}"), value)),
            // A seed is of a wave.
            _ if key == "seed" => {}
            _ => say(key.clone(), value),
        }
    }
    all.extend(prices);
    all
}

/// The phase that a policy is read for: its own, else that of most waves.
pub fn read_for(phase: Option<Phase>) -> Phase {
    phase.unwrap_or(Phase::Opleiding)
}

/// A phase by its code.
pub fn phase(code: &str) -> Option<Phase> {
    Phase::parse(code)
}

#[cfg(test)]
mod tests {
    use super::*;
    use loket_instances::matching::row::read_policy;
    use serde_json::json;

    fn policy(json: Value) -> PolicyRow {
        read_policy(json.to_string().as_bytes()).expect("a policy")
    }

    #[test]
    fn a_seed_and_free_text_are_no_part_of_what_a_policy_says() {
        let said = policy(json!({ "seed": 7, "toelichting": "voor deze keer", "dagdelen_samen": 3,
            "doelen": [{ "naam": "een", "punten": { "geplaatst": 1 }, "toelichting": "want" }] }));
        let bare = policy(json!({ "dagdelen_samen": 3, "doelen": [{ "naam": "een", "punten": { "geplaatst": 1 } }] }));
        assert_eq!(content(Some(&said)), content(Some(&bare)));
        assert_eq!(content(Some(&policy(json!({ "seed": 7 })))), Map::new());
        assert_eq!(content(None), Map::new());
    }

    #[test]
    fn two_policies_differ_in_what_they_come_to_and_not_in_what_is_written() {
        let plain = policy(json!({}));
        let same = policy(json!({ "dagdelen_samen": 4 }));
        assert_eq!(differences((&plain, Phase::Opleiding), (&same, Phase::Opleiding)), []);
        let other = policy(json!({ "dagdelen_samen": 2, "uren": { "opleiding": 50 } }));
        let told = differences((&plain, Phase::Opleiding), (&other, Phase::Opleiding));
        let keys: Vec<_> = told.iter().map(|it| (it.key.as_str(), it.was.clone(), it.now.clone())).collect();
        assert_eq!(keys, [("uren, opleiding", Some(json!(60)), Some(json!(50))), ("dagdelen_samen", Some(json!(4)), Some(json!(2)))]);
        let goals = policy(json!({ "doelen": [{ "naam": "geplaatst", "punten": { "geplaatst": 2 } }] }));
        let told = differences((&plain, Phase::Opleiding), (&goals, Phase::Opleiding));
        assert!(told.iter().any(|it| it.key == "doelen") && told.iter().any(|it| it.key == "doelen, geplaatst, punten"), "{told:?}");
    }

    #[test]
    fn prices_differ_one_by_one_by_what_they_are_of() {
        let prices = |groep: i64| {
            policy(json!({ "bewaren": {
                "plekken": [{ "school": "S1", "plek": "groep", "prijs": groep }, { "school": "S1", "plek": "kleuters", "prijs": 7 }],
                "coaches": [{ "coach": "K1", "prijs": 15 }] } }))
        };
        let (was, now) = (prices(40), prices(41));
        let told = differences((&was, Phase::Opleiding), (&now, Phase::Opleiding));
        let keys: Vec<_> = told.iter().map(|it| (it.key.as_str(), it.was.clone(), it.now.clone())).collect();
        assert_eq!(keys, [("bewaren, plekken, S1, groep", Some(json!(40)), Some(json!(41)))]);
        assert_eq!(told[0].priced, Some(Priced::Seat { school: "S1".into(), seat: "groep".into() }));
        let told = differences((&policy(json!({})), Phase::Opleiding), (&now, Phase::Opleiding));
        assert_eq!(told.iter().map(|it| it.now.clone()).collect::<Vec<_>>(), [41, 7, 15].map(|it| Some(json!(it))));
    }
}
