//! A row of the register as an answer: one type for each kind of row.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use crate::api::bodies::register::{BoardRow, CandidateRow, CoachRow, SchoolRow};
use crate::api::bodies::{Body, told};
use crate::records::register::Row;
use crate::serve::etag::tag;
use loket_solver::matching::facts::words::Word;

/// A row of the register.
#[derive(Clone, Debug, Serialize)]
pub struct Rij {
    /// Its id.
    pub id: String,
    /// What docs/format.md has for such a row, with names and addresses of people, `brin` of a school, `van` and `tot` of a coach and `toestand` of a candidate.
    #[serde(flatten)]
    pub gegevens: Map<String, Value>,
    /// Its version, also in ETag.
    pub versie: i64,
}

impl From<Row> for Rij {
    fn from(row: Row) -> Self {
        let mut gegevens = row.person;
        let standing = row.standing.map(|it| it.code().to_owned());
        for (key, value) in [
            ("bestuur", row.board),
            ("brin", row.brin),
            ("van", row.from),
            ("tot", row.until),
            ("einde_reden", row.ended),
            ("toestand", standing),
        ] {
            gegevens.extend(value.map(|value| (key.to_owned(), Value::String(value))));
        }
        gegevens.extend(row.own);
        gegevens.extend(row.data);
        Self { id: row.id, gegevens, versie: row.version }
    }
}

/// A row as it is read: with the keys of the body that puts it, those that are known. A key that has no value is left out.
fn read(mut schema: Value, what: &str, always: &[&str]) -> RefOr<Schema> {
    schema["description"] = what.into();
    let required = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
    let mut keys: Vec<String> = required.map(str::to_owned).collect();
    keys.extend(always.iter().map(|key| (*key).to_owned()).filter(|key| !keys.contains(key)).collect::<Vec<_>>());
    schema["required"] = keys.into();
    if let Some(properties) = schema["properties"].as_object_mut() {
        // What is said of a body is not of the row.
        properties.shift_remove("bevestigd");
        properties.values_mut().for_each(not_null);
    }
    if let Some(schema) = schema.as_object_mut() {
        schema.shift_remove("title");
        schema.shift_remove("example");
    }
    told(schema)
}

/// The opposite of what a body may have: there a key may be null.
fn not_null(schema: &mut Value) {
    if let Some(kind) = schema["type"].as_array().and_then(|kinds| kinds.first()).cloned() {
        schema["type"] = kind;
    }
    if let Some(words) = schema.get_mut("enum").and_then(Value::as_array_mut) {
        words.retain(|word| !word.is_null());
    }
}

/// Declares the type of a row that is read.
macro_rules! rows {
    ($( $(#[doc = $what:literal])+ $name:ident of $body:ident with [$($always:literal),*]; )+) => { $(
        $(#[doc = $what])+
        #[derive(Clone, Debug, Serialize)]
        #[serde(transparent)]
        pub struct $name(pub Rij);

        impl PartialSchema for $name {
            fn schema() -> RefOr<Schema> {
                read(<$body as Body>::schema(), concat!($($what),+).trim(), &["id", "versie", $($always),*])
            }
        }

        impl ToSchema for $name {}

        impl From<Row> for $name {
            fn from(row: Row) -> Self {
                Self(row.into())
            }
        }
    )+ };
}

rows! {
    /// Een bestuur in het register
    Bestuur of BoardRow with [];
    /// Een school in het register
    School of SchoolRow with ["bestuur"];
    /// Een coach in het register
    Coach of CoachRow with [];
    /// Een kandidaat in het register
    Kandidaat of CandidateRow with ["toestand"];
}

/// A row as an answer, with its ETag.
pub fn answer(status: StatusCode, row: Row) -> Response {
    let tag: HeaderValue = tag(row.version);
    (status, [(header::ETAG, tag)], Json(Rij::from(row))).into_response()
}

/// A row as JSON, beside what somebody else sent.
pub fn shown(row: Row) -> Value {
    serde_json::to_value(Rij::from(row)).unwrap_or_default()
}
