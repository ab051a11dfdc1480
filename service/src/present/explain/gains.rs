//! What a change is and what it brings, for machines: parts of an answer as types.

use serde::Serialize;
use utoipa::ToSchema;

use super::effect::Gevolg;
use crate::listed::{Bouw, Regel};

/// Een verandering in gegevens; welke sleutels er staan hangt af van soort, en van wat de kijker mag zien
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Verandering {
    /// Wat er verandert: plaatsen, niet-plaatsen, grens, reistijd, bouw, schoolsoort, bestuur, coachreistijd, coachbouw of coachsoort
    pub soort: &'static str,
    /// De regel waarvan de grens ruimer wordt
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Regel>, nullable = false)]
    pub regel: Option<&'static str>,
    /// Hoeveel erbij: plekken, kandidaten, uren, centen of minuten
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub erbij: Option<i64>,
    /// Welke school
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub school: Option<String>,
    /// De naam van de school
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub school_naam: Option<String>,
    /// Welke plekkengroep
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub plek: Option<String>,
    /// Welke bouw
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Bouw>, nullable = false)]
    pub bouw: Option<&'static str>,
    /// Welke soort school
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub schoolsoort: Option<&'static str>,
    /// Welk bestuur
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub bestuur: Option<String>,
    /// De naam van het bestuur
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub bestuur_naam: Option<String>,
    /// Welke coach
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub coach: Option<String>,
    /// De naam van de coach
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub coach_naam: Option<String>,
    /// Welke kandidaat
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub kandidaat: Option<String>,
    /// De naam van de kandidaat
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub naam: Option<String>,
}

/// Wie een verandering kan doen
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Doener {
    /// bestuur, coachpool of kandidaat
    pub soort: &'static str,
    /// Wie, voor wie dat mag zien
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub id: Option<String>,
    /// De naam
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub naam: Option<String>,
}

/// Wat één verandering oplevert
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Opbrengst {
    /// De verandering in woorden
    pub verandering: String,
    /// Dezelfde verandering in gegevens
    pub wat: Verandering,
    /// Wie haar kan doen
    pub door: Doener,
    /// Hoeveel mensen er meer geplaatst zijn
    pub meer_geplaatst: i64,
    /// Wat zij per doel oplevert, en wie dan verhuizen
    pub prijs: Gevolg,
}

/// Wat er schaars is, het meeste waard eerst
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Schaarste {
    /// Nagerekend en iets waard
    pub veranderingen: Vec<Opbrengst>,
    /// Nagerekend en niets waard
    pub zonder_effect: usize,
    /// Hoeveel veranderingen iets konden uitmaken
    pub kandidaten: usize,
    /// Of het is afgebroken
    pub gestopt: bool,
}

/// Een manier om iemand die over is een plaats te geven
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Manier {
    /// De veranderingen in woorden
    pub veranderingen: Vec<String>,
    /// Dezelfde veranderingen in gegevens
    pub wat: Vec<Verandering>,
    /// Hoeveel mensen er meer geplaatst zijn
    pub meer_geplaatst: i64,
}

/// Hoe wie over is een plaats kan krijgen
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Rest {
    /// De manieren, de meeste mensen per verandering eerst
    pub manieren: Vec<Manier>,
    /// Hoeveel mensen er meer geplaatst zijn als alles samen gebeurt; null bij één manier of geen
    pub samen_meer_geplaatst: Option<i64>,
    /// Voor hoeveel mensen geen manier is gevonden
    pub zonder: usize,
    /// Wie dat zijn; alleen voor wie mensen mag zien
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub zonder_wie: Option<Vec<String>>,
    /// Hun namen, in dezelfde volgorde; de id waar geen naam bekend is
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub zonder_wie_namen: Option<Vec<String>>,
    /// Of het is afgebroken
    pub gestopt: bool,
}
