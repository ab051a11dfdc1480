//! What bodies may hold, as schemas: the keys that the routes' readers take, with their bounds. A test holds each against its reader.

use loket_solver::matching::facts::codes::RuleCode;
use loket_solver::matching::facts::words::{Bouw, CoachKind, HalfDay, Phase, Quality, SchoolKind, Transport, Word};
use loket_solver::matching::judge::rules::overrulable;
use serde_json::{Value, json};

use crate::api::capacity;
use crate::api::decisions::DECISIONS;
use crate::api::questions::KINDS;
use crate::desk::decision::{REASONS, Scope};

/// What the body of an operation may say; of a wave file docs/format.md says it.
pub fn body(operation: &str) -> Value {
    match operation {
        "berekeningVragen" => {
            object(&[], json!({ "rekentijd": number(1, 86_400), "wijzigingen": number(0, 100_000), "vrij": { "type": "boolean" } }))
        }
        "vragen" => object(&["soort"], json!({ "soort": choice(&KINDS.map(|(kind, _)| kind)), "vraag": { "type": "object" } })),
        "besluiten" => object(
            &["besluit"],
            json!({
                "besluit": choice(&DECISIONS),
                "reden": choice(REASONS),
                "reikwijdte": choice(&Scope::ALL.map(|(code, _)| code)),
                "plaatsing": object(&["school", "plek", "coach"], json!({ "school": id(), "plek": id(), "coach": id() })),
                "ondanks": { "type": "array", "maxItems": 9, "items": choice(&overrulable().map(RuleCode::code).collect::<Vec<_>>()) },
            }),
        ),
        "coachUitval" | "schoolUitval" | "kandidaatUitval" => object(&[], json!({ "vanaf": day() })),
        "plekUitval" => object(&[], json!({ "vanaf": day(), "aantal": number(1, 100_000) })),
        "nakomer" => object(&["kandidaat"], json!({ "vanaf": day(), "kandidaat": row("kandidaat") })),
        "herberekeningAanvaarden" => object(&[], json!({ "lichtingen": { "type": "array", "maxItems": 10_000, "items": id() } })),
        "capaciteitOpbrengst" => object(&["berekening"], json!({ "berekening": id(), "aantal": number(1, 1_000) })),
        "plekkenZetten" => seats(),
        "bestuurMaken" | "bestuurZetten" => kept("bestuur", &[]),
        "schoolMaken" | "schoolZetten" => kept("school", &[]),
        "coachMaken" | "coachZetten" => kept("coach", &[("van", day()), ("tot", day())]),
        "kandidaatMaken" | "kandidaatZetten" => kept("kandidaat", &[("toestand", choice(&["wacht", "geplaatst", "gestopt"]))]),
        _ => json!({ "type": "object" }),
    }
}

/// An object with these keys. A key that may be absent may be null as well.
fn object(required: &[&str], mut properties: Value) -> Value {
    for (key, schema) in properties.as_object_mut().into_iter().flatten() {
        if !required.contains(&key.as_str()) {
            allow_null(schema);
        }
    }
    let mut schema = json!({ "type": "object", "additionalProperties": false, "properties": properties });
    if !required.is_empty() {
        schema["required"] = json!(required);
    }
    schema
}

fn allow_null(schema: &mut Value) {
    schema["type"] = json!([schema["type"].take(), "null"]);
    if let Some(words) = schema.get_mut("enum").and_then(Value::as_array_mut) {
        words.push(Value::Null);
    }
}

fn with(mut schema: Value, more: &[(&str, Value)]) -> Value {
    for (key, value) in more {
        schema["properties"][*key] = value.clone();
        allow_null(&mut schema["properties"][*key]);
    }
    schema
}

fn number(least: i64, most: i64) -> Value {
    json!({ "type": "integer", "minimum": least, "maximum": most })
}

fn count() -> Value {
    number(0, 100_000)
}

fn text() -> Value {
    json!({ "type": "string" })
}

fn id() -> Value {
    json!({ "type": "string", "minLength": 1, "maxLength": 64 })
}

fn day() -> Value {
    json!({ "type": "string", "format": "date" })
}

fn choice(words: &[&str]) -> Value {
    json!({ "type": "string", "enum": words })
}

fn word<W: Word>() -> Value {
    choice(&W::ALL.iter().map(|word| word.code()).collect::<Vec<_>>())
}

fn list(items: Value) -> Value {
    json!({ "type": "array", "uniqueItems": true, "items": items })
}

fn some(items: Value) -> Value {
    let mut some = list(items);
    some["minItems"] = json!(1);
    some
}

/// A row of the register: with keys of its own, and with `versie`, since what was read may be sent back.
fn kept(kind: &str, own: &[(&str, Value)]) -> Value {
    let version = json!({ "type": "integer", "minimum": 0, "description": "Wat u las mag u terugsturen; de ETag telt" });
    with(with(row(kind), own), &[("versie", version)])
}

/// A row with the keys of the format of wave files.
fn row(kind: &str) -> Value {
    let (lat, lon) =
        (json!({ "type": "number", "minimum": -90, "maximum": 90 }), json!({ "type": "number", "minimum": -180, "maximum": 180 }));
    let share = || number(0, 100);
    let (required, keys): (&[&str], Value) = match kind {
        "bestuur" => (&[], json!({ "noodplan": { "type": "boolean" }, "maximum": count() })),
        "school" => (
            &["bestuur"],
            json!({
                "bestuur": id(), "soort": word::<SchoolKind>(), "lat": lat, "lon": lon, "doelgroep": share(), "tekort": share(),
                "concept": text(), "denominatie": text(), "kwaliteit": word::<Quality>(), "maximum": count(), "teamgrootte": count(),
                "starters": count(),
            }),
        ),
        "coach" => (
            &["maximum", "uren"],
            json!({
                "soort": word::<CoachKind>(), "bestuur": text(), "lat": lat, "lon": lon, "vervoer": word::<Transport>(),
                "max_reistijd": count(), "maximum": count(), "uren": count(), "uren_vervolg": count(), "lopend": count(),
                "tarief_cent": count(), "bouwen": list(word::<Bouw>()), "soorten": list(word::<SchoolKind>()), "kenmerken": list(text()),
                "eigen_school": text(), "uitgesloten_scholen": list(text()),
            }),
        ),
        _ => (
            &["bouwen"],
            json!({
                "lat": lat, "lon": lon, "vervoer": word::<Transport>(), "max_reistijd": count(), "fase": word::<Phase>(), "uren": count(),
                "bouwen": some(word::<Bouw>()), "soorten": list(word::<SchoolKind>()), "besturen": list(text()), "concepten": list(text()),
                "dagdelen": list(word::<HalfDay>()), "wachtrondes": count(), "coach_wensen": list(text()), "coach_eisen": list(text()),
                "huidige_coach": text(), "huidige_school": text(),
                "uitgesloten": object(&[], json!({
                    "scholen": list(text()), "besturen": list(text()), "denominaties": list(text()), "coaches": list(text()),
                })),
            }),
        ),
    };
    with(object(required, keys), &[("id", id()), ("naam", text()), ("toelichting", text())])
}

/// The seats of one group, with what was read of them.
fn seats() -> Value {
    let keys = json!({
        "bouw": word::<Bouw>(), "aantal": count(), "dagdelen": list(word::<HalfDay>()), "open": { "type": "boolean" },
        "reden": choice(capacity::REASONS), "van": day(), "tot": day(), "id": id(), "toelichting": text(), "school": id(), "plek": id(),
        "bevestigd_op": { "type": "string", "minLength": 1, "maxLength": 64 },
    });
    let follows = ["versie", "gebruikt", "voorgesteld", "vrij", "te_veel"].map(|key| (key, json!({ "type": "integer", "minimum": 0 })));
    with(object(&["bouw", "aantal"], keys), &follows)
}
