//! What holds for every page: a session, forms that come from here with what the session gave, the role, and refusals drawn as pages.

use axum::Form as Fields;
use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, Multipart, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use subtle::ConstantTimeEq;

use super::errors;
use super::form::{Form, Sent, TOKEN};
use super::frame::{language, to};
use super::visitor::Visitor;
use super::{done, paths};
use crate::access::Role;
use crate::actions::{Asked, signing};
use crate::serve::app::App;
use crate::serve::body::{Size, content, take};
use crate::serve::cookie;
use crate::serve::near::{self, changes};
use crate::serve::problem::Problem;

/// Most fields of a form.
const FIELDS: usize = 5_000;

/// Lets through who is signed in; others go and sign in first. A form counts only with what the session gave for it.
pub async fn signed_in(State(app): State<App>, request: Request, next: Next) -> Response {
    let lang = language(&app, request.headers());
    let visitor = match visiting(&app, request.headers().clone()).await {
        Ok(Some(visitor)) => visitor,
        Ok(None) => return to(paths::SIGN_IN),
        Err(problem) => return errors::drawn(&app, lang, None, problem.into_response()),
    };
    let (mut request, form) = match read(&app, request).await {
        Ok(read) => read,
        Err(problem) => return errors::drawn(&app, lang, Some(&visitor), problem.into_response()),
    };
    if let Some(form) = form {
        if !bool::from(visitor.form.as_bytes().ct_eq(form.exact(TOKEN).as_bytes())) {
            return errors::drawn(&app, lang, Some(&visitor), Problem::foreign_form().into_response());
        }
        request.extensions_mut().insert(form);
    }
    request.extensions_mut().insert(visitor.asked.caller.clone());
    request.extensions_mut().insert(visitor.clone());
    let response = next.run(request).await;
    errors::drawn(&app, lang, Some(&visitor), response)
}

/// Pages for whoever comes: a form counts only when it comes from a page of this service.
pub async fn from_here(State(app): State<App>, request: Request, next: Next) -> Response {
    let lang = language(&app, request.headers());
    let response = match read(&app, request).await {
        Ok((mut request, form)) => {
            if let Some(form) = form {
                request.extensions_mut().insert(form);
            }
            next.run(request).await
        }
        Err(problem) => problem.into_response(),
    };
    errors::drawn(&app, lang, None, response)
}

/// Who has the session of the cookie, if it holds.
async fn visiting(app: &App, headers: HeaderMap) -> Result<Option<Visitor>, Problem> {
    let Some(told) = cookie::of(&headers, cookie::SESSION) else { return Ok(None) };
    let Some((caller, form)) = signing::in_browser(&app.store, told).await? else { return Ok(None) };
    let mut reading = app.store.read();
    let Some(account) = reading.account(caller.who()).await? else { return Ok(None) };
    let log_head = reading.log_head().await?;
    let mut roles: Vec<Role> = account.roles.iter().map(|it| it.role).collect();
    roles.dedup();
    Ok(Some(Visitor {
        asked: Asked { caller, key: None },
        name: account.name,
        roles,
        form,
        done: done::brought(&headers),
        language: language(app, &headers),
        log_head,
    }))
}

/// Who looks at a page for whoever comes, when somebody is signed in.
///
/// # Errors
/// When that could not be looked up.
pub async fn looking(app: &App, headers: &HeaderMap) -> Result<Option<Visitor>, Problem> {
    visiting(app, headers.clone()).await
}

/// The form of a request that changes something, once it is sure that a page of ours sent it.
async fn read(app: &App, request: Request) -> Result<(Request, Option<Form>), Problem> {
    if !changes(request.method()) {
        return Ok((request, None));
    }
    if !near::ours(request.headers(), app.settings.behind.is_some()) {
        return Err(Problem::foreign_form());
    }
    let (parts, body) = request.into_parts();
    let whole = Request::from_parts(parts.clone(), body);
    let form = match content(&whole).as_str() {
        "multipart/form-data" => parts_of(app, whole).await?,
        "application/x-www-form-urlencoded" => {
            let kind = whole.headers().get(header::CONTENT_TYPE).cloned();
            let taken = take(whole, app, Size::Row).await?;
            let Fields(fields): Fields<Vec<(String, String)>> =
                Fields::from_request(again(kind, taken.bytes), &()).await.map_err(|_| unreadable())?;
            if fields.len() > FIELDS {
                return Err(unreadable());
            }
            Form::new(fields, Vec::new())
        }
        _ => return Err(Problem::media_type_of("een formulier")),
    };
    Ok((Request::from_parts(parts, Body::empty()), Some(form)))
}

/// A request whose body was read, for whoever reads what is in it.
fn again(kind: Option<HeaderValue>, bytes: Bytes) -> Request {
    let mut request = Request::new(Body::from(bytes));
    *request.method_mut() = Method::POST;
    if let Some(kind) = kind {
        request.headers_mut().insert(header::CONTENT_TYPE, kind);
    }
    request
}

fn unreadable() -> Problem {
    Problem::mistake("formulier", "", "dit formulier is niet te lezen", "ga terug, ververs de pagina en verstuur het nog een keer")
}

/// Fields and files of an upload, as large as the setting says.
async fn parts_of(app: &App, request: Request) -> Result<Form, Problem> {
    let (parts, body) = request.into_parts();
    let kind = parts.headers.get(header::CONTENT_TYPE).cloned();
    let taken = take(Request::from_parts(parts, body), app, Size::Whole).await?;
    let mut read = Multipart::from_request(again(kind, taken.bytes), &()).await.map_err(|_| unreadable())?;
    let (mut fields, mut files) = (Vec::new(), Vec::new());
    while let Some(part) = read.next_field().await.map_err(|_| unreadable())? {
        let name = part.name().unwrap_or_default().to_owned();
        match part.file_name().map(str::to_owned) {
            Some(called) => files.push(Sent { field: name, name: called, bytes: part.bytes().await.map_err(|_| unreadable())? }),
            None => fields.push((name, part.text().await.map_err(|_| unreadable())?)),
        }
        if fields.len() + files.len() > FIELDS {
            return Err(unreadable());
        }
    }
    Ok(Form::new(fields, files))
}

/// Turns away whoever acts in another role.
pub async fn allowed(roles: &'static [Role], request: Request, next: Next) -> Response {
    match request.extensions().get::<Visitor>() {
        None => to(paths::SIGN_IN),
        Some(visitor) if roles.contains(&visitor.asked.caller.role()) => next.run(request).await,
        Some(_) => Problem::other_role().into_response(),
    }
}

/// What is refused outside the API is drawn when a browser asks for a page: an address that is nowhere, a service that is busy.
pub async fn for_people(State(app): State<App>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let api = ["/v1", "/gezondheid", "/leeft", "/metrics", "/static"].iter().any(|it| path.starts_with(it));
    let pages = request.headers().get_all(header::ACCEPT).iter().any(|it| it.to_str().is_ok_and(|it| it.contains("text/html")));
    let language = language(&app, request.headers());
    let response = next.run(request).await;
    if api || !pages { response } else { errors::drawn(&app, language, None, response) }
}
