//! Seats of schools by period: what boards offer, confirm and close.

use loket_instances::matching::row as format;
use loket_instances::matching::rows::SeatRow;
use loket_solver::matching::facts::words::{Word, words};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::register::{data, parsed};
use crate::desk::room::Period;
use crate::store::{Error, Result};

words! {
    /// Why seats are not open.
    pub enum ClosedReason {
        /// There is no duo colleague.
        NoColleague = "geen-duo-collega",
        /// The team is full.
        Full = "team-vol",
        /// The group is no more.
        GroupGone = "groep-vervalt",
        /// Building works.
        Works = "verbouwing",
        /// The school does not meet the quality standard now.
        Quality = "kwaliteit",
        /// The school hires by itself.
        OwnHiring = "eigen-werving",
        /// Something else.
        Other = "anders",
    }
}

/// The seats of one group at a school in a period.
#[derive(Clone, Debug, PartialEq)]
pub struct Seats {
    /// The school.
    pub school: String,
    /// The seat group.
    pub id: String,
    /// First day.
    pub from: String,
    /// Last day; absent is without end.
    pub until: Option<String>,
    /// onderbouw, middenbouw or bovenbouw.
    pub bouw: String,
    /// How many.
    pub count: i64,
    /// What else the format has: the duo colleague's half-days.
    pub data: Map<String, Value>,
    /// Whether they may be used.
    pub open: bool,
    /// Code of why not.
    pub reason: Option<String>,
    /// When the board last said that it is so, UTC milliseconds.
    pub confirmed: Option<i64>,
    /// In which role that was said: a code; nothing where nobody noted it.
    pub confirmed_by: Option<String>,
    /// From 1.
    pub version: i64,
}

/// What the log says of seats.
#[derive(Clone, Debug, Serialize)]
pub struct LoggedSeats {
    van: String,
    tot: Option<String>,
    bouw: String,
    aantal: i64,
    gegevens: Map<String, Value>,
    open: bool,
    reden: Option<String>,
}

impl Seats {
    /// Seats of a wave file, offered in the period of the wave; nobody has confirmed them.
    pub fn offered(school: &str, row: &SeatRow, (from, until): (&str, &str)) -> Self {
        Self {
            school: school.into(),
            id: row.id().into(),
            from: from.into(),
            until: Some(until.into()),
            bouw: row.bouw.code().into(),
            count: row.count.into(),
            data: data(&format::Row::Seats(row.clone())),
            open: true,
            reason: None,
            confirmed: None,
            confirmed_by: None,
            version: 1,
        }
    }

    /// The seats as the format has them.
    ///
    /// # Errors
    /// When what was kept is no such row.
    pub fn typed(&self) -> Result<format::Row> {
        let mut keys = Map::new();
        keys.insert("id".into(), self.id.clone().into());
        keys.insert("bouw".into(), self.bouw.clone().into());
        keys.insert("aantal".into(), self.count.into());
        keys.extend(self.data.clone());
        parsed(format::Kind::Seats, keys)
    }

    /// Keys that the seats say something with beside bouw, number and first day.
    pub fn says(&self) -> impl Iterator<Item = &str> {
        let own = [("open", !self.open), ("tot", self.until.is_some())];
        self.data.keys().map(String::as_str).chain(own.into_iter().filter(|(_, says)| *says).map(|(key, _)| key))
    }

    /// When they are offered.
    pub fn period(&self) -> Result<Period> {
        Period::read(Some(&self.from), self.until.as_deref()).ok_or_else(|| Error::Corrupt("plekken.van of plekken.tot".into()))
    }

    /// What the log may hold.
    pub fn logged(&self) -> LoggedSeats {
        LoggedSeats {
            van: self.from.clone(),
            tot: self.until.clone(),
            bouw: self.bouw.clone(),
            aantal: self.count,
            gegevens: self.data.clone(),
            open: self.open,
            reden: self.reason.clone(),
        }
    }
}

/// Of the periods of one seat group the one that counts today, else the next, else the last.
pub fn usual<'a>(rows: &'a [Seats], today: &str) -> Option<&'a Seats> {
    rows.iter().find(|row| row.until.as_deref().is_none_or(|until| until >= today)).or_else(|| rows.last())
}

/// Placements that plans under review propose on a seat group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposed {
    /// By which wave.
    pub wave: String,
    /// When.
    pub period: Period,
    /// At which school.
    pub school: String,
    /// On which seats.
    pub seat: String,
    /// How many.
    pub count: i64,
}

/// What a board confirmed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confirmed {
    /// How many seat groups, each period for itself.
    pub rows: u64,
    /// When (UTC milliseconds).
    pub at: i64,
    /// The version of its seats after that.
    pub version: i64,
}
