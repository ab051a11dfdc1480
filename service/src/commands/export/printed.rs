//! What the commands about paper do alike: a wave with its outcome as placements by name, and a PDF in a file.

use std::collections::BTreeMap;
use std::path::Path;

use jiff::civil::Date;
use loket_instances::matching::outcome::PlacementLine;

use crate::commands::shared::{Both, Early};
use crate::desk::letters::{Facts, Spot};
use crate::files::{FileError, Target};
use crate::present::letter::Paper;
use crate::present::pdf;
use crate::records::printed::Line;
use crate::store::Clock;

/// A part of an outcome.
#[derive(Clone, Debug)]
pub enum Part {
    /// Of a board, by id.
    Board(String),
    /// Of a school, by id.
    School(String),
    /// Of a coach, by id.
    Coach(String),
}

/// A part as it is typed.
pub fn part(text: &str) -> Result<Part, String> {
    match text.split_once('=') {
        Some(("bestuur", id)) => Ok(Part::Board(id.into())),
        Some(("school", id)) => Ok(Part::School(id.into())),
        Some(("coach", id)) => Ok(Part::Coach(id.into())),
        _ => Err("Schrijf bestuur=ID, school=ID of coach=ID.".into()),
    }
}

impl Part {
    /// That the wave has it.
    pub(super) fn there(&self, both: &Both) -> Result<(), FileError> {
        let file = &both.file;
        let (there, kind, id) = match self {
            Self::Board(id) => (file.boards.iter().any(|it| it.id == *id), "bestuur", id),
            Self::School(id) => (file.schools.iter().any(|it| it.id == *id), "school", id),
            Self::Coach(id) => (file.coaches.iter().any(|it| it.id == *id), "coach", id),
        };
        if there { Ok(()) } else { Err(FileError(format!("De lichting heeft geen {kind} {id}; verbeter de id bij --voor."))) }
    }

    /// Whether a placement is of it.
    pub fn holds(&self, facts: &Facts<'_>, it: &PlacementLine) -> bool {
        match self {
            Self::Board(id) => facts.board(&it.school) == Some(id.as_str()),
            Self::School(id) => it.school == *id,
            Self::Coach(id) => it.coach == *id,
        }
    }
}

/// When the placements are: a wave file does not say.
#[derive(Debug, clap::Args)]
pub struct Period {
    /// De eerste dag van de plaatsingen, zoals 2027-02-01
    #[arg(long, value_name = "DAG", value_parser = day)]
    pub van: Date,
    /// De laatste dag
    #[arg(long, value_name = "DAG", value_parser = day)]
    pub tot: Date,
}

impl Period {
    /// That it does not end before it begins.
    pub fn sound(&self) -> Result<(Date, Date), FileError> {
        if self.tot < self.van {
            return Err(FileError("De laatste dag (--tot) ligt voor de eerste (--van); verbeter een van de twee.".into()));
        }
        Ok((self.van, self.tot))
    }
}

/// A day as it is typed.
pub fn day(text: &str) -> Result<Date, String> {
    let told = text.parse::<Date>().ok().filter(|_| text.len() == 10);
    told.ok_or_else(|| "Schrijf een datum als 2027-02-01.".into())
}

/// What it is now: milliseconds, and the day in Amsterdam.
pub fn now() -> (i64, Date) {
    let clock = Clock::default();
    (clock.now(), clock.today())
}

/// A name in a wave, or the id where there is none.
pub fn called(names: &BTreeMap<String, String>, id: &str) -> String {
    names.get(id).cloned().unwrap_or_else(|| id.to_owned())
}

/// Where a line of an outcome is.
pub fn spot(line: &PlacementLine) -> Spot<'_> {
    Spot { school: &line.school, seat: &line.seat, coach: &line.coach }
}

/// A line of an outcome as a line on paper; who made the file may see every name.
pub fn line(both: &Both, facts: &Facts<'_>, it: &PlacementLine, period: (Date, Date)) -> Line {
    let names = &both.loaded.names;
    let school = both.file.schools.iter().find(|school| school.id == it.school);
    let group = school.and_then(|school| school.seats.iter().find(|group| group.id() == it.seat));
    Line {
        candidate: Some(called(&names.candidates, &it.candidate)),
        school_id: it.school.clone(),
        school: called(&names.schools, &it.school),
        board: school.map_or_else(String::new, |school| called(&names.boards, &school.board)),
        seat: it.seat.clone(),
        bouw: it.bouw.clone(),
        seats: group.map(|group| i64::from(group.count)),
        coach: Some(called(&names.coaches, &it.coach)),
        half_days: facts.half_days(&it.candidate, spot(it)),
        period,
        answers: Vec::new(),
    }
}

/// Draws papers into a file.
pub fn write(target: &Target, name: &Path, title: &str, papers: &[Paper], at: i64) -> Result<(), Early> {
    let made = pdf::many(title, papers, at);
    let bytes = made.map_err(|why| FileError(format!("{} kon niet getekend worden ({}).", crate::files::shown(name), why.0)))?;
    Ok(target.write(&bytes)?)
}
