//! `loket import scholen`: schools and boards of DUO's list, with pupils and scores where those are given.

use std::path::PathBuf;

use jiff::civil::Date;
use loket_instances::sheets::open::OpenKind;
use loket_solver::matching::facts::words::Word;

use super::open::{Data, Import, bring};
use crate::actions::open::{Leaving, OpenFile};
use crate::commands::shared::Ended;
use crate::files::{self, FileError};
use crate::records::history::EndReason;

/// What can be typed after `loket import scholen`.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Opties")]
pub struct Arguments {
    /// De vestigingen van DUO (CSV of xlsx)
    #[arg(value_name = "BESTAND", help_heading = "Bestanden")]
    pub locations: PathBuf,
    /// De leerlingen per vestiging van DUO
    #[arg(long, value_name = "BESTAND", help_heading = "Bestanden")]
    pub leerlingen: Option<PathBuf>,
    /// De achterstandsscores van CBS
    #[arg(long, value_name = "BESTAND", help_heading = "Bestanden")]
    pub scores: Option<PathBuf>,
    /// De tabel met postcodes, als die nog niet ingelezen is
    #[arg(long, value_name = "BESTAND", help_heading = "Bestanden")]
    pub pc4: Option<PathBuf>,
    /// Alleen scholen van deze gemeente; de rang van scores geldt dan daarbinnen
    #[arg(long, value_name = "NAAM")]
    pub gemeente: Option<String>,
    /// Het jaar van de scores, als de kolommen dat niet zeggen
    #[arg(long, value_name = "JAAR", value_parser = clap::value_parser!(i64).range(1990..=2100), requires = "scores")]
    pub jaar: Option<i64>,
    /// Verander het register zonder te vragen
    #[arg(long, conflicts_with = "proef")]
    pub bevestigd: bool,
    /// Beëindig scholen die verdwenen zijn vanaf deze dag; anders blijven ze zoals ze zijn
    #[arg(long, value_name = "DATUM", value_parser = day)]
    pub einde: Option<String>,
    /// Waarom zij er niet meer zijn (standaard sluiting)
    #[arg(long, value_name = "REDEN", value_parser = reason, requires = "einde")]
    pub reden: Option<EndReason>,
    /// Where the data are, and how the answer is shown.
    #[command(flatten)]
    pub data: Data,
}

fn day(text: &str) -> Result<String, String> {
    let right = text.len() == 10 && text.parse::<Date>().is_ok();
    if right { Ok(text.to_owned()) } else { Err("Schrijf een datum als 2027-08-01.".into()) }
}

fn reason(text: &str) -> Result<EndReason, String> {
    EndReason::parse(text).ok_or_else(|| {
        let words: Vec<_> = EndReason::ALL.iter().map(|it| it.code()).collect();
        format!("Kies uit: {}.", words.join(", "))
    })
}

/// Status 0 when it was done or shown; 2 when a file is refused.
pub fn run(arguments: &Arguments) -> Ended {
    let named = [
        (OpenKind::Pc4, arguments.pc4.as_ref()),
        (OpenKind::Vestigingen, Some(&arguments.locations)),
        (OpenKind::Leerlingen, arguments.leerlingen.as_ref()),
        (OpenKind::Scores, arguments.scores.as_ref()),
    ];
    let standard = named.iter().filter_map(|it| it.1).filter(|it| files::is_standard(it)).count();
    if standard > 1 {
        return Err(FileError("Maar één bestand kan van standaardinvoer komen.".into()).into());
    }
    let mut files = Vec::new();
    for (kind, name) in named {
        let Some(name) = name else { continue };
        files.push(OpenFile { kind, bytes: files::read(name)?, year: arguments.jaar });
    }
    let leaving = arguments.einde.clone().map(|from| Leaving {
        from,
        reason: arguments.reden.unwrap_or(EndReason::Sluiting),
        confirmed: arguments.bevestigd,
    });
    bring(&arguments.data, &Import { files, municipality: arguments.gemeente.clone(), asks: !arguments.bevestigd, leaving })
}
