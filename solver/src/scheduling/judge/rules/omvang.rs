//! min ≤ members ≤ max of the block; a block without members does not exist (members).

use crate::scheduling::facts::plan::{Block, Plan};
use crate::scheduling::facts::problem::Problem;
use crate::scheduling::facts::roster::Roster;

use super::{Breach, Kind, Rule, RuleCode};

/// The rule.
pub const RULE: Rule =
    Rule { code: RuleCode::Omvang, says: "Elke bijeenkomst heeft genoeg en niet te veel mensen.", kind: Kind::Shared(judge) };

fn judge(roster: &Roster, plan: &Plan) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for block in &plan.blocks {
        let (least, most) = bounds(roster, block);
        let used = block.members.len() as i64;
        let place = super::called(roster, block);
        if used < least {
            breaches.push(Breach::short(RULE.code, &place, used, least));
        }
        if most.is_some_and(|most| used > most) {
            breaches.push(Breach::over(RULE.code, &place, used, most.unwrap_or(used)));
        }
    }
    breaches
}

/// Least and most members of a block; at least one.
fn bounds(roster: &Roster, block: &Block) -> (i64, Option<i64>) {
    let own = block.staff.iter().filter_map(|seat| roster.people[seat.person].per_half_day);
    let (least, most) = match &roster.problem {
        Problem::Interviews(interviews) => (interviews.least, own.chain([interviews.most]).min()),
        Problem::PeerGroups(groups) => (groups.least, Some(groups.most)),
        Problem::Visits(visits) => (1, own.min().or(Some(visits.per_half_day))),
        Problem::Courses(courses) => match block.place.offer(roster) {
            Some(offer) => (courses.offers[offer].least, courses.offers[offer].most),
            None => (1, None),
        },
    };
    (i64::from(least.max(1)), most.map(i64::from))
}
