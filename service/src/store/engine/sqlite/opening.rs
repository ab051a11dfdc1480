//! Opening a file: made for its owner alone, known to be of this program, sound, and with the tables of today.

use std::fs::{OpenOptions, Permissions};
use std::io::ErrorKind;
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use sqlx::migrate::Migrator;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection};

use super::guard::Guard;
use super::{File, PATIENCE, beside};
use crate::store::error::{Error, Result};

/// Our tables. apalis keeps its own beside them and records its migrations in the same list.
pub(super) static MIGRATIONS: Migrator = sqlx::migrate!("./migrations");
/// Ours are numbered on from 1; those of apalis begin with their day, in fourteen digits.
pub(super) const DATED: i64 = 10_000_000_000_000;
/// What SQLite keeps beside a file.
const TAIL: [&str; 2] = ["-wal", "-shm"];

/// Bits of a mode that let others than the owner in.
const OTHERS: u32 = 0o077;

pub(super) fn migrations(list: Vec<sqlx::migrate::Migration>) -> Migrator {
    let mut migrator = Migrator::with_migrations(list);
    migrator.set_ignore_missing(true);
    migrator
}

fn theirs() -> Migrator {
    apalis_sqlite::SqliteStorage::<()>::migrations()
}

/// A pool whose connections come back only when their transaction ended cleanly: SQLite may have ended it by itself (no room on the disk),
/// and a connection that still counts it as open takes no other. The same where something else made a connection suspect.
fn pool(most: u32, suspect: &Arc<AtomicBool>) -> SqlitePoolOptions {
    let suspect = suspect.clone();
    SqlitePoolOptions::new().max_connections(most).acquire_timeout(PATIENCE).after_release(move |connection, _| {
        let suspect = suspect.clone();
        Box::pin(async move {
            // Waits for the end of what was begun.
            connection.ping().await?;
            Ok(!suspect.swap(false, Ordering::SeqCst) && !connection.is_in_transaction())
        })
    })
}

/// Opens the file, makes it when it is not there, checks it and brings its tables up to date.
pub(super) async fn open(path: &Path) -> Result<File> {
    prepare(path)?;
    known(path).await?;
    let options = SqliteConnectOptions::new()
        .filename(path)
        // It is there: should it be gone later, no empty one takes its place.
        .create_if_missing(false)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        // What is erased is overwritten.
        .pragma("secure_delete", "ON")
        .busy_timeout(PATIENCE)
        .optimize_on_close(true, None);
    let suspect = Arc::new(AtomicBool::new(false));
    let other = Arc::new(AtomicBool::new(false));
    let write = pool(1, &suspect).idle_timeout(None).max_lifetime(None).connect_with(options.clone()).await?;
    let found: String = sqlx::query_scalar("PRAGMA quick_check(1)").fetch_one(&write).await?;
    if found != "ok" {
        return Err(Error::Corrupt(found));
    }
    migrations(MIGRATIONS.iter().cloned().collect()).run(&write).await?;
    // Not its own `setup`: that also turns `synchronous` off.
    migrations(theirs().iter().cloned().collect()).run(&write).await?;
    // Tickets may be lost and are made again, so theirs is the only writing that need not reach the disk at once.
    // They also wait for whoever writes, which is no news each time.
    let loose = options.clone().synchronous(SqliteSynchronous::Normal).disable_statement_logging();
    let tickets = pool(3, &other).connect_with(loose).await?;
    let read = pool(8, &other).connect_with(options.clone().read_only(true)).await?;
    // Never closed before the end: as long as it is there nobody takes the WAL away.
    let keeper = pool(1, &other).idle_timeout(None).max_lifetime(None).connect_with(options.clone()).await?;
    sqlx::query("SELECT 1 FROM lichtingen LIMIT 1").fetch_optional(&keeper).await?;
    tighten(path)?;
    let guard = Arc::new(Guard::new(path, true, suspect)?);
    let file = File { read, write, tickets, keeper, path: path.to_path_buf(), options, guard };
    // What was erased just before the last one fell may still stand in its WAL.
    file.overwrite().await;
    Ok(file)
}

/// Opens a file that is there, only to read it: nothing is made, brought up to date or changed.
pub(super) async fn open_to_read(path: &Path) -> Result<File> {
    let options = SqliteConnectOptions::new().filename(path).read_only(true).create_if_missing(false).busy_timeout(PATIENCE);
    let suspect = Arc::new(AtomicBool::new(false));
    let pool = pool(2, &suspect).connect_with(options.clone()).await?;
    let guard = Arc::new(Guard::new(path, false, suspect)?);
    Ok(File { read: pool.clone(), write: pool.clone(), tickets: pool.clone(), keeper: pool, path: path.to_path_buf(), options, guard })
}

/// Sees to it that there is a file, that only its owner may read and write: it holds names.
fn prepare(path: &Path) -> Result<()> {
    match OpenOptions::new().write(true).create_new(true).mode(0o600).open(path) {
        Ok(_) if beside(path, "-wal").exists() => {
            std::fs::remove_file(path)?;
            let what = "het is er niet, en wat er het laatst in geschreven werd (-wal) wel; zet het terug naast dat bestand";
            Err(Error::Foreign(what.into()))
        }
        Ok(_) => {
            tracing::info!("nieuw gegevensbestand");
            Ok(())
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists && path.is_dir() => {
            Err(Error::Disk("dit is een map en geen bestand".into()))
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => tighten(path),
        Err(error) if error.kind() == ErrorKind::NotFound => Err(Error::Disk("de map van het gegevensbestand is er niet".into())),
        Err(error) if error.kind() == ErrorKind::PermissionDenied => {
            Err(Error::Disk("dit programma mag in de map van het gegevensbestand niets maken".into()))
        }
        Err(error) => Err(error.into()),
    }
}

/// Takes away what others than the owner may do with a file and with what SQLite keeps beside it.
pub(crate) fn tighten(path: &Path) -> Result<()> {
    let whole = std::fs::canonicalize(path)?;
    for it in [whole.clone(), beside(&whole, TAIL[0]), beside(&whole, TAIL[1])] {
        let Ok(data) = std::fs::metadata(&it) else { continue };
        let mode = data.permissions().mode() & 0o7777;
        if mode & OTHERS == 0 || !data.is_file() {
            continue;
        }
        // Never opened for this: closing it again would end SQLite's locks on it.
        match std::fs::set_permissions(&it, Permissions::from_mode(mode & !OTHERS)) {
            Ok(()) => tracing::warn!(
                van = format!("{mode:o}"),
                naar = format!("{:o}", mode & !OTHERS),
                "rechten van het gegevensbestand verkleind"
            ),
            Err(_) => tracing::warn!(nu = format!("{mode:o}"), "anderen kunnen bij het gegevensbestand, en dat kan niet veranderd worden"),
        }
    }
    Ok(())
}

/// Whether this program may use the file: an empty one, or one whose every migration it knows.
async fn known(path: &Path) -> Result<()> {
    let options = SqliteConnectOptions::new().filename(path).read_only(true).create_if_missing(false).busy_timeout(PATIENCE);
    let mut connection = options.connect().await?;
    let read = versions(&mut connection).await;
    let _ = connection.close().await;
    let Some(versions) = read? else { return Ok(()) };
    let theirs = theirs();
    let newest = theirs.iter().map(|it| it.version).max().unwrap_or_default();
    let ours = MIGRATIONS.iter().map(|it| it.version).max().unwrap_or_default();
    // apalis may have put several old ones together since: what is older than its newest is no sign of a newer program.
    let unknown = |version: &&i64| if **version < DATED { !MIGRATIONS.version_exists(**version) } else { **version > newest };
    match versions.iter().find(unknown) {
        None => Ok(()),
        Some(version) => Err(Error::Foreign(format!(
            "het is van een nieuwere versie van Loket (tabellen {version}, dit programma kent ze tot en met {ours}); start die versie, of zet \
             een reservekopie van deze versie terug"
        ))),
    }
}

/// The migrations that a file had; `None` when there is nothing in it yet.
async fn versions(connection: &mut SqliteConnection) -> Result<Option<Vec<i64>>> {
    let tables: Vec<String> = sqlx::query_scalar("SELECT name FROM sqlite_schema WHERE type = 'table'").fetch_all(&mut *connection).await?;
    if tables.is_empty() {
        return Ok(None);
    }
    if !tables.iter().any(|it| it == "_sqlx_migrations") {
        return Err(Error::Foreign("het is van een ander programma dan Loket".into()));
    }
    Ok(Some(sqlx::query_scalar("SELECT version FROM _sqlx_migrations ORDER BY version").fetch_all(connection).await?))
}
