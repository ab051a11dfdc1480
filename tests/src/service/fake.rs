//! A child that hangs, eats memory, crashes, lies or prints garbage: the run ends with a true message, what was checked before is kept,
//! and everybody else notices nothing.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::support::kept_in;
use loket_service::store::Clock;
use serde_json::{Value, json};

use super::client::{Call, Client};
use super::hundred::solved;
use super::ledger::{BOUND, verified};
use super::processes::{Process, folder};
use super::waves;

/// A program that is no solver. `good`, `lie` and `cut` are files of its folder.
fn fake(folder: &Path, name: &str, script: &str) -> PathBuf {
    let path = folder.join(format!("{name}.sh"));
    let text = format!("#!/bin/sh\ncd '{}'\n{script}\n", folder.display());
    std::fs::write(&path, text).expect("the folder can be written");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).expect("a script can be run");
    path
}

fn line(folder: &Path, name: &str, sort: &str, outcome: &Value) {
    let line = json!({ "soort": sort, "uitkomst": outcome });
    std::fs::write(folder.join(name), format!("{line}\n")).expect("the folder can be written");
}

/// Reads while the child misbehaves; how long the slowest of a few took.
async fn reads(client: &Client) -> Duration {
    let mut slowest = Duration::ZERO;
    for _ in 0..5 {
        let began = Instant::now();
        client.read("/lichtingen").await;
        slowest = slowest.max(began.elapsed());
    }
    slowest
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_child_that_misbehaves_harms_nothing_and_its_last_checked_plan_is_kept() {
    let folder = folder("nep");
    let service = Process::serve(&folder, &["--zonder-werker"]);
    let client = Client::new(service.url());
    let worker = Process::worker(&folder, &[]);
    let (wave, run) = solved(&client, &waves::small("a", 8, 1)).await;
    assert_eq!(worker.end(), 0);

    let good = client.read(&format!("/berekeningen/{run}/uitkomst?certificaat=true")).await;
    line(&folder, "good", "tussenstand", &good);
    let mut lie = good.clone();
    lie["plaatsingen"][0]["coach"] = "iemand-anders".into();
    line(&folder, "lie", "uitkomst", &lie);
    let mut worse = good.clone();
    worse["doelen"][0]["waarde"] = 123_456.into();
    line(&folder, "boast", "tussenstand", &worse);
    std::fs::write(folder.join("cut"), &std::fs::read(folder.join("good")).expect("it was written")[..200]).expect("it can be written");

    // A name, what the child does, the message's code, and whether a checked plan was told before.
    let fakes: [(&str, &str, &[&str], bool); 10] = [
        ("hangt", "sleep 60", &["hangt"], false),
        ("hangt-na-plan", "cat good; sleep 60", &["hangt"], true),
        // What grows beyond the fence is refused by the system: then it falls instead.
        (
            "vreet",
            "cat good; x=$(head -c 160000000 /dev/zero | tr '\\0' a); echo '{\"soort\":\"leeft\"}'; sleep 60",
            &["geheugen", "gevallen"],
            true,
        ),
        ("valt", "exit 3", &["gevallen"], false),
        ("valt-na-plan", "cat good; kill -9 $$", &["gevallen"], true),
        ("stil", "cat >/dev/null & exit 0", &["gevallen"], false),
        ("liegt", "cat good lie", &["onwaar"], true),
        ("pocht", "cat boast; sleep 60", &["onwaar"], false),
        ("brabbelt", "cat good; head -c 100000 /dev/urandom; echo", &["onleesbaar"], true),
        ("breekt-af", "cat cut", &["onleesbaar", "gevallen"], false),
    ];
    let store = kept_in(&folder.join("loket.sqlite"), Clock::default()).await;
    for (number, (name, script, codes, planned)) in fakes.into_iter().enumerate() {
        let program = fake(&folder, name, script);
        let program = program.to_str().expect("a path of letters");
        let worker = Process::worker(&folder, &["--rekenaar", program, "--stilte", "2", "--geheugen", "64"]);
        // Another time limit makes it another run of the same file.
        let call = Call::post(format!("/lichtingen/{wave}/berekeningen")).json(&json!({ "rekentijd": 500 - number }));
        let asked = client.sure(&call).await.1.expect(202);
        assert_eq!(asked["invoer_sha256"], good["invoer_sha256"]);
        let path = format!("/berekeningen/{}", asked["id"].as_str().expect("a run has an id"));
        let slowest = reads(&client).await;
        let ended = client.ended(&path, BOUND).await;
        println!("{name}: {} (slowest read {slowest:?})", ended["melding"]);
        assert!(slowest < Duration::from_secs(2), "{name}: a read took {slowest:?}");
        assert_eq!((ended["toestand"].as_str(), ended["pogingen"].as_i64()), (Some("mislukt"), Some(3)), "{name}: {ended}");
        assert!(codes.iter().any(|code| ended["melding"]["code"] == *code), "{name}: {ended}");
        let kept = verified(&store, &ended).await;
        assert_eq!(kept, if planned { "mislukt met uitkomst" } else { "mislukt" }, "{name}");
        let outcome = client.sure(&Call::get(format!("{path}/uitkomst?certificaat=true"))).await.1;
        match planned {
            true => assert_eq!(outcome.expect(200), good, "{name}"),
            false => assert!(outcome.expect(409)["detail"].as_str().is_some_and(|it| it.contains("geen plan")), "{name}"),
        }
        assert_eq!(worker.end(), 0, "{name}");
    }
    let checked = store.read().log_check().await.expect("the log can be read");
    assert_eq!(checked.wrong, Vec::<String>::new());
    store.close().await;

    // With an honest child the next ordinary run succeeds.
    let worker = Process::worker(&folder, &[]);
    let call = Call::post(format!("/lichtingen/{wave}/berekeningen")).json(&json!({ "rekentijd": 300 }));
    let asked = client.sure(&call).await.1.expect(202);
    let ended = client.ended(&format!("/berekeningen/{}", asked["id"].as_str().expect("a run has an id")), BOUND).await;
    assert_eq!((ended["toestand"].as_str(), ended["status"].as_str()), (Some("klaar"), Some("optimaal")), "{ended}");
    assert_eq!((worker.end(), service.end()), (0, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_program_that_cannot_be_started_is_told_and_a_question_that_fails_can_be_asked_again() {
    let folder = folder("nep-vraag");
    let service = Process::serve(&folder, &["--zonder-werker"]);
    let client = Client::new(service.url());
    let worker = Process::worker(&folder, &[]);
    let (_, run) = solved(&client, &waves::small("a", 8, 1)).await;
    assert_eq!(worker.end(), 0);
    let plan = client.read(&format!("/berekeningen/{run}/uitkomst")).await;
    let question = json!({ "soort": "waarom", "vraag": { "kandidaat": plan["plaatsingen"][0]["kandidaat"] } });
    let ask = Call::post(format!("/berekeningen/{run}/vragen")).json(&question);
    let path = |asked: &Value| format!("/vragen/{}", asked["id"].as_str().expect("a question has an id"));

    let worker = Process::worker(&folder, &["--rekenaar", "/bestaat/niet"]);
    let asked = client.sure(&ask).await.1.expect(202);
    let failed = client.ended(&path(&asked), BOUND).await;
    assert_eq!((failed["toestand"].as_str(), failed["melding"]["code"].as_str()), (Some("mislukt"), Some("gevallen")), "{failed}");
    assert_eq!(failed["antwoord"], Value::Null);
    assert_eq!(worker.end(), 0);

    let worker = Process::worker(&folder, &[]);
    let again = client.sure(&ask).await.1.expect(202);
    assert_ne!(again["id"], asked["id"]);
    let answered = client.ended(&path(&again), BOUND).await;
    assert_eq!(answered["toestand"], "klaar", "{answered}");
    assert!(answered["antwoord"].is_object(), "{answered}");
    assert_eq!(client.read(&path(&asked)).await["toestand"], "mislukt");
    assert_eq!((worker.end(), service.end()), (0, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_that_was_cut_off_is_no_answer_to_the_next_asking() {
    let folder = folder("nep-half");
    let service = Process::serve(&folder, &["--zonder-werker"]);
    let client = Client::new(service.url());
    let worker = Process::worker(&folder, &[]);
    let (_, run) = solved(&client, &waves::small("a", 8, 1)).await;
    assert_eq!(worker.end(), 0);
    let plan = client.read(&format!("/berekeningen/{run}/uitkomst")).await;
    let question = json!({ "soort": "waarom", "vraag": { "kandidaat": plan["plaatsingen"][0]["kandidaat"] } });
    let ask = Call::post(format!("/berekeningen/{run}/vragen")).json(&question);
    let path = |asked: &Value| format!("/vragen/{}", asked["id"].as_str().expect("a question has an id"));

    let half = json!({ "soort": "antwoord", "antwoord": {}, "volledig": false });
    std::fs::write(folder.join("half"), format!("{half}\n")).expect("the folder can be written");
    let program = fake(&folder, "half-antwoord", "cat half");
    let worker = Process::worker(&folder, &["--rekenaar", program.to_str().expect("a path of letters")]);
    let asked = client.sure(&ask).await.1.expect(202);
    let cut = client.ended(&path(&asked), BOUND).await;
    assert_eq!((cut["toestand"].as_str(), cut["melding"]["code"].as_str()), (Some("klaar"), Some("niet-volledig")), "{cut}");
    assert_eq!(worker.end(), 0);

    let worker = Process::worker(&folder, &[]);
    let again = client.sure(&ask).await.1.expect(202);
    assert_ne!(again["id"], asked["id"]);
    let whole = client.ended(&path(&again), BOUND).await;
    assert_eq!((whole["toestand"].as_str(), &whole["melding"]), (Some("klaar"), &Value::Null), "{whole}");
    // What is whole is the answer from then on, and what was found before stays under its own id.
    assert_eq!(client.sure(&ask).await.1.json()["id"], again["id"]);
    assert_eq!(client.read(&path(&asked)).await["antwoord"], cut["antwoord"]);
    assert_eq!((worker.end(), service.end()), (0, 0));
}
