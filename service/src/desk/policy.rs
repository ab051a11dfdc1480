//! What a policy says, apart from what belongs to one wave; and where two policies differ.

use loket_instances::matching::row::{policy_as_written, policy_with_defaults};
use loket_instances::matching::rows::PolicyRow;
use loket_solver::matching::facts::words::{Phase, Word};
use serde_json::{Map, Value};

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

/// One thing in which two policies differ.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// Which key, with the name of the goal where it is about one.
    pub key: String,
    /// What the one says; `None` where it says nothing.
    pub was: Option<Value>,
    /// What the other says.
    pub now: Option<Value>,
}

/// Where two policies differ once defaults are filled in, each for its own phase.
pub fn differences(was: (&PolicyRow, Phase), now: (&PolicyRow, Phase)) -> Vec<Difference> {
    let (was, now) = (flat(&policy_with_defaults(was.0, was.1)), flat(&policy_with_defaults(now.0, now.1)));
    let mut keys: Vec<&String> = was.iter().map(|it| &it.0).collect();
    keys.extend(now.iter().map(|it| &it.0).filter(|key| was.iter().all(|it| it.0 != **key)));
    let value = |of: &[(String, Value)], key: &str| of.iter().find(|it| it.0 == key).map(|it| it.1.clone());
    let one = |key: &String| Difference { key: key.clone(), was: value(&was, key), now: value(&now, key) };
    keys.into_iter().map(one).filter(|it| it.was != it.now).collect()
}

/// Every key with its value; a goal's keys by its name, and the order of goals apart.
fn flat(policy: &Value) -> Vec<(String, Value)> {
    let mut all = Vec::new();
    for (key, value) in policy.as_object().into_iter().flatten() {
        match value {
            Value::Array(goals) if key == "doelen" => {
                let names = goals.iter().map(|goal| goal["naam"].clone()).collect();
                all.push(("doelen".to_owned(), Value::Array(names)));
                for goal in goals {
                    let name = goal["naam"].as_str().unwrap_or_default();
                    let keys = goal.as_object().into_iter().flatten().filter(|(key, _)| *key != "naam");
                    all.extend(keys.map(|(key, value)| (format!("doelen, {name}, {key}"), value.clone())));
                }
            }
            Value::Object(keys) => all.extend(keys.iter().map(|(under, value)| (format!("{key}, {under}"), value.clone()))),
            // A seed is of a wave.
            _ if key == "seed" => {}
            _ => all.push((key.clone(), value.clone())),
        }
    }
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
}
