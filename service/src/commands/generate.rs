//! `loket generate`: a seeded, made-up wave to try things with.

use std::path::PathBuf;

use clap::ValueEnum;
use loket_instances::generate::{Options, PhaseMix, Preset, Rerun, generate, horizons, read_schools, rosters};
use loket_solver::matching::facts::words::{Phase, Word};
use loket_solver::scheduling::facts::codes::Kind;

use super::shared::{Early, Ended, called, pretty};
use crate::console;
use crate::exit::Exit;
use crate::files::{self, Files};
use crate::present::dutch::counted;

/// What can be typed after `loket generate`.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Opties")]
pub struct Arguments {
    /// Kaart en omvang: amsterdam (200 kandidaten), regio (1.000) of land (5.000)
    #[arg(long, value_name = "NAAM", value_enum, default_value = "amsterdam", hide_default_value = true, hide_possible_values = true)]
    pub preset: PresetName,
    /// Aantal kandidaten
    #[arg(long, value_name = "AANTAL", value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub candidates: Option<u32>,
    /// Aantal coaches
    #[arg(long, value_name = "AANTAL", value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub coaches: Option<u32>,
    /// Aantal scholen
    #[arg(long, value_name = "AANTAL", value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub school_count: Option<u32>,
    /// Echte scholen uit een schoollijst (CSV met puntkomma's) in plaats van verzonnen scholen
    #[arg(long, value_name = "CSV", help_heading = "Bestanden")]
    pub schools: Option<PathBuf>,
    /// Toevalsgetal: dezelfde opties met hetzelfde getal geven hetzelfde bestand (standaard 1)
    #[arg(
        long,
        value_name = "GETAL",
        default_value_t = 1,
        hide_default_value = true,
        value_parser = clap::value_parser!(u64).range(0..1 << 53)
    )]
    pub seed: u64,
    /// Fase: werkervaring, opleiding (standaard), opleiding_jaar2 of inductie
    #[arg(
        long,
        value_name = "FASE",
        value_parser = phase,
        default_value = "opleiding",
        hide_default_value = true
    )]
    pub phase: Phase,
    /// Kandidaten uit alle fasen door elkaar, met 15, 30 en 60 uur begeleiding
    #[arg(long)]
    pub mixed_phases: bool,
    /// Plekken, in procenten van het aantal kandidaten (standaard 140)
    #[arg(
        long,
        value_name = "PROCENT",
        default_value_t = 140,
        hide_default_value = true,
        value_parser = clap::value_parser!(u32).range(0..=1_000)
    )]
    pub scarcity: u32,
    /// Uren van coaches, in procenten van wat hun maximum nodig heeft (standaard 100)
    #[arg(
        long,
        value_name = "PROCENT",
        default_value_t = 100,
        hide_default_value = true,
        value_parser = clap::value_parser!(u32).range(0..=1_000)
    )]
    pub tightness: u32,
    /// Met een vorig plan, alsof er al eens is ingedeeld
    #[arg(long)]
    pub rerun: bool,
    /// Aandeel kandidaten met een eerdere plaatsing (standaard 90)
    #[arg(long, value_name = "PROCENT", requires = "rerun", value_parser = clap::value_parser!(u32).range(0..=100))]
    pub rerun_share: Option<u32>,
    /// Daarvan al gestart (standaard 30)
    #[arg(long, value_name = "PROCENT", requires = "rerun", value_parser = clap::value_parser!(u32).range(0..=100))]
    pub rerun_started: Option<u32>,
    /// Daarvan akkoord, nog niet gestart (standaard 50)
    #[arg(long, value_name = "PROCENT", requires = "rerun", value_parser = clap::value_parser!(u32).range(0..=100))]
    pub rerun_agreed: Option<u32>,
    /// Coaches die sinds het vorige plan zijn uitgevallen (standaard 1)
    #[arg(long, value_name = "AANTAL", requires = "rerun", value_parser = clap::value_parser!(u32).range(0..=100_000))]
    pub rerun_dropped_coaches: Option<u32>,
    /// Maak een rooster in plaats van een lichting: gesprekken, intervisie, bezoeken of aanbod
    #[arg(long, value_name = "SOORT", value_parser = roster_kind)]
    pub rooster: Option<Kind>,
    /// Aantal mensen in het rooster (bij bezoeken: coaches)
    #[arg(long, value_name = "AANTAL", requires = "rooster", value_parser = clap::value_parser!(u32).range(1..=500))]
    pub people: Option<u32>,
    /// Maak een meerjarenplan van zoveel schooljaren in plaats van een lichting, met vier lichtingen per jaar en 47 besturen
    #[arg(long, value_name = "JAREN", conflicts_with = "rooster", value_parser = clap::value_parser!(u32).range(1..=10))]
    pub meerjarenplan: Option<u32>,
    /// Waar de lichting (JSON) komt; - is standaarduitvoer
    #[arg(short, long, value_name = "LICHTING", default_value = "-", hide_default_value = true, help_heading = "Bestanden")]
    pub output: PathBuf,
}

/// Names of the presets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum PresetName {
    /// See [`Preset::Amsterdam`].
    Amsterdam,
    /// See [`Preset::Regio`].
    Regio,
    /// See [`Preset::Land`].
    Land,
}

impl From<PresetName> for Preset {
    fn from(name: PresetName) -> Self {
        match name {
            PresetName::Amsterdam => Preset::Amsterdam,
            PresetName::Regio => Preset::Regio,
            PresetName::Land => Preset::Land,
        }
    }
}

fn phase(text: &str) -> Result<Phase, String> {
    Phase::parse(text).ok_or_else(|| {
        let words: Vec<_> = Phase::ALL.iter().map(|phase| phase.code()).collect();
        format!("Kies uit: {}.", words.join(", "))
    })
}

fn roster_kind(text: &str) -> Result<Kind, String> {
    Kind::parse(text).ok_or_else(|| {
        let words: Vec<_> = Kind::ALL.iter().map(|kind| kind.code()).collect();
        format!("Kies uit: {}.", words.join(", "))
    })
}

/// Status 0, or 2 when the list of schools is refused.
pub fn run(arguments: &Arguments) -> Ended {
    let inputs: Vec<_> = arguments.schools.iter().map(PathBuf::as_path).collect();
    let target = Files::reading(inputs).target(&arguments.output, "de lichting")?;
    if let Some(kind) = arguments.rooster {
        target.write(pretty(&rosters::roster(kind, arguments.people, arguments.seed)).as_bytes())?;
        return Ok(Exit::Done);
    }
    if let Some(years) = arguments.meerjarenplan {
        target.write(pretty(&horizons::horizon(years, arguments.seed)).as_bytes())?;
        return Ok(Exit::Done);
    }
    let mut options = options(arguments);
    if let Some(name) = &arguments.schools {
        let list = read_schools(&files::read(name)?).map_err(|problems| {
            console::line(format_args!("{} is geweigerd: {}.", called(name), counted(problems.len(), "probleem", "problemen")));
            problems.iter().for_each(|problem| console::line(format_args!("   {problem}")));
            Early::Told(Exit::Refused)
        })?;
        options.schools_csv = Some(list);
    }
    target.write(pretty(&generate(&options)).as_bytes())?;
    Ok(Exit::Done)
}

fn options(arguments: &Arguments) -> Options {
    let mut options = Options::new(arguments.preset.into());
    options.candidates = arguments.candidates.map(|count| count as usize);
    options.coaches = arguments.coaches.map(|count| count as usize);
    options.schools = arguments.school_count.map(|count| count as usize);
    options.seed = arguments.seed;
    options.phase = arguments.phase;
    options.scarcity = arguments.scarcity;
    options.tightness = arguments.tightness;
    if arguments.mixed_phases {
        options.phases = PhaseMix::Mixed;
    }
    if arguments.rerun {
        let usual = Rerun::default();
        options.rerun = Some(Rerun {
            share: arguments.rerun_share.unwrap_or(usual.share),
            started: arguments.rerun_started.unwrap_or(usual.started),
            agreed: arguments.rerun_agreed.unwrap_or(usual.agreed),
            dropped_coaches: arguments.rerun_dropped_coaches.map_or(usual.dropped_coaches, |count| count as usize),
        });
    }
    options
}
