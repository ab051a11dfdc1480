//! What the columns of peer groups by counts are worth in each term; columns that a term needs of its own are added.
//!
//! Of n people with one label in N groups at least max(0, n − N) share a group with another one, and at most min(n, N) groups have the label; who is
//! sorted by label and dealt like cards comes to exactly that. So these count no plan for less than it is worth.

use std::collections::BTreeMap;

use crate::scheduling::facts::codes::TermCode;
use crate::scheduling::facts::ids::UnitId;
use crate::scheduling::facts::plan::When;
use crate::scheduling::facts::roster::{Previous, Roster};
use crate::scheduling::solve::builder::Entries;
use crate::scheduling::solve::staffing::Way;

use super::groups::{Groups, Spot};

/// The columns of a term with their points; `None` for one that is not counted: it asks which people are together.
pub(super) fn of(model: &mut Groups<'_>, term: TermCode) -> Option<Entries> {
    use TermCode::*;
    let roster = model.roster;
    Some(match term {
        Gepland => per_member(model, |_, _, _| 1),
        Wachttijd => per_member(model, |_, unit, _| i64::from(roster.units[unit].waited).min(9)),
        Voorkeur => per_member(model, |_, unit, way| {
            let wish = roster.units[unit].preference;
            let wished = way.moments.iter().all(|moment| moment.code().is_some_and(|code| wish.has(code)));
            100 * i64::from(wished && !wish.is_empty())
        }),
        Aanwezig => per_member(model, |_, unit, way| {
            let own = &roster.units[unit].availability;
            -(way.moments.iter().filter(|&&moment| !own.at(&roster.calendar, moment)).count() as i64)
        }),
        Reistijd => per_member(model, |model, unit, way| {
            let minutes = way.place.location.map_or(0, |location| i64::from(model.groups.travel[unit][location]));
            (100 - (100 * minutes).div_euclid(60)).max(0)
        }),
        OngewijzigdMoment => per_member(model, |_, unit, way| there(roster, unit, way, &|_| 1)),
        AfspraakMoment => per_member(model, |_, unit, way| there(roster, unit, way, &|entry| roster.policy.keep_weight(entry.status))),
        Botsing => clashes(model),
        MixBestuur => mixed(model, |roster, unit| roster.units[unit].board.clone()),
        MixBouw => mixed(model, |roster, unit| roster.units[unit].bouw),
        Grootte => sizes(model),
        Groepen => model.spots.iter().map(|spot| (spot.groups, -1)).collect(),
        Kosten => costs(model),
        Belasting => load(model),
        _ => return None,
    })
}

fn per_member(model: &Groups<'_>, points: impl Fn(&Groups<'_>, UnitId, &Way) -> i64) -> Entries {
    let mut entries = Entries::new();
    for spot in &model.spots {
        if let Some(way) = model.way(spot) {
            entries.extend(spot.members.iter().map(|&(unit, column)| (column, points(model, unit, &way))));
        }
    }
    entries
}

/// Points of the entries of which somebody keeps series and location, those that are named.
fn there(roster: &Roster, unit: UnitId, way: &Way, points: &dyn Fn(&Previous) -> i64) -> i64 {
    let id = match way.place.when {
        When::Series(series) => Some(&roster.series[series].id),
        When::At(_) => None,
    };
    let kept = |entry: &&Previous| {
        (entry.series.is_some() || entry.location.named())
            && entry.series.as_ref().is_none_or(|series| Some(series) == id)
            && entry.location.agrees(way.place.location)
    };
    roster.units[unit].previous.iter().filter(kept).map(points).sum()
}

/// The columns of the members of a spot with each label.
fn by_label<L: Ord>(roster: &Roster, spot: &Spot, label: impl Fn(&Roster, UnitId) -> Option<L>) -> Vec<Entries> {
    let mut found: BTreeMap<L, Entries> = BTreeMap::new();
    for &(unit, column) in &spot.members {
        if let Some(label) = label(roster, unit) {
            found.entry(label).or_default().push((column, 1));
        }
    }
    found.into_values().collect()
}

fn clashes(model: &mut Groups<'_>) -> Entries {
    let roster = model.roster;
    let mut entries = Entries::new();
    for spot in model.spots.clone() {
        let schools = by_label(roster, &spot, |roster, unit| roster.units[unit].school.clone());
        let pairs = by_label(roster, &spot, |roster, unit| roster.units[unit].pair.clone());
        for people in schools.into_iter().chain(pairs).filter(|people| people.len() > 1) {
            let high = people.len() as i64 - 1;
            let over = people.into_iter().chain([(spot.groups, -1)]).collect();
            entries.push((model.builder.largest(high, vec![over]), -1));
        }
    }
    entries
}

fn mixed<L: Ord>(model: &mut Groups<'_>, label: impl Fn(&Roster, UnitId) -> Option<L>) -> Entries {
    let roster = model.roster;
    let mut entries = Entries::new();
    for spot in model.spots.clone() {
        for people in by_label(roster, &spot, &label) {
            let high = people.len() as i64;
            entries.push((model.builder.least(high, vec![people, vec![(spot.groups, 1)]]), 1));
        }
    }
    entries
}

fn sizes(model: &mut Groups<'_>) -> Entries {
    let aim = i64::from(model.groups.aim);
    let mut entries = Entries::new();
    for spot in model.spots.clone() {
        let members: Entries = spot.members.iter().map(|&(_, column)| (column, 1)).collect();
        let fewer = members.iter().map(|&(column, one)| (column, -one)).chain([(spot.groups, aim)]).collect();
        let high = (members.len() as i64).max(aim * model.builder.program.columns[spot.groups].high);
        let more = members.into_iter().chain([(spot.groups, -aim)]).collect();
        entries.push((model.builder.largest(high, vec![more, fewer]), -1));
    }
    entries
}

fn costs(model: &Groups<'_>) -> Entries {
    let of = |spot: &Spot| -> Entries {
        let minutes = model.minutes(spot);
        let cost = |person| minutes * i64::from(model.roster.people[person].rate_cents) / 60;
        spot.leaders.iter().map(|&(seat, column)| (column, -cost(seat.person))).collect()
    };
    model.spots.iter().flat_map(of).collect()
}

fn load(model: &mut Groups<'_>) -> Entries {
    let roster = model.roster;
    let mut entries = Entries::new();
    for (person, row) in roster.people.pairs() {
        let own = model.spots.iter().flat_map(|spot| &spot.leaders).filter(|(seat, _)| seat.person == person);
        let leads: Vec<usize> = own.map(|&(_, column)| column).collect();
        let running = i64::from(row.running);
        let full = (running + row.maximum.map_or(0, i64::from)).max(1);
        let all: i64 = leads.iter().map(|&column| model.builder.program.columns[column].high).sum();
        let most = row.maximum.map_or(all, |maximum| all.min(maximum.into()));
        // ⌈a / b⌉ = ⌊(a + b − 1) / b⌋ for positive b.
        let step = |nth: i64| -((100 * (running + nth) + full - 1) / full);
        entries.extend(model.builder.stair(&leads, usize::try_from(most).unwrap_or(0), step));
    }
    entries
}
