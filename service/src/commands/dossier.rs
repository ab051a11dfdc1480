//! `loket inzage`: everything that is kept of one person, and of nobody else, as a page to hand over.

use super::serve::on_runtime;
use super::shared::show;
use crate::access::Caller;
use crate::actions::{Asked, Busy, Refused, persons};
use crate::api::persons::inzage;
use crate::exit::Exit;
use crate::files::FileError;
use crate::present::dossier::page;
use crate::records::dossier::Who;
use crate::records::register::Kind;
use crate::store::{Error, Place, Store};

/// What can be typed after `loket inzage`.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Opties")]
pub struct Arguments {
    /// De id van een kandidaat
    #[arg(long, value_name = "ID", required_unless_present = "coach", conflicts_with = "coach")]
    pub kandidaat: Option<String>,
    /// De id van een coach
    #[arg(long, value_name = "ID")]
    pub coach: Option<String>,
    /// Het gegevensbestand van de dienst
    #[arg(long, value_name = "BESTAND", env = "LOKET_GEGEVENS", default_value = "loket.sqlite")]
    pub gegevens: Place,
    /// Het antwoord als JSON op standaarduitvoer
    #[arg(long)]
    pub json: bool,
}

/// Status 0 when it is shown; 2 when there is nobody with this id.
pub fn run(arguments: &Arguments) -> Result<Exit, FileError> {
    let data = arguments.gegevens.to_string();
    if !arguments.gegevens.is_there() {
        return Err(FileError(format!("{data} is er niet; noem het gegevensbestand met --gegevens.")));
    }
    let who = match (&arguments.kandidaat, &arguments.coach) {
        (Some(id), _) => Who::new(Kind::Candidate, id),
        (None, id) => Who::new(Kind::Coach, id.as_deref().unwrap_or_default()),
    };
    let cannot = |error: Error| FileError(format!("{data}: {error}."));
    let told = on_runtime(async {
        let store = Store::open_to_read(&arguments.gegevens).await.map_err(cannot)?;
        let asked = Asked { caller: Caller::machine("inzage"), key: None };
        let found = async {
            let dossier = persons::dossier(&store, &asked, &who).await?;
            let others = persons::others(&store, &asked, &dossier, &who).await?;
            Ok::<_, Refused>(inzage(dossier, &who, &others, store.clock().today()))
        };
        let found = found.await;
        store.close().await;
        found.map_err(|refused| match refused {
            Refused::Busy(Busy::Store(error)) => cannot(error),
            _ => FileError(format!("Er is geen {} met deze id in {data}.", who.kind.word())),
        })
    })?;
    let title = format!("Wat er van {} {} bewaard wordt", who.kind.word(), who.id);
    show(arguments.json, || told.clone(), || page(&title, &told))?;
    Ok(Exit::Done)
}
