//! Reruns on random tiny waves, held against brute force through the judge: fewest changes, forced and chosen, causes, trade-off.

use loket_instances::generate;
use loket_instances::outcome::{OutcomeFile, Technique, compose};
use loket_instances::plan::plan_of;
use loket_instances::read::Loaded;
use loket_instances::rerun::{Budget, FewerSeats, Request, rerun_file};
use loket_solver::control::Unhurried;
use loket_solver::ids::CandidateId;
use loket_solver::judge;
use loket_solver::outcome::{Outcome, Verdict};
use loket_solver::plan::{Placement, Plan};
use loket_solver::policy::Goal;
use loket_solver::rerun::batch::{Task, solve_all, solve_from};
use loket_solver::rerun::cause::Why;
use loket_solver::rerun::difference::{Difference, Kind, Moved, Side, difference};
use loket_solver::rerun::tradeoff::trade_off;
use loket_solver::rerun::{carried, goals_that_gain};
use loket_solver::rules::{Kind as RuleKind, RULES};
use loket_solver::solve::{Options, solve};
use loket_solver::wave::Wave;
use serde_json::{Value, json};

use crate::brute::{self, Answer};
use crate::support::{Dice, explain_count, keep_wave, load, load_bytes, nth_seed, seed};

/// A tiny wave with its solved plan.
pub struct Case {
    pub bytes: Vec<u8>,
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
    let technique = Technique { version: "proef".into(), engine: "proef".into(), seed: 1, seconds: 0.0 };
    let outcome = compose(&loaded, &solved, &technique);
    solved.plan.as_ref()?;
    let plan = plan_of(&loaded.wave, &outcome).expect("an outcome of the wave itself");
    Some(Case { bytes, loaded, outcome, plan })
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
                request.arrivals = vec![new];
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
    let edited = rerun_file(&case.bytes, &case.loaded, &case.outcome, request).expect("everything named is in the wave");
    // An own goal may have a name that a rerun needs; that is refused, and rightly so.
    let bytes = serde_json::to_vec(&edited.wave).expect("a JSON value is written");
    let after = match loket_instances::read::read_wave(&bytes) {
        Ok(after) => after,
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

/// Whether a plan breaks a shared rule, by the judge's halves.
fn breaches(wave: &Wave, plan: &Plan) -> Vec<&'static str> {
    let shared = RULES.iter().filter(|rule| match rule.kind {
        RuleKind::Shared { judge, .. } => !judge(wave, plan).is_empty(),
        RuleKind::Pair { .. } | RuleKind::Changes { .. } => false,
    });
    shared.map(|rule| rule.code).collect()
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
fn what_is_said_of_a_cause_is_true() {
    let tally = std::cell::RefCell::new(std::collections::BTreeMap::<&str, usize>::new());
    on_random_reruns("causes", |wave_seed, case, request, rerun| {
        let Some(plan) = &rerun.outcome.plan else { return };
        for moved in differ(case, rerun, plan).people {
            let wave = &rerun.after.wave;
            let who = &wave.candidates[moved.candidate].id;
            let expected = matches!(moved.kind, Kind::Forced | Kind::ForcedAndChosen | Kind::Chosen);
            assert_eq!(moved.why.is_empty(), !expected, "seed {wave_seed}: {who} {moved:?}");
            for why in &moved.why {
                let what = true_cause(case, rerun, plan, &moved, why)
                    .unwrap_or_else(|wrong| panic!("seed {wave_seed}, {request:?}: {who} {why:?}: {wrong}"));
                *tally.borrow_mut().entry(what).or_default() += 1;
            }
        }
    });
    println!("{:?}", tally.borrow());
}

fn true_cause(case: &Case, rerun: &Rerun, plan: &Plan, moved: &Moved, why: &Why) -> Result<&'static str, String> {
    let (before, wave) = (&case.loaded.wave, &rerun.after.wave);
    let old = ids(before, moved.from.ok_or("nothing to give up")?);
    let says = |holds: bool, what: &str| if holds { Ok(()) } else { Err(what.to_owned()) };
    let coach_there = wave.coaches.iter().any(|it| it.id == old.2);
    let school = wave.schools.iter().find(|it| it.id == old.0);
    let seat_there = school.is_some_and(|school| school.seats.iter().any(|&seat| wave.seats[seat].id == old.1));
    let (keeps_seat, keeps_coach, options) = keeping(wave, moved.candidate, &old);
    let again = |option: Placement| {
        let mut plan = plan.clone();
        plan[moved.candidate] = Some(option);
        plan
    };
    let pick = |holds: &dyn Fn(&(String, String, String)) -> bool| -> Vec<Placement> {
        let every = wave.seats.ids().flat_map(|seat| wave.coaches.ids().map(move |coach| Placement { seat, coach }));
        every.filter(|&it| holds(&ids(wave, it))).collect()
    };
    let blocked = |rules: &[&'static str], pairs: &[Placement]| {
        pairs.iter().all(|&it| judge::blocking(wave, moved.candidate, it).iter().any(|code| rules.contains(code)))
    };
    match why {
        Why::CoachGone => says(!coach_there, "the coach is there").map(|()| "coach gone"),
        Why::SchoolGone => says(school.is_none(), "the school is there").map(|()| "school gone"),
        Why::SeatGone => says(school.is_some() && !seat_there, "the seat is there").map(|()| "seat gone"),
        Why::CoachForbidden(rules) => {
            let at_seat = pick(&|it| *it == old);
            let anywhere = pick(&|it| it.2 == old.2);
            says(coach_there && !keeps_coach, "the coach can be kept")?;
            says(blocked(rules, if keeps_seat { &at_seat } else { &anywhere }), "the rules do not forbid it").map(|()| "coach forbidden")
        }
        Why::SeatForbidden(rules) => {
            says(seat_there && !keeps_seat, "the seat can be kept")?;
            let here = pick(&|it| (&it.0, &it.1) == (&old.0, &old.1));
            says(blocked(rules, &here), "the rules do not forbid it").map(|()| "seat forbidden")
        }
        Why::Full { rules, newcomers, at, options: number } => {
            says(options.len() == *number && options.contains(at), "not the ways to keep it")?;
            says(options.iter().all(|&it| !breaches(wave, &again(it)).is_empty()), "a way has room")?;
            says(breaches(wave, &again(*at)) == *rules, "other limits are full")?;
            says(!newcomers.is_empty() && !newcomers.contains(&moved.candidate), "nobody came")?;
            for &newcomer in newcomers {
                // With the newcomer where that person was before, one of the limits is less full.
                let mut earlier = again(*at);
                earlier[newcomer] = rerun.start[newcomer];
                let then = judge::judge(wave, &earlier, None).breaches;
                let full = judge::judge(wave, &again(*at), None).breaches;
                let less = full.iter().filter(|it| rules.contains(&it.rule)).any(|it| {
                    let same = then.iter().find(|other| (other.rule, &other.place) == (it.rule, &it.place));
                    same.is_none_or(|other| other.used < it.used)
                });
                says(less, "the newcomer was there before")?;
            }
            Ok("full")
        }
        Why::Less { rules, at, options: number } => {
            says(options.len() == *number && options.contains(at), "not the ways to keep it")?;
            says(options.iter().all(|&it| !breaches(wave, &again(it)).is_empty()), "a way has room")?;
            says(breaches(wave, &again(*at)) == *rules, "other limits are full").map(|()| "less")
        }
        Why::Locked => {
            let lock = wave.candidates[moved.candidate].lock.as_ref();
            says(lock.is_some() && options.iter().all(|&it| !breaches(wave, &again(it)).is_empty()), "no lock").map(|()| "locked")
        }
        Why::Better { goal, by } => {
            let free: Vec<Placement> = options.into_iter().filter(|&it| breaches(wave, &again(it)).is_empty()).collect();
            let goal = &wave.policy.goals[*goal];
            let gains = free.iter().map(|&it| judge::value(wave, goal, plan) - judge::value(wave, goal, &again(it)));
            says(*by > 0 && gains.clone().any(|gain| gain == *by), &format!("gains {:?}", gains.collect::<Vec<_>>())).map(|()| "better")
        }
        Why::Equal => {
            let free: Vec<Placement> = options.into_iter().filter(|&it| breaches(wave, &again(it)).is_empty()).collect();
            let worse =
                |it: Placement| wave.policy.goals.iter().all(|goal| judge::value(wave, goal, plan) <= judge::value(wave, goal, &again(it)));
            says(free.iter().any(|&it| worse(it)), "a goal gains").map(|()| "equal")
        }
    }
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

/// Two schools with a seat each, two coaches with room for one, two people who have them.
fn pair_of_people() -> Value {
    json!({
        "formaat": "loket-lichting/1", "id": "proef", "fase": "opleiding",
        "besturen": [{ "id": "B1" }],
        "scholen": [
            { "id": "S1", "bestuur": "B1", "lat": 52.370, "lon": 4.890, "plekken": [{ "bouw": "onderbouw", "aantal": 1 }] },
            { "id": "S2", "bestuur": "B1", "lat": 52.372, "lon": 4.892, "plekken": [{ "bouw": "onderbouw", "aantal": 1 }] },
        ],
        "coaches": [
            { "id": "K1", "lat": 52.371, "lon": 4.891, "maximum": 1, "uren": 60 },
            { "id": "K2", "lat": 52.371, "lon": 4.891, "maximum": 1, "uren": 60, "kenmerken": ["engels"] },
        ],
        "kandidaten": [
            { "id": "Z1", "lat": 52.370, "lon": 4.890, "bouwen": ["onderbouw"] },
            { "id": "Z2", "lat": 52.372, "lon": 4.892, "bouwen": ["onderbouw"], "coach_eisen": ["engels"] },
        ],
        "vast": [{ "kandidaat": "Z1", "school": "S1", "coach": "K1", "ondanks": ["reistijd", "coach-reistijd"] }],
        "verboden": [{ "kandidaat": "Z2", "coach": "K1", "reden": "familie" }],
        "vorig_plan": [{ "kandidaat": "Z1", "school": "S1", "plek": "onderbouw", "coach": "K1", "status": "gestart" }],
    })
}

#[test]
fn a_drop_out_leaves_the_file_with_all_that_would_be_refused() {
    let case = of(&pair_of_people()).expect("it can be solved");
    let without = |coaches: &[&str], people: &[&str]| {
        let request = Request {
            without_coaches: coaches.iter().map(|it| (*it).to_owned()).collect(),
            without_candidates: people.iter().map(|it| (*it).to_owned()).collect(),
            ..Request::default()
        };
        rerun_file(&case.bytes, &case.loaded, &case.outcome, &request).expect("everything named is there")
    };
    let edited = without(&["K1"], &[]);
    load(&edited.wave);
    assert_eq!(edited.wave["vast"], json!([{ "kandidaat": "Z1", "school": "S1", "ondanks": ["reistijd"] }]));
    assert_eq!(edited.wave["verboden"], pair_of_people()["verboden"], "a prohibition that does nothing now may count again later");
    assert_eq!(edited.wave["beleid"]["max_wijzigingen"], 0);
    assert_eq!(edited.remarks.len(), 1);
    let statuses: Vec<&Value> = edited.wave["vorig_plan"].as_array().expect("rows").iter().map(|row| &row["status"]).collect();
    assert_eq!(statuses, ["gestart", "akkoord"]);
    let edited = without(&[], &["Z1", "Z2"]);
    load(&edited.wave);
    assert_eq!((&edited.wave["vast"], &edited.wave["verboden"], &edited.wave["vorig_plan"]), (&json!([]), &json!([]), &json!([])));
    assert_eq!(edited.remarks.len(), 2);
}

#[test]
fn what_a_request_names_must_be_there_and_every_mistake_is_told() {
    let case = of(&pair_of_people()).expect("it can be solved");
    let request = Request {
        without_coaches: vec!["K9".into()],
        without_schools: vec!["S7".into()],
        without_candidates: vec!["Z12".into()],
        fewer_seats: vec![
            FewerSeats { school: "S1".into(), seat: "bovenbouw".into(), count: 1 },
            FewerSeats { school: "S1".into(), seat: "onderbouw".into(), count: 2 },
        ],
        hours: vec![("niemand".into(), 5)],
        maxima: vec![("Z1".into(), 5)],
        ..Request::default()
    };
    let refused = rerun_file(&case.bytes, &case.loaded, &case.outcome, &request).expect_err("nothing named is there");
    assert_eq!(refused.problems.len(), 7, "{refused}");
    assert!(request.about(&case.loaded).changes_nothing() || request.about(&case.loaded).fewer_seats.len() == 1);
}

#[test]
fn a_late_arrival_finds_a_place_with_everybody_else_kept() {
    let mut wave = pair_of_people();
    wave["scholen"][1]["plekken"][0]["aantal"] = json!(2);
    wave["coaches"][1]["maximum"] = json!(2);
    wave["coaches"][1]["uren"] = json!(120);
    let case = of(&wave).expect("it can be solved");
    let arrival = json!({ "id": "Z3", "lat": 52.371, "lon": 4.891, "bouwen": ["onderbouw"], "wachtrondes": 9 });
    for keep_rest in [false, true] {
        let request = Request { arrivals: vec![arrival.clone()], keep_rest, ..Request::default() };
        let rerun = rerun(&case, &request).expect("the arrival is in order");
        let plan = rerun.outcome.plan.as_ref().expect("a plan");
        let found = differ(&case, &rerun, plan);
        assert_eq!(found.people.len(), 1);
        assert_eq!((found.people[0].kind, found.people[0].to.is_some(), found.same), (Kind::Arrived, true, 2));
    }
}

#[test]
fn a_budget_is_spent_on_the_own_goals_and_without_one_agreements_come_first() {
    let case = of(&pair_of_people()).expect("it can be solved");
    let names = |budget: Budget| {
        let request = Request { without_coaches: vec!["K1".into()], budget, ..Request::default() };
        let edited = rerun_file(&case.bytes, &case.loaded, &case.outcome, &request).expect("everything named is there");
        let after = load(&edited.wave);
        let most = after.wave.policy.max_changes;
        (after.wave.policy.goals.iter().map(|goal| goal.name.clone()).collect::<Vec<_>>(), most)
    };
    let (first, most) = names(Budget::AsWave);
    assert_eq!((first[0].as_str(), most), ("afspraken", Some(0)));
    assert_eq!(names(Budget::AtMost(0)), (first.clone(), Some(0)));
    assert_eq!(names(Budget::Free), (first, None));
    let (gain, most) = names(Budget::AtMost(2));
    assert_eq!((gain[0].as_str(), gain[gain.len() - 2].as_str(), most), ("geplaatst", "afspraken", Some(2)));
}

#[test]
fn a_person_makes_room_for_another_and_the_page_can_say_for_whom() {
    // K1 drops out; Z1 needs the tag that only K2 has, so Z2 makes room with K2 and goes to K3.
    let mut wave = pair_of_people();
    wave["vast"] = json!([]);
    wave["verboden"] = json!([]);
    wave["kandidaten"][0]["coach_eisen"] = json!(["engels"]);
    wave["kandidaten"][1]["coach_eisen"] = json!([]);
    wave["coaches"][0]["kenmerken"] = json!(["engels"]);
    let room = json!({ "id": "K3", "lat": 52.371, "lon": 4.891, "maximum": 1, "uren": 60, "soort": "extern" });
    wave["coaches"].as_array_mut().expect("coaches").push(room);
    wave["beleid"] =
        json!({ "doelen": [{ "naam": "geplaatst", "punten": { "geplaatst": 1 } }, { "naam": "intern", "punten": { "intern": 1 } }] });
    let case = of(&wave).expect("it can be solved");
    let request = Request { without_coaches: vec!["K1".into()], ..Request::default() };
    let rerun = rerun(&case, &request).expect("it is read");
    let plan = rerun.outcome.plan.as_ref().expect("a plan");
    let found = differ(&case, &rerun, plan);
    let name = |it: CandidateId| rerun.after.wave.candidates[it].id.as_str();
    let kinds: Vec<(&str, Kind)> = found.people.iter().map(|it| (name(it.candidate), it.kind)).collect();
    assert_eq!(kinds, [("Z1", Kind::Forced), ("Z2", Kind::Chosen)]);
    assert_eq!(found.people[0].why, [Why::CoachGone]);
    let Why::Full { rules, newcomers, .. } = &found.people[1].why[0] else { panic!("{found:?}") };
    assert_eq!((rules.as_slice(), name(newcomers[0])), (["coach-aantal", "coach-uren"].as_slice(), "Z1"));
}

/// Keeps a wave whose answer is wrong, for whoever has to look at it.
pub fn keep(wave_seed: u64) -> String {
    keep_wave(&format!("herplaatsing-{wave_seed}.json"), &generate::tiny(wave_seed)).display().to_string()
}
