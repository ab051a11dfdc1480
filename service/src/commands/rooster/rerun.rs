//! `loket rooster rerun`: plans again after somebody fell out, with as few changes as possible.

use std::path::PathBuf;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use loket_instances::scheduling::outcome::{compose, read_outcome, to_json};
use loket_instances::scheduling::rerun::{Change, rerun};
use loket_solver::common::control::Control;
use loket_solver::common::words::{Status, Verdict, Word};
use loket_solver::scheduling::facts::calendar::Day;
use loket_solver::scheduling::solve::solve;

use super::super::shared::{Early, Ended, called, ended, pretty, print, refuse};
use super::super::solve::seconds;
use super::{Inputs, page, roster};
use crate::console;
use crate::exit::Exit;
use crate::files::{self, Files};
use crate::memory;
use crate::outcome::technique;
use crate::present::sheet::layout::SUMMARY;
use crate::watch::Watch;

/// What can be typed after `loket rooster rerun`.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Opties")]
pub struct Arguments {
    /// The two files.
    #[command(flatten)]
    pub files: Inputs,
    /// Waar de nieuwe uitkomst (JSON) komt; - is standaarduitvoer
    #[arg(short, long, value_name = "NIEUW", default_value = "-", hide_default_value = true, help_heading = "Bestanden")]
    pub output: PathBuf,
    /// Waar het roosterbestand komt waarmee gerekend is
    #[arg(long, value_name = "ROOSTER", help_heading = "Bestanden")]
    pub file_out: PathBuf,
    /// Wie uitvalt van wie begeleidt of in een panel zit (mag vaker)
    #[arg(long, value_name = "ID")]
    pub without_person: Vec<String>,
    /// Wie niet meer gepland hoeft te worden (mag vaker)
    #[arg(long, value_name = "ID")]
    pub without_unit: Vec<String>,
    /// Vanaf deze dag; wat ervoor ligt blijft zoals het was
    #[arg(long, value_name = "DATUM", value_parser = day)]
    pub from: Option<Day>,
    /// Status van wat nog geen status had (standaard akkoord)
    #[arg(long, value_name = "STATUS", value_parser = status, default_value = "akkoord", hide_default_value = true)]
    pub status: Status,
    /// Stop na zoveel seconden met het beste rooster tot dan toe
    #[arg(long, value_name = "SECONDEN", value_parser = seconds)]
    pub time_limit: Option<Duration>,
}

fn day(text: &str) -> Result<Day, String> {
    let refused = || "Schrijf een datum als 2026-09-14.".to_owned();
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts[..] else { return Err(refused()) };
    let digits = |part: &str, count: usize| part.len() == count && part.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(year, 4) || !digits(month, 2) || !digits(day, 2) {
        return Err(refused());
    }
    let number = |part: &str| part.parse::<u32>().map_err(|_| refused());
    let (years, months, days) = (number(year)?, number(month)?, number(day)?);
    let found = Day::of(i32::try_from(years).map_err(|_| refused())?, months.clamp(1, 12), days.clamp(1, 31));
    // A day that is none, such as 2026-02-30, is another one when it is written again.
    if found.to_string() == text { Ok(found) } else { Err(refused()) }
}

fn status(text: &str) -> Result<Status, String> {
    Status::parse(text).ok_or_else(|| {
        let words: Vec<_> = Status::ALL.iter().map(|status| status.code()).collect();
        format!("Kies uit: {}.", words.join(", "))
    })
}

/// Status 0 with a plan, 1 when the outcome is of another file, 2 when something is refused, 3 when it is impossible, 4 when stopped.
pub fn run(arguments: &Arguments, stop: &AtomicBool) -> Ended {
    arguments.files.apart()?;
    let mut files = Files::reading([arguments.files.roster.as_path(), arguments.files.outcome.as_path()]);
    let target = files.target(&arguments.output, "de nieuwe uitkomst")?;
    let file_target = files.target(&arguments.file_out, "het nieuwe rooster")?;
    let loaded = roster(&arguments.files.roster, false)?;
    let name = called(&arguments.files.outcome);
    let outcome =
        read_outcome(&files::read(&arguments.files.outcome)?, loaded.roster.kind()).map_err(|refused| refuse(&name, &refused, false))?;
    if outcome.input_sha256 != loaded.sha256 || !outcome.status.has_plan() {
        console::line(format_args!(
            "{name} past niet bij {}: die uitkomst is voor een ander bestand of heeft geen rooster.",
            called(&arguments.files.roster)
        ));
        return Err(Early::Told(Exit::Wrong));
    }
    let change = Change {
        without_people: arguments.without_person.clone(),
        without_units: arguments.without_unit.clone(),
        from: arguments.from,
        status: arguments.status,
    };
    let made = rerun(&loaded.file, &outcome, &change).map_err(|wrong| {
        wrong.iter().for_each(|what| console::line(format_args!("{what}")));
        Early::Told(Exit::Refused)
    })?;
    let bytes = pretty(&made.to_json()).into_bytes();
    let again = made.build(&bytes).map_err(|refused| refuse("Het nieuwe rooster", &refused, false))?;
    file_target.write(&bytes)?;
    let watch = Watch::new(stop, arguments.time_limit);
    let solved = solve(&again.roster, &watch);
    if solved.verdict == Verdict::Stopped {
        console::line(format_args!("Gestopt voordat er een rooster was; er is geen uitkomst geschreven."));
        return Ok(Exit::Stopped);
    }
    let technique = technique(&solved.work.engine, again.roster.policy.seed, watch.elapsed(), memory::peak());
    let file = compose(&again, &solved, &technique);
    target.write(pretty(&to_json(&file)).as_bytes())?;
    let shown = page::outcome(&again, &file).text(&SUMMARY);
    if files.on_standard() {
        console::page(shown);
    } else {
        print(&shown)?;
    }
    Ok(ended(solved.verdict))
}
