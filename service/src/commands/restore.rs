//! `loket restore`: puts a copy back, unless something would be lost that nobody asked to lose.

use std::path::{Path, PathBuf};

use loket_instances::strict::spot::show_id;
use serde_json::json;

use super::serve::on_runtime;
use super::shared::{only_file, show};
use crate::actions::outbox;
use crate::actions::persons::erase_again;
use crate::console;
use crate::exit::Exit;
use crate::files::{self, FileError};
use crate::present::dutch::counted;
use crate::store::backup::{Refused, Restored, restore};
use crate::store::persons::Erased;
use crate::store::{Clock, Error, Place, Store};

/// What can be typed after `loket restore`.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Opties")]
pub struct Arguments {
    /// De reservekopie
    #[arg(value_name = "BRON", help_heading = "Bestanden")]
    pub source: PathBuf,
    /// Het gegevensbestand van de dienst, dat vervangen wordt
    #[arg(long, value_name = "BESTAND", env = "LOKET_GEGEVENS", default_value = "loket.sqlite")]
    pub gegevens: Place,
    /// Ook als het gegevensbestand meer weet dan de reservekopie, of niet te lezen is
    #[arg(long)]
    pub force: bool,
    /// Kandidaten die na de reservekopie gewist zijn, elke id op een eigen regel: voor als het gegevensbestand er niet meer is
    #[arg(long, value_name = "BESTAND")]
    pub gewist: Option<PathBuf>,
    /// De uitslag als JSON op standaarduitvoer
    #[arg(long)]
    pub json: bool,
}

/// Status 0 when the copy was put back and is good, 1 when the copy is no good, 2 when it was not put back.
pub fn run(arguments: &Arguments) -> Result<Exit, FileError> {
    let (source, data) = (files::shown(&arguments.source), arguments.gegevens.to_string());
    let target = only_file(&arguments.gegevens, "pg_restore, en daarna loket herstel")?;
    if !arguments.source.is_file() {
        return Err(FileError(format!("{source} is er niet.")));
    }
    for read in [&arguments.source].into_iter().chain(&arguments.gewist) {
        if files::same(read, target) {
            return Err(FileError(format!("{} en {data} zijn één bestand. Er is niets veranderd.", files::shown(read))));
        }
    }
    let gone = gone(arguments.gewist.as_deref())?;
    let work = restore(&arguments.source, target, arguments.force, &gone, Clock::default(), settle);
    let cannot = |error| FileError(format!("{source} kan niet teruggezet worden: {error}."));
    let restored = match on_runtime(async { work.await.map_err(cannot) })? {
        Ok(restored) => restored,
        Err(Refused::InUse) => {
            return Err(FileError(format!("{data} is in gebruik; stop eerst de dienst en de werkers. Er is niets veranderd.")));
        }
        Err(Refused::Newer { lines, copied }) => {
            return Err(FileError(format!(
                "In {data} staan {} in het logboek die niet in de reservekopie staan (daar: {copied}). Er is niets veranderd; \
                 met --force wordt het toch vervangen, en blijft het onder een andere naam staan.",
                counted(usize::try_from(lines).unwrap_or_default(), "regel", "regels"),
            )));
        }
        Err(Refused::Unreadable(error)) => {
            return Err(FileError(format!(
                "{data} is niet te lezen: {error}. Niemand kan dus zeggen wat er verloren gaat. Er is niets veranderd; met --force wordt \
                 het toch vervangen, en blijft het onder een andere naam staan."
            )));
        }
        Err(Refused::Source(faults)) => {
            console::line(format_args!("{source} is geen goede reservekopie. Er is niets veranderd."));
            for fault in faults {
                console::line(format_args!("  · {fault}"));
            }
            return Ok(Exit::Wrong);
        }
    };
    let log = &restored.log;
    let machine = || {
        json!({ "gegevens": target, "bewaard": restored.kept, "regels": log.lines, "gewist": log.erased, "hoofd": log.head,
            "opnieuw_gewist": restored.erased, "wissingen_bekend": restored.told })
    };
    show(arguments.json, machine, || page(arguments, &restored))?;
    Ok(Exit::Done)
}

/// The ids in a list of who was erased, one on a line; none without a list.
pub(super) fn gone(list: Option<&Path>) -> Result<Vec<String>, FileError> {
    let Some(path) = list else { return Ok(Vec::new()) };
    let not_text = |_| FileError(format!("{} kan niet gelezen worden: het is geen UTF-8.", files::shown(path)));
    let text = String::from_utf8(files::read(path)?).map_err(not_text)?;
    Ok(text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect())
}

/// Makes a copy fit for use: what waited to be sent may have been, and who was erased since is erased again.
async fn settle(copy: &Store, told: &Erased, gone: &[String]) -> Result<Vec<String>, Error> {
    outbox::drafts(copy, outbox::PUT_BACK).await?;
    erase_again(copy, told, gone).await
}

fn page(arguments: &Arguments, restored: &Restored) -> String {
    let (source, data, log) = (files::shown(&arguments.source), arguments.gegevens.to_string(), &restored.log);
    let lines = counted(usize::try_from(log.lines).unwrap_or_default(), "regel", "regels");
    let mut page = format!("{source} is teruggezet als {data}, nagekeken.\nLogboek: {lines}, hoofd {}\n", log.head);
    if let Some(kept) = &restored.kept {
        page.push_str(&format!(
            "Wat er stond, heet nu {}. Gooi dat weg zodra u het niet meer nodig hebt: er staan namen in.\n",
            files::shown(kept)
        ));
    }
    if !restored.erased.is_empty() {
        let erased: Vec<String> = restored.erased.iter().map(|id| show_id(id)).collect();
        page.push_str(&format!("Opnieuw gewist, omdat dat na deze reservekopie was gebeurd: {}.\n", erased.join(", ")));
    }
    if !restored.told && arguments.gewist.is_none() {
        page.push_str("Let op: wie na deze reservekopie gewist is, staat er weer in. Wis het opnieuw, of geef de lijst met --gewist.\n");
    }
    page
}
