//! Counts the funnel from the stages of everybody: who came how far, who is still under way, who stopped and why. People who registered in the
//! same half of a school year are counted together.

use std::collections::BTreeMap;

use jiff::Span;
use jiff::civil::Date;
use loket_instances::planning::monitor::codes::{Stage, StopReason};
use loket_instances::planning::monitor::counts_file::{Monitor, WaveCounts};
use loket_solver::common::words::Word;

use crate::records::funnel::{Completed, Entered};
use crate::records::stage::{Stage as Known, StopReason as Why};

/// What can be completed beside stages: answers about satisfaction, and the sum of marks in tenths.
pub const ANSWERS: [&str; 2] = ["antwoorden", "som_tienden"];

/// Those who registered in a half of a school year: "2026-1" from August 2026, "2026-2" from February 2027.
pub fn wave_of(day: Date) -> String {
    let year = i64::from(day.year());
    match day.month() {
        8.. => format!("{year}-1"),
        1 => format!("{}-1", year - 1),
        _ => format!("{}-2", year - 1),
    }
}

/// The funnel on a day, and how many people are in no count because it is not known when they registered.
pub fn counted(people: &[Vec<Entered>], completed: &[Completed], day: Date) -> (Monitor, usize) {
    let mut waves: BTreeMap<String, WaveCounts> = BTreeMap::new();
    let mut undated = 0;
    for person in people {
        match registered(person) {
            None => undated += 1,
            Some(first) if first > day => {}
            Some(first) => add(waves.entry(wave_of(first)).or_default(), person, day),
        }
    }
    for it in completed {
        complete(waves.entry(it.wave.clone()).or_default(), it, completed);
    }
    let waves = waves.into_iter().rev().map(|(id, wave)| WaveCounts { id, ..wave }).collect();
    let monitor =
        Monitor { id: day.to_string(), day: day.to_string(), plan: None, waves, pool: Vec::new(), hours: Vec::new(), costs: Vec::new() };
    (monitor, undated)
}

fn day_of(entered: &Entered) -> Option<Date> {
    entered.from.as_deref().and_then(|it| it.parse().ok())
}

/// When somebody registered: the first day that is known of them.
fn registered(person: &[Entered]) -> Option<Date> {
    person.first().and_then(day_of)
}

/// Stages that the service can know, each with those of the monitor that were reached with it.
const REACHED: &[(Known, Stage)] = &[
    (Known::Aangemeld, Stage::Aangemeld),
    (Known::Intake, Stage::Aangemeld),
    (Known::Voortraject, Stage::Voortraject),
    (Known::Assessment, Stage::Voortraject),
    (Known::Opleiding, Stage::Opleiding),
    (Known::Jaar2, Stage::Jaar2),
    (Known::Diploma, Stage::Diploma),
];

/// Months of training within which a diploma is on time.
const ON_TIME: i32 = 24;

fn add(wave: &mut WaveCounts, person: &[Entered], day: Date) {
    let so_far = || person.iter().filter(|it| day_of(it).is_none_or(|from| from <= day));
    let stopped = so_far().next_back().filter(|it| it.stage == Known::Gestopt);
    let mut reached = so_far()
        .filter_map(|it| REACHED.iter().find(|(known, _)| *known == it.stage).map(|(_, stage)| *stage))
        .max_by_key(|stage| *stage as usize)
        .unwrap_or(Stage::Aangemeld);
    // Who was turned down had the intake.
    if reached == Stage::Aangemeld && stopped.is_some_and(|it| it.reason == Some(Why::IntakeAfgewezen)) {
        reached = Stage::Intake;
    }
    let began = so_far().find(|it| it.stage == Known::Opleiding).and_then(day_of);
    let limit = began.and_then(|it| it.checked_add(Span::new().months(ON_TIME)).ok());
    let late = |at: Option<Date>| limit.zip(at).is_some_and(|(limit, at)| at > limit);
    let graduated = so_far().find(|it| it.stage == Known::Diploma).and_then(day_of);
    if reached == Stage::Diploma && late(graduated) {
        reached = Stage::DiplomaLater;
    }
    for stage in [Stage::Aangemeld, Stage::Intake, Stage::Voortraject, Stage::Assessment, Stage::Opleiding, Stage::Jaar2] {
        *wave.counts[stage as usize].get_or_insert(0) += u32::from(reached as usize >= stage as usize);
    }
    for stage in [Stage::Diploma, Stage::DiplomaLater] {
        *wave.counts[stage as usize].get_or_insert(0) += u32::from(reached == stage);
    }
    match stopped {
        Some(it) => stop(wave, reached, it.reason),
        None => {
            let next = match reached {
                Stage::Aangemeld => Some(Stage::Intake),
                Stage::Intake => Some(Stage::Voortraject),
                Stage::Voortraject => Some(Stage::Assessment),
                Stage::Opleiding => Some(Stage::Jaar2),
                Stage::Jaar2 if late(Some(day)) => Some(Stage::DiplomaLater),
                Stage::Jaar2 => Some(Stage::Diploma),
                _ => None,
            };
            if let Some(next) = next {
                wave.open[next as usize] += 1;
            }
        }
    }
}

fn stop(wave: &mut WaveCounts, after: Stage, reason: Option<Why>) {
    let reason = reason_of(reason.unwrap_or(Why::Onbekend));
    match wave.stopped.iter_mut().find(|(stage, why, _)| (*stage, *why) == (after, reason)) {
        Some((.., count)) => *count += 1,
        None => wave.stopped.push((after, reason, 1)),
    }
    wave.stopped.sort_by_key(|(stage, why, _)| (*stage as usize, *why as usize));
}

/// A reason of the register as the monitor counts it.
fn reason_of(reason: Why) -> StopReason {
    match reason {
        Why::EigenKeuze => StopReason::Verwachting,
        Why::AnderWerk => StopReason::AnderWerk,
        Why::Persoonlijk => StopReason::Prive,
        Why::Verhuizing => StopReason::Verhuisd,
        Why::NietTeCombineren => StopReason::TeZwaar,
        Why::IntakeAfgewezen | Why::AssessmentNietGehaald | Why::StudieNietGehaald | Why::PraktijkNietGehaald => StopReason::Ongeschikt,
        Why::GeenPlek | Why::GeenContact | Why::Uitval | Why::Anders | Why::Onbekend => StopReason::Onbekend,
    }
}

/// A number that was completed takes the place of what was counted; nobody is under way to a stage that was counted by hand.
fn complete(wave: &mut WaveCounts, it: &Completed, all: &[Completed]) {
    let number = u32::try_from(it.number).unwrap_or(u32::MAX);
    if let Some(stage) = Stage::parse(&it.what) {
        wave.counts[stage as usize] = Some(number);
        wave.open[stage as usize] = 0;
    }
    let of = |what: &str| all.iter().find(|other| other.wave == it.wave && other.what == what).map(|other| other.number);
    if let (Some(answers), Some(sum)) = (of(ANSWERS[0]), of(ANSWERS[1])) {
        wave.satisfaction = Some((u32::try_from(answers).unwrap_or(u32::MAX), sum));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(steps: &[(Known, &str)], reason: Option<Why>) -> Vec<Entered> {
        let step = |(stage, from): &(Known, &str)| Entered {
            stage: *stage,
            from: Some((*from).to_owned()).filter(|it| !it.is_empty()),
            reason: reason.filter(|_| *stage == Known::Gestopt),
        };
        steps.iter().map(step).collect()
    }

    #[test]
    fn everybody_is_counted_once_as_far_as_they_came_by_the_day() {
        let people = [
            person(&[(Known::Aangemeld, "2024-09-01")], None),
            person(
                &[(Known::Aangemeld, "2024-09-01"), (Known::Intake, "2024-09-09"), (Known::Gestopt, "2024-09-10")],
                Some(Why::IntakeAfgewezen),
            ),
            person(&[(Known::Aangemeld, "2024-10-01"), (Known::Voortraject, "2024-11-01"), (Known::Assessment, "2024-12-01")], None),
            person(&[(Known::Aangemeld, "2024-10-01"), (Known::Opleiding, "2025-02-01"), (Known::Jaar2, "2026-02-01")], None),
            person(&[(Known::Aangemeld, "2024-10-01"), (Known::Opleiding, "2025-02-01"), (Known::Diploma, "2027-02-02")], None),
            person(&[(Known::Aangemeld, "2025-03-01")], None),
            person(&[(Known::Aangemeld, "2028-03-01")], None),
            person(&[(Known::Aangemeld, "")], None),
        ];
        let (monitor, undated) = counted(&people, &[], "2027-03-01".parse().expect("a day"));
        assert_eq!((undated, monitor.waves.iter().map(|it| it.id.as_str()).collect::<Vec<_>>()), (1, vec!["2024-2", "2024-1"]));
        let wave = &monitor.waves[1];
        let counts: Vec<u32> = wave.counts.iter().flatten().copied().collect();
        assert_eq!(counts, [5, 4, 3, 2, 2, 2, 0, 1]);
        // Registered, being assessed, and in the second year more than 24 months after training began.
        assert_eq!([Stage::Intake, Stage::Assessment, Stage::Diploma, Stage::DiplomaLater].map(|it| wave.still_open(it)), [1, 1, 0, 1]);
        assert_eq!(wave.stopped, [(Stage::Intake, StopReason::Ongeschikt, 1)]);
    }

    #[test]
    fn what_is_completed_by_hand_counts_instead() {
        let of = |what: &str, number| Completed { wave: "2024-1".into(), what: what.into(), number };
        let people = [person(&[(Known::Aangemeld, "2024-09-01")], None)];
        let hand = [of("inductie", 3), of("intake", 1), of("antwoorden", 10), of("som_tienden", 810)];
        let (monitor, _) = counted(&people, &hand, "2027-03-01".parse().expect("a day"));
        let wave = &monitor.waves[0];
        assert_eq!((wave.count(Stage::Inductie), wave.count(Stage::Intake), wave.still_open(Stage::Intake)), (Some(3), Some(1), 0));
        assert_eq!(wave.satisfaction, Some((10, 810)));
    }
}
