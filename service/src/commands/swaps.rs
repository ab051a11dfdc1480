//! `loket ruilen`: who could exchange placements after publication, so that nobody gets worse and some get better.

use std::path::PathBuf;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use loket_solver::matching::solve::swaps::swaps;
use serde_json::json;

use super::shared::{Ended, Inputs, pretty};
use super::solve::seconds;
use crate::console;
use crate::exit::Exit;
use crate::files::Files;
use crate::present::dutch::counted;
use crate::present::exchange::exchange;
use crate::watch::Watch;

/// What can be typed after `loket ruilen`.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Opties", mut_arg("outcome", |it| it.help("De uitkomst die bekend is gemaakt (JSON), of - voor standaardinvoer")))]
pub struct Arguments {
    /// The two files.
    #[command(flatten)]
    pub files: Inputs,
    /// Waar het antwoord komt (JSON), of - voor standaarduitvoer
    #[arg(short, long, value_name = "BESTAND")]
    pub output: PathBuf,
    /// Stop na zoveel seconden; er is dan geen antwoord
    #[arg(long, value_name = "SECONDEN", value_parser = seconds)]
    pub time_limit: Option<Duration>,
}

/// Status 0, 1 when the outcome is not of this wave, 2 when a file is refused, 4 when stopped before there was an answer.
pub fn run(arguments: &Arguments, stop: &AtomicBool) -> Ended {
    let mut files = Files::reading([arguments.files.wave.as_path(), arguments.files.outcome.as_path()]);
    let target = files.target(&arguments.output, "het antwoord")?;
    let watch = Watch::new(stop, arguments.time_limit);
    let both = arguments.files.both(false)?;
    both.obeys()?;
    let Some(found) = swaps(&both.loaded.wave, &both.plan, both.outcome.figures.least_changes(), &watch) else {
        console::line(format_args!("Gestopt: er is geen antwoord."));
        return Ok(Exit::Stopped);
    };
    let told = exchange(&both.loaded, &found);
    target.write(pretty(&json!(told)).as_bytes())?;
    match told.people() {
        0 => console::line(format_args!("Ruilen maakt niets beter.")),
        _ => console::line(format_args!(
            "{} kunnen ruilen, in {}; iedereen van een ronde moet het willen.",
            counted(told.people(), "kandidaat", "kandidaten"),
            counted(told.rondes.len(), "ronde", "rondes")
        )),
    }
    Ok(Exit::Done)
}
