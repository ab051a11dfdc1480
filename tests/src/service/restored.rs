//! A database that goes out with `pg_dump` and comes back with `pg_restore`: `loket herstel` makes it fit for use. Of files there is
//! `loket restore`.

use std::path::Path;
use std::process::{Command, Output};

use loket_service::records::mail::{MailKind, Message, Recipient};
use reqwest::Method;
use serde_json::{Value, json};

use super::away::only_of_servers;
use super::processes::program;
use crate::database::{holds, typed};
use crate::desk::Desk;

fn ran(program: &Path, words: &[&str]) -> Output {
    Command::new(program).args(words).output().expect("the program starts")
}

fn done(program: &str, words: &[&str]) {
    let ran = ran(program.as_ref(), words);
    assert!(ran.status.success(), "{program} {words:?}: {}", String::from_utf8_lossy(&ran.stderr));
}

async fn erase(desk: &Desk, id: &str) {
    let path = format!("/kandidaten/{id}");
    let tag = desk.get(&path).await.tag();
    desk.send(Method::DELETE, &format!("{path}/naam"), &[("if-match", &tag)], None).await.expect(204);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_that_was_put_back_sends_nothing_twice_and_names_nobody_who_was_erased() {
    if only_of_servers("a_database_that_was_put_back_sends_nothing_twice_and_names_nobody_who_was_erased") {
        return;
    }
    let desk = Desk::open("restored").await;
    for id in ["Z1", "Z2", "Z3"] {
        let row = json!({ "id": id, "naam": format!("Kanarie {id}"), "e_mail": "kanarie@voorbeeld.example", "bouwen": ["onderbouw"] });
        desk.post("/kandidaten", row).await.expect(201);
    }
    let mut change = desk.store.change().await.expect("a change");
    let message = Message { kind: MailKind::Vraag, to: Recipient::candidate("Z3"), about: "/v1/lichtingen/w".into() };
    change.post("daad", &message).await.expect("posted");
    change.commit().await.expect("kept");

    let (before, dump) = (desk.folder.join("loket.sqlite"), desk.folder.join("kopie.dump"));
    let dump = dump.to_str().expect("text").to_owned();
    done("pg_dump", &["-Fc", "--file", &dump, "--dbname", &typed(&before)]);
    // After the copy one is erased of whom the log tells, and one of whom only a list tells.
    erase(&desk, "Z1").await;
    let after = desk.folder.join("terug.sqlite");
    done("pg_restore", &["--no-owner", "--dbname", &typed(&after), &dump]);
    assert!(holds(&after, "Kanarie Z1") && holds(&after, "Kanarie Z2"), "the copy has everybody");
    let list = desk.folder.join("gewist.txt");
    std::fs::write(&list, "Z2\n").expect("the folder can be written");

    let place = typed(&after);
    let words = ["herstel", "--gegevens", &place, "--eerder", &typed(&before), "--gewist", list.to_str().expect("text"), "--json"];
    let first = ran(&program(), &words);
    assert_eq!(first.status.code(), Some(0), "{}", String::from_utf8_lossy(&first.stderr));
    let told: Value = serde_json::from_slice(&first.stdout).expect("JSON");
    assert_eq!((&told["berichten_concept"], &told["opnieuw_gewist"]), (&json!(1), &json!(["Z1", "Z2"])), "{told}");
    for name in ["Kanarie Z1", "Kanarie Z2"] {
        assert!(!holds(&after, name), "{name} is there again");
    }
    assert!(holds(&after, "Kanarie Z3"));
    // Again there is nothing left to do.
    let again = ran(&program(), &["herstel", "--gegevens", &place]);
    let page = String::from_utf8_lossy(&again.stdout).into_owned();
    assert_eq!(again.status.code(), Some(0), "{page}");
    assert!(page.contains("klaar voor gebruik") && page.contains("--gewist") && !page.contains("concept"), "{page}");
    // A log that was tampered with is told, and nothing is done.
    let tampered = "SET session_replication_role = replica; UPDATE logboek SET onderwerp = 'Z9' WHERE nummer = 1";
    done("psql", &["-q", "-c", tampered, &place]);
    assert_eq!(ran(&program(), &["herstel", "--gegevens", &place]).status.code(), Some(1));
    // A file is put back otherwise.
    let file = ran(&program(), &["herstel", "--gegevens", "loket.sqlite"]);
    assert_eq!(file.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&file.stderr).contains("loket restore"));
    desk.close().await;
}
