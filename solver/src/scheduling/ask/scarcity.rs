//! What one more would bring: a room more at a location, a half-day of the week more, or a person more in a role. The roster is solved again with
//! it, and what it brings is how much every goal changes.

use crate::common::control::Control;
use crate::common::words::{HalfDay, HalfDays, Word};
use crate::scheduling::facts::calendar::Availability;
use crate::scheduling::facts::ids::{LocationId, PersonId, RoleId};
use crate::scheduling::facts::outcome::GoalResult;
use crate::scheduling::facts::problem::{CoachTravel, Problem};
use crate::scheduling::facts::roster::{Person, Roster};
use crate::scheduling::solve::solve;

/// Whose half-day it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// A location is open then.
    Location(LocationId),
    /// Somebody can be there then.
    Person(PersonId),
}

/// One more of something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum More {
    /// A room at a location.
    Room(LocationId),
    /// A half-day of the week.
    HalfDay(Whose, HalfDay),
    /// A person in a role: who can always and everywhere, with the usual limits, of no board or school, and with the tags that offers ask.
    Person(RoleId),
}

/// What one goal changes by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gain {
    /// This much: both values are proven.
    Exact(i64),
    /// At least and at most this much.
    Between(i64, i64),
    /// A goal before it is not proven, so nobody knows; or there is no plan.
    Unknown,
}

/// Everything of which one more could bring something: rooms, half-days that a location is not open (of visits that a coach does not have), and
/// roles. A person is no coach of a placement, so visits have no roles here.
pub fn offered(roster: &Roster) -> Vec<More> {
    let lacks = |own: &Availability| {
        let days = own.half_days;
        HalfDay::ALL.iter().copied().filter(move |&day| days.is_some_and(|days| !days.has(day)))
    };
    if let Some(visits) = roster.visits() {
        let coach = |person: &PersonId| visits.placements.iter().any(|placement| placement.coach == *person);
        let of = |person| lacks(&roster.people[person].availability).map(move |day| More::HalfDay(Whose::Person(person), day));
        return roster.people.ids().filter(coach).flat_map(of).collect();
    }
    let rooms = roster.locations.ids().map(More::Room);
    let days =
        roster.locations.pairs().flat_map(|(at, row)| lacks(&row.availability).map(move |day| More::HalfDay(Whose::Location(at), day)));
    rooms.chain(days).chain(roster.roles.ids().map(More::Person)).collect()
}

/// The roster with one more.
pub fn with(roster: &Roster, more: More) -> Roster {
    let mut roster = roster.clone();
    match more {
        More::Room(location) => roster.locations[location].rooms += 1,
        More::HalfDay(whose, day) => {
            let own = match whose {
                Whose::Location(location) => &mut roster.locations[location].availability,
                Whose::Person(person) => &mut roster.people[person].availability,
            };
            own.half_days = own.half_days.map(|days| days.joined(HalfDays::from_iter([day])));
        }
        More::Person(role) => add(&mut roster, role),
    }
    roster
}

fn add(roster: &mut Roster, role: RoleId) {
    let role = roster.roles[role].clone();
    let visits = roster.visits().is_some();
    let tags = roster.courses().into_iter().flat_map(|courses| courses.offers.iter()).flat_map(|offer| offer.tags.clone()).collect();
    let new = Person {
        // No id of a file has a colon in it.
        id: format!("nieuw:{role}"),
        roles: vec![role],
        board: None,
        school: None,
        availability: Availability::default(),
        locations: None,
        per_half_day: None,
        per_day: 2,
        per_week: if visits { 6 } else { 4 },
        maximum: if visits { None } else { Some(20) },
        running: 0,
        hours: None,
        rate_cents: 5_000,
        room: 0,
        tags,
    };
    // Last, so that the ids of others stay what they are.
    roster.people = roster.people.iter().cloned().chain([new]).collect::<Vec<_>>().into();
    if let Problem::Visits(visits) = &mut roster.problem {
        visits.travel = visits.travel.iter().cloned().chain([CoachTravel::default()]).collect::<Vec<_>>().into();
    }
}

/// What one more brings to every goal, in order; `goals` are those of the roster without it.
pub fn brings(roster: &Roster, goals: &[GoalResult], more: More, control: &dyn Control) -> Vec<Gain> {
    let outcome = solve(&with(roster, more), control);
    if outcome.goals.len() != goals.len() {
        return vec![Gain::Unknown; goals.len()];
    }
    let mut sure = true;
    let mut gains = Vec::with_capacity(goals.len());
    for (new, now) in outcome.goals.iter().zip(goals) {
        gains.push(match (new.best - now.bound, new.bound - now.best) {
            _ if !sure => Gain::Unknown,
            (least, most) if least == most => Gain::Exact(least),
            (least, most) => Gain::Between(least, most),
        });
        // What a later goal can come to depends on the best of those before it.
        sure &= new.proven() && now.proven();
    }
    gains
}
