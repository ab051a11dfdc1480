//! A roster that is known to be valid: the calendar, who can be staff, who is planned, places, what is locked, forbidden and agreed.
//!
//! It is made by `loket-instances` from a checked file. Order carries meaning (see [`crate::scheduling::facts::ids`]): neither a name nor the
//! order of a file's rows can decide between equal plans. Travel is in minutes; no coordinate reaches the solver.

use crate::common::tables::Table;
use crate::common::words::{Bouw, HalfDays, Status};
use crate::scheduling::facts::calendar::{Availability, Calendar, Day, Moment};
use crate::scheduling::facts::codes::Kind;
use crate::scheduling::facts::ids::{LocationId, OfferId, PersonId, RoleId, SeriesId, UnitId};
use crate::scheduling::facts::policy::Policy;
use crate::scheduling::facts::problem::{Courses, Interviews, PeerGroups, Problem, Visits};

/// One roster to be made, valid by construction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Roster {
    /// Its own id.
    pub id: String,
    /// Goals as used and what the four problems' policies share.
    pub policy: Policy,
    /// Open half-days.
    pub calendar: Calendar,
    /// Roles asked of staff, by name, in the order of the panel.
    pub roles: Table<RoleId, String>,
    /// Who can be staff.
    pub people: Table<PersonId, Person>,
    /// Who or what is planned.
    pub units: Table<UnitId, Unit>,
    /// Places with rooms.
    pub locations: Table<LocationId, Location>,
    /// Series of half-days; of courses each belongs to an offer.
    pub series: Table<SeriesId, Series>,
    /// What only one of the four problems has.
    pub problem: Problem,
}

/// Somebody who can be staff.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Id in the file.
    pub id: String,
    /// Roles this person can fill.
    pub roles: Vec<String>,
    /// Board this person works for.
    pub board: Option<String>,
    /// School this person works at.
    pub school: Option<String>,
    /// When available.
    pub availability: Availability,
    /// Places where this person can be; `None` is any, an empty list none of this roster.
    pub locations: Option<Vec<LocationId>>,
    /// Most members in one block of this person.
    pub per_half_day: Option<u32>,
    /// Most half-days on one date.
    pub per_day: u32,
    /// Most half-days in one week.
    pub per_week: u32,
    /// Most blocks in this plan.
    pub maximum: Option<u32>,
    /// Blocks already running, beside this plan.
    pub running: u32,
    /// Hours there are, when given.
    pub hours: Option<u32>,
    /// Cents an hour.
    pub rate_cents: u32,
    /// People this coach can still guide.
    pub room: u32,
    /// Tags.
    pub tags: Vec<String>,
}

/// Who is planned: a participant, or a placement that is visited; ids and codes only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// Id in the file.
    pub id: String,
    /// Row in the file, from 0: outcomes list units in this order.
    pub row: usize,
    /// The same person among those who can be staff.
    pub person: Option<PersonId>,
    /// School.
    pub school: Option<String>,
    /// Board.
    pub board: Option<String>,
    /// Band of year groups.
    pub bouw: Option<Bouw>,
    /// Label of people better kept apart.
    pub pair: Option<String>,
    /// Function at school.
    pub function: Option<String>,
    /// When available.
    pub availability: Availability,
    /// Day of registration.
    pub registered: Day,
    /// First day.
    pub from: Option<Day>,
    /// Last day.
    pub until: Option<Day>,
    /// Half-days of the week that are preferred; empty when none.
    pub preference: HalfDays,
    /// Places where this unit can be; `None` is any, an empty list none of this roster.
    pub locations: Option<Vec<LocationId>>,
    /// Staff this unit may not meet, whoever of the two named the other.
    pub avoids: Vec<PersonId>,
    /// Fellow members this unit may not meet, whoever of the two named the other.
    pub avoids_fellows: Vec<UnitId>,
    /// Rounds waited.
    pub waited: u32,
    /// Tags wished of a coach.
    pub coach_wishes: Vec<String>,
    /// Tags a coach must have.
    pub coach_needs: Vec<String>,
    /// Learning questions in order of preference.
    pub questions: Vec<String>,
    /// What a person has locked: at most one, of visits one for each half-day.
    pub locks: Vec<Claim>,
    /// What is forbidden.
    pub bans: Vec<Claim>,
    /// Entries of the previous plan: at most one, of visits one for each half-day.
    pub previous: Vec<Previous>,
}

/// A part of a lock, prohibition or previous entry: not named, named but not in the roster, or known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Part<T> {
    /// It is not named.
    #[default]
    Absent,
    /// It names something that the roster does not have.
    Gone,
    /// It names this.
    Known(T),
}

impl<T: Copy + PartialEq> Part<T> {
    /// What is known.
    pub fn known(self) -> Option<T> {
        match self {
            Part::Known(it) => Some(it),
            Part::Absent | Part::Gone => None,
        }
    }
    /// Whether it is named at all.
    pub fn named(self) -> bool {
        !matches!(self, Part::Absent)
    }
    /// Whether it agrees: not named, or equal.
    pub fn agrees(self, with: Option<T>) -> bool {
        match self {
            Part::Absent => true,
            Part::Gone => false,
            Part::Known(it) => with == Some(it),
        }
    }
}

/// What a lock or a prohibition names; a block agrees with it when it agrees in every field named.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Claim {
    /// At this half-day.
    pub moment: Option<Moment>,
    /// At this place.
    pub location: Part<LocationId>,
    /// In the series with this id.
    pub series: Option<String>,
    /// In this offer.
    pub offer: Part<OfferId>,
    /// With this person on the staff.
    pub person: Part<PersonId>,
}

/// An entry of the previous plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Previous {
    /// Half-day.
    pub moment: Option<Moment>,
    /// Place.
    pub location: Part<LocationId>,
    /// Name of the peer group.
    pub group: Option<String>,
    /// Id of the series.
    pub series: Option<String>,
    /// Offer.
    pub offer: Part<OfferId>,
    /// Staff that the entry names and the roster has.
    pub people: Vec<PersonId>,
    /// How far it had come.
    pub status: Status,
}

/// A place with rooms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    /// Id in the file.
    pub id: String,
    /// Rooms: blocks at one half-day.
    pub rooms: u32,
    /// When open.
    pub availability: Availability,
}

/// Half-days that come together, in order of time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Series {
    /// Id in the file, or "d+o" of a made one; unique within an offer.
    pub id: String,
    /// Its half-days.
    pub moments: Vec<Moment>,
    /// The offer it belongs to (courses).
    pub offer: Option<OfferId>,
}

impl Roster {
    /// Which problem it is.
    pub fn kind(&self) -> Kind {
        match self.problem {
            Problem::Interviews(_) => Kind::Interviews,
            Problem::PeerGroups(_) => Kind::PeerGroups,
            Problem::Visits(_) => Kind::Visits,
            Problem::Courses(_) => Kind::Courses,
        }
    }
    /// What only interviews have.
    pub fn interviews(&self) -> Option<&Interviews> {
        match &self.problem {
            Problem::Interviews(it) => Some(it),
            _ => None,
        }
    }
    /// What only peer groups have.
    pub fn groups(&self) -> Option<&PeerGroups> {
        match &self.problem {
            Problem::PeerGroups(it) => Some(it),
            _ => None,
        }
    }
    /// What only visits have.
    pub fn visits(&self) -> Option<&Visits> {
        match &self.problem {
            Problem::Visits(it) => Some(it),
            _ => None,
        }
    }
    /// What only courses have.
    pub fn courses(&self) -> Option<&Courses> {
        match &self.problem {
            Problem::Courses(it) => Some(it),
            _ => None,
        }
    }
    /// Units in the order of the file's rows.
    pub fn units_by_row(&self) -> Vec<UnitId> {
        let mut ids: Vec<_> = self.units.ids().collect();
        ids.sort_by_key(|&id| self.units[id].row);
        ids
    }
    /// Whether somebody is available at a half-day.
    pub fn free(&self, availability: &Availability, moment: Moment) -> bool {
        availability.at(&self.calendar, moment)
    }
}
