//! `loket export model`: the readable program of every goal of a wave as text for another solver, with what we say comes of it.

use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use loket_instances::matching::outcome::read_outcome;
use loket_instances::matching::read::Loaded;
use loket_instances::programs::index::{File, Index, Known};
use loket_instances::programs::names::joined;
use loket_instances::programs::wave::{add_rows, names};
use loket_instances::programs::{Format, Written};
use loket_solver::matching::facts::outcome::Verdict;
use loket_solver::matching::facts::words::Word;
use loket_solver::matching::solve::plain::{Aim, Series, count};
use loket_solver::matching::solve::{Options, solve};

use super::super::shared::{Early, Ended, called, pretty, print, refuse, wave};
use super::super::solve::seconds;
use crate::console;
use crate::exit::Exit;
use crate::files::{self, FileError, Files};
use crate::memory;
use crate::present::dutch;
use crate::trouble::cause;
use crate::verify::examine;
use crate::watch::Watch;

/// What the file with the index is called.
const INDEX: &str = "index.json";

/// What the steps before the goals are called in the index.
const KEPT: &str = "wie kan blijven, blijft";

/// What can be typed after `loket export model`.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Opties")]
pub struct Arguments {
    /// De lichting (JSON), of - voor standaardinvoer
    #[arg(value_name = "LICHTING", help_heading = "Bestanden")]
    pub wave: PathBuf,
    /// De map waarin de bestanden komen: een nieuwe of een lege
    #[arg(short, long, value_name = "MAP", help_heading = "Bestanden")]
    pub output: PathBuf,
    /// De uitkomst (JSON) waarvan de waarden nagerekend worden; zonder deze optie wordt de lichting eerst opgelost
    #[arg(long, value_name = "UITKOMST", help_heading = "Bestanden")]
    pub uitkomst: Option<PathBuf>,
    /// Hoe de bestanden geschreven worden: mps of lp
    #[arg(long, value_name = "FORMAAT", value_parser = format, default_value = "mps")]
    pub formaat: Format,
    /// Schrijf niets als het model meer kolommen krijgt dan zoveel
    #[arg(long, value_name = "AANTAL", default_value_t = 2_000_000)]
    pub kolommen: usize,
    /// Stop het oplossen na zoveel seconden, met wat er dan gevonden is
    #[arg(long, value_name = "SECONDEN", value_parser = seconds, conflicts_with = "uitkomst")]
    pub time_limit: Option<Duration>,
    /// Stop het oplossen zodra het geheugen boven zoveel MiB komt
    #[arg(long, value_name = "MIB", default_value_t = memory::DEFAULT_LIMIT)]
    pub memory_limit: u64,
}

fn format(text: &str) -> Result<Format, String> {
    Format::parse(text).ok_or_else(|| "Kies uit: mps, lp.".into())
}

/// What is said of a wave: by our solve, or by an outcome that agrees with it.
struct Said {
    verdict: Verdict,
    goals: Vec<Known>,
    least_changes: Option<u32>,
}

/// Status 0 with the files, 1 when the outcome does not agree with the wave, 2 when the wave is refused or too much, 3 when its locks cannot all
/// be met (there is a file to check that with), 4 when stopped without a plan.
pub fn run(arguments: &Arguments, stop: &AtomicBool) -> Ended {
    let loaded = wave(&arguments.wave, false)?;
    let columns = count(&loaded.wave);
    if columns > arguments.kolommen {
        let (would, most) = (dutch::counted(columns, "kolom", "kolommen"), dutch::count(arguments.kolommen));
        let what = format!(
            "Het model van {} krijgt {would}: één voor elke plaatsing die mag. De grens is {most}; er is niets geschreven. Neem een kleinere \
            lichting, of verhoog de grens met --kolommen: per doel komt er een bestand van ongeveer {}.",
            called(&arguments.wave),
            size(columns)
        );
        return Err(FileError(what).into());
    }
    let made = folder(&arguments.output)?;
    let ended = written(arguments, &loaded, stop);
    if made && !matches!(ended, Ok(Exit::Done | Exit::Impossible)) {
        // Only an empty folder goes.
        let _ = std::fs::remove_dir(&arguments.output);
    }
    ended
}

/// About how large a file with so many columns is: 480 bytes a column were measured.
fn size(columns: usize) -> String {
    format!("{} MB", dutch::count((columns / 2_000).max(1)))
}

/// Makes the folder, or sees that the one that is there is empty; whether it was made.
fn folder(path: &Path) -> Result<bool, FileError> {
    let shown = files::shown(path);
    if files::is_standard(path) {
        return Err(FileError("Na -o komt een map; er komen meer bestanden dan op standaarduitvoer passen.".into()));
    }
    let new = !path.exists();
    std::fs::create_dir_all(path).map_err(|error| FileError(format!("{shown} kan niet gemaakt worden: {}.", cause(&error))))?;
    let mut inside = std::fs::read_dir(path).map_err(|error| files::unreadable(path, &error))?;
    match inside.next() {
        Some(_) => Err(FileError(format!("{shown} is niet leeg; kies een nieuwe of een lege map."))),
        None => Ok(new),
    }
}

fn written(arguments: &Arguments, loaded: &Loaded, stop: &AtomicBool) -> Ended {
    let said = match &arguments.uitkomst {
        Some(name) => told(arguments, loaded, name)?,
        None => solved(arguments, loaded, stop),
    };
    let exit = match said.verdict {
        Verdict::Stopped => {
            console::line(format_args!("Gestopt voordat er een plan was; er is niets geschreven."));
            return Ok(Exit::Stopped);
        }
        Verdict::Impossible => Exit::Impossible,
        Verdict::Optimal | Verdict::Feasible => Exit::Done,
    };
    let mut made = Vec::new();
    let index = programs(arguments, loaded, &said, &mut made).inspect_err(|_| {
        // The folder was empty: what is in it is half of what was asked.
        made.iter().for_each(|path| drop(std::fs::remove_file(path)));
    })?;
    print(&page(arguments, &index))?;
    Ok(exit)
}

/// What an outcome says, once it was found to agree with the wave.
fn told(arguments: &Arguments, loaded: &Loaded, name: &Path) -> Result<Said, Early> {
    if files::is_standard(&arguments.wave) && files::is_standard(name) {
        return Err(FileError("De lichting en de uitkomst kunnen niet allebei van standaardinvoer komen.".into()).into());
    }
    let bytes = files::read(name)?;
    let file = read_outcome(&bytes).map_err(|refused| refuse(&called(name), &refused, false))?;
    let findings = examine(loaded, &bytes).findings;
    if let Some(first) = findings.first() {
        console::line(format_args!(
            "{} klopt niet met {}: {}. Kijk haar na met loket verify; er is niets geschreven.",
            called(name),
            called(&arguments.wave),
            first.what.trim_end_matches('.')
        ));
        return Err(Early::Told(Exit::Wrong));
    }
    Ok(Said {
        verdict: file.status,
        goals: file.goals.iter().map(|it| Known { best: it.best, bound: it.bound, floor: it.floor }).collect(),
        least_changes: file.figures.least_changes(),
    })
}

fn solved(arguments: &Arguments, loaded: &Loaded, stop: &AtomicBool) -> Said {
    let mut watch = Watch::new(stop, arguments.time_limit);
    watch.limit_memory(arguments.memory_limit);
    watch.show_life(false);
    let outcome = solve(&loaded.wave, &Options::default(), &watch);
    watch.finish();
    Said {
        verdict: outcome.verdict,
        goals: outcome.goals.iter().map(|it| Known { best: it.best, bound: it.bound, floor: it.floor }).collect(),
        least_changes: outcome.least_changes,
    }
}

/// Writes the programs in order, each with the floor rows of those before it, and last the index; `made` is told of every file.
fn programs(arguments: &Arguments, loaded: &Loaded, said: &Said, made: &mut Vec<PathBuf>) -> Result<Index, FileError> {
    let wave = &loaded.wave;
    let mut index = Index {
        wave: wave.id.clone(),
        input_sha256: loaded.sha256.clone(),
        status: said.verdict,
        format: arguments.formaat,
        files: Vec::new(),
        names: Vec::new(),
    };
    let mut series = Series::new(wave);
    let mut named = names(wave, &series);
    let aims = if said.verdict == Verdict::Impossible { vec![Aim::Plan] } else { series.aims() };
    for (number, aim) in (1..).zip(aims) {
        let (goal, known) = match aim {
            Aim::Plan => (None, None),
            Aim::Kept => (Some(KEPT.to_owned()), kept(&series, said, wave.policy.max_changes)),
            Aim::Goal(goal) => (Some(wave.policy.goals[goal].name.clone()), said.goals.get(goal).copied()),
        };
        let name = format!("{number}-{}.{}", slug(goal.as_deref()), arguments.formaat.code());
        let points = series.points(aim);
        let remarks = remarks(arguments.formaat, goal.as_deref(), known);
        let text = Written { program: series.program(), points: &points, names: &named, remarks: &remarks };
        made.push(arguments.output.join(&name));
        write(arguments, &name, &text)?;
        let file = File { name, goal, size: text.size(), known };
        if let Some(known) = known {
            series.keep_at_least(aim, &points, known.floor);
            add_rows(wave, &series, &mut named);
        }
        index.files.push(file);
    }
    index.names = named.shortened;
    let target = Files::default().target(&arguments.output.join(INDEX), "de index")?;
    target.write(pretty(&index.to_json()).as_bytes())?;
    Ok(index)
}

/// What comes of seeking the most kept: those who can keep something, less the fewest who change.
fn kept(series: &Series<'_>, said: &Said, max_changes: Option<u32>) -> Option<Known> {
    let most = i64::from(series.keepers()) - i64::from(said.least_changes?);
    Some(Known { best: most, bound: most, floor: most - i64::from(max_changes.unwrap_or(0)) })
}

fn write(arguments: &Arguments, name: &str, text: &Written<'_>) -> Result<(), FileError> {
    Files::default().target(&arguments.output.join(name), "een programma")?.write_with(|out| {
        let mut out = BufWriter::with_capacity(1 << 20, out);
        text.write(arguments.formaat, &mut out)?;
        out.flush()
    })
}

/// What stands above a program: what is sought, and what we say comes of it.
fn remarks(format: Format, goal: Option<&str>, known: Option<Known>) -> Vec<String> {
    let most = if format == Format::Mps { "minimum" } else { "maximum" };
    vec![
        format!("Loket {}, zie {INDEX}", env!("CARGO_PKG_VERSION")),
        format!("doel: {}", goal.map_or_else(|| "is er een plan".to_owned(), |goal| joined([goal]))),
        match known {
            Some(known) => format!("zoek het {most}; wij zeggen {}", format.shown(known.best)),
            None => "wij zeggen dat geen plan aan alle regels voldoet".into(),
        },
    ]
}

/// A goal's name as part of the name of a file.
fn slug(goal: Option<&str>) -> String {
    let Some(goal) = goal else { return "mogelijk".into() };
    let plain = goal.chars().map(|it| if it.is_ascii_alphanumeric() { it.to_ascii_lowercase() } else { '-' });
    let short: String = plain.take(40).collect();
    let short = short.trim_matches('-');
    if short.is_empty() { "doel".into() } else { short.to_owned() }
}

fn page(arguments: &Arguments, index: &Index) -> String {
    let amount = dutch::counted(index.files.len(), "bestand", "bestanden");
    let columns = index.files.iter().map(|file| file.size.0).max().unwrap_or(0);
    let mut page = format!("{amount} in {}, met {}.\n", files::shown(&arguments.output), dutch::counted(columns, "kolom", "kolommen"));
    for File { name, known, .. } in &index.files {
        let what = match known {
            Some(it) if it.best == it.bound => format!("{}, bewezen", dutch::number(it.best)),
            Some(it) => format!("{}, niet bewezen (hoogstens {})", dutch::number(it.best), dutch::number(it.bound)),
            None => "geen plan voldoet aan alle regels".into(),
        };
        page.push_str(&format!("   {name}: {what}\n"));
    }
    page.push_str(&format!("Wat een andere solver per bestand hoort te vinden, staat in {INDEX} bij \"optimum\".\n"));
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_called_after_its_goal_in_plain_letters() {
        let called = [Some("Passing & wens"), Some("../é"), Some("---"), None].map(slug);
        assert_eq!(called, ["passing---wens", "doel", "doel", "mogelijk"]);
        assert_eq!(slug(Some(&"x".repeat(200))).len(), 40);
    }
}
