//! Runs a child under the supervisor and remembers what was heard of it.

#![allow(dead_code, reason = "every test binary uses its own part of these helpers")]

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use loket_service::work::{Bounds, Ended, Failure, FailureKind, Heard, Job, Kind, Program, Stop, run_within};
use serde_json::{Value, json};
use tokio::sync::{mpsc, watch};

/// The program under test as a child.
pub fn loket() -> Program {
    Program { path: env!("CARGO_BIN_EXE_loket").into(), arguments: vec!["reken".into()] }
}

/// A child that is a shell script: what it says is in the files of its folder.
pub fn fake(folder: &Path, script: &str) -> Program {
    let path = folder.join("kind.sh");
    let folder = folder.display();
    std::fs::write(&path, format!("cd '{folder}'\necho $$ > pid\n{script}\n")).expect("the folder can be written");
    Program { path: "/bin/sh".into(), arguments: vec![path.into()] }
}

/// A job about a wave.
pub fn job(kind: &'static Kind, question: Value, parts: Vec<(&'static str, Vec<u8>)>) -> Job {
    let parts = parts.into_iter().map(|(name, bytes)| (name, Arc::from(bytes))).collect();
    Job { kind, question, parts, time: Duration::from_secs(60), memory_mib: 2048 }
}

/// Little patience, so that a test is quick.
pub fn hasty() -> Bounds {
    Bounds {
        silence: Duration::from_secs(2),
        overtime: Duration::from_millis(500),
        stopping: Duration::from_secs(1),
        leaving: Duration::from_secs(1),
        look: Duration::from_millis(100),
        ..Bounds::default()
    }
}

/// What came of a child.
#[derive(Debug)]
pub struct Told {
    pub ended: Ended,
    pub heard: Vec<Heard>,
    pub took: Duration,
}

impl Told {
    /// The kind of failure; panics when it did not fail.
    pub fn failure(&self) -> FailureKind {
        match &self.ended {
            Ended::Failed(Failure { kind, what }) => {
                assert!(what.ends_with('.') && what.len() > 10, "{what:?} is no sentence");
                *kind
            }
            other => panic!("it did not fail: {other:?}"),
        }
    }

    /// The plans that were told, as JSON.
    pub fn plans(&self) -> Vec<Value> {
        let plans = self.heard.iter().filter_map(|it| if let Heard::Plan(plan) = it { Some(plan) } else { None });
        plans.map(|plan| serde_json::from_slice(plan.json()).expect("a checked outcome is JSON")).collect()
    }

    /// The outcome it ended with.
    pub fn outcome(&self) -> Value {
        match &self.ended {
            Ended::Outcome(outcome) => serde_json::from_slice(outcome.json()).expect("a checked outcome is JSON"),
            other => panic!("no outcome: {other:?}"),
        }
    }

    /// The whole answer it ended with.
    pub fn answer(&self) -> &Value {
        match &self.ended {
            Ended::Answer { value, complete: true } => value,
            other => panic!("no whole answer: {other:?}"),
        }
    }
}

/// When to ask the child to stop.
#[derive(Clone, Copy)]
pub enum When {
    /// Never.
    Never,
    /// After a while.
    After(Duration, Stop),
    /// When the first plan is heard.
    AtPlan(Stop),
}

/// Runs a job to its end, which must come within a minute and a half.
pub async fn supervise(program: &Program, job: Job, bounds: &Bounds, when: When) -> Told {
    let (sender, mut receiver) = mpsc::channel(4);
    let (asks, asked) = watch::channel(Stop::No);
    let began = Instant::now();
    let collected = tokio::spawn(async move {
        let mut heard = Vec::new();
        let timer = async move {
            match when {
                When::After(after, _) => tokio::time::sleep(after).await,
                When::Never | When::AtPlan(_) => std::future::pending().await,
            }
        };
        tokio::pin!(timer);
        let mut waiting = true;
        loop {
            tokio::select! {
                () = &mut timer, if waiting => {
                    waiting = false;
                    if let When::After(_, stop) = when {
                        let _ = asks.send(stop);
                    }
                }
                it = receiver.recv() => {
                    let Some(it) = it else { break };
                    if let (When::AtPlan(stop), Heard::Plan(_)) = (when, &it) {
                        let _ = asks.send(stop);
                    }
                    heard.push(it);
                }
            }
        }
        heard
    });
    let ended = tokio::time::timeout(Duration::from_secs(90), run_within(program, job, bounds, sender, asked)).await;
    let ended = ended.expect("a child ends within its bounds");
    Told { ended, heard: collected.await.expect("what is heard is collected"), took: began.elapsed() }
}

/// Whether a process is gone, or only waits to be buried.
pub fn gone(process: u32) -> bool {
    let Ok(status) = std::fs::read_to_string(format!("/proc/{process}/stat")) else { return true };
    // The state is behind the name, which is in brackets.
    status.rsplit(')').next().is_some_and(|rest| rest.trim_start().starts_with(['Z', 'X']))
}

/// The process id in a file that a script wrote.
pub fn process(folder: &Path, file: &str) -> u32 {
    let text = std::fs::read_to_string(folder.join(file)).expect("the script wrote its id");
    text.trim().parse().expect("an id is a number")
}

/// Waits until a process is gone, at most five seconds.
pub async fn buried(process: u32) -> bool {
    for _ in 0..100 {
        if gone(process) {
            return true;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    false
}

/// A line of the protocol in a file of the folder.
pub fn line(folder: &Path, file: &str, sort: &str, outcome: &Value) {
    let line = json!({ "soort": sort, "uitkomst": outcome });
    std::fs::write(folder.join(file), format!("{line}\n")).expect("the folder can be written");
}
