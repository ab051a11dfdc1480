//! Runs in the browser: goal by goal while one works, stopped, asked again, and what was otherwise in each; and a trial of every coach.

use loket_service::access::Role;
use loket_service::actions::jobs;
use loket_service::records::job::{Finish, State};
use loket_service::records::progress::{AtGoal, AtTrial, Progress};
use loket_service::work::Lane;
use serde_json::json;

use super::Browser;
use crate::desk::{Desk, YEAR, small_wave};

/// A wave with two coaches of two candidates each.
fn two_coaches(id: &str) -> serde_json::Value {
    let mut wave = small_wave(id, 2, &["Z1", "Z2"]);
    let other = json!({ "id": "K2", "naam": "Merel Bedacht", "lat": 52.372, "lon": 4.896, "maximum": 2, "uren": 120 });
    wave["coaches"].as_array_mut().expect("a list").push(other);
    wave
}

#[tokio::test]
async fn a_run_that_ended_shows_each_goal_with_its_proof_and_what_it_computed_with() {
    let desk = Desk::open("pages-run").await;
    desk.solved(small_wave("w", 2, &["Z1", "Z2", "Z3"]), YEAR).await;
    let noor = Browser::signed(&desk, Role::Intermediair, "").await;
    let shown = noor.get("/lichtingen/w/berekenen").await.expect(200);
    for words in [
        "Berekening 1 van Proef",
        "Klaar: beter kan niet, dat is bewezen",
        "2 van 3",
        "bewezen: meer kan niet",
        "2 op 1 school",
        "eerste keer",
        "klaar, geldt nu",
    ] {
        assert!(shown.says(words), "{words}: {}", shown.words());
    }
    assert!(!shown.text.contains("data-fresh") && !shown.text.contains("http-equiv"), "nothing is at work");
    assert_eq!(noor.get("/lichtingen/w/berekenen/1").await.expect(200).words(), shown.words());
    for nowhere in ["/lichtingen/w/berekenen/2", "/lichtingen/w/berekenen/een", "/lichtingen/v/berekenen", "/lichtingen/v/proefuitval"] {
        noor.get(nowhere).await.expect(404);
    }
    desk.close().await;
}

#[tokio::test]
async fn a_run_is_asked_followed_goal_by_goal_and_stopped() {
    let desk = Desk::open("pages-follow").await;
    desk.solved(small_wave("w", 2, &["Z1", "Z2", "Z3"]), YEAR).await;
    let noor = Browser::signed(&desk, Role::Intermediair, "").await;
    noor.get("/lichtingen/w/berekenen").await.expect(200);
    noor.post_elsewhere("/lichtingen/w/berekenen", &[]).await.expect(403);
    noor.sent("/lichtingen/w/berekenen", &[]).await.expect(403);
    // Nothing changed: the same run.
    noor.post("/lichtingen/w/berekenen", &[]).await.leads("/lichtingen/w/berekenen/1");
    let plan = desk.get("/lichtingen/w").await.body["geldende_berekening"].as_str().expect("a run").to_owned();
    let placed =
        desk.get(&format!("/berekeningen/{plan}/uitkomst")).await.body["plaatsingen"][0]["kandidaat"].as_str().expect("an id").to_owned();
    let rejected = json!({ "besluit": "afwijzen", "reden": "reis-te-zwaar", "reikwijdte": "school" });
    desk.put_new(&format!("/lichtingen/w/beoordelingen/{placed}"), rejected).await.expect(200);
    let behind = noor.get("/lichtingen/w/berekenen").await.expect(200);
    assert!(behind.says("1 besluit nog niet doorgerekend"), "{}", behind.words());
    noor.post("/lichtingen/w/berekenen", &[("schuiven", "geen")]).await.leads("/lichtingen/w/berekenen/2");
    let waits = noor.get("/lichtingen/w/berekenen/2").await.expect(200);
    for words in
        ["Wacht op de rekenmachine", "wacht op doel 1", "Er is nog geen plan.", "hooguit 0 mensen meer dan moet", "1: die blijven staan"]
    {
        assert!(waits.says(words), "{words}: {}", waits.words());
    }
    assert!(waits.text.contains("http-equiv=\"refresh\" content=\"5\"") && waits.text.contains("data-fresh"), "it renews itself");
    let claim = jobs::claim(&desk.store, Lane::Runs, "proef").await.expect("a claim").expect("the run");
    let at = |number, value, bound, done| {
        let name = "doel".to_owned();
        Progress::Goal(AtGoal {
            name,
            number,
            value: Some(value),
            bound: Some(bound),
            columns: 1,
            nodes: 1,
            done,
            milliseconds: 5,
            goals: Vec::new(),
        })
    };
    for told in [at(1, 10, 10, true), at(2, 1, 1, true), at(3, 2_000, 2_042, false), at(3, 2_040, 2_042, false)] {
        assert!(jobs::hear_progress(&desk.store, &claim, &told).await.expect("kept"));
    }
    let works = noor.get("/lichtingen/w/berekenen/2").await.expect(200);
    for words in ["Bezig met doel 3 van", "hooguit 0,1 % beter mogelijk", "verschil was 2,1 %, nu 0,1 %", "wacht op doel 3", "Stop"] {
        assert!(works.says(words), "{words}: {}", works.words());
    }
    noor.post("/lichtingen/w/berekenen/2/stop", &[]).await.leads("/lichtingen/w/berekenen/2");
    let stopping = noor.get("/lichtingen/w/berekenen/2").await.expect(200);
    assert!(stopping.says("Wordt gestopt") && stopping.says("De berekening stopt."), "{}", stopping.words());
    let end = Finish { state: State::Afgebroken, result: None, status: None, message: None };
    assert!(jobs::finish(&desk.store, &claim, end).await.expect("an end"));
    let ended = noor.get("/lichtingen/w/berekenen").await.expect(200);
    for words in ["Gestopt voordat er een plan was", "gestopt door Noor Bakker", "1 besluit van"] {
        assert!(ended.says(words), "{words}: {}", ended.words());
    }
    noor.post("/lichtingen/w/berekenen/9/stop", &[]).await.expect(404);
    desk.close().await;
}

#[tokio::test]
async fn a_trial_is_asked_shows_how_far_it_is_and_then_who_takes_over() {
    let desk = Desk::open("pages-trial").await;
    desk.solved(two_coaches("w"), YEAR).await;
    let noor = Browser::signed(&desk, Role::Intermediair, "").await;
    assert!(noor.get("/lichtingen/w/proefuitval").await.expect(200).says("Dit is nog niet doorgerekend"));
    noor.post("/lichtingen/w/proefuitval", &[]).await.leads("/lichtingen/w/proefuitval");
    let claim = jobs::claim(&desk.store, Lane::Heavy, "proef").await.expect("a claim").expect("the question");
    assert!(jobs::hear_progress(&desk.store, &claim, &Progress::Trial(AtTrial { done: 1, of: 2 })).await.expect("kept"));
    let busy = noor.get("/lichtingen/w/proefuitval").await.expect(200);
    assert!(busy.says("Loket rekent: 1 van 2 coaches") && busy.text.contains("data-fresh"), "{}", busy.words());
    let goals = json!([{ "naam": "passing", "was": 900, "nu": 850 }]);
    let at = |coach: &str| json!({ "school": "S1", "plek": "onderbouw", "coach": coach });
    let spot = |id: &str, people: serde_json::Value, left: serde_json::Value, stand_by: serde_json::Value| {
        json!({ "soort": "coach", "id": id, "status": "optimaal", "mensen": people, "blijven_over": left, "gewijzigd": ["Z2"],
            "invaller": stand_by, "doelen": goals })
    };
    let own = json!([{ "kandidaat": "Z1", "was": at("K1"), "nu": at("K2") }]);
    let answer = json!({ "lichting": "w", "zwakste": "K1", "volledig": true, "uitval": [
        spot("K2", json!([]), json!([]), json!(null)),
        spot("K1", own, json!([]), json!({ "coach": "K2", "neemt_over": 1, "zou_kunnen": 2 })),
    ] });
    let finish = Finish { state: State::Klaar, result: Some(answer.to_string().into_bytes()), status: None, message: None };
    assert!(jobs::finish(&desk.store, &claim, finish).await.expect("an end"));
    let found = noor.get("/lichtingen/w/proefuitval").await.expect(200);
    for words in [
        "Bij elke coach houdt iedereen een plaats.",
        "De zwakste plek Vink Verzonnen",
        "Merel Bedacht is de invaller: neemt er 1 over",
        "Kanarie Z1 gaat naar Merel Bedacht",
        "Kanarie Z2 schuift mee",
        "50 minder",
        "heeft niemand",
        "Merel Bedacht is 1 keer de invaller",
        "2 keer gerekend. Bewezen: minder schuiven kan niet.",
    ] {
        assert!(found.says(words), "{words}: {}", found.words());
    }
    desk.close().await;
}
