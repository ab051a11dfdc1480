//! Reruns: which part of a previous entry a block keeps, which entries can be kept, and which change.

use crate::scheduling::facts::codes::Kind;
use crate::scheduling::facts::ids::UnitId;
use crate::scheduling::facts::plan::{Block, Place, Plan, When, places};
use crate::scheduling::facts::roster::{Previous, Roster};
use crate::scheduling::judge::cast;
use crate::scheduling::judge::ways::has_way;

/// Whether a block keeps the main part of a member's entry.
pub fn keeps_main(roster: &Roster, entry: &Previous, block: &Block) -> bool {
    match roster.kind() {
        Kind::PeerGroups => match (&entry.group, block.follows, roster.groups()) {
            (Some(name), Some(follows), Some(groups)) => groups.names[follows] == *name,
            _ => false,
        },
        _ => at_main(roster, entry, block.place),
    }
}

/// Whether a place is that of the main part of an entry (not of peer groups, whose main part is the group).
fn at_main(roster: &Roster, entry: &Previous, place: Place) -> bool {
    match roster.kind() {
        Kind::Interviews => {
            entry.moment.is_some()
                && place.moment() == entry.moment
                && entry.location.known().is_some()
                && entry.location.known() == place.location
        }
        Kind::Visits => entry.moment.is_some() && place.moment() == entry.moment,
        Kind::Courses => entry.offer.known().is_some() && entry.offer.known() == place.offer(roster),
        Kind::PeerGroups => entry.group.is_some(),
    }
}

/// Whether a block keeps the moment of a member's entry; interviews and visits have no such part.
pub fn keeps_moment(roster: &Roster, entry: &Previous, block: &Block) -> bool {
    let series = match block.place.when {
        When::Series(series) => Some(&roster.series[series].id),
        When::At(_) => None,
    };
    match roster.kind() {
        Kind::PeerGroups => {
            (entry.series.is_some() || entry.location.named())
                && entry.series.as_ref().is_none_or(|id| series == Some(id))
                && entry.location.agrees(block.place.location)
        }
        Kind::Courses => at_main(roster, entry, block.place) && entry.series.is_some() && entry.series.as_ref() == series,
        Kind::Interviews | Kind::Visits => false,
    }
}

/// Whether a block keeps the person of a member's entry: the coach, the facilitator, or somebody on the staff; visits have no such part.
pub fn keeps_person(roster: &Roster, entry: &Previous, block: &Block) -> bool {
    match roster.kind() {
        Kind::Interviews | Kind::PeerGroups => cast::coach(roster, block).is_some_and(|coach| entry.people.contains(&coach)),
        Kind::Courses => entry.people.iter().any(|&person| block.has(person)),
        Kind::Visits => false,
    }
}

/// Whether the main part of an entry can be kept: the pair rules allow the unit in some way with it.
pub fn keepable(roster: &Roster, unit: UnitId, entry: &Previous) -> bool {
    places(roster).into_iter().any(|place| at_main(roster, entry, place) && has_way(roster, unit, place))
}

/// Whether the entry names a main part at all, so that it is forced when that cannot be kept.
fn names_main(roster: &Roster, entry: &Previous) -> bool {
    match roster.kind() {
        Kind::PeerGroups => entry.group.is_some(),
        Kind::Interviews | Kind::Visits | Kind::Courses => true,
    }
}

/// Which entries change, by unit and position of the entry; both in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Entries that lose a main part that could be kept.
    pub changed: Vec<(UnitId, usize)>,
    /// Entries whose main part cannot be kept, whatever the plan.
    pub forced: Vec<(UnitId, usize)>,
}

/// Every entry by whether it can be kept: read once for many plans.
#[derive(Clone, Debug)]
pub struct Keepable {
    can: Vec<(UnitId, usize)>,
    forced: Vec<(UnitId, usize)>,
}

impl Keepable {
    /// Of a roster.
    pub fn new(roster: &Roster) -> Self {
        let (mut can, mut forced) = (Vec::new(), Vec::new());
        for (unit, row) in roster.units.pairs() {
            for (at, entry) in row.previous.iter().enumerate() {
                if keepable(roster, unit, entry) {
                    can.push((unit, at));
                } else if names_main(roster, entry) {
                    forced.push((unit, at));
                }
            }
        }
        Self { can, forced }
    }

    /// Entries that can be kept.
    pub fn entries(&self) -> &[(UnitId, usize)] {
        &self.can
    }

    /// What a plan changes.
    pub fn changes(&self, roster: &Roster, plan: &Plan) -> Changes {
        let kept = |&(unit, at): &(UnitId, usize)| plan.with(unit).any(|block| keeps_main(roster, &roster.units[unit].previous[at], block));
        let changed = self.can.iter().copied().filter(|entry| !kept(entry)).collect();
        Changes { changed, forced: self.forced.clone() }
    }
}
