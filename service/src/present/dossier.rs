//! What is kept of a person, as a page to read: the same as the machine's answer, key by key.

use serde_json::{Map, Value};

/// A page of an answer of `inzage`.
pub fn page(title: &str, told: &Value) -> String {
    let mut page = format!("{title}\n");
    for (key, value) in told.as_object().into_iter().flatten() {
        page.push_str(&format!("\n{}\n", heading(key)));
        match value {
            Value::Null => page.push_str("   niets\n"),
            Value::Array(rows) if rows.is_empty() => page.push_str("   niets\n"),
            Value::Array(rows) => {
                for (at, row) in rows.iter().enumerate() {
                    if at > 0 {
                        page.push('\n');
                    }
                    lines(&mut page, row, 3);
                }
            }
            other => lines(&mut page, other, 3),
        }
    }
    page
}

/// A key as people read it.
fn heading(key: &str) -> String {
    let text = key.replace('_', " ");
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn lines(page: &mut String, value: &Value, indent: usize) {
    let room = " ".repeat(indent);
    match value {
        Value::Object(keys) => {
            for (key, value) in keys.iter().filter(|(_, value)| !empty(value)) {
                let name = key.replace('_', " ");
                match value {
                    Value::Object(_) | Value::Array(_) if !simple(value) => {
                        page.push_str(&format!("{room}{name}:\n"));
                        lines(page, value, indent + 3);
                    }
                    _ => page.push_str(&format!("{room}{name}: {}\n", plain(value))),
                }
            }
        }
        Value::Array(rows) => rows.iter().for_each(|row| match simple(row) {
            true => page.push_str(&format!("{room}· {}\n", plain(row))),
            false => lines(page, row, indent),
        }),
        other => page.push_str(&format!("{room}{}\n", plain(other))),
    }
}

fn empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(rows) => rows.is_empty(),
        Value::Object(keys) => keys.values().all(empty),
        _ => false,
    }
}

/// Whether a value fits on a line.
fn simple(value: &Value) -> bool {
    match value {
        Value::Object(keys) => keys.len() <= 4 && keys.values().all(|it| !it.is_object() && !it.is_array()),
        Value::Array(rows) => rows.iter().all(|it| !it.is_object() && !it.is_array()),
        _ => true,
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::Null => "niets".into(),
        Value::Bool(yes) => if *yes { "ja" } else { "nee" }.into(),
        Value::String(text) => text.clone(),
        Value::Array(rows) => rows.iter().map(plain).collect::<Vec<_>>().join(", "),
        Value::Object(keys) => pairs(keys),
        Value::Number(number) => number.to_string(),
    }
}

fn pairs(keys: &Map<String, Value>) -> String {
    let told = keys.iter().filter(|(_, value)| !empty(value)).map(|(key, value)| format!("{} {}", key.replace('_', " "), plain(value)));
    told.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn everything_that_is_told_stands_on_the_page() {
        let told = json!({
            "kandidaat": { "id": "Z1", "naam": "Kanarie", "bouwen": ["onderbouw", "bovenbouw"], "toelichting": null },
            "beoordelingen": [],
            "plaatsingen": [{ "school": "S1", "van": "2026-08-01", "uren": 60, "plek": "p", "bouw": "onderbouw" }],
            "toestand_sinds": "2026-08-01", "beperking": null,
        });
        let page = page("Wat er van kandidaat Z1 bewaard wordt", &told);
        assert_eq!(
            page,
            "Wat er van kandidaat Z1 bewaard wordt\n\nKandidaat\n   id: Z1\n   naam: Kanarie\n   bouwen: onderbouw, bovenbouw\n\n\
             Beoordelingen\n   niets\n\nPlaatsingen\n   school: S1\n   van: 2026-08-01\n   uren: 60\n   plek: p\n   bouw: onderbouw\n\n\
             Toestand sinds\n   2026-08-01\n\nBeperking\n   niets\n"
        );
    }
}
