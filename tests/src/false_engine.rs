//! An engine that answers wrongly on purpose: the run counts a repair, and nothing it says is proven by the wrong answer.

use loket_instances::generate;
use loket_solver::common::control::Unhurried;
use loket_solver::matching::facts::outcome::Verdict;
use loket_solver::matching::judge;
use loket_solver::matching::solve::tuning::{Lie, Tuning};
use loket_solver::matching::solve::{Options, solve};

use crate::support::{load, nth_seed, seed};

/// Waves on which every lie is told, and how many at most until enough runs were repaired.
const WAVES: (u64, u64) = (60, 180);

/// So many runs in which the lie is found out.
const FOUND: u64 = 6;

#[test]
fn a_wrong_answer_of_the_engine_counts_as_a_repair_and_proves_nothing() {
    let first = seed();
    println!("LOKET_SEED={first}");
    for lie in [Lie::Infeasible, Lie::TooLow, Lie::Start, Lie::Crowded] {
        let (mut repaired, mut unproven, mut waves) = (0, 0, 0);
        for n in 0..WAVES.1 {
            if n >= WAVES.0 && repaired >= FOUND && unproven > 0 {
                break;
            }
            waves += 1;
            let wave_seed = nth_seed(first, 900_000 + n);
            let loaded = load(&if n.is_multiple_of(2) { generate::small(wave_seed) } else { generate::tiny(wave_seed) });
            let wave = &loaded.wave;
            let honest = solve(wave, &Options::default(), &Unhurried);
            // Cuts and prices prove most blocks of small waves, so that branch and bound is seldom asked: most do without.
            let tuning = Tuning { lie: Some(lie), cuts: n.is_multiple_of(6), ..Tuning::low() };
            let lied = solve(wave, &Options { tuning, ..Options::default() }, &Unhurried);
            let what = format!("{lie:?}, wave of seed {wave_seed}: {:?} against {:?}", lied.goals, honest.goals);
            repaired += u64::from(lied.work.repairs > 0);
            if honest.verdict == Verdict::Impossible {
                assert_ne!(lied.verdict, Verdict::Optimal, "{what}");
                continue;
            }
            assert_ne!(lied.verdict, Verdict::Impossible, "{what}");
            if let Some(plan) = &lied.plan {
                assert!(judge::judge(wave, plan, honest.least_changes).breaches.is_empty(), "{what}");
            }
            // Up to the first goal that is not proven, and of that one, best and bound enclose the true value; after it, the bound does.
            let mut sure = true;
            for (told, truth) in lied.goals.iter().zip(&honest.goals) {
                assert!(told.bound >= truth.best && (!sure || told.best <= truth.best), "{what}");
                sure &= told.proven();
                unproven += u64::from(!told.proven());
            }
        }
        println!("{lie:?}: {repaired} of {waves} runs repaired, {unproven} goals not proven");
        assert!(repaired >= FOUND && unproven > 0, "{lie:?} is told and found out: {repaired} repaired, {unproven} not proven");
    }
}
