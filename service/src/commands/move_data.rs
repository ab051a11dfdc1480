//! `loket verhuis`: from a file to a database server, all of it or nothing.

use std::path::PathBuf;

use serde_json::json;

use super::serve::on_runtime;
use super::shared::show;
use crate::console;
use crate::exit::Exit;
use crate::files::{self, FileError};
use crate::present::dutch::counted;
use crate::store::moving::{Moved, Refused, moved};
use crate::store::{Clock, Place, Store};

/// What can be typed after `loket verhuis`.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Opties")]
pub struct Arguments {
    /// Het gegevensbestand van de dienst, die niet mag draaien
    #[arg(value_name = "BESTAND", help_heading = "Bestanden")]
    pub source: PathBuf,
    /// De lege database waar alles heen gaat: postgres://gebruiker@server/database (met een wachtwoord: liever in de omgeving)
    #[arg(long, value_name = "ADRES", env = "LOKET_NAAR", hide_env_values = true)]
    pub naar: Place,
    /// De uitslag als JSON op standaarduitvoer
    #[arg(long)]
    pub json: bool,
}

/// Status 0 when everything is in the database, 1 when the file is no good, 2 when nothing was moved.
pub fn run(arguments: &Arguments) -> Result<Exit, FileError> {
    let (source, target) = (files::shown(&arguments.source), arguments.naar.to_string());
    let nothing = "Er is niets verhuisd.";
    if let Some(path) = arguments.naar.file() {
        let path = files::shown(path);
        return Err(FileError(format!("{path} is geen adres van een database; schrijf postgres://gebruiker@server/database. {nothing}")));
    }
    if !arguments.source.is_file() {
        return Err(FileError(format!("{source} is er niet; noem het gegevensbestand van de dienst. {nothing}")));
    }
    let work = async {
        let opened = Store::open(&arguments.naar, Clock::default()).await;
        let store = opened.map_err(|error| FileError(format!("{target}: {error}. {nothing}")))?;
        let done = moved(&arguments.source, &store).await;
        store.close().await;
        done.map_err(|error| FileError(format!("{source} kan niet verhuizen naar {target}: {error}. {nothing}")))
    };
    let moved = match on_runtime(work)? {
        Ok(moved) => moved,
        Err(Refused::InUse) => {
            return Err(FileError(format!("{source} is in gebruik; stop eerst de dienst en de werkers. {nothing}")));
        }
        Err(Refused::Earlier) => {
            return Err(FileError(format!(
                "De tabellen van {source} zijn van een eerdere versie; start er eerst loket serve van deze versie mee, en stop die weer. {nothing}"
            )));
        }
        Err(Refused::Filled(table)) => {
            return Err(FileError(format!("In {target} staat al iets (tabel {table}); verhuizen kan naar een lege database. {nothing}")));
        }
        Err(Refused::Source(faults)) => {
            console::line(format_args!("{source} is niet heel. {nothing}"));
            for fault in faults {
                console::line(format_args!("  · {fault}"));
            }
            return Ok(Exit::Wrong);
        }
    };
    let log = &moved.log;
    let machine = || {
        let tables: serde_json::Map<_, _> = moved.tables.iter().map(|(table, rows)| ((*table).to_owned(), json!(rows))).collect();
        json!({ "naar": target, "tabellen": tables, "regels": log.lines, "gewist": log.erased, "hoofd": log.head })
    };
    show(arguments.json, machine, || page(&source, &target, &moved))?;
    Ok(Exit::Done)
}

fn page(source: &str, target: &str, moved: &Moved) -> String {
    let count = |it: u64| usize::try_from(it).unwrap_or_default();
    let rows = counted(count(moved.tables.iter().map(|(_, rows)| rows).sum()), "rij", "rijen");
    let tables = counted(moved.tables.len(), "tabel", "tabellen");
    let lines = counted(usize::try_from(moved.log.lines).unwrap_or_default(), "regel", "regels");
    format!(
        "Alles uit {source} staat nu in {target}: {tables}, {rows}, geteld en nagekeken.\nLogboek: {lines}, hoofd {}\n\
         Start de dienst en de werkers voortaan met --gegevens {target} (of LOKET_GEGEVENS).\n\
         {source} is niet veranderd. Start er niets meer mee, anders gaan berichten dubbel uit; gooi het weg als u het niet meer nodig hebt: \
         er staan namen in.\n",
        moved.log.head
    )
}
