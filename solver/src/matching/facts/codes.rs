//! The codes of terms: what a goal can weigh, with their Dutch words.

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
    )*};
}

codes! {
    /// A term by name, in the order of docs/model.md.
    TermCode {
        Geplaatst = "geplaatst", Wachttijd = "wachttijd", Doelgroep = "doelgroep", Tekort = "tekort", Bouw = "bouw",
        Reistijd = "reistijd", Coachreis = "coachreis", Concept = "concept", Coachwens = "coachwens",
        Continuiteit = "continuiteit", ZelfdeSchool = "zelfde_school", Intern = "intern", Kosten = "kosten",
        Ongewijzigd = "ongewijzigd", OngewijzigdSchool = "ongewijzigd_school", OngewijzigdCoach = "ongewijzigd_coach",
        AfspraakSchool = "afspraak_school", AfspraakCoach = "afspraak_coach", Belasting = "belasting",
    }
}
