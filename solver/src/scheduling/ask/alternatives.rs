//! What else is possible for one unit: the roster is solved again with the unit locked to each place it could have, and the price of that is how
//! much every goal changes.

use crate::common::control::Control;
use crate::scheduling::facts::codes::RuleCode;
use crate::scheduling::facts::ids::UnitId;
use crate::scheduling::facts::outcome::{GoalResult, Verdict};
use crate::scheduling::facts::plan::{Place, Plan, When, places};
use crate::scheduling::facts::roster::{Claim, Part, Roster};
use crate::scheduling::judge::ways::has_way;
use crate::scheduling::solve::solve;

/// One other place for a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alternative {
    /// When and where.
    pub place: Place,
    /// What it comes to.
    pub comes_to: ComesTo,
}

/// What forcing a unit to a place comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ComesTo {
    /// V_i(forced) − V_i per goal, in order; every V_i is proven.
    Price(Vec<i64>),
    /// It cannot stand with what is locked; by which rules.
    Impossible(Vec<RuleCode>),
    /// It was not proven in the time there was.
    Unknown,
}

/// Every place at which the pair rules leave the unit a way and at which it is not planned now, with what it comes to; at most so many.
/// `goals` are those of the plan. When `control` says so it ends with what is known.
pub fn alternatives(
    roster: &Roster,
    plan: &Plan,
    goals: &[GoalResult],
    unit: UnitId,
    most: usize,
    control: &dyn Control,
) -> Vec<Alternative> {
    let now: Vec<Place> = plan.with(unit).map(|block| block.place).collect();
    let mut found = Vec::new();
    for place in places(roster) {
        if found.len() >= most || control.over() {
            break;
        }
        if !now.contains(&place) && has_way(roster, unit, place) {
            found.push(Alternative { place, comes_to: comes_to(roster, goals, unit, place, control) });
        }
    }
    found
}

fn comes_to(roster: &Roster, goals: &[GoalResult], unit: UnitId, place: Place, control: &dyn Control) -> ComesTo {
    let mut forced = roster.clone();
    let lock = claim(roster, place);
    let at = match roster.visits() {
        // Of visits the others stay as they are: a lock is about one half-day.
        Some(_) => forced.units[unit].locks.len(),
        None => {
            forced.units[unit].locks.clear();
            0
        }
    };
    forced.units[unit].locks.push(lock);
    let outcome = solve(&forced, control);
    match outcome.verdict {
        Verdict::Optimal if goals.iter().all(GoalResult::proven) => {
            ComesTo::Price(outcome.goals.iter().zip(goals).map(|(forced, now)| forced.best - now.best).collect())
        }
        Verdict::Impossible => {
            let own = outcome.conflict.iter().find(|lock| lock.unit == unit && lock.lock == at);
            let others = || outcome.conflict.first();
            ComesTo::Impossible(own.or_else(others).map(|lock| lock.rules.clone()).unwrap_or_default())
        }
        Verdict::Optimal | Verdict::Feasible | Verdict::Stopped => ComesTo::Unknown,
    }
}

/// The lock that names a place.
fn claim(roster: &Roster, place: Place) -> Claim {
    let part = |known: Option<_>| known.map_or(Part::Absent, Part::Known);
    let offer = place.offer(roster);
    let series = match place.when {
        When::Series(series) => Some(roster.series[series].id.clone()),
        When::At(_) => None,
    };
    // A course's location is the offer's own.
    let location = if offer.is_some() { None } else { place.location };
    Claim { moment: place.moment(), location: part(location), series, offer: offer.map_or(Part::Absent, Part::Known), person: Part::Absent }
}
