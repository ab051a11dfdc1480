//! Letters and printed lists as values: what stands on paper, without a word about how it is drawn. [`super::pdf`] draws it, [`Paper::text`]
//! is the same for a message.

pub mod candidate;
pub mod list;
pub mod words;

/// One part of a paper, in reading order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// A heading below the title.
    Heading(String),
    /// A paragraph.
    Paragraph(String),
    /// Smaller words beside a heading or at the end.
    Aside(String),
    /// Points, one below the other.
    Points(Vec<String>),
    /// What is what: a label with its value in each row, under two headings.
    Facts {
        /// Above the labels and above the values.
        headings: [String; 2],
        /// Label and value.
        rows: Vec<[String; 2]>,
    },
    /// A table whose headings come again on every page.
    Table {
        /// Above each column.
        headings: Vec<String>,
        /// A cell for each column.
        rows: Vec<Vec<String>>,
    },
    /// Labels on one line, each with room to write by hand.
    Blank(Vec<String>),
}

/// A letter or a list as it stands on paper.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paper {
    /// Its name, also that of the file; it names nobody.
    pub name: String,
    /// The heading above everything.
    pub title: String,
    /// On every page at the top: left and right.
    pub top: [String; 2],
    /// On every page at the bottom, left; the page's number stands right.
    pub bottom: String,
    /// Everything else.
    pub parts: Vec<Part>,
}

impl Paper {
    /// Adds a paragraph.
    pub fn says(&mut self, text: impl Into<String>) -> &mut Self {
        self.parts.push(Part::Paragraph(text.into()));
        self
    }

    /// Adds a heading.
    pub fn heading(&mut self, text: impl Into<String>) -> &mut Self {
        self.parts.push(Part::Heading(text.into()));
        self
    }

    /// The same as plain text, for the body of a message: paragraphs with an empty line between them.
    pub fn text(&self) -> String {
        let mut blocks = vec![self.title.clone()];
        for part in &self.parts {
            blocks.push(match part {
                Part::Heading(text) | Part::Paragraph(text) | Part::Aside(text) => one_line(text),
                Part::Points(points) => points.iter().map(|it| format!("- {}", one_line(it))).collect::<Vec<_>>().join("\n"),
                Part::Facts { rows, .. } => {
                    rows.iter().map(|[label, value]| format!("{}: {}", one_line(label), one_line(value))).collect::<Vec<_>>().join("\n")
                }
                Part::Table { headings, rows } => {
                    let row = |cells: &Vec<String>| cells.iter().map(|it| one_line(it)).collect::<Vec<_>>().join(" | ");
                    let all: Vec<String> = std::iter::once(row(headings)).chain(rows.iter().map(row)).collect();
                    all.join("\n")
                }
                Part::Blank(labels) => labels.iter().map(|it| format!("{}:", one_line(it))).collect::<Vec<_>>().join("\n"),
            });
        }
        blocks.join("\n\n") + "\n"
    }
}

/// What others wrote is one line: no letter of theirs begins another.
fn one_line(text: &str) -> String {
    text.split(|it: char| it.is_control() || it.is_whitespace()).filter(|it| !it.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paper_as_text_has_a_block_for_each_part_and_a_line_for_each_row() {
        let mut paper = Paper { title: "Titel".into(), ..Paper::default() };
        paper.says("Beste Anouk\r\nBcc: x,").heading("Kop");
        paper.parts.push(Part::Facts { headings: ["Wat".into(), "Hoe".into()], rows: vec![["School".into(), "De\tKlaver".into()]] });
        paper.parts.push(Part::Points(vec!["een".into(), "twee".into()]));
        paper.parts.push(Part::Table { headings: vec!["a".into(), "b".into()], rows: vec![vec!["1".into(), "2".into()]] });
        assert_eq!(paper.text(), "Titel\n\nBeste Anouk Bcc: x,\n\nKop\n\nSchool: De Klaver\n\n- een\n- twee\n\na | b\n1 | 2\n");
    }
}
