//! What imports of open data do alike: show what they change, ask, and change it.

use std::io::{self, IsTerminal};

use serde_json::{Value, json};

use crate::access::Caller;
use crate::actions::open::{Leaving, OpenFile, at_once, tried};
use crate::actions::{Asked, Busy, Refused};
use crate::api::shapes::open::{Openverschilregel, Openvoorstel};
use crate::commands::serve::on_runtime;
use crate::commands::shared::{Early, Ended, refuse, show};
use crate::console;
use crate::desk::open::Plan;
use crate::exit::Exit;
use crate::files::FileError;
use crate::present::open::{asks, page};
use crate::store::{Clock, Place, Store};
use loket_instances::strict::problem::Refusal;

/// Where the data are, and how the answer is shown.
#[derive(Debug, clap::Args)]
pub struct Data {
    /// Toon alleen wat er zou veranderen
    #[arg(long)]
    pub proef: bool,
    /// Het gegevensbestand van de dienst
    #[arg(long, value_name = "BESTAND", env = "LOKET_GEGEVENS", default_value = "loket.sqlite")]
    pub gegevens: Place,
    /// Het antwoord als JSON op standaarduitvoer
    #[arg(long)]
    pub json: bool,
}

/// What is brought in.
#[derive(Debug)]
pub struct Import {
    /// The files.
    pub files: Vec<OpenFile>,
    /// Only schools of this municipality.
    pub municipality: Option<String>,
    /// Whether somebody is asked first.
    pub asks: bool,
    /// From when and why schools that are gone end.
    pub leaving: Option<Leaving>,
}

/// How it ended.
enum Told {
    /// A file is refused, or the register does not allow it.
    Refused(Refusal),
    /// It was shown, and perhaps done.
    Shown(Box<Plan>, Option<Box<Openvoorstel>>, Fate),
}

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    Tried,
    Nothing,
    Unasked,
    Declined,
    Done,
}

impl Fate {
    fn code(self) -> &'static str {
        match self {
            Self::Tried => "proef",
            Self::Nothing => "niets-veranderd",
            Self::Unasked => "niet-bevestigd",
            Self::Declined => "niet-overgenomen",
            Self::Done => "overgenomen",
        }
    }

    fn says(self) -> &'static str {
        match self {
            Self::Tried => "Dit was een proef; er is niets veranderd.",
            Self::Nothing => "Er verandert niets.",
            Self::Unasked => "Er is niets veranderd; neem het over met --bevestigd.",
            Self::Declined => "Er is niets veranderd.",
            Self::Done => "Het register is bijgewerkt.",
        }
    }
}

/// Shows what an import changes, asks when somebody is there to answer, and does it.
pub fn bring(data: &Data, import: &Import) -> Ended {
    let place = data.gegevens.to_string();
    if data.proef && !data.gegevens.is_there() {
        return Err(FileError(format!("{place} is er niet; noem het gegevensbestand met --gegevens.")).into());
    }
    let told = on_runtime(async {
        let opened = match data.proef {
            true => Store::open_to_read(&data.gegevens).await,
            false => Store::open(&data.gegevens, Clock::default()).await,
        };
        let store = opened.map_err(|error| FileError(format!("{place}: {error}.")))?;
        let told = done(&store, data, import).await;
        store.close().await;
        match told {
            Ok(told) => Ok(told),
            Err(Refused::Invalid(refusal)) => Ok(Told::Refused(refusal)),
            Err(Refused::Unconfirmed(problems)) => Ok(Told::Refused(Refusal { problems, more: 0, notices: Vec::new() })),
            Err(Refused::Busy(Busy::Store(error))) => Err(FileError(format!("{place}: {error}."))),
            Err(Refused::Busy(Busy::Said(why) | Busy::TooMany(why))) => Err(FileError(why.into())),
            Err(Refused::NotNow(why)) => Err(FileError(why)),
            Err(_) => Err(FileError(format!("{place}: dit kan nu niet overgenomen worden."))),
        }
    })?;
    match told {
        Told::Refused(refusal) => Err(refuse("De import", &refusal, data.json)),
        Told::Shown(plan, edition, fate) => {
            let edition = edition.map(|it| *it);
            show(data.json, || machine(&plan, edition.as_ref(), fate), || fate.says().to_owned() + "\n")?;
            if fate == Fate::Unasked { Err(Early::Told(Exit::Refused)) } else { Ok(Exit::Done) }
        }
    }
}

async fn done(store: &Store, data: &Data, import: &Import) -> Result<Told, Refused> {
    let asked = Asked { caller: Caller::machine("import"), key: None };
    let plan = tried(store, &asked, &import.files, import.municipality.clone()).await?;
    if !plan.problems.is_empty() {
        return Err(plan.problems.into());
    }
    if !data.json {
        console::announce(page(&plan));
    }
    let shown = |plan: Plan, fate: Fate| Ok(Told::Shown(Box::new(plan), None, fate));
    if data.proef {
        return shown(plan, Fate::Tried);
    }
    let leaves = import.leaving.is_some() && !plan.gone.is_empty();
    let changes = plan.differences.iter().any(|it| !it.kind.is_gone()) || leaves;
    if !changes && plan.sources.is_empty() {
        return shown(plan, Fate::Nothing);
    }
    if changes && import.asks {
        if data.json || !io::stdin().is_terminal() {
            return shown(plan, Fate::Unasked);
        }
        console::line(asks(&plan, leaves));
        if !answered_yes() {
            return shown(plan, Fate::Declined);
        }
    }
    let files = (import.files.as_slice(), import.municipality.clone());
    let edition = at_once(store, &asked, files, &plan, import.leaving.as_ref()).await?;
    Ok(Told::Shown(Box::new(plan), Some(Box::new(edition.into())), Fate::Done))
}

/// Whether somebody typed yes.
fn answered_yes() -> bool {
    let mut line = String::new();
    let read = io::stdin().read_line(&mut line).is_ok();
    read && matches!(line.trim().to_lowercase().as_str(), "ja" | "j")
}

fn machine(plan: &Plan, edition: Option<&Openvoorstel>, fate: Fate) -> Value {
    let differences: Vec<Openverschilregel> = plan.differences.iter().cloned().map(Openverschilregel::from).collect();
    let counts = edition.map_or_else(|| json!(plan.counts), |it| json!(it.tellingen));
    json!({ "toestand": fate.code(), "import": edition.map(|it| &it.id), "tellingen": counts, "meldingen": plan.notices, "verschillen": differences })
}
