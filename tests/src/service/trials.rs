//! A policy on trial, by a real worker and its child: minutes stand for coordinates there, and what comes back is what the command line says.

use serde_json::json;

use super::client::{Call, Client};
use super::ledger::BOUND;
use super::processes::{Process, folder};
use super::waves;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_child_tries_a_policy_on_a_wave_it_knows_no_places_of() {
    let service = Process::serve(&folder("beleidsproef"), &[]);
    let client = Client::new(service.url());
    let wave = waves::small("a", 12, 1);
    client.sure(&Call::post("/lichtingen").json(&wave)).await.1.expect(201);
    let policy =
        json!({ "doelen": [{ "naam": "geplaatst", "punten": { "geplaatst": 1 } }, { "naam": "dichtbij", "punten": { "reistijd": 1 } }] });
    client.sure(&Call::post("/beleid").json(&json!({ "naam": "dichtbij", "inhoud": policy }))).await.1.expect(201);
    let wish = json!({ "lichtingen": [wave["id"]], "drempels": [{ "wat": "geplaatst", "minstens": 0 }] });
    let asked = client.sure(&Call::post("/beleid/dichtbij/1/beleidsproeven").json(&wish)).await.1.expect(202);
    let place = format!("/beleid/dichtbij/1/beleidsproeven/{}", asked["id"].as_str().expect("an id"));
    let told = client.ended(&place, BOUND).await;
    assert_eq!(told["toestand"], "klaar", "{told}");
    let line = &told["lichtingen"][0]["uitkomst"];
    let (old, new) = (&line["oud"], &line["nieuw"]);
    assert_eq!((&old["bewezen"], &new["bewezen"]), (&json!(true), &json!(true)), "{told}");
    assert_eq!(new["doelen"][1]["naam"], "dichtbij");
    // Travel is what it looks at first: nobody travels longer for it.
    let minutes = |side: &serde_json::Value| side["cijfers"]["reistijd_totaal"].as_i64().expect("minutes");
    let placed = |side: &serde_json::Value| side["cijfers"]["geplaatst"].as_i64().expect("people");
    assert!(placed(new) >= placed(old), "{told}");
    assert!(placed(new) > placed(old) || minutes(new) <= minutes(old), "{told}");
    assert!(minutes(new) > 0, "the child knows the minutes: {told}");
    assert_eq!(told["oordeel"], "doen", "{told}");
    // What a machine reads here is what a person computes on the command line.
    let bytes = wave.to_string();
    let new = loket_instances::matching::row::read_policy(policy.to_string().as_bytes()).expect("a policy");
    let pair = loket_instances::matching::trial::pair(bytes.as_bytes(), None, &new).expect("a wave");
    let here = loket_instances::matching::trial::tell(
        pair,
        &loket_solver::matching::solve::Options::default(),
        &loket_solver::common::control::Unhurried,
    );
    let here = serde_json::to_value(loket_instances::matching::trial::compose(&here)).expect("JSON");
    for key in ["oud", "nieuw", "anders"] {
        assert_eq!(line[key], here[key], "{key}");
    }
    assert_eq!(service.end(), 0);
}
