//! What a child is given to compute, and its side of the talk while it does: limits on one hand, the listener on the other.

use std::sync::atomic::AtomicBool;
use std::time::Duration;

use loket_instances::matching::read::Loaded;
use loket_instances::strict;
use loket_instances::strict::fields::At;
use loket_instances::strict::json::Node;
use loket_instances::strict::problem::Refusal;
use loket_instances::strict::spot::Spot;
use loket_solver::common::control::{Control, Progress};
use serde_json::{Value, json};

use super::speaker::Speaker;
use crate::progress;
use crate::watch::Watch;

/// What a request gives.
pub(super) struct Given {
    pub(super) question: Node,
    pub(super) time: Duration,
    pub(super) memory_mib: u64,
    pub(super) parts: Vec<(String, Vec<u8>)>,
}

impl Given {
    /// The bytes of a part.
    pub(super) fn part(&self, name: &str) -> Option<&[u8]> {
        self.parts.iter().find(|(it, _)| it == name).map(|(_, bytes)| bytes.as_slice())
    }
}

/// A piece of work: what is given, the wave, roster or multi-year plan of it, and whom to tell.
pub(super) struct Task<'a, L = Loaded> {
    pub(super) given: &'a Given,
    pub(super) loaded: &'a L,
    pub(super) speaker: &'a Speaker,
    pub(super) desk: Desk<'a>,
}

impl<L> Task<'_, L> {
    /// Reads `vraag`.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub(super) fn question<T>(&self, read: impl FnOnce(&At<'_>) -> Option<T>) -> Result<T, Refusal> {
        strict::read_at(&self.given.question, Spot::default().key("vraag"), read)
    }
}

/// The minutes of travel that stand for the coordinates of the wave: the child is told no place.
pub(super) const ROADS: &str = "reizen";

/// Where a part of a request stands.
pub(super) fn part(name: &'static str) -> Spot {
    Spot::default().key("delen").key(name)
}

/// The caller's side of the solver in the child: the limits of the request, and everything told on standard output.
pub(super) struct Desk<'a> {
    watch: Watch<'a>,
    speaker: &'a Speaker,
    /// Whether the work is a solve, whose progress is told.
    tells: bool,
}

impl<'a> Desk<'a> {
    /// Starts the clock of a request.
    pub(super) fn new(given: &Given, speaker: &'a Speaker, stop: &'a AtomicBool) -> Self {
        let mut watch = Watch::new(stop, Some(given.time));
        watch.limit_memory(given.memory_mib);
        Self { watch, speaker, tells: false }
    }

    /// Tells progress from now on.
    pub(super) fn tell_progress(&mut self) {
        self.tells = true;
    }
}

impl Control for Desk<'_> {
    fn stopped(&self) -> bool {
        self.watch.stopped()
    }

    fn left(&self) -> Option<Duration> {
        self.watch.left()
    }

    fn elapsed(&self) -> Duration {
        self.watch.elapsed()
    }

    fn room(&self) -> Option<u64> {
        self.watch.room()
    }

    fn note(&self, remark: std::fmt::Arguments<'_>) {
        self.watch.note(remark);
    }

    fn progress(&self, told: &Progress<'_>) {
        if self.tells {
            let mut line = json!({ "soort": "voortgang" });
            if let (Some(line), Value::Object(fields)) = (line.as_object_mut(), progress::machine(told, self.elapsed())) {
                line.extend(fields);
            }
            self.speaker.progress(&line, told.finished);
        }
    }
}
