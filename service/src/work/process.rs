//! A child process in a group of its own, behind a fence on its memory: started, measured and ended with everything it started.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::path::PathBuf;
use std::process::Stdio;

use nix::sys::signal::{Signal, killpg};
use nix::unistd::Pid;
use tokio::process::{Child, Command};

use crate::memory;

/// Sets the fence, then becomes the program. A fence that is lower already stays. A crash leaves no copy of the memory on disk.
const FENCE: &str = "ulimit -c 0; ulimit -v \"$1\" 2>/dev/null; shift; exec \"$@\"";
/// What of the environment the child gets: the rest may hold secrets, and it needs none.
const ENVIRONMENT: &[&str] = &["PATH", "LD_LIBRARY_PATH", "RAYON_NUM_THREADS"];
/// Most processes of a family that are looked at.
const LARGEST_FAMILY: usize = 256;

/// The program that computes.
#[derive(Clone, Debug)]
pub struct Program {
    /// Where it is.
    pub path: PathBuf,
    /// What is typed after it.
    pub arguments: Vec<OsString>,
}

impl Program {
    /// This very program, with the command that computes.
    ///
    /// # Errors
    /// When the system does not say which file this program is.
    pub fn own() -> std::io::Result<Self> {
        Ok(Self { path: std::env::current_exe()?, arguments: vec!["reken".into()] })
    }

    /// Starts it with three pipes. `fence_mib` bounds the addresses it may use.
    pub(super) fn start(&self, fence_mib: u64) -> std::io::Result<(Child, Group)> {
        let fence = fence_mib.saturating_mul(1024);
        let mut command = Command::new("/bin/sh");
        command.args(["-c", FENCE, "loket"]).arg(fence.to_string()).arg(&self.path).args(&self.arguments);
        command.env_clear().envs(ENVIRONMENT.iter().filter_map(|name| Some((name, std::env::var_os(name)?))));
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let child = command.process_group(0).kill_on_drop(true).spawn()?;
        let group = Group(child.id());
        Ok((child, group))
    }
}

/// The process group of a child; ended when this goes out of scope.
#[derive(Debug)]
pub(super) struct Group(Option<u32>);

impl Group {
    /// Ends every process of the group, once. The id of a group is not given out again while one of its processes lives, and this is
    /// asked no later than a moment after its leader was seen to end.
    pub(super) fn kill(&mut self) {
        if let Some(leader) = self.0.take().and_then(|id| i32::try_from(id).ok()) {
            // Already gone is as good.
            let _ = killpg(Pid::from_raw(leader), Signal::SIGKILL);
        }
    }

    /// The process id of the child, until it is ended.
    pub(super) fn leader(&self) -> Option<u32> {
        self.0
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Memory in use by a process and everything it started, MiB.
pub(super) fn family_memory(leader: u32) -> u64 {
    let mut family = BTreeSet::from([leader]);
    let mut new = vec![leader];
    while let Some(process) = new.pop() {
        for child in children(process) {
            if family.len() < LARGEST_FAMILY && family.insert(child) {
                new.push(child);
            }
        }
    }
    family.into_iter().filter_map(memory::of).sum()
}

/// What a process started, by any of its threads.
fn children(process: u32) -> Vec<u32> {
    let Ok(threads) = std::fs::read_dir(format!("/proc/{process}/task")) else { return Vec::new() };
    let lists = threads.flatten().filter_map(|thread| std::fs::read_to_string(thread.path().join("children")).ok());
    lists.flat_map(|list| list.split_whitespace().filter_map(|id| id.parse().ok()).collect::<Vec<u32>>()).collect()
}
