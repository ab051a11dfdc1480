//! A personal link: one proposal, yes or no, "ik stop", and one answer for every link that does not count.

use loket_service::access::Role;
use reqwest::Method;
use serde_json::json;

use super::Browser;
use super::answers::agreed;
use crate::desk::{Desk, TOKEN, YEAR, small_wave};

async fn link(desk: &Desk, candidate: &str, party: &str) -> String {
    let path = format!("/lichtingen/w/antwoorden/{candidate}/{party}/koppeling");
    let made = desk.send(Method::POST, &path, &[], None).await.expect(201);
    format!("/koppeling/{}", made["koppeling"].as_str().expect("a link"))
}

async fn asked(desk: &Desk) {
    agreed(desk).await;
    let browser = Browser::signed(desk, Role::Intermediair, "").await;
    browser.get("/lichtingen/w/antwoorden/vragen").await.expect(200);
    browser.post("/lichtingen/w/antwoorden/vragen", &[("wie", "nieuw")]).await.leads("/lichtingen/w/antwoorden");
}

#[tokio::test]
async fn whoever_has_a_link_sees_one_proposal_and_answers_it() {
    let desk = Desk::open("pages-link").await;
    asked(&desk).await;
    let own = link(&desk, "Z1", "kandidaat").await;
    let browser = Browser::new(&desk);
    let page = browser.get(&own).await.expect(200);
    assert!(page.says("Dag Kanarie, wij hebben een voorstel voor u") && page.says("De Vlieger, onderbouw"), "{}", page.words());
    assert!(page.says("Vink Verzonnen") && !page.says("Z2") && !page.text.contains("Z1\""), "{}", page.words());
    assert_eq!(page.headers["cache-control"], "no-store");
    let refused = browser.sent(&own, &[("versie", "1"), ("antwoord", "nee"), ("toelichting", "Te vroeg")]).await.expect(400);
    assert!(
        refused.says("bij een nee hoort een reden")
            && refused.says("Te vroeg")
            && refused.text.contains("<details class=\"no-form above\" open"),
        "{}",
        refused.words()
    );
    browser.sent(&own, &[("versie", "1"), ("antwoord", "nee"), ("reden", "te-ver")]).await.leads(&own);
    let page = browser.get(&own).await.expect(200);
    assert!(page.says("U zei nee: te ver weg.") && page.says("Bewaard: u zei nee."), "{}", page.words());
    browser.sent(&own, &[("versie", "1"), ("antwoord", "ja")]).await.expect(412);
    browser.sent(&own, &[("versie", "2"), ("antwoord", "ja")]).await.leads(&own);
    assert!(browser.get(&own).await.says("U zei ja."));
    let letter = browser.get(&format!("{own}/brief.pdf")).await.expect(200);
    assert_eq!(letter.headers["content-type"], "application/pdf");
    assert!(browser.get(&format!("{own}/agenda.ics")).await.expect(200).text.starts_with("BEGIN:VCALENDAR"));
    desk.close().await;
}

#[tokio::test]
async fn stopping_is_a_request_and_changes_nothing_by_itself() {
    let desk = Desk::open("pages-stop").await;
    asked(&desk).await;
    let own = link(&desk, "Z1", "kandidaat").await;
    let browser = Browser::new(&desk);
    let page = browser.get(&format!("{own}/stoppen")).await.expect(200);
    assert!(page.says("Ik stop met het traject"), "{}", page.words());
    let stop = format!("{own}/stoppen");
    let none = browser.sent(&stop, &[("vanaf", "gisteren")]).await.expect(400);
    assert!(
        none.says("Kies wat er verandert.") && none.says("Kies een dag.") && none.text.contains("value=\"gisteren\""),
        "{}",
        none.words()
    );
    let far = browser.sent(&stop, &[("vanaf", "2029-09-01"), ("reden", "geen-tijd")]).await.expect(400);
    assert!(far.text.contains("name=\"bevestigd\"") && far.text.contains("value=\"2029-09-01\""), "{}", far.words());
    assert_eq!(desk.get("/uitvalmeldingen").await.expect(200)["totaal"], 0);
    for day in ["2026-09-01", "2026-10-01"] {
        browser.sent(&stop, &[("vanaf", day), ("reden", "geen-tijd")]).await.leads(&own);
    }
    let reports = desk.get("/uitvalmeldingen").await.expect(200);
    assert_eq!((reports["totaal"].as_i64(), reports["resultaten"][0]["soort"].as_str()), (Some(1), Some("kandidaat")), "{reports}");
    let said = ["vanaf", "reden"].map(|key| reports["resultaten"][0][key].as_str().unwrap_or_default());
    assert_eq!(said, ["2026-09-01", "geen-tijd"], "the first one is open");
    assert_eq!(desk.get("/lichtingen/w/antwoorden?kandidaat=Z1").await.expect(200)["resultaten"][0]["antwoorden"][0]["stand"], "gevraagd");
    desk.close().await;
}

#[tokio::test]
async fn a_coach_without_an_account_sees_no_name_before_the_yes() {
    let desk = Desk::open("pages-link-coach").await;
    asked(&desk).await;
    let own = link(&desk, "Z1", "coach").await;
    let browser = Browser::new(&desk);
    let page = browser.get(&own).await.expect(200);
    assert!(page.says("Wij hebben een vraag voor u als coach") && !page.says("Kanarie"), "{}", page.words());
    browser.sent(&own, &[("versie", "1"), ("antwoord", "ja")]).await.leads(&own);
    assert!(browser.get(&own).await.says("Kanarie Z1"));
    browser.get(&format!("{own}/brief.pdf")).await.expect(404);
    desk.close().await;
}

#[tokio::test]
async fn every_link_that_does_not_count_is_told_alike() {
    let desk = Desk::open("pages-link-over").await;
    asked(&desk).await;
    let old = link(&desk, "Z1", "kandidaat").await;
    let newer = link(&desk, "Z1", "kandidaat").await;
    let browser = Browser::new(&desk);
    // The day below a page is that of looking.
    let words = |page: super::Shown| {
        let words = page.expect(404).words();
        let (before, after) = words.split_once(" Stand van ").expect("the day");
        format!("{before} {}", after.split_once(" Loket ").expect("the version").1)
    };
    let unknown = words(browser.get("/koppeling/antwoord-bestaatniet").await);
    assert!(unknown.contains("Deze koppeling geldt niet meer"), "{unknown}");
    assert_eq!(words(browser.get(&old).await), unknown, "a newer one replaced it");
    browser.sent(&newer, &[("versie", "1"), ("antwoord", "ja")]).await.leads(&newer);
    assert!(browser.get(&newer).await.says("Bewaard: u zei ja."));
    desk.pass(60);
    assert_eq!(words(browser.get(&newer).await), unknown, "used up");
    assert_eq!(words(browser.sent(&newer, &[("versie", "2"), ("antwoord", "nee"), ("reden", "te-ver")]).await), unknown);
    assert_eq!(words(browser.get(&format!("{newer}/stoppen")).await), unknown);
    browser.post_elsewhere(&newer, &[("antwoord", "ja")]).await.expect(403);
    desk.close().await;
}

#[tokio::test]
async fn after_publication_a_link_shows_the_own_place_or_why_there_is_none() {
    let desk = Desk::open("pages-link-place").await;
    let wave = desk.solved(small_wave("w", 1, &["Z1", "Z2"]), YEAR).await;
    desk.publish("/lichtingen/w/vaststelling", &wave.tag()).await.expect(200);
    let placed = desk.get("/lichtingen/w/plaatsingen").await.expect(200)["resultaten"][0]["kandidaat"].as_str().expect("an id").to_owned();
    let own = link(&desk, &placed, "kandidaat").await;
    assert!(own.starts_with("/koppeling/plaats-"), "{own}");
    let browser = Browser::new(&desk);
    let page = browser.get(&own).await.expect(200);
    assert!(page.says("Dag Kanarie, uw plaats is vastgesteld") && page.says("De Vlieger, onderbouw"), "{}", page.words());
    let other = if placed == "Z1" { "Z2" } else { "Z1" };
    assert!(
        page.says("Vink Verzonnen") && !page.says(&format!("Kanarie {other}")) && page.says("Ik stop met het traject"),
        "{}",
        page.words()
    );
    assert_eq!(page.headers["cache-control"], "no-store");
    assert!(!page.says("Ja, dit wil ik"), "there is nothing to answer: {}", page.words());
    assert_eq!(browser.get(&format!("{own}/brief.pdf")).await.expect(200).headers["content-type"], "application/pdf");
    assert!(browser.get(&format!("{own}/agenda.ics")).await.expect(200).text.starts_with("BEGIN:VCALENDAR"));

    // "Ik val uit" works with it.
    let stop = format!("{own}/stoppen");
    assert!(browser.get(&stop).await.expect(200).says("Vanaf wanneer?"));
    browser.sent(&stop, &[("vanaf", "2026-09-01"), ("reden", "vertrek")]).await.leads(&own);
    assert_eq!(desk.get("/uitvalmeldingen").await.expect(200)["resultaten"][0]["vanaf"], "2026-09-01");

    let coach = link(&desk, &placed, "coach").await;
    let page = browser.get(&coach).await.expect(200);
    assert!(page.says("U begeleidt 1 kandidaat") && page.says(&format!("Kanarie {placed}")), "{}", page.words());
    assert!(!page.says("Waarom") && page.says("Ik kan geen coach meer zijn"), "{}", page.words());
    browser.get(&format!("{coach}/brief.pdf")).await.expect(404);

    // The one without a place has no placement to make a link for: it comes with the message.
    desk.edit(&format!("/kandidaten/{other}"), json!({ "e_mail": "wacht@voorbeeld.example" })).await.expect(200);
    let list = desk.get("/berichten?soort=vastgesteld").await.expect(200);
    let row = list["resultaten"].as_array().expect("rows").iter().find(|it| it["aan"] == other).expect("a message").clone();
    let url = format!("http://{}/v1/berichten/{}/eml", desk.address, row["id"].as_str().expect("an id"));
    let text = desk.client.get(&url).bearer_auth(TOKEN).send().await.expect("an answer").text().await.expect("a letter");
    let secret = text.lines().find(|it| it.starts_with("plaats-")).expect("a link").trim();
    let page = browser.get(&format!("/koppeling/{secret}")).await.expect(200);
    assert!(page.says("Dag Kanarie, wij hebben nog geen plaats voor u") && page.says("Waarom is er geen plaats?"), "{}", page.words());
    assert!(!page.says("Vink") && !page.says("Ik stop met het traject"), "{}", page.words());
    assert_eq!(browser.get(&format!("/koppeling/{secret}/brief.pdf")).await.expect(200).headers["content-type"], "application/pdf");
    let words = |page: super::Shown| page.expect(404).words();
    let unknown = words(browser.get("/koppeling/antwoord-bestaatniet").await);
    assert_eq!(words(browser.get("/koppeling/plaats-bestaatniet").await), unknown);
    assert_eq!(words(browser.get(&format!("/koppeling/{secret}/stoppen")).await), unknown, "who has no placement stops otherwise");
    desk.close().await;
}
