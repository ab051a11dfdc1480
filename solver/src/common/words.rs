//! Closed lists of words with their Dutch codes, and the words that every kind of problem has: half-days, bouwen, means of transport, how far
//! something agreed has come, how a solve ended.

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
        impl $crate::common::words::Word for $name {
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
    /// How somebody travels.
    pub enum Transport { Fiets = "fiets", Ov = "ov", Auto = "auto" }
    /// How far an earlier entry has come.
    pub enum Status { Voorgesteld = "voorgesteld", Akkoord = "akkoord", Gestart = "gestart" }
    /// A half-day of the working week.
    pub enum HalfDay {
        MaO = "ma-o", MaM = "ma-m", DiO = "di-o", DiM = "di-m", WoO = "wo-o",
        WoM = "wo-m", DoO = "do-o", DoM = "do-m", VrO = "vr-o", VrM = "vr-m",
    }
    /// How a solve ended.
    pub enum Verdict {
        /// Every goal is proven.
        Optimal = "optimaal",
        /// A checked plan, some goal not proven.
        Feasible = "haalbaar",
        /// No plan obeys the locks; the conflict says why.
        Impossible = "onmogelijk",
        /// Stopped without a plan.
        Stopped = "afgebroken",
    }
}

impl Verdict {
    /// Whether there is a plan.
    pub fn has_plan(self) -> bool {
        matches!(self, Self::Optimal | Self::Feasible)
    }

    /// Whether nothing is left open: the plan is proven best, or there is none.
    pub fn proven(self) -> bool {
        matches!(self, Self::Optimal | Self::Impossible)
    }
}

/// A set of half-days; the empty set means that none were named.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
    /// Half-days in one of the sets or both.
    pub fn joined(self, other: HalfDays) -> HalfDays {
        HalfDays(self.0 | other.0)
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
