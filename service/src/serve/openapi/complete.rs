//! Completes the description with what holds for every route, so that no route can forget it: refusals, headers, security and words.

use serde_json::{Map, Value, json};

use super::types::{self, List};
use super::words;
use crate::access::Role;
use crate::serve::roles::EXTENSION;

/// Paths that are open to everybody.
const OPEN: [&str; 17] = [
    "/gezondheid",
    "/leeft",
    "/problemen",
    "/problemen/{probleem}",
    "/aanmelding",
    "/koppelingen",
    "/antwoordkoppelingen/agenda",
    "/antwoordkoppelingen/brief",
    "/antwoordkoppelingen/inzage",
    "/antwoordkoppelingen/antwoord",
    "/antwoordkoppelingen/plaats",
    "/antwoordkoppelingen/uitval",
    "/antwoordkoppelingen/rooster",
    "/antwoordkoppelingen/rooster/antwoord",
    "/wachtwoord-vergeten",
    "/oidc/begin",
    "/oidc/terug",
];
/// The kind of content of a workbook.
const BOOK: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
/// Methods, in the order in which they are told.
pub const METHODS: [&str; 5] = ["get", "put", "post", "patch", "delete"];

/// The description with paths below the server's `/v1`, and on every operation its refusals, headers, security and words.
pub fn complete(mut document: Value, lists: &[List]) -> Value {
    rename(&mut document);
    types::lists(&mut document, lists);
    if let Some(problem) = document.pointer_mut("/components/schemas/Probleem") {
        one_object(problem);
    }
    let schemas = document["components"]["schemas"].clone();
    let mut paths = Map::new();
    if let Value::Object(found) = document["paths"].take() {
        for (path, mut item) in found {
            let name = match path.strip_prefix("/v1") {
                Some(rest) => rest.to_owned(),
                None => {
                    item["servers"] = json!([{ "url": "/", "description": "Buiten de versies om" }]);
                    path
                }
            };
            operations(&name, &mut item, &schemas);
            paths.insert(name, item);
        }
    }
    document["paths"] = Value::Object(paths);
    types::bodies(&mut document);
    types::always_there(&mut document);
    types::used(&mut document);
    document
}

/// A problem is one object that may have more keys. Made of parts, its own keys are not seen by those who hold it against RFC 9457.
fn one_object(schema: &mut Value) {
    let own = schema["allOf"].as_array().into_iter().flatten().find(|it| it["properties"].is_object()).cloned();
    if let Some(mut own) = own {
        own["description"] = schema["description"].clone();
        own["additionalProperties"] = json!(true);
        for (key, more) in words::beside_a_problem() {
            own["properties"][key] = more;
        }
        *schema = own;
    }
}

/// Names of schemas in UpperCamelCase: a list of waves is `PaginaLichting`.
fn rename(value: &mut Value) {
    match value {
        Value::String(text) if text.starts_with("#/components/schemas/") => *text = text.replace('_', ""),
        Value::Array(list) => list.iter_mut().for_each(rename),
        Value::Object(object) => {
            object.values_mut().for_each(rename);
            if let Some(Value::Object(schemas)) = object.get_mut("schemas") {
                *schemas = std::mem::take(schemas).into_iter().map(|(name, schema)| (name.replace('_', ""), schema)).collect();
            }
        }
        _ => {}
    }
}

/// What an operation has, seen in its description.
struct Traits {
    open: bool,
    /// Whether some role may not call it.
    some: bool,
    named: bool,
    body: bool,
    writes: bool,
    paged: bool,
    matched: bool,
    keyed: bool,
    versioned: bool,
}

fn operations(path: &str, item: &mut Value, schemas: &Value) {
    let any_matched = METHODS.iter().any(|method| has_parameter(&item[*method], "If-Match"));
    for method in METHODS {
        let operation = &mut item[method];
        if !operation.is_object() {
            continue;
        }
        let traits = Traits {
            open: OPEN.contains(&path),
            some: operation[EXTENSION].as_array().is_some_and(|roles| roles.len() < Role::HELD.len()),
            named: path.contains('{'),
            body: operation["requestBody"].is_object(),
            writes: method != "get",
            paged: has_parameter(operation, "paginaGrootte"),
            matched: has_parameter(operation, "If-Match"),
            keyed: has_parameter(operation, "Idempotency-Key"),
            versioned: any_matched,
        };
        complete_one(operation, &traits, schemas);
    }
    // Looking at a method that is not there has put a null.
    if let Some(item) = item.as_object_mut() {
        item.retain(|_, value| !value.is_null());
    }
}

fn has_parameter(operation: &Value, name: &str) -> bool {
    operation["parameters"].as_array().into_iter().flatten().any(|it| it["name"] == name)
}

fn complete_one(operation: &mut Value, traits: &Traits, schemas: &Value) {
    operation["description"] = json!(description(operation, traits));
    if traits.open {
        operation["security"] = json!([]);
    }
    for parameter in operation["parameters"].as_array_mut().into_iter().flatten() {
        tell_parameter(parameter);
    }
    if traits.body {
        tell_body(&mut operation["requestBody"]);
    }
    // Looking at what is not there has put a null.
    if let Some(operation) = operation.as_object_mut() {
        operation.retain(|_, value| !value.is_null());
    }
    let Some(responses) = operation["responses"].as_object_mut() else { return };
    for status in refusals(traits) {
        responses.entry(status).or_insert_with(|| json!({ "description": "" }));
    }
    for (status, response) in responses.iter_mut() {
        if status.starts_with('2') {
            tell_answer(status, response, traits, schemas);
        } else if status.starts_with('3') {
            response["description"] = json!("Ga verder op het adres in de kop Location");
            put_headers(response, ["API-Version", "Location"].into_iter());
        } else {
            tell_refusal(status, response);
        }
    }
    responses.sort_keys();
}

/// A body says what it is, and shows an example, where the description of a body has room for that. One that may be left out is left out, never null.
fn tell_body(body: &mut Value) {
    if body["content"].get("application/json").is_none() {
        return;
    }
    let content = &mut body["content"]["application/json"];
    let either = content["schema"]["oneOf"].as_array().filter(|either| either.iter().any(|it| it["type"] == "null"));
    let left_out = either.and_then(|either| either.iter().find(|it| it["type"] != "null")).cloned();
    if let Some(schema) = left_out {
        content["schema"] = schema;
    }
    let Some(schema) = content["schema"].as_object_mut() else { return };
    let (what, example) = (schema.shift_remove("description"), schema.shift_remove("example"));
    if let (Some(content), Some(example)) = (content.as_object_mut(), example) {
        content.insert("example".into(), example);
    }
    if let (Some(body), Some(what)) = (body.as_object_mut(), what) {
        body.shift_insert(0, "description".into(), what);
    }
}

/// Refusals that can come from the guards and readers that every route has.
fn refusals(traits: &Traits) -> Vec<&'static str> {
    let list = [
        ("400", true),
        ("401", !traits.open),
        ("403", traits.some || (traits.writes && !traits.open)),
        ("404", traits.named),
        ("406", true),
        ("408", true),
        ("409", traits.writes),
        ("412", traits.matched),
        ("413", traits.body || traits.keyed),
        ("415", traits.body),
        ("422", traits.keyed),
        ("428", traits.matched),
        ("503", true),
    ];
    list.into_iter().filter(|(_, can)| *can).map(|(status, _)| status).collect()
}

/// The summary, with what is special about calling it.
fn description(operation: &Value, traits: &Traits) -> String {
    let said = operation["description"].as_str().or(operation["summary"].as_str()).unwrap_or_default();
    let mut text = format!("{}.", said.trim_end_matches('.'));
    for (says, when) in [
        (" Bladeren gaat met pagina en paginaGrootte; de kop Link wijst de weg.", traits.paged),
        (" Wat u wijzigt, noemt u met de ETag in If-Match: 412 als iemand anders u voor was.", traits.matched),
        (" Met een Idempotency-Key heeft herhalen geen tweede gevolg.", traits.keyed),
        (" Open voor iedereen op deze machine: er is geen sleutel nodig.", traits.open),
    ] {
        if when && !text.contains(says) {
            text.push_str(says);
        }
    }
    text
}

fn tell_parameter(parameter: &mut Value) {
    let name = parameter["name"].as_str().unwrap_or_default().to_owned();
    let in_path = parameter["in"] == "path";
    let known = words::parameter(&name);
    if let (Some((what, _)), true) = (&known, parameter["description"].as_str().unwrap_or_default().is_empty()) {
        parameter["description"] = json!(what);
    }
    let Some(schema) = parameter["schema"].as_object_mut() else { return };
    if in_path && schema.get("type") == Some(&json!("string")) {
        schema.entry("minLength").or_insert(json!(1));
    }
    if let Some((_, Value::Object(more))) = known {
        // A parameter that may be absent is absent, never null.
        for (key, value) in more {
            schema.entry(key).or_insert(value);
        }
    }
    if let Some(Value::Array(kinds)) = schema.get("type") {
        let kinds: Vec<Value> = kinds.iter().filter(|kind| *kind != "null").cloned().collect();
        if let [kind] = &kinds[..] {
            schema.insert("type".into(), kind.clone());
        }
    }
}

/// Whether a schema, with those it is made of, has a property.
fn has_property(schema: &Value, name: &str, schemas: &Value) -> bool {
    let named = schema["$ref"].as_str().and_then(|it| it.strip_prefix("#/components/schemas/"));
    schema["properties"].get(name).is_some()
        || named.is_some_and(|it| has_property(&schemas[it], name, schemas))
        || schema["allOf"].as_array().into_iter().flatten().any(|it| has_property(it, name, schemas))
}

fn tell_answer(status: &str, response: &mut Value, traits: &Traits, schemas: &Value) {
    let schema = response["content"]["application/json"]["schema"].clone();
    if let Some(stream) = response.get_mut("content").and_then(|it| it.get_mut("text/event-stream")) {
        stream["schema"] = words::happening();
    }
    let file = response["content"].get(BOOK).or(response["content"].get("text/csv")).is_some();
    if file {
        response["headers"]["ETag"] = json!({
            "description": "Wat er in het bestand staat; wie het al heeft, stuurt haar mee als If-None-Match en krijgt 304",
            "schema": { "type": "string" },
        });
    }
    if let Some(book) = response.get_mut("content").and_then(|it| it.get_mut(BOOK)) {
        book["schema"] = json!({ "type": "string", "format": "binary", "description": "Een werkmap (xlsx)" });
    }
    let working = has_property(&schema, "pogingen", schemas);
    let headers = [
        ("API-Version", true),
        ("ETag", status != "204" && status != "202" && (file || traits.versioned || has_property(&schema, "versie", schemas))),
        ("Content-Disposition", file),
        ("Location", status == "201" || (status == "202" && !traits.open) || working),
        ("Retry-After", (status == "202" && !traits.open) || working),
        ("Link", traits.paged),
        ("X-Total-Count", traits.paged),
    ];
    put_headers(response, headers.into_iter().filter(|(_, has)| *has).map(|(name, _)| name));
    if response["description"].as_str().unwrap_or_default().is_empty() {
        response["description"] = json!(match status {
            "200" => "Gelukt",
            "201" => "Gemaakt",
            "202" => "Aangenomen; het werk gaat door",
            "204" => "Gelukt; er is niets te tonen",
            _ => "Gelukt",
        });
    }
    drop_empty(response);
}

fn tell_refusal(status: &str, response: &mut Value) {
    if response["description"].as_str().unwrap_or_default().is_empty() {
        response["description"] = json!(words::refusal(status));
    }
    let mut content = json!({ "schema": { "$ref": "#/components/schemas/Probleem" } });
    if let Some(example) = words::problem(status) {
        content["example"] = example;
    }
    response["content"] = json!({ "application/problem+json": content });
    let headers = [("API-Version", true), ("WWW-Authenticate", status == "401"), ("Retry-After", status == "503" || status == "429")];
    put_headers(response, headers.into_iter().filter(|(_, has)| *has).map(|(name, _)| name));
}

fn put_headers(response: &mut Value, names: impl Iterator<Item = &'static str>) {
    for name in names {
        if response["headers"].get(name).is_none() {
            response["headers"][name] = words::header(name);
        }
    }
}

/// Looking for content where there is none has put a null.
fn drop_empty(response: &mut Value) {
    if response["content"]["application/json"].is_null()
        && let Some(response) = response.as_object_mut()
        && let Some(content) = response.get_mut("content").and_then(Value::as_object_mut)
    {
        content.retain(|_, value| !value.is_null());
        if content.is_empty() {
            response.shift_remove("content");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_route_that_says_nothing_gets_every_refusal_that_its_shape_allows() {
        let document = json!({ "components": { "schemas": { "Ding_Een": { "properties": { "versie": {} } } } }, "paths": { "/v1/dingen/{ding}": { "put": {
            "summary": "Verander een ding", "operationId": "ding", "parameters": [{ "name": "If-Match", "in": "header", "schema": { "type": ["string", "null"] } }],
            "requestBody": { "content": { "application/json": { "schema": {} } } },
            "responses": { "200": { "description": "", "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Ding_Een" } } } } },
        } } } });
        let done = complete(document, &[]);
        let put = &done["paths"]["/dingen/{ding}"]["put"];
        let told: Vec<&String> = put["responses"].as_object().unwrap().keys().collect();
        assert_eq!(told, ["200", "400", "401", "403", "404", "406", "408", "409", "412", "413", "415", "428", "503"]);
        assert!(put["responses"]["200"]["headers"]["ETag"].is_object());
        assert_eq!(put["responses"]["200"]["content"]["application/json"]["schema"]["$ref"], "#/components/schemas/DingEen");
        assert!(done["components"]["schemas"]["DingEen"].is_object());
        assert_eq!(put["parameters"][0]["schema"]["type"], "string");
        assert_eq!(put["responses"]["412"]["content"]["application/problem+json"]["schema"]["$ref"], "#/components/schemas/Probleem");
    }
}
