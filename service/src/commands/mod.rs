//! The commands, one file each: what can be typed, and what it does.

use std::path::Path;
use std::sync::atomic::AtomicBool;

use loket_instances::read::{Loaded, read_wave};

use crate::arguments::{Arguments, Command};
use crate::exit::Exit;
use crate::files::{self, FileError, Target};
use crate::refusal;

pub mod check;
pub mod explain;
pub mod generate;
pub mod solve;
pub mod verify;

/// Runs the command that was typed. `stop` is set when the user wants to end early. The error is a file that cannot be used.
pub fn run(arguments: Arguments, stop: &AtomicBool) -> Result<Exit, FileError> {
    match arguments.command {
        Command::Solve(arguments) => solve::run(&arguments, stop),
        Command::Check(arguments) => check::run(&arguments),
        Command::Verify(arguments) => verify::run(&arguments),
        Command::Explain(arguments) => explain::run(&arguments, stop),
        Command::Generate(arguments) => generate::run(&arguments),
    }
}

/// How messages call a file.
fn called(name: &Path) -> String {
    if files::is_standard(name) { "De standaardinvoer".into() } else { name.display().to_string() }
}

/// The wave in a file; `None` when it is refused, which has then been told.
fn wave(name: &Path, json: bool) -> Result<Option<Loaded>, FileError> {
    let bytes = files::read(name)?;
    match read_wave(&bytes) {
        Ok(loaded) => Ok(Some(loaded)),
        Err(refused) => {
            if json {
                print(&pretty(&refusal::machine(&refused)))?;
            } else {
                eprint!("{}", refusal::text(&called(name), &refused));
            }
            Ok(None)
        }
    }
}

/// Writes to standard output.
fn print(text: &str) -> Result<(), FileError> {
    Target::new(Path::new("-"), &[])?.write(text.as_bytes())
}

/// JSON as files hold it: indented, with a line end.
fn pretty(value: &serde_json::Value) -> String {
    format!("{value:#}\n")
}
