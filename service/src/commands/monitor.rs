//! `loket monitor`: the funnel on a reference date against its targets, with small counts hidden; and, with a plan's outcome, against that.

use std::collections::BTreeMap;
use std::path::PathBuf;

use loket_instances::planning::monitor::codes::{Stage, TargetVerdict};
use loket_instances::planning::monitor::counts_file::{Monitor, read_monitor};
use loket_instances::planning::monitor::targets::{satisfied, stopped, to_json, told};
use loket_instances::planning::outcome::{OutcomeFile, read_outcome};
use loket_solver::common::words::Word;

use super::shared::{Early, Ended, called, refuse, show};
use crate::console;
use crate::exit::Exit;
use crate::files::{self, FileError};
use crate::present::dutch::{euros, number};
use crate::present::sheet::Sheet;
use crate::present::sheet::layout::SUMMARY;

/// What can be typed after `loket monitor`.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Opties")]
pub struct Arguments {
    /// De stand van de trechter (JSON), of - voor standaardinvoer
    #[arg(value_name = "STAND", help_heading = "Bestanden")]
    pub counts: PathBuf,
    /// De uitkomst van het meerjarenplan waar de stand bij hoort
    #[arg(long, value_name = "UITKOMST", help_heading = "Bestanden")]
    pub plan: Option<PathBuf>,
    /// Het oordeel als JSON op standaarduitvoer
    #[arg(long)]
    pub json: bool,
}

/// Hours per person by phase, and whom they are for.
const HOURS: [(&str, Stage, u32); 4] = [
    ("werkervaring", Stage::Voortraject, 15),
    ("opleiding", Stage::Opleiding, 60),
    ("opleiding_jaar2", Stage::Jaar2, 30),
    ("inductie", Stage::Diploma, 15),
];

/// Status 0, 1 when the plan is another one than the counts are of, 2 when a file is refused.
pub fn run(arguments: &Arguments) -> Ended {
    if arguments.plan.as_ref().is_some_and(|plan| files::is_standard(plan)) && files::is_standard(&arguments.counts) {
        return Err(FileError("De stand en de uitkomst kunnen niet allebei van standaardinvoer komen.".into()).into());
    }
    let bytes = files::read(&arguments.counts)?;
    let monitor = read_monitor(&bytes).map_err(|refused| refuse(&called(&arguments.counts), &refused, arguments.json))?;
    let plan = match &arguments.plan {
        Some(name) => Some(read_outcome(&files::read(name)?).map_err(|refused| refuse(&called(name), &refused, arguments.json))?),
        None => None,
    };
    if let (Some(plan), Some(wanted)) = (&plan, &monitor.plan)
        && plan.plan != *wanted
    {
        console::line(format_args!("De stand hoort bij plan {wanted}, en de uitkomst is van plan {}.", plan.plan));
        return Err(Early::Told(Exit::Wrong));
    }
    show(arguments.json, || to_json(&monitor), || page(&monitor, plan.as_ref()).text(&SUMMARY))?;
    Ok(Exit::Done)
}

/// What a verdict says.
fn says(verdict: Option<TargetVerdict>) -> &'static str {
    match verdict {
        None => "nog geen oordeel",
        Some(TargetVerdict::TooSmall) => "te weinig mensen voor een oordeel",
        Some(TargetVerdict::Below) => "onder het doel, meer dan toeval verklaart",
        Some(TargetVerdict::Above) => "boven het doel, meer dan toeval verklaart",
        Some(TargetVerdict::OnCourse) => "op koers",
    }
}

fn page(monitor: &Monitor, plan: Option<&OutcomeFile>) -> Sheet {
    let mut sheet = Sheet::default();
    sheet.title(format!("Stand van de trechter op {}", monitor.day));
    for wave in &monitor.waves {
        sheet.heading(format!("Lichting {}", wave.id));
        for it in told(wave) {
            sheet.point(format!("{}: {}; {}", it.target.code(), it.text, says(it.verdict)));
        }
        if let Some((answers, tenths)) = wave.satisfaction {
            sheet.point(format!("waardering: {}", says(Some(satisfied(answers, tenths)))));
        }
    }
    let (stages, reasons, shown) = stopped(monitor);
    if !stages.is_empty() {
        sheet.heading("Gestopt, alle lichtingen samen");
        for (stage, row) in stages.iter().map(|stage| format!("na {}", stage.code())).chain(["samen".to_owned()]).zip(&shown) {
            let names = reasons.iter().map(|reason| reason.says()).chain(["samen"]);
            let cells: Vec<String> = names.zip(row).map(|(name, text)| format!("{name} {text}")).collect();
            sheet.point(format!("{stage}: {}", cells.join(", ")));
        }
    }
    hours(&mut sheet, monitor);
    pool(&mut sheet, monitor, plan);
    if let Some(plan) = plan {
        costs(&mut sheet, monitor, plan);
    }
    sheet
}

/// Hours given against hours per person times the people so far.
fn hours(sheet: &mut Sheet, monitor: &Monitor) {
    if monitor.hours.is_empty() {
        return;
    }
    sheet.heading("Uren begeleiding tot nu toe");
    for (phase, given) in &monitor.hours {
        let norm = HOURS.iter().find(|(name, ..)| name == phase);
        let people = |stage: Stage| monitor.waves.iter().map(|wave| wave.count(stage)).sum::<Option<u32>>();
        let against = norm.and_then(|&(_, stage, each)| Some(u64::from(people(stage)?) * u64::from(each)));
        let against = against.and_then(|hours| i64::try_from(hours).ok()).map(|hours| format!(", bedoeld zijn er {}", number(hours)));
        sheet.point(format!("{phase}: {}{}", number((*given).into()), against.unwrap_or_default()));
    }
}

/// Coaches there are, and in the plan by year.
fn pool(sheet: &mut Sheet, monitor: &Monitor, plan: Option<&OutcomeFile>) {
    if monitor.pool.is_empty() {
        return;
    }
    sheet.heading("Coaches");
    let all: u32 = monitor.pool.iter().map(|(_, count)| count).sum();
    for (kind, count) in &monitor.pool {
        let percent = (100 * u64::from(*count)).checked_div(u64::from(all)).unwrap_or(0);
        sheet.point(format!("{kind}: {} van {} ({percent} %)", number((*count).into()), number(all.into())));
    }
    let mut years: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for line in plan.iter().filter_map(|plan| plan.figures.as_ref()).flat_map(|figures| &figures.pool) {
        years.entry(&line.year).or_default().push(format!("{} {}", line.kind, number(line.pool)));
    }
    for (year, kinds) in years {
        sheet.point(format!("in het plan van {year}: {}", kinds.join(", ")));
    }
}

/// Cost so far against the plan's lines over all its years.
fn costs(sheet: &mut Sheet, monitor: &Monitor, plan: &OutcomeFile) {
    if monitor.costs.is_empty() {
        return;
    }
    sheet.heading("Kosten tot nu toe tegen het plan van alle jaren");
    let money = || plan.figures.iter().flat_map(|figures| &figures.money);
    for (line, cents) in &monitor.costs {
        let planned: i64 = money().flat_map(|year| &year.costs).filter(|(id, _)| id == line).map(|(_, cents)| cents).sum();
        sheet.point(format!("{line}: {} van {}", euros(*cents), euros(planned)));
    }
}
