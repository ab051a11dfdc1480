//! The answers of a wave: asked, reminded, noted, refused with what was typed, and messages to send by hand.

use loket_service::access::Role;
use serde_json::json;

use super::Browser;
use crate::desk::{Desk, YEAR, small_wave};

/// A wave of two, agreed to.
pub(super) async fn agreed(desk: &Desk) {
    desk.solved(small_wave("w", 2, &["Z1", "Z2"]), YEAR).await;
    for candidate in ["Z1", "Z2"] {
        desk.put_new(&format!("/lichtingen/w/beoordelingen/{candidate}"), json!({ "besluit": "akkoord" })).await.expect(200);
    }
}

#[tokio::test]
async fn the_three_parties_are_asked_reminded_and_their_answers_noted() {
    let desk = Desk::open("pages-answers").await;
    agreed(&desk).await;
    let browser = Browser::signed(&desk, Role::Intermediair, "").await;
    let before = browser.get("/lichtingen/w/antwoorden").await.expect(200);
    assert!(before.says("2 plaatsen met akkoord zijn nog niet helemaal gevraagd"), "{}", before.words());
    assert!(before.says("Kanarie Z1") && before.says("De Vlieger, onderbouw"), "{}", before.words());
    browser.get("/lichtingen/w/antwoorden/vragen").await.expect(200);
    browser.post("/lichtingen/w/antwoorden/vragen", &[("wie", "nieuw"), ("voor", "2026-12-09")]).await.leads("/lichtingen/w/antwoorden");
    let asked = browser.get("/lichtingen/w/antwoorden").await.expect(200);
    assert!(asked.says("6 vragen wachten nog") && asked.says("De vragen zijn gesteld"), "{}", asked.words());
    assert!(asked.says("Wacht op antwoord: 2") && asked.says("Vaststellen kan ook als er nog antwoorden open staan."), "{}", asked.words());
    // Said once.
    assert!(!browser.get("/lichtingen/w/antwoorden").await.says("De vragen zijn gesteld"));

    let note = "/lichtingen/w/antwoorden/van/Z1/coach";
    browser.get(note).await.expect(200);
    let typed = [("antwoord", "nee"), ("hoe", "telefoon"), ("toelichting", "Belde <b>vanochtend</b>"), ("versie", "1")];
    let refused = browser.post(note, &typed).await.expect(400);
    assert!(refused.says("Kies waarom niet") && refused.text.contains("href=\"#reden\""), "{}", refused.words());
    assert!(
        refused.text.contains("Belde &#60;b&#62;vanochtend") || refused.text.contains("Belde &lt;b&gt;vanochtend"),
        "what was typed comes back"
    );
    let done = [("antwoord", "nee"), ("reden", "te-ver"), ("hoe", "telefoon"), ("versie", "1")];
    browser.post(note, &done).await.leads("/lichtingen/w/antwoorden/van/Z1");
    let one = browser.get("/lichtingen/w/antwoorden/van/Z1").await.expect(200);
    assert!(one.says("te ver weg") && one.says("aan de telefoon"), "{}", one.words());
    let stale = browser.post(note, &done).await.expect(412);
    assert!(stale.says("Iemand anders veranderde dit intussen"), "{}", stale.words());
    let after = browser.get("/lichtingen/w/antwoorden").await.expect(200);
    assert!(after.says("Nee gezegd: 1. Kies een andere plaats of reken opnieuw."), "{}", after.words());
    let only = browser.get("/lichtingen/w/antwoorden?groep=nee").await.expect(200);
    assert!(only.says("Kanarie Z1") && !only.says("Kanarie Z2"), "{}", only.words());

    browser.post("/lichtingen/w/antwoorden/herinneren", &[("kandidaat", "Z2")]).await.leads("/lichtingen/w/antwoorden");
    assert!(browser.get("/lichtingen/w/antwoorden/van/Z2").await.says("1 keer herinnerd"));
    assert!(browser.get("/lichtingen/w/antwoorden").await.says("herinnerd 1 juli"));
    let late = browser.post("/lichtingen/w/antwoorden/vragen", &[("wie", "alle"), ("voor", "2020-01-01")]).await.expect(400);
    assert!(late.text.contains("href=\"#voor\"") && late.text.contains("value=\"2020-01-01\""), "{}", late.words());
    desk.close().await;
}

#[tokio::test]
async fn a_personal_link_is_shown_once_and_messages_are_sent_by_hand() {
    let desk = Desk::open("pages-messages").await;
    agreed(&desk).await;
    let browser = Browser::signed(&desk, Role::Intermediair, "").await;
    browser.get("/lichtingen/w/antwoorden/vragen").await.expect(200);
    browser.post("/lichtingen/w/antwoorden/vragen", &[("wie", "nieuw")]).await.leads("/lichtingen/w/antwoorden");
    let made = browser.post("/lichtingen/w/antwoorden/van/Z1/kandidaat/koppeling", &[]).await.expect(200);
    assert!(made.text.contains("/koppeling/antwoord-"), "{}", made.words());
    let board = browser.post("/lichtingen/w/antwoorden/van/Z1/bestuur/koppeling", &[]).await.expect(409);
    assert!(board.says("eigen account"), "{}", board.words());
    let list = browser.get("/berichten").await.expect(200);
    assert!(list.says("Een vraag over een plaatsing") && list.says("staat klaar"), "{}", list.words());
    // Of which wave it is, and that nobody knows the address, with where it is filled in.
    assert!(list.says("Proef") && list.says("Vul het adres in"), "{}", list.words());
    assert!(
        list.text.contains("href=\"/register/kandidaten/Z1\"") && list.text.contains("href=\"/register/coaches/K1\""),
        "{}",
        list.words()
    );
    let handled = list.text.split("action=\"/berichten/").nth(1).and_then(|it| it.split('"').next()).expect("a draft").to_owned();
    browser.post(&format!("/berichten/{handled}"), &[]).await.leads("/berichten");
    assert!(browser.get("/berichten?alle=1").await.says("zelf verstuurd"));
    desk.close().await;
}

#[tokio::test]
async fn answers_are_the_intermediarys_and_of_a_wave_that_is_there() {
    let desk = Desk::open("pages-answers-whose").await;
    agreed(&desk).await;
    let browser = Browser::signed(&desk, Role::Intermediair, "").await;
    browser.get("/lichtingen/x/antwoorden").await.expect(404);
    browser.get("/lichtingen/w/antwoorden/van/Z9").await.expect(404);
    browser.get("/lichtingen/w/antwoorden/van/Z1/niemand").await.expect(404);
    browser.sent("/lichtingen/w/antwoorden/herinneren", &[]).await.expect(403);
    let board = Browser::signed(&desk, Role::Bestuur, "B1").await;
    board.get("/lichtingen/w/antwoorden").await.expect(403);
    board.post("/lichtingen/w/antwoorden/herinneren", &[]).await.expect(403);
    desk.close().await;
}
