//! What else is possible for somebody in a roster, and what that costs: the answer for machines, by ids. It is kept as it is written.

use std::time::Duration;

use loket_instances::scheduling::outcome::{GoalLine, OutcomeFile};
use loket_solver::common::control::Control;
use loket_solver::common::words::Word;
use loket_solver::scheduling::ask::alternatives::{Alternative, ComesTo, alternatives, other_staff};
use loket_solver::scheduling::facts::ids::UnitId;
use loket_solver::scheduling::facts::outcome::GoalResult;
use loket_solver::scheduling::facts::plan::{Plan, When};
use loket_solver::scheduling::facts::roster::Roster;
use serde::{Deserialize, Serialize};

/// Other places for somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Elsewhere {
    /// Who, by the id in the roster.
    #[serde(rename = "deelnemer")]
    pub unit: String,
    /// Each other place that the rules leave, in order of time, then everybody else who could be on the staff where it is now.
    #[serde(rename = "mogelijkheden")]
    pub places: Vec<Place>,
}

impl Elsewhere {
    /// Reads an answer as it was kept.
    ///
    /// # Errors
    /// When what was kept is no answer.
    pub fn read(answer: &[u8]) -> serde_json::Result<Self> {
        serde_json::from_slice(answer)
    }
}

/// One other place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// What a lock on it names.
    #[serde(rename = "gegevens")]
    pub named: Named,
    /// Its half-days, as "2026-09-07-o".
    #[serde(rename = "dagdelen")]
    pub moments: Vec<String>,
    /// What each goal changes by when somebody must be there; nothing when that is not known, or cannot be.
    #[serde(rename = "prijs")]
    pub price: Option<Vec<Price>>,
    /// The rules by which it cannot stand with what is locked; nothing when it can, or that is not known.
    #[serde(rename = "regels")]
    pub rules: Option<Vec<String>>,
}

/// What one goal changes by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Price {
    /// The goal, by name.
    #[serde(rename = "doel")]
    pub goal: String,
    /// Points; less than nothing is worse.
    #[serde(rename = "prijs")]
    pub points: i64,
}

/// What a lock on a place names: every part that it has.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// The half-day, "2026-09-07-o".
    #[serde(rename = "dagdeel", default, skip_serializing_if = "Option::is_none")]
    pub moment: Option<String>,
    /// The location.
    #[serde(rename = "locatie", default, skip_serializing_if = "Option::is_none")]
    pub location: Option<String>,
    /// The series.
    #[serde(rename = "reeks", default, skip_serializing_if = "Option::is_none")]
    pub series: Option<String>,
    /// The offer.
    #[serde(rename = "aanbod", default, skip_serializing_if = "Option::is_none")]
    pub offer: Option<String>,
    /// Somebody on the staff.
    #[serde(rename = "persoon", default, skip_serializing_if = "Option::is_none")]
    pub person: Option<String>,
}

/// Every other place of one unit, then everybody else who could be on the staff where it is now; at most so many of each.
pub fn found(roster: &Roster, (plan, file): (&Plan, &OutcomeFile), unit: UnitId, most: usize, control: &dyn Control) -> Vec<Alternative> {
    let goals = goals(file);
    let mut found = alternatives(roster, plan, &goals, unit, most, control);
    found.extend(other_staff(roster, plan, &goals, unit, most, control));
    found
}

/// The goals of an outcome, as a solve gave them.
pub fn goals(file: &OutcomeFile) -> Vec<GoalResult> {
    let goal =
        |line: &GoalLine| GoalResult { best: line.best, bound: line.bound, floor: line.floor, value: line.value, time: Duration::ZERO };
    file.goals.iter().map(goal).collect()
}

/// What was found, by ids.
pub fn written(roster: &Roster, file: &OutcomeFile, unit: UnitId, found: &[Alternative]) -> Elsewhere {
    Elsewhere { unit: roster.units[unit].id.clone(), places: found.iter().map(|it| place(roster, file, it)).collect() }
}

fn place(roster: &Roster, file: &OutcomeFile, it: &Alternative) -> Place {
    let (price, rules) = match &it.comes_to {
        ComesTo::Price(price) => {
            let one = |(goal, points): (&GoalLine, &i64)| Price { goal: goal.name.clone(), points: *points };
            (Some(file.goals.iter().zip(price).map(one).collect()), None)
        }
        ComesTo::Impossible(rules) => (None, Some(rules.iter().map(|rule| rule.code().to_owned()).collect())),
        ComesTo::Unknown => (None, None),
    };
    let offer = roster.courses().zip(it.place.offer(roster)).map(|(courses, offer)| courses.offers[offer].id.clone());
    let series = match it.place.when {
        When::Series(series) => Some(roster.series[series].id.clone()),
        When::At(_) => None,
    };
    let named = Named {
        moment: it.place.moment().map(|at| at.to_string()),
        // A course's location is the offer's own.
        location: it.place.location.filter(|_| offer.is_none()).map(|it| roster.locations[it].id.clone()),
        series,
        offer,
        person: it.person.map(|it| roster.people[it].id.clone()),
    };
    Place { named, moments: it.place.moments(roster).iter().map(ToString::to_string).collect(), price, rules }
}
