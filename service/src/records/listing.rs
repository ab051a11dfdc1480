//! A placement on a list for a school, a board or a coach: what whoever gets the list may see of it.

use loket_solver::matching::facts::words::words;

words! {
    /// For whom a list is.
    pub enum Per {
        /// A list for each school.
        School = "school",
        /// A list for each board.
        Board = "bestuur",
        /// A list for each coach.
        Coach = "coach",
    }
}

/// A placement as whoever gets the list may see it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// The wave; nothing where the list is of one.
    pub wave: Option<String>,
    /// Id of the candidate.
    pub candidate: String,
    /// The name, where it may be told.
    pub name: Option<String>,
    /// The school and its name.
    pub school: (String, Option<String>),
    /// The board and its name.
    pub board: (String, Option<String>),
    /// The seat group.
    pub seat: String,
    /// Its bouw.
    pub bouw: String,
    /// Half-days that candidate and duo colleague are both there, where that is known.
    pub half_days: Option<String>,
    /// The coach and the name, where they may be told.
    pub coach: Option<(String, Option<String>)>,
    /// Hours of coaching, where they are told.
    pub hours: Option<i64>,
    /// First and last day, yyyy-mm-dd, where they are known.
    pub period: Option<(String, String)>,
    /// How far it is, where that is known.
    pub stand: Option<&'static str>,
}

impl Entry {
    /// The id and the name that a list of this kind is called by.
    pub fn list(&self, per: Per) -> Option<&(String, Option<String>)> {
        match per {
            Per::School => Some(&self.school),
            Per::Board => Some(&self.board),
            Per::Coach => self.coach.as_ref(),
        }
    }

    /// Whether it stands on the list of this id.
    pub fn is_for(&self, per: Per, id: &str) -> bool {
        self.list(per).is_some_and(|(it, _)| it == id)
    }
}
