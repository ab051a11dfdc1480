//! What one more room, half-day or person brings, held against brute force on tiny rosters.

use std::sync::atomic::AtomicU64;

use loket_instances::scheduling::roster_file::read_roster;
use loket_solver::common::control::Unhurried;
use loket_solver::scheduling::ask::scarcity::{Gain, More, brings, offered, with};
use loket_solver::scheduling::solve::solve;

use crate::brute::{Answer, answer};
use crate::random::{number, seed};
use crate::sizes::After;
use crate::wild;

/// How many answers were exact and other than nothing, and how many were bounds.
#[derive(Default)]
struct Counts {
    looked: u32,
    gained: u32,
    bounds: u32,
}

fn held(kind: &str, counts: &mut Counts) {
    let (seed, many) = (seed(), number("LOKET_ROSTERS", 30));
    println!("{kind}: LOKET_SEED={seed} LOKET_ROSTERS={many}");
    for nth in 0..many {
        let file = wild::roster(kind, seed * 1_000_000 + nth);
        let loaded = read_roster(&serde_json::to_vec(&file).expect("JSON")).unwrap_or_else(|refusal| panic!("{refusal}"));
        let roster = &loaded.roster;
        let Some(Answer::Best { values: now, .. }) = answer(roster) else { continue };
        let outcome = solve(roster, &Unhurried);
        let all = offered(roster);
        // Some of each, others with each roster.
        let some: Vec<More> = all.iter().copied().skip(usize::try_from(nth).expect("small") % 3).step_by(3).take(4).collect();
        for more in some {
            let Some(Answer::Best { values: then, .. }) = answer(&with(roster, more)) else { continue };
            let truth: Vec<i64> = then.iter().zip(&now).map(|(then, now)| then - now).collect();
            let exact: Vec<Gain> = truth.iter().copied().map(Gain::Exact).collect();
            assert_eq!(brings(roster, &outcome.goals, more, &Unhurried), exact, "{more:?} {file}");
            counts.looked += 1;
            counts.gained += u32::from(truth.iter().any(|gain| *gain != 0));
            // Stopped on the way it says less, and nothing untrue.
            for asked in [1, 8, 20] {
                let told = brings(roster, &outcome.goals, more, &After(AtomicU64::new(0), asked));
                for (gain, truth) in told.iter().zip(&truth) {
                    let holds = match *gain {
                        Gain::Exact(gain) => gain == *truth,
                        Gain::Between(least, most) => least <= *truth && *truth <= most,
                        Gain::Unknown => true,
                    };
                    assert!(holds, "{told:?} {truth} {more:?} {file}");
                    counts.bounds += u32::from(matches!(gain, Gain::Between(..)));
                }
            }
        }
    }
}

#[test]
fn what_one_more_brings_is_what_brute_force_says() {
    let mut counts = Counts::default();
    for kind in ["gesprekken", "intervisie", "bezoeken", "aanbod"] {
        let before = counts.looked;
        held(kind, &mut counts);
        assert!(counts.looked > before, "{kind}: nothing could be counted");
    }
    println!("{} questions, {} gained something, {} bounds", counts.looked, counts.gained, counts.bounds);
    assert!(counts.gained > 10 && counts.bounds > 0, "{} {}", counts.gained, counts.bounds);
}
