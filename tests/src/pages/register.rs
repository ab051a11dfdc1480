//! The register as pages: lists, a search that stands in no address, a row with its history, forms that keep what was typed, own data.

use loket_service::access::Role;
use serde_json::json;

use super::Browser;
use crate::desk::Desk;

async fn filled(name: &str) -> Desk {
    let desk = Desk::open(name).await;
    desk.post("/besturen", json!({ "id": "B1", "naam": "Stichting Vaart" })).await.expect(201);
    desk.put_new("/scholen/S1", json!({ "naam": "De Vlieger", "bestuur": "B1", "lat": 52.37, "lon": 4.89 })).await.expect(201);
    let coach =
        json!({ "id": "K1", "naam": "Ilias Poelgeest", "maximum": 9, "uren": 540, "lat": 52.37, "lon": 4.9, "kenmerken": ["engels"] });
    desk.post("/coaches", coach).await.expect(201);
    let candidate = json!({ "id": "Z1", "naam": "Bilal Groenewoud", "bouwen": ["onderbouw"], "lat": 52.37, "lon": 4.9 });
    desk.post("/kandidaten", candidate).await.expect(201);
    desk
}

/// The fields of a coach as its form has them, with these otherwise.
fn coach<'a>(version: &'a str, maximum: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![("versie", version), ("naam", "Ilias Poelgeest"), ("maximum", maximum), ("uren", "540"), ("lat", "52,37"), ("lon", "4,9")]
}

#[tokio::test]
async fn four_lists_show_their_rows_and_a_row_opens_beside_its_list() {
    let desk = filled("pages-register").await;
    let noor = Browser::signed(&desk, Role::Intermediair, "").await;
    for (list, name) in
        [("besturen", "Stichting Vaart"), ("scholen", "De Vlieger"), ("coaches", "Ilias Poelgeest"), ("kandidaten", "Bilal Groenewoud")]
    {
        let page = noor.get(&format!("/register/{list}")).await.expect(200);
        assert!(page.says(name), "{list}: {}", page.words());
    }
    let card = noor.get("/register/coaches/K1").await.expect(200);
    assert!(card.says("Geschiedenis") && card.says("In het register gezet") && card.says("540 uur nog vrij"), "{}", card.words());
    noor.get("/register/coaches/K9").await.expect(404);
    noor.get("/register/stoelen").await.expect(404);
    for sort in ["naam", "-naam", "geboekt", "-einde"] {
        noor.get(&format!("/register/coaches?sorteer={sort}&alleen=intern&geeindigd=ja")).await.expect(200);
    }
    for role in [Role::Beheerder, Role::Lezer] {
        Browser::signed(&desk, role, "").await.get("/register/kandidaten").await.expect(403);
    }
    desk.close().await;
}

#[tokio::test]
async fn a_name_is_searched_without_standing_in_an_address() {
    let desk = filled("pages-register-search").await;
    let noor = Browser::signed(&desk, Role::Intermediair, "").await;
    noor.get("/register/kandidaten").await.expect(200);
    let found = noor.post("/register/kandidaten", &[("zoek", "bilál")]).await.expect(200);
    assert!(found.says("Bilal Groenewoud") && found.place.is_empty(), "{}", found.words());
    let none = noor.post("/register/kandidaten", &[("zoek", "niemand")]).await.expect(200);
    assert!(none.says("Niets gevonden") && none.text.contains("value=\"niemand\""), "what was typed stays: {}", none.words());
    desk.close().await;
}

#[tokio::test]
async fn a_row_is_saved_and_refused_with_what_was_typed_and_what_no_field_is_for_stays() {
    let desk = filled("pages-register-edit").await;
    let noor = Browser::signed(&desk, Role::Intermediair, "").await;
    let form = noor.get("/register/coaches/K1/verander").await.expect(200);
    assert!(form.text.contains("value=\"Ilias Poelgeest\""), "{}", form.text);
    let wrong = noor.post("/register/coaches/K1/verander", &coach("1", "negen")).await.expect(400);
    assert!(
        wrong.says("dit is geen getal") && wrong.text.contains("value=\"negen\"") && wrong.text.contains("href=\"#maximum\""),
        "{}",
        wrong.words()
    );
    noor.post("/register/coaches/K1/verander", &coach("1", "8")).await.leads("/register/coaches/K1");
    let row = desk.get("/coaches/K1").await.expect(200);
    assert_eq!((&row["maximum"], &row["kenmerken"]), (&json!(8), &json!(["engels"])));
    let card = noor.get("/register/coaches/K1").await.expect(200);
    assert!(card.says("Bewaard in het register") && card.says("van 9 naar 8"), "{}", card.words());
    // Somebody saw an older version: nothing is saved, and both values stand there.
    let stale = noor.post("/register/coaches/K1/verander", &coach("1", "7")).await.expect(412);
    assert!(stale.says("Nu staat er: 8") && stale.text.contains("value=\"7\""), "{}", stale.words());
    noor.sent("/register/coaches/K1/verander", &coach("2", "7")).await.expect(403);
    desk.sound_log().await;
    desk.close().await;
}

#[tokio::test]
async fn a_row_is_added_once_and_ends_for_a_reason() {
    let desk = filled("pages-register-new").await;
    let noor = Browser::signed(&desk, Role::Intermediair, "").await;
    noor.get("/register/besturen/nieuw").await.expect(200);
    let none = noor.post("/register/besturen/nieuw", &[("id", ""), ("naam", "Nieuw"), ("noodplan", "ja")]).await.expect(400);
    assert!(none.says("het nummer ontbreekt") && none.text.contains("value=\"Nieuw\""), "{}", none.words());
    noor.post("/register/besturen/nieuw", &[("id", "B2"), ("naam", "Nieuw"), ("noodplan", "ja")]).await.leads("/register/besturen/B2");
    let twice = noor.post("/register/besturen/nieuw", &[("id", "B2"), ("naam", "Anders"), ("noodplan", "ja")]).await.expect(400);
    assert!(twice.text.contains("href=\"#id\""), "{}", twice.words());
    noor.get("/register/coaches/K1/einde").await.expect(200);
    let day = noor.post("/register/coaches/K1/einde", &[("versie", "1"), ("vanaf", "ooit"), ("reden", "")]).await.expect(400);
    assert!(day.says("schrijf een dag") && day.says("kies waarom") && day.text.contains("value=\"ooit\""), "{}", day.words());
    desk.close().await;
}

#[tokio::test]
async fn requests_of_everybody_stand_on_one_page_the_first_last_day_first() {
    let desk = filled("pages-register-requests").await;
    let noor = Browser::signed(&desk, Role::Intermediair, "").await;
    let none = noor.get("/verzoeken").await.expect(200);
    assert!(none.says("Er staat geen verzoek open."), "{}", none.words());
    noor.get("/register/kandidaten/Z1/gegevens").await.expect(200);
    let first = [("wat", "noteren"), ("verzoek", "inzage"), ("gevraagd", "2026-06-20")];
    noor.post("/register/coaches/K1/gegevens", &first).await.leads("/register/coaches/K1/gegevens");
    let second = [("wat", "noteren"), ("verzoek", "verbetering"), ("gevraagd", "2026-05-20")];
    noor.post("/register/kandidaten/Z1/gegevens", &second).await.leads("/register/kandidaten/Z1/gegevens");
    let open = noor.get("/verzoeken").await.expect(200);
    let words = open.words();
    assert!(words.contains("2 verzoeken staan open") && words.contains("Bilal Groenewoud kandidaat Verbetering"), "{words}");
    assert!(words.find("Verbetering") < words.find("Inzage"), "the first last day comes first: {words}");
    assert!(
        open.text.contains("href=\"/register/coaches/K1/gegevens\"") && words.contains("te laat") && words.contains("nog 19 dagen"),
        "{words}"
    );
    // It is on the start and in the register, and over the API.
    let start = noor.get("/start").await.expect(200);
    assert!(
        start.says("verzoek over eigen gegevens is te laat")
            && start.says("verzoek over eigen gegevens staat open")
            && start.text.contains("href=\"/verzoeken\""),
        "{}",
        start.words()
    );
    assert!(noor.get("/register/scholen").await.says("Verzoeken over eigen gegevens (2)"));
    let told = desk.get("/aandacht").await.expect(200);
    let late = told["resultaten"].as_array().expect("lines").iter().find(|it| it["soort"] == "privacyverzoeken-te-laat").expect("late");
    assert_eq!((&late["aantal"], &late["adres"]), (&json!(1), &json!("/v1/privacyverzoeken?open=true")));
    let board = Browser::signed(&desk, Role::Bestuur, "B1").await;
    board.get("/verzoeken").await.expect(403);
    let admin = Browser::signed(&desk, Role::Beheerder, "").await;
    admin.get("/verzoeken").await.expect(403);
    let page = noor.get("/register/kandidaten/Z1/gegevens").await.expect(200);
    let id = page.text.split("name=\"id\" value=\"").nth(1).and_then(|it| it.split('"').next()).expect("a request").to_owned();
    let done = [("wat", "gedaan"), ("id", id.as_str()), ("versie", "1")];
    noor.post("/register/kandidaten/Z1/gegevens", &done).await.leads("/register/kandidaten/Z1/gegevens");
    assert!(!noor.get("/verzoeken").await.says("Bilal Groenewoud"), "it is done");
    assert!(noor.get("/verzoeken?alle=1").await.says("gedaan op"));
    desk.close().await;
}

#[tokio::test]
async fn own_data_are_asked_given_restricted_and_erased() {
    let desk = filled("pages-register-data").await;
    let noor = Browser::signed(&desk, Role::Intermediair, "").await;
    let place = "/register/kandidaten/Z1/gegevens";
    noor.get(place).await.expect(200);
    noor.get("/register/scholen/S1/gegevens").await.expect(404);
    noor.post(place, &[("wat", "noteren"), ("verzoek", "inzage")]).await.leads(place);
    let page = noor.get(place).await.expect(200);
    assert!(page.says("het verzoek is genoteerd") && page.says("Is gedaan"), "{}", page.words());
    let told = noor.get("/register/kandidaten/Z1/inzage").await.expect(200);
    assert!(told.text.contains("Bilal Groenewoud"), "{}", told.text);
    noor.post(place, &[("wat", "beperken"), ("versie", "0")]).await.leads(place);
    assert!(noor.get(place).await.says("Doet niet mee sinds"), "left out");
    noor.post(place, &[("wat", "opheffen"), ("versie", "1")]).await.leads(place);
    let unsure = noor.post(place, &[("wat", "wissen"), ("versie", "1")]).await.expect(400);
    assert!(unsure.says("wissen kan niet terug"), "{}", unsure.words());
    noor.post(place, &[("wat", "wissen"), ("versie", "1"), ("zeker", "ja")]).await.leads(place);
    assert!(!noor.get("/register/kandidaten/Z1").await.expect(200).says("Bilal"), "erased");
    desk.sound_log().await;
    desk.close().await;
}
