//! Starts `loket` as processes on a folder of their own, on a port that the system chooses, and ends them by their id.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use crate::database;
use crate::support::let_in_at;

/// The token of every service that a test starts.
pub const KEY: &str = "sleutel-van-een-proef";

/// The program `loket`: the tests lie one folder below it.
pub fn program() -> PathBuf {
    let own = std::env::current_exe().expect("the test knows its own file");
    let folder = own.parent().and_then(Path::parent).expect("the test lies below the folder of programs");
    let program = folder.join("loket");
    assert!(program.is_file(), "{} is not there: run `cargo build --workspace --tests` first", program.display());
    program
}

/// An empty folder for one test.
pub fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("dienst-{name}"));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("the target folder can be written");
    folder
}

/// A running `loket serve` or `loket worker`; ended with this value.
pub struct Process {
    child: Child,
    /// What it said first: where it listens, or for which file it works.
    pub said: String,
    out: BufReader<ChildStdout>,
    log: PathBuf,
}

impl Process {
    fn start(folder: &Path, command: &str, words: &[&str]) -> Self {
        let_in_at(folder, KEY);
        let kept = folder.join(format!("{command}.log"));
        let log = File::options().create(true).append(true).open(&kept).expect("a log can be written");
        // A write beyond what `room` left gives an error instead of the end.
        let mut child = Command::new("/bin/sh")
            .args(["-c", "trap '' XFSZ; exec \"$0\" \"$@\""])
            .arg(program())
            .arg(command)
            .args(["--gegevens", &database::typed(&folder.join("loket.sqlite"))])
            .args(words)
            .current_dir(folder)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .expect("the program starts");
        let mut out = BufReader::new(child.stdout.take().expect("standard output is piped"));
        let mut said = String::new();
        out.read_line(&mut said).expect("it says something");
        assert!(!said.is_empty(), "loket {command} ended at once: see {}/{command}.log", folder.display());
        Self { child, said: said.trim().into(), out, log: kept }
    }

    /// The service, with these settings beside the file and the address.
    pub fn serve(folder: &Path, words: &[&str]) -> Self {
        Self::start(folder, "serve", &[&["--adres", "127.0.0.1:0"], words].concat())
    }

    /// A worker on the same file.
    pub fn worker(folder: &Path, words: &[&str]) -> Self {
        Self::start(folder, "worker", words)
    }

    /// Where it listens.
    pub fn url(&self) -> String {
        let at = self.said.find("http://").expect("it says where it listens");
        self.said[at..].into()
    }

    /// Lets no file of it grow beyond so many bytes, as on a full disk; `None`: without end again.
    pub fn room(&self, most: Option<u64>) {
        let most = most.map_or_else(|| "unlimited".to_owned(), |most| most.to_string());
        let set = Command::new("prlimit").args(["--pid", &self.id().to_string(), &format!("--fsize={most}:")]).status();
        assert!(set.expect("prlimit is there").success());
    }

    /// The next line that it says.
    pub fn says(&mut self) -> String {
        let mut line = String::new();
        self.out.read_line(&mut line).expect("it says something");
        line
    }

    /// Asks it to end: what it said until then beyond the first line.
    pub fn end_saying(mut self) -> String {
        signal(self.id(), "TERM");
        let mut rest = String::new();
        self.out.read_to_string(&mut rest).expect("it says text");
        rest
    }

    /// Its process id.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Ends it at once, as a power cut would.
    pub fn kill(&mut self) {
        // Already gone is as good.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// The end of its log, and what its threads wait for.
    fn last_words(&self) -> String {
        let log = std::fs::read_to_string(&self.log).unwrap_or_default();
        let lines: Vec<&str> = log.lines().collect();
        let mut told = lines[lines.len().saturating_sub(12)..].join("\n");
        for thread in std::fs::read_dir(format!("/proc/{}/task", self.id())).into_iter().flatten().flatten() {
            let read = |name: &str| std::fs::read_to_string(thread.path().join(name)).unwrap_or_default();
            told.push_str(&format!("\n{} {}", read("comm").trim(), read("wchan")));
        }
        told
    }

    /// Asks it to end and waits for that; its exit status.
    pub fn end(mut self) -> i32 {
        signal(self.id(), "TERM");
        let began = Instant::now();
        while began.elapsed() < Duration::from_secs(20) {
            if let Some(status) = self.child.try_wait().expect("it can be waited for") {
                return status.code().unwrap_or(-1);
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        panic!("it did not end when asked: {}", self.last_words());
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Sends a signal to one process.
pub fn signal(process: u32, name: &str) {
    let sent = Command::new("/bin/sh").args(["-c", &format!("kill -{name} {process}")]).stderr(Stdio::null()).status();
    sent.expect("the shell starts");
}

/// The parent of a process; `None` when it is gone or only waits to be buried.
fn parent(process: u32) -> Option<u32> {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // The name, which is in brackets, may hold anything.
    let mut rest = stat.rsplit(')').next()?.split_whitespace();
    let state = rest.next()?;
    let parent = rest.next()?.parse().ok()?;
    (!["Z", "X"].contains(&state)).then_some(parent)
}

fn computes(process: u32) -> bool {
    let words = std::fs::read(format!("/proc/{process}/cmdline")).unwrap_or_default();
    words.split(|byte| *byte == 0).any(|word| word == b"reken")
}

/// The solver's children of a process.
pub fn children(of: u32) -> Vec<u32> {
    let entries = std::fs::read_dir("/proc").expect("there is /proc");
    let processes = entries.flatten().filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
    processes.filter(|&process| parent(process) == Some(of) && computes(process)).collect()
}

/// Whether a solver's child is still there.
pub fn lives(child: u32) -> bool {
    parent(child).is_some() && computes(child)
}
