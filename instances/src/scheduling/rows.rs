//! A roster file as typed rows. `None` is a key that the file does not have: its default holds.

use loket_solver::common::words::{Bouw, HalfDay, Status, Transport};
use loket_solver::scheduling::facts::calendar::{Day, Moment};
use loket_solver::scheduling::facts::codes::{Kind, TermCode};

/// A whole roster file (`loket-rooster/1`).
#[derive(Clone, Debug, PartialEq)]
pub struct RosterFile {
    /// `id`.
    pub id: String,
    /// `naam`.
    pub name: Option<String>,
    /// `soort`.
    pub kind: Kind,
    /// `kalender`.
    pub calendar: CalendarRow,
    /// `beleid`.
    pub policy: Option<PolicyRow>,
    /// `besturen`.
    pub boards: Option<Vec<BoardRow>>,
    /// `scholen`.
    pub schools: Option<Vec<SchoolRow>>,
    /// `locaties`.
    pub locations: Option<Vec<LocationRow>>,
    /// `personen`.
    pub people: Vec<PersonRow>,
    /// `deelnemers`.
    pub participants: Option<Vec<ParticipantRow>>,
    /// `reeksen`.
    pub series: Option<Vec<SeriesRow>>,
    /// `plaatsingen`.
    pub placements: Option<Vec<PlacementRow>>,
    /// `aanbod`.
    pub offers: Option<Vec<OfferRow>>,
    /// `reistijden`.
    pub travel: Option<Vec<TravelRow>>,
    /// `vast`.
    pub locks: Option<Vec<ClaimRow>>,
    /// `verboden`.
    pub bans: Option<Vec<ClaimRow>>,
    /// `vorig`.
    pub previous: Option<Vec<PreviousRow>>,
    /// `toelichting`.
    pub note: Option<String>,
}

impl RosterFile {
    /// A file of these people within a calendar, with nobody to plan yet.
    pub fn new(id: impl Into<String>, kind: Kind, calendar: CalendarRow, people: Vec<PersonRow>) -> Self {
        Self {
            id: id.into(),
            name: None,
            kind,
            calendar,
            policy: None,
            boards: None,
            schools: None,
            locations: None,
            people,
            participants: None,
            series: None,
            placements: None,
            offers: None,
            travel: None,
            locks: None,
            bans: None,
            previous: None,
            note: None,
        }
    }
}

/// `kalender`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarRow {
    /// `van`.
    pub from: Day,
    /// `tot`.
    pub to: Day,
    /// `gesloten`.
    pub closed: Option<Vec<StretchRow>>,
    /// `toelichting`.
    pub note: Option<String>,
}

/// A row of `gesloten` or `afwezig`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StretchRow {
    /// `van`.
    pub from: Day,
    /// `tot`; absent is `van`.
    pub to: Option<Day>,
    /// `dagdeel`, of `afwezig`: whether it is the afternoons.
    pub afternoon: Option<bool>,
    /// `naam`, of `gesloten`.
    pub name: Option<String>,
    /// `toelichting`.
    pub note: Option<String>,
}

/// `beleid`: the keys of the four problems together; a file has those of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PolicyRow {
    /// `doelen`.
    pub goals: Option<Vec<GoalRow>>,
    /// `vasthouden`.
    pub keep_weights: Option<Vec<(Status, i64)>>,
    /// `max_wijzigingen`.
    pub max_changes: Option<u32>,
    /// `seed`.
    pub seed: Option<u64>,
    /// `panel`, in the order of the file.
    pub panel: Option<Vec<(String, u32)>>,
    /// `tijden`.
    pub times: Option<Vec<String>>,
    /// `reeks`.
    pub rhythm: Option<RhythmRow>,
    /// `eigen_school`.
    pub own_school: Option<bool>,
    /// `leervraag_punten`.
    pub question_points: Option<Vec<i64>>,
    /// Every other key: a number by its name, in the order of the format.
    pub numbers: Vec<(&'static str, u32)>,
    /// `toelichting`.
    pub note: Option<String>,
}

impl PolicyRow {
    /// A number by its key.
    pub fn number(&self, key: &str) -> Option<u32> {
        self.numbers.iter().find(|(known, _)| *known == key).map(|(_, number)| *number)
    }
}

/// A row of `doelen`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GoalRow {
    /// `naam`.
    pub name: String,
    /// `punten`.
    pub weights: Vec<(TermCode, i64)>,
    /// `tolerantie_procent`.
    pub tolerance_percent: Option<u32>,
    /// `toelichting`.
    pub note: Option<String>,
}

/// `reeks` of the policy: series that are made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RhythmRow {
    /// `aantal`.
    pub meetings: u32,
    /// `ritme`.
    pub rhythm: u32,
    /// `dagdelen`.
    pub half_days: Vec<HalfDay>,
    /// `toelichting`.
    pub note: Option<String>,
}

/// A row of `besturen`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BoardRow {
    /// `id`.
    pub id: String,
    /// `naam`.
    pub name: Option<String>,
    /// `aandeel`.
    pub share: Option<u32>,
    /// `toelichting`.
    pub note: Option<String>,
}

/// A row of `scholen`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SchoolRow {
    /// `id`.
    pub id: String,
    /// `naam`.
    pub name: Option<String>,
    /// `bestuur`.
    pub board: Option<String>,
    /// `lat`.
    pub lat: Option<f64>,
    /// `lon`.
    pub lon: Option<f64>,
    /// `afwezig`.
    pub absent: Option<Vec<StretchRow>>,
    /// `toelichting`.
    pub note: Option<String>,
}

/// A row of `locaties`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LocationRow {
    /// `id`.
    pub id: String,
    /// `naam`.
    pub name: Option<String>,
    /// `zalen`.
    pub rooms: Option<u32>,
    /// `dagdelen`.
    pub half_days: Option<Vec<HalfDay>>,
    /// `afwezig`.
    pub absent: Option<Vec<StretchRow>>,
    /// `lat`.
    pub lat: Option<f64>,
    /// `lon`.
    pub lon: Option<f64>,
    /// `toelichting`.
    pub note: Option<String>,
}

/// A row of `personen`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PersonRow {
    /// `id`.
    pub id: String,
    /// `naam`.
    pub name: Option<String>,
    /// `rollen`.
    pub roles: Vec<String>,
    /// `soort`: whether external.
    pub external: Option<bool>,
    /// `bestuur`.
    pub board: Option<String>,
    /// `school`.
    pub school: Option<String>,
    /// `dagdelen`.
    pub half_days: Option<Vec<HalfDay>>,
    /// `afwezig`.
    pub absent: Option<Vec<StretchRow>>,
    /// `locaties`.
    pub locations: Option<Vec<String>>,
    /// `niet_met`.
    pub not_with: Option<Vec<String>>,
    /// `per_dagdeel`.
    pub per_half_day: Option<u32>,
    /// `per_dag`.
    pub per_day: Option<u32>,
    /// `per_week`.
    pub per_week: Option<u32>,
    /// `maximum`.
    pub maximum: Option<u32>,
    /// `lopend`.
    pub running: Option<u32>,
    /// `uren`.
    pub hours: Option<u32>,
    /// `tarief_cent`.
    pub rate_cents: Option<u32>,
    /// `ruimte`.
    pub room: Option<u32>,
    /// `kenmerken`.
    pub tags: Option<Vec<String>>,
    /// `lat`.
    pub lat: Option<f64>,
    /// `lon`.
    pub lon: Option<f64>,
    /// `vervoer`.
    pub transport: Option<Transport>,
    /// `toelichting`.
    pub note: Option<String>,
}

/// A row of `deelnemers`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ParticipantRow {
    /// `id`.
    pub id: String,
    /// `naam`.
    pub name: Option<String>,
    /// `school`.
    pub school: Option<String>,
    /// `bestuur`.
    pub board: Option<String>,
    /// `bouw`.
    pub bouw: Option<Bouw>,
    /// `koppel`.
    pub pair: Option<String>,
    /// `functie`.
    pub function: Option<String>,
    /// `dagdelen`.
    pub half_days: Option<Vec<HalfDay>>,
    /// `afwezig`.
    pub absent: Option<Vec<StretchRow>>,
    /// `aangemeld`.
    pub registered: Option<Day>,
    /// `vanaf`.
    pub from: Option<Day>,
    /// `uiterlijk`.
    pub until: Option<Day>,
    /// `voorkeur`.
    pub preference: Option<Vec<HalfDay>>,
    /// `locaties`.
    pub locations: Option<Vec<String>>,
    /// `niet_met`.
    pub not_with: Option<Vec<String>>,
    /// `wachtrondes`.
    pub waited: Option<u32>,
    /// `coach_wensen`.
    pub coach_wishes: Option<Vec<String>>,
    /// `coach_eisen`.
    pub coach_needs: Option<Vec<String>>,
    /// `leervragen`.
    pub questions: Option<Vec<String>>,
    /// `max_reistijd`.
    pub max_travel: Option<u32>,
    /// `lat`.
    pub lat: Option<f64>,
    /// `lon`.
    pub lon: Option<f64>,
    /// `vervoer`.
    pub transport: Option<Transport>,
    /// `toelichting`.
    pub note: Option<String>,
}

/// A row of `reeksen`, of the file or of an offer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeriesRow {
    /// `id`.
    pub id: String,
    /// `dagdelen`.
    pub moments: Vec<Moment>,
    /// `toelichting`.
    pub note: Option<String>,
}

/// A row of `plaatsingen`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlacementRow {
    /// `id`.
    pub id: String,
    /// `school`.
    pub school: String,
    /// `coach`.
    pub coach: String,
    /// `bezoeken`.
    pub visits: Option<u32>,
    /// `uren`.
    pub hours: Option<u32>,
    /// `duur`.
    pub minutes: Option<u32>,
    /// `dagdelen`.
    pub half_days: Option<Vec<HalfDay>>,
    /// `afwezig`.
    pub absent: Option<Vec<StretchRow>>,
    /// `van`.
    pub from: Option<Day>,
    /// `tot`.
    pub until: Option<Day>,
    /// `voorkeur`.
    pub preference: Option<Vec<HalfDay>>,
    /// `landing`.
    pub landing: Option<bool>,
    /// `toelichting`.
    pub note: Option<String>,
}

/// A row of `aanbod`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfferRow {
    /// `id`.
    pub id: String,
    /// `naam`.
    pub name: Option<String>,
    /// `themas`.
    pub themes: Vec<String>,
    /// `functies`.
    pub functions: Option<Vec<String>>,
    /// `scholen`.
    pub schools: Option<Vec<String>>,
    /// `rollen`.
    pub needs: Option<Vec<NeedRow>>,
    /// `reeksen`.
    pub series: Vec<SeriesRow>,
    /// `locatie`.
    pub location: Option<String>,
    /// `eisen`.
    pub tags: Option<Vec<String>>,
    /// Every number by its key, in the order of the format.
    pub numbers: Vec<(&'static str, i64)>,
    /// `toelichting`.
    pub note: Option<String>,
}

impl OfferRow {
    /// A number by its key.
    pub fn number(&self, key: &str) -> Option<i64> {
        self.numbers.iter().find(|(known, _)| *known == key).map(|(_, number)| *number)
    }
}

/// A row of an offer's `rollen`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NeedRow {
    /// `functie`.
    pub function: String,
    /// `min`.
    pub least: Option<u32>,
    /// `max`.
    pub most: Option<u32>,
    /// `per`: whether of each school.
    pub per_school: Option<bool>,
    /// `toelichting`.
    pub note: Option<String>,
}

/// A row of `reistijden`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TravelRow {
    /// `van`.
    pub from: String,
    /// `naar`.
    pub to: String,
    /// `minuten`.
    pub minutes: u32,
    /// `toelichting`.
    pub note: Option<String>,
}

/// A row of `vast` or `verboden`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClaimRow {
    /// `deelnemer`, of visits `plaatsing`.
    pub unit: String,
    /// `dagdeel`.
    pub moment: Option<Moment>,
    /// `locatie`.
    pub location: Option<String>,
    /// `reeks`.
    pub series: Option<String>,
    /// `aanbod`.
    pub offer: Option<String>,
    /// `persoon`.
    pub person: Option<String>,
    /// `reden`, of `verboden`.
    pub reason: Option<String>,
    /// `toelichting`.
    pub note: Option<String>,
}

/// A row of `vorig`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PreviousRow {
    /// `deelnemer`, of visits `plaatsing`.
    pub unit: String,
    /// `dagdeel`.
    pub moment: Option<Moment>,
    /// `locatie`.
    pub location: Option<String>,
    /// `personen`.
    pub people: Option<Vec<String>>,
    /// `groep`.
    pub group: Option<String>,
    /// `reeks`.
    pub series: Option<String>,
    /// `aanbod`.
    pub offer: Option<String>,
    /// `persoon`.
    pub person: Option<String>,
    /// `status`.
    pub status: Status,
    /// `toelichting`.
    pub note: Option<String>,
}
