//! `/oidc`: signing in through the provider that is set, and confirming whom it knows.

use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::from_fn;
use axum::response::{IntoResponse, Response};
use loket_solver::matching::facts::words::Word;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::shapes::signed::{Aangemeld, not, signed_in};
use crate::access::Role;
use crate::actions::{oidc, signing};
use crate::provider::{Failed, Provider, is_state};
use crate::serve::app::App;
use crate::serve::body::Keys;
use crate::serve::cookie;
use crate::serve::flood::What;
use crate::serve::guard::{self, From};
use crate::serve::problem::Problem;

/// What everybody may ask.
pub fn open() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(begin)).routes(routes!(back)).route_layer(from_fn(guard::matched))
}

fn provider(app: &App) -> Result<&Provider, Problem> {
    app.provider.as_deref().ok_or_else(|| Problem::conflict("Bij deze dienst is geen aanmelddienst (OpenID Connect) ingesteld."))
}

fn failed(why: Failed) -> Problem {
    match why {
        Failed::Down => Problem::provider_down(),
        Failed::Refused => Problem::not_fitting(),
    }
}

/// Begin met aanmelden via de aanmelddienst: het antwoord stuurt de browser daarheen
#[utoipa::path(get, path = "/oidc/begin", tag = "accounts", operation_id = "oidcBeginnen", security(()),
    params(("rol" = Option<crate::listed::Rolnaam>, Query)),
    responses((status = 303), (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = 429, body = Problem, content_type = "application/problem+json")))]
async fn begin(State(app): State<App>, From(near): From, mut keys: Keys) -> Result<Response, Problem> {
    let role = keys.role();
    keys.finish()?;
    let provider = provider(&app)?;
    let now = app.store.clock().now();
    if app.flood.full(near, What::Asked, now) {
        return Err(Problem::too_often());
    }
    app.flood.count(near, What::Asked, now);
    let secret = oidc::begin(&app.store).await?;
    let place = provider.begin(secret.told()).await.map_err(failed)?;
    let place = HeaderValue::try_from(place).map_err(|_| Problem::provider_down())?;
    // The role that was chosen comes back with the browser, not with the provider.
    let kept = format!("{}.{}", secret.told(), role.map_or("", Word::code));
    Ok((StatusCode::SEE_OTHER, [(header::LOCATION, place), (header::SET_COOKIE, cookie::set(cookie::ROUND, &kept))]).into_response())
}

/// De browser komt terug van de aanmelddienst: dan bent u aangemeld
#[utoipa::path(get, path = "/oidc/terug", tag = "accounts", operation_id = "oidcTerugkomen", security(()),
    params(("code" = Option<String>, Query), ("state" = Option<String>, Query), ("iss" = Option<String>, Query),
        ("scope" = Option<String>, Query), ("error" = Option<String>, Query)),
    responses((status = 200, body = Aangemeld), (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 403, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = 429, body = Problem, content_type = "application/problem+json")))]
async fn back(State(app): State<App>, From(near): From, headers: HeaderMap, mut keys: Keys) -> Result<Response, Problem> {
    let (code, state, error) = (keys.text("code"), keys.text("state"), keys.text("error"));
    // What a provider adds by the names of its own standard is let be.
    for other in ["iss", "session_state", "scope", "error_description", "error_uri"] {
        keys.text(other);
    }
    keys.finish()?;
    let provider = provider(&app)?;
    let now = app.store.clock().now();
    if app.flood.full(near, What::InVain, now) {
        return Err(Problem::too_often());
    }
    let arrived = arrive(&app, provider, &headers, code, state, error).await;
    if arrived.as_ref().is_err_and(|it| it.status == StatusCode::UNAUTHORIZED.as_u16()) {
        app.flood.count(near, What::InVain, now);
    }
    let mut answer = arrived.unwrap_or_else(IntoResponse::into_response);
    answer.headers_mut().append(header::SET_COOKIE, cookie::gone(cookie::ROUND));
    Ok(answer)
}

async fn arrive(
    app: &App,
    provider: &Provider,
    headers: &HeaderMap,
    code: Option<String>,
    state: Option<String>,
    error: Option<String>,
) -> Result<Response, Problem> {
    let kept = cookie::of(headers, cookie::ROUND).and_then(|it| it.split_once('.'));
    let (Some((secret, role)), Some(state)) = (kept, state) else { return Err(Problem::not_fitting()) };
    // A round that comes back is over, whatever it brings.
    if !is_state(secret, &state) || !oidc::back(&app.store, secret).await? {
        return Err(Problem::not_fitting());
    }
    let Some(code) = code.filter(|_| error.is_none()) else { return Err(Problem::not_fitting()) };
    let person = provider.end(secret, &code).await.map_err(failed)?;
    let done = oidc::arrive(&app.store, person, Role::parse(role)).await.map_err(not)?;
    if let Some(old) = cookie::of(headers, cookie::SESSION) {
        signing::replace(&app.store, old).await?;
    }
    Ok(signed_in(done))
}
