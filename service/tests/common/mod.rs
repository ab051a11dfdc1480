//! Runs the program `loket` as a child, on small waves made by hand.

#![allow(dead_code, reason = "every test binary uses its own part of these helpers")]

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::{Value, json};

/// How a run ended.
pub struct Ran {
    /// Exit status.
    pub status: i32,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

/// Runs `loket` in a folder, with nothing on standard input.
pub fn loket(folder: &Path, words: &[&str]) -> Ran {
    loket_with_input(folder, words, b"")
}

/// Runs `loket` in a folder, with these bytes on standard input.
pub fn loket_with_input(folder: &Path, words: &[&str], input: &[u8]) -> Ran {
    let mut child = Command::new(env!("CARGO_BIN_EXE_loket"))
        .args(words)
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    // A program that ends before it has read everything is judged by its status.
    let _ = child.stdin.take().expect("standard input is piped").write_all(input);
    let output = child.wait_with_output().expect("the program ends");
    Ran {
        status: output.status.code().expect("it ends by itself"),
        out: String::from_utf8(output.stdout).expect("UTF-8"),
        err: String::from_utf8(output.stderr).expect("UTF-8"),
    }
}

/// An empty folder for one test.
pub fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("the target folder can be written");
    folder
}

/// Writes a JSON file.
pub fn write(folder: &Path, name: &str, value: &Value) {
    std::fs::write(folder.join(name), value.to_string()).expect("the folder can be written");
}

/// Reads a JSON file.
pub fn read(folder: &Path, name: &str) -> Value {
    let bytes = std::fs::read(folder.join(name)).expect("the file is there");
    serde_json::from_slice(&bytes).expect("the file is JSON")
}

/// Names of the files in a folder, in order.
pub fn listing(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .expect("the folder is there")
        .map(|entry| entry.expect("readable").file_name().into_string().expect("UTF-8"))
        .collect();
    names.sort();
    names
}

/// Four candidates, of whom Z4 lives too far away from everything; three can be placed.
pub fn wave() -> Value {
    json!({
        "formaat": "loket-lichting/1", "id": "proef", "naam": "Proeflichting", "fase": "opleiding",
        "besturen": [{ "id": "B1" }],
        "scholen": [
            { "id": "S1", "naam": "De Vlieger", "bestuur": "B1", "lat": 52.370, "lon": 4.890, "doelgroep": 40,
              "concept": "dalton",
              "plekken": [{ "bouw": "onderbouw", "aantal": 1 }, { "bouw": "bovenbouw", "aantal": 1 }] },
            { "id": "S2", "bestuur": "B1", "lat": 52.380, "lon": 4.900, "doelgroep": 10,
              "plekken": [{ "bouw": "middenbouw", "aantal": 2 }] },
        ],
        "coaches": [
            { "id": "K1", "naam": "Coach Een", "lat": 52.372, "lon": 4.895, "maximum": 2, "uren": 120, "kenmerken": ["engels"] },
            { "id": "K2", "soort": "extern", "lat": 52.360, "lon": 4.880, "maximum": 3, "uren": 180, "eigen_school": "S9" },
        ],
        "kandidaten": [
            { "id": "Z3", "lat": 52.375, "lon": 4.893, "bouwen": ["onderbouw", "middenbouw"], "wachtrondes": 1 },
            { "id": "Z1", "naam": "Anna Verzonnen", "lat": 52.371, "lon": 4.885, "bouwen": ["bovenbouw"],
              "concepten": ["dalton"], "huidige_coach": "K1", "coach_wensen": ["engels"] },
            { "id": "Z2", "lat": 52.379, "lon": 4.901, "bouwen": ["middenbouw", "onderbouw"] },
            { "id": "Z4", "naam": "Bram Verweg", "lat": 51.500, "lon": 4.000, "bouwen": ["middenbouw"] },
        ],
    })
}

/// The same wave with two people locked on the one seat of a seat group.
pub fn impossible_wave() -> Value {
    let mut wave = wave();
    wave["vast"] = json!([
        { "kandidaat": "Z3", "school": "S1", "plek": "onderbouw" },
        { "kandidaat": "Z2", "school": "S1", "plek": "onderbouw" },
    ]);
    wave
}
