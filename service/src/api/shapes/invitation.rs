//! Invitations to a roster as answers: who was asked what, and what was said.

use loket_solver::matching::facts::words::Word;
use serde::Serialize;
use utoipa::ToSchema;

use super::roster::Afspraak;
use crate::actions::rosters::guides::Kept;
use crate::actions::rosters::invited::asking::Sent;
use crate::actions::rosters::invited::{Listed, Met, Shown};
use crate::listed::{Dagdeel, Daghelft, Roostersoort, Roosterzegwijze};
use crate::records::invitation::{Availability, Away, Invitation, Reply};
use crate::store::clock::written;

/// Wanneer iemand niet kan
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Afwezig {
    /// De eerste dag
    #[schema(format = Date)]
    pub van: String,
    /// De laatste dag
    #[schema(format = Date)]
    pub tot: String,
    /// Alleen de ochtenden (o) of middagen (m); null is hele dagen
    #[schema(value_type = Option<Daghelft>)]
    pub dagdeel: Option<&'static str>,
}

impl From<Away> for Afwezig {
    fn from(it: Away) -> Self {
        Self { van: it.from, tot: it.until, dagdeel: it.half.map(Word::code) }
    }
}

/// Wanneer iemand kan
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Beschikbaar {
    /// De dagdelen van de week; null is die van het rooster
    #[schema(value_type = Option<Vec<Dagdeel>>)]
    pub dagdelen: Option<Vec<String>>,
    /// En dan niet
    pub afwezig: Vec<Afwezig>,
}

impl From<Availability> for Beschikbaar {
    fn from(it: Availability) -> Self {
        Self { dagdelen: it.half_days, afwezig: it.away.into_iter().map(Afwezig::from).collect() }
    }
}

/// Of iemand naar een afspraak komt, zoals zij was toen dat gezegd werd
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Afspraakantwoord {
    /// Wanneer, als 2026-09-07-o (ochtend) of 2026-09-07-m (middag)
    pub dagdeel: String,
    /// Hoe laat; null is niet bepaald
    pub tijd: Option<String>,
    /// Het id van de locatie; null is niet bepaald
    pub locatie: Option<String>,
    /// Of diegene komt
    pub komt: bool,
}

impl From<Reply> for Afspraakantwoord {
    fn from(it: Reply) -> Self {
        Self { dagdeel: it.moment, tijd: it.time, locatie: it.location, komt: it.comes }
    }
}

/// Iemand in een rooster: wat er gevraagd is, en wat diegene zei
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Roosteruitnodiging {
    /// Wie, met het id in het rooster
    pub persoon: String,
    /// De naam; null is niet bekend
    pub naam: Option<String>,
    /// Of diegene begeleidt of in een panel zit; anders wordt diegene gepland
    pub begeleidt: bool,
    /// De laatste dag om te antwoorden; null is niet gevraagd
    #[schema(format = Date)]
    pub voor: Option<String>,
    /// Wanneer het gevraagd is (UTC); null is niet
    #[schema(format = DateTime)]
    pub gevraagd_op: Option<String>,
    /// Hoe vaak diegene herinnerd is
    pub herinneringen: i64,
    /// Wanneer diegene kan; null is niet gezegd
    pub beschikbaar: Option<Beschikbaar>,
    /// Naar welke afspraken diegene komt
    pub afspraken: Vec<Afspraakantwoord>,
    /// In eigen woorden
    pub toelichting: Option<String>,
    /// Hoe het gezegd is; null is niet gezegd
    #[schema(value_type = Option<Roosterzegwijze>)]
    pub hoe: Option<&'static str>,
    /// Wanneer het gezegd is (UTC)
    #[schema(format = DateTime)]
    pub gezegd_op: Option<String>,
    /// De versie, ook in de ETag; 0 als er nog niets gevraagd of gezegd is
    pub versie: i64,
}

impl Roosteruitnodiging {
    fn of(it: Invitation, name: Option<String>, leads: bool) -> Self {
        Self {
            persoon: it.person,
            naam: name,
            begeleidt: leads,
            voor: it.asked.as_ref().map(|it| it.by.clone()),
            gevraagd_op: it.asked.as_ref().map(|it| written(it.at)),
            herinneringen: it.reminders,
            beschikbaar: it.availability.map(Beschikbaar::from),
            afspraken: it.replies.into_iter().map(Afspraakantwoord::from).collect(),
            toelichting: it.note,
            hoe: it.told.as_ref().map(|it| it.way.code()),
            gezegd_op: it.told.as_ref().map(|it| written(it.at)),
            versie: it.version,
        }
    }
}

/// Iemand in een rooster, en of een bericht diegene bereikt
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Roostergenodigde {
    /// Of er nu een e-mailadres bekend is; zonder adres krijgt diegene geen bericht
    pub bereikbaar: bool,
    /// Wat er gevraagd is, en wat diegene zei
    #[serde(flatten)]
    pub gezegd: Roosteruitnodiging,
}

impl From<Listed> for Roostergenodigde {
    fn from(it: Listed) -> Self {
        Self { bereikbaar: it.reached, gezegd: Roosteruitnodiging::of(it.invitation, it.name, it.leads) }
    }
}

/// Iedereen in een rooster
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Roosteruitnodigingen {
    /// Wie begeleidt eerst, dan op naam
    pub resultaten: Vec<Roostergenodigde>,
    /// Hoeveel dat er zijn
    pub totaal: usize,
}

/// Wie er gevraagd en herinnerd is
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Roosteruitgenodigd {
    /// Hoeveel mensen voor het eerst gevraagd zijn
    pub gevraagd: usize,
    /// Hoeveel mensen herinnerd zijn
    pub herinnerd: usize,
    /// Wie er in geen register staat en geen account heeft: geef hun zelf een koppeling
    pub onbereikt: Vec<String>,
    /// De laatste dag om te antwoorden
    #[schema(format = Date)]
    pub voor: String,
}

impl From<Sent> for Roosteruitgenodigd {
    fn from(it: Sent) -> Self {
        Self { gevraagd: it.asked, herinnerd: it.reminded, onbereikt: it.unreached, voor: it.by }
    }
}

/// Een eigen afspraak, en of u komt
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Eigenafspraak {
    /// De afspraak
    #[serde(flatten)]
    pub afspraak: Afspraak,
    /// Of u komt; null is nog niet gezegd
    pub komt: Option<bool>,
}

impl From<Met> for Eigenafspraak {
    fn from(it: Met) -> Self {
        Self { afspraak: it.meeting.into(), komt: it.comes }
    }
}

/// Wat een rooster van u wil weten, en wat u zei
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Eigenuitnodiging {
    /// Het rooster
    pub rooster: String,
    /// Zijn naam
    pub rooster_naam: String,
    /// Wat er gepland wordt
    #[schema(value_type = Roostersoort)]
    pub soort: &'static str,
    /// De eerste dag
    #[schema(format = Date)]
    pub van: String,
    /// De laatste dag
    #[schema(format = Date)]
    pub tot: String,
    /// De dagdelen van de week die het rooster van u kent; null is alle
    #[schema(value_type = Option<Vec<Dagdeel>>)]
    pub dagdelen: Option<Vec<&'static str>>,
    /// De afspraken die nog komen
    pub komende: Vec<Eigenafspraak>,
    /// Wat er gevraagd is, en wat u zei
    #[serde(flatten)]
    pub gezegd: Roosteruitnodiging,
}

impl From<Shown> for Eigenuitnodiging {
    fn from(it: Shown) -> Self {
        Self {
            rooster: it.roster.id,
            rooster_naam: it.roster.name,
            soort: it.roster.kind.code(),
            van: it.roster.from,
            tot: it.roster.until,
            dagdelen: it.usual.map(|all| all.iter().map(|it| it.code()).collect()),
            komende: it.meetings.into_iter().map(Eigenafspraak::from).collect(),
            gezegd: Roosteruitnodiging::of(it.invitation, it.name, it.leads),
        }
    }
}

/// Wat roosters van u willen weten
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Eigenuitnodigingen {
    /// Het eerste rooster eerst
    pub resultaten: Vec<Eigenuitnodiging>,
    /// Hoeveel dat er zijn
    pub totaal: usize,
}

/// Een persoonlijke koppeling, die één keer getoond wordt
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Roosterkoppeling {
    /// Het geheim, voor in het bericht aan deze persoon
    pub koppeling: String,
    /// Tot wanneer zij geldt (UTC)
    #[schema(format = DateTime)]
    pub tot: String,
}

/// Bij wie de coach van het intakegesprek in het register staat
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Roostercoaches {
    /// Wie er nu de coach van het gesprek heeft
    pub overgenomen: Vec<String>,
    /// Wie er al een coach had, en die houdt
    pub behouden: Vec<String>,
    /// Wie niet in het register staat, of van wie de coach er niet in staat
    pub onbekend: Vec<String>,
}

impl From<Kept> for Roostercoaches {
    fn from(it: Kept) -> Self {
        Self { overgenomen: it.kept, behouden: it.had, onbekend: it.unknown }
    }
}
