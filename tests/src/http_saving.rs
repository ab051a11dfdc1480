//! What was scarce in past waves, as prices over HTTP: proposed without changing anything, put in a policy by a person, and told one by one
//! where two policies differ.

use loket_service::access::Role;
use reqwest::Method;
use serde_json::{Value, json};

use crate::desk::{Desk, small_wave};
use crate::http_policies::tokens;

const PATH: &str = "/beleid/standaard-opleiding/1/bewaarprijzen";

#[tokio::test]
async fn prices_of_past_waves_are_proposed_and_put_in_a_policy_by_a_person() {
    let desk = Desk::open("saving").await;
    // One seat and four people who may have it; in the other wave two.
    for (id, people) in [("v", &["Z1", "Z2", "Z3", "Z4"][..]), ("w", &["Z5", "Z6"])] {
        desk.post("/lichtingen", small_wave(id, 1, people)).await.expect(201);
    }
    let before = desk.log().await.len();
    let one = desk.post(PATH, json!({ "lichtingen": ["v"] })).await.expect(200);
    let price = |told: &Value| told["plekken"][0]["prijs"].as_i64().expect("a price");
    let other = desk.post(PATH, json!({ "lichtingen": ["w"] })).await.expect(200);
    assert_eq!((price(&one), price(&other)), (400, 200), "{one} {other}");
    let both = desk.post(PATH, json!({ "lichtingen": ["v", "w"] })).await.expect(200);
    assert_eq!((price(&both), &both["lichtingen"]), (300, &json!(["v", "w"])), "the mean: {both}");
    assert_eq!(desk.log().await.len(), before, "nothing changed");
    // As they are they can stand in a policy, and two policies differ price by price.
    let policy = |told: &Value| json!({ "bewaren": { "plekken": told["plekken"], "coaches": told["coaches"] } });
    desk.post("/beleid", json!({ "naam": "zuinig", "inhoud": policy(&one) })).await.expect(201);
    desk.post("/beleid", json!({ "naam": "zuinig", "inhoud": policy(&both) })).await.expect(201);
    let told = desk.get("/beleid/zuinig/2/verschil?met=zuinig/1").await.expect(200);
    let seat = &one["plekken"][0];
    let key = format!("bewaren, plekken, {}, {}", seat["school"].as_str().expect("a school"), seat["plek"].as_str().expect("a seat"));
    let found = told["verschillen"].as_array().expect("differences").iter().find(|it| it["sleutel"] == json!(key)).cloned();
    let found = found.unwrap_or_else(|| panic!("{key}: {told}"));
    assert_eq!((&found["was"], &found["wordt"]), (&json!(400), &json!(300)));
    desk.sound_log().await;
    desk.close().await;
}

#[tokio::test]
async fn what_has_no_prices_is_refused_with_every_reason() {
    let desk = Desk::open("saving-refused").await;
    let [b] = &tokens(&desk, &[Role::Beheerder]).await[..] else { panic!("one") };
    desk.post("/lichtingen", small_wave("v", 1, &["Z1"])).await.expect(201);
    for (waves, places) in [(["v", "weg", "ook"], vec!["/lichtingen/1", "/lichtingen/2"]), (["v", "w", "v"], vec!["/lichtingen/2"])] {
        let wrong = desk.post(PATH, json!({ "lichtingen": waves })).await;
        let told: Vec<_> = wrong.wrong().into_iter().map(|it| it.1).collect();
        assert_eq!((wrong.status, told), (400, places), "{}", wrong.body);
    }
    assert_eq!(desk.post(PATH, json!({ "lichtingen": [] })).await.status, 400);
    assert_eq!(desk.post(PATH, json!({})).await.status, 400);
    assert_eq!(desk.post("/beleid/geen/1/bewaarprijzen", json!({ "lichtingen": ["v"] })).await.status, 404);
    let other = desk.post("/beleid/standaard-inductie/1/bewaarprijzen", json!({ "lichtingen": ["v"] })).await;
    assert_eq!(other.status, 400, "a wave of another phase: {}", other.body);
    assert_eq!(desk.send_as(Some(b), Method::POST, PATH, &[], Some(json!({ "lichtingen": ["v"] }))).await.status, 403);
    desk.close().await;
}
