//! The codes of rules and terms of the four problems, and why a unit is not planned. Their words stand here alone.

use crate::common::words::{Word, words};

words! {
    /// Which of the four problems a roster is.
    pub enum Kind {
        /// Intake interviews.
        Interviews = "gesprekken",
        /// Peer groups.
        PeerGroups = "intervisie",
        /// Coach visits.
        Visits = "bezoeken",
        /// Courses and development teams.
        Courses = "aanbod",
    }
    /// A rule by name, in the order of docs/scheduling.md: first those that a member meets, then those of staff, then those shared.
    pub enum RuleCode {
        Kalender = "kalender", Beschikbaar = "beschikbaar", Venster = "venster", Locatie = "locatie", Reistijd = "reistijd",
        Leervraag = "leervraag", Functie = "functie", School = "school", Route = "route", NietMet = "niet-met", EigenSchool = "eigen-school",
        Verboden = "verboden", Rol = "rol", StafBeschikbaar = "staf-beschikbaar", CoachBeschikbaar = "coach-beschikbaar",
        StafLocatie = "staf-locatie", Eis = "eis", EenKeer = "een-keer", Bezetting = "bezetting", Omvang = "omvang", Dubbel = "dubbel",
        Zaal = "zaal", PerDag = "per-dag", PerWeek = "per-week", Maximum = "maximum", Uren = "uren", PlaatsDag = "plaats-dag",
        Groepen = "groepen", Aantal = "aantal", BezoekWeek = "bezoek-week", SchoolGroep = "school-groep", RolAantal = "rol-aantal",
        Dekking = "dekking", Vast = "vast", Wijzigingen = "wijzigingen",
    }
    /// A term by name, in the order of docs/scheduling.md.
    pub enum TermCode {
        Gepland = "gepland", Voorkeur = "voorkeur", Wachttijd = "wachttijd", Belasting = "belasting", Ongewijzigd = "ongewijzigd",
        OngewijzigdMoment = "ongewijzigd_moment", OngewijzigdPersoon = "ongewijzigd_persoon", Afspraak = "afspraak",
        AfspraakMoment = "afspraak_moment", AfspraakPersoon = "afspraak_persoon", Snel = "snel", Coachwens = "coachwens", Gids = "gids",
        Dagdelen = "dagdelen", Komdagen = "komdagen", Besturen = "besturen", Botsing = "botsing", Aanwezig = "aanwezig",
        Reistijd = "reistijd", MixBestuur = "mix_bestuur", MixBouw = "mix_bouw", Grootte = "grootte", Groepen = "groepen",
        Kosten = "kosten", Gat = "gat", Landing = "landing", Weekspreiding = "weekspreiding", Leervraag = "leervraag",
        Scholen = "scholen", Aanbod = "aanbod", Saldo = "saldo",
    }
    /// Why a unit is not planned, where no rule says it.
    pub enum Other {
        /// No half-day, series or offer at all.
        NoMoment = "geen-moment",
        /// No place left has complete staff.
        NoStaff = "geen-bezetting",
        /// Every session on a way left is full.
        Full = "zitting-vol",
        /// A block breaks nothing, so a goal pays for leaving it.
        Goal = "doel",
        /// The run was stopped before the plan was proven best.
        NotProven = "niet-bewezen",
    }
}

impl TermCode {
    /// Whether it compares with the previous plan.
    pub fn compares(self) -> bool {
        use TermCode::*;
        matches!(self, Ongewijzigd | OngewijzigdMoment | OngewijzigdPersoon | Afspraak | AfspraakMoment | AfspraakPersoon)
    }
}

/// Why a unit is not planned: a rule, or what no rule says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReasonCode {
    /// The rule forbids what is left.
    Rule(RuleCode),
    /// What no rule says.
    Other(Other),
}

impl ReasonCode {
    /// Its word in files and messages.
    pub fn code(self) -> &'static str {
        match self {
            Self::Rule(rule) => rule.code(),
            Self::Other(other) => other.code(),
        }
    }

    /// The one with this word.
    pub fn parse(word: &str) -> Option<Self> {
        RuleCode::parse(word).map(Self::Rule).or_else(|| Other::parse(word).map(Self::Other))
    }
}
