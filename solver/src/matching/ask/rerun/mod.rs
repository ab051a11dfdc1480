//! Reruns: an old plan becomes the previous plan of a changed wave; who changes and why, what a budget of changes buys, many at once.
//!
//! Definitions are in docs/model.md (Reruns) and docs/reruns.md. Nothing here knows the model or the engine but through `solve`.

use std::collections::HashMap;

use crate::matching::facts::ids::{CandidateId, CoachId, SeatId};
use crate::matching::facts::plan::{self, Placement, Plan};
use crate::matching::facts::policy::{Goal, goals_as_used, goals_of_rerun};
use crate::matching::facts::wave::{Part, Previous, Wave};
use crate::matching::facts::words::Status;

pub mod batch;
pub mod cause;
pub mod difference;
pub mod dropout;
pub mod tradeoff;

/// The status of an old placement: that of the candidate's entry in the previous plan when it is still about this placement (the same
/// school and plek, or the same coach where it names no plek), else `usual`.
pub fn status_of(wave: &Wave, candidate: CandidateId, seat: Option<SeatId>, coach: Option<CoachId>, usual: Status) -> Status {
    let Some(previous) = &wave.candidates[candidate].previous else {
        return usual;
    };
    let same = match (previous.seat, previous.coach) {
        (Part::Known(it), _) => seat == Some(it),
        (Part::Absent, Part::Known(it)) => coach == Some(it),
        _ => false,
    };
    if same { previous.status } else { usual }
}

/// The goals of a rerun in which changes may be chosen: the wave's own first, so that changes buy something; agreements and stability
/// decide between what is equal. Own goals that weigh agreements otherwise stay as they are.
pub fn goals_that_gain(wave: &Wave) -> Vec<Goal> {
    let mut goals = goals_of_its_own(wave);
    if !goals.iter().any(Goal::keeps_agreements) {
        goals.extend(goals_of_rerun());
    }
    goals
}

/// The goals of the wave without the two that a previous plan adds.
pub(crate) fn goals_of_its_own(wave: &Wave) -> Vec<Goal> {
    let added = goals_of_rerun();
    wave.policy.goals.iter().filter(|goal| !added.contains(goal)).cloned().collect()
}

/// The goals of a rerun as docs/model.md puts them: agreements first.
pub fn goals_that_keep(wave: &Wave) -> Vec<Goal> {
    goals_as_used(Some(wave.policy.goals.clone()), wave.phase, true)
}

/// Finds people, seat groups and coaches of a wave by the ids of the file.
pub struct Directory<'a> {
    people: HashMap<&'a str, CandidateId>,
    seats: HashMap<(&'a str, &'a str), SeatId>,
    coaches: HashMap<&'a str, CoachId>,
}

impl<'a> Directory<'a> {
    /// Reads the wave.
    pub fn new(wave: &'a Wave) -> Self {
        let group = |seat: SeatId| (wave.school_of(seat).id.as_str(), wave.seats[seat].id.as_str());
        Self {
            people: wave.candidates.pairs().map(|(id, it)| (it.id.as_str(), id)).collect(),
            seats: wave.seats.ids().map(|id| (group(id), id)).collect(),
            coaches: wave.coaches.pairs().map(|(id, it)| (it.id.as_str(), id)).collect(),
        }
    }
    /// A candidate of another wave, here.
    pub fn person(&self, other: &Wave, candidate: CandidateId) -> Option<CandidateId> {
        self.people.get(other.candidates[candidate].id.as_str()).copied()
    }
    /// A seat group of another wave, here.
    pub fn seat(&self, other: &Wave, seat: SeatId) -> Option<SeatId> {
        self.seats.get(&(other.school_of(seat).id.as_str(), other.seats[seat].id.as_str())).copied()
    }
    /// A coach of another wave, here.
    pub fn coach(&self, other: &Wave, coach: CoachId) -> Option<CoachId> {
        self.coaches.get(other.coaches[coach].id.as_str()).copied()
    }
}

/// What still exists of a plan in another wave: placements whose candidate, seat group and coach are all there.
pub fn carried(before: &Wave, plan: &Plan, after: &Wave) -> Plan {
    let here = Directory::new(after);
    let mut carried = plan::empty(after);
    for (candidate, placement) in plan.pairs() {
        let Some(placement) = *placement else { continue };
        if let (Some(candidate), Some(seat), Some(coach)) =
            (here.person(before, candidate), here.seat(before, placement.seat), here.coach(before, placement.coach))
        {
            carried[candidate] = Some(Placement { seat, coach });
        }
    }
    carried
}

/// The wave with a plan of another wave (or of its own) as the previous plan; whoever had no placement there has no entry.
pub fn with_previous(before: &Wave, plan: &Plan, after: &Wave, usual: Status) -> Wave {
    let mut wave = after.clone();
    let here = Directory::new(after);
    for candidate in after.candidates.ids() {
        wave.candidates[candidate].previous = None;
    }
    for (candidate, placement) in plan.pairs() {
        let (Some(there), Some(placement)) = (here.person(before, candidate), *placement) else { continue };
        let part = |found: Option<SeatId>| found.map_or(Part::Gone, Part::Known);
        wave.candidates[there].previous = Some(Previous {
            seat: part(here.seat(before, placement.seat)),
            coach: here.coach(before, placement.coach).map_or(Part::Gone, Part::Known),
            status: status_of(before, candidate, Some(placement.seat), Some(placement.coach), usual),
        });
    }
    wave
}
