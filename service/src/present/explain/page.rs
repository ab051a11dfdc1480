//! Text for a terminal: headings, numbered items and points beneath them, at most 100 characters wide.

use std::fmt::Write;

use crate::present::dutch::wrapped;

/// Widest line, in characters.
const WIDTH: usize = 98;

/// A page under construction.
#[derive(Debug, Default)]
pub(super) struct Page(String);

impl Page {
    fn lines(&mut self, first: &str, rest: usize, text: &str) {
        let indent = first.chars().count().max(rest);
        for (position, line) in wrapped(text, WIDTH - indent).iter().enumerate() {
            let mark = if position == 0 { first.to_string() } else { " ".repeat(rest) };
            let _ = writeln!(self.0, "{mark}{line}");
        }
    }
    /// A title, with an empty line before it.
    pub(super) fn title(&mut self, text: &str) {
        let _ = write!(self.0, "\n{text}\n\n");
    }
    /// A heading, with an empty line before it.
    pub(super) fn heading(&mut self, text: &str) {
        if !self.0.ends_with("\n\n") {
            self.0.push('\n');
        }
        self.lines("", 0, text);
    }
    /// A heading with the first line of its block beside it.
    pub(super) fn row(&mut self, heading: &str, text: &str) {
        self.lines(&format!("{heading:<13}"), 13, text);
    }
    /// A line of its own.
    pub(super) fn line(&mut self, text: &str) {
        self.lines("   ", 3, text);
    }
    /// A numbered item.
    pub(super) fn item(&mut self, position: usize, text: &str) {
        self.lines(&format!("{position:>3}. "), 5, text);
    }
    /// A point beneath an item or heading.
    pub(super) fn point(&mut self, text: &str) {
        self.lines("     · ", 7, text);
    }
    /// A point beneath a point.
    pub(super) fn deeper(&mut self, text: &str) {
        self.lines("         – ", 11, text);
    }
    /// The text.
    pub(super) fn text(self) -> String {
        self.0
    }
}
