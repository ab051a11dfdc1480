//! Many reruns in one go: every wave of a folder that the request touches, both cores busy, a line for each and a total.

use std::fmt::Write;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use loket_instances::matching::outcome::{OutcomeFile, Technique, compose, read_outcome, to_json};
use loket_instances::matching::plan::plan_of;
use loket_instances::matching::read::Loaded;
use loket_instances::matching::rerun::Request;
use loket_instances::matching::wave_file::WaveFile;
use loket_solver::common::control::Control;
use loket_solver::matching::ask::rerun::batch::{Task, solve_all};
use loket_solver::matching::ask::rerun::carried;
use loket_solver::matching::ask::rerun::difference::{Difference, Kind, Side, difference};
use loket_solver::matching::facts::outcome::{Outcome, Verdict};
use loket_solver::matching::facts::plan::Plan;
use serde_json::{Value, json};

use crate::exit::Exit;
use crate::files::{self, FileError, Target};
use crate::present::dutch::{count, counted, cut, time};
use crate::watch::Watch;

/// One wave of the folder that is solved again.
struct Entry {
    name: String,
    before: Loaded,
    old: Plan,
    after: Loaded,
    bytes: Vec<u8>,
}

/// A wave that cannot be solved again, with why; or one that the request does not touch.
enum Read {
    Ready(Box<Entry>),
    Untouched(String),
    Refused(String, String),
}

/// Solves every wave `x.json` in the folder that has an `x.uitkomst.json` beside it and that the request touches.
pub fn run(folder: &Path, output: Option<&Path>, request: &Request, machine: bool, stop: &AtomicBool) -> Result<Exit, FileError> {
    let watch = Watch::new(stop, None);
    if let Some(output) = output {
        if std::fs::canonicalize(output).is_ok_and(|one| std::fs::canonicalize(folder).is_ok_and(|other| one == other)) {
            return Err(FileError(format!("{} is ook de invoer; kies voor de uitvoer een andere map.", output.display())));
        }
        std::fs::create_dir_all(output).map_err(|error| FileError(format!("{} kan niet gemaakt worden: {error}.", output.display())))?;
    }
    let read: Vec<Read> = pairs(folder)?.into_iter().map(|(name, wave, outcome)| entry(name, &wave, &outcome, request)).collect();
    let entries: Vec<&Entry> = read.iter().filter_map(|it| if let Read::Ready(entry) = it { Some(entry.as_ref()) } else { None }).collect();
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
    let mut lines = Vec::new();
    let mut exit = Exit::Done;
    for (entry, outcome) in entries.iter().zip(&outcomes) {
        let line = line(entry, outcome.as_ref());
        if let (Some(folder), Some(outcome)) = (output, outcome) {
            write(folder, entry, outcome)?;
        }
        exit = worse(exit, line.exit);
        lines.push(line);
    }
    let refused = read.iter().any(|it| matches!(it, Read::Refused(..)));
    let text = if machine { as_json(&lines, &read) } else { page(&lines, &read, &watch) };
    Target::new(Path::new("-"), &[])?.write(text.as_bytes())?;
    Ok(if refused { Exit::Refused } else { exit })
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

fn entry(name: String, wave: &Path, outcome: &Path, request: &Request) -> Read {
    let read = || -> Result<Option<Entry>, String> {
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
        let bytes = format!("{:#}\n", edited.wave.to_json()).into_bytes();
        let after = edited.wave.build(&bytes).map_err(|refused| refused.to_string())?;
        Ok(Some(Entry { name: name.clone(), before, old, after, bytes }))
    };
    match read() {
        Ok(Some(entry)) => Read::Ready(Box::new(entry)),
        Ok(None) => Read::Untouched(name),
        Err(why) => Read::Refused(name, why),
    }
}

/// What is told of one wave.
struct Line {
    name: String,
    exit: Exit,
    forced: usize,
    changed: usize,
    dropped: usize,
    placed: usize,
    proven: bool,
}

fn line(entry: &Entry, outcome: Option<&Outcome>) -> Line {
    let exit = match outcome.map(|outcome| outcome.verdict) {
        Some(Verdict::Optimal | Verdict::Feasible) => Exit::Done,
        Some(Verdict::Impossible) => Exit::Impossible,
        Some(Verdict::Stopped) | None => Exit::Stopped,
    };
    let mut line = Line { name: entry.name.clone(), exit, forced: 0, changed: 0, dropped: 0, placed: 0, proven: false };
    if let Some(outcome) = outcome
        && let Some(plan) = &outcome.plan
    {
        let found: Difference = difference(Side { wave: &entry.before.wave, plan: &entry.old }, Side { wave: &entry.after.wave, plan });
        let count = |holds: fn(Kind) -> bool| found.people.iter().filter(|moved| holds(moved.kind)).count();
        line.forced = count(Kind::forced);
        line.changed = count(Kind::changed);
        line.dropped = found.people.iter().filter(|moved| moved.from.is_some() && moved.to.is_none()).count();
        line.placed = super::placed(plan);
        line.proven = outcome.verdict == Verdict::Optimal;
    }
    line
}

fn write(folder: &Path, entry: &Entry, outcome: &Outcome) -> Result<(), FileError> {
    let technique = Technique {
        version: env!("CARGO_PKG_VERSION").into(),
        engine: outcome.work.engine.clone(),
        seed: entry.after.wave.policy.seed,
        seconds: outcome.goals.iter().map(|goal| goal.time).sum::<std::time::Duration>().as_secs_f64(),
        // Of the whole batch, so of no single wave.
        memory_mib: None,
    };
    let file = format!("{:#}\n", to_json(&compose(&entry.after, outcome, &technique)));
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

fn page(lines: &[Line], read: &[Read], watch: &Watch<'_>) -> String {
    let mut page = format!("\n{:<28}{:>11}{:>11}{:>14}{:>12}   bewezen\n", "Lichting", "gedwongen", "gekozen", "zonder plek", "geplaatst");
    for line in lines {
        let state = match line.exit {
            Exit::Impossible => "onmogelijk",
            Exit::Stopped => "gestopt",
            _ if line.proven => "ja",
            _ => "nee",
        };
        let _ = writeln!(
            page,
            "{:<28}{:>11}{:>11}{:>14}{:>12}   {state}",
            cut(&line.name, 27),
            count(line.forced),
            count(line.changed),
            count(line.dropped),
            count(line.placed)
        );
    }
    for it in read {
        if let Read::Refused(name, why) = it {
            let _ = writeln!(page, "{:<28}geweigerd: {}", cut(name, 27), why.trim_end());
        }
    }
    let untouched = read.iter().filter(|it| matches!(it, Read::Untouched(_))).count();
    let _ = writeln!(
        page,
        "\n{} opnieuw ingedeeld in {}; {} niet geraakt.",
        counted(lines.len(), "lichting", "lichtingen"),
        time(watch.elapsed()),
        counted(untouched, "lichting is", "lichtingen zijn"),
    );
    page
}

fn as_json(lines: &[Line], read: &[Read]) -> String {
    let mut rows: Vec<Value> = lines
        .iter()
        .map(|line| {
            json!({
                "lichting": line.name, "einde": line.exit as u8, "gedwongen": line.forced, "gewijzigd": line.changed,
                "zonder_plek": line.dropped, "geplaatst": line.placed, "bewezen": line.proven,
            })
        })
        .collect();
    rows.extend(read.iter().filter_map(|it| match it {
        Read::Refused(name, why) => Some(json!({ "lichting": name, "einde": Exit::Refused as u8, "wat": why })),
        Read::Untouched(name) => Some(json!({ "lichting": name, "geraakt": false })),
        Read::Ready(_) => None,
    }));
    format!("{:#}\n", Value::Array(rows))
}
