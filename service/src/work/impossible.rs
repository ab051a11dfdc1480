//! Why a run has no plan, in one message: what is fixed and cannot stand.

use loket_instances::matching::outcome::read_outcome;

use serde_json::Value;

use crate::present::dutch::list;

/// Why there is no plan, and what to do about it. An outcome names one set of locks that cannot stand together: there may be others.
pub(super) fn told(outcome: &[u8]) -> String {
    if let Some(told) = of_roster(outcome) {
        return told;
    }
    let conflict = read_outcome(outcome).map(|it| it.conflict).unwrap_or_default();
    let who: Vec<String> = conflict.iter().map(|it| format!("kandidaat {} (regel {})", it.candidate, list(&it.rules))).collect();
    let people = list(&who);
    let (what, remedy) = match conflict.len() {
        1 => ("wat voor deze kandidaat vastligt, kan niet", "Haal weg wat vastligt, of wijk met ondanks af van de regel"),
        _ => (
            "wat voor deze kandidaten vastligt, kan niet samen",
            "Haal bij een van hen weg wat vastligt, of wijk met ondanks af van een regel",
        ),
    };
    format!(
        "Er is geen plan: {what}: {people}. {remedy}, en reken opnieuw. Er kan nog meer zijn dat niet samengaat; een proef met wat vastligt \
         noemt alles tegelijk."
    )
}

/// The same of a roster; nothing when the outcome is of a wave.
fn of_roster(outcome: &[u8]) -> Option<String> {
    let outcome: Value = serde_json::from_slice(outcome).ok()?;
    outcome.get("rooster")?;
    let one = |it: &Value| {
        let id = it.get("deelnemer").or_else(|| it.get("plaatsing"))?.as_str()?;
        let rules: Vec<String> = it["regels"].as_array()?.iter().filter_map(|it| Some(it.as_str()?.to_owned())).collect();
        let when = it["dagdeel"].as_str().map(|moment| format!(" op {moment}")).unwrap_or_default();
        Some(format!("{id}{when} (regel {})", list(&rules)))
    };
    let who: Vec<String> = outcome["conflict"].as_array()?.iter().filter_map(one).collect();
    let what = if who.len() == 1 { "wat hier vastligt, kan niet" } else { "wat hier vastligt, kan niet samen" };
    Some(format!("Er is geen rooster: {what}: {}. Haal bij een van hen weg wat vastligt, en reken opnieuw.", list(&who)))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use loket_instances::matching::read::read_wave;
    use loket_solver::common::control::Unhurried;
    use loket_solver::matching::solve::{Options, solve};
    use serde_json::{Value, json};

    use super::*;
    use crate::memory;
    use crate::outcome::outcome_json;

    /// What is told of a wave with one seat for these locks.
    fn of(locks: &Value) -> String {
        let person = |id: &str| json!({ "id": id, "lat": 52.0, "lon": 4.0, "bouwen": ["onderbouw"] });
        let file = json!({
            "formaat": "loket-lichting/1", "id": "w", "fase": "opleiding", "besturen": [{ "id": "B1" }],
            "scholen": [{ "id": "S1", "bestuur": "B1", "lat": 52.0, "lon": 4.0, "plekken": [{ "bouw": "onderbouw", "aantal": 1 }] }],
            "coaches": [{ "id": "K1", "lat": 52.0, "lon": 4.0, "maximum": 9, "uren": 540 }],
            "kandidaten": [person("Z1"), person("Z2"), { "id": "Z3", "lat": 52.0, "lon": 4.0, "bouwen": ["bovenbouw"] }],
            "vast": locks,
        });
        let loaded = read_wave(file.to_string().as_bytes()).expect("a wave");
        let outcome = solve(&loaded.wave, &Options::default(), &Unhurried);
        told(outcome_json(&loaded, &outcome, Duration::ZERO, memory::peak()).to_string().as_bytes())
    }

    #[test]
    fn one_lock_or_several_are_named_with_their_rules_and_that_there_may_be_more() {
        let lock = |id: &str| json!({ "kandidaat": id, "school": "S1" });
        let one = of(&json!([lock("Z3")]));
        assert!(one.starts_with("Er is geen plan: wat voor deze kandidaat vastligt, kan niet: kandidaat Z3 (regel "), "{one}");
        let two = of(&json!([lock("Z1"), lock("Z2")]));
        let named = "Er is geen plan: wat voor deze kandidaten vastligt, kan niet samen: kandidaat Z1 (regel plekken) en kandidaat Z2 (regel plekken).";
        assert!(two.starts_with(named), "{two}");
        for text in [one, two] {
            assert!(text.contains("Er kan nog meer zijn dat niet samengaat"), "{text}");
        }
    }
}
