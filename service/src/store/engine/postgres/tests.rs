//! What PostgreSQL does of its own: the lock of changes, one moment, rings, and being refused, cut off or made ready by two at once.

use std::time::Duration;

use serde_json::json;

use super::trial::{empty, is_there, past};
use crate::store::engine::values;
use crate::store::trial::{On, add, tables};
use crate::store::{Clock, Error, Store};

#[tokio::test]
async fn both_databases_end_with_the_same_tables_and_columns() {
    if !is_there() {
        return;
    }
    let (file, server) = (On::Sqlite.base().await, On::Postgres.base().await);
    let (mut of_file, mut of_server) = (tables(&file.open().await).await, tables(&server.open().await).await);
    // apalis hands out work on a file alone, and SQLite counts for itself.
    of_file.retain(|table, _| !["Jobs", "Workers"].contains(&table.as_str()) && !table.starts_with("sqlite_"));
    // The list of migrations is the driver's own.
    of_file.remove("_sqlx_migrations");
    of_server.remove("_sqlx_migrations");
    assert_eq!(of_file, of_server);
    assert!(of_file.len() > 60, "{} tables", of_file.len());
}

#[tokio::test]
async fn many_who_start_at_once_make_the_tables_once() {
    if !is_there() {
        return;
    }
    let address = empty().await;
    let open = || Store::open(address.as_str(), Clock::default());
    let (a, b, c, d) = tokio::join!(open(), open(), open(), open());
    for opened in [a, b, c, d] {
        opened.unwrap().close().await;
    }
    let store = Store::open_to_read(address.as_str()).await.unwrap();
    let policies = store.read().one("SELECT COUNT(*) AS aantal FROM beleid", values![]).await.unwrap();
    assert_eq!(policies.int("aantal").unwrap(), 4);
}

#[tokio::test]
async fn what_cannot_be_used_is_told_in_dutch_and_left_as_it_is() {
    if !is_there() {
        return;
    }
    let told = async |address: &str| Store::open(address, Clock::default()).await.unwrap_err().to_string();
    let address = empty().await;
    past(&address, &["CREATE TABLE klanten (id INT)"]).await.unwrap();
    assert!(told(&address).await.contains("een ander programma dan Loket"));
    let newer = On::Postgres.base().await;
    newer
        .tamper(&["INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) VALUES (9999, '', true, '', 0)"])
        .await;
    let why = Store::open(newer.place(), Clock::default()).await.unwrap_err().to_string();
    assert!(why.contains("een nieuwere versie van Loket (tabellen 9999"), "{why}");
    let (server, _) = address.rsplit_once('/').unwrap();
    let missing = told(&format!("{}/bestaat_niet", server.replace("loket@", "loket:kanarie@"))).await;
    assert!(missing.contains("de database met deze naam is er niet") && !missing.contains("kanarie"), "{missing}");
    let stranger = told(&address.replace("loket@", "vreemde:kanarie@")).await;
    assert!(stranger.contains("laat deze gebruiker of dit wachtwoord niet toe") && !stranger.contains("kanarie"), "{stranger}");
    let nobody = told("postgres://u:kanarie@127.0.0.1:1/loket").await;
    assert!(nobody.starts_with("de database is niet bereikbaar") && !nobody.contains("kanarie"), "{nobody}");
    let reading = Store::open_to_read(empty().await.as_str()).await.unwrap_err().to_string();
    assert!(reading.contains("er ontbreekt een tabel"), "{reading}");
}

#[tokio::test]
async fn changes_follow_one_another_also_those_of_other_processes() {
    if !is_there() {
        return;
    }
    let base = On::Postgres.base().await;
    let mut tasks = Vec::new();
    for process in 0..4 {
        let store = base.open().await;
        tasks.push(tokio::spawn(async move {
            for number in 0..10 {
                add(&store, &format!("w{process}-{number}")).await;
            }
        }));
    }
    for task in tasks {
        task.await.unwrap();
    }
    let checked = base.open().await.read().log_check().await.unwrap();
    assert_eq!((checked.lines, checked.wrong), (40, Vec::new()));
}

#[tokio::test]
async fn a_change_that_failed_is_never_gone_on_with_and_keeps_nothing() {
    if !is_there() {
        return;
    }
    let base = On::Postgres.base().await;
    let store = base.open().await;
    let mut change = store.change().await.unwrap();
    change.run("UPDATE schrijfproef SET inhoud = $1", values![[7_u8].as_slice()]).await.unwrap();
    change.run("INSERT INTO schrijfproef (nummer, inhoud) VALUES (2, $1)", values![[7_u8].as_slice()]).await.unwrap_err();
    assert!(change.run("UPDATE schrijfproef SET nummer = 1", values![]).await.unwrap_err().to_string().contains("al mislukt"));
    change.commit().await.unwrap_err();
    let mut change = store.change().await.unwrap();
    // Given up halfway: what follows would be of nobody knows what.
    let _ = tokio::time::timeout(Duration::from_millis(50), change.rows("SELECT 1 AS een FROM pg_sleep(5)", values![])).await;
    change.commit().await.unwrap_err();
    let kept = store.read().one("SELECT inhoud FROM schrijfproef", values![]).await.unwrap();
    assert_eq!(kept.bytes("inhoud").unwrap(), [0]);
    add(&store, "w").await;
}

#[tokio::test]
async fn a_snapshot_is_of_one_moment_and_a_question_changes_nothing() {
    if !is_there() {
        return;
    }
    let base = On::Postgres.base().await;
    let store = base.open().await;
    let mut moment = store.snapshot().await.unwrap();
    assert_eq!(moment.log_length().await.unwrap(), 0);
    add(&store, "w").await;
    assert_eq!((moment.log_length().await.unwrap(), store.read().log_length().await.unwrap()), (0, 1));
    let mut change = base.to_read().await.change().await.unwrap();
    let refused = change.run("DELETE FROM idempotentie", values![]).await;
    assert!(matches!(refused, Err(Error::ReadOnly)), "{refused:?}");
    let refused = store.read().rows("DELETE FROM idempotentie RETURNING sleutel", values![]).await;
    assert!(matches!(refused, Err(Error::ReadOnly)), "{refused:?}");
}

#[tokio::test]
async fn a_ring_is_heard_once_its_change_is_committed_and_never_without() {
    if !is_there() {
        return;
    }
    let base = On::Postgres.base().await;
    let (store, other) = (base.open().await, base.open().await);
    let mut bell = store.bell().expect("a bell");
    tokio::time::sleep(Duration::from_millis(500)).await;
    let mut dropped = other.change().await.unwrap();
    dropped.ring("vragen").await.unwrap();
    drop(dropped);
    assert!(tokio::time::timeout(Duration::from_millis(300), bell.rung()).await.is_err());
    let mut change = other.change().await.unwrap();
    change.ring("vragen").await.unwrap();
    change.commit().await.unwrap();
    tokio::time::timeout(Duration::from_secs(5), bell.rung()).await.expect("it is heard");
}

#[tokio::test]
async fn after_every_connection_was_cut_off_questions_and_changes_are_taken_again() {
    if !is_there() {
        return;
    }
    let base = On::Postgres.base().await;
    let store = base.open().await;
    add(&store, "voor").await;
    let cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()";
    let mut open = store.change().await.unwrap();
    base.past(cut).await.unwrap();
    let lost = open.run("UPDATE schrijfproef SET nummer = 1", values![]).await.unwrap_err();
    assert!(lost.passes(), "{lost}");
    drop(open);
    add(&store, "na").await;
    assert_eq!(store.read().log_length().await.unwrap(), 2);
    let condition = store.condition().await;
    assert!(condition.reads.is_ok() && condition.writes.is_ok(), "{condition:?}");
}

#[tokio::test]
async fn a_name_with_nul_in_it_makes_no_list_unreadable() {
    if !is_there() {
        return;
    }
    let base = On::Postgres.base().await;
    let store = base.open().await;
    let mut change = store.change().await.unwrap();
    let sql = "INSERT INTO besturen (id, gegevens, versie) VALUES ('B1', $1, 1)";
    change.run(sql, values![json!({ "naam": "a\0b" }).to_string()]).await.unwrap();
    change.commit().await.unwrap();
    assert!(store.read().wave("\0").await.unwrap().is_none(), "asked for, it is not there");
    assert_eq!(store.read().board_names().await.unwrap()["B1"], "a\u{fffd}b");
    let mut change = store.change().await.unwrap();
    assert!(change.run("UPDATE besturen SET einde_reden = $1", values!["a\0b"]).await.is_err(), "as a text of its own it is refused");
}

#[tokio::test]
async fn texts_are_in_the_order_of_their_bytes_whatever_the_database_is_used_to() {
    if !is_there() {
        return;
    }
    let base = On::Postgres.base().await;
    let store = base.open().await;
    for id in ["b", "B", "a-1", "a1", "A", "é", "Z"] {
        add(&store, id).await;
    }
    let rows = store.read().rows("SELECT id FROM lichtingen ORDER BY id", values![]).await.unwrap();
    let order: Vec<String> = rows.iter().map(|row| row.string("id").unwrap()).collect();
    assert_eq!(order, ["A", "B", "Z", "a-1", "a1", "b", "é"]);
}

#[tokio::test]
async fn connections_that_are_used_up_while_the_database_takes_new_ones_are_noticed() {
    if !is_there() {
        return;
    }
    let store = On::Postgres.base().await.open().await;
    let at_once = Duration::ZERO;
    assert!(!store.starved(at_once).await, "nobody waited in vain");
    let mut held = Vec::new();
    for _ in 0..8 {
        held.push(store.snapshot().await.expect("a moment"));
    }
    // It waits as long as anybody would.
    assert!(matches!(store.answers().await, Err(Error::Busy)));
    assert!(store.starved(at_once).await);
    assert!(!store.starved(Duration::from_secs(60)).await, "not for long yet");
    drop(held);
    store.answers().await.expect("there is one again");
    assert!(!store.starved(at_once).await);
    store.close().await;
}

#[tokio::test]
async fn a_change_that_waited_in_vain_for_its_turn_leaves_nothing_behind_it() {
    if !is_there() {
        return;
    }
    let store = On::Postgres.base().await.open().await;
    let mut held = store.change().await.expect("a change");
    // Nobody who waited is in anybody's way afterwards: neither who heard that it is busy, nor who did not wait for that.
    let turn = store.change();
    tokio::pin!(turn);
    let heard = loop {
        tokio::select! {
            heard = &mut turn => break heard,
            // Whoever has the turn does something with it; one that does nothing for five seconds loses it.
            () = tokio::time::sleep(Duration::from_secs(1)) => drop(held.wave("geen").await.expect("it is asked")),
        }
    };
    assert!(matches!(heard, Err(Error::Busy)));
    for _ in 0..4 {
        assert!(tokio::time::timeout(Duration::from_millis(50), store.change()).await.is_err(), "it waits");
    }
    let idle = store.change();
    let began = std::time::Instant::now();
    idle.await.expect("the turn of whoever does nothing with it ends");
    assert!(began.elapsed() < Duration::from_secs(8), "{:?}", began.elapsed());
    assert!(held.commit().await.is_err(), "and nothing comes of it");
    for number in 0..6 {
        add(&store, &format!("lichting-{number}")).await;
    }
    assert_eq!(store.read().log_check().await.expect("a log").lines, 6);
    store.close().await;
}
