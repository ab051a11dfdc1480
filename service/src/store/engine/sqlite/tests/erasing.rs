//! What is erased stands in no file any more once that was told; files with names are for their owner alone.

use std::os::unix::fs::PermissionsExt;
use std::time::{Duration, Instant};

use serde_json::json;

use crate::access::Caller;
use crate::actions::{Asked, persons, register};
use crate::records::dossier::Who;
use crate::records::register::{Kind, Row};
use crate::store::Store;
use crate::store::trial::{Folder, add, store};

const NAME: &str = "Kanarie Geelvink";

fn asked() -> Asked {
    Asked { caller: Caller::machine("proef"), key: None }
}

async fn named(store: &Store, id: &str) {
    let data = json!({ "bouwen": ["onderbouw"] }).as_object().cloned().unwrap_or_default();
    // Long enough for pages of its own.
    let person = json!({ "naam": NAME, "toelichting": NAME.repeat(500) }).as_object().cloned().unwrap_or_default();
    register::put(store, &asked(), Kind::Candidate, Row { person, ..Row::new(id, data) }, 0, &Default::default()).await.expect("a row");
}

/// The files in which the name stands.
fn standing(folder: &Folder) -> Vec<String> {
    let holds = |name: &String| {
        let bytes = std::fs::read(folder.at(name)).unwrap_or_default();
        bytes.windows(NAME.len()).any(|it| it == NAME.as_bytes())
    };
    folder.names().into_iter().filter(holds).collect()
}

#[tokio::test]
async fn a_name_is_in_no_file_once_it_is_told_to_be_erased() {
    let folder = Folder::new("gewist");
    let store = store(&folder, "loket.sqlite").await;
    named(&store, "Z1").await;
    assert!(!standing(&folder).is_empty(), "it was written");
    persons::erase(&store, &asked(), &Who::new(Kind::Candidate, "Z1"), 1).await.expect("it is erased");
    assert_eq!(standing(&folder), [""; 0]);
    assert_eq!(store.condition().await.scrubbed, crate::store::Scrubbed::Done);
    store.close().await;
}

#[tokio::test]
async fn while_somebody_reads_what_was_there_it_is_told_and_done_after_that_or_at_the_next_start() {
    let (folder, fallen) = (Folder::new("gewist-gelezen"), Folder::new("gewist-gevallen"));
    let kept = store(&folder, "loket.sqlite").await;
    named(&kept, "Z1").await;
    let mut reading = kept.snapshot().await.expect("a moment");
    assert_eq!(reading.names(Kind::Candidate).await.expect("names").len(), 1);
    persons::erase(&kept, &asked(), &Who::new(Kind::Candidate, "Z1"), 1)
        .await
        .expect("it is erased, and the answer does not wait for ever");
    assert_eq!(kept.condition().await.scrubbed, crate::store::Scrubbed::Waits);
    assert_eq!(reading.names(Kind::Candidate).await.expect("names").len(), 1, "who reads one moment reads that moment");
    assert!(!standing(&folder).is_empty());

    // The power goes off now: what is in the files is all there is.
    for name in ["loket.sqlite", "loket.sqlite-wal"] {
        std::fs::copy(folder.at(name), fallen.at(name)).expect("a copy");
    }
    assert!(!standing(&fallen).is_empty());
    let again = store(&fallen, "loket.sqlite").await;
    assert_eq!(standing(&fallen), [""; 0]);
    assert!(again.read().names(Kind::Candidate).await.expect("names").is_empty());
    again.close().await;

    drop(reading);
    let began = Instant::now();
    while kept.condition().await.scrubbed != crate::store::Scrubbed::Done {
        assert!(began.elapsed() < Duration::from_secs(20), "it is not done");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(standing(&folder), [""; 0]);
    kept.close().await;
}

fn mode(folder: &Folder, name: &str) -> u32 {
    std::fs::metadata(folder.at(name)).expect("it is there").permissions().mode() & 0o777
}

#[tokio::test]
async fn the_file_what_is_beside_it_and_its_copies_are_for_the_owner_alone() {
    let folder = Folder::new("rechten");
    let first = store(&folder, "loket.sqlite").await;
    add(&first, "een").await;
    let modes = |folder: &Folder| ["loket.sqlite", "loket.sqlite-wal", "loket.sqlite-shm"].map(|name| mode(folder, name));
    assert_eq!(modes(&folder), [0o600; 3]);
    first.back_up(&folder.at("kopie.sqlite")).await.expect("a copy");
    assert_eq!(mode(&folder, "kopie.sqlite"), 0o600);
    first.close().await;

    // Made by a program that let everybody in.
    std::fs::set_permissions(folder.at("loket.sqlite"), PermissionsExt::from_mode(0o664)).unwrap();
    let again = store(&folder, "loket.sqlite").await;
    add(&again, "twee").await;
    assert_eq!(modes(&folder), [0o600; 3]);
    again.close().await;
}
