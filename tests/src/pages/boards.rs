//! A board: seats confirmed and changed, refused with what was typed, two people at once, proposals, history; and the round over all boards.

use loket_service::access::Role;
use serde_json::json;

use super::Browser;
use super::answers::agreed;
use crate::desk::{Desk, YEAR, small_wave};

/// The value of a hidden field of a page.
fn hidden(text: &str, name: &str) -> String {
    let start = format!("name=\"{name}\" value=\"");
    text.split(&start).nth(1).and_then(|it| it.split('"').next()).expect("a hidden field").to_owned()
}

/// The name of the first field of seats.
fn seat_field(text: &str) -> String {
    let at = text.split("name=\"aantal:").nth(1).and_then(|it| it.split('"').next()).expect("a field of seats");
    format!("aantal:{at}")
}

#[tokio::test]
async fn a_board_confirms_with_one_click_and_changes_seats_in_one_table() {
    let desk = Desk::open("pages-board").await;
    desk.solved(small_wave("w", 2, &["Z1"]), YEAR).await;
    let board = Browser::signed(&desk, Role::Bestuur, "B1").await;
    let page = board.follow("/bestuur").await.expect(200);
    assert!(page.says("Klopt dit nog? 2 plekken op 1 school.") && page.says("De Vlieger"), "{}", page.words());
    assert!(page.says("1 kandidaat") && !page.says("Kanarie"), "names are not told: {}", page.words());
    let (version, rows) = (hidden(&page.text, "versie"), hidden(&page.text, "rijen"));
    board.post("/besturen/van/B1/bevestigen", &[("versie", &version), ("rijen", &rows)]).await.leads("/besturen/van/B1");
    let page = board.get("/besturen/van/B1").await.expect(200);
    assert!(page.says("U hebt al uw plekken bevestigd") && page.says("hetzelfde als de vorige keer"), "{}", page.words());

    let (version, field) = (hidden(&page.text, "versie"), seat_field(&page.text));
    let refused = board.post("/besturen/van/B1/plekken", &[("versie", &version), (&field, "drie")]).await.expect(400);
    assert!(refused.says("schrijf een heel getal") && refused.text.contains("value=\"drie\""), "{}", refused.words());
    // Fewer than a proposal uses must be meant.
    let doubted = board.post("/besturen/van/B1/plekken", &[("versie", &version), (&field, "0")]).await.expect(400);
    assert!(doubted.says("Weet u het zeker?") && doubted.text.contains("name=\"bevestigd\""), "{}", doubted.words());
    let new = "nieuw:S1:bovenbouw";
    board.post("/besturen/van/B1/plekken", &[("versie", &version), (&field, "3"), (new, "1")]).await.leads("/besturen/van/B1");
    let page = board.get("/besturen/van/B1").await.expect(200);
    assert!(page.says("Samen 4 plekken 3 0 1"), "{}", page.words());
    // Who saw the seats of before hears what there is now.
    let stale = board.post("/besturen/van/B1/plekken", &[("versie", &version), (&field, "5")]).await.expect(412);
    assert!(stale.says("Iemand anders veranderde dit intussen") && stale.says("De Vlieger, onderbouw 3 5"), "{}", stale.words());
    let past = board.get("/besturen/van/B1/geschiedenis").await.expect(200);
    assert!(past.says("De Vlieger: van 2 onderbouw naar 3 onderbouw door het bestuur"), "{}", past.words());
    desk.close().await;
}

#[tokio::test]
async fn a_school_is_closed_for_a_reason_opened_again_and_its_days_are_set() {
    let desk = Desk::open("pages-school").await;
    desk.solved(small_wave("w", 2, &[]), YEAR).await;
    let board = Browser::signed(&desk, Role::Bestuur, "B1").await;
    let own = "/besturen/van/B1/scholen/S1";
    let page = board.get(own).await.expect(200);
    let version = hidden(&page.text, "versie");
    let refused = board.post(own, &[("versie", &version), ("doe", "sluit")]).await.expect(400);
    assert!(refused.says("Kies waarom de school niet open is."), "{}", refused.words());
    board.post(own, &[("versie", &version), ("doe", "sluit"), ("reden", "verbouwing")]).await.leads("/besturen/van/B1");
    let desk_page = board.get("/besturen/van/B1").await.expect(200);
    assert!(desk_page.says("Niet open: verbouwing") && desk_page.says("0 plekken op 0 scholen"), "{}", desk_page.words());
    let version = hidden(&desk_page.text, "versie");
    board.post(own, &[("versie", &version), ("doe", "open")]).await.leads("/besturen/van/B1");
    let page = board.get(own).await.expect(200);
    let (version, group) =
        (hidden(&page.text, "versie"), hidden(&page.text.replace("type=\"checkbox\" id=\"dagen:", "name=\"dag\" value=\""), "dag"));
    let days = format!("dagen:{}", group.rsplit_once(':').expect("a half-day").0);
    board.post(own, &[("versie", &version), ("doe", "dagen"), (&days, "ma-o"), (&days, "ma-m")]).await.leads("/besturen/van/B1");
    let page = board.get("/besturen/van/B1").await.expect(200);
    assert!(page.says("ma : De Vlieger"), "{}", page.words());
    desk.close().await;
}

#[tokio::test]
async fn a_board_answers_proposals_and_sees_the_name_after_its_yes() {
    let desk = Desk::open("pages-proposals").await;
    agreed(&desk).await;
    let browser = Browser::signed(&desk, Role::Intermediair, "").await;
    browser.get("/lichtingen/w/antwoorden/vragen").await.expect(200);
    browser.post("/lichtingen/w/antwoorden/vragen", &[("wie", "nieuw")]).await.leads("/lichtingen/w/antwoorden");
    let board = Browser::signed(&desk, Role::Bestuur, "B1").await;
    let page = board.get("/voorstellen").await.expect(200);
    assert!(
        page.says("2 voorstellen wachten op uw antwoord") && page.says("naam ziet u na uw ja") && !page.says("Kanarie"),
        "{}",
        page.words()
    );
    let yes = board.post("/vragen/w/Z1", &[("versie", "1"), ("antwoord", "ja")]).await.leads("/voorstellen?ja=");
    let said = board.get(&yes.place).await.expect(200);
    assert!(said.says("u zei ja") && said.says("U zei ja tegen Kanarie Z1.") && said.says("De Vlieger, onderbouw"), "{}", said.words());
    // Whoever writes that address for somebody else reads no name.
    assert!(!board.get("/voorstellen?ja=w/Z2").await.expect(200).says("Kanarie Z2"));
    let all = board.get("/voorstellen?alle=1").await.expect(200);
    assert!(all.says("Kanarie Z1") && !all.says("Kanarie Z2"), "{}", all.words());
    let asks = board.get("/vragen/w/Z2").await.expect(200);
    assert!(asks.says("de groep vervalt (deze plek gaat dan ook dicht)"), "{}", asks.words());
    let refused = board.post("/vragen/w/Z2", &[("versie", "1"), ("antwoord", "nee"), ("toelichting", "Later misschien")]).await.expect(400);
    assert!(refused.says("bij een nee hoort een reden") && refused.says("Later misschien"), "{}", refused.words());
    board.post("/vragen/w/Z2", &[("versie", "1"), ("antwoord", "nee"), ("reden", "persoon-past-niet")]).await.leads("/voorstellen");
    board.post("/vragen/w/Z2", &[("versie", "1"), ("antwoord", "ja")]).await.expect(412);
    // Another board's questions are not there, whoever asks.
    let coach = Browser::signed(&desk, Role::Coach, "K1").await;
    coach.get("/vragen/w/Z9").await.expect(404);
    desk.close().await;
}

#[tokio::test]
async fn a_no_for_a_reason_of_the_seat_says_that_it_closes_and_it_does() {
    let desk = Desk::open("pages-closes").await;
    agreed(&desk).await;
    let browser = Browser::signed(&desk, Role::Intermediair, "").await;
    browser.get("/lichtingen/w/antwoorden/vragen").await.expect(200);
    browser.post("/lichtingen/w/antwoorden/vragen", &[("wie", "nieuw")]).await.leads("/lichtingen/w/antwoorden");
    let board = Browser::signed(&desk, Role::Bestuur, "B1").await;
    assert!(board.get("/besturen/van/B1").await.expect(200).says("2 plekken op 1 school"));
    let no = [("versie", "1"), ("antwoord", "nee"), ("reden", "groep-vervalt")];
    board.get("/vragen/w/Z1").await.expect(200);
    board.post("/vragen/w/Z1", &no).await.leads("/voorstellen");
    let said = board.get("/voorstellen").await.expect(200);
    assert!(said.says("u zei nee. Om deze reden gaat de plek ook dicht"), "{}", said.words());
    assert!(board.get("/besturen/van/B1").await.expect(200).says("1 plek op 1 school"));
    desk.close().await;
}

#[tokio::test]
async fn schools_of_one_name_are_told_apart_and_a_report_stands_until_it_is_seen_to() {
    let desk = Desk::open("pages-namesakes").await;
    let mut file = small_wave("w", 2, &["Z1"]);
    let mut other = file["scholen"][0].clone();
    other["id"] = json!("S2");
    file["scholen"].as_array_mut().expect("schools").push(other);
    desk.solved(file, YEAR).await;
    let board = Browser::signed(&desk, Role::Bestuur, "B1").await;
    let page = board.get("/besturen/van/B1").await.expect(200);
    assert!(page.says("De Vlieger (S1)") && page.says("De Vlieger (S2)"), "{}", page.words());
    let school = if board.get("/besturen/van/B1/scholen/S1").await.expect(200).says("Meld het") { "S1" } else { "S2" };
    let own = format!("/besturen/van/B1/scholen/{school}");
    board.get(&own).await.expect(200);
    let fields = [("plek", "onderbouw"), ("vanaf", "2026-09-01"), ("waarom", "groep-vervalt")];
    board.post(&format!("{own}/melden"), &fields).await.leads("/besturen/van/B1");
    let told = format!("De Vlieger ({school}): de groep vervalt, vanaf 1 september");
    let page = board.get("/besturen/van/B1").await.expect(200);
    assert!(page.says("de intermediair handelt het nog af") && page.says(&told), "{}", page.words());
    let id = desk.get("/uitvalmeldingen").await.body["resultaten"][0]["id"].as_str().expect("a report").to_owned();
    let noor = Browser::signed(&desk, Role::Intermediair, "").await;
    noor.get("/uitval").await.expect(200);
    noor.post(&format!("/uitval/{id}"), &[("versie", "1"), ("reden", "vergissing")]).await.leads("/uitval");
    assert!(!board.get("/besturen/van/B1").await.expect(200).says("handelt het nog af"));
    desk.close().await;
}

#[tokio::test]
async fn boards_are_asked_by_a_day_reminded_and_shown_with_all_they_offer() {
    let desk = Desk::open("pages-round").await;
    desk.solved(small_wave("w", 2, &["Z1"]), YEAR).await;
    let browser = Browser::signed(&desk, Role::Intermediair, "").await;
    let page = browser.get("/besturen?lichting=w").await.expect(200);
    assert!(page.says("De besturen zijn nog niet gevraagd") && page.says("2 plekken bij 1 bestuur"), "{}", page.words());
    let refused = browser.post("/besturen/opvraag/w", &[("uiterlijk", "2020-01-01")]).await.expect(400);
    assert!(refused.text.contains("value=\"2020-01-01\""), "{}", refused.words());
    browser.post("/besturen/opvraag/w", &[("uiterlijk", "2026-12-01")]).await.leads("/besturen?lichting=w");
    let page = browser.get("/besturen?lichting=w").await.expect(200);
    assert!(page.says("0 van 1 besturen hebben bevestigd") && page.says("nog niemand met een account"), "{}", page.words());
    browser.post("/besturen/opvraag/w/herinneren", &[("bestuur", "B1")]).await.leads("/besturen?lichting=w");
    assert!(browser.get("/besturen?lichting=w").await.says("1 keer herinnerd"));
    let board = Browser::signed(&desk, Role::Bestuur, "B1").await;
    let own = board.get("/besturen/van/B1").await.expect(200);
    assert!(own.says("Antwoord uiterlijk dinsdag 1 december."), "{}", own.words());
    board
        .post("/besturen/van/B1/bevestigen", &[("versie", &hidden(&own.text, "versie")), ("rijen", &hidden(&own.text, "rijen"))])
        .await
        .leads("/");
    let page = browser.get("/besturen?lichting=w").await.expect(200);
    assert!(page.says("1 van 1 besturen hebben bevestigd") && page.says("door het bestuur"), "{}", page.words());
    assert!(browser.get("/besturen?lichting=w&alleen=open").await.says("Alle besturen hebben bevestigd"));
    desk.close().await;
}

#[tokio::test]
async fn another_board_is_not_there_and_a_form_without_its_token_does_nothing() {
    let desk = Desk::open("pages-board-whose").await;
    desk.solved(small_wave("w", 2, &["Z1"]), YEAR).await;
    let board = Browser::signed(&desk, Role::Bestuur, "B1").await;
    for place in ["/besturen/van/B2", "/besturen/van/B2/geschiedenis", "/besturen/van/B2/scholen/S1", "/besturen/van/B1/scholen/S9"] {
        board.get(place).await.expect(404);
    }
    board.post("/besturen/van/B2/bevestigen", &[("versie", "1"), ("rijen", "1")]).await.expect(404);
    board.sent("/besturen/van/B1/bevestigen", &[("versie", "1"), ("rijen", "1")]).await.expect(403);
    board.get("/besturen").await.expect(403);
    let coach = Browser::signed(&desk, Role::Coach, "K1").await;
    coach.get("/besturen/van/B1").await.expect(403);
    desk.close().await;
}
