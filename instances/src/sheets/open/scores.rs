//! The scores of schools (CBS, achterstandsscores), and the target-group pupils that follow from them by rank (docs/open-data.md).

use std::cmp::Ordering;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Read;
use super::columns::{FUNDED, SCORE};
use super::grid::{Cells, Grid, Reading, short};
use super::locations::Code;
use super::numbers::{count, decimal};
use crate::sheets::problem::Found;

const MOST: usize = 100_000;

/// Up to so many pupils the publisher calls a score unreliable.
pub const FEW: u32 = 40;

/// The score of one school.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Score {
    /// The code of the school.
    pub code: String,
    /// Pupils that were paid for in that year; at least one.
    pub pupils: u32,
    /// The score before the threshold is taken off, in hundredths.
    pub hundredths: u64,
}

impl Score {
    /// Whether there are enough pupils for the score to say something.
    pub fn is_reliable(&self) -> bool {
        self.pupils > FEW
    }

    /// Compares the scores for each pupil, exactly.
    fn order(&self, other: &Self) -> Ordering {
        let times = |score: &Self, pupils: u32| u128::from(score.hundredths) * u128::from(pupils);
        times(self, other.pupils).cmp(&times(other, self.pupils))
    }
}

/// Scores of one year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scores {
    /// The year, where the names of the columns say it.
    pub year: Option<u16>,
    /// The schools that have a score.
    pub schools: Vec<Score>,
    /// Schools without one: no pupils, or an empty cell.
    pub without: usize,
}

/// Reads scores.
///
/// # Errors
/// Every problem, with its line and column.
pub fn read_scores(grid: &Grid) -> Result<Read<Scores>, Found> {
    let mut reading = Reading::of(grid);
    let code = Code::find(&mut reading);
    let (pupils, score) = (reading.column_with_year(&FUNDED), reading.column_with_year(&SCORE));
    for (column, found) in [(&FUNDED, pupils), (&SCORE, score)] {
        if found.is_none() {
            reading.missing(column);
        }
    }
    let mut scores = Scores { year: score.and_then(|it| it.1), schools: Vec::new(), without: 0 };
    let (Some(code), Some((pupils, _)), Some((score, _))) = (code, pupils, score) else { return reading.close(scores) };
    let mut met = BTreeMap::new();
    for line in reading.lines(MOST) {
        let mut cells = reading.cells(line);
        let read = code.read(&mut cells);
        let pupils = number(&mut cells, pupils, "aantal leerlingen", |text| count(text).map(u64::from));
        let hundredths = number(&mut cells, score, "score van 0 of meer", |text| decimal(text, 2).and_then(|it| u64::try_from(it).ok()));
        let (Some(read), Some(pupils), Some(hundredths)) = (read, pupils, hundredths) else { continue };
        if let Some(first) = met.insert(read.clone(), cells.line()) {
            let what = format!("vestiging {read} staat ook op regel {first}");
            code.wrong(&mut cells, "dubbel-id", what, "laat een van de twee regels weg");
        }
        match (pupils.and_then(|it| u32::try_from(it).ok()).filter(|it| *it > 0), hundredths) {
            (Some(pupils), Some(hundredths)) => scores.schools.push(Score { code: read, pupils, hundredths }),
            _ => scores.without += 1,
        }
    }
    if scores.schools.is_empty() && reading.clean() {
        reading.wrong("leeg", 0, "er staat geen enkele score in het bestand".into(), "kijk na of dit het goede bestand is");
    }
    reading.close(scores)
}

/// A number that may be absent: `Some(None)` for an empty cell, `None` for a wrong one.
fn number(cells: &mut Cells<'_, '_>, column: usize, what: &str, read: impl Fn(&str) -> Option<u64>) -> Option<Option<u64>> {
    let Some(text) = cells.text(Some(column)) else { return Some(None) };
    match read(text) {
        Some(number) => Some(Some(number)),
        None => cells.wrong(column, "type", format!("\"{}\" is geen {what}", short(text)), "schrijf een getal, of laat het veld leeg"),
    }
}

/// The target-group pupils of one school.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ranked {
    /// From 0 (the lowest score for each pupil of the area) to 100 (the highest).
    pub target_group: u32,
    /// Whether the school has enough pupils for its score to say something.
    pub reliable: bool,
}

/// Target-group pupils by rank among these schools. With `L` reliable schools that score less for each pupil, `E` that score as much (with
/// the school itself) and `n` in all (with the school itself) it is 100 · (L + (E − 1) / 2) / (n − 1), a half rounded up; 50 where `n` is 1.
pub fn ranked(schools: &[&Score]) -> BTreeMap<String, Ranked> {
    let mut reference: Vec<&Score> = schools.iter().copied().filter(|it| it.is_reliable()).collect();
    reference.sort_by(|one, other| one.order(other));
    let rank = |score: &Score| {
        let lower = reference.partition_point(|it| it.order(score) == Ordering::Less);
        let upto = reference.partition_point(|it| it.order(score) != Ordering::Greater);
        let (own, reliable) = (usize::from(!score.is_reliable()), score.is_reliable());
        let (equal, all) = (upto - lower + own, reference.len() + own);
        let target_group = match all {
            0 | 1 => 50,
            all => {
                let (doubled, steps) = ((2 * lower + equal - 1) as u64, (all - 1) as u64);
                u32::try_from((100 * doubled + steps) / (2 * steps)).unwrap_or(100)
            }
        };
        Ranked { target_group, reliable }
    };
    schools.iter().map(|it| (it.code.clone(), rank(it))).collect()
}
