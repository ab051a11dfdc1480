//! Everything that a file keeps is in the database afterwards, or nothing is.

use super::{Moved, Refused, all, moved};
use crate::store::engine::postgres::trial as server;
use crate::store::engine::sqlite::trial as file;
use crate::store::trial::{Folder, add, store};
use crate::store::{Clock, Error, Store};

async fn opened(address: &str) -> Store {
    Store::open(address, Clock::default()).await.expect("a database")
}

async fn waves(store: &Store) -> i64 {
    store.read().waves(None, 0, 1).await.expect("waves").1
}

/// A file with waves and their lines in the log, that nobody has open.
async fn filled(folder: &Folder, waves: u32) -> String {
    let kept = store(folder, "loket.sqlite").await;
    for number in 0..waves {
        add(&kept, &format!("lichting-{number:03}")).await;
    }
    let head = kept.read().log_check().await.expect("a log").head;
    kept.close().await;
    head
}

#[tokio::test]
async fn everything_moves_once_to_an_empty_database_and_the_file_stays() {
    if !server::is_there() {
        return;
    }
    let folder = Folder::new("verhuis");
    let head = filled(&folder, 120).await;
    let address = server::empty().await;
    let to = opened(&address).await;
    let Ok(Moved { tables, log }) = moved(&folder.at("loket.sqlite"), &to).await.expect("it moves") else { panic!("it moves") };
    assert_eq!((log.head, log.lines), (head.clone(), 120));
    assert_eq!(tables.iter().find(|(table, _)| *table == "lichtingen"), Some(&("lichtingen", 120)));
    assert_eq!(tables.len(), crate::store::holdings::all().count());
    // The chain goes on where it was.
    add(&to, "nog-een").await;
    let checked = to.read().log_check().await.expect("a log");
    assert_eq!((checked.lines, checked.wrong), (121, Vec::new()));
    assert!(matches!(moved(&folder.at("loket.sqlite"), &to).await, Ok(Err(Refused::Filled(_)))), "never over what is there");
    assert_eq!(waves(&to).await, 121);
    to.close().await;
    let left = Store::open_to_read(folder.at("loket.sqlite").as_path()).await.expect("the file");
    assert_eq!(left.read().log_check().await.expect("a log").head, head);
    left.close().await;
}

#[tokio::test]
async fn a_file_in_use_or_not_whole_or_of_an_earlier_version_moves_not_at_all() {
    if !server::is_there() {
        return;
    }
    let folder = Folder::new("verhuis-niet");
    filled(&folder, 3).await;
    let path = folder.at("loket.sqlite");
    let address = server::empty().await;
    let to = opened(&address).await;

    let running = store(&folder, "loket.sqlite").await;
    assert!(matches!(moved(&path, &to).await, Ok(Err(Refused::InUse))));
    // One that came just after it was looked at.
    let source = Store::open_to_read(path.as_path()).await.expect("the file");
    assert!(matches!(all(&source, &to).await, Ok(Err(Refused::InUse))));
    source.close().await;
    running.close().await;

    let gone = "DROP TRIGGER logboek_inhoud_blijft";
    file::past(&path, &[gone, "UPDATE logboek_inhoud SET inhoud = '{}' WHERE nummer = 2"]).await.expect("it is done");
    assert!(matches!(moved(&path, &to).await, Ok(Err(Refused::Source(faults))) if faults[0].contains("regel 2")));

    file::past(&path, &["DELETE FROM _sqlx_migrations WHERE version = (SELECT MAX(version) FROM _sqlx_migrations WHERE version < 1000)"])
        .await
        .expect("it is done");
    assert!(matches!(moved(&path, &to).await, Ok(Err(Refused::Earlier))));
    assert_eq!(waves(&to).await, 0);
    to.close().await;
}

#[tokio::test]
async fn when_one_row_cannot_be_kept_none_is() {
    if !server::is_there() {
        return;
    }
    let folder = Folder::new("verhuis-half");
    filled(&folder, 60).await;
    let address = server::empty().await;
    let to = opened(&address).await;
    // The last of them is refused, long after the first were written.
    server::past(&address, &["ALTER TABLE logboek ADD CHECK (nummer < 60)"]).await.expect("it is done");
    assert!(matches!(moved(&folder.at("loket.sqlite"), &to).await, Err(Error::Other(_))));
    assert_eq!(waves(&to).await, 0);
    // What a database changes on its way in is found.
    server::past(&address, &["ALTER TABLE logboek DROP CONSTRAINT logboek_nummer_check"]).await.expect("it is done");
    let silently = "CREATE FUNCTION stil() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.naam := upper(NEW.naam); RETURN NEW; END $$";
    server::past(&address, &[silently, "CREATE TRIGGER stil BEFORE INSERT ON lichtingen FOR EACH ROW EXECUTE FUNCTION stil()"])
        .await
        .expect("it is done");
    assert!(matches!(moved(&folder.at("loket.sqlite"), &to).await, Err(Error::Corrupt(what)) if what.contains("lichtingen")));
    assert_eq!(waves(&to).await, 0);
    to.close().await;
}
