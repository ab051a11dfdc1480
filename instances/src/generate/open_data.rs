//! Real schools from open data: a `;` table with a header, in UTF-8 (with or without byte order mark) or Windows-1252.
//!
//! Target-group pupils: doelgroep = min(100, floor(25 · achterstandsscore zonder drempel 2019 / bekostigde leerlingen 2019)), so that
//! a score of 4 a pupil (the highest twentieth of Amsterdam) is 100. Where the score is missing the median of the list stands in.

use std::collections::BTreeMap;

use csv::StringRecord;

use super::draw::Draw;
use super::places::Point;
use super::schools::{Board, School};

/// Columns that must be there, by name, in any order.
const COLUMNS: [&str; 9] = [
    "vestigingscode",
    "naam",
    "denominatie",
    "bevoegd_gezag_nummer",
    "leerlingen_2025",
    "leerlingen_bekostigd_2019",
    "achterstandsscore_zonder_drempel_2019",
    "lat",
    "lon",
];
const CODE: usize = 0;
const NAME: usize = 1;
const DENOMINATION: usize = 2;
const BOARD: usize = 3;
const PUPILS: usize = 4;
const PUPILS_2019: usize = 5;
const SCORE: usize = 6;
const LAT: usize = 7;
const LON: usize = 8;

/// Schools read from a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SchoolList(Vec<Row>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Row {
    code: String,
    name: String,
    board: String,
    denomination: Option<String>,
    place: Point,
    pupils: Option<u32>,
    target_group: Option<u32>,
    district: Option<String>,
}

impl SchoolList {
    /// How many schools there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
    /// The schools (a drawn part when `count` is less than all) and their boards, without seats.
    pub(super) fn schools(&self, count: Option<usize>, seed: u64) -> (Vec<Board>, Vec<School>) {
        let all: Vec<usize> = (0..self.len()).collect();
        let mut taken = match count {
            Some(count) => Draw::new("open data", seed).some(&all, count),
            None => all,
        };
        taken.sort_unstable();
        let mut boards = BTreeMap::new();
        for &row in &taken {
            boards.insert(self.0[row].board.as_str(), 0);
        }
        for (number, place) in boards.values_mut().enumerate() {
            *place = number;
        }
        let schools = taken.iter().map(|&row| self.school(&self.0[row], &boards)).collect();
        let boards = boards.keys().map(|&id| Board { id: id.into(), name: format!("Bevoegd gezag {id}"), noodplan: true }).collect();
        (boards, schools)
    }
    fn school(&self, row: &Row, boards: &BTreeMap<&str, usize>) -> School {
        let mut note = String::from("open data");
        if let Some(district) = &row.district {
            note += &format!(", {district}");
        }
        note += "; gegenereerd: plekken, team, starters, tekort, kwaliteit, maximum";
        if row.target_group.is_none() {
            note += "; achterstandsscore onbekend, mediaan van de lijst genomen";
        }
        if row.pupils.is_none() {
            note += "; aantal leerlingen onbekend, 200 genomen";
        }
        let name = row.name.to_lowercase();
        School {
            id: row.code.clone(),
            name: row.name.clone(),
            board: boards[row.board.as_str()],
            kind: "bo",
            place: row.place,
            target_group: row.target_group.unwrap_or_else(|| self.median()),
            concept: super::words::CONCEPTS.into_iter().find(|concept| name.contains(concept)).or(match row.denomination.as_deref() {
                Some("antroposofisch") => Some("vrijeschool"),
                _ => None,
            }),
            denomination: row.denomination.clone(),
            pupils: row.pupils.unwrap_or(200),
            note,
            seats: Vec::new(),
        }
    }
    fn median(&self) -> u32 {
        let mut known: Vec<u32> = self.0.iter().filter_map(|row| row.target_group).collect();
        known.sort_unstable();
        known.get(known.len() / 2).copied().unwrap_or(0)
    }
}

/// Reads a table of schools.
///
/// # Errors
/// Every problem, as a Dutch sentence with line and column.
pub fn read_schools(csv: &[u8]) -> Result<SchoolList, Vec<String>> {
    let text = decode(csv);
    let mut table = csv::ReaderBuilder::new().delimiter(b';').flexible(true).from_reader(text.as_bytes());
    let header = match table.headers() {
        Ok(header) if !header.is_empty() => header.clone(),
        _ => {
            return Err(vec!["regel 1: het bestand is leeg, een kop met kolomnamen ontbreekt".into()]);
        }
    };
    let find = |column: &str| header.iter().position(|name| name.trim() == column);
    let places = COLUMNS.map(find);
    let mut problems: Vec<String> = COLUMNS
        .iter()
        .zip(&places)
        .filter(|(_, place)| place.is_none())
        .map(|(column, _)| format!("regel 1: de kolom {column} ontbreekt"))
        .collect();
    if !problems.is_empty() {
        if header.len() == 1 {
            problems.push("regel 1: er is maar één kolom; zet een puntkomma (;) tussen de kolommen".into());
        }
        return Err(problems);
    }
    let places = places.map(Option::unwrap_or_default);
    let district = find("stadsdeel");
    let mut met: BTreeMap<String, u64> = BTreeMap::new();
    let mut rows = Vec::new();
    for record in table.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let line = error.position().map_or(0, csv::Position::line);
                problems.push(format!("regel {line}: deze regel is niet te lezen"));
                continue;
            }
        };
        let line = record.position().map_or(0, csv::Position::line);
        if record.len() != header.len() {
            let (has, wants) = (record.len(), header.len());
            problems.push(format!("regel {line}: {has} velden, de kop heeft er {wants}"));
            continue;
        }
        let mut cells = Cells { record: &record, places: &places, line, problems: &mut problems };
        let Some(mut row) = cells.row() else { continue };
        row.district = district.and_then(|at| filled(&record[at])).map(str::to_string);
        match met.get(&row.code) {
            Some(first) => problems.push(format!("regel {line}, kolom vestigingscode: {} staat ook op regel {first}", row.code)),
            None => {
                met.insert(row.code.clone(), line);
                rows.push(row);
            }
        }
    }
    if problems.is_empty() && rows.is_empty() {
        problems.push("regel 2: er staat geen enkele school in het bestand".into());
    }
    if problems.is_empty() { Ok(SchoolList(rows)) } else { Err(problems) }
}

/// One line of the table and where its problems go.
struct Cells<'a> {
    record: &'a StringRecord,
    places: &'a [usize; 9],
    line: u64,
    problems: &'a mut Vec<String>,
}

impl Cells<'_> {
    /// The school of this line; none, and at least one problem, when a cell is wrong.
    fn row(&mut self) -> Option<Row> {
        let code = self.id(CODE);
        let board = self.id(BOARD);
        let name = self.required(NAME);
        let lat = self.degrees(LAT, 90);
        let lon = self.degrees(LON, 180);
        let pupils = self.optional(PUPILS, "aantal leerlingen", pupils);
        let earlier = self.optional(PUPILS_2019, "aantal leerlingen", pupils_number);
        let score = self.optional(SCORE, "score van 0 of meer", |text| decimal(text, 2).and_then(|score| u64::try_from(score).ok()));
        let (pupils, earlier, score) = (pupils?, earlier?, score?);
        let target_group = match (score, earlier) {
            (Some(score), Some(count)) if count > 0 => Some((score.saturating_mul(25) / (100 * u64::from(count))).min(100) as u32),
            _ => None,
        };
        Some(Row {
            code: code?,
            name: name?,
            board: board?,
            denomination: filled(self.cell(DENOMINATION)).map(str::to_lowercase),
            place: Point { lat: lat?, lon: lon? },
            pupils: pupils.or(earlier).filter(|&count| count > 0),
            target_group,
            district: None,
        })
    }
    fn cell(&self, column: usize) -> &str {
        &self.record[self.places[column]]
    }
    fn wrong<T>(&mut self, column: usize, what: &str) -> Option<T> {
        let (line, name) = (self.line, COLUMNS[column]);
        self.problems.push(format!("regel {line}, kolom {name}: {what}"));
        None
    }
    fn required(&mut self, column: usize) -> Option<String> {
        match filled(self.cell(column)).map(str::to_string) {
            Some(text) => Some(text),
            None => self.wrong(column, "dit veld is leeg"),
        }
    }
    /// An id as format.md wants it.
    fn id(&mut self, column: usize) -> Option<String> {
        let id = self.required(column)?;
        if id.chars().count() > 64 || id.contains(':') || id.chars().any(char::is_control) {
            return self.wrong(column, &format!("\"{id}\" is geen code van hoogstens 64 tekens zonder dubbele punt"));
        }
        Some(id)
    }
    fn degrees(&mut self, column: usize, most: i64) -> Option<i64> {
        let text = self.required(column)?;
        match decimal(&text, 5).filter(|units| units.abs() <= most * 100_000) {
            Some(units) => Some(units),
            None => self.wrong(column, &format!("\"{text}\" is geen aantal graden van -{most} tot {most}")),
        }
    }
    /// `Some(None)` for an empty cell, `None` for a wrong one.
    fn optional<T>(&mut self, column: usize, what: &str, read: impl Fn(&str) -> Option<T>) -> Option<Option<T>> {
        let Some(text) = filled(self.cell(column)).map(str::to_string) else {
            return Some(None);
        };
        match read(&text) {
            Some(value) => Some(Some(value)),
            None => self.wrong(column, &format!("\"{text}\" is geen {what}")),
        }
    }
}

fn filled(text: &str) -> Option<&str> {
    Some(text.trim()).filter(|text| !text.is_empty())
}

/// A number of pupils; DUO writes `<5` for one to four.
fn pupils(text: &str) -> Option<u32> {
    if text == "<5" { Some(4) } else { pupils_number(text) }
}

fn pupils_number(text: &str) -> Option<u32> {
    text.parse().ok().filter(|&count| count <= 100_000)
}

/// A decimal number, with a point or a comma, as a whole number of its `places`-th decimal; further decimals are cut off.
fn decimal(text: &str, places: u32) -> Option<i64> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (whole, part) = digits.split_once(['.', ',']).unwrap_or((digits, ""));
    let only_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() > 9 || !only_digits(whole) || !only_digits(part) {
        return None;
    }
    let mut units: i64 = whole.parse().ok()?;
    let decimals = part.bytes().chain(std::iter::repeat(b'0')).take(places as usize);
    for digit in decimals {
        units = units * 10 + i64::from(digit - b'0');
    }
    Some(if negative { -units } else { units })
}

/// UTF-8 without its byte order mark; what is not UTF-8 is Windows-1252.
fn decode(bytes: &[u8]) -> String {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text: String = match std::str::from_utf8(bytes) {
        Ok(text) => text.into(),
        Err(_) => bytes.iter().map(|&byte| windows_1252(byte)).collect(),
    };
    // One kind of line end, so that lines are counted as an editor counts them.
    text.replace("\r\n", "\n")
}

/// The character of a byte in Windows-1252 (WHATWG Encoding Standard, index windows-1252).
fn windows_1252(byte: u8) -> char {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’', '“', '”', '•',
        '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9f => HIGH[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = "vestigingscode;naam;denominatie;bevoegd_gezag_nummer;leerlingen_2025;leerlingen_bekostigd_2019;achterstandsscore_zonder_drempel_2019;lat;lon;stadsdeel";

    fn table(lines: &[&str]) -> Vec<u8> {
        format!("{HEADER}\r\n{}\r\n", lines.join("\r\n")).into_bytes()
    }

    #[test]
    fn a_school_keeps_its_code_board_place_and_score() {
        let list = read_schools(&table(&["04AA00;De Dalton;Openbaar;41023;250;200;400,5;52.36085;4,90101;Noord"])).unwrap();
        let (boards, schools) = list.schools(None, 1);
        let one = &schools[0];
        assert_eq!((one.id.as_str(), boards[one.board].id.as_str()), ("04AA00", "41023"));
        assert_eq!((one.place.lat, one.place.lon), (5_236_085, 490_101));
        assert_eq!((one.pupils, one.target_group), (250, 50));
        assert_eq!((one.concept, one.denomination.as_deref()), (Some("dalton"), Some("openbaar")));
        assert!(one.note.contains("Noord"));
    }

    #[test]
    fn empty_cells_get_a_stand_in_that_is_said() {
        let lines = ["A1;Een;;1;;;;52;4;", "A2;Twee; ;1;<5;100;100;52;4; ", "A3;Drie;Islamitisch;2;9;;7;52;4;"];
        let (_, schools) = read_schools(&table(&lines)).unwrap().schools(None, 1);
        assert_eq!(schools.iter().map(|one| one.pupils).collect::<Vec<_>>(), [200, 4, 9]);
        assert_eq!(schools.iter().map(|one| one.target_group).collect::<Vec<_>>(), [25, 25, 25]);
        assert!(schools[0].note.contains("achterstandsscore onbekend"));
        assert!(schools[0].note.contains("leerlingen onbekend"));
        assert_eq!(schools[1].denomination, None);
    }

    #[test]
    fn windows_1252_and_a_byte_order_mark_are_read() {
        let mut old = table(&["A1;Caf? Na?ef;;1;;;;52;4;"]);
        let marks: Vec<usize> = (0..old.len()).filter(|&at| old[at] == b'?').collect();
        (old[marks[0]], old[marks[1]]) = (0xe9, 0xef);
        assert_eq!(read_schools(&old).unwrap().0[0].name, "Café Naïef");
        let mut marked = b"\xef\xbb\xbf".to_vec();
        marked.extend(table(&["A1;Café;;1;;;;52;4;"]));
        assert_eq!(read_schools(&marked).unwrap().0[0].name, "Café");
    }

    #[test]
    fn every_problem_has_its_line_and_column() {
        let lines = [
            "A1;;;1;veel;;-3;52;4;",
            "A2;Twee;;1;;;;99;oost;",
            "A3;te kort",
            "A4;Vier;;1:2;;;;52;4;",
            "A5;Vijf;;1;;;;52;4;",
            "A5;Zes;;1;;;;52;4;",
        ];
        let problems = read_schools(&table(&lines)).unwrap_err();
        assert_eq!(
            problems,
            [
                "regel 2, kolom naam: dit veld is leeg",
                "regel 2, kolom leerlingen_2025: \"veel\" is geen aantal leerlingen",
                "regel 2, kolom achterstandsscore_zonder_drempel_2019: \"-3\" is geen score van 0 of meer",
                "regel 3, kolom lat: \"99\" is geen aantal graden van -90 tot 90",
                "regel 3, kolom lon: \"oost\" is geen aantal graden van -180 tot 180",
                "regel 4: 2 velden, de kop heeft er 10",
                "regel 5, kolom bevoegd_gezag_nummer: \"1:2\" is geen code van hoogstens 64 tekens zonder dubbele punt",
                "regel 7, kolom vestigingscode: A5 staat ook op regel 6",
            ]
        );
    }

    #[test]
    fn wrong_columns_are_all_named() {
        let problems = read_schools(b"vestigingscode,naam\n1,2\n").unwrap_err();
        assert_eq!(problems.len(), COLUMNS.len() + 1);
        assert!(problems.iter().any(|one| one == "regel 1: de kolom lat ontbreekt"));
        assert!(problems.iter().any(|one| one.contains("puntkomma")));
        assert_eq!(read_schools(b"").unwrap_err().len(), 1);
        assert_eq!(read_schools(&table(&[])).unwrap_err(), ["regel 2: er staat geen enkele school in het bestand"]);
    }
}
