//! What the child is told: minutes, ids and codes, and neither where anybody lives nor who anybody is.

use std::os::unix::fs::PermissionsExt;

use serde_json::json;

use super::client::{Call, Client};
use super::ledger::BOUND;
use super::processes::{Process, folder, program};
use crate::desk::{Desk, YEAR, small_wave};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_child_is_told_minutes_and_no_place_name_or_free_text() {
    let folder = folder("verteld");
    // Keeps what it is told, and says nothing.
    let listener = folder.join("luistert.sh");
    std::fs::write(&listener, format!("#!/bin/sh\ncat > '{}'\n", folder.join("verteld").display())).expect("the folder can be written");
    std::fs::set_permissions(&listener, std::fs::Permissions::from_mode(0o755)).expect("a script can be run");
    let program = listener.to_str().expect("a path of letters");
    let service = Process::serve(&folder, &["--rekenaar", program, "--stilte", "2"]);
    let client = Client::new(service.url());
    let mut wave = small_wave("w", 2, &["Z1", "Z2"]);
    for (at, key) in ["kandidaten", "coaches", "scholen"].into_iter().enumerate() {
        (wave[key][0]["lat"], wave[key][0]["lon"]) = (json!(52.412_345 + 0.001 * at as f64), json!(4.876_543));
    }
    wave["kandidaten"][0]["toelichting"] = json!("kanarietekst kandidaat");
    wave["kandidaten"][0]["uitgesloten"] = json!({ "toelichting": "kanarietekst uitgesloten" });
    wave["coaches"][0]["toelichting"] = json!("kanarietekst coach");
    wave["scholen"][0]["toelichting"] = json!("kanarietekst school");
    wave["toelichting"] = json!("kanarietekst lichting");
    wave["verboden"] = json!([{ "kandidaat": "Z2", "coach": "K1", "reden": "kanariereden" }]);
    let made = client.sure(&Call::post("/lichtingen?van=2026-08-01&tot=2027-07-31").json(&wave)).await.1.expect(201);
    client.sure(&Call::post("/lichtingen/w/indiening").at(made["versie"].as_i64().expect("a version"))).await.1.expect(200);
    let run = client.sure(&Call::post("/lichtingen/w/berekeningen")).await.1.expect(202);
    let ended = client.ended(&format!("/berekeningen/{}", run["id"].as_str().expect("an id")), BOUND).await;
    assert_eq!(ended["toestand"], "mislukt", "{ended}");
    let told = std::fs::read(folder.join("verteld")).expect("it was told something");
    let holds = |text: &str| told.windows(text.len()).any(|it| it == text.as_bytes());
    for there in ["\"Z1\"", "\"Z2\"", "\"K1\"", "\"S1\"", "loket-reizen/1"] {
        assert!(holds(there), "{there} is told");
    }
    for canary in ["Kanarie", "Vink", "kanarie", "52.4", "4.876543", "4.893", "\"lat\"", "\"lon\"", "\"naam\":\"Kanarie"] {
        assert!(!holds(canary), "{canary} is told to the child");
    }
    assert_eq!(service.end(), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_page_of_inzage_is_of_one_person_also_while_the_service_runs() {
    let desk = Desk::open("told-page").await;
    let mut wave = small_wave("w", 2, &["Z0001", "Z0002"]);
    wave["kandidaten"][0]["naam"] = json!("Zwaluw Een");
    wave["kandidaten"][1]["naam"] = json!("Koolmees Twee");
    wave["kandidaten"][0]["toelichting"] = json!("belt met Koolmees Twee");
    desk.solved(wave, YEAR).await;
    let page = |words: &[&str]| {
        let mut command = std::process::Command::new(program());
        command.arg("inzage").args(words).arg("--gegevens").arg(crate::database::typed(&desk.folder.join("loket.sqlite")));
        let ran = command.output().expect("the program runs");
        (ran.status.code(), String::from_utf8(ran.stdout).expect("UTF-8"))
    };
    let (status, text) = page(&["--kandidaat", "Z0001"]);
    assert_eq!(status, Some(0));
    assert!(text.starts_with("Wat er van kandidaat Z0001 bewaard wordt\n\nKandidaat\n"), "{text}");
    assert!(text.contains("naam: Zwaluw Een") && text.contains("toelichting: belt met iemand anders"), "{text}");
    for canary in ["Koolmees", "Z0002", "K1", "Vink"] {
        assert!(!text.contains(canary), "{canary} in {text}");
    }
    let (status, machine) = page(&["--kandidaat", "Z0001", "--json"]);
    let machine: serde_json::Value = serde_json::from_str(&machine).expect("JSON");
    assert_eq!((status, machine), (Some(0), desk.get("/kandidaten/Z0001/inzage").await.expect(200)), "the same as over HTTP");
    desk.close().await;
}
