//! `loket solve`: solves one wave, writes the outcome and shows a summary.

use std::io::IsTerminal;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use clap::ValueEnum;
use loket_solver::common::control::Control;
use loket_solver::matching::solve;

use super::kept::{Fate, fate};
use super::shared::{Ended, ended, pretty, print, wave};
use crate::console;
use crate::exit::Exit;
use crate::files::Files;
use crate::memory;
use crate::outcome::outcome_json;
use crate::present::sheet::layout::SUMMARY;
use crate::present::summary;
use crate::progress::{Listener, Style};
use crate::watch::Watch;

/// What can be typed after `loket solve`.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Opties")]
pub struct Arguments {
    /// De lichting (JSON), of - voor standaardinvoer
    #[arg(value_name = "LICHTING", help_heading = "Bestanden")]
    pub wave: PathBuf,
    /// Waar de uitkomst (JSON) komt; - is standaarduitvoer
    #[arg(short, long, value_name = "UITKOMST", default_value = "-", hide_default_value = true, help_heading = "Bestanden")]
    pub output: PathBuf,
    /// Stop na zoveel seconden met het beste plan tot dan toe
    #[arg(long, value_name = "SECONDEN", value_parser = seconds)]
    pub time_limit: Option<Duration>,
    /// Stop met het beste plan tot dan toe zodra het geheugen boven zoveel MiB komt
    #[arg(long, value_name = "MIB", default_value_t = memory::DEFAULT_LIMIT)]
    pub memory_limit: u64,
    /// Toon de voortgang (op een terminal gebeurt dat vanzelf)
    #[arg(long)]
    pub progress: bool,
    /// Geen samenvatting; problemen en voortgang als JSON
    #[arg(long)]
    pub json: bool,
    /// Hoe er gerekend wordt: priced is snel, plain is een eenvoudige tweede mening
    #[arg(long, value_name = "SOORT", value_enum, default_value = "priced", hide_default_value = true, hide_possible_values = true)]
    pub engine: EngineName,
    /// Bewaar per doel de prijzen die de bovengrens bewijzen
    #[arg(long)]
    pub certificate: bool,
    /// Vervang ook een betere uitkomst van deze lichting die er al staat
    #[arg(long)]
    pub vervang: bool,
}

/// Names of the formulations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum EngineName {
    /// See [`solve::Engine::Priced`].
    Priced,
    /// See [`solve::Engine::Plain`].
    Plain,
}

impl From<EngineName> for solve::Engine {
    fn from(name: EngineName) -> Self {
        match name {
            EngineName::Priced => solve::Engine::Priced,
            EngineName::Plain => solve::Engine::Plain,
        }
    }
}

/// Whole seconds, or with up to three decimals after a point or comma.
pub(super) fn seconds(text: &str) -> Result<Duration, String> {
    let refused = || "Vul een aantal seconden in, bijvoorbeeld 60 of 0,5.".to_string();
    let (whole, decimals) = text.split_once(['.', ',']).unwrap_or((text, "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(decimals) || decimals.len() > 3 || whole.len() > 9 {
        return Err(refused());
    }
    let milliseconds = format!("{whole}{decimals:0<3}");
    let milliseconds = milliseconds.parse().map_err(|_| refused())?;
    Ok(Duration::from_millis(milliseconds))
}

/// Status 0 with a plan, 2 when the wave is refused, 3 when its locks cannot all be met, 4 when stopped without a plan or with one that is
/// worse than what is there.
pub fn run(arguments: &Arguments, stop: &AtomicBool) -> Ended {
    let mut files = Files::reading([arguments.wave.as_path()]);
    let target = files.target(&arguments.output, "de uitkomst")?;
    let mut watch = Watch::new(stop, arguments.time_limit);
    watch.limit_memory(arguments.memory_limit);
    watch.show_life(arguments.json);
    let loaded = wave(&arguments.wave, arguments.json)?;
    if let Some(style) = progress_style(arguments) {
        watch.listen(Listener::new(style, loaded.wave.policy.goals.len()));
    }
    let options = solve::Options { engine: arguments.engine.into(), certificate: arguments.certificate, ..solve::Options::default() };
    let outcome = solve::solve(&loaded.wave, &options, &watch);
    watch.finish();
    let took = watch.elapsed();
    let fate = fate(&arguments.output, &loaded, &outcome, arguments.vervang);
    if fate == Fate::Written {
        target.write(pretty(&outcome_json(&loaded, &outcome, took, memory::peak())).as_bytes())?;
    }
    if let Some(used) = watch.used_too_much() {
        console::line(format_args!(
            "Gestopt omdat het geheugen op {used} MiB kwam; de grens is {} MiB. Met --memory-limit kan die hoger.",
            arguments.memory_limit
        ));
    }
    if let Some(why) = fate.says(&arguments.output) {
        console::line(format_args!("{why}"));
        return Ok(Exit::Stopped);
    }
    if !arguments.json {
        let page = summary::sheet(&loaded, &outcome, took).text(&SUMMARY);
        if files.on_standard() {
            console::page(page);
        } else {
            print(&page)?;
        }
    }
    Ok(ended(outcome.verdict))
}

fn progress_style(arguments: &Arguments) -> Option<Style> {
    let terminal = std::io::stderr().is_terminal();
    match (arguments.json, terminal, arguments.progress) {
        (true, _, true) => Some(Style::Json),
        (false, true, _) => Some(Style::Terminal),
        (false, false, true) => Some(Style::Plain),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_may_have_decimals_after_a_point_or_a_comma() {
        let read = ["0", "60", "0,5", "1.25"].map(|text| seconds(text).map(|it| it.as_millis()));
        assert_eq!(read, [Ok(0), Ok(60_000), Ok(500), Ok(1_250)]);
        for wrong in ["", "-1", "1e3", "een", "1,", ",5", "1.2345", "9999999999"] {
            assert!(seconds(wrong).is_err(), "{wrong}");
        }
    }
}
