//! Other solvers on the same wave, each as a child process with the same cores and memory, under `benches/peers/peer.py`.

use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::Value;

use crate::child::{self, Limits};
use crate::entry::{Entry, GoalEntry};
use crate::machine;
use crate::ours::{MEMORY_MIB, Place, Sample, text};

/// Every peer, in the order of tables.
pub const PEERS: [&str; 5] = ["cpsat", "scip", "cbc", "highs", "greedy"];

/// What building a model in Python may take before it is given up, seconds; solving has its own limit.
const BUILD_SECONDS: f64 = 1200.0;

/// Where the peers are.
#[derive(Clone, Debug)]
pub struct Peers {
    /// A Python that has the packages of `benches/peers/requirements.txt`.
    pub python: PathBuf,
    /// `benches/peers/peer.py`.
    pub script: PathBuf,
}

impl Peers {
    /// Solves an exported model with one peer for `seconds` of solving.
    ///
    /// # Errors
    /// When the peer cannot be started or its report cannot be read.
    pub fn measure(
        &self,
        place: &Place,
        sample: &Sample,
        model: &Path,
        names: &[String],
        peer: &str,
        seconds: f64,
    ) -> Result<Entry, String> {
        let report = place.file(sample.family, sample.candidates, sample.seed, &format!("{peer}.jsonl"));
        let arguments = [
            text(&self.script)?,
            text(model)?,
            "--solver".into(),
            peer.into(),
            "--seconds".into(),
            format!("{seconds:.3}"),
            "--threads".into(),
            "2".into(),
            "--memory-mib".into(),
            MEMORY_MIB.to_string(),
        ];
        let limits = Limits { time: Duration::from_secs_f64(BUILD_SECONDS + 2.0 * seconds), memory_mib: MEMORY_MIB };
        let errors = report.with_extension("errors");
        let measured = child::run(&self.python, &arguments, limits, &report, &errors)?;
        let lines = std::fs::read_to_string(&report).map_err(|error| format!("{}: {error}", report.display()))?;
        let mut told = read_report(&lines, names)?;
        if measured.status.is_none_or(|status| !status.success()) {
            // It ended within a goal and told nothing of it.
            told.seconds = (measured.seconds - told.build_seconds.unwrap_or(0.0)).max(told.seconds);
        }
        match measured.status {
            None => told.remark = "ended: far over its limit".into(),
            Some(status) if !status.success() => {
                let text = std::fs::read_to_string(&errors).unwrap_or_default();
                told.remark = format!("{status}: {}", text.lines().last().unwrap_or("no message"));
            }
            Some(_) => {}
        }
        Ok(Entry {
            family: sample.family.code().into(),
            candidates: sample.candidates,
            seed: sample.seed,
            wave: sample.fingerprint.clone(),
            solver: peer.into(),
            program: machine::fingerprint(&place.program)?,
            limit: Some(seconds),
            seconds: told.seconds,
            build_seconds: told.build_seconds,
            peak_mib: measured.peak_mib,
            others_percent: measured.others_percent,
            goals: told.goals,
            remark: told.remark,
            machine: machine::name(),
        })
    }
}

#[derive(Debug, Default)]
struct Told {
    seconds: f64,
    build_seconds: Option<f64>,
    goals: Vec<GoalEntry>,
    remark: String,
}

/// What a peer's report says of the goals named; goals that it did not come to have the value of its last plan.
fn read_report(lines: &str, names: &[String]) -> Result<Told, String> {
    let mut told = Told::default();
    let mut last = Value::Null;
    for line in lines.lines() {
        let line: Value = serde_json::from_str(line).map_err(|error| format!("a peer's report: {error}"))?;
        if line["built"] == true {
            told.build_seconds = line["build_seconds"].as_f64();
        } else if line["done"] == true {
            last = line["values"].clone();
        } else if let Some(name) = line["goal"].as_str() {
            told.seconds += line["seconds"].as_f64().unwrap_or(0.0);
            let (value, bound) = (line["value"].as_i64(), line["bound"].as_i64());
            told.goals.push(GoalEntry { name: name.into(), value, bound, reached: true });
        }
    }
    for (number, name) in names.iter().enumerate().skip(told.goals.len()) {
        told.goals.push(GoalEntry { name: name.clone(), value: last[number].as_i64(), bound: None, reached: false });
    }
    Ok(told)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_that_ends_early_says_which_goals_were_not_reached() {
        let lines = r#"{"built": true, "build_seconds": 0.5, "columns": 10, "rows": 4}
{"goal": "geplaatst", "value": 44, "bound": 44, "seconds": 1.25}
{"goal": "wachttijd", "value": 36, "bound": 40, "seconds": 2.0}
{"done": true, "values": [44, 36, 700], "peak_mib": {"own": 80, "children": 0}}"#;
        let names = ["geplaatst", "wachttijd", "band"].map(String::from);
        let told = read_report(lines, &names).expect("a good report");
        assert_eq!((told.seconds, told.build_seconds), (3.25, Some(0.5)));
        assert_eq!(told.goals.iter().map(GoalEntry::proven).collect::<Vec<_>>(), [true, false, false]);
        assert_eq!(told.goals[2], GoalEntry { name: "band".into(), value: Some(700), bound: None, reached: false });
    }

    #[test]
    fn a_report_that_breaks_off_keeps_what_was_told() {
        let told = read_report("", &["geplaatst".into()]).expect("an empty report");
        assert_eq!(told.goals, [GoalEntry { name: "geplaatst".into(), value: None, bound: None, reached: false }]);
        assert!(read_report("{", &[]).is_err());
    }
}
