//! Rows about people together: a pair's schools and coaches, and who shares which half-days of a seat group. Each counts at most one placement.

use std::collections::HashMap;

use crate::common::tables::Id;
use crate::matching::facts::codes::RuleCode;
use crate::matching::facts::ids::{CandidateId, CoachId, SchoolId, SeatId};
use crate::matching::facts::plan::Placement;
use crate::matching::facts::wave::Wave;
use crate::matching::facts::words::HalfDays;

/// Half of a table: the rows whose position has this value at one binary digit. Two positions that differ do so at some digit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Half {
    /// Which digit, from 0.
    pub digit: u32,
    /// Its value.
    pub set: bool,
}

impl Half {
    /// Both halves for every digit of the positions in a table of so many rows.
    pub fn all(rows: usize) -> impl Iterator<Item = Half> {
        let digits = usize::BITS - rows.saturating_sub(1).leading_zeros();
        (0..digits).flat_map(|digit| [false, true].map(|set| Half { digit, set }))
    }

    /// Whether a row is in it.
    pub fn has<I: Id>(self, row: I) -> bool {
        row.position().checked_shr(self.digit).is_some_and(|rest| rest & 1 == 1) == self.set
    }
}

/// What a candidate shares with the duo colleague of a seat group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Share {
    /// The half-days that both are there; who names none is there always.
    pub days: HalfDays,
    /// How many of them `dagdelen` asks.
    pub asks: u32,
}

impl Share {
    /// What a candidate shares at a seat group.
    pub fn of(wave: &Wave, candidate: CandidateId, seat: SeatId) -> Self {
        let (own, there) = (wave.candidates[candidate].half_days, wave.seats[seat].half_days);
        let own = if own.is_empty() { there } else { own };
        let asks = wave.policy.shared_half_days.min(own.count()).min(there.count());
        Self { days: own.shared(there), asks }
    }

    /// Whether one duo colleague has enough half-days for two who share this.
    pub fn fits(self, other: Share) -> bool {
        self.days.joined(other.days).count() >= self.asks + other.asks
    }
}

/// A row about people together: Σ of the placements that it counts ≤ 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Together {
    /// One person at schools in a half, the other at schools outside of it (`paar-samen`).
    Schools(CandidateId, CandidateId, Half),
    /// Two people at a school (`paar-apart`).
    School(CandidateId, CandidateId, SchoolId),
    /// One person with coaches in a half, the other with coaches outside of it (`paar-coach`).
    Coaches(CandidateId, CandidateId, Half),
    /// Two people with a coach (`paar-coaches`).
    Coach(CandidateId, CandidateId, CoachId),
    /// Everybody at a seat group who shares one of these (`duo-delen`).
    Shares(SeatId, Share, Share),
    /// This person and everybody who shares this at a seat group (`duo-delen`).
    ShareWith(SeatId, CandidateId, Share),
}

impl Together {
    /// Whose rule it is.
    pub fn rule(self) -> RuleCode {
        match self {
            Self::Schools(..) => RuleCode::PaarSamen,
            Self::School(..) => RuleCode::PaarApart,
            Self::Coaches(..) => RuleCode::PaarCoach,
            Self::Coach(..) => RuleCode::PaarCoaches,
            Self::Shares(..) | Self::ShareWith(..) => RuleCode::DuoDelen,
        }
    }

    /// Whether it counts a placement.
    pub fn counts(self, wave: &Wave, candidate: CandidateId, placement: Placement) -> bool {
        let within = |one, other, at_one, at_other| candidate == one && at_one || candidate == other && at_other;
        match self {
            Self::Schools(one, other, half) => {
                let there = half.has(placement.school(wave));
                within(one, other, there, !there)
            }
            Self::School(one, other, school) => {
                let there = placement.school(wave) == school;
                within(one, other, there, there)
            }
            Self::Coaches(one, other, half) => {
                let there = half.has(placement.coach);
                within(one, other, there, !there)
            }
            Self::Coach(one, other, coach) => within(one, other, placement.coach == coach, placement.coach == coach),
            Self::Shares(seat, one, other) => placement.seat == seat && [one, other].contains(&Share::of(wave, candidate, seat)),
            Self::ShareWith(seat, person, share) => {
                placement.seat == seat && (candidate == person || Share::of(wave, candidate, seat) == share)
            }
        }
    }

    fn doors(self) -> Vec<Door> {
        match self {
            Self::Schools(one, other, _) | Self::Coaches(one, other, _) => vec![Door::Person(one), Door::Person(other)],
            Self::School(one, other, school) => vec![Door::At(one, school), Door::At(other, school)],
            Self::Coach(one, other, coach) => vec![Door::With(one, coach), Door::With(other, coach)],
            Self::Shares(seat, ..) | Self::ShareWith(seat, ..) => vec![Door::Seat(seat)],
        }
    }
}

/// Which placements a row may count.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
enum Door {
    Person(CandidateId),
    At(CandidateId, SchoolId),
    With(CandidateId, CoachId),
    Seat(SeatId),
}

/// Rows about people together, found by a placement that they count.
#[derive(Clone, Debug, Default)]
pub struct Rows {
    rows: Vec<(usize, Together)>,
    by_door: HashMap<Door, Vec<usize>>,
}

impl Rows {
    /// Rows, each with a number of the caller's.
    pub fn new(rows: impl IntoIterator<Item = (usize, Together)>) -> Self {
        let mut made = Self::default();
        for (number, row) in rows {
            row.doors().into_iter().for_each(|door| made.by_door.entry(door).or_default().push(made.rows.len()));
            made.rows.push((number, row));
        }
        made
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The numbers of the rows that count a placement, in order.
    pub fn of(&self, wave: &Wave, candidate: CandidateId, placement: Placement) -> Vec<usize> {
        if self.is_empty() {
            return Vec::new();
        }
        let school = placement.school(wave);
        let Placement { seat, coach } = placement;
        let doors = [Door::Person(candidate), Door::At(candidate, school), Door::With(candidate, coach), Door::Seat(seat)];
        let near = doors.iter().filter_map(|door| self.by_door.get(door)).flatten().map(|&at| self.rows[at]);
        let mut found: Vec<usize> = near.filter(|(_, row)| row.counts(wave, candidate, placement)).map(|(number, _)| number).collect();
        found.sort_unstable();
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_rows_that_differ_are_apart_in_some_half_and_equal_ones_never() {
        for rows in 0..9 {
            let halves: Vec<Half> = Half::all(rows).collect();
            for one in 0..rows {
                for other in 0..rows {
                    let apart = halves.iter().any(|half| half.has(SchoolId::new(one)) && !half.has(SchoolId::new(other)));
                    assert_eq!(apart, one != other, "{one} {other} of {rows}");
                }
            }
        }
    }
}
