//! `loket herstel`: makes a database that `pg_restore` put back fit for use, as `loket restore` does for a file. What waited to be sent may have
//! been since, and who was erased since is there again.

use std::path::PathBuf;

use loket_instances::strict::spot::show_id;
use serde_json::json;

use super::restore::gone;
use super::serve::on_runtime;
use super::shared::show;
use crate::actions::outbox;
use crate::actions::persons::erase_again;
use crate::console;
use crate::exit::Exit;
use crate::files::FileError;
use crate::present::dutch::counted;
use crate::store::log::Checked;
use crate::store::persons::Erased;
use crate::store::{Clock, Error, Place, Store};

/// What can be typed after `loket herstel`.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Opties")]
pub struct Arguments {
    /// De teruggezette database: postgres://gebruiker@server/database; de dienst en de werkers mogen niet draaien
    #[arg(long, value_name = "ADRES", env = "LOKET_GEGEVENS", hide_env_values = true)]
    pub gegevens: Place,
    /// De database van vóór het terugzetten, als die er nog is onder een andere naam: haar logboek zegt wie er sinds de kopie gewist is
    #[arg(long, value_name = "ADRES")]
    pub eerder: Option<Place>,
    /// Kandidaten en coaches die na de kopie gewist zijn, elke id op een eigen regel
    #[arg(long, value_name = "BESTAND")]
    pub gewist: Option<PathBuf>,
    /// De uitslag als JSON op standaarduitvoer
    #[arg(long)]
    pub json: bool,
}

/// What was done.
struct Settled {
    log: Checked,
    drafts: u64,
    erased: Vec<String>,
}

/// Status 0 when the database is fit for use, 1 when it is no good and nothing was changed, 2 when it cannot be used.
pub fn run(arguments: &Arguments) -> Result<Exit, FileError> {
    let data = arguments.gegevens.to_string();
    if arguments.gegevens.file().is_some() {
        return Err(FileError(format!("{data} is een gegevensbestand; daarvoor is loket restore. Er is niets veranderd.")));
    }
    let gone = gone(arguments.gewist.as_deref())?;
    let settled = match on_runtime(settled(arguments, &gone))? {
        Ok(settled) => settled,
        Err(faults) => {
            console::line(format_args!("{data} is niet goed. Er is niets veranderd."));
            for fault in faults {
                console::line(format_args!("  · {fault}"));
            }
            return Ok(Exit::Wrong);
        }
    };
    let log = &settled.log;
    let told = arguments.eerder.is_some();
    let machine = || {
        json!({ "gegevens": data, "regels": log.lines, "gewist": log.erased, "hoofd": log.head, "berichten_concept": settled.drafts,
            "opnieuw_gewist": settled.erased, "wissingen_bekend": told })
    };
    show(arguments.json, machine, || page(arguments, &settled))?;
    Ok(Exit::Done)
}

async fn settled(arguments: &Arguments, gone: &[String]) -> Result<Result<Settled, Vec<String>>, FileError> {
    let cannot = |place: &Place, error: Error| FileError(format!("{place}: {error}. Er is niets veranderd."));
    let told = match &arguments.eerder {
        Some(place) => {
            let before = Store::open_to_read(place).await.map_err(|error| cannot(place, error))?;
            let found = before.read().erasures().await;
            before.close().await;
            found.map_err(|error| cannot(place, error))?
        }
        None => Erased::new(),
    };
    let store = Store::open(&arguments.gegevens, Clock::default()).await.map_err(|error| cannot(&arguments.gegevens, error))?;
    let done = made_fit(&store, &told, gone).await;
    store.close().await;
    done.map_err(|error| {
        let data = &arguments.gegevens;
        FileError(format!("{data} is nog niet klaar voor gebruik: {error}. Doe loket herstel nog eens voordat u de dienst start."))
    })
}

/// What is wrong, before anything is changed; else what was done.
async fn made_fit(store: &Store, told: &Erased, gone: &[String]) -> Result<Result<Settled, Vec<String>>, Error> {
    let mut faults = store.integrity().await?;
    faults.retain(|it| it != "ok");
    faults.extend(store.read().log_check().await?.wrong);
    if !faults.is_empty() {
        return Ok(Err(faults));
    }
    let drafts = outbox::drafts(store, outbox::PUT_BACK).await?;
    let erased = erase_again(store, told, gone).await?;
    let log = store.read().log_check().await?;
    match log.wrong.first() {
        Some(fault) => Err(Error::Corrupt(fault.clone())),
        None => Ok(Ok(Settled { log, drafts, erased })),
    }
}

fn page(arguments: &Arguments, settled: &Settled) -> String {
    let log = &settled.log;
    let lines = counted(usize::try_from(log.lines).unwrap_or_default(), "regel", "regels");
    let mut page = format!("{} is nagekeken en klaar voor gebruik.\nLogboek: {lines}, hoofd {}\n", arguments.gegevens, log.head);
    if settled.drafts > 0 {
        let drafts = counted(usize::try_from(settled.drafts).unwrap_or_default(), "bericht wachtte", "berichten wachtten");
        page.push_str(&format!("{drafts} op verzending en is nu een concept: het kan al verstuurd zijn.\n"));
    }
    if !settled.erased.is_empty() {
        let erased: Vec<String> = settled.erased.iter().map(|id| show_id(id)).collect();
        page.push_str(&format!("Opnieuw gewist, omdat dat na de kopie was gebeurd: {}.\n", erased.join(", ")));
    }
    if arguments.eerder.is_none() && arguments.gewist.is_none() {
        page.push_str("Let op: wie na de kopie gewist is, staat er weer in. Noem de database van eerder met --eerder, of geef de lijst met --gewist.\n");
    }
    page
}
