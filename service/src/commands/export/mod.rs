//! `loket export`: what Loket knows, in files for other programs.

use std::sync::atomic::AtomicBool;

use clap::Subcommand;

use super::shared::Ended;

mod outcome;

/// What can be typed after `loket export`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// What to write.
    #[command(subcommand)]
    pub command: Command,
}

/// What can be written.
#[derive(Debug, Subcommand)]
#[command(subcommand_value_name = "OPDRACHT", subcommand_help_heading = "Opdrachten", disable_help_subcommand = true)]
pub enum Command {
    /// Een uitkomst als werkmap (Excel) met grafieken, of een lijst voor een bestuur, school of coach
    #[command(name = "uitkomst")]
    Outcome(outcome::Arguments),
}

/// Runs what was typed.
pub fn run(arguments: &Arguments, _stop: &AtomicBool) -> Ended {
    match &arguments.command {
        Command::Outcome(arguments) => outcome::run(arguments),
    }
}
