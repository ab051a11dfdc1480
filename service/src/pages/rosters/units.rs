//! The list beside the week: everybody who is planned, who asks for attention first.

use loket_instances::scheduling::outcome::OutcomeFile;
use loket_solver::scheduling::facts::codes::Kind;

use super::told;
use crate::actions::rosters::seen::Seen;
use crate::desk::roster::meetings::spots;
use crate::pages::messages::Messages;
use crate::pages::paths;
use crate::records::roster::{Decided, Said};

/// How many are shown at first.
pub(super) const FIRST: usize = 30;

/// Somebody in the list.
pub(super) struct Item {
    pub(super) name: String,
    pub(super) place: String,
    /// With whom, or in which group.
    pub(super) what: String,
    /// Colour, icon and words.
    pub(super) state: (&'static str, &'static str, String),
    pub(super) here: bool,
    order: (u8, String, String),
}

/// Whether something was decided about somebody that the plan does not do.
pub(super) fn waits(decided: &[Decided], unit: &str, known: i64) -> bool {
    decided.iter().any(|it| it.unit == unit && !it.followed && it.version > known)
}

/// The list: who is not planned first, then who waits to be computed, then in order of time.
pub(super) fn items(m: Messages, seen: &Seen, chosen: Option<&str>) -> Vec<Item> {
    let loaded = &seen.loaded;
    let known = seen.run.as_ref().map_or(0, |run| run.decisions);
    let mut all: Vec<Item> = loaded
        .roster
        .units_by_row()
        .into_iter()
        .map(|unit| {
            let id = loaded.roster.units[unit].id.as_str();
            let (rank, sort, state) = state(m, seen, id, known);
            let name = told::name(loaded, id);
            Item {
                place: paths::with(paths::roster(&seen.roster.id), &[("wie", id)]),
                what: what(m, seen, id),
                here: chosen == Some(id),
                order: (rank, sort, name.clone()),
                name,
                state,
            }
        })
        .collect();
    all.sort_by(|one, other| one.order.cmp(&other.order));
    all
}

fn state(m: Messages, seen: &Seen, id: &str, known: i64) -> (u8, String, (&'static str, &'static str, String)) {
    let Some(plan) = &seen.plan else { return (2, String::new(), ("quiet", "rondje", m.rooster.not_computed().to_owned())) };
    if waits(&seen.decided, id, known) {
        return (1, String::new(), ("warn", "klok", m.rooster.asks_other().to_owned()));
    }
    let mine = spots(plan, id);
    let missing = plan.unplanned.iter().find(|it| it.id == id);
    let first = mine.iter().flat_map(|spot| spot.moments.first().map(|at| (*at, spot.time.clone()))).min();
    match (first, missing) {
        (_, Some(missing)) if seen.roster.kind == Kind::Visits && !mine.is_empty() => {
            (0, String::new(), ("warn", "letop", m.rooster.missing(missing.missing)))
        }
        (Some((at, time)), _) => {
            let locked = seen.decided.iter().any(|it| it.unit == id && it.said == Said::Vast);
            let icon = if locked { "slot" } else { "vink" };
            (3, at.to_string(), ("good", icon, told::moment(m, at, time.as_deref())))
        }
        (None, _) => (0, String::new(), ("bad", "letop", m.rooster.not_planned().to_owned())),
    }
}

/// The number of a group, from 1, in the order in which they are shown.
pub(super) fn group(plan: &OutcomeFile, unit: &str) -> Option<usize> {
    plan.blocks.iter().position(|block| block.members.iter().any(|it| it.id == unit)).map(|at| at + 1)
}

fn what(m: Messages, seen: &Seen, id: &str) -> String {
    let loaded = &seen.loaded;
    let Some(plan) = &seen.plan else { return String::new() };
    match seen.roster.kind {
        Kind::PeerGroups => group(plan, id).map(|number| m.rooster.groep(number)).unwrap_or_default(),
        Kind::Courses => {
            let offer = spots(plan, id).into_iter().find_map(|it| it.offer);
            offer.map(|it| told::place(loaded, None, Some(&it))).unwrap_or_default()
        }
        Kind::Interviews | Kind::Visits => {
            let mine = |block: &&loket_instances::scheduling::outcome::BlockLine| block.members.iter().any(|it| it.id == id);
            let block = plan.blocks.iter().find(mine);
            let coach = block.and_then(|block| block.staff.iter().find(|(role, _)| role == "coach").or(block.staff.first()));
            coach.map(|(_, person)| m.rooster.with_coach(told::name(loaded, person))).unwrap_or_default()
        }
    }
}
