//! Every refusal of the API as problem+json (RFC 9457). With the list of kinds it is the only place that knows status codes of refusals.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use loket_instances::strict::problem::{self as strict, Refusal};
use serde::Serialize;
use serde_json::{Map, Value};

use super::kinds::{self, Kind};
use crate::actions::{Busy, Clash, Refused};
use crate::store;

/// Eén ding dat niet klopt
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Fout {
    /// Wat voor fout
    pub code: String,
    /// Waar: een JSON-pointer (RFC 6901) in de inhoud, of de naam van een sleutel in het adres of van een kop
    pub plaats: String,
    /// Wat er niet klopt
    pub wat: String,
    /// Hoe het wel moet
    pub oplossing: String,
}

impl Fout {
    /// A mistake.
    pub fn new(code: &str, place: impl Into<String>, what: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { code: code.into(), plaats: place.into(), wat: what.into(), oplossing: remedy.into() }
    }
}

impl From<&strict::Problem> for Fout {
    fn from(found: &strict::Problem) -> Self {
        Self::new(found.code, &found.pointer, format!("{}: {}", found.place, found.what), &found.remedy)
    }
}

/// Een weigering (RFC 9457)
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
#[schema(as = Probleem)]
pub struct Problem {
    /// Wat voor weigering: het adres waar zij uitgelegd wordt
    #[serde(rename = "type")]
    pub kind: String,
    /// Hetzelfde in een paar woorden
    pub title: String,
    /// De status van HTTP
    pub status: u16,
    /// Wat er hier aan de hand is
    pub detail: String,
    /// Alles wat er niet klopt, in één keer
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fouten: Vec<Fout>,
    /// Meer voor machines: de huidige waarde en die van u, de conflicten, meldingen bij de invoer
    #[serde(flatten)]
    pub more: Box<Map<String, Value>>,
    #[serde(skip)]
    retry_after: Option<u32>,
}

impl Problem {
    fn new(kind: &'static Kind, detail: impl Into<String>) -> Self {
        Self {
            kind: kind.address(),
            title: kind.title.into(),
            status: kind.status.as_u16(),
            detail: detail.into(),
            fouten: Vec::new(),
            more: Box::default(),
            retry_after: None,
        }
    }

    /// 400 with every mistake.
    pub fn invalid(mistakes: Vec<Fout>) -> Self {
        let count = mistakes.len();
        Self::mistaken(mistakes, count)
    }

    /// 400 with the mistakes that are listed, and how many there are.
    fn mistaken(mistakes: Vec<Fout>, count: usize) -> Self {
        let detail = match count {
            1 => "Er klopt iets niet in de invoer; bij fouten staat wat en hoe het wel moet.".to_owned(),
            many => format!("Er kloppen {many} dingen niet in de invoer; bij fouten staat wat en hoe het wel moet."),
        };
        Self { fouten: mistakes, ..Self::new(&kinds::INVALID, detail) }
    }

    /// 400 with one mistake.
    pub fn mistake(code: &str, place: impl Into<String>, what: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self::invalid(vec![Fout::new(code, place, what, remedy)])
    }

    /// 400: an input that is refused, with all its problems.
    pub fn refused(refusal: &Refusal) -> Self {
        let mut problem = Self::mistaken(refusal.problems.iter().map(Fout::from).collect(), refusal.count());
        if !refusal.notices.is_empty() {
            problem.more.insert("meldingen".into(), crate::refusal::machine_notices(&refusal.notices));
        }
        problem
    }

    /// 401.
    pub fn unknown_caller() -> Self {
        let detail = "Stuur een sleutel mee als Authorization: Bearer …; loket toegang token maakt er een.";
        Self::new(&kinds::UNKNOWN_CALLER, detail)
    }

    /// 401: what was given to sign in does not fit, whichever part of it.
    pub fn not_fitting() -> Self {
        let detail = "Dit past niet bij elkaar: kijk adres, wachtwoord en code na, of vraag een nieuwe koppeling.";
        Self::new(&kinds::NOT_FITTING, detail)
    }

    /// 401: everything fits so far, and a code is needed as well.
    pub fn without_code() -> Self {
        let detail = "Dit account heeft een tweede factor: stuur ook code mee, of een herstelcode.";
        Self::new(&kinds::WITHOUT_CODE, detail)
    }

    /// 403: another role is needed, whatever the route is about.
    pub fn other_role() -> Self {
        let detail = "In deze rol kan dit niet; bij x-rollen in /v1/openapi.json staat in welke wel.";
        Self::new(&kinds::OTHER_ROLE, detail)
    }

    /// 403: a change with the cookie of a session that no page of ours sent.
    pub fn foreign_form() -> Self {
        let detail = "Dit kwam niet van een pagina van deze dienst, of zonder wat de sessie voor formulieren gaf; er is niets veranderd.";
        Self::new(&kinds::FOREIGN_FORM, detail)
    }

    /// 403: it did not come through the proxy over TLS.
    pub fn not_through_the_proxy() -> Self {
        let detail = "Deze dienst is alleen te gebruiken langs de server die ervoor staat, over HTTPS.";
        Self::new(&kinds::NOT_THROUGH, detail)
    }

    /// 403: known to the provider and not yet confirmed here.
    pub fn waiting() -> Self {
        Self::new(&kinds::WAITING, "Een beheerder moet dit account eenmaal bevestigen; daarna kunt u zich aanmelden.")
    }

    /// 403: known to the provider, without a role here.
    pub fn no_role() -> Self {
        Self::new(&kinds::NO_ROLE, "De aanmelddienst geeft u geen rol in Loket.")
    }

    /// 503: the provider with which people sign in does not answer.
    pub fn provider_down() -> Self {
        let detail = "De dienst waarmee u zich aanmeldt geeft nu geen goed antwoord; er is niemand aangemeld.";
        Self { retry_after: Some(30), ..Self::new(&kinds::PROVIDER_DOWN, detail) }
    }

    /// 429: too many tries.
    pub fn too_often() -> Self {
        let detail = "Er is te vaak geprobeerd om aan te melden; probeer het over een kwartier weer.";
        Self { retry_after: Some(900), ..Self::new(&kinds::TOO_OFTEN, detail) }
    }

    /// 404: unknown and not yours are told alike.
    pub fn unknown() -> Self {
        Self::new(&kinds::UNKNOWN, "Dit bestaat niet, of u mag het niet zien.")
    }

    /// 405.
    pub fn method() -> Self {
        Self::new(&kinds::METHOD, "Dit kan hier niet; de kop Allow zegt wat wel kan.")
    }

    /// 406.
    pub fn not_acceptable() -> Self {
        let detail = "Dit antwoord is er alleen als JSON; vraag om application/json.";
        Self::new(&kinds::NOT_ACCEPTABLE, detail)
    }

    /// 408.
    pub fn too_slow() -> Self {
        Self::new(&kinds::TOO_SLOW, "De aanvraag kwam niet op tijd binnen of duurde te lang.")
    }

    /// 409: it cannot be done in this state.
    pub fn conflict(detail: impl Into<String>) -> Self {
        Self::new(&kinds::CONFLICT, detail)
    }

    /// 409: it is unlikely to be meant; confirmed, it is done.
    pub fn unconfirmed(points: &[strict::Problem]) -> Self {
        let detail = "Dit is ongewoon en is nog niet gedaan. Bij fouten staat wat er ongewoon is; verbeter het, of bevestig het.";
        let fouten = points.iter().map(Fout::from).collect();
        Self { fouten, ..Self::new(&kinds::UNCONFIRMED, detail) }
    }

    /// 409: a wave is published with a policy that was approved, and with no other.
    pub fn unapproved(point: &strict::Problem) -> Self {
        let detail = "Deze lichting heeft een beleid dat niet is goedgekeurd; rekenen en beoordelen kan, vaststellen nog niet.";
        Self { fouten: vec![Fout::from(point)], ..Self::new(&kinds::UNAPPROVED, detail) }
    }

    /// 412: somebody else changed it; both values are told.
    pub fn stale(current: Value, yours: Value) -> Self {
        let detail = "Dit is niet (meer) wat u het laatst las: iemand anders heeft het intussen veranderd, of het was er al. Hierbij staan de \
                      huidige en uw waarde; kies en stuur de nieuwe ETag mee.";
        Self::new(&kinds::STALE, detail).with("huidig", current).with("uw", yours)
    }

    /// 413.
    pub fn too_large(most: usize) -> Self {
        let detail = format!("Een aanvraag mag hier hoogstens {most} bytes zijn.");
        Self::new(&kinds::TOO_LARGE, detail)
    }

    /// 400: the body ended before it was whole, or is not written as HTTP has it.
    pub fn broken_off() -> Self {
        Self::mistake("afgebroken", "", "de aanvraag hield op voordat hij helemaal binnen was", "stuur hem nog een keer, helemaal")
    }

    /// 415.
    pub fn media_type() -> Self {
        let detail = "Stuur JSON, met de kop Content-Type: application/json.";
        Self::new(&kinds::MEDIA_TYPE, detail)
    }

    /// 415, where something else than JSON is read.
    pub fn media_type_of(what: &str) -> Self {
        Self::new(&kinds::MEDIA_TYPE, format!("Stuur {what}, met de kop Content-Type die daarbij hoort."))
    }

    /// 422: an idempotency key used for something else.
    pub fn key_reused() -> Self {
        let detail = "Deze Idempotency-Key is al voor een andere aanvraag gebruikt; neem een nieuwe.";
        Self::new(&kinds::KEY_REUSED, detail)
    }

    /// 428: what people edit needs If-Match.
    pub fn precondition() -> Self {
        let detail = "Stuur If-Match mee met de ETag van wat u het laatst las (of If-None-Match: * voor iets nieuws).";
        Self::new(&kinds::PRECONDITION, detail)
    }

    /// 429: too much of this caller is waiting.
    pub fn too_many(detail: impl Into<String>) -> Self {
        Self { retry_after: Some(10), ..Self::new(&kinds::TOO_MANY, detail) }
    }

    /// What came before the body cannot be read: it is no HTTP (400), or more of it than is read (431, 414).
    pub fn unreadable_head(status: StatusCode) -> Self {
        match status {
            StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE | StatusCode::URI_TOO_LONG => {
                let detail = "De koppen of het adres van deze aanvraag zijn te lang; stuur ze korter.";
                Self { status: status.as_u16(), ..Self::new(&kinds::LONG_HEAD, detail) }
            }
            _ => Self::mistake("aanvraag", "", "deze aanvraag is niet te lezen als HTTP/1.1", "kijk in /v1/openapi.json hoe het moet"),
        }
    }

    /// 503: busy; try again.
    pub fn busy(detail: impl Into<String>) -> Self {
        Self { retry_after: Some(1), ..Self::new(&kinds::BUSY, detail) }
    }

    /// Adds something for machines.
    pub fn with(mut self, key: &str, value: Value) -> Self {
        self.more.insert(key.into(), value);
        self
    }
}

impl Problem {
    /// What an action refused: `now` is how what there is now is shown, `yours` what was sent.
    pub fn of<N>(refused: Refused<N>, now: impl Fn(N) -> Value, yours: Value) -> Self {
        match refused {
            Refused::Unknown => Self::unknown(),
            Refused::Forbidden => Self::other_role(),
            Refused::Stale(it) => Self::stale(now(*it), yours),
            Refused::NotNow(why) => Self::conflict(why),
            Refused::Invalid(refusal) => Self::refused(&refusal),
            Refused::Unconfirmed(points) => Self::unconfirmed(&points),
            Refused::Unapproved(point) => Self::unapproved(&point),
            Refused::Clash(clash) => Self::clash(*clash, now),
            Refused::Busy(Busy::Store(error)) => error.into(),
            Refused::Busy(Busy::Said(why)) => Self::busy(why),
            Refused::Busy(Busy::TooMany(why)) => Self::too_many(why),
        }
    }

    fn clash<N>(clash: Clash<N>, now: impl Fn(N) -> Value) -> Self {
        let mut problem = Self::conflict(clash.what);
        problem.fouten = clash.points.iter().map(|it| Fout::new(it.code, &it.place, &it.what, &it.remedy)).collect();
        let data: Vec<Value> = clash.points.into_iter().map(|it| it.data).filter(|it| !it.is_null()).collect();
        if !data.is_empty() {
            problem = problem.with("conflicten", data.into());
        }
        if let Some(there) = clash.now {
            problem = problem.with("huidig", now(there));
        }
        if clash.waves.is_empty() { problem } else { problem.with("lichtingen", clash.waves.into()) }
    }
}

impl From<Refused> for Problem {
    fn from(refused: Refused) -> Self {
        Self::of(refused, |()| Value::Null, Value::Null)
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::SERVICE_UNAVAILABLE);
        let (retry, unknown_caller) = (self.retry_after, status == StatusCode::UNAUTHORIZED);
        let told = self.clone();
        let mut response = (status, Json(self)).into_response();
        // A page draws it.
        response.extensions_mut().insert(told);
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if let Some(seconds) = retry {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if unknown_caller {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"loket\""));
        }
        response
    }
}

impl From<store::Error> for Problem {
    fn from(error: store::Error) -> Self {
        tracing::error!(fout = %error, "opslag");
        Self::busy(match error {
            store::Error::Busy => "De gegevens zijn nu bezet; probeer het zo weer.",
            store::Error::Full => "De schijf is vol; er is niets veranderd. Waarschuw de beheerder.",
            store::Error::ReadOnly => "De gegevens mogen nu alleen gelezen worden; er is niets veranderd. Waarschuw de beheerder.",
            store::Error::Disk(_) => "De schijf neemt nu niets aan; er is niets veranderd. Waarschuw de beheerder.",
            store::Error::Moved => "Het gegevensbestand is niet meer waar het was; er is niets veranderd. Waarschuw de beheerder.",
            store::Error::Unreachable(_) => "De database is nu niet bereikbaar; probeer het zo weer. Waarschuw anders de beheerder.",
            store::Error::Unfit(_)
            | store::Error::NotHere(_)
            | store::Error::Foreign(_)
            | store::Error::Corrupt(_)
            | store::Error::Other(_) => "De gegevens geven geen antwoord. Waarschuw de beheerder.",
        })
    }
}
