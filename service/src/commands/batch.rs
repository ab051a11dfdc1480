//! `loket rerun --batch`: every wave of a folder that the request touches, both cores busy.

use std::ffi::{OsStr, OsString};
use std::io::IsTerminal;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use loket_instances::matching::outcome::{OutcomeFile, read_outcome};
use loket_instances::matching::plan::plan_of;
use loket_instances::matching::read::Loaded;
use loket_instances::matching::rerun::Request;
use loket_instances::matching::wave_file::WaveFile;
use loket_instances::strict::problem::Refusal;
use loket_solver::common::control::Control;
use loket_solver::matching::ask::rerun::batch::{Task, solve_all};
use loket_solver::matching::ask::rerun::carried;
use loket_solver::matching::ask::rerun::difference::{Side, difference};
use loket_solver::matching::facts::outcome::{Outcome, Verdict};
use loket_solver::matching::facts::plan::Plan;

use super::kept::fate;
use super::rerun::with_seats;
use super::shared::{Ended, ended, pretty, show};
use crate::console;
use crate::exit::Exit;
use crate::files::{self, FileError, Files, Target};
use crate::outcome::outcome_json;
use crate::present::rerun::many::{self, Many, Other, Solved};
use crate::present::rerun::placed;
use crate::present::rerun::told::Counts;
use crate::present::sheet::layout::RERUN;
use crate::trouble::cause;
use crate::watch::Watch;

/// One wave of the folder that is solved again.
struct Entry {
    name: OsString,
    before: Loaded,
    old: Plan,
    after: Loaded,
    bytes: Vec<u8>,
}

/// What is asked of every wave.
pub(super) struct Asked<'a> {
    pub(super) request: Request,
    /// As they were typed: each wave reads them with its own ids.
    pub(super) without_seats: &'a [String],
    /// Whether a better outcome that is there may be replaced.
    pub(super) replace: bool,
}

/// Solves every wave `x.json` in the folder that has an `x.uitkomst.json` beside it and that the request touches.
pub(super) fn run(folder: &Path, output: Option<&Path>, asked: &Asked<'_>, machine: bool, watch: &Watch<'_>) -> Ended {
    if let Some(output) = output {
        prepare(folder, output)?;
    }
    let Found { pairs, alone } = pairs(folder)?;
    let mut files = Files::reading(pairs.iter().flat_map(|pair| [pair.wave.as_path(), pair.outcome.as_path()]));
    let mut many = Many::default();
    let mut entries: Vec<Entry> = Vec::new();
    for pair in pairs {
        let called = files::shown(Path::new(&pair.name));
        match entry(pair, asked) {
            Ok(Some(entry)) => entries.push(entry),
            Ok(None) => many.others.push(Other::Untouched(called)),
            Err(why) => many.others.push(Other::Refused(called, why)),
        }
    }
    for name in alone {
        let name = files::shown(Path::new(&name));
        let why = format!("er is wel een {name}.uitkomst.json, maar geen lichting {name}.json ernaast");
        many.others.push(Other::Refused(name, why));
    }
    let targets = match output {
        Some(folder) => entries.iter().map(|it| targets(folder, it, &mut files)).collect::<Result<Vec<_>, _>>()?,
        None => Vec::new(),
    };
    let tasks: Vec<Task<'_>> =
        entries.iter().map(|it| Task { wave: &it.after.wave, start: Some(carried(&it.before.wave, &it.old, &it.after.wave)) }).collect();
    let terminal = std::io::stderr().is_terminal();
    let told = |done: usize, all: usize| {
        watch.clear();
        match (terminal, done == all) {
            (true, last) => {
                console::redraw(format_args!("{done} van {all} lichtingen opnieuw ingedeeld"));
                console::page(if last { "\n" } else { "" });
            }
            (false, true) => console::line(format_args!("{done} van {all} lichtingen opnieuw ingedeeld")),
            (false, false) => {}
        }
    };
    let outcomes = solve_all(&tasks, watch, &told);
    watch.quiet();
    let mut exit = Exit::Done;
    let mut kept = false;
    for (at, (entry, outcome)) in entries.iter().zip(&outcomes).enumerate() {
        if let (Some(targets), Some(outcome)) = (targets.get(at), outcome) {
            kept |= !write(targets, entry, outcome, asked.replace)?;
        }
        let line = solved(entry, outcome.as_ref());
        exit = worse(exit, line.exit);
        many.solved.push(line);
    }
    if many.others.iter().any(|it| matches!(it, Other::Refused(..))) {
        exit = Exit::Refused;
    }
    if kept && exit == Exit::Done {
        exit = Exit::Stopped;
    }
    many.took = watch.elapsed();
    show(machine, || many::json(&many), || many::sheet(&many).text(&RERUN))?;
    Ok(exit)
}

/// The folder for what is written: another one than what is read, and there.
fn prepare(folder: &Path, output: &Path) -> Result<(), FileError> {
    if files::is_standard(output) {
        return Err(FileError("Met --batch is -o een map; er komen meer bestanden dan op standaarduitvoer passen.".into()));
    }
    let shown = files::shown(output);
    if files::same(folder, output) {
        return Err(FileError(format!("{shown} is ook de invoer; kies voor de uitvoer een andere map.")));
    }
    std::fs::create_dir_all(output).map_err(|error| FileError(format!("{shown} kan niet gemaakt worden: {}.", cause(&error))))
}

/// A wave and its outcome in the folder. Names need not be UTF-8.
struct Pair {
    name: OsString,
    wave: PathBuf,
    outcome: PathBuf,
}

/// What is in the folder, by name.
struct Found {
    pairs: Vec<Pair>,
    /// Outcomes without a wave beside them.
    alone: Vec<OsString>,
}

const OUTCOME: &str = ".uitkomst.json";

/// A name with something behind it.
fn with(name: &OsStr, ending: &str) -> OsString {
    let mut whole = name.to_os_string();
    whole.push(ending);
    whole
}

/// The waves of a folder with their outcomes.
fn pairs(folder: &Path) -> Result<Found, FileError> {
    let unreadable = |error: std::io::Error| files::unreadable(folder, &error);
    let mut found = Found { pairs: Vec::new(), alone: Vec::new() };
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        let outcome = entry.map_err(unreadable)?.path();
        let name = outcome.file_name().and_then(|name| name.as_bytes().strip_suffix(OUTCOME.as_bytes()));
        let Some(name) = name.map(|name| OsStr::from_bytes(name).to_os_string()) else { continue };
        let wave = outcome.with_file_name(with(&name, ".json"));
        match wave.is_file() {
            true => found.pairs.push(Pair { name, wave, outcome }),
            false => found.alone.push(name),
        }
    }
    found.pairs.sort_by(|one, other| one.name.cmp(&other.name));
    found.alone.sort();
    if found.pairs.is_empty() && found.alone.is_empty() {
        return Err(FileError(format!("In {} staat geen lichting x.json met x.uitkomst.json ernaast.", files::shown(folder))));
    }
    Ok(found)
}

/// Everything that is wrong, for a line of a table.
fn one_line(refused: &Refusal) -> String {
    refused.to_string().trim_end().replace('\n', "; ")
}

/// What is needed to solve a wave again; `None` when the request does not touch it, and why not when it cannot be.
fn entry(pair: Pair, asked: &Asked<'_>) -> Result<Option<Entry>, String> {
    let Pair { name, wave, outcome } = pair;
    let bytes = files::read(&wave).map_err(|error| error.to_string())?;
    let file = WaveFile::read(&bytes).map_err(|refused| one_line(&refused))?;
    let before = file.build(&bytes).map_err(|refused| one_line(&refused))?;
    let (request, remarks) = with_seats(&asked.request, asked.without_seats, &before.wave);
    let part = request.about(&before);
    if part.changes_nothing() {
        return Ok(None);
    }
    remarks.iter().for_each(|remark| console::line(format_args!("{}: {remark}", files::shown(Path::new(&name)))));
    let bytes_of = files::read(&outcome).map_err(|error| error.to_string())?;
    let outcome: OutcomeFile = read_outcome(&bytes_of).map_err(|refused| one_line(&refused))?;
    if outcome.input_sha256 != before.sha256 {
        return Err("de uitkomst is voor een ander bestand gemaakt".into());
    }
    let old = plan_of(&before.wave, &outcome).map_err(|wrong| wrong.join("; "))?;
    let edited = file.rerun(&before, &outcome, &part).map_err(|refused| one_line(&refused))?;
    let bytes = pretty(&edited.wave.to_json()).into_bytes();
    let after = edited.wave.build(&bytes).map_err(|refused| one_line(&refused))?;
    Ok(Some(Entry { name, before, old, after, bytes }))
}

fn solved(entry: &Entry, outcome: Option<&Outcome>) -> Solved {
    let exit = outcome.map_or(Exit::Stopped, |outcome| ended(outcome.verdict));
    let mut line = Solved { name: files::shown(Path::new(&entry.name)), exit, counts: Counts::default(), placed: 0, proven: false };
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

/// Where the new wave and the new outcome go.
struct Targets {
    wave: Target,
    outcome: Target,
    /// Where the outcome goes, by name.
    name: PathBuf,
}

fn targets(folder: &Path, entry: &Entry, files: &mut Files) -> Result<Targets, FileError> {
    let name = folder.join(with(&entry.name, OUTCOME));
    let mut target = |path: &Path, what| files.target(path, what);
    let wave = target(&folder.join(with(&entry.name, ".json")), "de nieuwe lichting")?;
    Ok(Targets { wave, outcome: target(&name, "de nieuwe uitkomst")?, name })
}

/// Writes a wave and its outcome, unless there is a reason not to, which is then told; whether it did.
fn write(targets: &Targets, entry: &Entry, outcome: &Outcome, replace: bool) -> Result<bool, FileError> {
    if let Some(why) = fate(&targets.name, &entry.after, outcome, replace).says(&targets.name) {
        console::line(format_args!("{}: {why}", files::shown(Path::new(&entry.name))));
        return Ok(false);
    }
    let took: Duration = outcome.goals.iter().map(|goal| goal.time).sum();
    // Memory is of the whole batch, so of no single wave.
    let file = pretty(&outcome_json(&entry.after, outcome, took, None));
    targets.wave.write(&entry.bytes)?;
    targets.outcome.write(file.as_bytes())?;
    Ok(true)
}

/// The exit status that says most: impossible before stopped before done.
fn worse(one: Exit, other: Exit) -> Exit {
    match (one, other) {
        (Exit::Impossible, _) | (_, Exit::Impossible) => Exit::Impossible,
        (Exit::Stopped, _) | (_, Exit::Stopped) => Exit::Stopped,
        _ => Exit::Done,
    }
}
