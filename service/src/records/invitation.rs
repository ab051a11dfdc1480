//! Invitations to a roster as they are kept: whom it asks and by when, when somebody can be there, and to which meetings somebody comes.

use loket_solver::matching::facts::words::words;
use serde::{Deserialize, Serialize};

words! {
    /// How somebody said it.
    #[derive(Serialize)]
    #[serde(rename_all = "kebab-case")]
    pub enum Way {
        /// In the own account.
        Account = "account",
        /// By a personal link.
        Koppeling = "koppeling",
        /// To the intermediary, who noted it.
        Genoteerd = "genoteerd",
    }

    /// A part of the day.
    #[derive(Serialize, Deserialize)]
    #[serde(rename_all = "lowercase")]
    pub enum Half {
        /// The morning.
        O = "o",
        /// The afternoon.
        M = "m",
    }
}

/// Days on which somebody cannot be there.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Away {
    /// The first day, yyyy-mm-dd.
    #[serde(rename = "van")]
    pub from: String,
    /// The last day.
    #[serde(rename = "tot")]
    pub until: String,
    /// Only the mornings or afternoons of those days; nothing is the whole day.
    #[serde(rename = "dagdeel", default, skip_serializing_if = "Option::is_none")]
    pub half: Option<Half>,
}

/// When somebody can be there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Availability {
    /// Half-days of the week by code, as "ma-o"; nothing is those that the roster has.
    #[serde(rename = "dagdelen", default, skip_serializing_if = "Option::is_none")]
    pub half_days: Option<Vec<String>>,
    /// Not then.
    #[serde(rename = "afwezig", default)]
    pub away: Vec<Away>,
}

/// Whether somebody comes to a meeting, as it was when that was asked.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reply {
    /// The half-day, as "2026-09-07-o".
    #[serde(rename = "dagdeel")]
    pub moment: String,
    /// The clock time, where there is one.
    #[serde(rename = "tijd", default, skip_serializing_if = "Option::is_none")]
    pub time: Option<String>,
    /// The location by id, where there is one.
    #[serde(rename = "locatie", default, skip_serializing_if = "Option::is_none")]
    pub location: Option<String>,
    /// Whether somebody comes.
    #[serde(rename = "komt")]
    pub comes: bool,
}

/// When, how and by whom something was said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// UTC milliseconds.
    pub at: i64,
    /// How.
    pub way: Way,
    /// A pseudonym.
    pub by: String,
}

/// That somebody was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The last day to answer, yyyy-mm-dd.
    pub by: String,
    /// UTC milliseconds.
    pub at: i64,
    /// Who asked.
    pub who: String,
}

/// The invitation of somebody to a roster.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Invitation {
    /// The roster.
    pub roster: String,
    /// Who, by the id in the roster.
    pub person: String,
    /// What was asked; nothing when it was said unasked.
    pub asked: Option<Question>,
    /// How often somebody was reminded.
    pub reminders: i64,
    /// When the last time (UTC milliseconds).
    pub reminded: Option<i64>,
    /// When somebody can be there; nothing while that was not said.
    pub availability: Option<Availability>,
    /// To which meetings somebody comes.
    pub replies: Vec<Reply>,
    /// In own words.
    pub note: Option<String>,
    /// When and how it was said.
    pub told: Option<Told>,
    /// Grows with every change; 0 is of nobody asked and nothing said.
    pub version: i64,
}

/// A personal link of somebody in a roster, without its secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pass {
    /// The roster.
    pub roster: String,
    /// Who.
    pub person: String,
    /// The last moment that it counts (UTC milliseconds).
    pub until: i64,
}
