//! `loket reken`: computes one request from standard input for the worker that started it. Not for people.

use std::sync::atomic::AtomicBool;

use crate::exit::Exit;
use crate::work::compute;

/// What can be typed after `loket reken`: nothing.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Opties")]
pub struct Arguments {}

/// Status 0 when computed, 2 when the request is refused, 4 when the parent went away.
pub fn run(stop: &'static AtomicBool) -> Exit {
    compute::run(stop)
}
