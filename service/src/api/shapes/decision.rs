//! A decision about a candidate as it is told, with names beside its ids; and each step in its history.

use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::ToSchema;

use super::names::Names;
use crate::actions::Asked;
use crate::desk::decision::Spot;
use crate::listed::{Afwijsreden, Besluit, Besluitstap, Inzagedeel, OverruleRegel, Reikwijdte};
use crate::records::decision::Decided;
use crate::records::review::{Past, Step};
use crate::serve::app::App;
use crate::store::Error;
use crate::store::clock::written;
use loket_instances::words::reasons::codes;
use loket_solver::matching::facts::words::Word;

/// What decisions are told with: names, what is proposed now, and the day.
#[derive(Clone, Debug)]
pub struct Beside {
    /// Of candidates, coaches and schools.
    pub names: Names,
    accounts: BTreeMap<String, String>,
    proposals: Option<BTreeMap<String, Spot>>,
    today: String,
}

impl Beside {
    /// For whoever asks, of a wave whose plan under review is of this run.
    pub async fn of(app: &App, asked: &Asked, run: Option<&str>) -> Result<Self, Error> {
        let names = Names::seen_by(app, asked).await?;
        let mut reading = app.store.read();
        let proposals = match run {
            Some(run) => reading.proposals(run).await?,
            None => None,
        };
        Ok(Self { names, accounts: reading.account_names().await?, proposals, today: app.store.clock().today().to_string() })
    }

    /// The name of an account.
    pub fn account(&self, id: &str) -> Option<String> {
        self.accounts.get(id).cloned()
    }
}

/// Een plaats met ids; zo mag zij ook gestuurd worden
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Beslotenplaats {
    /// De school
    pub school: String,
    /// De plekkengroep op die school
    pub plek: String,
    /// De coach
    pub coach: String,
}

impl From<Spot> for Beslotenplaats {
    fn from(spot: Spot) -> Self {
        Self { school: spot.school, plek: spot.seat, coach: spot.coach }
    }
}

/// Een besluit over één kandidaat
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Beoordeling {
    /// Over wie
    pub kandidaat: String,
    /// De naam
    pub naam: Option<String>,
    /// Wat er besloten is
    #[schema(value_type = Besluit)]
    pub besluit: &'static str,
    /// Waarover: het voorstel dat er lag, of bij alternatief wat er gekozen is; null bij akkoord met geen plaats
    pub plaatsing: Option<Beslotenplaats>,
    /// De naam van de school
    pub school_naam: Option<String>,
    /// De naam van de coach
    pub coach_naam: Option<String>,
    /// Bij afwijzen: hoe ver het reikt
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Reikwijdte>, nullable = false)]
    pub reikwijdte: Option<&'static str>,
    /// Bij afwijzen: waarom
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Afwijsreden>, nullable = false)]
    pub reden: Option<&'static str>,
    /// Bij afwijzen: de laatste dag waarop het geldt
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = Date, nullable = false)]
    pub tot: Option<String>,
    /// Of die dag voorbij is: een volgende berekening houdt er geen rekening meer mee
    pub verlopen: bool,
    /// Bij alternatief: regels die bewust opzij gezet zijn
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(value_type = Vec<OverruleRegel>)]
    pub ondanks: Vec<&'static str>,
    /// Of er opnieuw naar gekeken moet worden: het akkoord ging over iets anders dan wat er nu voorgesteld wordt
    pub opnieuw: bool,
    /// De berekening waarvan het voorstel getoond werd
    pub berekening: Option<String>,
    /// Wie besloten heeft
    pub door: String,
    /// De naam van dat account
    pub door_naam: Option<String>,
    /// Wanneer (UTC)
    #[schema(format = DateTime)]
    pub op: String,
    /// Waarom het niet meer geldt: de plaatsing bestaat niet meer sinds de lichting opnieuw uit het register gevuld is
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub vervallen: Option<String>,
    /// De versie, ook in de ETag
    pub versie: i64,
}

impl Beoordeling {
    /// A decision, with the names that whoever asks may see.
    pub fn of(it: Decided, beside: &Beside) -> Self {
        let (names, spot, along) = (&beside.names, it.decision.spot().cloned(), it.decision.along());
        let proposal = beside.proposals.as_ref().map(|all| all.get(&it.candidate));
        Self {
            naam: names.candidate(&it.candidate),
            school_naam: spot.as_ref().and_then(|it| names.school(&it.school)),
            coach_naam: spot.as_ref().and_then(|it| names.coach(&it.coach)),
            besluit: it.decision.said().code(),
            plaatsing: spot.map(Beslotenplaats::from),
            reikwijdte: along.scope.map(Word::code),
            reden: along.reason.map(Word::code),
            verlopen: it.decision.expired(&beside.today),
            tot: along.until,
            ondanks: codes(&along.despite),
            opnieuw: proposal.is_some_and(|proposal| it.decision.asks_again(proposal)),
            kandidaat: it.candidate,
            berekening: it.run,
            door_naam: beside.account(&it.who),
            door: it.who,
            op: written(it.at),
            vervallen: it.lapsed,
            versie: it.version,
        }
    }
}

/// Wat iemand zag voordat hij besloot
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Getoond {
    /// Het voorstel; null als er geen was
    pub voorstel: Option<Beslotenplaats>,
    /// Wat ervan geopend werd; leeg als dat niet gemeld is
    #[schema(value_type = Vec<Inzagedeel>)]
    pub geopend: Vec<&'static str>,
}

/// Eén stap in de geschiedenis van het besluit over een kandidaat
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Beoordelingstap {
    /// Het nummer, per lichting oplopend
    pub nummer: i64,
    /// Over wie
    pub kandidaat: String,
    /// De naam
    pub naam: Option<String>,
    /// Wat er gedaan is: besloten, ingetrokken, ongedaan gemaakt of vervallen
    #[schema(value_type = Besluitstap)]
    pub stap: &'static str,
    /// Het besluit dat daarna geldt; null als er dan geen geldt
    pub besluit: Option<Beoordeling>,
    /// Wat er getoond was
    pub getoond: Getoond,
    /// Hoeveel seconden er gekeken is; null als dat niet bekend is
    pub seconden: Option<i64>,
    /// Bij een besluit: of het plan doet wat er besloten is; anders null
    pub gevolgd: Option<bool>,
    /// De groep waarvan dit besluit deel is; anders null
    pub groep: Option<String>,
    /// Het nummer van de stap waarvan het besluit hiervoor gold; null als er geen gold
    pub eerder: Option<i64>,
    /// Bij ongedaan: welk nummer er teruggenomen is; anders null
    pub terug: Option<i64>,
    /// Wie het deed
    pub door: String,
    /// De naam van dat account
    pub door_naam: Option<String>,
    /// In welke rol
    pub rol: &'static str,
    /// Wanneer (UTC)
    #[schema(format = DateTime)]
    pub op: String,
}

impl Beoordelingstap {
    /// A step, with the names that whoever asks may see.
    pub fn of(it: Past, beside: &Beside) -> Self {
        let getoond = Getoond {
            voorstel: it.shown.proposal.map(Beslotenplaats::from),
            geopend: it.shown.parts.iter().map(|part| part.code()).collect(),
        };
        Self {
            nummer: it.number,
            naam: beside.names.candidate(&it.candidate),
            kandidaat: it.candidate,
            stap: it.step.code(),
            gevolgd: it.stands.as_ref().filter(|_| it.step == Step::Decided).map(|it| it.kept),
            besluit: it.stands.map(|it| Beoordeling::of(it, beside)),
            getoond,
            seconden: it.seconds,
            groep: it.group,
            eerder: it.before,
            terug: it.undoes,
            door_naam: beside.account(&it.who),
            door: it.who,
            rol: it.role.code(),
            op: written(it.at),
        }
    }
}
