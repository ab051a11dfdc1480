//! What a block takes of its staff: minutes of work, and minutes on the road of a tour.

use crate::scheduling::facts::ids::{PersonId, SchoolId};
use crate::scheduling::facts::plan::Block;
use crate::scheduling::facts::problem::{Problem, Visits};
use crate::scheduling::facts::roster::Roster;

/// Minutes of work of each staff person; of an interview none are counted.
pub(crate) fn minutes(roster: &Roster, block: &Block) -> i64 {
    let meetings = block.place.moments(roster).len() as i64;
    match &roster.problem {
        Problem::Interviews(_) => 0,
        Problem::PeerGroups(groups) => meetings * (i64::from(groups.minutes) + i64::from(groups.preparation)),
        Problem::Visits(visits) => block.members.iter().map(|&unit| i64::from(visits.placements[unit].minutes)).sum(),
        Problem::Courses(courses) => match block.place.offer(roster) {
            Some(offer) => meetings * (i64::from(courses.offers[offer].minutes) + i64::from(courses.offers[offer].preparation)),
            None => 0,
        },
    }
}

/// Cost of one staff person of a block: floor(minutes · tarief_cent / 60), cents.
pub(crate) fn cents(roster: &Roster, block: &Block, person: PersonId) -> i64 {
    (minutes(roster, block) * i64::from(roster.people[person].rate_cents)).div_euclid(60)
}

/// Minutes on the road between the schools of a tour, in driving order.
pub(crate) fn between(roster: &Roster, block: &Block) -> i64 {
    let Some((visits, coach, schools)) = tour(roster, block) else { return 0 };
    schools.windows(2).map(|pair| i64::from(visits.travel[coach].between[pair[0]][pair[1]])).sum()
}

/// Minutes on the road of a tour: home → first + between + last → home.
pub(crate) fn road(roster: &Roster, block: &Block) -> i64 {
    let Some((visits, coach, schools)) = tour(roster, block) else { return 0 };
    let travel = &visits.travel[coach];
    let out = schools.first().map_or(0, |&school| i64::from(travel.out[school]));
    let back = schools.last().map_or(0, |&school| i64::from(travel.back[school]));
    out + between(roster, block) + back
}

fn tour<'a>(roster: &'a Roster, block: &Block) -> Option<(&'a Visits, PersonId, Vec<SchoolId>)> {
    let visits = roster.visits()?;
    // Of somebody without placements no travel is known, and every visit of such a tour is forbidden.
    let coach = block.staff.first().map(|seat| seat.person).filter(|&coach| !visits.travel[coach].out.is_empty())?;
    Some((visits, coach, block.members.iter().map(|&unit| visits.placements[unit].school).collect()))
}
