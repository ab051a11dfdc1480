//! `loket export uitkomst` as a user meets it: a workbook with CSV beside it, and lists that name nobody unless that was asked.

mod common;

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use common::{folder, listing, loket, read, wave, write};
use loket_instances::sheets::{outcome_book, xlsx};

fn solved(name: &str) -> PathBuf {
    let here = folder(name);
    write(&here, "w.json", &wave());
    assert_eq!(loket(&here, &["solve", "w.json", "-o", "u.json"]).status, 0);
    here
}

fn bytes(here: &Path, name: &str) -> Vec<u8> {
    std::fs::read(here.join(name)).expect("the file is there")
}

/// Everything that stands in a workbook.
fn told(here: &Path, name: &str) -> String {
    let (book, _) = xlsx::read(&bytes(here, name), |_| 1_000).unwrap_or_else(|found| panic!("{found}"));
    let rows = book.sheets.iter().flat_map(|sheet| sheet.rows.iter());
    rows.flat_map(|row| row.cells.iter().map(|cell| cell.text().into_owned())).collect::<Vec<_>>().join("\n")
}

#[test]
fn an_outcome_becomes_a_workbook_and_csv_that_only_the_owner_reads() {
    let here = solved("books-whole");
    let ran = loket(&here, &["export", "uitkomst", "w.json", "u.json", "-o", "u.xlsx", "--csv"]);
    assert_eq!((ran.status, ran.out.as_str()), (0, ""), "{}", ran.err);
    assert_eq!(listing(&here), ["u-ongeplaatst.csv", "u-plaatsingen.csv", "u.json", "u.xlsx", "w.json"]);
    for name in ["u.xlsx", "u-plaatsingen.csv"] {
        assert_eq!(std::fs::metadata(here.join(name)).expect("the file").permissions().mode() & 0o777, 0o600, "{name}");
    }
    let rows = outcome_book::read(&bytes(&here, "u.xlsx")).unwrap_or_else(|found| panic!("{found}"));
    let outcome = read(&here, "u.json");
    let places: Vec<(String, String)> =
        rows.iter().filter_map(|row| Some((row.candidate.clone(), row.place.as_ref()?.school.clone()))).collect();
    let text = |row: &serde_json::Value, key: &str| row[key].as_str().expect("a text").to_owned();
    let right = outcome["plaatsingen"].as_array().expect("placements").iter().map(|it| (text(it, "kandidaat"), text(it, "school")));
    assert_eq!(places, right.collect::<Vec<_>>());
    assert!(told(&here, "u.xlsx").contains("Anna Verzonnen"));
    let left = String::from_utf8(bytes(&here, "u-ongeplaatst.csv")).expect("UTF-8");
    let why = outcome["ongeplaatst"][0]["redenen"][0]["tekst"].as_str().expect("a reason");
    assert!(left.contains("Z4;Bram Verweg;middenbouw;") && left.contains(why), "{left}");
}

#[test]
fn a_list_is_of_one_board_school_or_coach_and_names_nobody_unless_asked() {
    let here = solved("books-lists");
    let list = |words: &[&str]| {
        let all = [&["export", "uitkomst", "w.json", "u.json", "-o", "l.xlsx"], words].concat();
        loket(&here, &all)
    };
    assert_eq!(list(&["--voor", "bestuur=B1"]).status, 0);
    let board = told(&here, "l.xlsx");
    assert!(board.contains("Z1") && board.contains("De Vlieger"), "{board}");
    assert!(!board.contains("Anna") && !board.contains("K1") && !board.contains("Z4"), "{board}");
    assert_eq!(list(&["--voor", "school", "--namen"]).status, 0);
    let schools = told(&here, "l.xlsx");
    assert!(schools.contains("Anna Verzonnen") && schools.contains("Coach Een"), "{schools}");
    assert_eq!(list(&["--voor", "coach=K1", "--csv"]).status, 0);
    let coach = String::from_utf8(bytes(&here, "l-lijst.csv")).expect("UTF-8");
    assert!(coach.contains("Z1;;") && coach.contains(";uren") && !coach.contains("Anna"), "{coach}");
    for (words, status, says) in [
        (&["--voor", "bestuur=B9"][..], 2, "geen bestuur B9"),
        (&["--voor", "kandidaat=Z1"], 2, "Kies uit: bestuur, school of coach"),
        (&["--namen"], 2, "--voor"),
    ] {
        let ran = list(words);
        assert_eq!(ran.status, status, "{words:?}: {}", ran.err);
        assert!(ran.err.contains(says), "{words:?}: {}", ran.err);
    }
    let ran = loket(&here, &["export", "uitkomst", "w.json", "u.json", "-o", "-", "--csv"]);
    assert_eq!((ran.status, ran.out.as_str()), (2, ""), "{}", ran.err);
    let ran = loket(&here, &["export", "uitkomst", "w.json", "u.json", "-o", "u.json"]);
    assert_eq!(ran.status, 2, "{}", ran.err);
    assert!(ran.err.contains("is ook de invoer"), "{}", ran.err);
}

#[test]
fn an_outcome_that_is_not_right_goes_to_nobody() {
    let here = solved("books-wrong");
    let mut lie = read(&here, "u.json");
    lie["doelen"][0]["waarde"] = serde_json::json!(4);
    lie["doelen"][0]["beste"] = serde_json::json!(4);
    lie["doelen"][0]["bovengrens"] = serde_json::json!(4);
    write(&here, "l.json", &lie);
    let ran = loket(&here, &["export", "uitkomst", "w.json", "l.json", "-o", "l.xlsx"]);
    assert_eq!(ran.status, 1, "{}", ran.err);
    assert!(ran.err.contains("loket verify"), "{}", ran.err);
    let mut other = wave();
    other["naam"] = "Een andere".into();
    write(&here, "o.json", &other);
    let ran = loket(&here, &["export", "uitkomst", "o.json", "u.json", "-o", "o.xlsx"]);
    assert_eq!(ran.status, 1, "{}", ran.err);
    assert_eq!(listing(&here), ["l.json", "o.json", "u.json", "w.json"]);
}
