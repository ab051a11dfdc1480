//! What walks through the product found, over HTTP: reruns that fit at acceptance, who is still named, who comes again, seats under a
//! proposal, names that nobody sees, and what a reader has already.

use reqwest::Method;
use serde_json::{Value, json};

use crate::desk::{Desk, YEAR, small_wave};

const CONFIRM: (&str, &str) = ("bevestigen", "/aantal");

/// A wave with one more coach, of one candidate, and this candidate with this coach.
fn with_coach(id: &str, candidate: &str, coach: &str) -> Value {
    let mut file = small_wave(id, 2, &[candidate]);
    let mut second = file["coaches"][0].clone();
    (second["id"], second["naam"], second["maximum"], second["uren"]) = (json!("K2"), json!("Mees Verzonnen"), json!(1), json!(60));
    file["coaches"].as_array_mut().expect("coaches").push(second);
    file["vast"] = json!([{ "kandidaat": candidate, "coach": coach }]);
    file
}

/// Publishes a wave that was solved.
async fn published(desk: &Desk, file: Value) {
    let id = file["id"].as_str().expect("an id").to_owned();
    let wave = desk.solved(file, YEAR).await;
    desk.publish(&format!("/lichtingen/{id}/vaststelling"), &wave.tag()).await.expect(200);
}

/// Reports that somebody drops out, and works the reruns out: the batch's address.
async fn dropped(desk: &Desk, path: &str) -> String {
    let asked = desk.post(path, json!({ "vanaf": "2026-10-01" })).await.expect(202);
    desk.work().await;
    format!("/herberekeningen/{}", asked["id"].as_str().expect("an id"))
}

async fn accepted(desk: &Desk, batch: &str, waves: Value) -> Value {
    let tag = desk.get(batch).await.tag();
    desk.act_with(&format!("{batch}/aanvaarding"), &tag, json!({ "lichtingen": waves })).await.expect(200)
}

#[tokio::test]
async fn the_rerun_of_a_published_wave_uses_what_the_other_published_waves_leave_and_fits_when_it_is_accepted() {
    let desk = Desk::open("mended-refilled").await;
    published(&desk, with_coach("w1", "Z1", "K1")).await;
    published(&desk, with_coach("w2", "Z2", "K2")).await;
    // The one other coach is full with the other wave: there is nobody for Z1.
    let batch = dropped(&desk, "/coaches/K1/uitval").await;
    let told = accepted(&desk, &batch, json!(["w1"])).await;
    assert_eq!(told["lichtingen"][0]["besluit"], "aanvaard", "{told}");
    assert_eq!(desk.get("/kandidaten/Z1").await.body["toestand"], "wacht");
    // Once the other wave lets the coach go, whoever drops out next finds room there.
    let batch = dropped(&desk, "/kandidaten/Z2/uitval").await;
    accepted(&desk, &batch, json!(["w2"])).await;
    desk.sound_log().await;
    desk.close().await;
}

#[tokio::test]
async fn a_wave_that_still_names_who_is_gone_from_the_register_is_told_until_something_is_done_about_it() {
    let desk = Desk::open("mended-named").await;
    for (id, who) in [("w1", "Z1"), ("w2", "Z2")] {
        let mut file = with_coach(id, who, "K1");
        file["coaches"][1]["maximum"] = json!(2);
        file["coaches"][1]["uren"] = json!(120);
        desk.solved(file, YEAR).await;
    }
    let batch = dropped(&desk, "/coaches/K1/uitval").await;
    assert_eq!(desk.get(&batch).await.body["nog_genoemd"], json!([]));
    let told = accepted(&desk, &batch, json!(["w1"])).await;
    let left = &told["nog_genoemd"];
    assert_eq!((&left[0]["lichting"], left.as_array().map(Vec::len)), (&json!("w2"), Some(1)), "{told}");
    let text = left[0]["tekst"].as_str().expect("a sentence");
    assert!(text.contains("Vink Verzonnen") && text.ends_with("aanvaard ook dit voorstel."), "{text}");
    let declined = desk.act(&format!("{batch}/afwijzing"), &desk.get(&batch).await.tag()).await.expect(200);
    assert!(declined["nog_genoemd"][0]["tekst"].as_str().expect("a sentence").ends_with("meld de uitval opnieuw."), "{declined}");
    let again = dropped(&desk, "/coaches/K1/uitval").await;
    accepted(&desk, &again, json!(["w2"])).await;
    assert_eq!(desk.get(&batch).await.body["nog_genoemd"], json!([]), "now no wave names the coach");
    desk.close().await;
}

#[tokio::test]
async fn whoever_was_withdrawn_and_comes_late_again_waits_and_is_placed() {
    let desk = Desk::open("mended-again").await;
    published(&desk, small_wave("w", 2, &["Z1"])).await;
    let late = json!({ "kandidaat": { "id": "Z9", "naam": "Kanarie Z9", "lat": 52.375, "lon": 4.893, "bouwen": ["onderbouw"] }, "vanaf": "2026-10-01" });
    let first = desk.post("/lichtingen/w/nakomers", late.clone()).await;
    assert_eq!(first.status, 202, "{}", first.body);
    assert_eq!(desk.drop("/lichtingen/w/nakomers/Z9", &first.tag()).await.status, 204);
    assert_eq!(desk.get("/kandidaten/Z9").await.body["toestand"], "gestopt");
    let second = desk.post("/lichtingen/w/nakomers", late.clone()).await;
    assert_eq!(desk.get("/kandidaten/Z9").await.body["toestand"], "wacht");
    assert_eq!(desk.drop("/lichtingen/w/nakomers/Z9", &second.tag()).await.status, 204);
    assert_eq!(desk.get("/kandidaten/Z9").await.body["toestand"], "gestopt", "as it was");
    let third = desk.post("/lichtingen/w/nakomers", late).await.expect(202);
    desk.work().await;
    accepted(&desk, &format!("/herberekeningen/{}", third["id"].as_str().expect("an id")), json!(["w"])).await;
    assert_eq!(desk.get("/kandidaten/Z9").await.body["toestand"], "geplaatst");
    desk.close().await;
}

#[tokio::test]
async fn what_is_wrong_with_a_row_is_told_at_once_and_a_name_can_be_seen() {
    let desk = Desk::open("mended-rows").await;
    desk.post("/lichtingen", small_wave("w", 1, &["Z1"])).await.expect(201);
    let school = desk.get("/scholen/S1").await;
    // The name was left out, and the board is none.
    let body = json!({ "bestuur": "B9", "lat": 52.37, "lon": 4.89 });
    let refused = desk.put("/scholen/S1", &school.tag(), body).await;
    let mut wrong = refused.wrong();
    wrong.sort();
    assert_eq!(
        (refused.status, wrong),
        (400, vec![("ontbreekt", "/naam"), ("onbekende-verwijzing", "/bestuur")].into_iter().rev().collect())
    );
    let named = async |name: &str| desk.post("/besturen", json!({ "id": "B7", "naam": name })).await;
    for name in ["", "  "] {
        let refused = named(name).await;
        assert_eq!((refused.status, refused.wrong()), (400, vec![("leeg", "/naam")]), "{name:?}");
    }
    for name in ["Stich\u{200b}ting", "De\u{a0}Brug", "\u{202e}gurB"] {
        let refused = named(name).await;
        assert_eq!((refused.status, refused.wrong()), (400, vec![("onzichtbaar", "/naam")]), "{name:?}");
        assert!(refused.body["fouten"][0]["wat"].as_str().expect("words").contains("U+"), "{}", refused.body);
    }
    assert_eq!(named("Stichting Één").await.status, 201);
    desk.close().await;
}

#[tokio::test]
async fn seats_that_a_proposal_is_on_are_lowered_closed_or_given_other_half_days_only_when_that_is_meant() {
    let desk = Desk::open("mended-seats").await;
    desk.solved(small_wave("w", 2, &["Z1", "Z2"]), YEAR).await;
    let path = "/besturen/B1/scholen/S1/plekken/onderbouw";
    let put = async |keys: Value| {
        let mut now = desk.get(path).await;
        for (key, value) in keys.as_object().expect("keys") {
            now.body[key] = value.clone();
        }
        let tag = now.tag();
        desk.put(path, &tag, now.body).await
    };
    let fewer = put(json!({ "aantal": 1 })).await;
    assert_eq!((fewer.status, fewer.wrong()), (409, vec![CONFIRM]), "{}", fewer.body);
    let closed = put(json!({ "open": false, "reden": "verbouwing" })).await;
    assert_eq!((closed.status, closed.wrong()), (409, vec![("bevestigen", "/open")]));
    let halves = put(json!({ "dagdelen": ["ma-o", "ma-m", "di-o", "di-m"] })).await;
    assert_eq!((halves.status, halves.wrong()), (409, vec![("bevestigen", "/dagdelen")]), "{}", halves.body);
    assert_eq!(put(json!({ "aantal": 3 })).await.status, 200, "more is no question");
    assert_eq!(put(json!({ "aantal": 2 })).await.status, 200, "as many as are proposed");
    assert_eq!(put(json!({ "aantal": 1, "bevestigd": true })).await.status, 200);
    desk.close().await;
}

#[tokio::test]
async fn whoever_has_an_answer_already_hears_that_nothing_changed_and_accept_is_read_as_it_is_meant() {
    let desk = Desk::open("mended-reading").await;
    desk.post("/besturen", json!({ "id": "B1", "naam": "Bestuur Een" })).await.expect(201);
    let row = desk.get("/besturen/B1").await;
    let with = async |name: &str, value: &str| desk.send(Method::GET, "/besturen/B1", &[(name, value)], None).await;
    let list = format!("\"v9\", W/{}", row.tag());
    for held in [row.tag().as_str(), list.as_str(), "*"] {
        let same = with("if-none-match", held).await;
        assert_eq!((same.status, &same.body), (304, &Value::Null), "{held}");
        assert!(same.tag().contains(row.tag().trim_matches('"')), "{}", same.tag());
    }
    assert_eq!(with("if-none-match", "\"v9\"").await.status, 200);
    desk.put("/besturen/B1", &row.tag(), json!({ "id": "B1", "naam": "Bestuur Twee" })).await.expect(200);
    assert_eq!(with("if-none-match", &row.tag()).await.body["naam"], "Bestuur Twee");
    assert_eq!(with("accept", "application/json;q=0.1, text/html").await.status, 200);
    assert_eq!(with("accept", "Application/JSON").await.status, 200);
    assert_eq!(with("accept", "*/*;q=0").await.status, 406);
    assert_eq!(with("accept", "application/xml, application/json;q=0").await.status, 406);
    desk.close().await;
}
