//! The true child, `loket reken`: the same outcomes and answers as the commands, a stop that gives a checked plan, and no orphan.

mod common;
#[path = "common/supervised.rs"]
mod supervised;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use common::{folder, loket as command, read, wave, write};
use loket_service::records::progress::Progress;
use loket_service::work::kinds::{Check, ELSEWHERE, FITS, REPORT, ROSTER, SCARCITY, SOLVE, STRESS, TRADE_OFF, WHAT_IF, WHY};
use loket_service::work::{Bounds, Ended, Heard, Job, Kind, Stop};
use loket_solver::matching::facts::words::Word;
use serde_json::{Value, json};
use supervised::{Told, When, buried, gone, job, loket, process, supervise};

/// A folder with a wave and its outcome.
fn solved(name: &str, wave: &Value) -> PathBuf {
    let here = folder(&format!("compute-{name}"));
    write(&here, "w.json", wave);
    assert_eq!(command(&here, &["solve", "w.json", "-o", "o.json"]).status, 0);
    here
}

fn bytes(here: &Path, file: &str) -> Vec<u8> {
    std::fs::read(here.join(file)).expect("the file is there")
}

/// Asks the child about the wave and outcome of a folder.
async fn ask(here: &Path, kind: &'static Kind, question: Value) -> Told {
    let job = job(kind, question, vec![("lichting", bytes(here, "w.json")), ("uitkomst", bytes(here, "o.json"))]);
    supervise(&loket(), job, &Bounds::default(), When::Never).await
}

/// An outcome without what differs from run to run: times and memory.
fn timeless(mut outcome: Value) -> Value {
    outcome["techniek"] = json!(null);
    for goal in outcome["doelen"].as_array_mut().into_iter().flatten() {
        goal["seconden"] = json!(null);
    }
    outcome
}

/// A made-up city that takes seconds, not minutes.
fn city(name: &str, candidates: &str) -> PathBuf {
    let here = folder(&format!("compute-{name}"));
    let words = ["generate", "--preset", "amsterdam", "--candidates", candidates, "--seed", "7", "-o", "w.json"];
    assert_eq!(command(&here, &words).status, 0);
    here
}

#[tokio::test]
async fn the_child_solves_every_wave_made_by_hand_as_the_command_does() {
    let waves = Path::new(env!("CARGO_MANIFEST_DIR")).join("../instances/waves");
    let here = folder("compute-hand");
    let mut seen = Vec::new();
    for entry in std::fs::read_dir(waves).expect("the waves are there") {
        let path = entry.expect("readable").path();
        if path.extension().is_none_or(|kind| kind != "json") {
            continue;
        }
        let wave = std::fs::read(&path).expect("readable");
        std::fs::write(here.join("w.json"), &wave).expect("the folder can be written");
        command(&here, &["solve", "w.json", "-o", "o.json", "--certificate"]);
        let job = job(&SOLVE, json!({ "certificaat": true }), vec![("lichting", wave)]);
        let told = supervise(&loket(), job, &Bounds::default(), When::Never).await;
        assert_eq!(timeless(told.outcome()), timeless(read(&here, "o.json")), "{}", path.display());
        seen.push(told.outcome()["status"].as_str().expect("a status").to_owned());
    }
    seen.sort();
    assert_eq!((seen.len(), seen.first().map(String::as_str), seen.last().map(String::as_str)), (8, Some("onmogelijk"), Some("optimaal")));
}

#[tokio::test]
async fn the_child_makes_every_roster_made_by_hand_as_the_command_does() {
    let rosters = Path::new(env!("CARGO_MANIFEST_DIR")).join("../instances/rosters");
    let here = folder("compute-rosters");
    let mut seen = Vec::new();
    for entry in std::fs::read_dir(rosters).expect("the rosters are there") {
        let path = entry.expect("readable").path();
        if path.extension().is_none_or(|kind| kind != "json") {
            continue;
        }
        let roster = std::fs::read(&path).expect("readable");
        std::fs::write(here.join("r.json"), &roster).expect("the folder can be written");
        command(&here, &["rooster", "solve", "r.json", "-o", "o.json"]);
        let told = supervise(&loket(), job(&ROSTER, json!({}), vec![("rooster", roster)]), &Bounds::default(), When::Never).await;
        assert_eq!(timeless(told.outcome()), timeless(read(&here, "o.json")), "{}", path.display());
        seen.push(told.outcome()["status"].as_str().expect("a status").to_owned());
    }
    seen.sort();
    assert_eq!((seen.len(), seen.first().map(String::as_str), seen.last().map(String::as_str)), (7, Some("onmogelijk"), Some("optimaal")));
    // A question about one of them, as the command answers it.
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("../instances/rosters/gesprekken-kleinste.json");
    std::fs::copy(example, here.join("r.json")).expect("the folder can be written");
    command(&here, &["rooster", "solve", "r.json", "-o", "o.json"]);
    let unit = read(&here, "r.json")["deelnemers"][0]["id"].clone();
    let parts = || vec![("rooster", bytes(&here, "r.json")), ("uitkomst", bytes(&here, "o.json"))];
    let told = supervise(&loket(), job(&ELSEWHERE, json!({ "deelnemer": unit }), parts()), &Bounds::default(), When::Never).await;
    let said = command(&here, &["rooster", "explain", "r.json", "o.json", "--unit", unit.as_str().expect("an id"), "--json"]);
    assert_eq!(*told.answer(), serde_json::from_str::<Value>(&said.out).expect("JSON"));
    let told = supervise(&loket(), job(&ELSEWHERE, json!({ "deelnemer": "Z99" }), parts()), &Bounds::default(), When::Never).await;
    assert!(matches!(told.ended, Ended::Refused(_)), "{:?}", told.ended);
    let wrong = br#"{"formaat":"loket-rooster/1","id":"r","soort":"gesprekken"}"#.to_vec();
    let told = supervise(&loket(), job(&ROSTER, json!({}), vec![("rooster", wrong)]), &Bounds::default(), When::Never).await;
    assert!(matches!(told.ended, Ended::Refused(_)), "{:?}", told.ended);
    let question = job(&ROSTER, json!({ "haast": true }), vec![("rooster", bytes(&here, "r.json"))]);
    let told = supervise(&loket(), question, &Bounds::default(), When::Never).await;
    assert!(matches!(told.ended, Ended::Refused(_)), "{:?}", told.ended);
}

#[tokio::test]
async fn every_question_gets_the_answer_of_its_command() {
    // The child is told no names of people, so the command is given none.
    let mut wave = wave();
    for kind in ["kandidaten", "coaches"] {
        for row in wave[kind].as_array_mut().expect("rows") {
            row.as_object_mut().expect("a row").remove("naam");
        }
    }
    let here = solved("questions", &wave);
    let cases: [(&'static Kind, Value, &[&str]); 15] = [
        (&WHY, json!({ "kijker": "intermediair", "kandidaat": "Z1" }), &["explain", "--candidate", "Z1"]),
        (
            &WHY,
            json!({ "kijker": "intermediair", "kandidaat": "Z3", "alternatieven": 1 }),
            &["explain", "--candidate", "Z3", "--alternatives", "1"],
        ),
        (
            &WHY,
            json!({ "kijker": "intermediair", "kandidaat": "Z3", "alternatieven": 0 }),
            &["explain", "--candidate", "Z3", "--alternatives", "0"],
        ),
        (&WHY, json!({ "kijker": "intermediair", "kandidaat": "Z4" }), &["explain", "--candidate", "Z4"]),
        (&WHY, json!({ "kijker": "kandidaat:Z1", "kandidaat": "Z1" }), &["explain", "--candidate", "Z1", "--view", "kandidaat"]),
        (&WHY, json!({ "kijker": "bestuur:B1", "kandidaat": "Z2" }), &["explain", "--candidate", "Z2", "--view", "bestuur:B1"]),
        (
            &FITS,
            json!({ "kijker": "intermediair", "school": "S1", "plek": "onderbouw", "aantal": 3 }),
            &["explain", "--seat", "S1:onderbouw", "--alternatives", "3"],
        ),
        (&FITS, json!({ "kijker": "intermediair", "coach": "K1" }), &["explain", "--coach", "K1"]),
        (&SCARCITY, json!({ "kijker": "intermediair", "aantal": 20 }), &["explain", "--scarcity"]),
        (&SCARCITY, json!({ "kijker": "bestuur:B1" }), &["explain", "--scarcity", "--view", "bestuur:B1"]),
        (
            &WHAT_IF,
            json!({ "kijker": "intermediair", "afdwingen": [{ "kandidaat": "Z3", "school": "S2", "plek": "middenbouw", "coach": "K2" }], "verbieden": [{ "kandidaat": "Z1", "coach": "K1" }] }),
            &["explain", "--force", "Z3=S2:middenbouw:K2", "--forbid", "Z1=::K1"],
        ),
        (&STRESS, json!({ "kijker": "intermediair", "scholen": true }), &["stress", "--schools"]),
        (&REPORT, json!({ "kijker": "intermediair" }), &["report"]),
        (&REPORT, json!({ "kijker": "bestuur:B1" }), &["report", "--view", "bestuur:B1"]),
        (&REPORT, json!({ "kijker": "kandidaat:Z4" }), &["report", "--view", "kandidaat:Z4"]),
    ];
    for (kind, question, words) in cases {
        let told = ask(&here, kind, question.clone()).await;
        let mut all = vec![words[0], "w.json", "o.json", "--json"];
        all.extend(&words[1..]);
        let ran = command(&here, &all);
        assert_eq!(ran.status, 0, "{words:?}: {}", ran.err);
        let expected: Value = serde_json::from_str(&ran.out).expect("the command prints JSON");
        assert_eq!(*told.answer(), expected, "{question}");
    }
}

#[tokio::test]
async fn what_more_moves_bring_is_what_the_command_says_of_the_same_drop_out() {
    let here = solved("traded", &wave());
    let words = ["rerun", "w.json", "o.json", "--without-coach", "K1", "--json"];
    let kept = command(&here, &[&words[..], &["--wave-out", "n.json", "-o", "no.json"]].concat());
    assert_eq!(kept.status, 0, "{}", kept.err);
    let ran = command(&here, &[&words[..], &["--trade-off", "3"]].concat());
    let expected: Value = serde_json::from_str(&ran.out).expect("the command prints JSON");
    let parts = vec![("lichting", bytes(&here, "n.json")), ("uitkomst", bytes(&here, "no.json"))];
    let told = supervise(&loket(), job(&TRADE_OFF, json!({ "kijker": "intermediair" }), parts), &Bounds::default(), When::Never).await;
    assert_eq!(told.answer()["afruil"], expected["afruil"]);
    assert!(expected["afruil"]["regels"].as_array().is_some_and(|rows| !rows.is_empty()), "{expected}");
}

#[tokio::test]
async fn alternatives_are_told_one_by_one_before_the_whole_answer() {
    let here = solved("parts", &wave());
    let told = ask(&here, &WHY, json!({ "kijker": "intermediair", "kandidaat": "Z3" })).await;
    let parts: Vec<(&str, &Value)> =
        told.heard.iter().filter_map(|it| if let Heard::Part { name, value } = it { Some((name.as_str(), value)) } else { None }).collect();
    let one_by_one: Vec<&Value> = parts.iter().filter(|(name, _)| *name == "alternatief").map(|(_, value)| *value).collect();
    let all = told.answer()["alternatieven"]["alternatieven"].as_array().expect("a list");
    assert!(!all.is_empty());
    assert_eq!(one_by_one, all.iter().collect::<Vec<_>>());
    assert_eq!(parts.first().map(|(name, value)| (*name, *value)), Some(("waarom", &told.answer()["waarom"])));
}

#[tokio::test]
async fn an_overruled_rule_lets_somebody_go_where_a_rule_forbids_it() {
    let here = solved("despite", &wave());
    let force = |despite: Value| json!({ "kijker": "intermediair", "afdwingen": [{ "kandidaat": "Z4", "school": "S2", "plek": "middenbouw", "ondanks": despite }] });
    let told = ask(&here, &WHAT_IF, force(json!([]))).await;
    assert_eq!(told.answer()["wat_als"]["onmogelijk"], true);
    let told = ask(&here, &WHAT_IF, force(json!(["reistijd"]))).await;
    let moved = told.answer()["wat_als"]["wie"].as_array().expect("who moves");
    assert!(moved.iter().any(|it| it["kandidaat"] == "Z4" && it["naar"]["plek"] == "middenbouw"), "{moved:?}");
}

#[tokio::test]
async fn what_is_unknown_or_not_for_this_viewer_is_refused_with_place_and_remedy() {
    let here = solved("refused", &wave());
    let cases = [
        (&WHY, json!({ "kijker": "intermediair" }), "ontbreekt", "/vraag/kandidaat"),
        (&WHY, json!({ "kandidaat": "Z1" }), "ontbreekt", "/vraag/kijker"),
        (&WHY, json!({ "kijker": "intermediair", "kandidaat": "Z9" }), "onbekende-verwijzing", "/vraag/kandidaat"),
        (&WHY, json!({ "kijker": "buurman", "kandidaat": "Z1" }), "woord", "/vraag/kijker"),
        (&WHY, json!({ "kijker": "bestuur:B9", "kandidaat": "Z1" }), "onbekende-verwijzing", "/vraag/kijker"),
        (&WHY, json!({ "kijker": "bestuur:B1", "kandidaat": "Z4" }), "niet-te-zien", "/vraag"),
        (&WHY, json!({ "kijker": "kandidaat:Z1", "kandidaat": "Z3" }), "niet-te-zien", "/vraag"),
        (&WHY, json!({ "kijker": "intermediair", "kandidaat": "Z1", "haast": true }), "onbekende-sleutel", "/vraag/haast"),
        (&WHY, json!({ "kijker": "intermediair", "kandidaat": "Z1", "alternatieven": -1 }), "grens", "/vraag/alternatieven"),
        (&WHY, json!({ "kijker": "intermediair", "kandidaat": 7 }), "type", "/vraag/kandidaat"),
        (&WHY, json!([]), "type", "/vraag"),
        (&FITS, json!({ "kijker": "intermediair" }), "leeg", "/vraag"),
        (&FITS, json!({ "kijker": "intermediair", "plek": "onderbouw" }), "samen", "/vraag/plek"),
        (&FITS, json!({ "kijker": "intermediair", "school": "S1", "plek": "zolder" }), "onbekende-verwijzing", "/vraag/plek"),
        (&FITS, json!({ "kijker": "bestuur:B1", "coach": "K1" }), "niet-te-zien", "/vraag"),
        (&SCARCITY, json!({ "kijker": "kandidaat:Z1" }), "niet-te-zien", "/vraag"),
        (&SCARCITY, json!({ "kijker": "bestuur:B1", "rest": true }), "niet-te-zien", "/vraag"),
        (&WHAT_IF, json!({ "kijker": "intermediair" }), "leeg", "/vraag"),
        (&WHAT_IF, json!({ "kijker": "bestuur:B1", "verbieden": [{ "kandidaat": "Z1" }] }), "niet-te-zien", "/vraag"),
        (
            &WHAT_IF,
            json!({ "kijker": "intermediair", "afdwingen": [{ "kandidaat": "Z1" }, { "kandidaat": "Z3", "ondanks": ["plekken"] }] }),
            "niet-te-overrulen",
            "/vraag/afdwingen/1/ondanks/0",
        ),
        (&STRESS, json!({ "kijker": "bestuur:B1" }), "niet-te-zien", "/vraag"),
        (&TRADE_OFF, json!({ "kijker": "intermediair" }), "geen-vorig-plan", "/vraag"),
        (&TRADE_OFF, json!({ "kijker": "bestuur:B1" }), "niet-te-zien", "/vraag"),
        (&TRADE_OFF, json!({ "kijker": "intermediair", "aantal": -1 }), "grens", "/vraag/aantal"),
        (&REPORT, json!({ "kijker": "intermediair", "voor": "B1" }), "onbekende-sleutel", "/vraag/voor"),
        (&SOLVE, json!({ "certificaat": "ja" }), "type", "/vraag/certificaat"),
    ];
    for (kind, question, code, place) in cases {
        let told = match kind.check {
            Check::Outcome => {
                supervise(
                    &loket(),
                    job(kind, question.clone(), vec![("lichting", bytes(&here, "w.json"))]),
                    &Bounds::default(),
                    When::Never,
                )
                .await
            }
            Check::Answer => ask(&here, kind, question.clone()).await,
            Check::Roster | Check::Plan => panic!("a roster or a plan is asked nothing"),
        };
        let Ended::Refused(refused) = &told.ended else { panic!("{question}: {:?}", told.ended) };
        let problems = refused["problemen"].as_array().expect("a list");
        let found = problems.iter().find(|it| it["code"] == code && it["plaats"] == place);
        let found = found.unwrap_or_else(|| panic!("{question}: {refused}"));
        assert!(["wat", "oplossing"].iter().all(|key| found[key].as_str().is_some_and(|text| text.len() > 5)), "{found}");
    }
}

#[tokio::test]
async fn a_wave_or_outcome_that_is_wrong_is_refused_with_its_problems() {
    let here = solved("wrong", &wave());
    let mut wrong = wave();
    wrong["kandidaten"][0]["bouwen"] = json!(["zolder"]);
    let told =
        supervise(&loket(), job(&SOLVE, json!({}), vec![("lichting", wrong.to_string().into())]), &Bounds::default(), When::Never).await;
    let Ended::Refused(refused) = &told.ended else { panic!("{:?}", told.ended) };
    assert_eq!(refused["problemen"][0]["plaats"], "/kandidaten/0/bouwen/0");
    let other = common::impossible_wave().to_string();
    let parts = vec![("lichting", other.into()), ("uitkomst", bytes(&here, "o.json"))];
    let told = supervise(&loket(), job(&REPORT, json!({ "kijker": "intermediair" }), parts), &Bounds::default(), When::Never).await;
    let Ended::Refused(refused) = &told.ended else { panic!("{:?}", told.ended) };
    assert_eq!((&refused["problemen"][0]["code"], &refused["problemen"][0]["plaats"]), (&json!("uitkomst"), &json!("/delen/uitkomst")));
}

#[tokio::test]
async fn a_solve_starts_from_an_earlier_outcome_also_of_the_wave_before_a_change() {
    let here = solved("start", &wave());
    let mut changed = wave();
    changed["coaches"].as_array_mut().expect("coaches").remove(0);
    changed["vorig_plan"] = json!([{ "kandidaat": "Z2", "school": "S2", "plek": "middenbouw", "coach": "K2", "status": "akkoord" }]);
    write(&here, "n.json", &changed);
    assert_eq!(command(&here, &["solve", "n.json", "-o", "no.json"]).status, 0);
    let with = |start: Vec<u8>| job(&SOLVE, json!({}), vec![("lichting", bytes(&here, "n.json")), ("start", start)]);
    let told = supervise(&loket(), with(bytes(&here, "o.json")), &Bounds::default(), When::Never).await;
    assert_eq!(timeless(told.outcome()), timeless(read(&here, "no.json")));
    let told = supervise(&loket(), with(b"{}".to_vec()), &Bounds::default(), When::Never).await;
    assert!(matches!(&told.ended, Ended::Refused(refused) if refused["problemen"][0]["plaats"] == "/delen/start"), "{:?}", told.ended);
}

#[tokio::test]
async fn a_solve_tells_progress_and_checked_plans_and_a_stop_gives_the_best_of_them() {
    let here = city("stop", "400");
    let job = Job { time: Duration::from_secs(80), ..job(&SOLVE, json!({}), vec![("lichting", bytes(&here, "w.json"))]) };
    let told = supervise(&loket(), job, &Bounds::default(), When::AtPlan(Stop::Asked)).await;
    let outcome = told.outcome();
    println!("{} after {:?}, {} plans", outcome["status"], told.took, told.plans().len());
    let plans = told.plans();
    assert!(!plans.is_empty(), "no plan on the way");
    // The supervisor tells only what verify agrees with; goals that were finished then are as good now.
    let first = |it: &Value| it["doelen"][0]["waarde"].as_i64().expect("a value");
    assert!(first(&outcome) >= first(&plans[0]));
    assert!(["optimaal", "haalbaar"].contains(&outcome["status"].as_str().expect("a status")));
    let progress: Vec<&Progress> = told.heard.iter().filter_map(|it| if let Heard::Progress(it) = it { Some(it) } else { None }).collect();
    assert!(progress.iter().any(|it| matches!(it, Progress::Goal(at) if at.done && !at.name.is_empty())), "{progress:?}");
}

#[tokio::test]
async fn a_stop_from_the_start_still_ends_with_a_checked_outcome() {
    let here = city("soon", "400");
    let job = job(&SOLVE, json!({}), vec![("lichting", bytes(&here, "w.json"))]);
    let told = supervise(&loket(), job, &Bounds::default(), When::After(Duration::ZERO, Stop::Asked)).await;
    let Ended::Outcome(outcome) = &told.ended else { panic!("{:?}", told.ended) };
    assert!(["haalbaar", "afgebroken"].contains(&outcome.status().code()), "{:?}", outcome.status());
}

#[tokio::test]
async fn a_question_that_runs_out_of_time_says_that_it_is_not_whole() {
    let here = city("late", "60");
    assert_eq!(command(&here, &["solve", "w.json", "-o", "o.json"]).status, 0);
    let parts = vec![("lichting", bytes(&here, "w.json")), ("uitkomst", bytes(&here, "o.json"))];
    let asked = Job { time: Duration::ZERO, ..job(&SCARCITY, json!({ "kijker": "intermediair", "aantal": 50 }), parts) };
    let told = supervise(&loket(), asked, &Bounds::default(), When::Never).await;
    assert!(matches!(&told.ended, Ended::Answer { complete: false, value } if value["schaarste"]["gestopt"] == true), "{:?}", told.ended);
}

#[tokio::test]
async fn a_solve_that_passes_its_memory_stops_by_itself_with_a_checked_outcome() {
    let here = city("hungry", "60");
    let job = Job { memory_mib: 0, ..job(&SOLVE, json!({}), vec![("lichting", bytes(&here, "w.json"))]) };
    // The supervisor, who would end it, does not look before the child has seen for itself.
    let bounds = Bounds { look: Duration::from_secs(60), ..Bounds::default() };
    let told = supervise(&loket(), job, &bounds, When::Never).await;
    assert!(matches!(&told.ended, Ended::Outcome(it) if ["haalbaar", "afgebroken"].contains(&it.status().code())), "{:?}", told.ended);
}

#[tokio::test]
async fn a_child_whose_parent_is_killed_ends_at_once() {
    let here = city("orphan", "400");
    let wave = bytes(&here, "w.json");
    let header = json!({
        "soort": "oplossen", "vraag": {}, "tijd_seconden": 60, "geheugen_mib": 2048,
        "delen": [{ "naam": "lichting", "bytes": wave.len() }],
    });
    let mut request = format!("{header}\n").into_bytes();
    request.extend(wave);
    std::fs::write(here.join("vraag"), request).expect("the folder can be written");
    // The parent holds the other end of the life line and becomes a sleeper.
    let script = "mkfifo lijn; \"$1\" reken < lijn > gezegd & echo $! > pid; exec 3> lijn; cat vraag >&3; exec sleep 600";
    let mut parent = Command::new("/bin/sh")
        .args(["-c", script, "ouder", env!("CARGO_BIN_EXE_loket")])
        .current_dir(&here)
        .spawn()
        .expect("the shell starts");
    let began = Instant::now();
    let said = |what: &str| std::fs::read_to_string(here.join("gezegd")).is_ok_and(|text| text.contains(what));
    while !said("voortgang") && began.elapsed() < Duration::from_secs(30) {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let child = process(&here, "pid");
    let worked = !gone(child) && said("voortgang") && !said("\"uitkomst\"}");
    parent.kill().expect("the parent can be killed");
    parent.wait().expect("the parent is gone");
    let killed = Instant::now();
    assert!(buried(child).await, "the child works on for nobody");
    assert!(worked, "the child was at work when its parent was killed");
    assert!(killed.elapsed() < Duration::from_secs(3), "{:?}", killed.elapsed());
}

#[test]
fn the_command_is_not_shown_to_people() {
    let here = folder("compute-hidden");
    let ran = command(&here, &["--help"]);
    assert!(ran.status == 0 && ran.out.contains("solve") && !ran.out.contains("reken "), "{}", ran.out);
    let ran = common::loket_with_input(&here, &["reken"], b"hallo\n");
    assert_eq!(ran.status, 2);
    assert!(ran.out.contains("\"geweigerd\""), "{}", ran.out);
}
