//! The difference of a rerun for machines, as types: what is written and what the description of the API says of it are the same.

use std::collections::BTreeMap;

use loket_instances::matching::read::Loaded;
use loket_instances::matching::rerun::Request;
use loket_instances::words::reasons::codes;
use loket_solver::matching::ask::rerun::cause::Why;
use loket_solver::matching::ask::rerun::difference::Kind;
use loket_solver::matching::ask::rerun::tradeoff::{Row, TradeOff};
use loket_solver::matching::facts::outcome::Outcome;
use loket_solver::matching::facts::words::{Word, words};
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

use super::page;
use super::told::{self, Left, Told};
use crate::listed::{Oorzaak, Regel, Wijzigingsoort};
use crate::present::explain::terms::{Begrip, of_policy, rule};
use crate::present::names;

/// Een plaats met ids, en namen waar die bekend zijn
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Plaats {
    /// De school
    pub school: String,
    /// De naam van de school
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub school_naam: Option<String>,
    /// De plekkengroep op die school
    pub plek: String,
    /// De coach
    pub coach: String,
    /// De naam van de coach
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub coach_naam: Option<String>,
}

words! {
    /// How somebody's placement changed.
    #[derive(Serialize)]
    #[serde(rename_all = "kebab-case")]
    pub enum ChangeKind {
        /// The old one could not be kept.
        Gedwongen = "gedwongen",
        /// Nor was what could be kept.
        GedwongenEnGekozen = "gedwongen-en-gekozen",
        /// It could be kept, and was not.
        Gekozen = "gekozen",
        /// There was none.
        NuGeplaatst = "nu-geplaatst",
        /// Was not there before.
        Nieuw = "nieuw",
    }
}

words! {
    /// Why a placement changed.
    #[derive(Serialize)]
    #[serde(rename_all = "kebab-case")]
    pub enum CauseCode {
        /// The coach is gone.
        CoachWeg = "coach-weg",
        /// The school is gone.
        SchoolWeg = "school-weg",
        /// The seat is gone.
        PlekWeg = "plek-weg",
        /// The coach may no longer.
        CoachMagNiet = "coach-mag-niet",
        /// Nobody may on this seat.
        PlekMagNiet = "plek-mag-niet",
        /// Others came there.
        Vol = "vol",
        /// There is less room.
        MinderRuimte = "minder-ruimte",
        /// Something else is fixed.
        Vast = "vast",
        /// A goal gets better.
        Doel = "doel",
        /// It makes no difference.
        Gelijk = "gelijk",
    }
}

/// Eén oorzaak; welke sleutels er staan hangt af van code
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Reden {
    /// De oorzaak
    #[schema(value_type = Oorzaak)]
    pub code: CauseCode,
    /// De regels die in de weg staan
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Vec<Regel>>, nullable = false)]
    pub regels: Option<Vec<&'static str>>,
    /// Wie daar kwamen
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub voor: Option<Vec<String>>,
    /// Hun namen, in dezelfde volgorde; de id waar geen naam bekend is
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub voor_namen: Option<Vec<String>>,
    /// Waar er geen ruimte meer is
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub bij: Option<Plaats>,
    /// Het doel dat beter wordt
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub doel: Option<String>,
    /// Hoeveel punten beter
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub punten: Option<i64>,
    /// Hetzelfde in een zin
    pub tekst: String,
}

/// Iemand voor wie iets verandert
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Gewijzigd {
    /// Wie
    pub kandidaat: String,
    /// De naam
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub naam: Option<String>,
    /// Hoe
    #[schema(value_type = Wijzigingsoort)]
    pub soort: ChangeKind,
    /// De plaats eerst; null is geen
    pub was: Option<Plaats>,
    /// De plaats nu; null is geen
    pub nu: Option<Plaats>,
    /// Waarom, de sterkste oorzaak eerst
    pub oorzaken: Vec<Reden>,
    /// Waarom er ook elders geen plaats is, in zinnen
    pub nergens: Vec<String>,
}

/// Iemand die niet meer meedoet
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Vertrokken {
    /// Wie
    pub kandidaat: String,
    /// De naam
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub naam: Option<String>,
    /// De plaats eerst; null is geen
    pub was: Option<Plaats>,
}

/// Een getal eerst en nu
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Cijfer {
    /// Wat er geteld is
    pub naam: String,
    /// Eerst
    pub was: i64,
    /// Nu
    pub nu: i64,
}

/// Wat meer wijzigingen zouden opleveren
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Afruilregel {
    /// Hoeveel wijzigingen extra
    pub extra: u32,
    /// Hoeveel er dan gewijzigd zijn
    pub gewijzigd: usize,
    /// De waarde van elk doel
    pub waarden: BTreeMap<String, i64>,
}

/// Wat meer wijzigingen zouden opleveren, per aantal
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Afruil {
    /// Per aantal
    pub regels: Vec<Afruilregel>,
    /// Of alles is nagerekend
    pub volledig: bool,
}

/// Wat er verschilt tussen twee plannen
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Verschil {
    /// De lichting
    pub lichting: String,
    /// Van hoeveel mensen de oude plaats niet meer kan
    pub gedwongen: usize,
    /// Voor hoeveel mensen iets verandert dat kon blijven
    pub gewijzigd: usize,
    /// Voor hoeveel mensen niets verandert
    pub hetzelfde: usize,
    /// Iedereen voor wie iets verandert
    pub mensen: Vec<Gewijzigd>,
    /// Wie niet meer meedoen
    pub vertrokken: Vec<Vertrokken>,
    /// De doelen
    pub doelen: Vec<Cijfer>,
    /// Andere cijfers
    pub cijfers: Vec<Cijfer>,
    /// Wat de doelen, termen en regels hierin betekenen
    pub begrippen: Vec<Begrip>,
    /// Wat meer wijzigingen zouden opleveren, als dat gevraagd is
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub afruil: Option<Afruil>,
}

/// Everything the page says, by keys.
pub fn value(told: &Told<'_>, request: &Request) -> Value {
    let mut value = serde_json::to_value(between(told)).unwrap_or_default();
    value["gevraagd"] = json!(page::asked(request));
    value["weggehaald"] = json!(told.of.remarks);
    value["minste_wijzigingen"] = json!(told.of.outcome.least_changes);
    value
}

/// What differs between two outcomes, by the same keys.
pub fn between(told: &Told<'_>) -> Verschil {
    let mut begrippen = of_policy(&told.of.after.wave.policy);
    let rules = told.people.iter().flat_map(|it| &it.causes).flat_map(|it| match it.why {
        Why::CoachForbidden(rules) | Why::SeatForbidden(rules) | Why::Full { rules, .. } | Why::Less { rules, .. } => rules.as_slice(),
        Why::CoachGone | Why::SchoolGone | Why::SeatGone | Why::Locked | Why::Better { .. } | Why::Equal => &[],
    });
    begrippen.extend(rules.collect::<std::collections::BTreeSet<_>>().into_iter().map(|&code| rule(code)));
    let afruil = told.of.trade_off.as_ref().map(traded);
    Verschil {
        lichting: told.of.after.wave.id.clone(),
        gedwongen: told.counts.forced,
        gewijzigd: told.counts.changed,
        hetzelfde: told.of.difference.same,
        mensen: told.people.iter().map(|it| person(told, it)).collect(),
        vertrokken: told.left.iter().map(|it| gone(told, it)).collect(),
        doelen: told.goals.iter().map(figure).collect(),
        cijfers: told.figures.iter().map(figure).collect(),
        begrippen,
        afruil,
    }
}

/// What more changes would bring.
pub fn traded(trade: &TradeOff) -> Afruil {
    let row = |row: &Row| Afruilregel {
        extra: row.budget,
        gewijzigd: row.changes,
        waarden: trade.goals.iter().zip(&row.values).map(|(goal, value)| (goal.name.clone(), *value)).collect(),
    };
    Afruil { regels: trade.rows.iter().map(row).collect(), volledig: trade.complete }
}

fn gone(told: &Told<'_>, it: &Left<'_>) -> Vertrokken {
    let naam = told.of.before.names.candidates.get(it.id).cloned();
    Vertrokken { kandidaat: it.id.into(), naam, was: it.was.as_ref().map(spot) }
}

fn figure(it: &told::Figure) -> Cijfer {
    Cijfer { naam: it.name.clone(), was: it.was, nu: it.now }
}

/// A rerun that has no plan: how it ended, and which locks cannot stand.
pub fn without_plan(after: &Loaded, outcome: &Outcome) -> Value {
    let conflict: Vec<Value> = outcome
        .conflict
        .iter()
        .map(|lock| json!({ "kandidaat": after.wave.candidates[lock.candidate].id, "regels": codes(&lock.rules) }))
        .collect();
    json!({ "lichting": after.wave.id, "status": outcome.verdict.code(), "conflict": conflict })
}

fn kind(kind: Kind) -> ChangeKind {
    match kind {
        Kind::Forced => ChangeKind::Gedwongen,
        Kind::ForcedAndChosen => ChangeKind::GedwongenEnGekozen,
        Kind::Chosen => ChangeKind::Gekozen,
        Kind::Placed => ChangeKind::NuGeplaatst,
        Kind::Arrived => ChangeKind::Nieuw,
    }
}

fn person(told: &Told<'_>, person: &told::Person<'_>) -> Gewijzigd {
    Gewijzigd {
        kandidaat: person.id.into(),
        naam: told.of.after.names.candidates.get(person.id).cloned(),
        soort: kind(person.kind),
        was: person.was.as_ref().map(spot),
        nu: person.now.as_ref().map(spot),
        oorzaken: person.causes.iter().map(|it| cause(told, it)).collect(),
        nergens: person.nowhere.clone(),
    }
}

fn cause(told: &Told<'_>, cause: &told::Cause<'_>) -> Reden {
    let wave = &told.of.after.wave;
    let of =
        |code| Reden { code, regels: None, voor: None, voor_namen: None, bij: None, doel: None, punten: None, tekst: cause.text.clone() };
    let at = cause.at.as_ref().map(spot);
    match cause.why {
        Why::CoachGone => of(CauseCode::CoachWeg),
        Why::SchoolGone => of(CauseCode::SchoolWeg),
        Why::SeatGone => of(CauseCode::PlekWeg),
        Why::CoachForbidden(rules) => Reden { regels: Some(codes(rules)), ..of(CauseCode::CoachMagNiet) },
        Why::SeatForbidden(rules) => Reden { regels: Some(codes(rules)), ..of(CauseCode::PlekMagNiet) },
        Why::Full { rules, newcomers, .. } => {
            let people: Vec<String> = newcomers.iter().map(|&it| wave.candidates[it].id.clone()).collect();
            let named = people.iter().map(|id| told.of.after.names.candidates.get(id).unwrap_or(id).clone()).collect();
            Reden { regels: Some(codes(rules)), voor: Some(people), voor_namen: Some(named), bij: at, ..of(CauseCode::Vol) }
        }
        Why::Less { rules, .. } => Reden { regels: Some(codes(rules)), bij: at, ..of(CauseCode::MinderRuimte) },
        Why::Locked => of(CauseCode::Vast),
        Why::Better { goal, by } => {
            let goal = wave.policy.goals.get(*goal).map(|goal| goal.name.clone());
            Reden { doel: goal, punten: Some(*by), ..of(CauseCode::Doel) }
        }
        Why::Equal => of(CauseCode::Gelijk),
    }
}

/// A placement by the ids of its school, seat group and coach, with names where they are known.
pub fn spot(spot: &names::Spot<'_>) -> Plaats {
    Plaats {
        school: spot.school.into(),
        school_naam: spot.school_only.map(Into::into),
        plek: spot.group.into(),
        coach: spot.coach.into(),
        coach_naam: spot.coach_only.map(Into::into),
    }
}
