//! How wide the parts of each kind of answer are on a terminal: at most 100 characters, without colours.

/// The measures of one kind of answer.
#[derive(Clone, Copy, Debug)]
pub struct Layout {
    pub(super) title: Lines,
    /// Whether an empty line comes after the title.
    pub(super) after_title: bool,
    pub(super) lead: Lines,
    pub(super) remark: Lines,
    pub(super) heading: Lines,
    pub(super) sentence: Lines,
    pub(super) detail: Lines,
    pub(super) point: Lines,
    pub(super) deeper: Lines,
    /// Whether an empty line comes before every fact with a name.
    pub(super) facts_apart: bool,
    pub(super) item: Item,
    /// By the key of the table; the last one for every other.
    pub(super) tables: &'static [(&'static str, Grid)],
}

/// Text that is broken into lines.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lines {
    /// What stands before the first line.
    pub(super) first: &'static str,
    /// How far the other lines stand in.
    pub(super) rest: usize,
    /// Room for the text; [`WHOLE`] when it is not broken.
    pub(super) room: usize,
}

/// Room for text that is left as it is.
pub(super) const WHOLE: usize = usize::MAX;

/// Room for the label of a fact.
pub(super) const LABEL: usize = 13;
/// Room for what a fact says.
pub(super) const FACT: usize = 85;
/// Length of a bar beside a fact.
pub(super) const BAR: usize = 40;

/// An item with its note behind it, or below it when that is too long.
#[derive(Clone, Copy, Debug)]
pub(super) struct Item {
    /// Where the name is cut off.
    pub(super) cut: usize,
    /// Room for the name, so that the notes stand in a column.
    pub(super) room: usize,
    /// What stands around a note.
    pub(super) around: (&'static str, &'static str),
}

/// The measures of a table.
#[derive(Clone, Copy, Debug)]
pub(super) struct Grid {
    /// How far rows stand in.
    pub(super) indent: usize,
    /// Room for a name, and where it is cut off.
    pub(super) name: (usize, usize),
    /// Room for each column behind it; the last for all that follow. 0 is as wide as it is.
    pub(super) columns: &'static [Column],
    pub(super) head: Head,
    /// What stands between the cells and the words that replace the rest.
    pub(super) before_words: &'static str,
    /// From how many rows on the table is folded into two.
    pub(super) fold: usize,
    /// Where a name inside a cell is cut off.
    pub(super) named: usize,
}

/// What stands before a column, and its room.
pub(super) type Column = (&'static str, usize);

/// Where the headings of a table stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Head {
    /// Above the rows, after an empty line; the first one begins at the margin.
    Above,
    /// The same, and every row is numbered.
    Numbered,
    /// Above the rows and as far in, right after what came before.
    Inside,
    /// The heading stands beside the first row, the columns have none.
    Beside,
    /// Nowhere: what came before says it.
    None,
}

const GRID: Grid =
    Grid { indent: 3, name: (39, 38), columns: &[("", 14)], head: Head::Above, before_words: "", fold: usize::MAX, named: usize::MAX };

const fn lines(first: &'static str, rest: usize, room: usize) -> Lines {
    Lines { first, rest, room }
}

const PLAIN: Layout = Layout {
    title: lines("", 0, WHOLE),
    after_title: true,
    lead: lines("", 0, WHOLE),
    remark: lines("  ! ", 4, 95),
    heading: lines("", 0, WHOLE),
    sentence: lines("   ", 3, 95),
    detail: lines("        ", 8, 91),
    point: lines("      · ", 8, 91),
    deeper: lines("         – ", 11, 87),
    facts_apart: false,
    item: Item { cut: 97, room: 0, around: ("(", ")") },
    tables: &[("", GRID)],
};

/// Explanations.
pub const EXPLAIN: Layout = Layout { heading: lines("", 0, 98), point: lines("     · ", 7, 91), ..PLAIN };

/// Reruns and differences.
pub const RERUN: Layout = Layout {
    title: lines("", 0, 100),
    after_title: false,
    item: Item { cut: 60, room: 0, around: ("[", "]") },
    tables: &[
        ("afruil", Grid { name: (12, 12), columns: &[("", 10), ("", 13)], head: Head::Inside, ..GRID }),
        ("lichtingen", Grid { indent: 0, name: (28, 27), columns: &[("", 11), ("", 11), ("", 14), ("", 12), ("   ", 0)], ..GRID }),
        ("cijfers", Grid { name: (21, 20), ..GRID }),
    ],
    ..PLAIN
};

/// Stress tests.
pub const STRESS: Layout = Layout {
    lead: lines("", 0, 96),
    sentence: lines("   ", 3, 94),
    item: Item { cut: 27, room: 28, around: ("", "") },
    tables: &[
        ("kosten", Grid { indent: 0, name: (30, 28), columns: &[("", 11)], ..GRID }),
        (
            "uitval",
            Grid {
                indent: 0,
                name: (30, 28),
                columns: &[("", 7), ("", 13), ("", 11), ("", 12), ("   ", 0)],
                before_words: "   ",
                named: 24,
                ..GRID
            },
        ),
    ],
    ..PLAIN
};

/// Summaries.
pub const SUMMARY: Layout = Layout {
    facts_apart: true,
    detail: lines("        ", 8, 92),
    point: lines("      · ", 8, 92),
    tables: &[
        ("coaches", Grid { indent: 4, name: (12, 12), columns: &[(" ", 9), (" ", 7), (" ", 13)], head: Head::None, fold: 9, ..GRID }),
        ("doelen", Grid { indent: 5, name: (20, 19), columns: &[("", 14), ("", 14), ("   ", 0)], head: Head::Numbered, ..GRID }),
        ("verdeling", Grid { indent: LABEL, name: (12, 12), columns: &[("", 6), (" ", 6), ("  ", BAR)], head: Head::Beside, ..GRID }),
    ],
    ..PLAIN
};

/// Reports.
pub const REPORT: Layout = Layout { after_title: false, lead: lines("", 0, 100), ..PLAIN };
