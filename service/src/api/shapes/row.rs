//! A row of the register as an answer.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use crate::records::register::Row;
use crate::serve::etag::tag;
use loket_solver::matching::facts::words::Word;

/// A row of the register.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Rij {
    /// Its id.
    pub id: String,
    /// What docs/format.md has for such a row, with the names of people, `van` and `tot` of a coach and `toestand` of a candidate.
    #[serde(flatten)]
    #[schema(value_type = Object)]
    pub gegevens: Map<String, Value>,
    /// Its version, also in ETag.
    pub versie: i64,
}

impl From<Row> for Rij {
    fn from(row: Row) -> Self {
        let mut gegevens = row.person;
        let standing = row.standing.map(|it| it.code().to_owned());
        for (key, value) in [("bestuur", row.board), ("van", row.from), ("tot", row.until), ("toestand", standing)] {
            gegevens.extend(value.map(|value| (key.to_owned(), Value::String(value))));
        }
        gegevens.extend(row.data);
        Self { id: row.id, gegevens, versie: row.version }
    }
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
