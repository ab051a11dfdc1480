//! `loket plan workbook` and `loket plan import`: a multi-year plan as the workbook that people keep it in, and back.

use std::path::PathBuf;

use loket_instances::planning::plan_file::read_plan;
use loket_instances::sheets::book::Book;
use loket_instances::sheets::file::{self, Named};
use loket_instances::sheets::limits;
use loket_instances::sheets::plan::{read, template};
use loket_instances::sheets::wave::template::marked;
use serde_json::Value;

use super::super::shared::{Early, Ended, called, pretty, print, refuse};
use crate::console;
use crate::exit::Exit;
use crate::files::{self, FileError, Files};
use crate::present::found as told;

/// What can be typed after `loket plan workbook`.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Opties")]
pub struct Workbook {
    /// Het meerjarenplan (JSON), of - voor standaardinvoer; zonder plan komt er een lege werkmap met uitleg en voorbeelden
    #[arg(value_name = "PLAN", help_heading = "Bestanden")]
    pub plan: Option<PathBuf>,
    /// Waar de werkmap (.xlsx) komt
    #[arg(short, long, value_name = "WERKMAP", help_heading = "Bestanden")]
    pub output: PathBuf,
}

/// What can be typed after `loket plan import`.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Opties")]
pub struct Import {
    /// De werkmap (.xlsx), of CSV-bestanden die heten als de bladen
    #[arg(value_name = "WERKMAP", required = true, help_heading = "Bestanden")]
    pub books: Vec<PathBuf>,
    /// Waar het meerjarenplan (JSON) komt; - is standaarduitvoer
    #[arg(short, long, value_name = "PLAN", default_value = "-", hide_default_value = true, help_heading = "Bestanden")]
    pub output: PathBuf,
    /// Waar een kopie van de werkmap komt met wat er niet klopt, als er iets niet klopt
    #[arg(long, value_name = "WERKMAP", help_heading = "Bestanden")]
    pub copy: Option<PathBuf>,
    /// Problemen en meldingen als JSON op standaarduitvoer
    #[arg(long)]
    pub json: bool,
}

/// Status 0 when the workbook was written, 2 when the plan is refused.
pub fn workbook(arguments: &Workbook) -> Ended {
    let target = Files::reading(arguments.plan.iter().map(PathBuf::as_path)).target(&arguments.output, "de werkmap")?;
    let unwritten = |_| FileError("De werkmap kan niet gemaakt worden.".into());
    let Some(name) = &arguments.plan else {
        target.write(&template::template().map_err(unwritten)?)?;
        return Ok(Exit::Done);
    };
    let bytes = files::read(name)?;
    let loaded = read_plan(&bytes).map_err(|refused| refuse(&called(name), &refused, false))?;
    // It was read as JSON just now.
    let plan: Value = serde_json::from_slice(&bytes).unwrap_or_default();
    target.write(&template::filled(&loaded.title, &plan).map_err(unwritten)?)?;
    Ok(Exit::Done)
}

/// Status 0 when there is a plan, 2 when the sheets are refused.
pub fn import(arguments: &Import) -> Ended {
    let mut files = Files::reading(arguments.books.iter().map(PathBuf::as_path));
    let output = files.target(&arguments.output, "het plan")?;
    let copy = arguments.copy.as_ref().map(|name| files.target(name, "de kopie")).transpose()?;
    if arguments.json {
        files.alone_on_standard("de meldingen")?;
    }
    let bytes: Vec<(String, Vec<u8>)> =
        arguments.books.iter().map(|name| Ok((files::shown(name), files::read(name)?))).collect::<Result<_, FileError>>()?;
    let named: Vec<Named<'_>> = bytes.iter().map(|(name, bytes)| Named { name, bytes }).collect();
    let title = if let [only] = arguments.books.as_slice() { called(only) } else { "De werkmap".into() };
    let mut book = Book::default();
    let imported = file::read(&named, |_| limits::ROWS).and_then(|(read_book, found)| {
        book = read_book;
        read::after(&book, found)
    });
    let (plan, found) = match imported {
        Ok(both) => both,
        Err(found) => {
            if let Some(copy) = copy.filter(|_| !book.sheets.is_empty()) {
                let bytes = marked(&book, &found).map_err(|_| FileError("De kopie kan niet gemaakt worden.".into()))?;
                copy.write(&bytes)?;
            }
            if arguments.json {
                print(&pretty(&told::machine(&found)))?;
            } else {
                console::page(told::text(&title, &found));
            }
            return Err(Early::Told(Exit::Refused));
        }
    };
    output.write(format!("{plan:#}\n").as_bytes())?;
    if arguments.json {
        print(&pretty(&told::machine(&found)))?;
    } else {
        console::page(format!("{title} is in orde.\n{}", told::notices(&found.notices)));
    }
    Ok(Exit::Done)
}
