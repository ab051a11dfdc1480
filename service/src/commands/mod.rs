//! The commands: what can be typed, and what it does.

use std::sync::atomic::AtomicBool;

use arguments::{Arguments, Command};
use shared::{Early, Ended};

use crate::exit::Exit;
use crate::files::FileError;

pub mod access;
pub mod algorithm_register;
pub mod arguments;
pub mod backup;
mod batch;
pub mod check;
pub mod compute;
pub mod difference;
pub mod dossier;
pub mod explain;
pub mod export;
pub mod generate;
pub mod import;
mod kept;
pub mod log;
pub mod manager;
pub mod monitor;
pub mod move_data;
pub mod plan;
pub mod prices;
pub mod read;
pub mod report;
pub mod rerun;
pub mod restore;
pub mod retention;
pub mod rooster;
pub mod serve;
pub mod settle;
pub mod shared;
pub mod solve;
pub mod stress;
pub mod swaps;
pub mod trial;
pub mod verify;
pub mod waiting;

/// Runs the command that was typed. `stop` is set when the user wants to end early. The error is a file that cannot be used.
pub fn run(arguments: Arguments, stop: &'static AtomicBool) -> Result<Exit, FileError> {
    match ended(arguments, stop) {
        Ok(exit) | Err(Early::Told(exit)) => Ok(exit),
        Err(Early::File(error)) => Err(error),
    }
}

fn ended(arguments: Arguments, stop: &'static AtomicBool) -> Ended {
    match arguments.command {
        Command::Solve(arguments) => solve::run(&arguments, stop),
        Command::Check(arguments) => check::run(&arguments),
        Command::Verify(arguments) => verify::run(&arguments),
        Command::Explain(arguments) => explain::run(&arguments, stop),
        Command::Rerun(arguments) => rerun::run(&arguments, stop),
        Command::Difference(arguments) => difference::run(&arguments),
        Command::Rooster(arguments) => rooster::run(&arguments, stop),
        Command::Plan(arguments) => plan::run(&arguments, stop),
        Command::Monitor(arguments) => monitor::run(&arguments),
        Command::Stress(arguments) => stress::run(&arguments, stop),
        Command::Prices(arguments) => prices::run(&arguments),
        Command::Waiting(arguments) => waiting::run(&arguments, stop),
        Command::Trial(arguments) => trial::run(&arguments, stop),
        Command::Swaps(arguments) => swaps::run(&arguments, stop),
        Command::Report(arguments) => report::run(&arguments),
        Command::Import(arguments) => import::run(&arguments),
        Command::Export(arguments) => export::run(&arguments, stop),
        Command::Generate(arguments) => generate::run(&arguments),
        Command::Backup(arguments) => Ok(backup::run(&arguments)?),
        Command::Move(arguments) => Ok(move_data::run(&arguments)?),
        Command::Restore(arguments) => Ok(restore::run(&arguments)?),
        Command::Settle(arguments) => Ok(settle::run(&arguments)?),
        Command::Log(arguments) => Ok(log::run(&arguments)?),
        Command::Dossier(arguments) => Ok(dossier::run(&arguments)?),
        Command::Retention(arguments) => Ok(retention::run(&arguments)?),
        Command::AlgorithmRegister(arguments) => Ok(algorithm_register::run(&arguments)?),
        Command::Access(arguments) => Ok(access::run(&arguments)?),
        Command::Serve(arguments) => Ok(serve::run(&arguments, stop)?),
        Command::Worker(arguments) => Ok(serve::work(&arguments, stop)?),
        Command::Compute(compute::Arguments {}) => Ok(compute::run(stop)),
        Command::Read(read::Arguments {}) => Ok(read::run()),
    }
}
