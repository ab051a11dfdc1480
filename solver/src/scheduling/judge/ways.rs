//! Which places and ways the pair rules leave a unit, and which staff a place can have: with the rules that forbid the others.

use crate::common::tables::Id;
use crate::scheduling::facts::codes::{Kind as Problem, RuleCode};
use crate::scheduling::facts::ids::{PersonId, RoleId, UnitId};
use crate::scheduling::facts::plan::{Place, Seat, asked};
use crate::scheduling::facts::roster::Roster;
use crate::scheduling::judge::rules::{Kind, rules};

/// The rules about a place and a member, whoever staffs it, that forbid the member there; in order.
pub fn place_codes(roster: &Roster, unit: UnitId, place: Place) -> Vec<RuleCode> {
    let forbids = |kind: &Kind| match kind {
        Kind::Open(judge) => !judge(roster, place),
        Kind::Place(judge) => !judge(roster, unit, place),
        _ => false,
    };
    rules(roster.kind()).iter().filter(|rule| forbids(&rule.kind)).map(|rule| rule.code).collect()
}

/// The rules about one staff person at a place that forbid that person there; in order.
pub fn seat_codes(roster: &Roster, place: Place, seat: Seat) -> Vec<RuleCode> {
    let forbids = |kind: &Kind| matches!(kind, Kind::Person(judge) if !judge(roster, place, seat));
    rules(roster.kind()).iter().filter(|rule| forbids(&rule.kind)).map(|rule| rule.code).collect()
}

/// The rules about a member and staff that forbid them together; in order.
pub fn meeting_codes(roster: &Roster, unit: UnitId, place: Place, staff: &[Seat]) -> Vec<RuleCode> {
    let forbids = |kind: &Kind| matches!(kind, Kind::Meeting(judge) if !judge(roster, unit, place, staff));
    rules(roster.kind()).iter().filter(|rule| forbids(&rule.kind)).map(|rule| rule.code).collect()
}

/// Whether the pair rules allow the unit in a block at this place with this staff; whether the staff is complete is not asked.
pub fn allowed(roster: &Roster, unit: UnitId, place: Place, staff: &[Seat]) -> bool {
    place_codes(roster, unit, place).is_empty()
        && staff.iter().all(|&seat| seat_codes(roster, place, seat).is_empty())
        && meeting_codes(roster, unit, place, staff).is_empty()
}

/// Whether the unit has some way at this place: complete staff that the pair rules allow with it.
pub fn has_way(roster: &Roster, unit: UnitId, place: Place) -> bool {
    place_codes(roster, unit, place).is_empty() && meets(roster, unit, place, &|_| true)
}

/// Whether there is complete staff at the place, of people that `may` says, whom the rules about meetings let this unit meet.
pub fn meets(roster: &Roster, unit: UnitId, place: Place, may: &dyn Fn(RuleCode) -> bool) -> bool {
    let barred = |staff: &[Seat]| meeting_codes(roster, unit, place, staff).into_iter().any(may);
    !barred(&[]) && staffed(roster, unit, place, &|seat| !barred(&[seat]))
}

/// Whether there is complete staff at the place, each of whom the rules about staff and `fits` allow; of visits it is the placement's coach.
pub fn staffed(roster: &Roster, unit: UnitId, place: Place, fits: &dyn Fn(Seat) -> bool) -> bool {
    complete(roster, place, &|seat| eligible(roster, unit, place, seat) && fits(seat), None).is_some()
}

/// Whether a person can fill a role at a place where this unit is.
pub fn eligible(roster: &Roster, unit: UnitId, place: Place, seat: Seat) -> bool {
    let own = |coach| coach == seat.person;
    let coach = roster.visits().map(|visits| visits.placements[unit].coach);
    coach.is_none_or(own) && seat_codes(roster, place, seat).is_empty()
}

/// Complete staff of people that fit, nobody in two roles, with this seat among them when it is named; `None` when there is none.
///
/// Seats are filled one by one along augmenting paths (a matching of seats and people).
pub fn complete(roster: &Roster, place: Place, fits: &dyn Fn(Seat) -> bool, with: Option<Seat>) -> Option<Vec<Seat>> {
    let mut seats: Vec<RoleId> = Vec::new();
    for (role, number) in asked(roster, place) {
        seats.extend(std::iter::repeat_n(role, number as usize));
    }
    let mut held: Vec<Option<usize>> = vec![None; roster.people.len()];
    let mut fixed = None;
    if let Some(seat) = with {
        let at = seats.iter().position(|&role| role == seat.role).filter(|_| fits(seat))?;
        held[seat.person.position()] = Some(at);
        fixed = Some((at, seat.person.position()));
    }
    for at in 0..seats.len() {
        if fixed.is_some_and(|(taken, _)| taken == at) {
            continue;
        }
        let mut seen = vec![false; held.len()];
        if let Some((_, person)) = fixed {
            seen[person] = true;
        }
        if !seat_somebody(roster, &seats, at, fits, &mut held, &mut seen) {
            return None;
        }
    }
    let filled = held.iter().enumerate().filter_map(|(person, at)| Some(Seat { role: seats[(*at)?], person: PersonId::new(person) }));
    let mut staff: Vec<Seat> = filled.collect();
    staff.sort();
    Some(staff)
}

fn seat_somebody(
    roster: &Roster,
    seats: &[RoleId],
    at: usize,
    fits: &dyn Fn(Seat) -> bool,
    held: &mut [Option<usize>],
    seen: &mut [bool],
) -> bool {
    for person in roster.people.ids() {
        let row = person.position();
        if seen[row] || !fits(Seat { role: seats[at], person }) {
            continue;
        }
        seen[row] = true;
        let free = match held[row] {
            None => true,
            Some(other) => seat_somebody(roster, seats, other, fits, held, seen),
        };
        if free {
            held[row] = Some(at);
            return true;
        }
    }
    false
}

/// Whether the problem has staff that is chosen; of visits the coach is given.
pub fn chooses_staff(roster: &Roster) -> bool {
    roster.kind() != Problem::Visits
}
