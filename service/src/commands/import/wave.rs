//! `loket import lichting`: a wave file made of a workbook or of CSV files, or everything that is wrong with them.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use loket_instances::matching::wave_file::WaveFile;
use loket_instances::sheets::book::Book;
use loket_instances::sheets::file::{self, Named};
use loket_instances::sheets::open::centroids::{Centroids, read_centroids};
use loket_instances::sheets::open::grid::Grid;
use loket_instances::sheets::problem::Found;
use loket_instances::sheets::wave::columns::most_rows;
use loket_instances::sheets::wave::difference::{Change, Changed, between};
use loket_instances::sheets::wave::read::Imported;
use loket_instances::sheets::wave::{read, template};
use loket_instances::strict::spot::visible;
use serde_json::Value;

use super::super::shared::{Early, Ended, called, pretty, print, refuse};
use crate::console;
use crate::exit::Exit;
use crate::files::{self, FileError, Files};
use crate::present::dutch::counted;
use crate::present::found as told;

/// What can be typed after `loket import lichting`.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Opties")]
pub struct Arguments {
    /// De werkmap (.xlsx), of CSV-bestanden die heten als de bladen
    #[arg(value_name = "WERKMAP", required = true, help_heading = "Bestanden")]
    pub books: Vec<PathBuf>,
    /// Waar de lichting (JSON) komt; - is standaarduitvoer
    #[arg(short, long, value_name = "LICHTING", default_value = "-", hide_default_value = true, help_heading = "Bestanden")]
    pub output: PathBuf,
    /// Waar een kopie van de werkmap komt met wat er niet klopt, als er iets niet klopt
    #[arg(long, value_name = "WERKMAP", help_heading = "Bestanden")]
    pub copy: Option<PathBuf>,
    /// Waar postcodes liggen (CSV met pc4, lat en lon, of zoals GeoNames het uitgeeft), voor wie alleen een postcode heeft
    #[arg(long, value_name = "BESTAND", help_heading = "Bestanden")]
    pub pc4: Option<PathBuf>,
    /// De lichting van de vorige keer (JSON): laat zien wat er veranderd is
    #[arg(long, value_name = "LICHTING", help_heading = "Bestanden")]
    pub before: Option<PathBuf>,
    /// Problemen, meldingen en veranderingen als JSON op standaarduitvoer
    #[arg(long)]
    pub json: bool,
}

/// Status 0 when there is a wave, 2 when the sheets or the earlier wave are refused.
pub fn run(arguments: &Arguments) -> Ended {
    let read_names = arguments.books.iter().chain(&arguments.before).chain(&arguments.pc4).map(PathBuf::as_path);
    let mut files = Files::reading(read_names);
    let output = files.target(&arguments.output, "de lichting")?;
    let copy = arguments.copy.as_ref().map(|name| files.target(name, "de kopie")).transpose()?;
    if arguments.json {
        files.alone_on_standard("de meldingen")?;
    }
    let on_standard = files.on_standard();
    let bytes: Vec<(String, Vec<u8>)> =
        arguments.books.iter().map(|name| Ok((files::shown(name), files::read(name)?))).collect::<Result<_, FileError>>()?;
    let before = arguments.before.as_ref().map(|name| (name, files::read(name))).map(|(name, bytes)| Ok::<_, FileError>((name, bytes?)));
    let before = before.transpose()?;
    let named: Vec<Named<'_>> = bytes.iter().map(|(name, bytes)| Named { name, bytes }).collect();
    let title = if let [only] = arguments.books.as_slice() { called(only) } else { "De werkmap".into() };
    let places = arguments.pc4.as_ref().map(|name| centroids(name, arguments.json)).transpose()?;
    let mut book = Book::default();
    let imported = file::read(&named, most_rows).and_then(|(read_book, found)| {
        book = read_book;
        read::read(&book, places.as_ref()).map(|(imported, more)| (imported, joined(&found, more))).map_err(|more| joined(&found, more))
    });
    let (imported, found) = match imported {
        Ok(both) => both,
        Err(found) => {
            if let Some(copy) = copy.filter(|_| !book.sheets.is_empty()) {
                let marked = template::marked(&book, &found).map_err(|_| FileError("De kopie kan niet gemaakt worden.".into()))?;
                copy.write(&marked)?;
            }
            if arguments.json {
                print(&pretty(&told::machine(&found)))?;
            } else {
                console::page(told::text(&title, &found));
            }
            return Err(Early::Told(Exit::Refused));
        }
    };
    let before = before.map(|(name, bytes)| WaveFile::read(&bytes).map_err(|refused| refuse(&called(name), &refused, arguments.json)));
    let changes = before.transpose()?.map(|before| between(&before, &imported.wave));
    output.write(&written(&imported.wave))?;
    if arguments.json {
        let mut machine = told::machine(&found);
        (machine["van"], machine["tot"]) = (imported.period.0.into(), imported.period.1.into());
        machine["veranderingen"] = changes.as_deref().map_or(Value::Null, |it| it.iter().map(told::change).collect());
        print(&pretty(&machine))?;
    } else {
        let page = page(&title, &imported, &found, changes.as_deref());
        // The wave itself may be on standard output.
        if on_standard { console::page(page) } else { print(&page)? }
    }
    Ok(Exit::Done)
}

/// The middles of postcode areas in a file; when it is refused, that has been told.
fn centroids(name: &Path, json: bool) -> Result<Centroids, Early> {
    let bytes = files::read(name)?;
    let read = Grid::read(&files::shown(name), &bytes).and_then(|grid| read_centroids(&grid));
    read.map(|it| it.rows).map_err(|found| {
        if json {
            return print(&pretty(&told::machine(&found))).map_or_else(Early::File, |()| Early::Told(Exit::Refused));
        }
        console::page(told::text(&called(name), &found));
        Early::Told(Exit::Refused)
    })
}

fn joined(found: &Found, mut more: Found) -> Found {
    more.notices.splice(0..0, found.notices.iter().cloned());
    more
}

/// The file as people can read it.
fn written(wave: &WaveFile) -> Vec<u8> {
    format!("{:#}\n", wave.to_json()).into_bytes()
}

/// The days of the workbook, which no wave file holds.
fn days(period: &(Option<String>, Option<String>)) -> Option<String> {
    let says = match period {
        (Some(from), Some(until)) => format!("van {from} tot en met {until}"),
        (Some(from), None) => format!("vanaf {from}"),
        (None, Some(until)) => format!("tot en met {until}"),
        (None, None) => return None,
    };
    Some(format!("De plaatsingen zijn {says}. Dat staat niet in het bestand van de lichting; geef het op waar u de lichting indient."))
}

fn page(title: &str, imported: &Imported, found: &Found, changes: Option<&[Changed]>) -> String {
    let wave = &imported.wave;
    let seats: u64 = wave.schools.iter().flat_map(|it| &it.seats).map(|it| u64::from(it.count)).sum();
    let mut page = String::new();
    let _ = writeln!(
        page,
        "{title} is in orde: {}, {} bij {}, {}.",
        counted(wave.candidates.len(), "kandidaat", "kandidaten"),
        counted(usize::try_from(seats).unwrap_or(usize::MAX), "plek", "plekken"),
        counted(wave.schools.len(), "school", "scholen"),
        counted(wave.coaches.len(), "coach", "coaches"),
    );
    if let Some(days) = days(&imported.period) {
        let _ = writeln!(page, "{days}");
    }
    page.push_str(&told::notices(&found.notices));
    if let Some(changes) = changes {
        let _ = writeln!(page, "\nVeranderd sinds de vorige keer: {}.", counted(changes.len(), "rij", "rijen"));
        for it in changes.iter().take(LISTED) {
            let what = match &it.change {
                Change::New => "nieuw".to_owned(),
                Change::Gone => "staat er niet meer".to_owned(),
                Change::Changed(columns) => {
                    let one = |(header, was, now): &(&str, String, String)| format!("{header}: {} → {}", shown(was), shown(now));
                    columns.iter().map(one).collect::<Vec<_>>().join("; ")
                }
            };
            let _ = writeln!(page, "  {}", visible(&format!("{} {}: {what}", it.sheet, it.about)));
        }
        if changes.len() > LISTED {
            let _ = writeln!(page, "  en nog {}", changes.len() - LISTED);
        }
    }
    page
}

/// Changes that are told one by one in words.
const LISTED: usize = 200;

fn shown(text: &str) -> &str {
    if text.is_empty() { "(leeg)" } else { text }
}
