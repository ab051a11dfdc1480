//! `loket plan report`: an outcome as a workbook for a steering group.

use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

use loket_instances::planning::outcome::read_outcome;
use loket_instances::planning::report::Report;

use super::super::shared::{Early, Ended, called, refuse};
use super::plan;
use crate::console;
use crate::exit::Exit;
use crate::files::{self, FileError, Files};
use crate::present::plan::book;
use crate::present::sheet::workbook::workbook;

/// What can be typed after `loket plan report`.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Opties")]
pub struct Arguments {
    /// De uitkomst (JSON), of - voor standaardinvoer
    #[arg(value_name = "UITKOMST", help_heading = "Bestanden")]
    pub outcome: PathBuf,
    /// Waar de werkmap (.xlsx) komt; - is standaarduitvoer
    #[arg(long, value_name = "WERKMAP", help_heading = "Bestanden")]
    pub xlsx: PathBuf,
    /// Het meerjarenplan (JSON), voor namen en voor wat per maand, jaar en activiteit verteld wordt
    #[arg(long, value_name = "PLAN", help_heading = "Bestanden")]
    pub plan: Option<PathBuf>,
}

/// Status 0, 1 when the outcome is not of the plan, 2 when a file is refused.
pub fn run(arguments: &Arguments) -> Ended {
    let mut files = Files::reading([&arguments.outcome].into_iter().chain(&arguments.plan).map(PathBuf::as_path));
    let target = files.target(&arguments.xlsx, "de werkmap")?;
    if arguments.plan.as_deref().is_some_and(files::is_standard) && files::is_standard(&arguments.outcome) {
        return Err(FileError("Het plan en de uitkomst kunnen niet allebei van standaardinvoer komen.".into()).into());
    }
    let loaded = arguments.plan.as_ref().map(|name| plan(name, false)).transpose()?;
    let name = called(&arguments.outcome);
    let outcome = read_outcome(&files::read(&arguments.outcome)?).map_err(|refused| refuse(&name, &refused, false))?;
    let report = match Report::new(&outcome, loaded.as_ref()) {
        Ok(report) => report,
        Err(what) => {
            console::line(format_args!("{name} past niet bij het plan: {what}."));
            return Err(Early::Told(Exit::Wrong));
        }
    };
    let made = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |it| i64::try_from(it.as_secs()).unwrap_or(0));
    target.write(&workbook(&book(&report, made)).map_err(|unmade| FileError(unmade.0))?)?;
    Ok(Exit::Done)
}
