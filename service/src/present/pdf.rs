//! Papers as accessible PDF (PDF/UA-1 and PDF/A-2a): the one place that knows how that is made.

use textris_pdf::build::{Bundle, Textris, bold, muted, text};
use textris_pdf::fonts::{FaceSource, Fonts, Style};
use textris_pdf::model::SectionContent;
use textris_pdf::theme::{Color, ColumnWidth, ColumnWidths, TableStyle, Theme, VerticalAlign};

use super::letter::{Paper, Part};

/// Liberation Sans, carried along: `service/fonts/LICENSE`.
static REGULAR: &[u8] = include_bytes!("../../fonts/LiberationSans-Regular.ttf");
static BOLD: &[u8] = include_bytes!("../../fonts/LiberationSans-Bold.ttf");

/// What stands for a letter that the font does not have.
const ABSENT: &str = "\u{25a1}";

/// It could not be drawn; what was wrong, for the log of the program: it holds no text of the paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotDrawn(pub String);

/// One paper as a PDF. `at` is when it is made, UTC milliseconds.
///
/// # Errors
/// When it cannot be drawn.
pub fn one(paper: &Paper, at: i64) -> Result<Vec<u8>, NotDrawn> {
    many(&paper.title, std::slice::from_ref(paper), at)
}

/// Papers one after the other in one PDF, each beginning on a page of its own with its own page numbers.
///
/// # Errors
/// When there are none, or they cannot be drawn.
pub fn many(title: &str, papers: &[Paper], at: i64) -> Result<Vec<u8>, NotDrawn> {
    // Made anew each time: the fonts keep every text that they measured.
    let fonts = fonts().ok_or_else(|| NotDrawn("de letters".into()))?;
    let pen = Pen { fonts: &fonts };
    let failed = |error| NotDrawn(kind(&format!("{error:?}")));
    if let [paper] = papers {
        let mut page = pen.page(paper);
        page.title(pen.sound(title)).language("nl").created_at(at / 1000);
        return page.render(&fonts).map_err(failed);
    }
    let mut bundle = Bundle::new();
    bundle.title(pen.sound(title)).language("nl").created_at(at / 1000);
    for paper in papers {
        let mut page = pen.page(paper);
        page.language("nl");
        bundle.push(page);
    }
    bundle.render(&fonts).map_err(failed)
}

/// The first words of an error: its kind, and none of the text that it is about.
fn kind(error: &str) -> String {
    error.chars().take_while(|it| it.is_ascii_alphanumeric() || "([ _".contains(*it)).take(80).collect()
}

fn fonts() -> Option<Fonts> {
    let (regular, bold) = (|| FaceSource::new(REGULAR), || FaceSource::new(BOLD));
    Fonts::from_faces(regular(), bold(), regular(), bold(), regular())
}

fn theme() -> Theme {
    let mut theme = Theme::default();
    theme.page.margin_x = 56.7;
    theme.page.margin_y = 68.0;
    theme.page.header_offset = 28.0;
    theme.page.footer_offset = 30.0;
    theme.font_size.body = 10.5;
    theme.font_size.chrome = 8.5;
    theme.font_size.h1 = 19.0;
    theme.font_size.h2 = 12.5;
    theme.spacing.line_height = 1.42;
    theme.spacing.block = 7.0;
    theme.spacing.heading_above.h1 = 0.0;
    theme.spacing.heading_below.h1 = 10.0;
    theme.spacing.heading_above.h2 = 14.0;
    theme.spacing.heading_below.h2 = 4.0;
    theme.palette.muted = Color::new(0x44, 0x44, 0x44);
    theme.palette.highlight = Color::new(0xF2, 0xF2, 0xF2);
    theme
}

/// What draws papers with one set of fonts.
struct Pen<'a> {
    fonts: &'a Fonts,
}

impl Pen<'_> {
    fn page(&self, paper: &Paper) -> Textris {
        let mut page = Textris::with_theme(theme());
        let [left, right] = &paper.top;
        page.header_left(bold(self.sound(left))).header_right(text(self.sound(right)));
        page.footer_left(text(self.sound(&paper.bottom)));
        page.footer_right(SectionContent::page_counter(|page, all| text(format!("bladzijde {page} van {all}"))));
        page.h1(self.sound(&paper.title));
        for part in &paper.parts {
            self.part(&mut page, part);
        }
        page
    }

    fn part(&self, page: &mut Textris, part: &Part) {
        match part {
            Part::Heading(it) => page.h2(self.sound(it)),
            Part::Paragraph(it) => page.paragraph(self.sound(it)),
            Part::Aside(it) => page.paragraph(muted(self.sound(it))),
            Part::Points(points) => page.bullet_list(points.iter().map(|it| self.sound(it))),
            Part::Facts { headings, rows } => {
                let style =
                    TableStyle { columns: ColumnWidths::custom([ColumnWidth::Absolute(130.0), ColumnWidth::Fraction(1)]), ..table(10.5) };
                let rows = rows.iter().map(|[label, value]| [bold(self.sound(label)), text(self.sound(value))]);
                page.table_styled(&style, headings.iter().map(|it| bold(self.sound(it))), rows)
            }
            Part::Table { headings, rows } => {
                let style = TableStyle { columns: ColumnWidths::custom(widths(headings)), ..table(9.0) };
                let row = |cells: &Vec<String>| -> Vec<_> {
                    let cell = |(at, it): (usize, &String)| if at == 0 { bold(self.sound(it)) } else { text(self.sound(it)) };
                    cells.iter().enumerate().map(cell).collect()
                };
                page.table_styled(&style, headings.iter().map(|it| bold(self.sound(it))), rows.iter().map(row))
            }
            Part::Blank(labels) => {
                page.spacer(14.0);
                let mut line = text("");
                for label in labels {
                    line = line.normal(format!("{}: ", self.sound(label))).fill_in(150.0).normal("   ");
                }
                page.paragraph(line)
            }
        };
    }

    /// A text that can be drawn: what is no letter is a space or gone, and what the font does not have is a box.
    fn sound(&self, text: &str) -> String {
        let mut told = String::with_capacity(text.len());
        for letter in text.chars() {
            match letter {
                it if it.is_control() || it.is_whitespace() => told.push(if it == '\u{a0}' { it } else { ' ' }),
                // Invisible letters, also those that turn the direction of writing; and what has no meaning outside one font.
                '\u{ad}'
                | '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{feff}'
                | '\u{fe00}'..='\u{fe0f}' => {}
                '\u{e000}'..='\u{f8ff}' | '\u{fff0}'..='\u{ffff}' | '\u{e0000}'.. => told.push_str(ABSENT),
                it => told.push(it),
            }
        }
        if self.has(&told) {
            return told;
        }
        let letters = told.chars().map(|it| {
            let one = it.to_string();
            if self.has(&one) { one } else { ABSENT.to_owned() }
        });
        letters.collect()
    }

    /// Whether both weights have every letter of a text.
    fn has(&self, text: &str) -> bool {
        let in_style = |style| self.fonts.shape(style, text).glyphs.iter().all(|it| it.glyph_id.to_u32() != 0);
        in_style(Style::Regular) && in_style(Style::Bold)
    }
}

/// A table with lines of its own size.
fn table(size: f32) -> TableStyle {
    TableStyle { header_italic: false, valign: VerticalAlign::Top, font_size: Some(size), ..TableStyle::data() }
}

/// Widths by what stands in a column: names and reasons need the most room.
fn widths(headings: &[String]) -> Vec<ColumnWidth> {
    let of = |heading: &String| match heading.as_str() {
        "Reden" => ColumnWidth::Fraction(20),
        "Kandidaat" | "Coach" | "School" => ColumnWidth::Fraction(8),
        "Dagen op school" => ColumnWidth::Fraction(7),
        _ => ColumnWidth::Fraction(5),
    };
    headings.iter().map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paper(words: &str) -> Paper {
        let mut paper = Paper { title: words.into(), top: [words.into(), words.into()], bottom: words.into(), ..Paper::default() };
        paper.says(words).heading(words);
        paper.parts.push(Part::Points(vec![words.into()]));
        paper.parts.push(Part::Facts { headings: ["Wat".into(), "Hoe".into()], rows: vec![[words.into(), words.into()]] });
        paper.parts.push(Part::Table { headings: vec!["Kandidaat".into()], rows: vec![vec![words.into()]] });
        paper.parts.push(Part::Blank(vec![words.into()]));
        paper
    }

    #[test]
    fn whatever_somebody_is_called_it_is_drawn() {
        for words in [
            "Gülsen Yıldız, Łukasz, Ștefan, Nguyễn, Žižek",
            "Мария Παπαδοπούλου",
            "محمد 山田太郎 👩‍🏫",
            "a\u{301}\u{202e}b\u{200d}c\u{e000}\u{fffd}\u{feff}",
            "tab\tregel\r\neinde\u{0}\u{7}",
            "",
            " ",
            "\u{301}",
            "=HYPERLINK(\"x\")",
        ] {
            let made = one(&paper(words), 1_795_331_671_000);
            assert!(made.as_ref().is_ok_and(|it| it.starts_with(b"%PDF-1.7")), "{words:?}: {made:?}");
        }
        let fonts = fonts().expect("fonts");
        let pen = Pen { fonts: &fonts };
        assert_eq!(pen.sound("Jan\r\n山\u{202e}"), "Jan  \u{25a1}");
    }

    #[test]
    fn the_same_paper_at_the_same_time_is_the_same_file() {
        let [one, again] = [0, 1].map(|_| many("Brieven", &[paper("een"), paper("twee")], 1_795_331_671_000).expect("drawn"));
        assert_eq!(one, again);
        assert!(many("niets", &[], 0).is_err());
    }
}
