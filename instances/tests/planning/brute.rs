//! Random tiny plans: every plan there is, through the judge alone, against the formulation. `LOKET_SEED` and `LOKET_PLANS` choose which and
//! how many.

use loket_instances::planning::examine::examine;
use loket_instances::planning::outcome::Answered;
use loket_instances::planning::typed::decisions;
use loket_solver::common::control::Unhurried;
use loket_solver::common::tables::{Id, Table};
use loket_solver::common::words::Verdict;
use loket_solver::planning::ask::hires::{missing, with};
use loket_solver::planning::facts::codes::RuleCode;
use loket_solver::planning::facts::horizon::{Horizon, Lock};
use loket_solver::planning::facts::ids::{KindId, YearId};
use loket_solver::planning::facts::plan::Plan;
use loket_solver::planning::judge;
use loket_solver::planning::solve::solve;
use serde_json::{Value, json};

use crate::cases::written;
use crate::common::{load, number, seed};

/// Draws by a linear congruence: small, the same everywhere.
pub struct Draw(pub u64);

impl Draw {
    pub fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }
    fn one<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len() as u64) as usize]
    }
    fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }
}

/// A random tiny plan's file.
pub fn file(draw: &mut Draw) -> Value {
    let years = 1 + draw.below(2) as usize;
    let names = ["2026-2027", "2027-2028"];
    let waves = 1 + draw.below(2) as usize;
    let boards = 1 + draw.below(2) as usize;
    let kinds = 1 + draw.below(2) as usize;
    let counts = ["aangemeld", "voortraject", "assessment", "opleiding", "jaar2", "diploma"];
    let wave = |draw: &mut Draw, nth: usize| {
        let months = ["2026-08", "2026-09", "2027-02", "2027-07", "2027-08", "2028-01"];
        let month = *draw.one(&months[..if years == 1 { 4 } else { 6 }]);
        let mut row = json!({ "id": format!("L{nth}"), "maand": month, "doel": draw.below(4) });
        if draw.chance(30) {
            row["aangemeld"] = draw.below(8).into();
        }
        if draw.chance(20) {
            let (kind, count) = (if draw.chance(50) { "intern" } else { "k0" }, *draw.one(&counts));
            let kind = if kinds == 2 { kind } else { "intern" };
            row["werkelijk"] = json!({ kind: { count: draw.below(4) } });
        }
        row
    };
    let board = |draw: &mut Draw, nth: usize| {
        let seats = if draw.chance(50) { json!(draw.below(4)) } else { (0..years).map(|_| draw.below(4)).collect::<Value>() };
        json!({ "id": format!("B{nth}"), "plekken": seats })
    };
    let mut all_kinds = vec![json!({ "id": "intern", "uren": 60 + draw.below(200), "begin": draw.below(2), "aanname_max": draw.below(3) })];
    if kinds == 2 {
        let mut other = json!({ "id": "k0", "extern": draw.chance(80), "uren": 60 + draw.below(200), "begin": draw.below(2),
            "aanname_max": draw.below(2) });
        if draw.chance(50) {
            other["diensttijd"] = (1 + draw.below(2)).into();
        }
        if draw.chance(50) {
            other["fasen"] = if draw.chance(50) { json!([]) } else { json!(["opleiding"]) };
            other["overdracht"] = json!("intern");
        }
        all_kinds.push(other);
    }
    let drivers = ["vast", "coaches", "aanname", "aangemeld", "voortraject", "assessment", "opleiding", "jaar2", "diploma"];
    let line = |draw: &mut Draw, id: String, income: bool| {
        let per = *draw.one(&drivers);
        let mut row = json!({ "id": id, "per": per, "prijs_cent": *draw.one(&[333_u64, 5_000, 8_000, 600_000, 77]) });
        if !income {
            row["activiteit"] = json!("A");
            row["soort"] = json!("overig");
        }
        if counts.contains(&per) && draw.chance(40) {
            row["groep"] = (1 + draw.below(3)).into();
        }
        if per != "vast" && draw.chance(30) {
            row["coachsoort"] = json!("intern");
        }
        if draw.chance(30) {
            row["aantal_x100"] = json!(200);
        }
        if draw.chance(30) {
            row["btw_procent"] = json!(21);
        }
        if draw.chance(30) {
            row["jaren"] = json!([names[draw.below(years as u64) as usize]]);
        }
        row
    };
    let terms = ["gestart", "afgestudeerd", "blijvers", "intern", "aanname", "kosten", "spreiding"];
    let mut policy = json!({ "per_coach": 1 + draw.below(4), "plek_maanden": 1 + draw.below(12),
        "budget": *draw.one(&["cumulatief", "per_jaar", "totaal", "geen"]), "voorschot_cent": *draw.one(&[0_u64, 1_000, 700_000]) });
    if draw.chance(30) {
        policy["max_extern_procent"] = (*draw.one(&[0_u64, 25, 50])).into();
    }
    if draw.chance(50) {
        let goals = 1 + draw.below(4);
        policy["doelen"] = (0..goals)
            .map(|nth| {
                let (one, other) = (*draw.one(&terms), *draw.one(&terms));
                let mut points = json!({ one: 1 + draw.below(4) });
                if one != other && draw.chance(50) {
                    points[other] = (1 + draw.below(3)).into();
                }
                json!({ "naam": format!("d{nth}"), "punten": points, "tolerantie_procent": *draw.one(&[0_u64, 0, 10, 50]) })
            })
            .collect();
    }
    let mut locks = Vec::new();
    if draw.chance(40) {
        let l = format!("L{}", draw.below(waves as u64));
        if draw.chance(60) {
            locks.push(json!({ "lichting": l, "gestart": draw.below(4) }));
        }
        if draw.chance(40) {
            locks.push(json!({ "lichting": l, "bestuur": format!("B{}", draw.below(boards as u64)), "gestart": draw.below(3) }));
        }
        if draw.chance(40) {
            locks.push(json!({ "lichting": l, "coachsoort": "intern", "aantal": draw.below(4) }));
        }
        if draw.chance(40) {
            locks.push(json!({ "coachsoort": "intern", "jaar": names[draw.below(years as u64) as usize], "aanname": draw.below(3) }));
        }
    }
    json!({
        "formaat": "loket-meerjarenplan/1", "id": "tiny", "start": "2026-08", "jaren": names[..years],
        "trechter": { "start": 50 + draw.below(51), "voortraject": 50 + draw.below(51), "opleiding": 70 + draw.below(31),
            "jaar2": 60 + draw.below(41), "diploma": 50 + draw.below(51), "blijft": 50 + draw.below(51) },
        "lichtingen": (0..waves).map(|nth| wave(draw, nth)).collect::<Value>(),
        "besturen": (0..boards).map(|nth| board(draw, nth)).collect::<Value>(),
        "coachsoorten": all_kinds,
        "posten": (0..draw.below(4)).map(|nth| line(draw, format!("p{nth}"), false)).collect::<Value>(),
        "inkomsten": (0..draw.below(3)).map(|nth| line(draw, format!("i{nth}"), true)).collect::<Value>(),
        "beleid": policy, "vast": locks,
    })
}

/// Every way to write this many numbers, each up to its own most.
fn grids(most: &[i64]) -> Vec<Vec<i64>> {
    most.iter().fold(vec![Vec::new()], |grids, &most| {
        grids.into_iter().flat_map(|grid| (0..=most).map(move |number| [grid.clone(), vec![number]].concat())).collect()
    })
}

/// Every whole plan within what targets, seats and hires leave; too many of them is none.
fn plans(horizon: &Horizon) -> Option<Vec<Plan>> {
    let mut all = vec![Plan::empty(horizon)];
    for (wave, row) in horizon.waves.pairs() {
        let seats: Vec<i64> = horizon.boards.iter().map(|board| board.seats[row.year].min(row.target)).collect();
        let kinds = vec![row.target; horizon.kinds.len()];
        let pairs: Vec<(Vec<i64>, Vec<i64>)> = grids(&seats)
            .into_iter()
            .flat_map(|seated| grids(&kinds).into_iter().map(move |guided| (seated.clone(), guided)))
            .filter(|(seated, guided)| seated.iter().sum::<i64>() == guided.iter().sum::<i64>())
            .collect();
        if all.len() * pairs.len() > 200_000 {
            return None;
        }
        let with = |plan: &Plan| -> Vec<Plan> {
            let one = |(seated, guided): &(Vec<i64>, Vec<i64>)| {
                let mut plan = plan.clone();
                (plan.seated[wave], plan.guided[wave]) = (seated.clone().into(), guided.clone().into());
                plan
            };
            pairs.iter().map(one).collect()
        };
        all = all.iter().flat_map(with).collect();
    }
    let hires: Vec<i64> = horizon.kinds.iter().flat_map(|kind| kind.hires.iter().copied()).collect();
    let grids = grids(&hires);
    if all.len() * grids.len() > 200_000 {
        return None;
    }
    let with = |plan: Plan| -> Vec<Plan> {
        let one = |hired: &Vec<i64>| {
            let rows: Vec<Table<_, i64>> = hired.chunks(horizon.length()).map(|row| row.to_vec().into()).collect();
            Plan { hired: rows.into(), ..plan.clone() }
        };
        grids.iter().map(one).collect()
    };
    Some(all.into_iter().flat_map(with).collect())
}

/// Values of all plans that obey every rule with these locks.
fn obeying(horizon: &Horizon, plans: &[Plan], locks: &[Lock]) -> Vec<Vec<i64>> {
    let horizon = Horizon { locks: locks.to_vec(), ..horizon.clone() };
    let findings = plans.iter().map(|plan| judge::findings(&horizon, plan).expect("a whole plan"));
    findings.filter(|findings| findings.breaches.is_empty()).map(|findings| findings.values).collect()
}

#[test]
fn random_tiny_plans_agree_with_brute_force() {
    let (seed, count) = (seed(), number("LOKET_PLANS", 200));
    println!("LOKET_SEED={seed} LOKET_PLANS={count}");
    let (mut compared, mut impossible, mut nothing) = (0, 0, 0);
    for nth in 0..count {
        let draw = &mut Draw((seed.wrapping_mul(1_000_003).wrapping_add(nth)).wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let file = file(draw);
        let loaded = load(&file);
        let horizon = &loaded.horizon;
        let outcome = solve(horizon, &Unhurried);
        let told = written(&loaded, &outcome, &Answered::default());
        assert_eq!(examine(&loaded, told.to_string().as_bytes()), Vec::new(), "{file}");
        let Some(all) = plans(horizon) else { continue };
        compared += 1;
        let mut left = obeying(horizon, &all, &horizon.locks);
        if left.is_empty() {
            impossible += 1;
            assert_eq!(outcome.verdict, Verdict::Impossible, "{file}");
            let mut kept: Vec<usize> = (0..horizon.locks.len()).collect();
            for at in (0..horizon.locks.len()).rev() {
                let without: Vec<usize> = kept.iter().copied().filter(|&other| other != at).collect();
                let locks: Vec<Lock> = without.iter().map(|&at| horizon.locks[at]).collect();
                if obeying(horizon, &all, &locks).is_empty() {
                    kept = without;
                }
            }
            nothing += u64::from(kept.is_empty());
            assert_eq!(outcome.conflict.iter().map(|it| it.lock).collect::<Vec<_>>(), kept, "{file}");
            continue;
        }
        let mut best = Vec::new();
        for (at, goal) in horizon.policy.goals.iter().enumerate() {
            let most = left.iter().map(|values| values[at]).max().expect("a plan");
            left.retain(|values| values[at] >= goal.floor(most));
            best.push(most);
        }
        assert_eq!(outcome.verdict, Verdict::Optimal, "{file}");
        assert_eq!(outcome.goals.iter().map(|goal| goal.best).collect::<Vec<_>>(), best, "{file}");
    }
    println!("{compared} of {count} compared with brute force, {impossible} impossible, of {nothing} no lock is to blame");
    assert!(2 * compared > count, "{compared} of {count} are small enough");
}

#[test]
fn the_hires_that_are_missing_are_the_fewest() {
    let mut draw = Draw(seed());
    let mut short = 0;
    for _ in 0..number("LOKET_PLANS", 200) {
        let file = file(&mut draw);
        let loaded = load(&file);
        let horizon = &loaded.horizon;
        let plan = decisions(&loaded, None);
        let more = missing(horizon, &plan, YearId::new(0));
        let breaks = |plan: &Plan, kind: KindId| {
            let found = judge::findings(horizon, plan).expect("a whole plan").breaches;
            found.iter().any(|it| matches!(it.rule, RuleCode::CoachRatio | RuleCode::CoachUren) && it.place.kind == Some(kind))
        };
        for kind in horizon.kinds.ids() {
            assert!(!breaks(&with(&plan, &more), kind), "{file}");
            let total: i64 = more[kind].iter().sum();
            short += i64::from(total > 0);
            for grid in grids(&vec![total; horizon.years.len()]).into_iter().filter(|grid| grid.iter().sum::<i64>() < total) {
                let mut other = Table::filled(horizon.kinds.len(), Table::filled(horizon.years.len(), 0));
                other[kind] = grid.into();
                assert!(breaks(&with(&plan, &other), kind), "{file}");
            }
        }
    }
    assert!(short > 0, "no plan was short of coaches");
}
