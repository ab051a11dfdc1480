//! A wave file (`loket-lichting/1`) as a type: read once, changed as rows, written back, and built into a wave without reading it again.

use serde_json::Value;

use crate::matching::file::places::Places;
pub use crate::matching::file::roads::Roads;
use crate::matching::file::{build, read, worth, write};
use crate::matching::read::{Loaded, Names, sha256};
pub use crate::matching::rows::WaveFile;
use crate::matching::rows::{BanRow, LockRow, PolicyRow, PreviousRow};
use crate::strict::fields::At;
use crate::strict::json::{self, Node};
use crate::strict::problem::{Problem, Refusal};
use crate::strict::report::{Report, broken};
use crate::strict::spot::{Spot, show_id};

impl WaveFile {
    /// Reads a wave file's rows.
    ///
    /// # Errors
    /// Every problem of the file at once, also what building it would find beside what is wrong with the rows themselves.
    pub fn read(bytes: &[u8]) -> Result<Self, Refusal> {
        Self::of(&json::parse(bytes).map_err(|error| broken(&error))?)
    }

    /// The same of a tree that was read already.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub fn of(tree: &Node) -> Result<Self, Refusal> {
        let report = Report::default();
        let root = At { node: tree, spot: Spot::default(), report: &report };
        let Some((file, places)) = read::wave(&root) else {
            return report.close(None).map(|(file, _)| file);
        };
        if !report.clean() {
            // Rows that can be read are looked up as well, so that nobody mends a file twice.
            build::wave(&file, &places, None, &report);
        }
        report.close(Some(file)).map(|(file, _)| file)
    }

    /// Builds the wave; `bytes` are what the file is kept as, for their hash.
    ///
    /// # Errors
    /// Everything that cannot be looked up, with its place in the file as [`Self::write`] has it.
    pub fn build(&self, bytes: &[u8]) -> Result<Loaded, Refusal> {
        self.built(None, sha256(bytes))
    }

    /// Builds the wave of a file from which coordinates were taken out ([`Self::lean`]), with the minutes that stand for them; `sha256` is
    /// that of the file as it was.
    ///
    /// # Errors
    /// As [`Self::build`]; also when the table is of another file.
    pub fn build_with(&self, roads: &Roads, sha256: String) -> Result<Loaded, Refusal> {
        self.built(Some(roads), sha256)
    }

    fn built(&self, roads: Option<&Roads>, sha256: String) -> Result<Loaded, Refusal> {
        let report = Report::default();
        let made = build::wave(self, &Places::default(), roads, &report);
        let (wave, notices) = report.close(made)?;
        let title = self.name.clone().unwrap_or_else(|| self.id.clone());
        Ok(Loaded { wave, notices, sha256, title, names: self.names() })
    }

    /// Takes out what nobody needs who only computes: where people live and schools stand, names of people, and free text. What follows
    /// from the coordinates is given back as minutes.
    pub fn lean(&mut self) -> Roads {
        let roads = Roads::of(self);
        self.note = None;
        self.boards.iter_mut().for_each(|row| row.note = None);
        for row in &mut self.schools {
            (row.lat, row.lon, row.note) = (None, None, None);
            row.seats.iter_mut().for_each(|seats| seats.note = None);
        }
        for row in &mut self.coaches {
            (row.lat, row.lon, row.name, row.note) = (None, None, None, None);
        }
        for row in &mut self.candidates {
            (row.lat, row.lon, row.name, row.note) = (None, None, None, None);
            if let Some(excluded) = &mut row.excluded {
                excluded.note = None;
            }
        }
        self.travel.iter_mut().flatten().for_each(|row| row.note = None);
        self.locks.iter_mut().flatten().for_each(|row| row.note = None);
        self.bans.iter_mut().flatten().for_each(|row| row.note = None);
        self.previous.iter_mut().flatten().for_each(|row| row.note = None);
        self.pairs.iter_mut().flatten().for_each(|row| row.note = None);
        roads
    }

    /// What is wrong for whoever keeps the file: ids that cannot be a part of an address.
    pub fn without_address(&self) -> Vec<Problem> {
        let one = |(spot, id): (Spot, &str)| Problem {
            code: "id",
            pointer: spot.pointer(),
            place: spot.words(),
            what: format!("de id \"{}\" kan niet in een adres staan", show_id(id)),
            remedy: "kies een andere id".into(),
        };
        worth::without_address(self, &Places::default()).into_iter().map(one).collect()
    }

    /// The file's bytes, on one line and in the order of docs/format.md; what is absent is left out. Reading them gives the same rows.
    pub fn write(&self) -> Vec<u8> {
        self.to_json().to_string().into_bytes()
    }

    /// The same as a JSON value.
    pub fn to_json(&self) -> Value {
        write::wave(self)
    }

    /// The policy's seed, when the file names one.
    pub fn seed(&self) -> Option<u64> {
        self.policy.as_ref().and_then(|policy| policy.seed)
    }

    /// Puts a seed in the policy.
    pub fn set_seed(&mut self, seed: u64) {
        self.policy.get_or_insert_default().seed = Some(seed);
    }

    /// Limits how many people may change beyond the fewest possible; `None` takes the limit away.
    pub fn set_max_changes(&mut self, most: Option<u32>) {
        if let Some(policy) = &mut self.policy {
            policy.max_changes = most;
        } else if most.is_some() {
            self.policy = Some(PolicyRow { max_changes: most, ..PolicyRow::default() });
        }
    }

    /// Writes decisions in: a lock takes the place of the candidate's earlier one, a prohibition that is there already does not come twice,
    /// and `previous`, when given, becomes the previous plan. However often the same is written in, the file stays the same.
    pub fn decide(&mut self, locks: Vec<LockRow>, bans: Vec<BanRow>, previous: Option<Vec<PreviousRow>>) {
        let mut kept = self.locks.take().unwrap_or_default();
        kept.retain(|row| !locks.iter().any(|lock| lock.candidate == row.candidate));
        kept.extend(locks);
        self.locks = Some(kept).filter(|rows| !rows.is_empty());
        let mut forbidden = self.bans.take().unwrap_or_default();
        let new: Vec<BanRow> = bans.into_iter().filter(|ban| !forbidden.contains(ban)).collect();
        forbidden.extend(new);
        self.bans = Some(forbidden).filter(|rows| !rows.is_empty());
        if let Some(previous) = previous {
            self.previous = Some(previous).filter(|rows| !rows.is_empty());
        }
    }

    fn names(&self) -> Names {
        fn of<'a>(rows: impl Iterator<Item = (&'a String, &'a Option<String>)>) -> std::collections::BTreeMap<String, String> {
            rows.filter_map(|(id, name)| Some((id.clone(), name.clone()?))).collect()
        }
        Names {
            boards: of(self.boards.iter().map(|row| (&row.id, &row.name))),
            schools: of(self.schools.iter().map(|row| (&row.id, &row.name))),
            coaches: of(self.coaches.iter().map(|row| (&row.id, &row.name))),
            candidates: of(self.candidates.iter().map(|row| (&row.id, &row.name))),
        }
    }
}
