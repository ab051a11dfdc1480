//! Every test that asks something of a database runs on both: `make test` names them for PostgreSQL, and forgets none.

use std::collections::BTreeSet;

use super::{code, rust_files, text};

/// How a test comes by a service or a store.
const OPENS: [&str; 8] =
    ["Desk::open", "Desk::counted", "Service::start", "Process::serve", "Process::worker", "Process::start", "kept_in(", "Scene::new"];

/// Modules that only make these for others, and hold no test themselves.
const MAKES: [&str; 2] = ["desk", "support"];

/// What the Makefile has run on PostgreSQL: parts of names, and what of it is left out.
fn named() -> (Vec<String>, Vec<String>) {
    let makefile = text("Makefile".as_ref());
    let line = makefile.lines().find_map(|line| line.strip_prefix("ON_POSTGRES = ")).expect("the Makefile names them");
    let mut words = line.split_whitespace();
    let (mut run, mut left) = (Vec::new(), Vec::new());
    while let Some(word) = words.next() {
        match word {
            "--skip" => left.push(words.next().expect("a name follows").to_owned()),
            _ => run.push(word.to_owned()),
        }
    }
    (run, left)
}

#[test]
fn every_test_that_asks_a_database_runs_on_both() {
    let (run, left) = named();
    let mut modules = BTreeSet::new();
    for file in rust_files("tests") {
        let mut steps = file.iter().skip(2).filter_map(|it| it.to_str());
        let Some(first) = steps.next() else { continue };
        let module = first.trim_end_matches(".rs");
        let opens = code(&file).iter().any(|(_, line)| OPENS.iter().any(|it| line.contains(it)));
        if opens && !MAKES.contains(&module) && module != "invariants" {
            modules.insert(module.to_owned());
        }
    }
    assert!(modules.len() > 30, "{modules:?}");
    let forgotten: Vec<&String> =
        modules.iter().filter(|module| !run.iter().any(|part| format!("{module}::").contains(part.as_str()))).collect();
    assert!(forgotten.is_empty(), "put these in ON_POSTGRES in the Makefile: {forgotten:?}");
    // Each part names something, and whole modules are left out by name alone.
    for part in run {
        assert!(modules.iter().any(|module| format!("{module}::").contains(&part)), "ON_POSTGRES names {part}, and nothing is called so");
    }
    assert_eq!(left, ["http::description", "service::installed"], "say in docs/testing.md what more is left out, and why");
    let told = text("docs/testing.md".as_ref());
    assert!(left.iter().all(|it| told.contains(&format!("`{it}`"))), "docs/testing.md says why these are left out: {left:?}");
}
