//! `loket plan`: how many can start over several years, with which coaches, for what money. Each command does for a multi-year plan what its
//! namesake does for a wave.

use std::path::Path;
use std::sync::atomic::AtomicBool;

use clap::Subcommand;
use loket_instances::planning::plan_file::{Loaded, read_plan};

use super::shared::{Early, Ended, called, refuse};
use crate::files;

pub mod check;
mod page;
pub mod report;
pub mod sheets;
pub mod solve;
pub mod verify;

/// What can be typed after `loket plan`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands about multi-year plans.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Reken een meerjarenplan door: wie start waar, welke coaches, wat kost het
    Solve(solve::Arguments),
    /// Kijk een meerjarenplan na zonder het op te lossen
    Check(check::Arguments),
    /// Reken een uitkomst na tegen haar meerjarenplan
    Verify(verify::Arguments),
    /// Maak van een uitkomst een werkmap (Excel) met grafieken, voor de stuurgroep
    Report(report::Arguments),
    /// Maak van een meerjarenplan een werkmap (Excel) om in verder te werken; zonder plan een lege werkmap
    Workbook(sheets::Workbook),
    /// Maak een meerjarenplan van een werkmap (Excel) of van CSV-bestanden
    Import(sheets::Import),
}

/// The plan in a file; when it is refused, that has been told.
fn plan(name: &Path, json: bool) -> Result<Loaded, Early> {
    let bytes = files::read(name)?;
    read_plan(&bytes).map_err(|refused| refuse(&called(name), &refused, json))
}

/// Does what was typed.
pub fn run(arguments: &Arguments, stop: &AtomicBool) -> Ended {
    match &arguments.command {
        Command::Solve(arguments) => solve::run(arguments, stop),
        Command::Check(arguments) => check::run(arguments),
        Command::Verify(arguments) => verify::run(arguments),
        Command::Report(arguments) => report::run(arguments),
        Command::Workbook(arguments) => sheets::workbook(arguments),
        Command::Import(arguments) => sheets::import(arguments),
    }
}
