//! `loket prijzen`: prices for scarce seats and hours, proposed from past waves, to be put in a policy by whoever approves it.

use std::path::PathBuf;

use loket_instances::matching::read::Loaded;
use loket_instances::matching::row::{policy_as_written, saving_as_rows};
use loket_instances::matching::rows::PolicyRow;
use loket_solver::matching::ask::prices::prices;
use loket_solver::matching::facts::policy::Saving;
use serde_json::Value;

use super::shared::{Ended, pretty, wave};
use crate::exit::Exit;
use crate::files::Files;

/// What can be typed after `loket prijzen`.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Opties")]
pub struct Arguments {
    /// Lichtingen van eerder (JSON); de prijs is het gemiddelde over deze lichtingen
    #[arg(value_name = "LICHTING", required = true, help_heading = "Bestanden")]
    pub waves: Vec<PathBuf>,
    /// Waar het voorstel komt (JSON), of - voor standaarduitvoer: "bewaren", zoals het in een beleid kan staan
    #[arg(short, long, value_name = "BESTAND")]
    pub output: PathBuf,
}

/// Status 0, or 2 when a file is refused or cannot be written.
pub fn run(arguments: &Arguments) -> Ended {
    let mut files = Files::reading(arguments.waves.iter().map(PathBuf::as_path));
    let target = files.target(&arguments.output, "het voorstel")?;
    let waves: Vec<Loaded> = arguments.waves.iter().map(|name| wave(name, false)).collect::<Result<_, _>>()?;
    let found = prices(&waves.iter().map(|it| &it.wave).collect::<Vec<_>>());
    target.write(pretty(&proposal(&found)).as_bytes())?;
    Ok(Exit::Done)
}

/// The prices as they can stand in a policy.
fn proposal(found: &Saving) -> Value {
    Value::Object(policy_as_written(&PolicyRow { saving: Some(saving_as_rows(found)), ..PolicyRow::default() }))
}
