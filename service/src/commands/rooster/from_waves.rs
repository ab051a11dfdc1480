//! `loket rooster from-waves`: fills a roster for peer groups or visits from waves that were solved.

use std::path::PathBuf;

use loket_instances::matching::outcome::read_outcome;
use loket_instances::matching::wave_file::WaveFile;
use loket_instances::scheduling::from_waves::{can_fill, fill};
use loket_instances::scheduling::roster_file::RosterFile;

use super::super::shared::{Early, Ended, called, pretty, refuse};
use crate::console;
use crate::exit::Exit;
use crate::files::{self, FileError, Files, shown};
use crate::present::dutch::counted;

/// What can be typed after `loket rooster from-waves`.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Opties")]
pub struct Arguments {
    /// Een rooster (JSON) met kalender, personen en locaties, en nog niemand om te plannen
    #[arg(value_name = "ROOSTER", help_heading = "Bestanden")]
    pub base: PathBuf,
    /// Telkens een lichting en haar uitkomst
    #[arg(value_name = "LICHTING UITKOMST", required = true, num_args = 2.., help_heading = "Bestanden")]
    pub waves: Vec<PathBuf>,
    /// Waar het gevulde rooster (JSON) komt; - is standaarduitvoer
    #[arg(short, long, value_name = "NIEUW", default_value = "-", hide_default_value = true, help_heading = "Bestanden")]
    pub output: PathBuf,
}

/// Status 0 when it is filled, 2 when a file is refused.
pub fn run(arguments: &Arguments) -> Ended {
    let mut inputs: Vec<&std::path::Path> = vec![arguments.base.as_path()];
    inputs.extend(arguments.waves.iter().map(PathBuf::as_path));
    if inputs.iter().filter(|it| files::is_standard(it)).count() > 1 {
        return Err(FileError("Er kan maar één bestand van standaardinvoer komen.".into()).into());
    }
    if !arguments.waves.len().is_multiple_of(2) {
        return Err(FileError("Geef bij elke lichting haar uitkomst: eerst de lichting, dan de uitkomst.".into()).into());
    }
    let mut files = Files::reading(inputs);
    let target = files.target(&arguments.output, "het rooster")?;
    let told = |name: &std::path::Path, refused| refuse(&called(name), &refused, false);
    let mut base = RosterFile::read(&files::read(&arguments.base)?).map_err(|it| told(&arguments.base, it))?;
    if let Err(why) = can_fill(&base) {
        console::line(format_args!("{}", why.says()));
        return Err(Early::Told(Exit::Refused));
    }
    let mut count = 0;
    for pair in arguments.waves.chunks_exact(2) {
        let [wave, outcome] = pair else { continue };
        let file = WaveFile::read(&files::read(wave)?).map_err(|it| told(wave, it))?;
        let plan = read_outcome(&files::read(outcome)?).map_err(|it| told(outcome, it))?;
        count += plan.placements.len();
        fill(&mut base, &file, &plan);
    }
    let bytes = pretty(&base.to_json()).into_bytes();
    // What does not go together, such as somebody in two waves, is told with its place in the roster that was made.
    base.build(&bytes).map_err(|refused| refuse("Het gevulde rooster", &refused, false))?;
    target.write(&bytes)?;
    if !files.on_standard() {
        console::line(format_args!("{} staan in {}.", counted(count, "plaatsing", "plaatsingen"), shown(&arguments.output)));
    }
    Ok(Exit::Done)
}
