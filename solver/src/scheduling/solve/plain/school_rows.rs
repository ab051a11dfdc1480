//! What an offer asks of schools, functions and money, as rows.

use std::collections::{BTreeMap, BTreeSet};

use crate::common::integer_program::Side;
use crate::scheduling::facts::codes::RuleCode;
use crate::scheduling::facts::problem::Offer;

use super::blocks::Blocks;
use crate::scheduling::solve::builder::Entries;

/// The rows of every way of every offer.
pub(super) fn write(model: &mut Blocks<'_>, asked: &dyn Fn(RuleCode) -> bool) {
    let Some(courses) = model.roster.courses() else { return };
    for at in 0..model.ways.len() {
        let Some(offer) = model.ways[at].place.offer(model.roster) else { continue };
        let offer = &courses.offers[offer];
        if asked(RuleCode::Dekking) {
            let fees = model.members[at].iter().map(|&(_, column)| (column, offer.fee_cents));
            let entries: Entries = fees.chain([(model.runs[at], offer.subsidy_cents - offer.fixed_cents)]).collect();
            model.builder.row(entries, Side::AtLeast(0));
        }
        let present = present(model, at);
        if asked(RuleCode::SchoolGroep) {
            schools(model, offer, &present);
        }
        if asked(RuleCode::RolAantal) {
            functions(model, at, offer, &present);
        }
    }
}

/// Of each school with a possible participant: the columns of its people, and one that is 1 exactly when one of them takes part.
struct School {
    people: Vec<usize>,
    there: usize,
}

fn present(model: &mut Blocks<'_>, at: usize) -> BTreeMap<String, School> {
    let mut people: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for &(unit, column) in &model.members[at] {
        if let Some(school) = &model.roster.units[unit].school {
            people.entry(school.clone()).or_default().push(column);
        }
    }
    let mut made = BTreeMap::new();
    for (name, people) in people {
        let there = model.builder.any(&people);
        for &one in &people {
            model.builder.row([(there, 1), (one, -1)], Side::AtLeast(0));
        }
        made.insert(name, School { people, there });
    }
    made
}

fn schools(model: &mut Blocks<'_>, offer: &Offer, present: &BTreeMap<String, School>) {
    for school in present.values() {
        let people = || school.people.iter().map(|&column| (column, 1));
        model.builder.row(people().chain([(school.there, -i64::from(offer.school_least))]), Side::AtLeast(0));
        if let Some(most) = offer.school_most {
            model.builder.row(people().chain([(school.there, -i64::from(most))]), Side::AtMost(0));
        }
    }
}

fn functions(model: &mut Blocks<'_>, at: usize, offer: &Offer, present: &BTreeMap<String, School>) {
    for need in &offer.needs {
        let fits = |school: Option<&String>| -> Entries {
            let members = model.members[at].iter().filter(|(unit, _)| {
                let row = &model.roster.units[*unit];
                row.function.as_ref() == Some(&need.function) && (school.is_none() || row.school.as_ref() == school)
            });
            members.map(|&(_, column)| (column, 1)).collect()
        };
        // What is asked of whom: all together, each listed school, or each school with a participant.
        let mut asked: Vec<(Entries, usize)> = Vec::new();
        if !need.per_school {
            asked.push((fits(None), model.runs[at]));
        } else if offer.schools.is_empty() {
            asked.extend(present.iter().map(|(name, school)| (fits(Some(name)), school.there)));
        } else {
            let listed: BTreeSet<&String> = offer.schools.iter().collect();
            asked.extend(listed.into_iter().map(|name| (fits(Some(name)), model.runs[at])));
        }
        for (people, when) in asked {
            model.builder.row(people.iter().copied().chain([(when, -i64::from(need.least))]), Side::AtLeast(0));
            if let Some(most) = need.most {
                model.builder.row(people.into_iter().chain([(when, -i64::from(most))]), Side::AtMost(0));
            }
        }
    }
}
