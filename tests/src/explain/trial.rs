//! A policy on trial: on random tiny waves both sides are best, and no plan as good leaves more people where they were, by brute force.

use loket_instances::generate;
use loket_instances::matching::row::read_policy;
use loket_instances::matching::trial::{Judgement, Line, Measure, Threshold, Told, compose, judged, measured, pair, tell};
use loket_solver::common::control::Unhurried;
use loket_solver::common::words::Word;
use loket_solver::matching::facts::plan::Plan;
use loket_solver::matching::facts::wave::Wave;
use loket_solver::matching::solve::Options;
use serde_json::Value;

use super::truth;
use crate::support::{nth_seed, seed};

/// The policy of another wave, as somebody might try it, without a limit on changes.
fn policy(wave: &Value) -> Value {
    let mut policy = wave.get("beleid").cloned().unwrap_or_else(|| serde_json::json!({}));
    policy.as_object_mut().expect("a policy").remove("max_wijzigingen");
    policy
}

fn told(wave: &Value, policy: &Value) -> Option<Told> {
    let new = read_policy(policy.to_string().as_bytes()).ok()?;
    let pair = pair(wave.to_string().as_bytes(), None, &new).ok()?;
    Some(tell(pair, &Options::default(), &Unhurried))
}

/// How many keep their seat group, and their whole placement.
fn kept(wave: &Wave, before: &Plan, after: &Plan) -> (usize, usize) {
    let both = || wave.candidates.ids().filter_map(|it| Some((before[it]?, after[it]?)));
    (both().filter(|(was, now)| was.seat == now.seat).count(), both().filter(|(was, now)| was == now).count())
}

#[test]
fn a_trial_compares_best_plans_and_calls_no_tie_a_change() {
    let first = seed();
    println!("LOKET_SEED={first}");
    let (mut looked, mut changed) = (0, 0);
    for at in 0..160 {
        let json = generate::tiny(nth_seed(first, 700_000 + at));
        let other = policy(&generate::tiny(nth_seed(first, 800_000 + at)));
        let Some(told) = told(&json, &other) else { continue };
        let tried = &told.tried;
        let (was, now) = (&told.pair.before.wave, &told.pair.after.wave);
        for (wave, side) in [(was, &tried.before), (now, &tried.after)] {
            let Some(plans) = truth::plans(wave, &|_| true) else { continue };
            let known: Vec<i64> = side.outcome.goals.iter().map(|goal| goal.best).collect();
            match truth::best(wave, plans) {
                None => assert!(side.outcome.plan.is_none(), "{at}: a plan where none is"),
                Some((values, _)) => assert_eq!(known, values, "{at}: {}", wave.id),
            }
            looked += 1;
        }
        let (Some(before), Some(after)) = (&tried.before.outcome.plan, &tried.after.outcome.plan) else { continue };
        let otherwise = tried.otherwise.expect("two plans are compared");
        assert_eq!(otherwise.both - otherwise.elsewhere, kept(now, before, after).0, "{at}");
        changed += usize::from(otherwise.people() > 0);
        if !tried.least {
            continue;
        }
        if let Some((_, plans)) = truth::plans(now, &|_| true).and_then(|plans| truth::best(now, plans)) {
            let most = plans.iter().map(|plan| kept(now, before, plan)).max().expect("a best plan");
            assert_eq!(kept(now, before, after), most, "{at}: a tie is told as a change");
        }
    }
    println!("{looked} sides against brute force, {changed} waves with somebody placed otherwise");
    assert!(looked > 100 && changed > 15, "{looked} sides, {changed} changed");
}

#[test]
fn the_same_policy_changes_nothing_and_thresholds_are_weighed_in_whole_numbers() {
    let mut tried = 0;
    for at in 0..40 {
        let json = generate::tiny(nth_seed(7, at));
        let Some(told) = told(&json, &json.get("beleid").cloned().unwrap_or_else(|| serde_json::json!({}))) else { continue };
        let Some(otherwise) = told.tried.otherwise else { continue };
        assert_eq!(told.tried.before.outcome.plan, told.tried.after.outcome.plan, "{at}");
        assert_eq!((otherwise.people(), otherwise.better, otherwise.worse), (0, 0, 0), "{at}");
        let line = compose(&told);
        let text = serde_json::to_string(&line).expect("a line is written");
        assert_eq!(serde_json::from_str::<Line>(&text).expect("and read"), line, "{at}");
        let all = [line.clone(), line];
        for &measure in Measure::ALL {
            assert_eq!(measured(&all, measure), Some(0), "{at}: {measure:?}");
        }
        let threshold = |least, most| Threshold { measure: Measure::Placed, least, most };
        assert_eq!(judged(&all, &[threshold(Some(0), Some(0))]).1, Some(Judgement::Go));
        assert_eq!(judged(&all, &[threshold(Some(0), None), threshold(Some(1), None)]).1, Some(Judgement::NoGo));
        assert_eq!(judged(&all, &[threshold(None, Some(-1))]).1, Some(Judgement::NoGo));
        assert_eq!(judged(&all, &[]).1, None);
        tried += 1;
    }
    assert!(tried >= 20, "{tried} waves with a plan");
}
