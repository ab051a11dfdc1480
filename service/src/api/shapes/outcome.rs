//! The outcome of a run as an answer: an outcome file (`loket-uitkomst/1`) as a type.

use std::collections::BTreeMap;

use loket_instances::matching::outcome::{
    ConflictLine, FORMAT, Figures, GoalLine, NoticeLine, OutcomeFile, PlacementLine, ReasonLine, TechniqueLine, UnplacedLine,
};
use loket_solver::matching::facts::outcome::Verdict;
use loket_solver::matching::facts::words::Word;
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use crate::listed::{Beleid, Bouw, Regel, Uitkomststatus};

/// Een uitkomst (loket-uitkomst/1): het plan, wat er van elk doel bewezen is, en waarom iemand geen plaats heeft
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Uitkomst {
    /// loket-uitkomst/1
    pub formaat: String,
    /// De lichting
    pub lichting: String,
    /// SHA-256 van het bestand dat is opgelost
    pub invoer_sha256: String,
    /// Hoe het afliep
    #[schema(value_type = Uitkomststatus)]
    pub status: String,
    /// De doelen, in de volgorde van het beleid; leeg zonder plan
    pub doelen: Vec<Uitkomstdoel>,
    /// Wie waar geplaatst is, in de volgorde van de lichting
    pub plaatsingen: Vec<Uitkomstplaatsing>,
    /// Wie geen plaats heeft, in de volgorde van de lichting
    pub ongeplaatst: Vec<Ongeplaatst>,
    /// Wat vaststaat en niet samengaat; alleen bij onmogelijk
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub conflict: Option<Vec<Vastconflict>>,
    /// Wat opvalt in het bestand
    pub meldingen: Vec<Bestandsmelding>,
    /// Tellingen
    pub kerncijfers: Kerncijfers,
    /// Het beleid, met alles wat niet genoemd was ingevuld
    #[schema(value_type = Beleid)]
    pub beleid: Value,
    /// Waarmee er gerekend is
    pub techniek: Techniek,
}

/// Wat er van een doel bekend is
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Uitkomstdoel {
    /// De naam
    pub naam: String,
    /// Het gewicht van elke term
    #[schema(value_type = BTreeMap<String, i64>)]
    pub punten: Map<String, Value>,
    /// Hoeveel procent er voor latere doelen af mag
    pub tolerantie_procent: i64,
    /// De beste waarde die gevonden is
    pub beste: i64,
    /// Meer kan niet
    pub bovengrens: i64,
    /// Of beste en bovengrens gelijk zijn
    pub bewezen: bool,
    /// Minder mag niet, met de tolerantie
    pub ondergrens: i64,
    /// De waarde in dit plan
    pub waarde: i64,
    /// Hoe lang het duurde
    pub seconden: f64,
    /// De prijzen die de bovengrens bewijzen; alleen met ?certificaat=true
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub certificaat: Option<Map<String, Value>>,
}

/// Wie waar geplaatst is
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Uitkomstplaatsing {
    /// Wie
    pub kandidaat: String,
    /// De school
    pub school: String,
    /// De plekkengroep
    pub plek: String,
    /// Haar bouw
    #[schema(value_type = Bouw)]
    pub bouw: String,
    /// De coach
    pub coach: String,
    /// Uren begeleiding
    pub uren: i64,
    /// Reistijd van de kandidaat, minuten
    pub reistijd: i64,
    /// Reistijd van de coach, minuten
    pub coachreistijd: i64,
    /// Elke term die niet 0 is
    #[schema(value_type = BTreeMap<String, i64>)]
    pub punten: Map<String, Value>,
}

/// Wie geen plaats heeft
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Ongeplaatst {
    /// Wie
    pub kandidaat: String,
    /// Waarom
    pub redenen: Vec<Uitkomstreden>,
}

/// Waarom iemand geen plaats heeft
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Uitkomstreden {
    /// Een regel, of doel, geen-plek, geen-coach of niet-bewezen
    pub code: String,
    /// Aantallen erbij
    pub gegevens: BTreeMap<String, i64>,
    /// De reden in een zin
    pub tekst: String,
}

/// Iets dat vaststaat en niet kan
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Vastconflict {
    /// Over wie
    pub kandidaat: String,
    /// De regels waarop het stuit
    #[schema(value_type = Vec<Regel>)]
    pub regels: Vec<String>,
}

/// Iets dat opvalt in een bestand
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Bestandsmelding {
    /// Wat voor melding
    pub code: String,
    /// Waar: een JSON-pointer in het bestand
    pub plaats: String,
    /// De melding in een zin
    pub tekst: String,
}

/// Tellingen; van mensen, tenzij er iets anders staat
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Kerncijfers {
    /// Kandidaten
    pub kandidaten: i64,
    /// Geplaatst
    pub geplaatst: i64,
    /// In de bouw van eerste keus
    pub bouw_1e: i64,
    /// In de bouw van tweede keus
    pub bouw_2e: i64,
    /// Alle andere plaatsingen
    pub bouw_later: i64,
    /// Minuten, afgerond
    pub reistijd_gemiddeld: i64,
    /// Minuten
    pub reistijd_hoogste: i64,
    /// Centen
    pub kosten_cent: i64,
    /// Gewijzigd ten opzichte van het vorige plan
    pub gewijzigd: i64,
    /// Van wie de oude plaats niet meer kon
    pub gedwongen: i64,
    /// Wat een nieuwere versie toevoegt
    #[serde(flatten)]
    pub meer: Map<String, Value>,
}

/// Waarmee er gerekend is
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Techniek {
    /// Versie van het programma
    pub versie: String,
    /// Waarmee er gerekend is
    pub engine: String,
    /// Het zaad dat tussen gelijken kiest
    pub seed: u64,
    /// Hoe lang het duurde
    pub seconden: f64,
    /// Wat een nieuwere versie toevoegt
    #[serde(flatten)]
    pub meer: Map<String, Value>,
}

fn numbers(rows: Vec<(String, i64)>) -> Map<String, Value> {
    rows.into_iter().map(|(key, number)| (key, number.into())).collect()
}

impl From<OutcomeFile> for Uitkomst {
    fn from(file: OutcomeFile) -> Self {
        let told = file.status == Verdict::Impossible || !file.conflict.is_empty();
        Self {
            formaat: FORMAT.into(),
            lichting: file.wave,
            invoer_sha256: file.input_sha256,
            status: file.status.code().into(),
            doelen: file.goals.into_iter().map(Uitkomstdoel::from).collect(),
            plaatsingen: file.placements.into_iter().map(Uitkomstplaatsing::from).collect(),
            ongeplaatst: file.unplaced.into_iter().map(Ongeplaatst::from).collect(),
            conflict: told.then(|| file.conflict.into_iter().map(Vastconflict::from).collect()),
            meldingen: file.notices.into_iter().map(Bestandsmelding::from).collect(),
            kerncijfers: file.figures.into(),
            beleid: file.policy,
            techniek: file.technique.into(),
        }
    }
}

impl From<GoalLine> for Uitkomstdoel {
    fn from(line: GoalLine) -> Self {
        Self {
            naam: line.name,
            punten: numbers(line.weights),
            tolerantie_procent: line.tolerance_percent,
            beste: line.best,
            bovengrens: line.bound,
            bewezen: line.proven,
            ondergrens: line.floor,
            waarde: line.value,
            seconden: line.seconds,
            certificaat: line.certificate.and_then(|it| if let Value::Object(it) = it { Some(it) } else { None }),
        }
    }
}

impl From<PlacementLine> for Uitkomstplaatsing {
    fn from(line: PlacementLine) -> Self {
        Self {
            kandidaat: line.candidate,
            school: line.school,
            plek: line.seat,
            bouw: line.bouw,
            coach: line.coach,
            uren: line.hours,
            reistijd: line.travel,
            coachreistijd: line.coach_travel,
            punten: numbers(line.points),
        }
    }
}

impl From<UnplacedLine> for Ongeplaatst {
    fn from(line: UnplacedLine) -> Self {
        Self { kandidaat: line.candidate, redenen: line.reasons.into_iter().map(Uitkomstreden::from).collect() }
    }
}

impl From<ReasonLine> for Uitkomstreden {
    fn from(line: ReasonLine) -> Self {
        Self { code: line.code, gegevens: line.data, tekst: line.text }
    }
}

impl From<ConflictLine> for Vastconflict {
    fn from(line: ConflictLine) -> Self {
        Self { kandidaat: line.candidate, regels: line.rules }
    }
}

impl From<NoticeLine> for Bestandsmelding {
    fn from(line: NoticeLine) -> Self {
        Self { code: line.code, plaats: line.pointer, tekst: line.text }
    }
}

impl From<Figures> for Kerncijfers {
    fn from(it: Figures) -> Self {
        Self {
            kandidaten: it.candidates,
            geplaatst: it.placed,
            bouw_1e: it.first_bouw,
            bouw_2e: it.second_bouw,
            bouw_later: it.later_bouw,
            reistijd_gemiddeld: it.mean_travel,
            reistijd_hoogste: it.most_travel,
            kosten_cent: it.cost_cents,
            gewijzigd: it.changed,
            gedwongen: it.forced,
            meer: it.more,
        }
    }
}

impl From<TechniqueLine> for Techniek {
    fn from(it: TechniqueLine) -> Self {
        Self { versie: it.version, engine: it.engine, seed: it.seed, seconden: it.seconds, meer: it.more }
    }
}

#[cfg(test)]
mod tests {
    use loket_instances::matching::outcome::{read_outcome, to_json};
    use serde_json::json;

    use super::*;

    #[test]
    fn an_answer_is_the_file_key_by_key() {
        for status in ["haalbaar", "onmogelijk"] {
            let text = json!({
                "formaat": FORMAT, "lichting": "w", "invoer_sha256": "00", "status": status,
                "doelen": [{
                    "naam": "geplaatst", "punten": { "geplaatst": 1, "bouw": -2 }, "tolerantie_procent": 5, "beste": 3, "bovengrens": 4,
                    "bewezen": false, "ondergrens": 2, "waarde": 3, "seconden": 0.5, "certificaat": { "prijzen": [1] },
                }],
                "plaatsingen": [{
                    "kandidaat": "Z1", "school": "S1", "plek": "p", "bouw": "onderbouw", "coach": "K1", "uren": 60, "reistijd": 5,
                    "coachreistijd": 6, "punten": { "geplaatst": 1 },
                }],
                "ongeplaatst": [{ "kandidaat": "Z2", "redenen": [{ "code": "reistijd", "gegevens": { "plekken": 1 }, "tekst": "Te ver." }] }],
                "conflict": [{ "kandidaat": "Z1", "regels": ["plekken"] }],
                "meldingen": [{ "code": "onbekend", "plaats": "/coaches/0", "tekst": "Let op." }],
                "kerncijfers": {
                    "kandidaten": 2, "geplaatst": 1, "bouw_1e": 1, "bouw_2e": 0, "bouw_later": 0, "reistijd_gemiddeld": 5,
                    "reistijd_hoogste": 5, "kosten_cent": 0, "gewijzigd": 0, "gedwongen": 0, "minste_wijzigingen": 0,
                },
                "beleid": { "seed": 1 }, "techniek": { "versie": "1", "engine": "e", "seed": 1, "seconden": 0.25, "kolommen": 7 },
            });
            let file = read_outcome(text.to_string().as_bytes()).expect("an outcome");
            let written = to_json(&file);
            let shown = serde_json::to_value(Uitkomst::from(file)).expect("an answer");
            assert_eq!(shown.to_string(), written.to_string());
        }
    }
}
