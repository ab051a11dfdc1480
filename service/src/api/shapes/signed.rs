//! Somebody is signed in, or not: how that is answered.

use axum::Json;
use axum::http::header;
use axum::response::Response;
use loket_solver::matching::facts::words::Word;
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;

use super::account::Roltoekenning;
use crate::actions::signing::{Not, SignedIn};
use crate::listed::Rolnaam;
use crate::serve::cookie;
use crate::serve::idempotency::once_told;
use crate::serve::problem::{Fout, Problem};

/// Iemand is aangemeld
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Aangemeld {
    /// Het geheim van de sessie, als `Authorization: Bearer`
    pub sleutel: String,
    /// Wat een pagina bij elke wijziging meestuurt, in de kop `X-Loket-Formulier`
    pub formulier: String,
    /// De rol waarin gewerkt wordt
    #[schema(value_type = Rolnaam)]
    pub rol: String,
    /// Elke rol van het account
    pub rollen: Vec<Roltoekenning>,
    /// Het account
    pub account: String,
}

/// Tells the secret of a session, and gives it to the browser as a cookie.
pub fn signed_in(done: SignedIn) -> Response {
    let set = cookie::set(cookie::SESSION, done.secret.told());
    let body = Aangemeld {
        sleutel: done.secret.told().into(),
        formulier: done.session.form,
        rol: done.session.role.code().into(),
        rollen: done.account.roles.into_iter().map(Roltoekenning::from).collect(),
        account: done.account.id,
    };
    once_told(([(header::SET_COOKIE, set)], Json(body)))
}

/// Why nobody is signed in.
pub fn not(why: Not) -> Problem {
    match why {
        Not::Fitting => Problem::not_fitting(),
        Not::Now => Problem::too_often(),
        Not::WithoutCode => Problem::without_code(),
        Not::Waiting => Problem::waiting(),
        Not::Roleless => Problem::no_role(),
        Not::Unanswered => Problem::provider_down(),
        Not::WithoutRole(roles) => {
            let codes: Vec<&str> = roles.iter().map(|it| it.code()).collect();
            let what = "dit account heeft meer dan één rol, of niet deze";
            Problem::invalid(vec![Fout::new("rol", "/rol", what, format!("kies uit: {}", codes.join(", ")))]).with("rollen", json!(codes))
        }
        Not::Refused(refused) => refused.into(),
    }
}
