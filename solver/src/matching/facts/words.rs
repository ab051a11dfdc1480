//! The closed word lists of the domain: soort, phase, quality and the like, with their Dutch codes, beside those that every problem has.

pub use crate::common::words::{Bouw, HalfDay, HalfDays, Status, Transport, Word, words};

words! {
    /// Kind of school.
    pub enum SchoolKind { Bo = "bo", Sbo = "sbo", So = "so" }
    /// Phase of the training, in order; hours and next hours go by it.
    pub enum Phase { Werkervaring = "werkervaring", Opleiding = "opleiding", OpleidingJaar2 = "opleiding_jaar2", Inductie = "inductie" }
    /// Whether a school meets the quality standard for training.
    pub enum Quality { Voldoet = "voldoet", VoldoetNiet = "voldoet_niet", Onbekend = "onbekend" }
    /// What is asked of two candidates together.
    pub enum PairKind {
        /// At one school, or at most one of them placed.
        Together = "samen",
        /// Never at one school.
        Apart = "apart",
        /// With one coach, or at most one of them placed.
        SameCoach = "zelfde_coach",
        /// Never with one coach.
        OtherCoach = "andere_coach",
    }
    /// Who employs the coach.
    pub enum CoachKind { Intern = "intern", Extern = "extern" }
}

impl Phase {
    /// The phase after this one; none after inductie.
    pub fn next(self) -> Option<Phase> {
        Self::ALL.get(self as usize + 1).copied()
    }
}
