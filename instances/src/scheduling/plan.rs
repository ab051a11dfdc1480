//! The plan in an outcome file of a roster, in the numbers of that roster.

use loket_solver::common::tables::{Id, Table};
use loket_solver::scheduling::facts::codes::Kind;
use loket_solver::scheduling::facts::ids::SeriesId;
use loket_solver::scheduling::facts::plan::{Block, Place, Plan, Seat, When};
use loket_solver::scheduling::facts::roster::Roster;

use crate::scheduling::outcome::{BlockLine, OutcomeFile};

/// The plan of an outcome file.
///
/// # Errors
/// Every block that names something that the roster does not have, or a half-day that its series does not have, as Dutch sentences.
pub fn plan_of(roster: &Roster, outcome: &OutcomeFile) -> Result<Plan, Vec<String>> {
    let mut wrong = Vec::new();
    let mut blocks = Vec::new();
    for (at, line) in outcome.blocks.iter().enumerate() {
        let mut missing = Vec::new();
        let block = block(roster, line, &mut missing);
        wrong.extend(missing.into_iter().map(|what| format!("blok {}: {what}", at + 1)));
        blocks.extend(block);
    }
    if wrong.is_empty() { Ok(Plan { blocks }) } else { Err(wrong) }
}

fn find<I: Id, T>(table: &Table<I, T>, id: &str, name: impl Fn(&T) -> &str, kind: &str, missing: &mut Vec<String>) -> Option<I> {
    let found = table.pairs().find(|(_, row)| name(row) == id).map(|(at, _)| at);
    if found.is_none() {
        missing.push(format!("{kind} {id} staat niet in het rooster"));
    }
    found
}

fn block(roster: &Roster, line: &BlockLine, missing: &mut Vec<String>) -> Option<Block> {
    let location = match &line.location {
        Some(id) => Some(find(&roster.locations, id, |row| &row.id, "locatie", missing)?),
        None => None,
    };
    let kind = roster.kind();
    let when = match kind {
        Kind::Interviews | Kind::Visits => match line.moment {
            Some(moment) => When::At(moment),
            None => {
                missing.push("het dagdeel ontbreekt".into());
                return None;
            }
        },
        Kind::PeerGroups | Kind::Courses => When::Series(series(roster, line, missing)?),
    };
    let place = Place { when, location };
    if matches!(kind, Kind::Interviews | Kind::PeerGroups) && location.is_none() {
        missing.push("de locatie ontbreekt".into());
    }
    if let (Some(courses), Some(offer)) = (roster.courses(), place.offer(roster))
        && courses.offers[offer].location != location
    {
        missing.push("de locatie is niet die van het aanbod".into());
    }
    if line.moments.as_ref().is_some_and(|moments| *moments != place.moments(roster)) {
        missing.push("de dagdelen zijn niet die van de reeks".into());
    }
    let mut staff = Vec::new();
    for (role, person) in &line.staff {
        let role = find(&roster.roles, role, |name| name, "de rol", missing);
        let person = find(&roster.people, person, |row| &row.id, "persoon", missing);
        staff.extend(role.zip(person).map(|(role, person)| Seat { role, person }));
    }
    let members =
        line.members.iter().filter_map(|member| find(&roster.units, &member.id, |row| &row.id, "wie gepland is:", missing)).collect();
    let follows = match (&line.follows, roster.groups()) {
        (Some(name), Some(groups)) => Some(find(&groups.names, name, |name| name, "de groep", missing)?),
        (Some(_), None) => {
            missing.push("een groep van eerder hoort hier niet".into());
            None
        }
        (None, _) => None,
    };
    Some(Block { place, staff, members, follows })
}

fn series(roster: &Roster, line: &BlockLine, missing: &mut Vec<String>) -> Option<SeriesId> {
    let Some(id) = &line.series else {
        missing.push("de reeks ontbreekt".into());
        return None;
    };
    let offer = match (&line.offer, roster.courses()) {
        (Some(offer), Some(courses)) => Some(find(&courses.offers, offer, |row| &row.id, "aanbod", missing)?),
        (None, Some(_)) => {
            missing.push("het aanbod ontbreekt".into());
            return None;
        }
        (_, None) => None,
    };
    let found = roster.series.pairs().find(|(_, row)| row.id == *id && row.offer == offer).map(|(at, _)| at);
    if found.is_none() {
        missing.push(format!("reeks {id} staat niet in het rooster"));
    }
    found
}
