//! The codes of rules, terms, counts and what lines follow. Their words stand here alone.

use crate::common::words::words;

words! {
    /// A rule by name, in the order of docs/planning.md.
    pub enum RuleCode {
        Doel = "doel", Aanmeldingen = "aanmeldingen", Plekken = "plekken", CoachRatio = "coach-ratio", CoachUren = "coach-uren",
        ExternAandeel = "extern-aandeel", Aanname = "aanname", Budget = "budget", Vast = "vast",
    }
    /// A term by name, in the order of docs/planning.md.
    pub enum TermCode {
        Gestart = "gestart", Afgestudeerd = "afgestudeerd", Blijvers = "blijvers", Intern = "intern", Aanname = "aanname",
        Kosten = "kosten", Spreiding = "spreiding",
    }
    /// How many people of a wave come to a stage, in order.
    pub enum Count {
        Aangemeld = "aangemeld", Voortraject = "voortraject", Assessment = "assessment", Opleiding = "opleiding", Jaar2 = "jaar2",
        Diploma = "diploma", Blijft = "blijft",
    }
    /// What a line of money follows.
    pub enum Driver {
        /// One in every year.
        Fixed = "vast",
        /// Coaches in the pool.
        Coaches = "coaches",
        /// Coaches hired.
        Hired = "aanname",
        Aangemeld = "aangemeld", Voortraject = "voortraject", Assessment = "assessment", Opleiding = "opleiding", Jaar2 = "jaar2",
        Diploma = "diploma",
    }
    /// A percentage of the funnel, in order.
    pub enum Step {
        /// Of who registered, how many start the track.
        Start = "start",
        /// Of who starts the track, how many pass the assessment.
        Voortraject = "voortraject",
        /// Of who passed, how many start training.
        Opleiding = "opleiding",
        /// Of who starts training, how many go on in its second year.
        Jaar2 = "jaar2",
        /// Of who is in the second year, how many get the diploma.
        Diploma = "diploma",
        /// Of who has the diploma, how many still teach in the city after five years.
        Blijft = "blijft",
    }
    /// Which years together must be paid by what comes in.
    pub enum Budget {
        /// The first years, up to any year.
        Cumulative = "cumulatief",
        /// Each year by itself.
        Yearly = "per_jaar",
        /// All years together.
        Total = "totaal",
        /// None.
        Free = "geen",
    }
    /// What kind of cost a line is.
    pub enum CostSort { Personeel = "personeel", Materieel = "materieel", Overig = "overig" }
    /// Where an income comes from.
    pub enum IncomeSort { Subsidie = "subsidie", Cofinanciering = "cofinanciering", Rijk = "rijk" }
}

impl Count {
    /// Years after that of the wave in which lines count it.
    pub fn years_after(self) -> usize {
        match self {
            Self::Aangemeld | Self::Voortraject | Self::Assessment | Self::Opleiding => 0,
            Self::Jaar2 => 1,
            Self::Diploma | Self::Blijft => 2,
        }
    }
}

impl Driver {
    /// The count that it is, when it is one.
    pub fn count(self) -> Option<Count> {
        match self {
            Self::Fixed | Self::Coaches | Self::Hired => None,
            Self::Aangemeld => Some(Count::Aangemeld),
            Self::Voortraject => Some(Count::Voortraject),
            Self::Assessment => Some(Count::Assessment),
            Self::Opleiding => Some(Count::Opleiding),
            Self::Jaar2 => Some(Count::Jaar2),
            Self::Diploma => Some(Count::Diploma),
        }
    }
}
