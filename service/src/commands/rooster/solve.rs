//! `loket rooster solve`: makes one roster, writes the outcome and shows it.

use std::path::PathBuf;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use loket_instances::scheduling::outcome::{compose, to_json};
use loket_solver::common::control::Control;
use loket_solver::common::words::Verdict;
use loket_solver::scheduling::solve::solve;

use super::super::shared::{Ended, ended, pretty, print};
use super::super::solve::seconds;
use super::{page, roster};
use crate::console;
use crate::exit::Exit;
use crate::files::Files;
use crate::memory;
use crate::outcome::technique;
use crate::present::sheet::layout::SUMMARY;
use crate::watch::Watch;

/// What can be typed after `loket rooster solve`.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Opties")]
pub struct Arguments {
    /// Het rooster (JSON), of - voor standaardinvoer
    #[arg(value_name = "ROOSTER", help_heading = "Bestanden")]
    pub roster: PathBuf,
    /// Waar de uitkomst (JSON) komt; - is standaarduitvoer
    #[arg(short, long, value_name = "UITKOMST", default_value = "-", hide_default_value = true, help_heading = "Bestanden")]
    pub output: PathBuf,
    /// Stop na zoveel seconden met het beste rooster tot dan toe
    #[arg(long, value_name = "SECONDEN", value_parser = seconds)]
    pub time_limit: Option<Duration>,
    /// Geen overzicht; problemen als JSON
    #[arg(long)]
    pub json: bool,
}

/// Status 0 with a plan, 2 when the roster is refused, 3 when its locks cannot all be met, 4 when stopped without a plan.
pub fn run(arguments: &Arguments, stop: &AtomicBool) -> Ended {
    let mut files = Files::reading([arguments.roster.as_path()]);
    let target = files.target(&arguments.output, "de uitkomst")?;
    let watch = Watch::new(stop, arguments.time_limit);
    let loaded = roster(&arguments.roster, arguments.json)?;
    let outcome = solve(&loaded.roster, &watch);
    let took = watch.elapsed();
    if outcome.verdict == Verdict::Stopped {
        console::line(format_args!("Gestopt voordat er een rooster was; er is niets geschreven."));
        return Ok(Exit::Stopped);
    }
    let technique = technique(&outcome.work.engine, loaded.roster.policy.seed, took, memory::peak());
    let file = compose(&loaded, &outcome, &technique);
    target.write(pretty(&to_json(&file)).as_bytes())?;
    if !arguments.json {
        let shown = page::outcome(&loaded, &file).text(&SUMMARY);
        if files.on_standard() {
            console::page(shown);
        } else {
            print(&shown)?;
        }
    }
    Ok(ended(outcome.verdict))
}
