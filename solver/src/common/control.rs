//! How the caller tells a solve when to stop and hears how far it is. The solver has no clock of its own.

use std::time::Duration;

/// The caller's side of a running solve.
pub trait Control: Sync {
    /// Whether to stop now with the best checked plan.
    fn stopped(&self) -> bool;
    /// Time left for the whole solve; `None` is unlimited.
    fn left(&self) -> Option<Duration>;
    /// Time since the solve began.
    fn elapsed(&self) -> Duration;
    /// Bytes of memory that may still be taken; `None` is unlimited.
    fn room(&self) -> Option<u64> {
        None
    }
    /// Whether to stop with what there is: asked to, or out of time.
    fn over(&self) -> bool {
        self.stopped() || self.left().is_some_and(|left| left.is_zero())
    }
    /// How the engine's runs are made.
    fn runs(&self) -> Runs {
        Runs::default()
    }
    /// A remark of the engine on its own work, for whoever tunes it.
    fn note(&self, _remark: std::fmt::Arguments<'_>) {}
    /// Something became known of a goal.
    fn progress(&self, _progress: &Progress<'_>) {}
}

/// How the engine's runs are made. It decides who waits for a run, never what comes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Runs {
    /// Columns from which on a program has a thread of its own: a run that does not hear that it is to stop can then be left to itself.
    pub apart: usize,
    /// Whether such a run never ends: for tests of what becomes of the solve then.
    pub stall: bool,
}

impl Default for Runs {
    fn default() -> Self {
        Self { apart: 1000, stall: false }
    }
}

/// What is known of the goal at work.
#[derive(Clone, Debug)]
pub struct Progress<'a> {
    /// Position of the goal in the policy, from 0.
    pub goal: usize,
    /// Its name.
    pub name: &'a str,
    /// Value of the best checked plan, when there is one.
    pub value: Option<i64>,
    /// Largest integer not excluded, when known.
    pub bound: Option<i64>,
    /// Columns in the linear program.
    pub columns: u64,
    /// Branch-and-bound nodes.
    pub nodes: u64,
    /// Whether the goal is finished.
    pub finished: bool,
}

/// No limit and no listener; time stands still. For tests and small waves.
#[derive(Clone, Copy, Debug, Default)]
pub struct Unhurried;

impl Control for Unhurried {
    fn stopped(&self) -> bool {
        false
    }
    fn left(&self) -> Option<Duration> {
        None
    }
    fn elapsed(&self) -> Duration {
        Duration::ZERO
    }
}
