//! Rosters as answers: the roster, its runs and outcome, what a proposal changes, and what somebody has in the calendar.

use loket_instances::scheduling::outcome::{BlockLine, ConflictLine, FORMAT, MemberLine, OutcomeFile, ReasonLine, UnplannedLine};
use loket_solver::matching::facts::words::Word;
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::outcome::{Bestandsmelding, Techniek, Uitkomstdoel};
use super::work::Werk;
use crate::desk::roster::meetings::Appointment;
use crate::desk::roster::meetings::{Moved, Spot};
use crate::listed::{Roostersoort, Roosterstand, Uitkomststatus, Voorstelbesluit};
use crate::records::roster::{Fallout, Named, Roster, RosterRun};
use crate::store::clock::written;

/// Een rooster
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Rooster {
    /// Het id
    pub id: String,
    /// De naam
    pub naam: String,
    /// Wat voor rooster
    #[schema(value_type = Roostersoort)]
    pub soort: String,
    /// De eerste dag
    #[schema(format = Date)]
    pub van: String,
    /// De laatste dag
    #[schema(format = Date)]
    pub tot: String,
    /// Waar het is in zijn leven
    #[schema(value_type = Roosterstand)]
    pub stand: String,
    /// SHA-256 van het bestand, zonder namen
    pub invoer_sha256: String,
    /// Hoeveel besluiten er zijn die het rooster nog niet deed
    pub beslissingen: i64,
    /// De berekening waarvan het plan geldt; null is nog geen
    pub geldende_berekening: Option<String>,
    /// De berekening waarvan het plan het laatst gepubliceerd is; null is nog geen
    pub gepubliceerde_berekening: Option<String>,
    /// Hoe vaak het gepubliceerd is
    pub publicaties: i64,
    /// Wanneer het gemaakt is (UTC)
    #[schema(format = DateTime)]
    pub aangemaakt_op: String,
    /// De versie, ook in de ETag
    pub versie: i64,
}

impl From<Roster> for Rooster {
    fn from(it: Roster) -> Self {
        Self {
            stand: it.stage().code().into(),
            id: it.id,
            naam: it.name,
            soort: it.kind.code().into(),
            van: it.from,
            tot: it.until,
            invoer_sha256: it.input,
            beslissingen: it.decisions,
            geldende_berekening: it.current,
            gepubliceerde_berekening: it.published,
            publicaties: it.publications,
            aangemaakt_op: written(it.created),
            versie: it.version,
        }
    }
}

/// Een rooster, en wat iemand van het bestand moet weten
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct RoosterMetMeldingen {
    /// Het rooster
    #[serde(flatten)]
    pub rooster: Rooster,
    /// Wat opvalt in het bestand
    pub meldingen: Vec<super::remark::Melding>,
}

/// Wie er uitviel
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Roosteraanleiding {
    /// Wie begeleidt of in een panel zat
    pub personen: Vec<String>,
    /// Wie niet meer gepland hoeft te worden
    pub deelnemers: Vec<String>,
    /// Vanaf deze dag; null is vanaf het begin
    #[schema(format = Date)]
    pub vanaf: Option<String>,
}

impl From<Fallout> for Roosteraanleiding {
    fn from(it: Fallout) -> Self {
        Self { personen: it.people, deelnemers: it.units, vanaf: it.from }
    }
}

/// Een voorstel nadat iemand uitviel
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Roostervoorstel {
    /// Wie er uitviel
    pub aanleiding: Roosteraanleiding,
    /// Wat ervan geworden is
    #[schema(value_type = Voorstelbesluit)]
    pub stand: String,
}

/// Een berekening van een rooster
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Roosterberekening {
    /// Het id
    pub id: String,
    /// Haar rooster
    pub rooster: String,
    /// Vanaf 1 binnen het rooster
    pub nummer: i64,
    /// Hoe zij afliep; null is nog niets
    #[schema(value_type = Option<Uitkomststatus>)]
    pub status: Option<String>,
    /// Of er sindsdien besloten is of het bestand veranderde
    pub verouderd: bool,
    /// SHA-256 van het bestand dat is opgelost
    pub invoer_sha256: String,
    /// Hoeveel besluiten zij kende
    pub beslissingen: i64,
    /// Het voorstel na uitval dat zij is; null is geen
    pub voorstel: Option<Roostervoorstel>,
    /// Versie van het programma
    pub programma: String,
    /// Hoe ver zij is
    #[serde(flatten)]
    pub werk: Werk,
}

impl From<RosterRun> for Roosterberekening {
    fn from(run: RosterRun) -> Self {
        Self {
            werk: Werk::from(&run.job),
            id: run.job.id,
            rooster: run.roster,
            nummer: run.number,
            status: run.job.status.map(|it| it.code().into()),
            verouderd: run.outdated,
            invoer_sha256: run.input,
            beslissingen: run.decisions,
            voorstel: run.proposal.map(|it| Roostervoorstel { aanleiding: it.cause.into(), stand: it.standing.code().into() }),
            programma: run.program,
        }
    }
}

/// Een uitkomst van een rooster (loket-rooster-uitkomst/1)
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Roosteruitkomst {
    /// loket-rooster-uitkomst/1
    pub formaat: String,
    /// Het rooster
    pub rooster: String,
    /// SHA-256 van het bestand dat is opgelost
    pub invoer_sha256: String,
    /// Hoe het afliep
    #[schema(value_type = Uitkomststatus)]
    pub status: String,
    /// De doelen, in de volgorde van het beleid
    pub doelen: Vec<Uitkomstdoel>,
    /// Wie elkaar wanneer ontmoet
    pub blokken: Vec<Roosterblok>,
    /// Wie niet, of niet helemaal, gepland is
    pub ongepland: Vec<Roosterongepland>,
    /// Punten die over het hele rooster gaan
    #[schema(value_type = BTreeMap<String, i64>)]
    pub punten_plan: Map<String, Value>,
    /// Wat vaststaat en niet samengaat; alleen bij onmogelijk
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub conflict: Vec<Roosterconflict>,
    /// Wat opvalt in het bestand
    pub meldingen: Vec<Bestandsmelding>,
    /// Tellingen; welke, staat in docs/scheduling.md
    #[schema(value_type = Object)]
    pub kerncijfers: Map<String, Value>,
    /// Waarmee er gerekend is
    pub techniek: Techniek,
}

/// Eén keer dat mensen elkaar ontmoeten
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Roosterblok {
    /// Het dagdeel; null bij een reeks
    pub dagdeel: Option<String>,
    /// De reeks; null is geen
    pub reeks: Option<String>,
    /// De dagdelen van de reeks
    pub dagdelen: Vec<String>,
    /// De locatie; null is geen
    pub locatie: Option<String>,
    /// Het aanbod; null is geen
    pub aanbod: Option<String>,
    /// De groep van hiervoor waar deze op verdergaat; null is geen
    pub vervolg_van: Option<String>,
    /// Wie begeleidt of in het panel zit
    pub bezetting: Vec<Roosterbezetting>,
    /// Wie er komt; van een tocht in rijvolgorde
    pub leden: Vec<Roosterlid>,
}

/// Iemand die begeleidt
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Roosterbezetting {
    /// In welke rol
    pub rol: String,
    /// Wie
    pub persoon: String,
}

/// Iemand die komt
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Roosterlid {
    /// Wie
    pub id: String,
    /// Hoe laat; null is niet bepaald
    pub tijd: Option<String>,
    /// Dagdelen waarop hij er niet bij kan zijn
    pub afwezig: Vec<String>,
}

/// Iemand die niet, of niet helemaal, gepland is
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Roosterongepland {
    /// Wie
    pub id: String,
    /// Hoeveel er ontbreken
    pub aantal: i64,
    /// Waarom
    pub redenen: Vec<Roosterreden>,
}

/// Waarom iemand niet gepland is
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Roosterreden {
    /// Welke
    pub code: String,
    /// Aantallen erbij, of de rol die ontbreekt
    #[schema(value_type = Object)]
    pub gegevens: Map<String, Value>,
    /// De reden in een zin
    pub tekst: String,
}

/// Iets dat vaststaat en niet kan
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Roosterconflict {
    /// Over wie
    pub id: String,
    /// Wat er vaststaat
    pub vast: Roosterkeuze,
    /// De regels waarop het stuit
    pub regels: Vec<String>,
}

/// Wat er vast of verboden is
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Roosterkeuze {
    /// Op dit dagdeel; null is elk
    pub dagdeel: Option<String>,
    /// Op deze locatie; null is elke
    pub locatie: Option<String>,
    /// In deze reeks; null is elke
    pub reeks: Option<String>,
    /// In dit aanbod; null is elk
    pub aanbod: Option<String>,
    /// Met deze persoon; null is iedereen
    pub persoon: Option<String>,
}

impl From<Named> for Roosterkeuze {
    fn from(it: Named) -> Self {
        Self { dagdeel: it.moment, locatie: it.location, reeks: it.series, aanbod: it.offer, persoon: it.person }
    }
}

fn texts<T: ToString>(all: impl IntoIterator<Item = T>) -> Vec<String> {
    all.into_iter().map(|it| it.to_string()).collect()
}

impl From<OutcomeFile> for Roosteruitkomst {
    fn from(file: OutcomeFile) -> Self {
        Self {
            formaat: FORMAT.into(),
            rooster: file.roster,
            invoer_sha256: file.input_sha256,
            status: file.status.code().into(),
            doelen: file.goals.into_iter().map(Uitkomstdoel::from).collect(),
            blokken: file.blocks.into_iter().map(Roosterblok::from).collect(),
            ongepland: file.unplanned.into_iter().map(Roosterongepland::from).collect(),
            punten_plan: file.plan_points.into_iter().map(|(term, points)| (term, points.into())).collect(),
            conflict: file.conflict.into_iter().map(Roosterconflict::from).collect(),
            meldingen: file.notices.into_iter().map(Bestandsmelding::from).collect(),
            kerncijfers: file.figures,
            techniek: file.technique.into(),
        }
    }
}

impl From<BlockLine> for Roosterblok {
    fn from(line: BlockLine) -> Self {
        Self {
            dagdeel: line.moment.map(|it| it.to_string()),
            reeks: line.series,
            dagdelen: texts(line.moments.unwrap_or_default()),
            locatie: line.location,
            aanbod: line.offer,
            vervolg_van: line.follows,
            bezetting: line.staff.into_iter().map(|(rol, persoon)| Roosterbezetting { rol, persoon }).collect(),
            leden: line.members.into_iter().map(Roosterlid::from).collect(),
        }
    }
}

impl From<MemberLine> for Roosterlid {
    fn from(line: MemberLine) -> Self {
        Self { id: line.id, tijd: line.time, afwezig: texts(line.absent.unwrap_or_default()) }
    }
}

impl From<UnplannedLine> for Roosterongepland {
    fn from(line: UnplannedLine) -> Self {
        Self { id: line.id, aantal: line.missing, redenen: line.reasons.into_iter().map(Roosterreden::from).collect() }
    }
}

impl From<ReasonLine> for Roosterreden {
    fn from(line: ReasonLine) -> Self {
        Self { code: line.code, gegevens: line.data, tekst: line.text }
    }
}

impl From<ConflictLine> for Roosterconflict {
    fn from(line: ConflictLine) -> Self {
        let lock = line.lock;
        let vast = Roosterkeuze {
            dagdeel: lock.moment.map(|it| it.to_string()),
            locatie: lock.location,
            reeks: lock.series,
            aanbod: lock.offer,
            persoon: lock.person,
        };
        Self { id: lock.unit, vast, regels: line.rules }
    }
}

/// Waar iemand is
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Roosterplek {
    /// Wanneer
    pub dagdelen: Vec<String>,
    /// Hoe laat; null is niet bepaald
    pub tijd: Option<String>,
    /// De locatie; null is geen
    pub locatie: Option<String>,
    /// Het aanbod; null is geen
    pub aanbod: Option<String>,
    /// Met wie
    pub personen: Vec<String>,
}

impl From<Spot> for Roosterplek {
    fn from(it: Spot) -> Self {
        Self { dagdelen: texts(it.moments), tijd: it.time, locatie: it.location, aanbod: it.offer, personen: it.staff }
    }
}

/// Wat er voor iemand anders wordt
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Roosterwijziging {
    /// Wie
    pub deelnemer: String,
    /// Wat het was en niet meer is
    pub was: Vec<Roosterplek>,
    /// Wat het wordt en niet was
    pub wordt: Vec<Roosterplek>,
    /// Of het moet: wie uitviel was erbij
    pub moet: bool,
}

impl From<Moved> for Roosterwijziging {
    fn from(it: Moved) -> Self {
        let spots = |all: Vec<Spot>| all.into_iter().map(Roosterplek::from).collect();
        Self { deelnemer: it.unit, was: spots(it.was), wordt: spots(it.now), moet: it.forced }
    }
}

/// Wat er verschilt met het rooster dat geldt
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Roosterverschil {
    /// Per persoon
    pub resultaten: Vec<Roosterwijziging>,
    /// Hoeveel mensen
    pub totaal: usize,
}

/// Een afspraak van iemand
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Afspraak {
    /// Het rooster
    pub rooster: String,
    /// Zijn naam
    pub rooster_naam: String,
    /// Wat voor rooster
    #[schema(value_type = Roostersoort)]
    pub soort: String,
    /// Wanneer, als 2026-09-07-o (ochtend) of 2026-09-07-m (middag)
    pub dagdeel: String,
    /// Hoe laat; null is niet bepaald
    pub tijd: Option<String>,
    /// Waar; null is niet bepaald
    pub locatie: Option<String>,
    /// Welk aanbod; null is geen
    pub aanbod: Option<String>,
    /// Met wie nog meer
    pub met: Vec<String>,
    /// Of de afspraak vervallen is
    pub vervallen: bool,
}

impl From<Appointment> for Afspraak {
    fn from(it: Appointment) -> Self {
        Self {
            rooster: it.roster,
            rooster_naam: it.roster_name,
            soort: it.kind.code().into(),
            dagdeel: it.meeting.moment.to_string(),
            tijd: it.meeting.time,
            locatie: it.location,
            aanbod: it.offer,
            met: it.others,
            vervallen: it.cancelled,
        }
    }
}

/// De afspraken van iemand
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Afspraken {
    /// Op volgorde van tijd
    pub resultaten: Vec<Afspraak>,
    /// Hoeveel dat er zijn
    pub totaal: usize,
}
