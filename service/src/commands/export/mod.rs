//! `loket export`: what goes out of a wave and its outcome.

use clap::Subcommand;

use super::shared::Ended;

pub mod agenda;
pub mod letters;
pub mod lists;
mod printed;

/// What can be typed after `loket export`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// What is made.
    #[command(subcommand)]
    pub command: Command,
}

/// What can be made.
#[derive(Debug, Subcommand)]
#[command(subcommand_value_name = "OPDRACHT", subcommand_help_heading = "Opdrachten", disable_help_subcommand = true)]
pub enum Command {
    /// Brieven aan de kandidaten als PDF: elke brief apart, en alle brieven in één bestand
    #[command(name = "brieven")]
    Letters(letters::Arguments),
    /// Een lijst per school om af te drukken, als PDF: van alles, of van één bestuur, school of coach
    #[command(name = "lijst")]
    Lists(lists::Arguments),
    /// Eerste dagen voor een agenda (.ics), zonder namen van mensen
    #[command(name = "agenda")]
    Agenda(agenda::Arguments),
}

/// Status 0, 1 when the outcome is not of this wave, 2 when a file is refused or cannot be written.
pub fn run(arguments: &Arguments) -> Ended {
    match &arguments.command {
        Command::Letters(arguments) => letters::run(arguments),
        Command::Lists(arguments) => lists::run(arguments),
        Command::Agenda(arguments) => agenda::run(arguments),
    }
}
