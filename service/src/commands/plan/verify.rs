//! `loket plan verify`: checks an outcome against its multi-year plan and lists everything that does not agree.

use std::path::PathBuf;

use loket_instances::planning::examine::examine;

use super::super::shared::{Ended, called, findings};
use super::plan;
use crate::files::{self, FileError};

/// What can be typed after `loket plan verify`.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Opties")]
pub struct Arguments {
    /// Het meerjarenplan (JSON), of - voor standaardinvoer
    #[arg(value_name = "PLAN", help_heading = "Bestanden")]
    pub plan: PathBuf,
    /// De uitkomst (JSON), of - voor standaardinvoer
    #[arg(value_name = "UITKOMST", help_heading = "Bestanden")]
    pub outcome: PathBuf,
    /// Wat niet klopt als JSON op standaarduitvoer
    #[arg(long)]
    pub json: bool,
}

/// Status 0 when all agrees, 1 when something does not, 2 when the plan itself is refused.
pub fn run(arguments: &Arguments) -> Ended {
    if files::is_standard(&arguments.plan) && files::is_standard(&arguments.outcome) {
        return Err(FileError("Het plan en de uitkomst kunnen niet allebei van standaardinvoer komen.".into()).into());
    }
    let loaded = plan(&arguments.plan, arguments.json)?;
    let bytes = files::read(&arguments.outcome)?;
    let found = examine(&loaded, &bytes);
    findings(&called(&arguments.outcome), &found, "regels, doelen, tellingen, coaches en bedragen zijn nagerekend.", arguments.json)
}
