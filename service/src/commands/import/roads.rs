//! `loket import reistijden`: travel times of a route planner into a wave.

use std::collections::BTreeMap;
use std::path::PathBuf;

use loket_instances::matching::wave_file::WaveFile;
use loket_instances::sheets::open::grid::Grid;
use loket_instances::sheets::open::roads::{Unit, read_roads};
use loket_instances::sheets::open::travel::{Filled, fill};
use loket_solver::matching::facts::words::Word;

use crate::commands::shared::{Early, Ended, called, refuse};
use crate::console;
use crate::desk::open::refusal;
use crate::exit::Exit;
use crate::files::{self, FileError, Files};
use crate::present::dutch::counted;

/// What can be typed after `loket import reistijden`.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Opties")]
pub struct Arguments {
    /// De reistijden (CSV of xlsx): van, naar en minuten, of zoals R5, Valhalla of OpenTripPlanner ze geeft
    #[arg(value_name = "REISTIJDEN", help_heading = "Bestanden")]
    pub times: PathBuf,
    /// De lichting (JSON), of - voor standaardinvoer
    #[arg(value_name = "LICHTING", help_heading = "Bestanden")]
    pub wave: PathBuf,
    /// Waar de lichting met reistijden komt; - is standaarduitvoer
    #[arg(short, long, value_name = "LICHTING", default_value = "-", hide_default_value = true, help_heading = "Bestanden")]
    pub output: PathBuf,
    /// Waarin geteld is, als de kolom dat niet zegt: minuten of seconden
    #[arg(long, value_name = "EENHEID", value_parser = unit)]
    pub eenheid: Option<Unit>,
}

fn unit(text: &str) -> Result<Unit, String> {
    Unit::parse(text).ok_or_else(|| "Kies uit: minuten, seconden.".into())
}

/// Status 0 when times were put; 2 when a file is refused, or no time is about this wave.
pub fn run(arguments: &Arguments) -> Ended {
    if files::is_standard(&arguments.times) && files::is_standard(&arguments.wave) {
        return Err(FileError("De reistijden en de lichting kunnen niet allebei van standaardinvoer komen.".into()).into());
    }
    let read = [arguments.times.as_path(), arguments.wave.as_path()];
    let target = Files::reading(read).target(&arguments.output, "de lichting")?;
    let bytes = files::read(&arguments.times)?;
    let refused = |found| refuse(&called(&arguments.times), &refusal(found), false);
    let grid = Grid::read("reistijden", &bytes).map_err(refused)?;
    let roads = read_roads(&grid, arguments.eenheid).map_err(refused)?;
    for notice in &roads.notices {
        console::line(format_args!("{}: {}", notice.at.words(), notice.text));
    }
    let mut wave = WaveFile::read(&files::read(&arguments.wave)?).map_err(|refused| refuse(&called(&arguments.wave), &refused, false))?;
    let filled = fill(&mut wave, &roads.rows);
    told(&filled);
    if filled.new + filled.changed + filled.same == 0 {
        console::line(
            "Geen enkele reistijd past bij deze lichting; er is niets geschreven. Klopt het dat van een kandidaat of coach is, en naar een school?",
        );
        return Err(Early::Told(Exit::Refused));
    }
    target.write(&wave.write())?;
    Ok(Exit::Done)
}

fn told(filled: &Filled) {
    let Filled { new, changed, same, unreachable, unknown_from, unknown_to, without } = filled;
    console::line(format_args!("Reistijden: nieuw {new}, veranderd {changed}, hetzelfde {same}."));
    if *unreachable > 0 {
        console::line(format_args!("Zonder weg: {unreachable}; die staan er als 100.000 minuten, dus buiten ieders grens."));
    }
    for (ids, what) in [(unknown_from, "geen kandidaat of coach"), (unknown_to, "geen school")] {
        unknown(ids, what);
    }
    if *without > 0 {
        console::line(format_args!(
            "Zonder reistijd: {without} paren van een mens en een school; daar telt de afstand, als de plaatsen bekend zijn."
        ));
    }
}

/// Ids that the wave does not know, the first of them by name.
fn unknown(ids: &BTreeMap<String, usize>, what: &str) {
    const SHOWN: usize = 10;
    if ids.is_empty() {
        return;
    }
    let times: usize = ids.values().sum();
    let first: Vec<&str> = ids.keys().take(SHOWN).map(String::as_str).collect();
    let more = if ids.len() > SHOWN { format!(" en nog {}", ids.len() - SHOWN) } else { String::new() };
    let many = counted(ids.len(), "id is", "ids zijn");
    console::line(format_args!("{many} {what} van deze lichting ({}): {}{more}.", counted(times, "regel", "regels"), first.join(", ")));
}
