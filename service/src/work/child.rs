//! The supervisor: starts a child for one job, passes on what it says after checking it, and ends it when it breaks a bound.
//!
//! Two tasks: one reads and checks what the child says, at the pace of whoever listens; the other watches the clock, the memory and the
//! wish to stop, and is never held up by the first.

use std::os::unix::process::ExitStatusExt;
use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::process::{Child, ChildStderr, ChildStdin};
use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;
use tokio::time::{Instant, MissedTickBehavior, interval_at, sleep_until, timeout};

use super::checked::CheckedOutcome;
use super::kinds::Kind;
use super::lean::sent;
use super::lines::Waiting;
use super::listen::{Last, Listener};
use super::process::{Group, family_memory};
use crate::records::progress::Progress;

pub use super::process::Program;

/// One piece of work for a child.
#[derive(Clone, Debug)]
pub struct Job {
    /// What to do.
    pub kind: &'static Kind,
    /// `vraag` of the request.
    pub question: Value,
    /// The parts by name: `lichting` always; `uitkomst`, or `start`, as the kind asks.
    pub parts: Vec<(&'static str, Arc<[u8]>)>,
    /// Time for it.
    pub time: Duration,
    /// Memory for it, MiB.
    pub memory_mib: u64,
}

/// How much patience there is with a child.
#[derive(Clone, Debug)]
pub struct Bounds {
    /// Longest silence.
    pub silence: Duration,
    /// How long it may go on after the time of its job.
    pub overtime: Duration,
    /// How long it may go on after it was asked to stop.
    pub stopping: Duration,
    /// How long it may take to end after its last line.
    pub leaving: Duration,
    /// Longest line, bytes.
    pub line: usize,
    /// Time between two looks at clock and memory.
    pub look: Duration,
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            silence: Duration::from_secs(15),
            overtime: Duration::from_secs(10),
            stopping: Duration::from_secs(10),
            leaving: Duration::from_secs(2),
            line: 256 << 20,
            look: Duration::from_millis(150),
        }
    }
}

/// What is heard of a child while it works.
#[derive(Clone, Debug, PartialEq)]
pub enum Heard {
    /// It lives.
    Alive,
    /// How far it is; only the latest when nobody takes it.
    Progress(Progress),
    /// The best checked plan so far.
    Plan(CheckedOutcome),
    /// A part of an answer.
    Part {
        /// Its name.
        name: String,
        /// Its value.
        value: Value,
    },
}

/// Whether to stop.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Stop {
    /// Go on.
    #[default]
    No,
    /// Stop soon, with the best there is.
    Asked,
    /// End the child at once.
    Now,
}

/// How a child ended.
#[derive(Clone, Debug, PartialEq)]
pub enum Ended {
    /// With a checked outcome, which may be that there is no plan.
    Outcome(CheckedOutcome),
    /// With an answer.
    Answer {
        /// The answer.
        value: Value,
        /// Whether everything was worked out.
        complete: bool,
    },
    /// The request was refused: `problemen` and `meldingen`.
    Refused(Value),
    /// It failed. The best checked plan, if any, was told before.
    Failed(Failure),
}

/// Why a child failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// In which way.
    pub kind: FailureKind,
    /// In a Dutch sentence, without anything the child said.
    pub what: String,
}

/// In which way a child failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FailureKind {
    /// It said nothing for too long, or does not end.
    Hung,
    /// It used too much memory.
    Memory,
    /// It ended without an answer, or could not be started.
    Crashed,
    /// It said something that is not of the protocol.
    Garbage,
    /// It told an outcome that is not true of its wave.
    Lied,
    /// It went on after its time.
    TimeUp,
    /// It was ended on request.
    Stopped,
}

impl FailureKind {
    /// Its name in states and logs.
    pub fn code(self) -> &'static str {
        match self {
            FailureKind::Hung => "hangt",
            FailureKind::Memory => "geheugen",
            FailureKind::Crashed => "gevallen",
            FailureKind::Garbage => "onleesbaar",
            FailureKind::Lied => "onwaar",
            FailureKind::TimeUp => "tijd-op",
            FailureKind::Stopped => "gestopt",
        }
    }
}

impl Failure {
    pub(super) fn new(kind: FailureKind, what: impl Into<String>) -> Self {
        Self { kind, what: what.into() }
    }
}

/// Runs a job in a child with the usual patience: see [`run_within`].
pub async fn run(program: &Program, job: Job, heard: mpsc::Sender<Heard>, stop: watch::Receiver<Stop>) -> Ended {
    run_within(program, job, &Bounds::default(), heard, stop).await
}

/// Runs a job in a child, and has it ended with everything it started before this returns. When the future is dropped, the child is
/// ended as well.
///
/// Whoever listens may be slow: plans and parts then hold up the child, progress is left out. The receiver must be read while this runs.
pub async fn run_within(
    program: &Program,
    job: Job,
    bounds: &Bounds,
    heard: mpsc::Sender<Heard>,
    mut stop: watch::Receiver<Stop>,
) -> Ended {
    if *stop.borrow_and_update() == Stop::Now {
        return Ended::Failed(Failure::new(FailureKind::Stopped, "Gestopt voor het begon."));
    }
    let given = match sent(&job).await {
        Ok(parts) => Job { parts, ..job.clone() },
        Err(refused) => return Ended::Refused(refused),
    };
    let fence = job.memory_mib.saturating_mul(2).saturating_add(4096);
    let (mut child, mut group) = match program.start(fence) {
        Ok(started) => started,
        Err(error) => {
            let cause = error.raw_os_error().map_or_else(String::new, |code| format!(" (fout {code} van het systeem)"));
            return Ended::Failed(Failure::new(FailureKind::Crashed, format!("Het rekenproces kan niet gestart worden{cause}.")));
        }
    };
    let (Some(stdin), Some(stdout), Some(stderr)) = (child.stdin.take(), child.stdout.take(), child.stderr.take()) else {
        return Ended::Failed(Failure::new(FailureKind::Crashed, "Het rekenproces heeft geen in- of uitvoer."));
    };
    let began = Instant::now();
    let (ask, asked) = watch::channel(false);
    let writing = Aborted(tokio::spawn(write(stdin, given, asked)));
    let grumbling = Aborted(tokio::spawn(grumble(stderr)));
    let waiting = Waiting::default();
    let listener = Listener::new(&job, bounds, waiting.clone(), heard);
    let mut listening = Aborted(tokio::spawn(listener.listen(stdout)));

    let watchman = Watchman { job: &job, bounds, began, waiting };
    let mut said: Option<Last> = None;
    let broken = tokio::select! {
        biased;
        last = &mut listening.0 => {
            said = Some(last.unwrap_or_else(|_| Last::Failed(Failure::new(FailureKind::Garbage, "Het antwoord kon niet gelezen worden."))));
            None
        }
        failure = watchman.watch(&group, &mut child, &mut stop, &ask) => Some(failure),
    };
    if broken.is_some() {
        group.kill();
        // What it said before is still read: the last plan counts, and so does an answer that was complete.
        said = timeout(bounds.leaving.max(Duration::from_secs(5)), &mut listening.0).await.ok().and_then(Result::ok);
    }
    let ended = match (said, broken) {
        (Some(Last::Ended(ended)), _) => ended,
        (_, Some(failure)) => Ended::Failed(failure),
        (Some(Last::Failed(failure)), None) => Ended::Failed(failure),
        (Some(Last::Closed { broken }), None) => Ended::Failed(closed(&mut child, bounds, broken).await),
        (None, None) => Ended::Failed(Failure::new(FailureKind::Crashed, "Het rekenproces hield op zonder antwoord.")),
    };
    // A child that has said its last word gets a moment to leave by itself.
    if matches!(ended, Ended::Outcome(_) | Ended::Answer { .. } | Ended::Refused(_)) {
        let _ = timeout(bounds.leaving, child.wait()).await;
    }
    group.kill();
    let _ = child.wait().await;
    drop((writing, ask));
    with_noise(ended, grumbling, bounds.leaving).await
}

/// Why a child that closed its output without an answer did so.
async fn closed(child: &mut Child, bounds: &Bounds, broken: bool) -> Failure {
    let Ok(status) = timeout(bounds.leaving, child.wait()).await else {
        return Failure::new(FailureKind::Hung, "Het rekenproces sloot zijn uitvoer en bleef bestaan.");
    };
    let Ok(status) = status else { return Failure::new(FailureKind::Crashed, "Het rekenproces is verdwenen.") };
    match (status.code(), status.signal()) {
        (Some(0), _) if broken => Failure::new(FailureKind::Garbage, "Het rekenproces hield op midden in een regel."),
        (Some(0), _) => Failure::new(FailureKind::Crashed, "Het rekenproces hield op zonder antwoord."),
        (Some(code), _) => Failure::new(FailureKind::Crashed, format!("Het rekenproces is gevallen met status {code}.")),
        (_, Some(signal)) => Failure::new(FailureKind::Crashed, format!("Het rekenproces is gevallen door signaal {signal}.")),
        (None, None) => Failure::new(FailureKind::Crashed, "Het rekenproces is gevallen."),
    }
}

/// How many bytes a failed child wrote on standard error: how many, never which, for they may name people.
async fn with_noise(ended: Ended, mut grumbling: Aborted<u64>, patience: Duration) -> Ended {
    let Ended::Failed(mut failure) = ended else { return ended };
    if let Ok(Ok(bytes)) = timeout(patience, &mut grumbling.0).await
        && bytes > 0
    {
        failure.what.push_str(&format!(" Het schreef {bytes} bytes op zijn foutuitvoer."));
    }
    Ended::Failed(failure)
}

/// A task that ends when nobody waits for it any more.
struct Aborted<T>(JoinHandle<T>);

impl<T> Drop for Aborted<T> {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Writes the request, then keeps the life line, and passes on the wish to stop.
async fn write(mut stdin: ChildStdin, job: Job, mut asked: watch::Receiver<bool>) {
    let parts: Vec<Value> = job.parts.iter().map(|(name, bytes)| json!({ "naam": name, "bytes": bytes.len() })).collect();
    let seconds = job.time.as_secs() + u64::from(job.time.subsec_nanos() > 0);
    let header = json!({
        "soort": job.kind.code, "vraag": job.question, "tijd_seconden": seconds, "geheugen_mib": job.memory_mib, "delen": parts,
    });
    // A child that does not listen is found out by its silence or its end.
    let _ = stdin.write_all(format!("{header}\n").as_bytes()).await;
    for (_, bytes) in &job.parts {
        let _ = stdin.write_all(bytes).await;
    }
    let _ = stdin.flush().await;
    if asked.wait_for(|asked| *asked).await.is_ok() {
        let _ = stdin.write_all(b"stop\n").await;
        let _ = stdin.flush().await;
        // The line stays open until the child has ended.
        let _ = asked.wait_for(|asked| !asked).await;
    }
}

/// Reads standard error so that the child is not held up, and counts it.
async fn grumble(mut stderr: ChildStderr) -> u64 {
    let mut scrap = [0; 4096];
    let mut bytes = 0;
    while let Ok(read) = stderr.read(&mut scrap).await {
        if read == 0 {
            break;
        }
        bytes += read as u64;
    }
    bytes
}

/// A moment later; as good as never when the clock does not go that far.
fn after(moment: Instant, time: Duration) -> Instant {
    const NEVER: Duration = Duration::from_secs(30 * 365 * 24 * 3600);
    moment + time.min(NEVER)
}

/// Watches the bounds of a running child.
struct Watchman<'a> {
    job: &'a Job,
    bounds: &'a Bounds,
    began: Instant,
    waiting: Waiting,
}

impl Watchman<'_> {
    /// Returns when the child breaks a bound or must be ended.
    async fn watch(&self, group: &Group, child: &mut Child, stop: &mut watch::Receiver<Stop>, ask: &watch::Sender<bool>) -> Failure {
        let deadline = after(self.began, self.job.time.saturating_add(self.bounds.overtime));
        let mut patience: Option<Instant> = None;
        let mut look = interval_at(after(Instant::now(), self.bounds.look), self.bounds.look);
        look.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut deaf = false;
        let mut gone: Option<Instant> = None;
        if *stop.borrow() == Stop::Asked {
            patience = Some(self.asked(ask));
        }
        loop {
            tokio::select! {
                () = sleep_until(deadline) => {
                    return Failure::new(FailureKind::TimeUp, "Het rekenproces ging door na zijn tijd en is beëindigd.");
                }
                () = sleep_until(patience.unwrap_or(deadline)), if patience.is_some() => {
                    return Failure::new(FailureKind::Stopped, "Het rekenproces stopte niet op verzoek en is beëindigd.");
                }
                changed = stop.changed(), if !deaf => match changed {
                    Err(_) => deaf = true,
                    Ok(()) => match *stop.borrow_and_update() {
                        Stop::No => {}
                        Stop::Asked => patience = patience.or_else(|| Some(self.asked(ask))),
                        Stop::Now => return Failure::new(FailureKind::Stopped, "Het rekenproces is meteen beëindigd, zoals gevraagd."),
                    },
                },
                _ = child.wait(), if gone.is_none() => gone = Some(Instant::now()),
                _ = look.tick() => {
                    if let Some(failure) = self.look(group, gone).await {
                        return failure;
                    }
                }
            }
        }
    }

    fn asked(&self, ask: &watch::Sender<bool>) -> Instant {
        ask.send_replace(true);
        after(Instant::now(), self.bounds.stopping)
    }

    async fn look(&self, group: &Group, gone: Option<Instant>) -> Option<Failure> {
        if gone.is_some_and(|gone| gone.elapsed() > self.bounds.leaving) && self.waiting.since().is_some() {
            let what = "Het rekenproces hield op zonder antwoord, en liet iets achter dat zijn uitvoer openhoudt.";
            return Some(Failure::new(FailureKind::Crashed, what));
        }
        if self.waiting.since().is_some_and(|since| since.elapsed() > self.bounds.silence) {
            return Some(Failure::new(FailureKind::Hung, "Het rekenproces gaf geen teken van leven meer en is beëindigd."));
        }
        let leader = group.leader()?;
        let used = tokio::task::spawn_blocking(move || family_memory(leader)).await.ok()?;
        let most = self.job.memory_mib.saturating_add(self.job.memory_mib / 4);
        (used > most).then(|| {
            let what = format!("Het rekenproces gebruikte {used} MiB; {} is de grens, en het is beëindigd.", self.job.memory_mib);
            Failure::new(FailureKind::Memory, what)
        })
    }
}
