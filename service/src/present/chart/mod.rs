//! Charts as values: typed figures become rectangles, lines, marks and labels in pixels, with the same figures as a table beside them.
//!
//! A chart knows no HTML and chooses no words: its title, which is the finding, and the names of its rows come from whoever has them. What is
//! told apart by colour is told apart by pattern as well ([`Fill`]). Coordinates are whole pixels, from the left and from the top.

mod compare;
mod heat;
mod load;
mod profile;
mod share;
mod stack;
mod travel;

pub use compare::{Measure, compare};
pub use heat::{Heat, heat};
pub use load::{Load, Loads, loads};
pub use profile::{Band, profile};
pub use share::{Share, Sides, share};
pub use stack::{Column, FILLS, stack};
pub use travel::{Bins, LONG, Travels, bins, travel};

/// A drawing with the table of its figures.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chart {
    /// Its id on the page: letters and hyphens.
    pub key: &'static str,
    /// What it shows, as a finding.
    pub title: String,
    /// What is drawn, for who reads on.
    pub about: String,
    /// How wide it is.
    pub width: i32,
    /// How high it is.
    pub height: i32,
    /// Rectangles, drawn first.
    pub rects: Vec<Rect>,
    /// Lines, drawn over them.
    pub lines: Vec<Line>,
    /// Squares and rounds, drawn over those.
    pub spots: Vec<Spot>,
    /// Labels, drawn last.
    pub labels: Vec<Label>,
    /// The same figures.
    pub table: Grid,
}

/// The figures of a chart: a heading above each column, and rows whose first cell is their name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Grid {
    /// Above the columns, the names first.
    pub heads: Vec<String>,
    /// Cells row by row, the name first.
    pub rows: Vec<Vec<String>>,
}

/// How a rectangle is filled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fill {
    /// One colour.
    Solid,
    /// Slanting stripes.
    Stripes,
    /// Dots.
    Dots,
    /// Nothing within, an edge around.
    Open,
    /// A quiet ground for what stands on it.
    Ground,
    /// The lightest of the shades of a table.
    Shade1,
    /// Half of it.
    Shade2,
    /// Nearly all of it.
    Shade3,
    /// All of it.
    Shade4,
}

impl Fill {
    /// What the stylesheet calls it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Solid => "vol",
            Self::Stripes => "strepen",
            Self::Dots => "stippen",
            Self::Open => "leeg",
            Self::Ground => "grond",
            Self::Shade1 => "tint-1",
            Self::Shade2 => "tint-2",
            Self::Shade3 => "tint-3",
            Self::Shade4 => "tint-4",
        }
    }

    /// Whether it is filled by one of the patterns that stand beside the drawing.
    pub fn patterned(self) -> bool {
        matches!(self, Self::Stripes | Self::Dots)
    }
}

/// A rectangle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rect {
    /// Left.
    pub x: i32,
    /// Top.
    pub y: i32,
    /// Width.
    pub width: i32,
    /// Height.
    pub height: i32,
    /// How it is filled.
    pub fill: Fill,
}

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stroke {
    /// An axis.
    Axis,
    /// A faint line to read along.
    Faint,
    /// A limit.
    Limit,
    /// From one mark to another.
    Between,
}

impl Stroke {
    /// What the stylesheet calls it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Axis => "as",
            Self::Faint => "hulplijn",
            Self::Limit => "grens",
            Self::Between => "tussen",
        }
    }
}

/// A line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// Where it begins, from the left.
    pub x1: i32,
    /// Where it begins, from the top.
    pub y1: i32,
    /// Where it ends, from the left.
    pub x2: i32,
    /// Where it ends, from the top.
    pub y2: i32,
    /// What it is.
    pub stroke: Stroke,
}

/// A mark around a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spot {
    /// Its middle, from the left.
    pub x: i32,
    /// Its middle, from the top.
    pub y: i32,
    /// A round, filled; otherwise a square, open.
    pub round: bool,
}

/// Which part of a label stands at its point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// Its beginning.
    Start,
    /// Its middle.
    Middle,
    /// Its end.
    End,
}

impl Anchor {
    /// As SVG says it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Middle => "middle",
            Self::End => "end",
        }
    }
}

/// How a label looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// As text is.
    Plain,
    /// Quieter.
    Quiet,
    /// On a dark ground.
    Light,
    /// Of a limit.
    Limit,
}

impl Tone {
    /// What the stylesheet calls it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Plain => "gewoon",
            Self::Quiet => "stil",
            Self::Light => "licht",
            Self::Limit => "grens",
        }
    }
}

/// A label, with its foot on a point.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// From the left.
    pub x: i32,
    /// From the top.
    pub y: i32,
    /// What it says.
    pub text: String,
    /// Which part of it stands there.
    pub anchor: Anchor,
    /// How it looks.
    pub tone: Tone,
}

impl Chart {
    fn rect(&mut self, x: i32, y: i32, (width, height): (i32, i32), fill: Fill) {
        self.rects.push(Rect { x, y, width, height, fill });
    }

    fn line(&mut self, (x1, y1): (i32, i32), (x2, y2): (i32, i32), stroke: Stroke) {
        self.lines.push(Line { x1, y1, x2, y2, stroke });
    }

    fn label(&mut self, x: i32, y: i32, text: impl Into<String>, anchor: Anchor, tone: Tone) {
        self.labels.push(Label { x, y, text: text.into(), anchor, tone });
    }
}

/// So much of `length` as `part` is of `whole`, rounded half up; nothing of nothing, and never more than all.
fn scaled(part: i64, whole: i64, length: i32) -> i32 {
    if whole <= 0 || part <= 0 {
        return 0;
    }
    let (part, whole, length) = (i128::from(part.min(whole)), i128::from(whole), i128::from(length));
    i32::try_from((2 * part * length + whole) / (2 * whole)).unwrap_or(0)
}

/// A round step such that at most `most` of them reach the top: 1, 2 or 5 times a power of ten.
fn step(top: i64, most: i64) -> i64 {
    let mut unit: i64 = 1;
    loop {
        for times in [1, 2, 5] {
            let step = unit.saturating_mul(times);
            if step.saturating_mul(most) >= top || step == i64::MAX {
                return step;
            }
        }
        unit = unit.saturating_mul(10);
    }
}

/// A name that fits in so many pixels of 12-pixel letters, cut where it does not; the table has all of it.
fn fitting(name: &str, width: i32) -> String {
    let most = usize::try_from(width / 6).unwrap_or(0).max(4);
    if name.chars().count() <= most {
        return name.to_owned();
    }
    let mut cut: String = name.chars().take(most - 1).collect();
    cut.truncate(cut.trim_end().len());
    cut.push('…');
    cut
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_of_a_length_is_rounded_and_never_longer() {
        assert_eq!((scaled(1, 3, 100), scaled(2, 3, 100), scaled(5, 3, 100), scaled(-1, 3, 100), scaled(1, 0, 9)), (33, 67, 100, 0, 0));
    }

    #[test]
    fn a_step_is_round_and_reaches_the_top() {
        assert_eq!([1, 4, 5, 30, 31, 980].map(|top| step(top, 4)), [1, 1, 2, 10, 10, 500]);
    }

    #[test]
    fn a_long_name_is_cut_and_says_so() {
        assert_eq!(fitting("Stichting Zuiderlicht", 60), "Stichting…");
        assert_eq!(fitting("Vaart", 60), "Vaart");
    }
}
