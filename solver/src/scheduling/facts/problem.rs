//! What only one of the four problems has: its own policy, tables and travel times.

use std::collections::BTreeMap;

use crate::common::tables::Table;
use crate::scheduling::facts::calendar::Availability;
use crate::scheduling::facts::ids::{GroupId, LocationId, OfferId, PersonId, RoleId, SchoolId, SeriesId, UnitId};

/// One of the four.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// Intake interviews.
    Interviews(Interviews),
    /// Peer groups.
    PeerGroups(PeerGroups),
    /// Coach visits.
    Visits(Visits),
    /// Courses and development teams.
    Courses(Courses),
}

/// Intake interviews: sessions of a panel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Interviews {
    /// How many of each role sit in a session, in the order of [`super::roster::Roster::roles`].
    pub panel: Table<RoleId, u32>,
    /// The role whose one person is the coach.
    pub coach: RoleId,
    /// The role whose seats are counted by board, when the panel has it.
    pub hr: Option<RoleId>,
    /// Least candidates in a session.
    pub least: u32,
    /// Most candidates in a session.
    pub most: u32,
    /// Start times, the i-th for the i-th candidate; empty when none are given.
    pub times: Vec<String>,
    /// Share of each board in HR seats, by board.
    pub shares: BTreeMap<String, u32>,
}

/// Peer groups: a series, a location, one facilitator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PeerGroups {
    /// Least members.
    pub least: u32,
    /// Most members.
    pub most: u32,
    /// Members aimed at.
    pub aim: u32,
    /// Meetings that a member may miss.
    pub max_absent: u32,
    /// Whether a facilitator may meet members of the own school.
    pub own_school: bool,
    /// Minutes of a meeting.
    pub minutes: u32,
    /// Minutes of preparation of a meeting.
    pub preparation: u32,
    /// Most groups.
    pub most_groups: Option<u32>,
    /// Names of groups of before, in the order of their bytes.
    pub names: Table<GroupId, String>,
    /// Furthest location, minutes, by unit.
    pub max_travel: Table<UnitId, u32>,
    /// t(m, location), minutes, by unit and location.
    pub travel: Table<UnitId, Table<LocationId, u32>>,
}

/// Coach visits: tours of a coach along placements.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visits {
    /// Minutes of a half-day.
    pub half_day_minutes: u32,
    /// Visits in a tour, where the coach names no other number.
    pub per_half_day: u32,
    /// Most visits of a placement in a week.
    pub per_week: u32,
    /// Elements of W that a window takes.
    pub window: u32,
    /// Weeks of the landing.
    pub landing_weeks: u32,
    /// Visits wanted in the landing.
    pub landing_visits: u32,
    /// Schools.
    pub schools: Table<SchoolId, School>,
    /// What is visited, by unit.
    pub placements: Table<UnitId, Placement>,
    /// t_k(a, b), minutes, by coach.
    pub travel: Table<PersonId, CoachTravel>,
}

/// Minutes that a coach travels along the schools of the own placements; without placements the tables are empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CoachTravel {
    /// From home to each school.
    pub out: Table<SchoolId, u32>,
    /// From each school to home.
    pub back: Table<SchoolId, u32>,
    /// From a school to another one, by first and second.
    pub between: Table<SchoolId, Table<SchoolId, u32>>,
}

/// A school that is visited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct School {
    /// Id in the file.
    pub id: String,
    /// When open for visits.
    pub availability: Availability,
}

/// A placement with its coach.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placement {
    /// Its school.
    pub school: SchoolId,
    /// Its coach.
    pub coach: PersonId,
    /// n: visits wanted.
    pub wanted: u32,
    /// Minutes of hours given that make no whole visit.
    pub rest_minutes: u32,
    /// Minutes of a visit.
    pub minutes: u32,
    /// Whether the landing counts.
    pub landing: bool,
}

/// Courses and development teams: offers that run or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Courses {
    /// Meetings that a participant may miss.
    pub max_absent: u32,
    /// Whether a facilitator may meet participants of the own school.
    pub own_school: bool,
    /// Points for the first, second, … learning question; the last value goes on.
    pub question_points: Vec<i64>,
    /// What can run.
    pub offers: Table<OfferId, Offer>,
}

/// A course or development team that can run once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// Id in the file.
    pub id: String,
    /// What it is about.
    pub themes: Vec<String>,
    /// Functions it is for; empty is all.
    pub functions: Vec<String>,
    /// Schools it is for; empty is all.
    pub schools: Vec<String>,
    /// Least participants.
    pub least: u32,
    /// Most participants.
    pub most: Option<u32>,
    /// Least participants of a school that takes part.
    pub school_least: u32,
    /// Most participants of a school.
    pub school_most: Option<u32>,
    /// Functions that must be there.
    pub needs: Vec<FunctionNeed>,
    /// Its own series.
    pub series: Vec<SeriesId>,
    /// Where it is.
    pub location: Option<LocationId>,
    /// How many facilitators.
    pub facilitators: u32,
    /// Tags every facilitator must have.
    pub tags: Vec<String>,
    /// Minutes of a meeting.
    pub minutes: u32,
    /// Minutes of preparation of a meeting.
    pub preparation: u32,
    /// What it costs to run, cents.
    pub fixed_cents: i64,
    /// What a participant brings, cents.
    pub fee_cents: i64,
    /// What it gets beside that, cents.
    pub subsidy_cents: i64,
}

/// How many participants with a function an offer asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FunctionNeed {
    /// The function.
    pub function: String,
    /// At least.
    pub least: u32,
    /// At most.
    pub most: Option<u32>,
    /// Of each school, not in all.
    pub per_school: bool,
}
