//! `loket rooster`: plans when people meet. Each command does for a roster what its namesake does for a wave.

use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use clap::Subcommand;
use loket_instances::scheduling::roster_file::{Loaded, read_roster};

use super::shared::{Early, Ended, called, refuse};
use crate::files::{self, FileError};

pub mod check;
pub mod explain;
pub mod from_waves;
pub mod ics;
mod more;
mod page;
pub mod rerun;
pub mod solve;
pub mod verify;

/// What can be typed after `loket rooster`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands about rosters.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Maak een rooster: wie wanneer, waar en met wie
    Solve(solve::Arguments),
    /// Kijk een roosterbestand na zonder het op te lossen
    Check(check::Arguments),
    /// Reken een uitkomst na tegen haar rooster
    Verify(verify::Arguments),
    /// Waarom is iemand daar gepland of niet, wat kan er anders, en wat kost dat
    Explain(explain::Arguments),
    /// Maak het rooster opnieuw na uitval, met zo weinig mogelijk wijzigingen
    Rerun(rerun::Arguments),
    /// Vul een rooster voor intervisie of bezoeken uit opgeloste lichtingen
    FromWaves(from_waves::Arguments),
    /// Schrijf voor iedereen in het rooster een bestand voor de agenda
    Ics(ics::Arguments),
}

/// The roster and the outcome that a command is about.
#[derive(Debug, clap::Args)]
pub struct Inputs {
    /// Het rooster (JSON), of - voor standaardinvoer
    #[arg(value_name = "ROOSTER", help_heading = "Bestanden")]
    pub roster: PathBuf,
    /// De uitkomst (JSON), of - voor standaardinvoer
    #[arg(value_name = "UITKOMST", help_heading = "Bestanden")]
    pub outcome: PathBuf,
}

impl Inputs {
    /// Only one file can come from standard input.
    fn apart(&self) -> Result<(), FileError> {
        if files::is_standard(&self.roster) && files::is_standard(&self.outcome) {
            return Err(FileError("Het rooster en de uitkomst kunnen niet allebei van standaardinvoer komen.".into()));
        }
        Ok(())
    }
}

/// The roster in a file; when it is refused, that has been told.
fn roster(name: &Path, json: bool) -> Result<Loaded, Early> {
    let bytes = files::read(name)?;
    read_roster(&bytes).map_err(|refused| refuse(&called(name), &refused, json))
}

/// Does what was typed.
pub fn run(arguments: &Arguments, stop: &AtomicBool) -> Ended {
    match &arguments.command {
        Command::Solve(arguments) => solve::run(arguments, stop),
        Command::Check(arguments) => check::run(arguments),
        Command::Verify(arguments) => verify::run(arguments, stop),
        Command::Explain(arguments) => explain::run(arguments, stop),
        Command::Rerun(arguments) => rerun::run(arguments, stop),
        Command::FromWaves(arguments) => from_waves::run(arguments),
        Command::Ics(arguments) => ics::run(arguments),
    }
}
