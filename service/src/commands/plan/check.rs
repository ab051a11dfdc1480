//! `loket plan check`: every problem and notice of a multi-year plan, without solving it.

use std::path::PathBuf;

use serde_json::json;

use super::super::shared::{Ended, show};
use super::{page, plan};
use crate::exit::Exit;
use crate::present::sheet::layout::SUMMARY;
use crate::refusal;

/// What can be typed after `loket plan check`.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Opties")]
pub struct Arguments {
    /// Het meerjarenplan (JSON), of - voor standaardinvoer
    #[arg(value_name = "PLAN", help_heading = "Bestanden")]
    pub plan: PathBuf,
    /// Problemen en meldingen als JSON op standaarduitvoer
    #[arg(long)]
    pub json: bool,
}

/// Status 0 when the plan is good, 2 when it is refused.
pub fn run(arguments: &Arguments) -> Ended {
    let loaded = plan(&arguments.plan, arguments.json)?;
    let machine = || json!({ "problemen": [], "meldingen": refusal::machine_notices(&loaded.notices) });
    show(arguments.json, machine, || page::checked(&loaded).text(&SUMMARY))?;
    Ok(Exit::Done)
}
