//! The reader takes every generated and every hand-made wave: no problems, and only notices about ids that are meant to be unknown.

use loket_solver::matching::facts::ids::CandidateId;
use loket_solver::matching::facts::plan::{Placement, Plan, empty};
use loket_solver::matching::facts::wave::Wave;
use loket_solver::matching::judge::{Judge, allowed, blocking};
use serde_json::Value;

use super::*;
use crate::matching::read::{Loaded, read_wave};
use crate::strict::problem::Notice;
use crate::words::reasons::codes;

fn read(name: &str, wave: &Value) -> Loaded {
    let bytes = serde_json::to_vec(wave).unwrap();
    read_wave(&bytes).unwrap_or_else(|refusal| panic!("{name}: {:#?}", refusal.problems))
}

fn quiet(notices: &[Notice], allowed: &[&str]) {
    for notice in notices {
        let known = allowed.iter().any(|part| notice.pointer.contains(part));
        assert!(known, "{}: {}", notice.pointer, notice.text);
    }
}

#[test]
fn presets_are_read_without_a_notice() {
    for preset in Preset::ALL {
        for phases in [PhaseMix::One, PhaseMix::Mixed] {
            let wave = generate(&Options { phases, tightness: 75, ..Options::new(preset) });
            let loaded = read(preset.code(), &wave);
            quiet(&loaded.notices, &[]);
            assert_eq!(loaded.wave.candidates.len(), rows(&wave, "kandidaten"));
        }
    }
}

fn rows(wave: &Value, key: &str) -> usize {
    wave[key].as_array().map_or(0, Vec::len)
}

#[test]
fn odd_sizes_are_read_too() {
    for (candidates, schools, coaches) in [(0, 0, 0), (1, 1, 1), (3, 0, 2), (0, 5, 3), (20, 1, 2), (12, 400, 0)] {
        let options = Options {
            candidates: Some(candidates),
            schools: Some(schools),
            coaches: Some(coaches),
            rerun: Some(Rerun::default()),
            ..Options::new(Preset::Regio)
        };
        let wave = generate(&options);
        let loaded = read("klein", &wave);
        // A list without which nobody is placed is told, and nothing else is.
        let (empty, others): (Vec<Notice>, Vec<Notice>) = loaded.notices.into_iter().partition(|notice| notice.code == "leeg");
        let seats: u32 = loaded.wave.seats.iter().map(|seat| seat.count).sum();
        let there = |key: &str| rows(&wave, key) > 0 && (key != "scholen" || seats > 0);
        let wanted: Vec<String> =
            ["coaches", "kandidaten", "scholen"].into_iter().filter(|key| !there(key)).map(|key| format!("/{key}")).collect();
        assert_eq!(empty.into_iter().map(|notice| notice.pointer).collect::<Vec<_>>(), wanted);
        quiet(&others, &["/vorig_plan/", "/huidige_coach"]);
    }
}

#[test]
fn a_rerun_only_misses_the_coaches_that_dropped_out() {
    let rerun = Some(Rerun { dropped_coaches: 3, ..Rerun::default() });
    let wave = generate(&Options { rerun, ..Options::new(Preset::Amsterdam) });
    let loaded = read("herstel", &wave);
    assert!(!loaded.notices.is_empty());
    quiet(&loaded.notices, &["/coach", "/huidige_coach"]);
    // The rest of the earlier plan still stands: every entry whose coach is there is a placement that the pair rules allow.
    let wave = &loaded.wave;
    for id in wave.candidates.ids() {
        if let Some(previous) = &wave.candidates[id].previous
            && let (Some(seat), Some(coach)) = (previous.seat.known(), previous.coach.known())
        {
            let against = blocking(wave, id, Placement { seat, coach });
            assert!(against.iter().all(|code| BY_CHANCE.contains(&code.code())), "{against:?}");
        }
    }
}

/// Rules that the earlier plan was made without: they came later, so to say.
const BY_CHANCE: [&str; 5] = ["kwaliteit", "noodplan", "uitsluiting", "dagdelen", "coach-eis"];

#[test]
fn tiny_and_small_waves_are_read() {
    for seed in 0..1000 {
        read(&format!("tiny {seed}"), &tiny(seed));
    }
    for seed in 0..200 {
        read(&format!("small {seed}"), &small(seed));
    }
}

fn hand_made(name: &str) -> Wave {
    let path = format!("{}/waves/{name}.json", env!("CARGO_MANIFEST_DIR"));
    let bytes = std::fs::read(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let loaded = read_wave(&bytes).unwrap_or_else(|refusal| panic!("{name}: {:#?}", refusal.problems));
    let allowed: &[&str] = if name == "coach-valt-uit" { &["/coach", "/huidige_coach"] } else { &[] };
    quiet(&loaded.notices, allowed);
    loaded.wave
}

/// A candidate's placements that the pair rules allow, overruled ones included.
fn possible(wave: &Wave, candidate: CandidateId) -> Vec<Placement> {
    let all = wave.seats.ids().flat_map(|seat| wave.coaches.ids().map(move |coach| Placement { seat, coach }));
    all.filter(|&placement| allowed(wave, candidate, placement)).collect()
}

/// Every plan that obeys the rules with at most `changes` people changed, by trying all.
fn plans(wave: &Wave, changes: Option<usize>) -> Vec<Plan> {
    let mut plans = vec![empty(wave)];
    for candidate in wave.candidates.ids() {
        let placements = possible(wave, candidate);
        plans = plans
            .iter()
            .flat_map(|plan| {
                let with = placements.iter().map(|&placement| {
                    let mut plan = plan.clone();
                    plan[candidate] = Some(placement);
                    plan
                });
                with.chain([plan.clone()])
            })
            .collect();
    }
    let judge = Judge::new(wave);
    let least = changes.map(|_| 0);
    plans.retain(|plan| judge.obeys(plan, least) && changes.is_none_or(|most| judge.change_count(plan) <= most));
    plans
}

/// The best of these plans, goal after goal with its tolerance.
fn best(wave: &Wave, mut plans: Vec<Plan>) -> Vec<Plan> {
    let judge = Judge::new(wave);
    for (at, goal) in wave.policy.goals.iter().enumerate() {
        let top = plans.iter().map(|plan| judge.values(plan)[at]).max().unwrap_or(0);
        let last = at + 1 == wave.policy.goals.len();
        let floor = if last { top } else { goal.floor(top) };
        plans.retain(|plan| judge.values(plan)[at] >= floor);
    }
    plans
}

fn who(wave: &Wave, id: &str) -> CandidateId {
    wave.candidates.ids().find(|&one| wave.candidates[one].id == id).unwrap()
}

fn placed(plan: &Plan) -> usize {
    plan.iter().filter(|placement| placement.is_some()).count()
}

/// School and coach of somebody, by id.
fn at<'a>(wave: &'a Wave, plan: &Plan, id: &str) -> (&'a str, &'a str) {
    let placement = plan[who(wave, id)].unwrap();
    (&wave.schools[placement.school(wave)].id, &wave.coaches[placement.coach].id)
}

#[test]
fn every_hand_made_wave_is_read_and_named_in_the_readme() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/waves");
    let readme = std::fs::read_to_string(format!("{folder}/README.md")).unwrap();
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .filter_map(|entry| entry.unwrap().file_name().into_string().unwrap().strip_suffix(".json").map(str::to_string))
        .collect();
    names.sort();
    assert_eq!(names.len(), 8);
    for name in names {
        let wave = hand_made(&name);
        assert!(wave.candidates.len() <= 8, "{name}");
        assert_eq!(readme.matches(&format!("`{name}.json`")).count(), 1, "{name} is not in README.md once");
    }
}

#[test]
fn nobody_fits_each_for_a_reason_of_their_own() {
    let wave = hand_made("niemand-past");
    let plans = plans(&wave, None);
    assert_eq!((plans.len(), placed(&plans[0])), (1, 0));
    let school = |id: &str| wave.seats.ids().find(|&seat| wave.school_of(seat).id == id).unwrap();
    let coach = wave.coaches.ids().next().unwrap();
    let why = |id: &str, at: &str| codes(&blocking(&wave, who(&wave, id), Placement { seat: school(at), coach }));
    assert_eq!(why("Z1", "S1"), ["reistijd"]);
    assert_eq!(why("Z2", "S1"), ["bouw"]);
    assert_eq!(why("Z2", "S2"), ["kwaliteit"]);
    assert_eq!(why("Z2", "S3"), ["noodplan"]);
    assert_eq!(why("Z3", "S1"), ["soort"]);
    assert_eq!(why("Z4", "S1"), ["dagdelen"]);
    assert_eq!(why("Z5", "S1"), ["coach-eis"]);
    assert_eq!(why("Z6", "S1"), ["verboden"]);
}

#[test]
fn the_smallest_wave_has_one_placement() {
    let wave = hand_made("kleinste");
    assert_eq!(possible(&wave, who(&wave, "Z1")).len(), 1);
    assert_eq!(placed(&best(&wave, plans(&wave, None))[0]), 1);
}

#[test]
fn tight_hours_leave_the_one_who_waited_least() {
    let wave = hand_made("krappe-uren");
    for plan in best(&wave, plans(&wave, None)) {
        assert_eq!(placed(&plan), 4);
        assert_eq!(plan[who(&wave, "Z4")], None);
    }
}

#[test]
fn a_lock_overrules_travel_time_for_one_person_only() {
    let wave = hand_made("vast-ondanks-reistijd");
    let plans = plans(&wave, None);
    assert!(!plans.is_empty() && plans.iter().all(|plan| at(&wave, plan, "Z1").0 == "S1"));
    let daan = possible(&wave, who(&wave, "Z2"));
    assert!(daan.len() == 1 && daan[0].school(&wave) != plans[0][who(&wave, "Z1")].unwrap().school(&wave));
}

#[test]
fn two_locks_clash_and_the_third_is_innocent() {
    let wave = hand_made("vaste-afspraken-botsen");
    assert!(plans(&wave, None).is_empty());
    let without = |ids: &[&str]| {
        let mut wave = wave.clone();
        for id in ids {
            let id = who(&wave, id);
            wave.candidates[id].lock = None;
        }
        !plans(&wave, None).is_empty()
    };
    assert!(!without(&["Z2"]), "Karima's lock is not to blame");
    assert!(without(&["Z1"]) && without(&["Z3"]));
}

#[test]
fn a_lost_duo_colleague_costs_one_agreement() {
    let wave = hand_made("duo-collega-weg");
    for plan in best(&wave, plans(&wave, None)) {
        assert_eq!(at(&wave, &plan, "Z1"), ("S1", "K1"));
        assert_eq!(at(&wave, &plan, "Z2"), ("S2", "K1"));
        assert_eq!(at(&wave, &plan, "Z3"), ("S2", "K2"));
        assert_eq!(Judge::new(&wave).change_count(&plan), 1);
    }
}

#[test]
fn a_lost_coach_changes_nobody_beyond_the_coach() {
    let wave = hand_made("coach-valt-uit");
    let best = best(&wave, plans(&wave, Some(0)));
    assert!(!best.is_empty());
    for plan in best {
        let schools = ["Z1", "Z2", "Z3", "Z4", "Z5"].map(|id| at(&wave, &plan, id).0);
        assert_eq!(schools, ["S1", "S1", "S1", "S2", "S2"]);
        assert_eq!((at(&wave, &plan, "Z1").1, at(&wave, &plan, "Z5").1), ("K1", "K2"));
    }
}

#[test]
fn the_cap_on_starters_holds_against_the_priority() {
    let wave = hand_made("doelgroep-en-starters");
    for plan in best(&wave, plans(&wave, None)) {
        assert_eq!(placed(&plan), 4);
        let there = ["Z1", "Z2", "Z3", "Z4"].map(|id| at(&wave, &plan, id).0);
        assert_eq!(there.iter().filter(|&&school| school == "S1").count(), 1);
        assert_eq!(there.iter().filter(|&&school| school == "S2").count(), 2);
    }
}
