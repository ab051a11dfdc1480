//! Workbooks as people send them: sheets that are there twice, what stands in a cell that is wrong, days, and settings.

use std::process::Command;

use loket_instances::sheets::book::{Book, Cell};
use loket_instances::sheets::csv;
use loket_instances::sheets::file::{Named, read as read_files};
use loket_instances::sheets::wave::columns::most_rows;
use loket_instances::sheets::wave::read;
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
