//! From each school 0, or between school_min and school_max participants of an offer that runs; people without a school are free.

use std::collections::BTreeMap;

use crate::scheduling::facts::plan::Plan;
use crate::scheduling::facts::roster::Roster;

use super::{Breach, Kind, Rule, RuleCode};

/// The rule.
pub const RULE: Rule = Rule {
    code: RuleCode::SchoolGroep,
    says: "Van een school doen er genoeg en niet te veel mensen mee, of niemand.",
    kind: Kind::Shared(judge),
};

fn judge(roster: &Roster, plan: &Plan) -> Vec<Breach> {
    let Some(courses) = roster.courses() else { return Vec::new() };
    let mut breaches = Vec::new();
    for block in &plan.blocks {
        let Some(offer) = block.place.offer(roster).map(|offer| &courses.offers[offer]) else { continue };
        let mut schools = BTreeMap::new();
        for school in block.members.iter().filter_map(|&unit| roster.units[unit].school.as_ref()) {
            *schools.entry(school).or_insert(0_i64) += 1;
        }
        let (least, most) = (i64::from(offer.school_least), offer.school_most.map(i64::from));
        for (school, used) in schools {
            let place = format!("{} {school}", offer.id);
            if used < least {
                breaches.push(Breach::short(RULE.code, &place, used, least));
            }
            if let Some(most) = most.filter(|most| used > *most) {
                breaches.push(Breach::over(RULE.code, &place, used, most));
            }
        }
    }
    breaches
}
