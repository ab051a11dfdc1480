//! The child's standard output: JSON lines, a sign of life each second, progress at most ten times a second.

use std::io::Write;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::exit::Exit;

/// Time between two looks at whether something waits to be said.
const TICK: Duration = Duration::from_millis(100);
/// Ticks between two signs of life.
const BEATS: u32 = 10;

/// Says lines, one at a time, until the last one.
pub(super) struct Speaker(Mutex<Mouth>);

struct Mouth {
    output: Box<dyn Write + Send>,
    /// Progress that waits for its turn; newer progress takes its place.
    waiting: Option<String>,
    progressed: Option<Instant>,
    ended: bool,
}

impl Speaker {
    /// A speaker that says from a thread of its own that it lives.
    pub(super) fn start(output: Box<dyn Write + Send>) -> Arc<Self> {
        let mouth = Mouth { output, waiting: None, progressed: None, ended: false };
        let speaker = Arc::new(Self(Mutex::new(mouth)));
        let own = Arc::clone(&speaker);
        thread::spawn(move || {
            for tick in 0.. {
                if tick % BEATS == 0 {
                    own.say(&json!({ "soort": "leeft" }));
                } else {
                    own.with(Mouth::catch_up);
                }
                thread::sleep(TICK);
            }
        });
        speaker
    }

    fn with(&self, act: impl FnOnce(&mut Mouth)) {
        let mut mouth = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if !mouth.ended {
            act(&mut mouth);
        }
    }

    /// Says something now.
    pub(super) fn say(&self, value: &Value) {
        let line = format!("{value}\n");
        self.with(|mouth| {
            mouth.catch_up();
            mouth.line(&line);
        });
    }

    /// Says progress: the latest wins, and the end of a goal is never left out.
    pub(super) fn progress(&self, value: &Value, finished: bool) {
        let line = format!("{value}\n");
        self.with(|mouth| {
            mouth.waiting = Some(line);
            if finished {
                mouth.progressed = None;
            }
            mouth.catch_up();
        });
    }

    /// Says the last line; nothing is said after it.
    pub(super) fn end(&self, value: &Value) {
        let line = format!("{value}\n");
        self.with(|mouth| {
            mouth.waiting = None;
            mouth.line(&line);
            mouth.ended = true;
        });
    }
}

impl Mouth {
    fn catch_up(&mut self) {
        if self.progressed.is_none_or(|at| at.elapsed() >= TICK)
            && let Some(line) = self.waiting.take()
        {
            self.progressed = Some(Instant::now());
            self.line(&line);
        }
    }

    fn line(&mut self, line: &str) {
        if self.output.write_all(line.as_bytes()).and_then(|()| self.output.flush()).is_err() {
            // Nobody listens any more: there is nobody to compute for.
            leave();
        }
    }
}

/// Ends the process at once, also when something of it hangs while it is taken down.
pub(super) fn leave() -> ! {
    thread::spawn(|| {
        thread::sleep(Duration::from_secs(2));
        std::process::abort();
    });
    std::process::exit(Exit::Stopped as i32)
}

#[cfg(test)]
mod tests {
    use std::io;

    use super::*;

    #[derive(Clone, Default)]
    struct Page(Arc<Mutex<Vec<u8>>>);

    impl Write for Page {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn of_quick_progress_the_latest_is_said_and_nothing_after_the_end() {
        let page = Page::default();
        let speaker = Speaker::start(Box::new(page.clone()));
        for number in 0..1_000 {
            speaker.progress(&json!({ "soort": "voortgang", "nummer": number }), false);
        }
        speaker.progress(&json!({ "soort": "voortgang", "nummer": "klaar" }), true);
        thread::sleep(Duration::from_millis(1_500));
        speaker.end(&json!({ "soort": "antwoord" }));
        speaker.say(&json!({ "soort": "te laat" }));
        let text = String::from_utf8(page.0.lock().unwrap().clone()).unwrap();
        let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let progress: Vec<&Value> = lines.iter().filter(|line| line["soort"] == "voortgang").collect();
        assert!(progress.len() < 100, "{} lines of progress", progress.len());
        assert_eq!(progress.last().map(|line| &line["nummer"]), Some(&json!("klaar")));
        assert!(lines.iter().filter(|line| line["soort"] == "leeft").count() >= 2);
        assert_eq!(lines.last().map(|line| &line["soort"]), Some(&json!("antwoord")));
    }
}
