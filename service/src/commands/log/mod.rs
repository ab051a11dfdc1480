//! `loket log toon` and `loket log controleer`: what was done, and whether nobody changed the log afterwards.

use clap::Subcommand;
use clap::builder::PossibleValuesParser;
use loket_instances::strict::spot::visible;
use loket_solver::matching::facts::words::Word;
use serde_json::json;

use super::serve::on_runtime;
use super::shared::show;
use crate::api::shapes::line::Logregel;
use crate::exit::Exit;
use crate::files::FileError;
use crate::present::dutch::counted;
use crate::present::logline::told;
use crate::records::deed::What;
use crate::records::dossier::Line;
use crate::store::clock::read_by_people;
use crate::store::log::{Checked, Wanted};
use crate::store::{Place, Result as Stored, Store};

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
    /// Toon wie wat wanneer deed, de nieuwste regel eerst
    Toon(Show),
    /// Kijk na of het logboek klopt: geen regel veranderd, weg of verwisseld, en geen inhoud weg zonder wissing
    Controleer(Check),
}

/// What can be typed after `loket log toon`.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Opties")]
pub struct Show {
    /// Het gegevensbestand van de dienst
    #[arg(long, value_name = "BESTAND", env = "LOKET_GEGEVENS", default_value = "loket.sqlite")]
    pub gegevens: Place,
    /// Alleen regels over deze id, zoals van een lichting
    #[arg(long, value_name = "ID")]
    pub onderwerp: Option<String>,
    /// Alleen regels over deze kandidaat of coach, ook waar het onderwerp iets anders is
    #[arg(long, value_name = "ID")]
    pub persoon: Option<String>,
    /// Alleen deze daad, zoals besluit
    #[arg(long, value_name = "DAAD", value_parser = PossibleValuesParser::new(What::ALL.iter().map(|it| it.code())))]
    pub wat: Option<String>,
    /// Alleen regels met een hoger nummer, en dan de oudste eerst
    #[arg(long, value_name = "NUMMER", value_parser = clap::value_parser!(i64).range(0..))]
    pub na: Option<i64>,
    /// Hoeveel regels hoogstens
    #[arg(long, value_name = "AANTAL", default_value_t = 50, value_parser = clap::value_parser!(i64).range(1..=1_000_000))]
    pub aantal: i64,
    /// De regels als JSON op standaarduitvoer
    #[arg(long)]
    pub json: bool,
}

/// What can be typed after `loket log controleer`.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Opties")]
pub struct Check {
    /// Het gegevensbestand van de dienst
    #[arg(long, value_name = "BESTAND", env = "LOKET_GEGEVENS", default_value = "loket.sqlite")]
    pub gegevens: Place,
    /// Een hoofd dat u eerder noteerde: die regel moet er nog zijn. Zo valt het ook op als de laatste regels weg zijn
    #[arg(long, value_name = "HOOFD")]
    pub hoofd: Option<String>,
    /// De uitslag als JSON op standaarduitvoer
    #[arg(long)]
    pub json: bool,
}

/// Status 0 when the log is whole or shown, 1 when it is not whole.
pub fn run(arguments: &Arguments) -> Result<Exit, FileError> {
    match &arguments.command {
        Command::Toon(wanted) => shown(wanted),
        Command::Controleer(check) => checks(check),
    }
}

fn there(data: &Place) -> Result<(), FileError> {
    if data.is_there() {
        return Ok(());
    }
    Err(FileError(format!("{data} is er niet; noem het gegevensbestand met --gegevens.")))
}

fn shown(wanted: &Show) -> Result<Exit, FileError> {
    there(&wanted.gegevens)?;
    let cannot = |error| FileError(format!("Het logboek van {} is niet te tonen: {error}.", wanted.gegevens));
    let (lines, all) = on_runtime(async { lines(wanted).await.map_err(cannot) })?;
    let machine = || {
        let rows: Vec<Logregel> = lines.iter().cloned().map(Logregel::from).collect();
        json!({ "regels": rows, "totaal": all })
    };
    show(wanted.json, machine, || list(&lines, all, wanted.na.is_some()))?;
    Ok(Exit::Done)
}

async fn lines(wanted: &Show) -> Stored<(Vec<Line>, i64)> {
    let store = Store::open_to_read(&wanted.gegevens).await?;
    let what = wanted.wat.as_deref().and_then(What::parse);
    let (subject, person) = (wanted.onderwerp.clone(), wanted.persoon.clone());
    let asked = Wanted { after: wanted.na, what, subject, person, ..Wanted::default() };
    let found = store.read().log_page(&asked, 0, wanted.aantal).await;
    store.close().await;
    found
}

/// One line for each, and which others there are.
fn list(lines: &[Line], all: i64, forward: bool) -> String {
    // What stands in a line is of others, and is one line here.
    let one = |it: &Line| format!("{:>6}  {}  {:<12}  {}", it.number, read_by_people(it.at), it.who, told(it));
    let mut page: String = lines.iter().map(|it| format!("{}\n", visible(&one(it)))).collect();
    let all = usize::try_from(all).unwrap_or_default();
    let more = all - lines.len().min(all);
    match (lines.last(), more) {
        (None, _) => page.push_str("Er zijn geen regels in het logboek die hierbij passen.\n"),
        (Some(last), 1..) if forward => {
            page.push_str(&format!("Er zijn er nog {more}; ga verder met --na {}.\n", last.number));
        }
        (Some(_), 1..) => page.push_str(&format!("Er zijn er nog {more}, ouder; met --aantal ziet u er meer.\n")),
        (Some(_), 0) => {}
    }
    page
}

fn checks(check: &Check) -> Result<Exit, FileError> {
    there(&check.gegevens)?;
    let data = check.gegevens.to_string();
    let cannot = |error| FileError(format!("Het logboek van {data} is niet na te kijken: {error}."));
    let checked = on_runtime(async { checked(check).await.map_err(cannot) })?;
    let good = checked.wrong.is_empty();
    let machine =
        || json!({ "klopt": good, "regels": checked.lines, "gewist": checked.erased, "hoofd": checked.head, "fouten": checked.wrong });
    show(check.json, machine, || page(&data, &checked))?;
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
        page.push_str(&format!("  · {}\n", visible(fault)));
    }
    page
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::trial::{Folder, add, store};

    #[tokio::test]
    async fn lines_are_shown_newest_first_or_read_on_from_a_number_and_it_says_what_is_left() {
        let folder = Folder::new("log-shown");
        let store = store(&folder, "loket.sqlite").await;
        for id in ["een", "twee", "drie"] {
            add(&store, id).await;
        }
        store.close().await;
        let wanted = |onderwerp: Option<&str>, na, aantal| Show {
            gegevens: (&folder.at("loket.sqlite")).into(),
            onderwerp: onderwerp.map(str::to_owned),
            persoon: None,
            wat: Some("lichting-gemaakt".into()),
            na,
            aantal,
            json: false,
        };
        let page = async |show: Show| {
            let (rows, all) = lines(&show).await.expect("the log");
            list(&rows, all, show.na.is_some())
        };
        // The time of a line is that of the machine.
        let told = |page: &str| page.lines().map(|line| line.rsplit("  ").next().unwrap_or_default().to_owned()).collect::<Vec<_>>();
        let newest = page(wanted(None, None, 2)).await;
        let left = "Er zijn er nog 1, ouder; met --aantal ziet u er meer.";
        assert_eq!(told(&newest), ["lichting drie is gemaakt", "lichting twee is gemaakt", left]);
        assert!(newest.starts_with("     3  20") && newest.contains("  proef         lichting drie"), "{newest}");
        let on = page(wanted(None, Some(1), 1)).await;
        assert_eq!(told(&on), ["lichting twee is gemaakt", "Er zijn er nog 1; ga verder met --na 2."]);
        assert_eq!(told(&page(wanted(Some("een"), None, 9)).await), ["lichting een is gemaakt"]);
        let none = page(wanted(Some("vier"), None, 9)).await;
        assert_eq!(none, "Er zijn geen regels in het logboek die hierbij passen.\n");
    }
}
