//! Where somebody is or would be, and what that costs, for machines: parts of an answer as types.

use serde::Serialize;
use utoipa::ToSchema;

use crate::listed::Regel;

/// Een plaats in woorden, en voor wie ze mag zien met ids
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Plaatsomschrijving {
    /// De plaats in woorden
    pub tekst: String,
    /// De school
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub school: Option<String>,
    /// De naam van de school
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub school_naam: Option<String>,
    /// De plekkengroep op die school
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub plek: Option<String>,
    /// De coach
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub coach: Option<String>,
    /// De naam van de coach
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub coach_naam: Option<String>,
}

/// Wat een doel erbij krijgt of verliest. Is het niet bewezen, dan ligt het tussen minstens en hoogstens; null is niet bekend
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Doelprijs {
    /// Het doel
    pub doel: String,
    /// Het verschil, als het bewezen is
    pub verschil: Option<i64>,
    /// Niet minder dan dit
    pub minstens: Option<i64>,
    /// Niet meer dan dit
    pub hoogstens: Option<i64>,
    /// Of het bewezen is
    pub bewezen: bool,
}

/// Iemand die dan een andere plaats krijgt
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Verhuizing {
    /// Wie
    pub kandidaat: String,
    /// De naam
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub naam: Option<String>,
    /// De plaats nu; null is geen
    pub van: Option<Plaatsomschrijving>,
    /// De plaats dan; null is geen
    pub naar: Option<Plaatsomschrijving>,
}

/// Wat een verandering kost en oplevert
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Gevolg {
    /// Per doel, in de volgorde van het beleid
    pub doelen: Vec<Doelprijs>,
    /// Hoeveel mensen een andere plaats krijgen
    pub verhuizingen: usize,
    /// Met minder gaat het niet
    pub minste_verhuizingen: usize,
    /// Of alles bewezen is
    pub bewezen: bool,
    /// Hoeveel mensen er meer geplaatst zijn; onder nul: minder
    pub meer_geplaatst: i64,
    /// Wie een andere plaats krijgen; alleen voor wie mensen mag zien
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub wie: Option<Vec<Verhuizing>>,
}

/// Iets dat vaststaat en niet kan blijven
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Botsing {
    /// Over wie
    pub kandidaat: String,
    /// De naam
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub naam: Option<String>,
    /// De regels waarop het stuit
    #[schema(value_type = Vec<Regel>)]
    pub regels: Vec<&'static str>,
}

/// Dit kan niet
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Onmogelijkheid {
    /// Altijd waar
    pub onmogelijk: bool,
    /// Wat er niet samengaat; alleen voor wie mensen mag zien
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub conflict: Option<Vec<Botsing>>,
    /// Waar als de vraag zichzelf of de lichting tegenspreekt
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub tegenspraak: Option<bool>,
}

/// Afgekapt voordat er een antwoord was
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Afgekapt {
    /// Altijd waar
    pub gestopt: bool,
}

/// Wat het kost, of waarom het niet kan
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(untagged)]
pub enum Prijs {
    /// Dit kost het
    Gevolg(Gevolg),
    /// Dit kan niet
    Onmogelijkheid(Onmogelijkheid),
    /// Gestopt voordat er een antwoord was
    Afgekapt(Afgekapt),
}

/// Hoeveel beter een doel kan
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Doelwinst {
    /// Het doel
    pub doel: String,
    /// Hoeveel beter
    pub verschil: i64,
}

/// Hoe het plan ervoor staat, als het niet bewezen was
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Planstand {
    /// Of nu bewezen is dat het niet beter kan
    pub bewezen: bool,
    /// De doelen die niet bewezen waren
    pub niet_bewezen: Vec<String>,
    /// Of alles nu is uitgezocht
    pub nu_uitgezocht: bool,
    /// Hoeveel beter elk doel kan; alleen als er een beter plan is
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub beter: Option<Vec<Doelwinst>>,
    /// Hoeveel mensen in dat betere plan een andere plaats hebben, wat er ook gevraagd wordt
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub verhuizingen_hoe_dan_ook: Option<usize>,
    /// Wie dat zijn; alleen voor wie mensen mag zien
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub wie: Option<Vec<Verhuizing>>,
}
