//! `loket export brieven`: a letter to every candidate of an outcome.

use std::path::PathBuf;

use jiff::civil::Date;

use super::printed::{Period, called, day, now, spot, write};
use crate::commands::shared::{Both, Ended, Inputs};
use crate::console;
use crate::desk::letters::{Facts, no_place};
use crate::exit::Exit;
use crate::files::{FileError, Files, shown};
use crate::present::dutch::counted;
use crate::present::letter::Paper;
use crate::present::letter::candidate::paper;
use crate::records::address::segment;
use crate::records::letter::{Answered, Decided, Frame, Letter, News, Place};
use crate::trouble::cause;
use loket_solver::matching::facts::words::Word;

/// What can be typed after `loket export brieven`.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Opties")]
pub struct Arguments {
    /// The two files.
    #[command(flatten)]
    pub files: Inputs,
    /// The days.
    #[command(flatten)]
    pub period: Period,
    /// De map voor de brieven; zij wordt gemaakt als zij er niet is
    #[arg(short, long, value_name = "MAP", help_heading = "Bestanden")]
    pub output: PathBuf,
    /// Bij wie een kandidaat terechtkan met vragen, zoals een adres of een telefoonnummer
    #[arg(long, value_name = "TEKST")]
    pub contact: Option<String>,
    /// De eerste dag van de volgende indeling, als die bekend is
    #[arg(long, value_name = "DAG", value_parser = day)]
    pub volgende: Option<Date>,
}

/// Writes a PDF for each letter, and one with all of them.
pub fn run(arguments: &Arguments) -> Ended {
    let period = arguments.period.sound()?;
    let both = arguments.files.both(false)?;
    both.obeys()?;
    let (at, today) = now();
    let frame = Frame {
        wave: both.loaded.title.clone(),
        phase: both.loaded.wave.phase.code().into(),
        on: today,
        contact: arguments.contact.clone(),
        next: arguments.volgende,
    };
    let folder = &arguments.output;
    std::fs::create_dir_all(folder).map_err(|error| FileError(format!("{} kan niet gemaakt worden: {}.", shown(folder), cause(&error))))?;
    let letters: Vec<(String, Paper)> = letters(&both, period).into_iter().map(|(id, it)| (id, paper(&it, &frame))).collect();
    let mut files = Files::reading([arguments.files.wave.as_path(), arguments.files.outcome.as_path()]);
    let mut targets = Vec::new();
    for (id, paper) in &letters {
        let name = folder.join(format!("brief-{}.pdf", segment(id)));
        targets.push((files.target(&name, "de brief")?, name, paper));
    }
    let whole = folder.join("brieven.pdf");
    let all = files.target(&whole, "alle brieven")?;
    if letters.is_empty() {
        return Err(FileError("In deze lichting is er niemand die een brief krijgt.".into()).into());
    }
    for (target, name, paper) in &targets {
        write(target, name, &paper.title, std::slice::from_ref(*paper), at)?;
    }
    let papers: Vec<Paper> = letters.iter().map(|it| it.1.clone()).collect();
    write(&all, &whole, &format!("Brieven, {}", frame.wave), &papers, at)?;
    console::line(format_args!("{} staan in {}.", counted(letters.len(), "brief", "brieven"), shown(folder)));
    Ok(Exit::Done)
}

/// A letter for everybody in the outcome, by candidate.
fn letters(both: &Both, (from, until): (Date, Date)) -> Vec<(String, Letter)> {
    let (facts, names) = (Facts::of(&both.loaded), &both.loaded.names);
    let letter =
        |id: &str, news| Letter { to: names.candidates.get(id).cloned(), news, answer: Answered::NotAsked, decided: Decided::Sender };
    let mut all = Vec::new();
    for it in &both.outcome.placements {
        let place = Place {
            school: called(&names.schools, &it.school),
            board: facts.board(&it.school).map_or_else(String::new, |board| called(&names.boards, board)),
            bouw: it.bouw.clone(),
            half_days: facts.half_days(&it.candidate, spot(it)),
            coach: Some(called(&names.coaches, &it.coach)),
            hours: it.hours,
            from,
            until,
            travel: Some(it.travel),
            why: facts.why(&it.candidate, spot(it)),
        };
        all.push((it.candidate.clone(), letter(&it.candidate, News::Placed(place))));
    }
    for it in &both.outcome.unplaced {
        all.push((it.candidate.clone(), letter(&it.candidate, News::None(no_place(&it.reasons)))));
    }
    all.sort_by(|one, other| one.0.cmp(&other.0));
    all
}
