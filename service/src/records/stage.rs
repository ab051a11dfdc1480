//! Where a candidate is on the way to being a teacher: each stage with its day, and why somebody stopped.

use loket_solver::matching::facts::words::words;
use serde::{Deserialize, Serialize};

words! {
    /// A stage of a candidate.
    #[derive(Serialize, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    pub enum Stage {
        /// Registered.
        Aangemeld = "aangemeld",
        /// Is being talked with.
        Intake = "intake",
        /// In the preliminary track.
        Voortraject = "voortraject",
        /// Is being assessed for suitability.
        Assessment = "assessment",
        /// In the first year of training.
        Opleiding = "opleiding",
        /// In the second year of training.
        #[serde(rename = "jaar-2")]
        Jaar2 = "jaar-2",
        /// Graduated.
        Diploma = "diploma",
        /// Stopped; the reason is kept with it.
        Gestopt = "gestopt",
    }
}

words! {
    /// Why a candidate stopped.
    #[derive(Serialize, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    pub enum StopReason {
        /// Chose otherwise.
        EigenKeuze = "eigen-keuze",
        /// Found other work.
        AnderWerk = "ander-werk",
        /// Circumstances at home.
        Persoonlijk = "persoonlijk",
        /// Moves away.
        Verhuizing = "verhuizing",
        /// Cannot be combined with work or family.
        NietTeCombineren = "niet-te-combineren",
        /// The intake said no.
        IntakeAfgewezen = "intake-afgewezen",
        /// Failed the assessment.
        AssessmentNietGehaald = "assessment-niet-gehaald",
        /// The training did not go well enough.
        StudieNietGehaald = "studie-niet-gehaald",
        /// Teaching did not go well enough.
        PraktijkNietGehaald = "praktijk-niet-gehaald",
        /// There was no place.
        GeenPlek = "geen-plek",
        /// Does not answer any more.
        GeenContact = "geen-contact",
        /// Dropped out of a wave, without more being said.
        Uitval = "uitval",
        /// Something else.
        Anders = "anders",
        /// Nobody noted it.
        Onbekend = "onbekend",
    }
}

/// A stage that a candidate entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StageRow {
    /// From 1 for each candidate.
    pub number: i64,
    /// Which.
    pub stage: Stage,
    /// Its first day; unknown for what was kept before stages were.
    pub from: Option<String>,
    /// Why somebody stopped.
    pub reason: Option<StopReason>,
    /// When it was noted, UTC milliseconds; unknown for what was kept before.
    pub at: Option<i64>,
    /// Who noted it; unknown for what was kept before.
    pub who: Option<String>,
}
