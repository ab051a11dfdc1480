//! `/oidc`: signing in through the provider that is set, and confirming whom it knows.

use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::from_fn;
use axum::response::{IntoResponse, Response};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::shapes::signed::{Aangemeld, not, signed_in};
use crate::actions::oidc::{self, Brought};
use crate::pages::paths;
use crate::provider::Provider;
use crate::serve::app::App;
use crate::serve::body::Keys;
use crate::serve::cookie;
use crate::serve::flood::What;
use crate::serve::guard::{self, From};
use crate::serve::problem::Problem;
use crate::serve::round::Round;

/// What everybody may ask.
pub fn open() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(begin)).routes(routes!(back)).route_layer(from_fn(guard::matched))
}

fn provider(app: &App) -> Result<&Provider, Problem> {
    app.provider.as_deref().ok_or_else(|| Problem::conflict("Bij deze dienst is geen aanmelddienst (OpenID Connect) ingesteld."))
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
    let (secret, place) = oidc::away(&app.store, provider).await.map_err(not)?;
    let place = HeaderValue::try_from(place).map_err(|_| Problem::provider_down())?;
    let round = Round { secret: secret.told(), role, page: false };
    Ok((StatusCode::SEE_OTHER, [(header::LOCATION, place), (header::SET_COOKIE, round.kept())]).into_response())
}

/// De browser komt terug van de aanmelddienst: dan bent u aangemeld. Begon het op een pagina, dan gaat de browser naar een pagina terug
#[utoipa::path(get, path = "/oidc/terug", tag = "accounts", operation_id = "oidcTerugkomen", security(()),
    params(("code" = Option<String>, Query), ("state" = Option<String>, Query), ("iss" = Option<String>, Query),
        ("scope" = Option<String>, Query), ("error" = Option<String>, Query)),
    responses((status = 200, body = Aangemeld), (status = 303), (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 403, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = 429, body = Problem, content_type = "application/problem+json")))]
async fn back(State(app): State<App>, From(near): From, headers: HeaderMap, mut keys: Keys) -> Result<Response, Problem> {
    let brought = Brought { code: keys.text("code"), state: keys.text("state"), error: keys.text("error") };
    let round = Round::of(&headers);
    if round.is_some_and(|it| it.page) {
        let place = paths::provider_back([("code", &brought.code), ("state", &brought.state), ("error", &brought.error)]);
        let place = HeaderValue::try_from(place).map_err(|_| Problem::not_fitting())?;
        return Ok((StatusCode::SEE_OTHER, [(header::LOCATION, place)]).into_response());
    }
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
    let kept = round.map(|it| (it.secret, it.role));
    let arrived = oidc::end(&app.store, provider, kept, brought, cookie::of(&headers, cookie::SESSION)).await.map_err(not);
    if arrived.as_ref().is_err_and(|it| it.status == StatusCode::UNAUTHORIZED.as_u16()) {
        app.flood.count(near, What::InVain, now);
    }
    let mut answer = arrived.map_or_else(IntoResponse::into_response, signed_in);
    answer.headers_mut().append(header::SET_COOKIE, Round::over());
    Ok(answer)
}
