//! Makes the file of the next run: the wave's own file with the decisions as they stand and the plan under review as the previous plan.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::decision::{Decision, Spot};

/// How many changes a rerun may make.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Changes {
    /// What the wave's own policy says. When it says nothing, the goals decide: agreements first, then people placed, then stability.
    #[default]
    AsWave,
    /// So many beyond the fewest possible, and no more.
    AtMost(u32),
    /// Any number.
    Free,
}

/// The file of the next run, of files as they are kept.
///
/// # Errors
/// When what was kept is no JSON.
pub fn next_bytes(
    own: &[u8],
    plan: Option<&[u8]>,
    decisions: &BTreeMap<String, Decision>,
    changes: Changes,
) -> Result<Vec<u8>, crate::store::Error> {
    let plan: Option<Value> = plan.map(serde_json::from_slice).transpose()?;
    Ok(next_file(serde_json::from_slice(own)?, plan.as_ref(), decisions, changes).to_string().into_bytes())
}

/// The file of the next run. `plan` is the outcome under review; without one it is the first run and the file's own previous plan stays.
pub fn next_file(mut file: Value, plan: Option<&Value>, decisions: &BTreeMap<String, Decision>, changes: Changes) -> Value {
    let locked: Vec<Value> = decisions.iter().filter_map(|(candidate, it)| it.lock(candidate)).collect();
    let known = |list: &Value, row: &Value| list.as_array().is_some_and(|rows| rows.iter().any(|it| it == row));
    let mut locks = rows(&mut file, "vast");
    locks.retain(|row| !locked.iter().any(|lock| lock["kandidaat"] == row["kandidaat"]));
    locks.extend(locked);
    put(&mut file, "vast", locks);
    let forbidden: Vec<Value> =
        decisions.iter().filter_map(|(candidate, it)| it.prohibition(candidate)).filter(|row| !known(&file["verboden"], row)).collect();
    let mut prohibitions = rows(&mut file, "verboden");
    prohibitions.extend(forbidden);
    put(&mut file, "verboden", prohibitions);
    if let Some(plan) = plan {
        let before = rows(&mut file, "vorig_plan");
        put(&mut file, "vorig_plan", previous(plan, &before, decisions));
        match changes {
            Changes::AsWave => {}
            Changes::AtMost(most) => limit(&mut file, Some(most)),
            Changes::Free => limit(&mut file, None),
        }
    }
    file
}

/// The plan under review as the previous plan: what was agreed before stays agreed while it is still the proposal.
fn previous(plan: &Value, before: &[Value], decisions: &BTreeMap<String, Decision>) -> Vec<Value> {
    let placements = plan["plaatsingen"].as_array().into_iter().flatten();
    placements
        .filter_map(|row| {
            let text = |key: &str| row[key].as_str().map(str::to_owned);
            let candidate = text("kandidaat")?;
            let spot = Spot { school: text("school")?, seat: text("plek")?, coach: text("coach")? };
            let status = match decisions.get(&candidate) {
                Some(decision) => decision.status(&spot)?.to_owned(),
                None => earlier(before, &candidate, &spot).unwrap_or("voorgesteld").to_owned(),
            };
            Some(json!({ "kandidaat": candidate, "school": spot.school, "plek": spot.seat, "coach": spot.coach, "status": status }))
        })
        .collect()
}

fn earlier<'a>(before: &'a [Value], candidate: &str, spot: &Spot) -> Option<&'a str> {
    let row = before.iter().find(|row| row["kandidaat"] == candidate)?;
    let same = row["school"] == spot.school.as_str() && row["plek"] == spot.seat.as_str() && row["coach"] == spot.coach.as_str();
    row["status"].as_str().filter(|_| same)
}

fn limit(file: &mut Value, most: Option<u32>) {
    if !file["beleid"].is_object() {
        file["beleid"] = json!({});
    }
    if let Some(policy) = file["beleid"].as_object_mut() {
        match most {
            Some(most) => drop(policy.insert("max_wijzigingen".into(), json!(most))),
            None => drop(policy.shift_remove("max_wijzigingen")),
        }
    }
}

/// Takes a list out of the file; empty when it is absent.
fn rows(file: &mut Value, key: &str) -> Vec<Value> {
    match file.get_mut(key).map(Value::take) {
        Some(Value::Array(rows)) => rows,
        _ => Vec::new(),
    }
}

fn put(file: &mut Value, key: &str, rows: Vec<Value>) {
    if let Some(file) = file.as_object_mut() {
        match rows.is_empty() {
            true => drop(file.shift_remove(key)),
            false => drop(file.insert(key.into(), Value::Array(rows))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decisions_become_locks_prohibitions_and_statuses() {
        let spot = |school: &str| Spot { school: school.into(), seat: "onderbouw".into(), coach: "K1".into() };
        let decisions = BTreeMap::from([
            ("Z1".to_owned(), Decision::Agreed(spot("S1"))),
            (
                "Z2".to_owned(),
                Decision::Rejected { spot: spot("S2"), scope: super::super::decision::Scope::School, reason: "anders".into() },
            ),
            ("Z3".to_owned(), Decision::Chosen { spot: spot("S3"), despite: vec!["reistijd".into()] }),
        ]);
        let place = |who: &str, school: &str| json!({ "kandidaat": who, "school": school, "plek": "onderbouw", "coach": "K1" });
        let plan = json!({ "plaatsingen": [place("Z1", "S1"), place("Z2", "S2"), place("Z3", "S4"), place("Z4", "S5")] });
        let file = next_file(json!({ "id": "w" }), Some(&plan), &decisions, Changes::AtMost(0));
        assert_eq!(
            file["vast"],
            json!([{ "kandidaat": "Z3", "school": "S3", "plek": "onderbouw", "coach": "K1", "ondanks": ["reistijd"] }])
        );
        assert_eq!(file["verboden"], json!([{ "kandidaat": "Z2", "reden": "anders", "school": "S2" }]));
        let statuses: Vec<_> = file["vorig_plan"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| (row["kandidaat"].as_str().unwrap(), row["status"].as_str().unwrap()))
            .collect();
        assert_eq!(statuses, [("Z1", "akkoord"), ("Z3", "voorgesteld"), ("Z4", "voorgesteld")]);
        assert_eq!(file["beleid"]["max_wijzigingen"], 0);
    }

    #[test]
    fn the_first_run_keeps_the_files_own_previous_plan() {
        let own = json!([{ "kandidaat": "Z1", "coach": "K1", "status": "gestart" }]);
        let file = next_file(json!({ "vorig_plan": own.clone() }), None, &BTreeMap::new(), Changes::AsWave);
        assert_eq!(file["vorig_plan"], own);
        assert!(file.get("beleid").is_none());
    }

    #[test]
    fn the_same_decisions_give_the_same_file_however_often_they_are_written_in() {
        let rejected = Decision::Rejected {
            spot: Spot { school: "S".into(), seat: "p".into(), coach: "K".into() },
            scope: super::super::decision::Scope::Coach,
            reason: "anders".into(),
        };
        let decisions = BTreeMap::from([("Z1".to_owned(), rejected)]);
        let once = next_file(json!({ "id": "w" }), None, &decisions, Changes::AsWave);
        assert_eq!(next_file(once.clone(), None, &decisions, Changes::AsWave), once);
    }
}
