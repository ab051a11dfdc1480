//! Sheets as one workbook (xlsx): tables that filter and that a screen reader reads, charts whose figures are cells, and a set-up for print.
//!
//! A sheet that is one table becomes a list: its headings stand in the first row, which stays in sight and is repeated on paper. Any other
//! sheet becomes a page: its parts one below the other, its charts beside its tables. The same book gives the same bytes.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, Worksheet, XlsxError};

use super::{Part, Sheet};

pub(super) use cells::fitting;

mod cells;
mod charts;
mod names;
mod page;

/// What a workbook is about, and its sheets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Book {
    /// What it is about; above every printed page, and in the properties.
    pub title: String,
    /// What has to be known of it, in a sentence; in the properties.
    pub about: String,
    /// When what it tells was made, UTC seconds.
    pub made: i64,
    /// Its sheets, in order; at least one.
    pub leaves: Vec<Leaf>,
}

/// A sheet with the name on its tab.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leaf {
    /// The name; what a tab cannot hold is changed.
    pub name: String,
    /// What stands on it.
    pub sheet: Sheet,
}

/// That no workbook could be made, in Dutch: there is more than one can hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unmade(pub String);

impl std::fmt::Display for Unmade {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(&self.0)
    }
}

impl std::error::Error for Unmade {}

/// Columns on paper above which a sheet is not made narrower still.
const PAPER: u8 = 9;
/// Longest title above a printed page, in characters.
const ABOVE: usize = 80;

/// The bytes of a workbook.
///
/// # Errors
/// When there are more rows than a sheet can hold.
pub fn workbook(book: &Book) -> Result<Vec<u8>, Unmade> {
    made(book).map_err(|error| match error {
        XlsxError::RowColumnLimitError => Unmade("Dit zijn meer regels dan in een werkmap passen.".into()),
        other => Unmade(format!("De werkmap kan niet gemaakt worden ({other}).")),
    })
}

fn made(book: &Book) -> Result<Vec<u8>, XlsxError> {
    let names = names::tabs(book.leaves.iter().map(|leaf| leaf.name.as_str()));
    let formats = cells::Formats::new();
    let mut places = charts::Places::default();
    let mut sheets = Vec::new();
    for (leaf, name) in book.leaves.iter().zip(&names) {
        let mut sheet = Worksheet::new();
        sheet.set_name(name)?;
        for_print(&mut sheet, &book.title, name)?;
        page::write(&mut sheet, &leaf.sheet, &formats, &mut places.on(name))?;
        sheets.push(sheet);
    }
    // When every table has its place: a chart may be of a table on another sheet.
    for (sheet, leaf) in sheets.iter_mut().zip(&book.leaves) {
        let drawn = leaf.sheet.parts.iter().filter_map(|part| if let Part::Chart(chart) = part { Some(chart) } else { None });
        charts::insert(sheet, drawn, page::beside(&leaf.sheet), &places)?;
    }
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(book)?);
    sheets.into_iter().for_each(|sheet| {
        workbook.push_worksheet(sheet);
    });
    workbook.save_to_buffer()
}

fn properties(book: &Book) -> Result<DocProperties, XlsxError> {
    let made = ExcelDateTime::from_timestamp(book.made)?;
    Ok(DocProperties::new()
        .set_title(cells::fitting(&book.title))
        .set_subject(cells::fitting(&book.about))
        .set_author("Loket")
        .set_creation_datetime(&made)
        .set_custom_property("Language", "nl-NL"))
}

/// On A4, lying, as wide as a page and as long as needed; with the headings, what it is and which page it is on each.
fn for_print(sheet: &mut Worksheet, title: &str, name: &str) -> Result<(), XlsxError> {
    // An ampersand begins a code there.
    let plain = |text: &str| text.chars().take(ABOVE).filter(|it| !it.is_control()).collect::<String>().replace('&', "&&");
    sheet
        .set_paper_size(PAPER)
        .set_landscape()
        .set_print_fit_to_pages(1, 0)
        .set_header(format!("&L{}&R{}", plain(title), plain(name)))
        .set_footer("&LLoket&RBladzijde &P van &N")
        .set_repeat_rows(0, 0)?
        .set_freeze_panes(1, 0)?;
    Ok(())
}
