//! The register: boards, schools, coaches and candidates, each row with its version; names of people apart from the rest.

use loket_instances::matching::apart::Person;
use loket_instances::matching::row::{self as format, read_row};
use loket_solver::matching::facts::words::words;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use loket_solver::matching::facts::words::Word;

use crate::store::{Error, Result};

/// What a row is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Boards.
    Board,
    /// Schools.
    School,
    /// Coaches.
    Coach,
    /// Candidates.
    Candidate,
}

impl Kind {
    /// One of them, in words of the log and of messages.
    pub fn word(self) -> &'static str {
        match self {
            Self::Board => "bestuur",
            Self::School => "school",
            Self::Coach => "coach",
            Self::Candidate => "kandidaat",
        }
    }

    /// The same in the format of wave files.
    pub fn format(self) -> format::Kind {
        match self {
            Self::Board => format::Kind::Board,
            Self::School => format::Kind::School,
            Self::Coach => format::Kind::Coach,
            Self::Candidate => format::Kind::Candidate,
        }
    }

    /// Whether its rows are about people, whose names are kept apart.
    pub fn is_person(self) -> bool {
        matches!(self, Self::Coach | Self::Candidate)
    }

    /// Coaches and candidates share one name space: the other kind.
    pub fn shares_ids_with(self) -> Option<Self> {
        match self {
            Self::Coach => Some(Self::Candidate),
            Self::Candidate => Some(Self::Coach),
            Self::Board | Self::School => None,
        }
    }
}

words! {
    /// Where a candidate stands.
    #[derive(Serialize, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    pub enum Standing {
        /// Waits for a place.
        Wacht = "wacht",
        /// Has one.
        Geplaatst = "geplaatst",
        /// Stopped.
        Gestopt = "gestopt",
    }
}

/// A row of the register.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Its id.
    pub id: String,
    /// What the format has for it, without id, board and names of people.
    pub data: Map<String, Value>,
    /// A school's board.
    pub board: Option<String>,
    /// A school's BRIN: its number in the country's own register.
    pub brin: Option<String>,
    /// A coach's first day.
    pub from: Option<String>,
    /// The last day of a board, school or coach.
    pub until: Option<String>,
    /// Code of why a board, school or coach ended.
    pub ended: Option<String>,
    /// Where a candidate stands.
    pub standing: Option<Standing>,
    /// What the register keeps for every wave: `reistijden` of a person, `vast` and `verboden` of a candidate.
    pub own: Map<String, Value>,
    /// `naam`, `toelichting` and `e_mail` of a person.
    pub person: Map<String, Value>,
    /// From 1.
    pub version: i64,
}

/// What the log says of a row: without the names.
#[derive(Clone, Debug, Serialize)]
pub struct Logged {
    gegevens: Map<String, Value>,
    #[serde(flatten)]
    columns: Map<String, Value>,
}

impl Row {
    /// A row with nothing but its id and data.
    pub fn new(id: impl Into<String>, data: Map<String, Value>) -> Self {
        Self {
            id: id.into(),
            data,
            board: None,
            brin: None,
            from: None,
            until: None,
            ended: None,
            standing: None,
            own: Map::new(),
            person: Map::new(),
            version: 1,
        }
    }

    /// The row with the name and remark of a person who was found beside it.
    pub fn named(mut self, person: &Person) -> Self {
        for (key, text) in [("naam", &person.name), ("toelichting", &person.note)] {
            self.person.extend(text.clone().map(|text| (key.to_owned(), Value::String(text))));
        }
        self
    }

    /// Without the names: what the log may hold.
    pub fn logged(&self, kind: Kind) -> Logged {
        let text = |text: &Option<String>| text.clone().map_or(Value::Null, Value::String);
        let mut columns = Map::new();
        let ending = |columns: &mut Map<String, Value>| {
            columns.insert("tot".into(), text(&self.until));
            columns.extend(self.ended.clone().map(|reason| ("einde_reden".to_owned(), reason.into())));
        };
        match kind {
            Kind::Board => ending(&mut columns),
            Kind::School => {
                columns.insert("bestuur".into(), text(&self.board));
                columns.insert("brin".into(), text(&self.brin));
                ending(&mut columns);
            }
            Kind::Coach => {
                columns.insert("van".into(), text(&self.from));
                ending(&mut columns);
            }
            Kind::Candidate => {
                let standing = self.standing.unwrap_or(Standing::Wacht);
                columns.insert("toestand".into(), Value::String(standing.code().into()));
            }
        }
        columns.extend(self.own.clone());
        Logged { gegevens: self.data.clone(), columns }
    }

    /// Keys that the row says something with beside its id, board and standing.
    pub fn says(&self) -> impl Iterator<Item = &str> {
        let own = [
            ("brin", self.brin.is_some()),
            ("van", self.from.is_some()),
            ("tot", self.until.is_some()),
            ("einde_reden", self.ended.is_some()),
        ];
        let own = own.into_iter().filter(|(_, says)| *says).map(|(key, _)| key);
        self.person.keys().chain(self.own.keys()).chain(self.data.keys()).map(String::as_str).chain(own)
    }

    /// The row as the format has it.
    ///
    /// # Errors
    /// When what was kept is no such row.
    pub fn typed(&self, kind: Kind) -> Result<format::Row> {
        let mut keys = Map::new();
        keys.insert("id".into(), self.id.clone().into());
        keys.extend(self.board.clone().map(|board| ("bestuur".to_owned(), board.into())));
        keys.extend(self.data.clone());
        parsed(kind.format(), keys)
    }

    /// Name, free text and address of a person.
    pub fn texts(&self) -> Vec<String> {
        self.person.values().filter_map(Value::as_str).map(str::to_owned).collect()
    }

    /// The name of a person.
    pub fn name(&self) -> Option<&str> {
        self.person.get("naam").and_then(Value::as_str)
    }

    /// Where messages to a person go.
    pub fn address(&self) -> Option<&str> {
        self.person.get("e_mail").and_then(Value::as_str)
    }

    /// A whole number of its data.
    pub fn number(&self, key: &str) -> Option<i64> {
        self.data.get(key).and_then(Value::as_i64)
    }

    /// A text of its data; empty when there is none.
    pub fn text(&self, key: &str) -> &str {
        self.data.get(key).and_then(Value::as_str).unwrap_or_default()
    }

    /// Texts of a list of its data.
    pub fn list(&self, key: &str) -> Vec<&str> {
        self.data.get(key).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect()
    }

    /// What it is called; its id when nobody said.
    pub fn called(&self) -> &str {
        let own = self.data.get("naam").and_then(Value::as_str);
        self.name().or(own).unwrap_or(&self.id)
    }

    /// Counts rounds that a candidate waited; 100,000 is the format's bound.
    pub fn wait(&mut self, rounds: i64) {
        let rounds = (self.number("wachtrondes").unwrap_or(0) + rounds).clamp(0, 100_000);
        self.data.insert("wachtrondes".into(), rounds.into());
    }
}

/// What the register keeps of a row as the format has it: without id, board of a school, and bouw and number of seats, which have columns.
pub fn data(row: &format::Row) -> Map<String, Value> {
    let mut data = row.json();
    data.shift_remove("id");
    let columns: &[&str] = match row {
        format::Row::School(_) => &["bestuur"],
        format::Row::Seats(_) => &["bouw", "aantal"],
        format::Row::Board(_) | format::Row::Coach(_) | format::Row::Candidate(_) => &[],
    };
    for key in columns {
        data.shift_remove(*key);
    }
    data
}

/// A row as the format has it, of keys that were kept.
pub(crate) fn parsed(kind: format::Kind, keys: Map<String, Value>) -> Result<format::Row> {
    let text = Value::Object(keys).to_string();
    read_row(kind, text.as_bytes(), &[]).map_err(|refusal| Error::unreadable("een rij van het register", &refusal))
}
