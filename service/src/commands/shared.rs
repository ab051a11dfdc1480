//! What commands do alike: read a wave and its outcome, tell why that cannot be, and show the answer as text or as JSON.

use std::path::{Path, PathBuf};

use loket_instances::matching::outcome::{OutcomeFile, read_outcome};
use loket_instances::matching::plan::plan_of;
use loket_instances::matching::read::{Loaded, read_wave};
use loket_instances::matching::wave_file::WaveFile;
use loket_instances::outcomes::finding::Finding;
use loket_instances::strict::problem::Refusal;
use loket_instances::strict::spot::visible;
use loket_solver::matching::facts::outcome::Verdict;
use loket_solver::matching::facts::plan::Plan;
use loket_solver::matching::facts::words::Word;
use loket_solver::matching::judge;
use serde_json::{Value, json};

use crate::console;
use crate::exit::Exit;
use crate::files::{self, FileError, Target};
use crate::present::dutch::counted;
use crate::refusal;
use crate::store::Place;

/// How a command ends when it cannot do what was asked.
#[derive(Debug)]
pub enum Early {
    /// Why has been told.
    Told(Exit),
    /// A file cannot be used, which has to be told still.
    File(FileError),
}

impl From<FileError> for Early {
    fn from(error: FileError) -> Self {
        Early::File(error)
    }
}

/// How a command ended.
pub type Ended = Result<Exit, Early>;

/// The file of this place, for what is done with files only; `with` does it for a database.
pub fn only_file<'a>(place: &'a Place, with: &str) -> Result<&'a Path, FileError> {
    let why = || FileError(format!("{place} is geen gegevensbestand, en dit kan alleen met een gegevensbestand; gebruik daarvoor {with}."));
    place.file().ok_or_else(why)
}

/// The wave and the outcome that a command is about.
#[derive(Debug, clap::Args)]
pub struct Inputs {
    /// De lichting (JSON), of - voor standaardinvoer
    #[arg(value_name = "LICHTING", help_heading = "Bestanden")]
    pub wave: PathBuf,
    /// De uitkomst (JSON), of - voor standaardinvoer
    #[arg(value_name = "UITKOMST", help_heading = "Bestanden")]
    pub outcome: PathBuf,
}

impl Inputs {
    /// Only one file can come from standard input.
    pub(super) fn apart(&self) -> Result<(), FileError> {
        apart(&self.wave, &self.outcome)
    }

    /// The wave with the plan of the outcome.
    pub(super) fn both(&self, json: bool) -> Result<Both, Early> {
        both(&self.wave, &self.outcome, json)
    }
}

fn apart(wave: &Path, outcome: &Path) -> Result<(), FileError> {
    if files::is_standard(wave) && files::is_standard(outcome) {
        return Err(FileError("De lichting en de uitkomst kunnen niet allebei van standaardinvoer komen.".into()));
    }
    Ok(())
}

/// How messages call a file.
pub(super) fn called(name: &Path) -> String {
    if files::is_standard(name) { "De standaardinvoer".into() } else { files::shown(name) }
}

/// The wave in a file; when it is refused, that has been told.
pub(super) fn wave(name: &Path, json: bool) -> Result<Loaded, Early> {
    let bytes = files::read(name)?;
    read_wave(&bytes).map_err(|refused| refuse(&called(name), &refused, json))
}

/// Tells why an input is refused.
pub(super) fn refuse(called: &str, refused: &Refusal, json: bool) -> Early {
    if json {
        return print(&pretty(&refusal::machine(refused))).map_or_else(Early::File, |()| Early::Told(Exit::Refused));
    }
    console::page(refusal::text(called, refused));
    Early::Told(Exit::Refused)
}

/// A wave with the plan of an outcome that was made for it.
pub(super) struct Both {
    /// The wave's rows.
    pub(super) file: WaveFile,
    pub(super) loaded: Loaded,
    pub(super) outcome: OutcomeFile,
    pub(super) plan: Plan,
}

/// A wave and its outcome. When they cannot be used together that has been told: refused, or an outcome that does not belong to this wave.
pub(super) fn both(wave: &Path, outcome: &Path, json: bool) -> Result<Both, Early> {
    apart(wave, outcome)?;
    let bytes = files::read(wave)?;
    let read = WaveFile::read(&bytes).and_then(|file| Ok((file.build(&bytes)?, file)));
    let (loaded, file) = read.map_err(|refused| refuse(&called(wave), &refused, json))?;
    let outcome_file = read_outcome(&files::read(outcome)?).map_err(|refused| refuse(&called(outcome), &refused, json))?;
    let wrong = |what: &str| {
        console::line(format_args!("{} past niet bij {}: {what}", called(outcome), called(wave)));
        Err(Early::Told(Exit::Wrong))
    };
    if outcome_file.input_sha256 != loaded.sha256 {
        return wrong("de uitkomst is voor een ander bestand gemaakt. Los de lichting eerst op met loket solve.");
    }
    if !outcome_file.status.has_plan() {
        return wrong(&format!("de uitkomst heeft geen plan (status {}).", outcome_file.status.code()));
    }
    match plan_of(&loaded.wave, &outcome_file) {
        Ok(plan) => Ok(Both { file, loaded, outcome: outcome_file, plan }),
        Err(problems) => wrong(&format!("{}.", problems.join("; "))),
    }
}

impl Both {
    /// That the plan obeys every rule; if not, that has been told.
    pub(super) fn obeys(&self) -> Result<(), Early> {
        let findings = judge::judge(&self.loaded.wave, &self.plan, None);
        let Some(breach) = findings.breaches.first() else { return Ok(()) };
        console::line(format_args!(
            "De uitkomst volgt de regels van {} niet (regel {} bij {}). Kijk haar na met loket verify.",
            self.loaded.title, breach.rule, breach.place
        ));
        Err(Early::Told(Exit::Wrong))
    }
}

/// The exit status that goes with how a solve ended.
pub(super) fn ended(verdict: Verdict) -> Exit {
    match verdict {
        Verdict::Optimal | Verdict::Feasible => Exit::Done,
        Verdict::Impossible => Exit::Impossible,
        Verdict::Stopped => Exit::Stopped,
    }
}

/// Writes an answer to standard output: as JSON, or as text.
pub(super) fn show(json: bool, machine: impl FnOnce() -> Value, page: impl FnOnce() -> String) -> Result<(), FileError> {
    print(&if json { pretty(&machine()) } else { page() })
}

/// Writes to standard output.
pub(super) fn print(text: &str) -> Result<(), FileError> {
    Target::standard().write(console::lines(text).as_bytes())
}

/// JSON as files hold it: indented, with a line end, and safe to show.
pub(super) fn pretty(value: &Value) -> String {
    console::escaped(&format!("{value:#}\n"))
}

/// Tells what does not agree in an outcome, or that all of it does: `right` says what was computed again.
pub(super) fn findings(name: &str, found: &[Finding], right: &str, json: bool) -> Ended {
    let machine = || {
        let list: Vec<Value> = found.iter().map(|it| json!({ "plaats": it.place, "wat": it.what })).collect();
        json!({ "klopt": list.is_empty(), "bevindingen": list })
    };
    let page = || {
        if found.is_empty() {
            return format!("{name} klopt: {right}\n");
        }
        let mut page = format!("{name} klopt niet: {}.\n", counted(found.len(), "bevinding", "bevindingen"));
        for it in found {
            page.push_str(&format!("   {}\n", visible(&format!("{}: {}", it.place, it.what))));
        }
        page
    };
    show(json, machine, page)?;
    Ok(if found.is_empty() { Exit::Done } else { Exit::Wrong })
}
