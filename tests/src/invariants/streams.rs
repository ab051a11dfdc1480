//! Who may write to a terminal: no macro that ends the program when nobody reads, and no name of a file as it is.

use std::path::PathBuf;

use super::rust_files;
use super::wings::{joined, test_files};

/// Where the code of a crate, its tests aside, has one of these texts.
fn found(of: &str, below: &str, texts: &[&str]) -> Vec<String> {
    let tests = test_files(of);
    let files: Vec<PathBuf> = rust_files(of).into_iter().filter(|it| it.starts_with(below) && !tests.contains(it)).collect();
    let mut found = Vec::new();
    for file in files {
        for (at, line) in joined(&file, false).lines().enumerate() {
            found.extend(texts.iter().filter(|text| line.contains(**text)).map(|text| format!("{}:{} {text}", file.display(), at + 1)));
        }
    }
    found
}

#[test]
fn no_print_macro_that_panics_when_nobody_reads() {
    for of in ["solver", "instances", "service", "benches"] {
        assert_eq!(found(of, &format!("{of}/src"), &["print!(", "println!(", "dbg!("]), Vec::<String>::new());
    }
    assert!(!found("tests", "tests/src", &["println!("]).is_empty(), "the check can fail");
}

#[test]
fn commands_show_names_of_files_only_as_they_may_be_shown() {
    let named = [".display()", "to_string_lossy("];
    assert_eq!(
        found("service", "service/src/commands", &named).into_iter().filter(|it| !it.contains("/arguments.rs")).collect::<Vec<_>>(),
        Vec::<String>::new()
    );
    assert!(!found("service", "service/src/files.rs", &named).is_empty(), "there is one place for it");
}
