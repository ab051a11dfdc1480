//! `loket rooster explain`: why somebody is planned there or not at all, what else is possible, and its exact price; or what one more room,
//! half-day or person would bring.

use std::sync::atomic::AtomicBool;
use std::time::Duration;

use loket_instances::scheduling::examine::examine;
use loket_instances::scheduling::outcome::read_outcome;
use loket_instances::scheduling::plan::plan_of;
use loket_solver::common::words::Word;

use super::super::shared::{Early, Ended, called, refuse, show};
use super::super::solve::seconds;
use super::{Inputs, more, page, roster};
use crate::console;
use crate::exit::Exit;
use crate::files;
use crate::present::elsewhere::{found, written};
use crate::present::sheet::layout::SUMMARY;
use crate::watch::Watch;

/// What can be typed after `loket rooster explain`.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Opties")]
pub struct Arguments {
    /// The two files.
    #[command(flatten)]
    pub files: Inputs,
    /// Over wie het gaat: de id van een deelnemer of plaatsing
    #[arg(long, value_name = "ID", required_unless_present = "wat_als", conflicts_with = "wat_als")]
    pub unit: Option<String>,
    /// Wat één meer zou brengen: zaal:LOCATIE, dagdeel:LOCATIE:di-m, dagdeel:PERSOON:di-m, rol:ROL, of alles; mag vaker
    #[arg(long = "wat-als", id = "wat_als", value_name = "WAT")]
    pub what_if: Vec<String>,
    /// Zoveel andere mogelijkheden hoogstens
    #[arg(long, value_name = "AANTAL", default_value_t = 12)]
    pub most: usize,
    /// Stop na zoveel seconden met wat dan bekend is
    #[arg(long, value_name = "SECONDEN", value_parser = seconds)]
    pub time_limit: Option<Duration>,
    /// Het antwoord als JSON
    #[arg(long)]
    pub json: bool,
}

/// Status 0 with an answer, 1 when the outcome does not agree with the roster, 2 when something is refused or unknown.
pub fn run(arguments: &Arguments, stop: &AtomicBool) -> Ended {
    arguments.files.apart()?;
    let loaded = roster(&arguments.files.roster, arguments.json)?;
    let bytes = files::read(&arguments.files.outcome)?;
    let name = called(&arguments.files.outcome);
    let file = read_outcome(&bytes, loaded.roster.kind()).map_err(|refused| refuse(&name, &refused, arguments.json))?;
    let wrong = |what: String| {
        console::line(format_args!("{what}"));
        Early::Told(Exit::Wrong)
    };
    if let Some(finding) = examine(&loaded, &bytes).first() {
        return Err(wrong(format!("{name} klopt niet ({}: {}). Kijk haar na met loket rooster verify.", finding.place, finding.what)));
    }
    if !file.status.has_plan() {
        return Err(wrong(format!("{name} heeft geen rooster (status {}).", file.status.code())));
    }
    let plan = plan_of(&loaded.roster, &file).map_err(|wrongs| wrong(wrongs.join("; ")))?;
    let watch = Watch::new(stop, arguments.time_limit);
    let Some(id) = &arguments.unit else {
        let asked = more::asked(&loaded.roster, &arguments.what_if).map_err(|word| {
            console::line(format_args!("\"{word}\" kan niet. Schrijf {}, met wat er in het rooster staat.", more::WRITTEN));
            Early::Told(Exit::Refused)
        })?;
        let answers = more::answers(&loaded.roster, &file, &asked, &watch);
        let machine = || more::written(&loaded.roster, &file, &answers);
        show(arguments.json, machine, || more::told(&loaded, &file, &answers).text(&SUMMARY))?;
        return Ok(Exit::Done);
    };
    let Some(unit) = loaded.roster.units.ids().find(|&unit| loaded.roster.units[unit].id == *id) else {
        console::line(format_args!("\"{id}\" staat niet in {}.", called(&arguments.files.roster)));
        return Err(Early::Told(Exit::Refused));
    };
    let found = found(&loaded.roster, (&plan, &file), unit, arguments.most, &watch);
    let machine = || serde_json::to_value(written(&loaded.roster, &file, unit, &found)).unwrap_or_default();
    show(arguments.json, machine, || page::explained(&loaded, &file, unit, &found).text(&SUMMARY))?;
    Ok(Exit::Done)
}
