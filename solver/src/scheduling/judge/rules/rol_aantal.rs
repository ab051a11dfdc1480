//! Of each function that an offer names: min ≤ participants ≤ max in all, or of each school (its list; when that is empty each school with a participant).

use std::collections::BTreeSet;

use crate::scheduling::facts::plan::Plan;
use crate::scheduling::facts::roster::Roster;

use super::{Breach, Kind, Rule, RuleCode};

/// The rule.
pub const RULE: Rule =
    Rule { code: RuleCode::RolAantal, says: "Elke functie is in het aanbod vertegenwoordigd zoals gevraagd.", kind: Kind::Shared(judge) };

fn judge(roster: &Roster, plan: &Plan) -> Vec<Breach> {
    let Some(courses) = roster.courses() else { return Vec::new() };
    let mut breaches = Vec::new();
    for block in &plan.blocks {
        let Some(offer) = block.place.offer(roster).map(|offer| &courses.offers[offer]) else { continue };
        let there = || block.members.iter().map(|&unit| &roster.units[unit]);
        let schools: BTreeSet<&String> = match offer.schools.is_empty() {
            true => there().filter_map(|row| row.school.as_ref()).collect(),
            false => offer.schools.iter().collect(),
        };
        for need in &offer.needs {
            let with = |school: Option<&String>| {
                let fits = there().filter(|row| row.function.as_ref() == Some(&need.function));
                fits.filter(|row| school.is_none() || row.school.as_ref() == school).count() as i64
            };
            let counts: Vec<_> = match need.per_school {
                true => schools.iter().map(|&school| (format!(" {school}"), with(Some(school)))).collect(),
                false => vec![(String::new(), with(None))],
            };
            for (school, used) in counts {
                let place = format!("{}{school} {}", offer.id, need.function);
                if used < i64::from(need.least) {
                    breaches.push(Breach::short(RULE.code, &place, used, need.least.into()));
                }
                if let Some(most) = need.most.map(i64::from).filter(|most| used > *most) {
                    breaches.push(Breach::over(RULE.code, &place, used, most));
                }
            }
        }
    }
    breaches
}
