//! Nobody reaches a stage without the one before it, and nobody is counted twice between two stages.

use loket_solver::common::words::Word;

use super::codes::Stage;
use super::counts_file::WaveCounts;
use super::targets::{TARGETS, found};
use crate::strict::fields::At;

/// Stages that count as one step of a chain.
type Step = &'static [Stage];

/// With the diploma, whenever that was.
const DIPLOMA: Step = &[Stage::Diploma, Stage::DiplomaLater];

/// To the end of the guidance.
const GUIDED: &[Step] = &[
    &[Stage::Aangemeld],
    &[Stage::Intake],
    &[Stage::Voortraject],
    &[Stage::Assessment],
    &[Stage::Opleiding],
    &[Stage::Jaar2],
    DIPLOMA,
    &[Stage::Inductie],
];

/// From the diploma on, apart from guidance.
const STAYING: &[Step] = &[DIPLOMA, &[Stage::Blijft1], &[Stage::Blijft2], &[Stage::Blijft3], &[Stage::Blijft4], &[Stage::Blijft5]];

/// Reports every count that cannot be.
pub(crate) fn check(row: &At<'_>, wave: &WaveCounts) {
    chain(row, wave, GUIDED);
    chain(row, wave, STAYING);
    for target in TARGETS {
        if let Some((k, n)) = found(wave, target)
            && i64::from(k) > n
        {
            let spot = row.spot.key("open");
            let what =
                format!("er zijn zoveel mensen nog onderweg naar {} dat er minder over zijn dan het gehaald hebben", target.of.code());
            row.report.problem("volgorde", &spot, what, "tel iedereen bij één stap");
        }
    }
}

/// Everybody who reached a step; `None` while a count is missing.
fn reached(wave: &WaveCounts, step: Step) -> Option<u32> {
    step.iter().map(|&stage| wave.count(stage)).sum()
}

fn name(step: Step) -> String {
    step.iter().map(|stage| stage.code()).collect::<Vec<_>>().join(" + ")
}

fn chain(row: &At<'_>, wave: &WaveCounts, steps: &[Step]) {
    let mut before: Option<(Step, u32)> = None;
    for &step in steps {
        // Of a step with a count that is missing the others are the least that it can be.
        let known: Vec<u32> = step.iter().filter_map(|&stage| wave.count(stage)).collect();
        let least: u32 = known.iter().sum();
        let last = step.iter().copied().rfind(|&stage| wave.count(stage).is_some());
        if let (Some((earlier, more)), Some(stage)) = (before, last)
            && least > more
        {
            let spot = row.spot.key("tellingen").key(stage.code());
            let what = format!("{} ({least}) is meer dan {} ervoor ({more})", name(step), name(earlier));
            row.report.problem("volgorde", &spot, what, "een stap telt nooit meer mensen dan de stap ervoor");
        }
        if let Some(count) = reached(wave, step) {
            before = Some((step, count));
        }
    }
    for pair in steps.windows(2) {
        let [one, next] = pair else { continue };
        let (Some(before), Some(after)) = (reached(wave, one), reached(wave, next)) else { continue };
        let stopped: u32 = one.iter().map(|&stage| wave.stopped_after(stage)).sum();
        let open: u32 = next.iter().map(|&stage| wave.still_open(stage)).sum();
        // A count above the one before has been told already.
        if let Some(room) = before.checked_sub(after)
            && u64::from(stopped) + u64::from(open) > u64::from(room)
        {
            let what = format!("na {} stopten er {stopped} en zijn er {open} nog open, maar er vielen er maar {room} weg", name(one));
            row.report.problem("volgorde", &row.spot, what, "tel iedereen één keer: gestopt, nog open, of bij de volgende stap");
        }
    }
}
