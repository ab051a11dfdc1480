//! Workbooks as people send them: sheets that are there twice, what stands in a cell that is wrong, days, and settings.

use std::process::Command;

use loket_instances::matching::row::policy_with_defaults;
use loket_instances::matching::wave_file::WaveFile;
use loket_instances::sheets::book::{Book, Cell};
use loket_instances::sheets::csv;
use loket_instances::sheets::file::{Named, read as read_files};
use loket_instances::sheets::wave::columns::most_rows;
use loket_instances::sheets::wave::{read, template};
use loket_service::desk::policy::spare;
use serde_json::{Value, json};

use crate::service::processes::{folder, program};
use crate::sheets::{book, bytes, cell, opened, told};

#[test]
fn two_sheets_of_one_kind_are_a_problem_with_both_names() {
    let mut twice = book();
    let mut people = twice.sheets.iter().find(|it| it.name == "Kandidaten").expect("a sheet").clone();
    people.name = "Deelnemers".into();
    // With headers alone, or with the example of the template, nothing is lost: the sheet that has rows is read, wherever it stands.
    let mut headers = people.clone();
    headers.rows.truncate(1);
    let mut example = headers.clone();
    example.rows.push(loket_instances::sheets::book::Row { number: 2, cells: vec![Cell::Text("VOORBEELD".into()), Cell::typed("Z9")] });
    for mut bare in [headers, example] {
        bare.name = "Kandidaat".into();
        let mut both = book();
        both.sheets.insert(0, bare);
        assert_eq!(read::read(&both, None).unwrap_or_else(|found| panic!("{found}")).0.wave.candidates.len(), 2);
    }
    twice.sheets.push(people);
    let found = read::read(&twice, None).expect_err("twice");
    assert_eq!(told(&found), [("dubbele-sleutel", "Deelnemers", String::new())]);
    let problem = &found.problems[0];
    assert!(problem.what.contains("Kandidaten en Deelnemers") && problem.remedy.contains("één blad Kandidaten"), "{found}");
    assert_eq!(told(&read::read(&opened(&bytes(&twice)), None).expect_err("as a workbook")), told(&found));
    // Two settings, and two CSV files of one name in two folders.
    let mut settings = book();
    settings.sheets.push(settings.sheets.last().expect("a sheet").clone());
    assert_eq!(told(&read::read(&settings, None).expect_err("twice")), [("dubbele-sleutel", "Beleid", String::new())]);
    let files: Vec<(String, Vec<u8>)> = book().sheets.iter().map(|it| (format!("een/{}.csv", it.name), csv::write(it))).collect();
    let named = |more: &'static str| {
        let again = files.iter().find(|it| it.0 == "een/Kandidaten.csv").map(|it| Named { name: more, bytes: &it.1 });
        files.iter().map(|(name, bytes)| Named { name, bytes }).chain(again).collect::<Vec<_>>()
    };
    let (both, _) = read_files(&named("twee/Kandidaten.csv"), most_rows).expect("files");
    let found = read::read(&both, None).expect_err("twice");
    assert!(found.count() == 1 && found.problems[0].what.contains("twee bladen of bestanden die Kandidaten heten"), "{found}");
    let (other, _) = read_files(&named("twee/Oud.csv"), most_rows).expect("files");
    assert!(read::read(&other, None).is_ok(), "what is called otherwise is not read, and told");
}

#[test]
fn a_problem_at_a_cell_says_what_stands_there() {
    let mut wrong = book();
    *cell(&mut wrong, "Kandidaten", 2, "Kandidaat") = Cell::typed("Z1");
    *cell(&mut wrong, "Scholen", 1, "Bestuur") = Cell::typed("B9");
    *cell(&mut wrong, "Kandidaten", 1, "Maximale reistijd (minuten)") = Cell::Number(100_001.0);
    *cell(&mut wrong, "Coaches", 1, "Uren") = Cell::Empty;
    *cell(&mut wrong, "Scholen", 1, "Teamgrootte") = Cell::Wrong("#REF!".into());
    let settings = wrong.sheets.iter_mut().find(|it| it.name == "Beleid").expect("a sheet");
    // Values in the first column, and a setting that there is not.
    for row in &mut settings.rows {
        row.cells.insert(0, row.cells[2].clone());
        row.cells.truncate(3);
    }
    let number = settings.rows.len() as u32 + 1;
    let more = [("beleid", "dagdelen_samen", "11"), ("beleid", "dagdelen", "4")];
    settings.rows.extend(more.iter().zip(number..).map(|((part, name, value), number)| loket_instances::sheets::book::Row {
        number,
        cells: [value, part, name].map(|it| Cell::typed(it)).to_vec(),
    }));
    let found = read::read(&wrong, None).expect_err("mistakes");
    let stands = |sheet: &str, at: &str| {
        let it =
            found.problems.iter().find(|it| it.at.sheet == sheet && it.at.cell() == at).unwrap_or_else(|| panic!("{sheet} {at}: {found}"));
        it.found.clone()
    };
    for (sheet, at, there) in [
        ("Kandidaten", "A3", Some("Z1")),
        ("Kandidaten", "G2", Some("100001")),
        ("Scholen", "C2", Some("B9")),
        ("Scholen", "N2", Some("#REF!")),
        ("Coaches", "K2", None),
        ("Beleid", &format!("A{number}"), Some("11")),
        ("Beleid", &format!("C{}", number + 1), Some("dagdelen")),
    ] {
        assert_eq!(stands(sheet, at).as_deref(), there, "{sheet} {at}");
    }
}

/// A book whose settings say this of its days.
fn with_days(from: Cell, until: Cell) -> Book {
    let mut book = book();
    loket_instances::sheets::wave::write::with_days(&mut book, "2026-08-01", "2027-07-31");
    let rows = &mut book.sheets.iter_mut().find(|it| it.name == "Beleid").expect("a sheet").rows;
    let last = rows.len() - 1;
    (rows[last - 1].cells[2], rows[last].cells[2]) = (from, until);
    book
}

#[test]
fn days_are_read_as_they_are_written_and_told_when_they_are_none() {
    let typed = |text: &str| Cell::Text(text.into());
    for (from, until) in [
        (typed("1-8-2026"), typed("31/7/2027")),
        (typed("2026-08-01"), Cell::Day("2027-07-31".into())),
        (Cell::Number(46_235.0), Cell::Number(46_599.0)),
    ] {
        let again = opened(&bytes(&with_days(from, until)));
        let (imported, _) = read::read(&again, None).unwrap_or_else(|found| panic!("{found}"));
        assert_eq!((imported.period.0.as_deref(), imported.period.1.as_deref()), (Some("2026-08-01"), Some("2027-07-31")));
    }
    let found = read::read(&with_days(typed("1 augustus"), typed("31-6-2027")), None).expect_err("no days");
    let codes: Vec<(&str, Option<&str>)> = found.problems.iter().map(|it| (it.code, it.found.as_deref())).collect();
    assert_eq!(codes, [("datum", Some("1 augustus")), ("datum", Some("31-6-2027"))], "{found}");
    assert!(told(&found).iter().all(|it| it.1 == "Beleid" && it.2.starts_with('C')), "{found}");
    // The command tells them: no wave file holds them.
    let folder = folder("werkmap-dagen");
    let loket = |words: &[&str]| Command::new(program()).args(words).current_dir(&folder).output().expect("the program starts");
    std::fs::write(folder.join("w.xlsx"), bytes(&with_days(typed("1-8-2026"), typed("31-7-2027")))).expect("written");
    let done = loket(&["import", "lichting", "w.xlsx", "-o", "w.json"]);
    let words = String::from_utf8_lossy(&done.stdout).into_owned();
    assert!(done.status.success() && words.contains("van 2026-08-01 tot en met 2027-07-31"), "{words}");
    let done = loket(&["import", "lichting", "w.xlsx", "-o", "w.json", "--json"]);
    let told: Value = serde_json::from_slice(&done.stdout).expect("JSON");
    assert_eq!((&told["van"], &told["tot"]), (&json!("2026-08-01"), &json!("2027-07-31")));
    std::fs::write(folder.join("bare.xlsx"), bytes(&book())).expect("written");
    let done = loket(&["import", "lichting", "bare.xlsx", "-o", "w.json", "--json"]);
    let told: Value = serde_json::from_slice(&done.stdout).expect("JSON");
    assert_eq!((&told["van"], &told["tot"]), (&Value::Null, &Value::Null));
}

#[test]
fn the_template_explains_every_setting_and_its_usual_values_change_nothing() {
    let template = opened(&template::template().expect("a template"));
    let table = template.sheets.iter().find(|it| it.name == "Beleid").expect("a sheet");
    let column = |name: &str| table.column(&[name]).unwrap_or_else(|| panic!("{name}"));
    let (part, name, value, explained) = (column("Onderdeel"), column("Naam"), column("Waarde"), column("Uitleg"));
    let mut known: Vec<(String, String)> = Vec::new();
    for row in table.body() {
        assert!(row.cell(explained).text().len() > 10, "{row:?}");
        known.push((row.cell(part).text().into_owned(), row.cell(name).text().into_owned()));
    }
    // Every key that the reader of a policy knows has a row: a goal and prices with rows of their own.
    let all = json!({
        "alleen_noodplan": true, "dagdelen_samen": 4, "max_starters_procent": 20, "max_extern_procent": 50, "max_kosten_cent": 1,
        "max_wijzigingen": 1, "seed": 1, "toelichting": "", "bouw_punten": [100, 60, 20],
        "uren": { "werkervaring": 15, "opleiding": 60, "opleiding_jaar2": 30, "inductie": 15 }, "extra_begeleiding": { "vanaf": 60, "uren": 0 },
        "vasthouden": { "voorgesteld": 0, "akkoord": 10, "gestart": 100 },
    });
    for (key, value) in all.as_object().expect("keys") {
        let names: Vec<String> = match value {
            Value::Object(inside) => inside.keys().cloned().collect(),
            Value::Array(items) => (1..=items.len()).map(|it| it.to_string()).collect(),
            _ => vec![key.clone()],
        };
        let part = if value.is_object() || value.is_array() { key.as_str() } else { "beleid" };
        for name in names {
            assert!(known.contains(&(part.to_owned(), name.clone())), "{part} {name}");
        }
    }
    for part in ["bewaren plek", "bewaren coach", "doel geplaatst"] {
        assert!(known.iter().any(|it| it.0 == part), "{part}");
    }
    // Filled in as it is, the policy is what it is without any.
    let mut filled = book();
    let sheet = filled.sheets.iter_mut().find(|it| it.name == "Beleid").expect("a sheet");
    let mut settings = table.clone();
    settings.rows[1].cells.resize(value + 1, Cell::Empty);
    settings.rows[1].cells[value] = Cell::typed("w");
    *sheet = settings.clone();
    let (imported, found) = read::read(&filled, None).unwrap_or_else(|found| panic!("{found}"));
    assert_eq!(found.notices, Vec::new());
    let policy = imported.wave.policy.clone().expect("a policy");
    let phase = imported.wave.phase;
    assert_eq!(policy_with_defaults(&policy, phase), policy_with_defaults(&Default::default(), phase));
    assert_eq!(policy.seed, None, "a seed is drawn");
    let loaded = |wave: &WaveFile| wave.build(&[]).expect("a wave").wave.policy;
    let none = WaveFile { policy: None, ..imported.wave.clone() };
    assert_eq!(loaded(&imported.wave), loaded(&none));
    assert_eq!(spare(&policy), Default::default(), "to the service it says what the standard policy says");
    // Written down and read again it is the same.
    let again = opened(&bytes(&loket_instances::sheets::wave::write::write(&imported.wave)));
    assert_eq!(read::read(&again, None).unwrap_or_else(|found| panic!("{found}")).0.wave, imported.wave);
    // A value in between that is left out would shift the others.
    let gap = settings.rows.iter_mut().find(|it| it.cell(part).text() == "bouw_punten" && it.cell(name).text() == "2").expect("a row");
    gap.cells[value] = Cell::Empty;
    let at = gap.number + 1;
    *filled.sheets.iter_mut().find(|it| it.name == "Beleid").expect("a sheet") = settings;
    let found = read::read(&filled, None).expect_err("a gap");
    assert_eq!(told(&found), [("volgorde", "Beleid", format!("B{at}"))]);
    // Phase and yes or no are chosen from a list.
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(template::template().expect("a template"))).expect("a workbook");
    let chosen = (1..=template.sheets.len()).map(|at| {
        let mut text = String::new();
        let mut member = zip.by_name(&format!("xl/worksheets/sheet{at}.xml")).expect("a sheet");
        std::io::Read::read_to_string(&mut member, &mut text).expect("XML");
        text
    });
    let beleid = chosen.last().expect("a sheet");
    for (words, cell) in [("werkervaring,opleiding,opleiding_jaar2,inductie", "C4"), ("ja,nee", "C8")] {
        assert!(beleid.contains(words) && beleid.contains(&format!("sqref=\"{cell}\"")), "{words}: {beleid}");
    }
}
