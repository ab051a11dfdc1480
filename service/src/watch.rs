//! Watches a running solve: a monotonic clock, the limits on time and memory, Ctrl-C and whoever wants to see the progress.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use loket_solver::common::control::{Control, Progress};

use crate::console;
use crate::exit::Exit;
use crate::memory::Limit;
use crate::progress::{Life, Listener};

static STOP: AtomicBool = AtomicBool::new(false);

/// From now on Ctrl-C, or a polite request to end, asks the solve to stop with the best checked plan; the second one ends the
/// program at once. Returns the flag that is set.
pub fn hear_stop() -> &'static AtomicBool {
    let heard = ctrlc::set_handler(|| {
        if STOP.swap(true, Ordering::SeqCst) {
            std::process::exit(Exit::Stopped as i32);
        }
    });
    if let Err(error) = heard {
        console::line(format_args!("Stoppen met Ctrl-C geeft hier geen plan: {error}."));
    }
    &STOP
}

/// The caller's side of one solve.
pub struct Watch<'a> {
    began: Instant,
    limit: Option<Duration>,
    memory: Option<Limit>,
    stop: &'a AtomicBool,
    listener: Option<Mutex<Listener>>,
    life: Option<Life>,
    remarks: bool,
}

impl<'a> Watch<'a> {
    /// Starts the clock.
    pub fn new(stop: &'a AtomicBool, limit: Option<Duration>) -> Self {
        Self {
            began: Instant::now(),
            limit,
            memory: None,
            stop,
            listener: None,
            life: None,
            remarks: std::env::var_os("LOKET_TRACE").is_some(),
        }
    }

    /// From now on the solve stops when the process uses more than this many MiB.
    pub fn limit_memory(&mut self, most: u64) {
        self.memory = Some(Limit::new(most));
    }

    /// How much was used when the limit on memory was passed, MiB.
    pub fn used_too_much(&self) -> Option<u64> {
        self.memory.as_ref()?.used_too_much()
    }

    /// From now on progress is told to `listener`.
    pub fn listen(&mut self, listener: Listener) {
        self.listener = Some(Mutex::new(listener));
    }

    /// From now on a sign of life is given until there is progress to show; `machine` when standard error is for machines.
    pub fn show_life(&mut self, machine: bool) {
        self.life = Some(Life::begin(machine));
    }

    /// Takes a sign of life away, so that other text can follow.
    pub fn clear(&self) {
        self.life.iter().for_each(Life::clear);
    }

    /// Gives no more signs of life.
    pub fn quiet(&self) {
        self.life.iter().for_each(Life::end);
    }

    /// Ends the progress shown, so that other text can follow.
    pub fn finish(&self) {
        self.quiet();
        if let Some(mut listener) = self.listener.as_ref().and_then(|it| it.lock().ok()) {
            listener.finish();
        }
    }
}

impl Control for Watch<'_> {
    fn stopped(&self) -> bool {
        self.stop.load(Ordering::SeqCst) || self.memory.as_ref().is_some_and(|limit| limit.passed(self.elapsed()))
    }

    fn left(&self) -> Option<Duration> {
        Some(self.limit?.saturating_sub(self.elapsed()))
    }

    fn elapsed(&self) -> Duration {
        self.began.elapsed()
    }

    fn room(&self) -> Option<u64> {
        self.memory.as_ref()?.room()
    }

    fn note(&self, remark: std::fmt::Arguments<'_>) {
        if self.remarks {
            console::line(format_args!("{:9.3} {remark}", self.elapsed().as_secs_f64()));
        }
    }

    fn progress(&self, progress: &Progress<'_>) {
        let elapsed = self.elapsed();
        if let Some(mut listener) = self.listener.as_ref().and_then(|it| it.lock().ok()) {
            self.quiet();
            listener.hear(progress, elapsed, self.stopped());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_limit_leaves_time_without_end_and_a_passed_limit_leaves_none() {
        let stop = AtomicBool::new(false);
        assert_eq!(Watch::new(&stop, None).left(), None);
        let passed = Watch::new(&stop, Some(Duration::ZERO));
        assert_eq!(passed.left(), Some(Duration::ZERO));
    }

    #[test]
    fn the_flag_stops_a_solve() {
        let stop = AtomicBool::new(false);
        let watch = Watch::new(&stop, None);
        assert!(!watch.stopped());
        stop.store(true, Ordering::SeqCst);
        assert!(watch.stopped());
    }
}
