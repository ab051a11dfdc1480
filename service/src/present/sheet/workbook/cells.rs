//! Values of cells: text that computes nothing and fits, figures as numbers with how they are shown.

use std::borrow::Cow;

use loket_instances::sheets::safe::guarded;
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Worksheet, XlsxError};

use crate::present::sheet::cell::percent;
use crate::present::sheet::{Cell, Unit};

/// Most that a cell can hold, in units of UTF-16.
const MOST: usize = 32_767;
/// What stands behind a text of which not all fits.
const SHORTENED: &str = " … (ingekort: dit is langer dan een cel kan zijn)";

/// How cells are shown.
pub(super) struct Formats {
    pub(super) text: Format,
    pub(super) title: Format,
    pub(super) heading: Format,
    pub(super) label: Format,
    pub(super) lead: Format,
    /// Above words, and above figures.
    pub(super) heads: [Format; 2],
    number: Format,
    change: Format,
    minutes: Format,
    hours: Format,
    euros: Format,
    share: Format,
    tenths: Format,
}

impl Formats {
    pub(super) fn new() -> Self {
        let top = || Format::new().set_align(FormatAlign::Top);
        let figure = |shown: &str| top().set_num_format(shown).set_align(FormatAlign::Right);
        Self {
            text: top().set_text_wrap(),
            title: Format::new().set_bold().set_font_size(16),
            heading: Format::new().set_bold().set_font_size(12),
            label: top().set_bold(),
            lead: top().set_italic(),
            heads: [FormatAlign::Left, FormatAlign::Right].map(|side| {
                let head = top().set_bold().set_text_wrap().set_background_color("DCE6F1").set_border_bottom(FormatBorder::Thin);
                head.set_align(side)
            }),
            number: figure("#,##0"),
            change: figure("+#,##0;-#,##0;0"),
            minutes: figure("#,##0\" min\""),
            hours: figure("#,##0\" u\""),
            euros: figure("€ #,##0.00"),
            share: figure("0%"),
            tenths: figure("0.0%"),
        }
    }

    /// Of a figure in this unit, and what the figure is divided by so that it is one of these.
    fn of(&self, unit: Unit) -> (&Format, f64) {
        match unit {
            Unit::One => (&self.number, 1.0),
            Unit::Minutes => (&self.minutes, 1.0),
            Unit::Hours => (&self.hours, 1.0),
            Unit::Cents => (&self.euros, 100.0),
            Unit::Percent => (&self.share, 100.0),
            Unit::Tenths => (&self.tenths, 1_000.0),
        }
    }
}

/// A text as a cell can hold it: it begins no formula, steers nothing, and has its end said where that is cut off.
pub(in crate::present::sheet) fn fitting(text: &str) -> Cow<'_, str> {
    let guarded = guarded(text);
    let steers = |letter: char| letter.is_control() && letter != '\n';
    let clean: Cow<'_, str> = match guarded.chars().any(steers) {
        true => Cow::Owned(guarded.chars().map(|letter| if steers(letter) { '\u{fffd}' } else { letter }).collect()),
        false => guarded,
    };
    if clean.encode_utf16().count() <= MOST {
        return clean;
    }
    let mut left = MOST - SHORTENED.encode_utf16().count();
    let fits = clean.chars().take_while(|letter| {
        let room = left.checked_sub(letter.len_utf16());
        left = room.unwrap_or(0);
        room.is_some()
    });
    Cow::Owned(fits.chain(SHORTENED.chars()).collect())
}

/// The words of a cell that holds words.
pub(super) fn words(cell: &Cell) -> Option<String> {
    Some(match cell {
        Cell::Text(text) => text.clone(),
        Cell::Named(name, more) if more.is_empty() => name.clone(),
        Cell::Named(name, more) => format!("{name} {more}"),
        Cell::Of(part, whole, unit) => format!("{} van {}", Unit::One.of(*part), unit.of(*whole)),
        Cell::Hidden => "–".into(),
        Cell::Figure(..) | Cell::Change(..) | Cell::Bar(..) => return None,
    })
}

/// Writes a text; nothing for an empty one.
pub(super) fn text(sheet: &mut Worksheet, at: (u32, u16), text: &str, format: &Format) -> Result<(), XlsxError> {
    if !text.is_empty() {
        sheet.write_string_with_format(at.0, at.1, fitting(text), format)?;
    }
    Ok(())
}

/// Writes a cell.
pub(super) fn cell(sheet: &mut Worksheet, at: (u32, u16), cell: &Cell, formats: &Formats) -> Result<(), XlsxError> {
    if let Some(words) = words(cell) {
        return text(sheet, at, &words, &formats.text);
    }
    let (value, format) = match cell {
        Cell::Figure(value, unit) => {
            let (format, whole) = formats.of(*unit);
            (*value as f64 / whole, format)
        }
        Cell::Change(value, Unit::One) => (*value as f64, &formats.change),
        Cell::Change(value, unit) => {
            let (format, whole) = formats.of(*unit);
            (*value as f64 / whole, format)
        }
        // How full it is: drawn on a terminal, a share here.
        Cell::Bar(part, whole) => (percent(*part, *whole) as f64 / 100.0, &formats.share),
        Cell::Of(..) | Cell::Hidden | Cell::Text(_) | Cell::Named(..) => return Ok(()),
    };
    sheet.write_number_with_format(at.0, at.1, value, format)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_computes_nothing_steers_nothing_and_fits() {
        for (text, right) in [
            ("=HYPERLINK(\"http://x\")", "'=HYPERLINK(\"http://x\")"),
            ("+31 20", "'+31 20"),
            ("@x", "'@x"),
            ("-1", "'-1"),
            ("\tx", "'\u{fffd}x"),
            ("a\u{7}b\nc", "a\u{fffd}b\nc"),
            ("Zoë, D'Arc", "Zoë, D'Arc"),
        ] {
            assert_eq!(fitting(text), right);
        }
        let units = |text: &str| text.encode_utf16().count();
        for whole in ["x".repeat(MOST), "👩".repeat(MOST / 2)] {
            assert_eq!(fitting(&whole), whole, "what fits stays");
        }
        for long in ["x".repeat(MOST + 1), "👩".repeat(MOST), format!("={}", "é".repeat(2 * MOST))] {
            let cut = fitting(&long);
            assert!(cut.ends_with(SHORTENED) && units(&cut) <= MOST && units(&cut) >= MOST - 1, "{}", units(&cut));
        }
    }
}
