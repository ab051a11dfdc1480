//! A policy on trial, in files: the waves under both policies, the thresholds that a person sets, and what came of it (`loket-beleidsproef/1`).

use loket_solver::common::control::Control;
use loket_solver::common::tables::Id;
use loket_solver::matching::ask::trial::{Figures, Otherwise, Side, Tried, trial};
use loket_solver::matching::facts::words::{Word, words};
use loket_solver::matching::solve::Options;

use serde_json::{Map, Value, json};

use super::read::Loaded;
use super::rows::PolicyRow;
use super::wave_file::WaveFile;
use crate::strict::fields::At;
use crate::strict::problem::Refusal;

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
    crate::strict::read(bytes, |at| {
        let rows = at.rows("wat")?;
        let read: Vec<Option<Threshold>> = rows.iter().map(threshold).collect();
        read.into_iter().collect()
    })
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
    let file = WaveFile::read(bytes)?;
    let seed = file.policy.as_ref().and_then(|it| it.seed);
    let under = |policy: &PolicyRow| {
        let mut other = file.clone();
        other.policy = Some(PolicyRow { seed, ..policy.clone() });
        other.build(bytes)
    };
    let before = match old {
        Some(old) => under(old)?,
        None => file.build(bytes)?,
    };
    Ok(Pair { before, after: under(new)? })
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

/// A measure over all waves; nothing where some wave has no plan on one of the sides.
pub fn measured(all: &[Told], measure: Measure) -> Option<i64> {
    let each: Vec<(&Figures, &Figures, Otherwise)> = all
        .iter()
        .map(|it| Some((it.tried.before.figures.as_ref()?, it.tried.after.figures.as_ref()?, it.tried.otherwise?)))
        .collect::<Option<_>>()?;
    let sum = |of: &dyn Fn(&Figures) -> i64| each.iter().map(|(was, now, _)| of(now) - of(was)).sum::<i64>();
    let mean = |of: &dyn Fn(&Figures) -> i64| {
        let side =
            |pick: &dyn Fn(&(&Figures, &Figures, Otherwise)) -> i64, placed: i64| rounded(10 * each.iter().map(pick).sum::<i64>(), placed);
        let placed = |pick: &dyn Fn(&(&Figures, &Figures, Otherwise)) -> usize| whole(each.iter().map(pick).sum::<usize>());
        side(&|it| of(it.1), placed(&|it| it.1.placed())) - side(&|it| of(it.0), placed(&|it| it.0.placed()))
    };
    Some(match measure {
        Measure::Placed => sum(&|it| whole(it.placed())),
        Measure::FirstChoice => sum(&|it| whole(it.choices[0])),
        Measure::Points => mean(&|it| it.points),
        Measure::Minutes => mean(&|it| whole(it.minutes)),
        Measure::Envious => sum(&|it| whole(it.envious)),
        Measure::Hard => sum(&|it| whole(it.target_group.placed_hard)),
        Measure::Starters => sum(&|it| whole(it.starters)),
        Measure::Cost => sum(&|it| it.cents),
        Measure::Worst => each.iter().filter_map(|(was, now, _)| Some(now.worst?.0 - was.worst?.0)).min().unwrap_or(0),
        Measure::Worse => {
            let (worse, both) = each.iter().fold((0, 0), |sum, it| (sum.0 + it.2.worse, sum.1 + it.2.both));
            rounded(1_000 * whole(worse), whole(both))
        }
        Measure::Lost => each.iter().map(|it| whole(it.2.lost)).sum(),
    })
}

/// What the thresholds say: each with its value, and the judgement; no judgement without thresholds.
pub fn judged(all: &[Told], thresholds: &[Threshold]) -> (Vec<(Threshold, Option<i64>)>, Option<Judgement>) {
    let found: Vec<(Threshold, Option<i64>)> = thresholds.iter().map(|it| (*it, measured(all, it.measure))).collect();
    if thresholds.is_empty() {
        return (found, None);
    }
    let proven = all.iter().all(|it| it.tried.before.proven() && it.tried.after.proven());
    let broken = all.iter().any(|it| it.tried.before.figures.is_some() && it.tried.after.proven() && it.tried.after.figures.is_none());
    let met = found.iter().all(|(threshold, value)| value.is_some_and(|it| threshold.met(it)));
    let judgement = match (broken, proven, met) {
        (true, ..) | (_, true, false) => Judgement::NoGo,
        (false, true, true) => Judgement::Go,
        (false, false, _) => Judgement::Open,
    };
    (found, Some(judgement))
}

fn whole(value: impl TryInto<i64>) -> i64 {
    value.try_into().unwrap_or(i64::MAX)
}

/// Rounded half up; 0 of nothing.
fn rounded(sum: i64, count: i64) -> i64 {
    if count <= 0 { 0 } else { (2 * sum + count).div_euclid(2 * count) }
}

/// All of it as JSON. Nobody is in it: counts only.
pub fn to_json(all: &[Told], thresholds: &[Threshold]) -> Value {
    let (found, judgement) = judged(all, thresholds);
    let measures: Map<String, Value> = Measure::ALL.iter().map(|it| (it.code().to_owned(), json!(measured(all, *it)))).collect();
    let rows = found.iter().map(|(threshold, value)| {
        let mut row = json!({ "wat": threshold.measure.code() });
        let bounds = [("minstens", threshold.least), ("hoogstens", threshold.most)];
        bounds.into_iter().filter_map(|(key, bound)| Some((key, bound?))).for_each(|(key, bound)| row[key] = json!(bound));
        row["gemeten"] = json!(value);
        row["gehaald"] = json!(value.is_some_and(|it| threshold.met(it)));
        row
    });
    json!({
        "formaat": FORMAT,
        "lichtingen": all.iter().map(wave).collect::<Value>(),
        "samen": measures,
        "drempels": rows.collect::<Value>(),
        "oordeel": judgement.map(Judgement::code),
    })
}

fn wave(told: &Told) -> Value {
    let Told { pair, tried } = told;
    json!({
        "lichting": pair.before.wave.id,
        "invoer_sha256": pair.before.sha256,
        "kandidaten": pair.before.wave.candidates.len(),
        "oud": side(&pair.before, &tried.before),
        "nieuw": side(&pair.after, &tried.after),
        "anders": tried.otherwise.map(|it| json!({
            "in_beide_geplaatst": it.both,
            "andere_plek": it.elsewhere,
            "andere_coach": it.other_coach,
            "passender": it.better,
            "minder_passend": it.worse,
            "eerdere_keus": it.choice.0,
            "latere_keus": it.choice.1,
            "plaats_erbij": it.gained,
            "plaats_kwijt": it.lost,
            "zo_weinig_mogelijk": tried.least,
        })),
        "besturen": boards(told),
    })
}

fn side(loaded: &Loaded, side: &Side) -> Value {
    let goals = loaded.wave.policy.goals.iter().zip(&side.outcome.goals);
    json!({
        "status": side.outcome.verdict.code(),
        "bewezen": side.proven(),
        "doelen": goals.map(|(goal, it)| json!({ "naam": goal.name, "waarde": it.value, "grens": it.bound })).collect::<Value>(),
        "cijfers": side.figures.as_ref().map(figures),
    })
}

fn figures(it: &Figures) -> Value {
    let placed = whole(it.placed());
    json!({
        "geplaatst": placed,
        "keuzes": it.choices[..3],
        "zonder_plaats": it.choices[3],
        "slechtste": it.worst.map(|(points, minutes)| json!({ "punten": points, "reistijd": minutes })),
        "punten_gemiddeld_tienden": rounded(10 * it.points, placed),
        "reistijd_gemiddeld_tienden": rounded(10 * whole(it.minutes), placed),
        "afgunst": it.envious,
        "doelgroep_promille": it.target_group.mean_placed,
        "doelgroep_promille_plekken": it.target_group.mean_seats,
        "bij_veel_doelgroep": it.target_group.placed_hard,
        "starters": it.starters,
        "uren": it.hours,
        "kosten_cent": it.cents,
    })
}

/// Placements of every board under both, in the order of the file.
fn boards(told: &Told) -> Value {
    let Some((was, now)) = told.tried.before.figures.as_ref().zip(told.tried.after.figures.as_ref()) else { return json!([]) };
    let boards = &told.pair.before.wave.boards;
    let mut rows: Vec<_> = was.boards.iter().zip(&now.boards).filter(|(it, other)| it.seats + it.placed + other.placed > 0).collect();
    rows.sort_by_key(|(it, _)| it.board.position());
    rows.into_iter()
        .map(|(was, now)| json!({ "bestuur": boards[was.board].id, "plekken": was.seats, "oud": was.placed, "nieuw": now.placed }))
        .collect()
}
