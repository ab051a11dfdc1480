//! `loket rerun`: solves a wave again after somebody or something dropped out or came, with the fewest changes, and shows what differs.

use std::io::IsTerminal;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use loket_instances::matching::rerun::{Budget, Moved, Request, typed};
use loket_instances::matching::row::read_candidates;
use loket_solver::common::control::Control;
use loket_solver::matching::ask::rerun::batch::{Quiet, solve_from};
use loket_solver::matching::ask::rerun::carried;
use loket_solver::matching::ask::rerun::difference::{Side, difference};
use loket_solver::matching::ask::rerun::tradeoff::trade_off;
use loket_solver::matching::facts::outcome::Verdict;
use loket_solver::matching::facts::wave::Wave;
use loket_solver::matching::facts::words::{Status, Word};

use super::batch;
use super::kept::{Fate, fate};
use super::shared::{Both, Early, Ended, both, called, ended, pretty, print, refuse, show};
use super::solve::seconds;
use crate::console;
use crate::exit::Exit;
use crate::files::{self, FileError, Files};
use crate::memory;
use crate::outcome::outcome_json;
use crate::present::rerun::told::Told;
use crate::present::rerun::{Compared, machine, page};
use crate::present::sheet::layout::{RERUN, SUMMARY};
use crate::present::summary;
use crate::progress::{Listener, Style};
use crate::watch::Watch;

/// What can be typed after `loket rerun`.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Opties")]
pub struct Arguments {
    /// De lichting (JSON), of - voor standaardinvoer
    #[arg(value_name = "LICHTING", help_heading = "Bestanden", required_unless_present = "batch")]
    pub wave: Option<PathBuf>,
    /// De uitkomst die nu geldt (JSON), of - voor standaardinvoer
    #[arg(value_name = "UITKOMST", help_heading = "Bestanden", required_unless_present = "batch")]
    pub outcome: Option<PathBuf>,
    /// Veel lichtingen tegelijk: elke x.json in deze map met x.uitkomst.json ernaast
    #[arg(long, value_name = "MAP", help_heading = "Bestanden", conflicts_with_all = ["wave", "outcome", "wave_out", "trade_off", "add_candidate"])]
    pub batch: Option<PathBuf>,
    /// Waar de nieuwe uitkomst komt (met --batch: de map); zonder deze optie wordt er niets bewaard
    #[arg(short, long, value_name = "UITKOMST", help_heading = "Bestanden")]
    pub output: Option<PathBuf>,
    /// Waar de veranderde lichting komt, die bij de nieuwe uitkomst hoort
    #[arg(long, value_name = "LICHTING", help_heading = "Bestanden")]
    pub wave_out: Option<PathBuf>,
    /// Deze coach valt uit (mag vaker)
    #[arg(long, value_name = "COACH")]
    pub without_coach: Vec<String>,
    /// Deze school valt af (mag vaker)
    #[arg(long, value_name = "SCHOOL")]
    pub without_school: Vec<String>,
    /// Deze kandidaat stopt (mag vaker)
    #[arg(long, value_name = "KANDIDAAT")]
    pub without_candidate: Vec<String>,
    /// Deze plek heeft N plekken minder, 1 als er geen N staat (mag vaker)
    #[arg(long, value_name = "SCHOOL:PLEK[=N]", value_parser = seats)]
    pub without_seat: Vec<String>,
    /// Nieuwe uren van een coach of kandidaat (mag vaker)
    #[arg(long, value_name = "ID=UREN", value_parser = number)]
    pub hours: Vec<(String, u32)>,
    /// Nieuw maximum aantal kandidaten van een coach (mag vaker)
    #[arg(long, value_name = "COACH=AANTAL", value_parser = number)]
    pub maximum: Vec<(String, u32)>,
    /// Deze kandidaat krijgt deze plaats, en staat daarop vast (mag vaker)
    #[arg(long = "move", value_name = "KANDIDAAT:SCHOOL:PLEK:COACH", value_parser = moved)]
    pub moves: Vec<Moved>,
    /// Er komt iemand bij: een bestand met een kandidaat zoals in de lichting, of met een lijst (mag vaker)
    #[arg(long, value_name = "BESTAND", help_heading = "Bestanden")]
    pub add_candidate: Vec<PathBuf>,
    /// Niemand anders verandert: wie niet geraakt is, staat vast op de oude plaatsing
    #[arg(long)]
    pub keep_rest: bool,
    /// Status van een oude plaatsing die er nog geen heeft: voorgesteld, akkoord (standaard) of gestart
    #[arg(long, value_name = "STATUS", value_parser = status)]
    pub status: Option<Status>,
    /// Zoveel wijzigingen mogen er gekozen worden boven het kleinste aantal (standaard 0), of "vrij"
    #[arg(long, value_name = "AANTAL", value_parser = budget)]
    pub budget: Option<Budget>,
    /// Toon wat 1, 2, … gekozen wijzigingen meer opleveren, hoogstens zoveel (standaard 5)
    #[arg(long, value_name = "AANTAL", num_args = 0..=1, default_missing_value = "5", value_parser = clap::value_parser!(u32).range(1..=1_000))]
    pub trade_off: Option<u32>,
    /// Stop na zoveel seconden met het beste plan tot dan toe
    #[arg(long, value_name = "SECONDEN", value_parser = seconds)]
    pub time_limit: Option<Duration>,
    /// Vervang ook een betere uitkomst van dezelfde lichting die er al staat
    #[arg(long)]
    pub vervang: bool,
    /// Het verschil als JSON op standaarduitvoer
    #[arg(long)]
    pub json: bool,
}

fn number(text: &str) -> Result<(String, u32), String> {
    let refused = || "Schrijf een id, een = en een geheel getal, bijvoorbeeld K1=300.".to_string();
    let (id, number) = text.rsplit_once('=').ok_or_else(refused)?;
    let number = number.parse().ok().filter(|&number| number <= 100_000).ok_or_else(refused)?;
    Ok((id.into(), number))
}

/// What is meant follows from the ids of the wave: see [`typed`].
fn seats(text: &str) -> Result<String, String> {
    let refused = "Schrijf een school, een : en een plek, bijvoorbeeld 21QZ00:onderbouw of 21QZ00:onderbouw=2.";
    typed::is_seats(text).then(|| text.to_owned()).ok_or_else(|| refused.to_owned())
}

fn moved(text: &str) -> Result<Moved, String> {
    typed::moved(text)
        .ok_or_else(|| "Schrijf een kandidaat, school, plek en coach met : ertussen, bijvoorbeeld Z1:21QZ00:onderbouw:K3.".into())
}

fn status(text: &str) -> Result<Status, String> {
    Status::parse(text).ok_or_else(|| "Kies uit: voorgesteld, akkoord, gestart.".into())
}

fn budget(text: &str) -> Result<Budget, String> {
    if text == "vrij" {
        return Ok(Budget::Free);
    }
    let most = text.parse().ok().filter(|&most| most <= 100_000);
    most.map(Budget::AtMost).ok_or_else(|| "Vul een aantal in, bijvoorbeeld 2, of het woord vrij.".into())
}

/// Adds the seats that go, as this wave reads them; what there is to remark about that.
pub(super) fn with_seats(request: &Request, without: &[String], wave: &Wave) -> (Request, Vec<String>) {
    let mut request = request.clone();
    let (seats, remarks): (Vec<_>, Vec<_>) = without.iter().map(|text| typed::seats(text, wave)).map(|it| (it.seats, it.remark)).unzip();
    request.fewer_seats = seats;
    (request, remarks.into_iter().flatten().collect())
}

/// What is asked of any wave: which seats go depends on the wave.
fn request(arguments: &Arguments) -> Result<Request, Early> {
    let mut arrivals = Vec::new();
    for name in &arguments.add_candidate {
        let bytes = files::read(name)?;
        arrivals.extend(read_candidates(&bytes).map_err(|refused| refuse(&called(name), &refused, arguments.json))?);
    }
    Ok(Request {
        without_coaches: arguments.without_coach.clone(),
        without_schools: arguments.without_school.clone(),
        without_candidates: arguments.without_candidate.clone(),
        fewer_seats: Vec::new(),
        hours: arguments.hours.clone(),
        maxima: arguments.maximum.clone(),
        arrivals,
        moves: arguments.moves.clone(),
        keep_rest: arguments.keep_rest,
        budget: arguments.budget.unwrap_or_default(),
        status: arguments.status,
    })
}

/// Status 0 with a plan, 1 when the outcome is not of this wave, 2 when something is refused, 3 when what is locked cannot be met, 4 when
/// stopped without a plan.
pub fn run(arguments: &Arguments, stop: &AtomicBool) -> Ended {
    let mut watch = Watch::new(stop, arguments.time_limit);
    watch.show_life(arguments.json);
    let request = request(arguments)?;
    if let Some(folder) = &arguments.batch {
        let asked = batch::Asked { request, without_seats: &arguments.without_seat, replace: arguments.vervang };
        return batch::run(folder, arguments.output.as_deref(), &asked, arguments.json, &watch);
    }
    let (Some(wave), Some(outcome)) = (&arguments.wave, &arguments.outcome) else {
        return Err(FileError("Noem een lichting en een uitkomst, of een map met --batch.".into()).into());
    };
    let mut files = Files::reading([wave, outcome].into_iter().chain(&arguments.add_candidate).map(PathBuf::as_path));
    let target = arguments.output.as_ref().map(|name| files.target(name, "de nieuwe uitkomst")).transpose()?;
    let wave_target = arguments.wave_out.as_ref().map(|name| files.target(name, "de nieuwe lichting")).transpose()?;
    if arguments.json {
        files.alone_on_standard("het verschil als JSON")?;
    }
    let before = both(wave, outcome, arguments.json)?;
    let (request, mut remarks) = with_seats(&request, &arguments.without_seat, &before.loaded.wave);
    let edited = before.file.rerun(&before.loaded, &before.outcome, &request);
    let edited = edited.map_err(|refused| refuse("Deze opdracht", &refused, arguments.json))?;
    remarks.extend(edited.remarks);
    let bytes = pretty(&edited.wave.to_json());
    let after = edited.wave.build(bytes.as_bytes());
    let after = after.map_err(|refused| refuse("De veranderde lichting", &refused, arguments.json))?;
    let shown = !arguments.json && std::io::stderr().is_terminal();
    if shown {
        watch.listen(Listener::new(Style::Terminal, after.wave.policy.goals.len()));
    }
    let start = carried(&before.loaded.wave, &before.plan, &after.wave);
    let solved = solve_from(&after.wave, Some(start.clone()), &watch);
    watch.finish();
    let fate = arguments.output.as_ref().map_or(Fate::Written, |name| fate(name, &after, &solved, arguments.vervang));
    if let Some(target) = wave_target.filter(|_| solved.verdict != Verdict::Stopped) {
        target.write(bytes.as_bytes())?;
    }
    if let Some(target) = target.filter(|_| fate == Fate::Written) {
        target.write(pretty(&outcome_json(&after, &solved, watch.elapsed(), memory::peak())).as_bytes())?;
    }
    if let Some(why) = arguments.output.as_ref().and_then(|name| fate.says(name)) {
        console::line(format_args!("{why}"));
        return Ok(Exit::Stopped);
    }
    let took = watch.elapsed();
    let Some(plan) = &solved.plan else {
        match arguments.json {
            true => print(&pretty(&machine::without_plan(&after, &solved)))?,
            false => console::page(summary::sheet(&after, &solved, took).text(&SUMMARY)),
        }
        return Ok(ended(solved.verdict));
    };
    let Both { loaded, plan: old, .. } = &before;
    let found = difference(Side { wave: &loaded.wave, plan: old }, Side { wave: &after.wave, plan });
    let trade = arguments.trade_off.and_then(|most| {
        // The goals of the wave before, so that the trade-off does not depend on the budget that was given.
        let mut wave = after.wave.clone();
        wave.policy.goals = loaded.wave.policy.goals.clone();
        let told = |budget: u32| {
            if shown {
                console::redraw(format_args!("afruil: {budget} van hoogstens {most}"));
            }
        };
        let found = trade_off(&wave, &start, most, &Quiet(&watch), &told);
        if shown {
            console::page("\n");
        }
        found
    });
    let compared = Compared {
        before: loaded,
        old,
        after: &after,
        new: plan,
        outcome: &solved,
        rerun: true,
        difference: &found,
        remarks: &remarks,
        trade_off: trade,
        took,
    };
    let cut =
        compared.trade_off.as_ref().is_some_and(|trade| trade.stopped) || arguments.trade_off.is_some() && compared.trade_off.is_none();
    let told = Told::new(&compared);
    let page = || page::rerun(&told, &request).text(&RERUN);
    match files.on_standard() {
        true => console::page(page()),
        false => show(arguments.json, || machine::value(&told, &request), page)?,
    }
    Ok(if cut { Exit::Stopped } else { Exit::Done })
}
