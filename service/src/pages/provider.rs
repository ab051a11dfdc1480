//! Signing in with the account of one's organisation, in a browser: off to the provider that is set, and back. What is refused is told on the
//! page for signing in; a program that begins at `/v1/oidc/begin` gets the same as data.

use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use super::declared::Pages;
use super::entrance::{SignInPage, full};
use super::frame::{status, to};
use super::paths;
use super::visitor::Guest;
use crate::access::Role;
use crate::actions::oidc::{self, Brought};
use crate::actions::signing::Not;
use crate::serve::app::App;
use crate::serve::body::{Keys, NoKeys};
use crate::serve::cookie;
use crate::serve::flood::What;
use crate::serve::guard::From;
use crate::serve::problem::Problem;
use crate::serve::round::Round;

/// The pages of this file.
pub fn pages() -> Pages {
    Pages::new().open(paths::PROVIDER, get(away)).open(paths::PROVIDER_BACK, get(back))
}

/// Why nobody is signed in, on the page for signing in.
fn refused(app: &App, guest: Guest, why: Not) -> Result<Response, Problem> {
    let mut again = SignInPage::new(app, guest.frame());
    let m = again.frame.m.entrance;
    let (code, wrong) = match why {
        Not::Fitting | Not::WithoutCode | Not::WithoutRole(_) => {
            (StatusCode::UNPROCESSABLE_ENTITY, (m.provider_not(), m.provider_not_remedy()))
        }
        Not::Now => (StatusCode::TOO_MANY_REQUESTS, (m.too_often(), m.too_often_remedy())),
        Not::Waiting => (StatusCode::FORBIDDEN, (m.waiting(), m.waiting_remedy())),
        Not::Roleless => (StatusCode::FORBIDDEN, (m.roleless(), m.roleless_remedy())),
        Not::Unanswered => (StatusCode::SERVICE_UNAVAILABLE, (m.provider_down(), m.provider_down_remedy())),
        Not::Refused(refused) => return Err(refused.into()),
    };
    again.wrong = Some(wrong);
    status(code, &again)
}

/// Off to the provider, with a cookie that says that a page began it.
async fn away(State(app): State<App>, From(near): From, method: Method, guest: Guest, _: NoKeys) -> Result<Response, Problem> {
    let Some(provider) = app.provider.as_deref().filter(|_| method == Method::GET) else { return Err(Problem::unknown()) };
    let now = app.store.clock().now();
    if app.flood.full(near, What::Asked, now) {
        return refused(&app, guest, Not::Now);
    }
    app.flood.count(near, What::Asked, now);
    let (secret, place) = match oidc::away(&app.store, provider).await {
        Ok(begun) => begun,
        Err(why) => return refused(&app, guest, why),
    };
    let place = HeaderValue::try_from(place).map_err(|_| Problem::provider_down())?;
    let round = Round { secret: secret.told(), role: None, page: true };
    Ok((StatusCode::SEE_OTHER, [(header::LOCATION, place), (header::SET_COOKIE, round.kept())]).into_response())
}

/// Back from the provider: on to where the role begins, or first to the choice between several.
async fn back(
    State(app): State<App>,
    From(near): From,
    method: Method,
    headers: HeaderMap,
    guest: Guest,
    mut keys: Keys,
) -> Result<Response, Problem> {
    let Some(provider) = app.provider.as_deref().filter(|_| method == Method::GET) else { return Err(Problem::unknown()) };
    // A provider may say more than this.
    let brought = Brought { code: keys.text("code"), state: keys.text("state"), error: keys.text("error") };
    let kept = Round::of(&headers).map(|it| (it.secret, it.role));
    let came = match full(&app, near) {
        true => Err(Not::Now),
        false => oidc::end(&app.store, provider, kept, brought, cookie::of(&headers, cookie::SESSION)).await,
    };
    let mut response = match came {
        Ok(done) => {
            let mut roles: Vec<Role> = done.account.roles.iter().map(|it| it.role).collect();
            roles.dedup();
            let mut response = to(if roles.len() > 1 { paths::ROLE } else { paths::HOME });
            response.headers_mut().append(header::SET_COOKIE, cookie::set(cookie::SESSION, done.secret.told()));
            response
        }
        Err(why) => {
            if matches!(why, Not::Fitting) {
                app.flood.count(near, What::InVain, app.store.clock().now());
            }
            refused(&app, guest, why)?
        }
    };
    response.headers_mut().append(header::SET_COOKIE, Round::over());
    Ok(response)
}
