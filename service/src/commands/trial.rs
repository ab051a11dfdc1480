//! `loket beleidsproef`: a policy tried on past waves before anybody approves it: old and new side by side, in counts.

use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use loket_instances::matching::row::read_policy;
use loket_instances::matching::rows::PolicyRow;
use loket_instances::matching::trial::{Judgement, Line, Pair, Threshold, compose, judged, pair, read_thresholds, tell, to_json};
use loket_solver::common::control::Share;
use loket_solver::matching::solve::Options;

use super::shared::{Early, Ended, called, pretty, print, refuse};
use super::solve::seconds;
use crate::exit::Exit;
use crate::files::{self, Files};
use crate::present::sheet::layout::REPORT;
use crate::present::trial::sheet;
use crate::watch::Watch;

/// What can be typed after `loket beleidsproef`.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Opties")]
pub struct Arguments {
    /// Het nieuwe beleid (JSON), zoals "beleid" in een lichting
    #[arg(value_name = "BELEID", help_heading = "Bestanden")]
    pub policy: PathBuf,
    /// Lichtingen van eerder (JSON)
    #[arg(value_name = "LICHTING", required = true, help_heading = "Bestanden")]
    pub waves: Vec<PathBuf>,
    /// Het beleid om mee te vergelijken; zonder deze optie het beleid dat elke lichting zelf heeft
    #[arg(long, value_name = "BELEID")]
    pub oud: Option<PathBuf>,
    /// Grenzen waaraan het nieuwe beleid moet voldoen (JSON), zoals [{ "wat": "geplaatst", "minstens": 0 }]
    #[arg(long, value_name = "BESTAND")]
    pub drempels: Option<PathBuf>,
    /// Waar de cijfers komen (JSON); zonder deze optie komen ze als tekst op standaarduitvoer
    #[arg(short, long, value_name = "BESTAND")]
    pub output: Option<PathBuf>,
    /// Stop na zoveel seconden voor alle lichtingen samen, met wat tot dan toe is gevonden
    #[arg(long, value_name = "SECONDEN", value_parser = seconds)]
    pub time_limit: Option<Duration>,
}

/// Status 0; 1 when the judgement is not to do it, 2 when a file is refused, 4 when it is open because not all was proven.
pub fn run(arguments: &Arguments, stop: &AtomicBool) -> Ended {
    let names = [&arguments.policy].into_iter().chain(&arguments.waves).chain(&arguments.oud).chain(&arguments.drempels);
    let mut files = Files::reading(names.map(PathBuf::as_path));
    let target = arguments.output.as_ref().map(|it| files.target(it, "de cijfers")).transpose()?;
    let watch = Watch::new(stop, arguments.time_limit);
    let new = policy(&arguments.policy)?;
    let old = arguments.oud.as_deref().map(policy).transpose()?;
    let thresholds: Vec<Threshold> = match &arguments.drempels {
        Some(name) => read_thresholds(&files::read(name)?).map_err(|refused| refuse(&called(name), &refused, false))?,
        None => Vec::new(),
    };
    let mut pairs = Vec::new();
    for name in &arguments.waves {
        let bytes = files::read(name)?;
        pairs.push(pair(&bytes, old.as_ref(), &new).map_err(|refused| refuse(&called(name), &refused, false))?);
    }
    // Each wave has an equal part of the time that is left.
    let waves = u32::try_from(pairs.len()).unwrap_or(u32::MAX);
    let tried = |(it, left): (Pair, u32)| compose(&tell(it, &Options::default(), &Share::of(&watch, left)));
    let all: Vec<Line> = pairs.into_iter().zip((1..=waves).rev()).map(tried).collect();
    match target {
        Some(target) => target.write(pretty(&to_json(&all, &thresholds)).as_bytes())?,
        None => print(&sheet(&all, &thresholds).text(&REPORT))?,
    }
    Ok(match judged(&all, &thresholds).1 {
        Some(Judgement::NoGo) => Exit::Wrong,
        Some(Judgement::Open) => Exit::Stopped,
        Some(Judgement::Go) | None => Exit::Done,
    })
}

fn policy(name: &Path) -> Result<PolicyRow, Early> {
    read_policy(&files::read(name)?).map_err(|refused| refuse(&called(name), &refused, false))
}
