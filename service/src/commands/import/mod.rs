//! `loket import`: what people keep in sheets and what others publish comes in: waves, schools, postcode areas, travel times.

use clap::Subcommand;

use super::shared::Ended;

mod areas;
mod open;
mod roads;
mod schools;
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
    /// Vul het register met scholen en besturen uit open gegevens van DUO en CBS
    Scholen(schools::Arguments),
    /// Lees waar het midden van elke postcode ligt, om van postcodes plaatsen te maken
    Pc4(areas::Arguments),
    /// Zet reistijden van een routeplanner in een lichting
    Reistijden(roads::Arguments),
}

/// Status 0 when it was done or shown; 2 when a file is refused.
pub fn run(arguments: &Arguments) -> Ended {
    match &arguments.command {
        Command::Wave(arguments) => wave::run(arguments),
        Command::Scholen(arguments) => schools::run(arguments),
        Command::Pc4(arguments) => areas::run(arguments),
        Command::Reistijden(arguments) => roads::run(arguments),
    }
}
