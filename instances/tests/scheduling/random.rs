//! Random tiny rosters of each kind: the formulation, brute force and the judge agree on every goal, on changes and on conflicts.

use std::collections::BTreeMap;

use loket_instances::scheduling::roster_file::{RosterFile, read_roster};
use loket_solver::common::control::Unhurried;
use loket_solver::common::words::{Verdict, Word};
use loket_solver::scheduling::facts::calendar::{Day, Moment};
use loket_solver::scheduling::facts::codes::{Kind, RuleCode};
use loket_solver::scheduling::facts::ids::UnitId;
use loket_solver::scheduling::facts::outcome::{Conflict, Outcome};
use loket_solver::scheduling::facts::plan::{Block, Plan, Seat, When, asked, places};
use loket_solver::scheduling::facts::roster::Roster;
use loket_solver::scheduling::judge::rules::rules;
use loket_solver::scheduling::judge::{Judge, breaches};
use loket_solver::scheduling::solve::{Form, solve, solve_by};

use crate::brute::{self, Answer};
use crate::reasons::untrue;
use crate::wild::{self, Draw};

pub fn number(name: &str, usual: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

/// The seed of today, unless `LOKET_SEED` names another one.
pub fn seed() -> u64 {
    let days = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(1, |since| since.as_secs() / 86_400);
    number("LOKET_SEED", days)
}

/// What the formulation says, as brute force would.
fn answer(roster: &Roster, outcome: &Outcome) -> Option<Answer> {
    match outcome.verdict {
        Verdict::Optimal => Some(Answer::Best {
            values: outcome.goals.iter().map(|goal| goal.best).collect(),
            least_changes: outcome.least_changes.clone(),
        }),
        Verdict::Impossible => {
            let name = |lock: &Conflict| {
                let row = &roster.units[lock.unit];
                let moment = row.locks[lock.lock].moment.filter(|_| roster.visits().is_some());
                (row.id.clone(), moment.map(|moment| moment.to_string()))
            };
            Some(Answer::Impossible { conflict: outcome.conflict.iter().map(name).collect() })
        }
        Verdict::Feasible | Verdict::Stopped => None,
    }
}

fn compare(kind: &str) {
    let (seed, count) = (seed(), number("LOKET_ROSTERS", 40));
    println!("{kind}: LOKET_SEED={seed} LOKET_ROSTERS={count}");
    let (mut compared, mut impossible, mut reasons) = (0, 0, BTreeMap::<&str, u32>::new());
    for nth in 0..count {
        let file = wild::roster(kind, seed * 1_000_000 + nth);
        let bytes = serde_json::to_vec(&file).expect("JSON");
        let loaded = read_roster(&bytes).unwrap_or_else(|refusal| panic!("{refusal}\n{file}"));
        let roster = &loaded.roster;
        let outcome = solve(roster, &Unhurried);
        let says = answer(roster, &outcome).unwrap_or_else(|| panic!("{:?} of {file}", outcome.verdict));
        if let Some(plan) = &outcome.plan {
            let findings = Judge::new(roster).findings(plan, outcome.least_changes.as_deref());
            let told: Vec<i64> = outcome.goals.iter().map(|goal| goal.value).collect();
            assert!(findings.breaches.is_empty() && findings.values == told, "{findings:?} told {told:?} of {file}");
            assert_eq!(untrue(roster, &outcome), Vec::<String>::new(), "{file}");
            for unplanned in &outcome.unplanned {
                assert!(!unplanned.reasons.is_empty(), "{} has no reason in {file}", roster.units[unplanned.unit].id);
                unplanned.reasons.iter().for_each(|reason| *reasons.entry(reason.code.code()).or_default() += 1);
            }
        }
        // The second opinion writes every staff down.
        let plain = solve_by(roster, Form::Enumerated, &Unhurried);
        assert_eq!(answer(roster, &plain).as_ref(), Some(&says), "{file}");
        if let Some(truth) = brute::answer(roster) {
            compared += 1;
            impossible += u32::from(matches!(truth, Answer::Impossible { .. }));
            assert_eq!(says, truth, "{file}");
        }
        // Permuting the rows changes no value, and writing and reading again changes nothing at all.
        let again = RosterFile::read(&bytes).unwrap_or_else(|refusal| panic!("{refusal}"));
        assert_eq!(RosterFile::read(&again.write()).unwrap_or_else(|refusal| panic!("{refusal}")), again);
    }
    println!("{kind}: {compared} of {count} compared with brute force, {impossible} impossible; reasons {reasons:?}");
    assert!(2 * compared > count, "{compared} of {count} are small enough");
}

#[test]
fn random_interviews_agree() {
    compare("gesprekken");
}

#[test]
fn random_peer_groups_agree() {
    compare("intervisie");
}

#[test]
fn random_visits_agree() {
    compare("bezoeken");
}

#[test]
fn random_courses_agree() {
    compare("aanbod");
}

/// A block at a random place with random staff and members, whether or not they can.
fn random_block(draw: &mut Draw, roster: &Roster) -> Option<Block> {
    let places = places(roster);
    if places.is_empty() || roster.people.is_empty() {
        return None;
    }
    let mut place = *draw.one(&places);
    if let (When::At(moment), true) = (place.when, draw.chance(5)) {
        // After the end of the calendar.
        place.when = When::At(Moment { day: Day(moment.day.0 + 70), ..moment });
    }
    let people: Vec<_> = roster.people.ids().collect();
    let mut staff = Vec::new();
    for (role, number) in asked(roster, place) {
        for _ in 0..number {
            staff.push(Seat { role, person: *draw.one(&people) });
        }
    }
    if draw.chance(10) {
        staff.pop();
    }
    let units: Vec<UnitId> = roster.units.ids().collect();
    let mut members = draw.some(&units, 55);
    if draw.chance(5) {
        members.extend(members.first().copied());
    }
    let follows = roster.groups().and_then(|groups| groups.names.ids().next()).filter(|_| draw.chance(50));
    Some(Block { place, staff, members, follows })
}

/// Every rule but the one on changes can be broken, and no plan that breaks none is better than the proven one.
fn plans_of_chance(kind: &str) {
    let (seed, count) = (seed(), number("LOKET_ROSTERS", 40));
    let mut broken = BTreeMap::<RuleCode, u32>::new();
    let mut obeying = 0;
    for nth in 0..count {
        let file = wild::roster(kind, seed * 1_000_000 + nth);
        let loaded = read_roster(&serde_json::to_vec(&file).expect("JSON")).unwrap_or_else(|refusal| panic!("{refusal}"));
        let roster = &loaded.roster;
        let outcome = solve(roster, &Unhurried);
        let judge = Judge::new(roster);
        let draw = &mut Draw::new(nth + 7);
        for _ in 0..60 {
            let mut blocks = outcome.plan.clone().unwrap_or_default().blocks;
            // The proven plan with some blocks thrown away and others of chance, or blocks of chance alone.
            if draw.chance(50) {
                blocks.retain(|_| draw.chance(60));
            } else {
                blocks.clear();
            }
            for _ in 0..draw.below(3) {
                blocks.extend(random_block(draw, roster));
            }
            if let (true, Some(block)) = (draw.chance(30), blocks.first_mut()) {
                block.members.pop();
            }
            let plan = Plan { blocks };
            let found = breaches(roster, &plan);
            found.iter().for_each(|breach| *broken.entry(breach.rule).or_default() += 1);
            if found.is_empty() && roster.policy.max_changes.is_none() && roster.visits().is_none() {
                obeying += 1;
                let first = judge.values(&plan).first().copied();
                let best = outcome.goals.first().map(|goal| goal.best);
                assert!(first <= best, "{first:?} is better than {best:?} in {file}");
            }
        }
    }
    let never: Vec<&str> = rules(Kind::parse(kind).expect("a kind"))
        .iter()
        .filter(|rule| rule.code != RuleCode::Wijzigingen && !broken.contains_key(&rule.code))
        .map(|rule| rule.code.code())
        .collect();
    println!("{kind}: {obeying} plans of chance obey every rule; broken {broken:?}");
    assert!(never.is_empty(), "{never:?} of {kind} were never broken (LOKET_SEED={seed})");
}

#[test]
fn every_rule_of_every_kind_can_be_broken_and_no_plan_of_chance_is_better() {
    for kind in ["gesprekken", "intervisie", "bezoeken", "aanbod"] {
        plans_of_chance(kind);
    }
}
