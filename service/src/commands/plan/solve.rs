//! `loket plan solve`: makes one multi-year plan, writes the outcome and shows it.

use std::path::PathBuf;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use loket_instances::planning::outcome::{Answered, compose, to_json};
use loket_solver::common::control::Control;
use loket_solver::common::words::Verdict;
use loket_solver::planning::ask::sensitivity::sensitivity;
use loket_solver::planning::solve;

use super::super::shared::{Ended, ended, pretty, print};
use super::super::solve::seconds;
use super::{page, plan};
use crate::console;
use crate::exit::Exit;
use crate::files::Files;
use crate::memory;
use crate::outcome::technique;
use crate::present::sheet::layout::SUMMARY;
use crate::watch::Watch;

/// What can be typed after `loket plan solve`.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Opties")]
pub struct Arguments {
    /// Het meerjarenplan (JSON), of - voor standaardinvoer
    #[arg(value_name = "PLAN", help_heading = "Bestanden")]
    pub plan: PathBuf,
    /// Waar de uitkomst (JSON) komt; - is standaarduitvoer
    #[arg(short, long, value_name = "UITKOMST", default_value = "-", hide_default_value = true, help_heading = "Bestanden")]
    pub output: PathBuf,
    /// Los ook elk scenario op dat in het bestand staat
    #[arg(long)]
    pub scenarios: bool,
    /// Reken uit wat één meer of minder van alles verandert
    #[arg(long)]
    pub gevoeligheid: bool,
    /// Stop na zoveel seconden met het beste plan tot dan toe
    #[arg(long, value_name = "SECONDEN", value_parser = seconds)]
    pub time_limit: Option<Duration>,
    /// Geen overzicht; problemen als JSON
    #[arg(long)]
    pub json: bool,
}

/// Status 0 with a plan, 2 when the file is refused, 3 when no plan is possible, 4 when stopped without a plan.
pub fn run(arguments: &Arguments, stop: &AtomicBool) -> Ended {
    let mut files = Files::reading([arguments.plan.as_path()]);
    let target = files.target(&arguments.output, "de uitkomst")?;
    let watch = Watch::new(stop, arguments.time_limit);
    let loaded = plan(&arguments.plan, arguments.json)?;
    let outcome = solve::solve(&loaded.horizon, &watch);
    if outcome.verdict == Verdict::Stopped {
        console::line(format_args!("Gestopt voordat er een plan was; er is niets geschreven."));
        return Ok(Exit::Stopped);
    }
    let scenarios = || loaded.scenarios.iter().map(|scenario| solve::solve(&scenario.horizon, &watch)).collect();
    let answered = Answered {
        scenarios: arguments.scenarios.then(scenarios),
        sensitivity: (arguments.gevoeligheid && outcome.plan.is_some()).then(|| sensitivity(&loaded.horizon, &outcome, &watch)),
    };
    let technique = technique(&outcome.work.engine, loaded.horizon.policy.seed, watch.elapsed(), memory::peak());
    let file = compose(&loaded, &outcome, &answered, &technique);
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
