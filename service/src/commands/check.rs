//! `loket check`: every problem and notice of a wave, without solving it.

use std::path::PathBuf;

use loket_instances::matching::read::Loaded;
use serde_json::json;

use super::shared::{Ended, show, wave};
use crate::exit::Exit;
use crate::present::dutch::counted;
use crate::present::sheet::Sheet;
use crate::present::sheet::layout::SUMMARY;
use crate::refusal;

/// What can be typed after `loket check`.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Opties")]
pub struct Arguments {
    /// De lichting (JSON), of - voor standaardinvoer
    #[arg(value_name = "LICHTING", help_heading = "Bestanden")]
    pub wave: PathBuf,
    /// Problemen en meldingen als JSON op standaarduitvoer
    #[arg(long)]
    pub json: bool,
}

/// Status 0 when the wave is good, 2 when it is refused.
pub fn run(arguments: &Arguments) -> Ended {
    let loaded = wave(&arguments.wave, arguments.json)?;
    let machine = || json!({ "problemen": [], "meldingen": refusal::machine_notices(&loaded.notices) });
    show(arguments.json, machine, || page(&loaded).text(&SUMMARY))?;
    Ok(Exit::Done)
}

fn page(loaded: &Loaded) -> Sheet {
    let wave = &loaded.wave;
    let seats: usize = wave.seats.iter().map(|seat| seat.count as usize).sum();
    let mut sheet = Sheet::default();
    sheet.lead(format!(
        "{} is in orde: {}, {} bij {}, {}.",
        loaded.title,
        counted(wave.candidates.len(), "kandidaat", "kandidaten"),
        counted(seats, "plek", "plekken"),
        counted(wave.schools.len(), "school", "scholen"),
        counted(wave.coaches.len(), "coach", "coaches"),
    ));
    if !loaded.notices.is_empty() {
        sheet.lead(refusal::allowed(&loaded.notices));
        sheet.parts.extend(refusal::noticed(&loaded.notices));
    }
    sheet
}
