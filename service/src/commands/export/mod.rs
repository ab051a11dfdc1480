//! `loket export`: what Loket knows, in files for people and other programs.

use std::sync::atomic::AtomicBool;

use clap::Subcommand;

use super::shared::Ended;

mod agenda;
mod letters;
mod lists;
mod model;
mod outcome;
mod printed;
mod sheets;

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
    /// Een lege werkmap (Excel) om een lichting in te vullen, met uitleg en voorbeelden
    #[command(name = "sjabloon")]
    Template(sheets::Template),
    /// Een lichting als werkmap (Excel), om in verder te werken
    #[command(name = "lichting")]
    Wave(sheets::Wave),
    /// Een uitkomst als werkmap (Excel) met grafieken, of een lijst voor een bestuur, school of coach
    #[command(name = "uitkomst")]
    Outcome(outcome::Arguments),
    /// Brieven aan de kandidaten als PDF: elke brief apart, en alle brieven in één bestand
    #[command(name = "brieven")]
    Letters(letters::Arguments),
    /// Een lijst per school om af te drukken, als PDF: van alles, of van één bestuur, school of coach
    #[command(name = "lijst")]
    Lists(lists::Arguments),
    /// Eerste dagen voor een agenda (.ics), zonder namen van mensen
    #[command(name = "agenda")]
    Agenda(agenda::Arguments),
    /// Het rekenmodel van een lichting, per doel een bestand (MPS of LP), zodat een andere solver ons kan narekenen
    Model(model::Arguments),
}

/// Status 0 when it was written; 2 when a file is refused or cannot be written; of a model also how its solve ended.
pub fn run(arguments: &Arguments, stop: &AtomicBool) -> Ended {
    match &arguments.command {
        Command::Template(arguments) => sheets::template(arguments),
        Command::Wave(arguments) => sheets::wave(arguments),
        Command::Outcome(arguments) => outcome::run(arguments),
        Command::Letters(arguments) => letters::run(arguments),
        Command::Lists(arguments) => lists::run(arguments),
        Command::Agenda(arguments) => agenda::run(arguments),
        Command::Model(arguments) => model::run(arguments, stop),
    }
}
