//! The wings of the solver: which room may know which, that no files run in a circle, and that the codes of rules stand once.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use loket_solver::matching::facts::codes::RuleCode;

use super::{below, code, expand, mentions, rust_files, text};

/// What each room of the solver may name, itself included.
const ROOMS: &[(&str, &[&str])] = &[
    ("common", &["common"]),
    ("engine", &["engine", "common"]),
    ("matching::facts", &["matching::facts", "common"]),
    ("matching::judge", &["matching::judge", "matching::facts", "common"]),
    ("matching::solve", &["matching::solve", "matching::judge", "matching::facts", "engine", "common"]),
    ("matching::ask", &["matching::ask", "matching::solve", "matching::judge", "matching::facts", "common"]),
    ("scheduling::facts", &["scheduling::facts", "common"]),
    ("scheduling::judge", &["scheduling::judge", "scheduling::facts", "common"]),
    ("scheduling::solve", &["scheduling::solve", "scheduling::judge", "scheduling::facts", "engine", "common"]),
    ("scheduling::ask", &["scheduling::ask", "scheduling::solve", "scheduling::judge", "scheduling::facts", "common"]),
    ("planning::facts", &["planning::facts", "common"]),
    ("planning::judge", &["planning::judge", "planning::facts", "common"]),
    ("planning::solve", &["planning::solve", "planning::judge", "planning::facts", "engine", "common"]),
    ("planning::ask", &["planning::ask", "planning::solve", "planning::judge", "planning::facts", "common"]),
];

/// The places where the codes of rules stand, of each wing one.
const CODES: [&str; 3] =
    ["solver/src/matching/facts/codes.rs", "solver/src/scheduling/facts/codes.rs", "solver/src/planning/facts/codes.rs"];

/// A figure of a reason that has the name of a rule.
const FIGURE: (&str, &str) = ("solver/src/matching/judge/reasons/mod.rs", "plekken");

pub(super) type Module = Vec<String>;

/// The module that a file is, below the `src` of its crate.
fn module_of(file: &Path) -> Module {
    let mut parts: Module = file.with_extension("").iter().skip(2).map(|part| part.to_string_lossy().into_owned()).collect();
    if parts.last().is_some_and(|last| ["mod", "lib", "main"].contains(&last.as_str())) {
        parts.pop();
    }
    parts
}

/// The files of a crate's `src` by the module they are.
pub(super) fn modules(of: &str) -> BTreeMap<Module, PathBuf> {
    below(&rust_files(of), &format!("{of}/src")).into_iter().map(|file| (module_of(&file), file)).collect()
}

/// The modules that some code in this module names: through `crate`, `super`, `self` or a module below it.
pub(super) fn named(code: &str, module: &Module, all: &BTreeMap<Module, PathBuf>) -> BTreeSet<Module> {
    let mut paths = Vec::new();
    for (at, _) in code.match_indices("::") {
        let start = code[..at].rfind(|c: char| !(c.is_alphanumeric() || c == '_')).map_or(0, |before| before + 1);
        let first = &code[start..at];
        let child = [module.clone(), vec![first.to_owned()]].concat();
        if !code[..start].ends_with("::") && (["crate", "super", "self"].contains(&first) || all.contains_key(&child)) {
            expand("", &code[start..], &mut paths);
        }
    }
    let resolve = |path: &String| {
        let mut here = module.clone();
        for part in path.split("::").filter(|part| !part.is_empty()) {
            match part {
                "crate" => here.clear(),
                "self" => {}
                "super" => {
                    here.pop();
                }
                part => here.push(part.to_owned()),
            }
        }
        while !all.contains_key(&here) {
            here.pop();
        }
        here
    };
    paths.iter().map(resolve).collect()
}

/// The code of a file without comments; without its tests, when they are not asked for.
pub(super) fn joined(file: &Path, tests: bool) -> String {
    let code: String = code(file).into_iter().map(|(_, line)| line + "\n").collect();
    match code.split_once("#[cfg(test)]\nmod tests {") {
        Some((before, _)) if !tests => before.to_owned(),
        _ => code,
    }
}

/// Pairs of files in different folders that lead back to each other.
fn circles(of: &str) -> Vec<String> {
    let all = modules(of);
    let arrows: BTreeMap<&Module, BTreeSet<Module>> =
        all.iter().map(|(module, file)| (module, named(&joined(file, false), module, &all))).collect();
    let reached = |from: &Module| {
        let mut reached = BTreeSet::new();
        let mut open = vec![from.clone()];
        while let Some(module) = open.pop() {
            for next in &arrows[&module] {
                if reached.insert(next.clone()) {
                    open.push(next.clone());
                }
            }
        }
        reached
    };
    let reached: BTreeMap<&Module, BTreeSet<Module>> = all.keys().map(|module| (module, reached(module))).collect();
    let mut circles = Vec::new();
    for (one, file) in &all {
        for other in &reached[one] {
            let back = one < other && reached[other].contains(one);
            if back && file.parent() != all[other].parent() {
                circles.push(format!("{} ↔ {}", file.display(), all[other].display()));
            }
        }
    }
    circles
}

#[test]
fn rooms_of_the_solver_know_only_what_lies_below_them() {
    let all = modules("solver");
    let mut seen = 0;
    for (module, file) in &all {
        let path = module.join("::");
        let Some((room, known)) = ROOMS.iter().find(|(room, _)| path.starts_with(room)) else {
            // The front doors: lib.rs and the wing's own mod.rs.
            assert!(module.len() <= 1, "{} is in no room", file.display());
            continue;
        };
        seen += 1;
        for name in named(&joined(file, true), module, &all) {
            let name = name.join("::");
            assert!(known.iter().any(|known| name.starts_with(known)), "{} is in {room} and names {name}", file.display());
        }
    }
    assert!(seen > 100, "{seen} files");
}

#[test]
fn what_every_problem_shares_names_no_problem() {
    let solver = rust_files("solver");
    let words = [
        "matching",
        "scheduling",
        "wave",
        "Wave",
        "roster",
        "Roster",
        "candidate",
        "coach",
        "school",
        "placement",
        "CandidateId",
        "CoachId",
        "SchoolId",
        "SeatId",
    ];
    for wing in ["solver/src/common", "solver/src/engine"] {
        assert_eq!(mentions(&below(&solver, wing), &words), Vec::<String>::new());
    }
}

#[test]
fn no_files_run_in_a_circle_across_folders() {
    for of in ["solver", "instances", "service"] {
        assert_eq!(circles(of), Vec::<String>::new());
    }
}

/// Files that are there for tests only.
pub(super) fn test_files(of: &str) -> BTreeSet<PathBuf> {
    let all = modules(of);
    let mut found = BTreeSet::new();
    for (module, file) in &all {
        let code = text(file);
        for (at, before) in code.match_indices("#[cfg(test)]\nmod ") {
            let name = code[at + before.len()..].split([';', ' ']).next().unwrap_or_default();
            let below = [module.clone(), vec![name.to_owned()]].concat();
            found.extend(all.iter().filter(|(module, _)| module.starts_with(&below)).map(|(_, file)| file.clone()));
        }
    }
    found
}

/// The texts in quotes on a line.
fn quoted(line: &str) -> Vec<&str> {
    line.split('"').skip(1).step_by(2).collect()
}

#[test]
fn rule_codes_as_text_stand_in_one_place() {
    let mut wrong = Vec::new();
    for of in ["solver", "instances", "service"] {
        let tests = test_files(of);
        for file in modules(of).into_values().filter(|file| !tests.contains(file) && !CODES.contains(&&*file.to_string_lossy())) {
            for (at, line) in joined(&file, false).lines().enumerate() {
                let codes: Vec<&str> = quoted(line).into_iter().filter(|word| RuleCode::parse(word).is_some()).collect();
                // Half of the codes are also names of fields in files: outside the solver only the other half can be told apart.
                let sure = |code: &&str| of == "solver" || code.contains('-');
                let figure = |code: &&str| (file.as_path(), *code) == (Path::new(FIGURE.0), FIGURE.1);
                wrong.extend(
                    codes.iter().filter(|code| sure(code) && !figure(code)).map(|code| format!("{}:{} {code}", file.display(), at + 1)),
                );
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
    assert!(RuleCode::ALL.iter().all(|rule| text(Path::new(CODES[0])).contains(&format!("\"{rule}\""))));
}

#[test]
fn a_module_with_files_of_its_own_is_a_folder() {
    for of in super::CRATES {
        let files = rust_files(of);
        let beside = |file: &&PathBuf| files.iter().any(|other| other.starts_with(file.with_extension("")));
        let found: Vec<&PathBuf> = files.iter().filter(beside).collect();
        assert!(found.is_empty(), "{found:?} stand beside a folder of their name");
    }
}

#[test]
fn the_reading_of_names_finds_what_it_must() {
    let path = |text: &str| -> Module { text.split("::").map(str::to_owned).collect() };
    let all: BTreeMap<Module, PathBuf> =
        ["a", "a::b", "a::c", "d"].into_iter().map(|it| (path(it), PathBuf::from(it))).chain([(Module::new(), PathBuf::new())]).collect();
    let of = |code: &str, module: &str| -> Vec<String> { named(code, &path(module), &all).iter().map(|it| it.join("::")).collect() };
    assert_eq!(of("use crate::a::{b::One, c};", "d"), ["a::b", "a::c"]);
    assert_eq!(of("use super::c::two; let x = super::super::d::three();", "a::b"), ["a::c", "d"]);
    assert_eq!(of("let x = b::four(); let y = other::five(); std::fmt::six()", "a"), ["a::b"]);
    assert_eq!(quoted("(\"een\", 2, \"drie\")"), ["een", "drie"]);
    assert_eq!(module_of(Path::new("solver/src/engine/program/mod.rs")), path("engine::program"));
    assert!(test_files("instances").contains(Path::new("instances/src/generate/accepted.rs")));
}
