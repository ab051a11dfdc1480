//! Nobody is in two blocks, as staff or as member, that share a moment.

use std::collections::{BTreeMap, BTreeSet};

use crate::scheduling::facts::ids::{PersonId, UnitId};
use crate::scheduling::facts::plan::Plan;
use crate::scheduling::facts::roster::Roster;

use super::{Breach, Kind, Rule, RuleCode};

/// The rule.
pub const RULE: Rule = Rule { code: RuleCode::Dubbel, says: "Niemand is op twee plaatsen tegelijk.", kind: Kind::Shared(judge) };

fn judge(roster: &Roster, plan: &Plan) -> Vec<Breach> {
    let mut there = BTreeMap::new();
    for block in &plan.blocks {
        let staff = block.staff.iter().map(|seat| Somebody::Person(seat.person));
        let members = block.members.iter().map(|&unit| roster.units[unit].person.map_or(Somebody::Unit(unit), Somebody::Person));
        // A placement is visited by one coach, who is counted.
        let members = members.filter(|_| roster.visits().is_none());
        let everybody: BTreeSet<Somebody> = staff.chain(members).collect();
        for moment in block.place.moments(roster) {
            for &somebody in &everybody {
                *there.entry((somebody, moment)).or_insert(0_i64) += 1;
            }
        }
    }
    let twice = there.into_iter().filter(|(_, used)| *used > 1);
    twice
        .map(|((somebody, moment), used)| {
            let id = match somebody {
                Somebody::Person(person) => &roster.people[person].id,
                Somebody::Unit(unit) => &roster.units[unit].id,
            };
            Breach::over(RULE.code, &format!("{id} {moment}"), used, 1)
        })
        .collect()
}

/// One person, also when a member is in the list of people too.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Somebody {
    Person(PersonId),
    Unit(UnitId),
}
