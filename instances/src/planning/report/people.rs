//! People by year and by wave, and the coaches against what is asked of them.

use std::collections::BTreeMap;

use loket_solver::common::tables::Id;
use loket_solver::common::words::Word;
use loket_solver::planning::facts::codes::Count;
use loket_solver::planning::facts::funnel::Counts;

use crate::planning::file::read::shown;
use crate::planning::outcome::Figures;
use crate::planning::plan_file::Loaded;

/// People in a school year: every count in the year in which it happens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YearRow {
    /// The year.
    pub year: String,
    /// Counts of all waves.
    pub counts: Counts,
}

/// The funnel of a wave, all kinds of coaches together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaveRow {
    /// Its id.
    pub wave: String,
    /// Its month, yyyy-mm; known with the plan.
    pub month: Option<String>,
    /// How many were wanted; known with the plan.
    pub target: Option<i64>,
    /// How many start.
    pub started: i64,
    /// Its counts.
    pub counts: Counts,
}

/// Coaches of all kinds in a year.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UseRow {
    /// The year.
    pub year: String,
    /// Coaches.
    pub pool: i64,
    /// Hours that are asked.
    pub hours_needed: i64,
    /// Hours that there are.
    pub hours_room: i64,
}

pub(super) fn by_year(loaded: &Loaded, figures: &Figures) -> Vec<YearRow> {
    let horizon = &loaded.horizon;
    let mut rows: Vec<YearRow> = horizon.years.iter().map(|year| YearRow { year: year.clone(), counts: [0; 7] }).collect();
    for line in &figures.guided {
        let Some(wave) = horizon.waves.iter().find(|wave| wave.id == line.wave) else { continue };
        for (count, number) in Count::ALL.iter().zip(line.counts) {
            if let Some(row) = rows.get_mut(wave.year.position() + count.years_after()) {
                row.counts[*count as usize] += number;
            }
        }
    }
    rows
}

pub(super) fn by_wave(loaded: Option<&Loaded>, figures: &Figures) -> Vec<WaveRow> {
    let mut rows: Vec<WaveRow> = Vec::new();
    for line in &figures.guided {
        let at = rows.iter().position(|row| row.wave == line.wave).unwrap_or_else(|| {
            let known = loaded.and_then(|loaded| loaded.horizon.waves.iter().find(|wave| wave.id == line.wave));
            let month = loaded.zip(known).and_then(|(loaded, wave)| Some(shown(loaded.start + i64::try_from(wave.month).ok()?)));
            rows.push(WaveRow { wave: line.wave.clone(), month, target: known.map(|wave| wave.target), started: 0, counts: [0; 7] });
            rows.len() - 1
        });
        rows[at].started += line.number;
        rows[at].counts.iter_mut().zip(line.counts).for_each(|(sum, number)| *sum += number);
    }
    rows
}

pub(super) fn uses(figures: &Figures) -> Vec<UseRow> {
    let mut rows: BTreeMap<usize, UseRow> = BTreeMap::new();
    for line in &figures.pool {
        let Some(at) = figures.money.iter().position(|money| money.year == line.year) else { continue };
        let row = rows.entry(at).or_insert_with(|| UseRow { year: line.year.clone(), ..UseRow::default() });
        row.pool += line.pool;
        row.hours_needed += line.hours_needed;
        row.hours_room += line.hours_room;
    }
    rows.into_values().collect()
}
