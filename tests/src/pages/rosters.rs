//! A roster's pages: a meeting rejected with a reason, locks that cannot stand together in words, and a meeting that somebody misses.

use loket_service::access::Role;
use serde_json::json;

use super::{Browser, Shown};
use crate::desk::Desk;
use crate::http_rosters::{computed, interviews};

/// The version that the form of a decision about somebody carries.
fn version(page: &Shown, who: &str) -> String {
    let form = format!(
        "name=\"wie\" value=\"{who}\"><input type=\"hidden\" name=\"moment\" value=\"\"><input type=\"hidden\" name=\"versie\" value=\""
    );
    page.text.split(&form).nth(1).and_then(|it| it.split('"').next()).unwrap_or_else(|| panic!("{}", page.words())).to_owned()
}

#[tokio::test]
async fn a_meeting_is_rejected_with_a_reason_that_stands_with_the_decision() {
    let desk = Desk::open("pages-rosters-reject").await;
    desk.post("/roosters", interviews(3)).await.expect(201);
    computed(&desk, "intake").await;
    let browser = Browser::signed(&desk, Role::Intermediair, "").await;
    let (own, decide) = ("/rooster/intake?wie=Z1", "/rooster/intake/besluit");
    let page = browser.get(own).await.expect(200);
    assert!(page.says("Waarom niet zo?") && page.says("Het is dan te druk.") && !page.says("Kies een reden."), "{}", page.words());
    let seen = version(&page, "Z1");
    let about = [("wie", "Z1"), ("versie", seen.as_str()), ("besluit", "afgewezen")];
    let left = browser.post(decide, &about).await.leads(own);
    let asked = browser.get(&left.place).await.expect(200);
    assert!(asked.says("Kies een reden.") && !asked.says("U wees dit af"), "{}", asked.words());
    let all = [&about[..], &[("reden", "te-druk"), ("toelichting", "Dan is er zwemles.")]].concat();
    browser.post(decide, &all).await.leads(own);
    let page = browser.get(own).await.expect(200);
    assert!(page.says("U wees dit af:") && page.says("Het is dan te druk. Erbij gezegd: Dan is er zwemles."), "{}", page.words());
    desk.close().await;
}

#[tokio::test]
async fn locks_that_cannot_stand_together_are_named_with_their_rules_and_one_is_undone() {
    let desk = Desk::open("pages-rosters-against").await;
    let mut file = interviews(3);
    file["vast"] = json!([{ "deelnemer": "Z3", "dagdeel": "2027-01-12-o" }]);
    desk.post("/roosters", file).await.expect(201);
    let browser = Browser::signed(&desk, Role::Intermediair, "").await;
    for who in ["Z1", "Z2"] {
        let lock = json!({ "besluit": "vast", "gegevens": { "dagdeel": "2027-01-12-o" } });
        desk.put_new(&format!("/roosters/intake/besluiten/{who}"), lock).await.expect(200);
    }
    let run = computed(&desk, "intake").await;
    assert_eq!(run["status"], "onmogelijk", "{run}");
    let page = browser.get("/rooster/intake").await.expect(200);
    assert!(page.says("Dit ligt vast en kan niet samen") && page.says("Daartegenover staat:"), "{}", page.words());
    for name in ["Kanarie 1", "Kanarie 2", "Kanarie 3"] {
        assert!(page.says(&format!("{name} : di 12 jan, ochtend")), "{}", page.words());
    }
    // Two of them were decided here and can be undone; the third stands in the file.
    assert_eq!((page.text.matches("value=\"terug\"").count(), page.text.matches("Dit staat in het bestand").count()), (2, 1));
    let seen = version(&page, "Z1");
    browser.post("/rooster/intake/besluit", &[("wie", "Z1"), ("versie", &seen), ("besluit", "terug")]).await.leads("/rooster/intake");
    let page = browser.get("/rooster/intake").await.expect(200);
    assert!(page.says("Er is daarna iets anders besloten. Bereken opnieuw.") && !page.says("Daartegenover staat:"), "{}", page.words());
    computed(&desk, "intake").await;
    let page = browser.get("/rooster/intake").await.expect(200);
    assert!(page.says("3 van 3 gepland"), "{}", page.words());
    desk.close().await;
}

#[tokio::test]
async fn a_meeting_that_somebody_of_a_group_misses_says_why_and_what_can_be_done() {
    let desk = Desk::open("pages-rosters-missed").await;
    let file = json!({
        "formaat": "loket-rooster/1", "id": "groep", "naam": "Groep", "soort": "intervisie",
        "kalender": { "van": "2027-01-11", "tot": "2027-02-05" }, "beleid": { "min": 2, "doel": 2, "max": 3 },
        "locaties": [{ "id": "L1", "naam": "Kantoor", "lat": 52.37, "lon": 4.89 }],
        "reeksen": [{ "id": "R1", "dagdelen": ["2027-01-12-m", "2027-01-26-m"] }],
        "personen": [{ "id": "F1", "naam": "Vink Een", "rollen": ["begeleider"] }],
        "deelnemers": [
            { "id": "P1", "naam": "Kanarie 1", "lat": 52.37, "lon": 4.89 },
            { "id": "P2", "naam": "Kanarie 2", "lat": 52.37, "lon": 4.89, "afwezig": [{ "van": "2027-01-26", "tot": "2027-01-26" }] },
        ],
    });
    desk.post("/roosters", file).await.expect(201);
    computed(&desk, "groep").await;
    let browser = Browser::signed(&desk, Role::Intermediair, "").await;
    let page = browser.get("/rooster/groep?wie=P1").await.expect(200);
    let says = "Kanarie 2 is dan afwezig. De groep gaat door. Iemand mag 1 keer missen.";
    assert!(page.says("Kanarie 2 kan niet op") && page.says(says), "{}", page.words());
    assert!(page.says("Kan het toch? Vul in wat Kanarie 2 zegt") && page.says("Zoek een andere groep voor Kanarie 2"), "{}", page.words());
    let own = browser.get("/rooster/groep?wie=P2").await.expect(200);
    assert!(own.says("Zoek een andere reeks voor Kanarie 2") && own.text.contains("href=\"#andere\""), "{}", own.words());
    desk.close().await;
}
