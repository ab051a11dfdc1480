//! Programs that `loket export model` writes, solved by solvers of others (CBC, SCIP, GLPK, and HiGHS as a reader): they find our V_i.
//!
//! The solvers come from PyPI through `.ci/solvers`, once; without python3 these tests fail, for that nothing was tried is no result.

mod command;

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::Mutex;

use loket_instances::generate::{self, Options, Preset};
use loket_instances::programs::names::parts;
use loket_solver::matching::facts::codes::{RuleCode, TermCode};
use loket_solver::matching::facts::wave::Wave;
use loket_solver::matching::judge::rules::{Kind, RULES};
use serde_json::{Value, json};

use crate::differential::shapes;
use crate::http::process::program;
use crate::support::{keep_wave, load, nth_seed, root, seed};

/// Both ways to write a program.
const FORMATS: [&str; 2] = ["mps", "lp"];

/// Solvers by others. HiGHS is under our own engine too: what it finds says that it reads the same program, no more.
const SOLVERS: [&str; 4] = ["cbc", "scip", "glpk", "highs"];

/// GLPK is asked about programs with no more columns than this: without cuts it may search for minutes where the others need none.
const GLPK_COLUMNS: u64 = 200;

/// The seed of waves that are the same in every run: among them is every rule, term and kind of entry.
const FIXED: u64 = 2026;

/// A folder of this test, empty.
fn folder(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("programs").join(name);
    // It may be there from an earlier run.
    let _ = std::fs::remove_dir_all(&path);
    std::fs::create_dir_all(&path).expect("the target folder can be written");
    path
}

/// The folder with the solvers, installed where they are not there yet.
fn solvers() -> PathBuf {
    static ONE: Mutex<()> = Mutex::new(());
    let _one = ONE.lock().expect("one at a time");
    let done = Command::new(root().join(".ci/solvers")).stdin(Stdio::null()).output().expect(".ci/solvers can be run");
    assert!(done.status.success(), "the solvers need python3 and PyPI: {}", String::from_utf8_lossy(&done.stderr));
    PathBuf::from(String::from_utf8(done.stdout).expect("a folder").trim())
}

/// What solvers say of files, in the order of what is asked.
fn answers(jobs: &[(&str, PathBuf)]) -> Vec<Value> {
    let folder = solvers();
    let asked: Vec<Value> = jobs.iter().map(|(solver, file)| json!([solver, file])).collect();
    let mut child = Command::new(folder.join("bin/python"))
        .arg(folder.join("solve.py"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("python starts");
    let mut input = child.stdin.take().expect("its input");
    input.write_all(json!(asked).to_string().as_bytes()).expect("it reads");
    drop(input);
    let done = child.wait_with_output().expect("it ends");
    assert!(done.status.success(), "solve.py ended with {}", done.status);
    let text = String::from_utf8(done.stdout).expect("text");
    let answers: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect();
    assert_eq!(answers.len(), jobs.len(), "an answer to everything that is asked");
    answers
}

fn export(wave: &Path, into: &Path, more: &[&str]) -> Output {
    let mut command = Command::new(program());
    command.args(["export", "model"]).arg(wave).arg("-o").arg(into).args(more).stdin(Stdio::null());
    command.output().expect("the program runs")
}

fn index(folder: &Path) -> Value {
    let bytes = std::fs::read(folder.join("index.json")).expect("an index");
    serde_json::from_slice(&bytes).expect("the index is JSON")
}

/// What an answer says otherwise than the index.
fn difference(said: &Value, answer: &Value) -> Option<String> {
    let possible = said["mogelijk"].as_bool().expect("whether there is a plan");
    let status = answer["status"].as_str().expect("a status");
    let found = match (possible, status) {
        (false, "infeasible") => None,
        (true, "optimal") => {
            let value = answer["objective"].as_f64().expect("a value");
            let wanted = said["optimum"].as_i64().expect("our value");
            // Points are whole numbers, and none is so large that a float cannot hold it.
            (value.round() != wanted as f64).then(|| format!("{value}, we say {wanted}"))
        }
        _ => Some(format!("{status}, we say mogelijk: {possible}")),
    };
    let size = ["columns", "rows"].into_iter().zip(["kolommen", "rijen"]);
    let read = size.filter(|(theirs, ours)| answer.get(*theirs).is_some_and(|read| *read != said[*ours]));
    let sizes: Vec<String> =
        read.map(|(theirs, ours)| format!("{} {theirs} read, {} {ours} written", answer[theirs], said[ours])).collect();
    found.or_else(|| (!sizes.is_empty()).then(|| sizes.join(", ")))
}

/// What the waves of a run have, by the names of rows and by what stands in the wave.
#[derive(Default)]
struct Seen {
    rows: BTreeSet<String>,
    terms: BTreeSet<TermCode>,
    more: BTreeSet<&'static str>,
}

impl Seen {
    fn wave(&mut self, wave: &Wave) {
        self.terms.extend(wave.policy.goals.iter().flat_map(|goal| &goal.weights).filter(|(_, weight)| *weight > 0).map(|(term, _)| *term));
        let people = || wave.candidates.iter();
        let has = [
            ("a lock", people().any(|it| it.lock.is_some())),
            ("ondanks", people().any(|it| it.lock.as_ref().is_some_and(|lock| !lock.despite.is_empty()))),
            ("a ban", people().any(|it| !it.bans.is_empty())),
            ("a previous plan", people().any(|it| it.previous.is_some())),
            ("a limit on changes", wave.policy.max_changes.is_some()),
            ("a tolerance", wave.policy.goals.iter().any(|goal| goal.tolerance_percent > 0)),
        ];
        self.more.extend(has.into_iter().filter(|(_, has)| *has).map(|(what, _)| what));
    }

    /// Names of rows and columns lead back to rules, and to ids of the wave alone.
    fn names(&mut self, text: &str, wave: &Wave) {
        let rows = text.lines().skip_while(|line| *line != "ROWS").skip(1).take_while(|line| *line != "COLUMNS");
        for row in rows.filter_map(|line| line.get(3..)) {
            let parts = parts(row).expect("a name");
            let kind = if parts[0] == "regel" { format!("regel {}", parts[1]) } else { parts[0].clone() };
            self.rows.insert(kind);
        }
        let columns = text.lines().skip_while(|line| *line != "COLUMNS").skip(1).take_while(|line| *line != "RHS");
        for column in columns.filter_map(|line| line.split(' ').nth(1)).filter(|name| name.starts_with("plaats.")) {
            let parts = parts(column).expect("a name");
            let [_, candidate, school, seat, coach] = &parts[..] else { panic!("{column}") };
            assert!(wave.candidates.iter().any(|it| it.id == *candidate) && wave.coaches.iter().any(|it| it.id == *coach), "{column}");
            assert!(wave.seats.iter().any(|it| it.id == *seat && wave.schools[it.school].id == *school), "{column}");
        }
    }
}

/// The kept waves, three of every shape, of which two are always the same, and a city in miniature; by name.
fn waves() -> Vec<(String, Value)> {
    let mut kept: Vec<PathBuf> =
        std::fs::read_dir(root().join("tests/waves")).expect("kept waves").map(|it| it.expect("a file").path()).collect();
    kept.sort();
    let mut waves: Vec<(String, Value)> = kept
        .iter()
        .map(|path| {
            let bytes = std::fs::read(path).expect("a wave");
            (path.file_stem().expect("a name").to_string_lossy().into_owned(), serde_json::from_slice(&bytes).expect("JSON"))
        })
        .collect();
    let count = shapes::SHAPES.len() as u64;
    for (kind, n, base) in (0..2 * count).map(|n| ("vast", n, FIXED)).chain((0..count).map(|n| ("anders", n, seed()))) {
        let (shape, wave) = shapes::wave(n, nth_seed(base, n));
        waves.push((format!("{kind}-{n}-{shape}"), wave));
    }
    let city = Options { candidates: Some(24), seed: seed(), ..Options::new(Preset::Amsterdam) };
    waves.push(("stad-24".into(), generate::generate(&city)));
    waves
}

#[test]
fn solvers_of_others_find_our_values_in_what_is_exported() {
    let home = folder("waarden");
    let mut seen = Seen::default();
    let (mut jobs, mut said) = (Vec::new(), Vec::new());
    let waves = waves();
    for (name, json) in &waves {
        let wave = load(json).wave;
        seen.wave(&wave);
        let file = home.join(format!("{name}.json"));
        std::fs::write(&file, json.to_string()).expect("the folder can be written");
        for format in FORMATS {
            let into = home.join(format!("{name}-{format}"));
            let done = export(&file, &into, &["--formaat", format]);
            let told = String::from_utf8_lossy(&done.stdout).into_owned() + &String::from_utf8_lossy(&done.stderr);
            assert!([Some(0), Some(3)].contains(&done.status.code()), "{name}: {told}");
            let index = index(&into);
            let files = index["bestanden"].as_array().expect("files");
            let impossible = index["status"] == "onmogelijk";
            if impossible {
                seen.more.insert("locks that cannot stand");
            }
            let steps = if impossible { 1 } else { wave.policy.goals.len() + usize::from(wave.policy.max_changes.is_some()) };
            assert_eq!(files.len(), steps, "{name}: {told}");
            assert!(index["status"] == "optimaal" || impossible, "{name} is small enough to be proven");
            for row in files {
                let path = into.join(row["bestand"].as_str().expect("a name"));
                if format == "mps" {
                    seen.names(&std::fs::read_to_string(&path).expect("a program"), &wave);
                }
                let columns = row["kolommen"].as_u64().expect("a number");
                for solver in SOLVERS.into_iter().filter(|solver| *solver != "glpk" || columns <= GLPK_COLUMNS) {
                    jobs.push((solver, path.clone()));
                    said.push(row.clone());
                }
            }
        }
    }
    let mut by_solver: BTreeMap<&str, usize> = BTreeMap::new();
    let mut differences = Vec::new();
    for (((solver, file), said), answer) in jobs.iter().zip(&said).zip(answers(&jobs)) {
        *by_solver.entry(solver).or_default() += 1;
        if let Some(what) = difference(said, &answer) {
            differences.push(format!("{solver} on {}: {what}", file.display()));
        }
    }
    println!("LOKET_SEED={} {} waves, programs by solver: {by_solver:?}", seed(), waves.len());
    for (name, json) in waves.iter().filter(|(name, _)| differences.iter().any(|it| it.contains(name.as_str()))) {
        println!("kept: {}", keep_wave(&format!("programma-{name}.json"), json).display());
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));

    let shared = RULES.iter().filter(|rule| !matches!(rule.kind, Kind::Pair { .. })).map(|rule| rule.code);
    let words = ["kandidaat", "treden", "doel"].map(str::to_owned);
    let rows: BTreeSet<String> = shared.map(|code: RuleCode| format!("regel {}", code.code().replace('-', "_"))).chain(words).collect();
    assert_eq!(rows.difference(&seen.rows).collect::<Vec<_>>(), Vec::<&String>::new(), "every shared rule is a row of some wave");
    let terms: Vec<_> = TermCode::ALL.iter().filter(|term| !seen.terms.contains(term)).collect();
    assert!(terms.is_empty(), "no goal of these waves has {terms:?}");
    let more = ["a lock", "ondanks", "a ban", "a previous plan", "a limit on changes", "a tolerance", "locks that cannot stand"];
    assert_eq!(more.iter().filter(|it| !seen.more.contains(*it)).collect::<Vec<_>>(), Vec::<&&str>::new(), "some wave has it");
}

/// The net itself: a program with one thing wrong is seen by every solver.
#[test]
fn a_program_that_is_not_ours_is_noticed_by_every_solver() {
    let home = folder("bedorven");
    let person = |id: &str, name: &str| json!({ "id": id, "naam": name, "lat": 52.38, "lon": 4.88, "bouwen": ["middenbouw"] });
    let wave = json!({
        "formaat": "loket-lichting/1", "id": "bedorven", "fase": "opleiding",
        "besturen": [{ "id": "B1", "noodplan": true }],
        "scholen": [{ "id": "S1", "bestuur": "B1", "lat": 52.38, "lon": 4.86, "plekken": [{ "id": "P1", "bouw": "middenbouw", "aantal": 1 }] }],
        "coaches": [{ "id": "K1", "naam": "Corine Coach", "lat": 52.36, "lon": 4.95, "maximum": 5, "uren": 500 }],
        "kandidaten": [person("Z1", "Fatima Voorbeeld"), person("Z2", "Berend Bedacht")],
    });
    let file = home.join("lichting.json");
    std::fs::write(&file, wave.to_string()).expect("the folder can be written");
    let into = home.join("mps");
    let done = export(&file, &into, &[]);
    assert_eq!(done.status.code(), Some(0), "{}", String::from_utf8_lossy(&done.stderr));
    let row = index(&into)["bestanden"][0].clone();
    let path = into.join(row["bestand"].as_str().expect("a name"));
    let text = std::fs::read_to_string(&path).expect("a program");
    let one = " rechts regel.plekken.S1.P1 1\n";
    assert!(text.contains(one), "{text}");
    for name in ["Fatima", "Berend", "Corine"] {
        assert!(!text.contains(name), "{name} is in the program");
    }
    std::fs::write(&path, text.replace(one, " rechts regel.plekken.S1.P1 2\n")).expect("the folder can be written");
    let jobs: Vec<_> = SOLVERS.iter().map(|solver| (*solver, path.clone())).collect();
    for answer in answers(&jobs) {
        assert_eq!(difference(&row, &answer).as_deref(), Some("-2, we say -1"), "{answer}");
    }
}
