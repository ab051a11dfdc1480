//! The rows of one person in a wave's file and plan, and of nobody else: for the right of access.

use loket_instances::matching::apart::OWN_REASON;
use serde::Deserialize;
use serde_json::{Value, json};

use super::decision::BY_DECISION;
use crate::records::dossier::Who;
use crate::records::register::Kind;
use crate::store::Error;

/// The lists of a wave file that name people.
#[derive(Deserialize)]
struct File {
    #[serde(default)]
    kandidaten: Vec<Value>,
    #[serde(default)]
    coaches: Vec<Value>,
    #[serde(default)]
    reistijden: Vec<Value>,
    #[serde(default)]
    vast: Vec<Value>,
    #[serde(default)]
    verboden: Vec<Value>,
    #[serde(default)]
    vorig_plan: Vec<Value>,
    #[serde(default)]
    paren: Vec<Value>,
}

/// The lists of an outcome that name people.
#[derive(Default, Deserialize)]
struct Outcome {
    #[serde(default)]
    plaatsingen: Vec<Value>,
    #[serde(default)]
    ongeplaatst: Vec<Value>,
}

/// The rows of a person in a wave; `None` when the wave is not about them. What a coach has with a candidate is told without the candidate.
///
/// # Errors
/// When what was kept is no wave file or no outcome.
pub fn rows(wave: &str, file: &[u8], outcome: Option<&[u8]>, who: &Who) -> Result<Option<Value>, Error> {
    let file: File = serde_json::from_slice(file)?;
    let outcome: Outcome = outcome.map(serde_json::from_slice).transpose()?.unwrap_or_default();
    let own = |rows: Vec<Value>, key: &str| -> Vec<Value> { rows.into_iter().filter(|row| row[key] == *who.id).collect() };
    let travel = own(file.reistijden, "van");
    if who.kind == Kind::Coach {
        let Some(row) = file.coaches.into_iter().find(|row| row["id"] == *who.id) else { return Ok(None) };
        let alone = |rows: Vec<Value>| -> Vec<Value> { own(rows, "coach").into_iter().map(without_candidate).collect() };
        return Ok(Some(json!({
            "lichting": wave,
            "rij": row,
            "reistijden": travel,
            "vast": alone(file.vast),
            "vorig_plan": alone(file.vorig_plan),
            "voorstellen": alone(outcome.plaatsingen),
        })));
    }
    let Some(row) = file.kandidaten.into_iter().find(|row| row["id"] == *who.id) else { return Ok(None) };
    Ok(Some(json!({
        "lichting": wave,
        "rij": row,
        "reistijden": travel,
        "vast": own(file.vast, "kandidaat"),
        "verboden": own(file.verboden, "kandidaat"),
        "vorig_plan": own(file.vorig_plan, "kandidaat"),
        "paren": file.paren.iter().filter_map(|row| of_two(row, &who.id)).collect::<Vec<_>>(),
        "voorstel": own(outcome.plaatsingen, "kandidaat").into_iter().next(),
        "ongeplaatst": own(outcome.ongeplaatst, "kandidaat").into_iter().next(),
    })))
}

/// What is asked of somebody and another, without who the other is; the reason is about both.
fn of_two(row: &Value, id: &str) -> Option<Value> {
    let named = row["kandidaten"].as_array().is_some_and(|people| people.iter().any(|it| it == id));
    named.then(|| json!({ "soort": row["soort"], "met": "iemand anders" }))
}

/// The ids of a wave file's candidates.
///
/// # Errors
/// When what was kept is no wave file.
pub fn candidates(file: &[u8]) -> Result<Vec<String>, Error> {
    #[derive(Deserialize)]
    struct Row {
        id: String,
    }
    #[derive(Deserialize)]
    struct Rows {
        #[serde(default)]
        kandidaten: Vec<Row>,
    }
    let rows: Rows = serde_json::from_slice(file)?;
    Ok(rows.kandidaten.into_iter().map(|row| row.id).collect())
}

/// What a coach has to do with: where, and not how far somebody lives from there or what was weighed for them.
fn without_candidate(mut row: Value) -> Value {
    const OWN: [&str; 7] = ["school", "plek", "bouw", "coach", "uren", "coachreistijd", "status"];
    if let Some(keys) = row.as_object_mut() {
        keys.retain(|key, _| OWN.contains(&key.as_str()));
    }
    row
}

/// A wave file of an earlier version, which also kept why something was forbidden, without that for a candidate; `None` when it says nothing
/// of the kind.
///
/// # Errors
/// When what was kept is no JSON.
pub fn without_reasons(file: &[u8], candidate: &str) -> Result<Option<Vec<u8>>, Error> {
    let mut file: Value = serde_json::from_slice(file)?;
    let mut any = false;
    for row in file.get_mut("verboden").and_then(Value::as_array_mut).into_iter().flatten() {
        let says = row["reden"].as_str().is_some_and(|it| ![OWN_REASON, BY_DECISION].contains(&it));
        if says && row["kandidaat"] == candidate {
            row["reden"] = OWN_REASON.into();
            any = true;
        }
    }
    Ok(any.then(|| file.to_string().into_bytes()))
}

/// What is told of a rerun of an earlier version, which also said why something was forbidden, without that for a candidate.
pub fn remark_without_reason(remark: &str, candidate: &str) -> String {
    let begins = format!("{candidate} doet niet meer mee: een verbod");
    match remark.strip_prefix(&begins) {
        Some(rest) if rest.starts_with(" (") => format!("{begins} is weggehaald."),
        _ => remark.to_owned(),
    }
}

/// What a line of the log says, as far as it is about this person: lines of an earlier version also name others.
pub fn own_part(mut content: Value, who: &Who) -> Value {
    if let Some(lapsed) = content.get_mut("besluiten_vervallen").and_then(Value::as_array_mut) {
        lapsed.retain(|row| who.kind == Kind::Candidate && row[1] == *who.id);
    }
    let cause = content.get_mut("aanleiding").and_then(Value::as_object_mut);
    if let Some(cause) = cause.filter(|cause| cause.get("id").is_some_and(|id| *id != *who.id)) {
        let person = cause.get("soort").and_then(Value::as_str).is_some_and(|it| ["coach", "kandidaat", "nakomer"].contains(&it));
        if person {
            cause.remove("id");
        }
    }
    content
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_coach_everything_is_told_and_nothing_of_the_candidates() {
        let file = json!({
            "kandidaten": [{ "id": "Z1" }], "coaches": [{ "id": "K1", "uren": 9 }, { "id": "K2", "uren": 8 }],
            "reistijden": [{ "van": "K1", "naar": "S1", "minuten": 5 }, { "van": "Z1", "naar": "S1", "minuten": 6 }],
            "vast": [{ "kandidaat": "Z1", "coach": "K1", "school": "S1" }],
            "verboden": [{ "kandidaat": "Z1", "coach": "K1", "reden": "eigen reden" }],
            "paren": [{ "kandidaten": ["Z2", "Z1"], "soort": "apart", "reden": "ruzie met Z2" }],
        });
        let outcome = json!({ "plaatsingen": [{ "kandidaat": "Z1", "coach": "K1", "school": "S1", "uren": 60, "reistijd": 6, "coachreistijd": 4, "punten": [] }] });
        let (file, outcome) = (file.to_string().into_bytes(), outcome.to_string().into_bytes());
        let seen = rows("w", &file, Some(&outcome), &Who::new(Kind::Coach, "K1")).unwrap().unwrap();
        assert_eq!(seen["rij"], json!({ "id": "K1", "uren": 9 }));
        assert_eq!(seen["reistijden"], json!([{ "van": "K1", "naar": "S1", "minuten": 5 }]));
        assert_eq!(
            (&seen["vast"], &seen["voorstellen"]),
            (&json!([{ "coach": "K1", "school": "S1" }]), &json!([{ "coach": "K1", "school": "S1", "uren": 60, "coachreistijd": 4 }]))
        );
        assert!(!seen.to_string().contains("Z1") && !seen.to_string().contains("K2"), "{seen}");
        let one = rows("w", &file, Some(&outcome), &Who::new(Kind::Candidate, "Z1")).unwrap().unwrap();
        assert_eq!(one["paren"], json!([{ "soort": "apart", "met": "iemand anders" }]));
        assert!(!one.to_string().contains("Z2"), "{one}");
        assert_eq!((&one["reistijden"][0]["minuten"], &one["voorstel"]["uren"]), (&json!(6), &json!(60)));
        assert_eq!(rows("w", &file, None, &Who::new(Kind::Coach, "Z1")).unwrap(), None);
    }

    #[test]
    fn a_line_that_names_several_people_is_told_to_each_for_their_own_part() {
        let line = json!({ "aanleiding": { "soort": "coach", "id": "K1", "vanaf": "2027-01-01" }, "besluiten_vervallen": [["w", "Z1"], ["w", "Z2"]] });
        let told = own_part(line.clone(), &Who::new(Kind::Coach, "K1"));
        assert_eq!(told, json!({ "aanleiding": { "soort": "coach", "id": "K1", "vanaf": "2027-01-01" }, "besluiten_vervallen": [] }));
        let told = own_part(line, &Who::new(Kind::Candidate, "Z2"));
        assert_eq!(told, json!({ "aanleiding": { "soort": "coach", "vanaf": "2027-01-01" }, "besluiten_vervallen": [["w", "Z2"]] }));
    }
}
