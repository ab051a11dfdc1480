//! `loket check`: every problem and notice of a wave, without solving it.

use std::path::PathBuf;

use crate::exit::Exit;
use crate::files::FileError;
use crate::present::dutch::counted;
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
pub fn run(arguments: &Arguments) -> Result<Exit, FileError> {
    let Some(loaded) = super::wave(&arguments.wave, arguments.json)? else {
        return Ok(Exit::Refused);
    };
    if arguments.json {
        let notices = refusal::machine_notices(&loaded.notices);
        let page = serde_json::json!({ "problemen": [], "meldingen": notices });
        super::print(&super::pretty(&page))?;
        return Ok(Exit::Done);
    }
    let wave = &loaded.wave;
    let seats: usize = wave.seats.iter().map(|seat| seat.count as usize).sum();
    let mut page = format!(
        "{} is in orde: {}, {} bij {}, {}.\n",
        loaded.title,
        counted(wave.candidates.len(), "kandidaat", "kandidaten"),
        counted(seats, "plek", "plekken"),
        counted(wave.schools.len(), "school", "scholen"),
        counted(wave.coaches.len(), "coach", "coaches"),
    );
    page.push_str(&refusal::notices(&loaded.notices));
    super::print(&page)?;
    Ok(Exit::Done)
}
