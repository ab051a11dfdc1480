//! The parts of an answer for machines, as types: what is written and what the description of the API says of it are the same.
//!
//! Names of people are not in here: an answer is kept, and whoever may see names gets them beside the ids when it is shown.

use std::collections::BTreeMap;

use loket_solver::matching::facts::words::words;
use serde::Serialize;
use utoipa::ToSchema;

use super::effect::{Gevolg, Plaatsomschrijving, Prijs};
use super::gains::Verandering;
use crate::listed::{Geenplaatssoort, Regel};

/// Een regel die in de weg staat
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Beletsel {
    /// De regel
    #[schema(value_type = Regel)]
    pub regel: &'static str,
    /// Wat er in de weg staat, in woorden
    pub tekst: String,
    /// Wat het is: minuten of dagdelen
    pub heeft: Option<i64>,
    /// Wat de regel vraagt
    pub grens: Option<i64>,
}

/// Een grens waar geen ruimte meer is
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Vol {
    /// De regel
    #[schema(value_type = Regel)]
    pub regel: &'static str,
    /// Wat er vol is, in woorden
    pub tekst: String,
    /// Hoeveel er tekort is
    pub tekort: i64,
    /// Hoeveel anderen de ruimte hebben
    pub bezet_door: usize,
    /// Wie dat zijn; alleen voor wie mensen mag zien
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub wie: Option<Vec<String>>,
    /// Hun namen, in dezelfde volgorde; de id waar geen naam bekend is
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub wie_namen: Option<Vec<String>>,
}

/// Een plaats die voor deze kandidaat beter zou zijn
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Beter {
    /// De plaats
    pub plaats: Plaatsomschrijving,
    /// Punten per term
    pub punten: BTreeMap<&'static str, i64>,
    /// Wat het voor de kandidaat zelf waard is, per doel
    pub eigen: Vec<i64>,
    /// Regels die in de weg staan
    pub regels: Vec<Beletsel>,
    /// Grenzen waar geen ruimte is
    pub vol: Vec<Vol>,
    /// Wat het kost om de kandidaat daar te plaatsen; null als dat niet gevraagd is
    pub prijs: Option<Prijs>,
}

/// Waarom deze plaats
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Waarom {
    /// Over wie
    pub kandidaat: String,
    /// De naam
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub naam: Option<String>,
    /// De plaats in het plan
    pub plaats: Plaatsomschrijving,
    /// Punten per term
    pub punten: BTreeMap<&'static str, i64>,
    /// Wat het voor de kandidaat zelf waard is, per doel
    pub eigen: Vec<i64>,
    /// Hoeveel betere plaatsen er mogen
    pub beter_mogelijk: usize,
    /// Hoeveel betere plaatsen er niet mogen
    pub beter_verboden: usize,
    /// Betere plaatsen die mogen, met wat er in de weg zit
    pub mogelijk: Vec<Beter>,
    /// Betere plaatsen die niet mogen, met de regel
    pub verboden: Vec<Beter>,
    /// Of het is afgebroken voordat alles was nagerekend
    pub gestopt: bool,
}

words! {
    /// Why somebody has no place.
    #[derive(Serialize)]
    #[serde(rename_all = "kebab-case")]
    pub enum NoneKind {
        /// Pair rules forbid everything.
        Regels = "regels",
        /// Shared limits are full.
        Grenzen = "grenzen",
        /// They are, and more room costs a goal.
        GrenzenEnDoel = "grenzen-en-doel",
        /// A goal pays for it.
        Doel = "doel",
        /// There is nothing to choose.
        Niets = "niets",
        /// It is not proven.
        NietBewezen = "niet-bewezen",
        /// The plan itself is not proven.
        PlanNietBewezen = "plan-niet-bewezen",
        /// It was stopped before it was known.
        Afgebroken = "afgebroken",
    }
}

/// Een regel met de plekken waar zij in de weg staat
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Regelplekken {
    /// De regel
    #[schema(value_type = Regel)]
    pub code: &'static str,
    /// Wat er in de weg staat, in woorden
    pub tekst: String,
    /// Op hoeveel plekken
    pub plekken: i64,
}

/// Een verandering die iets opent
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Opening {
    /// De verandering in woorden
    pub verandering: String,
    /// Dezelfde verandering in gegevens
    pub wat: Verandering,
    /// Hoeveel plekken er dan passen
    pub plekken: i64,
    /// Of de kandidaat dan een plaats heeft; null als dat niet bewezen is
    pub geeft_plaats: Option<bool>,
    /// Wat het kost; null als dat niet gevraagd is
    pub prijs: Option<Prijs>,
}

/// Een grens die ruimer moet
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Grens {
    /// De regel
    #[schema(value_type = Regel)]
    pub regel: &'static str,
    /// De verandering in woorden
    pub tekst: String,
    /// Hoeveel erbij
    pub erbij: i64,
    /// Dezelfde verandering in gegevens
    pub wat: Verandering,
}

/// Grenzen die samen ruimer moeten
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Kleinste {
    /// Welke, en hoeveel
    pub grenzen: Vec<Grens>,
    /// Wat de plaatsing dan kost; null als dat niet gevraagd is
    pub prijs: Option<Prijs>,
}

/// Waarom geen plaats; welke sleutels er staan hangt af van soort
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct WaaromGeen {
    /// Over wie
    pub kandidaat: String,
    /// De naam
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub naam: Option<String>,
    /// Waarom, in één woord
    #[schema(value_type = Geenplaatssoort)]
    pub soort: NoneKind,
    /// Plekken waar het over gaat
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub plekken: Option<i64>,
    /// Welke regels in de weg staan
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub regels: Option<Vec<Regelplekken>>,
    /// Wat zou helpen
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub openingen: Option<Vec<Opening>>,
    /// Of het bewezen is
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub bewezen: Option<bool>,
    /// Grenzen die ruimer moeten; elke rij is genoeg
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub redenen: Option<Vec<Kleinste>>,
    /// Grenzen die ruimer moeten
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub grenzen: Option<Vec<Grens>>,
    /// Wat plaatsen dan kost
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub prijs: Option<Prijs>,
    /// Of het is afgebroken voordat alles was nagerekend
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub gestopt: Option<bool>,
}

/// Een andere plaats, met wat die kost
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Alternatief {
    /// De plaats
    pub plaats: Plaatsomschrijving,
    /// Wat die kost
    pub prijs: Gevolg,
}

/// Andere plaatsen, de goedkoopste eerst
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Alternatievenlijst {
    /// De plaatsen
    pub alternatieven: Vec<Alternatief>,
    /// Of dit alle andere plaatsen zijn
    pub alle: bool,
    /// Of het is afgebroken
    pub gestopt: bool,
    /// Of de volgorde bewezen is
    pub volgorde_bewezen: bool,
}

/// Iemand die past
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Passend {
    /// Wie
    pub kandidaat: String,
    /// De naam
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub naam: Option<String>,
    /// Waar en met wie dan
    pub plaats: Plaatsomschrijving,
    /// Wat het kost
    pub prijs: Gevolg,
}

/// Wie er past op een plek of bij een coach
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Paslijst {
    /// Hoeveel er nu zijn
    pub nu: usize,
    /// Hoeveel anderen er volgens de regels mogen
    pub passen: usize,
    /// Hoeveel daarvan zijn nagerekend
    pub nagerekend: usize,
    /// Hoeveel daarvan niet kunnen
    pub onmogelijk: usize,
    /// Of het is afgebroken
    pub gestopt: bool,
    /// Hoeveel er kunnen zonder dat een doel slechter wordt
    pub zonder_verlies: usize,
    /// Wie er passen, de goedkoopste eerst; alleen voor wie mensen mag zien
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub kandidaten: Option<Vec<Passend>>,
}

words! {
    /// Parts of an answer that are told before the whole.
    pub enum PartName {
        /// How the plan stands.
        Standing = "plan",
        /// Why this place.
        Why = "waarom",
        /// Why none.
        WhyNone = "waarom_geen",
        /// One alternative.
        Alternative = "alternatief",
        /// All of them.
        Alternatives = "alternatieven",
        /// What is scarce.
        Scarcity = "schaarste",
        /// What places the rest.
        Rest = "rest",
    }
}
