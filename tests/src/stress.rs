//! The stress test against the file route and against brute force: the same fewest changes, the same people left, a stand-by that is true.

use loket_instances::generate;
use loket_instances::matching::rerun::Request;
use loket_instances::matching::wave_file::WaveFile;
use loket_solver::common::control::{Control, Unhurried};
use loket_solver::matching::ask::rerun::batch::solve_from;
use loket_solver::matching::ask::rerun::carried;
use loket_solver::matching::ask::rerun::dropout::{Gone, rerun_of, without};
use loket_solver::matching::ask::stress::stress;
use loket_solver::matching::facts::outcome::Verdict;
use loket_solver::matching::facts::plan::Placement;
use loket_solver::matching::facts::words::Status;
use loket_solver::matching::judge;

use crate::brute::{self, Answer};
use crate::rerun::{keep, of, solved};
use crate::support::{by_id, explain_count, load, names, nth_seed, seed};

#[test]
fn every_spot_is_what_the_rerun_of_the_file_says_and_brute_force_agrees() {
    let (base, count) = (seed(), explain_count());
    let (mut spots, mut compared) = (0, 0);
    for n in 0..count {
        let wave_seed = nth_seed(base, n);
        let Some(case) = solved(wave_seed) else { continue };
        let wave = &case.loaded.wave;
        let found = stress(wave, &case.plan, true, Status::Akkoord, &Unhurried, &|_, _| {});
        assert!(found.complete);
        let rerun = rerun_of(wave, &case.plan, Status::Akkoord);
        for spot in &found.spots {
            spots += 1;
            let mut request = Request { budget: loket_instances::matching::rerun::Budget::AtMost(0), ..Request::default() };
            match spot.gone {
                Gone::Coach(coach) => request.without_coaches.push(wave.coaches[coach].id.clone()),
                Gone::School(school) => request.without_schools.push(wave.schools[school].id.clone()),
            }
            let told = || format!("seed {wave_seed} ({}), {:?}", keep(wave_seed), spot.gone);
            let edited = case.file.rerun(&case.loaded, &case.outcome, &request).expect("what drops out is there");
            let bytes = edited.wave.write();
            // An own goal called afspraken is refused in a file; the stress test needs no file.
            let Ok(after) = loket_instances::matching::read::read_wave(&bytes) else { continue };
            let start = carried(wave, &case.plan, &after.wave);
            let outcome = solve_from(&after.wave, Some(start), &Unhurried);
            assert_eq!(spot.verdict, outcome.verdict, "{}", told());
            let dropped = without(&rerun, spot.gone);
            let Some(truth) = brute::answer(&dropped) else { continue };
            compared += 1;
            match (&truth, &outcome.plan) {
                (Answer::Impossible { .. }, plan) => assert!(plan.is_none() && spot.verdict == Verdict::Impossible, "{}", told()),
                (Answer::Best { .. }, None) => panic!("{}: no plan", told()),
                (Answer::Best { values, least_changes }, Some(plan)) => {
                    assert_eq!(Some(spot.changed.len()), least_changes.map(|it| it as usize), "{}", told());
                    let goals: Vec<i64> = outcome.goals.iter().map(|goal| goal.best).collect();
                    assert_eq!(goals, *values, "{}", told());
                    let now: Vec<i64> = spot.goals.iter().map(|(_, now)| *now).collect();
                    assert_eq!(now, judge::judge(&after.wave, plan, None).values, "{}", told());
                    let before = by_id(wave, &case.plan);
                    let left: Vec<String> = names(wave, &spot.left);
                    let right: Vec<String> = wave
                        .candidates_by_row()
                        .into_iter()
                        .map(|it| wave.candidates[it].id.clone())
                        .filter(|id| before.contains_key(id) && !by_id(&after.wave, plan).contains_key(id))
                        .collect();
                    assert_eq!(left, right, "{}", told());
                    assert_eq!(names(wave, &spot.changed).len(), judge::changes(&after.wave, plan).changed.len(), "{}", told());
                }
            }
        }
    }
    println!("LOKET_SEED={base} LOKET_EXPLAIN={count}: {spots} drop-outs, {compared} of them against brute force");
    assert!(compared > count / 2, "most drop-outs can be enumerated");
}

#[test]
fn a_stand_by_takes_over_most_and_could_take_whom_the_pair_rules_allow() {
    let base = seed();
    let mut seen = 0;
    for n in 0..explain_count() {
        let Some(case) = solved(nth_seed(base, n)) else { continue };
        let wave = &case.loaded.wave;
        let found = stress(wave, &case.plan, false, Status::Akkoord, &Unhurried, &|_, _| {});
        let rerun = rerun_of(wave, &case.plan, Status::Akkoord);
        for spot in found.spots.iter().filter(|spot| spot.verdict == Verdict::Optimal) {
            let Gone::Coach(gone) = spot.gone else { panic!("no schools were asked for") };
            let dropped = without(&rerun, spot.gone);
            let counts = |coach| {
                let takes = spot.people.iter().filter(|(_, _, to)| to.is_some_and(|to| to.coach == coach)).count();
                let fits = |&&(who, from, _): &&(_, Placement, _)| judge::allowed(&dropped, who, Placement { seat: from.seat, coach });
                (takes, spot.people.iter().filter(fits).count())
            };
            let others: Vec<_> = wave.coaches.ids().filter(|&coach| coach != gone).map(counts).collect();
            match spot.stand_by {
                None => assert!(others.iter().all(|&it| it == (0, 0))),
                Some(stand_by) => {
                    seen += 1;
                    assert_ne!(stand_by.coach, gone);
                    assert_eq!((stand_by.takes, stand_by.could), counts(stand_by.coach));
                    assert!(others.iter().all(|&it| it <= (stand_by.takes, stand_by.could)));
                }
            }
        }
        if let Some(weakest) = found.weakest.map(|at| &found.spots[at]) {
            let weight =
                |it: &loket_solver::matching::ask::stress::Spot| (it.verdict == Verdict::Impossible, it.left.len(), it.changed.len());
            assert!(found.spots.iter().all(|it| weight(it) <= weight(weakest)));
        }
    }
    assert!(seen > 0);
}

/// Wants to stop at once.
struct Stopped;

impl Control for Stopped {
    fn stopped(&self) -> bool {
        true
    }
    fn left(&self) -> Option<std::time::Duration> {
        None
    }
    fn elapsed(&self) -> std::time::Duration {
        std::time::Duration::ZERO
    }
}

#[test]
fn a_stress_test_that_is_stopped_says_that_it_is_not_complete() {
    let case = of(&generate::tiny(3)).or_else(|| of(&generate::tiny(4))).expect("one of them can be solved");
    let found = stress(&case.loaded.wave, &case.plan, true, Status::Akkoord, &Stopped, &|_, _| {});
    assert!(!found.complete && found.spots.is_empty() && found.weakest.is_none());
}

/// Wants to stop from its n-th question on.
struct StopAt(std::sync::atomic::AtomicU64);

impl Control for StopAt {
    fn stopped(&self) -> bool {
        use std::sync::atomic::Ordering::SeqCst;
        self.0.fetch_update(SeqCst, SeqCst, |left| left.checked_sub(1)).is_err()
    }
    fn left(&self) -> Option<std::time::Duration> {
        None
    }
    fn elapsed(&self) -> std::time::Duration {
        std::time::Duration::ZERO
    }
}

#[test]
fn what_was_stopped_before_it_had_a_plan_is_never_called_the_weakest() {
    let (mut cut, mut weakest) = (0, 0);
    for seed in 3..20 {
        let Some(case) = of(&generate::tiny(seed)) else { continue };
        for asked in 1..60 {
            let found = stress(&case.loaded.wave, &case.plan, true, Status::Akkoord, &StopAt(asked.into()), &|_, _| {});
            cut += found.spots.iter().filter(|it| it.verdict == Verdict::Stopped).count();
            if let Some(at) = found.weakest {
                weakest += 1;
                assert_ne!(found.spots[at].verdict, Verdict::Stopped, "seed {seed}, stopped at question {asked}");
            }
        }
    }
    assert!(cut > 0 && weakest > 0, "{cut} spots were cut off, {weakest} times one was the weakest");
}

#[test]
fn in_a_city_of_forty_both_routes_place_the_same_people_at_the_same_places() {
    let mut options = generate::Options::new(generate::Preset::Amsterdam);
    options.candidates = Some(40);
    options.coaches = Some(5);
    let json = generate::generate(&options);
    let bytes = serde_json::to_vec(&json).expect("a JSON value is written");
    let loaded = load(&json);
    let solved = loket_solver::matching::solve::solve(&loaded.wave, &loket_solver::matching::solve::Options::default(), &Unhurried);
    let technique = loket_instances::matching::outcome::Technique {
        version: "proef".into(),
        engine: "proef".into(),
        seed: 1,
        seconds: 0.0,
        memory_mib: None,
    };
    let outcome = loket_instances::matching::outcome::compose(&loaded, &solved, &technique);
    let file = WaveFile::read(&bytes).expect("a wave file");
    let plan = solved.plan.expect("a city has a plan");
    let found = stress(&loaded.wave, &plan, false, Status::Akkoord, &Unhurried, &|_, _| {});
    for spot in &found.spots {
        let Gone::Coach(coach) = spot.gone else { panic!("no schools were asked for") };
        let request = Request { without_coaches: vec![loaded.wave.coaches[coach].id.clone()], ..Request::default() };
        let edited = file.rerun(&loaded, &outcome, &request).expect("the coach is there");
        let after = load(&edited.wave.to_json());
        let again = solve_from(&after.wave, Some(carried(&loaded.wave, &plan, &after.wave)), &Unhurried);
        let there = by_id(&after.wave, again.plan.as_ref().expect("a plan"));
        for &(candidate, _, to) in &spot.people {
            let id = &loaded.wave.candidates[candidate].id;
            let here = to.map(|to| {
                let seat = &loaded.wave.seats[to.seat];
                (loaded.wave.schools[seat.school].id.clone(), seat.id.clone(), loaded.wave.coaches[to.coach].id.clone())
            });
            assert_eq!(here.as_ref(), there.get(id), "{id}, coach {}", loaded.wave.coaches[coach].id);
        }
    }
}
