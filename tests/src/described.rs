//! Holds answers against the description of the API: every key that is answered is described, and every key that is promised is there.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use loket_service::api::document;
use serde_json::Value;

fn description() -> &'static Value {
    static DESCRIPTION: OnceLock<Value> = OnceLock::new();
    DESCRIPTION.get_or_init(document)
}

/// Panics when a JSON answer is not what the description says of it. `path` is below `/v1`, with its query.
pub fn hold(method: &str, path: &str, status: u16, body: &Value) {
    let path = path.split('?').next().unwrap_or_default();
    let Some(operation) = operation(&method.to_ascii_lowercase(), path) else { return };
    let content = &operation["responses"][status.to_string()]["content"];
    let schema = ["application/json", "application/problem+json"].into_iter().find_map(|kind| content.get(kind)).map(|it| &it["schema"]);
    match schema {
        Some(schema) => {
            if let Err(why) = fits(schema, body, "") {
                panic!("{method} {path}: {status} is not as described, {why}: {body:#}");
            }
        }
        None => assert!(body.is_null() || status == 405, "{method} {path}: {status} is not described: {body}"),
    }
}

/// The operation that answers at a path.
fn operation(method: &str, path: &str) -> Option<&'static Value> {
    let steps: Vec<&str> = path.split('/').collect();
    let fits = |template: &str| {
        let parts: Vec<&str> = template.split('/').collect();
        parts.len() == steps.len() && parts.iter().zip(&steps).all(|(part, step)| part == step || part.starts_with('{'))
    };
    let paths = description()["paths"].as_object().expect("paths");
    // A path without names in it goes before one with them.
    let found = paths.iter().filter(|(template, item)| fits(template) && item[method].is_object());
    found.min_by_key(|(template, _)| template.matches('{').count()).map(|(_, item)| &item[method])
}

fn resolved(schema: &'static Value) -> &'static Value {
    match schema["$ref"].as_str() {
        Some(reference) => resolved(description().pointer(reference.trim_start_matches('#')).expect("a schema")),
        None => schema,
    }
}

/// Keys that a schema has, with those it is made of, whether others may be there, and which must.
#[derive(Default)]
struct Keys {
    known: BTreeMap<&'static str, &'static Value>,
    others: Option<&'static Value>,
    needed: Vec<&'static str>,
}

fn keys(schema: &'static Value, into: &mut Keys) {
    let schema = resolved(schema);
    for (key, of) in schema["properties"].as_object().into_iter().flatten() {
        into.known.insert(key, of);
    }
    if let Some(others) = schema.get("additionalProperties").filter(|it| **it != Value::Bool(false)) {
        into.others = Some(others);
    }
    into.needed.extend(schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str));
    schema["allOf"].as_array().into_iter().flatten().for_each(|it| keys(it, into));
}

fn fits(schema: &'static Value, value: &Value, at: &str) -> Result<(), String> {
    let schema = resolved(schema);
    if let Some(either) = schema["oneOf"].as_array() {
        let tried: Vec<Result<(), String>> = either.iter().map(|it| fits(it, value, at)).collect();
        if tried.iter().any(Result::is_ok) {
            return Ok(());
        }
        return Err(tried.into_iter().filter_map(Result::err).collect::<Vec<_>>().join(" / "));
    }
    if let Some(words) = schema["enum"].as_array()
        && !words.contains(value)
    {
        return Err(format!("{at}: {value} is none of {words:?}"));
    }
    let kinds: Vec<&str> = schema["type"].as_array().into_iter().flatten().chain([&schema["type"]]).filter_map(Value::as_str).collect();
    let is = |kind: &&str| match *kind {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        _ => false,
    };
    if !kinds.is_empty() && !kinds.iter().any(is) {
        return Err(format!("{at}: {value:.60} is no {kinds:?}"));
    }
    if let Some(items) = value.as_array().filter(|_| schema["items"].is_object()) {
        for (position, item) in items.iter().enumerate() {
            fits(&schema["items"], item, &format!("{at}/{position}"))?;
        }
    }
    let Some(object) = value.as_object() else { return Ok(()) };
    let mut said = Keys::default();
    keys(schema, &mut said);
    if said.known.is_empty() && said.others.is_none() {
        return Ok(());
    }
    for (key, value) in object {
        let place = format!("{at}/{key}");
        match (said.known.get(key.as_str()), said.others) {
            (Some(of), _) => fits(of, value, &place)?,
            (None, Some(others)) if others.is_object() => fits(others, value, &place)?,
            (None, Some(_)) => {}
            (None, None) => return Err(format!("{place} is not described")),
        }
    }
    match said.needed.iter().find(|key| !object.contains_key(**key)) {
        Some(key) => Err(format!("{at}/{key} is not there")),
        None => Ok(()),
    }
}

#[test]
fn an_answer_that_is_not_as_described_is_seen() {
    let good = serde_json::json!({ "resultaten": [], "totaal": 0, "afgeweken": 0, "nummer": 0, "weg": [], "aanwezig": [] });
    hold("GET", "/lichtingen/w/beoordelingen", 200, &good);
    let path = "/lichtingen/w/beoordelingen";
    let with = |key: &str, value: Value| {
        let mut wrong = good.clone();
        wrong[key] = value;
        wrong
    };
    let mut without = good.clone();
    without.as_object_mut().expect("keys").remove("afgeweken");
    let person = serde_json::json!([{ "kandidaat": "Z1" }]);
    for wrong in [without, with("totaal", "0".into()), with("meer", 1.into()), with("resultaten", person)] {
        let schema = &operation("get", path).expect("a route")["responses"]["200"]["content"]["application/json"]["schema"];
        assert!(fits(schema, &wrong, "").is_err(), "{wrong}");
    }
}
