//! Try-outs on random tiny waves against brute force: the best values with these changes, the fewest movers, and conflicts that stand apart.

use std::ops::ControlFlow;
use std::sync::Mutex;

use loket_instances::generate;
use loket_solver::common::control::Unhurried;
use loket_solver::matching::ask::explain::Base;
use loket_solver::matching::ask::explain::tryout::{TryOut, try_out};
use loket_solver::matching::facts::ids::CandidateId;
use loket_solver::matching::facts::outcome::Verdict;
use loket_solver::matching::facts::wave::{Ban, Lock, Wave};
use loket_solver::matching::judge;
use loket_solver::matching::solve::{Options, solve};

use super::truth::{differences, size, truth};
use crate::brute::{choices, every_plan};
use crate::support::{Dice, explain_count, keep_wave, load, nth_seed, seed};

/// Up to three people are placed somewhere, kept from somewhere, or let go.
fn change(wave: &Wave, dice: &mut Dice) -> (Wave, Vec<CandidateId>) {
    let mut changed = wave.clone();
    let mut who: Vec<CandidateId> = wave.candidates.ids().collect();
    dice.shuffle(&mut who);
    who.truncate(1 + dice.throw(3));
    let seats: Vec<_> = wave.seats.ids().collect();
    for &candidate in &who {
        let seat = seats[dice.throw(seats.len())];
        let (school, id) = (wave.seats[seat].school, wave.seats[seat].id.clone());
        let person = &mut changed.candidates[candidate];
        match dice.throw(6) {
            0 => person.lock = Some(Lock { school: Some(school), seat: Some(id), ..Lock::default() }),
            1 => person.lock = Some(Lock { school: Some(school), ..Lock::default() }),
            2 => person.lock = Some(Lock::default()),
            3 => person.lock = None,
            4 => person.bans.push(Ban { school: Some(school), ..Ban::default() }),
            _ => {
                person.lock = None;
                person.bans.clear();
            }
        }
    }
    (changed, who)
}

fn possible(wave: &Wave) -> bool {
    every_plan(wave, &choices(wave), &mut |_| ControlFlow::Break(())).is_break()
}

/// The wave with what is locked for these people only.
fn only(wave: &Wave, locked: &[CandidateId]) -> Wave {
    let mut wave = wave.clone();
    for candidate in wave.candidates.ids().collect::<Vec<_>>() {
        if !locked.contains(&candidate) {
            wave.candidates[candidate].lock = None;
        }
    }
    wave
}

#[test]
fn a_try_out_is_the_best_plan_with_its_changes_and_moves_as_few_people_as_it_can() {
    let counts = Mutex::new([0_u32; 3]);
    let base_seed = seed();
    println!("seed {base_seed}");
    for n in 0..explain_count() * 4 {
        let number = nth_seed(base_seed, n);
        let json = generate::tiny(number);
        let loaded = load(&json);
        let wave = &loaded.wave;
        let outcome = solve(wave, &Options::default(), &Unhurried);
        if outcome.verdict != Verdict::Optimal {
            continue;
        }
        let base = Base::of(wave, &outcome).expect("a plan");
        let mut dice = Dice::new(number);
        for _ in 0..3 {
            let (changed, who) = change(wave, &mut dice);
            if size(&changed).is_none_or(|size| size > 20_000) {
                continue;
            }
            let told = try_out(&base, &changed, &Unhurried);
            let right = truth(&changed, &base.plan, &|_| true);
            let wrong = |what: &str| -> ! {
                let path = keep_wave(&format!("proef-{number}.json"), &json);
                panic!("seed {number}: {what} for {who:?} on {}: {told:?}, true is {right:?}", path.display())
            };
            match (&told, &right) {
                (_, None) => {}
                (TryOut::Possible(it), Some(Some(right))) => {
                    let values: Vec<i64> = it.goals.iter().map(|goal| goal.best).collect();
                    if values != right.values || !it.proven() {
                        wrong("other values");
                    }
                    if it.movers.len() != right.movers || differences(wave, &base.plan, &it.plan) != right.movers {
                        wrong("other movers");
                    }
                    let shown = |plan| wave.policy.goals.iter().map(|goal| judge::value(wave, goal, plan)).collect::<Vec<_>>();
                    if it.before != shown(&base.plan) || it.after != shown(&it.plan) {
                        wrong("values of other plans");
                    }
                    counts.lock().expect("counted")[0] += 1;
                }
                (TryOut::Impossible { conflicts, complete }, Some(None)) => {
                    let all: Vec<CandidateId> = conflicts.iter().flatten().map(|it| it.candidate).collect();
                    let rest: Vec<CandidateId> = changed.locked().into_iter().filter(|it| !all.contains(it)).collect();
                    if !complete || conflicts.is_empty() || !possible(&only(&changed, &rest)) {
                        wrong("conflicts are left");
                    }
                    for conflict in conflicts {
                        let people: Vec<CandidateId> = conflict.iter().map(|it| it.candidate).collect();
                        let without = |out: &CandidateId| people.iter().copied().filter(|it| it != out).collect::<Vec<_>>();
                        if possible(&only(&changed, &people)) || people.iter().any(|it| !possible(&only(&changed, &without(it)))) {
                            wrong("a conflict that is none, or not the smallest");
                        }
                    }
                    let mut apart = all.clone();
                    apart.sort();
                    apart.dedup();
                    if apart.len() != all.len() {
                        wrong("somebody is in two conflicts");
                    }
                    let counts = &mut *counts.lock().expect("counted");
                    counts[1] += 1;
                    counts[2] += u32::from(conflicts.len() > 1);
                }
                _ => wrong("another end"),
            }
        }
    }
    let [plans, conflicts, several] = *counts.lock().expect("counted");
    println!("{plans} plans, {conflicts} impossible, {several} of them with several conflicts");
    assert!(plans >= 40 && conflicts >= 5 && several >= 1, "{plans} plans, {conflicts} impossible, {several} with several");
}
