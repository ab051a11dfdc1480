//! Causes of changes: each is tried again in the way it is said, from ids, pair rules and the judge alone.

use loket_solver::matching::ask::rerun::cause::Why;
use loket_solver::matching::ask::rerun::difference::{Kind, Moved};
use loket_solver::matching::facts::codes::RuleCode;
use loket_solver::matching::facts::plan::{Placement, Plan};
use loket_solver::matching::facts::wave::Wave;
use loket_solver::matching::judge;
use loket_solver::matching::judge::rules::{Kind as RuleKind, RULES};

use super::{Case, Rerun, differ, ids, keeping, on_random_reruns};

/// Whether a plan breaks a shared rule, by the judge's halves.
fn breaches(wave: &Wave, plan: &Plan) -> Vec<RuleCode> {
    let shared = RULES.iter().filter(|rule| match rule.kind {
        RuleKind::Shared { judge, .. } => !judge(wave, plan).is_empty(),
        RuleKind::Pair { .. } | RuleKind::Changes { .. } => false,
    });
    shared.map(|rule| rule.code).collect()
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
    let blocked = |rules: &[RuleCode], pairs: &[Placement]| {
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
