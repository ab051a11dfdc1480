//! A drop-out that many waves name: the answer comes at once, a worker puts the reruns in line and tells how far it is.

use serde_json::{Value, json};

use super::client::{Call, Client};
use super::hundred::solved;
use super::ledger::BOUND;
use super::processes::{Process, folder};
use super::waves;

/// More waves than are looked at while somebody waits.
const WAVES: usize = 10;

/// The same schools and coaches with other people.
fn another(of: &Value, number: usize) -> Value {
    let mut wave = of.clone();
    wave["id"] = format!("{}-{number}", waves::id(of)).into();
    for person in wave["kandidaten"].as_array_mut().into_iter().flatten() {
        person["id"] = format!("{}-{number}", person["id"].as_str().expect("a candidate has an id")).into();
    }
    wave
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_drop_out_that_many_waves_name_is_prepared_by_a_worker_and_decided_about_after_that() {
    let folder = folder("klaarzetten");
    let service = Process::serve(&folder, &["--zonder-werker"]);
    let client = Client::new(service.url());
    let worker = Process::worker(&folder, &[]);
    let first = waves::small("a", 4, 3);
    for number in 0..WAVES {
        solved(&client, &another(&first, number)).await;
    }
    assert_eq!(worker.end(), 0);
    let coach = first["coaches"][0]["id"].as_str().expect("a coach has an id");
    let asked = Call::post(format!("/coaches/{coach}/uitval")).key(Some("uitval".into()));
    let batch = client.sure(&asked).await.1.expect(202);
    assert_eq!(
        (&batch["toestand"], &batch["voorbereiding"]),
        (&json!("bezig"), &json!({ "gedaan": 0, "van": WAVES, "mislukt": [] })),
        "{batch}"
    );
    let place = format!("/herberekeningen/{}", batch["id"].as_str().expect("a batch has an id"));
    // Asked again it is the same batch; nobody decides about half of one.
    assert_eq!(client.sure(&asked).await.1.expect(202)["id"], batch["id"]);
    for deed in ["aanvaarding", "afwijzing"] {
        let early = client.sure(&Call::post(format!("{place}/{deed}")).at(1)).await.1.expect(409);
        assert!(early["detail"].as_str().is_some_and(|it| it.contains("klaargezet")), "{early}");
    }
    // Whom nobody names is unknown at once.
    client.sure(&Call::post("/coaches/niemand/uitval")).await.1.expect(404);
    let worker = Process::worker(&folder, &[]);
    let ended = client.ended(&place, BOUND).await;
    assert_eq!((&ended["toestand"], &ended["totaal"], &ended["gereed"]), (&json!("klaar"), &json!(WAVES), &json!(WAVES)), "{ended}");
    assert_eq!(ended["voorbereiding"], json!({ "gedaan": WAVES, "van": WAVES, "mislukt": [] }));
    let version = ended["versie"].as_i64().expect("a version");
    let declined = client.sure(&Call::post(format!("{place}/afwijzing")).at(version)).await.1.expect(200);
    assert!(declined["lichtingen"].as_array().into_iter().flatten().all(|it| it["besluit"] == "afgewezen"), "{declined}");
    assert_eq!((worker.end(), service.end()), (0, 0));
}
