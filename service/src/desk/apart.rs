//! Takes names and free text about people out of a wave file: the solver and its outcomes know pseudonyms only.

use serde_json::{Map, Value};

use crate::records::person::Person;

/// Keys of a person's row that are not for the solver.
const APART: [&str; 2] = ["naam", "toelichting"];

/// The file without names and free text about candidates and coaches, and what was taken out.
pub fn apart(mut file: Value) -> (Value, Vec<Person>) {
    let mut people = Vec::new();
    for (list, kind) in [("kandidaten", "kandidaat"), ("coaches", "coach")] {
        for row in file.get_mut(list).and_then(Value::as_array_mut).into_iter().flatten() {
            let Some(row) = row.as_object_mut() else { continue };
            let kept: Map<String, Value> =
                APART.iter().filter_map(|&key| Some((key.to_owned(), row.shift_remove(key).filter(|it| !it.is_null())?))).collect();
            if let (Some(Value::String(id)), false) = (row.get("id"), kept.is_empty()) {
                people.push(Person { kind, id: id.clone(), data: Value::Object(kept) });
            }
        }
    }
    // Reasons of prohibitions are free text about a person as well.
    for row in file.get_mut("verboden").and_then(Value::as_array_mut).into_iter().flatten() {
        if let Some(row) = row.as_object_mut()
            && row.get("reden").is_some_and(|reason| !CODES.iter().any(|code| reason == code))
        {
            row.insert("reden".into(), Value::String("eigen reden".into()));
        }
    }
    for list in ["kandidaten", "coaches", "vast", "verboden", "vorig_plan", "reistijden"] {
        for row in file.get_mut(list).and_then(Value::as_array_mut).into_iter().flatten() {
            if let Some(row) = row.as_object_mut() {
                row.shift_remove("toelichting");
            }
        }
    }
    (file, people)
}

/// Reasons that are codes and say nothing about a person; see [`crate::desk::decision::REASONS`].
const CODES: &[&str] = crate::desk::decision::REASONS;

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn names_and_free_text_leave_the_file_and_are_kept_by_id() {
        let file = json!({
            "naam": "Najaar", "kandidaten": [{ "id": "Z1", "naam": "Kanarie", "toelichting": "belt graag" }, { "id": "Z2" }],
            "coaches": [{ "id": "K1", "naam": "Vink" }], "verboden": [{ "kandidaat": "Z1", "coach": "K1", "reden": "ruzie gehad" }],
        });
        let (file, people) = apart(file);
        let text = file.to_string();
        for name in ["Kanarie", "Vink", "belt graag", "ruzie"] {
            assert!(!text.contains(name), "{text}");
        }
        assert_eq!(file["naam"], "Najaar");
        assert_eq!(people.len(), 2);
        assert_eq!(people[0].data, json!({ "naam": "Kanarie", "toelichting": "belt graag" }));
    }
}
