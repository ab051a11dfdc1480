//! The member is unavailable at no moment (interviews), or at at most max_afwezig moments (peer groups, courses); of a visit both the placement
//! and its school are available.

use crate::scheduling::facts::ids::UnitId;
use crate::scheduling::facts::plan::Place;
use crate::scheduling::facts::problem::Problem;
use crate::scheduling::facts::roster::Roster;

use super::{Kind, Rule, RuleCode};

/// The rule.
pub const RULE: Rule = Rule { code: RuleCode::Beschikbaar, says: "Wie gepland wordt, kan dan.", kind: Kind::Place(judge) };

fn judge(roster: &Roster, unit: UnitId, place: Place) -> bool {
    let own = &roster.units[unit].availability;
    let missed = place.moments(roster).into_iter().filter(|&moment| !roster.free(own, moment)).count();
    let may_miss = match &roster.problem {
        Problem::Interviews(_) => 0,
        Problem::PeerGroups(groups) => groups.max_absent,
        Problem::Courses(courses) => courses.max_absent,
        Problem::Visits(visits) => {
            let school = &visits.schools[visits.placements[unit].school].availability;
            if !place.moments(roster).into_iter().all(|moment| roster.free(school, moment)) {
                return false;
            }
            0
        }
    };
    u32::try_from(missed).is_ok_and(|missed| missed <= may_miss)
}
