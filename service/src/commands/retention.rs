//! `loket bewaren`: what has had its term, and takes it away when asked.

use serde_json::json;

use super::serve::on_runtime;
use super::shared::show;
use crate::actions::retention::{self, Plan};
use crate::actions::{Busy, Refused};
use crate::api::retention::{people_told, planned};
use crate::exit::Exit;
use crate::files::FileError;
use crate::present::dutch::counted;
use crate::records::privacy::Round;
use crate::store::{Clock, Error, Place, Store};

/// What can be typed after `loket bewaren`.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Opties")]
pub struct Arguments {
    /// Wis wat aan de beurt is; zonder dit wordt het alleen getoond
    #[arg(long)]
    pub doen: bool,
    /// Het gegevensbestand van de dienst
    #[arg(long, value_name = "BESTAND", env = "LOKET_GEGEVENS", default_value = "loket.sqlite")]
    pub gegevens: Place,
    /// Het antwoord als JSON op standaarduitvoer
    #[arg(long)]
    pub json: bool,
}

/// Status 0 when it was shown, or done.
pub fn run(arguments: &Arguments) -> Result<Exit, FileError> {
    let data = arguments.gegevens.to_string();
    if !arguments.gegevens.is_there() {
        return Err(FileError(format!("{data} is er niet; noem het gegevensbestand met --gegevens.")));
    }
    let cannot = |error: Error| FileError(format!("{data}: {error}."));
    let refused = |refused: Refused| match refused {
        Refused::Busy(Busy::Store(error)) => cannot(error),
        other => FileError(format!("{data}: wat aan de beurt is, kan nu niet gewist worden ({other:?}).")),
    };
    let (plan, round, today) = on_runtime(async {
        let store = match arguments.doen {
            true => Store::open(&arguments.gegevens, Clock::default()).await,
            false => Store::open_to_read(&arguments.gegevens).await,
        };
        let store = store.map_err(cannot)?;
        let done = async {
            let plan = retention::plan(&store).await?;
            let round = if arguments.doen { Some(retention::round(&store).await?) } else { None };
            Ok::<_, Refused>((plan, round))
        };
        let (done, today) = (done.await, store.clock().today().to_string());
        store.close().await;
        done.map_err(refused).map(|(plan, round)| (plan, round, today))
    })?;
    let machine = || {
        let mut told = json!(planned(&plan));
        told["personen"] = json!(people_told(&plan));
        told["gewist"] = json!(round);
        told
    };
    show(arguments.json, machine, || page(&plan, round.as_ref(), &today))?;
    Ok(Exit::Done)
}

fn page(plan: &Plan, round: Option<&Round>, today: &str) -> String {
    let mut page = String::new();
    for term in planned(plan).termijnen {
        page.push_str(&format!("{} weken na {}: {}\n", term.weken, term.na, term.wat));
    }
    let (due, later): (Vec<_>, Vec<_>) = people_told(plan).into_iter().partition(|it| it.datum.as_str() <= today);
    for (title, people) in [("Aan de beurt", due), ("Later", later)] {
        page.push_str(&format!("\n{title}: {}\n", counted(people.len(), "mens", "mensen")));
        for it in people {
            page.push_str(&format!("   {}  {} {}  {}\n", it.datum, it.persoon_soort, it.persoon, it.waarom));
        }
    }
    page.push_str(&format!(
        "\nZonder dag: {}, wie wacht, in een open lichting zit of geen einde heeft.\n",
        counted(plan.without, "mens", "mensen")
    ));
    match round {
        None => page.push_str("Er is niets gewist; met --doen wordt gewist wat aan de beurt is.\n"),
        Some(it) => page.push_str(&format!(
            "Gewist: kandidaten {}, coaches {}, accounts {}, sessies {}, koppelingen {}, sleutels {}, verzoeken {}, berichten {}, namen in roosters {}; uitgesteld {}.\n",
            it.candidates, it.coaches, it.accounts, it.sessions, it.links, it.tokens, it.requests, it.messages, it.rosters, it.later
        )),
    }
    page
}
