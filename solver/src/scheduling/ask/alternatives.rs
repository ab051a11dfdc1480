//! What else is possible for one unit: the roster is solved again with the unit locked to each place it could have, or to somebody else where it
//! is, and the price of that is how much every goal changes.

use crate::common::control::Control;
use crate::scheduling::facts::codes::RuleCode;
use crate::scheduling::facts::ids::{PersonId, UnitId};
use crate::scheduling::facts::outcome::{GoalResult, Verdict};
use crate::scheduling::facts::plan::{Place, Plan, Seat, When, asked, places};
use crate::scheduling::facts::roster::{Claim, Part, Roster};
use crate::scheduling::judge::ways::{chooses_staff, complete, eligible, has_way, meeting_codes};
use crate::scheduling::solve::solve;

/// One other place for a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alternative {
    /// When and where.
    pub place: Place,
    /// Who is then on the staff; nothing when that is free.
    pub person: Option<PersonId>,
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
            found.push(Alternative { place, person: None, comes_to: comes_to(roster, goals, unit, (place, None), control) });
        }
    }
    found
}

/// Everybody else who could be on the staff where the unit is planned now, with what that comes to; at most so many. Of visits the coach is given.
pub fn other_staff(
    roster: &Roster,
    plan: &Plan,
    goals: &[GoalResult],
    unit: UnitId,
    most: usize,
    control: &dyn Control,
) -> Vec<Alternative> {
    let mut found: Vec<Alternative> = Vec::new();
    if !chooses_staff(roster) {
        return found;
    }
    for block in plan.with(unit) {
        let place = block.place;
        let fits = |seat: Seat| eligible(roster, unit, place, seat) && meeting_codes(roster, unit, place, &[seat]).is_empty();
        let seats = roster.people.ids().flat_map(|person| asked(roster, place).into_iter().map(move |(role, _)| Seat { role, person }));
        for seat in seats.filter(|seat| !block.has(seat.person)) {
            if found.len() >= most || control.over() {
                return found;
            }
            let known = found.iter().any(|it| it.person == Some(seat.person));
            if !known && complete(roster, place, &fits, Some(seat)).is_some() {
                let person = Some(seat.person);
                found.push(Alternative { place, person, comes_to: comes_to(roster, goals, unit, (place, person), control) });
            }
        }
    }
    found
}

fn comes_to(
    roster: &Roster,
    goals: &[GoalResult],
    unit: UnitId,
    (place, person): (Place, Option<PersonId>),
    control: &dyn Control,
) -> ComesTo {
    let mut forced = roster.clone();
    let lock = claim(roster, place, person);
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

fn part<T>(known: Option<T>) -> Part<T> {
    known.map_or(Part::Absent, Part::Known)
}

/// The lock that names a place, and somebody on the staff.
fn claim(roster: &Roster, place: Place, person: Option<PersonId>) -> Claim {
    let offer = place.offer(roster);
    let series = match place.when {
        When::Series(series) => Some(roster.series[series].id.clone()),
        When::At(_) => None,
    };
    // A course's location is the offer's own.
    let location = if offer.is_some() { None } else { place.location };
    Claim { moment: place.moment(), location: part(location), series, offer: part(offer), person: part(person) }
}
