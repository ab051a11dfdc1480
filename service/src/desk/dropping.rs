//! How many people of a phase fall out, by the funnel: over the half-years of which everybody in the phase has come through or stopped.

use loket_instances::planning::monitor::codes::Stage;
use loket_instances::planning::monitor::counts_file::{Monitor, WaveCounts};
use loket_instances::planning::monitor::verdict::LEAST;
use loket_solver::matching::facts::words::Phase;

/// How many fall out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// Of which phase.
    pub phase: Phase,
    /// Of a thousand people.
    pub of_thousand: u32,
    /// How many fell out of how many, where the funnel says so; else it is what is set.
    pub counted: Option<(u32, u32)>,
}

/// The stage of the funnel that a phase is, and those that tell that somebody came through.
const fn stages(phase: Phase) -> (Stage, &'static [Stage]) {
    match phase {
        Phase::Werkervaring => (Stage::Voortraject, &[Stage::Assessment]),
        Phase::Opleiding => (Stage::Opleiding, &[Stage::Jaar2]),
        Phase::OpleidingJaar2 => (Stage::Jaar2, &[Stage::Diploma, Stage::DiplomaLater]),
        Phase::Inductie => (Stage::Inductie, &[Stage::Blijft1]),
    }
}

/// How many of a phase came through of how many in a half-year; nothing while somebody is still under way or a number is missing.
fn through(wave: &WaveCounts, phase: Phase) -> Option<(u32, u32)> {
    let (stage, next) = stages(phase);
    if next.iter().any(|&it| wave.still_open(it) > 0) {
        return None;
    }
    let came: Option<u32> = next.iter().map(|&it| wave.count(it)).sum();
    let all = wave.count(stage)?;
    Some((came?.min(all), all))
}

/// How many of a phase fall out; what is `set` where fewer than ten people say otherwise.
pub fn rate(monitor: &Monitor, phase: Phase, set: u32) -> Rate {
    let (came, all) = monitor.waves.iter().filter_map(|wave| through(wave, phase)).fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
    if all < LEAST {
        return Rate { phase, of_thousand: set, counted: None };
    }
    // Half up; at most a thousand, for nobody comes through who was not there.
    let (fell, of) = (u64::from(all - came), u64::from(all));
    let of_thousand = u32::try_from((2_000 * fell + of) / (2 * of)).unwrap_or(1_000);
    Rate { phase, of_thousand, counted: Some((all - came, all)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn half(id: &str, training: u32, second: u32, open: u32) -> WaveCounts {
        let mut wave = WaveCounts { id: id.into(), ..WaveCounts::default() };
        wave.counts[Stage::Opleiding as usize] = Some(training);
        wave.counts[Stage::Jaar2 as usize] = Some(second);
        wave.open[Stage::Jaar2 as usize] = open;
        wave
    }

    fn monitor(waves: Vec<WaveCounts>) -> Monitor {
        let (id, day) = ("m".to_owned(), "2026-11-27".to_owned());
        Monitor { id, day, plan: None, waves, pool: Vec::new(), hours: Vec::new(), costs: Vec::new() }
    }

    #[test]
    fn only_half_years_that_are_settled_count_and_few_people_say_nothing() {
        let all = monitor(vec![half("2025-1", 8, 7, 0), half("2025-2", 7, 6, 0), half("2026-1", 40, 1, 39)]);
        let found = rate(&all, Phase::Opleiding, 100);
        assert_eq!((found.counted, found.of_thousand), (Some((2, 15)), 133));
        // Nobody knows of the second year.
        assert_eq!(rate(&all, Phase::OpleidingJaar2, 70), Rate { phase: Phase::OpleidingJaar2, of_thousand: 70, counted: None });
        let few = monitor(vec![half("2025-1", 9, 1, 0)]);
        assert_eq!(rate(&few, Phase::Opleiding, 100).counted, None);
        // Half up: 1 of 16 is 62.5 of a thousand.
        assert_eq!(rate(&monitor(vec![half("2025-1", 16, 15, 0)]), Phase::Opleiding, 0).of_thousand, 63);
        // More than there were is not possible, and does not make fewer than nobody.
        assert_eq!(rate(&monitor(vec![half("2025-1", 16, 20, 0)]), Phase::Opleiding, 0).counted, Some((0, 16)));
    }
}
