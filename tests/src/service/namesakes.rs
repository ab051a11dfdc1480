//! A coach drops out whose id is also that of a school: the school keeps its travel times, and nobody moves.

use serde_json::{Value, json};

use super::client::{Call, Client};
use super::hundred::solved;
use super::ledger::BOUND;
use super::processes::{Process, folder};

/// Coach 12 has nobody; a school is called 12 too, and only its travel times say that Z1 can get there.
fn wave() -> Value {
    json!({
        "formaat": "loket-lichting/1", "id": "naamgenoten", "fase": "opleiding",
        "besturen": [{ "id": "B1" }],
        "scholen": [{ "id": "12", "bestuur": "B1", "lat": 52.37, "lon": 4.89, "plekken": [{ "bouw": "onderbouw", "aantal": 1 }] }],
        "coaches": [
            { "id": "12", "lat": 52.37, "lon": 4.89, "maximum": 1, "uren": 0 },
            { "id": "K1", "lat": 52.37, "lon": 4.89, "maximum": 1, "uren": 60 },
        ],
        "kandidaten": [{ "id": "Z1", "lat": 52.50, "lon": 4.89, "bouwen": ["onderbouw"] }],
        "reistijden": [{ "van": "Z1", "naar": "12", "minuten": 20 }],
    })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_coach_who_drops_out_takes_no_travel_times_of_a_school_along() {
    let service = Process::serve(&folder("naamgenoten"), &[]);
    let client = Client::new(service.url());
    let (id, run) = solved(&client, &wave()).await;
    let placed = client.read(&format!("/berekeningen/{run}/uitkomst")).await["plaatsingen"].clone();
    assert_eq!((&placed[0]["school"], &placed[0]["coach"]), (&json!("12"), &json!("K1")), "{placed}");
    let travel = client.read(&format!("/lichtingen/{id}/invoer")).await["reistijden"].clone();
    let batch = client.sure(&Call::post("/coaches/12/uitval").json(&json!({}))).await.1.expect(202);
    let place = format!("/herberekeningen/{}", batch["id"].as_str().expect("a batch has an id"));
    let ended = client.ended(&place, BOUND).await;
    let link = ended["lichtingen"][0]["verschil"].as_str().expect("there is a difference to look at");
    let difference = client.read(link.strip_prefix("/v1").expect("a path of the API")).await;
    assert_eq!((&difference["mensen"], &difference["hetzelfde"]), (&json!([]), &json!(1)), "{difference}");
    client.sure(&Call::post(format!("{place}/aanvaarding")).at(1)).await.1.expect(200);
    let after = client.read(&format!("/lichtingen/{id}/invoer")).await;
    assert_eq!((&after["reistijden"], after["coaches"].as_array().map(Vec::len)), (&travel, Some(1)), "{after}");
    assert_eq!(travel, json!([{ "van": "Z1", "naar": "12", "minuten": 20 }]));
    assert_eq!(service.end(), 0);
}
