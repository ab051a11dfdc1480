//! An answer as a sheet: headings, sentences, figures, lists and tables in order, that know neither terminal nor JSON nor HTML.
//!
//! Every answer is composed into a sheet once. How it looks is the matter of what renders it: `text` by the measures of `layout`,
//! `json`, `workbook` and, of one table, `separated`. A new kind of part is a variant of [`Part`]; the compiler then names every
//! rendering that has to show it.

mod cell;
mod json;
pub mod layout;
pub mod plain;
pub mod separated;
mod text;
pub mod workbook;

pub use cell::{Cell, Unit};
use layout::Layout;
use serde_json::Value;

/// One answer, in the order in which it is read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// Its parts.
    pub parts: Vec<Part>,
}

/// A part of a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// What the whole sheet is about.
    Title(String),
    /// What has to be read first.
    Lead(String),
    /// Something that must not be missed.
    Remark(String),
    /// What stands above the parts that follow.
    Heading(String),
    /// A fact with its name.
    Fact(Fact),
    /// How many of something: the number, and what it counts.
    Count(usize, String),
    /// A sentence of its own.
    Sentence(String),
    /// An item of a numbered list.
    Step(usize, String),
    /// Somebody or something by name, with what to know of it; nothing where that is empty.
    Item {
        /// The name.
        name: String,
        /// What to know of it.
        note: String,
    },
    /// What is the case with the item above.
    Detail(String),
    /// A point beneath an item or heading.
    Point(String),
    /// A point beneath a point.
    Deeper(String),
    /// Something in a file that may be a mistake.
    Notice {
        /// What, in a sentence.
        text: String,
        /// Its code.
        code: String,
        /// Where in the file.
        at: String,
    },
    /// Figures that belong together.
    Table(Table),
    /// A drawing of a table; where nothing is drawn, the table says it.
    Chart(Chart),
    /// How it ended.
    Closing(String),
}

/// A fact with its name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fact {
    /// Its name; empty when it goes on about the one before.
    pub label: String,
    /// The fact.
    pub text: String,
    /// How much of how much it is, to be drawn.
    pub share: Option<(usize, usize)>,
    /// What belongs to it, one by one.
    pub points: Vec<String>,
}

/// Rows of figures: a column of names and, behind it, columns of figures.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// Which table it is: its key in JSON, and by which its measures are found.
    pub key: &'static str,
    /// What stands above the names.
    pub heading: String,
    /// The columns behind the names.
    pub columns: Vec<Column>,
    /// The rows.
    pub rows: Vec<Row>,
    /// What the figures mean, one or two sentences; empty when the headings say enough.
    pub meaning: &'static str,
}

/// A drawing of columns of a table: its rows stand side by side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chart {
    /// What stands above it.
    pub title: String,
    /// The key of its table, which is in the same answer.
    pub table: &'static str,
    /// Which columns are drawn as bars: positions behind the names.
    pub bars: Vec<usize>,
    /// The column that is a limit of the bars, drawn as a line.
    pub limit: Option<usize>,
    /// What the rows are.
    pub across: &'static str,
    /// What the figures count.
    pub up: &'static str,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// What stands above it.
    pub heading: String,
    /// Which side its cells keep to.
    pub side: Side,
}

/// The side that the cells of a column keep to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Words.
    Left,
    /// Figures.
    Right,
}

/// A row of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// Who or what it is about.
    pub name: String,
    /// Its cells; fewer than there are columns when `says` tells the rest.
    pub cells: Vec<Cell>,
    /// In words, what stands in place of the cells that are not there.
    pub says: String,
}

impl Column {
    /// A column of figures.
    pub fn figures(heading: impl Into<String>) -> Column {
        Column { heading: heading.into(), side: Side::Right }
    }

    /// A column of words.
    pub fn words(heading: impl Into<String>) -> Column {
        Column { heading: heading.into(), side: Side::Left }
    }
}

impl Row {
    /// A row with all its cells.
    pub fn new(name: impl Into<String>, cells: Vec<Cell>) -> Row {
        Row { name: name.into(), cells, says: String::new() }
    }
}

impl Sheet {
    /// Adds what the whole is about.
    pub fn title(&mut self, text: impl Into<String>) {
        self.parts.push(Part::Title(text.into()));
    }

    /// Adds what has to be read first.
    pub fn lead(&mut self, text: impl Into<String>) {
        self.parts.push(Part::Lead(text.into()));
    }

    /// Adds what stands above the next parts.
    pub fn heading(&mut self, text: impl Into<String>) {
        self.parts.push(Part::Heading(text.into()));
    }

    /// Adds a fact.
    pub fn fact(&mut self, label: &str, text: impl Into<String>) {
        self.parts.push(Part::Fact(Fact { label: label.into(), text: text.into(), ..Fact::default() }));
    }

    /// Adds a sentence.
    pub fn sentence(&mut self, text: impl Into<String>) {
        self.parts.push(Part::Sentence(text.into()));
    }

    /// Adds a numbered item.
    pub fn step(&mut self, position: usize, text: impl Into<String>) {
        self.parts.push(Part::Step(position, text.into()));
    }

    /// Adds somebody or something by name.
    pub fn item(&mut self, name: impl Into<String>, note: impl Into<String>) {
        self.parts.push(Part::Item { name: name.into(), note: note.into() });
    }

    /// Adds a point.
    pub fn point(&mut self, text: impl Into<String>) {
        self.parts.push(Part::Point(text.into()));
    }

    /// Adds a point beneath a point.
    pub fn deeper(&mut self, text: impl Into<String>) {
        self.parts.push(Part::Deeper(text.into()));
    }

    /// Adds a table.
    pub fn table(&mut self, table: Table) {
        self.parts.push(Part::Table(table));
    }

    /// Adds how it ended.
    pub fn closing(&mut self, text: impl Into<String>) {
        self.parts.push(Part::Closing(text.into()));
    }

    /// Its tables, in order.
    pub fn tables(&self) -> impl Iterator<Item = &Table> {
        self.parts.iter().filter_map(|part| if let Part::Table(table) = part { Some(table) } else { None })
    }

    /// For a terminal, by these measures.
    pub fn text(&self, layout: &Layout) -> String {
        text::text(self, layout)
    }

    /// For machines: the title, what is read first, and every table by its key.
    pub fn json(&self) -> Value {
        json::json(self)
    }

    /// What it says, one sentence or item at a time, without tables.
    pub fn sentences(&self) -> Vec<String> {
        json::sentences(self)
    }
}
