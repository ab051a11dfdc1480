//! Tampers with the log in every way, past the triggers, and sees that the check and the command say so.

use super::{Checked, NewLine};
use crate::access::Caller;
use crate::actions::{Asked, persons, register};
use crate::commands;
use crate::exit::Exit;
use crate::records::dossier::Who;
use crate::records::register::{Kind, Row};
use crate::store::Change;
use crate::store::engine::values;
use crate::store::trial::{Base, On, add};

async fn filled(base: &Base) -> Checked {
    let store = base.open().await;
    for number in 1..=6 {
        add(&store, &format!("lichting-{number}")).await;
    }
    let checked = store.read().log_check().await.unwrap();
    assert_eq!((checked.lines, checked.erased, checked.wrong.len()), (6, 0, 0));
    store.close().await;
    checked
}

async fn checked(base: &Base) -> Checked {
    let store = base.to_read().await;
    let checked = store.read().log_check().await.unwrap();
    store.close().await;
    checked
}

/// How `loket log controleer` ends, on a runtime of its own as always.
fn command(base: &Base, head: Option<&str>) -> Exit {
    let check = commands::log::Check { gegevens: base.place().clone(), hoofd: head.map(str::to_owned), json: true };
    let arguments = commands::log::Arguments { command: commands::log::Command::Controleer(check) };
    std::thread::spawn(move || commands::log::run(&arguments).unwrap()).join().unwrap()
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

async fn every_way_to_change_the_log_is_found(on: On) {
    for (way, statements, says) in WAYS {
        let base = on.base().await;
        filled(&base).await;
        assert_eq!(command(&base, None), Exit::Done, "{way}: before");
        base.tamper(statements).await;
        let found = checked(&base).await;
        assert!(found.wrong.iter().any(|it| it == says), "{way}: {:?}", found.wrong);
        assert_eq!(command(&base, None), Exit::Wrong, "{way}");
    }
}

async fn the_triggers_stop_whoever_goes_by_the_front_door(on: On) {
    let base = on.base().await;
    filled(&base).await;
    for statement in ["UPDATE logboek SET wie = 'x'", "DELETE FROM logboek", "UPDATE logboek_inhoud SET inhoud = ''"] {
        let error = base.past(statement).await.unwrap_err();
        assert!(error.contains("het logboek verandert niet"), "{error}");
    }
    let error = base.past("DELETE FROM logboek_inhoud WHERE nummer = 3").await.unwrap_err();
    assert!(error.contains("inhoud van het logboek verdwijnt alleen met een wissing"), "{error}");
}

fn asked() -> Asked {
    Asked { caller: Caller::machine("proef"), key: None }
}

/// Six waves, and a candidate whose row is line 7 and who is forgotten by line 8.
async fn forgotten(base: &Base) -> Checked {
    let before = filled(base).await;
    let store = base.open().await;
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

async fn a_content_that_was_erased_is_named_by_the_chain_and_the_chain_stays_whole(on: On) {
    let base = on.base().await;
    let after = forgotten(&base).await;
    assert_eq!(command(&base, Some(&after.head)), Exit::Done);
    // One more is taken away beside it.
    base.tamper(&["DELETE FROM logboek_inhoud WHERE nummer = 5"]).await;
    assert_eq!(checked(&base).await.wrong, ["de inhoud van regel 5 is weggehaald, zonder dat er iemand gewist is"]);
    assert_eq!(command(&base, Some(&after.head)), Exit::Wrong);
}

async fn what_an_erasure_names_must_be_gone_and_the_erasure_itself_must_be_there(on: On) {
    let base = on.base().await;
    forgotten(&base).await;
    base.tamper(&["INSERT INTO logboek_inhoud (nummer, zout, inhoud) VALUES (7, '00', '{}')"]).await;
    let wrong = checked(&base).await.wrong;
    assert!(wrong.contains(&"de inhoud van regel 7 is er nog, terwijl regel 8 zegt dat die gewist is".to_owned()), "{wrong:?}");
    base.tamper(&["DELETE FROM logboek_inhoud WHERE nummer >= 7"]).await;
    let gone = [7, 8].map(|line| format!("de inhoud van regel {line} is weggehaald, zonder dat er iemand gewist is"));
    assert_eq!(checked(&base).await.wrong, gone, "who takes the list away is told of, with what it covered");
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
async fn of_before(base: &Base) {
    let store = base.open().await;
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

async fn an_erasure_of_an_earlier_version_covers_lines_about_its_subject_and_as_many_decisions_as_it_counts(on: On) {
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
    for (gone, wrong) in ways {
        let base = on.base().await;
        of_before(&base).await;
        let statements: Vec<String> = gone.iter().map(|line| format!("DELETE FROM logboek_inhoud WHERE nummer = {line}")).collect();
        base.tamper(&statements.iter().map(String::as_str).collect::<Vec<_>>()).await;
        assert_eq!(checked(&base).await.wrong, wrong, "{gone:?}");
    }
}

async fn who_was_erased_twice_by_an_earlier_version_is_covered_too(on: On) {
    let base = on.base().await;
    of_before(&base).await;
    let store = base.open().await;
    let mut change = store.change().await.unwrap();
    earlier(&mut change, "kandidaat-gewist", "Z1", r#"{"logregels":1}"#).await;
    change.commit().await.unwrap();
    store.close().await;
    base.tamper(&["DELETE FROM logboek_inhoud WHERE nummer IN (1, 2, 5)"]).await;
    assert_eq!(checked(&base).await.wrong, Vec::<String>::new());
    assert_eq!(base.to_read().await.read().erasures().await.unwrap().len(), 1);
}

async fn a_noted_head_shows_that_the_last_lines_are_gone_with_their_contents(on: On) {
    let base = on.base().await;
    let before = filled(&base).await;
    base.tamper(&["DELETE FROM logboek_inhoud WHERE nummer > 4", "DELETE FROM logboek WHERE nummer > 4"]).await;
    assert_eq!(command(&base, None), Exit::Done, "the rest fits by itself");
    assert_eq!(command(&base, Some(&before.head)), Exit::Wrong, "but the noted head is gone");
}

crate::store::trial::on_both! {
    every_way_to_change_the_log_is_found,
    the_triggers_stop_whoever_goes_by_the_front_door,
    a_content_that_was_erased_is_named_by_the_chain_and_the_chain_stays_whole,
    what_an_erasure_names_must_be_gone_and_the_erasure_itself_must_be_there,
    an_erasure_of_an_earlier_version_covers_lines_about_its_subject_and_as_many_decisions_as_it_counts,
    who_was_erased_twice_by_an_earlier_version_is_covered_too,
    a_noted_head_shows_that_the_last_lines_are_gone_with_their_contents,
}
