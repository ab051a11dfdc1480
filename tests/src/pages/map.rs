//! The map: marks that are links, numbers that tie it to its list, and outlines that are given.

use loket_service::access::Role;

use super::Browser;
use crate::desk::{Desk, YEAR, small_wave};

#[tokio::test]
async fn what_is_chosen_has_a_number_on_the_map_and_in_the_list() {
    let desk = Desk::open("pages-map").await;
    desk.solved(small_wave("w", 2, &["Z1", "Z2"]), YEAR).await;
    let noor = Browser::signed(&desk, Role::Intermediair, "").await;
    let page = noor.get("/lichtingen/w/kaart").await.expect(200);
    assert!(page.says("Coaches en hun scholen"), "{}", page.words());
    assert!(page.text.contains("<svg class=\"map\""), "there is a map: {}", page.words());
    let marks = page.text.matches("<a class=\"mark").count();
    assert!(marks >= 1 && page.text.matches("aria-label=").count() >= marks, "each mark is a link that says what it is");
    let coach = noor.get("/lichtingen/w/kaart?kies=coach%3AK1").await.expect(200);
    assert!(coach.text.contains("mark genummerd") && coach.text.contains("map-number"), "{}", coach.words());
    assert!(coach.says("Dezelfde kaart als lijst"), "{}", coach.words());
    assert!(coach.text.contains("/lichtingen/w/beoordelen/Z1"), "who is placed leads to the proposal");
    noor.get("/lichtingen/w/kaart?kies=school%3AS1").await.expect(200);
    noor.get("/lichtingen/w/kaart?kies=kandidaat%3AZ1&lagen=ja").await.expect(200);
    for wrong in ["coach:K9", "fiets", "kandidaat:Z9"] {
        noor.get(&format!("/lichtingen/w/kaart?kies={}", wrong.replace(':', "%3A"))).await.expect(404);
    }
    noor.get("/lichtingen/x/kaart").await.expect(404);
    Browser::signed(&desk, Role::Lezer, "").await.get("/lichtingen/w/kaart").await.expect(403);
    desk.close().await;
}
