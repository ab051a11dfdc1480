//! The closed word lists of the domain: bouw, soort, phase, half-days, status and the like, with their Dutch codes.

/// A closed list of words: each has one code, used in files and messages.
pub trait Word: Copy + Eq + 'static {
    /// Every word, in the order of the design.
    const ALL: &'static [Self];
    /// The Dutch code used in files.
    fn code(self) -> &'static str;
    /// The word with this code.
    fn parse(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|word| word.code() == code)
    }
}

/// Declares closed lists of words, each word with its code.
#[macro_export]
macro_rules! words {
    ($($(#[$about:meta])* pub enum $name:ident { $($(#[$says:meta])* $word:ident = $code:literal),* $(,)? })*) => {$(
        $(#[$about])*
        #[allow(missing_docs, reason = "a word whose meaning is not said is its Dutch code, explained in docs/glossary.md")]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$says])* $word),* }
        impl $crate::matching::facts::words::Word for $name {
            const ALL: &'static [Self] = &[$(Self::$word),*];
            fn code(self) -> &'static str {
                match self { $(Self::$word => $code),* }
            }
        }
    )*};
}

pub use words;

words! {
    /// Band of year groups.
    pub enum Bouw { Onderbouw = "onderbouw", Middenbouw = "middenbouw", Bovenbouw = "bovenbouw" }
    /// Kind of school.
    pub enum SchoolKind { Bo = "bo", Sbo = "sbo", So = "so" }
    /// Phase of the training, in order; hours and next hours go by it.
    pub enum Phase { Werkervaring = "werkervaring", Opleiding = "opleiding", OpleidingJaar2 = "opleiding_jaar2", Inductie = "inductie" }
    /// Whether a school meets the quality standard for training.
    pub enum Quality { Voldoet = "voldoet", VoldoetNiet = "voldoet_niet", Onbekend = "onbekend" }
    /// Who employs the coach.
    pub enum CoachKind { Intern = "intern", Extern = "extern" }
    /// How somebody travels.
    pub enum Transport { Fiets = "fiets", Ov = "ov", Auto = "auto" }
    /// How far an earlier placement has come.
    pub enum Status { Voorgesteld = "voorgesteld", Akkoord = "akkoord", Gestart = "gestart" }
    /// A half-day of the working week.
    pub enum HalfDay {
        MaO = "ma-o", MaM = "ma-m", DiO = "di-o", DiM = "di-m", WoO = "wo-o",
        WoM = "wo-m", DoO = "do-o", DoM = "do-m", VrO = "vr-o", VrM = "vr-m",
    }
}

impl Phase {
    /// The phase after this one; none after inductie.
    pub fn next(self) -> Option<Phase> {
        Self::ALL.get(self as usize + 1).copied()
    }
}

/// A set of half-days; the empty set means that none were named.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HalfDays(u16);

impl HalfDays {
    /// Whether no half-day was named.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }
    /// How many half-days are named.
    pub fn count(self) -> u32 {
        self.0.count_ones()
    }
    /// Half-days in both sets.
    pub fn shared(self, other: HalfDays) -> HalfDays {
        HalfDays(self.0 & other.0)
    }
    /// Whether the set holds this half-day.
    pub fn has(self, day: HalfDay) -> bool {
        self.0 & (1 << day as u16) != 0
    }
}

impl FromIterator<HalfDay> for HalfDays {
    fn from_iter<T: IntoIterator<Item = HalfDay>>(days: T) -> Self {
        HalfDays(days.into_iter().fold(0, |set, day| set | 1 << day as u16))
    }
}
