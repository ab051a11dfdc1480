//! Tampers with the log in every way, past the triggers, and sees that the check and the command say so.

use std::path::Path;

use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{AssertSqlSafe, Connection};

use super::{Checked, NewLine};
use crate::access::Caller;
use crate::actions::{Asked, persons, register};
use crate::commands;
use crate::exit::Exit;
use crate::records::dossier::Who;
use crate::records::register::{Kind, Row};
use crate::store::engine::values;
use crate::store::trial::{Folder, add, store};
use crate::store::{Change, Store};

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
    for name in ["logboek_blijft", "logboek_groeit", "logboek_inhoud_blijft", "logboek_inhoud_gewist"] {
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

const WAYS: [(&str, &[&str], &str); 13] = [
    ("who", &["UPDATE logboek SET wie = 'iemand' WHERE nummer = 3"], "regel 3 is veranderd"),
    ("when", &["UPDATE logboek SET op = op + 1 WHERE nummer = 1"], "regel 1 is veranderd"),
    ("what", &["UPDATE logboek SET wat = 'anders' WHERE nummer = 6"], "regel 6 is veranderd"),
    ("subject", &["UPDATE logboek SET onderwerp = 'lichting-9' WHERE nummer = 2"], "regel 2 is veranderd"),
    ("content", &["UPDATE logboek_inhoud SET inhoud = '{}' WHERE nummer = 2"], "de inhoud van regel 2 is veranderd"),
    ("salt", &["UPDATE logboek_inhoud SET zout = '00' WHERE nummer = 4"], "de inhoud van regel 4 is veranderd"),
    (
        "a content is taken away",
        &["DELETE FROM logboek_inhoud WHERE nummer = 2"],
        "de inhoud van regel 2 is weggehaald, zonder dat er iemand gewist is",
    ),
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
        let error = sqlx::query("DELETE FROM logboek_inhoud WHERE nummer = 3").execute(&mut connection).await.unwrap_err();
        assert!(error.to_string().contains("inhoud van het logboek verdwijnt alleen met een wissing"), "{error}");
    });
}

fn asked() -> Asked {
    Asked { caller: Caller::machine("proef"), key: None }
}

/// Six waves, and a candidate whose row is line 7 and who is forgotten by line 8.
async fn forgotten(folder: &Folder) -> Checked {
    let before = filled(folder).await;
    let store = store(folder, "loket.sqlite").await;
    register::put(&store, &asked(), Kind::Candidate, Row::new("Z1", serde_json::Map::new()), 0, &Default::default()).await.unwrap();
    let whole = store.read().log_check().await.unwrap();
    assert_eq!((before.lines, whole.lines), (6, 7));
    assert!(persons::erase(&store, &asked(), &Who::new(Kind::Candidate, "Z1"), 1).await.unwrap());
    assert!(!persons::erase(&store, &asked(), &Who::new(Kind::Candidate, "Z1"), 2).await.unwrap(), "nothing is left");
    let after = store.read().log_check().await.unwrap();
    let lines = store.read().log_lines(7, 9).await.unwrap();
    let told: Vec<_> = lines.iter().map(|it| (it.what.as_str(), it.subject.as_str(), it.content.as_deref())).collect();
    assert_eq!(told, [("kandidaat-vergeten", "Z1", Some(r#"{"regels":[7]}"#))]);
    store.close().await;
    assert_eq!((after.lines, after.erased, &after.wrong), (8, 1, &Vec::new()));
    after
}

#[test]
fn a_content_that_was_erased_is_named_by_the_chain_and_the_chain_stays_whole() {
    let folder = Folder::new("log-erased");
    let path = folder.at("loket.sqlite");
    let after = wait(forgotten(&folder));
    assert_eq!(command(&path, Some(&after.head)), Exit::Done);
    // One more is taken away beside it.
    wait(tamper(&path, &["DELETE FROM logboek_inhoud WHERE nummer = 5"]));
    assert_eq!(wait(checked(&path)).wrong, ["de inhoud van regel 5 is weggehaald, zonder dat er iemand gewist is"]);
    assert_eq!(command(&path, Some(&after.head)), Exit::Wrong);
}

#[test]
fn what_an_erasure_names_must_be_gone_and_the_erasure_itself_must_be_there() {
    let folder = Folder::new("log-erasure");
    let path = folder.at("loket.sqlite");
    wait(forgotten(&folder));
    wait(tamper(&path, &["INSERT INTO logboek_inhoud (nummer, zout, inhoud) VALUES (7, '00', '{}')"]));
    let wrong = wait(checked(&path)).wrong;
    assert!(wrong.contains(&"de inhoud van regel 7 is er nog, terwijl regel 8 zegt dat die gewist is".to_owned()), "{wrong:?}");
    wait(tamper(&path, &["DELETE FROM logboek_inhoud WHERE nummer >= 7"]));
    let gone = [7, 8].map(|line| format!("de inhoud van regel {line} is weggehaald, zonder dat er iemand gewist is"));
    assert_eq!(wait(checked(&path)).wrong, gone, "who takes the list away is told of, with what it covered");
}

/// A line as an earlier version of this program wrote it.
async fn earlier(change: &mut Change, what: &str, subject: &str, content: &str) {
    let last = change.row("SELECT nummer, hash FROM logboek ORDER BY nummer DESC LIMIT 1", values![]).await.unwrap();
    let last = last.map(|row| (row.int("nummer").unwrap(), row.string("hash").unwrap()));
    let line = NewLine::after(last, 0, ("intermediair", what, subject), content);
    let sql =
        "INSERT INTO logboek (nummer, op, wie, wat, onderwerp, digest, vorige, hash) VALUES ($1, 0, 'intermediair', $2, $3, $4, $5, $6)";
    change.run(sql, values![line.number, what, subject, &line.digest, &line.before, &line.hash]).await.unwrap();
    let sql = "INSERT INTO logboek_inhoud (nummer, zout, inhoud) VALUES ($1, $2, $3)";
    change.run(sql, values![line.number, &line.salt, content]).await.unwrap();
}

/// A log of an earlier version: two candidates, a decision about each, and the first was erased by line 5, which counts two lines.
async fn of_before(folder: &Folder) {
    let store = store(folder, "loket.sqlite").await;
    let mut change = store.change().await.unwrap();
    for id in ["Z1", "Z2"] {
        earlier(&mut change, "kandidaat-gezet", id, &format!(r#"{{"was":null,"wordt":{{}},"kandidaat":"{id}"}}"#)).await;
        earlier(&mut change, "besluit", "w", &format!(r#"{{"kandidaat":"{id}"}}"#)).await;
    }
    earlier(&mut change, "kandidaat-gewist", "Z1", r#"{"logregels":2}"#).await;
    earlier(&mut change, "besluit", "w", r#"{"kandidaat":"Z2"}"#).await;
    change.commit().await.unwrap();
    store.close().await;
}

#[test]
fn an_erasure_of_an_earlier_version_covers_lines_about_its_subject_and_as_many_decisions_as_it_counts() {
    let told = |line: i64| format!("de inhoud van regel {line} is weggehaald, zonder dat er iemand gewist is");
    let ways: [(&[i64], Vec<String>); 6] = [
        (&[1, 2], vec![]),
        // Which decision it was, only its content said.
        (&[1, 4], vec![]),
        (&[1, 2, 4], vec![told(2)]),
        (&[1, 2, 3], vec![told(3)]),
        (&[1, 2, 6], vec![told(6)]),
        // Erased twice: how many lines the first erasure took is gone with its content, and nobody erased it since.
        (&[1, 2, 5], vec![told(5)]),
    ];
    for (number, (gone, wrong)) in ways.into_iter().enumerate() {
        let folder = Folder::new(&format!("log-before-{number}"));
        wait(of_before(&folder));
        let statements: Vec<String> = gone.iter().map(|line| format!("DELETE FROM logboek_inhoud WHERE nummer = {line}")).collect();
        wait(tamper(&folder.at("loket.sqlite"), &statements.iter().map(String::as_str).collect::<Vec<_>>()));
        assert_eq!(wait(checked(&folder.at("loket.sqlite"))).wrong, wrong, "{gone:?}");
    }
}

#[test]
fn who_was_erased_twice_by_an_earlier_version_is_covered_too() {
    let folder = Folder::new("log-before-twice");
    wait(of_before(&folder));
    wait(async {
        let store = store(&folder, "loket.sqlite").await;
        let mut change = store.change().await.unwrap();
        earlier(&mut change, "kandidaat-gewist", "Z1", r#"{"logregels":1}"#).await;
        change.commit().await.unwrap();
        store.close().await;
    });
    wait(tamper(&folder.at("loket.sqlite"), &["DELETE FROM logboek_inhoud WHERE nummer IN (1, 2, 5)"]));
    assert_eq!(wait(checked(&folder.at("loket.sqlite"))).wrong, Vec::<String>::new());
    assert_eq!(wait(async { Store::open_to_read(&folder.at("loket.sqlite")).await.unwrap().read().erasures().await.unwrap() }).len(), 1);
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
