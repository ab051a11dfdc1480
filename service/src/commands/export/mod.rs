//! `loket export`: what Loket knows, in files for other programs.

use std::sync::atomic::AtomicBool;

use clap::Subcommand;

use super::shared::Ended;

mod model;

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
    /// Het rekenmodel van een lichting, per doel een bestand (MPS of LP), zodat een andere solver ons kan narekenen
    Model(model::Arguments),
}

/// Runs what was typed.
pub fn run(arguments: &Arguments, stop: &AtomicBool) -> Ended {
    match &arguments.command {
        Command::Model(arguments) => model::run(arguments, stop),
    }
}
