//! Copies while others write, puts back, and refuses to put back where something would be lost.

use std::path::Path;

use serde_json::json;

use super::{Refused, erasures, inspect, make_ready, restore};
use crate::access::Caller;
use crate::actions::{Asked, persons, register};
use crate::records::dossier::Who;
use crate::records::register::{Kind, Row};
use crate::store::trial::{Folder, add, store};
use crate::store::{Clock, Error, Store};

async fn put_back(from: &Path, to: &Path, force: bool) -> std::result::Result<super::Restored, Refused> {
    restore(from, to, force, &[], Clock::default(), persons::erase_again).await.expect("the files can be read and written")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn copies_made_during_writes_are_whole_and_hold_a_moment_between_them() {
    let folder = Folder::new("copy-writes");
    let store = store(&folder, "loket.sqlite").await;
    let writer = {
        let store = store.clone();
        tokio::spawn(async move {
            for number in 0..120 {
                add(&store, &format!("lichting-{number:03}")).await;
            }
        })
    };
    let mut before = 0;
    for number in 0..5 {
        let target = folder.at(&format!("kopie-{number}.sqlite"));
        let log = store.back_up(&target).await.unwrap();
        assert!(log.lines >= before, "later copies know no less");
        before = log.lines;
        let (seen, faults) = inspect(&target).await.unwrap();
        assert_eq!((seen.lines, faults), (log.lines, Vec::new()));
        let copy = Store::open_to_read(&target).await.unwrap();
        let (_, waves) = copy.read().waves(None, 0, 1).await.unwrap();
        assert_eq!(waves, log.lines, "each wave wrote one line: both are in the copy or neither");
        copy.close().await;
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    writer.await.unwrap();
    let last = store.back_up(&folder.at("laatste.sqlite")).await.unwrap();
    assert_eq!(last.lines, 120);
    store.close().await;
    assert!(!folder.names().iter().any(|name| name.ends_with(".deel")), "{:?}", folder.names());
}

#[tokio::test]
async fn a_copy_is_put_back_where_nothing_is_or_where_it_knows_all() {
    let folder = Folder::new("copy-back");
    let (data, copy) = (folder.at("loket.sqlite"), folder.at("kopie.sqlite"));
    let first = store(&folder, "loket.sqlite").await;
    add(&first, "een").await;
    let log = first.back_up(&copy).await.unwrap();
    first.close().await;

    let back = put_back(&copy, &folder.at("nieuw.sqlite"), false).await.unwrap();
    assert_eq!((back.log.head.as_str(), back.kept), (log.head.as_str(), None));

    // The file knows nothing that the copy does not know.
    let back = put_back(&copy, &data, false).await.unwrap();
    assert_eq!(back.log.head, log.head);
    assert!(back.kept.unwrap().exists());
    let again = store(&folder, "loket.sqlite").await;
    assert!(again.read().wave("een").await.unwrap().is_some());
    add(&again, "twee").await;
    assert!(again.read().log_check().await.unwrap().wrong.is_empty(), "the chain goes on");
    again.close().await;
}

#[tokio::test]
async fn a_file_that_knows_more_or_cannot_be_read_is_replaced_by_force_alone_and_kept() {
    let folder = Folder::new("copy-newer");
    let (data, copy) = (folder.at("loket.sqlite"), folder.at("kopie.sqlite"));
    let first = store(&folder, "loket.sqlite").await;
    add(&first, "een").await;
    first.back_up(&copy).await.unwrap();
    add(&first, "twee").await;
    first.close().await;
    assert!(matches!(put_back(&copy, &data, false).await, Err(Refused::Newer { lines: 2, copied: 1 })));
    let back = put_back(&copy, &data, true).await.unwrap();
    assert_eq!(back.log.lines, 1);
    let kept = Store::open_to_read(&back.kept.unwrap()).await.unwrap();
    assert!(kept.read().wave("twee").await.unwrap().is_some(), "what was there is still there under another name");
    kept.close().await;

    std::fs::write(&data, vec![b'x'; 8_192]).unwrap();
    assert!(matches!(put_back(&copy, &data, false).await, Err(Refused::Unreadable(_))));
    assert_eq!(put_back(&copy, &data, true).await.unwrap().log.lines, 1);
}

#[tokio::test]
async fn a_file_in_use_is_never_replaced() {
    let folder = Folder::new("copy-in-use");
    let (data, copy) = (folder.at("loket.sqlite"), folder.at("kopie.sqlite"));
    let running = store(&folder, "loket.sqlite").await;
    add(&running, "een").await;
    running.back_up(&copy).await.unwrap();
    for force in [false, true] {
        assert!(matches!(put_back(&copy, &data, force).await, Err(Refused::InUse)), "force {force}");
    }
    add(&running, "twee").await;
    assert!(running.read().log_check().await.unwrap().wrong.is_empty(), "the service goes on as if nothing was asked");
    running.close().await;
}

#[tokio::test]
async fn a_copy_that_is_damaged_or_tampered_with_is_not_put_back() {
    let folder = Folder::new("copy-damaged");
    let (data, copy) = (folder.at("loket.sqlite"), folder.at("kopie.sqlite"));
    let first = store(&folder, "loket.sqlite").await;
    for number in 0..40 {
        add(&first, &format!("lichting-{number}")).await;
    }
    first.back_up(&copy).await.unwrap();
    first.close().await;
    let mut bytes = std::fs::read(&copy).unwrap();
    let sound = bytes.clone();
    // Somebody edits a word of the log with an editor for bytes.
    let at = bytes.windows(16).position(|it| it == b"lichting-gemaakt").expect("the log names the deed");
    bytes[at] = b'L';
    std::fs::write(&copy, &bytes).unwrap();
    assert!(matches!(put_back(&copy, &data, false).await, Err(Refused::Source(_))));
    // Half of it is gone.
    std::fs::write(&copy, &sound[..sound.len() / 2]).unwrap();
    let refused = restore(&copy, &data, false, &[], Clock::default(), persons::erase_again).await;
    assert!(matches!(refused, Ok(Err(Refused::Source(_))) | Err(Error::Corrupt(_))), "{refused:?}");
    let still = store(&folder, "loket.sqlite").await;
    assert_eq!(still.read().log_check().await.unwrap().lines, 40);
    still.close().await;
}

fn asked() -> Asked {
    Asked { caller: Caller::machine("beheerder"), key: None }
}

/// Puts a candidate in the register, with a name.
async fn named(store: &Store, id: &str) {
    person(store, Kind::Candidate, id).await;
}

async fn person(store: &Store, kind: Kind, id: &str) {
    let file = json!({ "bouwen": ["onderbouw"] });
    let person = json!({ "naam": format!("Naam van {id}") });
    let rows = [file, person].map(|it| it.as_object().cloned().unwrap_or_default());
    let [data, person] = rows;
    let row = Row { person, ..Row::new(id, data) };
    register::put(store, &asked(), kind, row, 0, &Default::default()).await.expect("the register takes a row");
}

#[tokio::test]
async fn whoever_was_erased_after_the_copy_was_made_is_erased_again() {
    let folder = Folder::new("copy-erased");
    let (data, copy) = (folder.at("loket.sqlite"), folder.at("kopie.sqlite"));
    let first = store(&folder, "loket.sqlite").await;
    for id in ["Z1", "Z2", "Z3", "Z4"] {
        named(&first, id).await;
    }
    persons::erase(&first, &asked(), &Who::new(Kind::Candidate, "Z1"), 1).await.expect("who is known can be erased");
    for id in ["K1", "K2", "K3"] {
        person(&first, Kind::Coach, id).await;
    }
    first.back_up(&copy).await.unwrap();
    for who in [Who::new(Kind::Candidate, "Z2"), Who::new(Kind::Coach, "K1")] {
        persons::erase(&first, &asked(), &who, 1).await.expect("who is known can be erased");
    }
    first.close().await;

    let gone = ["Z3".to_owned(), "onbekend".to_owned(), "K2".to_owned()];
    let back = restore(&copy, &data, true, &gone, Clock::default(), persons::erase_again).await.expect("files").expect("put back");
    assert_eq!((back.erased, back.told), (["K1", "K2", "Z2", "Z3"].map(str::to_owned).to_vec(), true));
    let again = store(&folder, "loket.sqlite").await;
    let people = again.read().names(Kind::Candidate).await.unwrap();
    assert_eq!(people.keys().collect::<Vec<_>>(), ["Z4"]);
    let people = again.read().names(Kind::Coach).await.unwrap();
    assert_eq!(people.keys().collect::<Vec<_>>(), ["K3"]);
    assert!(again.read().log_check().await.unwrap().wrong.is_empty());
    again.close().await;

    let back = restore(&copy, &folder.at("nieuw.sqlite"), false, &[], Clock::default(), persons::erase_again)
        .await
        .expect("files")
        .expect("put back");
    assert_eq!((back.erased, back.told), (Vec::new(), false), "without the file nobody can say who was erased");
}

#[tokio::test]
async fn who_was_erased_is_erased_before_the_file_that_knows_it_is_replaced() {
    let folder = Folder::new("copy-erased-first");
    let (data, copy, ready) = (folder.at("loket.sqlite"), folder.at("kopie.sqlite"), folder.at("loket.sqlite.klaar"));
    let first = store(&folder, "loket.sqlite").await;
    for id in ["Z1", "Z2"] {
        named(&first, id).await;
    }
    first.back_up(&copy).await.unwrap();
    persons::erase(&first, &asked(), &Who::new(Kind::Candidate, "Z2"), 1).await.expect("who is known can be erased");
    first.close().await;
    // What a restore that was stopped left behind.
    for name in ["loket.sqlite.klaar", "loket.sqlite.klaar-wal", "loket.sqlite.klaar-shm", "loket.sqlite.klaar.deel"] {
        std::fs::write(folder.at(name), b"half").unwrap();
    }

    let told = erasures(&data).await.unwrap();
    let (log, erased) =
        make_ready(&copy, &ready, Clock::default(), async |copy: &Store| persons::erase_again(copy, &told, &[]).await).await.unwrap();
    assert_eq!((log.wrong, erased), (Vec::new(), vec!["Z2".to_owned()]));
    let beside: Vec<String> = folder.names().into_iter().filter(|it| it.contains(".klaar")).collect();
    assert_eq!(beside, ["loket.sqlite.klaar"], "the copy is whole in one file");
    let names = |path: &Path| {
        let bytes = std::fs::read(path).unwrap();
        ["Naam van Z1", "Naam van Z2"].map(|name| bytes.windows(name.len()).any(|it| it == name.as_bytes()))
    };
    assert_eq!((names(&copy), names(&ready)), ([true, true], [true, false]), "the name is in no page of the file");
    assert_eq!(erasures(&data).await.unwrap(), told, "the file that knows is still there");

    let back = put_back(&copy, &data, true).await.unwrap();
    assert_eq!((back.erased, back.log.wrong), (vec!["Z2".to_owned()], Vec::new()));
    assert_eq!(erasures(&back.kept.unwrap()).await.unwrap(), told);
    assert_eq!(names(&data), [true, false]);
}
