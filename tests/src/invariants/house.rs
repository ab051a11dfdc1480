//! The rooms of the service: who may know HTTP, SQL and loose JSON, what a route may name, and who makes a scope.

use std::path::{Path, PathBuf};

use super::wings::{joined, modules, named, test_files};
use super::{below, mentions, rust_files, text};

/// Words of HTTP, pages and descriptions.
const HTTP: &[&str] = &["axum", "http", "hyper", "tower", "StatusCode", "HeaderValue"];

/// Words of SQL.
const SQL: &[&str] = &["sqlx", "SqlitePool", "SELECT", "INSERT", "UPDATE", "DELETE"];

/// Words of JSON that nobody typed.
const LOOSE: &[&str] = &["serde_json", "Value", "json", "Map"];

/// The code that is not there for tests, of every file below a folder of the service.
fn code_below(folder: &str) -> Vec<(PathBuf, String)> {
    let tests = test_files("service");
    let files = below(&rust_files("service"), folder).into_iter().filter(|file| !tests.contains(file));
    files.map(|file| (file.clone(), joined(&file, false))).collect()
}

/// Where the code of a folder, its tests aside, names one of these words.
fn named_below(folder: &str, words: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for (file, code) in code_below(folder) {
        for (at, line) in code.lines().enumerate() {
            found.extend(
                words.iter().filter(|word| super::names_word(line, word)).map(|word| format!("{}:{} {word}", file.display(), at + 1)),
            );
        }
    }
    found
}

#[test]
fn actions_know_no_http_no_sql_and_no_loose_json() {
    for words in [HTTP, SQL, LOOSE, &["utoipa"]] {
        assert_eq!(named_below("service/src/actions", words), Vec::<String>::new());
        // The same words do stand where they belong, so that the check can fail.
        let elsewhere = ["service/src/api", "service/src/store/engine"].iter().any(|room| !named_below(room, words).is_empty());
        assert!(elsewhere, "{words:?} stand nowhere");
    }
}

#[test]
fn the_desk_and_the_access_layer_know_neither_http_nor_sql() {
    for room in ["service/src/desk", "service/src/access", "service/src/records"] {
        for words in [HTTP, SQL] {
            assert_eq!(named_below(room, words), Vec::<String>::new());
        }
    }
}

#[test]
fn route_files_do_not_know_each_other() {
    let all = modules("service");
    let routes = |module: &[String]| module.len() == 2 && module[0] == "api" && !["bodies", "shapes"].contains(&&*module[1]);
    let mut seen = 0;
    for (module, file) in all.iter().filter(|(module, _)| routes(module)) {
        seen += 1;
        let known: Vec<String> = named(&joined(file, true), module, &all)
            .into_iter()
            .filter(|other| other != module && routes(other))
            .map(|other| other.join("::"))
            .collect();
        assert_eq!(known, Vec::<String>::new(), "{}", file.display());
    }
    assert!(seen >= 9, "{seen} route files");
}

#[test]
fn what_a_route_answers_with_knows_no_route() {
    let all = modules("service");
    for (module, file) in all.iter().filter(|(module, _)| module.len() == 3 && module[0] == "api") {
        for other in named(&joined(file, true), module, &all) {
            assert!(
                other.len() != 2 || other[0] != "api" || ["bodies", "shapes"].contains(&&*other[1]),
                "{} names {other:?}",
                file.display()
            );
        }
    }
}

#[test]
fn only_the_access_layer_makes_a_scope() {
    // Its fields are private to the file, and nothing in it that gives one is for others to make one with.
    let made = mentions(&below(&rust_files("service"), "service/src"), &["Reach"]);
    assert!(!made.is_empty() && made.iter().all(|place| place.starts_with("service/src/access/")), "{made:?}");
    let access = joined(Path::new("service/src/access/caller.rs"), false);
    // What gives a scope of its own starts from one: `&self`, or the caller's.
    let gives = |line: &&str| line.contains("pub ") && line.contains("fn ") && line.contains("->");
    for line in access.lines().filter(gives) {
        let owned =
            line.split("->").nth(1).is_some_and(|given| !given.contains('&') && (given.contains("Scope") || given.contains("Self")));
        let caller = ["fn machine(", "fn account(", "fn link("].iter().any(|it| line.contains(it));
        assert!(!owned || caller || line.contains("&self"), "{line}");
    }
}

#[test]
fn every_statement_is_sent_by_the_one_executor() {
    let words = ["query", "query_as", "query_scalar", "fetch_all", "fetch_one", "fetch_optional", "raw_sql"];
    let sent = named_below("service/src", &words);
    let executors = ["service/src/store/engine", "service/src/store/backup"];
    let (inside, outside): (Vec<&String>, Vec<&String>) =
        sent.iter().partition(|place| executors.iter().any(|room| place.starts_with(room)));
    assert_eq!(outside, Vec::<&String>::new());
    assert!(!inside.is_empty(), "the executor sends them");
}

/// What is about files alone stands with the engine of files or with the copies of them, and moving is about both at once.
#[test]
fn every_test_of_the_store_runs_once_for_each_database() {
    let apart = ["service/src/store/engine", "service/src/store/backup", "service/src/store/moving", "service/src/store/trial.rs"];
    let (mut both, mut wrong) = (0, Vec::new());
    for file in below(&rust_files("service"), "service/src/store") {
        let text = text(&file);
        both += text.matches("on_both! {").count();
        if text.contains("#[tokio::test") && !apart.iter().any(|it| file.starts_with(it)) {
            wrong.push(file);
        }
    }
    assert_eq!(wrong, Vec::<PathBuf>::new(), "list these in `on_both!`");
    assert!(both >= 7, "{both} lists");
}
