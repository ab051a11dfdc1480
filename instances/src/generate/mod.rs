//! Seeded generators of wave files: a city, a region, the country, and small rich waves for tests; and of rosters.
//!
//! Everything generated is labelled as generated. The same options give the same bytes on every machine: all draws are integers
//! from a pinned stream.

#[cfg(test)]
mod accepted;
mod candidates;
mod coaches;
#[cfg(test)]
mod count;
mod draw;
pub mod horizons;
mod open_data;
mod places;
mod previous;
pub mod rosters;
mod schools;
#[cfg(test)]
mod tests;
mod wild;
mod words;

use loket_solver::matching::facts::words::Phase;
use loket_solver::matching::facts::words::Word;
use serde_json::{Value, json};

pub use open_data::{SchoolList, read_schools};
pub use wild::{small, tiny};

/// The size and the map of a generated wave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preset {
    /// The city: 200 candidates, 200 schools of 37 boards, 25 coaches.
    Amsterdam,
    /// The city and the towns around it: 1,000 candidates, 1,000 schools, 120 coaches.
    Regio,
    /// The country: 5,000 candidates, 6,100 schools, 550 coaches.
    Land,
}

impl Preset {
    /// Every preset, in order of size.
    pub const ALL: [Preset; 3] = [Preset::Amsterdam, Preset::Regio, Preset::Land];

    /// Its name on the command line.
    pub fn code(self) -> &'static str {
        match self {
            Preset::Amsterdam => "amsterdam",
            Preset::Regio => "regio",
            Preset::Land => "land",
        }
    }
    /// The preset with this name.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|preset| preset.code() == code)
    }
    fn candidates(self) -> usize {
        match self {
            Preset::Amsterdam => 200,
            Preset::Regio => 1000,
            Preset::Land => 5000,
        }
    }
    fn schools(self) -> usize {
        match self {
            Preset::Amsterdam => 200,
            Preset::Regio => 1000,
            Preset::Land => 6100,
        }
    }
    /// Coaches for a thousand candidates: one for nine (111) and a little more where there is.
    fn coaches_per_thousand(self) -> usize {
        match self {
            Preset::Amsterdam => 125,
            Preset::Regio => 120,
            Preset::Land => 110,
        }
    }
}

/// Whether all candidates are in the wave's phase.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PhaseMix {
    /// All are.
    #[default]
    One,
    /// All four phases together, with 15, 30 and 60 hours; coaches have running candidates.
    Mixed,
}

/// What of an earlier plan a generated wave has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rerun {
    /// Candidates with a previous entry, percent.
    pub share: u32,
    /// Of those, already started, percent.
    pub started: u32,
    /// Of those, agreed but not started, percent; the rest is only proposed.
    pub agreed: u32,
    /// Coaches of the previous plan that have dropped out: the wave no longer has them.
    pub dropped_coaches: usize,
}

impl Default for Rerun {
    fn default() -> Self {
        Self { share: 90, started: 30, agreed: 50, dropped_coaches: 1 }
    }
}

/// What to generate. Start from [`Options::new`].
#[derive(Clone, Debug)]
pub struct Options {
    /// Size and map.
    pub preset: Preset,
    /// Number of candidates, else the preset's.
    pub candidates: Option<usize>,
    /// Seed of all draws.
    pub seed: u64,
    /// Number of coaches, else enough for the candidates. Dropped-out coaches count.
    pub coaches: Option<usize>,
    /// Number of schools, else the preset's, or all of the list.
    pub schools: Option<usize>,
    /// One phase or mixed.
    pub phases: PhaseMix,
    /// The wave's phase.
    pub phase: Phase,
    /// Seats as a percentage of the candidates.
    pub scarcity: u32,
    /// Coach hours as a percentage of what the coach's maximum needs at the wave's mean hours; 100 or more is never binding.
    pub tightness: u32,
    /// An earlier plan, if any.
    pub rerun: Option<Rerun>,
    /// Real schools instead of generated ones.
    pub schools_csv: Option<SchoolList>,
}

impl Options {
    /// A preset as it is meant: seed 1, training, one phase, 140 % seats, enough hours, no earlier plan.
    pub fn new(preset: Preset) -> Self {
        Self {
            preset,
            candidates: None,
            seed: 1,
            coaches: None,
            schools: None,
            phases: PhaseMix::One,
            phase: Phase::Opleiding,
            scarcity: 140,
            tightness: 100,
            rerun: None,
            schools_csv: None,
        }
    }
    fn candidate_count(&self) -> usize {
        self.candidates.unwrap_or(self.preset.candidates())
    }
    fn coach_count(&self) -> usize {
        let mixed = match self.phases {
            PhaseMix::One => 100,
            // Running candidates take places: a sixth more coaches.
            PhaseMix::Mixed => 117,
        };
        let enough = self.candidate_count() * self.preset.coaches_per_thousand() * mixed;
        self.coaches.unwrap_or(enough.div_ceil(100_000).max(1))
    }
}

/// The width of numbers in ids: wide enough for all, at least `least`.
fn width(count: usize, least: usize) -> usize {
    count.to_string().len().max(least)
}

/// A wave in format `loket-lichting/1`. The same options give the same value, key by key in the same order.
pub fn generate(options: &Options) -> Value {
    let areas = match options.preset {
        Preset::Amsterdam => places::amsterdam(),
        Preset::Regio => places::region(),
        Preset::Land => places::country(),
    };
    let (boards, mut schools) = match &options.schools_csv {
        Some(list) => list.schools(options.schools, options.seed),
        None => schools::generate(options, &areas, options.schools.unwrap_or(options.preset.schools())),
    };
    let seats = (options.candidate_count() * options.scarcity as usize).div_ceil(100);
    schools::give_seats(&mut schools, seats, options.seed);
    let mut candidates = candidates::generate(options, &areas, &boards, &schools);
    let mut coaches = coaches::generate(options, &areas, &schools, &candidates);
    candidates::link(&mut candidates, options, &schools, &coaches);
    let previous = options.rerun.map(|rerun| previous::generate(rerun, options.seed, &schools, &mut coaches, &candidates));
    let real = options.schools_csv.is_some();
    let mut wave = json!({
        "formaat": "loket-lichting/1",
        "id": format!("gegenereerd-{}-{}", options.preset.code(), options.seed),
        "naam": format!(
            "Gegenereerde lichting {} {} (geen echte personen)",
            options.preset.code(),
            options.seed
        ),
        "fase": options.phase.code(),
        "toelichting": if real {
            "Scholen en besturen komen uit open data. Kandidaten, coaches, plekken, teams, starters, tekort, kwaliteit en maxima zijn gegenereerd: geen echte personen en geen echte afspraken."
        } else {
            "Alles in dit bestand is gegenereerd: geen echte personen, scholen of besturen."
        },
        "beleid": { "seed": 1 },
        "besturen": schools::boards_json(&boards, &schools, options.seed),
        "scholen": schools::schools_json(&boards, &schools, options.seed),
        "coaches": coaches.iter().map(|coach| coach.json(&boards, &schools)).collect::<Vec<_>>(),
        "kandidaten": candidates.iter().map(|one| one.json()).collect::<Vec<_>>(),
    });
    if let Some(previous) = previous {
        wave["vorig_plan"] = Value::Array(previous);
    }
    wave
}
