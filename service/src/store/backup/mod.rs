//! Copies of the whole file: made while the service runs, checked before they count, and put back only where nothing is lost unasked.

use std::fs::{File, OpenOptions};
use std::io;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use sqlx::Connection;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};

use super::engine::sqlite::tighten;
use super::log::Checked;
use super::persons::Erased;
use super::{Clock, Error, Result, Store};
use crate::trouble::cause;

/// Why a copy was not put back.
#[derive(Debug)]
pub enum Refused {
    /// A service or another program has the file open.
    InUse,
    /// The file has lines in its log that the copy does not have.
    Newer {
        /// Lines in the log of the file.
        lines: i64,
        /// Lines in the log of the copy.
        copied: i64,
    },
    /// The file that is there cannot be read, so nobody can say what would be lost.
    Unreadable(Error),
    /// The copy itself is no good.
    Source(Vec<String>),
}

/// What putting back came to.
#[derive(Debug)]
pub struct Restored {
    /// The log, checked after putting back.
    pub log: Checked,
    /// Where the file that was there is now.
    pub kept: Option<PathBuf>,
    /// Who was erased after the copy was made, and is erased again.
    pub erased: Vec<String>,
    /// Whether the file that was there could say who was erased; `false` when there was none.
    pub told: bool,
}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::StorageFull => Self::Full,
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => Self::ReadOnly,
            _ => Self::Other(cause(&error)),
        }
    }
}

/// A path with something behind its name.
fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

/// Asks the system to keep what was written, also the name.
fn keep(path: &Path) -> io::Result<()> {
    File::open(path)?.sync_all()?;
    let folder = path.parent().filter(|it| !it.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // Not every system can keep a folder.
    let _ = File::open(folder).and_then(|it| it.sync_all());
    Ok(())
}

impl Store {
    /// Writes a copy of everything as it is at one moment; others go on reading and writing. The copy is there whole or not at all,
    /// and is checked before it gets its name. What its log came to.
    pub async fn back_up(&self, target: &Path) -> Result<Checked> {
        let temporary = beside(target, ".deel");
        let _ = std::fs::remove_file(&temporary);
        let made = self.copy(&temporary, target).await;
        if made.is_err() {
            let _ = std::fs::remove_file(&temporary);
        }
        made
    }

    async fn copy(&self, temporary: &Path, target: &Path) -> Result<Checked> {
        let name = temporary.to_str().ok_or_else(|| Error::Other("de naam van het doel is geen UTF-8".into()))?;
        // For its owner alone from the first byte on: it holds names. SQLite takes an empty file for its copy.
        OpenOptions::new().write(true).create_new(true).mode(0o600).open(temporary)?;
        let mut connection = self.file()?.reader().acquire().await?;
        sqlx::query("VACUUM INTO ?").bind(name).execute(&mut *connection).await?;
        drop(connection);
        let (checked, faults) = inspect(temporary).await?;
        if let Some(fault) = faults.first() {
            return Err(Error::Corrupt(fault.clone()));
        }
        // SQLite leaves writing such a copy to the disk to the system.
        keep(temporary)?;
        std::fs::rename(temporary, target)?;
        keep(target)?;
        Ok(checked)
    }
}

/// Reads a copy whole: its log, and everything that is wrong with it, the log included.
pub async fn inspect(path: &Path) -> Result<(Checked, Vec<String>)> {
    let store = Store::open_to_read(path).await?;
    let seen = inspect_store(&store).await;
    store.close().await;
    seen
}

/// Everything that is wrong with a file that is open, and what its log comes to.
pub(super) async fn inspect_store(store: &Store) -> Result<(Checked, Vec<String>)> {
    let mut faults: Vec<String> = store.integrity().await?;
    faults.retain(|it| it != "ok");
    let foreign = sqlx::query("PRAGMA foreign_key_check").fetch_all(store.file()?.reader()).await?;
    if !foreign.is_empty() {
        faults.push(format!("{} verwijzingen wijzen nergens naar", foreign.len()));
    }
    let checked = store.read().log_check().await?;
    faults.extend(checked.wrong.iter().cloned());
    Ok((checked, faults))
}

/// Puts a copy in the place of the file. A file in use is never replaced; one that knows more than the copy, or cannot be read, only by
/// `force`. What was there stays beside it under another name. People whom its log calls erased, and those in `gone`, are erased from
/// what was put back.
///
/// `erase` is how: it gets the copy, how often the log of the file before erased whom, and `gone`, and says who was erased.
pub async fn restore(
    from: &Path,
    to: &Path,
    force: bool,
    gone: &[String],
    clock: Clock,
    erase: impl AsyncFnOnce(&Store, &Erased, &[String]) -> Result<Vec<String>>,
) -> Result<std::result::Result<Restored, Refused>> {
    let (copied, faults) = inspect(from).await?;
    if !faults.is_empty() {
        return Ok(Err(Refused::Source(faults)));
    }
    let there = to.try_exists()?;
    if there {
        match loses(to, from).await {
            Ok(Some(lines)) if !force => return Ok(Err(Refused::Newer { lines, copied: copied.lines })),
            Err(Error::Busy) => return Ok(Err(Refused::InUse)),
            Err(error) if !force => return Ok(Err(Refused::Unreadable(error))),
            _ => {}
        }
        match alone(to).await {
            Ok(true) | Err(Error::Corrupt(_)) => {}
            Ok(false) | Err(_) => return Ok(Err(Refused::InUse)),
        }
    }
    let told = if there { erasures(to).await.ok() } else { None };
    let ready = beside(to, ".klaar");
    let made =
        make_ready(from, &ready, clock.clone(), async |copy: &Store| erase(copy, &told.clone().unwrap_or_default(), gone).await).await;
    let (log, erased) = made.inspect_err(|_| discard(&ready))?;
    let kept = there.then(|| beside(to, &format!(".vervangen-{}", clock.now())));
    if let Some(kept) = &kept {
        // A second name where the system has those, so that there is no moment without a file that knows who was erased.
        std::fs::hard_link(to, kept).or_else(|_| std::fs::rename(to, kept))?;
        for suffix in TAIL {
            // Only a damaged file still has these; they belong to it and not to the copy.
            let _ = std::fs::rename(beside(to, suffix), beside(kept, suffix));
        }
        // Names are in it, whoever made it.
        tighten(kept)?;
    }
    std::fs::rename(&ready, to)?;
    keep(to)?;
    Ok(Ok(Restored { log, kept, erased, told: told.is_some() }))
}

/// What SQLite may keep beside a file.
const TAIL: [&str; 2] = ["-wal", "-shm"];

/// Removes a file with what SQLite kept beside it.
fn discard(path: &Path) {
    let _ = std::fs::remove_file(path);
    for suffix in TAIL {
        let _ = std::fs::remove_file(beside(path, suffix));
    }
}

/// A copy in which everybody is erased who has to be, checked, and whole in its one file. Only then may it take the place of the file
/// that knows who was erased: nobody who stops halfway is left with names that nothing says to erase.
async fn make_ready(
    from: &Path,
    ready: &Path,
    clock: Clock,
    erase: impl AsyncFnOnce(&Store) -> Result<Vec<String>>,
) -> Result<(Checked, Vec<String>)> {
    // What a stop halfway left must not be taken for the new copy's.
    discard(ready);
    let temporary = beside(ready, ".deel");
    let _ = std::fs::remove_file(&temporary);
    let source = Store::open_to_read(from).await?;
    let made = source.copy(&temporary, ready).await;
    source.close().await;
    made.inspect_err(|_| discard(&temporary))?;
    let store = Store::open(ready, clock).await?;
    let erased = erase(&store).await;
    let seen = inspect_store(&store).await;
    store.close().await;
    let (erased, (log, faults)) = (erased?, seen?);
    if let Some(fault) = faults.first() {
        return Err(Error::Corrupt(fault.clone()));
    }
    if !alone(ready).await? {
        return Err(Error::Busy);
    }
    keep(ready)?;
    Ok((log, erased))
}

/// How often each person was erased, by the log of a file.
async fn erasures(path: &Path) -> Result<Erased> {
    let store = Store::open_to_read(path).await?;
    let found = store.read().erasures().await;
    store.close().await;
    found
}

/// How many lines the log of `to` has when the last of them is not in `from`: those would be lost.
async fn loses(to: &Path, from: &Path) -> Result<Option<i64>> {
    let (old, new) = (Store::open_to_read(to).await?, Store::open_to_read(from).await?);
    let asked = async {
        let lines = old.read().log_length().await?;
        let head = old.read().log_hash(lines).await?;
        let same = head == new.read().log_hash(lines).await?;
        Ok((!same).then_some(lines))
    }
    .await;
    old.close().await;
    new.close().await;
    asked
}

/// Whether nobody else has the file open. Leaving the WAL asks for the whole file, and puts the WAL's content into it.
pub(super) async fn alone(path: &Path) -> Result<bool> {
    let options = SqliteConnectOptions::new().filename(path).create_if_missing(false).busy_timeout(Duration::from_millis(300));
    let mut connection = SqliteConnection::connect_with(&options).await?;
    let mode: std::result::Result<String, Error> =
        sqlx::query_scalar("PRAGMA journal_mode = DELETE").fetch_one(&mut connection).await.map_err(Error::from);
    let _ = connection.close().await;
    match mode {
        Ok(mode) => Ok(mode == "delete"),
        Err(Error::Busy) => Ok(false),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests;
