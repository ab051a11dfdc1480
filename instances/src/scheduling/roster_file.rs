//! A roster file (`loket-rooster/1`) as a type: read once, changed as rows, written back, and built into a roster without reading it again.

use std::collections::BTreeMap;

use loket_solver::scheduling::facts::roster::Roster;
use serde_json::Value;

use crate::matching::read::sha256;
use crate::scheduling::file::read::Places;
use crate::scheduling::file::{build, read, write};
pub use crate::scheduling::rows::RosterFile;
use crate::strict::fields::At;
use crate::strict::json::{self, Node};
use crate::strict::problem::{Notice, Refusal};
use crate::strict::report::{Report, broken};
use crate::strict::spot::Spot;

/// What a display name is of: ids are unique within one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Named {
    /// A person or participant.
    Somebody,
    /// A location.
    Location,
    /// A school.
    School,
    /// A board.
    Board,
    /// An offer.
    Offer,
}

/// Display names by kind and id.
pub type Names = BTreeMap<(Named, String), String>;

/// A roster with what only its file knows.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The roster.
    pub roster: Roster,
    /// What was read otherwise than somebody may expect, by section and row.
    pub notices: Vec<Notice>,
    /// SHA-256 of the file's bytes, hexadecimal.
    pub sha256: String,
    /// The roster's name, or its id when it has none.
    pub title: String,
    /// Display names, where given.
    pub names: Names,
    /// The rows it was built of.
    pub file: RosterFile,
}

/// Reads a roster file and builds its roster.
///
/// # Errors
/// Every problem of the file at once; nothing of it is used then.
pub fn read_roster(bytes: &[u8]) -> Result<Loaded, Refusal> {
    let tree = json::parse(bytes).map_err(|error| broken(&error))?;
    let (file, notices) = RosterFile::of(&tree)?;
    let mut loaded = file.build(bytes)?;
    // What reading told comes before what building tells.
    loaded.notices.splice(0..0, notices);
    Ok(loaded)
}

impl RosterFile {
    /// Reads a roster file's rows.
    ///
    /// # Errors
    /// Every problem of the file at once, also what building it would find beside what is wrong with the rows themselves.
    pub fn read(bytes: &[u8]) -> Result<Self, Refusal> {
        Self::of(&json::parse(bytes).map_err(|error| broken(&error))?).map(|(file, _)| file)
    }

    /// The same of a tree that was read already, with the notices about keys that are not used.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub fn of(tree: &Node) -> Result<(Self, Vec<Notice>), Refusal> {
        let report = Report::default();
        let root = At { node: tree, spot: Spot::default(), report: &report };
        let made = read::roster(&root).map(|(file, places)| {
            if !report.clean() {
                // Rows that can be read are looked up as well, so that nobody mends a file twice.
                build::roster(&file, &places, &report);
            }
            file
        });
        report.close(made)
    }

    /// Builds the roster; `bytes` are what the file is kept as, for their hash.
    ///
    /// # Errors
    /// Everything that cannot be looked up, with its place in the file as [`Self::write`] has it.
    pub fn build(&self, bytes: &[u8]) -> Result<Loaded, Refusal> {
        let report = Report::default();
        let made = build::roster(self, &Places::default(), &report);
        let (roster, notices) = report.close(made)?;
        let title = self.name.clone().unwrap_or_else(|| self.id.clone());
        Ok(Loaded { roster, notices, sha256: sha256(bytes), title, names: self.names(), file: self.clone() })
    }

    fn names(&self) -> Names {
        let boards = self.boards.iter().flatten().map(|row| (Named::Board, &row.id, &row.name));
        let schools = self.schools.iter().flatten().map(|row| (Named::School, &row.id, &row.name));
        let locations = self.locations.iter().flatten().map(|row| (Named::Location, &row.id, &row.name));
        let offers = self.offers.iter().flatten().map(|row| (Named::Offer, &row.id, &row.name));
        let people = self.people.iter().map(|row| (Named::Somebody, &row.id, &row.name));
        let participants = self.participants.iter().flatten().map(|row| (Named::Somebody, &row.id, &row.name));
        let all = boards.chain(schools).chain(locations).chain(offers).chain(people).chain(participants);
        all.filter_map(|(kind, id, name)| Some(((kind, id.clone()), name.clone()?))).collect()
    }

    /// The file's bytes, on one line and in the order of docs/format.md; what is absent is left out. Reading them gives the same rows.
    pub fn write(&self) -> Vec<u8> {
        self.to_json().to_string().into_bytes()
    }

    /// The same as a JSON value.
    pub fn to_json(&self) -> Value {
        write::roster(self)
    }
}
