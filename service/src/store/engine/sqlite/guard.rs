//! Whether the file is still the one that was opened, whether it is sound, and how the last writing went.

use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::super::Lately;
use super::beside;
use crate::store::error::{Error, Result};

/// How long it stays true that something was just written, or that the file was just looked at anew.
const FRESH: Duration = Duration::from_secs(5);

/// A file, whatever its name is now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Identity {
    device: u64,
    inode: u64,
}

/// The identity of what is at this path, and its length.
fn look(path: &Path) -> Result<(Identity, u64)> {
    match std::fs::metadata(path) {
        Ok(data) => Ok((Identity { device: data.dev(), inode: data.ino() }, data.len())),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Err(Error::Moved),
        Err(error) => Err(error.into()),
    }
}

/// Watches over one opened file.
#[derive(Debug)]
pub(super) struct Guard {
    path: PathBuf,
    file: Identity,
    /// What was written last stands here. Somebody in this process always has it open, so nobody may take it away.
    wal: Option<(PathBuf, Identity)>,
    /// The longest that it was.
    length: AtomicU64,
    told: Mutex<Told>,
    /// Set when the connection that writes must not be used again.
    pub(super) suspect: std::sync::Arc<AtomicBool>,
    /// How many changes erased something that still stands in the WAL.
    pub(super) owed: AtomicU64,
}

/// What statements told.
#[derive(Debug, Default)]
struct Told {
    wrote: Option<Instant>,
    failed: bool,
    looked: Option<Instant>,
    damaged: Option<String>,
}

impl Guard {
    /// Watches over the file as it is now; its WAL is there when it may be written.
    pub(super) fn new(path: &Path, writes: bool, suspect: std::sync::Arc<AtomicBool>) -> Result<Self> {
        let (file, length) = look(path)?;
        let wal = if writes {
            // SQLite puts it beside the file itself, whatever links lead there.
            let wal = beside(&std::fs::canonicalize(path)?, "-wal");
            let (identity, _) = look(&wal)?;
            Some((wal, identity))
        } else {
            None
        };
        let told = Mutex::new(Told { looked: Some(Instant::now()), ..Told::default() });
        Ok(Self { path: path.to_path_buf(), file, wal, length: AtomicU64::new(length), told, suspect, owed: AtomicU64::new(0) })
    }

    fn told(&self) -> MutexGuard<'_, Told> {
        self.told.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether what was opened is still there under its name: what is written elsewhere is lost, what is read there is not ours.
    pub(super) fn same(&self) -> Result<u64> {
        let (file, length) = look(&self.path)?;
        let wal = self.wal.as_ref().map_or(Ok(true), |(path, identity)| Ok::<_, Error>(look(path)?.0 == *identity))?;
        if file == self.file && wal { Ok(length) } else { Err(Error::Moved) }
    }

    /// Whether anything may be written: the same file, and never found damaged. How long it is.
    pub(super) fn sound(&self) -> Result<u64> {
        let length = self.same()?;
        match &self.told().damaged {
            Some(what) => Err(Error::Corrupt(what.clone())),
            None => Ok(length),
        }
    }

    /// Whether the file was longer before. It only grows, unless somebody tidies it up (`VACUUM`) or cuts it off.
    pub(super) fn was_longer(&self, length: u64) -> bool {
        length < self.length.fetch_max(length, Ordering::SeqCst)
    }

    /// It is whole at this length.
    pub(super) fn is_whole(&self, length: u64) {
        self.length.store(length, Ordering::SeqCst);
    }

    /// Whether it is time to look at the file through a connection that remembers nothing of it.
    pub(super) fn looks_again(&self) -> bool {
        let mut told = self.told();
        let due = told.looked.is_none_or(|at| at.elapsed() >= FRESH);
        if due {
            told.looked = Some(Instant::now());
        }
        due
    }

    /// A change was committed.
    pub(super) fn wrote(&self) {
        let mut told = self.told();
        (told.wrote, told.failed) = (Some(Instant::now()), false);
    }

    /// A statement failed by the database. A damaged file is not written to again.
    pub(super) fn failed(&self, error: &Error, writing: bool) {
        let mut told = self.told();
        if let Error::Corrupt(what) = error {
            told.damaged.get_or_insert_with(|| what.clone());
        }
        if writing && !matches!(error, Error::Busy) {
            told.failed = true;
            self.suspect.store(true, Ordering::SeqCst);
        }
    }

    /// How the last writing went.
    pub(super) fn lately(&self) -> Lately {
        let told = self.told();
        match (told.failed, told.wrote) {
            (true, _) => Lately::Failed,
            (false, Some(at)) if at.elapsed() < FRESH => Lately::Wrote,
            (false, _) => Lately::Unknown,
        }
    }
}
