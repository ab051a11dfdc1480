//! Tampers with the log in every way, past the triggers, and sees that the check and the command say so.

use std::path::Path;

use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{AssertSqlSafe, Connection};

use super::Checked;
use crate::commands;
use crate::exit::Exit;
use crate::store::Store;
use crate::store::trial::{Folder, add, store};

async fn filled(folder: &Folder) -> Checked {
    let store = store(folder, "loket.sqlite").await;
    for number in 1..=6 {
        add(&store, &format!("lichting-{number}")).await;
    }
    let checked = store.read().log_check().await.unwrap();
    assert_eq!((checked.lines, checked.erased, checked.wrong.len()), (6, 0, 0));
    store.close().await;
    checked
}

/// Runs statements on the file as somebody with the file would; the triggers are dropped first.
async fn tamper(path: &Path, statements: &[&str]) {
    let mut connection = SqliteConnection::connect_with(&SqliteConnectOptions::new().filename(path).foreign_keys(false)).await.unwrap();
    for name in ["logboek_blijft", "logboek_groeit", "logboek_inhoud_blijft"] {
        sqlx::query(AssertSqlSafe(format!("DROP TRIGGER IF EXISTS {name}"))).execute(&mut connection).await.unwrap();
    }
    for statement in statements {
        let done = sqlx::query(AssertSqlSafe((*statement).to_owned())).execute(&mut connection).await.unwrap();
        assert!(done.rows_affected() > 0, "{statement} does something");
    }
    connection.close().await.unwrap();
}

async fn checked(path: &Path) -> Checked {
    let store = Store::open_to_read(path).await.unwrap();
    let checked = store.read().log_check().await.unwrap();
    store.close().await;
    checked
}

fn command(path: &Path, head: Option<&str>) -> Exit {
    let check = commands::log::Check { gegevens: path.into(), hoofd: head.map(str::to_owned), json: true };
    commands::log::run(&commands::log::Arguments { command: commands::log::Command::Controleer(check) }).unwrap()
}

fn wait<F: Future>(work: F) -> F::Output {
    commands::serve::on_runtime(async { Ok(work.await) }).unwrap()
}

const WAYS: [(&str, &[&str], &str); 12] = [
    ("who", &["UPDATE logboek SET wie = 'iemand' WHERE nummer = 3"], "regel 3 is veranderd"),
    ("when", &["UPDATE logboek SET op = op + 1 WHERE nummer = 1"], "regel 1 is veranderd"),
    ("what", &["UPDATE logboek SET wat = 'anders' WHERE nummer = 6"], "regel 6 is veranderd"),
    ("subject", &["UPDATE logboek SET onderwerp = 'lichting-9' WHERE nummer = 2"], "regel 2 is veranderd"),
    ("content", &["UPDATE logboek_inhoud SET inhoud = '{}' WHERE nummer = 2"], "de inhoud van regel 2 is veranderd"),
    ("salt", &["UPDATE logboek_inhoud SET zout = '00' WHERE nummer = 4"], "de inhoud van regel 4 is veranderd"),
    ("digest", &["UPDATE logboek SET digest = '00' WHERE nummer = 5"], "regel 5 is veranderd"),
    ("hash", &["UPDATE logboek SET hash = '00' WHERE nummer = 5"], "regel 6 sluit niet aan op de regel ervoor"),
    ("a line is gone", &["DELETE FROM logboek WHERE nummer = 3"], "na regel 2 volgt regel 4"),
    ("the last line is gone", &["DELETE FROM logboek WHERE nummer = 6"], "de inhoud van regel 6 is er, de regel zelf niet"),
    (
        "a line is gone and the rest is numbered anew",
        &["DELETE FROM logboek WHERE nummer = 3", "UPDATE logboek SET nummer = nummer - 1 WHERE nummer > 3"],
        "regel 3 sluit niet aan op de regel ervoor",
    ),
    (
        "two lines are swapped",
        &[
            "UPDATE logboek SET nummer = 99 WHERE nummer = 2",
            "UPDATE logboek SET nummer = 2 WHERE nummer = 4",
            "UPDATE logboek SET nummer = 4 WHERE nummer = 99",
        ],
        "regel 2 sluit niet aan op de regel ervoor",
    ),
];

#[test]
fn every_way_to_change_the_log_is_found() {
    for (number, (way, statements, says)) in WAYS.into_iter().enumerate() {
        let folder = Folder::new(&format!("log-{number}"));
        let path = folder.at("loket.sqlite");
        wait(filled(&folder));
        assert_eq!(command(&path, None), Exit::Done, "{way}: before");
        wait(tamper(&path, statements));
        let found = wait(checked(&path));
        assert!(found.wrong.iter().any(|it| it == says), "{way}: {:?}", found.wrong);
        assert_eq!(command(&path, None), Exit::Wrong, "{way}");
    }
}

#[test]
fn the_triggers_stop_whoever_goes_by_the_front_door() {
    let folder = Folder::new("log-triggers");
    wait(async {
        filled(&folder).await;
        let mut connection =
            SqliteConnection::connect_with(&SqliteConnectOptions::new().filename(folder.at("loket.sqlite"))).await.unwrap();
        for statement in ["UPDATE logboek SET wie = 'x'", "DELETE FROM logboek", "UPDATE logboek_inhoud SET inhoud = ''"] {
            let error = sqlx::query(statement).execute(&mut connection).await.unwrap_err();
            assert!(error.to_string().contains("het logboek verandert niet"), "{error}");
        }
    });
}

#[test]
fn content_may_be_erased_and_the_chain_stays_whole() {
    let folder = Folder::new("log-erased");
    let path = folder.at("loket.sqlite");
    let before = wait(filled(&folder));
    wait(tamper(&path, &["DELETE FROM logboek_inhoud WHERE nummer IN (2, 5)"]));
    let after = wait(checked(&path));
    assert_eq!((after.lines, after.erased, &after.wrong), (6, 2, &Vec::new()));
    assert_eq!(after.head, before.head);
    assert_eq!(command(&path, Some(&before.head)), Exit::Done);
}

#[test]
fn a_noted_head_shows_that_the_last_lines_are_gone_with_their_contents() {
    let folder = Folder::new("log-head");
    let path = folder.at("loket.sqlite");
    let before = wait(filled(&folder));
    wait(tamper(&path, &["DELETE FROM logboek_inhoud WHERE nummer > 4", "DELETE FROM logboek WHERE nummer > 4"]));
    assert_eq!(command(&path, None), Exit::Done, "the rest fits by itself");
    assert_eq!(command(&path, Some(&before.head)), Exit::Wrong, "but the noted head is gone");
}
