//! Texts that a spreadsheet would compute, that steer or that are too long, and names that no tab can have.

use loket_instances::sheets::safe::unguarded;
use loket_service::present::sheet::separated::separated;
use loket_service::present::sheet::workbook::{Book, Leaf};
use loket_service::present::sheet::{Cell, Column, Part, Row, Sheet, Table, Unit};

use super::{members, read, written};

fn book(leaves: Vec<(&str, Table)>) -> Book {
    let leaf = |(name, table): (&str, Table)| Leaf { name: name.into(), sheet: Sheet { parts: vec![Part::Table(table)] } };
    Book { title: "A & B &P =x".into(), about: "=1+1".into(), made: 0, leaves: leaves.into_iter().map(leaf).collect() }
}

fn table(rows: Vec<Row>) -> Table {
    Table { key: "proef", heading: "wie".into(), columns: vec![Column::words("tekst"), Column::figures("wie")], rows, meaning: "" }
}

#[test]
fn no_text_computes_and_every_text_comes_back() {
    let texts = [
        "=HYPERLINK(\"http://example.org\";\"klik\")",
        "=cmd|'/c calc'!A1",
        "+31 20 123",
        "-1",
        "@SUM(A1)",
        "'=x",
        "gewoon",
        "een\ntwee",
        "<a href=\"x\">&amp;</a>",
        "_x000D_",
        "Zoë Çelik-Ñandú 👩‍🏫",
    ];
    let rows: Vec<Row> = texts.iter().map(|text| Row::new(*text, vec![Cell::Text((*text).into()), Cell::number(-7)])).collect();
    let bytes = written(&book(vec![("Blad", table(rows.clone()))]));
    let found = read(&bytes);
    for (row, text) in found.sheets[0].body().iter().zip(texts) {
        assert_eq!([row.cell(0).text(), row.cell(1).text()], [text, text]);
        assert_eq!(row.cell(2).text(), "-7", "a figure is a number");
    }
    let all = members(&bytes);
    assert!(all.values().all(|it| !it.contains("<f>") && !it.contains("<f ")), "nothing computes");
    assert!(!all.keys().any(|it| it.contains("externalLink") || it.contains("vbaProject")), "{:?}", all.keys());
    let csv = String::from_utf8(separated(&table(rows))).expect("UTF-8");
    for line in csv.trim_start_matches('\u{feff}').split("\r\n").filter(|it| !it.is_empty()) {
        let first = line.trim_start_matches('"');
        assert!(!first.starts_with(['=', '+', '-', '@', '\t', '\r']), "{line}");
    }
}

#[test]
fn what_steers_is_shown_and_what_is_too_long_says_so() {
    let long = "é".repeat(40_000);
    let formula = format!("={}", "x".repeat(40_000));
    let rows = vec![
        Row::new("tab", vec![Cell::Text("\tx\u{1b}[31m\u{0}y\r".into()), Cell::Hidden]),
        Row::new("lang", vec![Cell::Text(long), Cell::Figure(12_345, Unit::Cents)]),
        Row::new("lange formule", vec![Cell::Text(formula), Cell::Bar(1, 4)]),
        Row { name: "woorden".into(), cells: Vec::new(), says: "=in plaats van cellen".into() },
    ];
    let bytes = written(&book(vec![("Blad", table(rows))]));
    let found = read(&bytes);
    let text = |row: usize, column: usize| found.sheets[0].body()[row].cell(column).text().into_owned();
    assert_eq!(text(0, 1), "'\u{fffd}x\u{fffd}[31m\u{fffd}y\u{fffd}");
    assert_eq!(text(0, 2), "–");
    for row in [1, 2] {
        let cut = text(row, 1);
        assert!(cut.ends_with("(ingekort: dit is langer dan een cel kan zijn)"), "{}", cut.chars().rev().take(60).collect::<String>());
        assert!(cut.encode_utf16().count() <= 32_767);
    }
    assert_eq!(unguarded("'=x"), "=x");
    assert!(text(2, 1).starts_with("=x"), "the guard was taken off when it was read");
    assert_eq!([text(1, 2), text(2, 2), text(3, 1)], ["123.45", "0.25", "=in plaats van cellen"]);
}

#[test]
fn every_sheet_has_a_name_of_its_own_that_a_tab_can_have() {
    let names =
        ["S1 De Vlieger", "s1 de vlieger", "a/b\\c:d*e?f[g]", "", "'aanhaling'", "een naam die langer is dan op een tab past", "History"];
    let one = || table(vec![Row::new("x", vec![Cell::Text("y".into()), Cell::count(1)])]);
    let empty = table(Vec::new());
    let mut leaves: Vec<(&str, Table)> = names.iter().map(|name| (*name, one())).collect();
    leaves.push(("leeg", empty));
    let found = read(&written(&book(leaves)));
    let tabs: Vec<&str> = found.sheets.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(tabs[..4], ["S1 De Vlieger", "s1 de vlieger (2)", "a-b-c-d-e-f-g-", "blad"]);
    assert!(tabs.iter().all(|it| it.encode_utf16().count() <= 31 && !it.contains(['[', ']', ':', '*', '?', '/', '\\'])));
    // Headings of a table are all different, and there is one where there are no rows.
    let headings: Vec<String> = found.sheets.last().expect("a sheet").rows[0].cells.iter().map(|it| it.text().into_owned()).collect();
    assert_eq!(headings, ["wie", "tekst", "wie (2)"]);
}
