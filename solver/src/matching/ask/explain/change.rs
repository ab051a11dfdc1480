//! A change to a wave that somebody may consider: a choice forced or forbidden, or a limit that grows. Ids stay what they are.

use crate::matching::facts::codes::RuleCode;
use crate::matching::facts::ids::{BoardId, CandidateId, CoachId, SchoolId, SeatId};
use crate::matching::facts::wave::{Ban, Lock, Wave};
use crate::matching::facts::words::{Bouw, SchoolKind};
use crate::matching::judge::rules::Kind;

use super::limits::{LimitKey, at_most};

/// Where and with whom; what is not named is free.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spot {
    /// At this school.
    pub school: Option<SchoolId>,
    /// At this seat group.
    pub seat: Option<SeatId>,
    /// With this coach.
    pub coach: Option<CoachId>,
}

impl From<crate::matching::facts::plan::Placement> for Spot {
    fn from(placement: crate::matching::facts::plan::Placement) -> Self {
        Self { school: None, seat: Some(placement.seat), coach: Some(placement.coach) }
    }
}

/// One change to a wave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// The candidate is placed, at this spot; pair rules in `despite` are overruled there.
    Force {
        /// Who.
        candidate: CandidateId,
        /// Where; an empty spot is "anywhere, but placed".
        spot: Spot,
        /// The pair rules knowingly overruled.
        despite: Vec<RuleCode>,
    },
    /// The candidate is not placed at this spot; an empty spot is "nowhere".
    Forbid {
        /// Who.
        candidate: CandidateId,
        /// Where not.
        spot: Spot,
    },
    /// A shared limit grows.
    More {
        /// Which.
        limit: LimitKey,
        /// By how much, in its own unit.
        by: i64,
    },
    /// A candidate travels further.
    Travel {
        /// Who.
        candidate: CandidateId,
        /// Minutes more.
        minutes: u32,
    },
    /// A candidate takes another bouw as well, as the last choice.
    Bouw {
        /// Who.
        candidate: CandidateId,
        /// Which.
        bouw: Bouw,
    },
    /// A candidate goes to another kind of school as well.
    Kind {
        /// Who.
        candidate: CandidateId,
        /// Which.
        kind: SchoolKind,
    },
    /// A candidate goes to the schools of another board as well.
    Board {
        /// Who.
        candidate: CandidateId,
        /// Which.
        board: BoardId,
    },
    /// A coach travels further.
    CoachTravel {
        /// Who.
        coach: CoachId,
        /// Minutes more.
        minutes: u32,
    },
    /// A coach works in another bouw as well.
    CoachBouw {
        /// Who.
        coach: CoachId,
        /// Which.
        bouw: Bouw,
    },
    /// A coach works at another kind of school as well.
    CoachKind {
        /// Who.
        coach: CoachId,
        /// Which.
        kind: SchoolKind,
    },
}

/// Why a change cannot even be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Contradiction {
    /// The candidate is locked to something else, by the wave or by an earlier change.
    Locked(CandidateId),
    /// The wave does not have this limit, or it cannot grow.
    NoLimit(LimitKey),
}

impl Change {
    /// A placement forced as it is.
    pub fn place(candidate: CandidateId, placement: crate::matching::facts::plan::Placement) -> Self {
        Self::Force { candidate, spot: placement.into(), despite: Vec::new() }
    }

    /// A candidate who must be placed, anywhere.
    pub fn must(candidate: CandidateId) -> Self {
        Self::Force { candidate, spot: Spot::default(), despite: Vec::new() }
    }
}

/// The wave with these changes made, in order.
///
/// # Errors
/// What contradicts the wave or an earlier change.
pub fn changed(wave: &Wave, changes: &[Change]) -> Result<Wave, Contradiction> {
    let mut wave = wave.clone();
    for change in changes {
        apply(&mut wave, change)?;
    }
    Ok(wave)
}

fn apply(wave: &mut Wave, change: &Change) -> Result<(), Contradiction> {
    match change {
        Change::Force { candidate, spot, despite } => {
            let old = wave.candidates[*candidate].lock.clone().unwrap_or_default();
            let lock = merged(wave, old, *spot, despite).ok_or(Contradiction::Locked(*candidate))?;
            wave.candidates[*candidate].lock = Some(lock);
        }
        Change::Forbid { candidate, spot } => {
            let seat = spot.seat.map(|seat| (wave.seats[seat].school, wave.seats[seat].id.clone()));
            let ban = Ban {
                school: seat.as_ref().map(|(school, _)| *school).or(spot.school),
                seat: seat.map(|(_, id)| id),
                coach: spot.coach,
                ..Ban::default()
            };
            wave.candidates[*candidate].bans.push(ban);
        }
        Change::More { limit, by } => grow(wave, *limit, *by).ok_or(Contradiction::NoLimit(*limit))?,
        Change::Travel { candidate, minutes } => {
            let most = &mut wave.candidates[*candidate].max_travel;
            *most = most.saturating_add(*minutes);
        }
        Change::Bouw { candidate, bouw } => add(&mut wave.candidates[*candidate].bouwen, bouw),
        Change::Kind { candidate, kind } => add(&mut wave.candidates[*candidate].kinds, kind),
        Change::Board { candidate, board } => {
            if let Some(boards) = &mut wave.candidates[*candidate].boards {
                add(boards, board);
            }
        }
        Change::CoachTravel { coach, minutes } => {
            let most = &mut wave.coaches[*coach].max_travel;
            *most = most.saturating_add(*minutes);
        }
        Change::CoachBouw { coach, bouw } => add(&mut wave.coaches[*coach].bouwen, bouw),
        Change::CoachKind { coach, kind } => add(&mut wave.coaches[*coach].kinds, kind),
    }
    Ok(())
}

fn add<T: Clone + PartialEq>(list: &mut Vec<T>, item: &T) {
    if !list.contains(item) {
        list.push(item.clone());
    }
}

/// The lock that says both what the old one says and where the candidate must go; `None` when they contradict each other.
fn merged(wave: &Wave, old: Lock, spot: Spot, despite: &[RuleCode]) -> Option<Lock> {
    let mut lock = old;
    let mut school = spot.school;
    if let Some(seat) = spot.seat {
        let group = &wave.seats[seat];
        if spot.school.is_some_and(|school| school != group.school)
            || lock.seat.as_ref().is_some_and(|id| *id != group.id)
            || lock.bouw.is_some_and(|bouw| bouw != group.bouw)
        {
            return None;
        }
        lock.seat = Some(group.id.clone());
        school = Some(group.school);
    }
    lock.school = agreed(lock.school, school)?;
    lock.coach = agreed(lock.coach, spot.coach)?;
    for code in despite {
        add(&mut lock.despite, code);
    }
    Some(lock)
}

/// What two sides name together; `None` when they name two things.
#[expect(clippy::option_option, reason = "the outer one says whether they agree, the inner one whether anything is named")]
fn agreed<T: PartialEq + Copy>(one: Option<T>, other: Option<T>) -> Option<Option<T>> {
    match (one, other) {
        (Some(one), Some(other)) if one != other => None,
        _ => Some(one.or(other)),
    }
}

/// Lets a limit grow; `None` when there is no such limit or it cannot.
fn grow(wave: &mut Wave, limit: LimitKey, by: i64) -> Option<()> {
    let Kind::Shared { weight, grow, .. } = limit.rule.rule().kind else { return None };
    let now = at_most(wave, limit)?;
    // Never beyond what a wave file may hold.
    let target = now.checked_add(by)?.min(weight.largest().max(now));
    grow(wave, limit.members, target)
}
