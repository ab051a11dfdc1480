//! `loket log controleer`: whether nobody changed the log afterwards.

use std::path::PathBuf;

use clap::Subcommand;
use serde_json::json;

use super::serve::on_runtime;
use super::shared::show;
use crate::exit::Exit;
use crate::files::FileError;
use crate::present::dutch::counted;
use crate::store::log::Checked;
use crate::store::{Result as Stored, Store};

/// What can be typed after `loket log`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// What to do with the log.
    #[command(subcommand)]
    pub command: Command,
}

/// What can be done with the log.
#[derive(Debug, Subcommand)]
#[command(subcommand_value_name = "OPDRACHT", subcommand_help_heading = "Opdrachten", disable_help_subcommand = true)]
pub enum Command {
    /// Kijk na of het logboek klopt: geen regel veranderd, weg of verwisseld
    Controleer(Check),
}

/// What can be typed after `loket log controleer`.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Opties")]
pub struct Check {
    /// Het gegevensbestand van de dienst
    #[arg(long, value_name = "BESTAND", env = "LOKET_GEGEVENS", default_value = "loket.sqlite")]
    pub gegevens: PathBuf,
    /// Een hoofd dat u eerder noteerde: die regel moet er nog zijn. Zo valt het ook op als de laatste regels weg zijn
    #[arg(long, value_name = "HOOFD")]
    pub hoofd: Option<String>,
    /// De uitslag als JSON op standaarduitvoer
    #[arg(long)]
    pub json: bool,
}

/// Status 0 when the log is whole, 1 when it is not.
pub fn run(arguments: &Arguments) -> Result<Exit, FileError> {
    let Command::Controleer(check) = &arguments.command;
    let data = check.gegevens.display();
    if !check.gegevens.is_file() {
        return Err(FileError(format!("{data} is er niet; noem het gegevensbestand met --gegevens.")));
    }
    let cannot = |error| FileError(format!("Het logboek van {data} is niet na te kijken: {error}."));
    let checked = on_runtime(async { checked(check).await.map_err(cannot) })?;
    let good = checked.wrong.is_empty();
    let machine =
        || json!({ "klopt": good, "regels": checked.lines, "gewist": checked.erased, "hoofd": checked.head, "fouten": checked.wrong });
    show(check.json, machine, || page(&data.to_string(), &checked))?;
    Ok(if good { Exit::Done } else { Exit::Wrong })
}

async fn checked(check: &Check) -> Stored<Checked> {
    let store = Store::open_to_read(&check.gegevens).await?;
    let mut checked = store.read().log_check().await?;
    if let Some(head) = &check.hoofd
        && store.read().log_number(&head.trim().to_ascii_lowercase()).await?.is_none()
    {
        checked.wrong.push("de regel met het genoemde hoofd is er niet (meer)".into());
    }
    store.close().await;
    Ok(checked)
}

fn page(data: &str, checked: &Checked) -> String {
    let count = |number: i64| usize::try_from(number).unwrap_or_default();
    let mut page = match checked.wrong.len() {
        0 => format!("Het logboek van {data} klopt: {}", counted(count(checked.lines), "regel", "regels")),
        some => format!("Het logboek van {data} klopt NIET: {}", counted(some, "fout", "fouten")),
    };
    if checked.erased > 0 {
        page.push_str(&format!(", van {} is de inhoud gewist", checked.erased));
    }
    page.push_str(&format!(".\nHoofd: {}\n", checked.head));
    for fault in &checked.wrong {
        page.push_str(&format!("  · {fault}\n"));
    }
    page
}
