//! A policy on trial, in files: the waves under both policies, the thresholds that a person sets, and what came of it (`loket-beleidsproef/1`).

use loket_solver::common::control::Control;
use loket_solver::matching::ask::trial::{Tried, trial};
use loket_solver::matching::facts::words::words;
use loket_solver::matching::solve::Options;

use super::read::Loaded;
use super::rows::PolicyRow;
use super::wave_file::{Roads, WaveFile};
use crate::strict::fields::At;
use crate::strict::problem::Refusal;

mod judged;
pub mod lines;

pub use judged::{judged, measured, to_json, written};
pub use lines::{Line, compose};

/// The format of what comes of a trial.
pub const FORMAT: &str = "loket-beleidsproef/1";

words! {
    /// What a threshold is about. All but the last three are differences: the new policy minus the old, over all waves.
    pub enum Measure {
        /// People placed.
        Placed = "geplaatst",
        /// People in their first choice of bouw.
        FirstChoice = "eerste_keus",
        /// Mean passing points of whoever is placed, in tenths.
        Points = "punten_gemiddeld_tienden",
        /// Minutes of travel of whoever is placed, in tenths.
        Minutes = "reistijd_gemiddeld_tienden",
        /// People with justified envy.
        Envious = "afgunst",
        /// Placements at schools with many target-group pupils.
        Hard = "bij_veel_doelgroep",
        /// Starters of the plans at schools with many target-group pupils.
        Starters = "starters",
        /// Cents of coaching.
        Cost = "kosten_cent",
        /// Passing points of who is worst off, in the wave where that falls most.
        Worst = "slechtste_punten",
        /// People placed by both for whom the place fits less, per thousand of them.
        Worse = "minder_passend_promille",
        /// People placed by the old policy and not by the new.
        Lost = "plaats_kwijt",
    }
}

words! {
    /// What the thresholds say of the new policy.
    pub enum Judgement {
        /// Every threshold is met, and every plan is proven.
        Go = "doen",
        /// A threshold is not met, or a wave has no plan any more.
        NoGo = "niet-doen",
        /// Not everything is proven, or a solve was stopped.
        Open = "onbeslist",
    }
}

/// A bound that a person sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Threshold {
    /// On what.
    pub measure: Measure,
    /// At least this.
    pub least: Option<i64>,
    /// At most this.
    pub most: Option<i64>,
}

impl Threshold {
    /// Whether a value meets it.
    pub fn met(&self, value: i64) -> bool {
        self.least.is_none_or(|least| value >= least) && self.most.is_none_or(|most| value <= most)
    }
}

/// Reads thresholds: a list of objects with `wat` and `minstens`, `hoogstens` or both.
///
/// # Errors
/// Everything that is wrong, at once.
pub fn read_thresholds(bytes: &[u8]) -> Result<Vec<Threshold>, Refusal> {
    crate::strict::read(bytes, thresholds)
}

/// Thresholds that stand in something larger.
pub fn thresholds(at: &At<'_>) -> Option<Vec<Threshold>> {
    let rows = at.rows("wat")?;
    let read: Vec<Option<Threshold>> = rows.iter().map(threshold).collect();
    read.into_iter().collect()
}

/// Largest size of a bound.
const BOUND: i64 = 1_000_000_000_000;

fn threshold(at: &At<'_>) -> Option<Threshold> {
    let fields = at.fields(&["wat", "minstens", "hoogstens"])?;
    let measure = fields.need("wat").and_then(At::word::<Measure>);
    let bound = |key| fields.get(key).map(|at| at.integer(-BOUND..=BOUND));
    let (least, most) = (bound("minstens"), bound("hoogstens"));
    if least.is_none() && most.is_none() {
        at.refuse("ontbreekt", "hier staat geen grens", "zet er \"minstens\" of \"hoogstens\" bij, met een getal");
        return None;
    }
    let (least, most) = (least.map_or(Some(None), |it| it.map(Some))?, most.map_or(Some(None), |it| it.map(Some))?);
    if least.zip(most).is_some_and(|(least, most)| least > most) {
        at.refuse("grens", "\"minstens\" is hier meer dan \"hoogstens\"", "maak de een kleiner of de ander groter");
        return None;
    }
    Some(Threshold { measure: measure?, least, most })
}

/// A wave under both policies.
#[derive(Clone, Debug)]
pub struct Pair {
    /// As it was.
    pub before: Loaded,
    /// With the other policy.
    pub after: Loaded,
}

/// A wave file under its own policy, or under `old`, and under `new`. Its seed stays its own.
///
/// # Errors
/// When the file is refused, or the file with one of these policies.
pub fn pair(bytes: &[u8], old: Option<&PolicyRow>, new: &PolicyRow) -> Result<Pair, Refusal> {
    pair_of(&WaveFile::read(bytes)?, (old, new), |file| file.build(bytes))
}

/// The same of a file from which coordinates were taken out, with the minutes that stand for them; `sha256` is that of the file as it was.
///
/// # Errors
/// As [`pair`].
pub fn pair_with(bytes: &[u8], (roads, sha256): (&Roads, &str), old: Option<&PolicyRow>, new: &PolicyRow) -> Result<Pair, Refusal> {
    pair_of(&WaveFile::read(bytes)?, (old, new), |file| file.build_with(roads, sha256.to_owned()))
}

fn pair_of(
    file: &WaveFile,
    (old, new): (Option<&PolicyRow>, &PolicyRow),
    build: impl Fn(&WaveFile) -> Result<Loaded, Refusal>,
) -> Result<Pair, Refusal> {
    let seed = file.policy.as_ref().and_then(|it| it.seed);
    let under = |policy: &PolicyRow| {
        let mut other = file.clone();
        other.policy = Some(PolicyRow { seed, ..policy.clone() });
        build(&other)
    };
    Ok(Pair { before: old.map_or_else(|| build(file), under)?, after: under(new)? })
}

/// What came of the trial on one wave.
#[derive(Clone, Debug)]
pub struct Told {
    /// The wave.
    pub pair: Pair,
    /// What came of it.
    pub tried: Tried,
}

/// Tries one wave.
pub fn tell(pair: Pair, options: &Options, control: &dyn Control) -> Told {
    let tried = trial(&pair.before.wave, &pair.after.wave, options, control);
    Told { pair, tried }
}
