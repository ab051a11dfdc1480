//! Refusals as pages: what is the matter, what happened to the work, and what to do now.

use askama::Template;
use axum::http::{StatusCode, header};
use axum::response::Response;

use super::frame::{Frame, Section, status};
use super::messages::Language;
use super::visitor::Visitor;
use crate::serve::app::App;
use crate::serve::guard::Drawn;
use crate::serve::problem::{Fout, Problem};

#[derive(Template)]
#[template(path = "errors.html")]
struct ErrorPage {
    frame: Frame,
    title: String,
    detail: String,
    points: Vec<Fout>,
    again: bool,
}

/// A refusal drawn as a page, for whoever looks; anything else stays as it is.
pub fn drawn(app: &App, language: Language, visitor: Option<&Visitor>, response: Response) -> Response {
    let Some(problem) = response.extensions().get::<Problem>().cloned().filter(|_| response.extensions().get::<Drawn>().is_none()) else {
        return response;
    };
    let frame = visitor.map_or_else(|| Frame::bare(app, language), |it| it.frame(app, Section::None));
    let code = response.status();
    let m = frame.m.errors;
    let (title, detail) = match code {
        StatusCode::NOT_FOUND => (m.unknown().to_owned(), m.unknown_detail().to_owned()),
        StatusCode::FORBIDDEN if problem.kind == Problem::other_role().kind => {
            (m.other_role().to_owned(), m.other_role_detail().to_owned())
        }
        StatusCode::FORBIDDEN if problem.kind == Problem::foreign_form().kind => (m.old_form().to_owned(), m.old_form_detail().to_owned()),
        StatusCode::METHOD_NOT_ALLOWED => (m.unknown().to_owned(), m.unknown_detail().to_owned()),
        _ => (problem.title.clone(), problem.detail.clone()),
    };
    let again = code.is_server_error() || code == StatusCode::TOO_MANY_REQUESTS || code == StatusCode::REQUEST_TIMEOUT;
    let page = ErrorPage { frame, title, detail, points: problem.fouten.clone(), again };
    match status(code, &page) {
        Ok(mut drawn) => {
            for name in [header::RETRY_AFTER, header::ALLOW] {
                if let Some(value) = response.headers().get(&name) {
                    drawn.headers_mut().insert(name, value.clone());
                }
            }
            drawn
        }
        Err(_) => response,
    }
}
