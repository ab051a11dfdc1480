//! The invariants of docs/architecture.md, executed over the source tree: they are mostly about what is absent.

mod databases;
mod house;
mod pages;
mod streams;
mod wings;

use std::path::{Path, PathBuf};

use loket_solver::matching::judge::handbook::generated_docs;

use crate::support::root;

const CRATES: &[&str] = &["solver", "instances", "service", "benches", "tests"];

/// Every Rust file of a crate, relative to the root and in order.
fn rust_files(of: &str) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![root().join(of)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder of the workspace") {
            let path = entry.expect("a folder can be listed").path();
            if path.is_dir() {
                if path.file_name().is_some_and(|name| name != "target") {
                    folders.push(path);
                }
            } else if path.extension().is_some_and(|kind| kind == "rs") {
                let short = path.strip_prefix(root()).expect("below the root");
                files.push(short.to_path_buf());
            }
        }
    }
    files.sort();
    assert!(!files.is_empty(), "{of} has Rust files");
    files
}

fn text(file: &Path) -> String {
    std::fs::read_to_string(root().join(file)).expect("a file of the workspace")
}

/// The lines of a file without comments, with their number.
fn code(file: &Path) -> Vec<(usize, String)> {
    text(file)
        .lines()
        .map(|line| line.split("//").next().unwrap_or_default().to_owned())
        .enumerate()
        .map(|(at, line)| (at + 1, line))
        .collect()
}

/// Where the code of these files names a word, as `file:line word`.
fn mentions(files: &[PathBuf], words: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for file in files {
        for (at, line) in code(file) {
            for word in words {
                if names_word(&line, word) {
                    found.push(format!("{}:{at} {word}", file.display()));
                }
            }
        }
    }
    found
}

/// Whether the line holds the word with nothing of a name on either side.
fn names_word(line: &str, word: &str) -> bool {
    let part = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices(word)
        .any(|(at, _)| !line[..at].chars().next_back().is_some_and(part) && !line[at + word.len()..].chars().next().is_some_and(part))
}

fn below(files: &[PathBuf], folder: &str) -> Vec<PathBuf> {
    let files: Vec<PathBuf> = files.iter().filter(|file| file.starts_with(folder)).cloned().collect();
    assert!(!files.is_empty(), "{folder} has Rust files");
    files
}

/// Whether a file of the solver may know floats: what calls HiGHS, also through good_lp.
fn may_know_floats(file: &Path) -> bool {
    ["engine/highs.rs", "engine/program", "engine/cuts", "engine/readable.rs"]
        .iter()
        .any(|may| file.starts_with(Path::new("solver/src").join(may)))
}

/// Every path that a file names through `crate::`, groups written out.
fn paths_named(file: &Path) -> Vec<String> {
    let code: String = code(file).into_iter().map(|(_, line)| line + "\n").collect();
    let mut paths = Vec::new();
    for (at, found) in code.match_indices("crate::") {
        expand("", &code[at + found.len()..], &mut paths);
    }
    paths
}

/// Reads one path, or a group of them, from the start of the text; gives what comes after it.
fn expand<'a>(before: &str, text: &'a str, paths: &mut Vec<String>) -> &'a str {
    let text = text.trim_start();
    let end = text.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':')).unwrap_or(text.len());
    let (name, mut rest) = text.split_at(end);
    let path = format!("{before}{name}");
    if !rest.starts_with('{') {
        paths.push(path);
        return rest;
    }
    loop {
        rest = expand(&path, &rest[1..], paths).trim_start();
        // After a name in a group: another one, the end of the group, or `as` with a name.
        let next = rest.find([',', '}']).unwrap_or(rest.len());
        rest = &rest[next..];
        if !rest.starts_with(',') {
            return rest.get(1..).unwrap_or_default();
        }
        if rest[1..].trim_start().starts_with('}') {
            return &rest[1..].trim_start()[1..];
        }
    }
}

#[test]
fn the_solver_has_no_input_output_clock_or_serialization() {
    let solver = below(&rust_files("solver"), "solver/src");
    let words =
        ["std::fs", "std::io", "std::net", "std::env", "std::process", "Instant", "SystemTime", "serde", "println", "eprintln", "async"];
    assert_eq!(mentions(&solver, &words), Vec::<String>::new());
}

#[test]
fn floats_are_known_only_at_the_border_with_highs() {
    let mut solver = below(&rust_files("solver"), "solver/src");
    solver.retain(|file| !may_know_floats(file));
    assert_eq!(mentions(&solver, &["f64", "f32"]), Vec::<String>::new());
}

#[test]
fn the_judge_side_and_the_causes_of_a_change_know_neither_model_nor_engine() {
    let solver = rust_files("solver");
    let causes = below(&solver, "solver/src/matching/ask/rerun/cause.rs");
    let judges = ["matching", "scheduling"].map(|wing| below(&solver, &format!("solver/src/{wing}/judge")));
    for file in judges.into_iter().flatten().chain(causes) {
        let wing = if file.starts_with("solver/src/matching") { "matching" } else { "scheduling" };
        for path in paths_named(&file) {
            let rooms = ["common::".to_owned(), format!("{wing}::facts"), format!("{wing}::judge")];
            assert!(rooms.iter().any(|room| path.starts_with(room)), "{} names crate::{path}", file.display());
        }
    }
}

#[test]
fn sql_is_written_in_the_store_only() {
    let inside = |file: &PathBuf| file.starts_with("service/src/store");
    let outside: Vec<PathBuf> = rust_files("service").into_iter().filter(|file| !inside(file) && file.starts_with("service/src")).collect();
    assert_eq!(mentions(&outside, &["sqlx"]), Vec::<String>::new());
    let store: Vec<PathBuf> = rust_files("service").into_iter().filter(inside).collect();
    assert!(!mentions(&store, &["sqlx"]).is_empty(), "the store is where SQL is");
}

#[test]
fn what_shows_an_explanation_sees_a_lens_and_never_the_wave() {
    let service = rust_files("service");
    let mut files = below(&service, "service/src/present/explain/pages");
    for name in ["price", "words", "json", "seen"] {
        let file = PathBuf::from(format!("service/src/present/explain/{name}.rs"));
        assert!(service.contains(&file), "{} is there", file.display());
        files.push(file);
    }
    files.extend(below(&service, "service/src/present/sheet"));
    assert_eq!(mentions(&files, &["wave", "Wave", "loaded", "Loaded", "Base"]), Vec::<String>::new());
}

/// What composes an answer says what it says; how wide that is, and how it is broken or written as JSON, is for what renders it.
#[test]
fn what_composes_an_answer_knows_neither_terminal_nor_json() {
    let service = rust_files("service");
    let mut files = below(&service, "service/src/present/explain/pages");
    files.extend(below(&service, "service/src/present/summary"));
    files.extend(below(&service, "service/src/present/report"));
    for name in ["explain/price", "explain/words", "rerun/page", "rerun/told", "rerun/why", "stress/page"] {
        let file = PathBuf::from(format!("service/src/present/{name}.rs"));
        assert!(service.contains(&file), "{} is there", file.display());
        files.push(file);
    }
    let words = ["layout", "wrapped", "cut", "WIDTH", "writeln", "print", "println", "eprintln", "serde_json", "Value", "json"];
    assert_eq!(mentions(&files, &words), Vec::<String>::new());
    assert!(!mentions(&below(&service, "service/src/present/sheet"), &words).is_empty(), "the renderings are where widths and JSON are");
}

/// The crates of the house that a crate's manifest names, test dependencies included.
fn house_dependencies(of: &str) -> Vec<String> {
    let manifest = text(&Path::new(of).join("Cargo.toml"));
    let mut in_dependencies = false;
    let mut found = Vec::new();
    for line in manifest.lines().map(str::trim) {
        if line.starts_with('[') {
            in_dependencies = line.contains("dependencies");
        } else if in_dependencies && let Some(rest) = line.strip_prefix("loket-") {
            found.push(rest.split(['.', ' ', '=']).next().unwrap_or("").to_owned());
        }
    }
    found
}

#[test]
fn dependencies_run_from_the_leaves_to_the_solver() {
    for of in CRATES {
        let may: &[&str] = match *of {
            "solver" => &[],
            "instances" => &["solver"],
            "service" => &["solver", "instances"],
            _ => &["solver", "instances", "service"],
        };
        for dependency in house_dependencies(of) {
            assert!(may.contains(&&*dependency), "{of} depends on {dependency}");
        }
    }
    assert_eq!(house_dependencies("instances"), ["solver"]);
}

#[test]
fn every_source_file_opens_with_what_it_is_and_stays_short() {
    let mut wrong = Vec::new();
    for of in CRATES {
        for file in rust_files(of) {
            let text = text(&file);
            if !text.starts_with("//! ") {
                wrong.push(format!("{} does not open with `//!`", file.display()));
            }
            let lines = text.lines().count();
            if lines > 500 {
                wrong.push(format!("{} has {lines} lines", file.display()));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

/// `LOKET_BLESS=1` rewrites the page from the lists.
#[test]
fn the_page_of_rules_and_terms_is_what_the_lists_say() {
    let path = root().join("docs/rules.md");
    let generated = generated_docs();
    if std::env::var("LOKET_BLESS").is_ok_and(|bless| bless == "1") {
        std::fs::create_dir_all(path.parent().expect("docs")).expect("docs can be made");
        std::fs::write(&path, &generated).expect("docs/rules.md can be written");
    }
    let page = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(page == generated, "docs/rules.md is not what the lists say: run this test with LOKET_BLESS=1");
}

#[test]
fn the_reading_of_a_source_file_finds_what_it_must() {
    assert!(names_word("let x: f64 = 1.0;", "f64"));
    assert!(!names_word("let my_f64 = 1;", "f64"));
    assert_eq!(house_dependencies("solver"), Vec::<String>::new());
    assert_eq!(paths_named(Path::new("tests/src/support.rs")), Vec::<String>::new());
    let mut paths = Vec::new();
    let rest = expand("", "a::{b, c::{d, e as f}, g::{self}}; more", &mut paths);
    assert_eq!((paths.join(" ").as_str(), rest), ("a::b a::c::d a::c::e a::g::self", "; more"));
}
