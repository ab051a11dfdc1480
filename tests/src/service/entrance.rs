//! How somebody gets in: a service without an administrator says how to make one, and what the command line makes beside it counts at once.

use std::process::Command;

use serde_json::{Value, json};

use super::processes::{Process, folder, program};
use crate::database::typed;

fn toegang(folder: &std::path::Path, words: &[&str]) -> Value {
    let ran = Command::new(program())
        .arg("toegang")
        .args(words)
        .args(["--gegevens", &typed(&folder.join("loket.sqlite")), "--json"])
        .current_dir(folder)
        .output()
        .expect("the program starts");
    assert!(ran.status.success(), "{words:?}: {}", String::from_utf8_lossy(&ran.stderr));
    serde_json::from_slice(&ran.stdout).expect("JSON")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn access_is_made_and_ended_beside_a_running_service_and_counts_at_once() {
    let folder = folder("toegang");
    let mut service = Process::serve(&folder, &["--zonder-werker"]);
    assert!(service.says().contains("nog geen beheerder"), "it says how to begin");
    assert!(service.says().contains("loket toegang account --rol beheerder"), "and with which words");

    let made = toegang(&folder, &["token", "--rol", "intermediair", "--naam", "script"]);
    let token = made["geheim"].as_str().expect("a secret").to_owned();
    let http = reqwest::Client::builder().no_proxy().build().expect("a client");
    let status = async |token: &str| {
        let asked = http.get(format!("{}/v1/lichtingen", service.url())).bearer_auth(token).send().await;
        asked.expect("an answer").status().as_u16()
    };
    assert_eq!(status(&token).await, 200);
    assert_eq!(status("sleutel-uit-de-instellingen").await, 401);
    toegang(&folder, &["beëindig", made["sleutel"].as_str().expect("an id")]);
    assert_eq!(status(&token).await, 401);

    let link = toegang(&folder, &["account", "--rol", "beheerder", "--naam", "Eerste", "--adres", "eerste@voorbeeld.example"]);
    let chosen = json!({ "koppeling": link["koppeling"], "wachtwoord": "een zin van een paar woorden" });
    let used = http.post(format!("{}/v1/koppelingen", service.url())).json(&chosen).send().await.expect("an answer");
    assert_eq!(used.status(), 200);
    let again = http.post(format!("{}/v1/koppelingen", service.url())).json(&chosen).send().await.expect("an answer");
    assert_eq!(again.status(), 401, "a link counts once");
    drop(service);

    let service = Process::serve(&folder, &["--zonder-werker"]);
    assert!(service.end_saying().is_empty(), "there is an administrator now");
}
