//! A change that the database refuses costs that change alone: the next one is taken, and whoever asks is told truly.

use crate::store::engine::{Lately, values};
use crate::store::trial::{Folder, add, store};
use crate::store::{Error, Store};

/// No pages may be added by the connection that writes.
async fn fill(store: &Store) {
    let pages: i64 = sqlx::query_scalar("PRAGMA page_count").fetch_one(&store.file().unwrap().write).await.unwrap();
    let most: i64 = sqlx::query_scalar(sqlx::AssertSqlSafe(format!("PRAGMA max_page_count = {pages}")))
        .fetch_one(&store.file().unwrap().write)
        .await
        .unwrap();
    assert_eq!(most, pages);
}

async fn waves(store: &Store) -> Vec<String> {
    let mut names: Vec<String> = store.read().waves(None, 0, 10).await.unwrap().0.into_iter().map(|it| it.id).collect();
    names.sort();
    names
}

#[tokio::test]
async fn after_a_full_disk_the_next_change_is_taken_and_nothing_of_the_refused_one_is_kept() {
    let folder = Folder::new("vol");
    let store = store(&folder, "loket.sqlite").await;
    add(&store, "een").await;
    assert_eq!(store.engine.lately(), Lately::Wrote);
    for _ in 0..3 {
        fill(&store).await;
        let mut change = store.change().await.unwrap();
        let large = vec![7_u8; 400_000];
        assert!(matches!(change.keep_input(&large).await, Err(Error::Full)));
        // SQLite has ended the change by itself: what follows would be kept at once, each for itself.
        let more = change.run("UPDATE lichtingen SET naam = 'half'", Vec::new()).await;
        assert!(matches!(more, Err(Error::Other(_))), "{more:?}");
        assert!(change.commit().await.is_err());
        assert_eq!(store.engine.lately(), Lately::Failed);
    }
    add(&store, "twee").await;
    assert_eq!(store.engine.lately(), Lately::Wrote);
    assert_eq!(waves(&store).await, ["een", "twee"]);
    let names: Vec<String> = store.read().waves(None, 0, 10).await.unwrap().0.into_iter().map(|it| it.name).collect();
    assert!(!names.contains(&"half".to_owned()), "{names:?}");
    assert!(store.read().log_check().await.unwrap().wrong.is_empty());
    store.close().await;
}

#[tokio::test]
async fn whoever_asks_after_a_refused_change_has_a_change_tried_and_is_told_how_that_went() {
    let folder = Folder::new("vol-gevraagd");
    let store = store(&folder, "loket.sqlite").await;
    add(&store, "een").await;
    assert!(store.condition().await.writes.is_ok());
    // A change of the size that was refused is tried, on a connection that has no room either.
    sqlx::query("DELETE FROM schrijfproef").execute(&store.file().unwrap().write).await.unwrap();
    let sql = "CREATE TRIGGER vol BEFORE UPDATE ON schrijfproef BEGIN SELECT RAISE(ABORT, 'vol'); END";
    sqlx::query(sql).execute(&store.file().unwrap().write).await.unwrap();
    sqlx::query("INSERT INTO schrijfproef VALUES (1, x'00')").execute(&store.file().unwrap().write).await.unwrap();
    store.file().unwrap().guard.failed(&Error::Full, true);
    let told = store.condition().await;
    assert!(told.reads.is_ok() && told.writes.is_err(), "{told:?}");
    sqlx::query("DROP TRIGGER vol").execute(&store.file().unwrap().write).await.unwrap();
    let told = store.condition().await;
    assert!(told.writes.is_ok(), "{told:?}");
    let kept: i64 = sqlx::query_scalar("SELECT length(inhoud) FROM schrijfproef").fetch_one(&store.file().unwrap().read).await.unwrap();
    assert_eq!(kept, 65_536);
    store.close().await;
}

#[tokio::test]
async fn a_connection_that_may_only_read_is_not_used_for_a_second_change() {
    let folder = Folder::new("alleen-lezen");
    let store = store(&folder, "loket.sqlite").await;
    let sql = "UPDATE schrijfproef SET inhoud = $1";
    // Found while a change is made.
    let mut change = store.change().await.unwrap();
    change.run("PRAGMA query_only = ON", Vec::new()).await.unwrap();
    let done = change.run(sql, values![&b"1"[..]]).await;
    assert!(matches!(done, Err(Error::ReadOnly)), "{done:?}");
    drop(change);
    assert_eq!(store.engine.lately(), Lately::Failed);
    add(&store, "een").await;
    // Found when one is begun: it is begun anew, and nobody notices.
    sqlx::query("PRAGMA query_only = ON").execute(&store.file().unwrap().write).await.unwrap();
    add(&store, "twee").await;
    assert_eq!(waves(&store).await, ["een", "twee"]);
    store.close().await;
}

#[tokio::test]
async fn a_change_that_is_dropped_or_refused_by_a_table_keeps_its_connection() {
    let folder = Folder::new("gewoon");
    let store = store(&folder, "loket.sqlite").await;
    // A table that only this connection sees.
    sqlx::query("CREATE TEMP TABLE hier (x)").execute(&store.file().unwrap().write).await.unwrap();
    for _ in 0..3 {
        let mut change = store.change().await.unwrap();
        let twice = change.run("INSERT INTO schrijfproef VALUES (1, x'00')", Vec::new()).await;
        assert!(twice.is_err());
        // A table that refuses a row ends nothing.
        assert!(change.run("UPDATE schrijfproef SET inhoud = x'02'", Vec::new()).await.is_ok());
    }
    add(&store, "een").await;
    let there: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM hier").fetch_one(&store.file().unwrap().write).await.unwrap();
    let kept: Vec<u8> = sqlx::query_scalar("SELECT inhoud FROM schrijfproef").fetch_one(&store.file().unwrap().read).await.unwrap();
    assert_eq!((there, kept), (0, vec![0]));
    store.close().await;
}
