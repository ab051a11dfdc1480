//! The answer to a question as it is described: its parts by key, and the parts that are told before the whole.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::listed::Regel;
use crate::present::exchange::Ruil;
use crate::present::explain::effect::{Planstand, Prijs};
use crate::present::explain::gains::{Rest, Schaarste};
use crate::present::explain::shape::{Alternatief, Alternatievenlijst, Paslijst, Waarom, WaaromGeen};
use crate::present::explain::terms::Begrip;
use crate::present::rerun::machine::Afruil;
use crate::present::stress::machine::Uitvalgevolg;
use crate::present::waiting::Wachtenden;

/// Het hele antwoord. Welke delen er staan hangt af van de vraag: waarom, waarom_geen en alternatieven bij waarom; passen; schaarste en
/// rest; wat_als; lichting, zwakste, volledig en uitval bij stress; afruil; ruil; wachtlijst; titel, over en de tabellen bij verslag
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Antwoord {
    /// Hoe het plan ervoor staat, als het niet bewezen was
    #[schema(nullable = false)]
    pub plan: Option<Planstand>,
    /// Waarom deze plaats
    #[schema(nullable = false)]
    pub waarom: Option<Waarom>,
    /// Waarom geen plaats
    #[schema(nullable = false)]
    pub waarom_geen: Option<WaaromGeen>,
    /// Andere plaatsen
    #[schema(nullable = false)]
    pub alternatieven: Option<Alternatievenlijst>,
    /// Wie er passen
    #[schema(nullable = false)]
    pub passen: Option<Paslijst>,
    /// Wat er schaars is
    #[schema(nullable = false)]
    pub schaarste: Option<Schaarste>,
    /// Hoe wie over is een plaats kan krijgen
    #[schema(nullable = false)]
    pub rest: Option<Rest>,
    /// Wat er dan gebeurt
    #[schema(nullable = false)]
    pub wat_als: Option<Prijs>,
    /// Bij stress: de lichting
    #[schema(nullable = false)]
    pub lichting: Option<String>,
    /// Bij stress: welke uitval het ergst is; ontbreekt als er geen uitval is nagerekend
    #[schema(nullable = false)]
    pub zwakste: Option<String>,
    /// Bij stress: of alles is nagerekend
    #[schema(nullable = false)]
    pub volledig: Option<bool>,
    /// Bij stress: per coach of school die uitvalt
    #[schema(nullable = false)]
    pub uitval: Option<Vec<Uitvalgevolg>>,
    /// Bij afruil: wat meer schuiven oplevert; ontbreekt als er geen plan gevonden is
    #[schema(nullable = false)]
    pub afruil: Option<Afruil>,
    /// Bij ruil: de beste ruil; ontbreekt als de tijd op was
    #[schema(nullable = false)]
    pub ruil: Option<Ruil>,
    /// Bij wachtlijst: wie er het eerst in aanmerking komt als er iemand uitvalt
    #[schema(nullable = false)]
    pub wachtlijst: Option<Wachtenden>,
    /// Bij verslag: de titel
    #[schema(nullable = false)]
    pub titel: Option<String>,
    /// Bij verslag: voor wie het is
    #[schema(nullable = false)]
    pub over: Option<String>,
    /// Bij verslag: bouw van keus
    #[schema(nullable = false)]
    pub keuzes: Option<Tabel>,
    /// Bij verslag voor een bestuur: bouw van keus bij de eigen scholen
    #[schema(nullable = false)]
    pub keuzes_bij_u: Option<Tabel>,
    /// Bij verslag: wie het slechtst af is
    #[schema(nullable = false)]
    pub slechtst_af: Option<Tabel>,
    /// Bij verslag: wie langer wacht en minder kreeg
    #[schema(nullable = false)]
    pub langer_gewacht: Option<Tabel>,
    /// Bij verslag: besturen
    #[schema(nullable = false)]
    pub besturen: Option<Tabel>,
    /// Bij verslag: doelgroepleerlingen
    #[schema(nullable = false)]
    pub doelgroep: Option<Tabel>,
    /// Bij verslag: starters
    #[schema(nullable = false)]
    pub starters: Option<Tabel>,
    /// Bij verslag: coaches
    #[schema(nullable = false)]
    pub coaches: Option<Tabel>,
    /// Bij verslag: kosten van de begeleiding
    #[schema(nullable = false)]
    pub kosten: Option<Tabel>,
    /// Bij verslag voor een bestuur: het eigen aandeel
    #[schema(nullable = false)]
    pub aandeel: Option<Tabel>,
    /// Bij verslag voor een bestuur: de eigen scholen
    #[schema(nullable = false)]
    pub scholen: Option<Tabel>,
    /// Bij verslag voor een kandidaat: de eigen plaatsing
    #[schema(nullable = false)]
    pub plaatsing: Option<Tabel>,
    /// Bij verslag voor een kandidaat: reistijd
    #[schema(nullable = false)]
    pub reistijd: Option<Tabel>,
    /// Het antwoord in zinnen, in de volgorde om te lezen
    #[schema(nullable = false)]
    pub uitleg: Option<Vec<String>>,
    /// Wat de doelen, termen en regels in het antwoord betekenen
    #[schema(nullable = false)]
    pub begrippen: Option<Vec<Begrip>>,
}

/// Een tabel van een verslag
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Tabel {
    /// De regels
    pub regels: Vec<Tabelregel>,
    /// Wat de cijfers betekenen
    pub betekenis: String,
}

/// Een regel van een tabel: de naam, en per kolom een cijfer, een tekst, deel en geheel, of null waar een klein aantal niet getoond wordt
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Tabelregel {
    /// Over wie of wat de regel gaat
    pub naam: String,
    /// De kolommen
    #[serde(flatten)]
    pub kolommen: BTreeMap<String, Value>,
}

/// Een deel van een antwoord, zodra het bekend is; wat er in antwoord staat hangt af van naam
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(tag = "naam", rename_all = "snake_case")]
pub enum Deel {
    /// Hoe het plan ervoor staat
    #[schema(title = "DeelPlan")]
    Plan {
        /// Het deel
        antwoord: Planstand,
    },
    /// Waarom deze plaats
    #[schema(title = "DeelWaarom")]
    Waarom {
        /// Het deel
        antwoord: Waarom,
    },
    /// Waarom geen plaats
    #[schema(title = "DeelWaaromGeen")]
    WaaromGeen {
        /// Het deel
        antwoord: WaaromGeen,
    },
    /// Eén andere plaats
    #[schema(title = "DeelAlternatief")]
    Alternatief {
        /// Het deel
        antwoord: Alternatief,
    },
    /// Alle andere plaatsen
    #[schema(title = "DeelAlternatieven")]
    Alternatieven {
        /// Het deel
        antwoord: Alternatievenlijst,
    },
    /// Wat er schaars is
    #[schema(title = "DeelSchaarste")]
    Schaarste {
        /// Het deel
        antwoord: Schaarste,
    },
    /// Hoe wie over is een plaats kan krijgen
    #[schema(title = "DeelRest")]
    Rest {
        /// Het deel
        antwoord: Rest,
    },
}

/// Wat er gevraagd is; welke sleutels er staan hangt af van de soort vraag
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Gevraagd {
    /// Voor wie het antwoord is: intermediair, bestuur:ID of kandidaat:ID
    #[schema(nullable = false)]
    pub kijker: Option<String>,
    /// Over welke kandidaat
    #[schema(nullable = false)]
    pub kandidaat: Option<String>,
    /// Hoeveel andere plaatsen hoogstens
    #[schema(nullable = false)]
    pub alternatieven: Option<i64>,
    /// Over welke school
    #[schema(nullable = false)]
    pub school: Option<String>,
    /// Over welke plekkengroep op die school
    #[schema(nullable = false)]
    pub plek: Option<String>,
    /// Over welke coach
    #[schema(nullable = false)]
    pub coach: Option<String>,
    /// Hoeveel er hoogstens worden nagerekend
    #[schema(nullable = false)]
    pub aantal: Option<i64>,
    /// Alleen wat dit bestuur kan doen
    #[schema(nullable = false)]
    pub bestuur: Option<String>,
    /// Ook hoe wie over is een plaats kan krijgen
    #[schema(nullable = false)]
    pub rest: Option<bool>,
    /// Wat er dan moet
    #[schema(nullable = false)]
    pub afdwingen: Option<Vec<Keuze>>,
    /// Wat er dan niet mag
    #[schema(nullable = false)]
    pub verbieden: Option<Vec<Keuze>>,
    /// Ook elke school die uitvalt
    #[schema(nullable = false)]
    pub scholen: Option<bool>,
    /// Hoe vast de plaatsingen zijn bij een uitval
    #[schema(nullable = false)]
    pub status: Option<String>,
    /// Per fase hoeveel van de duizend mensen uitvallen
    #[schema(nullable = false)]
    pub uitval: Option<BTreeMap<String, i64>>,
}

/// Wie waar komt, of juist niet; wat er niet staat is vrij
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Keuze {
    /// Wie
    pub kandidaat: String,
    /// De school
    #[schema(nullable = false)]
    pub school: Option<String>,
    /// De plekkengroep op die school
    #[schema(nullable = false)]
    pub plek: Option<String>,
    /// De coach
    #[schema(nullable = false)]
    pub coach: Option<String>,
    /// Regels die daarbij niet gelden
    #[schema(nullable = false, value_type = Option<Vec<Regel>>)]
    pub ondanks: Option<Vec<String>>,
}
