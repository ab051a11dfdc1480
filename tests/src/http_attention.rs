//! What asks for action over HTTP: a run that failed, placements to ask about, messages to send, and a wave that can be published.

use loket_service::actions::jobs;
use loket_service::records::job::{Finish, State};
use loket_service::work::Lane;
use reqwest::Method;
use serde_json::{Value, json};

use crate::desk::{Desk, YEAR, small_wave};

/// The lines of what asks for action: kind, how many, wave and address.
async fn lines(desk: &Desk) -> Vec<(String, i64, Option<String>, String)> {
    let all = desk.get("/aandacht").await.expect(200);
    let text = |it: &Value, key: &str| it[key].as_str().map(str::to_owned);
    let one = |it: &Value| {
        let (kind, place) = (text(it, "soort").expect("a kind"), text(it, "adres").expect("an address"));
        (kind, it["aantal"].as_i64().expect("a count"), text(it, "lichting"), place)
    };
    all["resultaten"].as_array().expect("lines").iter().map(one).collect()
}

fn line(kind: &str, count: i64, wave: Option<&str>, place: &str) -> (String, i64, Option<String>, String) {
    (kind.to_owned(), count, wave.map(str::to_owned), place.to_owned())
}

#[tokio::test]
async fn a_run_that_failed_asks_for_action_until_a_newer_one_is_there() {
    let desk = Desk::open("attention-failed").await;
    let made = desk.post(&format!("/lichtingen?van={}&tot={}", YEAR.0, YEAR.1), small_wave("w", 2, &["Z1"])).await;
    desk.act("/lichtingen/w/indiening", &made.tag()).await.expect(200);
    desk.send(Method::POST, "/lichtingen/w/berekeningen", &[], None).await.expect(202);
    let claim = jobs::claim(&desk.store, Lane::Runs, "proef").await.expect("a claim").expect("a run that waits");
    let finish = Finish { state: State::Mislukt, result: None, status: None, message: None };
    assert!(jobs::finish(&desk.store, &claim, finish).await.expect("an end"));
    assert_eq!(lines(&desk).await, [line("berekening-mislukt", 1, Some("w"), "/v1/lichtingen/w/berekeningen")]);
    desk.run("/lichtingen/w").await;
    assert_eq!(lines(&desk).await, [line("berekening-klaar", 1, Some("w"), "/v1/lichtingen/w/beoordelingen")]);
    desk.close().await;
}

#[tokio::test]
async fn from_agreed_to_publishable_each_step_asks_for_the_next() {
    let desk = Desk::open("attention-steps").await;
    desk.solved(small_wave("w", 2, &["Z1"]), YEAR).await;
    desk.put_new("/lichtingen/w/beoordelingen/Z1", json!({ "besluit": "akkoord" })).await.expect(200);
    let unasked = line("akkoord-niet-gevraagd", 1, Some("w"), "/v1/lichtingen/w/antwoorden?antwoord=niet-gevraagd");
    assert_eq!(lines(&desk).await, [unasked]);
    desk.post("/lichtingen/w/antwoorden", json!({})).await.expect(200);
    let drafts = |count| line("berichten-te-versturen", count, None, "/v1/berichten?toestand=concept");
    assert_eq!(lines(&desk).await, [drafts(3)]);
    for party in ["kandidaat", "bestuur", "coach"] {
        let path = format!("/lichtingen/w/antwoorden/Z1/{party}");
        let tag = desk.get(&path).await.tag();
        desk.act_with(&path, &tag, json!({ "antwoord": "ja", "hoe": "telefoon" })).await.expect(200);
    }
    let ready = line("klaar-om-vast-te-stellen", 1, Some("w"), "/v1/lichtingen/w");
    assert_eq!(lines(&desk).await, [drafts(3), ready]);
    // One came back, and one was sent by hand.
    let found = desk.get("/berichten?toestand=concept").await.expect(200);
    let ids: Vec<&str> = found["resultaten"].as_array().expect("messages").iter().filter_map(|it| it["id"].as_str()).collect();
    for id in &ids[..2] {
        desk.send(Method::POST, &format!("/berichten/{id}/verstuurd"), &[], None).await.expect(200);
    }
    let bounce = json!({ "reden": "adres-onbekend" });
    desk.send(Method::POST, &format!("/berichten/{}/terugbericht", ids[0]), &[], Some(bounce)).await.expect(200);
    let failed = line("berichten-mislukt", 1, None, "/v1/berichten?toestand=mislukt");
    assert_eq!(lines(&desk).await[..2], [failed, drafts(1)]);
    let wave = desk.get("/lichtingen/w").await;
    desk.publish("/lichtingen/w/vaststelling", &wave.tag()).await.expect(200);
    assert!(lines(&desk).await.iter().all(|it| it.0 != "klaar-om-vast-te-stellen"), "it is published");
    desk.close().await;
}
