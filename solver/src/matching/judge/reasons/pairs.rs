//! Which pair rules forbid each placement of a candidate, as sets of codes, put together from the parts that the rules look at.

use crate::common::tables::Id;
use crate::matching::facts::ids::{CandidateId, CoachId, SeatId};
use crate::matching::facts::plan::Placement;
use crate::matching::facts::wave::{Lock, Wave};
use crate::matching::judge::rules::{Allow, Kind, RULES};

/// A set of rules: bit i stands for the i-th rule of the list.
pub(super) type Codes = u32;

const _: () = assert!(RULES.len() <= Codes::BITS as usize);

/// Which part of a placement a pair rule looks at.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// Candidate and seat group.
    Seat,
    /// A coach, with candidate or seat group or both.
    Coach,
}

/// The side of a pair rule; `None` for other rules.
pub(super) fn side(rule: usize) -> Option<Side> {
    match RULES[rule].kind {
        Kind::Pair { write, .. } => Some(match write {
            Allow::School(_) | Allow::CandidateSchool(_) | Allow::CandidateSeat(_) => Side::Seat,
            Allow::CandidateCoach(_) | Allow::CoachSchool(_) | Allow::CoachSeat(_) | Allow::Placement(_) => Side::Coach,
        }),
        Kind::Shared { .. } | Kind::Changes { .. } => None,
    }
}

/// The rules that pair rules write, each with its bit.
fn allows() -> impl Iterator<Item = (Codes, Allow)> {
    RULES.iter().enumerate().filter_map(|(at, rule)| match rule.kind {
        Kind::Pair { write, .. } => Some((1 << at, write)),
        Kind::Shared { .. } | Kind::Changes { .. } => None,
    })
}

/// The seat groups that have seats, every coach, and what forbids them for one another.
pub(super) struct Pairs<'a> {
    pub(super) wave: &'a Wave,
    /// Seat groups with a count of 1 or more.
    pub(super) seats: Vec<SeatId>,
    /// Per seat group of `seats`, one row of every coach.
    coach_seat: Vec<Codes>,
}

impl<'a> Pairs<'a> {
    pub(super) fn new(wave: &'a Wave) -> Self {
        let seats: Vec<_> = wave.seats.ids().filter(|&seat| wave.seats[seat].count >= 1).collect();
        let rules: Vec<_> = allows().collect();
        let forbidden = |seat: SeatId, coach: CoachId| {
            let school = wave.seats[seat].school;
            rules.iter().fold(0, |codes, &(bit, allow)| {
                let allowed = match allow {
                    Allow::CoachSchool(allow) => allow(wave, coach, school),
                    Allow::CoachSeat(allow) => allow(wave, coach, seat),
                    _ => true,
                };
                if allowed { codes } else { codes | bit }
            })
        };
        let coach_seat = seats
            .iter()
            .flat_map(|&seat| wave.coaches.ids().map(move |coach| (seat, coach)))
            .map(|(seat, coach)| forbidden(seat, coach))
            .collect();
        Self { wave, seats, coach_seat }
    }

    /// Everything about one candidate.
    pub(super) fn view(&self, candidate: CandidateId) -> View<'_> {
        let wave = self.wave;
        let lock = wave.candidates[candidate].lock.as_ref();
        let mut view = View {
            pairs: self,
            candidate,
            lock,
            overruled: overruled(lock),
            seat: vec![0; self.seats.len()],
            coach: vec![0; wave.coaches.len()],
            whole: Vec::new(),
        };
        for (bit, allow) in allows().filter(|(bit, _)| bit & view.overruled == 0) {
            let mut seats = |allowed: &dyn Fn(SeatId) -> bool| {
                for (codes, &seat) in view.seat.iter_mut().zip(&self.seats) {
                    if !allowed(seat) {
                        *codes |= bit;
                    }
                }
            };
            match allow {
                Allow::School(allow) => seats(&|seat| allow(wave, wave.seats[seat].school)),
                Allow::CandidateSchool(allow) => {
                    seats(&|seat| allow(wave, candidate, wave.seats[seat].school));
                }
                Allow::CandidateSeat(allow) => seats(&|seat| allow(wave, candidate, seat)),
                Allow::CandidateCoach(allow) => {
                    for (codes, coach) in view.coach.iter_mut().zip(wave.coaches.ids()) {
                        if !allow(wave, candidate, coach) {
                            *codes |= bit;
                        }
                    }
                }
                Allow::Placement(allow) => view.whole.push((bit, allow)),
                Allow::CoachSchool(_) | Allow::CoachSeat(_) => {}
            }
        }
        view
    }
}

/// What a lock overrules, for every placement that agrees with it.
fn overruled(lock: Option<&Lock>) -> Codes {
    let Some(lock) = lock else {
        return 0;
    };
    RULES
        .iter()
        .enumerate()
        .filter(|(_, rule)| rule.overrulable && lock.despite.contains(&rule.code))
        .fold(0, |codes, (at, _)| codes | 1 << at)
}

type Whole = fn(&Wave, CandidateId, SeatId, CoachId) -> bool;

/// What forbids each placement of one candidate. Placements that disagree with the candidate's lock do not count at all.
pub(super) struct View<'a> {
    pairs: &'a Pairs<'a>,
    pub(super) candidate: CandidateId,
    lock: Option<&'a Lock>,
    overruled: Codes,
    /// Per seat group with seats: what forbids it whoever the coach is.
    pub(super) seat: Vec<Codes>,
    /// Per coach: what forbids this person wherever the seat is.
    pub(super) coach: Vec<Codes>,
    whole: Vec<(Codes, Whole)>,
}

impl View<'_> {
    /// Position of the placement at the `seat`-th seat group with seats and the `coach`-th coach.
    pub(super) fn placement(&self, seat: usize, coach: usize) -> Placement {
        Placement { seat: self.pairs.seats[seat], coach: CoachId::new(coach) }
    }

    /// Whether the placement agrees with the candidate's lock, if there is one.
    pub(super) fn agrees(&self, seat: usize, coach: usize) -> bool {
        self.lock.is_none_or(|lock| lock.agrees(self.pairs.wave, self.placement(seat, coach)))
    }

    /// The rules that forbid the placement without asking those that look at it as a whole.
    pub(super) fn parts(&self, seat: usize, coach: usize) -> Codes {
        let row = self.pairs.coach_seat[seat * self.coach.len() + coach];
        self.seat[seat] | self.coach[coach] | row & !self.overruled
    }

    /// The rules that forbid the placement.
    pub(super) fn codes(&self, seat: usize, coach: usize) -> Codes {
        self.codes_of(Codes::MAX, seat, coach)
    }

    /// Those of the rules `given` that forbid the placement.
    pub(super) fn codes_of(&self, given: Codes, seat: usize, coach: usize) -> Codes {
        let at = self.placement(seat, coach);
        self.whole
            .iter()
            .filter(|(bit, _)| bit & given != 0)
            .filter(|(_, allow)| !allow(self.pairs.wave, self.candidate, at.seat, at.coach))
            .fold(self.parts(seat, coach) & given, |codes, (bit, _)| codes | bit)
    }

    /// Whether pair rules and lock leave this placement.
    pub(super) fn open(&self, seat: usize, coach: usize) -> bool {
        self.parts(seat, coach) == 0 && self.agrees(seat, coach) && self.codes(seat, coach) == 0
    }
}
