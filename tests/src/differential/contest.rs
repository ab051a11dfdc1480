//! One wave, up to four answers: the engine, the second opinion, brute force where it fits, and the engine on permuted rows.

use loket_instances::matching::read::read_wave;
use loket_solver::common::control::Unhurried;
use loket_solver::matching::facts::outcome::Outcome;
use loket_solver::matching::facts::wave::Wave;
use loket_solver::matching::solve::plain::{PlainStatus, conflict_plain, solve_plain};
use loket_solver::matching::solve::tuning::Tuning;
use loket_solver::matching::solve::{Options, solve};
use serde_json::Value;

use crate::brute::{self, Answer};
use crate::compare::{against_engine, against_plain};
use crate::permuted::{essence, shuffled};
use crate::support::names;

/// What a contest over one wave said.
#[derive(Debug, Default)]
pub struct Contest {
    /// Whether brute force could take part.
    pub enumerated: bool,
    /// Whether the locks make the wave impossible.
    pub impossible: bool,
    /// Engine answers that the product's own check refused and repaired.
    pub repairs: u64,
    /// Every difference, in words; none when all agree.
    pub differences: Vec<String>,
}

/// The truth that the others are held against: brute force where the wave is tiny, else the second opinion.
///
/// # Errors
/// What the second opinion said when it has no answer that stands.
pub fn truth(wave: &Wave) -> Result<(Answer, bool), String> {
    if let Some(answer) = brute::answer(wave) {
        return Ok((answer, true));
    }
    let plain = solve_plain(wave, &Unhurried);
    match plain.status {
        PlainStatus::Optimal => Ok((Answer::Best { values: plain.best, least_changes: plain.least_changes }, false)),
        PlainStatus::Impossible => {
            let locks = conflict_plain(wave).ok_or("second opinion: impossible, but no locks contradict")?;
            Ok((Answer::Impossible { conflict: names(wave, &locks) }, false))
        }
        status => Err(format!("second opinion: {status:?}")),
    }
}

/// Holds all answers to a valid wave against each other; `shuffle` is the seed of the permuted rows, when they are asked for.
pub fn contest(wave: &Wave, json: &Value, shuffle: Option<u64>, tuning: Tuning) -> Contest {
    let mut contest = Contest::default();
    let options = Options { tuning, ..Options::default() };
    let outcome = solve(wave, &options, &Unhurried);
    contest.repairs = outcome.work.repairs;
    match truth(wave) {
        Ok((truth, enumerated)) => {
            contest.enumerated = enumerated;
            contest.impossible = matches!(truth, Answer::Impossible { .. });
            contest.differences = against_engine(wave, &truth, &outcome);
            if enumerated {
                contest.differences.extend(against_plain(wave, &truth, &solve_plain(wave, &Unhurried)));
            }
            if !contest.differences.is_empty() {
                contest.differences.insert(0, format!("{}: {truth:?}", if enumerated { "brute force" } else { "second opinion" }));
            }
        }
        Err(what) => contest.differences.push(what),
    }
    if let Some(seed) = shuffle {
        contest.differences.extend(on_permuted_rows(wave, &outcome, json, (seed, &options)));
    }
    contest
}

fn on_permuted_rows(wave: &Wave, outcome: &Outcome, json: &Value, (seed, options): (u64, &Options)) -> Option<String> {
    let other = match load(&shuffled(json, seed)) {
        Some(other) => other,
        None => return Some("permuted rows: refused".into()),
    };
    let (one, two) = (essence(wave, outcome), essence(&other, &solve(&other, options, &Unhurried)));
    (one != two).then(|| format!("permuted rows: {one:?}\nagainst {two:?}"))
}

/// The wave of a file, when it is valid.
pub fn load(json: &Value) -> Option<Wave> {
    let bytes = serde_json::to_vec(json).expect("a JSON value is written");
    read_wave(&bytes).ok().map(|loaded| loaded.wave)
}
