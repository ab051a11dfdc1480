//! The second reading of the pair rules, for the model alone: every way of a roster, and whom each may hold.

use crate::scheduling::facts::calendar::Moment;
use crate::scheduling::facts::codes::Kind;
use crate::scheduling::facts::ids::{LocationId, PersonId, RoleId, UnitId};
use crate::scheduling::facts::plan::{Place, Seat, When, asked, places};
use crate::scheduling::facts::roster::{Part, Roster};

/// Moments, location and complete staff.
#[derive(Clone, Debug)]
pub(super) struct Way {
    pub place: Place,
    pub moments: Vec<Moment>,
    pub staff: Vec<Seat>,
}

/// More ways than this are not written down, nor more memberships of open ones.
const MOST_WAYS: usize = 200_000;
const MOST_MEMBERSHIPS: usize = 2_000_000;

/// How staff is written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Every complete staff is a way of its own: plain, and many.
    Enumerated,
    /// A way is a place (as often as it has room), and who sits there is chosen by columns of their own: few.
    Open,
}

/// Every way, place by place; `None` when there are too many to write down. An open one has no staff.
pub(super) fn ways(roster: &Roster, form: Form) -> Option<Vec<Way>> {
    let mut found = Vec::new();
    for place in places(roster) {
        let moments = place.moments(roster);
        if !opens(roster, place.location, &moments) {
            continue;
        }
        let roles: Vec<RoleId> =
            asked(roster, place).into_iter().flat_map(|(role, number)| std::iter::repeat_n(role, number as usize)).collect();
        if form == Form::Open {
            let way = Way { place, staff: Vec::new(), moments };
            let copies = copies(roster, &way);
            found.extend(std::iter::repeat_n(way, copies));
            if found.len().saturating_mul(roster.units.len()) > MOST_MEMBERSHIPS {
                return None;
            }
            continue;
        }
        let mut staff = Vec::new();
        fill(roster, place, &moments, &roles, &mut staff, &mut found)?;
    }
    Some(found)
}

/// How many blocks there can be at a place at once: rooms, and people for each role. An offer runs once.
fn copies(roster: &Roster, way: &Way) -> usize {
    let rooms = way.place.location.map_or(1, |location| roster.locations[location].rooms as usize);
    let rooms = if roster.courses().is_some() { rooms.min(1) } else { rooms };
    let seats = open_seats(roster, way);
    let staffed = asked(roster, way.place).into_iter().filter(|&(_, number)| number > 0).map(|(role, number)| {
        let people = seats.iter().filter(|seat| seat.role == role).count();
        people / number as usize
    });
    staffed.min().unwrap_or(1).min(rooms)
}

/// Everybody who can fill a role at an open way.
pub(super) fn open_seats(roster: &Roster, way: &Way) -> Vec<Seat> {
    let asked = asked(roster, way.place).into_iter().filter(|&(_, number)| number > 0);
    let seats = asked.flat_map(|(role, _)| roster.people.ids().map(move |person| Seat { role, person }));
    seats.filter(|seat| can(roster, way.place, &way.moments, seat.role, seat.person)).collect()
}

/// Whether a location is open at all these half-days.
pub(super) fn opens(roster: &Roster, location: Option<LocationId>, moments: &[Moment]) -> bool {
    moments.iter().all(|&moment| roster.calendar.has(moment))
        && location.is_none_or(|it| moments.iter().all(|&moment| roster.locations[it].availability.at(&roster.calendar, moment)))
}

/// Seats are filled in the order of roles; of one role people come in order, so that no way comes twice.
fn fill(roster: &Roster, place: Place, moments: &[Moment], roles: &[RoleId], staff: &mut Vec<Seat>, found: &mut Vec<Way>) -> Option<()> {
    let Some(&role) = roles.get(staff.len()) else {
        if found.len() >= MOST_WAYS {
            return None;
        }
        found.push(Way { place, moments: moments.to_vec(), staff: staff.clone() });
        return Some(());
    };
    let after = staff.last().filter(|last| last.role == role).map(|last| last.person);
    for person in roster.people.ids() {
        let taken = staff.iter().any(|seat| seat.person == person);
        if !taken && after.is_none_or(|after| person > after) && can(roster, place, moments, role, person) {
            staff.push(Seat { role, person });
            fill(roster, place, moments, roles, staff, found)?;
            staff.pop();
        }
    }
    Some(())
}

fn can(roster: &Roster, place: Place, moments: &[Moment], role: RoleId, person: PersonId) -> bool {
    let row = &roster.people[person];
    let tags = match (roster.courses(), place.offer(roster)) {
        (Some(courses), Some(offer)) => courses.offers[offer].tags.as_slice(),
        _ => &[],
    };
    row.roles.iter().any(|name| *name == roster.roles[role])
        && moments.iter().all(|&moment| row.availability.at(&roster.calendar, moment))
        && place.location.is_none_or(|here| row.locations.as_ref().is_none_or(|may| may.contains(&here)))
        && tags.iter().all(|tag| row.tags.iter().any(|own| own == tag))
}

/// Whether the pair rules let a unit be a member of a block with this way.
pub(super) fn holds(roster: &Roster, unit: UnitId, way: &Way) -> bool {
    let row = &roster.units[unit];
    let interviews = roster.kind() == Kind::Interviews;
    let first = [row.from, interviews.then_some(row.registered)].into_iter().flatten().max();
    let days = way.moments.iter().all(|moment| first.is_none_or(|day| moment.day >= day) && row.until.is_none_or(|day| moment.day <= day));
    let missed = way.moments.iter().filter(|&&moment| !row.availability.at(&roster.calendar, moment)).count();
    let here = way.place.location.is_none_or(|here| row.locations.as_ref().is_none_or(|may| may.contains(&here)));
    let apart = way.staff.iter().all(|seat| !row.avoids.contains(&seat.person) && row.person != Some(seat.person));
    days && missed <= may_miss(roster) && here && apart && fits(roster, unit, way) && !banned(roster, unit, way)
}

fn may_miss(roster: &Roster) -> usize {
    let of_groups = roster.groups().map(|groups| groups.max_absent);
    of_groups.or_else(|| roster.courses().map(|courses| courses.max_absent)).unwrap_or(0) as usize
}

/// What only peer groups or courses ask.
fn fits(roster: &Roster, unit: UnitId, way: &Way) -> bool {
    let row = &roster.units[unit];
    let own_school = || row.school.is_some() && way.staff.iter().any(|seat| roster.people[seat.person].school == row.school);
    if let (Some(groups), Some(location)) = (roster.groups(), way.place.location) {
        return groups.travel[unit][location] <= groups.max_travel[unit] && (groups.own_school || !own_school());
    }
    if let (Some(courses), Some(offer)) = (roster.courses(), way.place.offer(roster)) {
        let offer = &courses.offers[offer];
        let listed = |list: &[String], own: &Option<String>| list.is_empty() || own.as_ref().is_some_and(|own| list.contains(own));
        return offer.themes.iter().any(|theme| row.questions.contains(theme))
            && listed(&offer.functions, &row.function)
            && listed(&offer.schools, &row.school)
            && (courses.own_school || !own_school());
    }
    true
}

fn banned(roster: &Roster, unit: UnitId, way: &Way) -> bool {
    let series = match way.place.when {
        When::Series(series) => Some(roster.series[series].id.as_str()),
        When::At(_) => None,
    };
    roster.units[unit].bans.iter().any(|ban| {
        let person = match ban.person {
            Part::Absent => true,
            Part::Gone => false,
            Part::Known(person) => way.staff.iter().any(|seat| seat.person == person),
        };
        let moment = ban.moment.is_none_or(|moment| way.place.moment() == Some(moment));
        let reeks = ban.series.as_deref().is_none_or(|id| series == Some(id));
        person && moment && reeks && ban.location.agrees(way.place.location) && ban.offer.agrees(way.place.offer(roster))
    })
}
