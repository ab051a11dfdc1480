//! Each reason is true: held against every block in which the unit could be, one by one, by the judge alone.

use std::collections::BTreeSet;

use loket_solver::common::tables::Id;
use loket_solver::common::words::Word;
use loket_solver::scheduling::facts::codes::{Kind, ReasonCode, RuleCode};
use loket_solver::scheduling::facts::ids::{RoleId, UnitId};
use loket_solver::scheduling::facts::outcome::{Outcome, Unplanned};
use loket_solver::scheduling::facts::plan::{Block, Plan, Seat, places};
use loket_solver::scheduling::facts::roster::Roster;
use loket_solver::scheduling::judge::ways::{allowed, place_codes};
use loket_solver::scheduling::judge::{breaches, rules::Breach};

use crate::brute::staffs;

/// What is not true of the reasons of an outcome.
pub fn untrue(roster: &Roster, outcome: &Outcome) -> Vec<String> {
    let Some(plan) = &outcome.plan else { return Vec::new() };
    let mut wrong = Vec::new();
    for unplanned in &outcome.unplanned {
        let told: BTreeSet<&str> = unplanned.reasons.iter().map(|reason| reason.code.code()).collect();
        let id = &roster.units[unplanned.unit].id;
        let options = options(roster, plan, unplanned.unit);
        if options.is_empty() {
            wrong.extend(without_way(roster, unplanned).map(|what| format!("{id}: {what} ({told:?})")));
            continue;
        }
        let mut expected: BTreeSet<&str> = options.iter().flatten().map(|code| code.code()).collect();
        if options.iter().any(BTreeSet::is_empty) {
            expected.insert("doel");
        }
        // The codes that every option shares must be told; no code may be told that no option meets.
        if told != expected {
            wrong.push(format!("{id}: told {told:?}, found {expected:?}"));
        }
    }
    wrong
}

/// Without a way there is one reason, and it forbids some place.
fn without_way(roster: &Roster, unplanned: &Unplanned) -> Option<String> {
    let [reason] = unplanned.reasons.as_slice() else { return Some("not one reason".into()) };
    let places = places(roster);
    match reason.code {
        ReasonCode::Rule(code) => {
            let about_place = places.iter().any(|&place| place_codes(roster, unplanned.unit, place).contains(&code));
            let about_staff = [RuleCode::NietMet, RuleCode::EigenSchool, RuleCode::Verboden, RuleCode::CoachBeschikbaar].contains(&code);
            (!about_place && !about_staff).then(|| format!("{} forbids no place", code.code()))
        }
        ReasonCode::Other(other) => match other.code() {
            "geen-moment" => (!places.is_empty()).then(|| "there are places".into()),
            "geen-bezetting" => {
                let staffed = |place| place_codes(roster, unplanned.unit, place).is_empty() && !staffs(roster, place).is_empty();
                places.into_iter().any(staffed).then(|| "a place has complete staff".into())
            }
            code => Some(format!("{code} without a way")),
        },
    }
}

/// For every block in which the pair rules allow the unit: the codes that forbid it there, as reasons.
fn options(roster: &Roster, plan: &Plan, unit: UnitId) -> Vec<BTreeSet<ReasonCode>> {
    let mut found = Vec::new();
    for place in places(roster) {
        let all = match roster.visits() {
            Some(visits) => vec![vec![Seat { role: RoleId::new(0), person: visits.placements[unit].coach }]],
            None => staffs(roster, place),
        };
        for staff in all.into_iter().filter(|staff| allowed(roster, unit, place, staff)) {
            for (at, block) in plan.blocks.iter().enumerate() {
                if block.place == place && block.staff == staff && !block.members.contains(&unit) {
                    found.push(joined(roster, plan, unit, at));
                }
            }
            let mut blocks = plan.blocks.clone();
            blocks.push(Block { place, staff, members: vec![unit], follows: None });
            let broken = breaches(roster, &Plan { blocks });
            let few = |breach: &Breach| breach.rule == RuleCode::Omvang && breach.short;
            let only_few = broken.iter().all(few);
            found.push(broken.iter().filter(|breach| only_few || !few(breach)).map(|breach| code(roster, breach)).collect());
        }
    }
    found
}

fn joined(roster: &Roster, plan: &Plan, unit: UnitId, at: usize) -> BTreeSet<ReasonCode> {
    let mut always: Option<BTreeSet<ReasonCode>> = None;
    for order in 0..=plan.blocks[at].members.len() {
        let mut blocks = plan.blocks.clone();
        blocks[at].members.insert(order, unit);
        let broken: BTreeSet<ReasonCode> = breaches(roster, &Plan { blocks }).iter().map(|breach| code(roster, breach)).collect();
        always = Some(always.map_or(broken.clone(), |always| always.intersection(&broken).copied().collect()));
    }
    always.expect("a tour has an order")
}

fn code(roster: &Roster, breach: &Breach) -> ReasonCode {
    let full = roster.kind() == Kind::Interviews && breach.rule == RuleCode::Omvang && !breach.short;
    if full { ReasonCode::parse("zitting-vol").expect("a code") } else { ReasonCode::Rule(breach.rule) }
}
