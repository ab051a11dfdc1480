//! The list of messages: narrowed, page by page, all its drafts as one file, and noted together as sent.

use std::io::{Cursor, Read};

use loket_service::access::Role;
use loket_service::records::mail::{MailKind, Message, Recipient};
use serde_json::json;

use super::Browser;
use crate::desk::{Desk, YEAR, small_wave};

/// A question to each of these candidates, each with an address.
async fn posted(desk: &Desk, wave: &str, people: usize) {
    for number in 0..people {
        let id = format!("P{number}");
        let address = format!("p{number}@voorbeeld.example");
        let row = json!({ "id": id, "naam": format!("Kanarie {number:03}"), "e_mail": address, "bouwen": ["onderbouw"] });
        desk.post("/kandidaten", row).await.expect(201);
    }
    let mut change = desk.store.change().await.expect("a change");
    for number in 0..people {
        let to = Recipient::candidate(&format!("P{number}"));
        change.post(wave, &Message { kind: MailKind::Gewijzigd, to, about: format!("/v1/lichtingen/{wave}") }).await.expect("posted");
    }
    change.commit().await.expect("kept");
}

/// The names of the letters in a file, and the text of the first.
fn letters(bytes: Vec<u8>) -> (Vec<String>, String) {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut names = Vec::new();
    let mut first = String::new();
    for at in 0..zip.len() {
        let mut file = zip.by_index(at).expect("a member");
        names.push(file.name().expect("a name").into_owned());
        if at == 0 {
            file.read_to_string(&mut first).expect("a letter");
        }
    }
    (names, first)
}

/// What a field that nobody sees holds.
fn hidden(text: &str, name: &str) -> String {
    let after = text.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap_or_else(|| panic!("no {name}: {text}"));
    after.split('"').next().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn the_list_of_messages_is_narrowed_and_leafed_through() {
    let desk = Desk::open("pages-messages-list").await;
    desk.solved(small_wave("w", 2, &["Z1", "Z2"]), YEAR).await;
    posted(&desk, "w", 60).await;
    let browser = Browser::signed(&desk, Role::Intermediair, "").await;
    let first = browser.get("/berichten").await.expect(200);
    assert!(first.says("50 van 60 berichten") && first.says("Blad 1 van 2.") && first.says("Oudere"), "{}", first.words());
    assert!(!first.says("Nieuwere") && first.text.contains("href=\"/berichten?blad=2\""), "{}", first.words());
    let second = browser.get("/berichten?blad=2").await.expect(200);
    assert!(second.says("10 van 60 berichten") && second.says("Nieuwere") && !second.says("Oudere"), "{}", second.words());
    let names = |page: &super::Shown| page.words().matches("Kanarie ").count();
    assert!(names(&first) > names(&second) && names(&second) >= 10);
    // Each filter is a chip that can be taken off.
    let narrow = browser.get("/berichten?lichting=w&soort=gewijzigd&aan=kandidaat").await.expect(200);
    assert!(
        narrow.says("50 van 60 berichten") && narrow.says("wijziging weglaten") && narrow.says("aan: kandidaat weglaten"),
        "{}",
        narrow.words()
    );
    assert!(narrow.text.contains("soort=gewijzigd") && narrow.text.contains("aan=kandidaat"));
    for none in ["/berichten?soort=vraag", "/berichten?aan=coach", "/berichten?lichting=x"] {
        assert!(browser.get(none).await.expect(200).says("Er zijn geen berichten."), "{none}");
    }
    for wrong in ["/berichten?soort=account", "/berichten?aan=ooit"] {
        browser.get(wrong).await.expect(404);
    }
    // What was done with one of a page leads back to that page.
    let actions = second.text.split("action=\"/berichten/").skip(1).filter_map(|it| it.split('"').next());
    let action = actions.into_iter().find(|it| it.contains("/verstuurd?")).expect("a draft");
    let action = action.replace("&#38;", "&").replace("&amp;", "&");
    browser.post(&format!("/berichten/{action}"), &[]).await.leads("/berichten?blad=2");
    desk.close().await;
}

#[tokio::test]
async fn all_drafts_are_downloaded_and_noted_together_but_for_those_that_changed() {
    let desk = Desk::open("pages-messages-together").await;
    desk.solved(small_wave("w", 2, &["Z1", "Z2"]), YEAR).await;
    posted(&desk, "w", 5).await;
    let mut change = desk.store.change().await.expect("a change");
    let nobody = Message { kind: MailKind::Gewijzigd, to: Recipient::candidate("Z9"), about: "/v1/lichtingen/w".into() };
    change.post("w", &nobody).await.expect("posted");
    change.commit().await.expect("kept");
    let browser = Browser::signed(&desk, Role::Intermediair, "").await;
    let list = browser.get("/berichten?lichting=w").await.expect(200);
    assert!(list.says("5 concepten kunnen de deur uit"), "who has no address does not count: {}", list.words());
    let (names, first) = letters(browser.file_of("/berichten/concepten.zip?lichting=w").await);
    assert_eq!(names.len(), 5, "{names:?}");
    assert!(names.iter().all(|it| it.contains("-gewijzigd-kandidaat-") && it.ends_with(".eml")), "{names:?}");
    assert!(first.contains("@voorbeeld.example") && first.contains("X-Unsent: 1"), "{first}");
    let other = browser.post("/berichten/concepten.zip?soort=vraag", &[]).await.expect(409);
    assert!(other.says("geen concept"), "{}", other.words());

    let confirm = browser.get("/berichten/verstuurd?lichting=w").await.expect(200);
    assert!(confirm.says("Markeer 5 berichten als verstuurd") && confirm.says("5 keer wijziging"), "{}", confirm.words());
    let ids = hidden(&confirm.text, "berichten");
    assert_eq!(ids.split(' ').count(), 5);
    // A colleague sees to one of them meanwhile.
    let one = ids.split(' ').next().unwrap_or_default().to_owned();
    desk.send(reqwest::Method::POST, &format!("/berichten/{one}/verstuurd"), &[], None).await.expect(200);
    let done = browser.post("/berichten/verstuurd?lichting=w", &[("berichten", ids.as_str())]).await.leads("/berichten?lichting=w");
    let told = browser.get(&done.place).await.expect(200);
    assert!(told.says("4 berichten staan op zelf verstuurd. 1 veranderde intussen en is overgeslagen."), "{}", told.words());
    let left = browser.get("/berichten").await.expect(200);
    assert!(left.says("1 van 1 berichten") && left.says("Z9") && !left.says("Download alle"), "{}", left.words());
    // Each stands in the log as one alone does.
    let noted = desk.log().await.iter().filter(|it| it.0 == "bericht-afgehandeld").count();
    assert_eq!(noted, 5);
    desk.sound_log().await;
    let none = browser.get("/berichten/verstuurd").await.expect(200);
    assert!(none.says("Er is geen concept met een adres."), "{}", none.words());
    let board = Browser::signed(&desk, Role::Bestuur, "B1").await;
    board.post("/berichten/verstuurd", &[("berichten", ids.as_str())]).await.expect(403);
    board.post("/berichten/concepten.zip", &[]).await.expect(403);
    desk.close().await;
}
