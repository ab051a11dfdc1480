//! The words of the monitor: stages, reasons for stopping, verdicts.

use loket_solver::words;

words! {
    /// A stage of the funnel, in order.
    pub enum Stage {
        Aangemeld = "aangemeld", Intake = "intake", Voortraject = "voortraject", Assessment = "assessment", Opleiding = "opleiding",
        Jaar2 = "jaar2",
        /// With a diploma within 24 months.
        Diploma = "diploma",
        /// With a diploma after that.
        DiplomaLater = "diploma_later",
        Inductie = "inductie",
        /// Teaching in the city after so many years.
        Blijft1 = "blijft1", Blijft2 = "blijft2", Blijft3 = "blijft3", Blijft4 = "blijft4", Blijft5 = "blijft5",
    }
    /// Why somebody stopped.
    pub enum StopReason {
        TeZwaar = "te_zwaar", Verwachting = "verwachting", Prive = "prive", Begeleiding = "begeleiding", Ongeschikt = "ongeschikt",
        AnderWerk = "ander_werk", Verhuisd = "verhuisd", Onbekend = "onbekend",
    }
    /// What counts say of a target.
    pub enum TargetVerdict {
        /// Too few people to say anything.
        TooSmall = "te-klein",
        /// So few that chance alone does not explain it.
        Below = "onder-doel",
        /// So many that chance alone does not explain it.
        Above = "boven-doel",
        /// Chance alone can explain it.
        OnCourse = "op-koers",
    }
    /// A target of the funnel, in order.
    pub enum Target { Start = "start", Voortraject = "voortraject", Opleiding = "opleiding", Diploma = "diploma", Blijft = "blijft" }
}

impl StopReason {
    /// What people read.
    pub fn says(self) -> &'static str {
        match self {
            Self::TeZwaar => "te zwaar",
            Self::Verwachting => "anders dan verwacht",
            Self::Prive => "privé",
            Self::Begeleiding => "begeleiding",
            Self::Ongeschikt => "niet geschikt",
            Self::AnderWerk => "ander werk",
            Self::Verhuisd => "verhuisd",
            Self::Onbekend => "onbekend",
        }
    }
}
