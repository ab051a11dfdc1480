//! The commands, one file each: what can be typed, and what it does.

use std::path::Path;
use std::sync::atomic::AtomicBool;

use loket_instances::matching::outcome::{OutcomeFile, read_outcome};
use loket_instances::matching::plan::plan_of;
use loket_instances::matching::read::{Loaded, read_wave};
use loket_instances::matching::wave_file::WaveFile;
use loket_instances::strict::problem::Refusal;
use loket_solver::matching::facts::plan::Plan;
use loket_solver::matching::facts::words::Word;
use loket_solver::matching::judge::Findings;

use crate::arguments::{Arguments, Command};
use crate::exit::Exit;
use crate::files::{self, FileError, Target};
use crate::refusal;

pub mod backup;
pub mod check;
pub mod compute;
pub mod difference;
pub mod explain;
pub mod generate;
pub mod log;
pub mod report;
pub mod rerun;
pub mod restore;
pub mod serve;
pub mod solve;
pub mod stress;
pub mod verify;

/// Runs the command that was typed. `stop` is set when the user wants to end early. The error is a file that cannot be used.
pub fn run(arguments: Arguments, stop: &'static AtomicBool) -> Result<Exit, FileError> {
    match arguments.command {
        Command::Solve(arguments) => solve::run(&arguments, stop),
        Command::Check(arguments) => check::run(&arguments),
        Command::Verify(arguments) => verify::run(&arguments),
        Command::Explain(arguments) => explain::run(&arguments, stop),
        Command::Rerun(arguments) => rerun::run(&arguments, stop),
        Command::Difference(arguments) => difference::run(&arguments),
        Command::Stress(arguments) => stress::run(&arguments, stop),
        Command::Report(arguments) => report::run(&arguments),
        Command::Generate(arguments) => generate::run(&arguments),
        Command::Backup(arguments) => backup::run(&arguments),
        Command::Restore(arguments) => restore::run(&arguments),
        Command::Log(arguments) => log::run(&arguments),
        Command::Serve(arguments) => serve::run(&arguments, stop),
        Command::Worker(arguments) => serve::work(&arguments, stop),
        Command::Compute(compute::Arguments {}) => Ok(compute::run(stop)),
    }
}

/// How messages call a file.
fn called(name: &Path) -> String {
    if files::is_standard(name) { "De standaardinvoer".into() } else { name.display().to_string() }
}

/// The wave in a file; `None` when it is refused, which has then been told.
fn wave(name: &Path, json: bool) -> Result<Option<Loaded>, FileError> {
    let bytes = files::read(name)?;
    match read_wave(&bytes) {
        Ok(loaded) => Ok(Some(loaded)),
        Err(refused) => refuse(&called(name), &refused, json).map(|()| None),
    }
}

/// Tells why an input is refused.
fn refuse(called: &str, refused: &Refusal, json: bool) -> Result<(), FileError> {
    if json {
        print(&pretty(&refusal::machine(refused)))
    } else {
        eprint!("{}", refusal::text(called, refused));
        Ok(())
    }
}

/// A wave with the plan of an outcome that was made for it.
struct Both {
    /// The wave's rows.
    file: WaveFile,
    loaded: Loaded,
    outcome: OutcomeFile,
    plan: Plan,
}

/// A wave and its outcome; or how the command ends when they cannot be used together, which has then been told: refused, or an outcome
/// that does not belong to this wave.
fn both(wave: &Path, outcome: &Path, json: bool) -> Result<Result<Both, Exit>, FileError> {
    if files::is_standard(wave) && files::is_standard(outcome) {
        return Err(FileError("De lichting en de uitkomst kunnen niet allebei van standaardinvoer komen.".into()));
    }
    let bytes = files::read(wave)?;
    let read = WaveFile::read(&bytes).and_then(|file| Ok((file.build(&bytes)?, file)));
    let (loaded, file) = match read {
        Ok(read) => read,
        Err(refused) => return refuse(&called(wave), &refused, json).map(|()| Err(Exit::Refused)),
    };
    let outcome_file = match read_outcome(&files::read(outcome)?) {
        Ok(outcome) => outcome,
        Err(refused) => return refuse(&called(outcome), &refused, json).map(|()| Err(Exit::Refused)),
    };
    let wrong = |what: &str| {
        eprintln!("{} past niet bij {}: {what}", called(outcome), called(wave));
        Ok(Err(Exit::Wrong))
    };
    if outcome_file.input_sha256 != loaded.sha256 {
        return wrong("de uitkomst is voor een ander bestand gemaakt. Los de lichting eerst op met loket solve.");
    }
    if !outcome_file.status.has_plan() {
        return wrong(&format!("de uitkomst heeft geen plan (status {}).", outcome_file.status.code()));
    }
    match plan_of(&loaded.wave, &outcome_file) {
        Ok(plan) => Ok(Ok(Both { file, loaded, outcome: outcome_file, plan })),
        Err(problems) => wrong(&format!("{}.", problems.join("; "))),
    }
}

/// Whether the plan of an outcome obeys every rule; if not, that is told.
fn obeys(both: &Both, findings: Findings) -> bool {
    let Some(breach) = findings.breaches.first() else { return true };
    eprintln!(
        "De uitkomst volgt de regels van {} niet (regel {} bij {}). Kijk haar na met loket verify.",
        both.loaded.title, breach.rule, breach.place
    );
    false
}

/// Writes to standard output.
fn print(text: &str) -> Result<(), FileError> {
    Target::new(Path::new("-"), &[])?.write(text.as_bytes())
}

/// JSON as files hold it: indented, with a line end.
fn pretty(value: &serde_json::Value) -> String {
    format!("{value:#}\n")
}
