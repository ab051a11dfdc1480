//! `loket import`: what people and others keep in sheets comes in.

use clap::Subcommand;

use super::shared::Ended;

mod wave;

/// What can be typed after `loket import`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What can be brought in.
#[derive(Debug, Subcommand)]
#[command(subcommand_value_name = "OPDRACHT", subcommand_help_heading = "Opdrachten", disable_help_subcommand = true)]
pub enum Command {
    /// Maak een lichting van een werkmap (Excel) of van CSV-bestanden
    #[command(name = "lichting")]
    Wave(wave::Arguments),
}

/// Status 0 when it was done or shown; 2 when a file is refused.
pub fn run(arguments: &Arguments) -> Ended {
    match &arguments.command {
        Command::Wave(arguments) => wave::run(arguments),
    }
}
