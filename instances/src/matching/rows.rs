//! The rows of a wave file as they are written: typed, and what is absent stays absent. Defaults come in when a wave is built of them.

use loket_solver::matching::facts::codes::{RuleCode, TermCode};
use loket_solver::matching::facts::words::{Bouw, CoachKind, HalfDay, PairKind, Phase, Quality, SchoolKind, Status, Transport, Word};

/// The rows of a wave file as they are written.
#[derive(Clone, Debug, PartialEq)]
pub struct WaveFile {
    /// `id`.
    pub id: String,
    /// `naam`.
    pub name: Option<String>,
    /// `fase`.
    pub phase: Phase,
    /// `beleid`.
    pub policy: Option<PolicyRow>,
    /// `besturen`.
    pub boards: Vec<BoardRow>,
    /// `scholen`.
    pub schools: Vec<SchoolRow>,
    /// `coaches`.
    pub coaches: Vec<CoachRow>,
    /// `kandidaten`.
    pub candidates: Vec<CandidateRow>,
    /// `reistijden`.
    pub travel: Option<Vec<TravelRow>>,
    /// `vast`.
    pub locks: Option<Vec<LockRow>>,
    /// `verboden`.
    pub bans: Option<Vec<BanRow>>,
    /// `vorig_plan`.
    pub previous: Option<Vec<PreviousRow>>,
    /// `paren`.
    pub pairs: Option<Vec<PairRow>>,
    /// `toelichting`.
    pub note: Option<String>,
}

/// A row of `besturen`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BoardRow {
    /// `id`.
    pub id: String,
    /// `naam`.
    pub name: Option<String>,
    /// `noodplan`: whether the board signed it.
    pub noodplan: Option<bool>,
    /// `maximum` number of placements.
    pub maximum: Option<u32>,
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
    /// `bestuur`: its board's id.
    pub board: String,
    /// `soort`.
    pub kind: Option<SchoolKind>,
    /// `lat`, degrees.
    pub lat: Option<f64>,
    /// `lon`, degrees.
    pub lon: Option<f64>,
    /// `doelgroep`, percentage of its pupils.
    pub target_group: Option<u32>,
    /// `tekort`, percentage of its teachers.
    pub shortage: Option<u32>,
    /// `concept`.
    pub concept: Option<String>,
    /// `denominatie`.
    pub denomination: Option<String>,
    /// `kwaliteit`.
    pub quality: Option<Quality>,
    /// `maximum` number of placements.
    pub maximum: Option<u32>,
    /// `teamgrootte`, people.
    pub team_size: Option<u32>,
    /// `starters` in the team.
    pub starters: Option<u32>,
    /// `plekken`.
    pub seats: Vec<SeatRow>,
    /// `toelichting`.
    pub note: Option<String>,
}

/// A row of a school's `plekken`: a seat group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeatRow {
    /// `id`; see [`SeatRow::id`].
    pub own_id: Option<String>,
    /// `bouw`.
    pub bouw: Bouw,
    /// `aantal` of seats.
    pub count: u32,
    /// `dagdelen` that the duo colleague is there.
    pub half_days: Option<Vec<HalfDay>>,
    /// `delen`: whether candidates share one duo colleague, each on half-days of their own.
    pub shared: Option<bool>,
    /// `toelichting`.
    pub note: Option<String>,
}

impl SeatRow {
    /// What it is known by: its own id, else its bouw.
    pub fn id(&self) -> &str {
        self.own_id.as_deref().unwrap_or_else(|| self.bouw.code())
    }
}

/// A row of `coaches`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CoachRow {
    /// `id`.
    pub id: String,
    /// `naam`.
    pub name: Option<String>,
    /// `soort`.
    pub kind: Option<CoachKind>,
    /// `bestuur`.
    pub board: Option<String>,
    /// `lat`, degrees.
    pub lat: Option<f64>,
    /// `lon`, degrees.
    pub lon: Option<f64>,
    /// `vervoer`.
    pub transport: Option<Transport>,
    /// `max_reistijd`, minutes.
    pub max_travel: Option<u32>,
    /// `maximum` number of candidates.
    pub maximum: u32,
    /// `uren`.
    pub hours: u32,
    /// `uren_vervolg`.
    pub next_hours: Option<u32>,
    /// `lopend`: candidates of earlier waves.
    pub running: Option<u32>,
    /// `tarief_cent` per hour.
    pub rate_cents: Option<u32>,
    /// `bouwen`.
    pub bouwen: Option<Vec<Bouw>>,
    /// `soorten` of schools.
    pub kinds: Option<Vec<SchoolKind>>,
    /// `kenmerken`.
    pub tags: Option<Vec<String>>,
    /// `eigen_school`.
    pub own_school: Option<String>,
    /// `uitgesloten_scholen`.
    pub excluded_schools: Option<Vec<String>>,
    /// `toelichting`.
    pub note: Option<String>,
}

/// A row of `kandidaten`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CandidateRow {
    /// `id`.
    pub id: String,
    /// `naam`.
    pub name: Option<String>,
    /// `lat`, degrees.
    pub lat: Option<f64>,
    /// `lon`, degrees.
    pub lon: Option<f64>,
    /// `vervoer`.
    pub transport: Option<Transport>,
    /// `max_reistijd`, minutes.
    pub max_travel: Option<u32>,
    /// `fase`, when it is not the wave's.
    pub phase: Option<Phase>,
    /// `uren` of coaching.
    pub hours: Option<u32>,
    /// `bouwen`, the first choice first.
    pub bouwen: Vec<Bouw>,
    /// `soorten` of schools.
    pub kinds: Option<Vec<SchoolKind>>,
    /// `besturen`.
    pub boards: Option<Vec<String>>,
    /// `concepten`.
    pub concepts: Option<Vec<String>>,
    /// `dagdelen` that the candidate is there.
    pub half_days: Option<Vec<HalfDay>>,
    /// `wachtrondes`.
    pub waited: Option<u32>,
    /// `coach_wensen`.
    pub coach_wishes: Option<Vec<String>>,
    /// `coach_eisen`.
    pub coach_needs: Option<Vec<String>>,
    /// `huidige_coach`.
    pub current_coach: Option<String>,
    /// `huidige_school`.
    pub current_school: Option<String>,
    /// `uitgesloten`.
    pub excluded: Option<ExcludedRow>,
    /// `toelichting`.
    pub note: Option<String>,
}

/// A candidate's `uitgesloten`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExcludedRow {
    /// `scholen`.
    pub schools: Option<Vec<String>>,
    /// `besturen`.
    pub boards: Option<Vec<String>>,
    /// `denominaties`.
    pub denominations: Option<Vec<String>>,
    /// `coaches`.
    pub coaches: Option<Vec<String>>,
    /// `toelichting`.
    pub note: Option<String>,
}

/// A row of `reistijden`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TravelRow {
    /// `van`: a candidate or a coach.
    pub from: String,
    /// `naar`: a school.
    pub to: String,
    /// `minuten`.
    pub minutes: u32,
    /// `toelichting`.
    pub note: Option<String>,
}

/// A row of `vast`: what is locked for a candidate.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LockRow {
    /// `kandidaat`.
    pub candidate: String,
    /// `school`.
    pub school: Option<String>,
    /// `plek`.
    pub seat: Option<String>,
    /// `bouw`.
    pub bouw: Option<Bouw>,
    /// `coach`.
    pub coach: Option<String>,
    /// `ondanks`: codes of the rules that it overrules.
    pub despite: Option<Vec<RuleCode>>,
    /// `toelichting`.
    pub note: Option<String>,
}

/// A row of `verboden`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BanRow {
    /// `kandidaat`.
    pub candidate: String,
    /// `school`.
    pub school: Option<String>,
    /// `plek`.
    pub seat: Option<String>,
    /// `bouw`.
    pub bouw: Option<Bouw>,
    /// `bestuur`.
    pub board: Option<String>,
    /// `coach`.
    pub coach: Option<String>,
    /// `reden`.
    pub reason: String,
    /// `toelichting`.
    pub note: Option<String>,
}

/// A row of `vorig_plan`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PreviousRow {
    /// `kandidaat`.
    pub candidate: String,
    /// `school`; there with `plek` or not at all.
    pub school: Option<String>,
    /// `plek`.
    pub seat: Option<String>,
    /// `coach`.
    pub coach: Option<String>,
    /// `status`.
    pub status: Status,
    /// `toelichting`.
    pub note: Option<String>,
}

/// A row of `paren`: what is asked of two candidates together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PairRow {
    /// `kandidaten`: two.
    pub people: Vec<String>,
    /// `soort`.
    pub kind: PairKind,
    /// `reden`.
    pub reason: String,
    /// `toelichting`.
    pub note: Option<String>,
}

/// `beleid`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PolicyRow {
    /// `doelen`.
    pub goals: Option<Vec<GoalRow>>,
    /// `bouw_punten`.
    pub bouw_points: Option<Vec<i64>>,
    /// `uren` by phase.
    pub hours: Option<Vec<(Phase, u32)>>,
    /// `extra_begeleiding`.
    pub extra: Option<ExtraRow>,
    /// `alleen_noodplan`.
    pub noodplan_only: Option<bool>,
    /// `dagdelen_samen`.
    pub shared_half_days: Option<u32>,
    /// `max_starters_procent`.
    pub max_starters_percent: Option<u32>,
    /// `max_extern_procent`.
    pub max_external_percent: Option<u32>,
    /// `max_kosten_cent`.
    pub max_cost_cents: Option<i64>,
    /// `vasthouden`: weights by status.
    pub keep_weights: Option<Vec<(Status, i64)>>,
    /// `max_wijzigingen`.
    pub max_changes: Option<u32>,
    /// `bewaren`: prices of what is worth saving for later.
    pub saving: Option<SavingRow>,
    /// `seed`.
    pub seed: Option<u64>,
    /// `toelichting`.
    pub note: Option<String>,
}

/// A row of a policy's `doelen`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GoalRow {
    /// `naam`.
    pub name: String,
    /// `punten`: weights by term, in the order given.
    pub weights: Vec<(TermCode, i64)>,
    /// `tolerantie_procent`.
    pub tolerance_percent: Option<u32>,
    /// `toelichting`.
    pub note: Option<String>,
}

/// A policy's `extra_begeleiding`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExtraRow {
    /// `vanaf`: a percentage of target-group pupils.
    pub from: Option<u32>,
    /// `uren`.
    pub hours: Option<u32>,
    /// `toelichting`.
    pub note: Option<String>,
}

/// A policy's `bewaren`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SavingRow {
    /// `plekken`.
    pub seats: Option<Vec<SeatPriceRow>>,
    /// `coaches`.
    pub coaches: Option<Vec<CoachPriceRow>>,
    /// `toelichting`.
    pub note: Option<String>,
}

/// A row of the `plekken` of `bewaren`: the price of a placement.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SeatPriceRow {
    /// `school`.
    pub school: String,
    /// `plek`.
    pub seat: String,
    /// `prijs`.
    pub price: u32,
    /// `toelichting`.
    pub note: Option<String>,
}

/// A row of the `coaches` of `bewaren`: the price of an hour.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CoachPriceRow {
    /// `coach`.
    pub coach: String,
    /// `prijs`.
    pub price: u32,
    /// `toelichting`.
    pub note: Option<String>,
}
