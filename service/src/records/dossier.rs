//! Everything that is kept of one person, and of nobody else.

use serde_json::{Map, Value};

use super::account::{Account, Signed, Token};
use super::coaching::{Given, Off};
use super::decision::Decided;
use super::placement::Placed;
use super::privacy::{Request, Restriction};
use super::register::{Kind, Row};
use super::report::Report;
use super::review::{Note, Past};

/// What files hold of a person, row by row as it stands there: it is handed over and nothing is decided by it.
pub type Rows = Vec<Value>;

/// A person, by kind and pseudonym.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Who {
    /// Candidate or coach.
    pub kind: Kind,
    /// The pseudonym.
    pub id: String,
}

impl Who {
    /// The person of this kind with this pseudonym.
    pub fn new(kind: Kind, id: &str) -> Self {
        Self { kind, id: id.to_owned() }
    }
}

/// Everything that is kept of one person.
#[derive(Clone, Debug)]
pub struct Dossier {
    /// The row in the register, with the names.
    pub row: Row,
    /// Per wave the own rows of its file and of the plan under review.
    pub waves: Rows,
    /// Per roster the own rows, meetings and decisions.
    pub rosters: Rows,
    /// What was decided about proposals for a candidate, by wave.
    pub decisions: Vec<(String, Decided)>,
    /// Every step in the history of those decisions, by wave.
    pub history: Vec<(String, Past)>,
    /// Notes about a candidate.
    pub notes: Vec<Note>,
    /// Published placements, then those that were withdrawn before they began.
    pub placements: Vec<Placed>,
    /// Questions asked about this person, without the answers: those may be about others as well.
    pub questions: Vec<Asked>,
    /// Lines of the log about this person.
    pub log: Vec<Line>,
    /// Requests about these data, the first one first.
    pub requests: Vec<Request>,
    /// Whether the person is left out of the matching on request.
    pub restriction: Option<Restriction>,
    /// Since which day a candidate stands where he stands, when that is known.
    pub since: Option<String>,
    /// Accounts that are a coach's own, without secrets.
    pub accounts: Vec<Own>,
    /// Messages to the person.
    pub messages: Vec<Sent>,
    /// What was asked and said about placements.
    pub answers: Vec<Map<String, Value>>,
    /// What a no forbids.
    pub prohibitions: Vec<Map<String, Value>>,
    /// The stages of a candidate.
    pub stages: Vec<Map<String, Value>>,
    /// Reports that the person falls out, the first one first.
    pub reports: Vec<Report>,
    /// The days off of a coach.
    pub days_off: Vec<Off>,
    /// Hours that a coach gave, or that a candidate got, by month.
    pub given: Vec<Given>,
}

/// A message to the person: nothing of its text is kept.
#[derive(Clone, Debug)]
pub struct Sent {
    /// Its kind.
    pub kind: String,
    /// How far it is.
    pub state: String,
    /// When it was made, UTC milliseconds.
    pub made: i64,
    /// When it was sent.
    pub sent: Option<i64>,
}

/// An account of the person, with when it was used to sign in.
#[derive(Clone, Debug)]
pub struct Own {
    /// The account.
    pub account: Account,
    /// When somebody signed in with it or tried to, and the word of the log, the newest first.
    pub tries: Vec<(i64, String)>,
    /// Its sessions, the newest first.
    pub sessions: Vec<Signed>,
    /// Its tokens for programs, the newest first.
    pub tokens: Vec<Token>,
}

/// A question that was asked.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Its id.
    pub id: String,
    /// Its kind.
    pub kind: String,
    /// When, UTC milliseconds.
    pub at: i64,
}

/// One line of the log as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its number, from 1.
    pub number: i64,
    /// When, UTC milliseconds.
    pub at: i64,
    /// Who did it: an account or `systeem`, never a name.
    pub who: String,
    /// What was done, one of the words of docs/api.md.
    pub what: String,
    /// What it was done to: an id.
    pub subject: String,
    /// The content as JSON; `None` once erased.
    pub content: Option<String>,
    /// Hash of this line and all before it.
    pub hash: String,
}
