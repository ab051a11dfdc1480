//! `loket rooster verify`: checks an outcome against its roster and lists everything that does not agree.

use std::sync::atomic::AtomicBool;

use loket_instances::scheduling::examine::{examine, examine_changes};

use super::super::shared::{Ended, called, findings};
use super::{Inputs, roster};
use crate::files;
use crate::watch::Watch;

/// What can be typed after `loket rooster verify`.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Opties")]
pub struct Arguments {
    /// The two files.
    #[command(flatten)]
    pub files: Inputs,
    /// Wat niet klopt als JSON op standaarduitvoer
    #[arg(long)]
    pub json: bool,
}

/// Status 0 when all agrees, 1 when something does not, 2 when the roster itself is refused.
pub fn run(arguments: &Arguments, stop: &AtomicBool) -> Ended {
    arguments.files.apart()?;
    let loaded = roster(&arguments.files.roster, arguments.json)?;
    let bytes = files::read(&arguments.files.outcome)?;
    let mut found = examine(&loaded, &bytes);
    if found.is_empty() {
        found.extend(examine_changes(&loaded, &bytes, &Watch::new(stop, None)));
    }
    findings(&called(&arguments.files.outcome), &found, "regels, punten, doelen, redenen en kerncijfers zijn nagerekend.", arguments.json)
}
