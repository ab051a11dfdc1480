//! The funnel as a table: of each wave every target with what it says, as it may be shown.

use loket_instances::planning::monitor::codes::{Stage, Target, TargetVerdict};
use loket_instances::planning::monitor::counts_file::{Monitor, WaveCounts};
use loket_instances::planning::monitor::small::{alone, share, small};
use loket_instances::planning::monitor::targets::{Aim, TARGETS, satisfied, stopped, told};
use loket_instances::planning::monitor::verdict::verdict;

use crate::pages::messages::Messages;
use crate::pages::paths;
use crate::pages::told::list;
use crate::present::dutch::number;

/// A verdict: the kind of its look, its icon and its word.
pub(super) type Look = (&'static str, &'static str, &'static str);

/// A target of a wave.
pub(super) struct Cell {
    pub(super) counts: String,
    pub(super) look: Option<Look>,
}

/// A wave.
pub(super) struct Row {
    pub(super) name: String,
    pub(super) registered: String,
    pub(super) cells: Vec<Cell>,
    /// Where it is completed.
    pub(super) place: String,
}

/// Everything that is shown of a funnel.
pub(super) struct Shown {
    pub(super) lead: String,
    pub(super) heads: Vec<(&'static str, String)>,
    pub(super) rows: Vec<Row>,
    pub(super) together: Vec<Cell>,
    /// How many verdicts there are of each.
    pub(super) sums: Vec<(Look, usize)>,
    pub(super) satisfaction: Option<(String, String, Option<Look>)>,
    /// Diplomas later than 24 months, and within.
    pub(super) late: Option<(String, String)>,
    /// Who stopped: heads, and rows by reason with their total.
    pub(super) stopped: Option<(Vec<String>, Vec<Vec<String>>)>,
}

/// The name of a wave: "Najaar 2026".
pub(super) fn wave_name(m: Messages, id: &str) -> String {
    match id.split_once('-') {
        Some((year, "1")) => m.plan.autumn(year),
        Some((year, "2")) => m.plan.spring(year.parse::<i64>().map_or_else(|_| year.to_owned(), |it| (it + 1).to_string())),
        _ => id.to_owned(),
    }
}

/// A stage.
pub(super) fn stage_name(m: Messages, stage: Stage) -> &'static str {
    match stage {
        Stage::Aangemeld => m.plan.stage_registered(),
        Stage::Intake => m.plan.stage_intake(),
        Stage::Voortraject => m.plan.stage_track(),
        Stage::Assessment => m.plan.stage_assessment(),
        Stage::Opleiding => m.plan.stage_training(),
        Stage::Jaar2 => m.plan.stage_second(),
        Stage::Diploma => m.plan.stage_diploma(),
        Stage::DiplomaLater => m.plan.stage_later(),
        Stage::Inductie => m.plan.stage_induction(),
        Stage::Blijft1 => m.plan.stage_stays_one(),
        Stage::Blijft2 => m.plan.stage_stays_two(),
        Stage::Blijft3 => m.plan.stage_stays_three(),
        Stage::Blijft4 => m.plan.stage_stays_four(),
        Stage::Blijft5 => m.plan.stage_stays_five(),
    }
}

fn target_name(m: Messages, target: Target) -> &'static str {
    match target {
        Target::Start => m.plan.stage_track(),
        Target::Voortraject => m.plan.stage_assessment(),
        Target::Opleiding => m.plan.stage_training(),
        Target::Diploma => m.plan.target_diploma(),
        Target::Blijft => m.plan.target_stays(),
    }
}

fn look(m: Messages, verdict: TargetVerdict) -> Look {
    match verdict {
        TargetVerdict::OnCourse => ("good", "vink", m.plan.on_course()),
        TargetVerdict::Above => ("info", "punt", m.plan.above()),
        TargetVerdict::Below => ("bad", "letop", m.plan.below()),
        TargetVerdict::TooSmall => ("quiet", "rondje", m.plan.too_small()),
    }
}

/// What stands where nothing can be said yet: who is under way, or nothing.
fn waiting(m: Messages, wave: &WaveCounts, aim: Aim) -> String {
    let open: u32 = aim.way.iter().map(|&stage| wave.still_open(stage)).sum();
    if open > 0 { m.plan.under_way(alone(open)) } else { m.plan.not_yet().to_owned() }
}

pub(super) fn shown(m: Messages, monitor: &Monitor) -> Shown {
    let told: Vec<Vec<_>> = monitor.waves.iter().map(told).collect();
    let row = |(wave, all): (&WaveCounts, &Vec<loket_instances::planning::monitor::targets::Told>)| Row {
        name: wave_name(m, &wave.id),
        registered: wave.count(Stage::Aangemeld).map_or_else(|| m.plan.not_yet().to_owned(), |it| m.plan.registered(alone(it))),
        place: paths::monitor_wave(&wave.id),
        cells: TARGETS
            .into_iter()
            .zip(all)
            .map(|(aim, it)| match it.counts {
                // Nobody is past it yet: how many are under way says more than 0 of 0.
                Some((0, 0)) | None => Cell { counts: waiting(m, wave, aim), look: None },
                Some(_) => Cell { counts: it.text.clone(), look: it.verdict.map(|it| look(m, it)) },
            })
            .collect(),
    };
    let sum = |at: usize| {
        let known: Vec<(u32, u32)> = told.iter().filter_map(|all| all.get(at)?.counts).filter(|it| *it != (0, 0)).collect();
        let (k, n) = known.iter().fold((0, 0), |(k, n), it| (k + it.0, n + it.1));
        // A total beside one wave that is hidden would tell that wave.
        let hides = known.iter().filter(|(k, n)| small(*k) || small(*n)).count() == 1;
        match known.is_empty() || hides {
            true => Cell { counts: if hides { "·".into() } else { m.plan.not_yet().to_owned() }, look: None },
            false => Cell { counts: share(k, n), look: Some(look(m, verdict(k, n, TARGETS[at].percent))) },
        }
    };
    let all: Vec<TargetVerdict> = told.iter().flatten().filter(|it| it.counts != Some((0, 0))).filter_map(|it| it.verdict).collect();
    let count = |verdict: TargetVerdict| (look(m, verdict), all.iter().filter(|it| **it == verdict).count());
    Shown {
        lead: lead(m, &told),
        heads: TARGETS.into_iter().map(|it| (target_name(m, it.of), m.plan.target(i64::from(it.percent)))).collect(),
        rows: monitor.waves.iter().zip(&told).map(row).collect(),
        together: (0..TARGETS.len()).map(sum).collect(),
        sums: [TargetVerdict::OnCourse, TargetVerdict::Above, TargetVerdict::Below, TargetVerdict::TooSmall].map(count).to_vec(),
        satisfaction: satisfaction(m, monitor),
        late: late(monitor),
        stopped: stoppers(m, monitor),
    }
}

/// The finding: which steps are below target, and with how many waves.
fn lead(m: Messages, told: &[Vec<loket_instances::planning::monitor::targets::Told>]) -> String {
    let below = |at: usize| {
        let with: Vec<_> = told.iter().filter_map(|all| all.get(at)?.verdict).filter(|it| *it != TargetVerdict::TooSmall).collect();
        let count = with.iter().filter(|it| **it == TargetVerdict::Below).count();
        (count > 0).then(|| m.plan.below_at(target_name(m, TARGETS[at].of).to_lowercase(), count, with.len()))
    };
    let found: Vec<String> = (0..TARGETS.len()).filter_map(below).collect();
    let any = told.iter().flatten().any(|it| it.verdict.is_some_and(|it| it != TargetVerdict::TooSmall));
    match (found.as_slice(), any) {
        ([], false) => m.plan.nothing_known().to_owned(),
        ([], true) => m.plan.none_below().to_owned(),
        (some, _) => m.plan.some_below(list(m, some)),
    }
}

/// How content people are: the mean, of how many, and what that says.
fn satisfaction(m: Messages, monitor: &Monitor) -> Option<(String, String, Option<Look>)> {
    let all: Vec<(u32, i64)> = monitor.waves.iter().filter_map(|it| it.satisfaction).collect();
    let (answers, sum) = all.iter().fold((0, 0), |(answers, sum), it| (answers + it.0, sum + it.1));
    if answers == 0 {
        return None;
    }
    if small(answers) {
        return Some(("·".into(), m.plan.answers(alone(answers)), None));
    }
    let tenths = (2 * sum + i64::from(answers)) / (2 * i64::from(answers));
    Some((format!("{},{}", tenths / 10, tenths % 10), m.plan.answers(alone(answers)), Some(look(m, satisfied(answers, sum)))))
}

fn late(monitor: &Monitor) -> Option<(String, String)> {
    let sum = |stage: Stage| monitor.waves.iter().filter_map(|it| it.count(stage)).sum::<u32>();
    let (later, within) = (sum(Stage::DiplomaLater), sum(Stage::Diploma));
    (later + within > 0).then(|| (alone(later), alone(within)))
}

/// Who stopped, by reason and stage, with totals.
fn stoppers(m: Messages, monitor: &Monitor) -> Option<(Vec<String>, Vec<Vec<String>>)> {
    let (stages, reasons, cells) = stopped(monitor);
    if stages.is_empty() {
        return None;
    }
    let together = m.plan.together();
    let heads = std::iter::once(m.plan.reason().to_owned())
        .chain(stages.iter().map(|it| m.plan.after_stage(stage_name(m, *it).to_lowercase())))
        .chain([together.to_owned()]);
    let names = reasons.iter().map(|it| it.says().to_owned()).chain([together.to_owned()]);
    let rows = names.enumerate().map(|(at, name)| {
        let column = cells.iter().map(|row| row.get(at).cloned().unwrap_or_default());
        std::iter::once(name).chain(column).collect()
    });
    Some((heads.collect(), rows.collect()))
}

/// A count of people in no wave.
pub(super) fn undated(m: Messages, count: usize) -> Option<String> {
    (count > 0).then(|| m.plan.undated(number(i64::try_from(count).unwrap_or(i64::MAX))))
}
