//! One measurement, and the file of measurements: a JSON line each, added as soon as it is known, so that a run can go on where it
//! was stopped.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::Path;

use serde::{Deserialize, Serialize};

/// What is known of one goal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GoalEntry {
    /// Its name.
    pub name: String,
    /// V_i as found; for a goal that was not reached, the value in the last plan, if there is one.
    pub value: Option<i64>,
    /// Largest value not excluded, when the solver says one.
    pub bound: Option<i64>,
    /// Whether the solver worked on this goal.
    pub reached: bool,
}

impl GoalEntry {
    /// Whether the value is proven best.
    pub fn proven(&self) -> bool {
        self.reached && self.value.is_some() && self.value == self.bound
    }
}

/// One solver on one wave.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// Name of the family.
    pub family: String,
    /// Candidates of the wave.
    pub candidates: usize,
    /// Seed of the wave.
    pub seed: u64,
    /// First digits of the SHA-256 of the wave file.
    pub wave: String,
    /// `loket`, `plain` or a peer.
    pub solver: String,
    /// First digits of the SHA-256 of our program: the limits of the peers follow from its time.
    pub program: String,
    /// Seconds that the solver was given.
    pub limit: Option<f64>,
    /// Ours: the whole process. A peer: its own solving.
    pub seconds: f64,
    /// Seconds that a peer's model took to build, not counted against its limit.
    pub build_seconds: Option<f64>,
    /// Peak memory of the process tree, MiB.
    pub peak_mib: Option<u64>,
    /// Percent of the machine's processor time meanwhile that went to others.
    pub others_percent: Option<u64>,
    /// Per goal.
    pub goals: Vec<GoalEntry>,
    /// What went wrong or is worth knowing; empty when all is well.
    pub remark: String,
    /// What ran it.
    pub machine: String,
}

impl Entry {
    /// Whether this is a measurement of the same wave by the same solver.
    pub fn same(&self, wave: &str, solver: &str) -> bool {
        self.wave == wave && self.solver == solver
    }
    /// Whether every goal is proven best.
    pub fn proven(&self) -> bool {
        !self.goals.is_empty() && self.goals.iter().all(GoalEntry::proven)
    }
}

/// Every measurement in a file; none when there is no file.
///
/// # Errors
/// When the file cannot be read or a line of it is no measurement.
pub fn read(file: &Path) -> Result<Vec<Entry>, String> {
    if !file.exists() {
        return Ok(Vec::new());
    }
    let text = fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
    let line = |(number, line): (usize, &str)| {
        serde_json::from_str(line).map_err(|error| format!("{} line {}: {error}", file.display(), number + 1))
    };
    text.lines().enumerate().map(line).collect()
}

/// Adds a measurement to a file.
///
/// # Errors
/// When the file cannot be written.
pub fn add(file: &Path, entry: &Entry) -> Result<(), String> {
    let tell = |error: std::io::Error| format!("{}: {error}", file.display());
    let line = serde_json::to_string(entry).map_err(|error| error.to_string())?;
    let mut file_now = OpenOptions::new().create(true).append(true).open(file).map_err(tell)?;
    writeln!(file_now, "{line}").map_err(tell)
}

/// Goals on which two solvers contradict each other about the same wave. A goal counts when both proved it and every goal before it:
/// only then do both speak of the same V_i.
pub fn contradictions(one: &Entry, other: &Entry) -> Vec<String> {
    let both = one.goals.iter().zip(&other.goals).take_while(|(a, b)| a.proven() && b.proven());
    both.filter(|(a, b)| a.name != b.name || a.value != b.value)
        .map(|(a, b)| {
            let value = |goal: &GoalEntry| goal.value.map_or("none".into(), |value| value.to_string());
            format!("{}: {} says {}, {} says {}", a.name, one.solver, value(a), other.solver, value(b))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(solver: &str, goals: &[(i64, i64)]) -> Entry {
        let goal = |(number, &(value, bound)): (usize, &(i64, i64))| GoalEntry {
            name: format!("doel{number}"),
            value: Some(value),
            bound: Some(bound),
            reached: true,
        };
        Entry {
            family: "amsterdam".into(),
            candidates: 50,
            seed: 1,
            wave: "0123".into(),
            solver: solver.into(),
            program: "4567".into(),
            limit: None,
            seconds: 1.5,
            build_seconds: None,
            peak_mib: Some(100),
            others_percent: Some(3),
            goals: goals.iter().enumerate().map(goal).collect(),
            remark: String::new(),
            machine: "this one".into(),
        }
    }

    #[test]
    fn solvers_contradict_each_other_only_about_goals_that_both_proved_after_goals_that_both_proved() {
        let ours = entry("loket", &[(44, 44), (36, 36), (70, 70)]);
        assert_eq!(contradictions(&ours, &entry("scip", &[(44, 44), (36, 36), (70, 70)])), Vec::<String>::new());
        assert_eq!(contradictions(&ours, &entry("scip", &[(44, 44), (35, 40), (80, 80)])), Vec::<String>::new());
        assert_eq!(contradictions(&ours, &entry("scip", &[(44, 44), (37, 37), (70, 70)])), ["doel1: loket says 36, scip says 37"]);
    }

    #[test]
    fn what_is_added_to_a_file_is_read_back() {
        let file = std::env::temp_dir().join(format!("loket-entries-{}.jsonl", std::process::id()));
        let _ = fs::remove_file(&file);
        let written = [entry("loket", &[(44, 44)]), entry("cbc", &[])];
        written.iter().for_each(|one| add(&file, one).expect("a file for this test"));
        assert_eq!(read(&file).expect("just written"), written);
        assert!(read(&file).expect("just written").iter().any(|one| one.same("0123", "cbc") && !one.proven()));
        fs::remove_file(&file).expect("the file is ours");
        assert_eq!(read(&file), Ok(Vec::new()));
    }
}
