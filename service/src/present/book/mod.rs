//! An outcome as a workbook: everybody, every school, coach and board, the figures with their charts, and why who is left is left.
//!
//! Figures are those of the summary and of the fairness report; what stands beside people is from wave and plan alone, and, in the
//! service, from what was decided and answered.

use std::collections::BTreeMap;

use loket_instances::matching::outcome::OutcomeFile;
use loket_instances::matching::read::Loaded;
use loket_instances::sheets::outcome_book;
use loket_solver::matching::facts::ids::CandidateId;
use loket_solver::matching::facts::plan::Plan;
use loket_solver::matching::facts::wave::Wave;
use loket_solver::matching::facts::words::Word;
use loket_solver::matching::judge::fairness::{Fairness, fairness};

use super::sheet::workbook::{Book, Leaf};
use super::sheet::{Cell, Fact, Part, Sheet, Table};
use super::{names, summary};

mod candidates;
mod entries;
mod figures;
mod left;
pub mod lists;
mod places;

/// What is known of people in the service beyond wave and plan, by candidate.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// What was decided about the proposal.
    pub decided: BTreeMap<String, &'static str>,
    /// Where the placement is in its life, and how far the answers of candidate, board and coach are; of the plan that counts alone.
    pub stands: BTreeMap<String, (&'static str, [&'static str; 3])>,
    /// What was explained about who has no place: why, and what would help.
    pub explained: BTreeMap<String, String>,
    /// The policy that it was made with, and who approved that where it was nobody else than who drafted it.
    pub policy: Option<String>,
}

/// An outcome with the wave that it is of.
#[derive(Clone, Copy, Debug)]
pub struct Whole<'a> {
    /// The wave, with names.
    pub loaded: &'a Loaded,
    /// The outcome.
    pub outcome: &'a OutcomeFile,
    /// Its plan.
    pub plan: &'a Plan,
    /// What the service knows; nothing for files.
    pub known: Option<&'a Known>,
    /// When the outcome was made, UTC seconds.
    pub made: i64,
}

impl Whole<'_> {
    fn wave(&self) -> &Wave {
        &self.loaded.wave
    }

    /// The workbook, for the intermediary: it names everybody.
    pub fn book(&self) -> Book {
        let found = fairness(self.wave(), self.plan);
        let leaf = |name: &str, sheet: Sheet| Leaf { name: name.into(), sheet };
        let list = |name: &str, table: Table| leaf(name, Sheet { parts: vec![Part::Table(table)] });
        Book {
            title: self.loaded.title.clone(),
            about: "Uitkomst van een indeling, met namen. Voor de intermediair; niet om door te geven.".into(),
            made: self.made,
            leaves: vec![
                leaf("Samenvatting", self.summary()),
                list(outcome_book::SHEET, self.placements()),
                list("Niet geplaatst", self.unplaced()),
                list("Scholen", places::schools(self)),
                list("Coaches", places::coaches(self, &found)),
                list("Besturen", places::boards(self, &found)),
                leaf("Cijfers", figures::sheet(self, &found)),
            ],
        }
    }

    /// The summary, with the policy below its title.
    fn summary(&self) -> Sheet {
        let mut sheet = summary::figures(self.loaded, self.outcome, self.plan);
        if let Some(policy) = self.known.and_then(|it| it.policy.clone()) {
            let first = sheet.parts.len().min(1);
            sheet.parts.insert(first, Part::Fact(Fact { label: "Beleid".into(), text: policy, ..Fact::default() }));
        }
        sheet
    }

    /// Every candidate, with the placement beside what was wished.
    pub fn placements(&self) -> Table {
        candidates::table(self)
    }

    /// Who is not placed, and why.
    pub fn unplaced(&self) -> Table {
        left::table(self)
    }

    /// The ids of these candidates, with names where they have one, in the order of the file.
    fn people(&self, mut people: Vec<CandidateId>) -> Cell {
        people.sort_by_key(|&it| self.wave().candidates[it].row);
        let named: Vec<String> = people.into_iter().map(|it| names::person(self.loaded, it)).collect();
        Cell::Text(named.join("\n"))
    }
}

/// Words in order of preference.
fn in_order<W: Word>(words: &[W]) -> String {
    words.iter().map(|it| it.code()).collect::<Vec<_>>().join(", dan ")
}

/// A name, or nothing.
fn named(names: &BTreeMap<String, String>, id: &str) -> Cell {
    Cell::Text(names.get(id).cloned().unwrap_or_default())
}

/// How much is left of a limit.
fn left(limit: u32, used: u64) -> Cell {
    Cell::number(i64::from(limit) - i64::try_from(used).unwrap_or(i64::MAX))
}

/// Of the report's tables, the one with this key.
fn of_report(report: &Sheet, key: &str) -> Option<Table> {
    report.tables().find(|table| table.key == key).cloned()
}

/// The fairness report of the whole.
fn report(whole: &Whole<'_>, found: &Fairness) -> Sheet {
    super::report::sheet(whole.loaded, whole.plan, found, crate::view::View::Intermediary)
}
