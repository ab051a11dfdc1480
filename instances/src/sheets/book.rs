//! Sheets as they are read and written: rows of cells that know their place, and nothing of what they mean.

use std::borrow::Cow;

/// A cell.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Cell {
    /// Nothing, or only spaces.
    #[default]
    Empty,
    /// A text, without spaces around it and without the apostrophe that guards it.
    Text(String),
    /// A number.
    Number(f64),
    /// True or false.
    Flag(bool),
    /// A day, yyyy-mm-dd.
    Day(String),
    /// What a spreadsheet shows where a formula went wrong, such as `#REF!`.
    Wrong(String),
}

impl Cell {
    /// A cell of this text as it was typed or read.
    pub fn typed(text: &str) -> Self {
        // A no-break space looks like a space and is none for `trim`.
        let text = text.trim_matches(|it: char| it.is_whitespace() || it == '\u{a0}' || it == '\u{feff}');
        if text.is_empty() { Self::Empty } else { Self::Text(super::safe::unguarded(text).to_owned()) }
    }

    /// Whether nothing stands there.
    pub fn is_empty(&self) -> bool {
        *self == Self::Empty
    }

    /// What stands there, as text; a whole number without decimals.
    pub fn text(&self) -> Cow<'_, str> {
        match self {
            Self::Empty => Cow::Borrowed(""),
            Self::Text(text) | Self::Day(text) | Self::Wrong(text) => Cow::Borrowed(text),
            Self::Number(number) => Cow::Owned(number.to_string()),
            Self::Flag(true) => Cow::Borrowed("ja"),
            Self::Flag(false) => Cow::Borrowed("nee"),
        }
    }
}

/// A row with something in it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// As the spreadsheet numbers it, from 1.
    pub number: u32,
    /// By column, from the first; what is left out behind is empty.
    pub cells: Vec<Cell>,
}

impl Row {
    /// The cell of a column; empty beyond the last one.
    pub fn cell(&self, column: usize) -> &Cell {
        self.cells.get(column).unwrap_or(&Cell::Empty)
    }
}

/// A sheet: the rows that have something in them, in order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// Its name; of a CSV file the file's.
    pub name: String,
    /// The first one holds the headers.
    pub rows: Vec<Row>,
}

impl Table {
    /// The row of headers; nothing when the sheet is empty.
    pub fn headers(&self) -> Option<&Row> {
        self.rows.first()
    }

    /// The rows below the headers.
    pub fn body(&self) -> &[Row] {
        self.rows.get(1..).unwrap_or_default()
    }

    /// The column below a header, from 0: the first that is called one of these names, whatever its capitals, spaces and signs.
    pub fn column(&self, names: &[&str]) -> Option<usize> {
        let cells = &self.headers()?.cells;
        names.iter().find_map(|name| {
            let wanted = plain(name);
            cells.iter().position(|cell| plain(&cell.text()) == wanted)
        })
    }
}

/// A workbook.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Book {
    /// Its sheets, in order.
    pub sheets: Vec<Table>,
}

impl Book {
    /// The sheet that is called one of these names, whatever its capitals, spaces and signs.
    pub fn sheet(&self, names: &[&str]) -> Option<&Table> {
        names.iter().find_map(|name| {
            let wanted = plain(name);
            self.sheets.iter().find(|it| plain(&it.name) == wanted)
        })
    }
}

/// A name as it is compared: small letters without accents, and digits.
pub fn plain(name: &str) -> String {
    let letter = |it: char| match it {
        'à' | 'á' | 'â' | 'ä' => 'a',
        'è' | 'é' | 'ê' | 'ë' => 'e',
        'ì' | 'í' | 'î' | 'ï' => 'i',
        'ò' | 'ó' | 'ô' | 'ö' => 'o',
        'ù' | 'ú' | 'û' | 'ü' => 'u',
        'ç' | 'č' | 'ć' => 'c',
        'ñ' | 'ń' => 'n',
        'š' | 'ş' | 'ś' => 's',
        'ž' | 'ź' | 'ż' => 'z',
        'ğ' => 'g',
        'ł' => 'l',
        'ø' => 'o',
        'å' => 'a',
        'ý' | 'ÿ' => 'y',
        'ı' => 'i',
        other => other,
    };
    name.chars().flat_map(char::to_lowercase).filter(|it| it.is_alphanumeric()).map(letter).collect()
}

/// A column as a spreadsheet calls it: A, B, …, Z, AA.
pub fn letters(column: u32) -> String {
    let (mut left, mut letters) = (u64::from(column) + 1, Vec::new());
    while left > 0 {
        left -= 1;
        letters.push(char::from(b'A' + u8::try_from(left % 26).unwrap_or(0)));
        left /= 26;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_called_as_a_spreadsheet_calls_them() {
        for (column, name) in [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ"), (702, "AAA"), (16_383, "XFD")] {
            assert_eq!(letters(column), name);
        }
    }

    #[test]
    fn names_are_found_however_they_are_typed() {
        let row = Row { number: 1, cells: vec![Cell::typed(" Max. reistijd "), Cell::Empty, Cell::typed("'=x")] };
        let table = Table { name: "Kandidaten ".into(), rows: vec![row] };
        assert_eq!(table.column(&["onbekend", "max_reistijd"]), Some(0));
        assert_eq!(table.rows[0].cell(2), &Cell::Text("=x".into()));
        assert_eq!(table.rows[0].cell(9), &Cell::Empty);
        let book = Book { sheets: vec![table] };
        assert!(book.sheet(&["KANDIDATEN"]).is_some());
        assert_eq!(plain("Coördinaat (lat)"), "coordinaatlat");
    }
}
