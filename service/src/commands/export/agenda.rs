//! `loket export agenda`: the first day of every placement of an outcome, for a calendar.

use std::path::PathBuf;

use loket_instances::matching::outcome::PlacementLine;

use super::printed::{Part, Period, called, now, part};
use crate::commands::shared::{Ended, Inputs};
use crate::console;
use crate::desk::letters::Facts;
use crate::exit::Exit;
use crate::files::{Files, shown};
use crate::present::calendar::{entries, file};
use crate::present::dutch::counted;
use crate::records::agenda::{Moment, Reader, What};

/// What can be typed after `loket export agenda`.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Opties")]
pub struct Arguments {
    /// The two files.
    #[command(flatten)]
    pub files: Inputs,
    /// The days.
    #[command(flatten)]
    pub period: Period,
    /// Het bestand voor de agenda, of - voor standaarduitvoer
    #[arg(short, long, value_name = "BESTAND", help_heading = "Bestanden")]
    pub output: PathBuf,
    /// Alleen van bestuur=ID, school=ID of coach=ID
    #[arg(long, value_name = "WIE=ID", value_parser = part)]
    pub voor: Option<Part>,
    /// De hoeveelste keer u deze agenda maakt: een hoger getal vervangt in een agenda wat er stond (standaard 0)
    #[arg(long, value_name = "GETAL", default_value_t = 0, hide_default_value = true, value_parser = clap::value_parser!(i64).range(0..1_000_000))]
    pub keer: i64,
}

/// Writes the file.
pub fn run(arguments: &Arguments) -> Ended {
    let (from, until) = arguments.period.sound()?;
    let both = arguments.files.both(false)?;
    both.obeys()?;
    arguments.voor.as_ref().map_or(Ok(()), |part| part.there(&both))?;
    let mut files = Files::reading([arguments.files.wave.as_path(), arguments.files.outcome.as_path()]);
    let target = files.target(&arguments.output, "de agenda")?;
    let moment = |it: &PlacementLine| Moment {
        wave: both.outcome.wave.clone(),
        wave_name: both.loaded.title.clone(),
        candidate: it.candidate.clone(),
        what: What::Begins,
        day: from,
        until: Some(until),
        school: called(&both.loaded.names.schools, &it.school),
        bouw: it.bouw.clone(),
        sequence: arguments.keer,
        cancelled: false,
    };
    let facts = Facts::of(&both.loaded);
    let of = |it: &&PlacementLine| arguments.voor.as_ref().is_none_or(|part| part.holds(&facts, it));
    let moments: Vec<Moment> = both.outcome.placements.iter().filter(of).map(moment).collect();
    let reader = match &arguments.voor {
        None | Some(Part::School(_)) => Reader::Intermediary,
        Some(Part::Board(id)) => Reader::Board(id.clone()),
        Some(Part::Coach(id)) => Reader::Coach(id.clone()),
    };
    target.write(file("Loket", &entries(&reader, &moments), now().0).as_bytes())?;
    if !files.on_standard() {
        console::line(format_args!("{} staan in {}.", counted(moments.len(), "dag", "dagen"), shown(&arguments.output)));
    }
    Ok(Exit::Done)
}
