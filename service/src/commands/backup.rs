//! `loket backup`: a checked copy of everything the service keeps, also while it runs.

use std::path::{Path, PathBuf};

use serde_json::json;

use super::serve::on_runtime;
use super::shared::{only_file, show};
use crate::exit::Exit;
use crate::files::{self, FileError};
use crate::present::dutch::counted;
use crate::store::{Place, Store};

/// What can be typed after `loket backup`.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Opties")]
pub struct Arguments {
    /// Waar de reservekopie komt; daar mag nog niets zijn
    #[arg(value_name = "DOEL", help_heading = "Bestanden")]
    pub target: PathBuf,
    /// Het gegevensbestand van de dienst
    #[arg(long, value_name = "BESTAND", env = "LOKET_GEGEVENS", default_value = "loket.sqlite")]
    pub gegevens: Place,
    /// De uitslag als JSON op standaarduitvoer
    #[arg(long)]
    pub json: bool,
}

/// Status 0 when the copy is there and is good.
pub fn run(arguments: &Arguments) -> Result<Exit, FileError> {
    if files::is_standard(&arguments.target) {
        return Err(FileError("Een reservekopie is een bestand en kan niet op standaarduitvoer komen; noem een naam.".into()));
    }
    let target = files::shown(&arguments.target);
    if arguments.target.symlink_metadata().is_ok() {
        return Err(FileError(format!("{target} bestaat al; kies een andere naam.")));
    }
    let (data, path) = (arguments.gegevens.to_string(), only_file(&arguments.gegevens, "pg_dump")?);
    if !path.is_file() {
        return Err(FileError(format!("{data} is er niet; noem het gegevensbestand met --gegevens.")));
    }
    for ending in ["-wal", "-shm", "-journal"] {
        let mut name = path.as_os_str().to_owned();
        name.push(ending);
        if files::same(&arguments.target, Path::new(&name)) {
            return Err(FileError(format!("{target} hoort bij het gegevensbestand zelf; kies een andere naam.")));
        }
    }
    let copied = async {
        let store = Store::open_to_read(path).await?;
        let made = store.back_up(&arguments.target).await;
        store.close().await;
        made
    };
    let cannot = |error| FileError(format!("Van {data} kan geen reservekopie gemaakt worden: {error}."));
    let log = on_runtime(async { copied.await.map_err(cannot) })?;
    let machine = || json!({ "doel": arguments.target, "regels": log.lines, "gewist": log.erased, "hoofd": log.head });
    let lines = counted(usize::try_from(log.lines).unwrap_or_default(), "regel", "regels");
    let page = || format!("{target} is een volledige reservekopie van {data}, nagekeken.\nLogboek: {lines}, hoofd {}\n", log.head);
    show(arguments.json, machine, page)?;
    Ok(Exit::Done)
}
