//! `loket algoritmeregister`: the entry for the national algorithm register, from what this program does and how it is set.

use clap::builder::PossibleValuesParser;
use serde_json::Value;

use super::serve::on_runtime;
use super::shared::{pretty, print};
use crate::actions::retention::terms;
use crate::desk::retention::Terms;
use crate::exit::Exit;
use crate::files::FileError;
use crate::present::algorithm_register::{CATEGORIES, Facts, csv, entry, plain};
use crate::store::clock::read_by_people;
use crate::store::{Error, Place, Result as Stored, Store};

/// What can be typed after `loket algoritmeregister`.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Opties")]
pub struct Arguments {
    /// De organisatie die het algoritme gebruikt
    #[arg(long, value_name = "NAAM", default_value = "1 Loket Amsterdam")]
    pub organisatie: String,
    /// Het e-mailadres voor vragen
    #[arg(long, value_name = "ADRES", default_value = "loket@amsterdam.example")]
    pub contact: String,
    /// Een pagina over het algoritme
    #[arg(long, value_name = "ADRES")]
    pub website: Option<String>,
    /// Waar de DPIA gepubliceerd is
    #[arg(long, value_name = "ADRES")]
    pub dpia: Option<String>,
    /// De publicatiecategorie
    #[arg(long, value_name = "CATEGORIE", default_value = CATEGORIES[1], value_parser = PossibleValuesParser::new(CATEGORIES))]
    pub categorie: String,
    /// Het gegevensbestand van de dienst: daaruit blijkt of er al vastgesteld is, en met welk beleid
    #[arg(long, value_name = "BESTAND", env = "LOKET_GEGEVENS")]
    pub gegevens: Option<Place>,
    /// Als JSON op standaarduitvoer
    #[arg(long, conflicts_with = "csv")]
    pub json: bool,
    /// Als CSV (puntkomma's) op standaarduitvoer
    #[arg(long)]
    pub csv: bool,
}

/// Status 0.
pub fn run(arguments: &Arguments) -> Result<Exit, FileError> {
    let (since, policies, terms) = match &arguments.gegevens {
        None => (None, Vec::new(), Terms::default()),
        Some(path) => {
            let shown = path.to_string();
            if !path.is_there() {
                return Err(FileError(format!("{shown} is er niet; noem het gegevensbestand met --gegevens, of laat dat weg.")));
            }
            let cannot = |error: Error| FileError(format!("{shown}: {error}."));
            on_runtime(async { in_use(path).await.map_err(cannot) })?
        }
    };
    let facts = Facts {
        organization: arguments.organisatie.clone(),
        contact: arguments.contact.clone(),
        website: arguments.website.clone(),
        category: arguments.categorie.clone(),
        dpia: arguments.dpia.clone(),
        since,
        terms,
        policies,
    };
    let entry = entry(&facts);
    let text = if arguments.csv {
        csv(&entry)
    } else if arguments.json {
        pretty(&Value::Object(entry))
    } else {
        entry.iter().map(|(name, value)| format!("{name}\n   {}\n", plain(value))).collect()
    };
    print(&text)?;
    Ok(Exit::Done)
}

/// The first day on which a plan was published, and the names of waves with a policy of their own.
async fn in_use(path: &Place) -> Stored<(Option<String>, Vec<String>, Terms)> {
    let store = Store::open_to_read(path).await?;
    let mut reading = store.read();
    let since = reading.first_publication().await?.map(|at| read_by_people(at).chars().take(10).collect());
    let (policies, terms) = (reading.waves_with_policy().await?, terms(&mut reading).await?);
    drop(reading);
    store.close().await;
    Ok((since, policies, terms))
}
