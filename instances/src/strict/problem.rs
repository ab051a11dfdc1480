//! What can be wrong with an input (problems: it is refused) or worth knowing (notices: it is read).

use super::spot::Spot;

/// One thing that must be changed before the file can be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Kind of problem, one of [`CODES`].
    pub code: &'static str,
    /// JSON pointer (RFC 6901) to the value; empty for the whole file.
    pub pointer: String,
    /// The same place in Dutch words: "school 21QZ00, plekken, 1e regel, aantal".
    pub place: String,
    /// What is wrong, Dutch.
    pub what: String,
    /// What to do about it, Dutch.
    pub remedy: String,
}

/// Something that was read otherwise than somebody may expect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Kind of notice: `onbekende-verwijzing` (what is named is not in the file), `leeg` (a list without which nobody is placed), `id`
    /// (an id that cannot be a part of an address), `ongebruikt` (a key that this kind of roster does not use), `buiten` (a half-day at which
    /// nothing can be, or a visit that is too long), `volgorde` (a count of what happened that is below a later one), or `meer` for how many
    /// are not listed.
    pub code: &'static str,
    /// JSON pointer to the value.
    pub pointer: String,
    /// What was done, Dutch.
    pub text: String,
}

/// A file that cannot be read, with every problem at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// At least one; past [`MOST_PROBLEMS`] a last one says how many more there are.
    pub problems: Vec<Problem>,
    /// How many problems there are that are not listed.
    pub more: usize,
    /// Notices found on the way.
    pub notices: Vec<Notice>,
}

/// Most problems, and most notices, that are listed one by one.
pub const MOST_PROBLEMS: usize = 1_000;

/// Every code of a problem.
pub const CODES: &[&str] = &[
    "json",                 // not JSON, or not UTF-8
    "formaat",              // another format or version
    "type",                 // a text where a number is needed, and the like
    "onbekende-sleutel",    // a key that the format does not have
    "dubbele-sleutel",      // one key twice in one object
    "ontbreekt",            // a required key is absent
    "grens",                // a number out of bounds, or a text that is too long
    "datum",                // not a day of the calendar, yyyy-mm-dd
    "woord",                // not in a closed list of words
    "id",                   // an id with the wrong characters or length
    "dubbel-id",            // one id twice
    "dubbel",               // a list item or an entry twice
    "leeg",                 // an empty list or entry where something is needed
    "onbekende-verwijzing", // points at something that is not in the file
    "samen",                // two fields that come together or not at all
    "doelnaam",             // a goal that takes the name of a goal to be added
    "niet-te-overrulen",    // `ondanks` names a rule that nobody may overrule
    "volgorde",             // what must come one after the other does not, or a lower end is above the upper one
    "te-veel",              // more rows than can be handled
    "meer",                 // how many problems are not listed
];

impl Refusal {
    /// One problem at a place.
    pub fn one(code: &'static str, spot: &Spot, what: impl Into<String>, remedy: impl Into<String>) -> Self {
        let problem = Problem { code, pointer: spot.pointer(), place: spot.words(), what: what.into(), remedy: remedy.into() };
        Self { problems: vec![problem], more: 0, notices: Vec::new() }
    }

    /// How many problems there are, listed or not: the last one that is listed says how many are not, and is none itself.
    pub fn count(&self) -> usize {
        self.problems.len() - usize::from(self.more > 0) + self.more
    }
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for problem in &self.problems {
            writeln!(out, "{}: {} ({})", problem.place, problem.what, problem.remedy)?;
        }
        Ok(())
    }
}

impl std::error::Error for Refusal {}
