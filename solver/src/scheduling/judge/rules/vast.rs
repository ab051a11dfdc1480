//! A locked unit is planned and its block agrees with every field its lock names.

use crate::scheduling::facts::plan::Plan;
use crate::scheduling::facts::roster::Roster;

use super::{Breach, Kind, Rule, RuleCode};

/// The rule.
pub const RULE: Rule = Rule { code: RuleCode::Vast, says: "Wat vastgezet is, gebeurt precies zo.", kind: Kind::Shared(judge) };

fn judge(roster: &Roster, plan: &Plan) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for (unit, row) in roster.units.pairs() {
        for lock in &row.locks {
            if !plan.with(unit).any(|block| lock.agrees(roster, block.place, &block.staff)) {
                breaches.push(Breach::short(RULE.code, &row.id, 0, 1).of(unit));
            }
        }
    }
    breaches
}
