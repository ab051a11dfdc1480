//! `loket wachtlijst`: who comes in first when somebody falls out after publication.

use std::path::PathBuf;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use loket_solver::matching::ask::waiting::waiting;
use loket_solver::matching::facts::words::{Phase, Status, Word};
use serde_json::json;

use super::shared::{Ended, Inputs, pretty};
use super::solve::seconds;
use crate::console;
use crate::exit::Exit;
use crate::files::Files;
use crate::present::dutch::counted;
use crate::present::waiting::waiting_list;
use crate::watch::Watch;

/// What can be typed after `loket wachtlijst`.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Opties", mut_arg("outcome", |it| it.help("De uitkomst die nu geldt (JSON), of - voor standaardinvoer")))]
pub struct Arguments {
    /// The two files.
    #[command(flatten)]
    pub files: Inputs,
    /// Hoeveel van de duizend mensen van een fase uitvallen, bijvoorbeeld opleiding=85; mag vaker
    #[arg(long, value_name = "FASE=AANTAL", value_parser = rate)]
    pub tarief: Vec<(Phase, u32)>,
    /// Waar de wachtlijst komt (JSON), of - voor standaarduitvoer
    #[arg(short, long, value_name = "BESTAND")]
    pub output: PathBuf,
    /// Stop na zoveel seconden met wat tot dan toe is doorgerekend
    #[arg(long, value_name = "SECONDEN", value_parser = seconds)]
    pub time_limit: Option<Duration>,
}

fn rate(text: &str) -> Result<(Phase, u32), String> {
    let wrong = || "Schrijf een fase en een getal van 0 tot en met 1000, zoals opleiding=85.".to_owned();
    let (phase, number) = text.split_once('=').ok_or_else(wrong)?;
    let number: u32 = number.parse().map_err(|_| wrong())?;
    let phase = Phase::parse(phase).filter(|_| number <= 1_000).ok_or_else(wrong)?;
    Ok((phase, number))
}

/// Status 0, 1 when the outcome is not of this wave, 2 when a file is refused, 4 when stopped before everything was looked at.
pub fn run(arguments: &Arguments, stop: &AtomicBool) -> Ended {
    let mut files = Files::reading([arguments.files.wave.as_path(), arguments.files.outcome.as_path()]);
    let target = files.target(&arguments.output, "de wachtlijst")?;
    let watch = Watch::new(stop, arguments.time_limit);
    let both = arguments.files.both(false)?;
    both.obeys()?;
    let wave = &both.loaded.wave;
    let rate = |phase: Phase| arguments.tarief.iter().rev().find(|it| it.0 == phase).map_or(0, |it| it.1);
    let found = waiting(wave, &both.plan, Status::Akkoord, &rate, &watch, &|_, _| {});
    target.write(pretty(&json!(waiting_list(wave, &both.loaded.sha256, &found))).as_bytes())?;
    let first = found.length.min(found.people.len());
    console::line(format_args!(
        "Naar verwachting {} er {} uit; {} dan het eerst in aanmerking.",
        if found.length == 1 { "valt" } else { "vallen" },
        found.length,
        counted(first, "kandidaat komt", "kandidaten komen")
    ));
    Ok(if found.complete { Exit::Done } else { Exit::Stopped })
}
