//! Calendars over HTTP: the same placement is the same entry, a change makes its number rise, and what was withdrawn is cancelled.

use std::collections::BTreeMap;

use loket_service::access::Role;
use reqwest::Method;
use serde_json::{Value, json};

use super::papers::file;
use crate::desk::{Desk, TOKEN, YEAR, small_wave};
use crate::foreign::story::{NAMES, PROPOSED, Place};

/// The entries of a calendar, each as its properties by name.
fn entries(text: &str) -> Vec<BTreeMap<String, String>> {
    assert!(text.starts_with("BEGIN:VCALENDAR\r\n") && text.ends_with("END:VCALENDAR\r\n"), "{text}");
    assert!(text.split("\r\n").all(|line| line.len() <= 75 && !line.contains(['\r', '\n'])), "{text}");
    let whole = text.replace("\r\n ", "");
    let one = |entry: &str| {
        let property = |line: &str| line.split_once(':').map(|(name, value)| (name.to_owned(), value.to_owned()));
        entry.split("END:VEVENT").next().expect("an entry").split("\r\n").filter_map(property).collect()
    };
    whole.split("BEGIN:VEVENT\r\n").skip(1).map(one).collect()
}

async fn agenda(desk: &Desk, who: &str, path: &str) -> (Vec<BTreeMap<String, String>>, String) {
    let (status, [kind, disposition, cache], bytes) = file(desk, Some(who), Method::GET, path, None).await;
    let text = String::from_utf8(bytes).expect("UTF-8");
    assert_eq!(status, 200, "{path}: {text}");
    assert_eq!([kind.as_str(), cache.as_str()], ["text/calendar; charset=utf-8", "no-store"], "{path}");
    assert_eq!(disposition, "attachment; filename=\"agenda.ics\"", "{path}");
    (entries(&text), text)
}

fn number(entry: &BTreeMap<String, String>) -> i64 {
    entry["SEQUENCE"].parse().expect("a number")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_entry_stays_itself_rises_with_a_change_and_is_cancelled_when_the_placement_is_withdrawn() {
    let desk = Desk::open("calendar-life").await;
    let mut wave = small_wave("w", 2, &["Z1"]);
    let mut second = wave["coaches"][0].clone();
    (second["id"], second["naam"]) = (json!("K2"), json!("Mees Verzonnen"));
    wave["coaches"].as_array_mut().expect("coaches").push(second);
    wave["vast"] = json!([{ "kandidaat": "Z1", "coach": "K1" }]);
    let wave = desk.solved(wave, YEAR).await;
    assert_eq!(agenda(&desk, TOKEN, "/lichtingen/w/agenda").await.0, [], "nothing is published and nobody asked");
    desk.act_with("/lichtingen/w/vaststelling", &wave.tag(), json!({ "bevestigd": true })).await.expect(200);
    let (first, _) = agenda(&desk, TOKEN, "/lichtingen/w/agenda").await;
    assert_eq!(first.len(), 1);
    let begins = &first[0];
    assert_eq!((begins["DTSTART;VALUE=DATE"].as_str(), begins["DTEND;VALUE=DATE"].as_str()), ("20260801", "20260802"));
    assert_eq!((begins["STATUS"].as_str(), begins["LOCATION"].as_str()), ("CONFIRMED", "De Vlieger"));
    let (again, _) = agenda(&desk, TOKEN, "/lichtingen/w/agenda").await;
    assert_eq!((&again[0]["UID"], &again[0]["SEQUENCE"]), (&begins["UID"], &begins["SEQUENCE"]), "nothing changed");
    let (of_coach, _) = agenda(&desk, TOKEN, "/coaches/K1/agenda").await;
    assert_eq!(of_coach.len(), 1);
    assert_eq!(agenda(&desk, TOKEN, "/coaches/K2/agenda").await.0, []);

    // The coach falls out before the first day: another coach takes over, and the first one's entry is off.
    let asked = desk.post("/coaches/K1/uitval", json!({ "vanaf": "2026-07-02" })).await.expect(202);
    desk.work().await;
    let batch = format!("/herberekeningen/{}", asked["id"].as_str().expect("an id"));
    let tag = desk.get(&batch).await.tag();
    desk.act_with(&format!("{batch}/aanvaarding"), &tag, json!({ "lichtingen": ["w"] })).await.expect(200);
    let (after, _) = agenda(&desk, TOKEN, "/lichtingen/w/agenda").await;
    assert_eq!((&after[0]["UID"], after[0]["STATUS"].as_str()), (&begins["UID"], "CONFIRMED"));
    assert!(number(&after[0]) > number(begins), "{after:?} after {begins:?}");
    let (gone, _) = agenda(&desk, TOKEN, "/coaches/K1/agenda").await;
    assert_eq!((&gone[0]["UID"], gone[0]["STATUS"].as_str()), (&of_coach[0]["UID"], "CANCELLED"), "{gone:?}");
    assert!(number(&gone[0]) > number(&of_coach[0]), "{gone:?} after {of_coach:?}");
    let (came, _) = agenda(&desk, TOKEN, "/coaches/K2/agenda").await;
    assert_eq!(came[0]["STATUS"], "CONFIRMED");
    assert_ne!(came[0]["UID"], gone[0]["UID"], "another one's entry");

    // The candidate stops: everything is off.
    let asked = desk.post("/kandidaten/Z1/uitval", json!({ "vanaf": "2026-07-02" })).await.expect(202);
    desk.work().await;
    let batch = format!("/herberekeningen/{}", asked["id"].as_str().expect("an id"));
    let tag = desk.get(&batch).await.tag();
    desk.act_with(&format!("{batch}/aanvaarding"), &tag, json!({ "lichtingen": ["w"] })).await.expect(200);
    let (off, _) = agenda(&desk, TOKEN, "/lichtingen/w/agenda").await;
    assert_eq!((&off[0]["UID"], off[0]["STATUS"].as_str()), (&begins["UID"], "CANCELLED"), "{off:?}");
    assert!(number(&off[0]) > number(&after[0]), "{off:?} after {after:?}");
    desk.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn calendars_hold_the_day_to_answer_until_there_is_an_answer_and_name_nobody() {
    let desk = Desk::open("calendar-people").await;
    let place = Place { base: desk.base(), store: desk.store.clone(), token: TOKEN.into(), desk: Some(&desk) };
    let story = place.told().await;
    let people: Vec<&str> = NAMES.iter().filter(|it| it.0.starts_with("zij") || it.0.starts_with("coach")).map(|it| it.1).collect();
    let nobody = |text: &str| {
        assert!(people.iter().all(|name| !text.contains(name)), "{text}");
        assert!(!text.contains("zij-mus") && !text.contains("zij-uil"), "{text}");
    };
    let (board, coach) = (story.token(Role::Bestuur).to_owned(), story.token(Role::Coach).to_owned());
    for (who, path) in [
        (TOKEN, "/lichtingen/w-open/agenda"),
        (TOKEN, "/lichtingen/w-vast/agenda"),
        (&board, "/besturen/bestuur-mus/agenda"),
        (&coach, "/coaches/coach-mus/agenda"),
    ] {
        let (found, text) = agenda(&desk, who, path).await;
        nobody(&text);
        assert!(!found.is_empty() && (who == TOKEN || !text.contains("De Grutto")), "{path}: {text}");
    }
    // Of everybody who was asked: three days to answer for each of the two who are proposed.
    assert_eq!(agenda(&desk, TOKEN, "/lichtingen/w-open/agenda").await.0.len(), 6);
    let replies = async || -> Vec<BTreeMap<String, String>> {
        let (found, _) = agenda(&desk, &board, "/besturen/bestuur-mus/agenda").await;
        found.into_iter().filter(|it| it["SUMMARY"].contains("uw antwoord")).collect()
    };
    let open = replies().await;
    assert_eq!((open.len(), open[0]["STATUS"].as_str()), (1, "CONFIRMED"), "{open:?}");
    let path = format!("/lichtingen/w-open/antwoorden/{}/bestuur", PROPOSED[0]);
    let tag = desk.send_as(Some(&board), Method::GET, &path, &[], None).await.tag();
    desk.send_as(Some(&board), Method::POST, &path, &[("if-match", &tag)], Some(json!({ "antwoord": "ja" }))).await.expect(200);
    let done = replies().await;
    assert_eq!((&done[0]["UID"], done[0]["STATUS"].as_str()), (&open[0]["UID"], "CANCELLED"), "{done:?}");
    assert!(number(&done[0]) > number(&open[0]), "{done:?} after {open:?}");

    // By a link: the own day, for the candidate and for a coach without an account.
    for (party, name) in [("kandidaat", "uw antwoord"), ("coach", "uw antwoord")] {
        let made = format!("/lichtingen/w-open/antwoorden/{}/{party}/koppeling", PROPOSED[0]);
        let link = desk.send(Method::POST, &made, &[], None).await.expect(201);
        let body: Value = json!({ "koppeling": link["koppeling"] });
        let (status, _, bytes) = file(&desk, None, Method::POST, "/antwoordkoppelingen/agenda", Some(body)).await;
        let text = String::from_utf8(bytes).expect("UTF-8");
        assert_eq!(status, 200, "{text}");
        nobody(&text);
        let found = entries(&text);
        assert!(found.len() == 1 && found[0]["SUMMARY"].contains(name) && found[0]["SUMMARY"].contains("De Kluut"), "{text}");
    }
    let none = file(&desk, None, Method::POST, "/antwoordkoppelingen/agenda", Some(json!({ "koppeling": "antwoord-niets" }))).await;
    assert_eq!(none.0, 404);
    desk.close().await;
}
