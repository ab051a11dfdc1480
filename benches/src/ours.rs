//! Solves a wave with the program `loket` as a child process, so that seconds and memory are those of the whole program, and has
//! every outcome checked by `loket verify`.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::Value;

use crate::child::{self, Limits, Measured};
use crate::entry::{Entry, GoalEntry};
use crate::family::{Family, without_busiest};
use crate::machine;

/// Memory that every solver gets, MiB.
pub const MEMORY_MIB: u64 = 8 * 1024;

/// Where things are.
#[derive(Clone, Debug)]
pub struct Place {
    /// The program `loket`.
    pub program: PathBuf,
    /// Waves, outcomes and results.
    pub folder: PathBuf,
}

/// A wave on disk.
#[derive(Clone, Debug)]
pub struct Sample {
    /// Its family.
    pub family: Family,
    /// Its size.
    pub candidates: usize,
    /// Its seed.
    pub seed: u64,
    /// The wave file.
    pub file: PathBuf,
    /// First digits of the file's SHA-256.
    pub fingerprint: String,
}

/// A build of `loket` and one of its engines.
#[derive(Clone, Debug)]
pub struct Solver {
    /// What tables call it.
    pub name: String,
    /// The program.
    pub program: PathBuf,
    /// `priced` or `plain`.
    pub engine: &'static str,
}

impl Place {
    /// A file of a sample in the folder.
    pub fn file(&self, family: Family, candidates: usize, seed: u64, what: &str) -> PathBuf {
        self.folder.join(format!("{}-{candidates}-{seed}-{what}", family.code()))
    }

    /// Writes the wave of a family; a rerun is made of a solve of the wave before it.
    ///
    /// # Errors
    /// When a file cannot be written, or there is no plan to rerun.
    pub fn sample(&self, family: Family, candidates: usize, seed: u64) -> Result<Sample, String> {
        let file = self.file(family, candidates, seed, "wave.json");
        let mut wave = family.wave(candidates, seed);
        if family == Family::Rerun {
            let before = self.file(family, candidates, seed, "before.json");
            let outcome = self.file(family, candidates, seed, "before-outcome.json");
            write(&before, &wave)?;
            self.solve(&self.ours(), &before, &outcome, None)?;
            wave = without_busiest(wave, &read(&outcome)?)?;
        }
        write(&file, &wave)?;
        let fingerprint = machine::fingerprint(&file)?;
        Ok(Sample { family, candidates, seed, file, fingerprint })
    }

    fn solve(&self, solver: &Solver, wave: &Path, outcome: &Path, seconds: Option<f64>) -> Result<Measured, String> {
        let mut arguments = vec!["solve".into(), text(wave)?, "-o".into(), text(outcome)?, "--engine".into(), solver.engine.into()];
        if let Some(seconds) = seconds {
            arguments.extend(["--time-limit".into(), format!("{seconds:.3}")]);
        }
        // A limit may be overrun; far beyond it the program hangs.
        let time = seconds.map_or(Duration::from_secs(24 * 3600), |seconds| Duration::from_secs_f64(2.0 * seconds + 60.0));
        let _ = fs::remove_file(outcome);
        let limits = Limits { time, memory_mib: MEMORY_MIB };
        child::run(&solver.program, &arguments, limits, &outcome.with_extension("txt"), &outcome.with_extension("errors"))
    }

    /// Our program.
    pub fn ours(&self) -> Solver {
        Solver { name: "loket".into(), program: self.program.clone(), engine: "priced" }
    }

    /// Our plain formulation.
    pub fn plain(&self) -> Solver {
        Solver { name: "plain".into(), engine: "plain", ..self.ours() }
    }

    /// Solves a sample `repeats` times with each solver, in turns, and gives of each the run of median seconds. Every outcome is checked
    /// by our program, whoever made it.
    ///
    /// # Errors
    /// When a program cannot be run.
    pub fn measure(&self, sample: &Sample, solvers: &[Solver], seconds: Option<f64>, repeats: usize) -> Result<Vec<Entry>, String> {
        let mut runs: Vec<Vec<_>> = solvers.iter().map(|_| Vec::new()).collect();
        for number in 0..repeats.max(1) {
            for (at, solver) in solvers.iter().enumerate() {
                let outcome = self.file(sample.family, sample.candidates, sample.seed, &format!("{}-{at}-{number}.json", solver.engine));
                let measured = self.solve(solver, &sample.file, &outcome, seconds)?;
                runs[at].push((measured, outcome));
            }
        }
        solvers.iter().zip(runs).map(|(solver, runs)| self.median(sample, solver, runs, seconds)).collect()
    }

    /// The run of median seconds.
    fn median(&self, sample: &Sample, solver: &Solver, mut runs: Vec<(Measured, PathBuf)>, limit: Option<f64>) -> Result<Entry, String> {
        runs.sort_by(|(a, _), (b, _)| a.seconds.total_cmp(&b.seconds));
        let (measured, outcome) = runs.swap_remove(runs.len() / 2);
        let mut remark = match measured.status {
            None => "ended: far over its limit".to_string(),
            Some(status) if !status.success() => format!("{status}"),
            Some(_) => String::new(),
        };
        let mut goals = Vec::new();
        if remark.is_empty() {
            goals = read_goals(&read(&outcome)?);
            remark = self.verify(&sample.file, &outcome)?;
        }
        Ok(Entry {
            family: sample.family.code().into(),
            candidates: sample.candidates,
            seed: sample.seed,
            wave: sample.fingerprint.clone(),
            solver: solver.name.clone(),
            program: machine::fingerprint(&solver.program)?,
            limit,
            seconds: measured.seconds,
            build_seconds: None,
            peak_mib: measured.peak_mib,
            others_percent: measured.others_percent,
            goals,
            remark,
            machine: machine::name(),
        })
    }

    /// Empty when `loket verify` agrees with the outcome.
    fn verify(&self, wave: &Path, outcome: &Path) -> Result<String, String> {
        let arguments = ["verify".into(), text(wave)?, text(outcome)?];
        let limits = Limits { time: Duration::from_secs(3600), memory_mib: MEMORY_MIB };
        let page = outcome.with_extension("verify.txt");
        let measured = child::run(&self.program, &arguments, limits, &page, &outcome.with_extension("verify.errors"))?;
        Ok(match measured.status {
            Some(status) if status.success() => String::new(),
            _ => format!("NOT VERIFIED: see {}", text(&page)?),
        })
    }
}

fn read_goals(outcome: &Value) -> Vec<GoalEntry> {
    let goal = |goal: &Value| GoalEntry {
        name: goal["naam"].as_str().unwrap_or_default().into(),
        value: goal["beste"].as_i64(),
        bound: goal["bovengrens"].as_i64(),
        reached: true,
    };
    outcome["doelen"].as_array().into_iter().flatten().map(goal).collect()
}

/// A path as an argument.
///
/// # Errors
/// When it is not UTF-8.
pub fn text(path: &Path) -> Result<String, String> {
    path.to_str().map(String::from).ok_or_else(|| format!("{}: the path is not UTF-8", path.display()))
}

fn write(file: &Path, value: &Value) -> Result<(), String> {
    fs::write(file, value.to_string()).map_err(|error| format!("{}: {error}", file.display()))
}

fn read(file: &Path) -> Result<Value, String> {
    let bytes = fs::read(file).map_err(|error| format!("{}: {error}", file.display()))?;
    serde_json::from_slice(&bytes).map_err(|error| format!("{}: {error}", file.display()))
}
