//! How the caller tells a solve when to stop and hears how far it is. The solver has no clock of its own.

use std::sync::atomic::{AtomicU32, Ordering};
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

/// A caller whose time is a part of what is left, so that what comes after it has time as well.
pub struct Share<'a> {
    control: &'a dyn Control,
    until: Option<Duration>,
    heard: bool,
}

impl<'a> Share<'a> {
    /// One of so many equal parts of what is left now. Nobody hears its progress.
    pub fn of(control: &'a dyn Control, parts: u32) -> Self {
        Self { control, until: control.left().map(|left| control.elapsed() + left / parts.max(1)), heard: false }
    }

    /// The same, with its progress told on.
    pub fn heard(control: &'a dyn Control, parts: u32) -> Self {
        Self { heard: true, ..Self::of(control, parts) }
    }
}

/// Parts of one piece of work that are done one after another on so many threads: each gets a fair share of the time that is left when its turn
/// comes, so that what one part leaves is for those after it.
pub struct Turns<'a> {
    control: &'a dyn Control,
    /// Parts whose turn is still to come.
    waiting: AtomicU32,
    threads: u32,
}

impl<'a> Turns<'a> {
    /// So many parts on so many threads.
    pub fn new(control: &'a dyn Control, parts: usize, threads: usize) -> Self {
        let whole = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        Self { control, waiting: AtomicU32::new(whole(parts)), threads: whole(threads).max(1) }
    }

    /// The turn of the next part, whichever it is: what is left for each thread by the parts that are still to be done on it.
    pub fn next(&self) -> Share<'a> {
        let waiting = self.waiting.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |it| Some(it.saturating_sub(1)));
        Share::heard(self.control, waiting.unwrap_or_else(|it| it).div_ceil(self.threads))
    }
}

impl Control for Share<'_> {
    fn stopped(&self) -> bool {
        self.control.stopped()
    }
    fn left(&self) -> Option<Duration> {
        Some(self.until?.saturating_sub(self.control.elapsed()))
    }
    fn elapsed(&self) -> Duration {
        self.control.elapsed()
    }
    fn room(&self) -> Option<u64> {
        self.control.room()
    }
    fn runs(&self) -> Runs {
        self.control.runs()
    }
    fn note(&self, remark: std::fmt::Arguments<'_>) {
        self.control.note(remark);
    }
    fn progress(&self, progress: &Progress<'_>) {
        if self.heard {
            self.control.progress(progress);
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Ten seconds into a run of so many.
    struct At(Option<u64>);

    impl Control for At {
        fn stopped(&self) -> bool {
            false
        }
        fn left(&self) -> Option<Duration> {
            self.0.map(Duration::from_secs)
        }
        fn elapsed(&self) -> Duration {
            Duration::from_secs(10)
        }
    }

    #[test]
    fn a_share_is_a_part_of_what_is_left_and_of_nothing_where_nothing_is() {
        let seconds = |left, parts| Share::of(&At(left), parts).left().map(|it| it.as_secs());
        assert_eq!((seconds(Some(60), 2), seconds(Some(60), 3), seconds(Some(60), 1)), (Some(30), Some(20), Some(60)));
        assert_eq!((seconds(Some(0), 2), seconds(None, 2), seconds(Some(60), 0)), (Some(0), None, Some(60)));
        assert!(Share::of(&At(Some(0)), 2).over() && !Share::of(&At(Some(60)), 2).over());
    }

    #[test]
    fn a_turn_is_what_is_left_by_the_parts_that_are_still_to_come_on_a_thread() {
        let at = At(Some(60));
        let turns = Turns::new(&at, 5, 2);
        let seconds: Vec<_> = (0..6).map(|_| turns.next().left().map(|it| it.as_secs())).collect();
        // Nobody used time here, so that the last ones could have all of it.
        assert_eq!(seconds, [20, 30, 30, 60, 60, 60].map(Some));
        assert!(Turns::new(&At(None), 5, 2).next().left().is_none());
        assert!(Turns::new(&At(Some(0)), 5, 2).next().over());
    }
}
