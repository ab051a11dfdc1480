//! A file that is moved, replaced or cut short while it is open: nothing more is written, nothing is made in its place.

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use crate::store::engine::values;
use crate::store::trial::{Folder, add, store};
use crate::store::{Error, Store};

/// Whether nothing can be read or written because the file is not the one that was opened.
async fn lost(store: &Store) -> bool {
    let changed = matches!(store.change().await.err(), Some(Error::Moved));
    let read = matches!(store.read().waves(None, 0, 1).await.err(), Some(Error::Moved));
    let told = store.condition().await;
    changed && read && matches!((&told.reads, &told.writes), (Err(Error::Moved), Err(Error::Moved)))
}

#[tokio::test]
async fn while_the_file_is_away_nothing_is_written_or_made_and_once_it_is_back_all_goes_on() {
    let folder = Folder::new("weg");
    let store = store(&folder, "loket.sqlite").await;
    add(&store, "een").await;
    std::fs::create_dir(folder.at("elders")).unwrap();
    std::fs::rename(folder.at("loket.sqlite"), folder.at("elders/loket.sqlite")).unwrap();
    assert!(lost(&store).await);
    // Nor by those who open connections of their own.
    let _ = sqlx::query("SELECT 1 FROM Jobs").fetch_optional(&store.file().unwrap().tickets).await;
    assert!(!folder.names().contains(&"loket.sqlite".to_owned()), "{:?}", folder.names());

    // Another file is not ours, whatever it is.
    std::fs::write(folder.at("loket.sqlite"), b"").unwrap();
    assert!(lost(&store).await);
    assert_eq!(std::fs::metadata(folder.at("loket.sqlite")).unwrap().len(), 0);
    std::fs::remove_file(folder.at("loket.sqlite")).unwrap();

    std::fs::rename(folder.at("elders/loket.sqlite"), folder.at("loket.sqlite")).unwrap();
    add(&store, "twee").await;
    assert_eq!(store.read().waves(None, 0, 10).await.unwrap().1, 2);
    store.close().await;
}

#[tokio::test]
async fn a_change_that_was_begun_before_the_file_went_is_not_kept_as_if_it_were_there() {
    let folder = Folder::new("weg-halverwege");
    let store = store(&folder, "loket.sqlite").await;
    let mut change = store.change().await.unwrap();
    change.run("UPDATE schrijfproef SET inhoud = x'07'", Vec::new()).await.unwrap();
    std::fs::rename(folder.at("loket.sqlite"), folder.at("elders.sqlite")).unwrap();
    assert!(matches!(change.commit().await, Err(Error::Moved)));
    std::fs::rename(folder.at("elders.sqlite"), folder.at("loket.sqlite")).unwrap();
    let kept: Vec<u8> = sqlx::query_scalar("SELECT inhoud FROM schrijfproef").fetch_one(&store.file().unwrap().read).await.unwrap();
    assert_eq!(kept, [0]);
    store.close().await;
}

#[tokio::test]
async fn a_wal_that_was_thrown_away_is_noticed() {
    let folder = Folder::new("wal-weg");
    let store = store(&folder, "loket.sqlite").await;
    add(&store, "een").await;
    std::fs::remove_file(folder.at("loket.sqlite-wal")).unwrap();
    assert!(lost(&store).await);
    store.close().await;
}

/// In a process of its own: to open and close the file in this one would end SQLite's locks on it.
fn shell(script: &str, file: &Path) {
    let done = Command::new("/bin/sh").args(["-c", script, "sh"]).arg(file).status().expect("the shell starts");
    assert!(done.success(), "{script}");
}

#[tokio::test]
async fn a_file_that_was_cut_short_or_written_over_is_not_written_to() {
    for (way, script) in [("kort", "printf x > \"$1\""), ("over", "dd if=/dev/zero of=\"$1\" bs=4096 count=1 conv=notrunc 2>/dev/null")] {
        let folder = Folder::new(&format!("stuk-{way}"));
        let store = store(&folder, "loket.sqlite").await;
        shell(script, &folder.at("loket.sqlite"));
        // What was read of it before is remembered, so it is looked at anew every few seconds.
        let began = Instant::now();
        let refused = loop {
            match store.change().await {
                Err(error) => break error,
                Ok(change) => drop(change),
            }
            assert!(began.elapsed() < Duration::from_secs(20), "{way}: it is not noticed");
            tokio::time::sleep(Duration::from_millis(100)).await;
        };
        assert!(matches!(refused, Error::Corrupt(_)), "{way}: {refused:?}");
        let told = store.condition().await;
        assert!(matches!(told.writes, Err(Error::Corrupt(_))), "{way}: {told:?}");
        assert!(matches!(store.change().await.err(), Some(Error::Corrupt(_))), "{way}: and so it stays");
    }
}

#[tokio::test]
async fn a_file_that_somebody_tidied_up_is_shorter_and_sound() {
    let folder = Folder::new("opgeruimd");
    let store = store(&folder, "loket.sqlite").await;
    let length = || std::fs::metadata(folder.at("loket.sqlite")).unwrap().len();
    let mut change = store.change().await.unwrap();
    let large = change.keep_input(&vec![7_u8; 400_000]).await.unwrap();
    change.commit().await.unwrap();
    assert!(store.engine.scrub().await.unwrap(), "all of it is in the file");
    add(&store, "een").await;
    let before = length();
    let mut change = store.change().await.unwrap();
    change.run("DELETE FROM invoeren WHERE sha256 = $1", values![large]).await.unwrap();
    change.commit().await.unwrap();
    sqlx::query("VACUUM").execute(&store.file().unwrap().write).await.unwrap();
    assert!(store.engine.scrub().await.unwrap());
    assert!(length() < before, "{} {before}", length());
    add(&store, "twee").await;
    assert!(store.condition().await.writes.is_ok());
    store.close().await;
}
