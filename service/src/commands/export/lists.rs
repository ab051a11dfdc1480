//! `loket export lijst`: placements of an outcome by school, on paper.

use std::path::PathBuf;

use super::printed::{Part, Period, called, line, now, part, write};
use crate::commands::shared::{Both, Ended, Inputs};
use crate::console;
use crate::desk::letters::Facts;
use crate::exit::Exit;
use crate::files::{FileError, Files, shown};
use crate::present::dutch::counted;
use crate::present::letter::list::paper;
use crate::records::printed::{Stand, Whose};
use crate::store::clock::read_by_people;
use loket_instances::matching::outcome::PlacementLine;
use loket_solver::matching::facts::words::Word;

/// What can be typed after `loket export lijst`.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Opties")]
pub struct Arguments {
    /// The two files.
    #[command(flatten)]
    pub files: Inputs,
    /// The days.
    #[command(flatten)]
    pub period: Period,
    /// Als PDF om af te drukken
    #[arg(long, required = true)]
    pub pdf: bool,
    /// Het bestand voor de lijst, of - voor standaarduitvoer
    #[arg(short, long, value_name = "BESTAND", help_heading = "Bestanden")]
    pub output: PathBuf,
    /// Alleen van bestuur=ID, school=ID of coach=ID
    #[arg(long, value_name = "WIE=ID", value_parser = part)]
    pub voor: Option<Part>,
}

/// Writes the list.
pub fn run(arguments: &Arguments) -> Ended {
    let period = arguments.period.sound()?;
    let both = arguments.files.both(false)?;
    both.obeys()?;
    let whose = whose(&both, arguments.voor.as_ref())?;
    let mut files = Files::reading([arguments.files.wave.as_path(), arguments.files.outcome.as_path()]);
    let target = files.target(&arguments.output, "de lijst")?;
    let (facts, names, (at, _)) = (Facts::of(&both.loaded), &both.loaded.names, now());
    let of = |it: &&PlacementLine| arguments.voor.as_ref().is_none_or(|part| part.holds(&facts, it));
    let lines: Vec<_> = both.outcome.placements.iter().filter(of).map(|it| line(&both, &facts, it, period)).collect();
    let why = |it: &loket_instances::matching::outcome::UnplacedLine| {
        let why: Vec<&str> = it.reasons.iter().map(|reason| reason.text.as_str()).collect();
        (called(&names.candidates, &it.candidate), why.join(" "))
    };
    let left: Vec<_> = if whose == Whose::Everybody { both.outcome.unplaced.iter().map(why).collect() } else { Vec::new() };
    let stand = Stand {
        wave: both.loaded.title.clone(),
        phase: Some(both.loaded.wave.phase.code().into()),
        from: Some(period.0),
        on: read_by_people(at),
        ..Stand::default()
    };
    let paper = paper(&lines, &left, &whose, &stand);
    write(&target, &arguments.output, &paper.title, std::slice::from_ref(&paper), at)?;
    if !files.on_standard() {
        console::line(format_args!("{} staan in {}.", counted(lines.len(), "plaatsing", "plaatsingen"), shown(&arguments.output)));
    }
    Ok(Exit::Done)
}

/// Whose list it is; what is named must be in the wave.
fn whose(both: &Both, part: Option<&Part>) -> Result<Whose, FileError> {
    let names = &both.loaded.names;
    let Some(part) = part else { return Ok(Whose::Everybody) };
    part.there(both)?;
    Ok(match part {
        Part::Board(id) => Whose::Board(called(&names.boards, id)),
        Part::School(id) => Whose::School(called(&names.schools, id)),
        Part::Coach(id) => Whose::Coach(called(&names.coaches, id)),
    })
}
