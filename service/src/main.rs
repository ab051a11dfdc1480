//! The program `loket`: read the arguments, hear Ctrl-C, run the command, tell how it ended.

use std::process::ExitCode;

use loket_service::commands::{self, arguments};
use loket_service::{console, exit::Exit, usage, watch};

fn main() -> ExitCode {
    let arguments = match arguments::read(std::env::args_os()) {
        Ok(arguments) => arguments,
        Err(error) => return usage::tell(&error).into(),
    };
    let stop = watch::hear_stop();
    let exit = commands::run(arguments, stop).unwrap_or_else(|error| {
        console::page(format_args!("{error}\n"));
        Exit::Refused
    });
    exit.into()
}
