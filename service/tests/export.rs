//! `loket export`: letters, lists and days as files.

mod common;

use std::path::Path;

use common::{folder, loket, wave, write};
use serde_json::json;

const DAYS: [&str; 4] = ["--van", "2027-02-01", "--tot", "2027-07-31"];

/// A wave with an id that is no name of a file, and its outcome.
fn solved(here: &Path) {
    let mut file = wave();
    file["kandidaten"][0]["id"] = json!("Z/1");
    write(here, "w.json", &file);
    let ran = loket(here, &["solve", "w.json", "-o", "u.json"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
}

fn export(here: &Path, words: &[&str]) -> common::Ran {
    loket(here, &[&["export"], words].concat())
}

#[test]
fn every_candidate_gets_a_letter_and_all_of_them_are_one_file() {
    let here = folder("export-letters");
    solved(&here);
    let ran = export(&here, &[&["brieven", "w.json", "u.json", "-o", "brieven"], &DAYS[..]].concat());
    assert_eq!(ran.status, 0, "{}", ran.err);
    let mut names: Vec<String> = std::fs::read_dir(here.join("brieven"))
        .expect("a folder")
        .map(|it| it.expect("a file").file_name().into_string().expect("a name"))
        .collect();
    names.sort();
    assert!(names.contains(&"brief-Z%2F1.pdf".to_owned()) && names.contains(&"brieven.pdf".to_owned()), "{names:?}");
    let people = wave()["kandidaten"].as_array().expect("candidates").len();
    assert_eq!(names.len(), people + 1);
    for name in names {
        let bytes = std::fs::read(here.join("brieven").join(&name)).expect("a file");
        assert!(bytes.starts_with(b"%PDF-1.7") && bytes.len() > 5_000, "{name}");
    }
}

#[test]
fn lists_and_days_are_of_everything_or_of_a_part_and_what_is_wrong_is_told() {
    let here = folder("export-lists");
    solved(&here);
    let (file, days) = (["w.json", "u.json"], DAYS);
    let lijst = |more: &[&str]| export(&here, &[&["lijst"], &file[..], &days, &["--pdf"], more].concat());
    for more in [&["-o", "a.pdf"][..], &["-o", "b.pdf", "--voor", "bestuur=B1"], &["-o", "c.pdf", "--voor", "coach=K1"]] {
        let ran = lijst(more);
        assert_eq!(ran.status, 0, "{}", ran.err);
        assert!(std::fs::read(here.join(more[1])).expect("a file").starts_with(b"%PDF-1.7"));
    }
    for (more, told) in [
        (&["-o", "x.pdf", "--voor", "bestuur=B99"][..], "geen bestuur B99"),
        (&["-o", "x.pdf", "--voor", "klas=1"], "bestuur=ID, school=ID of coach=ID"),
        (&["-o", "u.json"], "ook de invoer"),
    ] {
        let ran = lijst(more);
        assert_eq!(ran.status, 2, "{more:?}");
        assert!(ran.err.contains(told), "{more:?}: {}", ran.err);
    }
    let agenda = |more: &[&str]| export(&here, &[&["agenda"], &file[..], more].concat());
    let ran = agenda(&["--van", "2027-02-01", "--tot", "2027-07-31", "-o", "-"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    assert!(ran.out.contains("DTSTART;VALUE=DATE:20270201\r\n") && ran.out.contains("SEQUENCE:0\r\n"), "{}", ran.out);
    let later = agenda(&["--van", "2027-02-08", "--tot", "2027-07-31", "--keer", "1", "-o", "-"]);
    let identities = |text: &str| text.lines().filter(|it| it.starts_with("UID:")).map(str::to_owned).collect::<Vec<_>>();
    assert!(!identities(&ran.out).is_empty());
    assert_eq!(identities(&ran.out), identities(&later.out), "the same entries");
    assert!(later.out.contains("SEQUENCE:1\r\n"), "{}", later.out);
    let wrong = agenda(&["--van", "2027-02-01", "--tot", "2027-01-31", "-o", "x.ics"]);
    assert_eq!((wrong.status, wrong.err.contains("ligt voor de eerste")), (2, true), "{}", wrong.err);
    let wrong = agenda(&["--van", "volgende week", "--tot", "2027-01-31", "-o", "x.ics"]);
    assert_eq!((wrong.status, wrong.err.contains("datum als 2027-02-01")), (2, true), "{}", wrong.err);
}
