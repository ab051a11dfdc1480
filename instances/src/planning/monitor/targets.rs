//! Targets per wave: k of n people, what that says, and how it may be shown.

use loket_solver::common::words::Word;
use serde_json::{Map, Value, json};

use super::codes::{Stage, StopReason, Target, TargetVerdict};
use super::counts_file::{Monitor, WaveCounts};
use super::small::{alone, share, table};
use super::verdict::{LEAST, verdict};

/// A target: so many percent of who reached one stage reach another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Aim {
    /// Which target.
    pub of: Target,
    /// Who is counted.
    pub reach: Stage,
    /// Of whom: together.
    pub from: &'static [Stage],
    /// The stages on the way, the counted one too: who is still open there is not counted yet.
    pub way: &'static [Stage],
    /// Percent.
    pub percent: u32,
}

/// Every target, in order.
pub const TARGETS: [Aim; 5] = [
    Aim { of: Target::Start, reach: Stage::Voortraject, from: &[Stage::Aangemeld], way: &[Stage::Intake, Stage::Voortraject], percent: 90 },
    Aim { of: Target::Voortraject, reach: Stage::Assessment, from: &[Stage::Voortraject], way: &[Stage::Assessment], percent: 90 },
    Aim { of: Target::Opleiding, reach: Stage::Opleiding, from: &[Stage::Assessment], way: &[Stage::Opleiding], percent: 100 },
    Aim { of: Target::Diploma, reach: Stage::Diploma, from: &[Stage::Opleiding], way: &[Stage::Jaar2, Stage::Diploma], percent: 80 },
    Aim {
        of: Target::Blijft,
        reach: Stage::Blijft5,
        from: &[Stage::Diploma, Stage::DiplomaLater],
        way: &[Stage::Blijft1, Stage::Blijft2, Stage::Blijft3, Stage::Blijft4, Stage::Blijft5],
        percent: 80,
    },
];

/// k and n of a target, below 0 when too many are open; `None` while a count is missing.
pub(crate) fn found(wave: &WaveCounts, aim: Aim) -> Option<(u32, i64)> {
    let from: Option<u32> = aim.from.iter().map(|&stage| wave.count(stage)).sum();
    let open: i64 = aim.way.iter().map(|&stage| i64::from(wave.still_open(stage))).sum();
    Some((wave.count(aim.reach)?, i64::from(from?) - open))
}

/// A target of a wave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// Which target.
    pub target: Target,
    /// Who came through, and of how many; `None` while a count is missing.
    pub counts: Option<(u32, u32)>,
    /// What that says.
    pub verdict: Option<TargetVerdict>,
    /// How it may be shown.
    pub text: String,
}

/// Every target of a wave.
pub fn told(wave: &WaveCounts) -> Vec<Told> {
    let told = |aim: Aim| {
        let counts = found(wave, aim).and_then(|(k, n)| Some((k, u32::try_from(n).ok()?)));
        Told {
            target: aim.of,
            counts,
            verdict: counts.map(|(k, n)| verdict(k, n, aim.percent)),
            text: counts.map_or_else(|| "nog niet geteld".into(), |(k, n)| share(k, n)),
        }
    };
    TARGETS.into_iter().map(told).collect()
}

/// What marks say: 8.0 or more on average is on course.
pub fn satisfied(answers: u32, tenths: i64) -> TargetVerdict {
    if answers < LEAST {
        TargetVerdict::TooSmall
    } else if tenths >= 80 * i64::from(answers) {
        TargetVerdict::OnCourse
    } else {
        TargetVerdict::Below
    }
}

/// Who stopped over all waves: stages and reasons that occur, and the table with totals as it may be shown.
pub fn stopped(monitor: &Monitor) -> (Vec<Stage>, Vec<StopReason>, Vec<Vec<String>>) {
    let all = || monitor.waves.iter().flat_map(|wave| &wave.stopped);
    let stages: Vec<Stage> = Stage::ALL.iter().copied().filter(|stage| all().any(|(after, ..)| after == stage)).collect();
    let reasons: Vec<StopReason> = StopReason::ALL.iter().copied().filter(|reason| all().any(|(_, why, _)| why == reason)).collect();
    let cell = |stage: Stage, reason: StopReason| {
        all().filter(|(after, why, _)| (*after, *why) == (stage, reason)).map(|(.., count)| count).sum::<u32>()
    };
    let cells: Vec<Vec<u32>> = stages.iter().map(|&stage| reasons.iter().map(|&reason| cell(stage, reason)).collect()).collect();
    let shown = if cells.is_empty() { Vec::new() } else { table(&cells) };
    (stages, reasons, shown)
}

/// Everything that may be shown, for machines. Counts stand in it only as they may be shown.
pub fn to_json(monitor: &Monitor) -> Value {
    let waves: Vec<Value> = monitor.waves.iter().map(wave_json).collect();
    let (stages, reasons, shown) = stopped(monitor);
    let mut table = Map::new();
    let names = stages.iter().map(|stage| stage.code()).chain(["totaal"]);
    for (name, row) in names.zip(&shown) {
        let reasons = reasons.iter().map(|reason| reason.code()).chain(["totaal"]);
        table.insert(name.into(), reasons.zip(row).map(|(reason, text)| (reason.to_owned(), json!(text))).collect::<Map<_, _>>().into());
    }
    json!({ "id": monitor.id, "peildatum": monitor.day, "plan": monitor.plan, "lichtingen": waves, "gestopt": table })
}

fn wave_json(wave: &WaveCounts) -> Value {
    let targets: Vec<Value> = told(wave)
        .into_iter()
        .map(|told| {
            // Small counts are told in words only.
            let shown = told.counts.filter(|(k, n)| alone(*k) == k.to_string() && alone(*n) == n.to_string());
            json!({
                "doel": told.target.code(),
                "k": shown.map(|(k, _)| k),
                "n": shown.map(|(_, n)| n),
                "oordeel": told.verdict.map(Word::code),
                "tekst": told.text,
            })
        })
        .collect();
    let satisfaction =
        wave.satisfaction.map(|(answers, tenths)| json!({ "antwoorden": alone(answers), "oordeel": satisfied(answers, tenths).code() }));
    json!({ "id": wave.id, "doelen": targets, "waardering": satisfaction })
}
