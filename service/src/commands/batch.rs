//! `loket rerun --batch`: every wave of a folder that the request touches, both cores busy.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use loket_instances::matching::outcome::{OutcomeFile, read_outcome};
use loket_instances::matching::plan::plan_of;
use loket_instances::matching::read::Loaded;
use loket_instances::matching::rerun::Request;
use loket_instances::matching::wave_file::WaveFile;
use loket_solver::common::control::Control;
use loket_solver::matching::ask::rerun::batch::{Task, solve_all};
use loket_solver::matching::ask::rerun::carried;
use loket_solver::matching::ask::rerun::difference::{Side, difference};
use loket_solver::matching::facts::outcome::{Outcome, Verdict};
use loket_solver::matching::facts::plan::Plan;

use super::shared::{Ended, ended, pretty, show};
use crate::exit::Exit;
use crate::files::{self, FileError, Target};
use crate::outcome::outcome_json;
use crate::present::rerun::many::{self, Many, Other, Solved};
use crate::present::rerun::placed;
use crate::present::rerun::told::Counts;
use crate::present::sheet::layout::RERUN;
use crate::watch::Watch;

/// One wave of the folder that is solved again.
struct Entry {
    name: String,
    before: Loaded,
    old: Plan,
    after: Loaded,
    bytes: Vec<u8>,
}

/// Solves every wave `x.json` in the folder that has an `x.uitkomst.json` beside it and that the request touches.
pub fn run(folder: &Path, output: Option<&Path>, request: &Request, machine: bool, stop: &AtomicBool) -> Ended {
    let watch = Watch::new(stop, None);
    if let Some(output) = output {
        if std::fs::canonicalize(output).is_ok_and(|one| std::fs::canonicalize(folder).is_ok_and(|other| one == other)) {
            return Err(FileError(format!("{} is ook de invoer; kies voor de uitvoer een andere map.", output.display())).into());
        }
        std::fs::create_dir_all(output).map_err(|error| FileError(format!("{} kan niet gemaakt worden: {error}.", output.display())))?;
    }
    let mut many = Many::default();
    let mut entries: Vec<Entry> = Vec::new();
    for (name, wave, outcome) in pairs(folder)? {
        match entry(&name, &wave, &outcome, request) {
            Ok(Some(entry)) => entries.push(entry),
            Ok(None) => many.others.push(Other::Untouched(name)),
            Err(why) => many.others.push(Other::Refused(name, why)),
        }
    }
    let tasks: Vec<Task<'_>> =
        entries.iter().map(|it| Task { wave: &it.after.wave, start: Some(carried(&it.before.wave, &it.old, &it.after.wave)) }).collect();
    let terminal = std::io::stderr().is_terminal();
    let told = |done: usize, all: usize| match (terminal, done == all) {
        (true, false) => eprint!("\r{done} van {all} lichtingen opnieuw ingedeeld"),
        (true, true) => eprintln!("\r{done} van {all} lichtingen opnieuw ingedeeld"),
        (false, true) => eprintln!("{done} van {all} lichtingen opnieuw ingedeeld"),
        (false, false) => {}
    };
    let outcomes = solve_all(&tasks, &watch, &told);
    let mut exit = Exit::Done;
    for (entry, outcome) in entries.iter().zip(&outcomes) {
        if let (Some(folder), Some(outcome)) = (output, outcome) {
            write(folder, entry, outcome)?;
        }
        let line = solved(entry, outcome.as_ref());
        exit = worse(exit, line.exit);
        many.solved.push(line);
    }
    if many.others.iter().any(|it| matches!(it, Other::Refused(..))) {
        exit = Exit::Refused;
    }
    many.took = watch.elapsed();
    show(machine, || many::json(&many), || many::sheet(&many).text(&RERUN))?;
    Ok(exit)
}

/// The waves of a folder with their outcomes, by name.
fn pairs(folder: &Path) -> Result<Vec<(String, PathBuf, PathBuf)>, FileError> {
    let unreadable = |error: std::io::Error| FileError(format!("{} kan niet gelezen worden: {error}.", folder.display()));
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
        if let Some(name) = name.strip_suffix(".uitkomst.json") {
            let wave = path.with_file_name(format!("{name}.json"));
            if wave.is_file() {
                found.push((name.to_owned(), wave, path.clone()));
            }
        }
    }
    found.sort();
    if found.is_empty() {
        return Err(FileError(format!("In {} staat geen lichting x.json met x.uitkomst.json ernaast.", folder.display())));
    }
    Ok(found)
}

/// What is needed to solve a wave again; `None` when the request does not touch it, and why not when it cannot be.
fn entry(name: &str, wave: &Path, outcome: &Path, request: &Request) -> Result<Option<Entry>, String> {
    let bytes = files::read(wave).map_err(|error| error.to_string())?;
    let file = WaveFile::read(&bytes).map_err(|refused| refused.to_string())?;
    let before = file.build(&bytes).map_err(|refused| refused.to_string())?;
    let part = request.about(&before);
    if part.changes_nothing() {
        return Ok(None);
    }
    let bytes_of = files::read(outcome).map_err(|error| error.to_string())?;
    let outcome: OutcomeFile = read_outcome(&bytes_of).map_err(|refused| refused.to_string())?;
    if outcome.input_sha256 != before.sha256 {
        return Err("de uitkomst is voor een ander bestand gemaakt".into());
    }
    let old = plan_of(&before.wave, &outcome).map_err(|wrong| wrong.join("; "))?;
    let edited = file.rerun(&before, &outcome, &part).map_err(|refused| refused.to_string())?;
    let bytes = pretty(&edited.wave.to_json()).into_bytes();
    let after = edited.wave.build(&bytes).map_err(|refused| refused.to_string())?;
    Ok(Some(Entry { name: name.to_owned(), before, old, after, bytes }))
}

fn solved(entry: &Entry, outcome: Option<&Outcome>) -> Solved {
    let exit = outcome.map_or(Exit::Stopped, |outcome| ended(outcome.verdict));
    let mut line = Solved { name: entry.name.clone(), exit, counts: Counts::default(), placed: 0, proven: false };
    if let Some(outcome) = outcome
        && let Some(plan) = &outcome.plan
    {
        let found = difference(Side { wave: &entry.before.wave, plan: &entry.old }, Side { wave: &entry.after.wave, plan });
        line.counts = Counts::of(&found);
        line.placed = placed(plan);
        line.proven = outcome.verdict == Verdict::Optimal;
    }
    line
}

fn write(folder: &Path, entry: &Entry, outcome: &Outcome) -> Result<(), FileError> {
    let took: Duration = outcome.goals.iter().map(|goal| goal.time).sum();
    // Memory is of the whole batch, so of no single wave.
    let file = pretty(&outcome_json(&entry.after, outcome, took, None));
    Target::new(&folder.join(format!("{}.json", entry.name)), &[])?.write(&entry.bytes)?;
    Target::new(&folder.join(format!("{}.uitkomst.json", entry.name)), &[])?.write(file.as_bytes())
}

/// The exit status that says most: impossible before stopped before done.
fn worse(one: Exit, other: Exit) -> Exit {
    match (one, other) {
        (Exit::Impossible, _) | (_, Exit::Impossible) => Exit::Impossible,
        (Exit::Stopped, _) | (_, Exit::Stopped) => Exit::Stopped,
        _ => Exit::Done,
    }
}
