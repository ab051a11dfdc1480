//! Every hard rule, one file each, in one literal list for each of the four problems, in the order of docs/scheduling.md.
//!
//! A rule looks only at roster and plan; it knows no model.

pub mod aantal;
pub mod beschikbaar;
pub mod bezetting;
pub mod bezoek_week;
pub mod coach_beschikbaar;
pub mod dekking;
pub mod dubbel;
pub mod een_keer;
pub mod eigen_school;
pub mod eis;
pub mod functie;
pub mod groepen;
pub mod kalender;
pub mod leervraag;
pub mod locatie;
pub mod maximum;
pub mod niet_met;
pub mod niet_met_leden;
pub mod omvang;
pub mod per_dag;
pub mod per_week;
pub mod plaats_dag;
pub mod reistijd;
pub mod rol;
pub mod rol_aantal;
pub mod route;
pub mod route_bezoek;
pub mod school;
pub mod school_groep;
pub mod staf_beschikbaar;
pub mod staf_locatie;
pub mod uren;
pub mod vast;
pub mod venster;
pub mod verboden;
pub mod wijzigingen;
pub mod zaal;

use crate::scheduling::facts::codes;
use crate::scheduling::facts::ids::UnitId;
use crate::scheduling::facts::plan::{Block, Place, Plan, Seat, When};
use crate::scheduling::facts::roster::Roster;

pub use crate::scheduling::facts::codes::RuleCode;

/// A rule under one code.
pub struct Rule {
    /// Which rule.
    pub code: RuleCode,
    /// One Dutch sentence for people: what holds.
    pub says: &'static str,
    /// What it looks at.
    pub kind: Kind,
}

/// What a rule looks at.
pub enum Kind {
    /// A place alone, whoever is there.
    Open(fn(&Roster, Place) -> bool),
    /// A member and a place, whoever staffs it.
    Place(fn(&Roster, UnitId, Place) -> bool),
    /// One staff person at a place; a way holds when every one of its staff does.
    Person(fn(&Roster, Place, Seat) -> bool),
    /// A member, a place and its staff. What holds for each staff person apart, and for nobody, holds for all together.
    Meeting(fn(&Roster, UnitId, Place, &[Seat]) -> bool),
    /// The plan as a whole.
    Shared(fn(&Roster, &Plan) -> Vec<Breach>),
    /// How many entries change, beside the fewest possible.
    Changes(fn(&Roster, i64, i64) -> Vec<Breach>),
}

/// A breach of a rule by a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Breach {
    /// Which rule.
    pub rule: RuleCode,
    /// Whose, where it is about one unit.
    pub unit: Option<UnitId>,
    /// What is counted and where: ids, half-days.
    pub place: String,
    /// What the plan has.
    pub used: i64,
    /// What the rule asks: at most this, or when `short` at least.
    pub limit: i64,
    /// Whether there is too little of it: more members could mend it.
    pub short: bool,
}

impl Breach {
    /// Too much of something.
    pub(crate) fn over(rule: RuleCode, place: &str, used: i64, limit: i64) -> Self {
        Self { rule, unit: None, place: place.into(), used, limit, short: false }
    }
    /// Too little of something.
    pub(crate) fn short(rule: RuleCode, place: &str, used: i64, limit: i64) -> Self {
        Self { rule, unit: None, place: place.into(), used, limit, short: true }
    }
    /// The same, about one unit.
    pub(crate) fn of(self, unit: UnitId) -> Self {
        Self { unit: Some(unit), ..self }
    }
}

/// The rules of interviews, in the order of docs/scheduling.md.
pub const INTERVIEWS: &[Rule] = &[
    kalender::RULE,
    beschikbaar::RULE,
    venster::RULE,
    locatie::RULE,
    niet_met::RULE,
    verboden::RULE,
    rol::RULE,
    staf_beschikbaar::RULE,
    staf_locatie::RULE,
    een_keer::RULE,
    bezetting::RULE,
    omvang::RULE,
    dubbel::RULE,
    zaal::RULE,
    per_dag::RULE,
    per_week::RULE,
    maximum::RULE,
    plaats_dag::RULE,
    vast::RULE,
    wijzigingen::RULE,
];

/// The rules of peer groups, in the order of docs/scheduling.md.
pub const PEER_GROUPS: &[Rule] = &[
    kalender::RULE,
    beschikbaar::RULE,
    venster::RULE,
    locatie::RULE,
    reistijd::RULE,
    niet_met::RULE,
    eigen_school::RULE,
    verboden::RULE,
    rol::RULE,
    staf_beschikbaar::RULE,
    staf_locatie::RULE,
    een_keer::RULE,
    bezetting::RULE,
    omvang::RULE,
    niet_met_leden::RULE,
    dubbel::RULE,
    zaal::RULE,
    per_dag::RULE,
    per_week::RULE,
    maximum::RULE,
    uren::RULE,
    groepen::RULE,
    vast::RULE,
    wijzigingen::RULE,
];

/// The rules of visits, in the order of docs/scheduling.md.
pub const VISITS: &[Rule] = &[
    kalender::RULE,
    beschikbaar::RULE,
    venster::RULE,
    route_bezoek::RULE,
    verboden::RULE,
    rol::RULE,
    coach_beschikbaar::RULE,
    een_keer::RULE,
    bezetting::RULE,
    omvang::RULE,
    dubbel::RULE,
    per_dag::RULE,
    per_week::RULE,
    maximum::RULE,
    uren::RULE,
    route::RULE,
    aantal::RULE,
    bezoek_week::RULE,
    vast::RULE,
    wijzigingen::RULE,
];

/// The rules of courses, in the order of docs/scheduling.md.
pub const COURSES: &[Rule] = &[
    kalender::RULE,
    beschikbaar::RULE,
    venster::RULE,
    locatie::RULE,
    leervraag::RULE,
    functie::RULE,
    school::RULE,
    niet_met::RULE,
    eigen_school::RULE,
    verboden::RULE,
    rol::RULE,
    staf_beschikbaar::RULE,
    staf_locatie::RULE,
    eis::RULE,
    een_keer::RULE,
    bezetting::RULE,
    omvang::RULE,
    niet_met_leden::RULE,
    dubbel::RULE,
    zaal::RULE,
    per_dag::RULE,
    per_week::RULE,
    maximum::RULE,
    uren::RULE,
    school_groep::RULE,
    rol_aantal::RULE,
    dekking::RULE,
    vast::RULE,
    wijzigingen::RULE,
];

/// The rules of a problem.
pub fn rules(kind: codes::Kind) -> &'static [Rule] {
    match kind {
        codes::Kind::Interviews => INTERVIEWS,
        codes::Kind::PeerGroups => PEER_GROUPS,
        codes::Kind::Visits => VISITS,
        codes::Kind::Courses => COURSES,
    }
}

/// A block's name in breaches: when, where and by whom, in ids.
pub(crate) fn called(roster: &Roster, block: &Block) -> String {
    let when = match block.place.when {
        When::At(moment) => moment.to_string(),
        When::Series(series) => roster.series[series].id.clone(),
    };
    let location = block.place.location.map(|location| &roster.locations[location].id);
    let offer = roster.courses().and_then(|courses| Some(&courses.offers[block.place.offer(roster)?].id));
    let staff = block.staff.iter().map(|seat| &roster.people[seat.person].id);
    [Some(&when), offer, location].into_iter().flatten().chain(staff).map(String::as_str).collect::<Vec<_>>().join(" ")
}
