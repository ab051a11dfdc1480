//! Answers that are files: a PDF, a calendar or a message, with a name that says nothing of anybody.

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use utoipa::ToSchema;

use crate::present::letter::Paper;
use crate::present::pdf;
use crate::serve::app::App;
use crate::serve::problem::Problem;

/// Een PDF die iedereen kan lezen (PDF/UA-1)
#[derive(Debug, ToSchema)]
#[schema(value_type = String, format = Binary)]
pub struct Pdf(#[expect(dead_code, reason = "only its schema is used")] Vec<u8>);

/// A file of this kind, under this name.
pub fn file(kind: &'static str, name: &'static str, bytes: impl IntoResponse) -> Response {
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    if let Ok(told) = HeaderValue::try_from(format!("attachment; filename=\"{name}\"")) {
        headers.insert(header::CONTENT_DISPOSITION, told);
    }
    response
}

/// Papers as one PDF, drawn on a thread of its own once there is room.
///
/// # Errors
/// When there is no room in time, or it cannot be drawn.
pub async fn drawn(app: &App, title: String, papers: Vec<Paper>, at: i64) -> Result<Vec<u8>, Problem> {
    let made = app.gates.answers.work(1, move || pdf::many(&title, &papers, at)).await?;
    made.map_err(|why| {
        tracing::error!(waarom = %why.0, "een PDF is niet gemaakt");
        Problem::busy("De PDF kon niet gemaakt worden; waarschuw de beheerder.")
    })
}
