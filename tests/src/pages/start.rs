//! The start of an intermediary: what needs action, and that every link on it leads to what it says.

use loket_service::access::Role;
use reqwest::Method;

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
