//! Decisions over HTTP: which of them put the plan under review out of date, and very many of them at once.

use std::sync::Arc;

use loket_instances::matching::outcome::{compose, to_json};
use loket_instances::matching::read::read_wave;
use loket_service::actions::jobs;
use loket_service::records::job::{Finish, State};
use loket_service::work::Lane;
use loket_solver::matching::facts::outcome::Verdict;
use reqwest::Method;
use serde_json::{Value, json};
use tokio::task::JoinSet;

use crate::desk::{Desk, YEAR, small_wave};
use crate::honest::{plain_outcome, technique};

/// Whether the plan under review is out of date.
async fn outdated(desk: &Desk) -> bool {
    let run = desk.get("/lichtingen/w").await.body["geldende_berekening"].as_str().expect("a plan").to_owned();
    desk.get(&format!("/berekeningen/{run}")).await.expect(200)["verouderd"].as_bool().expect("yes or no")
}

/// Publishing now: its status, and whether it was refused because the plan is out of date.
async fn published(desk: &Desk) -> (u16, bool) {
    let wave = desk.get("/lichtingen/w").await;
    let heard = desk.publish("/lichtingen/w/vaststelling", &wave.tag()).await;
    (heard.status, heard.wrong() == [("verouderd", "")])
}

fn of(candidate: &str) -> String {
    format!("/lichtingen/w/beoordelingen/{candidate}")
}

async fn withdrawn(desk: &Desk, candidate: &str) {
    let tag = desk.get(&of(candidate)).await.tag();
    assert_eq!(desk.drop(&of(candidate), &tag).await.status, 204);
}

#[tokio::test]
async fn agreeing_with_the_proposals_as_they_stand_does_not_put_the_plan_out_of_date_and_it_is_published() {
    let desk = Desk::open("decisions-agreed").await;
    desk.solved(small_wave("w", 2, &["Z1", "Z2"]), YEAR).await;
    for (candidate, said) in [("Z1", "akkoord"), ("Z2", "vast")] {
        desk.put_new(&of(candidate), json!({ "besluit": said })).await.expect(200);
        assert!(!outdated(&desk).await, "{said}");
    }
    withdrawn(&desk, "Z1").await;
    assert!(!outdated(&desk).await, "the plan never knew of it");
    // What is chosen beside the proposal is what is proposed.
    let same = desk.get(&of("Z2")).await;
    let chosen = json!({ "besluit": "alternatief", "plaatsing": same.body["plaatsing"] });
    desk.put(&of("Z2"), &same.tag(), chosen).await.expect(200);
    assert!(!outdated(&desk).await);
    assert_eq!(published(&desk).await, (200, false));
    desk.sound_log().await;
    desk.close().await;
}

#[tokio::test]
async fn a_rejection_another_choice_and_the_withdrawal_of_what_the_plan_knew_put_it_out_of_date() {
    let desk = Desk::open("decisions-outdated").await;
    let mut file = small_wave("w", 2, &["Z1", "Z2"]);
    let mut second = file["coaches"][0].clone();
    second["id"] = json!("K2");
    file["coaches"].as_array_mut().expect("coaches").push(second);
    desk.solved(file, YEAR).await;
    let rejected = json!({ "besluit": "afwijzen", "reden": "anders", "reikwijdte": "coach" });
    desk.put_new(&of("Z1"), rejected.clone()).await.expect(200);
    assert!(outdated(&desk).await);
    assert_eq!(published(&desk).await, (409, true));
    withdrawn(&desk, "Z1").await;
    assert!(!outdated(&desk).await, "the decisions are again those that the plan knew");
    let run = desk.get("/lichtingen/w").await.body["geldende_berekening"].as_str().expect("a plan").to_owned();
    let outcome = desk.get(&format!("/berekeningen/{run}/uitkomst")).await.expect(200);
    let row = outcome["plaatsingen"].as_array().expect("placements").iter().find(|it| it["kandidaat"] == "Z1").expect("placed").clone();
    let other = if row["coach"] == "K1" { "K2" } else { "K1" };
    let elsewhere = json!({ "besluit": "alternatief", "plaatsing": { "school": "S1", "plek": "onderbouw", "coach": other } });
    desk.put_new(&of("Z1"), elsewhere).await.expect(200);
    assert!(outdated(&desk).await);
    // The next plan knows that choice; to agree with what it proposes takes the place of the choice.
    desk.run("/lichtingen/w").await;
    assert!(!outdated(&desk).await);
    let now = desk.get(&of("Z1")).await;
    desk.put(&of("Z1"), &now.tag(), json!({ "besluit": "akkoord" })).await.expect(200);
    assert!(!outdated(&desk).await);
    withdrawn(&desk, "Z1").await;
    assert!(outdated(&desk).await, "the plan knew a choice that no longer stands");
    assert_eq!(published(&desk).await, (409, true));
    desk.put_new(&of("Z1"), json!({ "besluit": "vast" })).await.expect(200);
    assert!(!outdated(&desk).await);
    assert_eq!(published(&desk).await, (200, false));
    desk.close().await;
}

#[tokio::test]
async fn a_rejected_place_is_told_as_forbidden_and_not_as_one_that_is_not() {
    let desk = Desk::open("decisions-told").await;
    let mut file = small_wave("w", 2, &["Z1"]);
    let mut second = file["coaches"][0].clone();
    second["id"] = json!("K2");
    file["coaches"].as_array_mut().expect("coaches").push(second);
    desk.solved(file, YEAR).await;
    let current = async || desk.get("/lichtingen/w").await.body["geldende_berekening"].as_str().expect("a plan").to_owned();
    let first = current().await;
    for scope in ["coach", "school"] {
        let rejected = json!({ "besluit": "afwijzen", "reden": "wens-kandidaat", "reikwijdte": scope });
        desk.put_new(&of("Z1"), rejected).await.expect(200);
        desk.run("/lichtingen/w").await;
        let difference =
            desk.get(&format!("/berekeningen/{}/verschil?met={first}", current().await)).await.expect(200)["mensen"].to_string();
        assert!(difference.contains("deze plaatsing is voor deze kandidaat verboden (regel verboden)"), "{difference}");
        assert!(!difference.contains("niet verboden"), "{difference}");
        withdrawn(&desk, "Z1").await;
    }
    desk.close().await;
}

#[tokio::test]
async fn a_plan_that_did_not_know_an_agreement_with_the_one_before_is_out_of_date() {
    let desk = Desk::open("decisions-between").await;
    desk.solved(small_wave("w", 2, &["Z1", "Z2"]), YEAR).await;
    let rejected = json!({ "besluit": "afwijzen", "reden": "anders", "reikwijdte": "plaatsing" });
    desk.put_new(&of("Z1"), rejected).await.expect(200);
    // A run is asked; before it is done, somebody agrees with the plan that is still under review.
    desk.send(Method::POST, "/lichtingen/w/berekeningen", &[], None).await.expect(202);
    desk.put_new(&of("Z2"), json!({ "besluit": "akkoord" })).await.expect(200);
    desk.work().await;
    assert!(outdated(&desk).await, "it may place somebody otherwise than was agreed");
    desk.run("/lichtingen/w").await;
    assert!(!outdated(&desk).await);
    desk.close().await;
}

/// How many candidates the large wave has, and how many decisions are made at once.
const MANY: usize = 1_000;
const AT_ONCE: usize = 500;

fn id(letter: char, number: usize) -> String {
    format!("{letter}{number:04}")
}

/// A wave with a place for everybody: 20 schools with 50 seats, 100 coaches with 10 candidates each.
fn large() -> Value {
    let school = |at: usize| json!({ "id": id('S', at), "bestuur": "B1", "lat": 52.37, "lon": 4.89, "plekken": [{ "bouw": "onderbouw", "aantal": 50 }] });
    let coach = |at: usize| json!({ "id": id('K', at), "lat": 52.37, "lon": 4.89, "maximum": 10, "uren": 600 });
    let candidate = |at: usize| json!({ "id": id('Z', at), "lat": 52.37, "lon": 4.89, "bouwen": ["onderbouw"] });
    json!({
        "formaat": "loket-lichting/1", "id": "w", "naam": "Groot", "fase": "opleiding", "besturen": [{ "id": "B1" }],
        "scholen": (0..20).map(school).collect::<Vec<_>>(),
        "coaches": (0..100).map(coach).collect::<Vec<_>>(),
        "kandidaten": (0..MANY).map(candidate).collect::<Vec<_>>(),
    })
}

fn plan() -> Value {
    let place = |at: usize| {
        json!({ "kandidaat": id('Z', at), "school": id('S', at / 50), "plek": "onderbouw", "bouw": "onderbouw", "coach": id('K', at / 10),
            "uren": 60, "reistijd": 0, "coachreistijd": 0, "punten": {} })
    };
    // The rest of an outcome, as that of a small wave has it.
    let bytes = small_wave("w", 2, &["Z1"]).to_string();
    let loaded = read_wave(bytes.as_bytes()).expect("a wave");
    let mut plan = to_json(&compose(&loaded, &plain_outcome(&loaded.wave), &technique(&loaded.wave)));
    plan["plaatsingen"] = (0..MANY).map(place).collect();
    (plan["ongeplaatst"], plan["doelen"]) = (json!([]), json!([]));
    plan
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_five_hundred_decisions_at_once_on_a_thousand_people_none_is_refused() {
    let desk = Desk::open("decisions-many").await;
    let made = desk.post(&format!("/lichtingen?van={}&tot={}", YEAR.0, YEAR.1), large()).await;
    desk.act("/lichtingen/w/indiening", &made.tag()).await.expect(200);
    desk.send(Method::POST, "/lichtingen/w/berekeningen", &[], None).await.expect(202);
    let claim = jobs::claim(&desk.store, Lane::Runs, "proef").await.expect("a store").expect("a job");
    let result = Some(plan().to_string().into_bytes());
    let finish = Finish { state: State::Klaar, result, status: Some(Verdict::Feasible), message: None };
    assert!(jobs::finish(&desk.store, &claim, finish).await.expect("a store"));
    let desk = Arc::new(desk);
    let mut asked = JoinSet::new();
    for at in 0..AT_ONCE {
        let desk = desk.clone();
        let body = json!({ "besluit": if at % 2 == 0 { "akkoord" } else { "vast" } });
        asked.spawn(async move {
            let heard = desk.put_new(&of(&id('Z', at)), body).await;
            (heard.status, heard.body["versie"].as_i64(), heard.body["plaatsing"]["coach"] == id('K', at / 10).as_str())
        });
    }
    let heard = asked.join_all().await;
    let refused = heard.iter().filter(|it| it.0 != 200 || !it.2).count();
    assert_eq!(refused, 0, "{:?}", heard.iter().find(|it| it.0 != 200));
    let mut versions: Vec<i64> = heard.iter().filter_map(|it| it.1).collect();
    versions.sort_unstable();
    assert_eq!(versions, (1..=i64::try_from(AT_ONCE).expect("a number")).collect::<Vec<_>>(), "each was counted once");
    let list = desk.get("/lichtingen/w/beoordelingen").await.expect(200);
    assert_eq!((&list["totaal"], &list["afgeweken"]), (&json!(AT_ONCE), &json!(0)));
    assert!(!outdated(&desk).await, "all of them agree with the plan");
    assert_eq!(published(&desk).await, (200, false));
    Arc::into_inner(desk).expect("nobody asks any more").close().await;
}
