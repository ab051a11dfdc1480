//! Publishing: what blocks, what asks a yes, the papers, and closing.

use loket_service::access::Role;

use super::Browser;
use super::answers::agreed;
use crate::desk::{Desk, YEAR, small_wave};
use crate::http_refresh::two_waves;

fn version(text: &str) -> String {
    text.split("name=\"versie\" value=\"").nth(1).and_then(|it| it.split('"').next()).expect("a version").to_owned()
}

#[tokio::test]
async fn proposals_that_nobody_looked_at_ask_a_yes_and_then_the_wave_is_published_and_closed() {
    let desk = Desk::open("pages-publish").await;
    desk.solved(small_wave("w", 2, &["Z1", "Z2", "Z3"]), YEAR).await;
    let browser = Browser::signed(&desk, Role::Intermediair, "").await;
    let own = "/lichtingen/w/vaststellen";
    let page = browser.get(own).await.expect(200);
    assert!(page.says("2 voorstellen zijn door niemand bekeken") && page.says("één ding vraagt uw ja"), "{}", page.words());
    assert!(page.says("Logboek klopt") && page.says("2 van 2 plekken bezet"), "{}", page.words());
    let seen = version(&page.text);
    let refused = browser.post(own, &[("versie", &seen)]).await.expect(400);
    assert!(refused.says("Zet hier een vinkje") && refused.text.contains("href=\"#bevestigd\""), "{}", refused.words());
    browser.post(own, &[("versie", "0"), ("bevestigd", "ja")]).await.expect(412);
    browser.post(own, &[("versie", &seen), ("bevestigd", "ja")]).await.leads(own);
    let page = browser.get(own).await.expect(200);
    assert!(page.says("Proef is vastgesteld") && page.says("2 kandidaten hebben een plaats, 1 nog niet."), "{}", page.words());
    for (file, kind) in
        [("brieven.pdf", "application/pdf"), ("lijst.pdf", "application/pdf"), ("agenda.ics", "text/calendar; charset=utf-8")]
    {
        let made = browser.get(&format!("/lichtingen/w/{file}")).await.expect(200);
        assert_eq!(made.headers["content-type"], kind, "{file}");
    }
    browser.get(own).await.expect(200);
    browser.post("/lichtingen/w/sluiten", &[("versie", &version(&page.text))]).await.leads(own);
    assert!(browser.get(own).await.says("Proef is gesloten"));
    desk.close().await;
}

#[tokio::test]
async fn a_no_blocks_until_there_is_a_newer_run_and_says_which() {
    let desk = Desk::open("pages-publish-no").await;
    agreed(&desk).await;
    let browser = Browser::signed(&desk, Role::Intermediair, "").await;
    let note = "/lichtingen/w/antwoorden/van/Z1/kandidaat";
    browser.get(note).await.expect(200);
    browser.post(note, &[("antwoord", "nee"), ("reden", "te-ver"), ("hoe", "telefoon"), ("versie", "0")]).await.leads("/lichtingen/w");
    let own = "/lichtingen/w/vaststellen";
    let page = browser.get(own).await.expect(200);
    assert!(page.says("1 keer nee staat nog open") && page.says("kandidaat zei nee: te ver weg"), "{}", page.words());
    assert!(page.says("Kan nog niet: 1 keer nee staat open.") && page.says("Kanarie Z1"), "{}", page.words());
    let refused = browser.post(own, &[("versie", &version(&page.text)), ("bevestigd", "ja")]).await.expect(409);
    assert!(refused.says("Er is niets vastgesteld"), "{}", refused.words());
    desk.close().await;
}

#[tokio::test]
async fn where_the_register_has_less_room_the_page_names_it_and_its_way_out_leads_to_a_published_plan() {
    let desk = Desk::open("pages-publish-room").await;
    two_waves(&desk).await;
    let browser = Browser::signed(&desk, Role::Intermediair, "").await;
    let own = "/lichtingen/twee/vaststellen";
    let page = browser.get(own).await.expect(200);
    assert!(page.says("Het past op 3 punten niet in het register"), "{}", page.words());
    assert!(page.says("Plek onderbouw van school De Vlieger (S1): 2 nodig, 1 vrij"), "{}", page.words());
    assert!(page.says("Coach Vink Verzonnen (K1): 2 kandidaten, plaats voor 1"), "{}", page.words());
    let fill = "/lichtingen/twee/gegevens/verversing";
    assert!(page.text.contains(&format!("href=\"{fill}\"")), "{}", page.words());
    let changes = browser.get(fill).await.expect(200);
    browser.post(fill, &[("versie", &version(&changes.text))]).await.leads("/lichtingen/twee/gegevens");
    desk.run("/lichtingen/twee").await;
    let page = browser.get(own).await.expect(200);
    assert!(!page.says("niet in het register") && page.says("Niets houdt u tegen"), "{}", page.words());
    browser.post(own, &[("versie", &version(&page.text)), ("bevestigd", "ja")]).await.leads(own);
    assert!(browser.get(own).await.says("Proef is vastgesteld"));
    desk.close().await;
}

#[tokio::test]
async fn publishing_is_the_intermediarys() {
    let desk = Desk::open("pages-publish-whose").await;
    agreed(&desk).await;
    let browser = Browser::signed(&desk, Role::Intermediair, "").await;
    browser.get("/lichtingen/x/vaststellen").await.expect(404);
    browser.sent("/lichtingen/w/vaststellen", &[("versie", "1")]).await.expect(403);
    for (role, of) in [(Role::Bestuur, "B1"), (Role::Coach, "K1"), (Role::Lezer, ""), (Role::Beheerder, "")] {
        let other = Browser::signed(&desk, role, of).await;
        other.get("/lichtingen/w/vaststellen").await.expect(403);
        other.get("/lichtingen/w/brieven.pdf").await.expect(403);
    }
    desk.close().await;
}
