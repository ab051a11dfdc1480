//! The start of an intermediary: what needs action, and that every link on it leads to what it says.

use loket_service::access::Role;
use reqwest::Method;
use serde_json::json;

use super::Browser;
use crate::desk::{Desk, YEAR, small_wave};

/// Every address of this service that a page leads to.
fn leads(text: &str) -> Vec<String> {
    let all = text.split("href=\"").skip(1).filter_map(|it| it.split('"').next()).filter(|it| it.starts_with('/'));
    let mut all: Vec<String> = all.map(|it| it.replace("&amp;", "&").replace("&#38;", "&")).collect();
    all.sort();
    all.dedup();
    all
}

#[tokio::test]
async fn a_new_service_says_that_nothing_waits_and_what_to_do() {
    let desk = Desk::open("pages-start-empty").await;
    let browser = Browser::signed(&desk, Role::Intermediair, "").await;
    let start = browser.get("/start").await.expect(200);
    assert!(start.says("Er wacht niets op u") && start.says("Nieuwe lichting"), "{}", start.words());
    desk.close().await;
}

#[tokio::test]
async fn what_needs_action_is_told_and_every_link_leads_there() {
    let desk = Desk::open("pages-start").await;
    desk.solved(small_wave("w", 1, &["Z1", "Z2"]), YEAR).await;
    let browser = Browser::signed(&desk, Role::Intermediair, "").await;
    // Whoever was nowhere yet is told where most is to be done.
    let before = browser.get("/start").await.expect(200);
    assert!(before.says("Hier is het meeste te doen") && !before.says("Verder waar u was"), "{}", before.words());
    browser.get("/lichtingen/w/beoordelen/Z1").await.expect(200);
    let start = browser.get("/start").await.expect(200);
    for words in ["kandidaat zonder plaats", "wacht op uw oordeel", "Verder waar u was", "0 van 2 beoordeeld", "Ga verder"] {
        assert!(start.says(words), "{words}: {}", start.words());
    }
    let all = leads(&start.text);
    assert!(all.len() > 12, "{all:?}");
    for place in &all {
        let shown = browser.follow(place).await;
        assert_eq!(shown.status, 200, "{place}: {}", shown.words());
    }
    // Whoever has no place stands in the list that the start leads to, and whoever has one does not.
    let none = all.iter().find(|it| it.contains("geen-plaats")).expect("a link to who has no place");
    let list = browser.get(none).await.expect(200);
    let [placed, unplaced] = {
        let outcome = desk.send(Method::GET, "/lichtingen/w/antwoorden", &[], None).await.expect(200);
        let one = outcome["resultaten"][0]["kandidaat"].as_str().expect("somebody placed").to_owned();
        if one == "Z1" { ["Kanarie Z1", "Kanarie Z2"] } else { ["Kanarie Z2", "Kanarie Z1"] }
    };
    let rows = list.text.split("id=\"detail\"").next().unwrap_or_default();
    assert!(rows.contains(unplaced) && !rows.contains(placed), "{}", list.words());
    desk.close().await;
}

#[tokio::test]
async fn where_one_was_is_where_this_account_was() {
    let desk = Desk::open("pages-start-own").await;
    desk.solved(small_wave("a", 2, &["Z1", "Z2"]), YEAR).await;
    desk.solved(small_wave("b", 2, &["Z1", "Z2"]), YEAR).await;
    desk.put_new("/lichtingen/a/beoordelingen/Z1", json!({ "besluit": "akkoord" })).await.expect(200);
    let (noor, samir) = (Browser::signed(&desk, Role::Intermediair, "").await, Browser::signed(&desk, Role::Intermediair, "").await);
    noor.get("/lichtingen/b/beoordelen/Z2").await.expect(200);
    samir.get("/lichtingen/a/beoordelen/Z2").await.expect(200);
    let hers = noor.get("/start").await.expect(200);
    assert!(hers.says("0 van 2 beoordeeld") && hers.says("Nu aan de beurt: Kanarie"), "{}", hers.words());
    assert!(hers.text.contains("href=\"/lichtingen/b/beoordelen/Z"), "{}", hers.words());
    let his = samir.get("/start").await.expect(200);
    assert!(his.says("1 van 2 beoordeeld") && his.says("Nu aan de beurt: Kanarie Z2"), "{}", his.words());
    assert!(his.text.contains("href=\"/lichtingen/a/beoordelen/Z2\""), "{}", his.words());
    // What is finished is nowhere to go on.
    desk.put_new("/lichtingen/a/beoordelingen/Z2", json!({ "besluit": "akkoord" })).await.expect(200);
    assert!(!samir.get("/start").await.says("Verder waar u was"));
    desk.close().await;
}

#[tokio::test]
async fn a_thing_to_do_keeps_the_name_of_its_wave_among_many() {
    let desk = Desk::open("pages-start-many").await;
    for at in 0..10 {
        let mut file = small_wave(&format!("w{at}"), 2, &["Z1"]);
        file["naam"] = json!(format!("Lichting nummer {at}"));
        desk.solved(file, YEAR).await;
    }
    let browser = Browser::signed(&desk, Role::Intermediair, "").await;
    let start = browser.get("/start").await.expect(200);
    for at in 0..10 {
        let name = format!("voorstel wacht op uw oordeel Lichting nummer {at} ");
        assert!(start.says(&name), "{name}: {}", start.words());
    }
    desk.close().await;
}

#[tokio::test]
async fn the_week_has_last_days_of_answers_and_meetings() {
    let desk = Desk::open("pages-start-week").await;
    desk.solved(small_wave("w", 2, &["Z1"]), YEAR).await;
    desk.put_new("/lichtingen/w/beoordelingen/Z1", json!({ "besluit": "akkoord" })).await.expect(200);
    desk.post("/lichtingen/w/antwoorden", json!({ "voor": "2026-07-03" })).await.expect(200);
    let roster = json!({
        "formaat": "loket-rooster/1", "id": "intake", "naam": "Intake", "soort": "gesprekken",
        "kalender": { "van": "2026-07-06", "tot": "2026-07-07" },
        "beleid": { "panel": { "coach": 1 }, "per_zitting": 1, "tijden": ["09:00"] },
        "locaties": [{ "id": "L1", "naam": "Kantoor", "zalen": 1, "dagdelen": ["ma-o"] }],
        "personen": [{ "id": "K7", "naam": "Vink Een", "rollen": ["coach"], "ruimte": 9 }],
        "deelnemers": [{ "id": "Z7", "naam": "Kanarie 7", "lat": 52.37, "lon": 4.89 }],
    });
    desk.post("/roosters", roster).await.expect(201);
    desk.send(Method::POST, "/roosters/intake/berekeningen", &[], None).await.expect(202);
    desk.work().await;
    let browser = Browser::signed(&desk, Role::Intermediair, "").await;
    let before = browser.get("/start").await.expect(200);
    assert!(before.says("vr 3 jul Laatste dag voor 3 antwoorden: Proef") && !before.says("1 afspraak: Intake"), "{}", before.words());
    let seen = desk.get("/roosters/intake").await;
    desk.send(Method::POST, "/roosters/intake/publicatie", &[("if-match", &seen.tag())], None).await.expect(200);
    let start = browser.get("/start").await.expect(200);
    assert!(start.says("ma 6 jul 1 afspraak: Intake"), "{}", start.words());
    desk.close().await;
}
