//! The command itself: what it refuses, what it leaves behind, and that an outcome that is given is held against the wave first.

use serde_json::{Value, json};
use std::path::Path;
use std::process::{Command, Output};

use super::{export, folder, index};
use crate::http::process::program;

fn wave() -> Value {
    let person = |id: &str| json!({ "id": id, "lat": 52.38, "lon": 4.88, "bouwen": ["middenbouw"] });
    json!({
        "formaat": "loket-lichting/1", "id": "proef", "fase": "opleiding",
        "besturen": [{ "id": "B1", "noodplan": true }],
        "scholen": [{ "id": "S1", "bestuur": "B1", "lat": 52.38, "lon": 4.86, "plekken": [{ "bouw": "middenbouw", "aantal": 1 }] }],
        "coaches": [{ "id": "K1", "lat": 52.36, "lon": 4.95, "maximum": 5, "uren": 500 }],
        "kandidaten": [person("Z1"), person("Z2")],
    })
}

fn said(done: &Output) -> (Option<i32>, String) {
    (done.status.code(), format!("{}{}", String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr)))
}

/// The names in a folder, in order.
fn listing(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        std::fs::read_dir(folder).expect("a folder").map(|it| it.expect("a file").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn what_cannot_be_written_is_told_in_dutch_and_leaves_nothing() {
    let home = folder("geweigerd");
    let file = home.join("lichting.json");
    std::fs::write(&file, wave().to_string()).expect("the folder can be written");
    let into = home.join("model");

    let (status, told) = said(&export(&file, &into, &["--kolommen", "1"]));
    assert_eq!(status, Some(2), "{told}");
    assert!(told.contains("2 kolommen") && told.contains("--kolommen"), "{told}");
    let (status, told) = said(&export(&file, &into, &["--formaat", "xlsx"]));
    assert!(status == Some(2) && told.contains("Kies uit: mps, lp."), "{told}");
    let (status, told) = said(&export(&file, Path::new("-"), &[]));
    assert!(status == Some(2) && told.contains("komt een map"), "{told}");
    let (status, told) = said(&export(Path::new("-"), &into, &["--uitkomst", "-"]));
    assert!(status == Some(2), "{told}");
    assert_eq!(listing(&home), ["lichting.json"]);

    std::fs::create_dir(&into).expect("a folder");
    std::fs::write(into.join("brief.txt"), "van mij").expect("a file");
    let (status, told) = said(&export(&file, &into, &[]));
    assert!(status == Some(2) && told.contains("niet leeg"), "{told}");
    assert_eq!(listing(&into), ["brief.txt"]);
}

#[test]
fn a_full_disk_leaves_no_half_of_the_files() {
    let home = folder("vol");
    let file = home.join("lichting.json");
    std::fs::write(&file, wave().to_string()).expect("the folder can be written");
    // The index is larger than one block.
    let script = "trap '' XFSZ; ulimit -f 1; exec \"$0\" export model lichting.json -o model";
    let done = Command::new("sh").args(["-c", script]).arg(program()).current_dir(&home).output().expect("sh runs");
    let (status, told) = said(&done);
    assert!(status == Some(2) && told.contains("kan niet geschreven worden"), "{status:?} {told}");
    assert_eq!(listing(&home), ["lichting.json"]);
}

#[test]
fn an_outcome_is_held_against_the_wave_before_its_values_are_written() {
    let home = folder("uitkomst");
    let (file, outcome) = (home.join("lichting.json"), home.join("uitkomst.json"));
    std::fs::write(&file, wave().to_string()).expect("the folder can be written");
    let solved = Command::new(program()).arg("solve").arg(&file).arg("-o").arg(&outcome).output().expect("the program runs");
    assert_eq!(solved.status.code(), Some(0));
    let name = outcome.to_str().expect("a plain name");

    assert_eq!(said(&export(&file, &home.join("zelf"), &[])).0, Some(0));
    assert_eq!(said(&export(&file, &home.join("gegeven"), &["--uitkomst", name])).0, Some(0));
    let names = listing(&home.join("zelf"));
    assert_eq!(names.len(), index(&home.join("zelf"))["bestanden"].as_array().expect("files").len() + 1);
    for name in &names {
        let read = |folder: &str| std::fs::read(home.join(folder).join(name)).expect("a file");
        assert_eq!(read("zelf"), read("gegeven"), "{name}");
    }

    let mut wrong: Value = serde_json::from_slice(&std::fs::read(&outcome).expect("an outcome")).expect("JSON");
    wrong["doelen"][0]["beste"] = json!(2);
    wrong["doelen"][0]["bovengrens"] = json!(2);
    std::fs::write(&outcome, wrong.to_string()).expect("the folder can be written");
    let (status, told) = said(&export(&file, &home.join("fout"), &["--uitkomst", name]));
    assert!(status == Some(1) && told.contains("klopt niet"), "{told}");
    assert!(!home.join("fout").exists());
}

#[test]
fn locks_that_cannot_stand_give_one_program_that_nobody_can_solve() {
    let home = folder("onmogelijk");
    let file = home.join("lichting.json");
    let mut wave = wave();
    wave["vast"] = json!([{ "kandidaat": "Z1" }, { "kandidaat": "Z2" }]);
    std::fs::write(&file, wave.to_string()).expect("the folder can be written");
    let (status, told) = said(&export(&file, &home.join("model"), &["--formaat", "lp"]));
    assert_eq!(status, Some(3), "{told}");
    assert_eq!(listing(&home.join("model")), ["1-mogelijk.lp", "index.json"]);
    let row = index(&home.join("model"))["bestanden"][0].clone();
    assert_eq!((&row["mogelijk"], &row["doel"], row.get("optimum")), (&json!(false), &Value::Null, None));
}
