//! Workbooks: a wave comes back as it was, every mistake is told at its cell, and no file that is made to harm does harm.

use std::io::{Cursor, Write};
use std::process::Command;

use loket_instances::generate;
use loket_instances::matching::wave_file::WaveFile;
use loket_instances::sheets::book::{Book, Cell, Row};
use loket_instances::sheets::open::centroids::Centroids;
use loket_instances::sheets::open::numbers::Place;
use loket_instances::sheets::problem::Found;
use loket_instances::sheets::wave::columns::{POLICY, most_rows};
use loket_instances::sheets::wave::difference::{Change, between};
use loket_instances::sheets::wave::{read, template, write};
use loket_instances::sheets::workbook::{self, Dress};
use loket_instances::sheets::{csv, xlsx};
use serde_json::{Value, json};
use zip::write::SimpleFileOptions;

use crate::service::processes::{folder, program};
use crate::support::{Dice, nth_seed, seed};

/// How many random waves go there and back; `LOKET_SHEETS` asks for more.
fn waves() -> u64 {
    std::env::var("LOKET_SHEETS").ok().and_then(|it| it.parse().ok()).unwrap_or(20)
}

/// The rows of a wave; what may be left out is when it is empty, since no row and no cell stands for it.
fn rows(value: &Value) -> WaveFile {
    let mut value = value.clone();
    for list in ["reistijden", "vast", "verboden", "vorig_plan", "paren"] {
        if value[list].as_array().is_some_and(Vec::is_empty) {
            value.as_object_mut().expect("a wave").remove(list);
        }
    }
    for candidate in value["kandidaten"].as_array_mut().into_iter().flatten() {
        if candidate["uitgesloten"].as_object().is_some_and(serde_json::Map::is_empty) {
            candidate.as_object_mut().expect("a candidate").remove("uitgesloten");
        }
    }
    WaveFile::read(value.to_string().as_bytes()).expect("a wave that can be read")
}

/// The book as a workbook.
pub fn bytes(book: &Book) -> Vec<u8> {
    workbook::write(book, &Dress { title: "Proef", helps: true, ..Dress::default() }).expect("a workbook")
}

/// The book that a workbook is.
pub fn opened(bytes: &[u8]) -> Book {
    xlsx::read(bytes, most_rows).unwrap_or_else(|found| panic!("{found}")).0
}

fn back(book: &Book) -> WaveFile {
    read::read(book, None).unwrap_or_else(|found| panic!("{found}")).0.wave
}

#[test]
fn random_waves_come_back_from_a_workbook_and_from_csv_as_they_were() {
    let first = seed();
    println!("LOKET_SEED={first}");
    for at in 0..waves() {
        let value = if at % 2 == 0 { generate::small(nth_seed(first, at)) } else { generate::tiny(nth_seed(first, at)) };
        let wave = rows(&value);
        let book = write::write(&wave);
        let again = opened(&bytes(&book));
        assert_eq!(between(&wave, &back(&again)), Vec::new(), "seed {}", nth_seed(first, at));
        assert_eq!(back(&again).to_json(), wave.to_json(), "seed {}", nth_seed(first, at));
        let sheets = book.sheets.iter().map(|it| csv::read(&it.name, &csv::write(it), most_rows(&it.name)).expect("a CSV file")).collect();
        assert_eq!(back(&Book { sheets }), wave, "as CSV, seed {}", nth_seed(first, at));
    }
}

/// A wave in which everything that can be kept is.
fn example() -> Value {
    json!({
        "formaat": "loket-lichting/1", "id": "w", "naam": "Proef", "fase": "opleiding",
        "besturen": [{ "id": "B1", "naam": "=SOM(A1)" }],
        "scholen": [{ "id": "S1", "naam": "De Vlieger", "bestuur": "B1", "lat": 52.370, "lon": 4.890,
            "plekken": [{ "bouw": "onderbouw", "aantal": 2 }] }],
        "coaches": [{ "id": "K1", "naam": "Vink Verzonnen", "lat": 52.372, "lon": 4.895, "maximum": 4, "uren": 400 }],
        "kandidaten": [
            { "id": "Z1", "naam": "Zoë Çelik", "lat": 52.371, "lon": 4.891, "bouwen": ["onderbouw"] },
            { "id": "Z2", "naam": "+31 zes", "lat": 52.371, "lon": 4.891, "bouwen": ["onderbouw", "bovenbouw"], "soorten": [] },
        ],
    })
}

/// A book with two people, a school, a coach and a board.
pub fn book() -> Book {
    write::write(&rows(&example()))
}

/// The row and the column of a sheet of that book.
pub fn cell<'a>(book: &'a mut Book, sheet: &str, row: usize, header: &str) -> &'a mut Cell {
    let table = book.sheets.iter_mut().find(|it| it.name == sheet).expect("a sheet");
    let column = table.column(&[header]).expect("a column");
    let row = &mut table.rows[row];
    row.cells.resize(row.cells.len().max(column + 1), Cell::Empty);
    &mut row.cells[column]
}

/// Code, sheet and cell of every problem.
pub fn told(found: &Found) -> Vec<(&str, &str, String)> {
    found.problems.iter().map(|it| (it.code, it.at.sheet.as_str(), it.at.cell())).collect()
}

#[test]
fn every_mistake_is_told_at_its_cell_and_once() {
    let mut book = book();
    *cell(&mut book, "Kandidaten", 1, "Bouwen") = Cell::typed("onderbuow");
    *cell(&mut book, "Kandidaten", 1, "Maximale reistijd (minuten)") = Cell::typed("1.200");
    *cell(&mut book, "Kandidaten", 2, "Kandidaat") = Cell::typed("Z1");
    *cell(&mut book, "Kandidaten", 2, "Breedtegraad") = Cell::Empty;
    *cell(&mut book, "Plekken", 1, "School") = Cell::typed("S2");
    *cell(&mut book, "Scholen", 1, "Bestuur") = Cell::typed("B9");
    *cell(&mut book, "Scholen", 1, "Teamgrootte") = Cell::Wrong("#REF!".into());
    *cell(&mut book, "Coaches", 1, "Uren") = Cell::Empty;
    *cell(&mut book, POLICY, 1, "Naam") = Cell::typed("idd");
    let found = read::read(&book, None).expect_err("nine mistakes");
    assert_eq!(
        told(&found),
        [
            ("ontbreekt", "Beleid", String::new()),
            ("onbekende-sleutel", "Beleid", "B2".to_owned()),
            ("type", "Kandidaten", "G2".into()),
            ("woord", "Kandidaten", "J2".into()),
            ("dubbel-id", "Kandidaten", "A3".into()),
            ("ontbreekt", "Kandidaten", "D3".into()),
            ("onbekende-verwijzing", "Scholen", "C2".into()),
            ("type", "Scholen", "N2".into()),
            ("onbekende-verwijzing", "Plekken", "A2".into()),
            ("ontbreekt", "Coaches", "K2".into()),
        ],
        "{found}"
    );
    for it in &found.problems {
        assert!(!it.what.is_empty() && !it.remedy.is_empty() && !it.remedy.contains("aanhalingstekens"), "{it:?}");
    }
    // The copy has them all, and everything else as it was.
    let copy = opened(&template::marked(&book, &found).expect("a copy"));
    assert_eq!(copy.sheets[0].name, "Fouten");
    assert_eq!(copy.sheets[0].body().len(), 10);
    for (one, other) in copy.sheets[1..].iter().zip(&book.sheets) {
        let kept: Vec<&Row> = other.rows.iter().filter(|it| it.cells.iter().any(|it| !it.is_empty())).collect();
        let texts =
            |row: &Row| row.cells.iter().map(|it| it.text().into_owned()).collect::<Vec<_>>().join("|").trim_end_matches('|').to_owned();
        assert_eq!(one.rows.iter().map(texts).collect::<Vec<_>>(), kept.into_iter().map(texts).collect::<Vec<_>>(), "{}", one.name);
    }
    assert_eq!(told(&read::read(&copy, None).expect_err("the same")), told(&found), "the copy can be handed in again");
}

#[test]
fn a_sheet_is_read_however_people_keep_it() {
    let mut book = book();
    let table = book.sheets.iter_mut().find(|it| it.name == "Kandidaten").expect("a sheet");
    table.name = "KANDIDAAT".into();
    for row in &mut table.rows {
        row.cells.reverse();
        row.cells.push(if row.number == 1 { Cell::typed("Schoenmaat") } else { Cell::Number(42.0) });
    }
    let place = table.column(&["Maximale reistijd (minuten)"]).expect("a column");
    table.rows[0].cells[place] = Cell::typed("max. reistijd");
    table.rows[1].cells[place] = Cell::typed(" 45 ");
    let (imported, notices) = read::read(&book, None).expect("a wave");
    assert_eq!(imported.wave.candidates[0].max_travel, Some(45));
    let told: Vec<(String, &str)> = notices.notices.iter().map(|it| (it.at.words(), it.text.as_str())).collect();
    assert_eq!(told, [("blad KANDIDAAT, rij 1, kolom Z (Schoenmaat)".to_owned(), "deze kolom wordt niet gelezen")]);
    // Codes that were typed as numbers, and a name that is there twice.
    for (sheet, row, header) in [("Coaches", 1, "Coach"), ("KANDIDAAT", 1, "Huidige coach")] {
        *cell(&mut book, sheet, row, header) = Cell::Number(7.0);
    }
    *cell(&mut book, "KANDIDAAT", 2, "Naam") = Cell::typed("zoe  CELIK");
    let (imported, notices) = read::read(&book, None).expect("a wave");
    assert_eq!((imported.wave.coaches[0].id.as_str(), imported.wave.candidates[0].current_coach.as_deref()), ("7", Some("7")));
    assert!(notices.notices.iter().any(|it| it.text.contains("deze naam staat ook in rij 2")), "{:?}", notices.notices);
}

#[test]
fn a_postcode_stands_for_a_place_where_there_is_a_table() {
    let mut book = book();
    for header in ["Breedtegraad", "Lengtegraad"] {
        *cell(&mut book, "Kandidaten", 1, header) = Cell::Empty;
    }
    *cell(&mut book, "Kandidaten", 1, "Postcode") = Cell::typed("1017 AB");
    let places = Centroids::of([("1017".to_owned(), Place { lat: 5_236_000, lon: 488_000 })]);
    let (imported, _) = read::read(&book, Some(&places)).expect("a wave");
    assert_eq!((imported.wave.candidates[0].lat, imported.wave.candidates[0].lon), (Some(52.36), Some(4.88)));
    for (typed, table, what) in [("1018", true, "niet in de tabel"), ("1017", false, "geen tabel"), ("1o17", true, "geen postcode")] {
        *cell(&mut book, "Kandidaten", 1, "Postcode") = Cell::typed(typed);
        let found = read::read(&book, if table { Some(&places) } else { None }).expect_err(typed);
        assert_eq!(told(&found), [("postcode", "Kandidaten", "C2".to_owned())]);
        assert!(found.problems[0].what.contains(what), "{found}");
    }
    *cell(&mut book, "Kandidaten", 1, "Postcode") = Cell::Empty;
    let found = read::read(&book, Some(&places)).expect_err("no place");
    assert!(told(&found).iter().all(|it| it.0 == "ontbreekt" && it.1 == "Kandidaten"), "{found}");
}

#[test]
fn the_template_can_be_opened_and_its_examples_count_for_nobody() {
    let book = opened(&template::template().expect("a template"));
    assert_eq!(book, {
        let mut sheets = template::sheets();
        sheets.sheets.iter_mut().for_each(|it| it.rows.retain(|it| it.cells.iter().any(|it| !it.is_empty())));
        sheets.sheets.iter_mut().flat_map(|it| &mut it.rows).for_each(|row| {
            while row.cells.last().is_some_and(Cell::is_empty) {
                row.cells.pop();
            }
        });
        sheets
    });
    let found = read::read(&book, None).expect_err("nothing is filled in");
    assert_eq!(told(&found), [("ontbreekt", "Beleid", String::new())], "only what the wave is: {found}");
    // Filled in: the examples stay where they are.
    let mut filled = book;
    *cell(&mut filled, POLICY, 1, "Waarde") = Cell::typed("w");
    *cell(&mut filled, POLICY, 4, "Waarde") = Cell::Day("2026-08-01".into());
    for sheet in ["Kandidaten", "Scholen", "Plekken", "Coaches", "Besturen"] {
        let rows = self::book().sheets.into_iter().find(|it| it.name == sheet).expect("a sheet").rows;
        let table = filled.sheets.iter_mut().find(|it| it.name == sheet).expect("a sheet");
        table.rows.extend(rows[1..].iter().map(|it| Row { number: it.number + 1, cells: it.cells.clone() }));
    }
    let (imported, found) = read::read(&filled, None).unwrap_or_else(|found| panic!("{found}"));
    assert_eq!((imported.wave.candidates.len(), imported.wave.schools.len(), imported.wave.schools[0].seats.len()), (2, 1, 1));
    assert_eq!((imported.period.0.as_deref(), found.notices), (Some("2026-08-01"), Vec::new()));
}

#[test]
fn what_changed_is_told_by_row_and_column() {
    let before = rows(&example());
    let mut value = example();
    value["kandidaten"][0]["max_reistijd"] = json!(45);
    value["kandidaten"][1]["id"] = json!("Z3");
    value["beleid"] = json!({ "seed": 7 });
    let changes = between(&before, &rows(&value));
    let told: Vec<_> = changes.iter().map(|it| (it.sheet, it.about.as_str(), &it.change)).collect();
    let longer = Change::Changed(vec![("Maximale reistijd (minuten)", String::new(), "45".into())]);
    assert_eq!(
        told,
        [
            ("Kandidaten", "Z1", &longer),
            ("Kandidaten", "Z3", &Change::New),
            ("Kandidaten", "Z2", &Change::Gone),
            ("Beleid", "beleid seed", &Change::New),
        ]
    );
}

/// A workbook with one sheet of this XML.
fn packed(sheet: &str) -> Vec<u8> {
    packed_with(sheet, &[])
}

/// The same with more members.
fn packed_with(sheet: &str, more: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let mut add = |name: &str, text: &str| {
        zip.start_file(name, SimpleFileOptions::default()).expect("a member");
        zip.write_all(text.as_bytes()).expect("written");
    };
    let types = r#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/></Types>"#;
    add("[Content_Types].xml", types);
    let relations = |target: &str, kind: &str| {
        format!(
            r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{target}"/></Relationships>"#
        )
    };
    add("_rels/.rels", &relations("xl/workbook.xml", "officeDocument"));
    add(
        "xl/workbook.xml",
        r#"<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Kandidaten" sheetId="1" r:id="rId1"/></sheets></workbook>"#,
    );
    add("xl/_rels/workbook.xml.rels", &relations("worksheets/sheet1.xml", "worksheet"));
    add("xl/worksheets/sheet1.xml", sheet);
    more.iter().for_each(|(name, text)| add(name, text));
    zip.finish().expect("a workbook").into_inner()
}

fn sheet_of(rows: &str) -> String {
    format!(
        r#"<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>"#
    )
}

#[test]
fn a_file_that_is_made_to_harm_is_refused_with_what_to_do() {
    let ordinary = packed(&sheet_of(r#"<row r="1"><c r="A1"><v>1</v></c></row>"#));
    assert_eq!(opened(&ordinary).sheets[0].rows[0].cells, [Cell::Number(1.0)]);
    let far = packed(&sheet_of(r#"<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>"#));
    assert!(far.len() < 1_500, "{}", far.len());
    let found = xlsx::read(&far, most_rows).expect_err("a far cell");
    assert_eq!(told(&found), [("te-veel", "Kandidaten", "XFD1048576".to_owned())]);
    let bomb = packed(&sheet_of(&" ".repeat(350 << 20)));
    assert!(bomb.len() < 500_000, "{}", bomb.len());
    assert_eq!(told(&xlsx::read(&bomb, most_rows).expect_err("a bomb")), [("te-veel", "", String::new())]);
    // The same, but it says of itself that it is small.
    let mut liar = packed(&sheet_of(&" ".repeat(20 << 20)));
    let real = u32::try_from((20 << 20) + sheet_of("").len()).expect("small").to_le_bytes();
    for at in 0..liar.len() - 4 {
        if liar[at..at + 4] == real {
            liar[at..at + 4].copy_from_slice(&1_000_u32.to_le_bytes());
        }
    }
    assert!(!xlsx::read(&liar, most_rows).expect_err("a lie").clean());
    for (what, bytes) in
        [("an old workbook", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec()), ("no workbook", b"id;naam".to_vec()), ("nothing", Vec::new())]
    {
        let found = xlsx::read(&bytes, most_rows).expect_err(what);
        assert_eq!(found.problems[0].code, "bestand");
        assert!(found.problems[0].remedy.contains(".xlsx"), "{found}");
    }
    let mut ods = zip::ZipWriter::new(Cursor::new(Vec::new()));
    ods.start_file("mimetype", SimpleFileOptions::default()).expect("a member");
    ods.write_all(b"application/vnd.oasis.opendocument.spreadsheet").expect("written");
    let ods = ods.finish().expect("a file").into_inner();
    assert!(xlsx::read(&ods, most_rows).expect_err("ods").problems[0].what.contains(".ods"));
    let formulas = packed(&sheet_of(r#"<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="e"><v>#DIV/0!</v></c></row>"#));
    let (book, found) = xlsx::read(&formulas, most_rows).expect("a workbook");
    assert_eq!(book.sheets[0].rows[0].cells, [Cell::Number(2.0), Cell::Wrong("#DIV/0!".into())]);
    assert!(found.notices[0].text.contains("1 formule"), "{:?}", found.notices);
}

/// The list of shared texts with this many said, and one text.
fn texts(said: &str, text: &str) -> String {
    format!(
        r#"<?xml version="1.0"?><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" uniqueCount="{said}"><si><t>{text}</t></si></sst>"#
    )
}

#[test]
fn a_number_that_a_file_says_of_itself_makes_no_room() {
    let shared = sheet_of(r#"<row r="1"><c r="A1" t="s"><v>0</v></c></row>"#);
    let with = |name: &str, said: &str| packed_with(&shared, &[(name, &texts(said, "id"))]);
    for said in ["1", "9"] {
        assert_eq!(opened(&with("xl/sharedStrings.xml", said)).sheets[0].rows[0].cells, [Cell::Text("id".into())]);
    }
    // Room for so many texts cannot be had, and asking for it would end the program.
    for (name, said) in
        [("xl/sharedStrings.xml", "10000000000000"), ("XL\\SHAREDSTRINGS.XML", "00500000000"), ("xl/sharedStrings.xml", "100")]
    {
        let found = xlsx::read(&with(name, said), most_rows).expect_err(said);
        assert_eq!(told(&found), [("bestand", "", String::new())], "{name} {said}");
        assert!(found.problems[0].what.contains("lijst met teksten") && found.problems[0].remedy.contains(".xlsx"), "{found}");
    }
    // A sheet that says it is as large as a sheet can be asks for nothing.
    let far = shared.replace("<sheetData>", "<dimension ref=\"A1:XFD1048576\"/><sheetData>");
    let far = packed_with(&far, &[("xl/sharedStrings.xml", &texts("1", "id"))]);
    assert_eq!(opened(&far).sheets[0].rows.len(), 1);
    // One long text in many cells, and cells far to the right in many rows: much in memory and little in the file.
    let cells: String = (1..=10_000).map(|row| format!(r#"<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>"#)).collect();
    let long = packed_with(&sheet_of(&cells), &[("xl/sharedStrings.xml", &texts("1", &"x".repeat(30_000)))]);
    let found = xlsx::read(&long, most_rows).expect_err("much text");
    assert!(long.len() < 200_000 && found.problems[0].what.contains("150 MB tekst"), "{} {found}", long.len());
    let right: String = (1..=120_000).map(|row| format!(r#"<row r="{row}"><c r="BH{row}"><v>1</v></c></row>"#)).collect();
    let found = xlsx::read(&packed(&sheet_of(&right)), |_| 500_000).expect_err("many empty cells");
    assert!(found.problems[0].what.contains("lege cellen"), "{found}");
    let formats = format!("<styleSheet><cellXfs>{}</cellXfs></styleSheet>", "<xf/>".repeat(2 << 20));
    let many = packed_with(&sheet_of(""), &[("xl/styles.xml", &formats)]);
    assert_eq!(told(&xlsx::read(&many, most_rows).expect_err("many formats")), [("te-veel", "", String::new())]);
    // The command says the same in words, and does not fall.
    let folder = folder("werkmap-belofte");
    std::fs::write(folder.join("w.xlsx"), with("xl/sharedStrings.xml", "10000000000000")).expect("written");
    let done = Command::new(program()).args(["import", "lichting", "w.xlsx", "-o", "w.json"]).current_dir(&folder).output();
    let done = done.expect("the program starts");
    let words = String::from_utf8_lossy(&done.stderr).into_owned();
    assert_eq!(done.status.code(), Some(2), "{words}");
    assert!(words.contains("lijst met teksten") && !folder.join("w.json").exists(), "{words}");
}

#[test]
fn no_bytes_make_a_reader_fall_over() {
    let first = seed();
    println!("LOKET_SEED={first}");
    let runs: u64 = std::env::var("LOKET_FUZZ").ok().and_then(|it| it.parse().ok()).unwrap_or(1_000);
    let book = book();
    let xlsx_bytes = bytes(&book);
    let sheet = "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>id</t></is></c><c r=\"B1\"><f>1</f><v>1</v></c></row>";
    let csv_bytes = csv::write(&book.sheets[0]);
    let harmful: [&[u8]; 10] = [b"<", b"r=\"", b"XFD1048576", b"\xff", b"\0", b";\"", b"t=\"s\"", b"99999999999", b"\"\n", b"&#x0;"];
    for at in 0..runs {
        let mut dice = Dice::new(nth_seed(first, at));
        let mut changed = match at % 3 {
            0 => xlsx_bytes.clone(),
            1 => sheet_of(sheet).into_bytes(),
            _ => csv_bytes.clone(),
        };
        for _ in 0..=dice.throw(6) {
            let place = dice.throw(changed.len());
            match dice.throw(4) {
                0 => changed[place] = u8::try_from(dice.throw(256)).expect("a byte"),
                1 => drop(changed.drain(place..(place + dice.throw(20)).min(changed.len()))),
                2 => changed.truncate(place.max(1)),
                _ => {
                    let part = harmful[dice.throw(harmful.len())];
                    changed.splice(place..place, part.iter().copied());
                }
            }
            if changed.is_empty() {
                changed.push(b'x');
            }
        }
        if at % 3 == 1 {
            changed = packed(&String::from_utf8_lossy(&changed));
        }
        let made = if at % 3 == 2 {
            csv::read("Kandidaten", &changed, 100).map(|it| Book { sheets: vec![it] })
        } else {
            xlsx::read(&changed, most_rows).map(|it| it.0)
        };
        // Whatever it became: a wave, or what is wrong with it in words.
        match made.and_then(|book| read::read(&book, None)) {
            Ok((imported, _)) => drop(imported),
            Err(found) => assert!(!found.clean() && found.problems.iter().all(|it| !it.what.is_empty() && !it.remedy.is_empty())),
        }
    }
}

#[test]
fn the_program_makes_a_wave_of_a_workbook_and_a_workbook_of_a_wave() {
    let folder = folder("werkmap");
    let loket = |words: &[&str]| Command::new(program()).args(words).current_dir(&folder).output().expect("the program starts");
    std::fs::write(folder.join("w.json"), example().to_string()).expect("written");
    assert!(loket(&["export", "lichting", "w.json", "-o", "w.xlsx"]).status.success());
    let done = loket(&["import", "lichting", "w.xlsx", "-o", "w2.json", "--before", "w.json", "--json"]);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let told: Value = serde_json::from_slice(&done.stdout).expect("JSON");
    assert_eq!((&told["problemen"], &told["veranderingen"]), (&json!([]), &json!([])));
    assert_eq!(rows(&serde_json::from_slice(&std::fs::read(folder.join("w2.json")).expect("a file")).expect("JSON")), rows(&example()));
    // With mistakes: nothing is written but the copy.
    let mut wrong = book();
    *cell(&mut wrong, "Kandidaten", 1, "Bouwen") = Cell::typed("kelder");
    for (table, name) in wrong.sheets.iter().zip(["Kandidaten", "Scholen", "Plekken", "Coaches", "Besturen"]) {
        std::fs::write(folder.join(format!("{name}.csv")), csv::write(table)).expect("written");
    }
    std::fs::write(folder.join("wrong.xlsx"), bytes(&wrong)).expect("written");
    let refused = loket(&["import", "lichting", "wrong.xlsx", "-o", "w3.json", "--copy", "kopie.xlsx"]);
    assert_eq!(refused.status.code(), Some(2));
    let words = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(words.contains("1 probleem") && words.contains("blad Kandidaten, rij 2, kolom J (Bouwen)"), "{words}");
    assert!(!folder.join("w3.json").exists());
    assert_eq!(opened(&std::fs::read(folder.join("kopie.xlsx")).expect("a copy")).sheets[0].body().len(), 1);
    // The same as CSV: what is missing is a sheet, and said so.
    let refused = loket(&["import", "lichting", "Kandidaten.csv", "Scholen.csv", "Plekken.csv", "Besturen.csv", "-o", "w3.json", "--json"]);
    let told: Value = serde_json::from_slice(&refused.stdout).expect("JSON");
    let codes: Vec<&str> = told["problemen"].as_array().expect("problems").iter().filter_map(|it| it["code"].as_str()).collect();
    assert_eq!(codes, ["ontbreekt", "ontbreekt", "ontbreekt", "woord"], "{told}");
    // A postcode for a place, by a table that is given.
    let mut by_postcode = book();
    for (header, value) in [("Breedtegraad", Cell::Empty), ("Lengtegraad", Cell::Empty), ("Postcode", Cell::typed("1017 AB"))] {
        *cell(&mut by_postcode, "Kandidaten", 1, header) = value;
    }
    std::fs::write(folder.join("pc4.xlsx"), bytes(&by_postcode)).expect("written");
    std::fs::write(folder.join("pc4.csv"), "pc4;lat;lon\n1017;52,36;4,88\n").expect("written");
    assert_eq!(loket(&["import", "lichting", "pc4.xlsx", "-o", "w4.json"]).status.code(), Some(2), "no table");
    assert!(loket(&["import", "lichting", "pc4.xlsx", "-o", "w4.json", "--pc4", "pc4.csv"]).status.success());
    let made: Value = serde_json::from_slice(&std::fs::read(folder.join("w4.json")).expect("a file")).expect("JSON");
    assert_eq!((&made["kandidaten"][0]["lat"], &made["kandidaten"][0]["lon"]), (&json!(52.36), &json!(4.88)));
    assert!(loket(&["export", "sjabloon", "-o", "sjabloon.xlsx"]).status.success());
    assert_eq!(opened(&std::fs::read(folder.join("sjabloon.xlsx")).expect("a template")).sheets.len(), 12);
}
