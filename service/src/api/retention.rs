//! `/bewaartermijnen`: how long what is kept, and what goes when.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::access::Role;
use crate::actions::retention::{Going, Plan, plan};
use crate::desk::retention::Terms;
use crate::listed::Privacypersoon;
use crate::records::register::Kind;
use crate::serve::app::App;
use crate::serve::body::NoKeys;
use crate::serve::paging::{Page, Pagina};
use crate::serve::problem::Problem;
use crate::serve::roles::only;

/// Een bewaartermijn
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Bewaartermijn {
    /// Wat er dan gaat
    pub wat: String,
    /// Na hoeveel weken
    pub weken: u32,
    /// Waarna de weken tellen
    pub na: String,
}

/// Hoeveel er op een dag gaat
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Bewaardag {
    /// De eerste dag waarop het niet meer bewaard wordt
    #[schema(format = Date)]
    pub datum: String,
    /// Van hoeveel kandidaten
    pub kandidaten: u64,
    /// Van hoeveel coaches
    pub coaches: u64,
    /// Van hoeveel accounts
    pub accounts: u64,
}

/// Wat er wanneer gaat
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Bewaartermijnen {
    /// De termijnen
    pub termijnen: Vec<Bewaartermijn>,
    /// Per dag hoeveel er gaat
    pub dagen: Vec<Bewaardag>,
    /// Van hoeveel mensen de naam bewaard blijft zonder dag: wie wacht, in een open lichting zit, of geen einde heeft
    pub zonder_dag: u64,
    /// De laatste dag waarop er gewist is wat aan de beurt was
    #[schema(format = Date)]
    pub laatste_ronde: Option<String>,
}

/// Van wie de naam op een dag gaat
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Bewaarpersoon {
    /// Of het een kandidaat of een coach is
    #[schema(value_type = Privacypersoon)]
    pub persoon_soort: String,
    /// Het pseudoniem
    pub persoon: String,
    /// De eerste dag waarop de naam niet meer bewaard wordt
    #[schema(format = Date)]
    pub datum: String,
    /// Waarom dan
    pub waarom: String,
}

/// The routes of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(only(&[Role::Beheerder, Role::Intermediair], routes!(terms)))
        .routes(only(&[Role::Intermediair], routes!(people)))
}

/// What goes of a person.
const PERSON: &str = "naam, toelichting, redenen en de inhoud van het logboek over een kandidaat of coach";

/// The terms in words.
pub fn terms_told(terms: Terms) -> Vec<Bewaartermijn> {
    let rows = [
        (PERSON, terms.placed, "de laatste plaatsing of het vertrek"),
        (PERSON, terms.waited, "het stoppen, voor wie nooit geplaatst is"),
        ("naam, adres en aanmeldgegevens van een account", terms.accounts, "het beëindigen van het account"),
        ("sleutels voor programma's", terms.accounts, "het einde ervan"),
        ("sessies en koppelingen", terms.sessions, "het einde ervan"),
        ("verzoeken over eigen gegevens", terms.requests, "het afhandelen"),
        ("berichten", terms.messages, "het versturen of mislukken"),
        ("namen van mensen in een rooster", terms.placed, "de laatste dag van het rooster"),
    ];
    rows.into_iter().map(|(wat, weken, na)| Bewaartermijn { wat: wat.into(), weken, na: na.into() }).collect()
}

/// Wat er wanneer gaat: de termijnen, en per dag hoeveel; namen staan er niet in
#[utoipa::path(get, path = "/bewaartermijnen", tag = "privacy", operation_id = "bewaartermijnen",
    responses((status = 200, body = Bewaartermijnen)))]
async fn terms(State(app): State<App>, _: NoKeys) -> Result<Response, Problem> {
    let plan = plan(&app.store).await?;
    Ok(Json(planned(&plan)).into_response())
}

/// A plan as an answer.
pub fn planned(plan: &Plan) -> Bewaartermijnen {
    let mut days = BTreeMap::new();
    let day = |datum: String| Bewaardag { datum, kandidaten: 0, coaches: 0, accounts: 0 };
    for going in &plan.people {
        let on = days.entry(going.on).or_insert_with(|| day(going.on.to_string()));
        if going.who.kind == Kind::Coach { on.coaches += 1 } else { on.kandidaten += 1 }
    }
    for on in &plan.accounts {
        days.entry(*on).or_insert_with(|| day(on.to_string())).accounts += 1;
    }
    Bewaartermijnen {
        termijnen: terms_told(plan.terms),
        dagen: days.into_values().collect(),
        zonder_dag: plan.without as u64,
        laatste_ronde: plan.last.clone(),
    }
}

/// People of a plan as answers.
pub fn people_told(plan: &Plan) -> Vec<Bewaarpersoon> {
    let one = |it: &Going| Bewaarpersoon {
        persoon_soort: it.who.kind.word().into(),
        persoon: it.who.id.clone(),
        datum: it.on.to_string(),
        waarom: it.why.code().into(),
    };
    plan.people.iter().map(one).collect()
}

/// Van wie de naam wanneer gaat, op dag
#[utoipa::path(get, path = "/bewaartermijnen/personen", tag = "privacy", operation_id = "bewaartermijnenPersonen",
    params(("pagina" = Option<i64>, Query, minimum = 1), ("paginaGrootte" = Option<i64>, Query, minimum = 1, maximum = 200)),
    responses((status = 200, body = Pagina<Bewaarpersoon>)))]
async fn people(State(app): State<App>, page: Page) -> Result<Response, Problem> {
    let plan = plan(&app.store).await?;
    let place = |number: i64| usize::try_from(number).unwrap_or(usize::MAX);
    let all = i64::try_from(plan.people.len()).unwrap_or(i64::MAX);
    let resultaten = people_told(&plan).into_iter().skip(place(page.skip())).take(place(page.size)).collect();
    Ok((page.links(all), Json(Pagina::<Bewaarpersoon> { resultaten, totaal: all })).into_response())
}
