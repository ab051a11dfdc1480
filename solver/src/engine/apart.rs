//! Work on a thread of its own: whoever waits for it looks up often, and goes on without it when it does not end.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

use crate::common::control::Control;

/// How often whoever waits looks up.
const LOOK: Duration = Duration::from_millis(20);

/// So long after it was told to stop, work that still goes on is left to itself.
const GRACE: Duration = Duration::from_millis(800);

/// Longer than any solve.
const FOREVER: Duration = Duration::from_secs(1 << 20);

/// Tells work on another thread to stop.
#[derive(Clone, Debug, Default)]
pub struct Bell(Arc<AtomicBool>);

impl Bell {
    /// Whether to stop.
    pub fn rung(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// What was heard of work on another thread.
pub enum Heard<T> {
    /// This.
    Said(T),
    /// Nothing, nor will there be: its thread is gone.
    Gone,
    /// Nothing within the time it had after it was told to stop.
    Silent,
}

/// Somebody who waits for work on another thread.
pub struct Waiting<'a> {
    control: &'a dyn Control,
    bell: &'a Bell,
    rung: Option<Duration>,
    looks: u32,
}

impl<'a> Waiting<'a> {
    /// For work that listens to this bell.
    pub fn new(control: &'a dyn Control, bell: &'a Bell) -> Self {
        Self { control, bell, rung: None, looks: 0 }
    }

    /// The next thing that the work says.
    pub fn next<T>(&mut self, said: &Receiver<T>) -> Heard<T> {
        loop {
            if self.rung.is_none() && self.control.over() {
                self.bell.0.store(true, Ordering::Relaxed);
                self.rung = Some(self.control.elapsed());
            }
            match said.recv_timeout(LOOK) {
                Ok(it) => return Heard::Said(it),
                Err(RecvTimeoutError::Disconnected) => return Heard::Gone,
                Err(RecvTimeoutError::Timeout) => self.looks += u32::from(self.rung.is_some()),
            }
            // Looks take longer on a busy machine; the caller's time may stand still.
            if self.rung.is_some_and(|rung| self.control.elapsed().saturating_sub(rung).max(LOOK * self.looks) > GRACE) {
                return Heard::Silent;
            }
        }
    }
}

/// Never ends within a solve: what tests make of a run.
pub fn stall() {
    std::thread::sleep(FOREVER);
}
