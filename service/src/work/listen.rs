//! The side of the supervisor that listens: reads what a child says, checks every plan in it, and passes it on.

use std::sync::Arc;

use loket_instances::matching::read::{Loaded, read_wave};
use loket_instances::planning::plan_file::{self, read_plan};
use loket_instances::scheduling::roster_file::{self, read_roster};
use tokio::io::BufReader;
use tokio::process::ChildStdout;
use tokio::sync::mpsc;
use tokio::sync::mpsc::error::TrySendError;
use tokio::task::spawn_blocking;
use tokio::time::timeout;

use super::checked::CheckedOutcome;
use super::child::{Bounds, Ended, Failure, FailureKind, Heard, Job};
use super::kinds::{Check, PLAN_PART, ROSTER_PART};
use super::lines::{self, Line, Waiting};
use super::said::{Said, read};
use crate::verify::Finding;

/// How listening ended.
pub(super) enum Last {
    /// With the last word, and the output closed after it.
    Ended(Ended),
    /// With something that must not be.
    Failed(Failure),
    /// The output was closed before the last word.
    Closed {
        /// In the middle of a line.
        broken: bool,
    },
}

/// What an outcome is checked against.
enum Subject {
    Wave(Box<Loaded>),
    Roster(Box<roster_file::Loaded>),
    Plan(Box<plan_file::Loaded>),
}

impl Subject {
    fn read(check: Check, bytes: &[u8]) -> Option<Self> {
        match check {
            Check::Outcome | Check::Answer => read_wave(bytes).ok().map(Box::new).map(Self::Wave),
            Check::Roster => read_roster(bytes).ok().map(Box::new).map(Self::Roster),
            Check::Plan => read_plan(bytes).ok().map(Box::new).map(Self::Plan),
        }
    }

    /// Checks an outcome, one on the way in less time.
    fn check(&self, json: Vec<u8>, so_far: bool) -> Result<CheckedOutcome, Vec<Finding>> {
        match self {
            Self::Wave(loaded) if so_far => CheckedOutcome::so_far(loaded, json),
            Self::Wave(loaded) => CheckedOutcome::new(loaded, json),
            Self::Roster(loaded) => CheckedOutcome::of_roster(loaded, json),
            Self::Plan(loaded) => CheckedOutcome::of_plan(loaded, json),
        }
    }
}

/// Listens to one child.
pub(super) struct Listener {
    check: Check,
    file: Arc<[u8]>,
    subject: Option<Arc<Subject>>,
    bounds: Bounds,
    waiting: Waiting,
    heard: mpsc::Sender<Heard>,
    /// Progress that found no room yet.
    late: Option<Heard>,
}

impl Listener {
    pub(super) fn new(job: &Job, bounds: &Bounds, waiting: Waiting, heard: mpsc::Sender<Heard>) -> Self {
        let name = match job.kind.check {
            Check::Roster => ROSTER_PART,
            Check::Plan => PLAN_PART,
            Check::Outcome | Check::Answer => "lichting",
        };
        let file = job.parts.iter().find(|(it, _)| *it == name).map_or_else(|| Arc::from([]), |(_, bytes)| Arc::clone(bytes));
        Self { check: job.kind.check, file, subject: None, bounds: bounds.clone(), waiting, heard, late: None }
    }

    /// Until the output is closed, or something is said that must not be.
    pub(super) async fn listen(mut self, stdout: ChildStdout) -> Last {
        let mut input = BufReader::with_capacity(64 << 10, stdout);
        let mut last: Option<Ended> = None;
        loop {
            let next = lines::next(&mut input, self.bounds.line, &self.waiting);
            let found = match last.take() {
                // After its last word nothing is waited for but its end.
                Some(ended) => match timeout(self.bounds.leaving, next).await {
                    Ok(Ok(Line::End { broken: false })) | Err(_) => return Last::Ended(ended),
                    Ok(_) => return garbage("Het rekenproces zei nog iets na zijn antwoord."),
                },
                None => next.await,
            };
            let line = match found {
                Ok(Line::Whole(line)) => line,
                Ok(Line::TooLong) => return garbage("Het rekenproces gaf een regel die te lang is."),
                Ok(Line::End { broken }) => return Last::Closed { broken },
                Err(_) => return garbage("De uitvoer van het rekenproces kon niet gelezen worden."),
            };
            match self.take(line).await {
                Ok(ended) => last = ended,
                Err(failure) => return Last::Failed(failure),
            }
        }
    }

    /// One line; the end when it is the last word.
    async fn take(&mut self, line: Vec<u8>) -> Result<Option<Ended>, Failure> {
        let check = self.check;
        let said = spawn_blocking(move || read(&line, check)).await.ok().flatten();
        let Some(said) = said else {
            return Err(Failure::new(FailureKind::Garbage, "Het rekenproces gaf een regel die niet te begrijpen is."));
        };
        match said {
            Said::Alive => self.offer(Heard::Alive),
            Said::Progress(value) => self.offer(Heard::Progress(value)),
            Said::SoFar(json) => {
                let plan = self.check(json, true).await?;
                if !plan.status().has_plan() {
                    return Err(Failure::new(FailureKind::Garbage, "Het rekenproces gaf een tussenstand zonder plan."));
                }
                self.tell(Heard::Plan(plan)).await;
            }
            Said::Part { name, value } => self.tell(Heard::Part { name, value }).await,
            Said::Outcome(json) => return Ok(Some(Ended::Outcome(self.check(json, false).await?))),
            Said::Answer { value, complete } => return Ok(Some(Ended::Answer { value, complete })),
            Said::Refused(value) => return Ok(Some(Ended::Refused(value))),
        }
        Ok(None)
    }

    /// Checks an outcome outside the runtime: a national one takes seconds.
    async fn check(&mut self, json: Vec<u8>, so_far: bool) -> Result<CheckedOutcome, Failure> {
        let (known, file, check) = (self.subject.clone(), Arc::clone(&self.file), self.check);
        let checked = spawn_blocking(move || {
            let subject = known.or_else(|| Subject::read(check, &file).map(Arc::new))?;
            let checked = subject.check(json, so_far).map_err(|findings| findings.len());
            Some((subject, checked))
        });
        let Ok(Some((subject, checked))) = checked.await else {
            return Err(Failure::new(FailureKind::Lied, "De uitkomst kon niet nagekeken worden; zij is niet bewaard."));
        };
        self.subject = Some(subject);
        checked.map_err(|findings| {
            let what = format!(
                "De uitkomst van het rekenproces klopt niet met wat er gevraagd was (bevindingen: {findings}); zij is niet bewaard."
            );
            Failure::new(FailureKind::Lied, what)
        })
    }

    /// Passes on what may be left out: the latest wins when there is no room.
    fn offer(&mut self, heard: Heard) {
        // A sign of life says nothing that progress does not say.
        let heard = match (self.late.take(), heard) {
            (Some(late), Heard::Alive) => late,
            (_, heard) => heard,
        };
        if let Err(TrySendError::Full(heard)) = self.heard.try_send(heard) {
            self.late = Some(heard);
        }
    }

    /// Passes on what must not be left out, after what was late.
    async fn tell(&mut self, heard: Heard) {
        if let Some(late) = self.late.take() {
            // Nobody listens any more: the end is still told.
            let _ = self.heard.send(late).await;
        }
        let _ = self.heard.send(heard).await;
    }
}

fn garbage(what: &str) -> Last {
    Last::Failed(Failure::new(FailureKind::Garbage, what))
}
