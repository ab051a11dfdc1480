//! The sheets of a wave's workbook and their columns: one literal list, from which reading, writing, the template and its comments follow.

use self::lists::{BANS, BOARDS, CANDIDATES, COACHES, LOCKS, PAIRS, PREVIOUS, SCHOOLS, SEATS, TRAVEL};
use super::super::limits;

mod lists;

/// What a column holds.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// A text.
    Text,
    /// A whole number.
    Whole,
    /// A number, with or without decimals.
    Decimal,
    /// `ja` or `nee`.
    Flag,
    /// One of these words.
    Word(fn() -> Vec<&'static str>),
    /// Words of this list, with commas between them, in the order of preference where there is one.
    Words(fn() -> Vec<&'static str>),
    /// Texts, with semicolons between them.
    Texts,
    /// Four digits of a postcode, which stand for lat and lon where those are not filled in. No key of the wave.
    Postcode,
    /// A month, 2026-09.
    Month,
    /// Anything: a number, or JSON where it is some, else a text.
    Any,
}

/// A column.
#[derive(Debug)]
pub struct Column {
    /// Key of the row in a wave file; of a key within a key, both with `/` between them.
    pub key: &'static str,
    /// What stands above it in the template.
    pub header: &'static str,
    /// Other names that people give it.
    pub also: &'static [&'static str],
    /// What it holds.
    pub kind: Kind,
    /// Whether every row needs it.
    pub needed: bool,
    /// An example for the template; empty for none.
    pub example: &'static str,
    /// What it means, Dutch.
    pub help: &'static str,
}

/// A sheet with a row for each of a list.
#[derive(Debug)]
pub struct Kept {
    /// Its name.
    pub name: &'static str,
    /// Other names that people give it.
    pub also: &'static [&'static str],
    /// Key of the list in a wave file.
    pub list: &'static str,
    /// Its columns.
    pub columns: &'static [Column],
    /// What it is for, Dutch.
    pub help: &'static str,
}

/// The sheet of policy and of the wave itself: part, name, value.
pub const POLICY: &str = "Beleid";
/// The sheet that says how it works.
pub const HELP: &str = "Toelichting";
/// The sheet that lists what is wrong.
pub const WRONG: &str = "Fouten";
/// What stands in the first column of a row that is only an example.
pub const EXAMPLE: &str = "VOORBEELD";
/// An empty list, which is something else than a cell that is not filled in.
pub const NONE: &str = "(geen)";

/// Every sheet with a row for each of a list, in the order of the template.
pub const SHEETS: [Kept; 10] = [
    Kept {
        name: "Kandidaten",
        also: &["kandidaat", "zij-instromers", "deelnemers"],
        list: "kandidaten",
        columns: &CANDIDATES,
        help: "Iedereen die een plek zoekt.",
    },
    Kept {
        name: "Scholen",
        also: &["school", "vestigingen"],
        list: "scholen",
        columns: &SCHOOLS,
        help: "De scholen; hun plekken staan op het blad Plekken.",
    },
    Kept {
        name: "Plekken",
        also: &["plek", "aanbod", "capaciteit"],
        list: "plekken",
        columns: &SEATS,
        help: "Hoeveel plekken een school in welke bouw heeft.",
    },
    Kept { name: "Coaches", also: &["coach", "begeleiders"], list: "coaches", columns: &COACHES, help: "Wie er begeleidt, en hoeveel." },
    Kept {
        name: "Besturen",
        also: &["bestuur", "schoolbesturen"],
        list: "besturen",
        columns: &BOARDS,
        help: "De besturen van de scholen.",
    },
    Kept {
        name: "Vast",
        also: &["vastgezet", "vaste plaatsingen"],
        list: "vast",
        columns: &LOCKS,
        help: "Wat voor een kandidaat al vastligt.",
    },
    Kept {
        name: "Verboden",
        also: &["verbod", "niet plaatsen"],
        list: "verboden",
        columns: &BANS,
        help: "Wat voor een kandidaat niet mag.",
    },
    Kept {
        name: "Reistijden",
        also: &["reistijd"],
        list: "reistijden",
        columns: &TRAVEL,
        help: "Gemeten reistijden; waar er geen staat, wordt geschat uit de plaats.",
    },
    Kept {
        name: "Vorig plan",
        also: &["vorig_plan", "vorige plaatsingen"],
        list: "vorig_plan",
        columns: &PREVIOUS,
        help: "Het plan van hiervoor, als zo weinig mogelijk mag veranderen.",
    },
    Kept {
        name: "Paren",
        also: &["paar", "samen of apart"],
        list: "paren",
        columns: &PAIRS,
        help: "Wie samen of juist niet samen geplaatst moet worden.",
    },
];

impl Kept {
    /// Most rows that are read.
    pub fn most_rows(&self) -> u32 {
        if self.list == "reistijden" { limits::TRAVEL_ROWS } else { limits::ROWS }
    }
}

/// Most rows of the sheet with this name.
pub fn most_rows(name: &str) -> u32 {
    of(name).map_or(limits::ROWS, Kept::most_rows)
}

/// The sheet that is called so, or like one of its other names.
pub fn of(name: &str) -> Option<&'static Kept> {
    let wanted = super::super::book::plain(name);
    let called = |it: &&Kept| std::iter::once(&it.name).chain(it.also).any(|name| super::super::book::plain(name) == wanted);
    SHEETS.iter().find(called)
}

/// How many sheets of a wave a workbook has, and how many rows there are below their headers.
pub fn size(book: &super::super::book::Book) -> (usize, usize) {
    let own = book.sheets.iter().filter(|it| of(&it.name).is_some() || it.name == POLICY);
    own.fold((0, 0), |(sheets, rows), it| (sheets + 1, rows + it.body().len()))
}
