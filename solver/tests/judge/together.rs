//! People together: engine, second opinion and certificates on random tiny waves with pairs and shared duo colleagues, against every plan.

use loket_solver::common::control::Unhurried;
use loket_solver::matching::facts::codes::RuleCode;
use loket_solver::matching::facts::ids::CandidateId;
use loket_solver::matching::facts::plan::{self, Placement, Plan};
use loket_solver::matching::facts::policy::default_goals;
use loket_solver::matching::facts::wave::Wave;
use loket_solver::matching::facts::words::Phase;
use loket_solver::matching::judge::rules::{Kind, RULES};
use loket_solver::matching::judge::{self, Judge, reasons};
use loket_solver::matching::solve::certificate::prove::{Care, Claim, Claims, prove};
use loket_solver::matching::solve::plain::solve_plain;
use loket_solver::matching::solve::{Options, solve};

use crate::builder::every_placement;
use crate::swaps::open;

/// Most plans that are gone through.
const MOST: usize = 20_000;

/// The best values in the order of the goals, over every plan that the judge accepts; nothing when there are too many plans.
fn best(wave: &Wave) -> Option<Vec<i64>> {
    let judge = Judge::new(wave);
    let may = |it: CandidateId| every_placement(wave).filter(|&at| judge.allowed(it, at)).map(Some).chain([None]).collect::<Vec<_>>();
    let ways: Vec<Vec<Option<Placement>>> = wave.candidates.ids().map(may).collect();
    let all = ways.iter().try_fold(1usize, |all, ways| all.checked_mul(ways.len()).filter(|&all| all <= MOST))?;
    let plan = |mut number: usize| -> Plan {
        let mut plan = plan::empty(wave);
        for (candidate, ways) in wave.candidates.ids().zip(&ways) {
            plan[candidate] = ways[number % ways.len()];
            number /= ways.len();
        }
        plan
    };
    (0..all).map(plan).filter(|plan| judge.obeys(plan, None)).map(|plan| judge.values(&plan)).max()
}

/// Whether leaving out a rule about people together changes what is best.
fn binds(wave: &Wave) -> Vec<RuleCode> {
    let mut free = wave.clone();
    free.pairs.clear();
    free.seats.ids().for_each(|seat| free.seats[seat].shared = false);
    let broken = |plan: &Plan| {
        let rules = RULES.iter().filter(|rule| match rule.kind {
            Kind::Shared { judge, .. } => !judge(wave, plan).is_empty(),
            Kind::Pair { .. } | Kind::Changes { .. } => false,
        });
        rules.map(|rule| rule.code).collect()
    };
    solve(&free, &Options::default(), &Unhurried).plan.as_ref().map(broken).unwrap_or_default()
}

#[test]
fn engine_second_opinion_and_certificates_agree_with_every_plan() {
    let (mut looked, mut bound) = (0, Vec::new());
    for seed in 0..1500 {
        let mut wave = open(seed);
        wave.policy.goals = default_goals(Phase::Inductie);
        wave.policy.goals.iter_mut().for_each(|goal| goal.tolerance_percent = 0);
        if wave.pairs.is_empty() && wave.seats.iter().all(|seat| !seat.shared) {
            continue;
        }
        let Some(best) = best(&wave) else { continue };
        looked += 1;
        let outcome = solve(&wave, &Options { certificate: true, ..Options::default() }, &Unhurried);
        let found: Vec<i64> = outcome.goals.iter().map(|goal| goal.best).collect();
        assert_eq!(found, best, "wave {seed}");
        assert!(outcome.goals.iter().all(|goal| goal.bound == goal.best), "wave {seed} is proven");
        assert_eq!(solve_plain(&wave, &Unhurried).best, best, "wave {seed}");
        let shown = outcome.plan.expect("a plan");
        assert_eq!(judge::judge(&wave, &shown, None).breaches, [], "wave {seed}");
        let claim = |goal: &loket_solver::matching::facts::outcome::GoalResult| Claim {
            best: goal.best,
            bound: goal.bound,
            certificate: goal.certificate.clone(),
        };
        let goals: Vec<Claim> = outcome.goals.iter().map(claim).collect();
        let claims = Claims { plan: &shown, least_changes: None, goals: &goals, care: Care { steps: 1_000_000, bare: true } };
        let verdict = prove(&wave, &claims);
        assert_eq!(verdict.objection, None, "wave {seed}");
        assert!(verdict.proven.iter().all(|it| it.checked()), "wave {seed}: {:?}", verdict.proven);
        for (candidate, told) in reasons::unplaced(&wave, &shown, true) {
            assert!(told.iter().all(|it| reasons::true_reason(&wave, &shown, true, candidate, it)), "wave {seed}");
        }
        bound.extend(binds(&wave));
    }
    assert!(looked > 100, "{looked} waves were looked at");
    for rule in [RuleCode::PaarSamen, RuleCode::PaarApart, RuleCode::PaarCoach, RuleCode::PaarCoaches, RuleCode::DuoDelen] {
        assert!(bound.contains(&rule), "{rule} binds somewhere, of {looked} waves");
    }
}
