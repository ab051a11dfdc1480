//! Runs a program as a child process with limits, and measures its seconds and the peak memory of its whole process tree.
//!
//! Memory is VmHWM, the kernel's own high-water mark of a process since its `exec`, read while it runs and added up over the
//! processes that are alive together. The resource usage that `wait4` gives would count this runner's memory too, as Linux carries
//! it over an `exec`.

use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use crate::machine::{Ticks, ticks_of};

/// What a child may use.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Killed after this.
    pub time: Duration,
    /// Address space, MiB.
    pub memory_mib: u64,
}

/// How a child ended.
#[derive(Clone, Copy, Debug)]
pub struct Measured {
    /// Its exit status; `None` when its time was up and it was killed.
    pub status: Option<ExitStatus>,
    /// From start to end.
    pub seconds: f64,
    /// Peak memory of the process tree, MiB; `None` on a machine without /proc.
    pub peak_mib: Option<u64>,
    /// Percent of the machine's processor time meanwhile that went to others: a machine that is not quiet gives poor seconds.
    pub others_percent: Option<u64>,
}

/// Cores that every child gets.
const CORES: usize = 2;

/// How often the memory is read.
const LOOK: Duration = Duration::from_millis(5);

/// Runs `program` with its output in two files.
///
/// # Errors
/// When the program or a file cannot be opened.
pub fn run(program: &Path, arguments: &[String], limits: Limits, output: &Path, errors: &Path) -> Result<Measured, String> {
    let create = |path: &Path| File::create(path).map_err(|error| format!("{}: {error}", path.display()));
    let kib = limits.memory_mib * 1024;
    let cores = std::thread::available_parallelism().map_or(CORES, |cores| cores.get());
    let pinned = if cores > CORES { "taskset -c 0,1 " } else { "" };
    let before = Ticks::now();
    let began = Instant::now();
    // The shell limits itself and becomes the program: no unsafe code here, and the same limits for every program.
    let mut child = Command::new("sh")
        .args(["-c", &format!("ulimit -v {kib}; exec {pinned}\"$0\" \"$@\"")])
        .arg(program)
        .args(arguments)
        .env("RAYON_NUM_THREADS", "2")
        .env("OMP_NUM_THREADS", "2")
        .stdin(Stdio::null())
        .stdout(create(output)?)
        .stderr(create(errors)?)
        .spawn()
        .map_err(|error| format!("{}: {error}", program.display()))?;
    let (mut peak_kib, mut own) = (0, 0);
    let status = loop {
        match child.try_wait().map_err(|error| error.to_string())? {
            Some(status) => break Some(status),
            None if began.elapsed() > limits.time => {
                end(&tree(child.id()));
                child.kill().and_then(|()| child.wait()).map_err(|error| error.to_string())?;
                break None;
            }
            None => {}
        }
        // Processes that are gone are not counted with those that came after them.
        let alive = tree(child.id());
        peak_kib = peak_kib.max(alive.iter().copied().filter_map(high_water).sum::<u64>());
        own = own.max(alive.into_iter().map(ticks_of).sum());
        std::thread::sleep(LOOK);
    };
    let peak_mib = (peak_kib > 0).then_some(peak_kib.div_ceil(1024));
    let others_percent = Ticks::now().others_percent(before, own);
    Ok(Measured { status, seconds: began.elapsed().as_secs_f64(), peak_mib, others_percent })
}

/// A process and everything below it.
fn tree(root: u32) -> Vec<u32> {
    let mut found = vec![root];
    let mut at = 0;
    while let Some(&process) = found.get(at) {
        let tasks = fs::read_dir(format!("/proc/{process}/task")).into_iter().flatten().flatten();
        for task in tasks {
            let children = fs::read_to_string(task.path().join("children")).unwrap_or_default();
            found.extend(children.split_whitespace().filter_map(|id| id.parse::<u32>().ok()));
        }
        at += 1;
    }
    found
}

fn high_water(process: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

/// Ends what a child started; what is gone already is no trouble.
fn end(processes: &[u32]) {
    let ids = processes.iter().skip(1).map(u32::to_string);
    let _ = Command::new("kill").arg("-KILL").args(ids).stderr(Stdio::null()).status();
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shell(script: &str, time: Duration, memory_mib: u64) -> (Measured, String) {
        let folder = std::env::temp_dir().join(format!("loket-child-{}-{}", std::process::id(), script.len()));
        fs::create_dir_all(&folder).expect("a folder for this test");
        let (output, errors) = (folder.join("output"), folder.join("errors"));
        let arguments = ["-c".to_string(), script.to_string()];
        let measured = run(Path::new("/bin/sh"), &arguments, Limits { time, memory_mib }, &output, &errors).expect("sh runs");
        let text = fs::read_to_string(&output).expect("output was written");
        fs::remove_dir_all(&folder).expect("the folder is ours");
        (measured, text)
    }

    #[test]
    fn a_child_is_timed_and_its_output_kept() {
        let (measured, text) = shell("sleep 0.2; echo done", Duration::from_secs(20), 4096);
        assert!(measured.status.is_some_and(|status| status.success()));
        assert!(measured.seconds >= 0.2 && measured.seconds < 15.0, "{measured:?}");
        assert!(measured.peak_mib.is_some_and(|mib| mib < 200), "{measured:?}");
        assert_eq!(text, "done\n");
    }

    #[test]
    fn a_child_that_takes_too_long_is_ended_with_what_it_started() {
        let (measured, _) = shell("sleep 60 & sleep 61; wait", Duration::from_millis(300), 4096);
        assert!(measured.status.is_none());
        assert!(measured.seconds < 30.0, "{measured:?}");
    }

    #[test]
    fn the_limit_on_memory_holds_in_the_child() {
        let (_, text) = shell("ulimit -v # the limit", Duration::from_secs(20), 512);
        assert_eq!(text, format!("{}\n", 512 * 1024));
    }
}
