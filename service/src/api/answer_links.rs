//! `/antwoordkoppelingen`: one question to whoever has no account, and what was published for them, by a personal link. The link stands in the body, never in an address.

use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::middleware::from_fn;
use axum::response::{IntoResponse, Response};
use loket_solver::matching::facts::words::Word;
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::bodies::Read;
use super::bodies::answers::{LinkAnswered, LinkDropout, LinkShown};
use super::shapes::party::half_days;
use crate::actions::answers::links::{self, Shown};
use crate::actions::papers::own::{self, Mine};
use crate::actions::reports;
use crate::desk::asking::{Party, Stance, stance};
use crate::desk::letters::Helps;
use crate::listed::{Antwoordstand, Bouw, Dagdeel, Neereden, Partij, Uitvalreden, Uitvaltoestand};
use crate::records::answer::Answer;
use crate::records::report::Report;
use crate::serve::app::App;
use crate::serve::body::NoKeys;
use crate::serve::etag::{Expected, tag};
use crate::serve::guard;
use crate::serve::problem::Problem;
use crate::store::clock::written;

/// Het eigen antwoord bij een koppeling
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Eigenantwoord {
    /// Hoe ver het is
    #[schema(value_type = Antwoordstand)]
    pub stand: &'static str,
    /// De laatste dag om te antwoorden
    #[schema(format = Date)]
    pub voor: String,
    /// Bij nee: waarom
    #[schema(value_type = Option<Neereden>)]
    pub reden: Option<&'static str>,
    /// De eigen woorden
    pub toelichting: Option<String>,
    /// De versie, ook in de ETag
    pub versie: i64,
}

impl Eigenantwoord {
    fn of(answer: &Answer, stance: Stance) -> Self {
        Self {
            stand: stance.code(),
            voor: answer.by.clone(),
            reden: answer.reason.map(Word::code),
            toelichting: answer.note.clone(),
            versie: answer.version,
        }
    }
}

/// Het ene voorstel waar een persoonlijke koppeling over gaat
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Persoonlijkvoorstel {
    /// Aan wie het gevraagd wordt
    #[schema(value_type = Partij)]
    pub partij: &'static str,
    /// De naam van de kandidaat; voor een coach na diens ja, of als de kandidaat al bij de coach hoort
    pub naam: Option<String>,
    /// De school
    pub school_naam: Option<String>,
    /// Het bestuur van de school
    pub bestuur_naam: Option<String>,
    /// De bouw
    #[schema(value_type = Bouw)]
    pub bouw: String,
    /// De dagdelen op school
    #[schema(value_type = Vec<Dagdeel>)]
    pub dagdelen: Vec<String>,
    /// De coach
    pub coach_naam: Option<String>,
    /// Uren begeleiding
    pub uren: i64,
    /// De eigen reis, minuten
    pub reistijd: i64,
    /// De eerste dag
    #[schema(format = Date)]
    pub van: String,
    /// De laatste dag
    #[schema(format = Date)]
    pub tot: String,
    /// De redenen om nee te zeggen
    #[schema(value_type = Vec<Neereden>)]
    pub redenen: Vec<&'static str>,
    /// Het eigen antwoord
    pub antwoord: Eigenantwoord,
}

impl From<Shown> for Persoonlijkvoorstel {
    fn from(it: Shown) -> Self {
        let (party, placing) = (it.answer.party, it.case.placing);
        let stance = it.case.stances.iter().zip(Party::ALL).find(|(_, of)| **of == party).map_or(Stance::NotAsked, |it| *it.0);
        Self {
            partij: party.code(),
            naam: it.names.candidate,
            school_naam: it.names.school,
            bestuur_naam: it.names.board,
            dagdelen: half_days(&placing.place),
            bouw: placing.place.bouw,
            coach_naam: it.names.coach,
            uren: placing.hours,
            reistijd: if party == Party::Coach { placing.coach_travel } else { placing.travel },
            van: it.wave.from,
            tot: it.wave.until,
            redenen: party.reasons().iter().map(|it| it.0.code()).collect(),
            antwoord: Eigenantwoord::of(&it.answer, stance),
        }
    }
}

/// Eén eigen plaatsing
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Eigenplaatsing {
    /// Voor een coach: de naam van de kandidaat
    pub naam: Option<String>,
    /// De school
    pub school_naam: String,
    /// Het bestuur van de school
    pub bestuur_naam: Option<String>,
    /// De bouw
    #[schema(value_type = Bouw)]
    pub bouw: String,
    /// De dagdelen op school
    #[schema(value_type = Vec<Dagdeel>)]
    pub dagdelen: Vec<&'static str>,
    /// De coach
    pub coach_naam: Option<String>,
    /// Uren begeleiding
    pub uren: i64,
    /// De eigen reis, minuten
    pub reistijd: Option<i64>,
    /// De eerste dag
    #[schema(format = Date)]
    pub van: String,
    /// De laatste dag
    #[schema(format = Date)]
    pub tot: String,
}

impl From<Mine> for Eigenplaatsing {
    fn from(it: Mine) -> Self {
        let place = it.place;
        Self {
            naam: it.candidate,
            school_naam: place.school,
            bestuur_naam: Some(place.board).filter(|it| !it.is_empty()),
            bouw: place.bouw,
            dagdelen: place.half_days.into_iter().map(Word::code).collect(),
            coach_naam: place.coach,
            uren: place.hours,
            reistijd: place.travel,
            van: place.from.to_string(),
            tot: place.until.to_string(),
        }
    }
}

/// Wat er voor u is vastgesteld
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Eigenplaats {
    /// Voor een kandidaat of een coach
    #[schema(value_type = Partij)]
    pub partij: &'static str,
    /// De eigen naam
    pub naam: Option<String>,
    /// De naam van de lichting
    pub lichting_naam: String,
    /// De eigen plaatsingen die nog niet voorbij zijn; van een coach die met de eigen kandidaten
    pub plaatsingen: Vec<Eigenplaatsing>,
    /// Van een kandidaat zonder plaatsing: waarom er geen is
    pub redenen: Vec<String>,
    /// Wat kan helpen
    pub helpt: Vec<String>,
    /// Of dat uitgerekend is: elk ervan alleen was genoeg geweest
    pub helpt_uitgerekend: bool,
    /// Of er een brief is
    pub brief: bool,
}

impl From<own::Shown> for Eigenplaats {
    fn from(it: own::Shown) -> Self {
        let none = it.none.unwrap_or_default();
        Self {
            partij: it.party.code(),
            naam: it.name,
            lichting_naam: it.wave.name,
            plaatsingen: it.places.into_iter().map(Eigenplaatsing::from).collect(),
            redenen: none.reasons,
            helpt_uitgerekend: !matches!(none.helps, Helps::Perhaps(_)),
            helpt: none.helps.list(),
            brief: it.letters.is_some(),
        }
    }
}

/// Uw melding dat u uitvalt; zij verandert nog geen plaatsing
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Eigenuitval {
    /// De eerste dag
    #[schema(format = Date)]
    pub vanaf: String,
    /// Waarom
    #[schema(value_type = Uitvalreden)]
    pub reden: &'static str,
    /// Wat ervan geworden is
    #[schema(value_type = Uitvaltoestand)]
    pub toestand: &'static str,
    /// Wanneer zij gedaan is (UTC)
    #[schema(format = DateTime)]
    pub gemeld_op: String,
}

impl From<Report> for Eigenuitval {
    fn from(it: Report) -> Self {
        let (reden, toestand) = (it.falling.reason.code(), it.state.code());
        Self { vanaf: it.falling.from, reden, toestand, gemeld_op: written(it.at) }
    }
}

/// What whoever has a link may ask.
pub fn open() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(show))
        .routes(routes!(answer))
        .routes(routes!(place))
        .routes(routes!(drop_out))
        .route_layer(from_fn(guard::matched))
}

/// Bekijk het voorstel waar uw koppeling over gaat. Een koppeling die niet (meer) geldt, bestaat niet
#[utoipa::path(post, path = "/antwoordkoppelingen/inzage", tag = "antwoordkoppelingen", operation_id = "koppelingBekijken", security(()),
    request_body = inline(LinkShown), responses((status = 200, body = Persoonlijkvoorstel),
        (status = 404, body = Problem, content_type = "application/problem+json")))]
async fn show(State(app): State<App>, _: NoKeys, Read(body): Read<LinkShown>) -> Result<Response, Problem> {
    let shown = links::shown(&app.store, &body.koppeling).await?;
    let tag = tag(shown.answer.version);
    Ok(([(header::ETAG, tag)], Json(Persoonlijkvoorstel::from(shown))).into_response())
}

/// Geef uw antwoord met uw koppeling
#[utoipa::path(post, path = "/antwoordkoppelingen/antwoord", tag = "antwoordkoppelingen", operation_id = "koppelingAntwoorden", security(()),
    params(("If-Match" = String, Header)),
    request_body = inline(LinkAnswered), responses((status = 200, body = Eigenantwoord),
        (status = 404, body = Problem, content_type = "application/problem+json")))]
async fn answer(State(app): State<App>, _: NoKeys, expected: Expected, Read(body): Read<LinkAnswered>) -> Result<Response, Problem> {
    let yours = json!({ "antwoord": body.antwoord.code(), "reden": body.reden.map(Word::code) });
    let (link, given) = body.apart();
    match links::answer(&app.store, &link, expected.version(), given).await {
        Ok(said) => {
            let body = Eigenantwoord::of(&said, standing(&app, &said));
            Ok(([(header::ETAG, tag(body.versie))], Json(body)).into_response())
        }
        Err(refused) => Err(Problem::of(refused, |now| told(&app, now), yours)),
    }
}

/// Bekijk wat er voor u is vastgesteld. Een koppeling die niet (meer) geldt, bestaat niet
#[utoipa::path(post, path = "/antwoordkoppelingen/plaats", tag = "antwoordkoppelingen", operation_id = "koppelingPlaats", security(()),
    request_body = inline(LinkShown), responses((status = 200, body = Eigenplaats),
        (status = 404, body = Problem, content_type = "application/problem+json")))]
async fn place(State(app): State<App>, _: NoKeys, Read(body): Read<LinkShown>) -> Result<Response, Problem> {
    let shown = own::shown(&app.store, &body.koppeling, None).await?;
    Ok(Json(Eigenplaats::from(shown)).into_response())
}

/// Meld met uw koppeling dat u uitvalt; de intermediair ziet het, en er verandert nog niets. Staat er al een melding van u open, dan is het die
#[utoipa::path(post, path = "/antwoordkoppelingen/uitval", tag = "antwoordkoppelingen", operation_id = "koppelingUitval", security(()),
    request_body = inline(LinkDropout), responses((status = 201, body = Eigenuitval),
        (status = 404, body = Problem, content_type = "application/problem+json")))]
async fn drop_out(State(app): State<App>, _: NoKeys, Read(body): Read<LinkDropout>) -> Result<Response, Problem> {
    let own = reports::Own { from: body.vanaf, reason: body.reden, confirmed: body.bevestigd.unwrap_or(false) };
    let made = reports::by_link(&app.store, &body.koppeling, &own).await?;
    Ok((StatusCode::CREATED, Json(Eigenuitval::from(made))).into_response())
}

fn standing(app: &App, answer: &Answer) -> Stance {
    stance(answer.party, &answer.about, Some(answer.known()), app.store.clock().today())
}

fn told(app: &App, now: Option<Answer>) -> Value {
    let told = now.map(|it| Eigenantwoord::of(&it, standing(app, &it)));
    told.map_or(Value::Null, |it| serde_json::to_value(it).unwrap_or_default())
}
