//! What somebody should know beside what was done, as an answer.

use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::names::Names;
use crate::listed::Rijsoort;
use crate::records::remark::{About, Differs, Remark};

/// Iets dat mag, en dat iemand moet weten
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Melding {
    /// Wat voor melding
    pub code: String,
    /// Waar: een JSON-pointer in het bestand; leeg als het over het geheel gaat
    pub plaats: String,
    /// Wat er is, en wat eraan gedaan kan worden
    pub tekst: String,
    /// De rij waar het over gaat
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub rij: Option<Registerrij>,
    /// Wat er verschilt
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub verschillen: Vec<Afwijking>,
}

/// De rij waar een melding over gaat
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Registerrij {
    /// Wat voor rij
    #[schema(value_type = Rijsoort)]
    pub soort: String,
    /// Het id
    pub id: String,
    /// De naam; van plekken de naam van de school
    pub naam: Option<String>,
    /// Van plekken: op welke school
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub school: Option<String>,
    /// Waar het register haar heeft: met een PUT daar wordt een verschil overgenomen
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub adres: Option<String>,
    /// De versie in het register: If-Match van die PUT
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub versie: Option<i64>,
}

/// Een sleutel waarin twee rijen verschillen
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Afwijking {
    /// De sleutel, zoals in docs/format.md
    pub sleutel: String,
    /// Wat het bestand zegt; null als het niets zegt
    pub bestand: Value,
    /// Wat het register zegt, zonder wat vastgestelde plaatsingen gebruiken; null als het niets zegt
    pub register: Value,
}

impl From<Differs> for Afwijking {
    fn from(it: Differs) -> Self {
        Self { sleutel: it.key, bestand: it.file, register: it.register }
    }
}

impl Registerrij {
    fn of(it: About, names: &Names) -> Self {
        let naam = match it.kind.as_str() {
            "kandidaat" => names.candidate(&it.id),
            "coach" => names.coach(&it.id),
            "school" => names.school(&it.id),
            "bestuur" => names.board(&it.id),
            _ => it.school.as_deref().and_then(|school| names.school(school)),
        };
        Self { soort: it.kind, id: it.id, naam, school: it.school, adres: it.address, versie: it.version }
    }
}

impl Melding {
    /// A remark, with the names that whoever asks may see.
    pub fn of(it: Remark, names: &Names) -> Self {
        Self {
            code: it.code,
            plaats: it.pointer,
            tekst: names.sentence(&it.text),
            rij: it.about.map(|about| Registerrij::of(about, names)),
            verschillen: it.differs.into_iter().map(Afwijking::from).collect(),
        }
    }

    /// All of these remarks.
    pub fn all(remarks: Vec<Remark>, names: &Names) -> Vec<Self> {
        remarks.into_iter().map(|it| Self::of(it, names)).collect()
    }
}
