//! A coach: the question first, own people, hours, days off, and reporting a change.

use loket_service::access::Role;

use super::Browser;
use super::answers::agreed;
use crate::desk::Desk;

#[tokio::test]
async fn a_coach_answers_and_sees_names_hours_and_days_off() {
    let desk = Desk::open("pages-coach").await;
    agreed(&desk).await;
    let browser = Browser::signed(&desk, Role::Intermediair, "").await;
    browser.get("/lichtingen/w/antwoorden/vragen").await.expect(200);
    browser.post("/lichtingen/w/antwoorden/vragen", &[("wie", "nieuw")]).await.leads("/lichtingen/w/antwoorden");
    let coach = Browser::signed(&desk, Role::Coach, "K1").await;
    let page = coach.follow("/coach").await.expect(200);
    assert!(page.says("2 vragen voor u") && page.says("Wilt u een kandidaat begeleiden?") && !page.says("Kanarie"), "{}", page.words());
    assert!(page.says("0 van 120 uur ligt vast. Zegt u ja, dan"), "{}", page.words());
    coach.post("/vragen/w/Z1", &[("versie", "1"), ("antwoord", "ja")]).await.leads("/coach");
    let page = coach.follow("/coach").await.expect(200);
    assert!(page.says("1 vraag voor u") && page.says("Kanarie Z1") && page.says("nog niet vastgesteld"), "{}", page.words());
    // The days of the place, and nothing to note or put in a calendar before anybody's place is published and nobody asks.
    assert!(page.says("Op school:") && !page.says("Beschikbaar:") && !page.says("Noteer uren"), "{}", page.words());
    assert!(page.says("Bewaard: u zei ja."), "{}", page.words());

    let hours = coach.get("/coaches/K1/uren").await.expect(200);
    assert!(hours.says("Er is niemand om uren voor te noteren"), "{}", hours.words());
    let off = "/coaches/K1/vrije-dagen";
    coach.get(off).await.expect(200);
    let refused = coach.post(off, &[("versie", "0"), ("van", "2026-12-25"), ("tot", "2026-12-20")]).await.expect(400);
    assert!(refused.text.contains("href=\"#tot\"") && refused.text.contains("value=\"2026-12-20\""), "{}", refused.words());
    coach.post(off, &[("versie", "0"), ("van", "2026-12-21"), ("tot", "2027-01-01")]).await.leads(off);
    assert!(coach.get(off).await.says("21 december 2026 tot en met 1 januari 2027"));
    coach.post(off, &[("versie", "0"), ("van", "2027-03-01"), ("tot", "2027-03-02")]).await.expect(412);
    coach.post(off, &[("versie", "1"), ("weg", "2026-12-21 2027-01-01")]).await.leads(off);

    let report = "/coaches/K1/melden";
    let refused = coach.post(report, &[("vanaf", "2026-12-01")]).await.expect(400);
    assert!(refused.says("Kies wat er verandert.") && refused.text.contains("value=\"2026-12-01\""), "{}", refused.words());
    let today = hidden(&coach.get(report).await.text);
    coach.post(report, &[("vanaf", &today), ("reden", "geen-tijd")]).await.leads("/coaches/K1");
    let own = coach.get("/coaches/K1").await.expect(200);
    assert!(own.says("de intermediair handelt het nog af") && own.says("geen uren meer, vanaf"), "{}", own.words());
    let reports = desk.get("/uitvalmeldingen").await.expect(200);
    assert_eq!((reports["totaal"].as_i64(), reports["resultaten"][0]["reden"].as_str()), (Some(1), Some("geen-tijd")), "{reports}");
    desk.close().await;
}

/// The day that a form begins with.
fn hidden(text: &str) -> String {
    text.split("name=\"vanaf\" type=\"date\" value=\"").nth(1).and_then(|it| it.split('"').next()).expect("a day").to_owned()
}

#[tokio::test]
async fn hours_are_noted_by_month_once_a_place_is_published() {
    let desk = Desk::open("pages-hours").await;
    agreed(&desk).await;
    let wave = desk.get("/lichtingen/w").await;
    desk.publish("/lichtingen/w/vaststelling", &wave.tag()).await.expect(200);
    let coach = Browser::signed(&desk, Role::Coach, "K1").await;
    let own = "/coaches/K1/uren";
    let page = coach.get(own).await.expect(200);
    let month = page.text.split("name=\"maand\" value=\"").nth(1).and_then(|it| it.split('"').next()).expect("a month").to_owned();
    let refused = coach.post(own, &[("versie", "0"), ("maand", &month), ("uren:Z1", "veel")]).await.expect(400);
    assert!(refused.says("Kanarie Z1: schrijf uren in kwartieren") && refused.text.contains("value=\"veel\""), "{}", refused.words());
    coach.post(own, &[("versie", "0"), ("maand", &month), ("uren:Z1", "2,5"), ("uren:Z2", "")]).await.leads("/coaches/K1");
    // What is given before the school year of the place counts for the place, and not for that school year.
    let desk_page = coach.get("/coaches/K1").await.expect(200);
    assert!(desk_page.says("2,5 van 60 uur") && desk_page.says("0 uur gegeven"), "{}", desk_page.words());
    let stale = coach.post(own, &[("versie", "0"), ("maand", &month), ("uren:Z1", "3")]).await.expect(412);
    assert!(stale.says("Kanarie Z1 2,5 3"), "{}", stale.words());
    desk.close().await;
}

#[tokio::test]
async fn another_coach_is_not_there() {
    let desk = Desk::open("pages-coach-whose").await;
    agreed(&desk).await;
    let coach = Browser::signed(&desk, Role::Coach, "K1").await;
    for place in ["", "/uren", "/vrije-dagen", "/melden", "/lijst.pdf", "/agenda.ics"] {
        coach.get(&format!("/coaches/K2{place}")).await.expect(404);
    }
    coach.sent("/coaches/K1/vrije-dagen", &[("van", "2026-12-21")]).await.expect(403);
    let board = Browser::signed(&desk, Role::Bestuur, "B1").await;
    board.get("/coaches/K1").await.expect(403);
    desk.close().await;
}
