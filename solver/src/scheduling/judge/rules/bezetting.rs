//! Each role has exactly the number asked, and nobody fills two roles of one block; a tour is driven by the coach of all its placements.

use crate::scheduling::facts::plan::{Plan, asked};
use crate::scheduling::facts::roster::Roster;

use super::{Breach, Kind, Rule, RuleCode};

/// The rule.
pub const RULE: Rule =
    Rule { code: RuleCode::Bezetting, says: "Elke rol is bezet met precies het gevraagde aantal mensen.", kind: Kind::Shared(judge) };

fn judge(roster: &Roster, plan: &Plan) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for block in &plan.blocks {
        for (role, number) in asked(roster, block.place) {
            let used = block.staff.iter().filter(|seat| seat.role == role).count() as i64;
            if used != i64::from(number) {
                breaches.push(Breach::over(RULE.code, &roster.roles[role], used, number.into()));
            }
        }
        for (at, seat) in block.staff.iter().enumerate() {
            if block.staff[..at].iter().any(|other| other.person == seat.person) {
                breaches.push(Breach::over(RULE.code, &roster.people[seat.person].id, 2, 1));
            }
        }
        if let Some(visits) = roster.visits() {
            let others = block.members.iter().filter(|&&unit| !block.has(visits.placements[unit].coach));
            breaches.extend(others.map(|&unit| Breach::over(RULE.code, &roster.units[unit].id, 1, 0).of(unit)));
        }
    }
    breaches
}
