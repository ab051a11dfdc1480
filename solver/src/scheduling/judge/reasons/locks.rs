//! For a lock with which no way agrees: the pair rules that forbid every place it fits, or else all that forbid some.

use crate::scheduling::facts::codes::RuleCode;
use crate::scheduling::facts::ids::UnitId;
use crate::scheduling::facts::plan::{Place, Seat, asked, places};
use crate::scheduling::facts::roster::{Claim, Part, Roster};
use crate::scheduling::judge::rules::rules;
use crate::scheduling::judge::ways::{complete, eligible, meeting_codes, place_codes, seat_codes, staffed};

/// The rules, in the order of the list; empty when some way agrees with the lock.
pub fn lock_codes(roster: &Roster, unit: UnitId, lock: &Claim) -> Vec<RuleCode> {
    let fitting: Vec<Place> = places(roster).into_iter().filter(|&place| lock.fits(roster, place)).collect();
    if fitting.is_empty() {
        let closed = lock.moment.is_some_and(|moment| !roster.calendar.has(moment));
        return vec![if closed { RuleCode::Kalender } else { RuleCode::Vast }];
    }
    let met: Vec<Vec<RuleCode>> = fitting.iter().map(|&place| at(roster, unit, lock, place)).collect();
    if met.iter().any(Vec::is_empty) {
        return Vec::new();
    }
    let mut listed: Vec<RuleCode> = Vec::new();
    for code in rules(roster.kind()).iter().map(|rule| rule.code) {
        // Some codes are a rule about members and one about the whole plan.
        if !listed.contains(&code) {
            listed.push(code);
        }
    }
    let everywhere: Vec<RuleCode> = listed.iter().copied().filter(|code| met.iter().all(|codes| codes.contains(code))).collect();
    if !everywhere.is_empty() {
        return everywhere;
    }
    listed.into_iter().filter(|code| met.iter().any(|codes| codes.contains(code))).collect()
}

/// What forbids the lock at one place; empty when some way there agrees with it.
fn at(roster: &Roster, unit: UnitId, lock: &Claim, place: Place) -> Vec<RuleCode> {
    let mut codes = place_codes(roster, unit, place);
    codes.extend(meeting_codes(roster, unit, place, &[]));
    if !codes.is_empty() {
        return codes;
    }
    let fits = |seat: Seat| eligible(roster, unit, place, seat) && meeting_codes(roster, unit, place, &[seat]).is_empty();
    match lock.person {
        Part::Gone => vec![RuleCode::Vast],
        Part::Known(person) => {
            let mut codes = Vec::new();
            for (role, _) in asked(roster, place).into_iter().filter(|&(_, number)| number > 0) {
                let seat = Seat { role, person };
                let own = [seat_codes(roster, place, seat), meeting_codes(roster, unit, place, &[seat])].concat();
                if own.is_empty() {
                    if complete(roster, place, &fits, Some(seat)).is_some() {
                        return Vec::new();
                    }
                    codes.push(RuleCode::Bezetting);
                }
                codes.extend(own);
            }
            if codes.is_empty() { vec![RuleCode::Rol] } else { codes }
        }
        Part::Absent => {
            if complete(roster, place, &fits, None).is_some() {
                return Vec::new();
            }
            if let Some(visits) = roster.visits() {
                let coach = visits.placements[unit].coach;
                return roster.roles.ids().flat_map(|role| seat_codes(roster, place, Seat { role, person: coach })).collect();
            }
            if !staffed(roster, unit, place, &|_| true) {
                return vec![RuleCode::Bezetting];
            }
            let people = roster.people.ids().flat_map(|person| roster.roles.ids().map(move |role| Seat { role, person }));
            people
                .filter(|&seat| eligible(roster, unit, place, seat))
                .flat_map(|seat| meeting_codes(roster, unit, place, &[seat]))
                .collect()
        }
    }
}
