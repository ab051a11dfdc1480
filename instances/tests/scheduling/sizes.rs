//! What rosters of the sizes of a year take; `cargo test -p loket-instances --test scheduling -- --ignored --nocapture sizes`, with `LOKET_SIZE`,
//! `LOKET_KIND` and `LOKET_SECONDS`.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use loket_instances::generate::rosters::roster;
use loket_instances::scheduling::examine::examine;
use loket_instances::scheduling::outcome::{Technique, compose, to_json};
use loket_instances::scheduling::roster_file::read_roster;
use loket_solver::common::control::{Control, Progress, Unhurried};
use loket_solver::common::words::Word;
use loket_solver::scheduling::facts::codes::Kind;
use loket_solver::scheduling::facts::ids::UnitId;
use loket_solver::scheduling::facts::outcome::Verdict;
use loket_solver::scheduling::facts::part::coaches;
use loket_solver::scheduling::facts::plan::Block;
use loket_solver::scheduling::judge::Judge;
use loket_solver::scheduling::solve::solve;
use serde_json::{Value, json};

use crate::random::number;
use crate::wild;

struct Clock(Instant, Duration);

impl Control for Clock {
    fn stopped(&self) -> bool {
        false
    }
    fn left(&self) -> Option<Duration> {
        Some(self.1.saturating_sub(self.0.elapsed()))
    }
    fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }
    fn progress(&self, progress: &Progress<'_>) {
        let Progress { name, value, bound, columns, .. } = progress;
        println!("   {:>7.1} s  {name}: {value:?} of at most {bound:?}, {columns} columns", self.0.elapsed().as_secs_f64());
    }
}

#[test]
#[ignore = "takes minutes; prints how long, and holds what came of it against the roster"]
fn sizes() {
    let size = u32::try_from(number("LOKET_SIZE", 0)).ok().filter(|size| *size > 0);
    let kinds = std::env::var("LOKET_KIND").ok().and_then(|kind| Kind::parse(&kind)).map_or(Kind::ALL.to_vec(), |kind| vec![kind]);
    for kind in kinds {
        let file = serde_json::to_vec(&roster(kind, size, number("LOKET_SEED", 1))).expect("JSON");
        let loaded = read_roster(&file).unwrap_or_else(|refusal| panic!("{refusal}"));
        let clock = Clock(Instant::now(), Duration::from_secs(number("LOKET_SECONDS", 60)));
        println!("{} ({} units)", kind.code(), loaded.roster.units.len());
        let outcome = solve(&loaded.roster, &clock);
        let proven = outcome.goals.iter().filter(|goal| goal.proven()).count();
        let technique = Technique { version: "0".into(), engine: String::new(), seed: 1, seconds: 0.0, memory_mib: None };
        let told = serde_json::to_vec(&to_json(&compose(&loaded, &outcome, &technique))).expect("JSON");
        assert_eq!(examine(&loaded, &told), Vec::new(), "{}", kind.code());
        println!("   {:?}: {proven} of {} goals proven in {:.1} s", outcome.verdict, outcome.goals.len(), clock.0.elapsed().as_secs_f64());
    }
}

/// Out of time at once: the plan is checked, and nothing that is not known is called proven.
#[test]
fn a_stopped_solve_claims_nothing() {
    for kind in ["gesprekken", "intervisie", "bezoeken", "aanbod"] {
        for nth in 0..number("LOKET_ROSTERS", 40) {
            let file = wild::roster(kind, nth);
            let loaded = read_roster(&serde_json::to_vec(&file).expect("JSON")).unwrap_or_else(|refusal| panic!("{refusal}"));
            let proven = solve(&loaded.roster, &Unhurried);
            let stopped = solve(&loaded.roster, &Clock(Instant::now(), Duration::ZERO));
            assert!(!stopped.verdict.proven() || stopped.verdict == proven.verdict, "{file}");
            for (at, (known, truth)) in stopped.goals.iter().zip(&proven.goals).enumerate() {
                assert!(known.bound >= truth.best || stopped.goals[..at].iter().any(|goal| !goal.proven()), "{known:?} {truth:?} {file}");
                assert!(!known.proven() || known.best == truth.best, "{known:?} {truth:?} {file}");
            }
        }
    }
}

/// Stops at the time after so many that it is asked.
pub struct After(pub AtomicU64, pub u64);

impl Control for After {
    fn stopped(&self) -> bool {
        self.0.fetch_add(1, Ordering::Relaxed) >= self.1
    }
    fn left(&self) -> Option<Duration> {
        None
    }
    fn elapsed(&self) -> Duration {
        Duration::ZERO
    }
}

/// Stopped at the first question, with more coaches than threads: everybody who can be visited is, what is locked and agreed included.
#[test]
fn visits_that_are_stopped_at_once_have_a_plan_for_every_coach() {
    let at_once = |file: &Value| {
        let loaded = read_roster(&serde_json::to_vec(file).expect("JSON")).unwrap_or_else(|refusal| panic!("{refusal}"));
        let outcome = solve(&loaded.roster, &After(AtomicU64::new(0), 0));
        let plan = outcome.plan.clone().unwrap_or_else(|| panic!("{:?}", outcome.verdict));
        let visits = loaded.roster.visits().expect("visits").clone();
        for coach in coaches(&loaded.roster) {
            let own = |block: &&Block| block.members.iter().any(|&unit| visits.placements[unit].coach == coach);
            let made: usize = plan.blocks.iter().filter(own).map(|block| block.members.len()).sum();
            assert!(made >= 9, "{made} visits of {}", loaded.roster.people[coach].id);
        }
        let findings = Judge::new(&loaded.roster).findings(&plan, outcome.least_changes.as_deref());
        assert_eq!(findings.breaches, Vec::new());
        let last = |unit: UnitId| plan.with(unit).last().and_then(|block| block.place.moment());
        let rows = loaded.roster.units.pairs();
        let rows = rows.filter_map(|(unit, row)| Some(json!({ "plaatsing": row.id, "dagdeel": last(unit)?.to_string() })));
        (outcome, rows.collect::<Vec<Value>>())
    };
    let mut file = roster(Kind::Visits, Some(9), 1);
    let (free, rows) = at_once(&file);
    assert!(free.verdict == Verdict::Feasible && rows.len() > 70, "{:?}, {} placements are visited", free.verdict, rows.len());
    file["vast"] = json!(rows);
    let (locked, _) = at_once(&file);
    assert_eq!(locked.verdict, Verdict::Feasible);
    // What can all be kept is: so the fewest changes are known without a search.
    file["vast"] = json!([]);
    file["vorig"] = rows
        .into_iter()
        .map(|mut row| {
            row["status"] = json!("akkoord");
            row
        })
        .collect();
    file["beleid"] = json!({ "max_wijzigingen": 0 });
    let (kept, _) = at_once(&file);
    assert_eq!((kept.verdict, kept.least_changes), (Verdict::Feasible, Some(vec![0; 9])));
}

/// Stopped on the way: every bound is true as long as the goals before it are proven, and what is called proven is.
#[test]
fn a_solve_that_is_stopped_on_the_way_tells_nothing_untrue() {
    let mut open = 0;
    for kind in ["gesprekken", "intervisie", "bezoeken", "aanbod"] {
        for nth in 0..number("LOKET_ROSTERS", 20) {
            let file = wild::roster(kind, nth);
            let loaded = read_roster(&serde_json::to_vec(&file).expect("JSON")).unwrap_or_else(|refusal| panic!("{refusal}"));
            let truth = solve(&loaded.roster, &Unhurried);
            for asked in [1, 3, 6, 10, 15, 25, 40] {
                let stopped = solve(&loaded.roster, &After(AtomicU64::new(0), asked));
                for (at, (known, true_goal)) in stopped.goals.iter().zip(&truth.goals).enumerate() {
                    let sure = stopped.goals[..at].iter().all(|goal| goal.proven());
                    assert!(!sure || (known.best <= true_goal.best && known.bound >= true_goal.best), "{known:?} {true_goal:?} {file}");
                    assert!(!known.proven() || known.best == true_goal.best, "{known:?} {true_goal:?} {file}");
                    open += u32::from(!known.proven());
                }
            }
        }
    }
    assert!(open > 100, "{open} goals were left open");
}

/// Interviews and peer groups are answered by counts alone: the full formulation, which would be written down when they did not answer, has more
/// columns than this.
#[test]
fn counts_answer_what_is_asked_of_interviews_and_peer_groups() {
    for (kind, size, most) in [(Kind::Interviews, 24, 1_500), (Kind::PeerGroups, 36, 2_000)] {
        let file = serde_json::to_vec(&roster(kind, Some(size), 1)).expect("JSON");
        let loaded = read_roster(&file).unwrap_or_else(|refusal| panic!("{refusal}"));
        let outcome = solve(&loaded.roster, &Unhurried);
        assert!(outcome.verdict.proven(), "{:?}", outcome.verdict);
        assert!(outcome.work.columns <= most, "{} columns of {}", outcome.work.columns, kind.code());
    }
}
