//! The codes of rules and terms: what a plan must obey and what a goal can weigh, and why somebody is left. Their words stand here alone.

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident { $($code:ident = $word:literal),* $(,)? })*) => {$(
        $(#[$doc])*
        #[allow(missing_docs, reason = "each one's meaning is in the file of its own in the judge")]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($code),* }
        impl $name {
            /// All of them, in order.
            pub const ALL: &'static [Self] = &[$(Self::$code),*];
            /// Its word in files and messages.
            pub fn code(self) -> &'static str {
                match self { $(Self::$code => $word),* }
            }
            /// The one with this word.
            pub fn parse(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|code| code.code() == word)
            }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                to.write_str(self.code())
            }
        }
    )*};
}

codes! {
    /// A rule by name, in the order of docs/model.md.
    RuleCode {
        Kwaliteit = "kwaliteit", Noodplan = "noodplan", Soort = "soort", Bestuur = "bestuur", Bouw = "bouw",
        Reistijd = "reistijd", Uitsluiting = "uitsluiting", Verboden = "verboden", Dagdelen = "dagdelen",
        CoachBouw = "coach-bouw", CoachSoort = "coach-soort", CoachReistijd = "coach-reistijd", CoachSchool = "coach-school",
        CoachEis = "coach-eis", Plekken = "plekken", SchoolMaximum = "school-maximum", Starters = "starters",
        BestuurMaximum = "bestuur-maximum", CoachAantal = "coach-aantal", CoachUren = "coach-uren",
        CoachVervolg = "coach-vervolg", ExternAandeel = "extern-aandeel", Budget = "budget",
        PaarSamen = "paar-samen", PaarApart = "paar-apart", PaarCoach = "paar-coach", PaarCoaches = "paar-coaches",
        DuoDelen = "duo-delen", Vast = "vast", Wijzigingen = "wijzigingen",
    }
    /// A term by name, in the order of docs/model.md.
    TermCode {
        Geplaatst = "geplaatst", Wachttijd = "wachttijd", Doelgroep = "doelgroep", Tekort = "tekort", Bouw = "bouw",
        Reistijd = "reistijd", Coachreis = "coachreis", Concept = "concept", Coachwens = "coachwens",
        Continuiteit = "continuiteit", ZelfdeSchool = "zelfde_school", Intern = "intern", Kosten = "kosten",
        Ongewijzigd = "ongewijzigd", OngewijzigdSchool = "ongewijzigd_school", OngewijzigdCoach = "ongewijzigd_coach",
        AfspraakSchool = "afspraak_school", AfspraakCoach = "afspraak_coach", Bewaren = "bewaren",
        Belasting = "belasting",
    }
}

/// Why a candidate is not placed: a rule, or what no rule says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReasonCode {
    /// The rule forbids what is left.
    Rule(RuleCode),
    /// A free placement exists, but a goal pays for leaving it.
    Goal,
    /// The wave has no seat at all.
    NoSeat,
    /// The wave has no coach who can take anyone.
    NoCoach,
    /// The run was stopped before the plan was proven best.
    NotProven,
    /// There was no time to look for it.
    NotLooked,
}

impl ReasonCode {
    /// Its word in files and messages.
    pub fn code(self) -> &'static str {
        match self {
            Self::Rule(rule) => rule.code(),
            Self::Goal => "doel",
            Self::NoSeat => "geen-plek",
            Self::NoCoach => "geen-coach",
            Self::NotProven => "niet-bewezen",
            Self::NotLooked => "niet-uitgezocht",
        }
    }

    /// The one with this word.
    pub fn parse(word: &str) -> Option<Self> {
        let other = [Self::Goal, Self::NoSeat, Self::NoCoach, Self::NotProven, Self::NotLooked];
        RuleCode::parse(word).map(Self::Rule).or_else(|| other.into_iter().find(|it| it.code() == word))
    }
}
