//! Shows on standard error how far a solve is: one redrawn line on a terminal, plain lines elsewhere, JSON lines for machines.

use std::io::{self, IsTerminal, Write};
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

use loket_instances::strict::spot::visible;
use loket_solver::common::control::Progress;
use serde_json::{Value, json};

use crate::present::dutch;

/// How progress is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// The line of the goal at work is drawn again and again.
    Terminal,
    /// A line at a time, at most one a second for each goal.
    Plain,
    /// A JSON object per line, every one.
    Json,
}

/// First sign of life, and the time between two on a terminal and elsewhere.
const FIRST: Duration = Duration::from_millis(800);
const DRAWN: Duration = Duration::from_secs(1);
const TOLD: Duration = Duration::from_secs(10);

/// A sign of life on standard error while nothing else is told: within a second, and then now and then.
pub struct Life {
    told: Arc<(Mutex<Told>, Condvar)>,
}

/// What there is of it.
#[derive(Default)]
struct Told {
    over: bool,
    drawn: bool,
}

impl Life {
    /// Begins; `machine` when standard error is for machines.
    pub fn begin(machine: bool) -> Self {
        let style = match (machine, io::stderr().is_terminal()) {
            (true, _) => Style::Json,
            (false, true) => Style::Terminal,
            (false, false) => Style::Plain,
        };
        let told = Arc::new((Mutex::new(Told::default()), Condvar::new()));
        let mine = Arc::clone(&told);
        std::thread::spawn(move || Self::tick(&mine, style));
        Self { told }
    }

    fn tick((told, woken): &(Mutex<Told>, Condvar), style: Style) {
        let began = Instant::now();
        let mut pause = FIRST;
        let Ok(mut now) = told.lock() else { return };
        loop {
            let Ok((woke, waited)) = woken.wait_timeout(now, pause) else { return };
            now = woke;
            if now.over {
                return;
            }
            if waited.timed_out() {
                let mut output = io::stderr();
                // A sign that cannot be written is lost without harm.
                let _ = match style {
                    Style::Terminal => write!(output, "\r\x1b[2KBezig: {}", dutch::time(began.elapsed())),
                    Style::Plain => writeln!(output, "Bezig: {}", dutch::time(began.elapsed())),
                    Style::Json => writeln!(output, "{}", json!({ "bezig_seconden": began.elapsed().as_secs() })),
                };
                now.drawn = style == Style::Terminal;
                pause = if style == Style::Terminal { DRAWN } else { TOLD };
            }
        }
    }

    /// Takes a drawn line away, so that other text can follow.
    pub fn clear(&self) {
        if let Ok(mut told) = self.told.0.lock()
            && std::mem::take(&mut told.drawn)
        {
            let _ = write!(io::stderr(), "\r\x1b[2K");
        }
    }

    /// Nothing more is told.
    pub fn end(&self) {
        self.clear();
        if let Ok(mut told) = self.told.0.lock() {
            told.over = true;
        }
        self.told.1.notify_all();
    }
}

impl Drop for Life {
    fn drop(&mut self) {
        self.end();
    }
}

/// Writes what it hears.
pub struct Listener {
    style: Style,
    output: Box<dyn Write + Send>,
    goals: usize,
    last: Option<(usize, Duration)>,
    open: bool,
}

impl Listener {
    /// A listener on standard error, for a policy with this many goals.
    pub fn new(style: Style, goals: usize) -> Self {
        Self::on(Box::new(io::stderr()), style, goals)
    }

    /// A listener on any output.
    pub fn on(output: Box<dyn Write + Send>, style: Style, goals: usize) -> Self {
        Self { style, output, goals, last: None, open: false }
    }

    /// Something became known. Progress that cannot be written is lost without harm.
    pub fn hear(&mut self, progress: &Progress<'_>, elapsed: Duration, stopping: bool) {
        let _ = match self.style {
            Style::Json => self.json(progress, elapsed),
            Style::Terminal => self.redraw(progress, elapsed, stopping),
            Style::Plain => self.line(progress, elapsed),
        };
    }

    /// Ends a line that is still being redrawn.
    pub fn finish(&mut self) {
        if std::mem::take(&mut self.open) {
            let _ = writeln!(self.output);
        }
    }

    fn json(&mut self, progress: &Progress<'_>, elapsed: Duration) -> io::Result<()> {
        let line = machine(progress, elapsed);
        writeln!(self.output, "{line}")?;
        self.output.flush()
    }

    fn redraw(&mut self, progress: &Progress<'_>, elapsed: Duration, stopping: bool) -> io::Result<()> {
        let text = self.text(progress, elapsed);
        let tail = if stopping { "  stopt (nog eens: meteen)" } else { "" };
        write!(self.output, "\r\x1b[2K{text}{tail}")?;
        self.open = !progress.finished;
        if progress.finished {
            writeln!(self.output)?;
        }
        self.output.flush()
    }

    fn line(&mut self, progress: &Progress<'_>, elapsed: Duration) -> io::Result<()> {
        let soon = self.last.is_some_and(|(goal, at)| goal == progress.goal && elapsed < at + Duration::from_secs(1));
        if soon && !progress.finished {
            return Ok(());
        }
        self.last = Some((progress.goal, elapsed));
        let text = self.text(progress, elapsed);
        writeln!(self.output, "{text}")
    }

    fn text(&self, progress: &Progress<'_>, elapsed: Duration) -> String {
        let known = |value: Option<i64>| value.map_or_else(|| "?".into(), dutch::number);
        let state = match (progress.finished, progress.value, progress.bound) {
            (true, Some(value), Some(bound)) if value == bound => "bewezen",
            (true, ..) => "niet bewezen",
            (false, ..) => "bezig",
        };
        format!(
            "{:>2}/{} {:<12} {:>11}  hoogstens {:>11}  {:<12} {:>11}",
            progress.goal + 1,
            self.goals,
            dutch::cut(&visible(progress.name), 12),
            known(progress.value),
            known(progress.bound),
            state,
            dutch::time(elapsed),
        )
    }
}

/// What became known, for machines.
pub fn machine(progress: &Progress<'_>, elapsed: Duration) -> Value {
    json!({
        "doel": progress.name, "nummer": progress.goal + 1, "waarde": progress.value, "bovengrens": progress.bound,
        "kolommen": progress.columns, "knopen": progress.nodes, "klaar": progress.finished,
        "milliseconden": u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX),
    })
}

#[cfg(test)]
mod tests {
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

    fn heard(style: Style) -> String {
        let page = Page::default();
        let mut listener = Listener::on(Box::new(page.clone()), style, 2);
        for (milliseconds, value, finished) in [(0, None, false), (100, Some(3), false), (200, Some(4), true)] {
            let progress = Progress { goal: 0, name: "geplaatst", value, bound: Some(4), columns: 9, nodes: 1, finished };
            listener.hear(&progress, Duration::from_millis(milliseconds), false);
        }
        String::from_utf8(page.0.lock().unwrap().clone()).unwrap()
    }

    #[test]
    fn plain_lines_skip_what_follows_within_a_second_but_never_the_end() {
        let text = heard(Style::Plain);
        let lines: Vec<_> = text.lines().collect();
        assert_eq!(lines.len(), 2);
        assert!(lines[0].contains("bezig") && lines[0].contains('?'));
        assert!(lines[1].contains("bewezen") && lines[1].contains("geplaatst"));
        assert!(lines.iter().all(|line| line.chars().count() <= 79));
    }

    #[test]
    fn a_terminal_sees_one_line_drawn_again() {
        let text = heard(Style::Terminal);
        assert_eq!(text.matches("\r\x1b[2K").count(), 3);
        assert_eq!(text.matches('\n').count(), 1);
    }

    #[test]
    fn machines_get_every_event_as_a_json_line() {
        let text = heard(Style::Json);
        let lines: Vec<serde_json::Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(lines.len(), 3);
        assert_eq!(lines[2]["waarde"], 4);
        assert_eq!(lines[2]["klaar"], true);
    }
}
