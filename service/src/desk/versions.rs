//! Versions of a row of the register, told as what became otherwise.

use serde_json::Value;

use crate::records::history::Version;

/// One key that became otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// Which, as docs/format.md calls it.
    pub key: String,
    /// What it was; empty where it was nothing.
    pub was: String,
    /// What it became; empty where it became nothing.
    pub now: String,
}

/// What a version changed; nothing for the first one that is known.
pub fn changed(version: &Version) -> Vec<Changed> {
    let Some(was) = &version.was else { return Vec::new() };
    let (was, now) = (flat(was), flat(&version.now));
    let mut keys: Vec<&String> = was.iter().map(|it| &it.0).collect();
    keys.extend(now.iter().map(|it| &it.0).filter(|key| was.iter().all(|it| it.0 != **key)));
    let value = |of: &[(String, String)], key: &str| of.iter().find(|it| it.0 == key).map_or_else(String::new, |it| it.1.clone());
    let all = keys.into_iter().map(|key| Changed { key: key.clone(), was: value(&was, key), now: value(&now, key) });
    all.filter(|it| it.was != it.now).collect()
}

/// Every key with its value in words; those of the format beside those of the register.
fn flat(row: &Value) -> Vec<(String, String)> {
    let mut all = Vec::new();
    for (key, value) in row.as_object().into_iter().flatten() {
        match value {
            Value::Object(keys) if key == "gegevens" => all.extend(keys.iter().map(|(key, value)| (key.clone(), text(value)))),
            _ => all.push((key.clone(), text(value))),
        }
    }
    all
}

/// A value in words: keys with their values, items with commas.
pub fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(yes) => if *yes { "ja" } else { "nee" }.into(),
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Array(items) => items.iter().map(text).collect::<Vec<_>>().join(", "),
        Value::Object(keys) => keys.iter().map(|(key, value)| format!("{key} {}", text(value))).collect::<Vec<_>>().join(", "),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_what_became_otherwise_is_told() {
        let version = Version {
            version: 2,
            at: Some(1),
            who: None,
            was: Some(json!({ "gegevens": { "maximum": 8, "uren": 540, "bouwen": ["onderbouw"] }, "tot": null })),
            now: json!({ "gegevens": { "maximum": 9, "uren": 540 }, "tot": "2026-12-01" }),
        };
        let told: Vec<(String, String, String)> = changed(&version).into_iter().map(|it| (it.key, it.was, it.now)).collect();
        let one = |key: &str, was: &str, now: &str| (key.to_owned(), was.to_owned(), now.to_owned());
        assert_eq!(told, [one("maximum", "8", "9"), one("bouwen", "onderbouw", ""), one("tot", "", "2026-12-01")]);
        assert_eq!(changed(&Version { was: None, ..version }), []);
    }
}
