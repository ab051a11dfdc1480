//! Reruns on random tiny waves, held against brute force through the judge: fewest changes, forced and chosen, causes, trade-off.

use loket_instances::generate;
use loket_instances::matching::outcome::{OutcomeFile, Technique, compose};
use loket_instances::matching::plan::plan_of;
use loket_instances::matching::read::Loaded;
use loket_instances::matching::rerun::{Budget, FewerSeats, Request};
use loket_instances::matching::row::read_candidates;
use loket_instances::matching::wave_file::WaveFile;
use loket_solver::common::control::Unhurried;
use loket_solver::matching::ask::rerun::batch::{Task, solve_all, solve_from};
use loket_solver::matching::ask::rerun::cause::Why;
use loket_solver::matching::ask::rerun::difference::{Difference, Kind, Side, difference};
use loket_solver::matching::ask::rerun::tradeoff::trade_off;
use loket_solver::matching::ask::rerun::{carried, goals_that_gain};
use loket_solver::matching::facts::ids::CandidateId;
use loket_solver::matching::facts::outcome::{Outcome, Verdict};
use loket_solver::matching::facts::plan::{Placement, Plan};
use loket_solver::matching::facts::policy::Goal;
use loket_solver::matching::facts::wave::Wave;
use loket_solver::matching::judge;
use loket_solver::matching::solve::{Options, solve};
use serde_json::{Value, json};

use crate::brute::{self, Answer};
use crate::support::{Dice, explain_count, keep_wave, load_bytes, nth_seed, seed};

mod causes;
mod files;
mod namesakes;

/// A tiny wave with its solved plan.
pub struct Case {
    pub file: WaveFile,
    pub loaded: Loaded,
    pub outcome: OutcomeFile,
    pub plan: Plan,
}

/// The tiny wave of a seed, solved; none when its locks cannot stand or it is too large for brute force.
pub fn solved(wave_seed: u64) -> Option<Case> {
    of(&generate::tiny(wave_seed))
}

/// Any wave, solved.
pub fn of(json: &Value) -> Option<Case> {
    let bytes = serde_json::to_vec(json).expect("a JSON value is written");
    let loaded = load_bytes(&bytes);
    brute::answer(&loaded.wave)?;
    let solved = solve(&loaded.wave, &Options::default(), &Unhurried);
    let technique = Technique { version: "proef".into(), engine: "proef".into(), seed: 1, seconds: 0.0, memory_mib: None };
    let outcome = compose(&loaded, &solved, &technique);
    solved.plan.as_ref()?;
    let plan = plan_of(&loaded.wave, &outcome).expect("an outcome of the wave itself");
    let file = WaveFile::read(&bytes).expect("a wave file");
    Some(Case { file, loaded, outcome, plan })
}

/// A random request for this wave, with one to three things in it.
fn request(case: &Case, dice: &mut Dice) -> Request {
    let wave = &case.loaded.wave;
    let mut request = Request::default();
    let coach = |dice: &mut Dice| wave.coaches.iter().nth(dice.throw(wave.coaches.len())).expect("there").id.clone();
    for _ in 0..=dice.throw(2) {
        match dice.throw(8) {
            0..=2 => request.without_coaches = vec![coach(dice)],
            3 => request.without_schools = vec![wave.schools.iter().nth(dice.throw(wave.schools.len())).expect("there").id.clone()],
            4 => {
                let who = wave.candidates.iter().nth(dice.throw(wave.candidates.len())).expect("there");
                request.without_candidates = vec![who.id.clone()];
            }
            5 => {
                let full: Vec<_> = wave.seats.iter().filter(|seat| seat.count > 0).collect();
                if !full.is_empty() {
                    let seat = full[dice.throw(full.len())];
                    let school = wave.schools[seat.school].id.clone();
                    request.fewer_seats = vec![FewerSeats { school, seat: seat.id.clone(), count: 1 }];
                }
            }
            6 => {
                let number = u32::try_from(dice.throw(60)).expect("small");
                request.hours = vec![(coach(dice), number)];
            }
            _ => {
                let mut new =
                    json!({ "id": "ZNieuw", "lat": 52.365, "lon": 4.9, "bouwen": ["middenbouw", "onderbouw"], "soorten": ["bo", "sbo"] });
                new["wachtrondes"] = json!(dice.throw(6));
                request.arrivals = read_candidates(new.to_string().as_bytes()).expect("a candidate");
            }
        }
    }
    request.budget = match dice.throw(6) {
        0 => Budget::Free,
        1 => Budget::AtMost(1 + u32::try_from(dice.throw(2)).expect("small")),
        _ => Budget::AsWave,
    };
    request
}

/// A rerun of a case.
struct Rerun {
    after: Loaded,
    outcome: Outcome,
    start: Plan,
}

fn rerun(case: &Case, request: &Request) -> Option<Rerun> {
    let edited = case.file.rerun(&case.loaded, &case.outcome, request).expect("everything named is in the wave");
    // An own goal may have a name that a rerun needs; that is refused, and rightly so.
    let bytes = edited.wave.write();
    let after = match loket_instances::matching::read::read_wave(&bytes) {
        Ok(after) => {
            let built = edited.wave.build(&bytes).expect("what is read can be built");
            assert_eq!((&built.wave, &built.notices), (&after.wave, &after.notices), "building the rows is reading the file");
            after
        }
        Err(refusal) => {
            let arrival =
                |pointer: &str| pointer.starts_with("/kandidaten") || pointer.starts_with("/scholen") || pointer.starts_with("/coaches");
            let why = refusal.problems.iter().all(|it| it.code == "doelnaam" || it.code == "ontbreekt" && arrival(&it.pointer));
            assert!(why, "a rerun is refused: {refusal}");
            return None;
        }
    };
    let start = carried(&case.loaded.wave, &case.plan, &after.wave);
    let outcome = solve_from(&after.wave, Some(start.clone()), &Unhurried);
    Some(Rerun { after, outcome, start })
}

/// Runs a check on every random case with a rerun that has a plan; says how many there were.
fn on_random_reruns(name: &str, check: impl Fn(u64, &Case, &Request, &Rerun)) {
    let (base, count) = (seed(), explain_count());
    let mut seen = 0;
    for n in 0..count {
        let wave_seed = nth_seed(base, n);
        let Some(case) = solved(wave_seed) else { continue };
        let request = request(&case, &mut Dice::new(wave_seed));
        let Some(rerun) = rerun(&case, &request) else { continue };
        check(wave_seed, &case, &request, &rerun);
        seen += 1;
    }
    println!("LOKET_SEED={base} LOKET_EXPLAIN={count}: {name} on {seen} reruns");
    assert!(seen * 3 > count, "enough tiny waves have a plan: {seen} of {count}");
}

#[test]
fn a_rerun_changes_the_fewest_people_and_is_best_among_those() {
    on_random_reruns("fewest changes", |wave_seed, _, request, rerun| {
        let wave = &rerun.after.wave;
        let Some(truth) = brute::answer(wave) else { return };
        let fail = |what: &str| panic!("seed {wave_seed}, {request:?}: {what}: brute force {truth:?}, engine {:?}", rerun.outcome);
        match &truth {
            Answer::Impossible { .. } => assert_eq!(rerun.outcome.verdict, Verdict::Impossible),
            Answer::Best { values, least_changes } => {
                let plan = rerun.outcome.plan.as_ref().unwrap_or_else(|| fail("no plan"));
                assert_eq!(wave.policy.max_changes.is_none(), request.budget == Budget::Free, "a rerun limits changes");
                if rerun.outcome.least_changes != *least_changes {
                    fail("least changes");
                }
                let most = least_changes.zip(wave.policy.max_changes).map(|(least, more)| (least + more) as usize);
                if most.is_some_and(|most| judge::changes(wave, plan).changed.len() > most) {
                    fail("too many changes");
                }
                if rerun.outcome.goals.iter().map(|goal| goal.best).collect::<Vec<_>>() != *values {
                    fail("values");
                }
            }
        }
    });
}

/// A placement by the ids of the file.
fn ids(wave: &Wave, placement: Placement) -> (String, String, String) {
    (wave.school_of(placement.seat).id.clone(), wave.seats[placement.seat].id.clone(), wave.coaches[placement.coach].id.clone())
}

/// The placements that keep what can be kept of an old one, by the letter of docs/model.md: all of it, else the seat, else the coach.
fn keeping(wave: &Wave, candidate: CandidateId, old: &(String, String, String)) -> (bool, bool, Vec<Placement>) {
    let every = || wave.seats.ids().flat_map(|seat| wave.coaches.ids().map(move |coach| Placement { seat, coach }));
    let allowed: Vec<Placement> = every().filter(|&it| judge::allowed(wave, candidate, it)).collect();
    let same = |seat: bool, coach: bool| -> Vec<Placement> {
        let agrees = |&&it: &&Placement| {
            let now = ids(wave, it);
            (!seat || (&now.0, &now.1) == (&old.0, &old.1)) && (!coach || now.2 == old.2)
        };
        allowed.iter().filter(agrees).copied().collect()
    };
    for (seat, coach) in [(true, true), (true, false), (false, true)] {
        let found = same(seat, coach);
        if !found.is_empty() {
            return (seat, coach, found);
        }
    }
    (false, false, Vec::new())
}

/// What kind of difference there is, found from ids and pair rules alone.
fn kind_of(case: &Case, rerun: &Rerun, plan: &Plan, candidate: CandidateId) -> Option<Kind> {
    let wave = &rerun.after.wave;
    let id = &wave.candidates[candidate].id;
    let now = plan[candidate];
    let Some((earlier, _)) = case.loaded.wave.candidates.pairs().find(|(_, it)| it.id == *id) else {
        return Some(Kind::Arrived);
    };
    let Some(old) = case.plan[earlier].map(|it| ids(&case.loaded.wave, it)) else {
        return now.map(|_| Kind::Placed);
    };
    let (seat, coach, options) = keeping(wave, candidate, &old);
    let forced = !(seat && coach);
    let changed = !options.is_empty() && now.is_none_or(|now| !options.contains(&now));
    match (forced, changed) {
        (true, true) => Some(Kind::ForcedAndChosen),
        (true, false) => Some(Kind::Forced),
        (false, true) => Some(Kind::Chosen),
        (false, false) => None,
    }
}

#[test]
fn forced_chosen_arrived_and_left_are_what_ids_and_pair_rules_say() {
    on_random_reruns("kinds", |wave_seed, case, request, rerun| {
        let Some(plan) = &rerun.outcome.plan else { return };
        let wave = &rerun.after.wave;
        let found = differ(case, rerun, plan);
        for candidate in wave.candidates.ids() {
            let right = kind_of(case, rerun, plan, candidate);
            let said = found.people.iter().find(|it| it.candidate == candidate).map(|it| it.kind);
            assert_eq!(said, right, "seed {wave_seed}, {request:?}: {}", wave.candidates[candidate].id);
        }
        let left: Vec<&str> = found.left.iter().map(|&it| case.loaded.wave.candidates[it].id.as_str()).collect();
        assert_eq!(left, request.without_candidates, "seed {wave_seed}");
        let listed = found.people.len() + found.same + found.waiting;
        assert_eq!(listed, wave.candidates.len(), "seed {wave_seed}: everybody is counted once");
        let changes = judge::changes(wave, plan);
        let changed = found.people.iter().filter(|it| it.kind.changed()).count();
        assert_eq!(changed, changes.changed.len(), "seed {wave_seed}: as the judge counts");
        let forced = found.people.iter().filter(|it| it.kind.forced()).count();
        assert_eq!(forced, changes.forced.len(), "seed {wave_seed}: as the judge counts");
    });
}

fn differ(case: &Case, rerun: &Rerun, plan: &Plan) -> Difference {
    difference(Side { wave: &case.loaded.wave, plan: &case.plan }, Side { wave: &rerun.after.wave, plan })
}

#[test]
fn the_trade_off_is_exact_at_every_budget() {
    const MOST: u32 = 3;
    on_random_reruns("trade-off", |wave_seed, case, _, rerun| {
        let mut wave = rerun.after.wave.clone();
        wave.policy.goals = case.loaded.wave.policy.goals.clone();
        let ask = |budget: Option<u32>| {
            let mut asked = wave.clone();
            asked.policy.goals = goals_that_gain(&wave);
            asked.policy.max_changes = budget;
            match brute::answer(&asked) {
                Some(Answer::Best { values, .. }) => Some(values),
                _ => None,
            }
        };
        let Some(trade) = trade_off(&wave, &rerun.start, MOST, &Unhurried, &|_| {}) else { return };
        let own = |values: &[i64]| -> Vec<i64> {
            let goals = goals_that_gain(&wave);
            let goals = goals.iter().zip(values).filter(|(goal, _): &(&Goal, &i64)| !goal.keeps_agreements());
            goals.map(|(_, value)| *value).collect()
        };
        for row in &trade.rows[1..] {
            let Some(truth) = ask(Some(row.budget)) else { return };
            let said: Vec<i64> = row.outcome.goals.iter().map(|goal| goal.best).collect();
            assert_eq!(said, truth, "seed {wave_seed}, budget {}", row.budget);
            let least = row.outcome.least_changes.expect("limited");
            assert!(row.changes <= (least + row.budget) as usize, "seed {wave_seed}, budget {}", row.budget);
        }
        let last = trade.rows.last().expect("row 0").budget;
        if wave.policy.goals.iter().all(|goal| goal.tolerance_percent == 0) {
            // Without tolerance the plan shown is worth V_i of each own goal, also for the budgets that are left out.
            for budget in 1..=last {
                let Some(truth) = ask(Some(budget)) else { return };
                let row = trade.rows.iter().rfind(|row| row.budget <= budget).expect("row 0");
                assert_eq!(row.values, own(&truth), "seed {wave_seed}, budget {budget}");
            }
            if trade.complete {
                let Some(free) = ask(None) else { return };
                assert_eq!(trade.rows.last().expect("row 0").values, own(&free), "seed {wave_seed}: nothing more to gain");
            }
        }
    });
}

#[test]
fn between_two_plans_of_one_wave_nothing_is_forced() {
    let mut seen = 0;
    for n in 0..explain_count() {
        let wave_seed = nth_seed(seed(), n);
        let Some(case) = solved(wave_seed) else { continue };
        let wave = &case.loaded.wave;
        if !wave.locked().is_empty() {
            // Without the people who are locked the thinner plan would be none.
            continue;
        }
        let mut poorer = case.plan.clone();
        for candidate in wave.candidates.ids().filter(|it| it.0 % 2 == 0) {
            poorer[candidate] = None;
        }
        let full = Side { wave, plan: &case.plan };
        let thin = Side { wave, plan: &poorer };
        assert!(difference(full, full).people.is_empty());
        let gone = difference(full, thin);
        let back = difference(thin, full);
        assert!(gone.people.iter().all(|it| it.kind == Kind::Chosen && it.to.is_none()), "seed {wave_seed}: {gone:?}");
        assert!(back.people.iter().all(|it| it.kind == Kind::Placed && it.from.is_none()), "seed {wave_seed}: {back:?}");
        assert_eq!(gone.people.len(), back.people.len());
        // The others stay where they were, so the old places are free: only a goal, or nothing, speaks against them.
        for moved in &gone.people {
            let why = |it: &Why| matches!(it, Why::Better { .. } | Why::Equal);
            assert!(moved.why.len() == 1 && moved.why.iter().all(why), "seed {wave_seed}: {moved:?}");
        }
        seen += gone.people.len();
    }
    assert!(seen > 0);
}

#[test]
fn many_reruns_at_once_give_each_its_own_answer() {
    let cases: Vec<(Case, Request)> = (0..12)
        .filter_map(|n| {
            let case = solved(nth_seed(seed(), n))?;
            let request = request(&case, &mut Dice::new(n));
            Some((case, request))
        })
        .collect();
    let alone: Vec<Rerun> = cases.iter().filter_map(|(case, request)| rerun(case, request)).collect();
    let tasks: Vec<Task<'_>> = alone.iter().map(|it| Task { wave: &it.after.wave, start: Some(it.start.clone()) }).collect();
    let told = std::sync::atomic::AtomicUsize::new(0);
    let heard = |_: usize, all: usize| {
        assert_eq!(all, tasks.len());
        told.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    };
    let together = solve_all(&tasks, &Unhurried, &heard);
    assert_eq!(told.load(std::sync::atomic::Ordering::Relaxed), tasks.len());
    assert!(!alone.is_empty());
    for (one, other) in alone.iter().zip(&together) {
        let other = other.as_ref().expect("nobody stopped");
        assert_eq!((&one.outcome.plan, one.outcome.verdict), (&other.plan, other.verdict));
    }
}

/// Keeps a wave whose answer is wrong, for whoever has to look at it.
pub fn keep(wave_seed: u64) -> String {
    keep_wave(&format!("herplaatsing-{wave_seed}.json"), &generate::tiny(wave_seed)).display().to_string()
}
