//! Types of the description, so that each is one type in a client that is generated from it: closed lists by name, bodies by name, and
//! keys of answers that are always there.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

/// Where schemas stand.
const PLACE: &str = "#/components/schemas/";
/// Methods of a path.
const METHODS: [&str; 5] = super::complete::METHODS;

/// A closed list of words.
#[derive(Clone, Debug)]
pub struct List {
    /// Its name.
    pub name: &'static str,
    /// What it is, and what its words mean.
    pub says: String,
    /// Its words.
    pub words: Vec<&'static str>,
}

/// Puts every closed list among the schemas, and its name wherever its words stand: a key that may be null as well is that or null, so
/// that it is no other type.
pub fn lists(document: &mut Value, lists: &[List]) {
    if let Some(schemas) = document.pointer_mut("/components/schemas").and_then(Value::as_object_mut) {
        for list in lists {
            schemas.shift_remove(list.name);
        }
    }
    by_name(document, lists);
    for list in lists {
        document["components"]["schemas"][list.name] = json!({ "type": "string", "description": list.says, "enum": list.words });
    }
}

fn by_name(value: &mut Value, lists: &[List]) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|it| by_name(it, lists)),
        Value::Object(object) => {
            let words = object.get("enum").and_then(Value::as_array);
            let named = words.and_then(|words| {
                let told: Vec<&str> = words.iter().filter_map(Value::as_str).collect();
                let list = lists.iter().find(|list| list.words == told)?;
                Some((list.name, words.iter().any(Value::is_null)))
            });
            match named {
                Some((name, nullable)) => {
                    let what = object.get("description").cloned();
                    *value = named_type(name, nullable);
                    if let Some(what) = what {
                        value["description"] = what;
                    }
                }
                None => object.values_mut().for_each(|it| by_name(it, lists)),
            }
        }
        _ => {}
    }
}

fn named_type(name: &str, nullable: bool) -> Value {
    let named = json!({ "$ref": format!("{PLACE}{name}") });
    if nullable { json!({ "oneOf": [{ "type": "null" }, named] }) } else { named }
}

/// Puts every schema that has a title among the schemas by that name: bodies, and objects within them.
pub fn bodies(document: &mut Value) {
    let mut found = Map::new();
    hoist(&mut document["paths"], &mut found);
    if let Some(schemas) = document.pointer_mut("/components/schemas") {
        hoist(schemas, &mut found);
        for (name, schema) in found {
            schemas[name] = schema;
        }
    }
}

fn hoist(value: &mut Value, found: &mut Map<String, Value>) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|it| hoist(it, found)),
        Value::Object(object) => {
            object.values_mut().for_each(|it| hoist(it, found));
            let title = object.get("title").and_then(Value::as_str).map(str::to_owned);
            // A key may be called title: then it has no type of an object beside it.
            let Some(title) = title.filter(|_| object.contains_key("properties") || object.contains_key("oneOf")) else { return };
            object.shift_remove("title");
            let kinds = object.get("type").and_then(Value::as_array).cloned().unwrap_or_default();
            let nullable = kinds.iter().any(|it| it == "null");
            if let (true, Some(kind)) = (nullable, kinds.first()) {
                object.insert("type".into(), kind.clone());
            }
            found.insert(title.clone(), value.take());
            *value = named_type(&title, nullable);
        }
        _ => {}
    }
}

/// Names of the schemas that a value comes to.
fn reached(value: &Value, schemas: &Value, into: &mut BTreeSet<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|it| reached(it, schemas, into)),
        Value::Object(object) => {
            for (key, value) in object {
                match value.as_str().and_then(|it| it.strip_prefix(PLACE)).filter(|_| key == "$ref") {
                    Some(name) if into.insert(name.to_owned()) => reached(&schemas[name], schemas, into),
                    Some(_) => {}
                    None => reached(value, schemas, into),
                }
            }
        }
        _ => {}
    }
}

/// Every part of this name of every operation.
fn of_operations<'a>(document: &'a Value, part: &'static str) -> impl Iterator<Item = &'a Value> {
    let items = document["paths"].as_object().into_iter().flat_map(Map::values);
    items.flat_map(move |item| METHODS.iter().map(move |method| &item[*method][part]))
}

/// A key of an answer that may be null is always there: what may be absent is not null. (A key of a body may be both.)
pub fn always_there(document: &mut Value) {
    let schemas = document["components"]["schemas"].clone();
    let (mut asked, mut answered) = (BTreeSet::new(), BTreeSet::new());
    of_operations(document, "requestBody").for_each(|it| reached(it, &schemas, &mut asked));
    of_operations(document, "responses").for_each(|it| reached(it, &schemas, &mut answered));
    for name in answered.difference(&asked).filter(|name| *name != "Probleem") {
        needed(&mut document["components"]["schemas"][name]);
    }
}

fn needed(schema: &mut Value) {
    match schema {
        Value::Array(items) => items.iter_mut().for_each(needed),
        Value::Object(object) => {
            object.values_mut().for_each(needed);
            let properties = object.get("properties").and_then(Value::as_object);
            let nullable: Vec<String> =
                properties.into_iter().flatten().filter(|(_, it)| may_be_null(it)).map(|(key, _)| key.clone()).collect();
            if !nullable.is_empty() {
                let list = object.entry("required").or_insert_with(|| json!([]));
                for key in nullable.into_iter().map(Value::from) {
                    if let Some(list) = list.as_array_mut().filter(|list| !list.contains(&key)) {
                        list.push(key);
                    }
                }
            }
        }
        _ => {}
    }
}

/// Whether a schema allows null.
pub fn may_be_null(schema: &Value) -> bool {
    let is_null = |it: &Value| it["type"] == "null";
    schema["type"].as_array().into_iter().flatten().any(|it| it == "null") || schema["oneOf"].as_array().into_iter().flatten().any(is_null)
}

/// Leaves out schemas that nothing comes to.
pub fn used(document: &mut Value) {
    let schemas = document["components"]["schemas"].clone();
    let mut all = BTreeSet::new();
    reached(&document["paths"], &schemas, &mut all);
    if let Some(schemas) = document.pointer_mut("/components/schemas").and_then(Value::as_object_mut) {
        schemas.retain(|name, _| all.contains(name));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bouw() -> List {
        List { name: "Bouw", says: "Een bouw".into(), words: vec!["onder", "boven"] }
    }

    #[test]
    fn a_list_is_one_type_also_where_it_may_be_null() {
        let mut document = json!({ "components": { "schemas": { "A": { "properties": {
            "een": { "type": "string", "enum": ["onder", "boven"], "description": "wat" },
            "twee": { "type": ["string", "null"], "enum": ["onder", "boven", null] },
        } } } } });
        lists(&mut document, &[bouw()]);
        let of = &document["components"]["schemas"]["A"]["properties"];
        assert_eq!(of["een"], json!({ "$ref": "#/components/schemas/Bouw", "description": "wat" }));
        assert_eq!(of["twee"], json!({ "oneOf": [{ "type": "null" }, { "$ref": "#/components/schemas/Bouw" }] }));
        assert_eq!(document["components"]["schemas"]["Bouw"]["enum"], json!(["onder", "boven"]));
    }

    #[test]
    fn bodies_have_names_and_what_may_be_null_in_an_answer_is_always_there() {
        let body = json!({ "title": "Vraag", "type": "object", "properties": {
            "binnen": { "title": "Binnen", "type": ["object", "null"], "properties": {} }, "mag": { "type": ["string", "null"] },
        } });
        let answer = json!({ "$ref": "#/components/schemas/Antwoord" });
        let mut document = json!({
            "paths": { "/a": { "post": {
                "requestBody": { "content": { "application/json": { "schema": body } } },
                "responses": { "200": { "content": { "application/json": { "schema": answer } } } },
            } } },
            "components": { "schemas": {
                "Antwoord": { "type": "object", "required": ["een"], "properties": { "een": {}, "twee": { "type": ["string", "null"] } } },
                "Los": { "type": "object" },
            } },
        });
        bodies(&mut document);
        always_there(&mut document);
        used(&mut document);
        let schema = &document["paths"]["/a"]["post"]["requestBody"]["content"]["application/json"]["schema"];
        assert_eq!(schema, &json!({ "$ref": "#/components/schemas/Vraag" }));
        let schemas = document["components"]["schemas"].as_object().expect("schemas");
        assert_eq!(schemas.keys().collect::<Vec<_>>(), ["Antwoord", "Binnen", "Vraag"]);
        assert_eq!(
            schemas["Vraag"]["properties"]["binnen"],
            json!({ "oneOf": [{ "type": "null" }, { "$ref": "#/components/schemas/Binnen" }] })
        );
        assert!(schemas["Vraag"].get("required").is_none(), "a key of a body may be absent");
        assert_eq!(schemas["Antwoord"]["required"], json!(["een", "twee"]));
    }
}
