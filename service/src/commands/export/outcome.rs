//! `loket export uitkomst`: an outcome as a workbook, and as CSV; or the lists of it for boards, schools or coaches.

use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use loket_instances::matching::outcome::to_json;
use loket_solver::matching::facts::words::Word;

use super::super::shared::{Both, Early, Ended, Inputs};
use crate::console;
use crate::exit::Exit;
use crate::files::{self, FileError, Files, Target};
use crate::present::book::{Whole, lists};
use crate::present::sheet::separated::separated;
use crate::present::sheet::workbook::{Book, workbook};
use crate::records::listing::Per;
use crate::verify::{Examined, examine};

/// What can be typed after `loket export uitkomst`.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Opties")]
pub struct Arguments {
    /// The two files.
    #[command(flatten)]
    pub files: Inputs,
    /// Waar de werkmap (xlsx) komt; - is standaarduitvoer
    #[arg(short, long, value_name = "WERKMAP", help_heading = "Bestanden")]
    pub output: PathBuf,
    /// Schrijf de regels ook als CSV, naast de werkmap
    #[arg(long)]
    pub csv: bool,
    /// Alleen lijsten: bestuur=ID, school=ID of coach=ID; zonder ID een blad voor elk
    #[arg(long, value_name = "WIE", value_parser = wanted)]
    pub voor: Option<Wanted>,
    /// Noem op lijsten ook kandidaten en coaches bij naam; doe dat als zij ja zeiden of als de indeling is vastgesteld
    #[arg(long, requires = "voor")]
    pub namen: bool,
}

/// For whom lists are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// What kind of list.
    pub per: Per,
    /// Only this one.
    pub id: Option<String>,
}

fn wanted(text: &str) -> Result<Wanted, String> {
    let (word, id) = text.split_once('=').map_or((text, None), |(word, id)| (word, Some(id)));
    match Per::parse(word) {
        Some(per) if id != Some("") => Ok(Wanted { per, id: id.map(str::to_owned) }),
        _ => Err("Kies uit: bestuur, school of coach, met of zonder =ID.".into()),
    }
}

/// Status 0, 1 when the outcome is not of its wave or is not right, 2 when a file is refused.
pub fn run(arguments: &Arguments) -> Ended {
    let mut files = Files::reading([arguments.files.wave.as_path(), arguments.files.outcome.as_path()]);
    let target = files.target(&arguments.output, "de werkmap")?;
    let both = arguments.files.both(false)?;
    right(&both)?;
    let made = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |it| i64::try_from(it.as_secs()).unwrap_or(0));
    let whole = Whole { loaded: &both.loaded, outcome: &both.outcome, plan: &both.plan, known: None, made };
    let (book, tables) = match &arguments.voor {
        None => (whole.book(), vec![("plaatsingen", whole.placements()), ("ongeplaatst", whole.unplaced())]),
        Some(wanted) => {
            let mut entries = whole.entries(wanted.per, arguments.namen);
            if let Some(id) = &wanted.id {
                if !whole.has(wanted.per, id) {
                    return Err(
                        FileError(format!("Er is in deze lichting geen {} {}.", wanted.per.code(), files::shown(Path::new(id)))).into()
                    );
                }
                entries.retain(|it| it.is_for(wanted.per, id));
            }
            (lists::book(&both.loaded.title, made, wanted.per, &entries), vec![("lijst", lists::table(&entries))])
        }
    };
    let beside: Vec<(Target, Vec<u8>)> = match arguments.csv {
        true => {
            let csv = |(name, table)| Ok((files.target(&beside(&arguments.output, name)?, "de CSV")?, separated(&table)));
            tables.into_iter().map(csv).collect::<Result<_, FileError>>()?
        }
        false => Vec::new(),
    };
    target.write(&bytes(&book)?)?;
    beside.iter().try_for_each(|(target, csv)| target.write(csv))?;
    Ok(Exit::Done)
}

fn bytes(book: &Book) -> Result<Vec<u8>, FileError> {
    workbook(book).map_err(|unmade| FileError(unmade.0))
}

/// "uitkomst.xlsx" → "uitkomst-plaatsingen.csv".
fn beside(output: &Path, name: &str) -> Result<PathBuf, FileError> {
    let Some(stem) = output.file_stem().filter(|_| !files::is_standard(output)) else {
        return Err(FileError("Met --csv komt de werkmap in een bestand, zodat de CSV ernaast kan staan.".into()));
    };
    let mut beside = stem.to_os_string();
    beside.push(format!("-{name}.csv"));
    Ok(output.with_file_name(beside))
}

/// That everything in the outcome is so: what goes to others is not taken from a file on trust. If not, that has been told.
fn right(both: &Both) -> Result<(), Early> {
    let Examined { findings, .. } = examine(&both.loaded, to_json(&both.outcome).to_string().as_bytes());
    let Some(first) = findings.first() else { return Ok(()) };
    console::line(format_args!("De uitkomst klopt niet ({}: {}). Kijk haar na met loket verify.", first.place, first.what));
    Err(Early::Told(Exit::Wrong))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn for_whom_is_a_word_with_or_without_an_id() {
        assert_eq!(wanted("bestuur=B01"), Ok(Wanted { per: Per::Board, id: Some("B01".into()) }));
        assert_eq!(wanted("coach"), Ok(Wanted { per: Per::Coach, id: None }));
        for wrong in ["bestuur=", "kandidaat=Z1", "", "=B01"] {
            assert!(wanted(wrong).is_err(), "{wrong}");
        }
        assert_eq!(beside(Path::new("a/uit.xlsx"), "lijst").ok(), Some(PathBuf::from("a/uit-lijst.csv")));
        assert!(beside(Path::new("-"), "lijst").is_err());
    }
}
