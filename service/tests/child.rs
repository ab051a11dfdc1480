//! A child that hangs, eats memory, crashes, lies or prints garbage: each ends in a true state, in time, and leaves no process behind.

mod common;
#[path = "common/supervised.rs"]
mod supervised;

use std::path::{Path, PathBuf};
use std::time::Duration;

use common::{folder, read, wave, write};
use loket_service::records::progress::Progress;
use loket_service::work::kinds::SOLVE;
use loket_service::work::{Bounds, Ended, FailureKind, Heard, Job, Stop};
use serde_json::{Value, json};
use supervised::{Told, When, buried, fake, hasty, job, line, process, supervise};

/// A folder with a wave, its outcome, and the lines that say that outcome.
fn here(name: &str) -> PathBuf {
    let here = folder(&format!("child-{name}"));
    write(&here, "w.json", &wave());
    assert_eq!(common::loket(&here, &["solve", "w.json", "-o", "o.json", "--certificate"]).status, 0);
    let outcome = read(&here, "o.json");
    line(&here, "tussenstand", "tussenstand", &outcome);
    line(&here, "uitkomst", "uitkomst", &outcome);
    here
}

fn solve(here: &Path) -> Job {
    job(&SOLVE, json!({}), vec![("lichting", std::fs::read(here.join("w.json")).unwrap())])
}

/// Runs a script as the child of a solve, and sees that it is gone afterwards.
async fn solved_by(name: &str, script: &str, when: When) -> (PathBuf, Told) {
    let here = here(name);
    let told = supervise(&fake(&here, script), solve(&here), &hasty(), when).await;
    assert!(buried(process(&here, "pid")).await, "{name}: the child is still there");
    (here, told)
}

#[tokio::test]
async fn a_child_that_says_nothing_is_ended_as_hung() {
    let (_, told) = solved_by("silent", "sleep 600", When::Never).await;
    assert_eq!(told.failure(), FailureKind::Hung);
    assert!(told.took >= Duration::from_secs(2) && told.took < Duration::from_secs(8), "{:?}", told.took);
    assert_eq!(told.heard, []);
}

#[tokio::test]
async fn a_child_that_lives_for_ever_is_ended_when_its_time_is_up() {
    let script = "while :; do echo '{\"soort\":\"leeft\"}'; sleep 0.2; done";
    let here = here("forever");
    let job = Job { time: Duration::from_secs(2), ..solve(&here) };
    let told = supervise(&fake(&here, script), job, &hasty(), When::Never).await;
    assert_eq!(told.failure(), FailureKind::TimeUp);
    assert!(told.took >= Duration::from_millis(2_500) && told.took < Duration::from_secs(8), "{:?}", told.took);
    assert!(told.heard.contains(&Heard::Alive));
    assert!(buried(process(&here, "pid")).await);
}

#[tokio::test]
async fn a_child_that_does_not_hear_a_stop_is_ended_and_its_last_plan_was_told() {
    let script = "cat tussenstand; while :; do echo '{\"soort\":\"leeft\"}'; sleep 0.2; done";
    let (here, told) = solved_by("deaf", script, When::AtPlan(Stop::Asked)).await;
    assert_eq!(told.failure(), FailureKind::Stopped);
    assert!(told.took >= Duration::from_secs(1) && told.took < Duration::from_secs(6), "{:?}", told.took);
    assert_eq!(told.plans(), [read(&here, "o.json")]);
}

#[tokio::test]
async fn a_child_that_hears_a_stop_ends_with_its_plan() {
    // The shell reads the lines of the request, the last of which ends here, until it meets the stop behind them.
    let script = "while read -r word; do [ \"$word\" = stop ] && cat uitkomst && exit 0; done";
    let here = here("hears");
    let mut bytes = std::fs::read(here.join("w.json")).unwrap();
    bytes.push(b'\n');
    std::fs::write(here.join("w.json"), &bytes).unwrap();
    assert_eq!(common::loket(&here, &["solve", "w.json", "-o", "o.json", "--certificate"]).status, 0);
    line(&here, "uitkomst", "uitkomst", &read(&here, "o.json"));
    let when = When::After(Duration::from_millis(300), Stop::Asked);
    let told = supervise(&fake(&here, script), solve(&here), &hasty(), when).await;
    assert_eq!(told.outcome(), read(&here, "o.json"));
    assert!(buried(process(&here, "pid")).await);
}

#[tokio::test]
async fn a_child_is_ended_at_once_when_that_is_asked() {
    let (_, told) = solved_by("now", "sleep 600", When::After(Duration::from_millis(300), Stop::Now)).await;
    assert_eq!(told.failure(), FailureKind::Stopped);
    assert!(told.took < Duration::from_secs(2), "{:?}", told.took);
}

#[tokio::test]
async fn a_stop_before_the_start_starts_nothing() {
    let here = here("before");
    let (_asks, asked) = tokio::sync::watch::channel(Stop::Now);
    let (sender, _heard) = tokio::sync::mpsc::channel(1);
    let ended = loket_service::work::run(&fake(&here, "sleep 600"), solve(&here), sender, asked).await;
    assert!(matches!(ended, Ended::Failed(failure) if failure.kind == FailureKind::Stopped));
    assert!(!here.join("pid").exists());
}

#[tokio::test]
async fn a_child_whose_family_eats_memory_is_ended_with_its_family() {
    let script = "cat tussenstand
        while :; do echo '{\"soort\":\"leeft\"}'; sleep 0.2; done &
        echo $! > tweede
        head -c 3000000000 /dev/zero | tail > /dev/null";
    let here = here("memory");
    let job = Job { memory_mib: 64, ..solve(&here) };
    let told = supervise(&fake(&here, script), job, &hasty(), When::Never).await;
    assert_eq!(told.failure(), FailureKind::Memory);
    assert!(told.took < Duration::from_secs(10), "{:?}", told.took);
    assert_eq!(told.plans().len(), 1);
    assert!(buried(process(&here, "pid")).await && buried(process(&here, "tweede")).await);
}

#[tokio::test]
async fn a_child_that_crashes_is_told_as_such_with_the_plan_it_had() {
    let cases = [
        ("status", "exit 1", "status 1"),
        ("killed", "kill -9 $$", "signaal 9"),
        ("segv", "kill -SEGV $$", "signaal 11"),
        ("quiet", "exit 0", "zonder antwoord"),
    ];
    for (name, crash, says) in cases {
        let (_, told) = solved_by(&format!("crash-{name}"), crash, When::Never).await;
        assert_eq!((told.failure(), told.heard.len()), (FailureKind::Crashed, 0), "{name}");
        assert!(matches!(&told.ended, Ended::Failed(failure) if failure.what.contains(says)), "{name}: {:?}", told.ended);
        let (here, told) = solved_by(&format!("crash-late-{name}"), &format!("cat tussenstand\n{crash}"), When::Never).await;
        assert_eq!(told.failure(), FailureKind::Crashed, "{name}");
        assert_eq!(told.plans(), [read(&here, "o.json")], "{name}");
        assert!(told.took < Duration::from_secs(5), "{name}: {:?}", told.took);
    }
}

#[tokio::test]
async fn a_program_that_is_not_there_is_a_crash() {
    let here = here("absent");
    let program = loket_service::work::Program { path: here.join("nergens"), arguments: Vec::new() };
    let told = supervise(&program, solve(&here), &hasty(), When::Never).await;
    assert_eq!(told.failure(), FailureKind::Crashed);
}

/// Outcomes that are not true of the wave, by what is wrong with them.
fn lies(outcome: &Value) -> Vec<(&'static str, Value)> {
    let changed = |change: &dyn Fn(&mut Value)| {
        let mut lie = outcome.clone();
        change(&mut lie);
        assert_ne!(lie, *outcome);
        lie
    };
    vec![
        ("coach", changed(&|it| it["plaatsingen"][0]["coach"] = json!("K9"))),
        (
            "swapped",
            changed(&|it| {
                let second = it["plaatsingen"][1]["kandidaat"].take();
                it["plaatsingen"][1]["kandidaat"] = it["plaatsingen"][0]["kandidaat"].take();
                it["plaatsingen"][0]["kandidaat"] = second;
            }),
        ),
        ("proven", changed(&|it| it["doelen"][0]["bewezen"] = json!(false))),
        ("value", changed(&|it| it["doelen"][0]["waarde"] = json!(99))),
        ("other", changed(&|it| it["invoer_sha256"] = json!("0".repeat(64)))),
        ("status", changed(&|it| it["status"] = json!("prachtig"))),
        ("empty", json!({})),
    ]
}

#[tokio::test]
async fn a_plan_that_is_not_true_is_never_told() {
    let truth = read(&here("lies"), "o.json");
    for (name, lie) in lies(&truth) {
        for sort in ["tussenstand", "uitkomst"] {
            let here = here(&format!("lie-{name}-{sort}"));
            line(&here, "leugen", sort, &lie);
            let told = supervise(&fake(&here, "cat leugen; sleep 600"), solve(&here), &hasty(), When::Never).await;
            assert_eq!(told.failure(), FailureKind::Lied, "{name} {sort}");
            assert_eq!(told.plans(), Vec::<Value>::new(), "{name} {sort}");
            assert!(buried(process(&here, "pid")).await);
        }
    }
}

#[tokio::test]
async fn a_lie_after_a_true_plan_leaves_the_true_plan() {
    let here = here("lie-late");
    let mut lie = read(&here, "o.json");
    lie["doelen"][0]["bovengrens"] = json!(0);
    line(&here, "leugen", "uitkomst", &lie);
    let told = supervise(&fake(&here, "cat tussenstand leugen"), solve(&here), &hasty(), When::Never).await;
    assert_eq!(told.failure(), FailureKind::Lied);
    assert_eq!(told.plans(), [read(&here, "o.json")]);
}

#[tokio::test]
async fn garbage_is_refused_whatever_it_looks_like() {
    let cases = [
        ("binary", "head -c 5000 /dev/urandom; echo; sleep 600"),
        ("words", "echo klaar; sleep 600"),
        ("half", "printf '{\"soort\":\"uitko\\n'; sleep 600"),
        ("broken-off", "printf '{\"soort\":\"uitko'; exit 0"),
        ("unknown", "echo '{\"soort\":\"gefeliciteerd\"}'; sleep 600"),
        ("strange-key", "echo '{\"soort\":\"leeft\",\"en\":\"wel\"}'; sleep 600"),
        ("answer", "echo '{\"soort\":\"antwoord\",\"antwoord\":{},\"volledig\":true}'; sleep 600"),
        ("twice", "cat uitkomst uitkomst"),
        ("more", "cat uitkomst; echo '{\"soort\":\"leeft\"}'"),
        ("deep", "head -c 100000 /dev/zero | tr '\\0' '['; echo; sleep 600"),
    ];
    for (name, script) in cases {
        let (_, told) = solved_by(&format!("garbage-{name}"), script, When::Never).await;
        assert_eq!(told.failure(), FailureKind::Garbage, "{name}");
        assert_eq!(told.plans(), Vec::<Value>::new(), "{name}");
        assert!(told.took < Duration::from_secs(6), "{name}: {:?}", told.took);
    }
}

#[tokio::test]
async fn a_gigabyte_without_a_line_end_is_cut_off() {
    let here = here("gigabyte");
    let bounds = Bounds { line: 16 << 20, ..hasty() };
    let told = supervise(&fake(&here, "head -c 1000000000 /dev/zero; sleep 600"), solve(&here), &bounds, When::Never).await;
    assert_eq!(told.failure(), FailureKind::Garbage);
    assert!(told.took < Duration::from_secs(6), "{:?}", told.took);
    assert!(buried(process(&here, "pid")).await);
}

#[tokio::test]
async fn a_child_that_closes_its_output_and_stays_is_ended() {
    let (_, told) = solved_by("closed", "exec 1>&-; sleep 600", When::Never).await;
    assert_eq!(told.failure(), FailureKind::Hung);
    assert!(told.took < Duration::from_secs(5), "{:?}", told.took);
}

#[tokio::test]
async fn what_a_child_leaves_behind_is_ended_with_it() {
    let (here, told) = solved_by("orphan", "sleep 600 & echo $! > tweede; exit 0", When::Never).await;
    assert_eq!(told.failure(), FailureKind::Crashed);
    assert!(buried(process(&here, "tweede")).await, "what it started is still there");
    let (here, told) = solved_by("orphan-late", "sleep 600 & echo $! > tweede; cat uitkomst; exit 0", When::Never).await;
    assert_eq!(told.outcome(), read(&here, "o.json"));
    assert!(buried(process(&here, "tweede")).await, "what it started is still there");
}

#[tokio::test]
async fn a_child_that_does_not_leave_after_its_outcome_is_ended_and_the_outcome_counts() {
    let (here, told) = solved_by("lingers", "cat uitkomst; sleep 600", When::Never).await;
    assert_eq!(told.outcome(), read(&here, "o.json"));
    assert!(told.took < Duration::from_secs(5), "{:?}", told.took);
}

#[tokio::test]
async fn what_a_child_complains_of_is_counted_and_never_repeated() {
    let (_, told) = solved_by("complains", "head -c 3000000 /dev/zero | tr '\\0' 'x' >&2; echo Anna >&2; exit 3", When::Never).await;
    let Ended::Failed(failure) = &told.ended else { panic!("{:?}", told.ended) };
    assert_eq!(failure.kind, FailureKind::Crashed);
    assert!(failure.what.contains("3000005 bytes") && !failure.what.contains("Anna"), "{}", failure.what);
}

#[tokio::test]
async fn nobody_who_listens_slowly_loses_a_plan_or_keeps_old_progress() {
    let here = here("slow");
    let script = "for i in 1 2 3 4 5 6 7 8 9; do echo '{\"soort\":\"voortgang\",\"gedaan\":'$i',\"van\":9}'; done; cat tussenstand tussenstand uitkomst";
    let (sender, mut receiver) = tokio::sync::mpsc::channel(1);
    let (_asks, asked) = tokio::sync::watch::channel(Stop::No);
    let program = fake(&here, script);
    let job = solve(&here);
    let running = tokio::spawn(async move { loket_service::work::run(&program, job, sender, asked).await });
    // The child waits for whoever listens; that is no silence of its own.
    tokio::time::sleep(Duration::from_secs(1)).await;
    let mut heard = Vec::new();
    while let Some(it) = receiver.recv().await {
        heard.push(it);
    }
    assert!(matches!(running.await.unwrap(), Ended::Outcome(_)));
    let told = |it: &Heard| if let Heard::Progress(Progress::Trial(it)) = it { Some(it.done) } else { None };
    assert_eq!(heard.iter().filter_map(told).collect::<Vec<_>>(), [1, 9]);
    assert_eq!(heard.iter().filter(|it| matches!(it, Heard::Plan(_))).count(), 2);
}

#[tokio::test]
async fn a_job_that_is_dropped_takes_its_child_with_it() {
    let here = here("dropped");
    let program = fake(&here, "sleep 600 & echo $! > tweede; sleep 600");
    let job = solve(&here);
    let (sender, _heard) = tokio::sync::mpsc::channel(1);
    let (_asks, asked) = tokio::sync::watch::channel(Stop::No);
    let running = tokio::spawn(async move { loket_service::work::run(&program, job, sender, asked).await });
    while !here.join("tweede").exists() {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    tokio::time::sleep(Duration::from_millis(50)).await;
    running.abort();
    assert!(buried(process(&here, "pid")).await && buried(process(&here, "tweede")).await);
}
